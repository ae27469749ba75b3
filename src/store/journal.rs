//! The journal: operations and the chain of changes. It is only ever added to.

use chrono::{DateTime, SecondsFormat, Utc};

use super::StoreError;
use super::engine::{Db, Value, sqlite::Row};
use super::record::kind_of;
use crate::domain::id::Id;
use crate::domain::journal::{ChangeHead, Hash, OperationHead, change_hash, operation_hash, payload_hash};
use crate::domain::record::RecordKind;

pub use super::journal_writer::{NewChange, Seal, Writer};

/// The version of the field catalogue in which images are written today.
pub const IMAGE_VERSION: i64 = 1;

/// A change as it stands in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// Origin and place in its chain.
    pub place: (i64, i64),
    /// The record's kind.
    pub kind: RecordKind,
    /// The record.
    pub id: Id,
    /// Its version after the change.
    pub version: i64,
    /// Whether it was removed.
    pub removed: bool,
    /// Its image, unless it was removed or purged.
    pub payload: Option<String>,
}

/// A change without its image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Origin and place in its chain.
    pub place: (i64, i64),
    /// The record's kind.
    pub kind: RecordKind,
    /// The record.
    pub id: Id,
    /// Its version after the change.
    pub version: i64,
}

/// The newest change of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Newest {
    /// Origin and place in its chain.
    pub place: (i64, i64),
    /// The version.
    pub version: i64,
    /// The operation.
    pub operation: Id,
}

/// An operation in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What it says of itself.
    pub head: OperationHead,
    /// How many records it changed.
    pub records: i64,
}

/// One version of a record with who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The version.
    pub version: i64,
    /// Whether the record was removed.
    pub removed: bool,
    /// Its image.
    pub payload: Option<String>,
    /// The instant in UTC, as ISO text.
    pub at: String,
    /// Who.
    pub actor: String,
    /// The operation's kind.
    pub kind: String,
}

/// A file or machine that wrote here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginRow {
    /// Its number.
    pub id: i64,
    /// The place of its newest change.
    pub head_seq: i64,
    /// The hash of its newest change.
    pub head_hash: Hash,
    /// The origin it was copied from, with the place and hash of the end at that time.
    pub parent: Option<(i64, i64, Hash)>,
}

/// A row of a chain that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The origin.
    pub origin: i64,
    /// The place in its chain.
    pub origin_seq: i64,
    /// What does not hold.
    pub why: &'static str,
}

