//! The list on screen into a file as a user does it: its format, its path, and what is told.

mod support;
#[path = "support/window.rs"]
mod window;

use corridor::domain::record::RecordKind;
use corridor::ui::command::Command;
use corridor::ui::model::dialog::Dialog;
use corridor::ui::model::route::Route;
use support::furnished;
use window::TestApp;

#[test]
fn a_list_is_written_as_text_and_told() {
    let folder = tempfile::tempdir().unwrap_or_else(|error| std::panic::panic_any(error));
    let path = folder.path().join("mine");
    let mut app = TestApp::new(furnished());
    app.command(Command::Go(Route::List(RecordKind::Party)));
    app.click("Export…");
    assert!(matches!(app.model().dialog(), Some(Dialog::Export(_))));
    app.click("Text (CSV)");
    app.fill("Path of the file", &path.display().to_string());
    app.click("Write");
    assert!(app.model().dialog().is_none());
    let text = std::fs::read_to_string(path.with_extension("csv")).unwrap_or_default();
    assert!(text.contains("Code,Name,Name in Korean") && text.contains("항만 운송"), "{text}");
    assert!(app.shows("Wrote 1 row"), "it is told");
}

#[test]
fn every_page_with_a_list_offers_it_and_the_others_do_not() {
    let mut app = TestApp::new(furnished());
    for (route, offered) in [
        (Route::Overview, true),
        (Route::Deadlines, true),
        (Route::List(RecordKind::Shipment), true),
        (Route::Coverage, true),
        (Route::Goods, true),
        (Route::Lines, true),
        (Route::Rules, true),
        (Route::Policy, true),
        (Route::History, true),
        (Route::Advisor, true),
        (Route::Reports, true),
        // Nothing is chosen that could move or be planned, nothing is brought in.
        (Route::WhatIf, false),
        (Route::Slots, false),
        (Route::Import, false),
    ] {
        app.command(Command::Go(route));
        assert_eq!(Command::AskExport.is_enabled(app.model()), offered, "{route:?}");
        app.command(Command::AskExport);
        assert_eq!(app.model().dialog().is_some(), offered, "{route:?}");
        app.command(Command::CloseDialog);
    }
}

#[test]
fn a_question_that_is_put_together_and_what_a_search_found_go_into_files() {
    let mut app = TestApp::new(furnished());
    app.command(Command::Go(Route::Advisor));
    app.command(Command::AskExport);
    let asked = |app: &TestApp| match app.model().dialog() {
        Some(Dialog::Export(typed)) => typed.file_name(),
        other => format!("{other:?}"),
    };
    assert_eq!(asked(&app), "needs.xlsx");
    app.command(Command::CloseDialog);
    app.command(Command::Palette);
    app.fill("Search everything", "Harbour");
    app.click_part("Export what was found…");
    assert_eq!(asked(&app), "search.xlsx");
}

#[test]
fn a_text_file_of_the_overview_holds_the_table_that_is_chosen() {
    let folder = tempfile::tempdir().unwrap_or_else(|error| std::panic::panic_any(error));
    let path = folder.path().join("waits.csv");
    let mut app = TestApp::new(furnished());
    app.command(Command::Go(Route::Overview));
    app.command(Command::AskExport);
    app.click("Text (CSV)");
    app.click("To mend");
    app.fill("Path of the file", &path.display().to_string());
    app.click("Write");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    assert!(text.contains("What has to be mended"), "{text}");
}
