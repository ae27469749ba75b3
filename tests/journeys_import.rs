//! Stories of the importer over the whole window: a table becomes records and is taken back; another is stopped.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;
#[path = "support/window.rs"]
mod window;

use corridor::domain::record::RecordKind;
use corridor::services::Workspace;
use corridor::services::import::{DateOrder, RowState};
use corridor::ui::command::Command;
use corridor::ui::exchange::{Purpose, Reply, Request};
use corridor::ui::model::import::{Importing, Step};
use corridor::ui::model::route::Route;
use corridor::ui::model::{Effect, Model};
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
    assert!(app.shows("packing list.csv") && app.shows("cells divided by “,”"));
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

#[test]
fn an_import_that_is_stopped_leaves_nothing_behind_and_can_be_done_again() {
    let rows: Vec<String> = (0..3_000).map(|row| format!("S-{row},X,{}", row + 1)).collect();
    let (_folder, path) = table("many.csv", &format!("Shipment no,Item,Qty\n{}\n", rows.join("\n")));
    let mut workspace = furnished();
    let place = corridor::ui::exchange::Place { path: None, read_only: false, today: workspace.today() };
    let mut model = Model::new(place);
    let effects = model.run(Command::Import(Importing::Look(path)));
    assert!(until_write(&mut model, &workspace, effects).is_none());
    let effects = model.run(Command::Import(Importing::Preview));
    assert!(until_write(&mut model, &workspace, effects).is_none());
    assert_eq!(model.importer().preview.as_ref().unwrap().records.add, 3_000);
    let effects = model.run(Command::Import(Importing::Write));
    let Some(Request::Write(purpose, write)) = until_write(&mut model, &workspace, effects) else { panic!("a write") };
    let job = model.jobs().running()[0].clone();
    assert_eq!(job.what, "Importing many.csv");
    model.run(Command::StopJob(job.number));
    let outcome = workspace.write(write);
    model.receive(Reply::Written(purpose, outcome));
    assert!(model.jobs().running().is_empty());
    assert!(model.importer().refused.as_ref().unwrap().contains("Nothing was changed"));
    assert_eq!((model.importer().step, shipments(&workspace)), (Step::Preview, 1));
    let effects = model.run(Command::Import(Importing::Write));
    let Some(Request::Write(purpose, write)) = until_write(&mut model, &workspace, effects) else { panic!("a write") };
    let outcome = workspace.write(write);
    model.receive(Reply::Written(purpose, outcome));
    assert_eq!((model.importer().step, shipments(&workspace)), (Step::Done, 3_001));
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
