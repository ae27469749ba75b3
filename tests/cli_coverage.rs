//! The ledger on the command line: `coverage`, `book` and `clear`, what they print and how they exit.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod command;

use std::path::Path;

use serde_json::Value;

const DEMO: &str = "demo/demo.corridor";

/// The exit code, what was printed and what was refused.
fn corridor(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = command::corridor(folder, &[arguments, &["--in", DEMO]].concat());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn demo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    command::done(folder.path(), &["demo", "--no-window"]);
    folder
}

#[test]
fn what_is_open_is_listed_and_one_shipment_is_shown_line_by_line() {
    let folder = demo();
    let (code, printed, refused) = corridor(folder.path(), &["coverage", "--as-of", "2026-11-24"]);
    assert_eq!(code, 1, "{printed}");
    assert!(refused.contains("cells are not covered"), "{refused}");
    for part in ["HAI-SHP-2027-02", "Outside the window", "Dependency fails", "Unclear", "not legal advice"] {
        assert!(printed.contains(part), "{part} is not in\n{printed}");
    }
    let one = ["coverage", "--shipment", "HAI-SHP-2027-02", "--as-of", "2026-11-24"];
    let (code, printed, _) = corridor(folder.path(), &one);
    assert_eq!(code, 1);
    assert!(printed.contains("12 d late") && printed.contains("12 days after HAI-KR-0320 ends"), "{printed}");
    let (_, printed, _) = corridor(folder.path(), &[&one[..], &["--json"]].concat());
    let matrix: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(matrix["record"], "shipment:HAI-SHP-2027-02");
    let cells = matrix["rows"][0]["cells"].as_array().unwrap();
    assert!(cells.iter().any(|cell| cell["state"] == "outside_window" && cell["rule"]["code"].is_string()), "{matrix}");
    let (code, _, refused) = corridor(folder.path(), &[&one[..], &["--as-known", "2020-01-01"]].concat());
    assert!(code == 1 && refused.contains("not known on 2020-01-01"), "{refused}");
    let (code, _, refused) = corridor(folder.path(), &["coverage", "--trip", "NONE"]);
    assert!(code == 1 && refused.contains("There is no trip “NONE”"), "{refused}");
}

#[test]
fn a_shipment_is_cleared_with_a_signature_and_a_sheet_or_told_what_is_open() {
    let folder = demo();
    let shipment = "HAI-SHP-2026-06";
    let (code, printed, refused) = corridor(folder.path(), &["clear", shipment]);
    assert!(code == 1 && refused.contains("is not clear"), "{refused}");
    assert!(printed.contains("Transit declaration") && printed.contains("Book a permission, or ask"), "{printed}");
    let (code, _, refused) = corridor(folder.path(), &["clear", shipment, "--go", "--signed-by", "SEO"]);
    assert!(code == 1 && refused.contains("Write why the shipment goes all the same"), "{refused}");
    let (code, ..) = corridor(folder.path(), &["clear", shipment, "--go"]);
    assert_eq!(code, 2, "nobody signs");
    let signed =
        ["clear", shipment, "--go", "--signed-by", "SEO", "--reason", "Declared by the carrier", "--sheet", "go.html"];
    let (code, printed, refused) = corridor(folder.path(), &signed);
    assert!(code == 0 && printed.contains("Saved go.html"), "{printed}{refused}");
    let page = std::fs::read_to_string(folder.path().join("go.html")).unwrap();
    assert!(page.contains("Haneul Seo") && page.contains("Declared by the carrier") && !page.contains("<script"));
    let (code, _, refused) = corridor(folder.path(), &["check"]);
    assert_eq!(code, 0, "{refused}");
}

#[test]
fn what_fits_is_booked_from_the_terminal() {
    let folder = demo();
    let (code, printed, refused) = corridor(folder.path(), &["book", "HAI-SHP-2026-01"]);
    assert!(code == 0 && printed.contains("HAI-SHP-2026-01"), "{printed}{refused}");
    let (code, _, refused) = corridor(folder.path(), &["book", "NONE", "--earliest"]);
    assert!(code == 1 && refused.contains("There is no shipment “NONE”"), "{refused}");
}

#[test]
fn what_is_left_of_a_letter_and_booked_of_it_is_shown_with_references_and_printed_for_programs() {
    let folder = demo();
    let (code, printed, refused) = corridor(folder.path(), &["show", "permission:HAI-L-UN-2026-07"]);
    assert_eq!(code, 0, "{refused}");
    assert!(printed.contains("What is left on"), "{printed}");
    let (_, json, _) = corridor(folder.path(), &["show", "permission:HAI-L-UN-2026-07", "--json"]);
    let shown: Value = serde_json::from_str(&json).unwrap();
    let fields = shown["derived"][0]["fields"].as_array().unwrap();
    let of = |label: &str| fields.iter().find(|field| field["label"] == label).unwrap();
    assert!(of("Line by line")["value"][0]["Left"].is_string(), "{shown}");
    let booked = &of("Booked")["value"][0];
    let booking = booked["Booking"].as_str().unwrap().strip_prefix("booking:").unwrap();
    assert!(printed.contains(booking), "{booking} is missing in\n{printed}");
    assert!(printed.contains(booked["For"].as_str().unwrap().strip_prefix("shipment:").unwrap()), "{printed}");
}
