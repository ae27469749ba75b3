//! The use cases: questions and writes, each write one transaction and one step of undo.
//!
//! A write goes validate -> plan -> write -> journal and comes back with what it touched, or with a refusal that names
//! the record, the field, the value found and what would be accepted.

pub mod apply;
pub mod attachments;
mod booked;
pub mod bulk;
pub mod calendar_file;
mod catalogue;
pub mod check;
mod clocks;
mod context;
pub mod coverage;
mod critical_path;
pub mod demo;
mod derive;
pub mod documents;
mod draft_matters;
mod drafts;
pub mod durations;
pub mod export;
mod facts;
pub mod failure;
mod field;
mod flags;
mod flags_ledger;
pub mod fork;
mod gazetteer;
mod goods;
pub mod iati;
pub mod import;
pub mod jobs;
mod links;
mod load_rules;
mod money;
pub mod packs;
mod perform;
mod prepare;
mod project;
mod public_cases;
pub mod queries;
mod reach;
mod rebuild;
pub mod redact;
mod refuse;
mod replay;
pub mod reports;
mod rules;
pub mod seal;
pub mod sealed;
pub mod search_index;
mod session;
mod settle;
mod stock;
pub mod undo;
mod watch;
pub mod write;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::domain::id::{Id, IdSource};
use crate::domain::record::RecordKind;
use crate::domain::schema::Problem;
use crate::store::{Interrupter, Store, journal, record};

pub use context::{Context, Moment};
pub use coverage::{Choose, SignOff};
pub use documents::FileFormat;
pub use failure::Failure;
pub use jobs::{CopyOf, Job, JobDone, Keep};
pub use queries::{Answer, Query};
pub use seal::{SealFile, SealParameters, Sealing};
pub use settle::{DeadlineKey, Settlement};
pub use watch::{Progress, Watch};
pub use write::{Done, Doubt, Refusal, Touched, Write, WriteError};

/// Stops the question that a workspace is answering; it then fails. Where it answers none, nothing happens.
pub struct Stopper(Interrupter);

impl Stopper {
    /// Stops it.
    pub fn stop(&self) {
        self.0.interrupt();
    }
}

/// How a workspace is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// For reading and writing; refused while another program has it.
    Write,
    /// For reading only; never refused because of another program, never writes.
    Read,
}

/// An open workspace.
pub struct Workspace {
    store: Store,
    ids: IdSource,
    context: Context,
    path: Option<PathBuf>,
    access: Access,
    /// The coverage ledger, once it was asked for.
    desk: std::cell::RefCell<Option<coverage::Desk>>,
    /// Takes away what was laid out for other programs to open.
    _opened: attachments::Opened,
}

impl Workspace {
    /// Makes a new workspace file with the built-in lists; refuses a path where something is already.
    pub fn create(path: &Path, context: Context) -> Result<Self, Failure> {
        let store = Store::create(path, &owner(&context), context.moment().now)?;
        store.set_projections(rebuild::PROJECTIONS)?;
        let mut workspace = Self::of(store, context, Some(path.to_path_buf()), Access::Write)?;
        workspace.seed()?;
        Ok(workspace)
    }

    /// Opens a workspace file.
    pub fn open(path: &Path, access: Access, context: Context) -> Result<Self, Failure> {
        let store = match access {
            Access::Write => Store::open(path, &owner(&context), context.moment().now)?,
            Access::Read => Store::open_read_only(path)?,
        };
        let mut workspace = Self::of(store, context, Some(path.to_path_buf()), access)?;
        match access {
            Access::Write => workspace.bring_up_to_date()?,
            Access::Read if workspace.store.projections()? != rebuild::PROJECTIONS => return Err(Failure::Older),
            Access::Read => {}
        }
        Ok(workspace)
    }

    /// A workspace in memory with the built-in lists, for tests.
    pub fn in_memory(context: Context) -> Result<Self, Failure> {
        let store = Store::in_memory(context.moment().now)?;
        store.set_projections(rebuild::PROJECTIONS)?;
        let mut workspace = Self::of(store, context, None, Access::Write)?;
        workspace.seed()?;
        Ok(workspace)
    }

    /// A second connection to the same file that only reads, for a thread of its own. `None` in memory.
    pub fn reader(&self) -> Result<Option<Self>, Failure> {
        let open = |path: &PathBuf| Self::open(path, Access::Read, self.context.clone());
        self.path.as_ref().map(open).transpose()
    }

    /// What another thread needs to stop a question that this workspace is answering.
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        Stopper(self.store.db().interrupter())
    }

    /// Where the file is; `None` in memory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whether nothing can be written.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.access == Access::Read
    }

    /// The civil day in the user's time zone.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.context.moment().today
    }

    /// The store below, for checks and measurements.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    fn of(store: Store, context: Context, path: Option<PathBuf>, access: Access) -> Result<Self, Failure> {
        let ids = IdSource::new(store.origin(), journal::last_id(store.db())?);
        let opened = attachments::Opened::of(path.as_deref().filter(|_| access == Access::Write));
        Ok(Self { store, ids, context, path, access, desk: std::cell::RefCell::default(), _opened: opened })
    }
}

/// How this program names itself to another that finds the file in use.
fn owner(context: &Context) -> String {
    format!(
        "{}, process {}, since {}",
        context.actor,
        std::process::id(),
        context.moment().local(&journal::instant(context.moment().now))
    )
}

impl Workspace {
    /// The record of some kinds that bears this reference; the problem says what would be accepted.
    pub fn find(&self, kinds: &[RecordKind], reference: &str) -> Result<Id, Problem> {
        links::find(self.store.db(), kinds, reference).unwrap_or_else(|error| Err(Problem::Rule(error.to_string())))
    }

    /// A record as an operation would write it: links are references.
    pub fn record_by_references(&self, id: Id) -> Result<Map<String, Value>, Failure> {
        let stored = record::get(self.store.db(), id)?.ok_or(Failure::Gone)?;
        let mut image = stored.image;
        links::to_references(self.store.db(), stored.head.kind, &mut image)?;
        Ok(image)
    }
}
