//! Distributions: what was handed out of a shipment, where and to whom, after it was received.

use super::{Line, LineRole, Record, RecordKind, check_numbers};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, record};

record! {
    /// What was handed out of one shipment line, in the line's own unit.
    DistributionLine {
        line: Option<u32>, "Line no." = Field::of(FieldKind::Count).required();
        item: Option<Id>, "Item" = Field::link(&[RecordKind::Item]);
        quantity: Option<Quantity>, "Handed out" = Field::of(FieldKind::Quantity).required();
        recipients: String, "To whom" = Field::text().help("A group, never names: TB patients, kindergartens");
        remark: String, "Remark" = Field::text();
    }
}

record! {
    /// Goods handed out at one place on one day.
    Distribution {
        reference: String, "Reference" = Field::text();
        shipment: Option<Id>, "Shipment" = Field::link(&[RecordKind::Shipment]).parent();
        on: Option<FuzzyDate>, "On" = Field::of(FieldKind::FuzzyDay).required();
        site: Option<Id>, "Site" = Field::link(&[RecordKind::Site]).required();
        by: String, "Handed out by" = Field::text();
        lines: Vec<DistributionLine>, "Lines" = Field::list(&ListOf {
            singular: "line",
            fields: DistributionLine::FIELDS,
        }).required().section("What was handed out");
        people: Option<u32>, "People served" = Field::of(FieldKind::Count);
        evidence: String, "Evidence" = Field::text().help("Signed lists, photographs");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Distribution {
    fn title(&self) -> String {
        "Handed out".to_owned()
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_numbers("lines", self.lines.iter().map(|line| line.line), &mut problems);
        problems
    }

    fn lines(&self) -> Vec<Line> {
        let line = |line: &DistributionLine| Line {
            site: self.site,
            ..Line::of(LineRole::Distributed, line.line.unwrap_or_default(), line.item, line.quantity)
        };
        self.lines.iter().map(line).collect()
    }
}
