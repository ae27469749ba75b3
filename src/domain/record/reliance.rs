//! Reliances: work that rests on a general licence or a rule for which nothing has to be filed, and why it may.

use super::{Deadline, Record, RecordKind, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldError, record};

record! {
    /// A rule that is relied on without a filing. Donors and banks ask for the reasoning years later.
    Reliance {
        reference: String, "Reference" = Field::text();
        rule: String, "Rule" = Field::text().required().help("Its citation, for example 31 CFR 510.512");
        instrument: Option<Id>, "Instrument" = Field::link(&[RecordKind::Instrument]);
        facts: String, "Facts" = Field::long_text().help("What we do, with whom, with which goods");
        reasoning: String, "Why the rule covers it" = Field::long_text().required();
        relied_by: Option<Id>, "Decided by" = Field::link(&[RecordKind::Person]);
        decided_on: Option<chrono::NaiveDate>, "Decided on" = Field::day().section("How long");
        relied_on: Option<chrono::NaiveDate>, "Relied on from" = Field::day().required();
        valid_until: Option<chrono::NaiveDate>, "Valid until" = Field::day().help("Empty: the rule has no end");
        review_on: Option<chrono::NaiveDate>, "Look at it again on" = Field::day();
        reviewed_on: Option<chrono::NaiveDate>, "Looked at again on" = Field::day();
        ended_on: Option<chrono::NaiveDate>, "No longer relied on from" = Field::day();
        matters: Vec<Id>, "Matters" = Field::links(&[RecordKind::Matter]).section("What rests on it");
        projects: Vec<Id>, "Projects" = Field::links(&[RecordKind::Project]);
        shipments: Vec<Id>, "Shipments" = Field::links(&[RecordKind::Shipment]);
        trips: Vec<Id>, "Trips" = Field::links(&[RecordKind::Trip]);
        evidence: String, "Evidence" = Field::text().help("Advice of counsel, letters, where they are kept");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Reliance {
    fn title(&self) -> String {
        self.rule.clone()
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.relied_on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        for (end, field, label) in [
            (self.valid_until, "valid_until", "Valid until"),
            (self.ended_on, "ended_on", "No longer relied on from"),
            (self.review_on, "review_on", "Look at it again on"),
            (self.reviewed_on, "reviewed_on", "Looked at again on"),
        ] {
            check_order(self.relied_on, end, (field, label), &mut problems);
        }
        check_order(self.decided_on, self.relied_on, ("relied_on", "Relied on from"), &mut problems);
        problems
    }

    /// Where it carries one project only, it belongs to that one.
    fn project(&self) -> Option<Id> {
        if let [only] = self.projects.as_slice() { Some(*only) } else { None }
    }

    fn deadlines(&self) -> Vec<Deadline> {
        let known_on = self.decided_on.or(self.relied_on);
        let first_of = |a: Option<chrono::NaiveDate>, b: Option<chrono::NaiveDate>| a.into_iter().chain(b).min();
        let review = self.review_on.map(|due_on| Deadline {
            owed: true,
            what: "Look at the reliance again".to_owned(),
            due_on,
            known_on,
            closed_on: first_of(self.reviewed_on, self.ended_on),
        });
        let end = self.valid_until.map(|due_on| Deadline {
            owed: false,
            what: "Reliance ends".to_owned(),
            due_on,
            known_on,
            closed_on: self.ended_on,
        });
        review.into_iter().chain(end).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_before_it_was_relied_on_and_a_review_is_settled_by_either_day() {
        let day = |text: &str| text.parse().ok();
        let relied = Reliance { relied_on: day("2026-02-01"), review_on: day("2026-08-01"), ..Reliance::default() };
        assert!(relied.check().is_empty());
        assert_eq!(relied.deadlines()[0].closed_on, None);
        let reviewed = Reliance { reviewed_on: day("2026-07-20"), ended_on: day("2026-09-01"), ..relied.clone() };
        assert_eq!(reviewed.deadlines()[0].closed_on, day("2026-07-20"));
        for (field, wrong) in [
            ("valid_until", Reliance { valid_until: day("2026-01-31"), ..relied.clone() }),
            ("ended_on", Reliance { ended_on: day("2026-01-31"), ..relied.clone() }),
            ("relied_on", Reliance { decided_on: day("2026-02-02"), ..relied }),
        ] {
            assert_eq!(wrong.check()[0].path, field);
        }
    }
}
