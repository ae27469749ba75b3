//! A story of work in the field over the whole window: a visit, what had to follow, and the page that says it is late.

mod support;
#[path = "support/window.rs"]
mod window;

use corridor::domain::record::RecordKind;
use corridor::ui::command::Command;
use corridor::ui::model::route::Route;
use eframe::egui::Key;
use serde_json::json;
use support::{apply, day, workspace};
use window::TestApp;

#[test]
fn a_visit_is_added_to_a_project_and_its_follow_up_falls_due_and_is_settled() {
    let mut workspace = workspace();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"project","record":{"reference":"PRJ-1","title":"Clinic wells"}}),
            json!({"op":"create","kind":"person","record":{"reference":"PER-1","name":"Anna Lee"}}),
            json!({"op":"create","kind":"site","record":{"reference":"WELL","name":"Clinic at the well","within":"KP08"}}),
        ],
    );
    let mut app = TestApp::new(workspace);
    app.command(Command::Go(Route::List(RecordKind::Project)));
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    app.click("Add visit…");
    app.fill("Purpose", "Is the pump in use");
    app.pick("Site", "at the well");
    app.fill("On", "2026-11-02");
    app.click("Add follow-up, Follow-ups");
    app.fill("What", "Send new rods");
    app.pick("Who", "Anna");
    app.fill("Due on", "2026-11-20");
    app.save();
    assert!(app.model().forms().is_empty(), "the form closes once it is saved");
    app.command(Command::Go(Route::List(RecordKind::Visit)));
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    assert_eq!(app.status(), "follow_up_overdue", "today is four days late");
    assert!(app.shows("Send new rods"));
    for (on, word) in [("2026-11-20", "follow_up_open"), ("2026-11-21", "follow_up_overdue")] {
        app.command(Command::AsOf(Some(day(on))));
        assert_eq!(app.status(), word, "{on}");
    }
    app.command(Command::AsOf(None));
    app.click("Edit…");
    app.fill("Done on", "2026-11-23");
    app.save();
    assert_eq!(app.status(), "visited");
    app.command(Command::Undo);
    assert_eq!(app.status(), "follow_up_overdue", "the settling is taken back");
    app.command(Command::Redo);
    assert_eq!(app.status(), "visited");
    let workspace = app.into_workspace();
    assert!(workspace.check().unwrap().problems.is_empty());
}

#[test]
fn a_gazetteer_is_loaded_by_its_path_and_taken_back() {
    let path = std::env::temp_dir().join(format!("corridor-gazetteer-{}.csv", std::process::id()));
    std::fs::write(&path, "pcode,level,type,name_en,parent_pcode\nKP0807,2,county,Pongsan,KP08\n").unwrap();
    let mut app = TestApp::new(workspace());
    app.command(Command::Go(Route::List(RecordKind::Site)));
    let count = |app: &TestApp| app.model().list(RecordKind::Site).and_then(corridor::ui::model::list::ListState::len);
    assert_eq!(count(&app), Some(11), "the provinces are built in");
    app.command(Command::AskGazetteer);
    app.fill("Path of the file", &path.display().to_string());
    app.click("Load");
    assert_eq!(count(&app), Some(12));
    app.command(Command::Undo);
    assert_eq!(count(&app), Some(11));
    app.command(Command::AskGazetteer);
    app.fill("Path of the file", "/nowhere/at/all.csv");
    app.click("Load");
    assert!(app.shows("The gazetteer was not saved"), "a wrong path is told");
    std::fs::remove_file(path).unwrap();
}
