//! A record like another: what a copy takes over, and what belongs to the one record alone.

use serde_json::{Map, Value};

use super::{RecordKind, spec};
use crate::domain::schema::{Field, FieldKind};

/// A draft of a record like this one. Left out are its reference, the numbers that others gave it, every date, rows that
/// only tell what happened on a day, and the numbers of rows, which are given anew. Wrong dates would be worse than none.
#[must_use]
pub fn copy_of(kind: RecordKind, image: &Map<String, Value>) -> Map<String, Value> {
    copy_fields(spec(kind).fields, &OWN_NUMBERS, image)
}

/// Fields by which a record is known, here or by others.
const OWN_NUMBERS: [&str; 4] = ["reference", "number", "letter_number", "authority_number"];
/// The number of a row: of ours where it is a count, otherwise one by which others know the record.
const ROW_NUMBER: &str = "number";
/// What a row does not hand on: its number, and which very goods it holds.
const OWN_IN_ROWS: [&str; 2] = [ROW_NUMBER, "batch"];

fn copy_fields(fields: &[Field], own: &[&str], image: &Map<String, Value>) -> Map<String, Value> {
    let mut copy = Map::new();
    for field in fields.iter().filter(|field| !is_date(field) && !own.contains(&field.name)) {
        let Some(value) = image.get(field.name) else { continue };
        let copied = match (field.kind, value) {
            (FieldKind::List(of), _) if of.fields.iter().any(is_own_fact) => continue,
            (FieldKind::List(of), Value::Array(rows)) => {
                let rows = rows.iter().filter_map(Value::as_object);
                rows.map(|row| Value::Object(copy_fields(of.fields, &OWN_IN_ROWS, row))).collect()
            }
            _ => value.clone(),
        };
        copy.insert(field.name.to_owned(), copied);
    }
    copy
}

const fn is_date(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Day | FieldKind::FuzzyDay)
}

/// Whether rows with this field say what happened on a day, or by which number others know the one record.
fn is_own_fact(field: &Field) -> bool {
    field.required && (is_date(field) || field.name == ROW_NUMBER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn copied(kind: RecordKind, image: &Value) -> Value {
        Value::Object(copy_of(kind, image.as_object().unwrap()))
    }

    #[test]
    fn a_copy_of_a_shipment_keeps_its_goods_and_loses_its_dates_and_numbers() {
        let shipment = json!({
            "reference": "SHP-1", "title": "Milk", "started_on": "2026-01-01", "expected_on": "2026-03-01",
            "lines": [{ "number": 3, "item": 7, "quantity": "300", "expires_on": "2027-01-01", "batch": "A" }],
            "legs": [{ "from": "Incheon", "to": "Dalian", "departs_on": "2026-02-01" }],
            "references": [{ "kind": "container", "number": "MSKU 1" }]
        });
        let expected = json!({
            "title": "Milk",
            "lines": [{ "item": 7, "quantity": "300" }],
            "legs": [{ "from": "Incheon", "to": "Dalian" }]
        });
        assert_eq!(copied(RecordKind::Shipment, &shipment), expected);
    }

    #[test]
    fn a_copy_of_a_grant_has_no_history_and_a_copy_of_an_event_no_day() {
        let fund =
            json!({ "reference": "F", "title": "Grant", "history": [{ "on": "2026-01-01", "state": "signed" }] });
        assert_eq!(copied(RecordKind::Fund, &fund), json!({ "title": "Grant" }));
        let event = json!({ "reference": "E", "request": 4, "kind": "sent", "on": "2026", "number": "77" });
        assert_eq!(copied(RecordKind::Event, &event), json!({ "request": 4, "kind": "sent" }));
    }
}
