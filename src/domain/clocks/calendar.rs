//! Working days: which days an office does not work, and what a number of working days later is.
//!
//! The holidays of the United States are worked out by the rule of 5 USC 6103 for any year, so that no list goes stale. Of
//! other authorities none are built in: an office that has its own days brings them as a list.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

/// Which days are no working days besides Saturday and Sunday.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    us_federal: bool,
    listed: BTreeSet<NaiveDate>,
}

/// The year in which Juneteenth became a holiday (Public Law 117-17 of 17 June 2021).
const JUNETEENTH_SINCE: i32 = 2021;

impl Calendar {
    /// Weekends only. The working days of the UN Committee are counted so: its holidays were not seen in a source.
    #[must_use]
    pub fn weekends() -> Self {
        Self::default()
    }

    /// Weekends and the federal holidays of the United States, 5 USC 6103.
    #[must_use]
    pub fn us_federal() -> Self {
        Self { us_federal: true, listed: BTreeSet::new() }
    }

    /// The calendar of an authority, by its code.
    #[must_use]
    pub fn of_authority(code: &str) -> Self {
        match code {
            "ofac" | "bis" | "us_state" => Self::us_federal(),
            _ => Self::weekends(),
        }
    }

    /// The same with days of its own on which the office does not work.
    #[must_use]
    pub fn with(mut self, days: impl IntoIterator<Item = NaiveDate>) -> Self {
        self.listed.extend(days);
        self
    }

    /// What the calendar leaves out, in a sentence for those who rely on it.
    #[must_use]
    pub const fn words(&self) -> &'static str {
        if self.us_federal {
            "Saturdays, Sundays and federal holidays (5 USC 6103) are left out"
        } else {
            "Only Saturdays and Sundays are left out: no holidays are assumed"
        }
    }

    /// Whether the office works on a day.
    #[must_use]
    pub fn is_working(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        !(weekend || self.listed.contains(&day) || self.us_federal && is_us_federal_holiday(day))
    }

    /// The day `count` working days after `day`; the day itself counts for nothing. The last day the calendar has where
    /// that would leave it.
    #[must_use]
    pub fn working_days_after(&self, day: NaiveDate, count: u32) -> NaiveDate {
        let mut at = day;
        let mut left = count;
        while left > 0 {
            let Some(next) = at.succ_opt() else { return NaiveDate::MAX };
            at = next;
            if self.is_working(at) {
                left -= 1;
            }
        }
        at
    }
}

/// Whether a day is a federal holiday of the United States or the day on which one is kept: a Saturday's on the Friday
/// before, a Sunday's on the Monday after (5 USC 6103(b); Executive Order 11582 for Sundays).
#[must_use]
pub fn is_us_federal_holiday(day: NaiveDate) -> bool {
    // New Year's Day of the next year can be kept on the last day of this one.
    let years = [day.year(), day.year() + 1];
    years.into_iter().flat_map(us_federal_holidays).any(|(_, kept)| kept == day)
}

/// The federal holidays of a year by 5 USC 6103(a), each with its name and the day on which it is kept.
#[must_use]
pub fn us_federal_holidays(year: i32) -> Vec<(&'static str, NaiveDate)> {
    let mut days = vec![
        ("New Year's Day", NaiveDate::from_ymd_opt(year, 1, 1)),
        ("Birthday of Martin Luther King, Jr.", nth_weekday(year, 1, Weekday::Mon, 3)),
        ("Washington's Birthday", nth_weekday(year, 2, Weekday::Mon, 3)),
        ("Memorial Day", last_monday_of_may(year)),
        ("Juneteenth", NaiveDate::from_ymd_opt(year, 6, 19).filter(|_| year >= JUNETEENTH_SINCE)),
        ("Independence Day", NaiveDate::from_ymd_opt(year, 7, 4)),
        ("Labor Day", nth_weekday(year, 9, Weekday::Mon, 1)),
        ("Columbus Day", nth_weekday(year, 10, Weekday::Mon, 2)),
        ("Veterans Day", NaiveDate::from_ymd_opt(year, 11, 11)),
        ("Thanksgiving Day", nth_weekday(year, 11, Weekday::Thu, 4)),
        ("Christmas Day", NaiveDate::from_ymd_opt(year, 12, 25)),
    ];
    days.retain(|(_, day)| day.is_some());
    days.into_iter().filter_map(|(name, day)| Some((name, kept_on(day?)))).collect()
}

