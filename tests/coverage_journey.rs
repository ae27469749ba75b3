//! The coverage page over the whole window: a short cell is booked, the shipment is cleared, and every step is taken back.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;
#[path = "support/window.rs"]
mod window;

use corridor::domain::coverage::CellState;
use corridor::domain::record::RecordKind;
use corridor::services::Workspace;
use corridor::ui::command::Command;
use corridor::ui::model::coverage::CoverageCommand;
use corridor::ui::model::route::Route;
use eframe::egui::{Key, Modifiers};
use serde_json::json;
use support::apply;
use support::ledger::*;
use window::TestApp;

const UN: &str = "humanitarian_exemption";
const CELL: &str = "Steel milk can, Humanitarian exemption";

/// A letter for 300 cans and two shipments: 120 cans in spring, and one with rice that needs nothing.
fn prepared() -> Workspace {
    let mut workspace = organisation("KR");
    letter(&mut workspace, ("UN-1", UN), ["2026-01-10", "2027-06-30"], &[(1, "CAN", 300)]);
    shipment(&mut workspace, "S-1", ["2027-02-01", "2027-03-01"], &[("CAN", 120), ("CAN", 40)]);
    shipment(&mut workspace, "S-2", ["2027-04-01", "2027-05-01"], &[("RICE", 5000)]);
    workspace
}

fn opened() -> TestApp {
    let mut app = TestApp::new(prepared());
    app.command(Command::Go(Route::Coverage));
    app.click_part("S-1");
    app
}

/// The state of the first line against the instrument.
fn state(app: &TestApp) -> CellState {
    let matrix = app.model().coverage().matrix().cloned().unwrap();
    cell(&matrix, 0, UN).state
}

#[test]
fn a_short_cell_is_booked_and_the_shipment_cleared_and_each_step_is_taken_back() {
    let mut app = opened();
    assert!(app.shows("Corridor gives guidance with its source and date. It is not legal advice."));
    assert_eq!(state(&app), CellState::Short);
    app.click_first(&format!("{CELL}: Short by 120 pcs"));
    assert!(app.shows("Rule UN-"), "the rule stands beside what it says");
    assert!(app.shows("1 grant line can serve it"));
    app.click("Choose a grant line…");
    assert!(app.shows("UN-1 line 1") && app.shows("300 pcs left, until 2027-06-30"));
    app.click("Book");
    assert!(app.model().dialog().is_none());
    assert_eq!(state(&app), CellState::Covered);
    assert!(app.shows("Covered by UN-1 line 1"));
    app.command(Command::Undo);
    assert_eq!(state(&app), CellState::Short);
    app.command(Command::Redo);
    assert_eq!(state(&app), CellState::Covered);
    app.click_part("Give back UN-1/B");
    assert_eq!(state(&app), CellState::Short);
    app.command(Command::Undo);
    clear(&mut app);
}

