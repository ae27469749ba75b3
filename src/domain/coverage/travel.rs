//! The coverage of travel: each traveller on each leg against each instrument that the journey needs.

use chrono::NaiveDate;

use super::cell::{By, Cell, CellState, Why};
use super::cover::worse;
use super::judge::{Judge, ScopeFacts, Span};
use super::ledger::Journey;
use super::reliance;
use crate::domain::id::Id;
use crate::domain::record::{DocumentKind, LineAnswer, Measure, RuleAnswer, TravelLeg, Traveller as Row};
use crate::domain::rules::acts;
use crate::domain::status::request::RequestFacts;

/// One row of the matrix: a traveller on a leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegRow {
    /// The traveller.
    pub person: Id,
    /// The leg, from 0 on; `None` where the trip has no legs and its own days are looked at.
    pub leg: Option<usize>,
    /// Its cells, by the place of the instrument.
    pub cells: Vec<(usize, Cell)>,
}

/// The code of the country whose entry is asked about.
const COUNTRY: &str = "KP";

/// The code of the instrument that stands in a passport.
const VALIDATION: &str = "special_validation_passport";

/// What a cell is judged by.
struct Asked<'a> {
    id: Id,
    journey: &'a Journey,
    row: &'a Row,
    person: Id,
    instrument: usize,
    section: String,
    rule: u32,
    span: Option<Span>,
}

