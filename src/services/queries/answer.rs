//! View-ready answers: what a screen or a terminal shows, already worded.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::GoodsTable;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::summary::{Counted, Source};

/// A status as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusCell {
    /// The word under which it is counted.
    pub word: String,
    /// The label on screen.
    pub label: String,
    /// The stage, as a word.
    pub stage: String,
    /// The outcome, as a word; empty where the kind has none.
    pub outcome: String,
    /// The validity, as a word; empty where the kind has none.
    pub validity: String,
    /// For a case that fell silent: the stage in which it was last known, as a label.
    pub was: String,
    /// The day since which it has stood there.
    pub since: NaiveDate,
}

/// A category as a small coloured label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryTag {
    /// The category.
    pub id: Id,
    /// Its code, for files and the command line.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its place in the palette, from 1 to 8.
    pub colour: u8,
}

/// One row of a list of any kind. Fields that a kind does not have are empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    /// The record.
    pub id: Id,
    /// Its version, for a safe edit.
    pub version: i64,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub source: Source,
    /// Who filed it, for requests.
    pub applicant: String,
    /// The authority's code, and its short name for the screen.
    pub authority: String,
    /// The authority's short name.
    pub authority_name: String,
    /// The instrument's code.
    pub instrument: String,
    /// The instrument's name.
    pub instrument_name: String,
    /// Its categories.
    pub categories: Vec<CategoryTag>,
    /// The reference of its project.
    pub project: String,
    /// The reference of the record it belongs to.
    pub parent: String,
    /// Its status on the day asked for; `None` where the kind has none or nothing was known yet.
    pub status: Option<StatusCell>,
    /// Sent, dispatched, departed; or the record's own date. As precise as it is known.
    pub begun_on: String,
    /// Decided, received, returned.
    pub settled_on: String,
    /// End of the permission, expected arrival.
    pub until_on: String,
}

/// The overview as of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The day.
    pub as_of: NaiveDate,
    /// Requests, shipments and trips by status and category.
    pub matrices: Vec<Matrix>,
    /// How many filings, matters and cases there are.
    pub filings: i64,
    /// Matters.
    pub matters: i64,
    /// Cases: a public row can stand for several.
    pub cases: i64,
    /// Permissions by validity: word, label, number of filings that rest on them.
    pub validity: Vec<(String, String, i64)>,
    /// Answers by month and outcome; counts filings.
    pub answers: Vec<MonthCount>,
    /// Deliveries by month and category; counts receipts. `word` is the category's code.
    pub deliveries: Vec<MonthCount>,
    /// Policy events up to the day.
    pub policy_events: Vec<PolicyMark>,
    /// What waits, the longest first.
    pub waits: Vec<Wait>,
    /// What expires or falls due next, the nearest first.
    pub expiries: Vec<Expiry>,
    /// What was planned, shipped, received and handed out by category.
    pub goods: GoodsTable,
    /// What has to be mended, the longest first.
    pub flags: Vec<Mend>,
}

/// Something that has to be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The record.
    pub id: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// What has to be mended, in a sentence.
    pub what: String,
    /// Since which day.
    pub since: NaiveDate,
    /// Days since then, up to the day of the overview.
    pub days: i64,
}

/// A table of status by category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// What it counts.
    pub counted: Counted,
    /// The kind of record that its cells open.
    pub kind: RecordKind,
    /// Its columns.
    pub columns: Vec<CategoryTag>,
    /// Its rows, in the order of the vocabulary; only those that hold anything.
    pub rows: Vec<MatrixRow>,
    /// The sum of the totals: each record once.
    pub total: i64,
    /// The sums of the columns, in their order.
    pub column_totals: Vec<i64>,
}

/// One status in a matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixRow {
    /// The word under which it is counted.
    pub status: String,
    /// Its label.
    pub label: String,
    /// A figure for each column.
    pub cells: Vec<i64>,
    /// Each record once, however many categories it has.
    pub total: i64,
}

/// A bar of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthCount {
    /// The first day of the month.
    pub month: NaiveDate,
    /// What is counted: an outcome, or a category's code.
    pub word: String,
    /// Its label.
    pub label: String,
    /// How many.
    pub count: i64,
}

/// A policy event under a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyMark {
    /// The record.
    pub id: Id,
    /// The last day on which it can have been.
    pub on: NaiveDate,
    /// The date as it is known.
    pub date: String,
    /// What happened.
    pub title: String,
}

