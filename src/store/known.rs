//! What was known when: the records as the journal had them before an instant, and what was touched since an operation.

use chrono::{DateTime, Utc};

use super::journal::instant;
use super::record::kind_of;
use super::{Db, StoreError};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;

/// A record as it was known.
#[derive(Debug, Clone)]
pub struct Known {
    /// Its kind.
    pub kind: RecordKind,
    /// The record.
    pub id: Id,
    /// The version it had then.
    pub version: i64,
    /// Its image.
    pub payload: String,
}

/// Every record as it was known before an instant, in the order of the ids.
pub fn at(db: &Db, before: DateTime<Utc>) -> Result<Vec<Known>, StoreError> {
    db.rows(include_str!("known/at.sql"), &[(":before", instant(before).into())], |row| {
        let payload = row.opt_text(3)?.unwrap_or_default();
        Ok(Known { kind: kind_of(row.str(0)?)?, id: Id(row.int(1)?), version: row.int(2)?, payload })
    })
}

/// When the journal begins, as it is written there; `None` where it is empty.
pub fn begun_at(db: &Db) -> Result<Option<String>, StoreError> {
    Ok(db.first(include_str!("known/begun_at.sql"), &[], |row| row.opt_text(0))?.flatten())
}

/// The newest operation; `None` in an empty journal.
pub fn newest_operation(db: &Db) -> Result<Option<Id>, StoreError> {
    Ok(db.first(include_str!("known/newest_operation.sql"), &[], |row| row.opt_int(0))?.flatten().map(Id))
}

/// The records that operations after this one touched.
pub fn touched_since(db: &Db, operation: Id) -> Result<Vec<(RecordKind, Id)>, StoreError> {
    db.rows(include_str!("known/touched_since.sql"), &[(":operation", operation.into())], |row| {
        Ok((kind_of(row.str(0)?)?, Id(row.int(1)?)))
    })
}
