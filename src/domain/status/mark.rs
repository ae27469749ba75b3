//! The life of a mark on a deadline: put off and shown again, or done. And what marks make of the deadline's own row.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Span, Status, spans};
use crate::domain::record::Mark;
use crate::domain::word::words;

words! {
    /// How a mark stands.
    pub enum MarkStage {
        PutOff = "put_off", "Put off";
        ShownAgain = "shown_again", "Shown again";
        Done = "deadline_done", "Done";
    }
}

/// The days on which a mark keeps its deadline out of sight: from the first up to, and without, the second.
#[must_use]
pub fn hides(mark: &Mark) -> Option<(NaiveDate, Option<NaiveDate>)> {
    let from = mark.on?;
    match (mark.done_on, mark.snoozed_until) {
        (Some(done), _) => Some((from.max(done), None)),
        (None, Some(until)) if until > from => Some((from, Some(until))),
        _ => None,
    }
}

/// The history of a mark as spans. It counts from the day on which it was set, whatever was decided then.
#[must_use]
pub fn spans_of(mark: &Mark) -> Vec<Span> {
    let hidden = hides(mark);
    let mut days: BTreeSet<NaiveDate> = hidden.into_iter().map(|(from, _)| from).collect();
    days.extend(hidden.and_then(|(_, until)| until));
    spans(days, |day| {
        let stage = match hidden? {
            (_, None) => MarkStage::Done,
            (_, Some(until)) if day < until => MarkStage::PutOff,
            _ => MarkStage::ShownAgain,
        };
        Some(Status::of_stage(stage.word(), [mark.on, mark.done_on, mark.snoozed_until]))
    })
}

/// The times in which a deadline is in sight: those between `known` and `closed` that no mark hides. `None` is the
/// beginning or the end of all days.
#[must_use]
pub fn in_sight(
    known: Option<NaiveDate>,
    closed: Option<NaiveDate>,
    marks: &[Mark],
) -> Vec<(Option<NaiveDate>, Option<NaiveDate>)> {
    let mut left = vec![(known, closed)];
    for (from, until) in marks.iter().filter_map(hides) {
        let cut = |(start, end): (Option<NaiveDate>, Option<NaiveDate>)| {
            let before = (start, Some(end.map_or(from, |end| end.min(from))));
            let after = until.map(|until| (Some(start.map_or(until, |start| start.max(until))), end));
            [Some(before), after].into_iter().flatten()
        };
        left = left.into_iter().flat_map(cut).filter(|part| is_some_time(*part)).collect();
    }
    left
}

fn is_some_time((start, end): (Option<NaiveDate>, Option<NaiveDate>)) -> bool {
    match (start, end) {
        (Some(start), Some(end)) => start < end,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::status::on;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn put_off(on: &str, until: &str) -> Mark {
        Mark { on: Some(day(on)), snoozed_until: Some(day(until)), ..Mark::default() }
    }

    fn done(on: &str, done_on: &str) -> Mark {
        Mark { on: Some(day(on)), done_on: Some(day(done_on)), ..Mark::default() }
    }

    fn seen(marks: &[Mark], at: &str) -> bool {
        let at = day(at);
        let holds = |(from, to): &(Option<NaiveDate>, Option<NaiveDate>)| {
            from.is_none_or(|from| from <= at) && to.is_none_or(|to| at < to)
        };
        in_sight(Some(day("2026-01-01")), None, marks).iter().any(holds)
    }

    #[test]
    fn a_deadline_is_out_of_sight_while_it_is_put_off_and_once_it_is_done() {
        let snooze = put_off("2026-03-01", "2026-03-15");
        let again = put_off("2026-03-20", "2026-04-01");
        let finished = done("2026-05-01", "2026-05-01");
        for (marks, at, visible) in [
            (vec![], "2025-12-31", false),
            (vec![], "2026-01-01", true),
            (vec![snooze.clone()], "2026-02-28", true),
            (vec![snooze.clone()], "2026-03-01", false),
            (vec![snooze.clone()], "2026-03-14", false),
            (vec![snooze.clone()], "2026-03-15", true),
            (vec![again.clone(), snooze.clone()], "2026-03-16", true),
            (vec![again.clone(), snooze.clone()], "2026-03-25", false),
            (vec![snooze.clone(), finished.clone()], "2026-04-30", true),
            (vec![snooze, finished], "2026-05-01", false),
            // Done earlier than it was marked: it counts from the day of the mark.
            (vec![done("2026-05-04", "2026-05-01")], "2026-05-03", true),
            (vec![done("2026-05-04", "2026-05-01")], "2026-05-04", false),
            (vec![done("2026-05-04", "2026-05-01")], "2030-01-01", false),
        ] {
            assert_eq!(seen(&marks, at), visible, "{at}: {marks:?}");
        }
    }

    #[test]
    fn a_mark_says_how_it_stands() {
        let spans = spans_of(&put_off("2026-03-01", "2026-03-15"));
        let stage = |at: &str| on(&spans, day(at)).map(|span| span.status.stage);
        assert_eq!(["2026-02-28", "2026-03-01", "2026-03-15"].map(stage), [None, Some("put_off"), Some("shown_again")]);
        let spans = spans_of(&done("2026-05-01", "2026-05-01"));
        assert_eq!(on(&spans, day("2026-05-01")).map(|span| span.status.stage), Some("deadline_done"));
    }

    proptest! {
        #[test]
        fn marks_in_any_order_hide_the_same_days(
            marks in prop::collection::vec((0_u64..300, 0_u64..60, prop::bool::weighted(0.1)), 0..6),
            turn in 0_usize..6,
            at in 0_u64..400,
        ) {
            let base = day("2026-01-01");
            let at = base + chrono::Days::new(at);
            let mut marks: Vec<Mark> = marks
                .into_iter()
                .map(|(from, long, is_done)| {
                    let on = base + chrono::Days::new(from);
                    let until = on + chrono::Days::new(long);
                    let (done_on, snoozed_until) = if is_done { (Some(until), None) } else { (None, Some(until)) };
                    Mark { on: Some(on), done_on, snoozed_until, ..Mark::default() }
                })
                .collect();
            let hidden = marks.iter().filter_map(hides).any(|(from, to)| from <= at && to.is_none_or(|to| at < to));
            let visible = |marks: &[Mark]| {
                let holds = |(from, to): &(Option<NaiveDate>, Option<NaiveDate>)| {
                    from.is_none_or(|from| from <= at) && to.is_none_or(|to| at < to)
                };
                in_sight(Some(base), None, marks).iter().filter(|part| holds(part)).count()
            };
            prop_assert_eq!(visible(&marks), usize::from(!hidden));
            let by = turn % marks.len().max(1);
            marks.rotate_left(by);
            prop_assert_eq!(visible(&marks), usize::from(!hidden));
        }
    }
}
