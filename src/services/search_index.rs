//! What of a record can be searched for: kept with every write, proved by `corridor check`, filled after an upgrade.

use serde_json::{Map, Value};

use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::walk;
use crate::domain::search::{Phrase, Question, index_text};
use crate::store::record::{self, Head, Stored};
use crate::store::{Db, StoreError, search};

/// Fills the index from every record. What stood in it is thrown away first.
pub fn fill(db: &Db) -> Result<(), StoreError> {
    search::clear(db)?;
    let mut waiting = search::Waiting::default();
    for id in record::every_id(db)? {
        if let Some(Stored { head, image }) = record::get(db, id)? {
            waiting.put_new(db, id, head.kind, words_of(&head.reference, &head.title, head.kind, &image))?;
        }
    }
    waiting.flush(db)
}

/// The words of a record: its reference first, by which it is known whether a question asks for the reference.
fn words_of(reference: &str, title: &str, kind: RecordKind, image: &Map<String, Value>) -> String {
    index_text(&format!("{reference}\n{title}\n{}", walk::text(spec(kind).fields, image)))
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
