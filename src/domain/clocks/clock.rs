//! A clock: a number of days from a start. Whether days are calendar or working days, and what pauses it, is its own.

use chrono::NaiveDate;

use super::calendar::Calendar;
use crate::domain::date::{days_after, days_before};

/// What makes a clock stand still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pauses {
    /// Nothing: the days run whatever happens. State's 30 and 14 days are such.
    Never,
    /// A hold without action. The 90 days of BIS stand still for it.
    OnHold,
}

/// A time in which the case was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// The day on which the hold began.
    pub from: NaiveDate,
    /// The day on which it was lifted; `None` while it lasts.
    pub to: Option<NaiveDate>,
}

/// A clock of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// How many days.
    pub days: u32,
    /// The calendar by which working days are counted; `None` counts every day.
    pub working: Option<Calendar>,
    /// What makes it stand still.
    pub pauses: Pauses,
}

/// The end of a clock as it was known for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The day from which it was known.
    pub known_on: NaiveDate,
    /// The day on which it ends; `None` while a hold lasts, of which nobody knows the end.
    pub on: Option<NaiveDate>,
}

impl Clock {
    /// Calendar days that nothing stops.
    #[must_use]
    pub const fn calendar(days: u32) -> Self {
        Self { days, working: None, pauses: Pauses::Never }
    }

    /// Working days that nothing stops.
    #[must_use]
    pub const fn working(days: u32, calendar: Calendar) -> Self {
        Self { days, working: Some(calendar), pauses: Pauses::Never }
    }

    /// The same, standing still while the case is held.
    #[must_use]
    pub fn pausing_on_hold(mut self) -> Self {
        self.pauses = Pauses::OnHold;
        self
    }

    /// The day on which it ends if nothing stops it.
    #[must_use]
    pub fn end(&self, start: NaiveDate) -> NaiveDate {
        match &self.working {
            Some(calendar) => calendar.working_days_after(start, self.days),
            None => days_after(start, u64::from(self.days)),
        }
    }

    /// How its end was known over time: from the start on, and anew with every hold that began before it ended and every
    /// hold that was lifted. A day that is held counts for nothing.
    #[must_use]
    pub fn dues(&self, start: NaiveDate, pauses: &[Pause]) -> Vec<Due> {
        let mut end = self.end(start);
        let mut dues = vec![Due { known_on: start, on: Some(end) }];
        if self.pauses == Pauses::Never {
            return dues;
        }
        for pause in joined(pauses, start) {
            if pause.from > end {
                break;
            }
            dues.push(Due { known_on: pause.from, on: None });
            let Some(lifted) = pause.to else { break };
            end = self.moved(end, pause.from, lifted);
            dues.push(Due { known_on: lifted, on: Some(end) });
        }
        // What is known anew on the same day stands in place of what was known before.
        let mut newest: Vec<Due> = Vec::new();
        for due in dues {
            newest.pop_if(|last| last.known_on == due.known_on);
            newest.push(due);
        }
        newest
    }

    /// The end moved on by the days of a hold.
    fn moved(&self, end: NaiveDate, from: NaiveDate, to: NaiveDate) -> NaiveDate {
        let held = from.iter_days().take_while(|day| *day < to);
        match &self.working {
            None => days_after(end, u64::try_from((to - from).num_days()).unwrap_or(0)),
            Some(calendar) => {
                let days = held.filter(|day| calendar.is_working(*day)).count();
                calendar.working_days_after(end, u32::try_from(days).unwrap_or(u32::MAX))
            }
        }
    }
}

/// Holds in their order, none before the start, and those that touch one another as one.
fn joined(pauses: &[Pause], start: NaiveDate) -> Vec<Pause> {
    let mut sorted: Vec<Pause> = pauses
        .iter()
        .map(|pause| Pause { from: pause.from.max(start), to: pause.to })
        .filter(|pause| pause.to.is_none_or(|to| to > pause.from))
        .collect();
    sorted.sort_by_key(|pause| pause.from);
    let mut joined: Vec<Pause> = Vec::new();
    for pause in sorted {
        match joined.last_mut() {
            Some(last) if last.to.is_none_or(|to| to >= pause.from) => {
                last.to = match (last.to, pause.to) {
                    (Some(one), Some(other)) => Some(one.max(other)),
                    _ => None,
                };
            }
            _ => joined.push(pause),
        }
    }
    joined
}

/// A report that must come some days before the work, and against which the authority may object for some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Days before the start.
    pub notice_days: u32,
    /// Days in which the authority may object.
    pub objection_days: u32,
}

impl Report {
    /// The last day on which the authority may object to a report sent on a day.
    #[must_use]
    pub fn objection_until(self, sent: NaiveDate) -> NaiveDate {
        Clock::calendar(self.objection_days).end(sent)
    }

    /// The first day on which the work may start without an answer: the later of both clocks.
    #[must_use]
    pub fn earliest_start(self, sent: NaiveDate) -> NaiveDate {
        Clock::calendar(self.notice_days).end(sent).max(self.objection_until(sent))
    }

