//! The story of a report over the whole window: made from a form, read, saved, sealed, found to differ, restated.

mod support;
#[path = "support/window.rs"]
mod window;

use corridor::domain::record::RecordKind;
use corridor::services::{FileFormat, Watch, Workspace, Write};
use corridor::ui::command::Command;
use corridor::ui::model::packs::PacksCommand;
use corridor::ui::model::reports::ReportCommand;
use corridor::ui::model::route::Route;
use eframe::egui::Key;
use serde_json::json;
use support::apply;
use support::donors::two_donors;
use window::TestApp;

#[test]
fn a_report_is_read_saved_sealed_found_to_differ_and_restated() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = TestApp::new(two_donors());
    app.click("Reports");
    assert_eq!(app.model().route(), Route::Reports);
    assert!(app.shows("Interim report to X") && app.shows("Interim report to Y") && app.shows("Draft"));
    app.click("RX Interim report to X");
    assert!(app.shows("“Lessons learned” has no text yet"));
    assert!(app.shows("All went well.") && app.shows("Planned against delivered") && app.shows("570"));
    let asked = app.requests();
    app.frames(30);
    assert_eq!(app.requests(), asked, "nothing is asked while nothing changes");
    let path = folder.path().join("to donor x");
    app.click("Save as XLSX…");
    app.fill("Path of the file", path.to_str().unwrap());
    app.click("Save the report");
    assert!(std::fs::read(path.with_extension("xlsx")).unwrap().starts_with(b"PK"));
    app.click("Seal this report");
    assert!(app.shows("“Lessons learned” has no text yet"), "what is missing is seen before it is kept for good");
    app.fill("Note", "Sent by post");
    app.click("Seal the report now");
    assert!(app.shows("Sealed on 2026-11-24"));
    assert!(app.shows("1 sealed document, none of which reads otherwise now"));
    assert!(!app.shows("would read differently"));
    let mut workspace = app.into_workspace();
    apply(
        &mut workspace,
        &[
            json!({"op":"edit","kind":"receipt","reference":"R2","set":{"lines":[{"line":1,"received":490,"damaged":30}]}}),
        ],
    );
    let mut app = TestApp::new(workspace);
    app.command(Command::Go(Route::Reports));
    app.click("RX Interim report to X");
    assert!(app.shows("Interim report to X: would read differently"));
    assert!(app.shows("The programme as a whole, TB course, usable: would now read 940, not 950"));
    app.click("Draft the restatement");
    assert!(app.shows("Interim report to X, restated"));
    app.command(Command::Undo);
    assert!(!app.shows("Interim report to X, restated"), "one step takes the draft back");
}

#[test]
fn a_figure_of_a_report_leads_to_the_rows_behind_it() {
    let mut app = TestApp::new(two_donors());
    app.command(Command::Go(Route::Reports));
    app.click("RX Interim report to X");
    app.click("588, Received. Show the rows of goods behind this figure");
    assert_eq!(app.model().route(), Route::Lines);
    assert!(app.shows("R1") && app.shows("R2"));
    assert!(app.shows("588 pcs, 18 damaged, 12 lost, 570 usable"), "the figures of the report stand above its rows");
    assert_eq!(app.model().as_of().map(|day| day.to_string()).as_deref(), Some("2026-06-30"), "the day of the report");
    app.command(Command::Back);
    app.click("570, Of it this grant. Show the rows of goods behind this figure");
    assert!(app.shows("588 pcs, 18 damaged, 12 lost, 570 usable"));
}

#[test]
fn people_and_money_of_a_report_lead_to_their_records_and_are_seen_again() {
    let mut app = TestApp::new(two_donors());
    app.command(Command::Go(Route::Reports));
    app.click("RX Interim report to X");
    app.click("930, Reached to date. Show the records of people reached behind this figure");
    assert_eq!(app.model().route(), Route::List(RecordKind::Reach));
    assert!(app.shows("RCH") && app.shows("Adds up to: people, each once 930"));
    app.command(Command::Back);
    app.click("USD 12,960.00, Counted, USD. Show the expenses behind this figure");
    assert_eq!(app.model().route(), Route::of(RecordKind::Expense));
    assert!(app.shows("E1") && !app.shows("E2"));
    assert!(app.shows("Adds up to: counted USD 12,960.00, paid EUR 12,000.00"));
    assert!(app.shows("turned at EUR to USD at 1.08"));
    app.command(Command::ClearFilter(RecordKind::Expense));
    assert!(app.shows("E2") && !app.shows("Adds up to"));
    app.command(Command::Back);
    app.click("1,000, Targeted. Open the record that says this");
    assert!(app.model().open_record().is_some());
}

#[test]
fn the_charts_of_a_report_are_painted_and_told() {
    let mut app = TestApp::new(two_donors());
    app.command(Command::Go(Route::Reports));
    app.click("RX Interim report to X");
    assert!(app.shows("Planned and usable, in pcs. TB course: Planned 600, Usable 570"));
    assert!(app.shows(
        "Budget and spending to date, in USD. Medicines: Budget 40,000, Spent to date 12,960; Transport: Budget 20,000, Spent to date 1,500"
    ));
}

