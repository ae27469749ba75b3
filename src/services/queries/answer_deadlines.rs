//! View-ready answers about deadlines and about the time that authorities take.

use chrono::NaiveDate;

use super::CategoryTag;
use crate::domain::id::Id;
use crate::domain::kaplan_meier::Percentile;
use crate::domain::record::RecordKind;
use crate::domain::summary::Source;
use crate::domain::word::words;

words! {
    /// How near a deadline is.
    pub enum Urgency {
        Overdue = "overdue", "Overdue";
        ThisWeek = "this_week", "In the next 7 days";
        ThisMonth = "this_month", "In the next 31 days";
        Later = "later", "Later";
    }
}

/// How many days, the first one included, count as this week and as this month.
const WEEK_AND_MONTH: [i64; 2] = [7, 31];

impl Urgency {
    /// How near a deadline is with so many days left.
    #[must_use]
    pub const fn of(days_left: i64) -> Self {
        match days_left {
            ..0 => Self::Overdue,
            left if left < WEEK_AND_MONTH[0] => Self::ThisWeek,
            left if left < WEEK_AND_MONTH[1] => Self::ThisMonth,
            _ => Self::Later,
        }
    }

    /// The days left with which it begins and, without it, ends.
    #[must_use]
    pub const fn days(self) -> (i64, i64) {
        match self {
            Self::Overdue => (i64::MIN, 0),
            Self::ThisWeek => (0, WEEK_AND_MONTH[0]),
            Self::ThisMonth => (WEEK_AND_MONTH[0], WEEK_AND_MONTH[1]),
            Self::Later => (WEEK_AND_MONTH[1], i64::MAX),
        }
    }
}

/// A deadline as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineShown {
    /// The record.
    pub id: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// Whose it is.
    pub source: Source,
    /// Its reference.
    pub reference: String,
    /// Its title, or that of the record it belongs to.
    pub title: String,
    /// What falls due.
    pub what: String,
    /// The short name of its authority.
    pub authority: String,
    /// Its categories.
    pub categories: Vec<CategoryTag>,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// The same as precise as it is known.
    pub due_text: String,
    /// Days left; below zero where it is overdue.
    pub days_left: i64,
    /// Whether somebody has to do it; otherwise it ends by itself.
    pub owed: bool,
    /// How the day was found, where it is an estimate.
    pub note: String,
}

/// The deadlines of one urgency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineGroup {
    /// How near they are.
    pub urgency: Urgency,
    /// The nearest of them.
    pub rows: Vec<DeadlineShown>,
    /// How many there are besides these.
    pub more: i64,
    /// Whether there can be more than that, because counting stopped.
    pub at_least: bool,
}

/// A deadline that was put off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutOffShown {
    /// The deadline.
    pub deadline: DeadlineShown,
    /// The day on which it is shown again.
    pub until: NaiveDate,
    /// The mark that put it off.
    pub mark: Id,
}

/// Everything dated that needs a person, as of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineBoard {
    /// The day.
    pub as_of: NaiveDate,
    /// The deadlines by urgency; only groups that hold anything.
    pub groups: Vec<DeadlineGroup>,
    /// What was put off, the one that is shown again first first.
    pub put_off: Vec<PutOffShown>,
    /// Why no day to ask by is given: authority and reason.
    pub not_estimated: Vec<(String, String)>,
}

/// The time that one authority takes for one sort of filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DurationRow {
    /// The short name of the authority.
    pub authority: String,
    /// Whose filings.
    pub source: Source,
    /// The sort of filing, as a label; empty for all of them.
    pub filing: String,
    /// Days after which half were answered.
    pub median: Percentile,
    /// Days after which 80 of 100 were answered.
    pub most: Percentile,
    /// How many were answered.
    pub answered: u32,
    /// How many are open, or were until they were withdrawn or fell silent.
    pub open: u32,
    /// How many filings are known, with and without a day of sending; counted for all sorts together.
    pub known: i64,
}

/// The time that each authority takes, as of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DurationTable {
    /// The day.
    pub as_of: NaiveDate,
    /// Each authority: ours before the public record, all filings before each sort.
    pub rows: Vec<DurationRow>,
    /// What to know of the public record; empty where nothing of it is shown.
    pub public_note: String,
}
