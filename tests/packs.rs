//! Packs of the demo: every one can be made, and says what the record says.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/pages.rs"]
mod pages;
mod support;

use corridor::domain::document::Document;
use corridor::domain::id::Id;
use corridor::domain::record::RecordKind;
use corridor::services::packs::{Pack, PackKind, PackQuery};
use corridor::services::{Workspace, demo};
use support::*;

fn demo() -> Workspace {
    let mut workspace = workspace();
    demo::fill(&mut workspace).unwrap_or_else(|error| panic!("{error}"));
    workspace
}

fn pack(workspace: &Workspace, kind: PackKind, reference: &str) -> Pack {
    let of: Id = workspace.find(kind.made_of(), reference).unwrap();
    workspace.pack(&PackQuery { kind, of: Some(of), as_of: day("2026-11-24"), as_known: None }).unwrap()
}

#[test]
fn show() {
    let workspace = demo();
    let which = std::env::var("SHOW").unwrap();
    for which in which.split(",") {
        let (kind, reference) = which.split_once(':').unwrap();
        let pack = pack(&workspace, PackKind::from_word(kind).unwrap(), reference);
        for part in &pack.parts {
            println!("======== {}\n{}", part.name, pages::text(&part.document));
        }
        println!("{}", pages::rows(&pack.completeness()).join("\n"));
    }
}
