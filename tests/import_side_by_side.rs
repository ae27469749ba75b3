//! A file is read, prepared and written side by side; what it leaves is what its records leave one after the other.

#![expect(clippy::unwrap_used, reason = "a test that fails by panicking is a test that fails")]

mod support;

use std::fmt::Write as _;

use corridor::domain::record::RecordKind;
use corridor::services::import::{Plan, Wanted, map_by_heading};
use corridor::services::{Watch, Workspace, Write};
use serde_json::{Value, json};
use support::{apply, furnished, ids, list_query};

/// Records enough that many batches are under way at once.
const MANY: usize = 1_000;

fn plan(workspace: &Workspace, text: &str, kind: RecordKind, columns: &[(&str, &str)]) -> (tempfile::TempDir, Plan) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    std::fs::write(&path, text).unwrap();
    let mut plan = workspace.import_look(&Wanted { path, kind: Some(kind), ..Wanted::default() }).unwrap().plan;
    for (heading, field) in columns {
        map_by_heading(&mut plan, heading, field).unwrap();
    }
    (folder, plan)
}

fn import(workspace: &mut Workspace, plan: &Plan) -> Result<String, String> {
    let write = Write::Import { plan: Box::new(plan.clone()), watch: Watch::default() };
    workspace.write(write).map(|done| done.message).map_err(|error| error.to_string())
}

/// The records of a kind as people read them, by reference.
fn records(workspace: &Workspace, kind: RecordKind) -> Vec<Value> {
    let ids = ids(workspace, list_query(kind, "2026-11-24"));
    let mut all: Vec<Value> =
        ids.into_iter().map(|id| Value::Object(workspace.record_by_references(id).unwrap())).collect();
    all.sort_by_key(|record| record["reference"].to_string());
    all
}

fn assert_sound(workspace: &Workspace) {
    let report = workspace.check().unwrap();
    assert!(report.problems.is_empty(), "{:?}", report.problems);
}

#[test]
fn shipments_of_a_file_are_those_of_operations() {
    let (mut bulk, mut single) = (furnished(), furnished());
    let mut text = "reference,title,started on\n".to_owned();
    let mut operations = Vec::new();
    for at in 0..MANY {
        writeln!(text, "S-{at},Aid {at},2026-03-{:02}", at % 28 + 1).unwrap();
        let record = json!({"reference":format!("S-{at}"),"title":format!("Aid {at}"),"started_on":format!("2026-03-{:02}", at % 28 + 1)});
        operations.push(json!({"op":"create","kind":"shipment","record":record}));
    }
    let (_folder, plan) = plan(&bulk, &text, RecordKind::Shipment, &[]);
    import(&mut bulk, &plan).unwrap_or_else(|error| panic!("{error}"));
    apply(&mut single, &operations);
    assert_eq!(records(&bulk, RecordKind::Shipment), records(&single, RecordKind::Shipment));
    assert_sound(&bulk);
    assert_eq!(
        import(&mut bulk, &plan).unwrap(),
        format!("Nothing to do: all {MANY} rows are there as they are in the file")
    );
    bulk.write(Write::Undo).unwrap();
    assert!(!records(&bulk, RecordKind::Shipment).iter().any(|record| record["reference"] == "S-1"));
    assert_sound(&bulk);
}

#[test]
fn a_row_may_name_the_one_just_above_it() {
    let mut workspace = furnished();
    let mut text = "reference,name,kind,within\nP-0,Place 0,warehouse,\n".to_owned();
    for at in 1..MANY / 4 {
        writeln!(text, "P-{at},Place {at},warehouse,P-{}", at - 1).unwrap();
    }
    let (_folder, plan) = plan(&workspace, &text, RecordKind::Site, &[("within", "within")]);
    import(&mut workspace, &plan).unwrap_or_else(|error| panic!("{error}"));
    let sites = records(&workspace, RecordKind::Site);
    for at in 1..MANY / 4 {
        let site = sites.iter().find(|site| site["reference"] == format!("P-{at}")).unwrap();
        assert_eq!(site["within"], format!("P-{}", at - 1));
    }
    assert_sound(&workspace);
}

#[test]
fn rows_without_a_reference_get_one_each_also_between_rows_that_have_one() {
    let mut workspace = furnished();
    let mut text = "reference,title\n".to_owned();
    for at in 0..MANY / 4 {
        let reference = if at % 3 == 0 { format!("OWN-{at}") } else { String::new() };
        writeln!(text, "{reference},Aid {at}").unwrap();
    }
    let before = records(&workspace, RecordKind::Shipment).len();
    let (_folder, plan) = plan(&workspace, &text, RecordKind::Shipment, &[]);
    import(&mut workspace, &plan).unwrap_or_else(|error| panic!("{error}"));
    let mut references: Vec<String> =
        records(&workspace, RecordKind::Shipment).iter().map(|record| record["reference"].to_string()).collect();
    references.sort();
    references.dedup();
    assert_eq!(references.len(), before + MANY / 4);
    assert_sound(&workspace);
}

#[test]
fn one_wrong_row_far_down_keeps_everything_out_and_is_named() {
    let mut workspace = furnished();
    let before = records(&workspace, RecordKind::Shipment);
    let mut text = "reference,title,started on\n".to_owned();
    for at in 0..MANY {
        let day = if at == MANY - 5 { "yesterday" } else { "2026-03-01" };
        writeln!(text, "S-{at},Aid {at},{day}").unwrap();
    }
    let (_folder, plan) = plan(&workspace, &text, RecordKind::Shipment, &[]);
    let error = import(&mut workspace, &plan).unwrap_err();
    assert!(error.contains(&format!("row {}", MANY - 5 + 2)) && error.contains("“yesterday” is no date"), "{error}");
    assert_eq!(records(&workspace, RecordKind::Shipment), before);
    assert_sound(&workspace);
}
