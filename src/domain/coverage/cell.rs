//! One cell of the coverage: a line or a leg against one instrument. Compact, because a workspace has a million of them; the
//! words are written where somebody reads them.

use crate::domain::id::Id;
use crate::domain::record::Measure;
use crate::domain::word::words;

words! {
    /// How a line or a leg stands against one instrument, the worst first.
    pub enum CellState {
        Barred = "barred", "Barred";
        Refused = "cell_refused", "Refused";
        Suspended = "cell_suspended", "Suspended";
        OutsideWindow = "outside_window", "Outside the window";
        OutsideScope = "outside_scope", "Outside the scope";
        NoSlot = "no_slot", "No shipment left";
        Short = "short", "Short";
        DependencyFails = "dependency_fails", "Dependency fails";
        ConditionOpen = "condition_open", "Condition open";
        Unclear = "unclear", "Unclear";
        Unknown = "unknown", "Unknown";
        Covered = "covered", "Covered";
        NotNeeded = "not_needed", "Not needed";
    }
}

impl CellState {
    /// Whether nothing has to be done about it.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Covered | Self::NotNeeded)
    }
}

/// What covers it, or what was looked at and did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Nothing is there.
    Nothing,
    /// A grant line of a permission; `None`: the letter as a whole.
    Permission(Id, Option<u32>),
    /// A reliance on a rule.
    Reliance(Id),
    /// A matter that was cleared without a letter, or whose letter or answer is still missing.
    Matter(Id),
    /// A travel document of the person.
    Document(Id),
}

/// The reason in a form that can be put into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The state says it all.
    Plain,
    /// The window is over by so many days (above zero), or has not begun (below zero).
    Days(i64),
    /// So many thousandths of a measure are missing.
    Missing(Measure, i64),
    /// So many thousandths are left after this; below zero where more is booked than allowed.
    Left(Measure, i64),
    /// The letter knows no limit.
    NoLimit,
    /// The letter does not say how much.
    NotStated,
    /// Of the scope, this does not fit.
    Scope(ScopePart),
    /// So many shipments are allowed, and this one comes after them.
    Slots(u32),
    /// It allows so many shipments, and this one is not booked, so it is not counted.
    NotCounted(u32),
    /// This matter, on which the permission stands, cannot be used on the day.
    Needs(Id),
    /// The matters wait for one another in a circle.
    Circle(Id),
    /// The condition of this number, from 1 on, is open.
    Condition(u32),
    /// A rule says so: its place in the rule book.
    Rule(u32),
    /// No rule says anything, and nothing was asked.
    NoRule,
    /// No day of use is planned.
    NoDay,
    /// The section relied on is another than the rule names.
    Section(u32),
    /// This decision refused it.
    Decision(Id),
    /// It was revoked or replaced.
    Ended,
    /// What is booked is counted in another unit or item than the line.
    OtherItem,
}

words! {
    /// A part of the scope of a grant line.
    pub enum ScopePart {
        Consignee = "consignee", "Consignee";
        EndUser = "end_user", "End user";
        Supplier = "supplier", "Supplier";
        Route = "route", "Route";
        Site = "site", "Site";
        Activity = "activity", "Activity";
        Person = "person", "Traveller";
    }
}

/// How a line or a leg stands against one instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// How it stands.
    pub state: CellState,
    /// What covers it, or was looked at.
    pub by: By,
    /// Why.
    pub why: Why,
}

impl Cell {
    /// A cell of which nothing more is to be said.
    #[must_use]
    pub const fn of(state: CellState, by: By, why: Why) -> Self {
        Self { state, by, why }
    }
}
