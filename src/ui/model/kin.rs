//! Which kinds of record can be added to a record, read from the field catalogue.

use serde_json::{Map, Value, json};

use crate::domain::id::Id;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::{Field, FieldKind, walk};

/// Kinds that stand on their own and are often made from a record that they only name.
const NAMED: &[(RecordKind, RecordKind)] = &[
    (RecordKind::Project, RecordKind::Visit),
    (RecordKind::Project, RecordKind::Reach),
    (RecordKind::Shipment, RecordKind::Incident),
    (RecordKind::Trip, RecordKind::Cash),
    (RecordKind::Trip, RecordKind::Incident),
    (RecordKind::Purchase, RecordKind::Lot),
];

/// The kinds whose parent field accepts `parent` and those that are often made from it, in the order of the vocabulary.
#[must_use]
pub fn children_of(parent: RecordKind) -> Vec<RecordKind> {
    // A remark on a remark would be legal, but nobody looks for it there.
    if matches!(parent, RecordKind::Note | RecordKind::Contact | RecordKind::Mark) {
        return Vec::new();
    }
    // A deadline is marked where it is listed, a shipment is cleared where its coverage stands, a file is attached from the
    // disk and a document is sealed where it is made.
    let by_hand = |kind: &RecordKind| {
        !matches!(kind, RecordKind::Mark | RecordKind::Clearance | RecordKind::Attachment | RecordKind::Seal)
    };
    RecordKind::ALL.iter().copied().filter(by_hand).filter(|kind| parent_field(*kind, parent).is_some()).collect()
}

/// The field by which records of `kind` name the record of kind `parent` they belong to.
fn parent_field(kind: RecordKind, parent: RecordKind) -> Option<&'static Field> {
    let names = NAMED.contains(&(parent, kind));
    spec(kind).fields.iter().find(|field| match field.kind {
        FieldKind::Link(kinds) => (field.parent || names) && kinds.contains(&parent),
        _ => false,
    })
}

/// The draft of a new record under a parent, with what the parent already says.
#[must_use]
pub fn child_draft(
    kind: RecordKind,
    parent: RecordKind,
    id: Id,
    parent_draft: &Map<String, Value>,
) -> Map<String, Value> {
    let mut draft = Map::new();
    if let Some(field) = parent_field(kind, parent) {
        draft.insert(field.name.to_owned(), Value::from(id.0));
    }
    if matches!(kind, RecordKind::Receipt | RecordKind::Distribution) && parent == RecordKind::Shipment {
        draft.insert("lines".to_owned(), shipped_lines(parent_draft));
    }
    draft
}

/// The lines that were shipped, still to be counted.
fn shipped_lines(shipment: &Map<String, Value>) -> Value {
    let lines = shipment.get("lines").into_iter().flat_map(walk::rows);
    let row = |(at, line): (usize, &Map<String, Value>)| {
        let number = line.get("number").cloned().unwrap_or_else(|| Value::from(at + 1));
        json!({ "line": number, "item": line.get("item").cloned().unwrap_or_default() })
    };
    lines.enumerate().map(row).collect()
}

/// The draft of the letter that follows a decision that grants: matter, decision, date and what was granted of what was
/// asked.
#[must_use]
pub fn letter_draft(
    decision_id: Id,
    decision: &Map<String, Value>,
    request: &Map<String, Value>,
) -> Map<String, Value> {
    let mut draft = Map::new();
    draft.insert("decision".to_owned(), Value::from(decision_id.0));
    let taken = [("matter", request, "matter"), ("given_on", decision, "on"), ("reference", decision, "letter_number")];
    for (name, from, field) in taken {
        if let Some(value) = from.get(field).filter(|value| !value.is_null()) {
            draft.insert(name.to_owned(), value.clone());
        }
    }
    let asked = request.get("lines").into_iter().flat_map(walk::rows);
    let grants: Vec<Value> = asked.filter_map(|line| grant_line(line, decision)).collect();
    if !grants.is_empty() {
        draft.insert("grants".to_owned(), Value::from(grants));
    }
    draft
}

fn grant_line(asked: &Map<String, Value>, decision: &Map<String, Value>) -> Option<Value> {
    let number = asked.get("number");
    let mut decided = decision.get("lines").into_iter().flat_map(walk::rows);
    let answer = decided.find(|line| number.is_some() && line.get("line").map(text) == number.map(text));
    let said = answer.and_then(|line| line.get("answer")).and_then(Value::as_str);
    if said == Some("refused") {
        return None;
    }
    let cut = answer.and_then(|line| line.get("quantity")).filter(|quantity| !text(quantity).is_empty());
    let quantity = cut.or_else(|| asked.get("quantity"));
    let mut limit = Map::new();
    limit.insert("measure".to_owned(), Value::from("quantity"));
    let fields = [("limit", quantity), ("unit", asked.get("unit"))];
    limit.extend(fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.clone()))));
    let mut grant = Map::new();
    for name in ["number", "item", "description"] {
        grant.extend(asked.get(name).map(|value| (name.to_owned(), value.clone())));
    }
    grant.insert("limits".to_owned(), Value::from(vec![Value::Object(limit)]));
    Some(Value::Object(grant))
}

/// A number that was typed and one that was read are the same number.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(value: &Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn the_catalogue_says_what_can_be_added() {
        use RecordKind::{
            Cash, Contact, Decision, Event, Incident, Indicator, Matter, Note, Permission, Project, Publication, Reach,
            Request, Trip, TripEvent, Visit,
        };
        assert_eq!(children_of(Request), [Event, Decision, Note, Contact]);
        assert_eq!(children_of(Matter), [Request, Permission, Note, Contact]);
        assert!(children_of(Note).is_empty());
        assert_eq!(children_of(Trip), [TripEvent, Cash, Incident, Note, Contact]);
        assert_eq!(children_of(Project), [Visit, Reach, Indicator, Note, Contact, Publication]);
        let draft = child_draft(Visit, Project, Id(4), &Map::new());
        assert_eq!(draft, object(&json!({ "project": 4 })));
    }

    #[test]
    fn a_receipt_begins_with_the_lines_that_were_shipped() {
        let shipment = object(&json!({ "lines": [{ "number": 2, "item": 7, "quantity": "10" }] }));
        let draft = child_draft(RecordKind::Receipt, RecordKind::Shipment, Id(5), &shipment);
        assert_eq!(draft, object(&json!({ "shipment": 5, "lines": [{ "line": 2, "item": 7 }] })));
    }

    #[test]
    fn the_letter_begins_with_what_was_granted_of_what_was_asked() {
        let request = object(&json!({ "matter": 1, "lines": [
            { "number": 1, "item": 7, "quantity": "100", "unit": "KGM" },
            { "number": 2, "item": 8, "quantity": "5" },
            { "number": 3, "description": "Pumps", "quantity": "9" },
        ] }));
        let decision = object(&json!({ "on": "2026-03-01", "letter_number": "S/AC.49/2026/OC.1", "lines": [
            { "line": "1", "answer": "cut", "quantity": "60" },
            { "line": 2, "answer": "refused" },
        ] }));
        let letter = letter_draft(Id(9), &decision, &request);
        assert_eq!(
            letter,
            object(&json!({
                "matter": 1, "decision": 9, "given_on": "2026-03-01", "reference": "S/AC.49/2026/OC.1",
                "grants": [
                    { "number": 1, "item": 7, "limits": [{ "measure": "quantity", "limit": "60", "unit": "KGM" }] },
                    { "number": 3, "description": "Pumps", "limits": [{ "measure": "quantity", "limit": "9" }] },
                ],
            }))
        );
    }
}
