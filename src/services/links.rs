//! References to ids and back: people name a record by its reference, the record keeps its id.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::domain::id::Id;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::{FieldError, Problem, walk};
use crate::domain::text;
use crate::store::record::{self, Head};
use crate::store::{Db, StoreError};

/// References that were found already in this write. A reference is one record's in its kind, so that a new record changes
/// none of them; an edit or a deletion can.
#[derive(Default)]
pub(super) struct Named(HashMap<(RecordKind, String), Id>);

/// How many references are kept at once.
const MOST: usize = 16_384;

impl Named {
    /// Forgets all, after a record that was there was changed.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    fn find(&mut self, db: &Db, kinds: &[RecordKind], reference: &str) -> Result<Result<Id, Problem>, StoreError> {
        let [kind] = kinds else { return find(db, kinds, reference) };
        let key = (*kind, reference.to_owned());
        if let Some(id) = self.0.get(&key) {
            return Ok(Ok(*id));
        }
        let found = find(db, kinds, reference)?;
        if let Ok(id) = found {
            if self.0.len() >= MOST {
                self.0.clear();
            }
            self.0.insert(key, id);
        }
        Ok(found)
    }
}

/// Turns each reference in a draft into an id, in place. What is not found is left and reported.
pub(super) fn resolve(
    db: &Db,
    named: &mut Named,
    kind: RecordKind,
    draft: &mut Map<String, Value>,
) -> Result<Vec<FieldError>, StoreError> {
    let mut errors = Vec::new();
    let mut failure = None;
    walk::for_each_link_mut(spec(kind).fields, draft, &mut |field, kinds, path, leaf| {
        let Some(reference) = leaf.as_str().map(str::trim).filter(|text| !text.is_empty()) else { return };
        match named.find(db, kinds, reference) {
            Ok(Ok(id)) => *leaf = Value::from(id.0),
            Ok(Err(problem)) => errors.push(FieldError::at(&path.to_string(), field.label, problem)),
            Err(error) => failure = Some(error),
        }
    });
    failure.map_or(Ok(errors), Err)
}

/// Finds a record by `REFERENCE` or by `kind:REFERENCE` among some kinds.
pub(super) fn find(db: &Db, kinds: &[RecordKind], reference: &str) -> Result<Result<Id, Problem>, StoreError> {
    let (kinds, reference) = narrowed(kinds, reference);
    let key = text::sort_key(reference);
    let mut found: Vec<Head> = Vec::new();
    for kind in &kinds {
        if let Some(id) = record::find(db, *kind, &key)? {
            found.extend(record::head(db, id)?);
        }
    }
    Ok(match found.as_slice() {
        [one] => Ok(one.id),
        [] => {
            let kind = if let [kind] = kinds.as_slice() { kind.label().to_lowercase() } else { "record".to_owned() };
            Err(Problem::NoSuchRecord { kind, found: reference.to_owned() })
        }
        [first, second, ..] => Err(Problem::Rule(format!(
            "“{reference}” is a {} and a {}. Write which one, for example {}:{reference}",
            first.kind.label().to_lowercase(),
            second.kind.label().to_lowercase(),
            first.kind.word()
        ))),
    })
}

fn narrowed<'a>(kinds: &[RecordKind], reference: &'a str) -> (Vec<RecordKind>, &'a str) {
    if let Some((kind, rest)) = reference.split_once(':')
        && let Some(kind) = RecordKind::named(kind)
    {
        return (kinds.iter().copied().filter(|known| *known == kind).collect(), rest.trim());
    }
    (kinds.to_vec(), reference)
}

/// Turns each id in an image into the reference people know, in place; `kind:REFERENCE` where several kinds can stand.
pub(super) fn to_references(db: &Db, kind: RecordKind, image: &mut Map<String, Value>) -> Result<(), StoreError> {
    let mut failure = None;
    walk::for_each_link_mut(spec(kind).fields, image, &mut |_, kinds, _, leaf| {
        let Some(id) = leaf.as_i64().map(Id) else { return };
        match record::head(db, id) {
            Ok(Some(head)) if kinds.len() > 1 => {
                *leaf = Value::from(format!("{}:{}", head.kind.word(), head.reference));
            }
            Ok(Some(head)) => *leaf = Value::from(head.reference),
            Ok(None) => {}
            Err(error) => failure = Some(error),
        }
    });
    failure.map_or(Ok(()), Err)
}
