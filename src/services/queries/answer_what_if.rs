//! What would follow if a shipment or a trip moved to other days, worded for a screen or a terminal.

use chrono::NaiveDate;

use super::{CoverageCell, RecordLink};
use crate::domain::coverage::arrival::ShelfLife;
use crate::domain::coverage::{CellState, MovedDates};
use crate::domain::id::Id;

/// Which shipment or trip moves, and to which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WhatIfQuery {
    /// The shipment or the trip.
    pub holder: Id,
    /// The day that is looked from.
    pub as_of: NaiveDate,
    /// The days to which it moves.
    pub dates: MovedDates,
}

/// What would follow. Nothing is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// What was asked.
    pub query: WhatIfQuery,
    /// The shipment or the trip.
    pub holder: RecordLink,
    /// Its version, for a safe write.
    pub version: i64,
    /// The departure and the arrival or return as they stand.
    pub days: [Option<NaiveDate>; 2],
    /// What moves.
    pub moved: Vec<MovedDay>,
    /// Why it cannot be written so; empty where it can.
    pub refused: Vec<String>,
    /// What should be known besides.
    pub notes: Vec<String>,
    /// Whether another shipment loses its place under a permission; the notes say which.
    pub pushes_out: bool,
    /// The cells that change their state.
    pub cells: Vec<ChangedCell>,
    /// How many cells are open before and after.
    pub open: [usize; 2],
    /// The approvals that do not span the use, and those that do so now.
    pub approvals: Vec<ApprovalSpan>,
    /// The lines that arrive with less than nine months of shelf life.
    pub shelf: Vec<ShelfLine>,
    /// The trips, or for a trip the deliveries, that do not meet.
    pub meetings: Vec<MeetingWords>,
}

/// A day that moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedDay {
    /// Which day.
    pub what: String,
    /// The day as it stands; empty where none is known.
    pub from: String,
    /// The day to which it moves.
    pub to: String,
}

/// A cell of the coverage that changes its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedCell {
    /// The item, or the traveller and the leg.
    pub row: String,
    /// The name of the instrument.
    pub instrument: String,
    /// As it stands; `None` where no rule asks for it.
    pub from: Option<CoverageCell>,
    /// As it would stand.
    pub to: Option<CoverageCell>,
}

/// How the window of an approval lies to the use, before and after the move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalSpan {
    /// The permission.
    pub permission: RecordLink,
    /// Whether it spans the use as things stand.
    pub spanned: bool,
    /// Whether it would.
    pub spans: bool,
    /// By how many days it is missed; 0 where it spans the use.
    pub days: i64,
    /// In a sentence.
    pub words: String,
    /// By when an extension must be asked for, in a sentence; empty where none helps.
    pub ask: String,
    /// The day by which to ask, where it is known how long the authority takes.
    pub ask_by: Option<NaiveDate>,
}

/// The shelf life of a line on arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfLine {
    /// The number of the line.
    pub line: u32,
    /// The item.
    pub label: String,
    /// Its last day.
    pub until: NaiveDate,
    /// What is left on arrival as things stand; `None` where no arrival is planned.
    pub before: Option<ShelfLife>,
    /// What would be left.
    pub after: ShelfLife,
    /// In a sentence.
    pub words: String,
}

/// A trip and a delivery that meet or miss one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingWords {
    /// The trip, or the shipment that the moved trip goes to see.
    pub link: RecordLink,
    /// Whether they met as things stand.
    pub met: bool,
    /// Whether they would meet.
    pub meets: bool,
    /// In a sentence.
    pub words: String,
}

impl WhatIf {
    /// Whether the move would change nothing that has to be looked after.
    #[must_use]
    pub fn is_harmless(&self) -> bool {
        let worse = self.approvals.iter().any(|one| one.spanned && !one.spans)
            || self.shelf.iter().any(ShelfLine::falls)
            || self.meetings.iter().any(|one| one.met && !one.meets);
        !worse && !self.pushes_out && !self.cells.iter().any(ChangedCell::is_worse) && self.refused.is_empty()
    }
}

impl ChangedCell {
    /// Whether it has to be looked after and stands worse than before.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        let before = self.from.as_ref().map_or(CellState::NotNeeded, |cell| cell.state);
        self.to.as_ref().is_some_and(|cell| !cell.state.is_settled() && cell.state < before)
    }
}

impl ShelfLine {
    /// Whether the line has less left than as things stand.
    #[must_use]
    pub fn falls(&self) -> bool {
        self.before.is_none_or(|before| self.after < before)
    }
}
