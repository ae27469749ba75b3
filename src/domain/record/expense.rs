//! Expenses: what was paid out of a grant, in the currency in which it was paid.

use super::{Record, RecordKind};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::schema::{Field, FieldError, FieldKind, Problem, record};

record! {
    /// Something that was paid. In another currency than the grant's it is counted at the newest rate of its day.
    Expense {
        reference: String, "Reference" = Field::text();
        fund: Option<Id>, "Fund" = Field::link(&[RecordKind::Fund]).parent();
        budget_line: Option<u32>, "Budget line no." = Field::of(FieldKind::Count).help("As numbered in the fund's budget");
        on: Option<chrono::NaiveDate>, "Paid on" = Field::day().required();
        amount: Option<Money>, "Amount" = Field::of(FieldKind::Money).required().help("For example EUR 1,250.00");
        what: String, "What for" = Field::text().required();
        payee: Option<Id>, "Paid to" = Field::link(&[RecordKind::Party]);
        project: Option<Id>, "Project" = Field::link(&[RecordKind::Project]);
        purchase: Option<Id>, "Purchase" = Field::link(&[RecordKind::Purchase]);
        shipment: Option<Id>, "Shipment" = Field::link(&[RecordKind::Shipment]);
        trip: Option<Id>, "Trip" = Field::link(&[RecordKind::Trip]);
        voucher: String, "Voucher" = Field::text().help("Number of the receipt or invoice");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Expense {
    fn title(&self) -> String {
        let amount = self.amount.as_ref().map(Money::grouped).unwrap_or_default();
        format!("{}, {amount}", self.what)
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        if self.amount.as_ref().is_some_and(|amount| amount.minor() == 0) {
            let rule = "The amount is 0. Write what was paid, or delete the expense";
            return vec![FieldError::at("amount", "Amount", Problem::Rule(rule.to_owned()))];
        }
        Vec::new()
    }

    fn project(&self) -> Option<Id> {
        self.project
    }
}
