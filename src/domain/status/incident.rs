//! The life of an incident: open until the day on which it ended.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Span, Status, spans};
use crate::domain::record::Incident;
use crate::domain::word::words;

words! {
    /// How an incident stands.
    pub enum IncidentStage {
        Open = "incident_open", "Incident open";
        Closed = "incident_closed", "Incident closed";
    }
}

/// The history of an incident as spans.
#[must_use]
pub fn spans_of(incident: &Incident) -> Vec<Span> {
    let days: BTreeSet<NaiveDate> = incident.began_on.into_iter().chain(incident.ended_on).collect();
    spans(days, |day| {
        incident.began_on.filter(|began| *began <= day)?;
        let ended = incident.ended_on.filter(|ended| *ended <= day);
        let stage = if ended.is_some() { IncidentStage::Closed } else { IncidentStage::Open };
        Some(Status::of_stage(stage.word(), [incident.began_on, ended, None]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::status::on;

    #[test]
    fn an_incident_is_open_until_the_day_on_which_it_ended() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let open = Incident { began_on: Some(day("2026-03-01")), ..Incident::default() };
        let ended = Incident { ended_on: Some(day("2026-03-20")), ..open.clone() };
        let same_day = Incident { ended_on: Some(day("2026-03-01")), ..open.clone() };
        for (incident, at, expected) in [
            (&open, "2026-02-28", None),
            (&open, "2026-11-24", Some("incident_open")),
            (&ended, "2026-03-19", Some("incident_open")),
            (&ended, "2026-03-20", Some("incident_closed")),
            (&same_day, "2026-03-01", Some("incident_closed")),
        ] {
            let spans = spans_of(incident);
            assert_eq!(on(&spans, day(at)).map(|span| span.status.stage), expected, "{at}");
        }
    }
}
