//! View-ready answers about people reached.

use chrono::NaiveDate;

use crate::domain::id::Id;
use crate::domain::record::{AgeBand, Basis, Sex};

/// Which people are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachQuery {
    /// The day up to which they are counted: activities that began later are not.
    pub as_of: NaiveDate,
    /// Only those of this project.
    pub project: Option<Id>,
    /// Only those of this fund.
    pub fund: Option<Id>,
    /// Only those at this site or at one that lies in it.
    pub site: Option<Id>,
    /// Only activities that went on on this day or later.
    pub from: Option<NaiveDate>,
    /// Only activities that began on this day or earlier.
    pub to: Option<NaiveDate>,
}

/// People reached, each person once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachTable {
    /// What was asked.
    pub query: ReachQuery,
    /// A row for each sex, age and way of counting.
    pub rows: Vec<ReachRow>,
    /// Everybody together.
    pub people: u64,
    /// The records that were counted.
    pub ids: Vec<Id>,
    /// Records whose people may be counted twice, because the record between them and others is not among these.
    pub unsure: Vec<Id>,
}

/// A row of a table of people reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachRow {
    /// Whom it counts.
    pub sex: Sex,
    /// Of which age.
    pub age: AgeBand,
    /// Whether they were counted or estimated.
    pub basis: Basis,
    /// How many people, each once.
    pub people: u64,
    /// The records behind the figure.
    pub ids: Vec<Id>,
}