/// Signs a go: something is open, so it needs a reason.
fn clear(app: &mut TestApp) {
    app.click("Clear for dispatch…");
    assert!(
        app.shows("cells are open") && app.shows("Book a permission, or ask"),
        "what is missing and who can mend it"
    );
    app.click("Go");
    app.pick("Signed by", "Kim");
    app.click("Sign");
    assert!(
        app.shows("Write why the shipment goes all the same"),
        "without a reason it is refused, and the dialog stays"
    );
    app.fill("Reason", "The rest is carried by hand");
    app.click("Sign");
    assert!(app.model().dialog().is_none());
    assert!(app.shows("The clearance is signed. Print it for the file?"));
    assert_eq!(app.model().count_of(RecordKind::Clearance), Some(1));
    app.click("Print…");
    let folder = std::env::temp_dir().join(format!("corridor-journey-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("clearance.html");
    app.fill("Path of the file", "");
    app.keys(Modifiers::COMMAND, Key::A);
    app.fill("Path of the file", &path.display().to_string());
    app.click("Save the sheet");
    assert!(app.model().dialog().is_none() && app.shows("Open it in a browser and print it"));
    assert!(std::fs::read_to_string(&path).unwrap().contains("The rest is carried by hand"));
    std::fs::remove_dir_all(&folder).unwrap();
    app.command(Command::Undo);
    assert_ne!(app.model().count_of(RecordKind::Clearance), Some(1), "the clearance is taken back by itself");
    assert_eq!(state(app), CellState::Covered, "and the booking is not");
}

#[test]
fn the_whole_shipment_is_booked_at_once() {
    let mut app = opened();
    app.click("Book what fits");
    let matrix = app.model().coverage().matrix().cloned().unwrap();
    assert_eq!([0, 1].map(|row| cell(&matrix, row, UN).state), [CellState::Covered; 2]);
    app.command(Command::Undo);
    assert_eq!(state(&app), CellState::Short, "one step");
}

#[test]
fn what_was_known_on_a_day_is_shown_and_cannot_be_booked() {
    let mut app = opened();
    app.command(Command::Coverage(CoverageCommand::Known(Some(support::day("2026-11-23")))));
    assert!(app.shows("This file knew nothing then"), "nothing was typed by then");
    assert!(app.shows("This was not known on that day"));
    app.command(Command::Coverage(CoverageCommand::Known(Some(support::day("2026-11-24")))));
    assert!(app.shows("As it was known at the end of 2026-11-24"));
    assert!(!app.shows("Book what fits"), "the past is looked at, not written");
    app.click("As known now");
    assert!(app.shows("Book what fits"));
}

#[test]
fn totals_filter_the_list_and_the_pane_of_a_shipment_opens_its_coverage() {
    let mut app = opened();
    assert!(app.model().coverage().shown.len() == 2, "{:?}", app.model().coverage().shown);
    app.click_part("Short: ");
    let only = app.model().coverage().only;
    assert_eq!(only, Some(CellState::Short));
    app.click("Show everything");
    assert_eq!(app.model().coverage().shown.len(), 2);
    let rice = app.model().coverage().list.value().unwrap().holders.iter().find(|one| one.link.reference == "S-2");
    let rice = rice.unwrap().link.id;
    app.command(Command::OpenInList(RecordKind::Shipment, rice));
    app.click_last("Coverage");
    assert_eq!((app.model().route(), app.model().coverage().holder), (Route::Coverage, Some(rice)));
}

#[test]
fn a_plan_beyond_what_is_left_asks_for_a_reason() {
    let mut app = opened();
    app.click_first(&format!("{CELL}: Short by 120 pcs"));
    app.click("Choose a grant line…");
    app.fill("Quantity", "0");
    assert!(app.shows("900 pcs more than is left"), "1200 of 300");
    app.click("Book");
    assert!(app.shows("900 too many"), "refused, and the dialog stays");
    app.fill("Why it may go beyond", "An amendment is promised");
    app.click("Book");
    assert!(app.model().dialog().is_none());
    assert!(app.shows("Covered by UN-1 line 1") || app.shows("Short by"), "it stays in sight");
}

#[test]
fn five_hundred_lines_are_painted_only_where_they_are_seen_and_nothing_is_asked_while_idle() {
    let mut workspace = organisation("KR");
    let lines: Vec<_> = (0..500).map(|_| json!({"item":"CAN","quantity":1})).collect();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"shipment","record":{"reference":"LONG","started_on":"2026-01-01","planned_on":"2027-01-01","expected_on":"2027-02-01","lines":lines}}),
        ],
    );
    let mut app = TestApp::new(workspace);
    app.command(Command::Go(Route::Coverage));
    assert_eq!(app.model().coverage().matrix().unwrap().rows.len(), 500);
    assert!(app.shows("1. Steel milk can") && !app.shows("500. Steel milk can"));
    let asked = app.requests();
    app.frames(60);
    assert_eq!(app.requests(), asked);
}