impl Judge<'_> {
    /// The rows of a trip; empty where it is not known.
    #[must_use]
    pub fn trip(&self, id: Id) -> Vec<LegRow> {
        let Some(journey) = self.ledger.trips.get(&id) else { return Vec::new() };
        let legs = legs_inside(&journey.trip.legs);
        let mut rows = Vec::new();
        for row in &journey.trip.travellers {
            let Some(person) = row.person else { continue };
            if legs.is_empty() {
                rows.push(self.leg(id, journey, row, (person, None)));
            }
            rows.extend(legs.iter().map(|leg| self.leg(id, journey, row, (person, Some(*leg)))));
        }
        rows
    }

    /// Whether a trip still matters on the day.
    #[must_use]
    pub fn is_trip_open(&self, journey: &Journey) -> bool {
        let known = journey.trip.started_on.or(journey.trip.departs_on);
        // Nobody left, and its days are over: there is nothing more to be covered.
        let last = journey.trip.returns_on.or(journey.trip.departs_on);
        let passed = journey.departed.is_none() && last.is_some_and(|last| last < self.day);
        known.is_some_and(|on| on <= self.day) && journey.closed_on.is_none_or(|on| on > self.day) && !passed
    }

    fn leg(&self, id: Id, journey: &Journey, row: &Row, (person, leg): (Id, Option<usize>)) -> LegRow {
        let span = span(journey, leg);
        let day = span.map_or(self.day, |span| span.first);
        let who = self.ledger.people.get(&person).cloned().unwrap_or_default();
        let answers = self.answers((person, usize::MAX, self.era(day)), || {
            acts::of_traveller(&journey.trip, &who, &row.passport, day)
        });
        let mut cells = Vec::new();
        for (instrument, answer, need) in &answers.needs {
            let need = usize::try_from(*need).ok().and_then(|need| answers.advice.needs.get(need));
            let asked = Asked {
                id,
                journey,
                row,
                person,
                instrument: *instrument,
                section: need.map(|need| need.section.clone()).unwrap_or_default(),
                rule: need.and_then(|need| u32::try_from(*need.rows.first()?).ok()).unwrap_or_default(),
                span,
            };
            cells.push((*instrument, self.travel_cell(&asked, *answer)));
        }
        cells.sort_unstable_by_key(|(at, _)| *at);
        LegRow { person, leg, cells }
    }

    fn travel_cell(&self, asked: &Asked<'_>, answer: RuleAnswer) -> Cell {
        match answer {
            RuleAnswer::Barred => Cell::of(CellState::Barred, By::Nothing, Why::Rule(asked.rule)),
            RuleAnswer::NotNeeded => Cell::of(CellState::NotNeeded, By::Nothing, Why::Rule(asked.rule)),
            RuleAnswer::Unclear => {
                self.travel_cover(asked).unwrap_or(Cell::of(CellState::Unclear, By::Nothing, Why::Rule(asked.rule)))
            }
            RuleAnswer::Needed => self.travel_cover(asked).unwrap_or(Cell::of(
                CellState::Short,
                By::Nothing,
                Why::Missing(Measure::People, 1000),
            )),
        }
    }

    fn travel_cover(&self, asked: &Asked<'_>) -> Option<Cell> {
        let Some(span) = asked.span else { return Some(Cell::of(CellState::Unknown, By::Nothing, Why::NoDay)) };
        if let Some(refused) = self.refused_traveller(asked) {
            return Some(refused);
        }
        let ways = [
            self.by_traveller_bookings(asked, span),
            self.by_letters(asked, span),
            self.by_document(asked, span),
            self.by_answer(asked, span),
            self.by_travel_reliance(asked, span),
        ];
        let found: Vec<Cell> = ways.into_iter().flatten().collect();
        let covered = found.iter().find(|cell| cell.state == CellState::Covered).copied();
        covered.or_else(|| found.first().copied())
    }

    /// One refusal stops the person, whatever was granted to others.
    fn refused_traveller(&self, asked: &Asked<'_>) -> Option<Cell> {
        for (matter, request_id, request) in self.requests_of(asked) {
            if request.traveller_answer(asked.person, self.day) == Some(LineAnswer::Refused) {
                return Some(Cell::of(CellState::Refused, By::Matter(matter), Why::Decision(request_id)));
            }
        }
        None
    }

    /// The requests of this traveller under matters of this instrument.
    fn requests_of<'b>(&'b self, asked: &'b Asked<'_>) -> impl Iterator<Item = (Id, Id, &'b RequestFacts)> {
        let instrument = self.ledger.instruments.get(asked.instrument).map(|one| one.id);
        let of_instrument = self.ledger.matters.iter().filter(move |(_, facts)| facts.matter.instrument == instrument);
        of_instrument.flat_map(move |(matter, facts)| {
            let named = facts.requests.iter().filter(|(id, _)| asked.row.requests.contains(id));
            named.map(move |(id, request)| (*matter, *id, request))
        })
    }

    fn by_traveller_bookings(&self, asked: &Asked<'_>, span: Span) -> Option<Cell> {
        let mut found: Option<Cell> = None;
        for (permit_id, at) in self.ledger.booked.get(&asked.id).map(Vec::as_slice).unwrap_or_default() {
            let Some(permit) = self.ledger.permits.get(permit_id) else { continue };
            let Some(booked) = permit.facts.bookings.get(*at) else { continue };
            let of_instrument = permit.instrument.and_then(|one| self.ledger.instrument(one)) == Some(asked.instrument);
            if !of_instrument || booked.person != Some(asked.person) || !booked.is_active(self.day) {
                continue;
            }
            let by = By::Permission(*permit_id, booked.grant_line);
            let use_of = (asked.id, span, traveller_scope(asked));
            let too_much = || {
                let (measure, n) = self.too_much(*permit_id, permit, *at)?;
                Some(Cell::of(CellState::Short, by, Why::Missing(measure, n)))
            };
            let problem = self.obstacle(*permit_id, permit, booked.grant_line, use_of).or_else(too_much);
            let Some(cell) = problem else {
                let left = self.permit_day(*permit_id, permit).left_of(booked.grant_line);
                return Some(Cell::of(CellState::Covered, by, left));
            };
            found = Some(found.map_or(cell, |known| worse(known, cell)));
        }
        found
    }

    /// The letters that answered this traveller's requests.
    fn by_letters(&self, asked: &Asked<'_>, span: Span) -> Option<Cell> {
        let mut found: Option<Cell> = None;
        for (matter, request_id, request) in self.requests_of(asked) {
            if request.traveller_answer(asked.person, self.day).is_none() {
                continue;
            }
            let permits = self.ledger.matters.get(&matter).map(|facts| facts.permits.as_slice()).unwrap_or_default();
            for permit_id in permits {
                let Some(permit) = self.ledger.permits.get(permit_id) else { continue };
                // A letter that answers another's request is another's.
                if permit.request.is_some_and(|answered| answered != request_id) {
                    continue;
                }
                // What is counted in entries or people has to be booked, so that it is counted.
                if permit.facts.on(self.day).is_none()
                    || permit.facts.permission.grants.iter().any(|one| !one.limits.is_empty())
                {
                    continue;
                }
                let use_of = (asked.id, span, traveller_scope(asked));
                let cell = self.obstacle(*permit_id, permit, None, use_of).unwrap_or(Cell::of(
                    CellState::Covered,
                    By::Permission(*permit_id, None),
                    Why::NotStated,
                ));
                if cell.state == CellState::Covered {
                    return Some(cell);
                }
                found = Some(cell);
            }
        }
        found
    }

    /// A validation stands in the passport itself; its days are those of the document.
    fn by_document(&self, asked: &Asked<'_>, span: Span) -> Option<Cell> {
        let code = &self.ledger.instruments.get(asked.instrument)?.instrument.reference;
        let kind = match code.as_str() {
            VALIDATION => DocumentKind::SpecialValidation,
            "kp_visa" => DocumentKind::Visa,
            _ => return None,
        };
        let by = By::Document(asked.person);
        let documents = self.ledger.people.get(&asked.person)?.documents.iter().filter(|one| one.kind == Some(kind));
        let cell = |document: &crate::domain::record::TravelDocument| {
            let late = document.expires_on.map(|end| (span.last - end).num_days()).filter(|days| *days > 0);
            let early = document.issued_on.map(|start| (span.first - start).num_days()).filter(|days| *days < 0);
            late.or(early).map_or(Cell::of(CellState::Covered, by, Why::NotStated), |days| {
                Cell::of(CellState::OutsideWindow, by, Why::Days(days))
            })
        };
        // One that had run out before the journey, by the day that is looked at, is none.
        let ran_out = |one: &crate::domain::record::TravelDocument| {
            one.expires_on.is_some_and(|end| end < self.day && end < span.first)
        };
        let known = documents.filter(|one| one.issued_on.is_none_or(|on| on <= self.day) && !ran_out(one));
        known.map(cell).min_by_key(|cell| (cell.state != CellState::Covered, cell.state))
    }

    /// An answer that gives no letter: cleared by silence, eligible, no permission needed.
    fn by_answer(&self, asked: &Asked<'_>, span: Span) -> Option<Cell> {
        let answered = |(_, id, request): &(Id, Id, &RequestFacts)| self.is_answered(*id, request, span.first);
        let (cleared, ..) = self.requests_of(asked).find(answered)?;
        Some(
            self.dependency(cleared, span.first)
                .map_or(Cell::of(CellState::Covered, By::Matter(cleared), Why::NotStated), |why| {
                    Cell::of(CellState::DependencyFails, By::Matter(cleared), why)
                }),
        )
    }

    fn by_travel_reliance(&self, asked: &Asked<'_>, span: Span) -> Option<Cell> {
        let instrument = self.ledger.instruments.get(asked.instrument)?.id;
        let project = asked.journey.trip.project;
        let carries = self.ledger.reliances.iter().filter(|(_, reliance)| {
            reliance.instrument == Some(instrument)
                && (reliance.trips.contains(&asked.id)
                    || project.is_some_and(|project| reliance.projects.contains(&project)))
        });
        let cell = |(at, one)| reliance::cell(at, one, span.last, &asked.section, asked.rule);
        let known = carries.filter(|(_, one)| reliance::is_known(one, self.day));
        known.map(|(at, one)| cell((*at, one))).min_by_key(|cell| (cell.state != CellState::Covered, cell.state))
    }
}

