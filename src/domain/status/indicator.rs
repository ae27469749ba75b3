//! The standing of an indicator: not measured, below its target, target met or missed.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Span, Status, spans};
use crate::domain::record::Indicator;
use crate::domain::word::words;

words! {
    /// How an indicator stands.
    pub enum IndicatorStage {
        NotMeasured = "not_measured", "Not measured";
        BelowTarget = "below_target", "Target not reached yet";
        TargetMet = "target_met", "Target met";
        TargetMissed = "target_missed", "Target missed";
    }
}

/// The history of an indicator as spans, from the day of its baseline.
#[must_use]
pub fn spans_of(indicator: &Indicator) -> Vec<Span> {
    let mut days: BTreeSet<NaiveDate> = indicator.baseline_on.into_iter().collect();
    days.extend(indicator.actuals.iter().filter_map(|actual| actual.on));
    days.extend(indicator.target_by.and_then(|last| last.succ_opt()));
    spans(days, |day| Some(status_on(indicator, day)))
}

fn status_on(indicator: &Indicator, day: NaiveDate) -> Status {
    let newest = indicator.measured(day);
    let stage = stage(indicator, day);
    let settled = newest.and_then(|actual| actual.on).filter(|_| stage == IndicatorStage::TargetMet);
    Status::of_stage(stage.word(), [indicator.baseline_on, settled, indicator.target_by])
}

fn stage(indicator: &Indicator, day: NaiveDate) -> IndicatorStage {
    let Some(value) = indicator.measured(day).and_then(|actual| actual.value) else {
        return IndicatorStage::NotMeasured;
    };
    if indicator.is_met_by(value) {
        IndicatorStage::TargetMet
    } else if indicator.target_by.is_some_and(|last| day > last) {
        IndicatorStage::TargetMissed
    } else {
        IndicatorStage::BelowTarget
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::quantity::Quantity;
    use crate::domain::record::{Actual, Direction};
    use crate::domain::status::on;

    #[test]
    fn the_newest_value_up_to_the_day_is_held_against_the_target() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let value = |text: &str| Quantity::parse(text).ok();
        let actual = |on: &str, of: &str| Actual { on: Some(day(on)), value: value(of), ..Actual::default() };
        let indicator = |direction, [baseline, target]: [&str; 2], actuals: Vec<Actual>| Indicator {
            direction: Some(direction),
            baseline: value(baseline),
            baseline_on: Some(day("2026-01-01")),
            target: value(target),
            target_by: Some(day("2026-12-31")),
            actuals,
            ..Indicator::default()
        };
        let more =
            indicator(Direction::Increase, ["62", "85"], vec![actual("2026-06-30", "70"), actual("2026-10-01", "85")]);
        let less =
            indicator(Direction::Decrease, ["30", "10"], vec![actual("2026-06-30", "10"), actual("2026-10-01", "12")]);
        for (indicator, at, expected) in [
            (&more, "2025-12-31", None),
            (&more, "2026-01-01", Some("not_measured")),
            (&more, "2026-06-30", Some("below_target")),
            (&more, "2026-10-01", Some("target_met")),
            (&more, "2027-05-01", Some("target_met")),
            (&less, "2026-06-30", Some("target_met")),
            (&less, "2026-12-31", Some("below_target")),
            (&less, "2027-01-01", Some("target_missed")),
        ] {
            let spans = spans_of(indicator);
            assert_eq!(on(&spans, day(at)).map(|span| span.status.stage), expected, "{at}");
        }
        let never = indicator(Direction::Increase, ["1", "2"], Vec::new());
        assert_eq!(on(&spans_of(&never), day("2027-06-01")).unwrap().status.stage, "not_measured");
    }
}
