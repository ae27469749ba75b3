//! What dated figures say of a filing: may it go straight to the authority, until when is an approval usually valid, until
//! when are records kept. Suggestions only: a letter's own date always wins.

use chrono::{Months, NaiveDate};

use super::figures::{FigureBook, FigureRow};
use crate::domain::record::FigureKind;

/// An approval that the organisation got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approval {
    /// The day of the letter.
    pub on: NaiveDate,
    /// Whether it only extended an earlier one.
    pub extension: bool,
}

/// Whether an organisation may file directly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectFiling {
    /// How many approvals count.
    pub counted: u32,
    /// How many are needed.
    pub needed: u32,
    /// The first day that counts.
    pub since: NaiveDate,
    /// Whether extensions are counted.
    pub extensions_count: bool,
    /// Where the rule stands.
    pub source: String,
}

impl DirectFiling {
    /// Whether the test is passed.
    #[must_use]
    pub const fn is_passed(&self) -> bool {
        self.counted >= self.needed
    }
}

/// The direct-filing test for an application on a day: enough approvals in the months before it. `None` where no such rule
/// was in force for the instrument.
#[must_use]
pub fn direct_filing(
    book: &FigureBook,
    instrument: &str,
    applied: NaiveDate,
    approvals: &[Approval],
) -> Option<DirectFiling> {
    let needed = book.value(FigureKind::DirectFilings, instrument, applied)?;
    let months = book.value(FigureKind::DirectFilingMonths, instrument, applied)?;
    let setting = book.value(FigureKind::ExtensionsCount, instrument, applied);
    let extensions_count = setting.is_some_and(|row| row.value != 0);
    let since = applied.checked_sub_months(Months::new(months.value)).unwrap_or(NaiveDate::MIN);
    let counts =
        |approval: &&Approval| (since..applied).contains(&approval.on) && (extensions_count || !approval.extension);
    Some(DirectFiling {
        counted: u32::try_from(approvals.iter().filter(counts).count()).unwrap_or(u32::MAX),
        needed: needed.value,
        since,
        extensions_count,
        source: needed.source(),
    })
}

/// What a figure suggests of an approval, with where that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested<T> {
    /// What is suggested.
    pub value: T,
    /// Where it stands.
    pub source: String,
    /// What else is to be known.
    pub note: String,
}

impl<T> Suggested<T> {
    fn of(value: T, row: &FigureRow) -> Self {
        Self { value, source: row.source(), note: row.note.clone() }
    }
}

/// The usual validity of an approval given on a day: months, and the last day they would reach. The letter counts from its
/// own date, so a window of six months from 4 August ends on 4 February.
#[must_use]
pub fn usual_validity(book: &FigureBook, instrument: &str, given: NaiveDate) -> Option<Suggested<(u32, NaiveDate)>> {
    let row = book.value(FigureKind::ValidityMonths, instrument, given)?;
    let until = given.checked_add_months(Months::new(row.value))?;
    Some(Suggested::of((row.value, until), row))
}

/// The usual number of shipments of an approval given on a day.
#[must_use]
pub fn usual_cap(book: &FigureBook, instrument: &str, given: NaiveDate) -> Option<Suggested<u32>> {
    book.value(FigureKind::ShipmentCap, instrument, given).map(|row| Suggested::of(row.value, row))
}

