//! Clearances: the go or no-go before dispatch, with the coverage as it stood, signed by a person.

use super::{Record, RecordKind};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, Problem, record};
use crate::domain::word::words;

words! {
    /// What was decided of a dispatch.
    pub enum Verdict {
        Go = "go", "Go";
        NoGo = "no_go", "No-go";
    }
}

record! {
    /// One cell of the coverage as it stood when a person signed.
    FrozenCell {
        row: String, "Row" = Field::text().help("The line or the traveller");
        instrument: Option<Id>, "Instrument" = Field::link(&[RecordKind::Instrument]);
        state: String, "State" = Field::text();
        words: String, "In words" = Field::text();
        rule: String, "Rule" = Field::text();
        mend: String, "Who can mend it" = Field::text();
    }
}

record! {
    /// A signed go or no-go, with the coverage as it stood. It is made, not edited.
    Clearance {
        reference: String, "Reference" = Field::text();
        shipment: Option<Id>, "Shipment" = Field::link(&[RecordKind::Shipment]).parent();
        verdict: Option<Verdict>, "Decision" = Field::choice(Verdict::WORDS).required();
        on: Option<chrono::NaiveDate>, "On" = Field::day().required();
        signed_by: Option<Id>, "Signed by" = Field::link(&[RecordKind::Person]).required();
        reason: String, "Reason" = Field::long_text().help("Needed where something was not covered");
        covered: Option<u32>, "Cells covered or not needed" = Field::of(FieldKind::Count).section("As it stood");
        open: Option<u32>, "Cells that were not" = Field::of(FieldKind::Count);
        cells: Vec<FrozenCell>, "Coverage" = Field::list(&ListOf { singular: "cell", fields: FrozenCell::FIELDS });
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Clearance {
    fn title(&self) -> String {
        self.verdict.map_or("Clearance", Verdict::label).to_owned()
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let open = self.open.unwrap_or_default();
        let unexplained = self.verdict == Some(Verdict::Go) && open > 0 && self.reason.trim().is_empty();
        let problem = || {
            let rule =
                format!("{open} cells are not covered. Write why the shipment goes all the same, or sign a no-go");
            FieldError::at("reason", "Reason", Problem::Rule(rule))
        };
        unexplained.then(problem).into_iter().collect()
    }
}
