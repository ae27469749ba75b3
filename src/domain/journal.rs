//! The journal's chain: each change carries the hash of the one before it, so that a changed or missing row shows.
//!
//! The chain hashes the *hash* of a record's image, not the image. A lawful purge can therefore erase an image and its
//! salt, and the chain still verifies.

use sha2::{Digest as _, Sha256};

use super::id::Id;
use super::record::RecordKind;

/// A SHA-256 value.
pub type Hash = [u8; 32];

/// What one change says of itself: everything the chain protects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeHead {
    /// The origin (one file on one machine) in whose chain it stands.
    pub origin: i64,
    /// Its place in that chain, counting from 1.
    pub origin_seq: i64,
    /// The operation it belongs to.
    pub operation: Id,
    /// The digest of that operation's own fields.
    pub operation_hash: Hash,
    /// The kind of the record that changed.
    pub record_kind: RecordKind,
    /// The record that changed.
    pub record_id: Id,
    /// The record's version after the change.
    pub version: i64,
    /// The version of the field catalogue in which the image is written.
    pub image_version: i64,
    /// Whether the record was removed.
    pub removed: bool,
    /// The hash of salt and image.
    pub payload_hash: Hash,
}

/// What one operation says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationHead {
    /// Its id.
    pub id: Id,
    /// The instant, in UTC, as ISO text.
    pub at: String,
    /// Who did it.
    pub actor: String,
    /// What it was, as a word.
    pub kind: String,
    /// What it was, in words: `Edit request REQ-2024-001`.
    pub what: String,
    /// The operation it undoes or redoes.
    pub undoes: Option<Id>,
}

/// The hash of a record's image with its salt. The salt keeps short images from being guessed after a purge.
#[must_use]
pub fn payload_hash(salt: &[u8], payload: &str) -> Hash {
    let mut hasher = Sha256::new();
    part(&mut hasher, salt);
    part(&mut hasher, payload.as_bytes());
    hasher.finalize().into()
}

/// The digest of an operation's own fields.
#[must_use]
pub fn operation_hash(operation: &OperationHead) -> Hash {
    let mut hasher = Sha256::new();
    part(&mut hasher, &operation.id.0.to_be_bytes());
    for text in [&operation.at, &operation.actor, &operation.kind, &operation.what] {
        part(&mut hasher, text.as_bytes());
    }
    part(&mut hasher, &operation.undoes.map_or(0, |id| id.0).to_be_bytes());
    hasher.finalize().into()
}

/// The hash of a change, over the hash of the one before it.
#[must_use]
pub fn change_hash(previous: &Hash, head: &ChangeHead) -> Hash {
    let mut hasher = Sha256::new();
    part(&mut hasher, previous);
    for number in [
        head.origin,
        head.origin_seq,
        head.operation.0,
        head.record_id.0,
        head.version,
        head.image_version,
        i64::from(head.removed),
    ] {
        part(&mut hasher, &number.to_be_bytes());
    }
    part(&mut hasher, head.record_kind.word().as_bytes());
    part(&mut hasher, &head.operation_hash);
    part(&mut hasher, &head.payload_hash);
    hasher.finalize().into()
}

/// Adds a part with its length, so that no two lists of parts hash alike by running together.
fn part(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> ChangeHead {
        ChangeHead {
            origin: 1,
            origin_seq: 1,
            operation: Id(9),
            operation_hash: [3; 32],
            record_kind: RecordKind::Item,
            record_id: Id(5),
            version: 1,
            image_version: 1,
            removed: false,
            payload_hash: payload_hash(b"salt", "{}"),
        }
    }

    #[test]
    fn any_changed_field_changes_the_hash() {
        let first = change_hash(&[0; 32], &head());
        let changed = [
            ChangeHead { origin_seq: 2, ..head() },
            ChangeHead { removed: true, ..head() },
            ChangeHead { record_kind: RecordKind::Fund, ..head() },
            ChangeHead { payload_hash: payload_hash(b"salt", "{ }"), ..head() },
            ChangeHead { operation_hash: [4; 32], ..head() },
        ];
        for other in changed {
            assert_ne!(change_hash(&[0; 32], &other), first);
        }
        assert_ne!(change_hash(&[1; 32], &head()), first);
    }
}
