//! Packs of the demo, as the tests of packs ask for them.
#![allow(dead_code, reason = "each test file uses its own part of the fixtures")]

use corridor::domain::id::Id;
use corridor::services::packs::{GapKind, Pack, PackKind, PackQuery};
use corridor::services::{Workspace, demo};

use crate::support::{day, workspace};

/// The demo workspace.
pub fn demo() -> Workspace {
    let mut workspace = workspace();
    demo::fill(&mut workspace).unwrap_or_else(|error| panic!("{error}"));
    workspace
}

/// The question for a pack of a record.
pub fn query(workspace: &Workspace, kind: PackKind, reference: &str, as_of: &str, as_known: Option<&str>) -> PackQuery {
    let of: Id = workspace.find(kind.made_of(), reference).unwrap();
    PackQuery { kind, of: Some(of), as_of: day(as_of), as_known: as_known.map(day), audience: None }
}

/// A pack of a record as of the day of the tests.
pub fn pack(workspace: &Workspace, kind: PackKind, reference: &str) -> Pack {
    workspace.pack(&query(workspace, kind, reference, "2026-11-24", None)).unwrap()
}

/// Whether a pack says that something is missing.
pub fn said(pack: &Pack, kind: GapKind, about: &str, what: &str) -> bool {
    pack.gaps.iter().any(|gap| gap.kind == kind && gap.about.contains(about) && gap.what.contains(what))
}

/// What stands under a heading, until the next one.
pub fn under<'a>(text: &'a str, heading: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("# {heading}\n")).unwrap_or_else(|| panic!("no {heading} in {text}"));
    rest.split("\n\n#").next().unwrap_or(rest)
}