/// The day until which the records of something done on a day are kept at least. A rule that came later and asks for longer
/// reaches what is still there, so the longest of those in force on that day or later counts.
#[must_use]
pub fn keep_until(book: &FigureBook, instrument: &str, done: NaiveDate) -> Option<Suggested<NaiveDate>> {
    let holds = |row: &&FigureRow| {
        (row.instrument.is_empty() || row.instrument == instrument) && row.to.is_none_or(|to| to >= done)
    };
    // Where the workspace has a figure for a time, the shipped one for the same time is no longer asked.
    let replaced = |row: &&FigureRow| {
        row.own || book.value(FigureKind::KeepYears, instrument, row.from.max(done)).is_some_and(|found| found == *row)
    };
    let row = book.of_kind(FigureKind::KeepYears).filter(holds).filter(replaced).max_by_key(|row| row.value)?;
    let until = done.checked_add_months(Months::new(row.value.checked_mul(12)?))?;
    Some(Suggested::of(until, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    const UN: &str = "humanitarian_exemption";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn own(kind: FigureKind, value: u32, from: &str) -> FigureRow {
        let book = FigureBook::shipped().unwrap();
        let like = book.of_kind(kind).next().unwrap();
        FigureRow { value, from: day(from), to: None, own: true, ..like.clone() }
    }

    #[test]
    fn two_approvals_in_the_eighteen_months_before_let_an_organisation_file_directly() {
        let book = FigureBook::shipped().unwrap();
        let counting = book.clone().with_own(vec![own(FigureKind::ExtensionsCount, 1, "2020-11-30")]);
        let approval = |on: &str| Approval { on: day(on), extension: false };
        let extension = |on: &str| Approval { on: day(on), extension: true };
        for (book, approvals, counted, passed) in [
            (&book, vec![], 0, false),
            (&book, vec![approval("2025-05-01"), approval("2026-10-31")], 2, true),
            // A day too early, and the day of the application itself.
            (&book, vec![approval("2025-04-30"), approval("2026-11-01")], 0, false),
            (&book, vec![approval("2025-05-01"), extension("2026-01-01")], 1, false),
            (&counting, vec![approval("2025-05-01"), extension("2026-01-01")], 2, true),
        ] {
            let test = direct_filing(book, UN, day("2026-11-01"), &approvals).unwrap();
            assert_eq!((test.counted, test.is_passed()), (counted, passed), "{approvals:?}");
            assert_eq!(test.since, day("2025-05-01"));
        }
        assert_eq!(direct_filing(&book, UN, day("2020-11-29"), &[]), None, "the rule came on 30 November 2020");
        assert_eq!(direct_filing(&book, "bis_export_licence", day("2026-11-01"), &[]), None);
    }

    #[test]
    fn validity_and_shipments_are_suggested_by_the_day_of_approval() {
        let book = FigureBook::shipped().unwrap();
        for (given, months, until, cap) in [
            ("2020-08-04", 6, "2021-02-04", 1),
            ("2020-11-29", 6, "2021-05-29", 1),
            ("2020-11-30", 9, "2021-08-30", 3),
            ("2026-05-31", 9, "2027-02-28", 3),
        ] {
            let validity = usual_validity(&book, UN, day(given)).unwrap();
            assert_eq!(validity.value, (months, day(until)), "{given}");
            assert_eq!(usual_cap(&book, UN, day(given)).unwrap().value, cap, "{given}");
        }
        assert_eq!(usual_validity(&book, UN, day("2018-08-05")), None);
        let twelve = book.with_own(vec![own(FigureKind::ValidityMonths, 12, "2024-01-01")]);
        assert_eq!(usual_validity(&twelve, UN, day("2026-01-15")).unwrap().value, (12, day("2027-01-15")));
    }

    #[test]
    fn records_are_kept_as_long_as_the_longest_rule_since_then_says() {
        let book = FigureBook::shipped().unwrap();
        let kept = |book: &FigureBook, done: &str| keep_until(book, "", day(done)).unwrap().value;
        assert_eq!(kept(&book, "2026-11-24"), day("2036-11-24"));
        // The longer rule came while these were still to be kept, or reaches them.
        assert_eq!(kept(&book, "2021-03-01"), day("2031-03-01"));
        assert_eq!(kept(&book, "2016-02-29"), day("2026-02-28"));
        let longer = book.clone().with_own(vec![own(FigureKind::KeepYears, 12, "2026-01-01")]);
        assert_eq!(kept(&longer, "2026-11-24"), day("2038-11-24"));
        let shorter = book.with_own(vec![own(FigureKind::KeepYears, 7, "2018-01-01")]);
        assert_eq!(
            kept(&shorter, "2026-11-24"),
            day("2033-11-24"),
            "a figure of our own stands in place of the shipped"
        );
    }
}
