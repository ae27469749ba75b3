//! Summaries that do not know what day it is: what each record adds to each figure, and from which day on.
//!
//! A status that begins on a day adds one there and takes one away where it ends, future ends included. Any *as of* is
//! then a plain sum up to that day, and nothing has to be recomputed at midnight.

use std::collections::{BTreeMap, HashMap};

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
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

/// What many records add together, in no order: it is added to for each of them and read once.
pub type Sums = HashMap<(Cell, NaiveDate), Amount, rustc_hash::FxBuildHasher>;

/// What takes in an amount at a time.
type Into<'a> = dyn FnMut((Cell, NaiveDate), Amount) + 'a;

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
    fn add_spans(&self, counted: Counted, spans: &[Span], into: &mut Into<'_>) {
        for span in spans {
            let words = (span.status.stage, span.status.outcome, span.status.validity);
            self.add(counted, words, span.from, 1, into);
            if let Some(to) = span.to {
                self.add(counted, words, to, -1, into);
            }
        }
    }

    /// Adds something that happened once and stays counted.
    fn add_happening(&self, counted: Counted, word: &'static str, on: NaiveDate, into: &mut Into<'_>) {
        self.add(counted, (word, "", ""), on, 1, into);
    }

    fn add(
        &self,
        counted: Counted,
        (stage, outcome, validity): (&'static str, &'static str, &'static str),
        on: NaiveDate,
        sign: i64,
        into: &mut Into<'_>,
    ) {
        let total = std::iter::once(None);
        for category in total.chain(self.categories.iter().copied().map(Some)) {
            let cell = Cell { counted, source: self.source, category, stage, outcome, validity };
            into((cell, on), Amount { records: sign, cases: sign * i64::from(self.cases) });
        }
    }
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
    tell(kind, share, spans, &mut |key, amount| {
        let sum = all.entry(key).or_default();
        sum.records += amount.records;
        sum.cases += amount.cases;
    });
    all.retain(|_, amount| *amount != Amount::default());
    all
}

/// Adds a record with this history to the sums, or takes it away where `sign` is -1.
pub fn count(kind: RecordKind, share: &Share<'_>, spans: &[Span], sign: i64, sums: &mut Sums) {
    tell(kind, share, spans, &mut |key, amount| {
        let sum = sums.entry(key).or_default();
        sum.records += sign * amount.records;
        sum.cases += sign * amount.cases;
    });
}

fn tell(kind: RecordKind, share: &Share<'_>, spans: &[Span], into: &mut Into<'_>) {
    let counted = match kind {
        RecordKind::Request => Counted::Request,
        RecordKind::Matter => Counted::Matter,
        RecordKind::Shipment => Counted::Shipment,
        RecordKind::Trip => Counted::Trip,
        RecordKind::Fund => Counted::Fund,
        RecordKind::Permission => Counted::Permission,
        RecordKind::Receipt => {
            if let Some(first) = spans.first() {
                share.add_happening(Counted::Delivered, first.status.stage, first.from, into);
            }
            return;
        }
        _ => return,
    };
    share.add_spans(counted, spans, into);
    if kind == RecordKind::Request {
        if let Some(sent) = spans.last().and_then(|span| span.status.begun_on) {
            share.add_happening(Counted::Sent, Stage::Sent.word(), sent.last(), into);
        }
        if let Some(answered) = spans.iter().find(|span| span.status.stage == Stage::Decided.word()) {
            share.add_happening(Counted::Answered, answered.status.outcome, answered.from, into);
        }
    }
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
    fn what_is_counted_and_taken_away_again_leaves_nothing() {
        let share = Share { source: Source::Own, categories: &[Id(1)], cases: 3 };
        let mut sums = Sums::default();
        count(RecordKind::Matter, &share, &spans(), 1, &mut sums);
        let counted: Contributions = sums.clone().into_iter().collect();
        assert_eq!(counted, contributions(RecordKind::Matter, &share, &spans()));
        count(RecordKind::Matter, &share, &spans(), -1, &mut sums);
        assert!(sums.values().all(|amount| *amount == Amount::default()));
    }
}
