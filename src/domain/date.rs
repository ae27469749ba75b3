//! Civil dates, and dates of which only the month or the year is known.

use super::as_text::as_text;
use chrono::{Datelike as _, Days, Months, NaiveDate};

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// It has not the form of a date.
    #[error("“{0}” is not a date. Write year-month-day, for example 2026-03-31")]
    NotADate(String),
    /// It has the form of a date that no calendar has.
    #[error("{0} does not exist in the calendar. Write a day that exists, for example 2026-02-28")]
    NoSuchDay(String),
    /// Only the month or the year is given where the day is needed.
    #[error("“{0}” does not say the day. Write year-month-day, for example 2026-03-31")]
    DayNeeded(String),
    /// The year lies outside what aid records can mean.
    #[error("The year {0} is out of range. Write a year from 1900 to 2199")]
    YearOutOfRange(i32),
}

/// How precisely a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Precision {
    Day,
    Month,
    Year,
}

/// A date as it was reported: a day, or only its month, or only its year.
///
/// Folding and *as of* take the last day of the span, because by then it had certainly happened; legality refuses only
/// what contradicts itself for every day of both spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FuzzyDate {
    first: NaiveDate,
    precision: Precision,
}

impl FuzzyDate {
    /// A date known to the day.
    #[must_use]
    pub const fn day(day: NaiveDate) -> Self {
        Self { first: day, precision: Precision::Day }
    }

    /// Reads `2018-11-08`, `2018-11` or `2018`.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let text = text.trim();
        let malformed = || DateError::NotADate(text.to_owned());
        let parts: Vec<&str> = text.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        let precision = match lengths.as_slice() {
            [4] => Precision::Year,
            [4, 2] => Precision::Month,
            [4, 2, 2] => Precision::Day,
            _ => return Err(malformed()),
        };
        if !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            return Err(malformed());
        }
        let number = |at: usize| parts.get(at).map_or(Ok(1), |part| part.parse::<u32>());
        let (Ok(year), Ok(month), Ok(day)) = (number(0), number(1), number(2)) else {
            return Err(malformed());
        };
        let year = i32::try_from(year).map_err(|_error| malformed())?;
        if !(1900..=2199).contains(&year) {
            return Err(DateError::YearOutOfRange(year));
        }
        let first = NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| DateError::NoSuchDay(text.to_owned()))?;
        Ok(Self { first, precision })
    }

    /// The first day on which it can have been.
    #[must_use]
    pub const fn first(self) -> NaiveDate {
        self.first
    }

    /// The last day on which it can have been: the one that folding takes.
    #[must_use]
    pub fn last(self) -> NaiveDate {
        let months = match self.precision {
            Precision::Day => return self.first,
            Precision::Month => 1,
            Precision::Year => 12,
        };
        self.first.checked_add_months(Months::new(months)).and_then(|next| next.pred_opt()).unwrap_or(self.first)
    }

    /// Whether the day itself is known.
    #[must_use]
    pub fn is_day(self) -> bool {
        self.precision == Precision::Day
    }

    /// Whether this certainly lies before `other`, whatever the unknown days were.
    #[must_use]
    pub fn certainly_before(self, other: Self) -> bool {
        self.last() < other.first
    }
}

impl std::fmt::Display for FuzzyDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.precision {
            Precision::Day => write!(f, "{}", self.first),
            Precision::Month => write!(f, "{:04}-{:02}", self.first.year(), self.first.month()),
            Precision::Year => write!(f, "{:04}", self.first.year()),
        }
    }
}

as_text!(FuzzyDate);

/// Reads a date that must be known to the day.
pub fn parse_day(text: &str) -> Result<NaiveDate, DateError> {
    let date = FuzzyDate::parse(text)?;
    if date.is_day() { Ok(date.first()) } else { Err(DateError::DayNeeded(text.trim().to_owned())) }
}

/// The day `days` after `day`; the last day the calendar has where that would leave it.
#[must_use]
pub fn days_after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// The day `days` before `day`; the first day the calendar has where that would leave it.
#[must_use]
pub fn days_before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_the_precision_it_was_reported_with() {
        for (text, first, last) in [
            ("2018-11-08", "2018-11-08", "2018-11-08"),
            ("2018-11", "2018-11-01", "2018-11-30"),
            ("2020-02", "2020-02-01", "2020-02-29"),
            ("2020", "2020-01-01", "2020-12-31"),
        ] {
            let date = FuzzyDate::parse(text).unwrap();
            assert_eq!(date.to_string(), text);
            assert_eq!(date.first().to_string(), first);
            assert_eq!(date.last().to_string(), last);
        }
    }

    #[test]
    fn a_date_that_does_not_exist_is_refused_with_what_was_found() {
        assert_eq!(FuzzyDate::parse("2026-02-30"), Err(DateError::NoSuchDay("2026-02-30".into())));
        for text in ["", "yesterday", "2026/03/01", "26-3-1", "2026-3-1", "2026-03-01-01"] {
            assert!(matches!(FuzzyDate::parse(text), Err(DateError::NotADate(_))), "{text}");
        }
        assert_eq!(parse_day("2026-03"), Err(DateError::DayNeeded("2026-03".into())));
    }

    #[test]
    fn only_certain_order_counts_as_before() {
        let month = FuzzyDate::parse("2018-07").unwrap();
        let inside = FuzzyDate::parse("2018-07-03").unwrap();
        assert!(!month.certainly_before(inside));
        assert!(!inside.certainly_before(month));
        assert!(month.certainly_before(FuzzyDate::parse("2018-08").unwrap()));
    }
}
