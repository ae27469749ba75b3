//! The life of a lot: expected, in store, short of shelf life, expired, gone; and where how much of it lies on a day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::{Illegal, Span, Status, spans};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::word::words;

words! {
    /// How a lot stands.
    pub enum LotStage {
        Expected = "lot_expected", "Expected";
        InStore = "in_store", "In store";
        ShortDated = "short_dated", "Short of shelf life";
        Expired = "lot_expired", "Expired in store";
        Gone = "gone", "Nothing left in store";
    }
}

/// How many days before its expiry goods count as short of shelf life: nine months, under which consignees and customs
/// begin to refuse medicines (the customary floor for donated medicines is a year at arrival, nine months at the least).
pub const SHORT_DATED_DAYS: u64 = 270;

/// Goods that come to a place or leave it on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// The day.
    pub on: NaiveDate,
    /// The place; `None` where none is named.
    pub site: Option<Id>,
    /// Thousandths of the base unit; below zero where they leave.
    pub change: i64,
    /// What it is, for people: `Shipment SHP-2026-003`.
    pub what: String,
}

/// Everything from which the standing of a lot follows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LotFacts {
    /// The day on which it was taken over.
    pub taken_on: Option<NaiveDate>,
    /// The last day on which it can be used.
    pub expires_on: Option<NaiveDate>,
    /// What came and went, the taking over included, in any order.
    pub flows: Vec<Flow>,
    /// What of it cannot be counted, as a sentence: a unit that does not convert, a line of another item.
    pub odd: Option<String>,
}

impl LotFacts {
    /// How much lies where at the end of a day, in thousandths of the base unit; places with nothing are left out.
    #[must_use]
    pub fn balances(&self, day: NaiveDate) -> BTreeMap<Option<Id>, i64> {
        let mut at: BTreeMap<Option<Id>, i64> = BTreeMap::new();
        for flow in self.flows.iter().filter(|flow| flow.on <= day) {
            *at.entry(flow.site).or_default() += flow.change;
        }
        at.retain(|_, left| *left != 0);
        at
    }

    /// What is left in all places at the end of a day.
    #[must_use]
    pub fn left(&self, day: NaiveDate) -> i64 {
        self.flows.iter().filter(|flow| flow.on <= day).map(|flow| flow.change).sum()
    }

    /// Refuses what would leave less than nothing anywhere at the end of any day, and what happened before it was there.
    /// `place` says the name of a place.
    pub fn check(&self, place: impl Fn(Option<Id>) -> String) -> Result<(), Illegal> {
        if let Some(odd) = &self.odd {
            return Err(Illegal::Contradiction(odd.clone()));
        }
        let days: BTreeSet<NaiveDate> = self.flows.iter().map(|flow| flow.on).collect();
        for day in days {
            let Some((site, missing)) = self.balances(day).into_iter().find(|(_, left)| *left < 0) else { continue };
            let leaves = |flow: &&Flow| flow.on <= day && flow.site == site && flow.change < 0;
            let last = self.flows.iter().filter(leaves).max_by_key(|flow| flow.on);
            let what = last.map_or_else(String::new, |flow| format!(" with {}", flow.what));
            let left = |thousandths: i64| Quantity::from_thousandths(thousandths).unwrap_or_default();
            let leaving = last.map_or(0, |flow| -flow.change);
            return Err(Illegal::Contradiction(format!(
                "{} leave {}{what} on {day}, but {} lie there. Mend the quantity, the place or the day",
                left(leaving),
                place(site),
                left(leaving + missing)
            )));
        }
        Ok(())
    }

