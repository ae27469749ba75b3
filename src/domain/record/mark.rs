//! Marks on deadlines: put off until a day, or done. The deadline itself follows from its record.

use super::{Record, RecordKind, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldError, Problem, record};

record! {
    /// What somebody decided about a deadline of a record.
    Mark {
        reference: String, "Reference" = Field::text();
        about: Option<Id>, "Of" = Field::link(RecordKind::ALL).parent();
        what: String, "Deadline" = Field::text().required();
        due_on: Option<chrono::NaiveDate>, "Due on" = Field::day().required();
        on: Option<chrono::NaiveDate>, "Marked on" = Field::day().required();
        snoozed_until: Option<chrono::NaiveDate>, "Not shown before" = Field::day();
        done_on: Option<chrono::NaiveDate>, "Done on" = Field::day();
        by: String, "By" = Field::text();
        evidence: String, "Evidence" = Field::text();
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Mark {
    fn title(&self) -> String {
        format!("{}: {}", if self.done_on.is_some() { "Done" } else { "Put off" }, self.what)
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.on, self.snoozed_until, ("snoozed_until", "Not shown before"), &mut problems);
        if self.snoozed_until.is_none() && self.done_on.is_none() {
            let rule = "Write the day until which it is put off, or the day on which it was done";
            problems.push(FieldError::at("done_on", "Done on", Problem::Rule(rule.to_owned())));
        }
        problems
    }
}
