//! Papers: what a packing list, a declaration or an invoice says line by line, to be held against the letter.

use super::{Record, RecordKind};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldKind, ListOf, record};
use crate::domain::word::words;

words! {
    /// What a paper is.
    pub enum PaperKind {
        PackingList = "packing_list", "Packing list";
        Declaration = "declaration", "Customs declaration";
        Invoice = "invoice", "Invoice";
    }
}

record! {
    /// A line as the paper prints it.
    PaperLine {
        line: Option<u32>, "Shipment line" = Field::of(FieldKind::Count).help("The line of the shipment it stands for");
        wording: String, "Wording" = Field::text().help("In the paper's own words, in its own language").required();
        quantity: Option<Quantity>, "Quantity" = Field::of(FieldKind::Quantity);
        unit: Option<String>, "Unit" = Field::of(FieldKind::Unit).help("Empty: the item's base unit");
        hs: Option<String>, "HS code" = Field::of(FieldKind::HsCode);
        packages: Option<u32>, "Packages" = Field::of(FieldKind::Count);
        origin: Option<String>, "Made in" = Field::of(FieldKind::Country);
        value: Option<Money>, "Value" = Field::of(FieldKind::Money);
        remark: String, "Remark" = Field::text();
    }
}

record! {
    /// A paper that goes with a shipment.
    Paper {
        reference: String, "Reference" = Field::text();
        shipment: Option<Id>, "Shipment" = Field::link(&[RecordKind::Shipment]).parent();
        kind: Option<PaperKind>, "What it is" = Field::choice(PaperKind::WORDS).required();
        number: String, "Number" = Field::text().help("As the paper prints it");
        on: Option<FuzzyDate>, "Dated" = Field::of(FieldKind::FuzzyDay);
        issued_by: Option<Id>, "Made by" = Field::link(&[RecordKind::Party]);
        lines: Vec<PaperLine>, "Lines" = Field::list(&ListOf { singular: "line", fields: PaperLine::FIELDS })
            .section("What it says");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Paper {
    fn title(&self) -> String {
        let kind = self.kind.map_or("Paper", PaperKind::label);
        if self.number.is_empty() { kind.to_owned() } else { format!("{kind} {}", self.number) }
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on
    }
}
