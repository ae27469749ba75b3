//! Records laid flat: a column for every field of a kind and of its lists, so that what goes out comes back in unchanged.
//!
//! A record takes as many rows as its longest list. Its own fields stand in the first of them, its reference in each.
//! Lists stand side by side; a list within a row of a list goes on below that row.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{holds, tags};
use crate::domain::date::FuzzyDate;
use crate::domain::document::{Cell, Column};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::rate::Rate;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::flat::{FlatField, flat};
use crate::domain::schema::{Field, FieldKind, walk};
use crate::domain::word::label_of;
use crate::store::{Db, StoreError, record};

/// What stands between several values of one cell.
pub(super) const BETWEEN: &str = "; ";

/// Every field of a kind, in the order of its form.
pub(super) fn of_kind(kind: RecordKind) -> Vec<FlatField> {
    flat(spec(kind).fields)
}

/// The column of a field, without its cells.
pub(super) fn column(flat: &FlatField, kind: RecordKind) -> Column {
    Column {
        label: flat.label.clone(),
        name: flat.path.clone(),
        hxl: tags::of_field(kind, &flat.path).to_owned(),
        is_number: is_number(flat.field.kind),
        holds: holds::of_field(kind, &flat.lists, flat.field),
    }
}

const fn is_number(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Quantity
            | FieldKind::QuantityOrZero
            | FieldKind::Count
            | FieldKind::Money
            | FieldKind::Rate
            | FieldKind::Limit
    )
}

/// Lays records flat, and keeps the references it looked up.
pub(super) struct Flattener<'a> {
    db: &'a Db,
    fields: &'static [Field],
    width: usize,
    references: HashMap<(Id, bool), String>,
}

impl<'a> Flattener<'a> {
    pub fn new(db: &'a Db, kind: RecordKind) -> Self {
        Self { db, fields: spec(kind).fields, width: of_kind(kind).len(), references: HashMap::new() }
    }

    /// The rows of one record.
    pub fn rows(&mut self, image: &Map<String, Value>) -> Result<Vec<Vec<Cell>>, StoreError> {
        let mut rows = Vec::new();
        self.fill(self.fields, image, &mut rows, (0, 0))?;
        // The reference is the first field of every kind; it says to which record a row belongs.
        let reference = rows.first().and_then(|row| row.first()).cloned().unwrap_or_default();
        for row in rows.iter_mut().skip(1) {
            if let Some(first) = row.first_mut() {
                first.clone_from(&reference);
            }
        }
        Ok(rows)
    }

    /// Fills the cells of some fields from a place (row, column) on; how many rows they take, and the next column.
    fn fill(
        &mut self,
        fields: &'static [Field],
        image: &Map<String, Value>,
        rows: &mut Vec<Vec<Cell>>,
        (top, mut column): (usize, usize),
    ) -> Result<(usize, usize), StoreError> {
        let mut height = 1;
        if rows.len() <= top {
            rows.push(vec![Cell::Empty; self.width]);
        }
        for field in fields {
            let value = image.get(field.name).unwrap_or(&Value::Null);
            if let FieldKind::List(of) = field.kind {
                let mut at = top;
                for row in walk::rows(value) {
                    at += self.fill(of.fields, row, rows, (at, column))?.0;
                }
                height = height.max(at - top);
                column += width(of.fields);
                continue;
            }
            let cell = self.cell(field, value)?;
            if let Some(place) = rows.get_mut(top).and_then(|row| row.get_mut(column)) {
                *place = cell;
            }
            column += 1;
        }
        Ok((height, column))
    }

    fn cell(&mut self, field: &Field, value: &Value) -> Result<Cell, StoreError> {
        let ids: Vec<Id> = match field.kind {
            FieldKind::Link(_) | FieldKind::Links(_) => {
                let many = value.as_array().into_iter().flatten();
                [value].into_iter().chain(many).filter_map(Value::as_i64).map(Id).collect()
            }
            _ => return Ok(cell_of(field.kind, value)),
        };
        let several = matches!(field.kind, FieldKind::Link(kinds) | FieldKind::Links(kinds) if kinds.len() > 1);
        let mut names = Vec::with_capacity(ids.len());
        for id in ids {
            names.push(self.reference(id, several)?);
        }
        Ok(Cell::text(names.join(BETWEEN)))
    }

