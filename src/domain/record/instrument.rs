//! Instruments: the kinds of permission that an authority gives.

use super::{Record, RecordKind};
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldKind, record};
use crate::domain::word::words;

words! {
    /// The act at which a permission is used up and its window is tested.
    pub enum UsePoint {
        Export = "export", "Export from the country of origin";
        Entry = "entry", "Entry into the country";
        Activity = "activity", "The activity itself";
        Travel = "travel", "Crossing the border";
        Transit = "transit", "Transit";
    }
}

record! {
    /// A kind of permission that one authority gives.
    Instrument {
        reference: String, "Code" = Field::text().required().help("For example humanitarian_exemption");
        name: String, "Name" = Field::text().required();
        authority: Option<Id>, "Authority" = Field::link(&[RecordKind::Authority]).required();
        use_point: Option<UsePoint>, "Used at" = Field::choice(UsePoint::WORDS);
        takes_shipment_slot: bool, "A shipment takes a slot" = Field::of(FieldKind::Flag);
        returns_free_quantity: bool, "Returned goods free quantity" = Field::of(FieldKind::Flag);
        silence_days: Option<u32>, "Cleared by silence after, days" = Field::of(FieldKind::Count)
            .help("Days after sending on which silence clears it; empty where silence clears nothing");
        citation: String, "Legal basis" = Field::text();
        source: String, "Source of this entry" = Field::text();
        checked_on: Option<chrono::NaiveDate>, "Checked on" = Field::day();
    }
}

impl Record for Instrument {
    fn title(&self) -> String {
        self.name.clone()
    }
}
