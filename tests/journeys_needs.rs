//! Stories of rules over the whole window: an act is asked about, a row is corrected, a project's needs become matters.

mod support;
#[path = "support/window.rs"]
mod window;

use corridor::domain::record::RecordKind;
use corridor::ui::command::Command;
use corridor::ui::model::list::ListState;
use corridor::ui::model::route::Route;
use eframe::egui::Key;
use serde_json::json;
use support::{apply, workspace};
use window::TestApp;

fn office() -> TestApp {
    let mut workspace = workspace();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"organisation","record":{"reference":"O","name":"Harbour Aid","country":"US"}}),
            json!({"op":"create","kind":"item","record":{"reference":"CAN","name":"Milk can","base_unit":"H87","hs_code":"732310","us_origin":true,"eccn":"EAR99"}}),
            json!({"op":"create","kind":"project","record":{"reference":"P","title":"Milk","plan":[{"number":1,"item":"CAN","quantity":300,"due_on":"2027-03-31"}]}}),
        ],
    );
    TestApp::new(workspace)
}

#[test]
fn an_act_is_put_together_and_the_rules_answer_with_their_source_and_date() {
    let mut app = office();
    app.click("What do I need?");
    assert!(app.shows("It is not legal advice"));
    assert!(app.shows("The goods are not named"), "what is missing is said");
    app.pick("Item", "milk");
    for words in ["UN 1718: Humanitarian exemption", "BIS: Export licence", "31 CFR 510.520", "checked on 2026-11-23"] {
        assert!(app.shows(words), "{words}");
    }
    app.pick("Country of the one who acts", "KR");
    app.pick("Passes through", "China");
    assert!(app.shows("ROK Unification: Outbound approval"));
    assert!(app.shows("China customs: Transit declaration"));
    app.fill("On", "2016-01-01");
    assert!(!app.shows("China customs: Transit declaration"), "there was no such rule then");
    app.choose("What is done", "Journalism");
    assert!(!app.shows("HS code"), "goods do not matter for a journey");
    app.pick("Country of the passport", "US");
    assert!(app.shows("No rule here about “journalism” reaches back to 2016-01-01"), "silence is no answer");
    app.click("Today, On");
    assert!(app.shows("US State: Special validation passport") && app.shows("Not verified after 2026-08-31"));
    assert!(!app.shows("allowed"));
}

#[test]
fn a_shipped_row_is_corrected_in_a_form_and_says_so_afterwards() {
    let mut app = office();
    app.command(Command::Go(Route::Rules));
    app.fill("Filter the rules by text", "US-TRAV-1a");
    assert!(app.shows("Not verified after 2026-08-31"));
    app.click("Correct this row, US-TRAV-1a");
    assert!(app.shows("New rule"));
    app.fill("Note", "The notice of 2026 was seen. ");
    app.save();
    assert!(app.model().forms().is_empty(), "the form closes once it is saved");
    app.fill("Filter the rules by text", " place");
    assert!(app.shows("US-TRAV-1a"), "it is found by what it is now: a row in place of the built-in one");
    app.command(Command::Go(Route::List(RecordKind::Rule)));
    assert_eq!(app.model().list(RecordKind::Rule).and_then(ListState::len), Some(1));
    app.command(Command::Undo);
    assert_eq!(app.model().list(RecordKind::Rule).and_then(ListState::len), Some(0));
}

#[test]
fn what_a_project_needs_becomes_matters_by_one_click_and_goes_by_one_undo() {
    let mut app = office();
    app.command(Command::Go(Route::List(RecordKind::Project)));
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    assert!(app.shows("What it needs by the rules"));
    app.click("Draft what is missing");
    assert!(app.shows("Drafted 3 matters and 2 requests for Project P"));
    let count = |app: &mut TestApp, kind: RecordKind| {
        app.command(Command::Go(Route::List(kind)));
        app.model().list(kind).and_then(ListState::len)
    };
    assert_eq!(count(&mut app, RecordKind::Matter), Some(3));
    assert_eq!(count(&mut app, RecordKind::Request), Some(2));
    app.command(Command::Undo);
    assert_eq!(count(&mut app, RecordKind::Matter), Some(0));
    assert_eq!(count(&mut app, RecordKind::Request), Some(0));
    let workspace = app.into_workspace();
    assert!(workspace.check().unwrap().problems.is_empty());
}
