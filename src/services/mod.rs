//! The use cases: questions and writes, each write one transaction and one step of undo.
//!
//! A write goes validate -> plan -> write -> journal and comes back with what it touched, or with a refusal that names
//! the record, the field, the value found and what would be accepted.

pub mod apply;
pub mod failure;
pub mod queries;
pub mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

pub use failure::Failure;
pub use queries::{Answer, Query};
pub use write::{Done, Refusal, Touched, Write, WriteError};

/// An instant and the civil day that people have there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub now: DateTime<Utc>,
    /// The civil day in the user's time zone.
    pub today: NaiveDate,
}

/// Who works and what time it is: passed in, so that tests can fix both.
#[derive(Clone)]
pub struct Context {
    /// Reads the clock.
    pub clock: Arc<dyn Fn() -> Moment + Send + Sync>,
    /// The name that stands in the journal.
    pub actor: String,
}

/// How a workspace is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// For reading and writing; refused while another program has it.
    Write,
    /// For reading only; never refused, never writes.
    Read,
}

/// An open workspace.
pub struct Workspace {
    path: Option<PathBuf>,
}

impl Workspace {
    /// Makes a new workspace file; refuses a path where something is already.
    pub fn create(path: &Path, context: Context) -> Result<Self, Failure> {
        todo!("{path:?} {}", context.actor)
    }

    /// Opens a workspace file.
    pub fn open(path: &Path, access: Access, context: Context) -> Result<Self, Failure> {
        todo!("{path:?} {access:?} {}", context.actor)
    }

    /// A workspace in memory, for tests.
    pub fn in_memory(context: Context) -> Result<Self, Failure> {
        todo!("{}", context.actor)
    }

    /// A second connection to the same file that only reads, for a thread of its own. `None` in memory.
    pub fn reader(&self) -> Result<Option<Self>, Failure> {
        todo!()
    }

    /// Where the file is; `None` in memory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whether nothing can be written.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        false
    }

    /// The civil day in the user's time zone.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        todo!()
    }

    /// Answers a question.
    pub fn answer(&self, query: &Query) -> Result<Answer, Failure> {
        todo!("{query:?}")
    }

    /// Does a write, whole or not at all.
    pub fn write(&mut self, write: Write) -> Result<Done, WriteError> {
        todo!("{write:?}")
    }
}