/// An instant as it is written.
#[must_use]
pub fn instant(now: DateTime<Utc>) -> String {
    now.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Begins the chain of a new origin, with the end of the chain it continues.
pub fn begin_origin(db: &Db, id: i64, parent: Option<i64>, now: DateTime<Utc>) -> Result<(), StoreError> {
    let end = parent.map(|parent| head(db, parent)).transpose()?;
    let nothing: Hash = [0; 32];
    let params = [
        (":id", id.into()),
        (":begun_at", instant(now).into()),
        (":parent", parent.into()),
        (":parent_seq", end.map_or(0, |(seq, _)| seq).into()),
        (":parent_hash", end.as_ref().map_or(Value::Null, |(_, hash)| Value::Blob(hash))),
        (":head_hash", Value::Blob(&nothing)),
    ];
    db.run(include_str!("journal/put_origin.sql"), &params)?;
    Ok(())
}

/// The place and hash of an origin's newest change.
pub fn head(db: &Db, origin: i64) -> Result<(i64, Hash), StoreError> {
    let found = db.first(include_str!("journal/origin.sql"), &[(":id", origin.into())], |row| {
        Ok((row.int(0)?, hash_of(&row.bytes(1)?)?))
    })?;
    found.ok_or_else(|| StoreError::Damaged { detail: format!("the journal has no origin {origin}") })
}

/// Everyone who wrote here, the first first.
pub fn origins(db: &Db) -> Result<Vec<OriginRow>, StoreError> {
    db.rows(include_str!("journal/origins.sql"), &[], |row| {
        let parent = row.opt_int(3)?;
        let parent_hash = row.bytes(5)?;
        Ok(OriginRow {
            id: row.int(0)?,
            head_seq: row.int(1)?,
            head_hash: hash_of(&row.bytes(2)?)?,
            parent: match parent {
                Some(parent) => Some((parent, row.int(4)?, hash_of(&parent_hash)?)),
                None => None,
            },
        })
    })
}

/// The hash of one change.
pub fn hash_at(db: &Db, origin: i64, origin_seq: i64) -> Result<Option<Hash>, StoreError> {
    let params = [(":origin", origin.into()), (":origin_seq", origin_seq.into())];
    db.first(include_str!("journal/change_hash.sql"), &params, |row| hash_of(&row.bytes(0)?))
}

/// The largest id of an operation, from which ids go on.
pub fn last_id(db: &Db) -> Result<i64, StoreError> {
    Ok(db.first(include_str!("journal/last_id.sql"), &[], |row| row.opt_int(0))?.flatten().unwrap_or(0))
}

/// The newest change of a record, also of one that is gone.
pub fn newest(db: &Db, id: Id) -> Result<Option<Newest>, StoreError> {
    db.first(include_str!("journal/newest_version.sql"), &[(":id", id.into())], |row| {
        Ok(Newest { place: (row.int(0)?, row.int(1)?), version: row.int(2)?, operation: Id(row.int(3)?) })
    })
}

/// The image of a record at a version; `None` where it was not there.
pub fn image(db: &Db, id: Id, version: i64) -> Result<Option<String>, StoreError> {
    let params = [(":id", id.into()), (":version", version.into())];
    Ok(db.first(include_str!("journal/image.sql"), &params, |row| row.opt_text(2))?.flatten())
}

/// The changes of an operation in their order, without their images, which can be a great many.
pub fn marks(db: &Db, operation: Id) -> Result<Vec<Mark>, StoreError> {
    db.rows(include_str!("journal/marks_of_operation.sql"), &[(":operation", operation.into())], |row| {
        Ok(Mark {
            place: (row.int(0)?, row.int(1)?),
            kind: kind_of(row.str(2)?)?,
            id: Id(row.int(3)?),
            version: row.int(4)?,
        })
    })
}

/// The changes of an operation in their order.
pub fn changes(db: &Db, operation: Id) -> Result<Vec<ChangeRow>, StoreError> {
    db.rows(include_str!("journal/changes_of_operation.sql"), &[(":operation", operation.into())], |row| {
        Ok(ChangeRow {
            place: (row.int(0)?, row.int(1)?),
            kind: kind_of(row.str(2)?)?,
            id: Id(row.int(3)?),
            version: row.int(4)?,
            removed: row.int(5)? == 1,
            payload: row.opt_text(6)?,
        })
    })
}

/// The newest operations, newest first.
pub fn operations(db: &Db, most: u32) -> Result<Vec<Listed>, StoreError> {
    db.rows(include_str!("journal/newest_operations.sql"), &[(":most", i64::from(most).into())], |row| {
        Ok(Listed { head: operation_of(row, 0)?, records: row.int(6)? })
    })
}

/// An operation as undo sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stacked {
    /// The operation.
    pub id: Id,
    /// The origin that wrote it.
    pub origin: i64,
    /// Its word.
    pub kind: String,
    /// What it was, in words.
    pub what: String,
    /// The operation it takes back or does again.
    pub undoes: Option<Id>,
}

/// Operations before one, newest first.
pub fn stack(db: &Db, before: Id, most: i64) -> Result<Vec<Stacked>, StoreError> {
    let params = [(":before", before.into()), (":most", most.into())];
    db.rows(include_str!("journal/stack.sql"), &params, |row| {
        Ok(Stacked {
            id: Id(row.int(0)?),
            origin: row.int(1)?,
            kind: row.text(2)?,
            what: row.text(3)?,
            undoes: row.opt_int(4)?.map(Id),
        })
    })
}

/// An origin and those it was copied or moved from: together the history of this one file.
pub fn lineage(db: &Db, origin: i64) -> Result<Vec<i64>, StoreError> {
    let all = origins(db)?;
    let parent_of = |id: i64| all.iter().find(|row| row.id == id)?.parent;
    let mut lineage = vec![origin];
    while let Some((parent, ..)) = lineage.last().and_then(|last| parent_of(*last))
        && !lineage.contains(&parent)
    {
        lineage.push(parent);
    }
    Ok(lineage)
}

/// Every version of a record, oldest first.
pub fn history(db: &Db, id: Id) -> Result<Vec<Version>, StoreError> {
    db.rows(include_str!("journal/history.sql"), &[(":id", id.into())], |row| {
        Ok(Version {
            version: row.int(0)?,
            removed: row.int(1)? == 1,
            payload: row.opt_text(2)?,
            at: row.text(3)?,
            actor: row.text(4)?,
            kind: row.text(5)?,
        })
    })
}

