//! Stories of files over the whole window: dropped on a record, asked about, listed, taken away.

mod support;
#[path = "support/window.rs"]
mod window;

use corridor::domain::record::RecordKind;
use corridor::ui::command::Command;
use corridor::ui::model::files::FilesCommand;
use corridor::ui::model::packs::PacksCommand;
use corridor::ui::model::route::Route;
use eframe::egui::Key;
use support::furnished;
use window::TestApp;

#[test]
fn files_are_dropped_on_a_record_asked_about_where_one_could_run_listed_and_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let letter = folder.path().join("letter.pdf");
    let program = folder.path().join("viewer.exe");
    std::fs::write(&letter, b"%PDF-1.7").unwrap();
    std::fs::write(&program, b"MZ").unwrap();
    let mut app = TestApp::new(furnished());
    app.command(Command::Files(FilesCommand::Add(vec![letter.clone()])));
    assert!(app.shows("Open the record to which the files belong"));
    app.command(Command::Go(Route::List(RecordKind::Shipment)));
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    app.command(Command::Files(FilesCommand::Add(vec![letter, program])));
    assert!(app.shows("Attach files to Shipment X") && app.shows("letter.pdf"));
    app.click("Attach");
    assert!(
        app.shows("Attach this file all the same?")
            && app.shows("viewer.exe: its first bytes are those of a Windows program")
    );
    app.click("Attach all the same");
    assert!(app.shows("Attached 2 files to Shipment X") && app.shows("Files 2"));
    app.click("Remove viewer.exe");
    app.click("Delete");
    assert!(app.shows("Files 1") && !app.shows("viewer.exe"));
    app.click("Attach a file…");
    app.fill("Path of the file", &folder.path().join("missing.pdf").display().to_string());
    app.click("Attach");
    assert!(app.shows("cannot be read"), "the dialog says why and stays");
}

#[test]
fn a_package_is_looked_at_made_and_sealed_as_it_was_sent() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = TestApp::new(furnished());
    app.command(Command::Go(Route::List(RecordKind::Request)));
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    app.click("Make package…");
    assert!(
        app.shows("Submission package of X") && app.shows("10. Measures against diversion"),
        "what is missing is seen first"
    );
    app.command(Command::Packs(PacksCommand::Into(folder.path().join("to send"))));
    app.fill("Sent on", "2026-01-10");
    app.click("Make the files");
    assert!(app.shows("Sealed what was sent of Request X on 2026-01-10"));
    assert!(folder.path().join("to send").join("X request letter.pdf").exists());
    app.command(Command::Go(Route::List(RecordKind::Shipment)));
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    for (button, title) in [
        ("Make binder…", "Border and bank binder of X"),
        ("Compare with customs papers…", "Customs comparison of X"),
        ("Audit pack…", "Audit pack of X"),
    ] {
        app.click(button);
        assert!(app.shows(title), "{title}");
        app.key(Key::Escape);
    }
    app.click("Make binder…");
    app.command(Command::Packs(PacksCommand::Into(folder.path().join("border"))));
    app.click("Make the files");
    assert!(app.shows("Border and bank binder: 1 file in"));
}
