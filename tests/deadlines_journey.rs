//! The page of deadlines as a user meets it: what is due, done with its evidence, put off, and as of another day.

mod support;
#[path = "support/window.rs"]
mod window;

use corridor::services::Workspace;
use corridor::ui::command::Command;
use corridor::ui::model::route::Route;
use serde_json::json;
use support::{apply, day, furnished};
use window::TestApp;

fn prepared() -> Workspace {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"decision","record":{"reference":"D","request":"X","answer":"approved_with_conditions","on":"2026-02-01"}}),
            json!({"op":"create","kind":"permission","record":{"reference":"P","matter":"X","decision":"D","given_on":"2026-02-01","valid_until":"2027-02-01","conditions":[
                {"text":"Photographs","due_on":"2026-11-20"},{"text":"List of goods","due_on":"2026-11-28"}]}}),
        ],
    );
    workspace
}

#[test]
fn deadlines_are_done_put_off_and_seen_as_of_any_day() {
    let mut app = TestApp::new(prepared());
    app.click("Deadlines");
    assert_eq!(app.model().route(), Route::Deadlines);
    assert!(app.shows("Overdue (1)") && app.shows("In the next 7 days (1)"));

    app.click("Done, Condition: Photographs, P");
    app.fill("Evidence", "Mail of 23 November");
    app.click("Mark as done");
    assert!(!app.shows("Done, Condition: Photographs, P"), "what is done is gone");
    assert!(app.shows("Done, Permission P: Condition: Photographs"), "and told");

    app.click("Put off, Condition: List of goods, P");
    app.click("Today, Not shown before");
    app.click("Put off");
    assert!(app.model().dialog().is_some(), "a day that is not later is no day to put it off to");
    app.click("Day after, Not shown before");
    app.click("Put off");
    assert!(app.model().dialog().is_none());
    assert!(!app.shows("Put off, Condition: List of goods, P"));
    app.click("Show 1 put off");
    assert!(app.shows("put off until 2026-11-25"));

    app.command(Command::AsOf(Some(day("2026-11-23"))));
    assert!(app.shows("Done, Condition: Photographs, P"), "it was open the day before");
    assert!(app.shows("Put off, Condition: List of goods, P"));
    app.command(Command::AsOf(Some(day("2026-11-25"))));
    assert!(app.shows("Put off, Condition: List of goods, P"), "it is shown again");
    app.command(Command::AsOf(Some(day("2026-12-05"))));
    app.click("Condition: List of goods, P, 7 days overdue");
    assert!(app.model().open_record().is_some(), "a row opens its record");
    app.command(Command::CloseRecord);

    app.command(Command::AsOf(None));
    app.command(Command::Undo);
    app.command(Command::Undo);
    assert!(app.shows("Done, Condition: Photographs, P"), "both steps can be taken back");
}

#[test]
fn a_calendar_file_goes_where_it_is_told() {
    let folder = tempfile::tempdir().unwrap_or_else(|error| std::panic::panic_any(error));
    let path = folder.path().join("mine");
    let mut app = TestApp::new(prepared());
    app.command(Command::Go(Route::Deadlines));
    app.click("Calendar file…");
    app.fill("Path of the file", &path.display().to_string());
    app.click("Write");
    let text = std::fs::read_to_string(path.with_extension("ics")).unwrap_or_default();
    assert!(text.contains("SUMMARY:Condition: Photographs: Permission P (UN 1718)"), "{text}");
    assert!(app.shows("Wrote"), "it is told");
    app.command(Command::AskCalendar);
    app.fill("Path of the file", "/nowhere/at/all.ics");
    app.click("Write");
    assert!(app.shows("cannot be written"), "so is why it was not");
}

#[test]
fn the_page_asks_nothing_while_nothing_changes() {
    let mut app = TestApp::new(prepared());
    app.command(Command::Go(Route::Deadlines));
    let asked = app.requests();
    app.frames(60);
    assert_eq!(app.requests(), asked, "painting asks nothing");
}
