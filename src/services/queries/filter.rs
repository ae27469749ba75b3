//! Which records a list shows, as of when and in which order.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Only, SortBy, Sources};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;

/// Which records of a kind a list shows. An empty filter shows all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Text that must stand somewhere in the record, folded.
    pub text: String,
    /// The status, as the word under which it is counted (`on_hold`, `approved` ...).
    pub status: Option<String>,
    /// The validity of the permission, as a word.
    pub validity: Option<String>,
    /// A category.
    pub category: Option<Id>,
    /// An authority.
    pub authority: Option<Id>,
    /// A project.
    pub project: Option<Id>,
    /// A record that these belong to.
    pub parent: Option<Id>,
    /// The first day of the record's own date (sent, dispatched, dated).
    pub from: Option<NaiveDate>,
    /// The last day of the record's own date.
    pub to: Option<NaiveDate>,
    /// Only what a figure counts.
    pub only: Option<Box<Only>>,
}

/// A list: which records, as of when, in which order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListQuery {
    /// The kind of record.
    pub kind: RecordKind,
    /// The day whose status is shown.
    pub as_of: NaiveDate,
    /// Whose records.
    pub sources: Sources,
    /// Which of them.
    pub filter: Filter,
    /// By what they are sorted.
    pub sort: SortBy,
    /// Whether the largest comes first.
    pub descending: bool,
}
