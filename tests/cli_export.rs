//! Lists into files from the command line: their formats, their audiences, their summaries, and what is refused.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod command;

use command::{corridor, done, json};

#[test]
fn lists_go_into_files_whole_and_for_an_audience() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    done(at, &["demo", "--dir", "d", "--no-window"]);
    let workspace = "d/demo.corridor";
    let printed =
        json(at, &["export", "shipments", "--in", workspace, "--status", "planned", "--to", "s.xlsx", "--json"]);
    assert_eq!((&printed["format"], printed["removed"].as_array().unwrap().len()), (&"xlsx".into(), 0));
    assert!(std::fs::read(at.join("s.xlsx")).unwrap().starts_with(b"PK"));
    let printed = json(
        at,
        &[
            "export",
            "shipments",
            "--in",
            workspace,
            "--columns",
            "fields",
            "--audience",
            "public",
            "--to",
            "s.csv",
            "--json",
        ],
    );
    let removed = printed["removed"].as_array().unwrap();
    assert!(removed.iter().any(|removed| removed["why"] == "prices" && removed["proven"] == true), "{removed:?}");
    let text = std::fs::read_to_string(at.join("s.csv")).unwrap();
    for gone in removed.iter().filter(|removed| removed["proven"] == true && removed["why"] != "prices") {
        assert!(!text.contains(gone["value"].as_str().unwrap()), "{gone}");
    }
    for list in
        ["deadlines", "goods", "lines", "people-reached", "coverage", "durations", "rule-book", "history", "3w", "fts"]
    {
        let file = format!("{list}.csv");
        let said = done(at, &["export", list, "--in", workspace, "--as-of", "2026-11-24", "--to", &file]);
        assert!(said.contains("rows to"), "{said}");
        assert!(std::fs::metadata(at.join(file)).unwrap().len() > 100);
    }
    done(at, &["template", "shipments", "--to", "t.xlsx"]);
    assert!(std::fs::read(at.join("t.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
fn what_cannot_go_into_a_file_is_refused_and_leaves_none() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    done(at, &["new", "w.corridor"]);
    for (arguments, reason) in [
        (vec!["export", "items", "--in", "w.corridor", "--to", "items.pdf"], ".xlsx or .csv"),
        (vec!["export", "overview", "--in", "w.corridor", "--to", "o.csv"], "Write it as XLSX"),
        (vec!["export", "items", "--in", "w.corridor", "--audience", "nobody", "--to", "i.csv"], "nobody"),
        (vec!["export", "slots", "--in", "w.corridor", "--to", "s.csv"], "--of"),
        (vec!["export", "items", "--in", "w.corridor", "--to", "no/such/folder.csv"], "Choose another folder"),
    ] {
        let output = corridor(at, &arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains(reason), "{arguments:?}: {said}");
    }
    let left: Vec<_> = std::fs::read_dir(at).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| name.to_string_lossy().starts_with("w.corridor")), "{left:?}");
}
