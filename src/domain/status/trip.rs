//! The life of a trip: planned, in approval, cleared or refused, travelling, returned.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::request::RequestFacts;
use super::{Illegal, Span, Stage, Status, Validity, spans};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::record::{LineAnswer, Traveller, Trip, TripEvent, TripEventKind};
use crate::domain::word::words;

words! {
    /// How far a trip has come.
    pub enum TripStage {
        Planned = "planned", "Planned";
        InApproval = "in_approval", "In approval";
        Cleared = "cleared", "Cleared";
        Refused = "refused", "Refused";
        Travelling = "travelling", "Travelling";
        Returned = "returned", "Returned";
        Cancelled = "cancelled", "Cancelled";
    }
}

words! {
    /// Where the permission of one traveller stands.
    pub enum TravellerStage {
        NothingAsked = "nothing_asked", "Nothing asked";
        NotSent = "not_sent", "Not sent";
        Asked = "asked", "Asked";
        Cleared = "cleared", "Cleared";
        Refused = "refused", "Refused";
    }
}

/// Everything from which a trip's status follows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TripFacts {
    /// The trip itself.
    pub trip: Trip,
    /// What happened to it, in any order.
    pub events: Vec<TripEvent>,
    /// The requests on which its travellers depend.
    pub requests: Vec<(Id, RequestFacts)>,
}

impl TripFacts {
    /// The status on `day`; `None` while nothing was known of it yet.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Option<Status> {
        if self.first_day()? > day {
            return None;
        }
        let departed = self.dated(TripEventKind::Departed, day);
        Some(Status {
            stage: self.stage(day).word(),
            outcome: "",
            validity: "",
            was: "",
            begun_on: departed.or(self.trip.departs_on.map(FuzzyDate::day)),
            settled_on: self.dated(TripEventKind::Returned, day),
            until_on: self.trip.returns_on.map(FuzzyDate::day),
        })
    }

    /// Its history as spans.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        let mut days: BTreeSet<NaiveDate> = self.first_day().into_iter().collect();
        days.extend(self.events.iter().filter_map(|event| Some(event.on?.last())));
        for (_, request) in &self.requests {
            request.boundaries(&mut days);
        }
        spans(days, |day| self.on(day))
    }

    /// Where the permission of one traveller stands on `day`: one refusal stops the person, one open answer keeps waiting.
    #[must_use]
    pub fn traveller(&self, traveller: &Traveller, day: NaiveDate) -> TravellerStage {
        let asked = traveller.requests.iter().filter_map(|id| self.requests.iter().find(|(known, _)| known == id));
        let mut stage = TravellerStage::NothingAsked;
        for (_, request) in asked {
            let answer = traveller.person.and_then(|person| request.traveller_answer(person, day));
            let one = match answer {
                Some(LineAnswer::Refused) => return TravellerStage::Refused,
                Some(LineAnswer::Granted | LineAnswer::Cut) => match request.on(day).map(|status| status.validity) {
                    Some(validity) if validity == Validity::Revoked.word() => return TravellerStage::Refused,
                    // What has lapsed clears nobody; it has to be asked for again.
                    Some(validity) if lapsed(validity) => TravellerStage::NotSent,
                    _ => TravellerStage::Cleared,
                },
                None if is_unsent(request, day) => TravellerStage::NotSent,
                None => TravellerStage::Asked,
            };
            stage = match (stage, one) {
                (TravellerStage::NothingAsked, first) => first,
                (TravellerStage::Cleared, other) | (other, TravellerStage::Cleared) => other,
                (TravellerStage::Asked, _) | (_, TravellerStage::Asked) => TravellerStage::Asked,
                (same, _) => same,
            };
        }
        stage
    }

    /// Refuses facts that contradict one another.
    pub fn check(&self) -> Result<(), Illegal> {
        for kind in TripEventKind::ALL {
            let mut same = self.events.iter().filter(|event| event.kind == Some(*kind)).filter_map(|event| event.on);
            if let (Some(on), Some(_)) = (same.next(), same.next()) {
                return Err(Illegal::Twice { what: kind.label().to_owned(), on });
            }
        }
        let departed = self.dated(TripEventKind::Departed, NaiveDate::MAX);
        if let Some(on) = self.dated(TripEventKind::Returned, NaiveDate::MAX) {
            let departed_before = departed.is_some_and(|departed| !on.certainly_before(departed));
            if !departed_before {
                let what = TripEventKind::Returned.label().to_owned();
                return Err(Illegal::Needs { what, on, needs: TripEventKind::Departed.label() });
            }
        }
        match (departed, self.dated(TripEventKind::Cancelled, NaiveDate::MAX)) {
            (Some(on), Some(ended)) => Err(Illegal::Contradiction(format!(
                "A trip cannot have departed ({on}) and be cancelled ({ended}). Remove the one that is wrong"
            ))),
            _ => Ok(()),
        }
    }

    fn first_day(&self) -> Option<NaiveDate> {
        let dated = self.events.iter().filter_map(|event| Some(event.on?.last()));
        self.trip.started_on.into_iter().chain(dated).min()
    }

    fn dated(&self, kind: TripEventKind, day: NaiveDate) -> Option<FuzzyDate> {
        let of_kind = self.events.iter().filter(|event| event.kind == Some(kind));
        of_kind.filter_map(|event| event.on).find(|on| on.last() <= day)
    }

    fn stage(&self, day: NaiveDate) -> TripStage {
        for (kind, stage) in [
            (TripEventKind::Cancelled, TripStage::Cancelled),
            (TripEventKind::Returned, TripStage::Returned),
            (TripEventKind::Departed, TripStage::Travelling),
        ] {
            if self.dated(kind, day).is_some() {
                return stage;
            }
        }
        let travellers: Vec<TravellerStage> = self
            .trip
            .travellers
            .iter()
            .map(|traveller| self.traveller(traveller, day))
            .filter(|stage| *stage != TravellerStage::NothingAsked)
            .collect();
        let any = |wanted| travellers.contains(&wanted);
        match () {
            () if travellers.is_empty() => TripStage::Planned,
            () if travellers.iter().all(|stage| *stage == TravellerStage::Refused) => TripStage::Refused,
            () if any(TravellerStage::Asked) => TripStage::InApproval,
            () if any(TravellerStage::NotSent) && any(TravellerStage::Cleared) => TripStage::InApproval,
            () if any(TravellerStage::NotSent) => TripStage::Planned,
            () => TripStage::Cleared,
        }
    }
}

fn lapsed(validity: &str) -> bool {
    [Validity::Expired, Validity::Suspended, Validity::UsedUp, Validity::Replaced]
        .iter()
        .any(|one| one.word() == validity)
}

fn is_unsent(request: &RequestFacts, day: NaiveDate) -> bool {
    let early = [Stage::Draft.word(), Stage::NationalReview.word()];
    request.on(day).is_none_or(|status| early.contains(&status.stage))
}
