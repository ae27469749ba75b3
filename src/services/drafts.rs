//! From a draft to a record image: links resolved, fields read, what the program fills in by itself.

use chrono::{Datelike as _, NaiveDate};
use serde_json::{Map, Value};

use super::links::{self, Named};
use super::prepare::Prepared;
use super::session::refusal;
use super::write::WriteError;
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::{FieldError, read, walk};
use crate::domain::text;
use crate::services::Moment;
use crate::store::record;
use crate::store::{Db, StoreError};

/// An image, and the record prepared where it is whole.
pub(super) type Whole = (Map<String, Value>, Option<Box<Prepared>>);

/// Does with a draft what needs no store: reads it, and prepares the record where nothing has to be filled in that only the
/// store knows.
pub(super) fn read_alone(today: NaiveDate, kind: RecordKind, draft: &Map<String, Value>) -> Result<Whole, WriteError> {
    let mut image = read_resolved(kind, draft, Vec::new())?;
    let is_begun = !begins(kind) || image.contains_key(STARTED_ON);
    if !is_begun && walk::parent(spec(kind).fields, &image).is_none() {
        image.insert(STARTED_ON.to_owned(), Value::from(today.to_string()));
    } else if !is_begun {
        return Ok((image, None));
    }
    if kind == RecordKind::Report || !image.contains_key("reference") {
        return Ok((image, None));
    }
    let prepared = Prepared::of(kind, &image)?;
    Ok((image, Some(Box::new(prepared))))
}

/// The same of a record that is there already: it is prepared when it is written.
pub(super) fn read_changed(kind: RecordKind, draft: &Map<String, Value>) -> Result<Whole, WriteError> {
    Ok((read_resolved(kind, draft, Vec::new())?, None))
}

/// Reads a draft into an image that can be put. `words` names the record in a refusal.
pub(super) fn image(
    db: &Db,
    named: &mut Named,
    moment: Moment,
    kind: RecordKind,
    mut draft: Map<String, Value>,
) -> Result<Map<String, Value>, WriteError> {
    let unresolved = links::resolve(db, named, kind, &mut draft)?;
    let image = read_resolved(kind, &draft, unresolved)?;
    Ok(fill_in(db, moment, kind, image)?)
}

fn read_resolved(
    kind: RecordKind,
    draft: &Map<String, Value>,
    mut errors: Vec<FieldError>,
) -> Result<Map<String, Value>, WriteError> {
    let words = || words(kind, draft);
    let unresolved: Vec<String> = errors.iter().map(|error| error.path.clone()).collect();
    match read::read(spec(kind).fields, draft) {
        Ok(image) if errors.is_empty() => Ok(image),
        Ok(_) => Err(refusal(&words(), errors)),
        Err(more) => {
            // A reference that was not found is reported once, by its name.
            errors
                .extend(more.into_iter().filter(|error| !unresolved.iter().any(|path| path.starts_with(&error.path))));
            Err(refusal(&words(), errors))
        }
    }
}

/// The record in words, for a refusal.
pub(super) fn words(kind: RecordKind, draft: &Map<String, Value>) -> String {
    let named = ["reference", "name", "title"].iter().find_map(|field| draft.get(*field).and_then(Value::as_str));
    match named.map(str::trim) {
        Some(name) if !name.is_empty() => format!("{kind} {name}"),
        _ => format!("The new {}", kind.label().to_lowercase()),
    }
}

/// Fills in what the program knows: the day on which work began, and a reference.
pub(super) fn fill_in(
    db: &Db,
    moment: Moment,
    kind: RecordKind,
    mut image: Map<String, Value>,
) -> Result<Map<String, Value>, StoreError> {
    if begins(kind) && !image.contains_key(STARTED_ON) && !is_public(db, kind, &image)? {
        image.insert(STARTED_ON.to_owned(), Value::from(moment.today.to_string()));
    }
    if kind == RecordKind::Report && !image.contains_key("sections") {
        let form =
            image.get("form").and_then(Value::as_i64).map(|form| record::get(db, Id(form))).transpose()?.flatten();
        if let Some(sections) = form.and_then(|form| form.image.get("sections").cloned()) {
            image.insert("sections".to_owned(), sections);
        }
    }
    if !image.contains_key("reference") {
        let reference = free_reference(db, moment, kind, walk::parent(spec(kind).fields, &image))?;
        image.insert("reference".to_owned(), Value::from(reference));
    }
    Ok(image)
}

const STARTED_ON: &str = "started_on";

/// Whether work on a record of a kind begins on a day.
const fn begins(kind: RecordKind) -> bool {
    matches!(kind, RecordKind::Request | RecordKind::Shipment | RecordKind::Trip | RecordKind::Visit)
}

/// Whether a draft belongs to the public record: its matter says so.
fn is_public(db: &Db, kind: RecordKind, image: &Map<String, Value>) -> Result<bool, StoreError> {
    let Some(parent) = walk::parent(spec(kind).fields, image) else { return Ok(false) };
    let matter = record::get(db, parent)?.filter(|stored| stored.head.kind == RecordKind::Matter);
    Ok(matter.is_some_and(|matter| matter.image.get("public") == Some(&Value::Bool(true))))
}

/// The next reference that is free: `SHP-2026-003`, or `REQ-2026-001/E2` for a record that belongs to another.
fn free_reference(db: &Db, moment: Moment, kind: RecordKind, parent: Option<Id>) -> Result<String, StoreError> {
    let above = parent.map(|parent| record::head(db, parent)).transpose()?.flatten();
    let (prefix, width) = match above {
        Some(head) if is_part(kind) => (format!("{}/{}", head.reference, kind.prefix()), 1),
        _ => (format!("{}-{}-", kind.prefix(), moment.today.year()), 3),
    };
    let largest = record::largest_reference(db, kind, &text::sort_key(&prefix))?;
    let last: u64 = largest.and_then(|key| last_number(&key)).unwrap_or(0);
    for number in last.checked_add(1).unwrap_or(1).. {
        let reference = format!("{prefix}{number:0width$}");
        if record::find(db, kind, &text::sort_key(&reference))?.is_none() {
            return Ok(reference);
        }
    }
    Ok(prefix)
}

/// Parts of a record are numbered under it; what people speak of by itself has a reference of its own.
const fn is_part(kind: RecordKind) -> bool {
    !matches!(kind, RecordKind::Request)
}

fn last_number(key: &str) -> Option<u64> {
    let digits = key.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}
