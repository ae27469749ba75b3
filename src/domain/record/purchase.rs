//! Purchases: what was ordered from whom.

use super::funding::{FundShare, check_shares};
use super::{Deadline, Line, LineRole, Record, RecordKind, check_numbers, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, record};
use crate::domain::shares;

record! {
    /// Goods that are ordered.
    PurchaseLine {
        number: Option<u32>, "No." = Field::of(FieldKind::Count);
        item: Option<Id>, "Item" = Field::link(&[RecordKind::Item]).required();
        quantity: Option<Quantity>, "Quantity" = Field::of(FieldKind::Quantity).required();
        unit: Option<String>, "Unit" = Field::of(FieldKind::Unit).help("Empty: the item's base unit");
        price: Option<Money>, "Price of the line" = Field::of(FieldKind::Money);
        fund: Option<Id>, "Fund" = Field::link(&[RecordKind::Fund]);
        description: String, "Words of the order" = Field::text();
    }
}

record! {
    /// An order. Its status follows from its days and from the lots that came of it.
    Purchase {
        reference: String, "Reference" = Field::text();
        title: String, "Title" = Field::text();
        supplier: Option<Id>, "Supplier" = Field::link(&[RecordKind::Party]).required();
        project: Option<Id>, "Project" = Field::link(&[RecordKind::Project]);
        order_number: String, "Order number" = Field::text();
        ordered_on: Option<chrono::NaiveDate>, "Ordered on" = Field::day();
        expected_on: Option<chrono::NaiveDate>, "Expected on" = Field::day();
        cancelled_on: Option<chrono::NaiveDate>, "Cancelled on" = Field::day();
        lines: Vec<PurchaseLine>, "Lines" = Field::list(&ListOf { singular: "line", fields: PurchaseLine::FIELDS })
            .section("Goods");
        shares: Vec<FundShare>, "Who pays" = Field::list(&ListOf { singular: "share", fields: FundShare::FIELDS });
        terms: String, "Terms" = Field::text().help("For example CIP Dandong");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Purchase {
    fn title(&self) -> String {
        if self.title.is_empty() { "Purchase".to_owned() } else { self.title.clone() }
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.ordered_on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.ordered_on, self.expected_on, ("expected_on", "Expected on"), &mut problems);
        check_order(self.ordered_on, self.cancelled_on, ("cancelled_on", "Cancelled on"), &mut problems);
        check_numbers("lines", self.lines.iter().map(|line| line.number), &mut problems);
        let lines = self.lines.iter().filter_map(|line| Some((line.number?, line.fund.is_some())));
        check_shares(&self.shares, &lines.collect::<Vec<_>>(), &mut problems);
        problems
    }

    fn project(&self) -> Option<Id> {
        self.project
    }

    fn lines(&self) -> Vec<Line> {
        let line = |line: &PurchaseLine| {
            let number = line.number.unwrap_or_default();
            Line {
                unit: line.unit.clone(),
                fund: line.fund,
                shares: shares::of_line(&self.shares, number),
                ..Line::of(LineRole::Bought, number, line.item, line.quantity)
            }
        };
        self.lines.iter().map(line).collect()
    }

    fn deadlines(&self) -> Vec<Deadline> {
        let due = |due_on| Deadline {
            owed: true,
            what: "Goods expected".to_owned(),
            due_on,
            known_on: self.ordered_on,
            closed_on: self.cancelled_on,
        };
        self.expected_on.map(due).into_iter().collect()
    }
}
