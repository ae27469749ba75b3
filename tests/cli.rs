//! The command line as a user types it: what it prints, how it refuses, and its exit codes.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod command;

use std::path::Path;

use command::{corridor, done, json};
use serde_json::Value;

/// The exit code and the error of a command that must not succeed.
fn refused(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = corridor(folder, arguments);
    (output.status.code().unwrap(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn demo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["demo", "--no-window"]);
    folder
}

const DEMO: &str = "demo/demo.corridor";

#[test]
fn the_demo_fills_prints_and_without_a_display_says_so_in_one_line_and_exits_0() {
    let folder = tempfile::tempdir().unwrap();
    let first = done(folder.path(), &["demo"]);
    for part in
        ["Added 93 filings", "What waits, on whom, since when", "What expires or falls due next", "not legal advice"]
    {
        assert!(first.contains(part), "{part} is missing in\n{first}");
    }
    let last = first.trim_end().lines().last().unwrap();
    assert!(last.contains("display"), "{last}");
    let count = |folder: &Path| json(folder, &["list", "requests", "--json", "--in", DEMO]).as_array().unwrap().len();
    let once = count(folder.path());
    let again = done(folder.path(), &["demo", "--no-window"]);
    assert!(again.contains("there already"), "{again}");
    assert_eq!(count(folder.path()), once, "running it again duplicates nothing");
    assert!(done(folder.path(), &["check", "--in", DEMO]).contains("Everything holds"));
}

#[test]
fn the_demo_goes_where_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["demo", "--dir", "elsewhere/here", "--no-window"]);
    assert!(folder.path().join("elsewhere/here/demo.corridor").is_file());
}

#[test]
fn requests_are_listed_as_objects_with_the_words_of_the_domain() {
    let folder = demo();
    let listed = json(
        folder.path(),
        &["list", "requests", "--in", DEMO, "--json", "--source", "public", "--as-of", "2019-01-31"],
    );
    let agrotec = listed.as_array().unwrap().iter().find(|row| row["reference"] == "UN-035").unwrap();
    for (field, value) in [
        ("source", "public"),
        ("authority", "un_1718"),
        ("instrument", "humanitarian_exemption"),
        ("stage", "on_hold"),
        ("outcome", "pending"),
        ("validity", "none"),
    ] {
        assert_eq!(agrotec[field], value, "{field}");
    }
    assert_eq!(agrotec["categories"], serde_json::json!(["food"]));
    for field in ["sent_on", "decided_on", "valid_until"] {
        assert!(agrotec[field].is_null(), "{field}");
    }
    let approved = json(
        folder.path(),
        &[
            "list",
            "requests",
            "--in",
            DEMO,
            "--json",
            "--status",
            "approved",
            "--as-of",
            "2019-01-31",
            "--source",
            "public",
            "--from",
            "2019-01-18",
        ],
    );
    assert!(approved.as_array().is_some());
}

#[test]
fn operations_are_applied_shown_undone_and_redone() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    done(at, &["new", "ours.corridor"]);
    std::fs::write(
        at.join("operations.jsonl"),
        "# an item and a shipment of it\n{\"op\":\"create\",\"kind\":\"item\",\"record\":{\"reference\":\"CAN\",\"name\":\"Milk can\",\"base_unit\":\"H87\",\"category\":\"food\"}}\n\
         {\"op\":\"create\",\"kind\":\"shipment\",\"record\":{\"reference\":\"S1\",\"started_on\":\"2026-01-01\",\"lines\":[{\"item\":\"CAN\",\"quantity\":\"300\"}]}}\n",
    )
    .unwrap();
    let report = json(at, &["apply", "operations.jsonl", "--in", "ours.corridor", "--json"]);
    assert_eq!(report["records"], 2);
    let shown = json(at, &["show", "S1", "--in", "ours.corridor", "--json"]);
    assert_eq!(shown["record"]["lines"][0]["item"], "CAN");
    assert_eq!(shown["stage"], "planned");
    assert_eq!(shown["categories"], serde_json::json!(["food"]));
    assert!(done(at, &["show", "shipment:S1", "--in", "ours.corridor"]).contains("Milk can"));
    done(at, &["undo", "--in", "ours.corridor"]);
    assert_eq!(json(at, &["list", "shipments", "--in", "ours.corridor", "--json"]).as_array().unwrap().len(), 0);
    done(at, &["redo", "--in", "ours.corridor"]);
    assert_eq!(json(at, &["list", "shipments", "--in", "ours.corridor", "--json"]).as_array().unwrap().len(), 1);
}

