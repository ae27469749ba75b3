//! Lots: a batch of goods of ours, from the day it was taken over, and where it lies.

use super::funding::{FundShare, check_shares};
use super::{Deadline, Line, LineRole, Record, RecordKind, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, Problem, record};
use crate::domain::shares;

record! {
    /// A batch. What is left of it, and where, follows from its movements and from the shipments that took of it.
    Lot {
        reference: String, "Reference" = Field::text();
        item: Option<Id>, "Item" = Field::link(&[RecordKind::Item]).required();
        batch: String, "Batch" = Field::text().help("As printed on the pack");
        quantity: Option<Quantity>, "Quantity" = Field::of(FieldKind::Quantity).required();
        unit: Option<String>, "Unit" = Field::of(FieldKind::Unit).help("Empty: the item's base unit");
        on: Option<chrono::NaiveDate>, "Taken over on" = Field::day().required();
        site: Option<Id>, "Where it lay first" = Field::link(&[RecordKind::Site]).required();
        made_on: Option<chrono::NaiveDate>, "Made on" = Field::day();
        expires_on: Option<chrono::NaiveDate>, "Expires on" = Field::day();
        purchase: Option<Id>, "Purchase" = Field::link(&[RecordKind::Purchase]).section("Where it came from");
        supplier: Option<Id>, "Supplier" = Field::link(&[RecordKind::Party]);
        project: Option<Id>, "Project" = Field::link(&[RecordKind::Project]);
        origin: Option<String>, "Country of origin" = Field::of(FieldKind::Country);
        value: Option<Money>, "Value" = Field::of(FieldKind::Money);
        shares: Vec<FundShare>, "Who pays" = Field::list(&ListOf { singular: "share", fields: FundShare::FIELDS });
        note: String, "Note" = Field::long_text();
    }
}

impl Lot {
    /// The one line of a lot.
    pub const LINE: u32 = 1;
}

impl Record for Lot {
    fn title(&self) -> String {
        if self.batch.is_empty() { "Lot".to_owned() } else { format!("Batch {}", self.batch) }
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.made_on, self.expires_on, ("expires_on", "Expires on"), &mut problems);
        check_order(self.made_on, self.on, ("on", "Taken over on"), &mut problems);
        check_shares(&self.shares, &[(Self::LINE, false)], &mut problems);
        if self.on > self.expires_on && self.expires_on.is_some() {
            let rule = "It was taken over after it had expired. Mend one of the two dates";
            problems.push(FieldError::at("expires_on", "Expires on", Problem::Rule(rule.to_owned())));
        }
        problems
    }

    fn project(&self) -> Option<Id> {
        self.project
    }

    fn lines(&self) -> Vec<Line> {
        let line = |item| Line {
            unit: self.unit.clone(),
            site: self.site,
            shares: shares::of_line(&self.shares, Self::LINE),
            ..Line::of(LineRole::Stored, Self::LINE, Some(item), self.quantity)
        };
        self.item.map(line).into_iter().collect()
    }

    fn deadlines(&self) -> Vec<Deadline> {
        let end = |due_on| Deadline {
            owed: false,
            what: "Lot expires".to_owned(),
            due_on,
            known_on: self.on,
            closed_on: None,
        };
        self.expires_on.map(end).into_iter().collect()
    }
}
