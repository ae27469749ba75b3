//! `corridor import` as a user types it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod command;

use command::{corridor, done, json};

/// A workspace with two items in an empty folder.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["new", "a.corridor"]);
    std::fs::write(folder.path().join("items.csv"), "Code,Name,Unit\n001,Blanket,개\n002,Soap,kg\n").unwrap();
    done(folder.path(), &["import", "items.csv", "--in", "a.corridor"]);
    folder
}

#[test]
fn a_dry_run_says_what_would_be_done_and_writes_nothing() {
    let folder = folder();
    std::fs::write(folder.path().join("more.csv"), "Code,Name,Unit\n001,Wool blanket,개\n003,Rice,furlong\n").unwrap();
    let arguments = ["import", "more.csv", "--in", "a.corridor", "--dry-run", "--json"];
    let output = corridor(folder.path(), &arguments);
    assert!(!output.status.success(), "a row cannot come in");
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&said["kind"], &said["rows"]["change"], &said["rows"]["cannot"]),
        (&"item".into(), &1.into(), &1.into())
    );
    assert_eq!(said["causes"][0]["first"][0]["found"], "furlong");
    assert_eq!(json(folder.path(), &["list", "items", "--in", "a.corridor", "--json"])[0]["title"], "Blanket");
}

#[test]
fn rows_that_cannot_come_in_are_saved_and_the_others_are_one_step() {
    let folder = folder();
    std::fs::write(folder.path().join("more.csv"), "Nr;Bezeichnung;Einheit\n003;Rice;kg\n004;Cloth;furlong\n").unwrap();
    let base = ["import", "more.csv", "--in", "a.corridor", "--kind", "items"];
    let columns = ["--column", "Nr=reference", "--column", "Bezeichnung=name", "--column", "Einheit=base_unit"];
    let refused = corridor(folder.path(), &[&base[..], &columns[..]].concat());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("nothing was written"));
    let more = ["--rejected", "rejected.csv", "--remember", "German"];
    let said = done(folder.path(), &[&base[..], &columns[..], &more[..]].concat());
    assert!(said.starts_with("Imported more.csv: added 1 item, left out 1 row"), "{said}");
    let rejected = std::fs::read_to_string(folder.path().join("rejected.csv")).unwrap();
    assert!(rejected.contains("004,Cloth,furlong,") && rejected.contains("furlong” is not known"), "{rejected}");
    let said =
        done(folder.path(), &["import", "more.csv", "--in", "a.corridor", "--map", "German", "--rejected", "r.csv"]);
    assert!(said.starts_with("Nothing was imported: 1 row cannot come in"), "{said}");
    done(folder.path(), &["undo", "--in", "a.corridor"]);
    assert_eq!(json(folder.path(), &["list", "items", "--in", "a.corridor", "--json"]).as_array().unwrap().len(), 2);
}

#[test]
fn a_field_that_is_not_there_is_named_with_those_that_are() {
    let folder = folder();
    let output = corridor(folder.path(), &["import", "items.csv", "--in", "a.corridor", "--column", "Name=colour"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("A item has no field “colour”. It has: reference, name"), "{said}");
}

#[test]
fn encoding_delimiter_currency_unit_and_rows_of_headings_can_be_said() {
    let folder = folder();
    // “소금” in EUC-KR, which so short a file would never show by itself.
    let mut bytes = b"Item|Quantity|\n|planned|shipped\n002|5|4\n".to_vec();
    bytes.extend_from_slice(b"002|1|\xbc\xd2\xb1\xdd\n");
    std::fs::write(folder.path().join("plan.csv"), bytes).unwrap();
    let base = ["import", "plan.csv", "--in", "a.corridor", "--kind", "shipments", "--dry-run", "--json"];
    let how = ["--encoding", "euc-kr", "--delimiter", "|", "--header", "1-2", "--unit", "Quantity shipped=kg"];
    let output = corridor(folder.path(), &[&base[..], &how[..]].concat());
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&said["header_from"], &said["header"]), (&1.into(), &2.into()));
    assert_eq!(said["columns"][2]["heading"], "Quantity shipped");
    assert_eq!(said["causes"][0]["first"][0]["found"], "소금", "{said}");
    for (wrong, words) in [
        (["--encoding", "klingon"], "No encoding is called “klingon”. There are: utf-8"),
        (["--delimiter", "::"], "Write one sign"),
        (["--header", "1-3"], "two rows one under the other"),
        (["--currency", "Quantity shipped=zzz"], "No currency is called “zzz”"),
        (["--unit", "Colour=kg"], "No column is headed “Colour”"),
    ] {
        let output = corridor(folder.path(), &[&base[..], &wrong[..]].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(words), "{wrong:?}: {said}");
    }
}
