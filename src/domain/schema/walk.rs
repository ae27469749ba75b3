//! Walks a record by its catalogue: the links it holds and the text it can be found by.

use serde_json::{Map, Value};

use super::{Field, FieldKind};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::word::label_of;

/// A link from a record: the field it stands in (`lines.item`) and the record it names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkFound {
    /// The field's path without row numbers.
    pub field: String,
    /// The record that is named.
    pub to: Id,
}

/// Every link a record holds, each once a field.
#[must_use]
pub fn links(fields: &'static [Field], record: &Map<String, Value>) -> Vec<LinkFound> {
    let mut found = Vec::new();
    collect_links(fields, record, "", &mut found);
    found.sort();
    found.dedup();
    found
}

fn collect_links(fields: &'static [Field], record: &Map<String, Value>, prefix: &str, found: &mut Vec<LinkFound>) {
    for field in fields {
        let Some(value) = record.get(field.name) else { continue };
        let path = format!("{prefix}{}", field.name);
        match field.kind {
            FieldKind::Link(_) | FieldKind::Links(_) => {
                found.extend(ids(value).map(|to| LinkFound { field: path.clone(), to }));
            }
            FieldKind::List(of) => {
                for row in rows(value) {
                    collect_links(of.fields, row, &format!("{path}."), found);
                }
            }
            _ => {}
        }
    }
}

/// The link that names the record this one belongs to.
#[must_use]
pub fn parent(fields: &'static [Field], record: &Map<String, Value>) -> Option<Id> {
    let field = fields.iter().find(|field| field.parent)?;
    record.get(field.name)?.as_i64().map(Id)
}

/// Everything in a record that a person may search for, in the order of its fields.
#[must_use]
pub fn text(fields: &'static [Field], record: &Map<String, Value>) -> String {
    let words: Vec<String> = labelled_text(fields, record).into_iter().map(|(_, text)| text).collect();
    words.join(" ")
}

/// The same, each text with the label of its field.
#[must_use]
pub fn labelled_text(fields: &'static [Field], record: &Map<String, Value>) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    collect_text(fields, record, &mut found);
    found
}

fn collect_text(fields: &'static [Field], record: &Map<String, Value>, found: &mut Vec<(&'static str, String)>) {
    for field in fields {
        let Some(value) = record.get(field.name) else { continue };
        let text = match field.kind {
            FieldKind::Choice(of) => value.as_str().map(|word| label_of(of, word)),
            FieldKind::List(of) => {
                rows(value).for_each(|row| collect_text(of.fields, row, found));
                None
            }
            FieldKind::Text | FieldKind::LongText | FieldKind::HsCode | FieldKind::FuzzyDay | FieldKind::Day => {
                value.as_str().map(str::to_owned)
            }
            _ => None,
        };
        found.extend(text.map(|text| (field.label, text)));
    }
}

/// What is done to one link of a draft: it gets the field, the kinds that are accepted, the path and the leaf.
pub type LinkChange<'a> = dyn FnMut(&Field, &'static [RecordKind], &str, &mut Value) + 'a;

/// Changes every link of a draft in place.
pub fn for_each_link_mut(
    fields: &'static [Field],
    draft: &mut Map<String, Value>,
    prefix: &str,
    change: &mut LinkChange<'_>,
) {
    for field in fields {
        let Some(value) = draft.get_mut(field.name) else { continue };
        let path = format!("{prefix}{}", field.name);
        match (field.kind, value) {
            (FieldKind::Links(kinds), Value::Array(all)) => {
                for leaf in all {
                    change(field, kinds, &path, leaf);
                }
            }
            (FieldKind::Link(kinds) | FieldKind::Links(kinds), leaf) => change(field, kinds, &path, leaf),
            (FieldKind::List(of), Value::Array(all)) => {
                for (at, row) in all.iter_mut().enumerate() {
                    if let Value::Object(row) = row {
                        for_each_link_mut(of.fields, row, &format!("{path}[{at}]."), change);
                    }
                }
            }
            _ => {}
        }
    }
}

/// What is told of one link of a record: the field, the kinds that are accepted, the path and the record it names.
pub type LinkSeen<'a> = dyn FnMut(&Field, &'static [RecordKind], &str, Id) + 'a;

/// Tells of every link of a record, in the order of its fields and rows.
pub fn for_each_link(fields: &'static [Field], record: &Map<String, Value>, prefix: &str, seen: &mut LinkSeen<'_>) {
    for field in fields {
        let Some(value) = record.get(field.name) else { continue };
        match field.kind {
            FieldKind::Link(kinds) | FieldKind::Links(kinds) => {
                let path = format!("{prefix}{}", field.name);
                ids(value).for_each(|to| seen(field, kinds, &path, to));
            }
            FieldKind::List(of) => {
                for (at, row) in rows(value).enumerate() {
                    for_each_link(of.fields, row, &format!("{prefix}{}[{at}].", field.name), seen);
                }
            }
            _ => {}
        }
    }
}

fn ids(value: &Value) -> impl Iterator<Item = Id> + '_ {
    let single = value.as_i64().into_iter();
    let many = value.as_array().into_iter().flatten().filter_map(Value::as_i64);
    single.chain(many).map(Id)
}

/// The rows of a list value.
pub fn rows(value: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    value.as_array().into_iter().flatten().filter_map(Value::as_object)
}
