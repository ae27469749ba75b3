//! The rows of a list in the file beside those of the record that is there: nothing that is there is deleted.
//!
//! A row with a number changes the row of that number. A row without one changes nothing where it is there already; else
//! it changes the one row that has the same item, name or whatever its list needs first; else it is added.

use serde_json::{Map, Value};

use super::judge::Origins;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::{FieldKind, ListOf, read};

/// A row of a list.
type Row = Map<String, Value>;

/// The draft of a record that is there, changed as the file says.
pub(super) fn merged(kind: RecordKind, image: &Row, mut draft: Row, mut origins: Origins) -> (Row, Origins) {
    let mut whole = image.clone();
    for field in spec(kind).fields {
        let FieldKind::List(of) = field.kind else { continue };
        let (Some(Value::Array(new)), Some(Value::Array(old))) =
            (draft.remove(field.name), image.get(field.name).cloned().or_else(|| Some(Value::Array(Vec::new()))))
        else {
            continue;
        };
        let from = origins.0.remove(field.name).unwrap_or_default();
        let (rows, from) = together(of, old, new, &from);
        whole.insert(field.name.to_owned(), Value::Array(rows));
        origins.0.insert(field.name, from);
    }
    whole.extend(draft);
    (whole, origins)
}

const NUMBER: &str = "number";

fn together(
    of: &'static ListOf,
    old: Vec<Value>,
    new: Vec<Value>,
    from: &[Option<u64>],
) -> (Vec<Value>, Vec<Option<u64>>) {
    let mut rows = old;
    let mut origins: Vec<Option<u64>> = vec![None; rows.len()];
    let mut used = vec![false; rows.len()];
    let there = rows.len();
    let named_by = of.fields.iter().find(|field| field.required).map(|field| field.name);
    for (at, row) in new.into_iter().enumerate() {
        let Value::Object(row) = row else { continue };
        let from = from.get(at).copied().flatten();
        let number = row.get(NUMBER).map(digits).filter(|number| !number.is_empty());
        let numbered = number.and_then(|number| {
            rows.iter().take(there).position(|known| known.get(NUMBER).map(digits).as_deref() == Some(number.as_str()))
        });
        let place = numbered.or_else(|| {
            if row.contains_key(NUMBER) {
                return None;
            }
            let plain = read::read(of.fields, &row).ok()?;
            let holds =
                |known: &Value| plain.iter().all(|(name, value)| name == NUMBER || known.get(name) == Some(value));
            let is_free = |place: &usize| used.get(*place) == Some(&false);
            let same = (0..there).filter(is_free).find(|place| rows.get(*place).is_some_and(holds));
            same.or_else(|| {
                let named = named_by?;
                let is_named =
                    |place: &usize| rows.get(*place).is_some_and(|known| known.get(named) == plain.get(named));
                let mut alike = (0..there).filter(is_free).filter(is_named);
                alike.next().filter(|_| alike.next().is_none())
            })
        });
        if let Some((known, place)) = place.and_then(|place| Some((rows.get_mut(place)?.as_object_mut()?, place))) {
            extend(of, known, row);
            mark(&mut used, &mut origins, place, from);
        } else {
            rows.push(Value::Object(row));
            origins.push(from);
        }
    }
    (rows, origins)
}

/// Changes a row as the file says; lists within it are put together as those of the record are.
fn extend(of: &'static ListOf, known: &mut Row, mut row: Row) {
    for field in of.fields {
        let FieldKind::List(inner) = field.kind else { continue };
        if let Some(Value::Array(new)) = row.remove(field.name) {
            let old = match known.remove(field.name) {
                Some(Value::Array(old)) => old,
                _ => Vec::new(),
            };
            let (rows, _) = together(inner, old, new, &[]);
            known.insert(field.name.to_owned(), Value::Array(rows));
        }
    }
    known.extend(row);
}

fn mark(used: &mut [bool], origins: &mut [Option<u64>], place: usize, from: Option<u64>) {
    if let Some(used) = used.get_mut(place) {
        *used = true;
    }
    if let Some(origin) = origins.get_mut(place) {
        *origin = from;
    }
}

/// A number as text, whatever it is kept as.
fn digits(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Shipment;
    use serde_json::json;

    fn lines(old: Value, new: Value) -> (Vec<Value>, Vec<Option<u64>>) {
        let field = Shipment::FIELDS.iter().find(|field| field.name == "lines").unwrap();
        let FieldKind::List(of) = field.kind else { panic!("a list") };
        let (Value::Array(old), Value::Array(new)) = (old, new) else { panic!("rows") };
        let from: Vec<Option<u64>> = (0..new.len()).map(|at| Some(at as u64 + 10)).collect();
        together(of, old, new, &from)
    }

    #[test]
    fn a_row_with_a_number_changes_the_row_of_that_number_and_others_are_kept() {
        let (rows, from) = lines(
            json!([{ "number": 1, "item": 5, "quantity": "10" }, { "number": 2, "item": 6, "quantity": "20" }]),
            json!([{ "number": "2", "quantity": "25" }, { "number": "7", "item": 9, "quantity": "1" }]),
        );
        assert_eq!(rows[0], json!({ "number": 1, "item": 5, "quantity": "10" }));
        assert_eq!(rows[1], json!({ "number": "2", "item": 6, "quantity": "25" }));
        assert_eq!(rows[2], json!({ "number": "7", "item": 9, "quantity": "1" }));
        assert_eq!(from, [None, Some(10), Some(11)]);
    }

    #[test]
    fn a_row_without_a_number_that_is_there_is_not_added_again() {
        let old = json!([{ "number": 1, "item": 5, "quantity": "10" }]);
        let (rows, _) = lines(old.clone(), json!([{ "item": 5, "quantity": "10.0" }]));
        assert_eq!(rows.len(), 1);
        let (rows, _) = lines(old.clone(), json!([{ "item": 5, "quantity": "12" }]));
        assert_eq!(rows, [json!({ "number": 1, "item": 5, "quantity": "12" })], "the one row of that item");
        let (rows, _) = lines(old, json!([{ "item": 7, "quantity": "1" }]));
        assert_eq!(rows.len(), 2, "another item is another row");
    }
}
