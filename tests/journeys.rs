//! Stories over the whole window: what a person does at a desk, by what stands on the screen.

mod support;
#[path = "support/window.rs"]
mod window;

use corridor::domain::record::RecordKind;
use corridor::services::Workspace;
use corridor::services::queries::{Filter, Sources};
use corridor::ui::command::Command;
use corridor::ui::model::dialog::Dialog;
use corridor::ui::model::route::Route;
use eframe::egui::{Key, Modifiers};
use serde_json::json;
use support::{apply, day, with_public_cases, workspace};
use window::TestApp;

/// A workspace with a matter, an item, and two people.
fn prepared() -> Workspace {
    let mut workspace = workspace();
    apply(
        &mut workspace,
        &[
            json!({ "op": "create", "kind": "item", "record": { "reference": "ITM-1", "name": "RHZE tablet", "base_unit": "U2" } }),
            json!({ "op": "create", "kind": "matter", "record": {
                "reference": "MAT-1", "title": "Exemption for TB medicine", "instrument": "humanitarian_exemption" } }),
            json!({ "op": "create", "kind": "person", "record": { "reference": "PER-1", "name": "Anna Lee" } }),
            json!({ "op": "create", "kind": "person", "record": { "reference": "PER-2", "name": "Ben Cho" } }),
        ],
    );
    workspace
}

fn add_event(app: &mut TestApp, kind: &str, on: &str) {
    app.click("Add event…");
    app.choose("What happened", kind);
    app.fill("On", on);
    app.save();
}

/// Takes back the record that was just made and makes it again, by what its list holds.
fn undone_and_redone(app: &mut TestApp, status: &str) {
    let count = |app: &TestApp| app.model().route().kind().and_then(|kind| app.model().list(kind)?.len());
    assert_eq!(count(app), Some(1));
    app.command(Command::Undo);
    assert_eq!(count(app), Some(0), "the record is gone");
    app.command(Command::Redo);
    assert_eq!(count(app), Some(1), "the record is there again");
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    assert_eq!(app.status(), status);
}

fn request_with_line(app: &mut TestApp) {
    app.command(Command::Go(Route::List(RecordKind::Request)));
    app.keys(Modifiers::COMMAND, Key::N);
    app.pick("Matter", "TB medicine");
    app.choose("Filing", "New");
    app.fill("1. Nature of the assistance", "TB medicine for 황해남도");
    app.click("Add line, 4 and 9. Goods and services");
    app.pick("Item", "RHZE");
    app.fill("Quantity", "1000");
    app.save();
    assert!(app.model().forms().is_empty(), "the form closes once it is saved");
}

#[test]
fn a_request_goes_from_sending_to_a_partial_approval_and_each_step_can_be_undone() {
    let mut app = TestApp::new(prepared());
    request_with_line(&mut app);
    assert_eq!(app.status(), "draft");
    undone_and_redone(&mut app, "draft");
    for (kind, on, status) in [
        ("Sent", "2026-06-01", "sent"),
        ("Question from the authority", "2026-06-20", "question_open"),
        ("Our answer", "2026-06-25", "sent"),
    ] {
        let before = app.status();
        add_event(&mut app, kind, on);
        assert_eq!(app.status(), status, "{kind}");
        app.command(Command::Undo);
        assert_eq!(app.status(), before, "{kind} undone");
        app.command(Command::Redo);
        assert_eq!(app.status(), status, "{kind} done again");
    }
    app.click("Add decision…");
    app.choose("Answer", "Approved in part");
    app.fill("On", "2026-07-14");
    app.click("Add line, Line by line");
    app.fill("Line no.", "1");
    app.choose_nth("Answer", 1, "Granted for less");
    app.fill("Granted quantity", "600");
    app.save();
    assert_eq!(app.status(), "approved_in_part");
    app.click("Add the permission letter…");
    let letter = app.model().forms().front().map(|open| open.form.draft.clone()).unwrap();
    assert_eq!(letter["grants"][0]["limits"][0]["limit"], "600", "what was granted, not what was asked");
    assert_eq!(letter["given_on"], "2026-07-14");
    app.fill("Letter or licence number", "S/AC.49/2026/OC.1");
    app.save();
    assert!(app.model().forms().is_empty());
    app.command(Command::Undo);
    app.command(Command::Undo);
    assert_eq!(app.status(), "sent");
}

