//! Summaries that do not know what day it is: what each record adds to each figure, and from which day on.
//!
//! A status that begins on a day adds one there and takes one away where it ends, future ends included. Any *as of* is
//! then a plain sum up to that day, and nothing has to be recomputed at midnight.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use super::id::Id;
use super::record::RecordKind;
use super::status::{Span, Stage};
use super::word::words;

words! {
    /// What a figure counts.
    pub enum Counted {
        Request = "request", "Filings";
        Matter = "matter", "Matters";
        Shipment = "shipment", "Shipments";
        Trip = "trip", "Trips";
        Fund = "fund", "Funds";
        Permission = "permission", "Permissions";
        Sent = "sent", "Filings sent";
        Answered = "answered", "Filings answered";
        Delivered = "delivered", "Deliveries received";
    }
}

words! {
    /// Whose record it is.
    pub enum Source {
        Own = "own", "Ours";
        Public = "public", "Public record";
    }
}

/// The cell of a figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// What is counted.
    pub counted: Counted,
    /// Whose record it is.
    pub source: Source,
    /// The category; `None` is the total, in which a record of several categories counts once.
    pub category: Option<Id>,
    /// The status or outcome.
    pub stage: &'static str,
    /// The outcome, where the kind has one.
    pub outcome: &'static str,
    /// The validity, where the kind has one.
    pub validity: &'static str,
}

/// What is added to a cell from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amount {
    /// Records.
    pub records: i64,
    /// Cases: a public row can stand for several.
    pub cases: i64,
}

/// What one record adds to which cell from which day on.
pub type Contributions = BTreeMap<(Cell, NaiveDate), Amount>;

/// One record's share in the figures.
#[derive(Debug, Clone)]
pub struct Share<'a> {
    /// Whose record it is.
    pub source: Source,
    /// Its categories, each once.
    pub categories: &'a [Id],
    /// How many cases it stands for.
    pub cases: u32,
}

impl Share<'_> {
    /// Adds a history: one where each span begins, minus one where it ends.
    pub fn add_spans(&self, counted: Counted, spans: &[Span], into: &mut Contributions) {
        for span in spans {
            let words = (span.status.stage, span.status.outcome, span.status.validity);
            self.add(counted, words, span.from, 1, into);
            if let Some(to) = span.to {
                self.add(counted, words, to, -1, into);
            }
        }
    }

    /// Adds something that happened once and stays counted.
    pub fn add_happening(&self, counted: Counted, word: &'static str, on: NaiveDate, into: &mut Contributions) {
        self.add(counted, (word, "", ""), on, 1, into);
    }

    fn add(
        &self,
        counted: Counted,
        (stage, outcome, validity): (&'static str, &'static str, &'static str),
        on: NaiveDate,
        sign: i64,
        into: &mut Contributions,
    ) {
        let total = std::iter::once(None);
        for category in total.chain(self.categories.iter().copied().map(Some)) {
            let cell = Cell { counted, source: self.source, category, stage, outcome, validity };
            let amount = into.entry((cell, on)).or_default();
            amount.records += sign;
            amount.cases += sign * i64::from(self.cases);
        }
    }
}

/// What has to be added to the kept figures when `old` becomes `new`; cells that do not change are left out.
#[must_use]
pub fn difference(old: Contributions, new: Contributions) -> Contributions {
    let mut difference = new;
    for (key, amount) in old {
        let entry = difference.entry(key).or_default();
        entry.records -= amount.records;
        entry.cases -= amount.cases;
    }
    difference.retain(|_, amount| *amount != Amount::default());
    difference
}

/// Adds what one record changes to what a whole write changes.
pub fn add(part: Contributions, into: &mut Contributions) {
    for (key, amount) in part {
        let sum = into.entry(key).or_default();
        sum.records += amount.records;
        sum.cases += amount.cases;
    }
}

/// The three grains in which a day is kept, so that a sum over ten years reads some dozens of rows: its year, its month
/// and itself. A sum up to a day takes whole years, then whole months, then days.
pub const GRAINS: [i64; 3] = [1, 2, 3];

