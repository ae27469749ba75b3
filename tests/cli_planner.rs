//! `whatif` and `slots` as a user types them, on the demo.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod command;

use std::path::Path;

use serde_json::Value;

const DEMO: &str = "demo/demo.corridor";
const NOT_ADVICE: &str = "It is not legal advice";

/// The words of a command on the demo.
fn words(line: &str) -> Vec<&str> {
    line.split(' ').chain(["--in", DEMO]).collect()
}

fn done(folder: &Path, line: &str) -> String {
    command::done(folder, &words(line))
}

fn refused(folder: &Path, line: &str) -> String {
    let output = command::corridor(folder, &words(line));
    assert_eq!(output.status.code(), Some(1), "{line}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn demo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    command::done(folder.path(), &["demo", "--no-window"]);
    folder
}

#[test]
fn a_moved_date_is_told_refused_in_words_and_written_only_where_it_is_wanted() {
    let folder = demo();
    let at = folder.path();
    let told = done(at, "whatif HAI-SHP-2027-01 --ship 2027-06-20 --as-of 2026-11-24");
    for part in ["2027-02-15 -> 2027-06-20", "HAI-L-UN-2026-07 ends on 2027-07-02", "by 2027-01-27", NOT_ADVICE] {
        assert!(told.contains(part), "{part} is missing in\n{told}");
    }
    assert!(!told.contains("allowed"), "guidance never says that something is allowed");
    let planned = || -> String {
        let shown: Value = serde_json::from_str(&done(at, "show HAI-SHP-2027-01 --json")).unwrap();
        shown.to_string()
    };
    let before = planned();
    assert!(before.contains("2027-02-15") && !before.contains("2027-06-20"), "nothing was written");
    for (line, why) in [
        ("whatif HAI-SHP-2027-01", "No date is moved"),
        ("whatif HAI-SHP-2027-01 --depart 2027-06-20", "is a shipment. Write --ship or --arrive"),
        ("whatif HAI-TRP-2027-01 --ship 2027-06-20", "is a trip. Write --depart or --return"),
        ("whatif NOTHING --ship 2027-06-20", "NOTHING"),
    ] {
        let said = refused(at, line);
        assert!(said.contains(why), "{line}: {said}");
    }
    let written = done(at, "whatif HAI-SHP-2027-01 --ship 2027-02-20 --apply");
    assert!(written.contains("HAI-SHP-2027-01: planned departure from 2027-02-15 to 2027-02-20"), "{written}");
    done(at, "undo");
    assert!(planned().contains("2027-02-15"));
}

#[test]
fn the_slots_of_a_letter_are_printed_and_can_be_read_by_a_program() {
    let folder = demo();
    let at = folder.path();
    let told = done(at, "slots HAI-L-UN-2026-07 --as-of 2026-11-24");
    assert!(told.contains("2 shipments: 0 gone, 1 planned") && told.contains(NOT_ADVICE), "{told}");
    let read: Value = serde_json::from_str(&done(at, "slots HAI-L-UN-2024-08 --as-of 2026-11-24 --json")).unwrap();
    assert_eq!(read["cap"], 3);
    assert!(read["slots"].as_array().unwrap().iter().all(|slot| slot["state"] == "gone"));
    assert!(!read["stranded"].as_array().unwrap().is_empty());
}