    /// Its history as spans.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        let mut days: BTreeSet<NaiveDate> = self.flows.iter().map(|flow| flow.on).collect();
        days.extend(self.taken_on);
        days.extend(self.expires_on.and_then(|last| last.checked_sub_days(Days::new(SHORT_DATED_DAYS))));
        days.extend(self.expires_on.and_then(|last| last.succ_opt()));
        let first = self.taken_on;
        days.retain(|day| first.is_some_and(|first| *day >= first));
        spans(days, |day| Some(self.on(day)))
    }

    fn on(&self, day: NaiveDate) -> Status {
        let gone = self.flows.iter().filter(|flow| flow.on <= day && flow.change < 0).map(|flow| flow.on).max();
        let stage = self.stage(day);
        Status {
            stage: stage.word(),
            outcome: "",
            validity: "",
            was: "",
            begun_on: self.taken_on.map(FuzzyDate::day),
            settled_on: gone.filter(|_| stage == LotStage::Gone).map(FuzzyDate::day),
            until_on: self.expires_on.map(FuzzyDate::day),
        }
    }

    fn stage(&self, day: NaiveDate) -> LotStage {
        if self.taken_on.is_none_or(|on| on > day) {
            return LotStage::Expected;
        }
        if self.left(day) <= 0 {
            return LotStage::Gone;
        }
        match self.expires_on {
            Some(last) if day > last => LotStage::Expired,
            Some(last) if (last - day).num_days() <= SHORT_DATED_DAYS.cast_signed() => LotStage::ShortDated,
            _ => LotStage::InStore,
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

    fn flow(on: &str, site: i64, change: i64) -> Flow {
        Flow { on: day(on), site: Some(Id(site)), change: change * 1000, what: "Movement M1".into() }
    }

    fn lot(flows: Vec<Flow>) -> LotFacts {
        LotFacts { taken_on: Some(day("2026-01-10")), expires_on: Some(day("2027-01-31")), flows, odd: None }
    }

    fn name(site: Option<Id>) -> String {
        site.map_or_else(|| "nowhere".to_owned(), |site| format!("place {site}"))
    }

    #[test]
    fn goods_wait_between_consignments_and_what_is_left_is_known_on_each_day() {
        let facts = lot(vec![
            flow("2026-01-10", 1, 1000),
            flow("2026-02-01", 1, -400),
            flow("2026-02-01", 2, 400),
            flow("2026-03-01", 2, -400),
            flow("2026-05-10", 1, -600),
        ]);
        assert_eq!(facts.check(name), Ok(()));
        for (on, stage, left) in [
            ("2026-01-09", "lot_expected", 0),
            ("2026-01-10", "in_store", 1000),
            ("2026-03-01", "in_store", 600),
            ("2026-05-06", "short_dated", 600),
            ("2026-05-10", "gone", 0),
        ] {
            assert_eq!(facts.on(day(on)).stage, stage, "{on}");
            assert_eq!(facts.left(day(on)), left * 1000, "{on}");
        }
        assert_eq!(facts.spans().last().unwrap().status.stage, "gone");
    }

    #[test]
    fn what_lies_there_after_its_last_day_has_expired_in_store() {
        let facts = lot(vec![flow("2026-01-10", 1, 5)]);
        assert_eq!(facts.on(day("2027-01-31")).stage, "short_dated");
        assert_eq!(facts.on(day("2027-02-01")).stage, "lot_expired");
        assert_eq!(facts.spans().last().unwrap().from, day("2027-02-01"));
    }

    #[test]
    fn more_than_lies_there_cannot_leave_even_for_one_day() {
        let facts = lot(vec![flow("2026-01-10", 1, 100), flow("2026-02-01", 1, -140), flow("2026-02-03", 1, 60)]);
        let said = facts.check(name).unwrap_err().to_string();
        assert!(said.starts_with("140 leave place 1 with Movement M1 on 2026-02-01, but 100 lie there"), "{said}");
    }

    proptest! {
        #[test]
        fn a_lot_that_is_accepted_never_holds_less_than_nothing(
            flows in prop::collection::vec((0_u64..40, 0_i64..3, -60_i64..60), 0..12),
        ) {
            let first = day("2026-01-10");
            let mut all = vec![Flow { on: first, site: Some(Id(0)), change: 100, what: String::new() }];
            all.extend(flows.into_iter().map(|(after, site, change)| Flow {
                on: first + Days::new(after), site: Some(Id(site)), change, what: String::new(),
            }));
            let facts = LotFacts { taken_on: Some(first), expires_on: None, flows: all, odd: None };
            let below = (0..45).any(|after| facts.balances(first + Days::new(after)).values().any(|left| *left < 0));
            prop_assert_eq!(facts.check(name).is_err(), below);
        }
    }
}
