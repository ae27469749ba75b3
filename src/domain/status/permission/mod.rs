//! The life of a permission: its window and its amounts, after each later decision.

pub mod amounts;
pub mod booked;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use amounts::Tolerance;
use booked::Booked;

use super::{EXPIRING_DAYS, Illegal, Span, Status, Validity, spans};
use crate::domain::date::{FuzzyDate, days_after, days_before};
use crate::domain::record::{Answer, Decision, Permission};

/// A permission and the decisions that changed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PermissionFacts {
    /// The permission as its letter gave it.
    pub permission: Permission,
    /// The decisions that name it as the one they change, in any order.
    pub changes: Vec<Decision>,
    /// What is booked of it, in any order.
    pub bookings: Vec<Booked>,
    /// Whether each shipment takes one of the shipments it is for.
    pub takes_slots: bool,
    /// How far a use may go beyond a limit.
    pub tolerance: Tolerance,
}

/// What is known of a permission on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionState {
    /// Whether it can be used.
    pub validity: Validity,
    /// Its last day.
    pub until: Option<FuzzyDate>,
    /// How many shipments it is for.
    pub shipment_cap: Option<u32>,
}

/// How a day of use lies to the window of a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowFit {
    /// Inside.
    Inside,
    /// Before its first day, by so many days.
    Early(i64),
    /// After its last day, by so many days.
    Late(i64),
    /// It was suspended.
    Suspended,
    /// It was revoked or replaced.
    Ended(Validity),
}

impl PermissionFacts {
    /// What was true on `day`; `None` before it was given.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Option<PermissionState> {
        let window = self.window_known(day)?;
        let validity = match window.validity(day) {
            usable if usable.is_usable() && self.is_used_up(day) => Validity::UsedUp,
            validity => validity,
        };
        Some(PermissionState { validity, until: window.until, shipment_cap: window.shipment_cap })
    }

    /// Its window for a use on `used`, by the decisions that had been taken by `known`; `None` before it was given. What was
    /// decided after a use does not cure it.
    #[must_use]
    pub fn window(&self, known: NaiveDate, used: NaiveDate) -> Option<WindowFit> {
        Some(self.window_known(known)?.fit(used))
    }

    /// The first and the last day of its window, by the decisions taken until a day; `None` before it was given.
    #[must_use]
    pub fn window_days(&self, known: NaiveDate) -> Option<(NaiveDate, Option<NaiveDate>)> {
        let window = self.window_known(known)?;
        Some((window.from, window.until.map(FuzzyDate::last)))
    }

    /// The window by the decisions taken until a day; `None` before the permission was given.
    fn window_known(&self, known: NaiveDate) -> Option<Window> {
        let given = self.permission.given_on.map(FuzzyDate::last).filter(|given| *given <= known)?;
        let mut window = Window::of(&self.permission, given);
        for change in self.changes_until(known) {
            window.apply(change);
        }
        Some(window)
    }

    /// The days on which its state can have changed.
    pub fn boundaries(&self, days: &mut BTreeSet<NaiveDate>) {
        let mut add_window = |from: Option<NaiveDate>, until: Option<FuzzyDate>| {
            days.extend(from);
            if let Some(until) = until.map(FuzzyDate::last) {
                days.insert(days_before(until, EXPIRING_DAYS));
                days.insert(days_after(until, 1));
            }
        };
        add_window(self.permission.valid_from, self.permission.valid_until);
        for change in &self.changes {
            add_window(change.valid_from, change.valid_until);
        }
        days.extend(self.permission.given_on.map(FuzzyDate::last));
        days.extend(self.changes.iter().filter_map(|change| Some(change.on?.last())));
        days.extend(self.bookings.iter().flat_map(Booked::days));
    }

    /// Its history as spans.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        let mut days = BTreeSet::new();
        self.boundaries(&mut days);
        spans(days, |day| {
            let state = self.on(day)?;
            Some(Status {
                stage: state.validity.word(),
                outcome: "",
                validity: state.validity.word(),
                was: "",
                begun_on: self.permission.given_on,
                settled_on: None,
                until_on: state.until,
            })
        })
    }

    /// Refuses changes that contradict the permission's history.
    pub fn check(&self) -> Result<(), Illegal> {
        let given = self.permission.given_on;
        let revoked = self.changes.iter().find(|change| change.answer == Some(Answer::Revoked));
        for change in &self.changes {
            let (Some(on), Some(answer)) = (change.on, change.answer) else { continue };
            let what = answer.label().to_owned();
            if given.is_some_and(|given| on.certainly_before(given)) {
                return Err(Illegal::Needs { what, on, needs: "Permission given" });
            }
            if answer == Answer::Reinstated && !self.has_before(Answer::Suspended, on) {
                return Err(Illegal::Needs { what, on, needs: Answer::Suspended.label() });
            }
            if let Some(ended) = revoked.and_then(|revoked| revoked.on)
                && ended.certainly_before(on)
            {
                return Err(Illegal::AfterEnd { what, on, end: Answer::Revoked.label().to_owned(), ended });
            }
        }
        self.check_bookings()
    }

    /// Warns of an extension that came when the permission had already ended: it happened, so it is not refused.
    #[must_use]
    pub fn late_extension(&self, decision: &Decision) -> Option<String> {
        let on = decision.on?;
        let before = self.on(days_before(on.last(), 1))?;
        let ended = before.until.filter(|until| until.certainly_before(on))?;
        (decision.answer == Some(Answer::Extended)).then(|| {
            format!(
                "The permission had ended on {ended}, before this extension of {on}. Uses in between are not covered by it"
            )
        })
    }

    fn has_before(&self, answer: Answer, on: FuzzyDate) -> bool {
        self.changes
            .iter()
            .filter(|change| change.answer == Some(answer))
            .filter_map(|change| change.on)
            .any(|earlier| !on.certainly_before(earlier))
    }

    pub(in crate::domain) fn changes_until(&self, day: NaiveDate) -> impl Iterator<Item = &Decision> {
        let dated = |change: &&Decision| change.on.map(FuzzyDate::last);
        let mut changes: Vec<&Decision> =
            self.changes.iter().filter(|change| dated(change).is_some_and(|on| on <= day)).collect();
        changes.sort_by_key(|change| (dated(change), change.answer));
        changes.into_iter()
    }
}

