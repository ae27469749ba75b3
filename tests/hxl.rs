//! Files with a row of HXL tags, judged by the validator that others use. It takes the default schema of libhxl 5.2: dates under
//! `#date`, numbers under `#output+num`, `#reached`, `#targeted`, `#indicator+num` and `#value`, and no stray spaces.
//!
//! Ignored: it needs `hxlvalidate` (`pip install libhxl six`). `.ci/run tools` makes it ready and runs it.

mod support;

use std::process::Command;

use corridor::domain::record::RecordKind;
use corridor::services::Watch;
use corridor::services::export::{Columns, Export, ListFormat, Listing, Period};
use support::{day, list_query, workspace};

#[test]
#[ignore = "needs hxlvalidate: pip install libhxl six; run by .ci/run"]
fn every_list_with_tags_passes_the_validator() {
    // Where the environment says that the tool is not to be had, there is nothing to ask.
    let tool = std::env::var("CORRIDOR_TEST_HXLVALIDATE").unwrap_or_else(|_error| "hxlvalidate".to_owned());
    if tool.is_empty() {
        return;
    }
    let mut workspace = workspace();
    corridor::services::demo::fill(&mut workspace).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let period = Period { as_of: day("2026-11-24"), from: None, to: None };
    let records = |kind: &RecordKind| Listing::Records(list_query(*kind, "2026-11-24"), Columns::Fields);
    let mut listings: Vec<Listing> = RecordKind::ALL.iter().map(records).collect();
    listings.extend([Listing::WhoDoesWhat(period), Listing::Flows(period)]);
    for listing in listings {
        let document = workspace.listed(&listing, &Watch::default()).unwrap();
        let is_tagged = |table: &corridor::domain::document::Table| {
            !table.rows.is_empty() && table.columns.iter().any(|column| !column.hxl.is_empty())
        };
        if !document.tables().any(is_tagged) {
            continue;
        }
        for format in ListFormat::ALL {
            let path = folder.path().join(format!("{}.{}", listing.file_stem(), format.word()));
            let export = Export { listing: listing.clone(), format: *format, audience: None, path: path.clone() };
            workspace.export(&export, &Watch::default()).unwrap();
            let judged = Command::new(&tool).arg(&path).output().unwrap();
            let said = String::from_utf8_lossy(&judged.stdout).into_owned();
            assert!(judged.status.success(), "{}: {said}{}", path.display(), String::from_utf8_lossy(&judged.stderr));
        }
    }
}
