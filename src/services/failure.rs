//! Failures: what should not have happened, as sentences that say what to do.

use crate::store::StoreError;

/// Something failed that should not have: the file, the disk, the system.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The workspace file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The workspace was opened for reading only.
    #[error(
        "This workspace is open for reading only, so nothing was changed. Close the other program that has it open, or copy the file to a folder in which you may write"
    )]
    ReadOnly,
    /// An older program wrote the file, and it is opened for reading only.
    #[error(
        "This workspace was written by an older version of Corridor. Open it once for writing to bring it up to date; nothing in it is lost"
    )]
    Older,
    /// A record that should be there is not.
    #[error("The record is no longer there. Reload the list")]
    Gone,
    /// Somebody asked to stop.
    #[error("Stopped. Nothing was changed and nothing was written")]
    Stopped,
    /// Something else, in its own words.
    #[error("{0}")]
    Other(String),
}

impl Failure {
    /// Whether another program has the file, so that it can still be read.
    #[must_use]
    pub const fn is_in_use(&self) -> bool {
        matches!(self, Self::Store(StoreError::InUse { .. }))
    }
}
