//! Walks a record by its catalogue: the links it holds and the text it can be found by.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Field, FieldKind};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::word::label_of;

/// A link from a record: the field it stands in (`lines.item`) and the record it names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkFound {
    /// The field's path without row numbers.
    pub field: Arc<str>,
    /// The record that is named.
    pub to: Id,
}

/// Every link a record holds, each once a field.
#[must_use]
pub fn links(fields: &'static [Field], record: &Map<String, Value>) -> Vec<LinkFound> {
    let mut found = Vec::new();
    collect_links(fields, &[record], "", &mut found);
    found.sort();
    found
}

/// Field by field through all rows, so that the path of a field is written once, whatever the number of rows.
fn collect_links(fields: &'static [Field], all: &[&Map<String, Value>], prefix: &str, found: &mut Vec<LinkFound>) {
    for field in fields {
        match field.kind {
            FieldKind::Link(_) | FieldKind::Links(_) => {
                let mut named: Vec<Id> = all.iter().filter_map(|row| row.get(field.name)).flat_map(ids).collect();
                named.sort_unstable();
                named.dedup();
                let path: Arc<str> = format!("{prefix}{}", field.name).into();
                found.extend(named.into_iter().map(|to| LinkFound { field: Arc::clone(&path), to }));
            }
            FieldKind::List(of) => {
                let below: Vec<_> = all.iter().filter_map(|row| row.get(field.name)).flat_map(rows).collect();
                if !below.is_empty() {
                    collect_links(of.fields, &below, &format!("{prefix}{}.", field.name), found);
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
    let mut words = String::new();
    each_text(fields, record, &mut |_, text| {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(text);
    });
    words
}

/// The same, each text with the label of its field.
#[must_use]
pub fn labelled_text(fields: &'static [Field], record: &Map<String, Value>) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    each_text(fields, record, &mut |label, text| found.push((label, text.to_owned())));
    found
}

fn each_text(fields: &'static [Field], record: &Map<String, Value>, tell: &mut dyn FnMut(&'static str, &str)) {
    for field in fields {
        let Some(value) = record.get(field.name) else { continue };
        match field.kind {
            FieldKind::Choice(of) => {
                if let Some(word) = value.as_str() {
                    tell(field.label, &label_of(of, word));
                }
            }
            FieldKind::List(of) => rows(value).for_each(|row| each_text(of.fields, row, tell)),
            FieldKind::Text | FieldKind::LongText | FieldKind::HsCode | FieldKind::FuzzyDay | FieldKind::Day => {
                if let Some(text) = value.as_str() {
                    tell(field.label, text);
                }
            }
            _ => {}
        }
    }
}

/// Where in a record a field stands, written out only where somebody reads it: `lines[2].item`.
#[derive(Debug, Clone, Copy)]
pub struct Path<'a> {
    above: Option<(&'a Path<'a>, usize)>,
    name: &'static str,
}

impl Path<'_> {
    /// The path without row numbers, as links name it: `lines.item`.
    #[must_use]
    pub fn without_rows(&self) -> String {
        match self.above {
            Some((above, _)) => format!("{}.{}", above.without_rows(), self.name),
            None => self.name.to_owned(),
        }
    }
}

impl std::fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some((above, row)) = self.above {
            write!(f, "{above}[{row}].")?;
        }
        f.write_str(self.name)
    }
}

/// What is done to one link of a draft: it gets the field, the kinds that are accepted, the path and the leaf.
pub type LinkChange<'a> = dyn FnMut(&Field, &'static [RecordKind], Path<'_>, &mut Value) + 'a;

/// Changes every link of a draft in place.
pub fn for_each_link_mut(fields: &'static [Field], draft: &mut Map<String, Value>, change: &mut LinkChange<'_>) {
    change_links(fields, draft, None, change);
}

fn change_links(
    fields: &'static [Field],
    draft: &mut Map<String, Value>,
    above: Option<(&Path<'_>, usize)>,
    change: &mut LinkChange<'_>,
) {
    for field in fields {
        if !matches!(field.kind, FieldKind::Link(_) | FieldKind::Links(_) | FieldKind::List(_)) {
            continue;
        }
        let Some(value) = draft.get_mut(field.name) else { continue };
        let path = Path { above, name: field.name };
        match (field.kind, value) {
            (FieldKind::Links(kinds), Value::Array(all)) => {
                for leaf in all {
                    change(field, kinds, path, leaf);
                }
            }
            (FieldKind::Link(kinds) | FieldKind::Links(kinds), leaf) => change(field, kinds, path, leaf),
            (FieldKind::List(of), Value::Array(all)) => {
                for (at, row) in all.iter_mut().enumerate() {
                    if let Value::Object(row) = row {
                        change_links(of.fields, row, Some((&path, at)), change);
                    }
                }
            }
            _ => {}
        }
    }
}

/// What is told of one link of a record: the field, the kinds that are accepted, the path and the record it names.
pub type LinkSeen<'a> = dyn FnMut(&Field, &'static [RecordKind], Path<'_>, Id) + 'a;

/// Tells of every link of a record, in the order of its fields and rows.
pub fn for_each_link(fields: &'static [Field], record: &Map<String, Value>, seen: &mut LinkSeen<'_>) {
    see_links(fields, record, None, seen);
}

fn see_links(
    fields: &'static [Field],
    record: &Map<String, Value>,
    above: Option<(&Path<'_>, usize)>,
    seen: &mut LinkSeen<'_>,
) {
    for field in fields {
        if !matches!(field.kind, FieldKind::Link(_) | FieldKind::Links(_) | FieldKind::List(_)) {
            continue;
        }
        let Some(value) = record.get(field.name) else { continue };
        let path = Path { above, name: field.name };
        match field.kind {
            FieldKind::Link(kinds) | FieldKind::Links(kinds) => {
                ids(value).for_each(|to| seen(field, kinds, path, to));
            }
            FieldKind::List(of) => {
                for (at, row) in rows(value).enumerate() {
                    see_links(of.fields, row, Some((&path, at)), seen);
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