#[test]
fn many_records_are_set_duplicated_and_deleted_each_in_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    done(at, &["new", "ours.corridor"]);
    let lines: Vec<String> = (1..=3)
        .map(|n| format!("{{\"op\":\"create\",\"kind\":\"shipment\",\"record\":{{\"reference\":\"S{n}\",\"title\":\"Milk\",\"expected_on\":\"2026-05-01\"}}}}\n"))
        .collect();
    std::fs::write(at.join("operations.jsonl"), lines.concat()).unwrap();
    done(at, &["apply", "operations.jsonl", "--in", "ours.corridor"]);
    let record = |reference: &str| json(at, &["show", reference, "--in", "ours.corridor", "--json"])["record"].clone();
    let said = done(
        at,
        &[
            "set",
            "shipments",
            "S1",
            "S2",
            "title=Beans",
            "expected_on=",
            "categories=food, health",
            "--in",
            "ours.corridor",
        ],
    );
    assert_eq!(said, "Saved 2 shipments\n");
    assert_eq!((&record("S2")["title"], &record("S2")["expected_on"]), (&"Beans".into(), &Value::Null));
    assert_eq!(record("S1")["categories"], serde_json::json!(["food", "health"]));
    done(at, &["undo", "--in", "ours.corridor"]);
    assert_eq!((&record("S1")["title"], &record("S2")["title"]), (&"Milk".into(), &"Milk".into()));
    done(at, &["duplicate", "S3", "reference=S4", "--in", "ours.corridor"]);
    assert_eq!((&record("S4")["title"], &record("S4")["expected_on"]), (&"Milk".into(), &Value::Null));
    done(at, &["delete", "shipments", "S1", "S2", "S4", "--in", "ours.corridor"]);
    let count = || json(at, &["list", "shipments", "--in", "ours.corridor", "--json"]).as_array().unwrap().len();
    assert_eq!(count(), 1);
    done(at, &["undo", "--in", "ours.corridor"]);
    assert_eq!(count(), 4);
}

#[test]
fn a_refusal_exits_1_with_the_reason_and_wrong_usage_exits_2() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    done(at, &["new", "ours.corridor"]);
    std::fs::write(
        at.join("bad.jsonl"),
        "{\"op\":\"create\",\"kind\":\"item\",\"record\":{\"name\":\"X\",\"base_unit\":\"furlong\"}}\n",
    )
    .unwrap();
    for (arguments, code, part) in [
        (vec!["apply", "bad.jsonl", "--in", "ours.corridor"], 1, "The unit “furlong” is not known"),
        (vec!["apply", "gone.jsonl", "--in", "ours.corridor"], 1, "gone.jsonl cannot be read"),
        (vec!["show", "NOWHERE", "--in", "ours.corridor"], 1, "There is no record “NOWHERE”"),
        (vec!["list", "items", "--in", "gone.corridor"], 1, "There is no file gone.corridor"),
        (vec!["new", "ours.corridor"], 1, "is there already"),
        (vec!["undo", "--in", "ours.corridor"], 1, "nothing to undo"),
        (vec!["list", "items", "--category", "toys", "--in", "ours.corridor"], 1, "There is no category “toys”"),
        (
            vec!["list", "requests", "--status", "onhold", "--in", "ours.corridor"],
            1,
            "“onhold” is no status of these records",
        ),
        (vec!["list", "items", "--status", "sent", "--in", "ours.corridor"], 1, "have no status"),
        (
            vec!["list", "requests", "--from", "2026-02-01", "--to", "2026-01-01", "--in", "ours.corridor"],
            1,
            "is before the first",
        ),
        (vec!["list", "ships", "--in", "ours.corridor"], 2, "there are no “ships”"),
        (vec!["overview", "--in", "ours.corridor", "--as-of", "2026-02-30"], 2, "does not exist in the calendar"),
        (vec!["set", "items", "name=X", "--in", "ours.corridor"], 1, "Name at least one record"),
        (vec!["set", "items", "X", "name=X", "--in", "ours.corridor"], 1, "There is no item “X”"),
        (vec!["delete", "items", "X", "--in", "ours.corridor"], 1, "There is no item “X”"),
        (vec!["duplicate", "X", "--in", "ours.corridor"], 1, "There is no record “X”"),
        (vec!["overview"], 2, "--in"),
        (vec!["fly"], 2, "unrecognized subcommand"),
    ] {
        let (found, said) = refused(at, &arguments);
        assert_eq!(found, code, "{arguments:?}: {said}");
        assert!(said.contains(part), "{arguments:?}: {said}");
    }
}

