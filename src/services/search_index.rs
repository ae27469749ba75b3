//! What of a record can be searched for: kept with every write, proved by `corridor check`, filled after an upgrade.

use serde_json::{Map, Value};

use crate::domain::id::Id;
use crate::domain::record::spec;
use crate::domain::schema::walk;
use crate::domain::search::{Phrase, Question};
use crate::store::record::{self, Head};
use crate::store::{Db, StoreError, search};

/// The text of a record: its reference first, by which it is known whether a question asks for the reference.
fn text_of(head: &Head, image: &Map<String, Value>) -> String {
    format!("{}\n{}\n{}", head.reference, head.title, walk::text(spec(head.kind).fields, image))
}

/// Keeps the text of a record that was written.
pub(super) fn keep(db: &Db, head: &Head, image: &Map<String, Value>) -> Result<(), StoreError> {
    search::put(db, head.id, head.kind, &text_of(head, image))
}

/// Forgets the text of a record that goes.
pub(super) fn forget(db: &Db, id: Id) -> Result<(), StoreError> {
    search::delete(db, id)
}

/// Fills the index from every record. What stood in it is thrown away first.
pub fn fill(db: &Db) -> Result<(), StoreError> {
    search::clear(db)?;
    for id in record::every_id(db)? {
        if let Some(stored) = record::get(db, id)? {
            keep(db, &stored.head, &stored.image)?;
        }
    }
    Ok(())
}

/// Whether the index answers for a record: to its reference.
pub(super) fn answers_for(db: &Db, head: &Head) -> Result<bool, StoreError> {
    match reference_phrase(&head.reference) {
        Some(phrase) => search::begins_with(db, head.id, &phrase),
        None => Ok(search::place_of(db, head.id)?.is_some()),
    }
}

/// A reference as a phrase; nothing where it has neither letters nor digits.
fn reference_phrase(reference: &str) -> Option<Phrase> {
    Question::read(reference).as_one()
}
