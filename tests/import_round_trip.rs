//! What was written into a file comes in again unchanged: every record of every kind is there already, as it is.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use corridor::domain::record::RecordKind;
use corridor::services::export::{Columns, Export, ListFormat, Listing};
use corridor::services::import::{Severity, Wanted};
use corridor::services::{Watch, Workspace, Write, demo};
use proptest::prelude::*;
use support::{furnished, ids, list_query, workspace};

/// Writes the records of a kind into a file, looks at it as at any other, and says what would become of it.
fn round_trip(workspace: &Workspace, kind: RecordKind, format: ListFormat, ending: &str) {
    let listing = list_query(kind, "2026-11-24");
    let count = ids(workspace, listing.clone()).len() as u64;
    if count == 0 {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("{}.{ending}", kind.plural()));
    let listing = Listing::Records(listing, Columns::Fields);
    let export = Export { listing, format, audience: None, path: path.clone() };
    workspace.export(&export, &Watch::default()).unwrap();
    let wanted = Wanted { path, kind: Some(kind), ..Wanted::default() };
    let look = workspace.import_look(&wanted).unwrap();
    let preview = workspace.import_preview(&look.plan, &Watch::default()).unwrap();
    let errors = preview.causes.iter().filter(|cause| cause.severity == Severity::Error);
    let errors: Vec<String> = errors.map(|cause| cause.first[0].sentence(&preview.sheet)).collect();
    let changed: Vec<_> = preview.first.iter().filter(|row| !row.changes.is_empty()).take(3).collect();
    assert!(errors.is_empty(), "{kind} as {ending}: {errors:#?}");
    assert_eq!(preview.records.skip, count, "{kind} as {ending}: {:?} {changed:#?}", preview.records);
    assert_eq!(preview.records.all(), count, "{kind} as {ending}");
}

#[test]
fn every_kind_of_record_comes_back_from_csv_and_xlsx_as_it_is() {
    let mut full = workspace();
    demo::fill(&mut full).unwrap();
    for workspace in [furnished(), full] {
        for kind in RecordKind::ALL {
            round_trip(&workspace, *kind, ListFormat::Csv, "csv");
            round_trip(&workspace, *kind, ListFormat::Xlsx, "xlsx");
        }
    }
}

#[test]
fn a_file_that_changes_nothing_is_no_step_of_undo() {
    let mut workspace = workspace();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("items.csv");
    std::fs::write(&path, "Code,Name,Base unit\nA,Blanket,piece\n").unwrap();
    let plan = workspace.import_look(&Wanted { path, ..Wanted::default() }).unwrap().plan;
    let write = Write::Import { plan: Box::new(plan), watch: Watch::default() };
    workspace.write(write.clone()).unwrap();
    let again = workspace.write(write).unwrap();
    assert_eq!(again.message, "Nothing to do: all 1 rows are there as they are in the file");
    workspace.write(Write::Undo).unwrap();
    assert_eq!(ids(&workspace, list_query(RecordKind::Item, "2026-11-24")).len(), 0, "the newest step was the import");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_table_makes_the_importer_panic(text in "([A-Za-z품수량#,;\"'\n\t0-9./() -]|Item|Quantity|Name|Date|Total){0,120}") {
        let workspace = workspace();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("any.csv");
        std::fs::write(&path, text).unwrap();
        if let Ok(look) = workspace.import_look(&Wanted { path, ..Wanted::default() }) {
            workspace.import_preview(&look.plan, &Watch::default()).ok();
        }
    }
}