/// Walks an origin's chain and returns the first row that does not hold.
pub fn verify(db: &Db, origin: &OriginRow) -> Result<Option<Broken>, StoreError> {
    let mut previous: Hash = [0; 32];
    let mut expected = 1;
    let mut broken = None;
    let links = db.rows(include_str!("journal/chain.sql"), &[(":origin", origin.id.into())], |row| {
        if broken.is_none() {
            let link = Link::read(row)?;
            let why = link.fault(&previous, expected);
            broken = why.map(|why| Broken { origin: origin.id, origin_seq: link.head.origin_seq, why });
            previous = link.hash;
            expected = link.head.origin_seq + 1;
        }
        Ok(())
    })?;
    let whole = i64::try_from(links.len()).unwrap_or(i64::MAX) == origin.head_seq && previous == origin.head_hash;
    if broken.is_none() && !whole {
        broken = Some(Broken { origin: origin.id, origin_seq: expected, why: "the end of the chain is missing" });
    }
    Ok(broken)
}

struct Link {
    head: ChangeHead,
    payload: Option<String>,
    salt: Vec<u8>,
    prev_hash: Vec<u8>,
    hash: Hash,
}

impl Link {
    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let operation = operation_of_chain(row)?;
        Ok(Self {
            head: ChangeHead {
                origin: row.int(0)?,
                origin_seq: row.int(1)?,
                operation: Id(row.int(2)?),
                operation_hash: operation_hash(&operation),
                record_kind: kind_of(row.str(3)?)?,
                record_id: Id(row.int(4)?),
                version: row.int(5)?,
                image_version: row.int(6)?,
                removed: row.int(7)? == 1,
                payload_hash: hash_of(&row.bytes(10)?)?,
            },
            payload: row.opt_text(8)?,
            salt: row.bytes(9)?,
            prev_hash: row.bytes(11)?,
            hash: hash_of(&row.bytes(12)?)?,
        })
    }

    fn fault(&self, previous: &Hash, expected: i64) -> Option<&'static str> {
        // A purged image has neither salt nor payload; its hash still stands in the chain.
        let purged = self.payload.is_none() && self.salt.is_empty();
        let image = self.payload.as_deref().unwrap_or_default();
        if self.head.origin_seq != expected {
            Some("a change before it is missing")
        } else if self.prev_hash != previous {
            Some("it does not continue the change before it")
        } else if !purged && payload_hash(&self.salt, image) != self.head.payload_hash {
            Some("its image was changed")
        } else if change_hash(previous, &self.head) != self.hash {
            Some("one of its fields was changed")
        } else {
            None
        }
    }
}

fn operation_of(row: &Row<'_>, at: usize) -> Result<OperationHead, StoreError> {
    Ok(OperationHead {
        id: Id(row.int(at)?),
        at: row.text(at + 1)?,
        actor: row.text(at + 2)?,
        kind: row.text(at + 3)?,
        what: row.text(at + 4)?,
        undoes: row.opt_int(at + 5)?.map(Id),
    })
}

fn operation_of_chain(row: &Row<'_>) -> Result<OperationHead, StoreError> {
    Ok(OperationHead {
        id: Id(row.int(2)?),
        at: row.text(13)?,
        actor: row.text(14)?,
        kind: row.text(15)?,
        what: row.text(16)?,
        undoes: row.opt_int(17)?.map(Id),
    })
}

fn hash_of(bytes: &[u8]) -> Result<Hash, StoreError> {
    bytes
        .try_into()
        .map_err(|_error| StoreError::Damaged { detail: "a hash in the journal has the wrong length".into() })
}

/// An operation with everything it changed, for those who replay the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Who.
    pub actor: String,
    /// What, in words.
    pub what: String,
    /// Its changes in their order.
    pub changes: Vec<ChangeRow>,
}

/// Every operation in its order, up to and with `until`.
pub fn told(db: &Db, until: Option<Id>) -> Result<Vec<Told>, StoreError> {
    let operations = db.rows(include_str!("journal/all_operations.sql"), &[(":until", until.into())], |row| {
        Ok((Id(row.int(0)?), row.text(1)?, row.text(2)?))
    })?;
    operations.into_iter().map(|(id, actor, what)| Ok(Told { actor, what, changes: changes(db, id)? })).collect()
}
