//! A shipment or a trip on other days: what was planned moves, and its legs with it.
//!
//! Where only the first day moves, everything moves by as many days. Where the last day moves by itself, what lies after the
//! departure (of a trip: its last leg) moves with it.

use chrono::{Days, NaiveDate};

use crate::domain::record::{Shipment, Trip};

/// The days that are moved; `None`: that day is not moved by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MovedDates {
    /// The day of the departure.
    pub first: Option<NaiveDate>,
    /// The day of the arrival, of a trip the return.
    pub last: Option<NaiveDate>,
}

/// By how many days the beginning and the end move.
#[derive(Debug, Clone, Copy)]
struct By {
    first: i64,
    last: i64,
}

impl MovedDates {
    /// Whether nothing is moved.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.first.is_none() && self.last.is_none()
    }

    /// The shipment on these days.
    #[must_use]
    pub fn shipment(self, shipment: &Shipment) -> Shipment {
        let mut moved = shipment.clone();
        let legs = &shipment.legs;
        let leaves = shipment.planned_on.or_else(|| legs.iter().filter_map(|leg| leg.departs_on).min());
        let arrives = shipment.expected_on.or_else(|| legs.iter().filter_map(|leg| leg.arrives_on).max());
        let by = self.by(leaves, arrives);
        moved.planned_on = self.first.or(shipment.planned_on);
        moved.expected_on = self.last.or_else(|| shifted(shipment.expected_on, by.last));
        for (at, leg) in moved.legs.iter_mut().enumerate() {
            leg.departs_on = shifted(leg.departs_on, if at == 0 { by.first } else { by.last });
            leg.arrives_on = shifted(leg.arrives_on, by.last);
        }
        moved
    }

    /// The trip on these days.
    #[must_use]
    pub fn trip(self, trip: &Trip) -> Trip {
        let mut moved = trip.clone();
        let legs = &trip.legs;
        let departs = trip.departs_on.or_else(|| legs.iter().filter_map(|leg| leg.departs_on).min());
        let returns = trip.returns_on.or_else(|| legs.iter().filter_map(|leg| leg.arrives_on).max());
        let by = self.by(departs, returns);
        moved.departs_on = self.first.or(trip.departs_on);
        moved.returns_on = self.last.or_else(|| shifted(trip.returns_on, by.last));
        let last = legs.len().saturating_sub(1);
        for (at, leg) in moved.legs.iter_mut().enumerate() {
            let days = if at > 0 && at == last { by.last } else { by.first };
            leg.departs_on = shifted(leg.departs_on, days);
            leg.arrives_on = shifted(leg.arrives_on, days);
        }
        moved
    }

    fn by(self, first: Option<NaiveDate>, last: Option<NaiveDate>) -> By {
        let days =
            |to: Option<NaiveDate>, from: Option<NaiveDate>| to.zip(from).map(|(to, from)| (to - from).num_days());
        let first = days(self.first, first).unwrap_or(0);
        // A first day that moves alone takes the rest along; a last day that is given and was not known moves nothing.
        let last = if self.last.is_some() { days(self.last, last).unwrap_or(0) } else { first };
        By { first, last }
    }
}

fn shifted(day: Option<NaiveDate>, by: i64) -> Option<NaiveDate> {
    let days = Days::new(by.unsigned_abs());
    let moved = |day: NaiveDate| if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) };
    day.map(|day| moved(day).unwrap_or(day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::{ShipmentLeg, TravelLeg};

    fn day(text: &str) -> Option<NaiveDate> {
        (!text.is_empty()).then(|| text.parse().unwrap())
    }

    fn shipment() -> Shipment {
        let leg =
            |from: &str, to: &str| ShipmentLeg { departs_on: day(from), arrives_on: day(to), ..ShipmentLeg::default() };
        Shipment {
            planned_on: day("2027-02-15"),
            expected_on: day("2027-03-20"),
            legs: vec![leg("2027-02-15", "2027-03-01"), leg("2027-03-10", "2027-03-20")],
            ..Shipment::default()
        }
    }

    fn days(moved: &Shipment) -> Vec<String> {
        let legs = moved.legs.iter().flat_map(|leg| [leg.departs_on, leg.arrives_on]);
        let all = [moved.planned_on, moved.expected_on].into_iter().chain(legs);
        all.map(|day| day.map(|day| day.to_string()[5..].to_owned()).unwrap_or_default()).collect()
    }

    #[test]
    fn legs_move_with_the_days_of_a_shipment() {
        for (ship, arrive, expected) in [
            ("", "", ["02-15", "03-20", "02-15", "03-01", "03-10", "03-20"]),
            ("2027-02-25", "", ["02-25", "03-30", "02-25", "03-11", "03-20", "03-30"]),
            ("2027-02-05", "", ["02-05", "03-10", "02-05", "02-19", "02-28", "03-10"]),
            ("", "2027-03-30", ["02-15", "03-30", "02-15", "03-11", "03-20", "03-30"]),
            ("2027-02-20", "2027-03-21", ["02-20", "03-21", "02-20", "03-02", "03-11", "03-21"]),
        ] {
            let moved = MovedDates { first: day(ship), last: day(arrive) }.shipment(&shipment());
            assert_eq!(days(&moved), expected, "{ship} {arrive}");
        }
    }

    #[test]
    fn a_day_that_was_not_known_is_set_and_moves_nothing_else() {
        let known = Shipment { planned_on: None, legs: Vec::new(), ..shipment() };
        let moved = MovedDates { first: day("2027-01-01"), last: None }.shipment(&known);
        assert_eq!((moved.planned_on, moved.expected_on), (day("2027-01-01"), day("2027-03-20")));
    }

    #[test]
    fn a_trip_stays_longer_where_only_its_return_moves() {
        let leg = |on: &str| TravelLeg { departs_on: day(on), arrives_on: day(on), ..TravelLeg::default() };
        let trip = Trip {
            departs_on: day("2027-04-12"),
            returns_on: day("2027-04-24"),
            legs: vec![leg("2027-04-12"), leg("2027-04-15"), leg("2027-04-24")],
            ..Trip::default()
        };
        let moved = MovedDates { first: None, last: day("2027-05-01") }.trip(&trip);
        let legs: Vec<Option<NaiveDate>> = moved.legs.iter().map(|leg| leg.departs_on).collect();
        assert_eq!(legs, [day("2027-04-12"), day("2027-04-15"), day("2027-05-01")]);
        let moved = MovedDates { first: day("2027-04-22"), last: None }.trip(&trip);
        assert_eq!((moved.returns_on, moved.legs[1].arrives_on), (day("2027-05-04"), day("2027-04-25")));
    }
}
