//! The coverage of goods: each line of a shipment against each instrument that it needs, or that somebody booked for it.

use super::cell::{By, Cell, CellState, Why};
use super::consigned::Consigned;
use super::judge::Judge;
use super::ledger::{Consignment, LineFacts};
use crate::domain::id::Id;
use crate::domain::record::{ActKind, Measure, RuleAnswer, UsePoint, Way};
use crate::domain::rules::{Act, Goods, Need, acts};

/// One row of the matrix: a line and its cells, by the place of the instrument, in the order of the instruments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// The number of the line.
    pub line: u32,
    /// Its cells.
    pub cells: Vec<(usize, Cell)>,
}

/// What a cell is judged by.
pub(super) struct Asked<'a> {
    pub of: &'a Consigned<'a>,
    pub line: &'a LineFacts,
    /// The place of the instrument.
    pub instrument: usize,
    /// Where it is used.
    pub point: UsePoint,
    /// What the rules answer of it; `None` where none speaks of it.
    pub need: Option<&'a Need>,
}

impl Asked<'_> {
    /// The place of the first rule that speaks of it.
    pub fn rule(&self) -> u32 {
        self.need.and_then(|need| u32::try_from(*need.rows.first()?).ok()).unwrap_or_default()
    }

    /// The section that the rule names.
    pub fn section(&self) -> &str {
        self.need.map_or("", |need| need.section.as_str())
    }
}

impl Judge<'_> {
    /// The rows of a shipment; empty where it is not known.
    #[must_use]
    pub fn shipment(&self, id: Id) -> Vec<LineRow> {
        let Some(consignment) = self.ledger.shipments.get(&id) else { return Vec::new() };
        let of = Consigned::of(self, id, consignment);
        consignment.lines.iter().map(|line| self.line(&of, line)).collect()
    }

    /// Whether a shipment still matters on the day: it was known, and neither received in full nor cancelled.
    #[must_use]
    pub fn is_open(&self, consignment: &Consignment) -> bool {
        consignment.known_on.is_some_and(|on| on <= self.day) && consignment.closed_on.is_none_or(|on| on > self.day)
    }

    /// One row: each instrument by the rules of the day on which it is used, then what was booked though no rule asks it.
    fn line(&self, of: &Consigned<'_>, line: &LineFacts) -> LineRow {
        let mut cells: Vec<(usize, Cell)> = Vec::with_capacity(8);
        for (era, day) in of.eras.iter().filter(|_| line.item.is_some()) {
            let item = line.item.unwrap_or_default();
            let answers = self.answers((item, of.consignment.profile, *era), || self.act(of.consignment, item, *day));
            for (instrument, _, need) in &answers.needs {
                let point = self.point(*instrument);
                if of.era(point) != *era {
                    continue;
                }
                let need = usize::try_from(*need).ok().and_then(|need| answers.advice.needs.get(need));
                cells.push((*instrument, self.cell(&Asked { of, line, instrument: *instrument, point, need })));
            }
        }
        for taken in of.taken_of(line.number) {
            let instrument = taken.instrument;
            if cells.iter().all(|(known, _)| *known != instrument) {
                let asked = Asked { of, line, instrument, point: self.point(instrument), need: None };
                cells.push((instrument, self.cell(&asked)));
            }
        }
        cells.sort_unstable_by_key(|(at, _)| *at);
        LineRow { line: line.number, cells }
    }

    /// The rule that speaks of a line and an instrument: its place in the rule book.
    #[must_use]
    pub fn rule_of(&self, id: Id, line: u32, instrument: usize) -> Option<u32> {
        let consignment = self.ledger.shipments.get(&id)?;
        let item = consignment.lines.iter().find(|one| one.number == line)?.item?;
        let day = self.meets(&consignment.days, self.point(instrument)).map_or(self.day, |day| day.on);
        let era = self.era(day);
        let answers = self.answers((item, consignment.profile, era), || self.act(consignment, item, day));
        let (.., need) = answers.needs.iter().find(|(at, ..)| *at == instrument)?;
        let need = answers.advice.needs.get(usize::try_from(*need).ok()?)?;
        u32::try_from(*need.rows.first()?).ok()
    }

    /// Where an instrument is used.
    pub(super) fn point(&self, instrument: usize) -> UsePoint {
        self.ledger.instruments.get(instrument).and_then(|one| one.instrument.use_point).unwrap_or(UsePoint::Entry)
    }

    /// What is done with an item of a consignment on a day.
    fn act(&self, consignment: &Consignment, item: Id, on: chrono::NaiveDate) -> Act {
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

    fn cell(&self, asked: &Asked<'_>) -> Cell {
        let by_rule = |state: CellState| Cell::of(state, By::Nothing, Why::Rule(asked.rule()));
        match asked.need.map(|need| need.answer) {
            Some(RuleAnswer::Barred) => by_rule(CellState::Barred),
            Some(RuleAnswer::NotNeeded) => {
                let covered = self.cover(asked).filter(|cell| cell.state == CellState::Covered);
                covered.unwrap_or_else(|| by_rule(CellState::NotNeeded))
            }
            Some(RuleAnswer::Unclear) => self.cover(asked).unwrap_or_else(|| by_rule(CellState::Unclear)),
            Some(RuleAnswer::Needed) | None => self.cover(asked).unwrap_or(match asked.line.quantity {
                Some(quantity) => Cell::of(CellState::Short, By::Nothing, Why::Missing(Measure::Quantity, quantity)),
                None => Cell::of(CellState::Unknown, By::Nothing, Why::OtherItem),
            }),
        }
    }
}
