//! Reach: how many people an activity served, by sex and age, and how many of them were counted before.

use super::project::Sex;
use super::{Record, RecordKind, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, Problem, record};
use crate::domain::word::words;

words! {
    /// The age of people, in bands that donors ask for.
    pub enum AgeBand {
        UnderFive = "0_4", "0-4";
        School = "5_17", "5-17";
        Adult = "18_49", "18-49";
        Older = "50_59", "50-59";
        Old = "60_plus", "60+";
        All = "all", "All ages";
    }
}

words! {
    /// How people were counted.
    pub enum Basis {
        Counted = "counted", "Counted";
        Estimated = "estimated", "Estimated";
    }
}

record! {
    /// People of one group.
    ReachedGroup {
        group: String, "Group" = Field::text().help("For example TB patients; never names");
        sex: Option<Sex>, "Sex" = Field::choice(Sex::WORDS).required();
        age: Option<AgeBand>, "Age" = Field::choice(AgeBand::WORDS).required();
        people: Option<u32>, "People" = Field::of(FieldKind::Count).required();
        again: Option<u32>, "Of them counted before" = Field::of(FieldKind::Count);
    }
}

record! {
    /// People an activity reached. A person counted before, by another donor's activity too, is counted once.
    Reach {
        reference: String, "Reference" = Field::text();
        activity: String, "Activity" = Field::text().required();
        project: Option<Id>, "Project" = Field::link(&[RecordKind::Project]).required();
        site: Option<Id>, "Site" = Field::link(&[RecordKind::Site]);
        from: Option<chrono::NaiveDate>, "From" = Field::day().required();
        to: Option<chrono::NaiveDate>, "To" = Field::day();
        categories: Vec<Id>, "Categories" = Field::links(&[RecordKind::Category]);
        funds: Vec<Id>, "Funds" = Field::links(&[RecordKind::Fund]);
        basis: Option<Basis>, "Counted or estimated" = Field::choice(Basis::WORDS).required().section("The count");
        method: String, "How it was counted" = Field::text().help("For example the clinic's register");
        repeats: Option<Id>, "Counts again people of" = Field::link(&[RecordKind::Reach])
            .help("The earlier record in which some of these people stand already");
        groups: Vec<ReachedGroup>, "People reached" = Field::list(&ListOf {
            singular: "group",
            fields: ReachedGroup::FIELDS,
        }).required();
        note: String, "Note" = Field::long_text();
    }
}

impl Reach {
    /// The last day of the activity.
    #[must_use]
    pub fn last_day(&self) -> Option<chrono::NaiveDate> {
        self.to.or(self.from)
    }
}

impl Record for Reach {
    fn title(&self) -> String {
        self.activity.clone()
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.from.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.from, self.to, ("to", "To"), &mut problems);
        let mut seen = std::collections::BTreeSet::new();
        for (at, row) in self.groups.iter().enumerate() {
            let mut refuse = |field: &str, label: &str, rule: String| {
                let label = format!("{label}, group {}", at + 1);
                problems.push(FieldError::at(&format!("groups[{at}].{field}"), &label, Problem::Rule(rule)));
            };
            if !seen.insert((row.group.trim().to_lowercase(), row.sex.map(Sex::word), row.age.map(AgeBand::word))) {
                let rule = "Another row has this group, sex and age. Put both in one row";
                refuse("group", "Group", rule.to_owned());
            }
            let (people, again) = (row.people.unwrap_or_default(), row.again.unwrap_or_default());
            if again > people {
                let rule = format!("{again} were counted before, but only {people} were reached. Mend one of the two");
                refuse("again", "Of them counted before", rule);
            }
            if again > 0 && self.repeats.is_none() {
                let rule = "Choose in “Counts again people of” the record in which they were counted before";
                refuse("again", "Of them counted before", rule.to_owned());
            }
        }
        problems
    }

    fn categories(&self) -> &[Id] {
        &self.categories
    }

    fn project(&self) -> Option<Id> {
        self.project
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(group: &str, sex: Sex, people: u32, again: u32) -> ReachedGroup {
        let (people, again) = (Some(people), Some(again));
        ReachedGroup { group: group.into(), sex: Some(sex), age: Some(AgeBand::All), people, again }
    }

    #[test]
    fn people_counted_before_are_a_part_of_the_people_of_a_named_record() {
        let table = [
            (vec![row("", Sex::Female, 10, 0), row("", Sex::Male, 10, 0)], None, None),
            (vec![row("", Sex::Female, 10, 4)], Some(Id(7)), None),
            (vec![row("", Sex::Female, 10, 4)], None, Some("groups[0].again")),
            (vec![row("", Sex::Female, 10, 11)], Some(Id(7)), Some("groups[0].again")),
            (vec![row("TB", Sex::All, 1, 0), row(" tb", Sex::All, 2, 0)], None, Some("groups[1].group")),
        ];
        for (groups, repeats, fault) in table {
            let problems = Reach { repeats, groups, ..Reach::default() }.check();
            assert_eq!(problems.first().map(|problem| problem.path.as_str()), fault, "{problems:?}");
        }
    }
}
