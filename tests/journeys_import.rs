//! Stories of the importer over the whole window: a table becomes records and is taken back; another is stopped.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;
#[path = "support/window.rs"]
mod window;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use corridor::domain::record::RecordKind;
use corridor::services::import::{DateOrder, RowState, Wanted};
use corridor::services::{Access, Workspace, Write};
use corridor::ui::command::Command;
use corridor::ui::exchange::{Purpose, Reply, Request};
use corridor::ui::model::import::{Importing, Step};
use corridor::ui::model::route::Route;
use corridor::ui::model::{Effect, Model};
use eframe::egui::{Key, Modifiers};
use support::{furnished, ids, list_query};
use window::TestApp;

/// A table on the disk.
fn table(name: &str, text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

fn shipments(workspace: &Workspace) -> usize {
    ids(workspace, list_query(RecordKind::Shipment, "2026-11-24")).len()
}

#[test]
fn a_table_is_looked_at_mapped_previewed_imported_and_taken_back() {
    let (_folder, path) = table(
        "packing list.csv",
        "Shipment no,Item,Qty,Planned departure,Colour\nS-1,Milk can,10,03/04/23,red\nS-2,No such thing,5,03/04/23,blue\n,,,,\nTotal,,15,,\n",
    );
    let mut app = TestApp::new(furnished());
    app.command(Command::Go(Route::Import));
    app.fill("Path of the table", &path.display().to_string());
    app.click("Look at the file");
    assert!(app.shows("packing list.csv") && app.shows("cells divided by a comma"));
    app.click("Go on to the columns");
    assert!(app.shows("Shipment: what the columns hold"));
    app.click("Preview the rows");
    assert!(app.shows("The day can be read in several ways"), "nobody guesses what 03/04/23 is");
    app.click("Back to the columns");
    app.choose("Order of dates in column D", "Day, month, year");
    app.choose("Column E holds", "Note");
    app.click("Preview the rows");
    assert!(app.shows("found “No such thing”: There is no item “No such thing”"));
    assert!(app.shows("Rows of totals passed over: 1 (row 5)"));
    let asked = app.requests();
    app.frames(30);
    assert_eq!(app.requests(), asked, "nothing is asked while nothing changes");
    app.click("Leave out the row that cannot come in");
    app.click("Import");
    assert_eq!(app.model().importer().step, Step::Done);
    assert!(app.shows("added 1 shipment, left out 1 row that cannot come in"));
    app.click("Undo this import");
    let workspace = app.into_workspace();
    assert_eq!(shipments(&workspace), 1);
    assert!(workspace.check().unwrap().problems.is_empty());
}

#[test]
fn a_mapping_that_was_remembered_is_used_for_the_next_file_of_the_same_headings() {
    let (_folder, path) = table("a.csv", "Wort,Stück\nRice,KGM\n");
    let mut app = TestApp::new(furnished());
    app.command(Command::Import(Importing::Look(path.clone())));
    assert_eq!(app.model().importer().plan.as_ref().unwrap().kind, RecordKind::Item, "nothing says otherwise");
    app.click("Go on to the columns");
    app.choose("Column A holds", "Name");
    app.command(Command::Import(Importing::Map(1, Some("base_unit".to_owned()))));
    app.fill("Remember these columns as", "German list");
    app.click("Remember");
    app.command(Command::Import(Importing::Look(path)));
    let importer = app.model().importer();
    assert_eq!(importer.look.as_ref().unwrap().used.as_deref(), Some("German list"));
    let fields: Vec<_> = importer.plan.as_ref().unwrap().columns.iter().map(|column| column.field.as_deref()).collect();
    assert_eq!(fields, [Some("name"), Some("base_unit")]);
}

/// Lets a model and a workspace answer each other until the model waits for a write; what it sent comes back.
fn until_write(model: &mut Model, workspace: &Workspace, effects: Vec<Effect>) -> Option<Request> {
    let mut waiting: std::collections::VecDeque<Effect> = effects.into();
    while let Some(effect) = waiting.pop_front() {
        match effect {
            Effect::Send(Request::Job(ticket)) => {
                let outcome = workspace.perform_job(&ticket.job, &ticket.watch);
                waiting.extend(model.receive(Reply::JobDone(ticket.number, outcome)));
            }
            Effect::Send(write @ Request::Write(Purpose::Import(_), _)) => return Some(write),
            _ => {}
        }
    }
    None
}

/// Holds the first import that is asked for when it has come so far in its second pass, the one that writes.
struct Gate {
    reached: Receiver<()>,
    open: Sender<()>,
}

impl Gate {
    /// A gate, and what puts it into the way of an import before a thread has it.
    fn at(rows: u64) -> (Self, impl Fn(&Request)) {
        let (tell, reached) = channel();
        let (open, opened) = channel::<()>();
        let held = Arc::new(Mutex::new(Some((tell, opened))));
        let pass = Arc::new(AtomicU64::new(0));
        let overheard = move |request: &Request| {
            let Request::Write(Purpose::Import(_), Write::Import { watch, .. }) = request else { return };
            let (held, pass) = (Arc::clone(&held), Arc::clone(&pass));
            watch.listen(move |done| {
                if done == rows && pass.fetch_add(1, Ordering::Relaxed) == 1 {
                    let (tell, opened) = held.lock().unwrap().take().unwrap();
                    tell.send(()).unwrap();
                    opened.recv().unwrap();
                }
            });
        };
        (Self { reached, open }, overheard)
    }
}

#[test]
fn an_import_that_is_stopped_by_a_click_leaves_nothing_behind_and_can_be_done_again() {
    let rows: Vec<String> = (0..3_000).map(|row| format!("S-{row},X,{}", row + 1)).collect();
    let (folder, path) = table("many.csv", &format!("Shipment no,Item,Qty\n{}\n", rows.join("\n")));
    let file = folder.path().join("aid.corridor");
    let mut workspace = Workspace::create(&file, support::context()).unwrap();
    support::write_down_the_basics(&mut workspace);
    let (gate, overheard) = Gate::at(1_024);
    let mut app = TestApp::on_threads(workspace, overheard);
    app.command(Command::Go(Route::Import));
    app.fill("Path of the table", &path.display().to_string());
    app.click("Look at the file");
    app.until("the first rows", |app| app.model().importer().step == Step::Sheet);
    app.click("Go on to the columns");
    app.choose("One value for all rows of", "Title");
    app.fill("Title", "Winter convoy");
    app.click("Preview the rows");
    app.until("the preview", |app| app.model().importer().step == Step::Preview);
    assert_eq!(app.model().importer().preview.as_ref().unwrap().records.add, 3_000);

    app.click_button("Import");
    gate.reached.recv_timeout(Duration::from_mins(2)).unwrap();
    app.run();
    assert!(app.shows("Importing many.csv"));
    app.click_button("Stop");
    assert!(app.shows("Stopping: Importing many.csv"));
    assert!(app.model().importer().is_busy(), "it has not stopped yet");
    gate.open.send(()).unwrap();
    app.until("the end of the import", |app| !app.model().importer().is_busy());

    assert!(app.shows("Nothing was changed"));
    let beside = || Workspace::open(&file, Access::Read, support::context()).unwrap();
    assert_eq!(shipments(&beside()), 1, "nothing is left behind");
    assert!(beside().check().unwrap().problems.is_empty());
    assert!(app.model().jobs().running().is_empty() && app.model().importer().step == Step::Preview);
    assert!(app.shows("Add 3000 rows (3000 records)"));
    app.click("Back to the columns");
    assert_eq!(app.model().importer().fixed.draft["title"], "Winter convoy", "what was typed is still there");

    app.click("Preview the rows");
    app.until("the preview", |app| app.model().importer().step == Step::Preview && !app.model().importer().is_busy());
    app.click_button("Import");
    app.until("the import", |app| app.model().importer().step == Step::Done);
    assert_eq!(shipments(&beside()), 3_001);
    let query = list_query(RecordKind::Shipment, "2026-11-24");
    assert!(support::rows(&beside(), query).iter().any(|row| row.title == "Winter convoy"));
}

#[test]
fn the_window_says_of_a_table_what_the_command_line_can() {
    // Spoken for in EUC-KR, with bars, groups over headings, amounts without a currency.
    let mut bytes = b"Item|Quantity|||Value|Shipment no\n|planned|shipped|||\nX|9|7||1,200.50|S-1\n".to_vec();
    bytes.extend_from_slice(b"X|2|1|\xbc\xd2\xb1\xdd||S-1\nNo such thing|1|1||5|S-2\n");
    let (folder, path) = table("plan.csv", "");
    std::fs::write(&path, bytes).unwrap();
    let mut app = TestApp::new(furnished());
    app.command(Command::Import(Importing::Look(path)));
    app.choose("Encoding", "EUC-KR, CP949 (Korean)");
    app.choose("Cells divided by", "a bar");
    // The list of kinds is longer than what it shows, so the choice is made as its click would make it.
    let wanted = Wanted { kind: Some(RecordKind::Shipment), ..app.model().importer().wanted.clone() };
    app.command(Command::Import(Importing::Again(Box::new(wanted))));
    assert!(app.shows("소금") && app.shows("Headings in rows 1-2: Item, Quantity planned, Quantity shipped"));
    app.click("Row 1 holds groups over these headings: the two are read together");
    assert!(app.shows("Headings in row 2: planned, shipped"));
    app.click("Row 1 holds groups over these headings: the two are read together");
    app.click("Go on to the columns");
    app.pick("Currency of column E", "EUR");
    app.pick("Unit of column C", "H87");
    app.command(Command::Import(Importing::Fix("note")));
    app.fill("Note", "Second part");
    app.click("Preview the rows");
    app.click("Save these rows with what is wrong…");
    app.click("Path of the file");
    app.keys(Modifiers::COMMAND, Key::A);
    let saved = folder.path().join("left out");
    app.fill("Path of the file", &saved.display().to_string());
    app.click("Save the file");
    let text = std::fs::read_to_string(saved.with_extension("csv")).unwrap();
    assert!(text.contains("No such thing,1,1,,5,S-2,") && !text.contains("1,200.50"), "{text}");
    app.click("Leave out the row that cannot come in");
    app.click_button("Import");
    assert!(app.model().importer().step == Step::Done, "{:?}", app.model().importer().refused);
    let workspace = app.into_workspace();
    let all = ids(&workspace, list_query(RecordKind::Shipment, "2026-11-24"));
    let records: Vec<_> = all.into_iter().map(|id| workspace.record_by_references(id).unwrap()).collect();
    let record = records.iter().find(|record| record.get("note") == Some(&"Second part".into())).unwrap();
    let line = &record["lines"][0];
    assert_eq!((&line["quantity"], &line["value"], &line["unit"]), (&"7".into(), &"EUR 1200.50".into(), &"H87".into()));
}

#[test]
fn a_template_is_saved_from_the_first_step_and_comes_in_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = TestApp::new(furnished());
    app.command(Command::Go(Route::Import));
    app.click("Save a template…");
    app.choose("Template for", "Items");
    app.click("Path of the file");
    app.keys(Modifiers::COMMAND, Key::A);
    let path = folder.path().join("things.xlsx");
    app.fill("Path of the file", &path.display().to_string());
    app.click("Save the file");
    assert!(app.shows("Saved the template for items to"));
    app.command(Command::Import(Importing::Look(path)));
    assert_eq!(app.model().importer().plan.as_ref().unwrap().kind, RecordKind::Item);
}

#[test]
fn a_preview_that_is_stopped_says_so_and_the_page_goes_on() {
    let (_folder, path) = table("few.csv", "Code,Name,Base unit\nA,Blanket,piece\n");
    let workspace = furnished();
    let place = corridor::ui::exchange::Place { path: None, read_only: false, today: workspace.today() };
    let mut model = Model::new(place);
    let effects = model.run(Command::Import(Importing::Look(path)));
    until_write(&mut model, &workspace, effects);
    let effects = model.run(Command::Import(Importing::Preview));
    let job = model.jobs().running()[0].number;
    model.run(Command::StopJob(job));
    until_write(&mut model, &workspace, effects);
    assert!(model.importer().refused.is_some() && !model.importer().is_busy());
    model.run(Command::Import(Importing::Dates(0, DateOrder::DayFirst)));
    let effects = model.run(Command::Import(Importing::Preview));
    until_write(&mut model, &workspace, effects);
    assert_eq!(model.importer().preview.as_ref().unwrap().rows.of(RowState::Add), 1);
}
