//! Work that takes a while and writes no record: exports, reports, the preview of an import. It runs on a snapshot of its own.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::export::Export;
use super::queries::Sources;
use super::{Failure, Watch, Workspace};
use crate::domain::quantity::group_digits;

/// Work that takes a while and writes no record.
#[derive(Debug, Clone, PartialEq)]
pub enum Job {
    /// Every deadline into a calendar file.
    Deadlines {
        /// Where the file goes.
        path: PathBuf,
        /// The day.
        as_of: NaiveDate,
        /// Whose records.
        sources: Sources,
    },
    /// A list into a file.
    Export(Box<Export>),
}

/// What a job leaves behind.
#[derive(Debug, Clone, PartialEq)]
pub enum JobDone {
    /// Files were written.
    Wrote {
        /// What was done, for a notice.
        message: String,
        /// Where it stands.
        path: PathBuf,
    },
}

impl Workspace {
    /// Does a job, telling `watch` how far it has come. Where it is stopped nothing is left behind.
    pub fn perform_job(&self, job: &Job, watch: &Watch) -> Result<JobDone, Failure> {
        watch.step(0)?;
        match job {
            Job::Deadlines { path, as_of, sources } => {
                let count = self.export_deadlines(*as_of, *sources, path)?;
                Ok(JobDone::Wrote {
                    message: format!("Wrote {count} deadlines to {}", path.display()),
                    path: path.clone(),
                })
            }
            Job::Export(export) => {
                let done = self.export(export, watch)?;
                let rows = group_digits(&done.rows.to_string());
                let mut lines = vec![format!("Wrote {rows} rows to {}", export.path.display())];
                lines.extend(done.removed_in_words());
                Ok(JobDone::Wrote { message: lines.join("\n"), path: export.path.clone() })
            }
        }
    }
}
