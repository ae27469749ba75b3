//! The life of a purchase: planned, ordered, delivered in part or whole, cancelled.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Span, Status, spans};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::record::Purchase;
use crate::domain::word::words;

words! {
    /// How far a purchase has come.
    pub enum PurchaseStage {
        Ordered = "ordered", "Ordered";
        DeliveredInPart = "delivered_in_part", "Delivered in part";
        Delivered = "delivered", "Delivered";
        OrderCancelled = "order_cancelled", "Order cancelled";
    }
}

/// Goods of an item that came in on a day, in thousandths of its base unit.
pub type Delivery = (NaiveDate, Id, i64);

/// Everything from which the status of a purchase follows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PurchaseFacts {
    /// The purchase itself.
    pub purchase: Purchase,
    /// What was ordered of each item, in thousandths of its base unit.
    pub ordered: BTreeMap<Id, i64>,
    /// The lots that came of it.
    pub deliveries: Vec<Delivery>,
}

impl PurchaseFacts {
    /// Its history as spans; a purchase without a day of order has none.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        let mut days: BTreeSet<NaiveDate> = self.purchase.ordered_on.into_iter().collect();
        days.extend(self.deliveries.iter().map(|(on, ..)| *on));
        days.extend(self.purchase.cancelled_on);
        spans(days, |day| self.on(day))
    }

    fn on(&self, day: NaiveDate) -> Option<Status> {
        let stage = self.stage(day)?;
        let last = self.deliveries.iter().map(|(on, ..)| *on).filter(|on| *on <= day).max();
        Some(Status {
            stage: stage.word(),
            outcome: "",
            validity: "",
            was: "",
            begun_on: self.purchase.ordered_on.map(FuzzyDate::day),
            settled_on: last.map(FuzzyDate::day),
            until_on: self.purchase.expected_on.map(FuzzyDate::day),
        })
    }

    fn stage(&self, day: NaiveDate) -> Option<PurchaseStage> {
        let came = |item: &Id| {
            let of_it = self.deliveries.iter().filter(|(on, of, _)| *on <= day && of == item);
            of_it.map(|(.., quantity)| *quantity).sum::<i64>()
        };
        let any = self.deliveries.iter().any(|(on, ..)| *on <= day);
        let complete = any && self.ordered.iter().all(|(item, ordered)| came(item) >= *ordered);
        if complete {
            return Some(PurchaseStage::Delivered);
        }
        if self.purchase.cancelled_on.is_some_and(|on| on <= day) {
            return Some(PurchaseStage::OrderCancelled);
        }
        if any {
            return Some(PurchaseStage::DeliveredInPart);
        }
        self.purchase.ordered_on.filter(|on| *on <= day).map(|_| PurchaseStage::Ordered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purchase_is_delivered_once_every_item_came_in_full() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let facts = PurchaseFacts {
            purchase: Purchase { ordered_on: Some(day("2026-01-05")), ..Purchase::default() },
            ordered: [(Id(1), 100), (Id(2), 10)].into(),
            deliveries: vec![
                (day("2026-02-01"), Id(1), 60),
                (day("2026-03-01"), Id(2), 10),
                (day("2026-04-01"), Id(1), 40),
            ],
        };
        for (on, stage) in [
            ("2026-01-04", None),
            ("2026-01-05", Some("ordered")),
            ("2026-02-01", Some("delivered_in_part")),
            ("2026-03-31", Some("delivered_in_part")),
            ("2026-04-01", Some("delivered")),
        ] {
            assert_eq!(facts.on(day(on)).map(|status| status.stage), stage, "{on}");
        }
        let purchase = Purchase { cancelled_on: Some(day("2026-02-20")), ..facts.purchase.clone() };
        let cancelled = PurchaseFacts { purchase, ..facts };
        assert_eq!(cancelled.on(day("2026-03-01")).unwrap().stage, "order_cancelled");
    }
}
