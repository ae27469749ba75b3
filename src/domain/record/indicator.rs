//! Indicators: what a project promised to change, from where to where, and what was measured.

use chrono::NaiveDate;

use super::{Record, RecordKind, check_order};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldError, FieldKind, ListOf, Problem, record};
use crate::domain::word::words;

words! {
    /// Which way is better.
    pub enum Direction {
        Increase = "increase", "More is better";
        Decrease = "decrease", "Less is better";
    }
}

record! {
    /// A value that was measured on a day.
    Actual {
        on: Option<NaiveDate>, "On" = Field::day().required();
        value: Option<Quantity>, "Value" = Field::of(FieldKind::QuantityOrZero).required();
        source: String, "Source" = Field::text().help("For example the county TB register");
        note: String, "Note" = Field::text();
    }
}

record! {
    /// Something that is measured. Its status follows from its target and from what was measured.
    Indicator {
        reference: String, "Reference" = Field::text();
        project: Option<Id>, "Project" = Field::link(&[RecordKind::Project]).parent();
        code: String, "Code" = Field::text().help("As the donor numbers it, for example 1.2");
        name: String, "Name" = Field::text().required();
        unit: String, "Unit" = Field::text().help("For example per cent of patients");
        direction: Option<Direction>, "Direction" = Field::choice(Direction::WORDS).required();
        baseline: Option<Quantity>, "Baseline" = Field::of(FieldKind::QuantityOrZero).required().section("From where to where");
        baseline_on: Option<NaiveDate>, "Baseline of" = Field::day().required();
        target: Option<Quantity>, "Target" = Field::of(FieldKind::QuantityOrZero).required();
        target_by: Option<NaiveDate>, "Target by" = Field::day().required();
        actuals: Vec<Actual>, "Measured" = Field::list(&ListOf { singular: "value", fields: Actual::FIELDS })
            .section("What was measured");
        note: String, "Note" = Field::long_text();
    }
}

impl Indicator {
    /// The newest value that was measured up to a day.
    #[must_use]
    pub fn measured(&self, day: NaiveDate) -> Option<&Actual> {
        self.actuals.iter().filter(|actual| actual.on.is_some_and(|on| on <= day)).max_by_key(|actual| actual.on)
    }

    /// Whether a value is the target or better.
    #[must_use]
    pub fn is_met_by(&self, value: Quantity) -> bool {
        let target = self.target.unwrap_or_default();
        match self.direction {
            Some(Direction::Decrease) => value <= target,
            _ => value >= target,
        }
    }

    /// How far a value is on the way from the baseline to the target, in whole per mille; below zero where it went the
    /// wrong way. What is left over of a per mille is dropped. `None` where baseline and target are the same.
    #[must_use]
    pub fn per_mille(&self, value: Quantity) -> Option<i64> {
        let from = i128::from(self.baseline.unwrap_or_default().thousandths());
        let whole = i128::from(self.target.unwrap_or_default().thousandths()) - from;
        let way = (i128::from(value.thousandths()) - from) * 1000;
        way.checked_div(whole).and_then(|share| i64::try_from(share).ok())
    }
}

impl Record for Indicator {
    fn title(&self) -> String {
        if self.code.is_empty() { self.name.clone() } else { format!("{} {}", self.code, self.name) }
    }

    fn dated_on(&self) -> Option<FuzzyDate> {
        self.baseline_on.map(FuzzyDate::day)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_order(self.baseline_on, self.target_by, ("target_by", "Target by"), &mut problems);
        let wrong_way = match self.direction {
            Some(Direction::Increase) => self.target < self.baseline,
            Some(Direction::Decrease) => self.target > self.baseline,
            None => false,
        };
        if wrong_way && self.target.is_some() && self.baseline.is_some() {
            let figure = |value: Option<Quantity>| value.unwrap_or_default().grouped();
            let rule = format!(
                "From {} to {} is the other way. Mend the direction, the baseline or the target",
                figure(self.baseline),
                figure(self.target)
            );
            problems.push(FieldError::at("target", "Target", Problem::Rule(rule)));
        }
        let mut last = self.baseline_on;
        for (at, actual) in self.actuals.iter().enumerate() {
            let too_early = actual.on < last || at > 0 && actual.on == last;
            if let (true, Some(on), Some(before)) = (too_early, actual.on, last) {
                let rule = format!(
                    "{on} does not come after {before}. Write the values in the order of their days, one a day"
                );
                let label = format!("On, value {}", at + 1);
                problems.push(FieldError::at(&format!("actuals[{at}].on"), &label, Problem::Rule(rule)));
            }
            last = last.max(actual.on);
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

    fn value(text: &str) -> Option<Quantity> {
        Quantity::parse(text).ok()
    }

    fn indicator(direction: Direction, baseline: &str, target: &str) -> Indicator {
        let direction = Some(direction);
        Indicator { direction, baseline: value(baseline), target: value(target), ..Indicator::default() }
    }

    #[test]
    fn the_way_is_counted_in_whole_per_mille_and_needs_no_float() {
        use Direction::{Decrease, Increase};
        for (direction, baseline, target, at, share) in [
            (Increase, "62", "85", "62", Some(0)),
            (Increase, "62", "85", "85", Some(1000)),
            (Increase, "62", "85", "70", Some(347)),
            (Increase, "62", "85", "60", Some(-86)),
            (Decrease, "30", "10", "15", Some(750)),
            (Decrease, "30", "10", "5", Some(1250)),
            (Increase, "5", "5", "5", None),
        ] {
            let at = value(at).unwrap();
            assert_eq!(indicator(direction, baseline, target).per_mille(at), share, "{baseline} to {target} at {at}");
        }
    }

    #[test]
    fn the_target_lies_the_way_that_is_better_and_values_stand_in_order() {
        assert_eq!(indicator(Direction::Decrease, "10", "30").check()[0].path, "target");
        assert!(indicator(Direction::Increase, "10", "30").check().is_empty());
        let on = |text: &str| Actual { on: text.parse().ok(), value: value("3"), ..Actual::default() };
        for (days, fault) in [
            (["2026-03-01", "2026-04-01"], None),
            (["2026-04-01", "2026-03-01"], Some("actuals[1].on")),
            (["2026-03-01", "2026-03-01"], Some("actuals[1].on")),
            (["2025-03-01", "2026-03-01"], Some("actuals[0].on")),
        ] {
            let sound = indicator(Direction::Increase, "1", "9");
            let baseline_on = "2026-01-01".parse().ok();
            let problems = Indicator { baseline_on, actuals: days.map(on).to_vec(), ..sound }.check();
            assert_eq!(problems.first().map(|problem| problem.path.as_str()), fault, "{days:?}");
        }
    }
}
