//! The life of a visit: planned, made, and what had to follow done or not.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Span, Status, spans};
use crate::domain::record::Visit;
use crate::domain::word::words;

words! {
    /// How a visit stands.
    pub enum VisitStage {
        Planned = "visit_planned", "Visit planned";
        Visited = "visited", "Visited";
        FollowUpOpen = "follow_up_open", "Follow-up open";
        FollowUpOverdue = "follow_up_overdue", "Follow-up overdue";
    }
}

/// The history of a visit as spans.
#[must_use]
pub fn spans_of(visit: &Visit) -> Vec<Span> {
    let mut days: BTreeSet<NaiveDate> = visit.started_on.into_iter().chain(visit.on).collect();
    for row in &visit.follow_ups {
        days.extend(row.done_on);
        days.extend(row.due_on.and_then(|due| due.succ_opt()));
    }
    let first = visit.started_on.into_iter().chain(visit.on).min();
    days.retain(|day| first.is_some_and(|first| *day >= first));
    spans(days, |day| Some(status_on(visit, day)))
}

fn status_on(visit: &Visit, day: NaiveDate) -> Status {
    let due = visit.follow_ups.iter().filter(|row| row.is_open(day)).filter_map(|row| row.due_on).min();
    let done = visit.follow_ups.iter().filter_map(|row| row.done_on).max();
    let stage = stage(visit, day);
    let settled = done.or(visit.until).or(visit.on).filter(|_| stage == VisitStage::Visited);
    Status::of_stage(stage.word(), [visit.on, settled, due])
}

fn stage(visit: &Visit, day: NaiveDate) -> VisitStage {
    if visit.on.is_none_or(|on| on > day) {
        VisitStage::Planned
    } else if visit.follow_ups.iter().any(|row| row.is_overdue(day)) {
        VisitStage::FollowUpOverdue
    } else if visit.follow_ups.iter().any(|row| row.is_open(day)) {
        VisitStage::FollowUpOpen
    } else {
        VisitStage::Visited
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::FollowUp;
    use crate::domain::status::on;

    #[test]
    fn a_visit_is_done_when_everything_that_had_to_follow_is_done() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let row = |due: Option<&str>, done: Option<&str>| FollowUp {
            what: "Mend it".into(),
            due_on: due.map(day),
            done_on: done.map(day),
            ..FollowUp::default()
        };
        let visit = |follow_ups: Vec<FollowUp>| Visit {
            started_on: Some(day("2026-04-01")),
            on: Some(day("2026-05-02")),
            follow_ups,
            ..Visit::default()
        };
        let late = visit(vec![row(Some("2026-05-20"), Some("2026-06-02")), row(None, Some("2026-05-10"))]);
        for (visit, at, expected) in [
            (visit(Vec::new()), "2026-03-31", None),
            (visit(Vec::new()), "2026-05-01", Some("visit_planned")),
            (visit(Vec::new()), "2026-05-02", Some("visited")),
            (visit(vec![row(None, None)]), "2027-01-01", Some("follow_up_open")),
            (late.clone(), "2026-05-20", Some("follow_up_open")),
            (late.clone(), "2026-05-21", Some("follow_up_overdue")),
            (late.clone(), "2026-06-01", Some("follow_up_overdue")),
            (late, "2026-06-02", Some("visited")),
        ] {
            let spans = spans_of(&visit);
            assert_eq!(on(&spans, day(at)).map(|span| span.status.stage), expected, "{at}");
        }
    }

    #[test]
    fn a_visit_recorded_after_it_was_made_was_never_planned() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let visit = Visit { started_on: day("2026-05-10"), on: day("2026-05-02"), ..Visit::default() };
        let spans = spans_of(&visit);
        assert_eq!(spans.len(), 1);
        assert_eq!((spans[0].from.to_string().as_str(), spans[0].status.stage), ("2026-05-02", "visited"));
    }
}
