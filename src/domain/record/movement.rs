//! Movements: what happened to goods of a lot in store, besides leaving with a shipment that names the lot.

use super::{Line, LineRole, Lot, Record, RecordKind};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldError, FieldKind, Problem, record};
use crate::domain::word::words;

words! {
    /// What a movement does to the goods in store.
    pub enum MovementKind {
        Moved = "moved", "Moved to another place";
        Returned = "returned", "Came back";
        Found = "found", "Found in a count";
        HandedOut = "handed_out", "Handed out from the store";
        Damaged = "damaged", "Damaged";
        Lost = "lost", "Lost or missing in a count";
        GivenBack = "given_back", "Given back to the supplier";
        Destroyed = "destroyed", "Destroyed";
    }
}

impl MovementKind {
    /// Whether goods leave a place.
    #[must_use]
    pub const fn leaves(self) -> bool {
        !matches!(self, Self::Returned | Self::Found)
    }

    /// Whether goods come to a place.
    #[must_use]
    pub const fn arrives(self) -> bool {
        matches!(self, Self::Moved | Self::Returned | Self::Found)
    }
}

record! {
    /// One movement of goods of a lot.
    Movement {
        reference: String, "Reference" = Field::text();
        lot: Option<Id>, "Lot" = Field::link(&[RecordKind::Lot]).parent();
        kind: Option<MovementKind>, "What happened" = Field::choice(MovementKind::WORDS).required();
        on: Option<chrono::NaiveDate>, "On" = Field::day().required();
        quantity: Option<Quantity>, "Quantity" = Field::of(FieldKind::Quantity).required();
        unit: Option<String>, "Unit" = Field::of(FieldKind::Unit).help("Empty: the item's base unit");
        from: Option<Id>, "From" = Field::link(&[RecordKind::Site]).help("Empty: where the lot lay first");
        to: Option<Id>, "To" = Field::link(&[RecordKind::Site]).help("Empty: where the lot lay first");
        shipment: Option<Id>, "Shipment" = Field::link(&[RecordKind::Shipment]).help("From which goods came back");
        by: String, "Who did it" = Field::text();
        evidence: String, "Evidence" = Field::text().help("Store card, photographs, minutes of destruction");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Movement {
    fn title(&self) -> String {
        self.kind.map_or("Movement", MovementKind::label).to_owned()
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on.map(FuzzyDate::day)
    }

    fn lines(&self) -> Vec<Line> {
        let handed_out = self.kind == Some(MovementKind::HandedOut);
        let line = Line {
            unit: self.unit.clone(),
            site: self.to,
            ..Line::of(LineRole::Distributed, Lot::LINE, None, self.quantity)
        };
        handed_out.then_some(line).into_iter().collect()
    }

    fn check(&self) -> Vec<FieldError> {
        if self.kind == Some(MovementKind::Moved) && self.from == self.to {
            let rule = "It moves from a place to the same place. Choose where it came from and where it went";
            return vec![FieldError::at("to", "To", Problem::Rule(rule.to_owned()))];
        }
        Vec::new()
    }
}
