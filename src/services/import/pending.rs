//! Rows that belong to one record, on their way to a draft: its own fields, the rows of its lists, what is wrong so far.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::cells::{self, Trouble, shown};
use super::fields::{Aim, expected};
use super::message::{Message, Severity};
use super::survey::Mapped;
use crate::domain::schema::FieldKind;
use crate::formats::read::{Raw, RawRow};

/// The rows of a list in a draft, each with the number of the row of the file that it comes from.
pub(super) type ListRows = Vec<(u64, Map<String, Value>)>;

/// What was read of one record.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// Its rows as they stand in the file.
    pub rows: Vec<RawRow>,
    /// Its own fields.
    pub fields: Map<String, Value>,
    /// Its lists, by the name of the field.
    pub lists: BTreeMap<&'static str, ListRows>,
    /// What is to be told.
    pub messages: Vec<Message>,
}

/// What one row says of one field.
struct Leaf<'a> {
    mapped: &'a Mapped,
    value: Value,
    unit: Option<&'static str>,
}

impl Pending {
    /// The first of its rows, as the user counts.
    pub fn first_row(&self) -> u64 {
        self.rows.first().map_or(0, |row| row.number)
    }

    /// Whether something keeps it out.
    pub fn is_refused(&self) -> bool {
        self.messages.iter().any(|message| message.severity == Severity::Error)
    }

    /// Takes a row in.
    pub fn take(&mut self, row: RawRow, mapped: &[Mapped]) {
        let number = row.number;
        let mut leaves: Vec<Leaf<'_>> = Vec::with_capacity(mapped.len());
        let mut currencies: Vec<(&Mapped, Value)> = Vec::new();
        for of in mapped {
            let raw = row.cells.get(of.column).unwrap_or(&Raw::Empty);
            match cells::read(raw, of.aim.field.kind, of.aim.is_currency, &of.manner) {
                Ok(said) if said.is_empty() => {}
                Ok(said) => {
                    if let Some(warning) = said.warning {
                        self.messages.push(message(Severity::Warning, number, of, raw, warning));
                    }
                    if of.aim.is_currency {
                        currencies.push((of, said.value));
                    } else {
                        leaves.push(Leaf { mapped: of, value: said.value, unit: said.unit });
                    }
                }
                Err(Trouble(what)) => self.messages.push(message(Severity::Error, number, of, raw, &what)),
            }
        }
        self.amounts(&row, &mut leaves, &currencies);
        self.rows.push(row);
        self.place(number, leaves, mapped);
    }

