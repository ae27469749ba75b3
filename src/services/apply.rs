//! Operations as data: any write the window can do, one a line, all or none.

use serde_json::{Map, Value, json};

use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::json_schema;

/// One operation of a file of operations.
#[derive(Debug, Clone, PartialEq)]
pub enum Operation {
    /// A new record.
    Create {
        /// Its kind.
        kind: RecordKind,
        /// Its fields.
        record: Map<String, Value>,
    },
    /// Some fields of a record set anew.
    Edit {
        /// Its kind.
        kind: RecordKind,
        /// Its reference.
        reference: String,
        /// The fields to set; the others stay. `null` empties a field.
        set: Map<String, Value>,
    },
    /// A record deleted.
    Delete {
        /// Its kind.
        kind: RecordKind,
        /// Its reference.
        reference: String,
    },
    /// The newest step taken back.
    Undo,
    /// The step undone last done again.
    Redo,
}

/// A line that is not an operation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Line {line}: {why}")]
pub struct BadLine {
    /// The line, counting from 1.
    pub line: usize,
    /// What is wrong with it, and what would be accepted.
    pub why: String,
}

/// Reads a file of operations. Empty lines and lines that begin with `#` are passed over.
pub fn parse(text: &str) -> Result<Vec<(usize, Operation)>, BadLine> {
    let lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
    let full = lines.filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    full.map(|(line, text)| match parse_line(text) {
        Ok(operation) => Ok((line, operation)),
        Err(why) => Err(BadLine { line, why }),
    })
    .collect()
}

fn parse_line(text: &str) -> Result<Operation, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| format!("this is not JSON ({error})"))?;
    let Value::Object(mut map) = value else {
        return Err("an operation is an object, for example {\"op\":\"undo\"}".to_owned());
    };
    let op = map.remove("op").and_then(|op| op.as_str().map(str::to_owned)).unwrap_or_default();
    let operation = match op.as_str() {
        "create" => Operation::Create { kind: take_kind(&mut map)?, record: take_fields(&mut map, "record")? },
        "edit" => Operation::Edit {
            kind: take_kind(&mut map)?,
            reference: take_reference(&mut map)?,
            set: take_fields(&mut map, "set")?,
        },
        "delete" => Operation::Delete { kind: take_kind(&mut map)?, reference: take_reference(&mut map)? },
        "undo" => Operation::Undo,
        "redo" => Operation::Redo,
        other => {
            return Err(format!("“{other}” is not an operation. Write create, edit, delete, undo or redo as “op”"));
        }
    };
    match map.keys().next() {
        None => Ok(operation),
        Some(extra) => Err(format!("“{extra}” does not belong to {op}. `corridor schema` prints what does")),
    }
}

fn take_kind(map: &mut Map<String, Value>) -> Result<RecordKind, String> {
    let word = map.remove("kind").and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default();
    RecordKind::named(&word).ok_or_else(|| {
        let known: Vec<&str> = RecordKind::ALL.iter().map(|kind| kind.word()).collect();
        format!("“{word}” is not a kind of record. Write one of {} as “kind”", known.join(", "))
    })
}

fn take_reference(map: &mut Map<String, Value>) -> Result<String, String> {
    match map.remove("reference") {
        Some(Value::String(reference)) if !reference.trim().is_empty() => Ok(reference),
        _ => Err("the “reference” of the record is missing".to_owned()),
    }
}

fn take_fields(map: &mut Map<String, Value>, name: &str) -> Result<Map<String, Value>, String> {
    match map.remove(name) {
        Some(Value::Object(fields)) => Ok(fields),
        _ => Err(format!("“{name}” is missing: an object with the fields of the record")),
    }
}

/// The JSON Schema of one operation.
#[must_use]
pub fn schema() -> Value {
    let kinds = || RecordKind::ALL.iter().copied();
    let definitions: Map<String, Value> =
        kinds().map(|kind| (kind.word().to_owned(), json_schema::object(spec(kind).fields))).collect();
    let mut shapes = Vec::new();
    for kind in kinds() {
        shapes.push(create_shape(kind));
        shapes.push(edit_shape(kind));
    }
    let words: Vec<&str> = kinds().map(RecordKind::word).collect();
    shapes.push(json!({
        "type": "object",
        "properties": { "op": { "const": "delete" }, "kind": { "enum": words }, "reference": { "type": "string" } },
        "required": ["op", "kind", "reference"],
        "additionalProperties": false
    }));
    shapes.push(json!({
        "type": "object",
        "properties": { "op": { "enum": ["undo", "redo"] } },
        "required": ["op"],
        "additionalProperties": false
    }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Corridor operation",
        "description": "One operation a line. A file of operations is done as a whole or not at all. Records name one another by reference; where several kinds can stand, write kind:REFERENCE.",
        "oneOf": shapes,
        "$defs": definitions
    })
}

fn create_shape(kind: RecordKind) -> Value {
    json!({
        "type": "object",
        "title": format!("Create {}", kind.label()),
        "properties": {
            "op": { "const": "create" },
            "kind": { "const": kind.word() },
            "record": { "$ref": format!("#/$defs/{}", kind.word()) }
        },
        "required": ["op", "kind", "record"],
        "additionalProperties": false
    })
}

fn edit_shape(kind: RecordKind) -> Value {
    let schema = json_schema::object(spec(kind).fields);
    json!({
        "type": "object",
        "title": format!("Edit {}", kind.label()),
        "properties": {
            "op": { "const": "edit" },
            "kind": { "const": kind.word() },
            "reference": { "type": "string" },
            "set": { "type": "object", "properties": schema["properties"], "additionalProperties": false }
        },
        "required": ["op", "kind", "reference", "set"],
        "additionalProperties": false
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_that_is_no_operation_is_refused_with_its_number() {
        for (text, part) in [
            ("{\"op\":\"undo\"}\n\n{", "Line 3: this is not JSON"),
            ("{\"op\":\"paint\"}", "“paint” is not an operation"),
            ("{\"op\":\"create\",\"kind\":\"ship\"}", "“ship” is not a kind of record"),
            ("{\"op\":\"create\",\"kind\":\"item\"}", "“record” is missing"),
            ("{\"op\":\"edit\",\"kind\":\"item\",\"set\":{}}", "“reference” of the record is missing"),
            ("{\"op\":\"undo\",\"kind\":\"item\"}", "“kind” does not belong to undo"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn the_schema_names_every_kind_and_operation() {
        let schema = schema();
        for kind in RecordKind::ALL {
            assert!(schema["$defs"][kind.word()]["properties"]["reference"].is_object(), "{kind}");
        }
        assert_eq!(schema["oneOf"].as_array().unwrap().len(), RecordKind::ALL.len() * 2 + 2);
    }

    proptest! {
        #[test]
        fn no_file_makes_the_reader_panic(text in ".*") {
            parse(&text).ok();
        }
    }
}
