//! Reports to donors: a fund, a period, a cut-off day, and the texts between the tables. The figures are never typed.

use chrono::NaiveDate;

use super::report_form::ReportSection;
use super::{Record, RecordKind, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldError, record};

record! {
    /// A report to a donor.
    Report {
        reference: String, "Reference" = Field::text();
        title: String, "Title" = Field::text().required().help("For example Interim report 2026");
        fund: Option<Id>, "Fund" = Field::link(&[RecordKind::Fund]).required();
        form: Option<Id>, "Form" = Field::link(&[RecordKind::ReportForm]).help("Whose sections it began with");
        from: Option<NaiveDate>, "Period from" = Field::day().required();
        until: Option<NaiveDate>, "Period until" = Field::day().required();
        as_of: Option<NaiveDate>, "Cut-off" = Field::day().help("What was true on this day. Empty: the end of the period");
        prepared_by: Option<Id>, "Prepared by" = Field::link(&[RecordKind::Person]);
        sections: Vec<ReportSection>, "Sections" = Field::list(&ReportSection::LIST).section("Sections");
        note: String, "Note" = Field::long_text().help("For ourselves: it is never in the report");
    }
}

impl Record for Report {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.until.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.from, self.until, ("until", "Period until"), &mut problems);
        problems
    }
}
