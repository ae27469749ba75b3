//! The life of cash that was carried: carried, not settled in time, settled.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::{Span, Status, spans};
use crate::domain::record::Cash;
use crate::domain::word::words;

words! {
    /// How cash that was carried stands.
    pub enum CashStage {
        Carried = "cash_carried", "Cash carried";
        Unsettled = "cash_unsettled", "Cash not settled in time";
        Settled = "cash_settled", "Cash settled";
    }
}

/// How many days there are to account for cash: thirty, the customary time of donors and auditors for travel advances.
/// They run from the return of the trip, because nobody can hand in receipts while still under way; without a trip, or
/// where its return is not known, from the day on which the cash was taken.
pub const SETTLE_DAYS: u64 = 30;

/// Everything from which the status of cash follows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CashFacts {
    /// The cash itself.
    pub cash: Cash,
    /// The day on which its trip returns, where one is named and its return is known.
    pub returns_on: Option<NaiveDate>,
}

impl CashFacts {
    /// The last day on which it is settled in time.
    #[must_use]
    pub fn settle_by(&self) -> Option<NaiveDate> {
        let from = self.cash.taken_on.max(self.returns_on.filter(|_| self.cash.taken_on.is_some()));
        from.and_then(|from| from.checked_add_days(Days::new(SETTLE_DAYS)))
    }

    /// Its history as spans.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        let mut days: BTreeSet<NaiveDate> = self.cash.taken_on.into_iter().chain(self.cash.settled_on).collect();
        days.extend(self.settle_by().and_then(|last| last.succ_opt()));
        spans(days, |day| Some(self.on(day)))
    }

    fn on(&self, day: NaiveDate) -> Status {
        let settled = self.cash.settled_on.filter(|settled| *settled <= day);
        let stage = if settled.is_some() {
            CashStage::Settled
        } else if self.settle_by().is_some_and(|last| day > last) {
            CashStage::Unsettled
        } else {
            CashStage::Carried
        };
        Status::of_stage(stage.word(), [self.cash.taken_on, settled, self.settle_by()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::status::on;

    #[test]
    fn cash_is_to_be_settled_within_thirty_days_of_the_return() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let facts = |settled: Option<&str>, returns: Option<&str>| CashFacts {
            cash: Cash { taken_on: Some(day("2026-05-01")), settled_on: settled.map(day), ..Cash::default() },
            returns_on: returns.map(day),
        };
        for (facts, at, expected) in [
            (facts(None, None), "2026-04-30", None),
            (facts(None, None), "2026-05-31", Some("cash_carried")),
            (facts(None, None), "2026-06-01", Some("cash_unsettled")),
            (facts(None, Some("2026-05-20")), "2026-06-19", Some("cash_carried")),
            (facts(None, Some("2026-05-20")), "2026-06-20", Some("cash_unsettled")),
            (facts(None, Some("2026-04-01")), "2026-06-01", Some("cash_unsettled")),
            (facts(Some("2026-05-25"), None), "2026-05-25", Some("cash_settled")),
            (facts(Some("2026-07-25"), None), "2026-07-24", Some("cash_unsettled")),
            (facts(Some("2026-07-25"), None), "2026-07-25", Some("cash_settled")),
        ] {
            let spans = facts.spans();
            assert_eq!(on(&spans, day(at)).map(|span| span.status.stage), expected, "{at}");
        }
    }
}