    /// The reference of a record; with its kind where records of several kinds can stand.
    fn reference(&mut self, id: Id, with_kind: bool) -> Result<String, StoreError> {
        if let Some(known) = self.references.get(&(id, with_kind)) {
            return Ok(known.clone());
        }
        let head = record::head(self.db, id)?;
        let reference = head.map_or_else(String::new, |head| {
            if with_kind { format!("{}:{}", head.kind.word(), head.reference) } else { head.reference }
        });
        self.references.insert((id, with_kind), reference.clone());
        Ok(reference)
    }
}

/// How many columns some fields take.
fn width(fields: &[Field]) -> usize {
    let of = |field: &Field| if let FieldKind::List(of) = field.kind { width(of.fields) } else { 1 };
    fields.iter().map(of).sum()
}

/// A value that is no link as a cell. What does not read as its kind stands as text.
fn cell_of(kind: FieldKind, value: &Value) -> Cell {
    match (kind, value) {
        (FieldKind::Flag, Value::Bool(true)) => Cell::text("Yes"),
        (_, Value::Null | Value::Bool(_)) => Cell::Empty,
        (FieldKind::Choices(words), Value::Array(all)) => {
            let labels = all.iter().filter_map(Value::as_str).map(|word| label_of(words, word));
            Cell::text(labels.collect::<Vec<_>>().join(BETWEEN))
        }
        (FieldKind::Count, Value::Number(number)) => number.as_i64().map_or(Cell::Empty, Cell::Count),
        (_, Value::String(text)) => of_text(kind, text),
        (_, other) => Cell::text(other.to_string()),
    }
}

fn of_text(kind: FieldKind, text: &str) -> Cell {
    let typed = match kind {
        FieldKind::Choice(words) => Some(Cell::text(label_of(words, text))),
        FieldKind::Day => text.parse().ok().map(Cell::Day),
        FieldKind::FuzzyDay => FuzzyDate::parse(text).ok().filter(|day| day.is_day()).map(|day| Cell::Day(day.first())),
        FieldKind::Quantity | FieldKind::QuantityOrZero | FieldKind::Limit => {
            Quantity::parse(text).ok().map(|quantity| Cell::Quantity(quantity.thousandths()))
        }
        FieldKind::Money => Money::parse(text).ok().map(Cell::Money),
        FieldKind::Rate => Rate::parse(text).ok().map(Cell::Rate),
        _ => None,
    };
    typed.unwrap_or_else(|| Cell::text(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::{Context, Moment, Workspace};
    use serde_json::json;

    #[test]
    fn a_list_within_a_list_goes_on_below_its_row() {
        let now = chrono::DateTime::from_timestamp(1_795_510_800, 0).unwrap();
        let workspace = Workspace::in_memory(Context::fixed(Moment::at(now, 0), "Test")).unwrap();
        let image = json!({
            "reference": "UN-1", "given_on": "2026-03",
            "grants": [
                { "number": 1, "description": "Soap", "limits": [
                    { "measure": "quantity", "limit": "12.5" }, { "measure": "money", "limit": "unlimited", "currency": "USD" }] },
                { "number": 2, "description": "Milk" },
            ],
            "conditions": [{ "text": "Report", "due_on": "2026-09-01" }],
        });
        let columns = of_kind(RecordKind::Permission);
        let at = |path: &str| columns.iter().position(|column| column.path == path).unwrap();
        let mut flattener = Flattener::new(workspace.store().db(), RecordKind::Permission);
        let rows = flattener.rows(image.as_object().unwrap()).unwrap();
        let shown = |path: &str| rows.iter().map(|row| row[at(path)].words()).collect::<Vec<_>>();
        assert_eq!(shown("reference"), ["UN-1", "UN-1", "UN-1"]);
        assert_eq!(shown("given_on"), ["2026-03", "", ""]);
        assert_eq!(shown("grants.description"), ["Soap", "", "Milk"]);
        assert_eq!(shown("grants.limits.limit"), ["12.5", "unlimited", ""]);
        assert_eq!(shown("conditions.due_on"), ["2026-09-01", "", ""]);
        assert_eq!(columns[at("grants.limits.limit")].label, "Grant lines: Limits: Limit");
    }

    #[test]
    fn every_kind_begins_with_its_reference_and_names_each_column_once() {
        for kind in RecordKind::ALL {
            let columns = of_kind(*kind);
            assert_eq!(columns[0].path, "reference", "{kind}");
            let mut labels: Vec<&str> = columns.iter().map(|column| column.label.as_str()).collect();
            let count = labels.len();
            labels.sort_unstable();
            labels.dedup();
            assert_eq!(labels.len(), count, "{kind}: two columns have one heading");
        }
    }
}
