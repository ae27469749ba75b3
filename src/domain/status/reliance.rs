//! The life of a reliance on a rule: ahead, relied on, ending soon, ended.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::{EXPIRING_DAYS, Span, Status, spans};
use crate::domain::record::Reliance;
use crate::domain::word::words;

words! {
    /// How a reliance stands.
    pub enum RelianceStage {
        Ahead = "reliance_ahead", "Not relied on yet";
        Relied = "relied_on", "Relied on";
        Ending = "reliance_ending", "Reliance ends soon";
        Ended = "reliance_ended", "Reliance ended";
    }
}

/// The history of a reliance as spans, from the day on which it was decided.
#[must_use]
pub fn spans_of(reliance: &Reliance) -> Vec<Span> {
    let last = reliance.valid_until;
    let mut days: BTreeSet<NaiveDate> = reliance.decided_on.into_iter().chain(reliance.relied_on).collect();
    days.extend(reliance.ended_on);
    days.extend(last.and_then(|last| last.checked_sub_days(Days::new(EXPIRING_DAYS))));
    days.extend(last.and_then(|last| last.succ_opt()));
    let first = reliance.decided_on.into_iter().chain(reliance.relied_on).min();
    days.retain(|day| first.is_some_and(|first| *day >= first));
    spans(days, |day| Some(status_on(reliance, day)))
}

fn status_on(reliance: &Reliance, day: NaiveDate) -> Status {
    let stage = stage(reliance, day);
    let ended = reliance.ended_on.into_iter().chain(reliance.valid_until).min();
    let settled = ended.filter(|_| stage == RelianceStage::Ended);
    Status::of_stage(stage.word(), [reliance.relied_on, settled, ended])
}

fn stage(reliance: &Reliance, day: NaiveDate) -> RelianceStage {
    let left = reliance.valid_until.map(|last| (last - day).num_days());
    if reliance.relied_on.is_none_or(|on| on > day) {
        RelianceStage::Ahead
    } else if reliance.ended_on.is_some_and(|ended| ended <= day) || left.is_some_and(|left| left < 0) {
        RelianceStage::Ended
    } else if left.is_some_and(|left| left <= EXPIRING_DAYS.cast_signed()) {
        RelianceStage::Ending
    } else {
        RelianceStage::Relied
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::status::on;

    #[test]
    fn a_reliance_ends_with_the_rule_or_when_we_no_longer_rely_on_it() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let open =
            Reliance { decided_on: Some(day("2026-01-10")), relied_on: Some(day("2026-02-01")), ..Reliance::default() };
        let dated = Reliance { valid_until: Some(day("2026-12-31")), ..open.clone() };
        let given_up = Reliance { ended_on: Some(day("2026-06-01")), ..dated.clone() };
        for (reliance, at, expected) in [
            (&open, "2026-01-09", None),
            (&open, "2026-01-10", Some("reliance_ahead")),
            (&open, "2026-02-01", Some("relied_on")),
            (&open, "2036-02-01", Some("relied_on")),
            (&dated, "2026-10-31", Some("relied_on")),
            (&dated, "2026-11-01", Some("reliance_ending")),
            (&dated, "2026-12-31", Some("reliance_ending")),
            (&dated, "2027-01-01", Some("reliance_ended")),
            (&given_up, "2026-05-31", Some("relied_on")),
            (&given_up, "2026-06-01", Some("reliance_ended")),
        ] {
            let spans = spans_of(reliance);
            assert_eq!(on(&spans, day(at)).map(|span| span.status.stage), expected, "{at}");
        }
    }
}
