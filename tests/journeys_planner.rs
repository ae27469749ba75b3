//! Stories of planning over the whole window: a ship date is tried and written, two shipments become one.

mod support;
#[path = "support/window.rs"]
mod window;

use corridor::domain::record::RecordKind;
use corridor::services::Workspace;
use corridor::services::queries::NOT_ADVICE;
use corridor::ui::command::Command;
use corridor::ui::model::route::Route;
use eframe::egui::Key;
use serde_json::json;
use support::{apply, workspace};
use window::TestApp;

/// A letter for one shipment, two shipments that want it, and a trip that goes to see the first.
fn planned() -> Workspace {
    let mut workspace = workspace();
    let shipment = |reference: &str, ship: &str, arrive: &str| {
        json!({"op":"create","kind":"shipment","record":{"reference":reference,"title":"Milk cans","direction":"in",
            "started_on":"2026-10-01","planned_on":ship,"expected_on":arrive,"matters":["UN"],
            "lines":[{"number":1,"item":"CAN","quantity":50,"lot":"LOT","expires_on":"2027-11-30"}]}})
    };
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"item","record":{"reference":"CAN","name":"Milk can","base_unit":"H87"}}),
            json!({"op":"create","kind":"site","record":{"reference":"STORE","name":"Dalian store","country":"CN"}}),
            json!({"op":"create","kind":"lot","record":{"reference":"LOT","item":"CAN","batch":"B","quantity":400,"on":"2026-10-05","site":"STORE"}}),
            json!({"op":"create","kind":"matter","record":{"reference":"UN","title":"Milk","instrument":"humanitarian_exemption"}}),
            json!({"op":"create","kind":"permission","record":{"reference":"LETTER","matter":"UN","given_on":"2026-09-01",
                "valid_until":"2027-03-31","shipment_cap":1,"grants":[{"number":1,"description":"Milk cans","item":"CAN","limits":[{"measure":"quantity","limit":100}]}]}}),
            shipment("S1", "2027-02-10", "2027-02-20"),
            shipment("S2", "2027-03-10", "2027-03-20"),
            json!({"op":"create","kind":"booking","record":{"reference":"B1","permission":"LETTER","grant_line":1,"shipment":"S1","line":1,
                "quantity":50,"booked_on":"2026-11-01"}}),
            json!({"op":"create","kind":"trip","record":{"reference":"T","title":"Count the cans","started_on":"2026-10-01",
                "departs_on":"2027-02-15","returns_on":"2027-02-25","shipments":["S1"]}}),
        ],
    );
    workspace
}

fn opened(workspace: Workspace, kind: RecordKind) -> TestApp {
    let mut app = TestApp::new(workspace);
    app.command(Command::Go(Route::List(kind)));
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    app
}

#[test]
fn a_ship_date_is_tried_seen_to_do_harm_tried_again_written_and_taken_back() {
    let mut app = opened(planned(), RecordKind::Shipment);
    app.click("What if…");
    assert_eq!(app.model().route(), Route::WhatIf);
    assert!(app.shows(NOT_ADVICE) && app.shows("As it stands"));
    app.fill("Planned departure", "2027-04-01");
    assert!(app.shows("LETTER ends on 2027-03-31, 11 days before it is used on 2027-04-11"));
    assert!(app.shows("Something becomes worse by it") && app.shows("Outside the window"));
    assert!(app.shows("less than nine months left") && app.shows("45 days before the goods arrive on 2027-04-11"));
    assert!(app.shows("how long this authority takes is not known"));
    app.click("Back to its own days");
    assert!(!app.shows("Outside the window"), "the old days are back");
    app.fill("Planned departure", "2027-02-12");
    assert!(app.shows("Nothing becomes worse by it"));
    let asked = app.requests();
    app.frames(30);
    assert_eq!(app.requests(), asked, "nothing is asked while nothing changes");
    app.click("Write these days");
    assert!(app.shows("planned departure from 2027-02-10 to 2027-02-12"));
    app.command(Command::Undo);
    let workspace = app.into_workspace();
    let shipment = workspace.find(&[RecordKind::Shipment], "S1").unwrap();
    assert_eq!(workspace.record_by_references(shipment).unwrap()["planned_on"], "2027-02-10");
    assert!(workspace.check().unwrap().problems.is_empty());
}

#[test]
fn days_that_contradict_one_another_cannot_be_written() {
    let mut app = opened(planned(), RecordKind::Trip);
    app.click("What if…");
    app.fill("Returns on", "2027-02-01");
    assert!(app.shows("Cannot be written so"));
    let before = app.model().standing().undo.clone();
    app.click("Write these days");
    assert_eq!(app.model().standing().undo, before, "the button does nothing");
}

#[test]
fn two_shipments_of_a_letter_for_one_become_one() {
    let mut app = opened(planned(), RecordKind::Permission);
    app.click("Plan shipments…");
    assert_eq!(app.model().route(), Route::Slots);
    assert!(app.shows(NOT_ADVICE) && app.shows("No shipment is left for it"));
    app.click("Do it: put S2 into S1");
    assert!(app.shows("S2 is deleted"), "nothing names it");
    assert!(app.shows("everything has a place"));
    app.command(Command::Undo);
    assert!(app.shows("No shipment is left for it"), "both are there again");
    let workspace = app.into_workspace();
    assert!(workspace.check().unwrap().problems.is_empty());
}

#[test]
fn what_is_planned_can_be_chosen_on_the_page() {
    let mut app = TestApp::new(planned());
    app.command(Command::Go(Route::WhatIf));
    app.pick("Shipment or trip", "Count the cans");
    assert!(app.shows("Departs on"));
    app.command(Command::Go(Route::Slots));
    app.pick("Permission", "LETTER");
    assert!(app.shows("1 shipment: 0 gone, 1 planned"));
}
