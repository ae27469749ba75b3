//! Shipments: consignments, their lines, their way and their references.

use super::funding::{FundShare, check_shares};
use super::{Line, LineRole, Record, RecordKind, check_numbers, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, record};
use crate::domain::shares;
use crate::domain::word::words;

words! {
    /// How goods or people move.
    pub enum Mode {
        Sea = "sea", "Sea";
        Air = "air", "Air";
        Rail = "rail", "Rail";
        Road = "road", "Road";
        Hand = "hand", "Carried by hand";
    }
}

words! {
    /// Which way a shipment goes: bans differ for goods going in and coming out.
    pub enum Direction {
        In = "in", "Into the country";
        Out = "out", "Out of the country";
        Within = "within", "Within the country";
    }
}

words! {
    /// What a reference number is.
    pub enum ReferenceKind {
        Waybill = "waybill", "Waybill";
        BillOfLading = "bill_of_lading", "Bill of lading";
        Container = "container", "Container";
        Seal = "seal", "Seal";
        Itn = "itn", "ITN (US export filing)";
        Declaration = "declaration", "Customs declaration";
        Order = "order", "Purchase order";
        Other = "other", "Other";
    }
}

record! {
    /// Goods in a shipment.
    ShipmentLine {
        number: Option<u32>, "No." = Field::of(FieldKind::Count);
        item: Option<Id>, "Item" = Field::link(&[RecordKind::Item]).required();
        quantity: Option<Quantity>, "Quantity" = Field::of(FieldKind::Quantity).required();
        unit: Option<String>, "Unit" = Field::of(FieldKind::Unit).help("Empty: the item's base unit");
        lot: Option<Id>, "Lot" = Field::link(&[RecordKind::Lot]).help("Taken out of store on the day of dispatch");
        batch: String, "Batch" = Field::text();
        expires_on: Option<chrono::NaiveDate>, "Expires on" = Field::day();
        value: Option<Money>, "Value" = Field::of(FieldKind::Money);
        fund: Option<Id>, "Fund" = Field::link(&[RecordKind::Fund]);
        consignee: Option<Id>, "Consignee" = Field::link(&[RecordKind::Party]);
        description: String, "Words of the packing list" = Field::text();
    }
}

record! {
    /// One stretch of the way.
    ShipmentLeg {
        mode: Option<Mode>, "By" = Field::choice(Mode::WORDS);
        from: String, "From" = Field::text().required();
        to: String, "To" = Field::text().required();
        departs_on: Option<chrono::NaiveDate>, "Departs on" = Field::day();
        arrives_on: Option<chrono::NaiveDate>, "Arrives on" = Field::day();
        carrier: Option<Id>, "Carrier" = Field::link(&[RecordKind::Party]);
        through: Option<String>, "Passes through" = Field::of(FieldKind::Country).help("A country of transit");
        crosses_border: bool, "Enters the country" = Field::of(FieldKind::Flag);
    }
}

record! {
    /// A number by which others know the shipment.
    ShipmentReference {
        kind: Option<ReferenceKind>, "Kind" = Field::choice(ReferenceKind::WORDS).required();
        number: String, "Number" = Field::text().required();
    }
}

record! {
    /// A consignment. Its status follows from its events and receipts.
    Shipment {
        reference: String, "Reference" = Field::text();
        title: String, "Title" = Field::text();
        project: Option<Id>, "Project" = Field::link(&[RecordKind::Project]);
        direction: Option<Direction>, "Direction" = Field::choice(Direction::WORDS);
        started_on: Option<chrono::NaiveDate>, "Planned since" = Field::day().help("The day on which planning began");
        planned_on: Option<chrono::NaiveDate>, "Planned departure" = Field::day();
        expected_on: Option<chrono::NaiveDate>, "Expected arrival" = Field::day();
        matters: Vec<Id>, "Permissions it relies on" = Field::links(&[RecordKind::Matter])
            .help("The matters whose permissions cover it");
        from_site: Option<Id>, "Leaves from" = Field::link(&[RecordKind::Site])
            .help("Where its lots lie. Empty: where each lot lay first");
        shipper: Option<Id>, "Shipper" = Field::link(&[RecordKind::Party]);
        consignee: Option<Id>, "Consignee" = Field::link(&[RecordKind::Party]);
        categories: Vec<Id>, "Categories" = Field::links(&[RecordKind::Category])
            .help("Those of the lines count by themselves");
        lines: Vec<ShipmentLine>, "Lines" = Field::list(&ListOf {
            singular: "line",
            fields: ShipmentLine::FIELDS,
        }).section("Goods");
        shares: Vec<FundShare>, "Who pays" = Field::list(&ListOf { singular: "share", fields: FundShare::FIELDS });
        legs: Vec<ShipmentLeg>, "Legs" = Field::list(&ListOf { singular: "leg", fields: ShipmentLeg::FIELDS })
            .section("The way");
        references: Vec<ShipmentReference>, "References" = Field::list(&ListOf {
            singular: "reference",
            fields: ShipmentReference::FIELDS,
        });
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Shipment {
    fn title(&self) -> String {
        match (self.title.as_str(), self.legs.first(), self.legs.last()) {
            ("", Some(first), Some(last)) => format!("{} to {}", first.from, last.to),
            ("", ..) => "Shipment".to_owned(),
            (title, ..) => title.to_owned(),
        }
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.planned_on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.planned_on, self.expected_on, ("expected_on", "Expected arrival"), &mut problems);
        check_numbers("lines", self.lines.iter().map(|line| line.number), &mut problems);
        let lines = self.lines.iter().filter_map(|line| Some((line.number?, line.fund.is_some())));
        check_shares(&self.shares, &lines.collect::<Vec<_>>(), &mut problems);
        for (at, leg) in self.legs.iter().enumerate() {
            let path = format!("legs[{at}].arrives_on");
            let label = format!("Arrives on, leg {}", at + 1);
            check_order(leg.departs_on, leg.arrives_on, (&path, &label), &mut problems);
        }
        problems
    }

    fn categories(&self) -> &[Id] {
        &self.categories
    }

    fn project(&self) -> Option<Id> {
        self.project
    }

    fn lines(&self) -> Vec<Line> {
        let line = |line: &ShipmentLine| {
            let number = line.number.unwrap_or_default();
            Line {
                unit: line.unit.clone(),
                site: self.from_site,
                lot: line.lot,
                fund: line.fund,
                shares: shares::of_line(&self.shares, number),
                ..Line::of(LineRole::Shipped, number, line.item, line.quantity)
            }
        };
        self.lines.iter().map(line).collect()
    }
}
