//! What covers a line: bookings of grant lines, reliances on rules, and matters that were answered without a line for it.

use super::UseDay;
use super::cell::{By, Cell, CellState, Why};
use super::consigned::Taken;
use super::goods::Asked;
use super::judge::{Judge, ScopeFacts, Span};
use super::ledger::{Consignment, LineFacts, Permit};
use super::reliance;
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::record::{Answer, LineAnswer, Measure};
use crate::domain::status::request::RequestFacts;

impl Judge<'_> {
    /// What covers the line, or what was looked at and does not; `None` where nothing is there.
    pub(super) fn cover(&self, asked: &Asked<'_>) -> Option<Cell> {
        let booked = self.by_bookings(asked);
        if booked.is_some_and(|cell| cell.state == CellState::Covered) {
            return booked;
        }
        let relied = self.by_reliance(asked);
        if relied.is_some_and(|cell| cell.state == CellState::Covered) {
            return relied;
        }
        booked.or_else(|| self.by_matter(asked)).or(relied)
    }

    fn by_bookings(&self, asked: &Asked<'_>) -> Option<Cell> {
        let (mut fits, mut last, mut worst) = (0_i64, None, None);
        for taken in asked.of.taken_of(asked.line.number).iter().filter(|one| one.instrument == asked.instrument) {
            match self.fitting(asked, taken) {
                Err(problem) => worst = Some(worst.map_or(problem, |known| worse(known, problem))),
                Ok(quantity) => {
                    fits += quantity;
                    last = Some(taken);
                }
            }
        }
        // What covers the whole line covers it, whatever else was booked for it too.
        let whole = asked.line.quantity.filter(|wanted| fits >= *wanted && last.is_some());
        if worst.is_some() && whole.is_none() {
            return worst;
        }
        let taken = last?;
        let by = By::Permission(taken.permit_id, taken.booked.grant_line);
        Some(match asked.line.quantity {
            None => Cell::of(CellState::Unknown, by, Why::OtherItem),
            Some(wanted) if fits < wanted => {
                Cell::of(CellState::Short, by, Why::Missing(Measure::Quantity, wanted - fits))
            }
            Some(_) => {
                let left = self.permit_day(taken.permit_id, taken.permit).left_of(taken.booked.grant_line);
                Cell::of(CellState::Covered, by, left)
            }
        })
    }

    /// How much of a booking fits, or what stands in its way.
    fn fitting(&self, asked: &Asked<'_>, taken: &Taken<'_>) -> Result<i64, Cell> {
        let Taken { permit_id, permit, booked, at, .. } = taken;
        let by = By::Permission(*permit_id, booked.grant_line);
        if booked.odd.is_some() {
            return Err(Cell::of(CellState::Unknown, by, Why::OtherItem));
        }
        let Some(day) = asked.of.day(asked.point) else {
            return Err(Cell::of(CellState::Unknown, by, Why::NoDay));
        };
        let scope = scope(asked.of.consignment, asked.line);
        if let Some(found) = self.obstacle(*permit_id, permit, booked.grant_line, (asked.of.id, Span::from(day), scope))
        {
            return Err(found);
        }
        if booked.grant_line.is_none()
            && let Some(matter) = permit.matter
            && let Some(refused) = self.refused(matter, asked.line)
        {
            return Err(refused);
        }
        // What came back later had been covered when it went.
        let quantity = booked.quantity;
        match self.too_much(*permit_id, permit, *at) {
            None => Ok(quantity),
            Some((Measure::Quantity, missing)) => Ok(quantity - missing),
            Some((measure, missing)) => Err(Cell::of(CellState::Short, by, Why::Missing(measure, missing))),
        }
    }

    fn by_reliance(&self, asked: &Asked<'_>) -> Option<Cell> {
        let day = asked.of.day(asked.point).map_or(self.day, |day| day.on);
        let carries = asked.of.reliances.iter().filter(|(instrument, ..)| *instrument == asked.instrument);
        let cells = carries.map(|(_, id, one)| reliance::cell(*id, one, day, asked.section(), asked.rule()));
        cells.min_by_key(|cell| (cell.state != CellState::Covered, cell.state))
    }

    /// A matter that the shipment names: cleared without a letter, a letter without lines, or a refusal.
    fn by_matter(&self, asked: &Asked<'_>) -> Option<Cell> {
        let mut found: Option<Cell> = None;
        for (_, matter) in asked.of.matters.iter().filter(|(instrument, _)| *instrument == asked.instrument) {
            let Some(day) = asked.of.day(asked.point) else {
                found = Some(Cell::of(CellState::Unknown, By::Matter(*matter), Why::NoDay));
                continue;
            };
            if let Some(refused) = self.refused(*matter, asked.line) {
                found = found.or(Some(refused));
                continue;
            }
            if self.is_answered_for(*matter, asked.line, day.on) {
                let by = By::Matter(*matter);
                return Some(match self.dependency(*matter, day.on) {
                    None => Cell::of(CellState::Covered, by, Why::NotStated),
                    Some(why) => Cell::of(CellState::DependencyFails, by, why),
                });
            }
            for cell in self.by_whole_letters(asked, *matter, day) {
                if cell.state == CellState::Covered {
                    return Some(cell);
                }
                found = Some(cell);
            }
        }
        found
    }

    /// The letters of a matter that have no lines: they cover what the matter is about, and count nothing. One that has ended
    /// is nothing to plan with; of a use that happened it is told.
    fn by_whole_letters(&self, asked: &Asked<'_>, matter: Id, used: UseDay) -> Vec<Cell> {
        let permits = self.ledger.matters.get(&matter).map(|facts| facts.permits.as_slice()).unwrap_or_default();
        let known = permits.iter().filter_map(|permit| Some((*permit, self.ledger.permits.get(permit)?)));
        let ended = |permit: &Permit| permit.facts.on(self.day).is_some_and(|state| state.validity.has_ended());
        let whole = known.filter(|(_, permit)| {
            permit.facts.permission.grants.is_empty()
                && permit.is_given(self.day)
                && (used.happened || !ended(permit))
                && self.asks_for(matter, permit.request, asked.line)
        });
        let scope = scope(asked.of.consignment, asked.line);
        let cell = |(id, permit): (Id, &Permit)| {
            let by = By::Permission(id, None);
            let covered = match permit.facts.cap(self.day).filter(|_| permit.facts.takes_slots) {
                // A letter for so many shipments must be booked, so that they are counted.
                Some(cap) => Cell::of(CellState::Short, by, Why::NotCounted(u32::try_from(cap).unwrap_or(u32::MAX))),
                None => Cell::of(CellState::Covered, by, Why::NotStated),
            };
            self.obstacle(id, permit, None, (asked.of.id, Span::from(used), scope)).unwrap_or(covered)
        };
        whole.map(cell).collect()
    }

    /// Whether a filing of a matter was answered for a line in a way that gives no letter.
    fn is_answered_for(&self, matter: Id, line: &LineFacts, on: chrono::NaiveDate) -> bool {
        let requests = self.ledger.matters.get(&matter).map(|facts| facts.requests.as_slice()).unwrap_or_default();
        requests.iter().any(|(id, request)| asks(request, line) && self.is_answered(*id, request, on))
    }

    /// Whether the request that a letter answers asked for a line; any, where the letter does not say which.
    fn asks_for(&self, matter: Id, request: Option<Id>, line: &LineFacts) -> bool {
        let requests = self.ledger.matters.get(&matter).map(|facts| facts.requests.as_slice()).unwrap_or_default();
        let of_letter = request.and_then(|wanted| requests.iter().find(|(id, _)| *id == wanted));
        of_letter.is_none_or(|(_, request)| asks(request, line))
    }

    /// Whether the line's item was refused in a matter, by the newest decision about it, and no letter grants it since.
    fn refused(&self, matter: Id, line: &LineFacts) -> Option<Cell> {
        let facts = self.ledger.matters.get(&matter)?;
        let granting = |permit: &&Permit| {
            let usable = permit.facts.on(self.day).is_some_and(|state| !state.validity.has_ended());
            usable && permit.facts.permission.grants.iter().any(|grant| grant.item.is_some() && grant.item == line.item)
        };
        if facts.permits.iter().filter_map(|permit| self.ledger.permits.get(permit)).any(|permit| granting(&permit)) {
            return None;
        }
        let mut newest: Option<(chrono::NaiveDate, Id, bool)> = None;
        for (request_id, request) in facts.requests.iter().filter(|(_, request)| asks(request, line)) {
            let numbers = request.request.lines.iter().filter(|asked| asked.item == line.item);
            let numbers: Vec<Option<u32>> = numbers.map(|asked| asked.number).collect();
            for decision in &request.decisions {
                let Some(on) = decision.on.map(FuzzyDate::last).filter(|on| *on <= self.day) else { continue };
                let Some(answer) = decision.answer.filter(|answer| !answer.changes_permission()) else { continue };
                let of_line = decision.lines.iter().find(|row| numbers.contains(&row.line)).and_then(|row| row.answer);
                let refused = of_line.map_or(answer == Answer::Refused, |answer| answer == LineAnswer::Refused);
                if newest.is_none_or(|(known, ..)| known <= on) {
                    newest = Some((on, *request_id, refused));
                }
            }
        }
        let refusal = |request| Cell::of(CellState::Refused, By::Matter(matter), Why::Decision(request));
        newest.filter(|(.., refused)| *refused).map(|(_, request, _)| refusal(request))
    }

    /// Whether a grant line could serve a line on its day of use, whatever is left of it.
    #[must_use]
    pub fn serves(
        &self,
        permit: (Id, &Permit),
        grant: Option<u32>,
        line: (Id, &Consignment, &LineFacts),
        instrument: usize,
    ) -> bool {
        self.hindered(permit, grant, line, instrument).is_none()
    }

    /// What keeps a grant line from serving a line on its day of use, whatever is left of it.
    #[must_use]
    pub fn hindered(
        &self,
        (permit_id, permit): (Id, &Permit),
        grant: Option<u32>,
        (id, consignment, line): (Id, &Consignment, &LineFacts),
        instrument: usize,
    ) -> Option<Cell> {
        let Some(day) = self.meets(&consignment.days, self.point(instrument)) else {
            return Some(Cell::of(CellState::Unknown, By::Permission(permit_id, grant), Why::NoDay));
        };
        let scope = scope(consignment, line);
        let obstacle = self.obstacle(permit_id, permit, grant, (id, Span::from(day), scope));
        // A shipment that takes no slot yet is held against the slots that are left; conditions can still be kept.
        obstacle.filter(|cell| match cell.state {
            CellState::NoSlot => {
                let day = self.permit_day(permit_id, permit);
                day.slots.contains(&id) || day.cap.is_some_and(|cap| day.slots.len() >= cap)
            }
            CellState::ConditionOpen | CellState::DependencyFails => false,
            _ => true,
        })
    }
}

fn scope<'a>(consignment: &'a Consignment, line: &LineFacts) -> ScopeFacts<'a> {
    ScopeFacts { consignee: line.consignee, supplier: line.supplier, person: None, places: &consignment.places }
}

/// Whether a request asked for the item of a line; one without lines, or with lines in words only, can be about anything.
fn asks(request: &RequestFacts, line: &LineFacts) -> bool {
    let lines = &request.request.lines;
    lines.is_empty() || lines.iter().any(|asked| asked.item.is_none() || asked.item == line.item)
}

/// The worse of two cells.
pub(super) fn worse(a: Cell, b: Cell) -> Cell {
    if b.state < a.state { b } else { a }
}
