//! Bookings: what ties a shipment line or a traveller to a line of a permission. Whether it is reserved, used, released or
//! returned follows from the dates of what it is booked for.

use super::{Record, RecordKind, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldError, FieldKind, Problem, record};

record! {
    /// A part of what a permission allows, set aside for one shipment line or one traveller.
    Booking {
        reference: String, "Reference" = Field::text();
        permission: Option<Id>, "Permission" = Field::link(&[RecordKind::Permission]).parent();
        grant_line: Option<u32>, "Grant line no." = Field::of(FieldKind::Count)
            .help("Empty: the letter as a whole, where it has no lines");
        shipment: Option<Id>, "Shipment" = Field::link(&[RecordKind::Shipment]).section("For what");
        line: Option<u32>, "Line no." = Field::of(FieldKind::Count).help("Of the shipment");
        trip: Option<Id>, "Trip" = Field::link(&[RecordKind::Trip]);
        person: Option<Id>, "Traveller" = Field::link(&[RecordKind::Person]);
        quantity: Option<Quantity>, "Quantity" = Field::of(FieldKind::Quantity).section("How much");
        unit: Option<String>, "Unit" = Field::of(FieldKind::Unit).help("Empty: the item's base unit");
        value: Option<Money>, "Value" = Field::of(FieldKind::Money);
        entries: Option<u32>, "Entries" = Field::of(FieldKind::Count).help("Of a traveller; empty: one");
        booked_on: Option<chrono::NaiveDate>, "Booked on" = Field::day().required().section("When");
        released_on: Option<chrono::NaiveDate>, "Given back on" = Field::day().help("Before it was used");
        returned: Option<Quantity>, "Came back" = Field::of(FieldKind::Quantity);
        returned_on: Option<chrono::NaiveDate>, "Came back on" = Field::day();
        override_reason: String, "Why it may go beyond" = Field::text()
            .help("More than is left can be planned with a reason. It stays in sight");
        incident: Option<Id>, "Incident" = Field::link(&[RecordKind::Incident])
            .help("Where more was used than was permitted");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Booking {
    fn title(&self) -> String {
        let quantity = self.quantity.map(Quantity::grouped).unwrap_or_default();
        match (self.grant_line, self.person.is_some()) {
            (_, true) => "Booked for a traveller".to_owned(),
            (Some(line), false) => format!("{quantity} booked of line {line}"),
            (None, false) => format!("{quantity} booked").trim().to_owned(),
        }
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.booked_on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.booked_on, self.released_on, ("released_on", "Given back on"), &mut problems);
        check_order(self.booked_on, self.returned_on, ("returned_on", "Came back on"), &mut problems);
        let mut refuse = |path: &str, label: &str, rule: &str| {
            problems.push(FieldError::at(path, label, Problem::Rule(rule.to_owned())));
        };
        match (self.shipment, self.trip) {
            (Some(_), Some(_)) => {
                refuse("trip", "Trip", "A booking is for a shipment or for a trip. Empty one of the two");
            }
            (None, None) => refuse("shipment", "Shipment", "Choose the shipment or the trip that it is booked for"),
            (Some(_), None) if self.line.is_none() => refuse("line", "Line no.", "Choose the line of the shipment"),
            (Some(_), None) if self.quantity.is_none() => refuse("quantity", "Quantity", "Write how much is booked"),
            (None, Some(_)) if self.person.is_none() => refuse("person", "Traveller", "Choose the traveller"),
            _ => {}
        }
        if self.returned.is_some() != self.returned_on.is_some() {
            refuse("returned_on", "Came back on", "Write both how much came back and on which day, or neither");
        }
        if self.returned > self.quantity {
            refuse("returned", "Came back", "More came back than was booked. Write at most what was booked");
        }
        problems
    }
}