/// The three grains of a day with the period in which it lies in each.
#[must_use]
pub fn grains(day: NaiveDate) -> [(i64, String); 3] {
    GRAINS.map(|grain| (grain, period(day, grain)))
}

/// The period of a grain in which a day lies, as text.
#[must_use]
pub fn period(day: NaiveDate, grain: i64) -> String {
    match grain {
        1 => format!("{:04}", day.year()),
        2 => format!("{:04}-{:02}", day.year(), day.month()),
        _ => day.to_string(),
    }
}

/// The first day of that period.
#[must_use]
pub fn first_day(day: NaiveDate, grain: i64) -> NaiveDate {
    let first = match grain {
        1 => day.with_ordinal(1),
        2 => day.with_day(1),
        _ => None,
    };
    first.unwrap_or(day)
}

/// What a record with this history adds to the figures.
#[must_use]
pub fn contributions(kind: RecordKind, share: &Share<'_>, spans: &[Span]) -> Contributions {
    let mut all = Contributions::new();
    let counted = match kind {
        RecordKind::Request => Counted::Request,
        RecordKind::Matter => Counted::Matter,
        RecordKind::Shipment => Counted::Shipment,
        RecordKind::Trip => Counted::Trip,
        RecordKind::Fund => Counted::Fund,
        RecordKind::Permission => Counted::Permission,
        RecordKind::Receipt => {
            if let Some(first) = spans.first() {
                share.add_happening(Counted::Delivered, first.status.stage, first.from, &mut all);
            }
            return all;
        }
        _ => return all,
    };
    share.add_spans(counted, spans, &mut all);
    if kind == RecordKind::Request {
        if let Some(sent) = spans.last().and_then(|span| span.status.begun_on) {
            share.add_happening(Counted::Sent, Stage::Sent.word(), sent.last(), &mut all);
        }
        if let Some(answered) = spans.iter().find(|span| span.status.stage == Stage::Decided.word()) {
            share.add_happening(Counted::Answered, answered.status.outcome, answered.from, &mut all);
        }
    }
    all.retain(|_, amount| *amount != Amount::default());
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::status::Status;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn status(stage: &'static str) -> Status {
        Status { stage, outcome: "", validity: "", was: "", begun_on: None, settled_on: None, until_on: None }
    }

    fn spans() -> Vec<Span> {
        let (sent, decided) = (day("2019-01-01"), day("2019-02-01"));
        vec![
            Span { from: sent, to: Some(decided), since: sent, status: status("sent") },
            Span { from: decided, to: None, since: decided, status: status("on_hold") },
        ]
    }

    fn total(all: &Contributions, stage: &str, on: NaiveDate) -> i64 {
        let counts = |cell: &Cell| cell.stage == stage && cell.category.is_none() && cell.counted == Counted::Matter;
        all.iter().filter(|((cell, from), _)| counts(cell) && *from <= on).map(|(_, amount)| amount.records).sum()
    }

    #[test]
    fn a_record_of_two_categories_counts_once_in_the_total() {
        let share = Share { source: Source::Own, categories: &[Id(1), Id(2)], cases: 1 };
        let all = contributions(RecordKind::Matter, &share, &spans());
        assert_eq!(total(&all, "sent", day("2019-01-15")), 1);
        assert_eq!(total(&all, "sent", day("2019-02-15")), 0);
        assert_eq!(total(&all, "on_hold", day("2019-02-15")), 1);
        let in_categories = all.keys().filter(|(cell, _)| cell.category.is_some()).count();
        assert_eq!(in_categories, 2 * 3);
    }

    #[test]
    fn the_difference_of_a_history_with_itself_is_nothing() {
        let share = Share { source: Source::Own, categories: &[Id(1)], cases: 3 };
        let all = contributions(RecordKind::Matter, &share, &spans());
        assert!(difference(all.clone(), all).is_empty());
    }
}
