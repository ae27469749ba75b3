//! Changes of many records in one step: the same fields set in all of them, or all of them deleted. All or none.
//!
//! A record that was changed since it was seen is not in the way as long as the fields that are set now were left alone
//! in the meantime: nothing is lost then. Otherwise it is refused by name.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::links::Named;
use super::perform::{Scribe, remove_families, warnings};
use super::session::Intent;
use super::write::{Done, Refusal, WriteError};
use super::{drafts, links};
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::{Field, FieldError, FieldKind, Problem};
use crate::store::record::{self, Stored};
use crate::store::{StoreError, journal};

/// How many refused records are named one by one.
const NAMED: usize = 50;

/// A record and the version of it that was seen.
type Seen = (Id, i64);

impl Scribe<'_> {
    /// Sets the same fields in many records of one kind. A record that has the values already is not written.
    pub(super) fn edit_many(&mut self, records: &[Seen], mut set: Map<String, Value>) -> Result<Done, WriteError> {
        let db = self.db;
        let Some(kind) = first_kind(self, records)? else { return Ok(nothing("No record is selected")) };
        let counted = counted(kind, records.len());
        let subject = subject(kind, records.len());
        let mut refused = Refused::new(&subject, "saved");
        refused.problems = check_fields(kind, &set);
        let unresolved = links::resolve(db, &mut Named::default(), kind, &mut set)?;
        refused.problems.extend(unresolved);
        if set.is_empty() || !refused.problems.is_empty() {
            return refused.unless_none(nothing("No field is set"));
        }
        // Looked through first, so that the step of undo can say how many records it holds.
        let mut changed = Vec::new();
        for (id, version) in records {
            match self.image_with(kind, *id, *version, &set) {
                Ok((_, None)) => {}
                Ok((_, Some(_))) => changed.push((*id, *version)),
                Err(error) => refused.take(error)?,
            }
        }
        if changed.is_empty() || !refused.problems.is_empty() {
            return refused.unless_none(nothing(&format!("Nothing to change: {counted} had these values already")));
        }
        let words = self::counted(kind, changed.len());
        let what = format!("Edit {words}: {}", labels(kind, &set));
        let moment = self.moment;
        let mut session = self.begin(Intent { kind: "edit", what, undoes: None })?;
        for (id, version) in &changed {
            let (_, Some(image)) = image_with(db, moment, kind, (*id, *version), &set)? else { continue };
            if let Err(error) = session.put(kind, *id, &image) {
                refused.take(error)?;
            }
        }
        refused.unless_none(())?;
        let done = session.finish()?;
        let mut warned = Vec::new();
        for (id, _) in &changed {
            warned.extend(warnings(db, *id, kind, &done)?);
        }
        Ok(Done { message: format!("Saved {words}"), warnings: warned, touched: done.touched, ..Done::default() })
    }

    /// Deletes many records with everything that belongs to them.
    pub(super) fn delete_many(&mut self, records: &[Seen]) -> Result<Done, WriteError> {
        let db = self.db;
        let Some(kind) = first_kind(self, records)? else { return Ok(nothing("No record is selected")) };
        let words = counted(kind, records.len());
        let subject = subject(kind, records.len());
        let mut refused = Refused::new(&subject, "deleted");
        let mut heads = Vec::new();
        for (id, version) in records {
            match record::head(db, *id)? {
                Some(head) if head.version == *version => heads.push(head),
                Some(head) => refused.add(&head.words(), "It was changed in the meantime. Look at it again first"),
                None => refused.add(&format!("A {}", kind.label().to_lowercase()), "It is gone. Reload the list"),
            }
        }
        refused.unless_none(())?;
        let mut session = self.begin(Intent { kind: "delete", what: format!("Delete {words}"), undoes: None })?;
        for error in remove_families(&mut session, heads)? {
            refused.take(error)?;
        }
        refused.unless_none(())?;
        let touched = session.finish()?.touched;
        Ok(Done { message: format!("Deleted {words}"), touched, ..Done::default() })
    }

    fn image_with(&self, kind: RecordKind, id: Id, version: i64, set: &Map<String, Value>) -> WithImage {
        image_with(self.db, self.moment, kind, (id, version), set)
    }
}

/// A record as it stands and as it is to stand; `None` where that is the same.
type WithImage = Result<(Stored, Option<Map<String, Value>>), WriteError>;

fn image_with(
    db: &crate::store::Db,
    moment: super::Moment,
    kind: RecordKind,
    (id, version): Seen,
    set: &Map<String, Value>,
) -> WithImage {
    let gone = || super::session::refusal_text(&format!("A {}", kind.label().to_lowercase()), "It is gone");
    let stored = record::get(db, id)?.ok_or_else(gone)?;
    let words = stored.head.words();
    if stored.head.kind != kind {
        let reason = format!("It is no {}. Change records of one kind at a time", kind.label().to_lowercase());
        return Err(super::session::refusal_text(&words, &reason));
    }
    if stored.head.version != version {
        refuse_changed_since(db, &stored, version, set)?;
    }
    let mut draft = stored.image.clone();
    for (name, value) in set {
        if is_empty(value) {
            draft.remove(name);
        } else {
            draft.insert(name.clone(), value.clone());
        }
    }
    let image = drafts::image(db, &mut Named::default(), moment, kind, draft)?;
    let changed = (image != stored.image).then_some(image);
    Ok((stored, changed))
}

