//! What is counted of a record's lines: by day, item, project and fund, in thousandths of each item's base unit.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::catalogue::Catalogue;
use super::derive::Family;
use super::session::refusal;
use super::write::WriteError;
use crate::domain::date::FuzzyDate;
use crate::domain::goods::{GoodsRow, NEVER};
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::record::{Facts, Line, LineRole, Lot, RecordKind};
use crate::domain::schema::{FieldError, Problem};
use crate::domain::shares::{self, Share};
use crate::domain::status::Span;
use crate::domain::status::shipment::ShipmentStage;
use crate::domain::summary::Source;
use crate::domain::units;
use crate::store::record::{self, Derived, Stored};
use crate::store::{self, Db, StoreError};

/// The rows that should be kept of a record.
pub(super) fn rows(
    db: &Db,
    catalogue: &mut Catalogue,
    stored: &Stored,
    facts: &Facts,
    parent: Option<&Family>,
    derived: &Derived,
    spans: &[Span],
) -> Result<Vec<GoodsRow>, WriteError> {
    if facts.lines.is_empty() {
        return Ok(Vec::new());
    }
    let words = || stored.head.words();
    let on = happened_on(stored.head.kind, facts, spans);
    let mut rows = Vec::with_capacity(facts.lines.len());
    for line in taken_over(&facts.lines, parent) {
        let Some(quantity) = counted(db, catalogue, &line, &words)? else { continue };
        let item = line.item.map(|item| catalogue.item(db, item)).transpose()?;
        let row = GoodsRow {
            role: line.role,
            source: if derived.source == Source::Public.word() { Source::Public } else { Source::Own },
            number: line.number,
            on: if line.role == LineRole::Planned { planned_on(&line) } else { on.clone() },
            item: line.item,
            category: item.as_ref().and_then(|item| item.category),
            unit: item.and_then(|item| item.base_unit.clone()).unwrap_or_default(),
            // What a project plans is planned for itself.
            project: derived.project.or((stored.head.kind == RecordKind::Project).then_some(stored.head.id)),
            fund: None,
            site: line.site,
            lot: line.lot,
            quantity: 0,
        };
        match shares_of(db, catalogue, &line)?.as_slice() {
            [Share { fund, part: shares::WHOLE }] => {
                rows.push(GoodsRow { fund: *fund, quantity: quantity.thousandths(), ..row });
            }
            several => rows.extend(
                shares::split(quantity.thousandths(), several).into_iter().map(|(fund, quantity)| GoodsRow {
                    fund,
                    quantity,
                    ..row.clone()
                }),
            ),
        }
    }
    Ok(rows)
}

/// The lines of a record; a receipt and a distribution name the shipment's lines by number, a movement its lot's: item, unit
/// and funds are theirs.
fn taken_over<'a>(lines: &'a [Line], parent: Option<&'a Family>) -> impl Iterator<Item = Cow<'a, Line>> {
    let above = parent.map(|parent| parent.facts.lines.as_slice()).unwrap_or_default();
    lines.iter().map(move |line| {
        let same = above.iter().find(|known| known.number == line.number && takes_over(line.role, known.role));
        match same {
            Some(known) => Cow::Owned(Line {
                item: known.item,
                unit: line.unit.clone().or_else(|| known.unit.clone()),
                lot: known.lot,
                fund: known.fund,
                shares: known.shares.clone(),
                ..line.clone()
            }),
            None => Cow::Borrowed(line),
        }
    })
}

const fn takes_over(role: LineRole, from: LineRole) -> bool {
    matches!(
        (role, from),
        (LineRole::Received | LineRole::Distributed, LineRole::Shipped) | (LineRole::Distributed, LineRole::Stored)
    )
}

/// The items of a record's lines, those taken over from the record above included.
pub(super) fn items<'a>(facts: &'a Facts, parent: Option<&'a Family>) -> impl Iterator<Item = Id> + 'a {
    taken_over(&facts.lines, parent).filter_map(|line| line.item)
}

/// The day on which a plan is due; empty where it says none, so that it counts in every sum up to a day.
fn planned_on(line: &Line) -> String {
    line.on.map(|on| on.to_string()).unwrap_or_default()
}

/// The day on which the goods of a record count.
fn happened_on(kind: RecordKind, facts: &Facts, spans: &[Span]) -> String {
    let last = spans.last().map(|span| &span.status);
    let on: Option<FuzzyDate> = match kind {
        RecordKind::Shipment if last.is_some_and(|last| last.stage == ShipmentStage::Cancelled.word()) => None,
        RecordKind::Shipment | RecordKind::Request => last.and_then(|last| last.begun_on),
        _ => facts.dated_on,
    };
    on.map_or_else(|| NEVER.to_owned(), |on| on.last().to_string())
}

/// Who pays for a line: its own fund, its shares, or those of its lot.
fn shares_of(db: &Db, catalogue: &mut Catalogue, line: &Line) -> Result<Vec<Share>, StoreError> {
    if line.fund.is_some() {
        return Ok(vec![Share::all(line.fund)]);
    }
    if !line.shares.is_empty() {
        return Ok(line.shares.clone());
    }
    let lot = line.lot.map(|lot| catalogue.lot(db, lot)).transpose()?.flatten();
    let shares = lot.map(|lot| shares::of_line(&lot.shares, Lot::LINE)).unwrap_or_default();
    Ok(if shares.is_empty() { vec![Share::all(None)] } else { shares })
}

/// A line's quantity in the base unit of its item; a refusal where its unit does not convert. `words` names the record.
fn counted(
    db: &Db,
    catalogue: &mut Catalogue,
    line: &Line,
    words: &dyn Fn() -> String,
) -> Result<Option<Quantity>, WriteError> {
    let (Some(item), Some(quantity), Some(unit)) = (line.item, line.quantity, line.unit.as_deref()) else {
        return Ok(line.quantity);
    };
    let item = catalogue.item(db, item)?;
    let refused =
        |problem| refusal(&words(), vec![FieldError::at("lines", &format!("Unit, line {}", line.number), problem)]);
    units::to_base(&item, quantity, Some(unit)).map(Some).map_err(refused)
}

/// Refuses a record of which a line is written in a unit that does not convert, before anything is written.
pub(super) fn refuse_units(
    db: &Db,
    catalogue: &mut Catalogue,
    facts: &Facts,
    words: &dyn Fn() -> String,
) -> Result<(), WriteError> {
    for line in facts.lines.iter().filter(|line| line.unit.is_some()) {
        counted(db, catalogue, line, words)?;
    }
    Ok(())
}

/// An item in which lines are counted keeps its base unit.
pub(super) fn refuse_new_base_unit(
    db: &Db,
    old: &Stored,
    new: &Map<String, Value>,
    words: &str,
) -> Result<(), WriteError> {
    if old.head.kind != RecordKind::Item || old.image.get("base_unit") == new.get("base_unit") {
        return Ok(());
    }
    for (from, _) in record::links_to(db, old.head.id)? {
        let Some(head) = record::head(db, from)? else { continue };
        if store::goods::of_record(db, from)?.iter().any(|row| row.item == Some(old.head.id)) {
            let rule = format!("{} counts in the old base unit. Make a new item for the new unit", head.words());
            return Err(refusal(words, vec![FieldError::at("base_unit", "Base unit", Problem::Rule(rule))]));
        }
    }
    Ok(())
}