struct Window {
    from: NaiveDate,
    until: Option<FuzzyDate>,
    shipment_cap: Option<u32>,
    suspended: bool,
    ended: Option<Validity>,
}

impl Window {
    fn of(permission: &Permission, given: NaiveDate) -> Self {
        Self {
            from: permission.valid_from.unwrap_or(given),
            until: permission.valid_until,
            shipment_cap: permission.shipment_cap,
            suspended: false,
            ended: None,
        }
    }

    fn apply(&mut self, change: &Decision) {
        match change.answer {
            Some(Answer::Suspended) => self.suspended = true,
            Some(Answer::Reinstated) => self.suspended = false,
            Some(Answer::Revoked) => self.ended = Some(Validity::Revoked),
            Some(Answer::Replaced) => self.ended = self.ended.or(Some(Validity::Replaced)),
            _ => {}
        }
        self.from = change.valid_from.unwrap_or(self.from);
        self.until = change.valid_until.or(self.until);
        self.shipment_cap = change.shipment_cap.or(self.shipment_cap);
    }

    fn fit(&self, day: NaiveDate) -> WindowFit {
        let until = self.until.map(FuzzyDate::last);
        match (self.ended, until) {
            (Some(ended), _) => WindowFit::Ended(ended),
            (None, Some(until)) if day > until => WindowFit::Late((day - until).num_days()),
            _ if day < self.from => WindowFit::Early((self.from - day).num_days()),
            _ if self.suspended => WindowFit::Suspended,
            _ => WindowFit::Inside,
        }
    }

    fn validity(&self, day: NaiveDate) -> Validity {
        let until = self.until.map(FuzzyDate::last);
        match (self.ended, until) {
            (Some(ended), _) => ended,
            (None, Some(until)) if day > until => Validity::Expired,
            _ if self.suspended => Validity::Suspended,
            _ if day < self.from => Validity::NotYet,
            (None, Some(until)) if day >= days_before(until, EXPIRING_DAYS) => Validity::Expiring,
            (None, Some(_)) => Validity::Active,
            (None, None) => Validity::EndNotStated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> FuzzyDate {
        FuzzyDate::parse(text).unwrap()
    }

    fn facts(until: &str, changes: &[(&str, Answer, Option<&str>)]) -> PermissionFacts {
        PermissionFacts {
            permission: Permission {
                given_on: Some(date("2019-01-18")),
                valid_until: Some(date(until)),
                ..Permission::default()
            },
            changes: changes
                .iter()
                .map(|(on, answer, until)| Decision {
                    on: Some(date(on)),
                    answer: Some(*answer),
                    valid_until: until.map(date),
                    ..Decision::default()
                })
                .collect(),
            ..PermissionFacts::default()
        }
    }

    #[test]
    fn a_permission_goes_through_its_window() {
        let facts = facts("2019-07-18", &[]);
        for (day, validity) in [
            ("2019-01-17", None),
            ("2019-01-18", Some(Validity::Active)),
            ("2019-05-18", Some(Validity::Active)),
            ("2019-05-19", Some(Validity::Expiring)),
            ("2019-07-18", Some(Validity::Expiring)),
            ("2019-07-19", Some(Validity::Expired)),
        ] {
            assert_eq!(facts.on(date(day).last()).map(|state| state.validity), validity, "{day}");
        }
    }

    #[test]
    fn later_decisions_change_it_from_their_day_on() {
        let facts = facts(
            "2019-07-18",
            &[
                ("2019-03-01", Answer::Suspended, None),
                ("2019-04-01", Answer::Reinstated, None),
                ("2019-12-18", Answer::Extended, Some("2020-06-18")),
            ],
        );
        for (day, validity) in [
            ("2019-02-28", Validity::Active),
            ("2019-03-01", Validity::Suspended),
            ("2019-04-01", Validity::Active),
            ("2019-12-17", Validity::Expired),
            ("2019-12-18", Validity::Active),
            ("2020-06-19", Validity::Expired),
        ] {
            assert_eq!(facts.on(date(day).last()).unwrap().validity, validity, "{day}");
        }
        assert!(facts.late_extension(&facts.changes[2]).unwrap().contains("2019-07-18"));
        assert_eq!(facts.check(), Ok(()));
    }

    #[test]
    fn nothing_is_reinstated_that_was_not_suspended_and_nothing_follows_a_revocation() {
        let reinstated = facts("2019-07-18", &[("2019-04-01", Answer::Reinstated, None)]);
        assert!(matches!(reinstated.check(), Err(Illegal::Needs { .. })));
        let revoked = [("2019-04-01", Answer::Revoked, None), ("2019-05-01", Answer::Extended, Some("2020-01-01"))];
        assert!(matches!(facts("2019-07-18", &revoked).check(), Err(Illegal::AfterEnd { .. })));
        let early = facts("2019-07-18", &[("2018-12-01", Answer::Extended, Some("2020-01-01"))]);
        assert!(matches!(early.check(), Err(Illegal::Needs { .. })));
    }
}
