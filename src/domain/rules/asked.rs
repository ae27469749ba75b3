//! An act as it is put together by hand: on the advisor's page, on the command line.

use serde_json::{Map, Value};

use crate::domain::id::Id;
use crate::domain::record::{ActKind, GoodsClass, RecordKind, typed};
use crate::domain::schema::{Field, FieldError, FieldKind, read, record};

record! {
    /// What is done, by whom, with what, on which way. What is left empty follows from the item and the organisation.
    AskedAct {
        act: Option<ActKind>, "What is done" = Field::choice(ActKind::WORDS).required();
        on: Option<chrono::NaiveDate>, "On" = Field::day().help("Empty: the day the window shows");
        country: Option<String>, "Country of the one who acts" = Field::of(FieldKind::Country)
            .help("Empty: our organisation's");
        us_person: bool, "Acts as a US person" = Field::of(FieldKind::Flag)
            .help("Whoever acts from the US does in any case");
        item: Option<Id>, "Item" = Field::link(&[RecordKind::Item]).section("Goods");
        hs_code: Option<String>, "HS code" = Field::of(FieldKind::HsCode).help("Instead of the item's");
        goods_class: Option<GoodsClass>, "Count it as" = Field::choice(GoodsClass::WORDS)
            .help("Empty: as the item says, or deduced from the HS code");
        eccn: String, "ECCN" = Field::text().help("Instead of the item's; for example EAR99");
        us_origin: bool, "US origin" = Field::of(FieldKind::Flag);
        transit: Option<String>, "Passes through" = Field::of(FieldKind::Country).section("The way, the traveller");
        transit_too: Option<String>, "And through" = Field::of(FieldKind::Country);
        passport: Option<String>, "Country of the passport" = Field::of(FieldKind::Country);
        many_trips: bool, "Several trips" = Field::of(FieldKind::Flag);
    }
}

impl AskedAct {
    /// An act of which only the kind is known.
    #[must_use]
    pub fn of(act: ActKind) -> Self {
        Self { act: Some(act), ..Self::default() }
    }

    /// What was typed, as an act; every field that cannot be read where not.
    pub fn read(draft: &Map<String, Value>) -> Result<Self, Vec<FieldError>> {
        let image = read::read(Self::FIELDS, draft)?;
        typed(&image).map_err(|error| vec![error])
    }
}
