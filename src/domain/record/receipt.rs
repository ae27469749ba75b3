//! Receipts: what arrived where, and in what state.

use super::{Line, LineRole, Record, RecordKind, check_numbers};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, Problem, record};

record! {
    /// What arrived of one shipment line, in the line's own unit.
    ReceiptLine {
        line: Option<u32>, "Line no." = Field::of(FieldKind::Count).required();
        item: Option<Id>, "Item" = Field::link(&[RecordKind::Item]);
        received: Option<Quantity>, "Received" = Field::of(FieldKind::QuantityOrZero).required();
        short: Option<Quantity>, "Short" = Field::of(FieldKind::QuantityOrZero);
        surplus: Option<Quantity>, "Surplus" = Field::of(FieldKind::QuantityOrZero);
        damaged: Option<Quantity>, "Damaged, of those received" = Field::of(FieldKind::QuantityOrZero);
        lost: Option<Quantity>, "Lost" = Field::of(FieldKind::QuantityOrZero);
        remark: String, "Remark" = Field::text();
    }
}

record! {
    /// What arrived at one place on one day.
    Receipt {
        reference: String, "Reference" = Field::text();
        shipment: Option<Id>, "Shipment" = Field::link(&[RecordKind::Shipment]).parent();
        on: Option<FuzzyDate>, "On" = Field::of(FieldKind::FuzzyDay).required();
        site: Option<Id>, "Site" = Field::link(&[RecordKind::Site]);
        place: String, "Where" = Field::text().help("Where no site is chosen");
        received_by: String, "Received by" = Field::text();
        lines: Vec<ReceiptLine>, "Lines" = Field::list(&ListOf { singular: "line", fields: ReceiptLine::FIELDS })
            .required().section("What arrived");
        evidence: String, "Evidence" = Field::text().help("Signed waybill, photographs");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Receipt {
    fn title(&self) -> String {
        if self.place.is_empty() { "Received".to_owned() } else { format!("Received at {}", self.place) }
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on
    }

    fn check(&self) -> Vec<FieldError> {
        let damaged_too_much = |line: &ReceiptLine| line.damaged > line.received;
        let at_fault = self.lines.iter().position(damaged_too_much);
        let problem = |at: usize| {
            let rule = "More is damaged than was received. Damaged goods are a part of those received";
            let label = format!("Damaged, line {}", at + 1);
            FieldError::at(&format!("lines[{at}].damaged"), &label, Problem::Rule(rule.into()))
        };
        let mut problems: Vec<FieldError> = at_fault.map(problem).into_iter().collect();
        check_numbers("lines", self.lines.iter().map(|line| line.line), &mut problems);
        problems
    }

    fn lines(&self) -> Vec<Line> {
        let line = |line: &ReceiptLine| Line {
            site: self.site,
            ..Line::of(LineRole::Received, line.line.unwrap_or_default(), line.item, line.received)
        };
        self.lines.iter().map(line).collect()
    }
}