/// Something that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// The record.
    pub id: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// Whose it is.
    pub source: Source,
    /// Its reference.
    pub reference: String,
    /// Its title, with the applicant where it is of the public record.
    pub title: String,
    /// What it waits for, as the status word.
    pub status: String,
    /// The status in a word or two: `On hold`, `Not usable yet`.
    pub label: String,
    /// What it waits for, in words: `On hold`, `Approved but not usable: waits for BIS: Export licence`.
    pub what: String,
    /// On whom: an authority, ourselves, the border.
    pub on_whom: String,
    /// Since when.
    pub since: NaiveDate,
    /// Days since then, up to the day of the overview.
    pub days: i64,
    /// For a case that fell silent: when it was last known.
    pub last_known: Option<String>,
}

/// Something that expires or falls due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expiry {
    /// The record.
    pub id: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// Whose it is.
    pub source: Source,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// What falls due.
    pub what: String,
    /// On which day, as precise as it is known.
    pub due_on: String,
    /// Days left, from the day of the overview; below zero where it is overdue.
    pub days_left: i64,
}

/// One record with everything that belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// Its row, as in the list.
    pub row: ListRow,
    /// Its kind.
    pub kind: RecordKind,
    /// Its fields, by section; only those that are filled.
    pub sections: Vec<DetailSection>,
    /// How many of them, from the first on, follow from it and were not typed.
    pub derived: usize,
    /// What happened to it, oldest first: events, decisions, receipts.
    pub timeline: Vec<TimelineEntry>,
    /// Records that belong to it or name it, by kind.
    pub related: Vec<RelatedGroup>,
    /// Who changed it, newest first.
    pub history: Vec<HistoryEntry>,
    /// What to know about it: `Approved, but waits for ...`, `Decision without a sent date`.
    pub remarks: Vec<String>,
    /// The files attached to it.
    pub files: Vec<FileRow>,
}

/// A file that is attached to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// The attachment.
    pub id: Id,
    /// Its version, for a safe delete.
    pub version: i64,
    /// Its reference.
    pub reference: String,
    /// The name of the file.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// How large it is, in words.
    pub size: String,
    /// The date that stands on it; empty where it is not known.
    pub dated_on: String,
    /// Its media type.
    pub media_type: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// Some fields under one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct DetailSection {
    /// The heading; empty for the first one.
    pub heading: String,
    /// Label and value.
    pub fields: Vec<(String, DetailValue)>,
}

/// A value as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub enum DetailValue {
    /// Words.
    Text(String),
    /// Other records.
    Links(Vec<RecordLink>),
    /// Rows of their own.
    Table {
        /// Headings.
        columns: Vec<String>,
        /// Cells, as many as headings.
        rows: Vec<Vec<DetailCell>>,
    },
}

/// A cell of a table in a detail.
#[derive(Debug, Clone, PartialEq)]
pub enum DetailCell {
    /// Words, to the left.
    Text(String),
    /// A number, to the right.
    Number(String),
    /// Another record.
    Link(RecordLink),
}

/// A record named in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordLink {
    /// The record.
    pub id: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// The record that says so.
    pub id: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// When, as precise as it is known.
    pub date: String,
    /// The last day on which it can have been, for the order.
    pub sort_on: NaiveDate,
    /// What happened.
    pub title: String,
    /// More words.
    pub text: String,
    /// Whether it lies after the day asked for.
    pub later: bool,
}

/// Related records of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedGroup {
    /// Their kind.
    pub kind: RecordKind,
    /// Their rows.
    pub rows: Vec<ListRow>,
}

/// One change of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The instant, in local civil time.
    pub at: String,
    /// Who.
    pub actor: String,
    /// What: `created`, `edited`, `deleted`, `undone`.
    pub what: String,
    /// Field, before, after.
    pub changes: Vec<(String, String, String)>,
}

/// A record as a draft for its form.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordDraft {
    /// The record.
    pub id: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// Its version, for a safe edit.
    pub version: i64,
    /// What would be typed.
    pub draft: Map<String, Value>,
}

/// A record that a link field can choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkChoice {
    /// The record.
    pub id: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
}

/// One operation of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationRow {
    /// Its id.
    pub id: Id,
    /// The instant, in local civil time.
    pub at: String,
    /// Who.
    pub actor: String,
    /// What, in words: `Edit request REQ-2024-001`.
    pub what: String,
    /// How many records it changed.
    pub records: i64,
}

/// What undo and redo would do, and how many records there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// What undo would take back, in words.
    pub undo: Option<String>,
    /// What redo would do again, in words.
    pub redo: Option<String>,
    /// Records of each kind, ours and public.
    pub counts: Vec<(RecordKind, i64)>,
}

/// The values that the filters of lists offer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilterChoices {
    /// Categories.
    pub categories: Vec<CategoryTag>,
    /// Authorities.
    pub authorities: Vec<LinkChoice>,
    /// Projects.
    pub projects: Vec<LinkChoice>,
    /// Items.
    pub items: Vec<LinkChoice>,
    /// Funds.
    pub funds: Vec<LinkChoice>,
}
