//! The rule book: the rows in force, and what they answer of an act.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::act::Act;
use crate::domain::record::{Rule, RuleAnswer};

/// A rule row and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRow {
    /// The row; the links of its needs are empty, `instruments` stands beside them.
    pub rule: Rule,
    /// The code of the instrument of each need, in the order of the needs.
    pub instruments: Vec<String>,
    /// Whether it is a row of the workspace.
    pub own: bool,
    /// Whether it stands in place of a shipped row.
    pub overrides: bool,
}

/// All rows that are used, in the order of their codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleBook {
    rows: Vec<RuleRow>,
}

/// What the rules in force answer of one instrument for an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The code of the instrument.
    pub instrument: String,
    /// The strictest answer that a row gives: barred before needed before unclear before not needed.
    pub answer: RuleAnswer,
    /// The section relied on, where the row names one: `31 CFR 510.520`.
    pub section: String,
    /// The rows that give this answer, as places in [`RuleBook::rows`]; never empty.
    pub rows: Vec<usize>,
    /// What the first of these rows says of it, in words, with what was deduced (class from HS code, HS component).
    pub words: String,
}

/// What the rule book answers of an act.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advice {
    /// One answer for each instrument that a row in force speaks of, in the order of the codes.
    pub needs: Vec<Need>,
    /// What could not be judged because a fact of the act is missing, as sentences: "The HS code of ... is not known".
    pub missing: Vec<String>,
}

impl RuleBook {
    /// A book of rows; rows with the same code must not overlap in time.
    #[must_use]
    pub fn of(rows: Vec<RuleRow>) -> Self {
        Self { rows }
    }

    /// Its rows.
    #[must_use]
    pub fn rows(&self) -> &[RuleRow] {
        &self.rows
    }

    /// What the rows in force on the act's day answer of it.
    #[must_use]
    pub fn advise(&self, _act: &Act) -> Advice {
        Advice::default()
    }

    /// The days on which a row begins or the day after one ends: between two of them the advice for an act is the same.
    #[must_use]
    pub fn boundaries(&self) -> BTreeSet<NaiveDate> {
        let ends = |row: &RuleRow| row.rule.to.and_then(|to| to.succ_opt());
        self.rows.iter().flat_map(|row| [row.rule.from, ends(row)]).flatten().collect()
    }
}
