//! Items: goods, how they are classified and how they are counted.

use super::rule::GoodsClass;
use super::{Record, RecordKind};
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldKind, ListOf, record};
use crate::domain::word::words;

words! {
    /// The edition of the Harmonized System in which a code was given.
    pub enum HsEdition {
        Hs2012 = "hs_2012", "HS 2012";
        Hs2017 = "hs_2017", "HS 2017";
        Hs2022 = "hs_2022", "HS 2022";
        Hs2028 = "hs_2028", "HS 2028";
    }
}

record! {
    /// How an item is packed: a box of 672 tablets.
    Pack {
        name: String, "Name" = Field::text().required().help("For example box of 672");
        unit: Option<String>, "Unit" = Field::of(FieldKind::Unit).help("For example XBX for a box");
        contains: Option<Quantity>, "Contains" = Field::of(FieldKind::Quantity).required().help("In the base unit");
    }
}

record! {
    /// A part of a kit, with an HS code of its own: one nail clipper can hold up a container.
    Component {
        name: String, "Name" = Field::text().required();
        quantity: Option<Quantity>, "Per kit" = Field::of(FieldKind::Quantity).required();
        unit: Option<String>, "Unit" = Field::of(FieldKind::Unit);
        hs_code: Option<String>, "HS code" = Field::of(FieldKind::HsCode);
        eccn: String, "ECCN" = Field::text();
        us_origin: bool, "US origin" = Field::of(FieldKind::Flag);
    }
}

record! {
    /// A kind of goods.
    Item {
        reference: String, "Code" = Field::text();
        name: String, "Name" = Field::text().required();
        name_ko: String, "Name in Korean" = Field::text();
        name_zh: String, "Name in Chinese" = Field::text();
        category: Option<Id>, "Category" = Field::link(&[RecordKind::Category]);
        specification: String, "Specification" = Field::text();
        base_unit: Option<String>, "Base unit" = Field::of(FieldKind::Unit).required()
            .help("Everything is counted in it: U2 tablet, KGM kilogram, H87 piece");
        hs_code: Option<String>, "HS code" = Field::of(FieldKind::HsCode).section("Classification");
        hs_edition: Option<HsEdition>, "HS edition" = Field::choice(HsEdition::WORDS);
        classified_by: String, "Classified by" = Field::text();
        classified_on: Option<chrono::NaiveDate>, "Classified on" = Field::day();
        eccn: String, "ECCN" = Field::text().help("US Commerce Control List, or EAR99");
        origin: Option<String>, "Country of origin" = Field::of(FieldKind::Country);
        us_origin: bool, "US origin" = Field::of(FieldKind::Flag);
        us_share: Option<u32>, "US content, per cent" = Field::of(FieldKind::Count)
            .help("Of goods made elsewhere; from 10 on US export rules apply (15 CFR 734.4)");
        goods_class: Option<GoodsClass>, "Rules count it as" = Field::choice(GoodsClass::WORDS)
            .help("Empty: deduced from the HS code");
        manufacturer: String, "Manufacturer" = Field::text();
        packs: Vec<Pack>, "Packs" = Field::list(&ListOf { singular: "pack", fields: Pack::FIELDS })
            .section("Packs and parts");
        components: Vec<Component>, "Kit components" = Field::list(&ListOf {
            singular: "component",
            fields: Component::FIELDS,
        });
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Item {
    fn title(&self) -> String {
        self.name.clone()
    }

    fn categories(&self) -> &[Id] {
        self.category.as_slice()
    }
}
