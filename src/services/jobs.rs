//! Work that takes a while and writes no record: exports, reports, the preview of an import. It runs on a snapshot of its own.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::queries::Sources;
use super::{Failure, Watch, Workspace};
use crate::domain::id::Id;

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
    /// A copy of an attachment into a file.
    SaveAttachment {
        /// The attachment.
        attachment: Id,
        /// Where the file goes.
        path: PathBuf,
    },
    /// A copy of an attachment beside the workspace, for another program to open.
    LayOut {
        /// The attachment.
        attachment: Id,
    },
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
    /// A file lies where another program can open it.
    LaidOut(PathBuf),
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
            Job::SaveAttachment { attachment, path } => {
                self.save_attachment(*attachment, path)?;
                Ok(JobDone::Wrote { message: format!("Saved {}", path.display()), path: path.clone() })
            }
            Job::LayOut { attachment } => Ok(JobDone::LaidOut(self.lay_out_attachment(*attachment)?)),
        }
    }
}