fn nth_weekday(year: i32, month: u32, weekday: Weekday, n: u8) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, weekday, n)
}

fn last_monday_of_may(year: i32) -> Option<NaiveDate> {
    nth_weekday(year, 5, Weekday::Mon, 5).or_else(|| nth_weekday(year, 5, Weekday::Mon, 4))
}

fn kept_on(day: NaiveDate) -> NaiveDate {
    let one = Days::new(1);
    let kept = match day.weekday() {
        Weekday::Sat => day.checked_sub_days(one),
        Weekday::Sun => day.checked_add_days(one),
        _ => Some(day),
    };
    kept.unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn federal_holidays_fall_on_the_days_the_office_of_personnel_management_published() {
        // The published lists for 2021, 2022 and 2026: among them a Saturday, a Sunday and a New Year's Day kept the year before.
        let expected = [
            (
                2021,
                "2021-01-01 2021-01-18 2021-02-15 2021-05-31 2021-06-18 2021-07-05 2021-09-06 2021-10-11 2021-11-11 2021-11-25 2021-12-24",
            ),
            (
                2022,
                "2021-12-31 2022-01-17 2022-02-21 2022-05-30 2022-06-20 2022-07-04 2022-09-05 2022-10-10 2022-11-11 2022-11-24 2022-12-26",
            ),
            (
                2026,
                "2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-10-12 2026-11-11 2026-11-26 2026-12-25",
            ),
        ];
        for (year, days) in expected {
            let kept: Vec<String> = us_federal_holidays(year).into_iter().map(|(_, day)| day.to_string()).collect();
            assert_eq!(kept.join(" "), days, "{year}");
        }
        assert!(is_us_federal_holiday(day("2021-12-31")), "New Year's Day of 2022");
        assert_eq!(us_federal_holidays(2020).len(), 10, "Juneteenth came in 2021");
    }

    #[test]
    fn working_days_step_over_weekends_and_holidays() {
        let office = Calendar::us_federal();
        for (from, count, to) in [
            ("2026-11-24", 0, "2026-11-24"),
            ("2026-11-24", 1, "2026-11-25"),
            ("2026-11-24", 2, "2026-11-27"),
            ("2026-11-24", 3, "2026-11-30"),
            ("2026-11-28", 1, "2026-11-30"),
        ] {
            assert_eq!(office.working_days_after(day(from), count), day(to), "{count} after {from}");
        }
        let weekends = Calendar::of_authority("un_1718");
        assert_eq!(weekends.working_days_after(day("2026-11-24"), 2), day("2026-11-26"));
        assert!(weekends.words().contains("no holidays are assumed"));
        let closed = weekends.with([day("2026-11-25")]);
        assert_eq!(closed.working_days_after(day("2026-11-24"), 2), day("2026-11-27"));
    }

    proptest::proptest! {
        #[test]
        fn a_working_day_lies_that_many_working_days_ahead(offset in 0_u64..40_000, count in 0_u32..60) {
            let from = day("1990-01-01") + Days::new(offset);
            let office = Calendar::us_federal();
            let to = office.working_days_after(from, count);
            let between = from.iter_days().skip(1).take_while(|at| *at <= to).filter(|at| office.is_working(*at)).count();
            proptest::prop_assert_eq!(between, count as usize);
            proptest::prop_assert!(count == 0 || office.is_working(to));
        }
    }
}
