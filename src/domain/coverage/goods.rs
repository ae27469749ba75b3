//! The coverage of goods: each line of a shipment against each instrument that it needs, or that somebody booked for it.

use super::cell::{By, Cell, CellState, Why};
use super::judge::{Answers, Judge, ScopeFacts, Span};
use super::ledger::{Consignment, LineFacts};
use super::reliance;
use super::usage::UseDay;
use crate::domain::id::Id;
use crate::domain::record::{ActKind, LineAnswer, Measure, RuleAnswer, UsePoint, Way};
use crate::domain::rules::{Act, Goods, acts};

/// One row of the matrix: a line and its cells, by the place of the instrument, in the order of the instruments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// The number of the line.
    pub line: u32,
    /// Its cells.
    pub cells: Vec<(usize, Cell)>,
}

/// What a cell is judged by.
struct Asked<'a> {
    id: Id,
    consignment: &'a Consignment,
    line: &'a LineFacts,
    instrument: usize,
    /// What the rules answer, and the first row that says so.
    answer: Option<(RuleAnswer, u32)>,
    /// The section that the rule names.
    section: String,
}

impl Judge<'_> {
    /// The rows of a shipment; empty where it is not known.
    #[must_use]
    pub fn shipment(&self, id: Id) -> Vec<LineRow> {
        let Some(consignment) = self.ledger.shipments.get(&id) else { return Vec::new() };
        consignment.lines.iter().map(|line| self.line(id, consignment, line)).collect()
    }

    /// Whether a shipment still matters on the day: it was known, and neither received in full nor cancelled.
    #[must_use]
    pub fn is_open(&self, consignment: &Consignment) -> bool {
        consignment.known_on.is_some_and(|on| on <= self.day) && consignment.closed_on.is_none_or(|on| on > self.day)
    }

    /// One row.
    #[must_use]
    pub fn line(&self, id: Id, consignment: &Consignment, line: &LineFacts) -> LineRow {
        let mut asked: Vec<(usize, Option<(RuleAnswer, u32)>, String)> = Vec::with_capacity(8);
        self.asked_by_rules(consignment, line, &mut asked);
        let mut add = |instrument: Option<usize>| {
            if let Some(at) = instrument
                && asked.iter().all(|(known, ..)| *known != at)
            {
                asked.push((at, None, String::new()));
            }
        };
        for (permit, at) in self.ledger.booked.get(&id).map(Vec::as_slice).unwrap_or_default() {
            let Some(permit) = self.ledger.permits.get(permit) else { continue };
            if permit.facts.bookings.get(*at).is_some_and(|booked| booked.line == Some(line.number)) {
                add(permit.instrument.and_then(|instrument| self.ledger.instrument(instrument)));
            }
        }
        asked.sort_unstable_by_key(|(at, ..)| *at);
        let cell = |(instrument, answer, section): (usize, Option<(RuleAnswer, u32)>, String)| {
            let asked = Asked { id, consignment, line, instrument, answer, section };
            (instrument, self.cell(&asked))
        };
        LineRow { line: line.number, cells: asked.into_iter().map(cell).collect() }
    }

    /// What the rules ask: each instrument by the rules of the day on which it is used.
    fn asked_by_rules(
        &self,
        consignment: &Consignment,
        line: &LineFacts,
        asked: &mut Vec<(usize, Option<(RuleAnswer, u32)>, String)>,
    ) {
        let Some(item) = line.item else { return };
        let mut eras: Vec<usize> = Vec::with_capacity(2);
        for point in UsePoint::ALL {
            let day = self.use_day(consignment, *point).on;
            let era = self.era(day);
            if eras.contains(&era) {
                continue;
            }
            eras.push(era);
            let answers = self.answers((item, consignment.profile, era), || self.act(consignment, item, day));
            self.take(&answers, consignment, era, asked);
        }
    }

    /// Of the answers of an era, those of the instruments that are used in it.
    fn take(
        &self,
        answers: &Answers,
        consignment: &Consignment,
        era: usize,
        asked: &mut Vec<(usize, Option<(RuleAnswer, u32)>, String)>,
    ) {
        for (at, answer, need) in &answers.needs {
            let Some(facts) = self.ledger.instruments.get(*at) else { continue };
            let point = facts.instrument.use_point.unwrap_or(UsePoint::Entry);
            if self.era(self.use_day(consignment, point).on) != era || asked.iter().any(|(known, ..)| known == at) {
                continue;
            }
            let need = usize::try_from(*need).ok().and_then(|need| answers.advice.needs.get(need));
            let row = need.and_then(|need| u32::try_from(*need.rows.first()?).ok()).unwrap_or_default();
            let section = need.map(|need| need.section.clone()).unwrap_or_default();
            asked.push((*at, Some((*answer, row)), section));
        }
    }

    /// What is done with an item of a consignment on a day.
    pub(super) fn act(&self, consignment: &Consignment, item: Id, on: chrono::NaiveDate) -> Act {
        let profile = self.ledger.profiles.get(consignment.profile).cloned().unwrap_or_default();
        let goods = self.ledger.items.get(&item).map_or_else(Goods::default, acts::goods_of);
        let kind = if profile.direction == Some(Way::Out) { ActKind::BringBack } else { ActKind::Ship };
        Act {
            kind,
            on,
            direction: profile.direction,
            goods: Some(goods),
            actor: profile.actor,
            transit: profile.transit,
            traveller: None,
        }
    }

    /// The day of a use; the day that is looked at where none is known.
    fn use_day(&self, consignment: &Consignment, point: UsePoint) -> UseDay {
        consignment.days.at(point).unwrap_or(UseDay { on: self.day, happened: false })
    }

    fn cell(&self, asked: &Asked<'_>) -> Cell {
        let rule = asked.answer.map(|(_, row)| row);
        match asked.answer {
            Some((RuleAnswer::Barred, row)) => return Cell::of(CellState::Barred, By::Nothing, Why::Rule(row)),
            Some((RuleAnswer::NotNeeded, row)) => {
                let covered = self.cover(asked).filter(|cell| cell.state == CellState::Covered);
                return covered.unwrap_or(Cell::of(CellState::NotNeeded, By::Nothing, Why::Rule(row)));
            }
            Some((RuleAnswer::Unclear, row)) => {
                return self.cover(asked).unwrap_or(Cell::of(CellState::Unclear, By::Nothing, Why::Rule(row)));
            }
            Some((RuleAnswer::Needed, _)) | None => {}
        }
        if let Some(cell) = self.cover(asked) {
            return cell;
        }
        match asked.line.quantity {
            Some(quantity) => Cell::of(CellState::Short, By::Nothing, Why::Missing(Measure::Quantity, quantity)),
            None => Cell::of(CellState::Unknown, By::Nothing, rule.map_or(Why::OtherItem, Why::Rule)),
        }
    }

    /// What covers the line, or what was looked at and does not; `None` where nothing is there.
    fn cover(&self, asked: &Asked<'_>) -> Option<Cell> {
        let point = self.ledger.instruments.get(asked.instrument)?.instrument.use_point.unwrap_or(UsePoint::Entry);
        let booked = self.by_bookings(asked, point);
        if booked.is_some_and(|cell| cell.state == CellState::Covered) {
            return booked;
        }
        let relied = self.by_reliance(asked, point);
        if relied.is_some_and(|cell| cell.state == CellState::Covered) {
            return relied;
        }
        booked.or_else(|| self.by_matter(asked, point)).or(relied)
    }

    fn by_bookings(&self, asked: &Asked<'_>, point: UsePoint) -> Option<Cell> {
        let Asked { id, consignment, line, .. } = asked;
        let (mut fits, mut last, mut problem) = (0_i64, None, None);
        let mut short: Option<(By, Measure, i64)> = None;
        for (permit_id, at) in self.ledger.booked.get(id).map(Vec::as_slice).unwrap_or_default() {
            let Some(permit) = self.ledger.permits.get(permit_id) else { continue };
            let Some(booked) = permit.facts.bookings.get(*at) else { continue };
            let of_instrument = permit.instrument.and_then(|one| self.ledger.instrument(one)) == Some(asked.instrument);
            if !of_instrument || booked.line != Some(line.number) || !booked.is_active(self.day) {
                continue;
            }
            let by = By::Permission(*permit_id, booked.grant_line);
            if booked.odd.is_some() {
                problem = problem.or(Some(Cell::of(CellState::Unknown, by, Why::OtherItem)));
                continue;
            }
            let Some(day) = consignment.days.at(point) else {
                problem = problem.or(Some(Cell::of(CellState::Unknown, by, Why::NoDay)));
                continue;
            };
            let scope = self.scope(consignment, line);
            match self.obstacle(*permit_id, permit, booked.grant_line, (*id, Span::from(day), scope)) {
                Some(found) => problem = Some(problem.map_or(found, |known: Cell| worse(known, found))),
                None => {
                    let too_much = self.too_much(*permit_id, permit, *at);
                    let missing = too_much.filter(|(measure, _)| *measure == Measure::Quantity).map_or(0, |(_, n)| n);
                    fits += booked.takes(Measure::Quantity, None, self.day) - missing;
                    if let Some((measure, n)) = too_much.filter(|(measure, _)| *measure != Measure::Quantity) {
                        short = Some((by, measure, n));
                    }
                    last = Some((*permit_id, permit, booked.grant_line));
                }
            }
        }
        if problem.is_some() {
            return problem;
        }
        if let Some((by, measure, n)) = short {
            return Some(Cell::of(CellState::Short, by, Why::Missing(measure, n)));
        }
        let (permit_id, permit, grant) = last?;
        let by = By::Permission(permit_id, grant);
        Some(match line.quantity {
            None => Cell::of(CellState::Unknown, by, Why::OtherItem),
            Some(wanted) if fits < wanted => {
                Cell::of(CellState::Short, by, Why::Missing(Measure::Quantity, wanted - fits))
            }
            Some(_) => Cell::of(CellState::Covered, by, self.permit_day(permit_id, permit).left_of(grant)),
        })
    }

    fn by_reliance(&self, asked: &Asked<'_>, point: UsePoint) -> Option<Cell> {
        let Asked { id, consignment, .. } = asked;
        let instrument = self.ledger.instruments.get(asked.instrument)?.id;
        let day = self.use_day(consignment, point).on;
        let rule = asked.answer.map_or(0, |(_, row)| row);
        let carries = self.ledger.reliances.iter().filter(|(_, reliance)| {
            reliance.instrument == Some(instrument)
                && (reliance.shipments.contains(id)
                    || consignment.project.is_some_and(|project| reliance.projects.contains(&project))
                    || consignment.matters.iter().any(|matter| reliance.matters.contains(matter)))
        });
        let known = carries.filter(|(_, one)| one.decided_on.or(one.relied_on).is_none_or(|on| on <= self.day));
        known
            .map(|(at, one)| reliance::cell(*at, one, day, &asked.section, rule))
            .min_by_key(|cell| (cell.state != CellState::Covered, cell.state))
    }

    /// A matter that the shipment names: cleared without a letter, a letter without lines, or a refusal.
    fn by_matter(&self, asked: &Asked<'_>, point: UsePoint) -> Option<Cell> {
        let Asked { id, consignment, line, .. } = asked;
        let instrument = self.ledger.instruments.get(asked.instrument)?.id;
        let mut found: Option<Cell> = None;
        for matter in &consignment.matters {
            let Some(facts) = self.ledger.matters.get(matter).filter(|one| one.matter.instrument == Some(instrument))
            else {
                continue;
            };
            let Some(day) = consignment.days.at(point) else {
                found = Some(Cell::of(CellState::Unknown, By::Matter(*matter), Why::NoDay));
                continue;
            };
            if self.is_cleared(*matter, day.on) {
                return Some(
                    self.dependency(*matter, day.on)
                        .map_or(Cell::of(CellState::Covered, By::Matter(*matter), Why::NotStated), |why| {
                            Cell::of(CellState::DependencyFails, By::Matter(*matter), why)
                        }),
                );
            }
            let whole = facts.permits.iter().filter_map(|permit| Some((*permit, self.ledger.permits.get(permit)?)));
            for (permit_id, permit) in whole.filter(|(_, permit)| permit.facts.permission.grants.is_empty()) {
                if permit.facts.on(self.day).is_none() {
                    continue;
                }
                let scope = self.scope(consignment, line);
                let cell = self.obstacle(permit_id, permit, None, (*id, Span::from(day), scope)).unwrap_or(Cell::of(
                    CellState::Covered,
                    By::Permission(permit_id, None),
                    Why::NotStated,
                ));
                if cell.state == CellState::Covered {
                    return Some(cell);
                }
                found = Some(cell);
            }
            found = found.or_else(|| self.refused(*matter, line));
        }
        found
    }

    /// Whether the line's item was refused in a matter, by the newest decision about it.
    fn refused(&self, matter: Id, line: &LineFacts) -> Option<Cell> {
        let facts = self.ledger.matters.get(&matter)?;
        let mut newest: Option<(chrono::NaiveDate, Id, bool)> = None;
        for (request_id, request) in &facts.requests {
            let numbers = request.request.lines.iter().filter(|asked| asked.item == line.item);
            let numbers: Vec<Option<u32>> = numbers.map(|asked| asked.number).collect();
            for decision in &request.decisions {
                let Some(on) = decision.on.map(crate::domain::date::FuzzyDate::last).filter(|on| *on <= self.day)
                else {
                    continue;
                };
                let of_line = decision.lines.iter().find(|row| numbers.contains(&row.line));
                let whole = decision.answer == Some(crate::domain::record::Answer::Refused);
                if of_line.is_none() && !whole {
                    continue;
                }
                let refused = whole || of_line.is_some_and(|row| row.answer == Some(LineAnswer::Refused));
                if newest.is_none_or(|(known, ..)| known <= on) {
                    newest = Some((on, *request_id, refused));
                }
            }
        }
        newest
            .filter(|(.., refused)| *refused)
            .map(|(_, request, _)| Cell::of(CellState::Refused, By::Matter(matter), Why::Decision(request)))
    }

    /// The rule that speaks of a line and an instrument: its place in the rule book.
    #[must_use]
    pub fn rule_of(&self, id: Id, line: u32, instrument: usize) -> Option<u32> {
        let consignment = self.ledger.shipments.get(&id)?;
        let line = consignment.lines.iter().find(|one| one.number == line)?;
        let mut asked = Vec::with_capacity(8);
        self.asked_by_rules(consignment, line, &mut asked);
        let (_, answer, _) = asked.into_iter().find(|(at, ..)| *at == instrument)?;
        answer.map(|(_, row)| row)
    }

    /// Whether a grant line could serve a line on its day of use, whatever is left of it.
    #[must_use]
    pub fn serves(
        &self,
        permit: (Id, &super::ledger::Permit),
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
        (permit_id, permit): (Id, &super::ledger::Permit),
        grant: Option<u32>,
        (id, consignment, line): (Id, &Consignment, &LineFacts),
        instrument: usize,
    ) -> Option<Cell> {
        let point = self.ledger.instruments.get(instrument).and_then(|one| one.instrument.use_point);
        let Some(day) = consignment.days.at(point.unwrap_or(UsePoint::Entry)) else {
            return Some(Cell::of(CellState::Unknown, By::Permission(permit_id, grant), Why::NoDay));
        };
        let scope = self.scope(consignment, line);
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

    fn scope<'b>(&self, consignment: &'b Consignment, line: &LineFacts) -> ScopeFacts<'b> {
        ScopeFacts { consignee: line.consignee, supplier: line.supplier, person: None, places: &consignment.places }
    }
}

/// The worse of two cells.
pub(super) fn worse(a: Cell, b: Cell) -> Cell {
    if b.state < a.state { b } else { a }
}
