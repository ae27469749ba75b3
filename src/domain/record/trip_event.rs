//! Trip events: dated things that happened to a journey.

use super::{Record, RecordKind};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldKind, record};
use crate::domain::word::words;

words! {
    /// What happened to a trip.
    pub enum TripEventKind {
        Departed = "departed", "Departed";
        Returned = "returned", "Returned";
        Cancelled = "cancelled", "Cancelled";
    }
}

record! {
    /// Something dated that happened to a trip.
    TripEvent {
        reference: String, "Reference" = Field::text();
        trip: Option<Id>, "Trip" = Field::link(&[RecordKind::Trip]).parent();
        kind: Option<TripEventKind>, "What happened" = Field::choice(TripEventKind::WORDS).required();
        on: Option<FuzzyDate>, "On" = Field::of(FieldKind::FuzzyDay).required();
        text: String, "Remarks" = Field::long_text();
    }
}

impl Record for TripEvent {
    fn title(&self) -> String {
        self.kind.map_or("Event", TripEventKind::label).to_owned()
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on
    }
}
