//! When something is used: on its way a shipment meets each authority on a day of its own.

use chrono::NaiveDate;

use super::UseDay;
use crate::domain::date::FuzzyDate;
use crate::domain::record::{Shipment, ShipmentEventKind, UsePoint};
use crate::domain::status::shipment::ShipmentFacts;

/// The days on which a shipment meets those who permit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct UseDays {
    /// It leaves the country of export.
    pub export: Option<UseDay>,
    /// It enters a country of transit.
    pub transit: Option<UseDay>,
    /// It enters the country.
    pub entry: Option<UseDay>,
    /// The work that it is for begins.
    pub activity: Option<UseDay>,
    /// It was cancelled: what was booked and not used is free again.
    pub cancelled: Option<NaiveDate>,
}

impl UseDays {
    /// The days of a shipment. What happened stands before what is planned.
    #[must_use]
    pub fn of(facts: &ShipmentFacts) -> Self {
        let shipment = &facts.shipment;
        let event = |kind: ShipmentEventKind| {
            let of_kind = facts.events.iter().filter(|event| event.kind == Some(kind));
            of_kind.filter_map(|event| event.on).map(FuzzyDate::last).min()
        };
        let received = facts.receipts.iter().filter_map(|receipt| receipt.on).map(FuzzyDate::last).min();
        let dispatched = event(ShipmentEventKind::Dispatched);
        let arrived = event(ShipmentEventKind::Arrived).or(received);
        let export = day(dispatched, shipment.planned_on.or(first_departure(shipment)));
        let entered = event(ShipmentEventKind::Entered).or(arrived);
        let through = shipment.legs.iter().find(|leg| leg.through.is_some()).and_then(|leg| leg.departs_on);
        let border = shipment.legs.iter().find(|leg| leg.crosses_border).and_then(|leg| leg.arrives_on);
        let last_arrival = shipment.legs.iter().filter_map(|leg| leg.arrives_on).max();
        let planned_arrival = shipment.expected_on.or(last_arrival);
        Self {
            export,
            transit: transit(through, dispatched, entered).or(export),
            entry: day(entered, border.or(planned_arrival)),
            activity: day(arrived, planned_arrival.or(border)),
            cancelled: event(ShipmentEventKind::Cancelled),
        }
    }

    /// The day on which a permission is used whose use point is this one.
    #[must_use]
    pub const fn at(&self, point: UsePoint) -> Option<UseDay> {
        match point {
            UsePoint::Export => self.export,
            UsePoint::Transit => self.transit,
            UsePoint::Entry | UsePoint::Travel => self.entry,
            UsePoint::Activity => self.activity,
        }
    }
}

/// Nobody records the day of transit: it is that of its leg, not before the dispatch and not after the entry, and it has
/// happened where the entry has.
fn transit(leg: Option<NaiveDate>, dispatched: Option<NaiveDate>, entered: Option<NaiveDate>) -> Option<UseDay> {
    let on = leg?.max(dispatched.unwrap_or(NaiveDate::MIN));
    Some(UseDay { on: entered.map_or(on, |entered| on.min(entered)), happened: entered.is_some() })
}

fn day(happened: Option<NaiveDate>, planned: Option<NaiveDate>) -> Option<UseDay> {
    match (happened, planned) {
        (Some(on), _) => Some(UseDay { on, happened: true }),
        (None, planned) => planned.map(|on| UseDay { on, happened: false }),
    }
}

fn first_departure(shipment: &Shipment) -> Option<NaiveDate> {
    shipment.legs.iter().filter_map(|leg| leg.departs_on).min()
}
