//! What depends on the day on which goods arrive: the shelf life they have left, and whether a trip still sees them.

use chrono::{Months, NaiveDate};

use crate::domain::record::Trip;

/// The shelf life that is left on arrival, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ShelfLife {
    /// It is over.
    Expired,
    /// Less than three calendar months.
    UnderThree,
    /// Less than nine calendar months.
    UnderNine,
    /// Nine calendar months or more.
    Enough,
}

impl ShelfLife {
    /// What is left on arrival of goods whose last day is `until`. Nine months are left where the same day nine months
    /// later is not after the last day; a month without that day ends on its own last.
    #[must_use]
    pub fn on_arrival(arrives: NaiveDate, until: NaiveDate) -> Self {
        let reaches = |months| arrives.checked_add_months(Months::new(months)).is_some_and(|day| day <= until);
        if arrives > until {
            Self::Expired
        } else if !reaches(3) {
            Self::UnderThree
        } else if !reaches(9) {
            Self::UnderNine
        } else {
            Self::Enough
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Expired => "expired on arrival",
            Self::UnderThree => "less than three months left",
            Self::UnderNine => "less than nine months left",
            Self::Enough => "nine months or more left",
        }
    }
}

/// Whether a trip sees a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    /// It is still there on the day of arrival, or comes later.
    Sees,
    /// It returns so many days before the goods arrive.
    Misses(i64),
    /// One of the days is not known.
    Unknown,
}

/// Whether a trip sees goods that arrive on a day: it does where it returns on that day or later.
#[must_use]
pub fn meeting(trip: &Trip, arrives: Option<NaiveDate>) -> Meeting {
    match trip.returns_on.or(trip.departs_on).zip(arrives) {
        None => Meeting::Unknown,
        Some((returns, arrives)) if returns < arrives => Meeting::Misses((arrives - returns).num_days()),
        Some(_) => Meeting::Sees,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_are_calendar_months() {
        use ShelfLife::{Enough, Expired, UnderNine, UnderThree};
        for (arrives, until, expected) in [
            ("2027-03-20", "2027-12-20", Enough),
            ("2027-03-21", "2027-12-20", UnderNine),
            ("2027-03-20", "2027-06-20", UnderNine),
            ("2027-03-21", "2027-06-20", UnderThree),
            ("2027-05-31", "2028-02-29", Enough),
            ("2026-05-31", "2027-02-28", Enough),
            ("2026-05-31", "2027-02-27", UnderNine),
            ("2026-11-30", "2027-02-28", UnderNine),
            ("2026-11-30", "2027-02-27", UnderThree),
            ("2027-06-20", "2027-06-20", UnderThree),
            ("2027-06-21", "2027-06-20", Expired),
        ] {
            assert_eq!(ShelfLife::on_arrival(day(arrives), day(until)), expected, "{arrives} {until}");
        }
    }

    #[test]
    fn a_trip_sees_what_arrives_until_its_last_day() {
        let trip = |returns: Option<&str>| Trip { returns_on: returns.map(day), ..Trip::default() };
        for (returns, arrives, expected) in [
            (Some("2027-04-24"), Some("2027-04-24"), Meeting::Sees),
            (Some("2027-04-24"), Some("2026-10-30"), Meeting::Sees),
            (Some("2027-04-24"), Some("2027-04-29"), Meeting::Misses(5)),
            (Some("2027-04-24"), None, Meeting::Unknown),
            (None, Some("2027-04-24"), Meeting::Unknown),
        ] {
            assert_eq!(meeting(&trip(returns), arrives.map(day)), expected, "{returns:?} {arrives:?}");
        }
    }
}
