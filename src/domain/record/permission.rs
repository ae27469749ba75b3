//! Permissions: what exists after a decision. Letter, window, amounts, conditions.

use chrono::NaiveDate;

use super::{Deadline, Line, LineRole, Record, RecordKind, check_numbers, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::quantity::Limit;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, record};
use crate::domain::word::words;

words! {
    /// What a limit counts.
    pub enum Measure {
        Quantity = "quantity", "Quantity";
        Money = "money", "Money";
        Entries = "entries", "Entries";
        People = "people", "People";
    }
}

record! {
    /// A limit in one measure. Empty where the letter does not say; `unlimited` where it says that there is none.
    MeasureLimit {
        measure: Option<Measure>, "Measure" = Field::choice(Measure::WORDS).required();
        limit: Option<Limit>, "Limit" = Field::of(FieldKind::Limit).help("A number, or unlimited; empty: not stated");
        unit: Option<String>, "Unit" = Field::of(FieldKind::Unit);
        currency: Option<String>, "Currency" = Field::of(FieldKind::Currency);
    }
}

record! {
    /// What a grant line is bound to. Empty: not bound.
    Scope {
        consignee: Option<Id>, "Consignee" = Field::link(&[RecordKind::Party]);
        end_user: Option<Id>, "End user" = Field::link(&[RecordKind::Party]);
        supplier: Option<Id>, "Supplier" = Field::link(&[RecordKind::Party]);
        route: String, "Route" = Field::text();
        site: String, "Site" = Field::text();
        activity: String, "Activity" = Field::text();
        person: Option<Id>, "Traveller" = Field::link(&[RecordKind::Person]);
    }
}

record! {
    /// What a permission allows for one line.
    GrantLine {
        number: Option<u32>, "No." = Field::of(FieldKind::Count);
        item: Option<Id>, "Item" = Field::link(&[RecordKind::Item]);
        description: String, "In the letter's words" = Field::text();
        asked: Option<u32>, "Answers asked line" = Field::of(FieldKind::Count).help("The line of the request");
        limits: Vec<MeasureLimit>, "Limits" = Field::list(&ListOf {
            singular: "limit",
            fields: MeasureLimit::FIELDS,
        });
        scope: Vec<Scope>, "Bound to" = Field::list(&ListOf { singular: "scope", fields: Scope::FIELDS });
    }
}

record! {
    /// A condition of the letter.
    Condition {
        text: String, "Condition" = Field::text().required();
        due_on: Option<NaiveDate>, "Due on" = Field::day();
        done_on: Option<NaiveDate>, "Done on" = Field::day();
        evidence: String, "Evidence" = Field::text();
    }
}

/// The deadlines of conditions that were known from a day on.
pub(super) fn condition_deadlines(conditions: &[Condition], known_on: Option<NaiveDate>) -> Vec<Deadline> {
    let due = |condition: &Condition| {
        let what = format!("Condition: {}", condition.text);
        Some(Deadline { owed: true, what, due_on: condition.due_on?, known_on, closed_on: condition.done_on })
    };
    conditions.iter().filter_map(due).collect()
}

record! {
    /// What an authority lets us do: a letter or a licence. Later decisions change it; bookings survive them.
    Permission {
        reference: String, "Letter or licence number" = Field::text().help("Not the application number");
        matter: Option<Id>, "Matter" = Field::link(&[RecordKind::Matter]).parent();
        decision: Option<Id>, "Given by decision" = Field::link(&[RecordKind::Decision]);
        legal_basis: String, "Legal basis" = Field::text().help("For example S/RES/2397 (2017) para 25");
        given_on: Option<FuzzyDate>, "Given on" = Field::of(FieldKind::FuzzyDay).required().help("The date of the letter");
        valid_from: Option<NaiveDate>, "Valid from" = Field::day().help("Empty: the date of the letter");
        valid_until: Option<FuzzyDate>, "Valid until" = Field::of(FieldKind::FuzzyDay)
            .help("The last day, as the letter prints it; empty: not stated");
        term_months: Option<u32>, "Term, months" = Field::of(FieldKind::Count)
            .help("As reported; the letter's own date always wins");
        shipment_cap: Option<u32>, "Number of shipments" = Field::of(FieldKind::Count).help("Empty: not stated");
        grants: Vec<GrantLine>, "Grant lines" = Field::list(&ListOf {
            singular: "line",
            fields: GrantLine::FIELDS,
        }).section("What it grants");
        conditions: Vec<Condition>, "Conditions" = Field::list(&ListOf {
            singular: "condition",
            fields: Condition::FIELDS,
        });
        published: bool, "Letter is published" = Field::of(FieldKind::Flag).section("The letter");
        sources: String, "Where the letter is" = Field::text();
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Permission {
    fn title(&self) -> String {
        match self.legal_basis.as_str() {
            "" => "Permission".to_owned(),
            basis => format!("Permission under {basis}"),
        }
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.given_on
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let start = self.valid_from.or(self.given_on.map(FuzzyDate::first));
        let until = self.valid_until.map(FuzzyDate::last);
        check_order(start, until, ("valid_until", "Valid until"), &mut problems);
        check_numbers("grants", self.grants.iter().map(|line| line.number), &mut problems);
        problems
    }

    fn lines(&self) -> Vec<Line> {
        let line = |line: &GrantLine| {
            let limit = line.limits.iter().find(|limit| limit.measure == Some(Measure::Quantity));
            let quantity = limit.and_then(|limit| match limit.limit? {
                Limit::Limited(quantity) => Some(quantity),
                Limit::Unlimited => None,
            });
            Line {
                unit: limit.and_then(|limit| limit.unit.clone()),
                ..Line::of(LineRole::Granted, line.number.unwrap_or_default(), line.item, quantity)
            }
        };
        self.grants.iter().map(line).collect()
    }

    fn deadlines(&self) -> Vec<Deadline> {
        condition_deadlines(&self.conditions, self.given_on.map(FuzzyDate::last))
    }
}