    /// The last day on which the report can be sent so that the work may start on a day.
    #[must_use]
    pub fn send_by(self, start: NaiveDate) -> NaiveDate {
        days_before(start, u64::from(self.notice_days.max(self.objection_days)))
    }
}

/// What clears a filing when its authority says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Silence {
    /// Silence clears nothing.
    #[default]
    Never,
    /// Days after sending, as the instrument's own setting says.
    Days(u32),
    /// A report, by the figures in force on the day on which it was sent.
    Report(Report),
}

impl Silence {
    /// The day on which silence clears what was sent on a day.
    #[must_use]
    pub fn clears_on(self, sent: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Never => None,
            Self::Days(days) => Some(Clock::calendar(days).end(sent)),
            Self::Report(report) => Some(report.earliest_start(sent)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn shown(dues: &[Due]) -> String {
        let word =
            |due: &Due| format!("{}:{}", due.known_on, due.on.map_or_else(|| "held".to_owned(), |on| on.to_string()));
        dues.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_report_to_state_starts_at_the_later_of_both_clocks() {
        let state = Report { notice_days: 30, objection_days: 14 };
        assert_eq!(state.objection_until(day("2026-09-10")), day("2026-09-24"));
        assert_eq!(state.earliest_start(day("2026-09-10")), day("2026-10-10"));
        assert_eq!(state.send_by(day("2026-10-10")), day("2026-09-10"));
        let short = Report { notice_days: 7, objection_days: 14 };
        assert_eq!(short.earliest_start(day("2026-09-10")), day("2026-09-24"));
        assert_eq!(short.send_by(day("2026-09-24")), day("2026-09-10"));
    }

    #[test]
    fn a_hold_moves_the_end_of_a_clock_that_it_pauses_and_of_no_other() {
        let hold = |from: &str, to: &str| Pause { from: day(from), to: (!to.is_empty()).then(|| day(to)) };
        let decides = Clock::calendar(90).pausing_on_hold();
        for (holds, expected) in [
            (vec![], "2026-01-01:2026-04-01"),
            (vec![hold("2026-02-01", "2026-02-11")], "2026-01-01:2026-04-01 2026-02-01:held 2026-02-11:2026-04-11"),
            (vec![hold("2026-02-01", "")], "2026-01-01:2026-04-01 2026-02-01:held"),
            (vec![hold("2026-06-01", "2026-06-11")], "2026-01-01:2026-04-01"),
            (
                // The second hold begins while the first lasts: the days are counted once.
                vec![hold("2026-02-05", "2026-02-21"), hold("2026-02-01", "2026-02-11")],
                "2026-01-01:2026-04-01 2026-02-01:held 2026-02-21:2026-04-21",
            ),
            (vec![hold("2025-12-01", "2026-01-05")], "2026-01-01:held 2026-01-05:2026-04-05"),
            (vec![hold("2025-12-01", "2025-12-05")], "2026-01-01:2026-04-01"),
        ] {
            assert_eq!(shown(&decides.dues(day("2026-01-01"), &holds)), expected, "{holds:?}");
        }
        let state = Clock::calendar(30);
        let holds = [hold("2026-01-02", "2026-01-20")];
        assert_eq!(shown(&state.dues(day("2026-01-01"), &holds)), "2026-01-01:2026-01-31");
    }

    #[test]
    fn a_working_day_clock_moves_by_the_working_days_of_a_hold() {
        let clock = Clock::working(5, Calendar::weekends()).pausing_on_hold();
        let hold = [Pause { from: day("2026-11-25"), to: Some(day("2026-11-30")) }];
        assert_eq!(clock.end(day("2026-11-23")), day("2026-11-30"));
        // Wednesday to Friday were held: three working days, the weekend counts for nothing.
        assert_eq!(
            shown(&clock.dues(day("2026-11-23"), &hold)),
            "2026-11-23:2026-11-30 2026-11-25:held 2026-11-30:2026-12-03"
        );
    }

    proptest! {
        #[test]
        fn a_hold_never_makes_a_clock_end_earlier(
            days in 0_u32..200,
            holds in prop::collection::vec((0_u64..300, 0_u64..60), 0..6),
        ) {
            let start = day("2026-01-01");
            let holds: Vec<Pause> = holds
                .into_iter()
                .map(|(from, long)| Pause { from: days_after(start, from), to: Some(days_after(start, from + long)) })
                .collect();
            let clock = Clock::calendar(days).pausing_on_hold();
            let dues = clock.dues(start, &holds);
            let ends: Vec<NaiveDate> = dues.iter().filter_map(|due| due.on).collect();
            prop_assert!(ends.is_sorted());
            prop_assert!(ends.iter().all(|end| *end >= clock.end(start)));
            prop_assert!(dues.iter().map(|due| due.known_on).is_sorted_by(|one, other| one < other));
        }
    }
}
