//! A booking with the days of what it is booked for: from these follows whether it is reserved, used, given back.

use chrono::NaiveDate;

use crate::domain::id::Id;
use crate::domain::record::Measure;
use crate::domain::status::{Span, Status, spans};
use crate::domain::word::words;

/// The day of a use, and whether it happened or is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UseDay {
    /// The day.
    pub on: NaiveDate,
    /// Whether it happened.
    pub happened: bool,
}

words! {
    /// Where a booking stands.
    pub enum BookingStage {
        Reserved = "reserved", "Reserved";
        Used = "used", "Used";
        Released = "released", "Given back";
        CameBack = "came_back", "Came back";
    }
}

/// A part of what a permission allows, set aside for one shipment line or one traveller. Amounts are in thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// The booking.
    pub id: Id,
    /// Its reference.
    pub reference: String,
    /// The grant line; `None`: the letter as a whole.
    pub grant_line: Option<u32>,
    /// The shipment or the trip.
    pub holder: Id,
    /// The line of the shipment.
    pub line: Option<u32>,
    /// The traveller.
    pub person: Option<Id>,
    /// Thousandths of the item's base unit.
    pub quantity: i64,
    /// Thousandths of the currency's major unit, and the currency.
    pub value: Option<(i64, String)>,
    /// Entries, in thousandths like all amounts.
    pub entries: i64,
    /// The day on which it was booked.
    pub booked_on: NaiveDate,
    /// The day on which the permission is used, where the dates of the holder say so.
    pub used: Option<UseDay>,
    /// The day on which it was given back: by hand, or because the holder was cancelled.
    pub released_on: Option<NaiveDate>,
    /// What came back and freed its quantity by a dated rule.
    pub returned: Option<(NaiveDate, i64)>,
    /// Whether it may go beyond what is left: planned with a reason, or used and recorded as an incident.
    pub may_exceed: bool,
    /// Why it cannot be counted: its unit does not convert.
    pub odd: Option<String>,
    /// How much the line holds that it is booked for, in thousandths of the item's base unit; `None` of a traveller.
    pub holds: Option<i64>,
}

impl Booked {
    /// Where it stands on a day; `None` before it was booked or used.
    #[must_use]
    pub fn stage(&self, day: NaiveDate) -> Option<BookingStage> {
        if self.begins_on() > day {
            return None;
        }
        let used = self.used_on().filter(|on| *on <= day);
        Some(match (used, self.released_on.filter(|on| *on <= day)) {
            (Some(used), Some(released)) if released < used => BookingStage::Released,
            (Some(used), _) if self.returned.is_some_and(|(on, _)| used <= on && on <= day) => BookingStage::CameBack,
            (Some(_), _) => BookingStage::Used,
            (None, Some(_)) => BookingStage::Released,
            (None, None) => BookingStage::Reserved,
        })
    }

    /// The day on which it was used, where that has happened.
    #[must_use]
    pub fn used_on(&self) -> Option<NaiveDate> {
        self.used.filter(|used| used.happened).map(|used| used.on)
    }

    /// The day from which it takes something: that on which it was booked, or the use before it where it was typed late.
    #[must_use]
    pub fn begins_on(&self) -> NaiveDate {
        self.used_on().map_or(self.booked_on, |used| used.min(self.booked_on))
    }

    /// Whether it takes something on a day, reserved or used.
    #[must_use]
    pub fn is_active(&self, day: NaiveDate) -> bool {
        !matches!(self.stage(day), None | Some(BookingStage::Released))
    }

    /// How much it takes in a measure on a day, what came back taken off; in money only of its own currency.
    #[must_use]
    pub fn takes(&self, measure: Measure, currency: Option<&str>, day: NaiveDate) -> i64 {
        match measure {
            Measure::Quantity => {
                let back = self.returned.filter(|(on, _)| *on <= day && self.used_on().is_some_and(|used| used <= *on));
                self.quantity - back.map_or(0, |(_, quantity)| quantity.min(self.quantity))
            }
            Measure::Money => match &self.value {
                Some((amount, own)) if currency.is_none_or(|wanted| wanted == own) => *amount,
                _ => 0,
            },
            Measure::Entries => self.entries,
            Measure::People => i64::from(self.person.is_some()) * 1000,
        }
    }

    /// Its history as spans.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        spans(self.days().collect(), |day| {
            let stage = self.stage(day)?;
            let settled = [self.used_on(), self.released_on].into_iter().flatten().filter(|on| *on <= day).min();
            Some(Status::of_stage(stage.word(), [Some(self.booked_on), settled, self.used.map(|used| used.on)]))
        })
    }

    /// The days on which it can have changed.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let returned = self.returned.map(|(on, _)| on);
        [Some(self.begins_on()), Some(self.booked_on), self.used_on(), self.released_on, returned].into_iter().flatten()
    }
}