/// Refuses a record of which a field that is to be set was changed since it was seen.
fn refuse_changed_since(
    db: &crate::store::Db,
    stored: &Stored,
    seen: i64,
    set: &Map<String, Value>,
) -> Result<(), WriteError> {
    let before = journal::image(db, stored.head.id, seen)?.map(|payload| record::image_of(&payload)).transpose()?;
    let differs = |name: &&String| before.as_ref().is_none_or(|before| before.get(*name) != stored.image.get(*name));
    match set.keys().find(differs) {
        None => Ok(()),
        Some(name) => {
            let label = field(stored.head.kind, name).map_or(name.as_str(), |field| field.label);
            let reason = format!("{label} was changed in the meantime. Look at the record again, then change it");
            Err(super::session::refusal_text(&stored.head.words(), &reason))
        }
    }
}

fn first_kind(scribe: &Scribe<'_>, records: &[Seen]) -> Result<Option<RecordKind>, StoreError> {
    for (id, _) in records {
        if let Some(head) = record::head(scribe.db, *id)? {
            return Ok(Some(head.kind));
        }
    }
    Ok(None)
}

fn field(kind: RecordKind, name: &str) -> Option<&'static Field> {
    spec(kind).fields.iter().find(|field| field.name == name)
}

/// Whether a field can be set in many records at once: lists have rows of their own, and a reference is one record's.
#[must_use]
pub fn can_be_set_in_many(field: &Field) -> bool {
    !matches!(field.kind, FieldKind::List(_)) && field.name != "reference"
}

/// What is wrong with the fields themselves, whatever the records.
fn check_fields(kind: RecordKind, set: &Map<String, Value>) -> Vec<FieldError> {
    let known = || {
        let can = spec(kind).fields.iter().filter(|field| can_be_set_in_many(field));
        can.map(|field| field.name).collect::<Vec<_>>().join(", ")
    };
    let judge = |name: &String| match field(kind, name) {
        Some(field) if can_be_set_in_many(field) => None,
        Some(field) => {
            let rule = "This is each record's own. Change it in the form of the record".to_owned();
            Some(FieldError::at(name, field.label, Problem::Rule(rule)))
        }
        None => Some(FieldError::at(name, name, Problem::UnknownField { found: name.clone(), known: known() })),
    };
    set.keys().filter_map(judge).collect()
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(all) => all.is_empty(),
        _ => false,
    }
}

fn labels(kind: RecordKind, set: &Map<String, Value>) -> String {
    let labels = set.keys().filter_map(|name| field(kind, name)).map(|field| field.label.to_lowercase());
    labels.collect::<Vec<_>>().join(", ")
}

/// `1 request`, `12 requests`.
pub(super) fn counted(kind: RecordKind, count: usize) -> String {
    if count == 1 {
        format!("1 {}", kind.label().to_lowercase())
    } else {
        format!("{count} {}", kind.plural().replace('_', " "))
    }
}

/// What a refusal of the whole speaks of.
fn subject(kind: RecordKind, count: usize) -> String {
    match count {
        1 => format!("The {}", kind.label().to_lowercase()),
        _ => format!("The selection ({})", counted(kind, count)),
    }
}

fn nothing(message: &str) -> Done {
    Done { message: message.to_owned(), ..Done::default() }
}

/// The records that refuse, each with its reasons.
struct Refused<'a> {
    subject: &'a str,
    verb: &'static str,
    problems: Vec<FieldError>,
    records: BTreeSet<String>,
}

impl<'a> Refused<'a> {
    const fn new(subject: &'a str, verb: &'static str) -> Self {
        Self { subject, verb, problems: Vec::new(), records: BTreeSet::new() }
    }

    fn add(&mut self, record: &str, reason: &str) {
        self.note(record, vec![FieldError::at("", "", Problem::Rule(reason.to_owned()))]);
    }

    fn note(&mut self, record: &str, problems: Vec<FieldError>) {
        self.records.insert(record.to_owned());
        if self.records.len() > NAMED {
            return;
        }
        for FieldError { path, label, problem } in problems {
            let label = if label.is_empty() { record.to_owned() } else { format!("{record}, {label}") };
            self.problems.push(FieldError { path, label, problem });
        }
    }

    /// Keeps a refusal and goes on to the next record; a failure ends everything.
    fn take(&mut self, error: WriteError) -> Result<(), WriteError> {
        match error {
            WriteError::Refused(refusal) => {
                self.note(&refusal.record, refusal.problems);
                Ok(())
            }
            other @ (WriteError::Failed(_) | WriteError::AskFirst(_)) => Err(other),
        }
    }

    fn unless_none<T>(&mut self, otherwise: T) -> Result<T, WriteError> {
        if self.problems.is_empty() {
            return Ok(otherwise);
        }
        let mut problems = std::mem::take(&mut self.problems);
        if let Some(more) = self.records.len().checked_sub(NAMED).filter(|more| *more > 0) {
            let rule = format!("{more} more are refused too");
            problems.push(FieldError::at("", "", Problem::Rule(rule)));
        }
        Err(WriteError::Refused(Refusal { record: self.subject.to_owned(), verb: self.verb, problems }))
    }
}

/// The fields of a kind that can be set in many records at once.
pub fn fields_for_many(kind: RecordKind) -> impl Iterator<Item = &'static Field> {
    spec(kind).fields.iter().filter(|field| can_be_set_in_many(field))
}
