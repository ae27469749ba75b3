//! Shipment events: dated things that happened to a consignment on its way.

use super::{Record, RecordKind};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldKind, record};
use crate::domain::word::words;

words! {
    /// What happened to a shipment.
    pub enum ShipmentEventKind {
        Dispatched = "dispatched", "Dispatched";
        Held = "held", "Held";
        Released = "released", "Released";
        Entered = "entered", "Entered the country";
        Arrived = "arrived", "Arrived";
        Cancelled = "cancelled", "Cancelled";
    }
}

record! {
    /// Something dated that happened to a shipment.
    ShipmentEvent {
        reference: String, "Reference" = Field::text();
        shipment: Option<Id>, "Shipment" = Field::link(&[RecordKind::Shipment]).parent();
        kind: Option<ShipmentEventKind>, "What happened" = Field::choice(ShipmentEventKind::WORDS).required();
        on: Option<FuzzyDate>, "On" = Field::of(FieldKind::FuzzyDay).required();
        place: String, "Where" = Field::text();
        by: String, "By whom" = Field::text().help("For a hold: customs, bank, carrier");
        text: String, "What was said" = Field::long_text();
    }
}

impl Record for ShipmentEvent {
    fn title(&self) -> String {
        let kind = self.kind.map_or("Event", ShipmentEventKind::label);
        if self.place.is_empty() { kind.to_owned() } else { format!("{kind}, {}", self.place) }
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on
    }
}