#[test]
fn a_new_report_begins_with_the_sections_of_its_form_and_keeps_what_is_written() {
    let mut app = TestApp::new(two_donors());
    app.command(Command::Go(Route::Reports));
    app.click("New report…");
    app.fill("Title", "Final report");
    app.pick("Fund", "FX");
    app.pick("Form", "8+3");
    app.fill("Period from", "2026-01-01");
    app.fill("Period until", "2026-12-31");
    app.save();
    assert!(app.shows("Final report"));
    let workspace = app.into_workspace();
    let id = workspace.find(&[RecordKind::Report], "RPT-2026-001").unwrap();
    let sections = workspace.record_by_references(id).unwrap()["sections"].as_array().unwrap().clone();
    assert_eq!(sections.len(), 11);
    assert_eq!(sections[7]["title"], "8. Lessons learned");
    let mut app = TestApp::new(workspace);
    app.command(Command::Report(ReportCommand::Choose(id)));
    assert!(app.shows("“8. Lessons learned” has no text yet"));
    app.click("Edit this report…");
    app.fill_nth("Text", 7, "Name every pin.");
    app.save();
    assert!(app.shows("Name every pin.") && !app.shows("“8. Lessons learned” has no text yet"));
}

/// The second receipt says 490 instead of 500 courses.
fn correct(workspace: &mut Workspace) {
    apply(
        workspace,
        &[
            json!({"op":"edit","kind":"receipt","reference":"R2","set":{"lines":[{"line":1,"received":490,"damaged":30}]}}),
        ],
    );
}

#[test]
fn a_report_is_sealed_for_an_audience_after_what_is_left_out_was_read() {
    let mut workspace = two_donors();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"audience","record":{"reference":"OPEN","name":"The public","withheld":["sites"],"words":"All went well."}}),
        ],
    );
    let mut app = TestApp::new(workspace);
    app.command(Command::Go(Route::Reports));
    app.click("RX Interim report to X");
    app.click("Seal this report");
    app.pick("For", "OPEN");
    assert!(app.shows("values are left out") || app.shows("1 value is left out"));
    assert!(app.shows("Other words: 1"), "every value is named before anything is sealed");
    app.click("Seal the report now");
    assert!(app.shows("Sealed on 2026-11-24"));
    let workspace = app.into_workspace();
    let seals = workspace.sealed_standings(&Watch::default()).unwrap();
    assert_eq!(seals[0].audience, "OPEN");
    let seal = workspace.record_by_references(seals[0].seal).unwrap();
    let sha256 = seal["files"][1]["sha256"].as_str().unwrap();
    let book = workspace.kept_file(sha256).unwrap();
    assert!(book.starts_with(b"PK"));
    assert_eq!(seal["audience"], "OPEN");
}

#[test]
fn a_manager_sees_on_the_overview_and_in_the_rail_what_reads_otherwise_and_is_not_asked_twice() {
    let mut workspace = two_donors();
    let id = workspace.find(&[RecordKind::Report], "RX").unwrap();
    let sealing = workspace.seal_report(id, None, &[FileFormat::Xlsx], "", &Watch::default()).unwrap();
    workspace.write(Write::Seal(Box::new(sealing))).unwrap();
    let app = TestApp::new(workspace);
    assert_eq!(app.model().route(), Route::Overview);
    assert!(!app.shows("Sealed documents that read otherwise now"));
    let mut workspace = app.into_workspace();
    correct(&mut workspace);
    let mut app = TestApp::new(workspace);
    assert!(app.shows("Sealed documents that read otherwise now"));
    let asked = app.requests();
    app.frames(30);
    assert_eq!(app.requests(), asked, "nothing is asked while nothing changes");
    app.click("Interim report to X: would read differently");
    assert_eq!(app.model().route(), Route::Reports);
    assert!(app.shows("1 sealed document, 1 reads otherwise now. Looked at 2026-11-24 09:00."));
    let app = TestApp::new(app.into_workspace());
    let known = app.model().sealed().known().unwrap();
    assert_eq!((known.all.len(), known.made_again), (1, 0), "what was found is remembered in the workspace");
    assert!(app.shows("Sealed documents that read otherwise now"));
}

#[test]
fn a_pack_is_sealed_in_the_window_told_when_it_reads_otherwise_and_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = TestApp::new(two_donors());
    app.command(Command::Go(Route::List(RecordKind::Shipment)));
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    app.click("Make binder…");
    app.command(Command::Packs(PacksCommand::Into(folder.path().join("border"))));
    app.click("Seal the files as they leave the house");
    app.click("Make the files");
    assert!(app.shows("Sealed the border and bank binder of Shipment S1"));
    let mut workspace = app.into_workspace();
    apply(
        &mut workspace,
        &[
            json!({"op":"edit","kind":"shipment","reference":"S1","set":{"lines":[{"number":1,"item":"TB","quantity":490,"value":"USD 5,000"}]}}),
        ],
    );
    let mut app = TestApp::new(workspace);
    app.command(Command::Go(Route::Reports));
    app.click("S1/SEAL1 Border and bank binder: S1");
    assert!(app.shows("Packing list, line 1, quantity: would now read 490, not"));
    app.click("Make it again…");
    assert!(app.shows("Border and bank binder of S1"));
}
