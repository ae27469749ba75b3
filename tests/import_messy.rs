//! What the importer says of each messy spreadsheet in `tests/fixtures/import`, word for word.
//!
//! `CORRIDOR_UPDATE_FIXTURES=1 cargo test --test import_messy` writes `said.txt` anew; look at the difference.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use corridor::domain::record::RecordKind;
use corridor::services::import::{Preview, Severity, Wanted};
use corridor::services::{Watch, Workspace};
use serde_json::json;
use support::{apply, workspace};

/// The kind for which each file is meant, where it is not for the lines of a shipment.
fn kind(file: &str) -> RecordKind {
    match file.get(..2).unwrap_or_default() {
        "01" | "12" | "13" | "16" | "17" | "18" | "19" | "27" | "28" | "29" | "30" | "33" | "35" => RecordKind::Item,
        "09" | "10" => RecordKind::Distribution,
        "14" | "26" => RecordKind::Receipt,
        "25" => RecordKind::Reach,
        "31" => RecordKind::Expense,
        _ => RecordKind::Shipment,
    }
}

/// A workspace that knows the items which the files name.
fn stocked() -> Workspace {
    let mut workspace = workspace();
    let item = |reference: &str, name: &str, ko: &str, zh: &str| json!({"op":"create","kind":"item","record":{"reference":reference,"name":name,"name_ko":ko,"name_zh":zh,"base_unit":"C62"}});
    apply(
        &mut workspace,
        &[
            item("MED-001", "TB course", "결핵약", "结核药"),
            item("MED-002", "Syringe", "주사기", "注射器"),
            item("MED-003", "Soap", "비누", "肥皂"),
            json!({"op":"create","kind":"party","record":{"reference":"P1","name":"Ministry of Public Health","name_zh":"公共卫生部"}}),
        ],
    );
    workspace
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import");
    let tables = ["csv", "xlsx", "xls", "ods"];
    let is_table = |path: &PathBuf| path.extension().is_some_and(|ending| tables.iter().any(|table| ending == *table));
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(is_table).collect();
    files.sort();
    files
}

fn said(workspace: &Workspace, path: &Path) -> String {
    let file = path.file_name().unwrap().to_string_lossy().into_owned();
    let mut said = format!("== {file}\n");
    let wanted = Wanted { path: path.to_owned(), kind: Some(kind(&file)), ..Wanted::default() };
    let preview =
        workspace.import_look(&wanted).and_then(|look| workspace.import_preview(&look.plan, &Watch::default()));
    match preview {
        Ok(preview) => tell(&preview, &mut said),
        Err(failure) => writeln!(said, "cannot be read: {failure}").unwrap(),
    }
    said
}

fn tell(preview: &Preview, said: &mut String) {
    let plan = &preview.plan;
    let columns =
        plan.columns.iter().filter_map(|column| Some(format!("{} = {}", column.heading, column.field.as_ref()?)));
    let columns: Vec<String> = columns.collect();
    writeln!(said, "{}, headings in {}: {}", plan.kind, plan.heads(), columns.join(", ")).unwrap();
    let rows = &preview.rows;
    writeln!(said, "rows: add {}, change {}, skip {}, cannot {}", rows.add, rows.change, rows.skip, rows.cannot)
        .unwrap();
    for cause in &preview.causes {
        let weight = if cause.severity == Severity::Error { "error" } else { "warning" };
        for message in &cause.first {
            writeln!(said, "{weight}: {}", message.sentence(&preview.sheet)).unwrap();
        }
    }
    for passed in &preview.passed {
        writeln!(said, "passed over, {}: {:?}", passed.why.word(), passed.first).unwrap();
    }
    for question in &preview.questions {
        let about = if question.is_date { "the order of dates" } else { "the decimal mark" };
        writeln!(said, "asks for {about} of {}: {}", question.heading, question.example).unwrap();
    }
    if !preview.ignored.is_empty() {
        writeln!(said, "left out: {}", preview.ignored.join(", ")).unwrap();
    }
    preview.notes.iter().for_each(|note| writeln!(said, "note: {note}").unwrap());
}

#[test]
fn of_each_messy_file_the_same_is_said() {
    let workspace = stocked();
    let files = files();
    assert!(files.len() >= 30, "{}", files.len());
    let now: String = files.iter().map(|path| said(&workspace, path)).collect::<Vec<_>>().join("\n");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import/said.txt");
    if std::env::var_os("CORRIDOR_UPDATE_FIXTURES").is_some() {
        std::fs::write(&kept, &now).unwrap();
    }
    let before = std::fs::read_to_string(&kept).unwrap();
    for (now, before) in now.split("\n\n").zip(before.split("\n\n")) {
        assert_eq!(now, before);
    }
    assert_eq!(now, before);
}
