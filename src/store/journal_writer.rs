//! Writes an operation and its changes at the end of a chain.

use super::journal::{IMAGE_VERSION, head};
use crate::domain::id::Id;
use crate::domain::journal::{ChangeHead, Hash, OperationHead, change_hash, operation_hash, payload_hash};
use crate::domain::record::RecordKind;
use crate::store::engine::{Db, Value};
use crate::store::{StoreError, random};

/// Bytes of salt beside each image.
const SALT_BYTES: usize = 16;

/// A change to be written.
#[derive(Debug, Clone, Copy)]
pub struct NewChange<'a> {
    /// The record's kind.
    pub kind: RecordKind,
    /// The record.
    pub id: Id,
    /// Its version after the change.
    pub version: i64,
    /// Its image after the change; `None` where it is removed.
    pub payload: Option<&'a str>,
    /// The seal of this image.
    pub seal: Seal,
}

/// The salt of an image and the hash of both, by which the chain holds the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seal {
    salt: [u8; SALT_BYTES],
    payload_hash: Hash,
}

impl Seal {
    /// Seals an image, or the removal of a record.
    pub fn of(payload: Option<&str>) -> Result<Self, StoreError> {
        let mut salt = [0; SALT_BYTES];
        random(&mut salt)?;
        Ok(Self { salt, payload_hash: payload_hash(&salt, payload.unwrap_or_default()) })
    }
}

/// Writes one operation and its changes at the end of an origin's chain.
pub struct Writer<'a> {
    db: &'a Db,
    origin: i64,
    operation: Id,
    operation_hash: Hash,
    seq: i64,
    hash: Hash,
}

impl<'a> Writer<'a> {
    /// Begins an operation.
    pub fn begin(db: &'a Db, origin: i64, operation: &OperationHead) -> Result<Self, StoreError> {
        let params = [
            (":id", operation.id.into()),
            (":origin", origin.into()),
            (":at", (&operation.at).into()),
            (":actor", (&operation.actor).into()),
            (":kind", (&operation.kind).into()),
            (":what", (&operation.what).into()),
            (":undoes", operation.undoes.into()),
        ];
        db.run(include_str!("journal/put_operation.sql"), &params)?;
        let (seq, hash) = head(db, origin)?;
        Ok(Self { db, origin, operation: operation.id, operation_hash: operation_hash(operation), seq, hash })
    }

    /// Adds a change and returns its place.
    pub fn add(&mut self, change: NewChange<'_>) -> Result<(i64, i64), StoreError> {
        let head = ChangeHead {
            origin: self.origin,
            origin_seq: self.seq + 1,
            operation: self.operation,
            operation_hash: self.operation_hash,
            record_kind: change.kind,
            record_id: change.id,
            version: change.version,
            image_version: IMAGE_VERSION,
            removed: change.payload.is_none(),
            payload_hash: change.seal.payload_hash,
        };
        let hash = change_hash(&self.hash, &head);
        let params = [
            (":origin", head.origin.into()),
            (":origin_seq", head.origin_seq.into()),
            (":operation", head.operation.into()),
            (":record_kind", head.record_kind.word().into()),
            (":record_id", head.record_id.into()),
            (":version", head.version.into()),
            (":image_version", head.image_version.into()),
            (":removed", head.removed.into()),
            (":payload", change.payload.into()),
            (":salt", Value::Blob(&change.seal.salt)),
            (":payload_hash", Value::Blob(&head.payload_hash)),
            (":prev_hash", Value::Blob(&self.hash)),
            (":hash", Value::Blob(&hash)),
        ];
        self.db.run(include_str!("journal/put_change.sql"), &params)?;
        self.seq = head.origin_seq;
        self.hash = hash;
        Ok((head.origin, head.origin_seq))
    }

    /// Keeps the end of the chain.
    pub fn finish(self) -> Result<(), StoreError> {
        let params =
            [(":id", self.origin.into()), (":head_seq", self.seq.into()), (":head_hash", Value::Blob(&self.hash))];
        self.db.run(include_str!("journal/set_origin_head.sql"), &params)?;
        Ok(())
    }
}
