//! The rooms of the bench: one question each, asked of a generated workspace of one size.

pub mod coverage;
pub mod edit;
pub mod export;
pub mod goods;
pub mod import;
pub mod import_lines;
pub mod lists;
pub mod opening;
pub mod overview;
pub mod peers;
pub mod reports;
pub mod resident;
pub mod search;

use std::path::Path;

use corridor::domain::id::Id;
use corridor::domain::record::RecordKind;
use corridor::services::queries::{Filter, ListQuery, SortBy, Sources};
use corridor::services::{Access, Answer, Query, Workspace};

use crate::generate::{self, Made};
use crate::report::Report;

/// How many rows of a list are on the screen at first.
pub const PAGE: usize = 60;

/// What a room is given.
pub struct Visit<'a> {
    pub lines: usize,
    pub made: &'a Made,
    pub folder: &'a Path,
    pub report: &'a mut Report,
}

/// A room by its name, so that one can be visited alone: `cargo bench -- lists`.
pub type Room = (&'static str, fn(&mut Visit<'_>));

/// Every room, in the order of the report.
pub const ROOMS: [Room; 13] = [
    ("opening", opening::visit),
    ("overview", overview::visit),
    ("lists", lists::visit),
    ("search", search::visit),
    ("goods", goods::visit),
    ("coverage", coverage::visit),
    ("edit", edit::visit),
    ("export", export::visit),
    ("import", import::visit),
    ("import_lines", import_lines::visit),
    ("resident", resident::visit),
    ("peers", peers::visit),
    ("reports", reports::visit),
];

/// The workspace, for reading.
pub fn open(path: &Path) -> Workspace {
    Workspace::open(path, Access::Read, generate::context()).expect("open")
}

/// All records of a kind by reference, as of today.
pub fn all(kind: RecordKind) -> ListQuery {
    ListQuery {
        kind,
        as_of: generate::today(),
        sources: Sources::Both,
        filter: Filter::default(),
        sort: SortBy::Reference,
        descending: false,
    }
}

/// The ids of a list.
pub fn ids(workspace: &Workspace, query: &ListQuery) -> std::sync::Arc<Vec<Id>> {
    match workspace.answer(&Query::List(query.clone())).expect("list") {
        Answer::List(ids) => ids,
        other => panic!("{other:?}"),
    }
}

/// The first page of a list.
pub fn page(kind: RecordKind, ids: &[Id]) -> Query {
    Query::Rows { kind, as_of: generate::today(), ids: ids.iter().take(PAGE).copied().collect() }
}