/// The first and the last day of a trip in the country; of the whole trip, where no leg says that it enters.
#[must_use]
pub fn stay(journey: &Journey) -> Option<(NaiveDate, NaiveDate)> {
    let legs = legs_inside(&journey.trip.legs);
    let first = span(journey, legs.first().copied())?;
    let last = span(journey, legs.last().copied())?;
    Some((first.first, last.last.max(first.first)))
}

fn traveller_scope(asked: &Asked<'_>) -> ScopeFacts<'static> {
    ScopeFacts { person: Some(asked.person), ..ScopeFacts::default() }
}

/// The days of a leg; the trip's own where it has no legs.
fn span(journey: &Journey, leg: Option<usize>) -> Option<Span> {
    let trip = &journey.trip;
    let (from, to) = match leg.and_then(|at| trip.legs.get(at)) {
        Some(leg) => (leg.departs_on.or(leg.arrives_on), leg.arrives_on.or(leg.departs_on)),
        None => (None, None),
    };
    // Who left later than planned was nowhere before.
    let first = from.or(trip.departs_on).max(journey.departed)?;
    Some(Span { first, last: to.or(from).or(trip.returns_on).unwrap_or(first).max(first) })
}

/// The legs from the one that enters the country to the one that leaves it; all, where none says that it enters.
fn legs_inside(legs: &[TravelLeg]) -> Vec<usize> {
    let enters = |leg: &TravelLeg| leg.enters.as_deref() == Some(COUNTRY);
    let mut inside = false;
    let mut found = Vec::new();
    for (at, leg) in legs.iter().enumerate() {
        if enters(leg) {
            inside = true;
        }
        if inside {
            found.push(at);
        }
        if inside && leg.enters.is_some() && !enters(leg) {
            inside = false;
        }
    }
    if found.is_empty() { (0..legs.len()).collect() } else { found }
}
