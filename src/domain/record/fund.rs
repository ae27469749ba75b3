//! Funds: donors' grants and the history of their status.

use super::{Deadline, Record, RecordKind, check_order};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, Problem, record};
use crate::domain::word::words;

words! {
    /// Whether a grant can be spent.
    pub enum FundState {
        Planned = "planned", "Planned";
        Active = "active", "Active";
        Suspended = "suspended", "Suspended";
        Closed = "closed", "Closed";
    }
}

record! {
    /// A change of a grant's status, with its day.
    FundStatus {
        on: Option<chrono::NaiveDate>, "On" = Field::day().required();
        state: Option<FundState>, "Status" = Field::choice(FundState::WORDS).required();
        note: String, "Why" = Field::text();
        source: String, "Source" = Field::text();
    }
}

record! {
    /// A donor's grant.
    Fund {
        reference: String, "Reference" = Field::text();
        title: String, "Title" = Field::text().required();
        donor: Option<Id>, "Donor" = Field::link(&[RecordKind::Party]);
        amount: Option<Money>, "Amount" = Field::of(FieldKind::Money).help("For example USD 250,000");
        starts_on: Option<chrono::NaiveDate>, "Starts on" = Field::day();
        ends_on: Option<chrono::NaiveDate>, "Ends on" = Field::day();
        categories: Vec<Id>, "Categories" = Field::links(&[RecordKind::Category]);
        history: Vec<FundStatus>, "Status history" = Field::list(&ListOf {
            singular: "change",
            fields: FundStatus::FIELDS,
        }).section("Status history");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Fund {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.starts_on, self.ends_on, ("ends_on", "Ends on"), &mut problems);
        let days = || self.history.iter().filter_map(|change| change.on);
        if let Some((earlier, later)) = days().zip(days().skip(1)).find(|(earlier, later)| later < earlier) {
            let rule = format!("{later} stands after {earlier}. Put the changes in the order of their days");
            problems.push(FieldError::at("history", "Status history", Problem::Rule(rule)));
        }
        problems
    }

    fn categories(&self) -> &[Id] {
        &self.categories
    }

    fn deadlines(&self) -> Vec<Deadline> {
        let end =
            |due_on| Deadline { what: "Grant ends".to_owned(), due_on, known_on: self.starts_on, closed_on: None };
        self.ends_on.map(end).into_iter().collect()
    }
}
