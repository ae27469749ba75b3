//! What is counted of a record's lines: thousandths of each item's base unit, or a refusal where a unit does not convert.

use serde_json::{Map, Value};

use super::facts;
use super::session::refusal;
use super::write::WriteError;
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::record::{Facts, Item, Line, RecordKind, spec};
use crate::domain::schema::{FieldError, Problem, walk};
use crate::domain::units;
use crate::store::record::{self, LineRow, Stored};
use crate::store::{Db, StoreError};

/// The lines of a record as they are counted. `words` names it in a refusal.
pub(super) fn counted(
    db: &Db,
    kind: RecordKind,
    image: &Map<String, Value>,
    facts: &Facts,
    words: &str,
) -> Result<Vec<LineRow>, WriteError> {
    let lines = if kind == RecordKind::Receipt { of_receipt(db, image, facts)? } else { facts.lines.clone() };
    let mut rows = lines.iter().map(|line| row(db, line, words)).collect::<Result<Vec<_>, _>>()?;
    rows.sort_by(|a, b| (&a.role, a.number).cmp(&(&b.role, b.number)));
    Ok(rows)
}

/// A receipt names the shipment's lines by number: their item and their unit are those of the shipment.
fn of_receipt(db: &Db, image: &Map<String, Value>, facts: &Facts) -> Result<Vec<Line>, StoreError> {
    let shipment = walk::parent(spec(RecordKind::Receipt).fields, image);
    let stored = shipment.map(|shipment| record::get(db, shipment)).transpose()?.flatten();
    let shipped = stored.and_then(|stored| spec(stored.head.kind).facts(&stored.image).ok());
    let shipped = shipped.map(|facts| facts.lines).unwrap_or_default();
    let taken_over = |line: &Line| match shipped.iter().find(|shipped| shipped.number == line.number) {
        Some(shipped) => Line { item: shipped.item, unit: shipped.unit.clone(), ..line.clone() },
        None => line.clone(),
    };
    Ok(facts.lines.iter().map(taken_over).collect())
}

fn row(db: &Db, line: &Line, words: &str) -> Result<LineRow, WriteError> {
    let quantity = match (line.item, line.quantity, line.unit.as_deref()) {
        (Some(item), Some(quantity), Some(unit)) => Some(in_base_unit(db, item, quantity, unit, line.number, words)?),
        (_, quantity, _) => quantity,
    };
    Ok(LineRow {
        role: line.role.word().to_owned(),
        number: i64::from(line.number),
        item: line.item,
        quantity: quantity.map(Quantity::thousandths),
        fund: line.fund,
    })
}

fn in_base_unit(
    db: &Db,
    item: Id,
    quantity: Quantity,
    unit: &str,
    number: u32,
    words: &str,
) -> Result<Quantity, WriteError> {
    let item = facts::load::<Item>(db, item)?.unwrap_or_default();
    units::to_base(&item, quantity, Some(unit))
        .map_err(|problem| refusal(words, vec![FieldError::at("lines", &format!("Unit, line {number}"), problem)]))
}

/// Counts anew what is counted by a record that was just edited: lines in an item's packs, receipts of a shipment. An item
/// that is counted already keeps its base unit.
pub(super) fn recount(db: &Db, old: &Stored, new: &Map<String, Value>, words: &str) -> Result<(), WriteError> {
    let differs = |field: &str| old.image.get(field) != new.get(field);
    let counting = match old.head.kind {
        RecordKind::Item if differs("base_unit") || differs("packs") => record::links_to(db, old.head.id)?,
        RecordKind::Shipment if differs("lines") => record::links_to(db, old.head.id)?,
        _ => return Ok(()),
    };
    for (from, _) in counting {
        let Some(stored) = record::get(db, from)? else { continue };
        if old.head.kind == RecordKind::Item && differs("base_unit") {
            let rule = format!("{} counts in the old base unit. Make a new item for the new unit", stored.head.words());
            return Err(refusal(words, vec![FieldError::at("base_unit", "Base unit", Problem::Rule(rule))]));
        }
        let facts = spec(stored.head.kind).facts(&stored.image).map_err(|error| refusal(words, vec![error]))?;
        let lines = counted(db, stored.head.kind, &stored.image, &facts, &format!("{words}: {}", stored.head.words()))?;
        record::set_lines(db, from, &lines)?;
    }
    Ok(())
}
