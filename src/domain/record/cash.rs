//! Cash: money that was carried on a trip because no bank would move it, until it is accounted for.

use super::{Record, RecordKind, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::schema::{Field, FieldError, FieldKind, Problem, record};

record! {
    /// Cash that somebody carried. Its status follows from its days and from those of the trip.
    Cash {
        reference: String, "Reference" = Field::text();
        amount: Option<Money>, "Amount" = Field::of(FieldKind::Money).required().help("For example USD 9,500");
        carrier: Option<Id>, "Carried by" = Field::link(&[RecordKind::Person]).required();
        taken_on: Option<chrono::NaiveDate>, "Taken on" = Field::day().required();
        trip: Option<Id>, "Trip" = Field::link(&[RecordKind::Trip]);
        fund: Option<Id>, "Fund" = Field::link(&[RecordKind::Fund]);
        project: Option<Id>, "Project" = Field::link(&[RecordKind::Project]);
        purpose: String, "Purpose" = Field::text().required().help("For example fuel and lodging");
        declared: bool, "Declared at the border" = Field::of(FieldKind::Flag);
        approved_under: Option<Id>, "Approved under" = Field::link(&[RecordKind::Matter]);
        spent: Option<Money>, "Spent" = Field::of(FieldKind::Money).section("Accounted for");
        returned: Option<Money>, "Returned" = Field::of(FieldKind::Money);
        settled_on: Option<chrono::NaiveDate>, "Settled on" = Field::day();
        receipts: String, "Receipts" = Field::text().help("Numbers, and where they are kept");
        note: String, "Note" = Field::long_text();
    }
}

impl Cash {
    /// What is neither spent nor returned, in the minor unit.
    #[must_use]
    pub fn open(&self) -> i64 {
        let minor = |money: &Option<Money>| money.as_ref().map_or(0, Money::minor);
        minor(&self.amount) - minor(&self.spent) - minor(&self.returned)
    }
}

impl Record for Cash {
    fn title(&self) -> String {
        let amount = self.amount.as_ref().map(Money::grouped).unwrap_or_default();
        format!("{amount}, {}", self.purpose)
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.taken_on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.taken_on, self.settled_on, ("settled_on", "Settled on"), &mut problems);
        let Some(amount) = &self.amount else { return problems };
        let mut refuse = |field: &str, label: &str, rule: String| {
            problems.push(FieldError::at(field, label, Problem::Rule(rule)));
        };
        if amount.minor() == 0 {
            refuse("amount", "Amount", "The amount is 0. Write what was carried".to_owned());
        }
        let parts = [("spent", "Spent", &self.spent), ("returned", "Returned", &self.returned)];
        let foreign = parts.iter().filter_map(|(field, label, part)| Some((field, label, part.as_ref()?)));
        let foreign: Vec<_> = foreign.filter(|(.., part)| part.currency() != amount.currency()).collect();
        for (field, label, part) in &foreign {
            let rule = format!(
                "{} was carried, not {}. Write it in the currency that was carried",
                amount.currency(),
                part.currency()
            );
            refuse(field, label, rule);
        }
        if foreign.is_empty() && self.open() < 0 {
            let words = |part: &Option<Money>| part.as_ref().map_or_else(|| "nothing".to_owned(), Money::grouped);
            let rule = format!(
                "{} spent and {} returned are more than the {} that were carried. Mend one of the three",
                words(&self.spent),
                words(&self.returned),
                amount.grouped()
            );
            let field = if self.returned.is_some() { parts[1] } else { parts[0] };
            refuse(field.0, field.1, rule);
        }
        problems
    }

    fn project(&self) -> Option<Id> {
        self.project
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_accounted_for_is_never_more_than_what_was_carried() {
        for (spent, returned, fault) in [
            ("USD 900", "USD 100", None),
            ("", "", None),
            ("USD 900", "USD 100.01", Some("returned")),
            ("USD 1,000.01", "", Some("spent")),
            ("CNY 100", "", Some("spent")),
        ] {
            let money = |text: &str| Money::parse(text).ok();
            let cash =
                Cash { amount: money("USD 1,000"), spent: money(spent), returned: money(returned), ..Cash::default() };
            let problems = cash.check();
            assert_eq!(problems.first().map(|problem| problem.path.as_str()), fault, "{spent} and {returned}");
            if fault == Some("returned") {
                let said = problems[0].to_string();
                assert!(said.contains("900.00") && said.contains("100.01") && said.contains("1,000.00"), "{said}");
            }
        }
    }
}
