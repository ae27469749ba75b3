//! The rule book: the rows in force, and what they answer of an act.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::act::Act;
use super::matching::Compiled;
use super::{advise, file};
use crate::domain::record::{Rule, RuleAnswer};

/// Where a row comes from that nobody corrected.
pub const SHIPPED_ROW: &str = "built in";

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

impl RuleRow {
    /// What to say of it where its checked-until date has passed: it is not lapsed, nobody has looked.
    #[must_use]
    pub fn not_verified(&self, on: NaiveDate) -> Option<String> {
        let until = self.rule.verified_until.filter(|until| *until < on)?;
        Some(format!("not verified after {until}"))
    }

    /// Where it comes from, in words.
    #[must_use]
    pub const fn origin(&self) -> &'static str {
        match (self.own, self.overrides) {
            (true, true) => "your row, in place of the built-in one",
            (true, false) => "your row",
            (false, _) => SHIPPED_ROW,
        }
    }
}

/// All rows that are used, in the order of their codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleBook {
    rows: Vec<RuleRow>,
    /// The rows as they are compared; `None` where one cannot be read, which is refused before it comes here.
    compiled: Vec<Option<Compiled>>,
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
    /// The rows that speak of it and answer less strictly.
    pub others: Vec<usize>,
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

/// The rows that come with the program. A test proves that they can be read.
static SHIPPED: LazyLock<RuleBook> =
    LazyLock::new(|| RuleBook::of(file::shipped(file::built_in_instruments()).unwrap_or_default()));

/// What is left of a shipped row where rows of the workspace, in the order of their days, stand in its place.
fn remaining(row: &RuleRow, instead: &[&Rule]) -> Vec<RuleRow> {
    let mut parts = Vec::new();
    let mut from = row.rule.from;
    for rule in instead {
        let before = rule.from.and_then(|first| first.pred_opt());
        if from <= before && (row.rule.to.is_none() || from <= row.rule.to) {
            let to = row.rule.to.into_iter().chain(before).min();
            parts.push(RuleRow { rule: Rule { from, to, ..row.rule.clone() }, ..row.clone() });
        }
        let Some(next) = rule.to.and_then(|last| last.succ_opt()) else { return parts };
        from = from.max(Some(next));
    }
    if row.rule.to.is_none() || from <= row.rule.to {
        parts.push(RuleRow { rule: Rule { from, ..row.rule.clone() }, ..row.clone() });
    }
    parts
}

impl RuleBook {
    /// A book of rows; rows with the same code must not overlap in time.
    #[must_use]
    pub fn of(mut rows: Vec<RuleRow>) -> Self {
        rows.sort_by(|a, b| (&a.rule.reference, a.rule.from).cmp(&(&b.rule.reference, b.rule.from)));
        let compiled = rows.iter().map(|row| Compiled::of(&row.rule).ok()).collect();
        Self { rows, compiled }
    }

    /// The rows that come with the program.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// The shipped rows with the workspace's own. On its days an own row stands in place of the built-in one of the same code,
    /// and one that is not used takes it away; on other days the shipped one holds.
    #[must_use]
    pub fn merged(own: Vec<RuleRow>) -> Self {
        let shipped = Self::shipped().rows();
        let same = |a: &RuleRow, b: &RuleRow| a.rule.code().eq_ignore_ascii_case(b.rule.code());
        let mut rows: Vec<RuleRow> = Vec::with_capacity(shipped.len() + own.len());
        for row in shipped {
            let mut instead: Vec<&Rule> = own.iter().filter(|mine| same(mine, row)).map(|mine| &mine.rule).collect();
            instead.sort_by_key(|rule| rule.from);
            rows.extend(remaining(row, &instead));
        }
        let mine = own.into_iter().filter(|mine| !mine.rule.withdrawn);
        rows.extend(mine.map(|mine| {
            let overrides = shipped.iter().any(|row| same(&mine, row));
            RuleRow { own: true, overrides, ..mine }
        }));
        Self::of(rows)
    }

    /// Its rows.
    #[must_use]
    pub fn rows(&self) -> &[RuleRow] {
        &self.rows
    }

    /// What the rows in force on the act's day answer of it.
    #[must_use]
    pub fn advise(&self, act: &Act) -> Advice {
        advise::advise(&self.rows, &self.compiled, act)
    }

    /// The days on which a row begins or the day after one ends: between two of them the advice for an act is the same.
    #[must_use]
    pub fn boundaries(&self) -> BTreeSet<NaiveDate> {
        let ends = |row: &RuleRow| row.rule.to.and_then(|to| to.succ_opt());
        self.rows.iter().flat_map(|row| [row.rule.from, ends(row)]).flatten().collect()
    }
}