#[test]
fn the_schema_is_json_schema_and_every_help_shows_an_example() {
    let folder = tempfile::tempdir().unwrap();
    let schema = json(folder.path(), &["schema"]);
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    for command in [
        "new",
        "open",
        "demo",
        "list",
        "show",
        "overview",
        "import",
        "apply",
        "set",
        "delete",
        "duplicate",
        "undo",
        "redo",
        "schema",
        "check",
    ] {
        let help = done(folder.path(), &[command, "--help"]);
        assert!(help.contains("Example:\n  ") || help.contains("Examples:\n  "), "{command}:\n{help}");
    }
}

#[test]
fn the_overview_prints_the_same_figures_as_text_and_as_json() {
    let folder = demo();
    let text = done(folder.path(), &["overview", "--in", DEMO, "--as-of", "2018-11-08", "--source", "public"]);
    let json =
        json(folder.path(), &["overview", "--in", DEMO, "--as-of", "2018-11-08", "--source", "public", "--json"]);
    let held = json["matrices"][0]["rows"].as_array().unwrap().iter().find(|row| row["status"] == "on_hold").unwrap();
    assert_eq!(held["total"], 4);
    assert_eq!(held["categories"]["water"], 2);
    assert!(text.lines().any(|line| line.starts_with("On hold") && line.trim_end().ends_with('4')), "{text}");
}

#[test]
fn two_copies_written_apart_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    done(at, &["new", "a.corridor"]);
    std::fs::copy(at.join("a.corridor"), at.join("b.corridor")).unwrap();
    std::fs::write(
        at.join("one.jsonl"),
        "{\"op\":\"create\",\"kind\":\"item\",\"record\":{\"name\":\"X\",\"base_unit\":\"H87\"}}\n",
    )
    .unwrap();
    for file in ["a.corridor", "b.corridor"] {
        done(at, &["apply", "one.jsonl", "--in", file]);
    }
    let (code, said) = refused(at, &["check", "--in", "a.corridor", "--against", "b.corridor"]);
    assert_eq!(code, 1, "{said}");
    let found = corridor(at, &["check", "--in", "a.corridor", "--against", "b.corridor"]);
    assert!(String::from_utf8_lossy(&found.stdout).contains("were written apart"));
}

#[test]
fn goods_their_rows_people_reached_and_a_search_are_printed_for_people_and_for_programs() {
    let folder = demo();
    let at = folder.path();
    let goods = json(at, &["goods", "--by", "item", "--json", "--in", DEMO]);
    let rows = goods["rows"].as_array().unwrap();
    let tablets = rows.iter().find(|row| row["reference"] == "TB-RHZE").unwrap();
    let lines = json(at, &["lines", "shipped", "--item", "TB-RHZE", "--json", "--in", DEMO]);
    let lines = lines.as_array().unwrap();
    assert_eq!(tablets["shipped"]["lines"], lines.len());
    let sum: f64 = lines.iter().map(|line| line["quantity"].as_str().unwrap().parse::<f64>().unwrap()).sum();
    assert_eq!(tablets["shipped"]["quantity"], sum.to_string(), "the figure is the sum of its rows");
    assert!(done(at, &["lines", "shipped", "--item", "TB-RHZE", "--in", DEMO]).contains("tablet in"));
    assert!(done(at, &["reach", "--in", DEMO]).contains("Female"), "by sex");
    assert!(done(at, &["search", "병원", "--in", DEMO]).contains("Hanbyol"), "two syllables inside 한별병원");
    let (code, said) = refused(at, &["lines", "eaten", "--in", DEMO]);
    assert!(code == 2 && said.contains("shipped"), "{said}");
}

#[test]
fn a_gazetteer_is_loaded_and_a_bad_row_is_named() {
    let folder = demo();
    let good = "admin1Name_en,admin1Pcode,admin2Name_en,admin2Pcode\nNorth Hwanghae,KP09,Pongsan,KP0909\n";
    std::fs::write(folder.path().join("places.csv"), good).unwrap();
    assert!(done(folder.path(), &["gazetteer", "places.csv", "--in", DEMO]).contains("dded"));
    assert!(done(folder.path(), &["search", "Pongsan", "--kind", "site", "--in", DEMO]).contains("KP0909"));
    std::fs::write(folder.path().join("bad.csv"), good.replace("Pongsan,KP0909", "Pongsan,")).unwrap();
    let (code, said) = refused(folder.path(), &["gazetteer", "bad.csv", "--in", DEMO]);
    assert!(code == 1 && said.contains("Line 2"), "{said}");
}