#[test]
fn a_shipment_is_sent_and_received() {
    let mut app = TestApp::new(prepared());
    app.command(Command::Go(Route::List(RecordKind::Shipment)));
    app.keys(Modifiers::COMMAND, Key::N);
    app.fill("Title", "Autumn consignment");
    app.click("Add line, Lines");
    app.pick("Item", "RHZE");
    app.fill("Quantity", "600");
    app.save();
    assert_eq!(app.status(), "planned");
    undone_and_redone(&mut app, "planned");
    add_event(&mut app, "Dispatched", "2026-09-04");
    assert_eq!(app.status(), "dispatched");
    app.command(Command::Undo);
    assert_eq!(app.status(), "planned", "the dispatch undone");
    app.command(Command::Redo);
    assert_eq!(app.status(), "dispatched", "the dispatch done again");
    app.click("Add receipt…");
    app.fill("On", "2026-10-18");
    let receipt = app.model().forms().front().map(|open| open.form.draft.clone()).unwrap();
    assert_eq!(receipt["lines"][0]["line"], "1", "the lines that were shipped stand there to be counted");
    app.fill("Received", "600");
    app.save();
    assert_eq!(app.status(), "received");
    app.command(Command::Undo);
    assert_eq!(app.status(), "dispatched");
}

#[test]
fn a_trip_is_recorded_of_which_one_traveller_is_refused() {
    let mut workspace = prepared();
    apply(
        &mut workspace,
        &[
            json!({ "op": "create", "kind": "request", "record": {
                "reference": "REQ-1", "matter": "MAT-1", "filing": "new", "travellers": [{ "person": "PER-1" }, { "person": "PER-2" }] } }),
            json!({ "op": "create", "kind": "event", "record": { "request": "REQ-1", "kind": "sent", "on": "2026-05-01" } }),
        ],
    );
    let mut app = TestApp::new(workspace);
    app.command(Command::Go(Route::List(RecordKind::Trip)));
    app.keys(Modifiers::COMMAND, Key::N);
    app.fill("Purpose", "Monitoring visit");
    for person in ["Anna", "Ben"] {
        app.click("Add traveller, Travellers");
        app.pick("Person", person);
        app.pick("Permissions asked", "REQ-1");
    }
    app.save();
    assert!(app.model().forms().is_empty());
    assert_eq!(app.status(), "in_approval");
    apply_decision(&mut app);
    app.command(Command::Go(Route::List(RecordKind::Trip)));
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    assert_eq!(app.status(), "cleared", "one of the two may go, so the trip is cleared and not refused");
}

/// Records from the window that one traveller may go and the other not.
fn apply_decision(app: &mut TestApp) {
    app.command(Command::Go(Route::List(RecordKind::Request)));
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    app.click("Add decision…");
    app.choose("Answer", "Approved in part");
    app.fill("On", "2026-06-01");
    for (nth, (person, answer)) in [("Anna", "Granted"), ("Ben", "Refused")].into_iter().enumerate() {
        app.click("Add traveller, Traveller by traveller");
        app.pick("Person", person);
        app.choose_nth("Answer", nth + 1, answer);
    }
    app.save();
    assert!(app.model().forms().is_empty());
}

#[test]
fn nothing_is_asked_while_nothing_happens() {
    let mut app = TestApp::new(with_public_cases());
    for route in [Route::Overview, Route::List(RecordKind::Request), Route::Policy, Route::History] {
        app.command(Command::Go(route));
        let before = app.requests();
        app.frames(60);
        assert_eq!(app.requests(), before, "{route:?}");
    }
    app.command(Command::New(RecordKind::Request));
    let before = app.requests();
    app.frames(60);
    assert_eq!(app.requests(), before, "a form that nobody types in");
}

#[test]
fn closing_with_an_unsaved_form_asks_and_keeps_every_character() {
    let mut app = TestApp::new(workspace());
    app.command(Command::New(RecordKind::PolicyEvent));
    app.fill("What happened", "  A ban on ü and 평양 ");
    app.ask_to_close();
    assert!(matches!(app.model().dialog(), Some(Dialog::Unsaved(_))));
    assert!(!app.is_closing());
    app.click("Keep editing");
    let typed = app.model().forms().front().map(|open| open.form.draft["title"].clone()).unwrap();
    assert_eq!(typed, "  A ban on ü and 평양 ");
    app.ask_to_close();
    app.click("Discard");
    assert!(app.is_closing());
}

#[test]
fn what_was_typed_is_there_again_after_a_crash() {
    let mut app = TestApp::new(workspace());
    app.command(Command::New(RecordKind::PolicyEvent));
    app.fill("What happened", "A ban");
    app.frames(20);
    let mut app = TestApp::new(app.into_workspace());
    assert_eq!(app.model().forms().front().map(|open| open.form.draft["title"].clone()).unwrap(), "A ban");
    app.command(Command::DiscardForm);
    app.frames(20);
    let app = TestApp::new(app.into_workspace());
    assert!(app.model().forms().is_empty());
}

