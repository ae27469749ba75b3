//! Funds: donors' grants and the history of their status.

use super::{Deadline, Record, RecordKind, check_numbers, check_order};
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
    /// What part of a grant is meant for.
    BudgetLine {
        number: Option<u32>, "No." = Field::of(FieldKind::Count);
        code: String, "Donor's code" = Field::text();
        title: String, "Title" = Field::text().required();
        amount: Option<Money>, "Amount" = Field::of(FieldKind::Money).required();
    }
}

record! {
    /// A report that the donor waits for.
    FundReport {
        title: String, "Report" = Field::text().required();
        due_on: Option<chrono::NaiveDate>, "Due on" = Field::day().required();
        sent_on: Option<chrono::NaiveDate>, "Sent on" = Field::day();
        evidence: String, "Evidence" = Field::text();
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
        budget: Vec<BudgetLine>, "Budget" = Field::list(&ListOf { singular: "line", fields: BudgetLine::FIELDS })
            .section("Budget");
        reports: Vec<FundReport>, "Reports to the donor" = Field::list(&ListOf {
            singular: "report",
            fields: FundReport::FIELDS,
        }).section("Reports");
        history: Vec<FundStatus>, "Status history" = Field::list(&ListOf {
            singular: "change",
            fields: FundStatus::FIELDS,
        }).section("Status history");
        note: String, "Note" = Field::long_text();
    }
}

impl Fund {
    /// The currency in which the grant is kept: that of its amount, or of its first budget line.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        let lines = self.budget.iter().filter_map(|line| line.amount.as_ref());
        self.amount.iter().chain(lines).map(Money::currency).next()
    }

    /// The budget is in the grant's currency, and makes no more than the grant.
    fn check_budget(&self) -> Option<FieldError> {
        let rule = |rule| Some(FieldError::at("budget", "Budget", Problem::Rule(rule)));
        let currency = self.currency()?;
        let lines = || self.budget.iter().filter_map(|line| line.amount.as_ref());
        if let Some(other) = lines().find(|amount| amount.currency() != currency) {
            return rule(format!(
                "{} is not in {currency}, the grant's currency. Turn it into {currency}",
                other.grouped()
            ));
        }
        let sum = Money::of(lines().map(Money::minor).sum(), currency);
        let amount = self.amount.as_ref().filter(|amount| sum.minor() > amount.minor())?;
        rule(format!("The lines make {}, the grant is {}. Mend a line or the amount", sum.grouped(), amount.grouped()))
    }
}

impl Record for Fund {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.starts_on, self.ends_on, ("ends_on", "Ends on"), &mut problems);
        check_numbers("budget", self.budget.iter().map(|line| line.number), &mut problems);
        problems.extend(self.check_budget());
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
        let end = |due_on| Deadline {
            owed: false,
            what: "Grant ends".to_owned(),
            due_on,
            known_on: self.starts_on,
            closed_on: None,
        };
        let report = |report: &FundReport| {
            Some(Deadline {
                owed: true,
                what: format!("Report due: {}", report.title),
                due_on: report.due_on?,
                known_on: self.starts_on,
                closed_on: report.sent_on,
            })
        };
        self.reports.iter().filter_map(report).chain(self.ends_on.map(end)).collect()
    }
}
