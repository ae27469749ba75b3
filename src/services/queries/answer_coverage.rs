//! Answers about coverage, worded for a screen or a terminal.

use chrono::NaiveDate;

use super::RecordLink;
use crate::domain::coverage::CellState;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;

/// What stands under every answer about permissions.
pub const NOT_ADVICE: &str = "Corridor gives guidance with its source and date. It is not legal advice.";

/// Whose coverage is asked for, and of which day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageQuery {
    /// The shipment or the trip.
    pub holder: Id,
    /// The day: what was true then.
    pub as_of: NaiveDate,
    /// The day until whose end things were known; `None`: by what we know now.
    pub as_known: Option<NaiveDate>,
}

/// The coverage of everything that is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoverageList {
    /// The day.
    pub as_of: NaiveDate,
    /// The day until whose end things were known.
    pub as_known: Option<NaiveDate>,
    /// The shipments and trips, those with the worst cells first, then by the day of their first use.
    pub holders: Vec<HolderSummary>,
    /// How many lines and legs there are.
    pub rows: usize,
    /// How many cells, by state, the worst first.
    pub states: Vec<(CellState, usize)>,
}

/// How a shipment or a trip stands as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderSummary {
    /// The record.
    pub link: RecordLink,
    /// The first day on which something is used, where one is planned.
    pub first_use: Option<NaiveDate>,
    /// Its worst cell; `None` where it has none.
    pub worst: Option<CellState>,
    /// How many lines or legs it has.
    pub rows: usize,
    /// How many cells are covered or not needed.
    pub settled: usize,
    /// How many are not.
    pub open: usize,
}

/// The coverage of one shipment or trip: rows against instruments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The day.
    pub as_of: NaiveDate,
    /// The day until whose end things were known.
    pub as_known: Option<NaiveDate>,
    /// The shipment or the trip.
    pub holder: RecordLink,
    /// The instruments that some row has a cell of.
    pub columns: Vec<CoverageColumn>,
    /// The rows.
    pub rows: Vec<CoverageRow>,
    /// How many cells are covered or not needed, and how many are not.
    pub settled: usize,
    /// How many are not.
    pub open: usize,
}

/// An instrument as a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageColumn {
    /// The instrument.
    pub instrument: Id,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The short name of its authority.
    pub authority: String,
    /// Where it is used, in words.
    pub used_at: String,
    /// The day of that use, in words; empty where none is planned.
    pub used_on: String,
}

/// A line or a leg as a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageRow {
    /// The number of the line; `None` of a leg.
    pub line: Option<u32>,
    /// The traveller.
    pub person: Option<Id>,
    /// The item, or the traveller and the leg.
    pub label: String,
    /// How much, with its unit; of a leg its days.
    pub amount: String,
    /// One cell for each column; `None` where no rule speaks of it and nothing is booked.
    pub cells: Vec<Option<CoverageCell>>,
}

/// A cell in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageCell {
    /// How it stands.
    pub state: CellState,
    /// In a line: `covered by UN-2026-118, 80 left`.
    pub words: String,
    /// What covers it or was looked at.
    pub by: Option<RecordLink>,
    /// The rule that says so: its code, citation, how sure it is and when it was checked.
    pub rule: Option<RuleWords>,
    /// What can be done, and who can do it; empty where nothing has to be.
    pub mend: String,
}

/// A rule as it is shown beside what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleWords {
    /// Its code.
    pub code: String,
    /// What it says.
    pub title: String,
    /// Its citation.
    pub citation: String,
    /// How sure it is.
    pub confidence: String,
    /// When it was checked, and whether that is over: `checked on 2026-11-23, not verified after 2026-08-31`.
    pub checked: String,
    /// Whether it is shipped or of the workspace.
    pub origin: String,
}

/// The kinds of record whose coverage can be asked.
pub const COVERED_KINDS: &[RecordKind] = &[RecordKind::Shipment, RecordKind::Trip];
