//! The life of a shipment: planned, on its way, held, arrived, received.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Illegal, Span, Status, spans};
use crate::domain::date::FuzzyDate;
use crate::domain::quantity::Quantity;
use crate::domain::record::{Distribution, Receipt, ReceiptLine, Shipment, ShipmentEvent, ShipmentEventKind};
use crate::domain::word::words;

words! {
    /// How far a shipment has come.
    pub enum ShipmentStage {
        Planned = "planned", "Planned";
        Dispatched = "dispatched", "Dispatched";
        Held = "held", "Held";
        Arrived = "arrived", "Arrived";
        ReceivedInPart = "received_in_part", "Received in part";
        Received = "received", "Received";
        Cancelled = "cancelled", "Cancelled";
    }
}

/// Everything from which a shipment's status follows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShipmentFacts {
    /// The shipment itself.
    pub shipment: Shipment,
    /// What happened to it, in any order.
    pub events: Vec<ShipmentEvent>,
    /// What arrived, in any order.
    pub receipts: Vec<Receipt>,
    /// What was handed out, in any order.
    pub distributions: Vec<Distribution>,
}

impl ShipmentFacts {
    /// The status on `day`; `None` while nothing was known of it yet.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Option<Status> {
        let begun = self.first_day()?;
        if begun > day {
            return None;
        }
        let stage = self.stage(day);
        let received = matches!(stage, ShipmentStage::Received | ShipmentStage::ReceivedInPart);
        let last_receipt = self.receipts.iter().filter_map(|receipt| receipt.on).filter(|on| on.last() <= day);
        Some(Status {
            stage: stage.word(),
            outcome: "",
            validity: "",
            was: "",
            begun_on: self.dated(ShipmentEventKind::Dispatched, day),
            settled_on: last_receipt.max_by_key(|on| on.last()).filter(|_| received),
            until_on: self.shipment.expected_on.map(FuzzyDate::day),
        })
    }

    /// Its history as spans.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        let mut days: BTreeSet<NaiveDate> = self.first_day().into_iter().collect();
        days.extend(self.events.iter().filter_map(|event| Some(event.on?.last())));
        days.extend(self.receipts.iter().filter_map(|receipt| Some(receipt.on?.last())));
        spans(days, |day| self.on(day))
    }

    /// Refuses facts that contradict one another.
    pub fn check(&self) -> Result<(), Illegal> {
        for kind in [ShipmentEventKind::Dispatched, ShipmentEventKind::Cancelled] {
            let mut same = self.events.iter().filter(|event| event.kind == Some(kind)).filter_map(|event| event.on);
            if let (Some(on), Some(_)) = (same.next(), same.next()) {
                return Err(Illegal::Twice { what: kind.label().to_owned(), on });
            }
        }
        for event in &self.events {
            let (Some(kind), Some(on)) = (event.kind, event.on) else { continue };
            let needs = match kind {
                ShipmentEventKind::Released => ShipmentEventKind::Held,
                ShipmentEventKind::Entered | ShipmentEventKind::Arrived => ShipmentEventKind::Dispatched,
                _ => continue,
            };
            self.needs(kind.label(), on, needs)?;
        }
        for receipt in &self.receipts {
            let Some(on) = receipt.on else { continue };
            self.needs("Receipt", on, ShipmentEventKind::Dispatched)?;
            self.check_lines(receipt)?;
        }
        self.check_amounts()?;
        self.check_handed_out()?;
        self.check_cancelled()
    }

    fn needs(&self, what: &str, on: FuzzyDate, needs: ShipmentEventKind) -> Result<(), Illegal> {
        let there = self.events.iter().filter(|event| event.kind == Some(needs)).filter_map(|event| event.on);
        if there.into_iter().any(|earlier| !on.certainly_before(earlier)) {
            return Ok(());
        }
        Err(Illegal::Needs { what: what.to_owned(), on, needs: needs.label() })
    }

    fn check_lines(&self, receipt: &Receipt) -> Result<(), Illegal> {
        let known = |number| self.shipment.lines.iter().any(|line| line.number == Some(number));
        match receipt.lines.iter().filter_map(|row| row.line).find(|number| !known(*number)) {
            None => Ok(()),
            Some(number) => Err(Illegal::Contradiction(format!(
                "The receipt speaks of line {number}, which the shipment does not have. Give the number of a shipped line"
            ))),
        }
    }

    /// All receipts together account for no more than was shipped; what came on top is surplus.
    fn check_amounts(&self) -> Result<(), Illegal> {
        for line in &self.shipment.lines {
            let rows = self.receipts.iter().flat_map(|receipt| &receipt.lines).filter(|row| row.line == line.number);
            let (mut accounted, mut surplus) = (Quantity::ZERO, Quantity::ZERO);
            for row in rows {
                let parts = [row.received, row.short, row.lost].into_iter().flatten();
                accounted = parts.fold(accounted, Quantity::plus);
                surplus = surplus.plus(row.surplus.unwrap_or_default());
            }
            let shipped = line.quantity.unwrap_or_default();
            if accounted > shipped.plus(surplus) {
                let number = line.number.unwrap_or_default();
                return Err(Illegal::Contradiction(format!(
                    "Line {number}: {accounted} received, short or lost of {shipped} shipped. Mend the figures, or enter what came on top as surplus"
                )));
            }
        }
        Ok(())
    }

    /// On no day was more handed out of a line than had been received of it in a usable state. Dates known only in part
    /// are taken so that only a certain contradiction is refused.
    fn check_handed_out(&self) -> Result<(), Illegal> {
        for distribution in &self.distributions {
            let Some(day) = distribution.on.map(FuzzyDate::last) else { continue };
            self.check_named(distribution)?;
            for number in distribution.lines.iter().filter_map(|row| row.line) {
                let (handed, usable) = (self.handed_out(number, day), self.usable(number, day));
                if handed > usable {
                    return Err(Illegal::Contradiction(format!(
                        "Line {number}: {handed} handed out by {day} with distribution {}, but {usable} were received in a usable state by then. Mend the figures, or record the receipt first",
                        distribution.reference
                    )));
                }
            }
        }
        Ok(())
    }

    /// A distribution speaks of lines that were shipped, and of no other item than theirs.
    fn check_named(&self, distribution: &Distribution) -> Result<(), Illegal> {
        for row in &distribution.lines {
            let Some(number) = row.line else { continue };
            let Some(line) = self.shipment.lines.iter().find(|line| line.number == Some(number)) else {
                return Err(Illegal::Contradiction(format!(
                    "The distribution speaks of line {number}, which the shipment does not have. Give the number of a shipped line"
                )));
            };
            if row.item.is_some() && row.item != line.item {
                return Err(Illegal::Contradiction(format!(
                    "Line {number} of the shipment is of another item than the distribution says. Mend the number of the line, or the item"
                )));
            }
        }
        Ok(())
    }

    /// What had been handed out of a line by the end of a day, in the line's unit.
    #[must_use]
    pub fn handed_out(&self, number: u32, day: NaiveDate) -> Quantity {
        let by_then = self.distributions.iter().filter(|one| one.on.is_some_and(|on| on.last() <= day));
        let rows = by_then.flat_map(|one| &one.lines).filter(|row| row.line == Some(number));
        rows.filter_map(|row| row.quantity).fold(Quantity::ZERO, Quantity::plus)
    }

    /// What had been received of a line and was not damaged, in the line's unit.
    #[must_use]
    pub fn usable(&self, number: u32, day: NaiveDate) -> Quantity {
        let by_then = self.receipts.iter().filter(|receipt| receipt.on.is_some_and(|on| on.first() <= day));
        let rows = by_then.flat_map(|receipt| &receipt.lines).filter(|row| row.line == Some(number));
        let usable = |row: &ReceiptLine| {
            let received = row.received.unwrap_or_default().thousandths();
            received - row.damaged.unwrap_or_default().thousandths()
        };
        Quantity::from_thousandths(rows.map(usable).sum()).unwrap_or_default()
    }

    fn check_cancelled(&self) -> Result<(), Illegal> {
        let Some(ended) = self.dated(ShipmentEventKind::Cancelled, NaiveDate::MAX) else { return Ok(()) };
        let events = self.events.iter().filter_map(|event| Some((event.kind?.label(), event.on?)));
        if let Some(on) = self.receipts.iter().find_map(|receipt| receipt.on) {
            return Err(Illegal::Contradiction(format!(
                "It was received on {on}, so it cannot be cancelled on {ended}. Delete the receipt if it is wrong, or record what happened as an incident"
            )));
        }
        for (what, on) in events {
            if ended.certainly_before(on) {
                let end = ShipmentEventKind::Cancelled.label().to_owned();
                return Err(Illegal::AfterEnd { what: what.to_owned(), on, end, ended });
            }
        }
        Ok(())
    }

    /// The day from which it was known.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        let dated = self.events.iter().filter_map(|event| Some(event.on?.last()));
        let received = self.receipts.iter().filter_map(|receipt| Some(receipt.on?.last()));
        self.shipment.started_on.into_iter().chain(dated).chain(received).min()
    }

    fn dated(&self, kind: ShipmentEventKind, day: NaiveDate) -> Option<FuzzyDate> {
        let of_kind = self.events.iter().filter(|event| event.kind == Some(kind));
        of_kind.filter_map(|event| event.on).find(|on| on.last() <= day)
    }

    fn stage(&self, day: NaiveDate) -> ShipmentStage {
        let mut events: Vec<_> = self
            .events
            .iter()
            .filter_map(|event| Some((event.on?.last(), event.kind?)))
            .filter(|(on, _)| *on <= day)
            .collect();
        events.sort_unstable();
        let mut place = ShipmentStage::Planned;
        let mut held = false;
        for (_, kind) in events {
            match kind {
                ShipmentEventKind::Dispatched => place = ShipmentStage::Dispatched,
                ShipmentEventKind::Arrived => place = ShipmentStage::Arrived,
                ShipmentEventKind::Cancelled => return ShipmentStage::Cancelled,
                ShipmentEventKind::Entered => {}
                ShipmentEventKind::Held => held = true,
                ShipmentEventKind::Released => held = false,
            }
        }
        match self.received(day) {
            Some(ShipmentStage::Received) => ShipmentStage::Received,
            _ if held => ShipmentStage::Held,
            in_part => in_part.unwrap_or(place),
        }
    }

    /// Received in full once every line is accounted for: received, short or lost.
    fn received(&self, day: NaiveDate) -> Option<ShipmentStage> {
        let mut accounted: BTreeMap<u32, Quantity> = BTreeMap::new();
        let by_then = self.receipts.iter().filter(|receipt| receipt.on.is_some_and(|on| on.last() <= day));
        for row in by_then.flat_map(|receipt| &receipt.lines) {
            let parts = [row.received, row.short, row.lost].into_iter().flatten();
            let sum = parts.fold(Quantity::ZERO, Quantity::plus);
            let total = accounted.entry(row.line.unwrap_or_default()).or_default();
            *total = total.plus(sum);
        }
        if accounted.is_empty() {
            return None;
        }
        let complete = self.shipment.lines.iter().all(|line| {
            let there = accounted.get(&line.number.unwrap_or_default()).copied().unwrap_or_default();
            line.quantity.is_none_or(|shipped| there >= shipped)
        });
        Some(if complete { ShipmentStage::Received } else { ShipmentStage::ReceivedInPart })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::{DistributionLine, ShipmentLine};

    fn event(kind: ShipmentEventKind, on: &str) -> ShipmentEvent {
        ShipmentEvent { kind: Some(kind), on: FuzzyDate::parse(on).ok(), ..ShipmentEvent::default() }
    }

    fn receipt(on: &str, received: &str, short: Option<&str>) -> Receipt {
        let quantity = |text: &str| Quantity::parse(text).ok();
        Receipt {
            on: FuzzyDate::parse(on).ok(),
            lines: vec![ReceiptLine {
                line: Some(1),
                received: quantity(received),
                short: short.and_then(quantity),
                ..ReceiptLine::default()
            }],
            ..Receipt::default()
        }
    }

    fn cans(events: Vec<ShipmentEvent>, receipts: Vec<Receipt>) -> ShipmentFacts {
        let line = ShipmentLine { number: Some(1), quantity: Quantity::parse("300").ok(), ..ShipmentLine::default() };
        ShipmentFacts {
            shipment: Shipment {
                started_on: FuzzyDate::parse("2019-01-01").ok().map(FuzzyDate::first),
                lines: vec![line],
                ..Shipment::default()
            },
            events,
            receipts,
            distributions: Vec::new(),
        }
    }

    #[test]
    fn no_more_is_handed_out_than_was_received_in_a_usable_state_by_then() {
        let mut damaged = receipt("2019-04-01", "100", None);
        damaged.lines[0].damaged = Quantity::parse("10").ok();
        let mut facts = cans(
            vec![event(ShipmentEventKind::Dispatched, "2019-02-01")],
            vec![damaged, receipt("2019-05-01", "50", None)],
        );
        let handed_out = |on: &str, quantity: &str| Distribution {
            on: FuzzyDate::parse(on).ok(),
            lines: vec![DistributionLine {
                line: Some(1),
                quantity: Quantity::parse(quantity).ok(),
                ..DistributionLine::default()
            }],
            ..Distribution::default()
        };
        for (distributions, accepted) in [
            (vec![handed_out("2019-04-10", "90")], true),
            (vec![handed_out("2019-04-10", "91")], false),
            (vec![handed_out("2019-03-31", "1")], false),
            (vec![handed_out("2019-04-10", "90"), handed_out("2019-05-01", "50")], true),
            (vec![handed_out("2019-05-02", "140"), handed_out("2019-05-03", "1")], false),
        ] {
            facts.distributions = distributions;
            assert_eq!(facts.check().is_ok(), accepted, "{:?}", facts.distributions);
        }
    }

    #[test]
    fn a_shipment_is_received_once_every_line_is_accounted_for() {
        use ShipmentEventKind::{Arrived, Dispatched, Held, Released};
        let facts = cans(
            vec![
                event(Released, "2019-03-20"),
                event(Dispatched, "2019-02-01"),
                event(Held, "2019-02-10"),
                event(Arrived, "2019-03-25"),
            ],
            vec![receipt("2019-04-01", "260", None), receipt("2019-04-20", "30", Some("10"))],
        );
        assert_eq!(facts.check(), Ok(()));
        for (day, stage) in [
            ("2018-12-31", None),
            ("2019-01-31", Some("planned")),
            ("2019-02-01", Some("dispatched")),
            ("2019-02-10", Some("held")),
            ("2019-03-20", Some("dispatched")),
            ("2019-03-25", Some("arrived")),
            ("2019-04-01", Some("received_in_part")),
            ("2019-04-20", Some("received")),
        ] {
            let day = FuzzyDate::parse(day).unwrap().last();
            assert_eq!(facts.on(day).map(|status| status.stage), stage, "{day}");
        }
    }

    #[test]
    fn what_is_held_after_a_first_part_has_arrived_is_held() {
        use ShipmentEventKind::{Dispatched, Held};
        let events = vec![event(Dispatched, "2019-02-01"), event(Held, "2019-04-10")];
        let facts = cans(events, vec![receipt("2019-04-01", "100", None)]);
        let stage = |day: &str| facts.on(FuzzyDate::parse(day).unwrap().last()).map(|status| status.stage);
        assert_eq!(stage("2019-04-09"), Some("received_in_part"));
        assert_eq!(stage("2019-04-10"), Some("held"));
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        use ShipmentEventKind::{Arrived, Cancelled, Dispatched, Released};
        for (events, receipts) in [
            (vec![event(Arrived, "2019-02-01")], vec![]),
            (vec![event(Released, "2019-02-01")], vec![]),
            (vec![event(Dispatched, "2019-02-01"), event(Dispatched, "2019-02-02")], vec![]),
            (vec![event(Cancelled, "2019-02-01"), event(Dispatched, "2019-02-02")], vec![]),
            (vec![], vec![receipt("2019-02-01", "1", None)]),
            (vec![event(Dispatched, "2019-02-01")], vec![receipt("2019-03-01", "296", Some("5"))]),
        ] {
            assert!(cans(events.clone(), receipts).check().is_err(), "{events:?}");
        }
    }
}