#[test]
fn the_day_that_is_looked_at_changes_the_overview() {
    let mut app = TestApp::new(with_public_cases());
    app.fill("As of", "2018-11-08");
    assert_eq!(app.model().as_of(), Some(day("2018-11-08")));
    assert!(app.shows("You are looking at 8 Nov 2018"));
    let then = app.model().overview().value().unwrap().filings;
    app.click("Back to today");
    let now = app.model().overview().value().unwrap().filings;
    assert!(then < now, "{then} of {now} filings were known then");
    assert!(!app.shows("You are looking at"));
}

#[test]
fn a_cell_of_the_matrix_opens_the_list_behind_it() {
    let mut app = TestApp::new(with_public_cases());
    let overview = app.model().overview().value().cloned().unwrap();
    let matrix = overview.matrices.iter().find(|matrix| matrix.kind == RecordKind::Request).unwrap();
    let row = matrix.rows.first().unwrap();
    let (at, count) = row.cells.iter().enumerate().find(|(_, count)| **count > 0).unwrap();
    let category = matrix.columns[at].id;
    let filter = Filter { status: Some(row.status.clone()), category: Some(category), ..Filter::default() };
    app.click_cell(&row.label, &matrix.columns[at].name);
    let list = app.model().list(RecordKind::Request).unwrap();
    assert_eq!(list.arrangement.filter, filter);
    assert_eq!(i64::try_from(list.len().unwrap()).unwrap(), *count);
    assert!(app.shows(&format!("{count} of 93 filings")));
}

#[test]
fn our_own_records_and_the_public_ones_are_told_apart() {
    let mut app = TestApp::new(with_public_cases());
    app.command(Command::Go(Route::List(RecordKind::Request)));
    assert_eq!(app.model().list(RecordKind::Request).unwrap().len(), Some(93));
    app.click("Ours");
    assert_eq!(app.model().sources(), Sources::Own);
    assert!(app.shows("No requests yet"));
}

#[test]
fn the_palette_finds_a_command_by_its_words() {
    let mut app = TestApp::new(workspace());
    app.keys(Modifiers::COMMAND, Key::K);
    app.fill("Search everything", "go ship");
    app.key(Key::Enter);
    assert_eq!(app.model().route(), Route::List(RecordKind::Shipment));
    assert!(app.model().dialog().is_none());
}

#[test]
fn a_record_is_deleted_only_after_a_question() {
    let mut app = TestApp::new(prepared());
    app.command(Command::Go(Route::List(RecordKind::Item)));
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    app.click("Delete…");
    assert!(app.shows("Delete item ITM-1?"));
    app.click("Delete");
    assert!(app.shows("No items yet"));
    app.command(Command::Undo);
    assert_eq!(app.model().list(RecordKind::Item).unwrap().len(), Some(1));
}

/// What the palette finds for a text, opened by Enter.
fn opened_by_search(app: &mut TestApp, typed: &str) -> String {
    app.keys(Modifiers::COMMAND, Key::K);
    app.fill("Search everything", typed);
    app.key(Key::Enter);
    assert!(app.model().dialog().is_none(), "{typed}: the palette closes");
    let detail = app.model().open_record().and_then(|open| open.detail.value().cloned().flatten());
    detail.map(|detail| detail.row.reference.clone()).unwrap_or_default()
}

#[test]
fn a_record_is_found_in_three_languages_and_by_its_code_and_opened_by_enter() {
    let mut workspace = prepared();
    apply(
        &mut workspace,
        &[json!({ "op": "create", "kind": "item", "record": { "reference": "ITM-9", "name": "MDR-TB course",
            "name_ko": "다제내성결핵치료제", "name_zh": "耐多药结核病药品", "hs_code": "300490", "base_unit": "U2" } })],
    );
    let mut app = TestApp::new(workspace);
    for typed in ["결핵", "结核", "3004.90", "itm-9", "course mdr"] {
        app.command(Command::Go(Route::Overview));
        assert_eq!(opened_by_search(&mut app, typed), "ITM-9", "{typed}");
        assert_eq!(app.model().route(), Route::List(RecordKind::Item), "{typed}: beside its list");
    }
}

#[test]
fn search_counts_all_of_a_kind_and_shows_them_in_their_list() {
    let mut app = TestApp::new(with_public_cases());
    app.click("Search everything");
    app.fill("Search everything", "UN");
    let before = app.requests();
    app.frames(60);
    assert_eq!(app.requests(), before, "nothing is asked while nobody types");
    let found = app.model().search().value().cloned().unwrap();
    let group = found.groups.iter().find(|group| group.kind == RecordKind::Request).unwrap();
    assert_eq!(group.total, 93);
    app.click("Show all 93 requests");
    assert_eq!(app.model().list(RecordKind::Request).unwrap().len(), Some(93));
    assert_eq!(app.model().list(RecordKind::Request).unwrap().arrangement.filter.text, "UN");
}
