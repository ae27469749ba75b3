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
    /// The day on which this file began to know anything, where that is later than the day asked for.
    pub begins_on: Option<NaiveDate>,
    /// The shipments and trips, those with the worst cells first, then by the day of their first use.
    pub holders: Vec<HolderSummary>,
    /// How many lines and legs there are.
    pub rows: usize,
    /// How many cells, by state, the worst first.
    pub states: Vec<(CellState, usize)>,
}

impl CoverageList {
    /// What is to be said where the file knew nothing yet on the day asked for.
    #[must_use]
    pub fn before_it_began(&self) -> Option<String> {
        let day = self.begins_on?;
        Some(format!("This file knew nothing then: its journal begins on {day}. Choose that day or a later one"))
    }
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
    /// How many cells, by state, the worst first.
    pub states: Vec<(CellState, usize)>,
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
    /// The number that matters most, for a place with little room: `80 left`, `400`, `12 d late`. Empty without.
    pub figure: String,
    /// What is left of what covers it, measure by measure, after what is used and set aside.
    pub left: Vec<String>,
    /// What covers it or was looked at.
    pub by: Option<RecordLink>,
    /// The rule that says so: its code, citation, how sure it is and when it was checked.
    pub rule: Option<RuleWords>,
    /// What can be done, and who can do it; empty where nothing has to be.
    pub mend: String,
}

impl CoverageCell {
    /// The cell in as few words as a narrow column holds.
    #[must_use]
    pub fn brief(&self) -> String {
        match (self.state, self.figure.as_str()) {
            (CellState::Covered | CellState::OutsideWindow, figure) if !figure.is_empty() => figure.to_owned(),
            (CellState::Short, "") => "Missing".to_owned(),
            (state @ CellState::OutsideScope, _) | (state, "") => short_word(state).to_owned(),
            (state, figure) => format!("{} {figure}", short_word(state)),
        }
    }
}

/// A state in a word or two.
#[must_use]
pub const fn short_word(state: CellState) -> &'static str {
    match state {
        CellState::OutsideWindow => "Window",
        CellState::OutsideScope => "Scope",
        CellState::NoSlot => "No slot",
        CellState::DependencyFails => "Dependency",
        CellState::ConditionOpen => "Condition",
        other => other.label(),
    }
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

impl Coverage {
    /// The cells that are neither covered nor not needed, row by row.
    pub fn open_cells(&self) -> impl Iterator<Item = (&CoverageRow, &CoverageColumn, &CoverageCell)> {
        self.rows
            .iter()
            .flat_map(|row| {
                let cells = self.columns.iter().zip(&row.cells);
                cells.filter_map(move |(column, cell)| Some((row, column, cell.as_ref()?)))
            })
            .filter(|(.., cell)| !cell.state.is_settled())
    }
}

impl RuleWords {
    /// The rule in one line.
    #[must_use]
    pub fn line(&self) -> String {
        let parts = [self.code.as_str(), &self.citation, &self.confidence, &self.checked, &self.origin];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// Of which line, against which instrument, booking options are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionsQuery {
    /// The shipment.
    pub shipment: Id,
    /// The number of its line.
    pub line: u32,
    /// The instrument.
    pub instrument: Id,
    /// The day.
    pub as_of: NaiveDate,
}

/// What is booked for a line against an instrument, and what can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingOptions {
    /// The shipment.
    pub shipment: Id,
    /// The number of the line.
    pub line: u32,
    /// The instrument.
    pub instrument: Id,
    /// The line in words: `1. Milk can, 300 pcs`.
    pub label: String,
    /// The short form of the item's base unit.
    pub unit: String,
    /// How much of the line is not booked.
    pub missing: String,
    /// The day on which it was used already, where that has happened.
    pub used_on: Option<NaiveDate>,
    /// The grant lines for the item, those that can serve first, the one that ends first before the others.
    pub options: Vec<BookingOption>,
    /// What is booked already.
    pub bookings: Vec<BookingRow>,
}

/// A grant line for the item of a shipment line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingOption {
    /// The permission.
    pub permission: RecordLink,
    /// Its line; `None`: the letter as a whole.
    pub grant_line: Option<u32>,
    /// What is left, in words.
    pub left: String,
    /// What is left, in thousandths, where there is a limit.
    pub left_thousandths: Option<i64>,
    /// Its last day, in words.
    pub until: String,
    /// How much of what is missing it can take.
    pub fits: String,
    /// Why it cannot serve; empty where it can.
    pub hint: String,
}

/// A booking as it is listed beside its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingRow {
    /// The booking.
    pub id: Id,
    /// Its reference.
    pub reference: String,
    /// What it is of, in words: `UN-2026-118 line 1`.
    pub of: String,
    /// How much, with the unit.
    pub quantity: String,
    /// Where it stands, in a word.
    pub stage: String,
    /// Whether it is set aside and not used, so that it can be given back.
    pub is_reserved: bool,
}

/// The kinds of record whose coverage can be asked.
pub const COVERED_KINDS: &[RecordKind] = &[RecordKind::Shipment, RecordKind::Trip];
