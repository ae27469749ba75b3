//! Stories of many records in the window: selected by boxes and keys, edited, deleted, copied, and each step undone by one.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;
#[path = "support/window.rs"]
mod window;

use corridor::domain::record::RecordKind;
use corridor::services::Workspace;
use corridor::ui::command::Command;
use corridor::ui::model::route::Route;
use eframe::egui::{Key, Modifiers};
use serde_json::{Value, json};
use support::{apply, workspace};
use window::TestApp;

/// A workspace with three shipments of one item.
fn shipments() -> Workspace {
    let mut workspace = workspace();
    let mut operations = vec![
        json!({"op":"create","kind":"party","record":{"reference":"P1","name":"Port Hospital"}}),
        json!({"op":"create","kind":"item","record":{"reference":"CAN","name":"Milk can","base_unit":"H87"}}),
    ];
    operations.extend((1..=3).map(|n| {
        json!({"op":"create","kind":"shipment","record":{
            "reference": format!("S{n}"), "title": format!("Part {n}"), "started_on": "2026-01-05", "expected_on": "2026-05-01",
            "lines": [{"number": 4, "item": "CAN", "quantity": "30"}]}})
    }));
    apply(&mut workspace, &operations);
    workspace
}

fn list(workspace: Workspace) -> TestApp {
    let mut app = TestApp::new(workspace);
    app.command(Command::Go(Route::List(RecordKind::Shipment)));
    app
}

/// A record as the store has it once the window is gone.
fn record(workspace: &Workspace, reference: &str) -> Value {
    let id = workspace.find(&[RecordKind::Shipment], reference).unwrap();
    Value::Object(workspace.record_by_references(id).unwrap())
}

fn count(app: &TestApp) -> Option<usize> {
    app.model().list(RecordKind::Shipment)?.len()
}

fn selected(app: &TestApp) -> usize {
    app.model().list(RecordKind::Shipment).map_or(0, |list| list.rows.selection.len())
}

#[test]
fn fields_are_set_in_the_selected_records_and_one_undo_takes_all_back() {
    let mut app = list(shipments());
    app.click("Select S1");
    app.click("Select S3");
    assert!(app.shows("2 selected"));
    app.click("Set fields in the selected records");
    assert!(app.shows("Edit 2 shipments") && app.shows("Differs: Part 1 in 1, Part 3 in 1"));
    assert!(app.shows("The same in all: 2026-05-01"));
    app.click("Change Title");
    app.fill("Title", "Milk");
    app.click("Change Consignee");
    app.pick("Consignee", "Port");
    app.ask_to_close();
    assert!(!app.is_closing(), "what is typed for many records is not lost either");
    app.click("Save all");
    assert!(app.model().dialog().is_none() && app.shows("Saved 2 shipments"));
    assert_eq!(selected(&app), 2, "one can go on with the same records");
    app.command(Command::Undo);
    let mut workspace = app.into_workspace();
    assert_eq!(record(&workspace, "S1")["title"], "Part 1");
    assert_eq!(record(&workspace, "S3")["title"], "Part 3");
    workspace.write(corridor::services::Write::Redo).unwrap();
    assert_eq!(
        (&record(&workspace, "S3")["title"], &record(&workspace, "S3")["consignee"]),
        (&json!("Milk"), &json!("P1"))
    );
    assert_eq!(record(&workspace, "S2")["title"], "Part 2");
}

#[test]
fn a_refused_edit_names_the_records_and_keeps_what_was_typed() {
    let mut workspace = workspace();
    let trip = |reference: &str, returns: &str| json!({"op":"create","kind":"trip","record":{"reference":reference,"title":"Monitoring","returns_on":returns}});
    apply(&mut workspace, &[trip("T1", "2026-12-20"), trip("T2", "2026-03-01")]);
    let mut app = TestApp::new(workspace);
    app.command(Command::Go(Route::List(RecordKind::Trip)));
    app.keys(Modifiers::COMMAND, Key::A);
    app.click("Set fields in the selected records");
    app.click("Change Departs on");
    app.fill("Departs on", "2026-12-01");
    app.click("Save all");
    assert!(app.shows("Nothing was saved") && app.shows("Trip T2") && !app.shows("Trip T1"));
    app.click("Cancel");
    assert!(app.model().dialog().is_none());
    let list = app.model().list(RecordKind::Trip).unwrap();
    assert!(list.rows.row(0).unwrap().begun_on.is_empty(), "none was changed");
}

#[test]
fn the_keyboard_alone_selects_deletes_and_takes_back() {
    let mut app = list(shipments());
    app.key(Key::ArrowDown);
    app.keys(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(selected(&app), 2);
    app.key(Key::End);
    app.key(Key::Space);
    assert_eq!(selected(&app), 3);
    app.key(Key::Space);
    assert_eq!(selected(&app), 2);
    app.click("Delete the selected records");
    assert!(app.shows("Delete 2 shipments?"));
    assert_eq!(count(&app), Some(3));
    app.click("Delete");
    assert_eq!((count(&app), selected(&app)), (Some(1), 0));
    app.command(Command::Undo);
    assert_eq!(count(&app), Some(3), "one undo brings both back");
    app.keys(Modifiers::COMMAND, Key::A);
    app.key(Key::Escape);
    assert_eq!(selected(&app), 0);
}

#[test]
fn a_filter_lets_go_of_what_it_hides() {
    let mut app = list(shipments());
    app.keys(Modifiers::COMMAND, Key::A);
    app.fill("Filter by text", "Part 2");
    assert_eq!((count(&app), selected(&app)), (Some(1), 1));
}

#[test]
fn a_duplicate_has_no_dates_and_new_row_numbers_and_is_one_undo() {
    let mut app = list(shipments());
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    let id = app.model().open_record().unwrap().id;
    app.command(Command::Duplicate(id));
    app.save();
    assert_eq!(count(&app), Some(4));
    app.command(Command::Undo);
    assert_eq!(count(&app), Some(3));
    app.command(Command::Redo);
    let workspace = app.into_workspace();
    let copy = record(&workspace, "SHP-2026-001");
    assert_eq!((&copy["title"], &copy["expected_on"]), (&json!("Part 1"), &Value::Null));
    assert_eq!(copy["started_on"], "2026-11-24", "work on it begins today");
    assert_eq!((&copy["lines"][0]["item"], &copy["lines"][0]["number"]), (&json!("CAN"), &json!(1)));
}
