//! Exchange rates: what one currency was worth in another from a day on, and who says so.

use super::Record;
use crate::domain::date::FuzzyDate;
use crate::domain::rate::Rate;
use crate::domain::schema::{Field, FieldError, FieldKind, Problem, record};

record! {
    /// The rate of a day. It holds until a newer one of the same two currencies.
    ExchangeRate {
        reference: String, "Reference" = Field::text();
        from: Option<String>, "From" = Field::of(FieldKind::Currency).required();
        to: Option<String>, "Into" = Field::of(FieldKind::Currency).required();
        rate: Option<Rate>, "Rate" = Field::of(FieldKind::Rate).required()
            .help("How much of the second currency one of the first is worth");
        on: Option<chrono::NaiveDate>, "From the day" = Field::day().required();
        source: String, "Source" = Field::text().required().help("For example UN operational rate, bank advice no.");
        note: String, "Note" = Field::text();
    }
}

impl Record for ExchangeRate {
    fn title(&self) -> String {
        let words = |code: &Option<String>| code.clone().unwrap_or_default();
        let rate = self.rate.map(|rate| rate.to_string()).unwrap_or_default();
        format!("{} to {} at {rate}", words(&self.from), words(&self.to))
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        if self.from.is_some() && self.from == self.to {
            let rule = "The two currencies are the same. Choose the one that the amounts are turned into";
            return vec![FieldError::at("to", "Into", Problem::Rule(rule.to_owned()))];
        }
        Vec::new()
    }
}
