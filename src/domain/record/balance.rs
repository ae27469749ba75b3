//! Balances: what an authority's letter says is left. They are held against the bookings.

use super::permission::Measure;
use super::{Record, RecordKind};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldKind, record};

record! {
    /// "The letter of 3 May says 400 are left": it fails loudly where the bookings say otherwise.
    Balance {
        reference: String, "Reference" = Field::text();
        permission: Option<Id>, "Permission" = Field::link(&[RecordKind::Permission]).parent();
        grant_line: Option<u32>, "Grant line no." = Field::of(FieldKind::Count).required();
        measure: Option<Measure>, "Measure" = Field::choice(Measure::WORDS).required();
        left: Option<Quantity>, "Left" = Field::of(FieldKind::QuantityOrZero).required()
            .help("Used quantities are taken off, reserved ones are not: an authority counts what was used");
        on: Option<chrono::NaiveDate>, "At the end of" = Field::day().required();
        letter: String, "Which letter says so" = Field::text().required();
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Balance {
    fn title(&self) -> String {
        let left = self.left.map(Quantity::grouped).unwrap_or_default();
        format!("{left} left by {}", self.letter)
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on.map(FuzzyDate::day)
    }
}
