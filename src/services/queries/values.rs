//! Field values as people read them: labels for words, names for codes, separators in numbers, references for links.

use serde_json::{Map, Value};

use super::{DetailCell, DetailSection, DetailValue, RecordLink};
use crate::domain::codes;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::schema::{Field, FieldKind, ListOf, walk};
use crate::domain::word::label_of;
use crate::store::{Db, StoreError, record};

/// The filled fields of a record, by section.
pub(super) fn sections(
    db: &Db,
    fields: &'static [Field],
    image: &Map<String, Value>,
) -> Result<Vec<DetailSection>, StoreError> {
    let mut sections = vec![DetailSection { heading: String::new(), fields: Vec::new() }];
    for field in fields {
        if !field.section.is_empty() {
            sections.push(DetailSection { heading: field.section.to_owned(), fields: Vec::new() });
        }
        let Some(value) = image.get(field.name) else { continue };
        let shown = value_of(db, field.kind, value)?;
        if let Some(section) = sections.last_mut() {
            section.fields.push((field.label.to_owned(), shown));
        }
    }
    sections.retain(|section| !section.fields.is_empty());
    Ok(sections)
}

fn value_of(db: &Db, kind: FieldKind, value: &Value) -> Result<DetailValue, StoreError> {
    Ok(match kind {
        FieldKind::Link(_) | FieldKind::Links(_) => DetailValue::Links(links_of(db, value)?),
        FieldKind::List(of) => table(db, of, value)?,
        _ => DetailValue::Text(text_of(kind, value)),
    })
}

/// A list as a table: columns that no row fills are left out.
fn table(db: &Db, of: &'static ListOf, value: &Value) -> Result<DetailValue, StoreError> {
    let rows: Vec<&Map<String, Value>> = walk::rows(value).collect();
    let filled: Vec<&Field> =
        of.fields.iter().filter(|field| rows.iter().any(|row| row.contains_key(field.name))).collect();
    let mut cells = Vec::with_capacity(rows.len());
    for row in rows {
        let cell = |field: &&Field| cell_of(db, field.kind, row.get(field.name).unwrap_or(&Value::Null));
        cells.push(filled.iter().map(cell).collect::<Result<Vec<_>, _>>()?);
    }
    let columns = filled.iter().map(|field| field.label.to_owned()).collect();
    Ok(DetailValue::Table { columns, rows: cells })
}

fn cell_of(db: &Db, kind: FieldKind, value: &Value) -> Result<DetailCell, StoreError> {
    Ok(match kind {
        FieldKind::Link(_) => match links_of(db, value)?.into_iter().next() {
            Some(link) => DetailCell::Link(link),
            None => DetailCell::Text(String::new()),
        },
        FieldKind::Links(_) => {
            let references = links_of(db, value)?.into_iter().map(|link| link.reference);
            DetailCell::Text(references.collect::<Vec<_>>().join(", "))
        }
        FieldKind::Quantity
        | FieldKind::QuantityOrZero
        | FieldKind::Count
        | FieldKind::Money
        | FieldKind::Rate
        | FieldKind::Limit => DetailCell::Number(text_of(kind, value)),
        FieldKind::List(of) => DetailCell::Text(inner_list(db, of, value)?),
        _ => DetailCell::Text(text_of(kind, value)),
    })
}

/// A list within a row, in one line: `Quantity 300 pcs; Entries 3`.
fn inner_list(db: &Db, of: &'static ListOf, value: &Value) -> Result<String, StoreError> {
    let mut rows = Vec::new();
    for row in walk::rows(value) {
        let mut parts = Vec::new();
        for field in of.fields {
            let Some(value) = row.get(field.name) else { continue };
            parts.push(match cell_of(db, field.kind, value)? {
                DetailCell::Text(text) | DetailCell::Number(text) => text,
                DetailCell::Link(link) => link.title,
            });
        }
        rows.push(parts.join(" "));
    }
    Ok(rows.join("; "))
}

/// Other records by id; one that is gone is left out.
fn links_of(db: &Db, value: &Value) -> Result<Vec<RecordLink>, StoreError> {
    let single = value.as_i64().into_iter();
    let many = value.as_array().into_iter().flatten().filter_map(Value::as_i64);
    let mut links = Vec::new();
    for id in single.chain(many) {
        links.extend(record::head(db, Id(id))?.map(|head| RecordLink {
            id: head.id,
            kind: head.kind,
            reference: head.reference,
            title: head.title,
        }));
    }
    Ok(links)
}

/// A value in words, links as they are numbered.
pub(super) fn text_of(kind: FieldKind, value: &Value) -> String {
    let text = match value {
        Value::Null => return String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(flag) => return if *flag { "Yes".to_owned() } else { "No".to_owned() },
        Value::Array(all) => return all.iter().map(|one| text_of(kind, one)).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    };
    match kind {
        FieldKind::Choice(words) | FieldKind::Choices(words) => label_of(words, &text),
        FieldKind::Quantity | FieldKind::QuantityOrZero | FieldKind::Limit | FieldKind::Count => {
            Quantity::parse(&text).map_or(text, Quantity::grouped)
        }
        FieldKind::Money => Money::parse(&text).map_or(text, |money| money.grouped()),
        FieldKind::Unit => codes::unit_short(&text).to_owned(),
        FieldKind::Country => codes::country_name(&text).map_or(text, str::to_owned),
        _ => text,
    }
}

/// A value in one line, for the history: links as references, lists as rows.
pub(super) fn line_of(db: &Db, kind: FieldKind, value: &Value) -> Result<String, StoreError> {
    Ok(match kind {
        FieldKind::Link(_) | FieldKind::Links(_) => {
            let references = links_of(db, value)?.into_iter().map(|link| link.reference);
            references.collect::<Vec<_>>().join(", ")
        }
        FieldKind::List(of) => inner_list(db, of, value)?,
        _ => text_of(kind, value),
    })
}