    /// Gives each amount its currency.
    fn amounts(&mut self, row: &RawRow, leaves: &mut [Leaf<'_>], currencies: &[(&Mapped, Value)]) {
        for leaf in leaves.iter_mut().filter(|leaf| matches!(leaf.mapped.aim.field.kind, FieldKind::Money)) {
            let Some(amount) = leaf.value.as_str() else { continue };
            let wanted = format!("{}.currency", leaf.mapped.aim.path);
            let currency =
                currencies.iter().find(|(of, _)| of.aim.path == wanted).and_then(|(_, value)| value.as_str());
            match cells::with_currency(amount, currency) {
                Ok(amount) => leaf.value = Value::from(amount),
                Err(Trouble(what)) => {
                    let raw = row.cells.get(leaf.mapped.column).unwrap_or(&Raw::Empty);
                    self.messages.push(message(Severity::Error, row.number, leaf.mapped, raw, &what));
                }
            }
        }
    }

    /// Puts what a row says where it belongs: into the record, or into a new row of a list.
    fn place(&mut self, number: u64, leaves: Vec<Leaf<'_>>, mapped: &[Mapped]) {
        let mut lists: BTreeMap<&'static str, Map<String, Value>> = BTreeMap::new();
        let mut inner: BTreeMap<(&'static str, &'static str), Map<String, Value>> = BTreeMap::new();
        let mut units: Vec<(&Mapped, &'static str)> = Vec::new();
        for Leaf { mapped: of, value, unit } in leaves {
            units.extend(unit.map(|unit| (of, unit)));
            let name = of.aim.field.name;
            match of.aim.lists.as_slice() {
                [] => self.set_own(number, of, value),
                [list] => {
                    lists.entry(list.name).or_default().insert(name.to_owned(), value);
                }
                [list, within, ..] => {
                    inner.entry((list.name, within.name)).or_default().insert(name.to_owned(), value);
                }
            }
        }
        for of in mapped.iter().filter(|of| of.unit.is_some()) {
            let fills = |row: &Map<String, Value>| row.contains_key(of.aim.field.name);
            let is_filled = of.aim.lists.len() < 2
                && match of.aim.lists.first() {
                    Some(list) => lists.get(list.name).is_some_and(fills),
                    None => fills(&self.fields),
                };
            if is_filled && !units.iter().any(|(other, _)| std::ptr::eq(*other, of)) {
                units.extend(of.unit.map(|unit| (of, unit)));
            }
        }
        for (of, unit) in units {
            let row = match of.aim.lists.first() {
                Some(list) => lists.entry(list.name).or_default(),
                None => &mut self.fields,
            };
            if let Some(what) = put_unit(row, &of.aim, unit) {
                let raw = self.rows.last().and_then(|row| row.cells.get(of.column)).unwrap_or(&Raw::Empty);
                self.messages.push(message(Severity::Error, number, of, raw, &what));
            }
        }
        for (list, row) in lists {
            self.lists.entry(list).or_default().push((number, row));
        }
        for ((list, within), row) in inner {
            self.place_within(number, (list, within), row);
        }
    }

    /// Puts a row into a list within a list: under the row of the same line, or under the last one that had cells of its own.
    fn place_within(&mut self, number: u64, (list, within): (&'static str, &'static str), row: Map<String, Value>) {
        let rows = self.lists.entry(list).or_default();
        if rows.is_empty() {
            rows.push((number, Map::new()));
        }
        let Some((_, outer)) = rows.last_mut() else { return };
        let inner = outer.entry(within).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(rows) = inner {
            rows.push(Value::Object(row));
        }
    }

    fn set_own(&mut self, number: u64, of: &Mapped, value: Value) {
        let name = of.aim.field.name;
        match self.fields.get(name) {
            Some(before) if *before != value => {
                let what = format!(
                    "The rows of one record differ here; row {} says “{}”. Write the same in all rows of a record, or leave the others empty",
                    self.first_row(),
                    before.as_str().unwrap_or("something else"),
                );
                let raw = self.rows.last().and_then(|row| row.cells.get(of.column)).unwrap_or(&Raw::Empty);
                self.messages.push(message(Severity::Error, number, of, raw, &what));
            }
            Some(_) => {}
            None => {
                self.fields.insert(name.to_owned(), value);
            }
        }
    }
}

/// Puts the unit that stood beside a number into the field for units of the same row.
fn put_unit(row: &mut Map<String, Value>, aim: &Aim, unit: &'static str) -> Option<String> {
    if matches!(aim.field.kind, FieldKind::Count | FieldKind::Rate) {
        return None;
    }
    let has_unit = aim.lists.first().is_none_or(|list| match list.kind {
        FieldKind::List(of) => of.fields.iter().any(|field| field.name == UNIT),
        _ => false,
    });
    if !has_unit {
        return Some("There is no field for the unit beside the number. Write the number alone".to_owned());
    }
    match row.get(UNIT).and_then(Value::as_str) {
        Some(other) if other != unit => {
            Some(format!("The cell says the unit {unit}, and the row says {other}. Mend one of the two"))
        }
        _ => {
            row.insert(UNIT.to_owned(), Value::from(unit));
            None
        }
    }
}

const UNIT: &str = "unit";

/// A message about a cell.
pub(super) fn message(severity: Severity, row: u64, of: &Mapped, raw: &Raw, what: &str) -> Message {
    let is_error = severity == Severity::Error;
    Message {
        severity,
        row,
        column: Some(of.column),
        heading: of.aim.label.clone(),
        found: shown(raw).into_owned(),
        expected: if is_error { expected(of.aim.field) } else { String::new() },
        what: what.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::RecordKind;
    use crate::services::import::cells::Manner;
    use crate::services::import::fields::{aims, find};
    use serde_json::json;

    fn mapped(paths: &[&str]) -> Vec<Mapped> {
        let aims = aims(RecordKind::Shipment);
        let one = |(column, path): (usize, &&str)| Mapped {
            column,
            aim: find(&aims, path).unwrap().clone(),
            manner: Manner::default(),
            unit: None,
        };
        paths.iter().enumerate().map(one).collect()
    }

    fn row(number: u64, cells: &[&str]) -> RawRow {
        let mut row = RawRow::default();
        row.number = number;
        row.cells = cells.iter().map(|text| Raw::Text((*text).to_owned())).collect();
        row
    }

    #[test]
    fn rows_become_a_record_with_its_lines() {
        let mapped = mapped(&["reference", "lines.item", "lines.quantity", "lines.value", "lines.value.currency"]);
        let mut pending = Pending::default();
        pending.take(row(2, &["S-1", "Milk", "12 kg", "40", "EUR"]), &mapped);
        pending.take(row(3, &["", "Tea", "3", "USD 2", ""]), &mapped);
        assert_eq!(pending.messages, []);
        assert_eq!(Value::Object(pending.fields.clone()), json!({ "reference": "S-1" }));
        let lines: Vec<Value> = pending.lists["lines"].iter().map(|(_, row)| Value::Object(row.clone())).collect();
        assert_eq!(
            json!(lines),
            json!([
                { "item": "Milk", "quantity": "12", "unit": "KGM", "value": "EUR 40" },
                { "item": "Tea", "quantity": "3", "value": "USD 2" },
            ])
        );
    }

    #[test]
    fn rows_that_contradict_one_another_are_told() {
        let mapped = mapped(&["reference", "title", "lines.quantity", "lines.unit"]);
        let mut pending = Pending::default();
        pending.take(row(2, &["S-1", "North", "12 kg", "g"]), &mapped);
        pending.take(row(3, &["S-1", "South", "1", ""]), &mapped);
        let said: Vec<&str> = pending.messages.iter().map(|message| message.what.as_str()).collect();
        assert!(said[0].starts_with("The cell says the unit KGM, and the row says GRM"), "{said:?}");
        assert!(said[1].contains("row 2 says “North”"), "{said:?}");
    }
}
