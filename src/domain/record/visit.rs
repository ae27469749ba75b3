//! Visits: what was seen and counted at a place, and what has to follow.

use super::follow_up::{self, FollowUp};
use super::{Deadline, Record, RecordKind, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, Problem, record};

record! {
    /// Goods that were counted at the place.
    CountedLine {
        item: Option<Id>, "Item" = Field::link(&[RecordKind::Item]).required();
        shipment: Option<Id>, "Shipment" = Field::link(&[RecordKind::Shipment]).help("The one it came with");
        counted: Option<Quantity>, "Counted" = Field::of(FieldKind::QuantityOrZero).required();
        used: Option<Quantity>, "In use" = Field::of(FieldKind::QuantityOrZero).help("Of those counted");
        damaged: Option<Quantity>, "Damaged" = Field::of(FieldKind::QuantityOrZero).help("Of those counted");
        unit: Option<String>, "Unit" = Field::of(FieldKind::Unit).help("Empty: the item's base unit");
        remark: String, "Remark" = Field::text();
    }
}

record! {
    /// A monitoring visit. Its status follows from its days and from its follow-ups.
    Visit {
        reference: String, "Reference" = Field::text();
        purpose: String, "Purpose" = Field::text().required().help("For example end-use check of autoclaves");
        project: Option<Id>, "Project" = Field::link(&[RecordKind::Project]);
        site: Option<Id>, "Site" = Field::link(&[RecordKind::Site]).required();
        started_on: Option<chrono::NaiveDate>, "Planned since" = Field::day();
        on: Option<chrono::NaiveDate>, "On" = Field::day().required();
        until: Option<chrono::NaiveDate>, "Until" = Field::day().help("Where it took more than one day");
        trip: Option<Id>, "Trip" = Field::link(&[RecordKind::Trip]);
        visitors: Vec<Id>, "Visitors" = Field::links(&[RecordKind::Person]);
        with_whom: String, "With whom" = Field::text().help("Hosts and offices, not patients");
        counted: Vec<CountedLine>, "Counted" = Field::list(&ListOf {
            singular: "line",
            fields: CountedLine::FIELDS,
        }).section("What was counted and seen");
        seen: String, "What was seen" = Field::long_text();
        follow_ups: Vec<FollowUp>, "Follow-ups" = Field::list(&FollowUp::LIST).section("What has to follow");
        note: String, "Note" = Field::long_text();
    }
}

impl Record for Visit {
    fn title(&self) -> String {
        self.purpose.clone()
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.on, self.until, ("until", "Until"), &mut problems);
        for (at, line) in self.counted.iter().enumerate() {
            let [counted, used, damaged] =
                [line.counted, line.used, line.damaged].map(|part| part.map_or(0, Quantity::thousandths));
            if used + damaged > counted {
                let figure = |part: Option<Quantity>| part.unwrap_or_default().grouped();
                let rule = format!(
                    "{} in use and {} damaged are more than the {} that were counted. Both are a part of those counted",
                    figure(line.used),
                    figure(line.damaged),
                    figure(line.counted)
                );
                let label = format!("Counted, line {}", at + 1);
                problems.push(FieldError::at(&format!("counted[{at}].counted"), &label, Problem::Rule(rule)));
            }
        }
        follow_up::check(&self.follow_ups, self.on, &mut problems);
        problems
    }

    fn project(&self) -> Option<Id> {
        self.project
    }

    fn deadlines(&self) -> Vec<Deadline> {
        follow_up::deadlines(&self.follow_ups, self.on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_or_damaged_is_a_part_of_what_was_counted() {
        for (counted, used, damaged, sound) in
            [("10", "7", "3", true), ("10", "8", "3", false), ("0", "0", "0", true), ("0.5", "0", "0.501", false)]
        {
            let [counted, used, damaged] = [counted, used, damaged].map(|text| Quantity::parse(text).ok());
            let line = CountedLine { counted, used, damaged, ..CountedLine::default() };
            let problems = Visit { counted: vec![line], ..Visit::default() }.check();
            assert_eq!(problems.is_empty(), sound, "{problems:?}");
            assert!(problems.iter().all(|problem| problem.path == "counted[0].counted"));
        }
    }

    #[test]
    fn nothing_is_due_before_it_was_agreed() {
        let day = |text: &str| text.parse().ok();
        let row = |due: &str| FollowUp { what: "Fix the pump".into(), due_on: day(due), ..FollowUp::default() };
        let visit = Visit { on: day("2026-05-02"), follow_ups: vec![row("2026-05-30")], ..Visit::default() };
        assert_eq!(visit.check(), Vec::new());
        assert_eq!(visit.deadlines()[0].what, "Follow up: Fix the pump");
        assert_eq!(visit.deadlines()[0].known_on, day("2026-05-02"));
        let early = Visit { follow_ups: vec![row("2026-05-30"), row("2026-05-01")], ..visit };
        assert_eq!(early.check()[0].path, "follow_ups[1].due_on");
    }
}
