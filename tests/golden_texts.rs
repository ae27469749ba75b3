//! The words of what leaves the house: reports and packs of the demo as plain text, letter for letter.
//!
//! `CORRIDOR_UPDATE_FIXTURES=1 cargo test --test golden_texts` writes them anew; look at the difference before it is committed.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::Path;

use corridor::domain::document::Document;
use corridor::domain::record::RecordKind;
use corridor::formats::text;
use corridor::services::packs::{PackKind, PackQuery};
use corridor::services::{Workspace, demo};
use support::*;

fn demo() -> Workspace {
    let mut workspace = workspace();
    demo::fill(&mut workspace).unwrap_or_else(|error| panic!("{error}"));
    workspace
}

/// Holds a document against the text that is kept of it.
fn reads_as(name: &str, document: &Document) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/documents").join(name);
    let found = text::write(document);
    if std::env::var_os("CORRIDOR_UPDATE_FIXTURES").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    // A checkout on Windows may end its lines in another way.
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    for (at, (found, kept)) in found.lines().zip(kept.lines()).enumerate() {
        assert_eq!(found, kept, "{name}, line {}", at + 1);
    }
    assert_eq!(found.lines().count(), kept.lines().count(), "{name} has more or fewer lines");
}

#[test]
fn the_donor_report_of_the_demo_reads_as_it_is_kept() {
    let workspace = demo();
    let id = workspace.find(&[RecordKind::Report], "HAI-RPT-2026-01").unwrap();
    reads_as("donor-report.txt", &workspace.donor_report(id).unwrap().document);
}

#[test]
fn the_packs_of_the_demo_read_as_they_are_kept() {
    let workspace = demo();
    for (kind, reference, name) in [
        (PackKind::Binder, "HAI-SHP-2026-02", "binder"),
        (PackKind::Submission, "HAI-UN-2024-01", "un-package"),
        (PackKind::Submission, "HAI-BIS-2026-01", "bis-package"),
        (PackKind::Customs, "HAI-SHP-2026-02", "customs"),
        (PackKind::Visit, "HAI-VIS-2026-01", "visit-report"),
    ] {
        let of = workspace.find(kind.made_of(), reference).unwrap();
        let query = PackQuery { kind, of: Some(of), as_of: day("2026-11-24"), as_known: None, audience: None };
        for (at, part) in workspace.pack(&query).unwrap().parts.iter().enumerate() {
            reads_as(&format!("{name}-{}.txt", at + 1), &part.document);
        }
    }
}
