//! Deadlines on the command line: printed, done, put off, written for a calendar.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod command;

use std::path::Path;

use command::{corridor, done};
use serde_json::Value;

fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = corridor(folder, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const IN: [&str; 2] = ["--in", "demo/demo.corridor"];

#[test]
fn deadlines_are_printed_settled_and_written_for_a_calendar() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    done(folder, &["demo", "--no-window"]);
    let listed = || done(folder, &["deadlines", "--as-of", "2026-11-24", IN[0], IN[1]]);
    let printed = listed();
    for part in
        ["Overdue", "Condition: Photographs of the pumps in place", "No day to ask BIS by. Too few own cases: 4"]
    {
        assert!(printed.contains(part), "{part} is missing in\n{printed}");
    }
    assert!(!printed.contains("Martin Feldhoff"), "people are not named where their code says who is meant");

    let letter = ["deadlines", "done", "HAI-L-UN-2024-08"];
    let said = refused(folder, &[letter.as_slice(), &["--on", "2026-11-24"], &IN].concat());
    assert!(said.contains("Say with --what, --due or --number") && said.contains("Photographs"), "{said}");
    let mark = ["--what", "photographs", "--on", "2026-11-24", "--evidence", "Mail of 24 November"];
    let said = done(folder, &[letter.as_slice(), &mark, &IN].concat());
    assert!(said.contains("Done, Permission HAI-L-UN-2024-08: Condition: Photographs"), "{said}");
    assert!(!listed().contains("Photographs of the pumps"));

    let snooze = ["deadlines", "snooze", "HAI-CSH-2026-02", "--on", "2026-11-24", "--until", "2026-12-01"];
    done(folder, &[snooze.as_slice(), &IN].concat());
    let printed = listed();
    assert!(
        printed.contains("Put off\n") && printed.contains("2026-12-01  2026-11-22  Account for the cash"),
        "{printed}"
    );

    let json = done(folder, &["deadlines", "--as-of", "2026-11-24", "--json", IN[0], IN[1]]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["groups"][0]["urgency"], "overdue");
    assert_eq!(json["put_off"][0]["deadline"]["reference"], "HAI-CSH-2026-02");

    let said = done(folder, &["deadlines", "--as-of", "2026-11-24", "--ics", "mine.ics", IN[0], IN[1]]);
    let text = std::fs::read_to_string(folder.join("mine.ics")).unwrap();
    assert!(said.contains(&format!("Wrote {} deadlines", text.matches("BEGIN:VEVENT").count())), "{said}");
    assert!(!text.to_lowercase().contains("feldhoff"), "a code that is made of a name is no code");
    assert!(done(folder, &["check", IN[0], IN[1]]).contains("Everything holds"));
}

#[test]
fn the_time_authorities_take_is_printed_with_its_bias() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    done(folder, &["demo", "--no-window"]);
    let printed = done(folder, &["durations", "--as-of", "2026-11-24", IN[0], IN[1]]);
    assert!(printed.contains("19 of 93 filings") && printed.contains("biased"), "{printed}");
    let json = done(folder, &["durations", "--as-of", "2026-11-24", "--json", IN[0], IN[1]]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let public = json["rows"].as_array().unwrap().iter().find(|row| row["source"] == "public").unwrap();
    assert_eq!((&public["answered"], &public["open"], &public["known"]), (&17.into(), &2.into(), &93.into()));
}

#[test]
fn conditions_of_the_same_words_and_day_are_told_apart_by_their_number() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let at = ["--in", "ours.corridor"];
    done(folder, &["new", at[1]]);
    let condition = r#"{"text":"Send photographs","due_on":"2026-12-01"}"#;
    let operations = format!(
        "{}\n{}\n",
        r#"{"op":"create","kind":"matter","record":{"reference":"M","title":"Milk","instrument":"humanitarian_exemption"}}"#,
        format_args!(
            r#"{{"op":"create","kind":"permission","record":{{"reference":"P","matter":"M","given_on":"2026-01-01","valid_until":"2027-12-31","conditions":[{condition},{condition}]}}}}"#
        )
    );
    std::fs::write(folder.join("operations.jsonl"), operations).unwrap();
    done(folder, &["apply", "operations.jsonl", at[0], at[1]]);
    done(folder, &["deadlines", "--as-of", "2026-11-24", "--ics", "mine.ics", at[0], at[1]]);
    let text = std::fs::read_to_string(folder.join("mine.ics")).unwrap();
    let uids: Vec<&str> = text.lines().filter(|line| line.starts_with("UID:")).collect();
    let unique: std::collections::BTreeSet<&&str> = uids.iter().collect();
    assert!(uids.len() >= 2 && unique.len() == uids.len(), "{uids:?}");
    let settle = [
        "deadlines",
        "done",
        "permission:P",
        "--what",
        "photographs",
        "--on",
        "2026-11-24",
        "--evidence",
        "Mail",
        at[0],
        at[1],
    ];
    let said = refused(folder, &settle);
    assert!(said.contains("--number") && said.contains("2. 2026-12-01  Condition: Send photographs"), "{said}");
    assert!(refused(folder, &[settle.as_slice(), &["--number", "3"]].concat()).contains("--number"));
    done(folder, &[settle.as_slice(), &["--number", "2"]].concat());
    let shown: Value = serde_json::from_str(&done(folder, &["show", "permission:P", "--json", at[0], at[1]])).unwrap();
    let conditions = &shown["record"]["conditions"];
    assert_eq!((&conditions[0]["done_on"], &conditions[1]["evidence"]), (&Value::Null, &"Mail".into()));
    done(folder, &settle);
    done(folder, &["undo", at[0], at[1]]);
    done(folder, &["undo", at[0], at[1]]);
    let snooze =
        ["deadlines", "snooze", "permission:P", "--what", "photographs", "--on", "2026-11-24", "--number", "1"];
    let said = done(folder, &[snooze.as_slice(), &["--until", "2026-11-30"], &at].concat());
    assert!(said.contains("2 deadlines of it are called so on 2026-12-01: this holds for all of them"), "{said}");
}
