//! Work that takes a while and writes no record: exports, reports, the preview of an import. It runs on a snapshot of its own.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::queries::Sources;
use super::{Failure, FileFormat, Sealing, Watch, Workspace};
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
    /// A donor report into a file.
    Report {
        /// The report.
        report: Id,
        /// As what.
        format: FileFormat,
        /// Where the file goes.
        path: PathBuf,
    },
    /// A donor report made and turned into the files with which it is sealed.
    SealReport {
        /// The report.
        report: Id,
        /// As what it is kept.
        formats: Vec<FileFormat>,
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
    /// Something is ready to be sealed: that is a write, and no job writes.
    Sealing(Box<Sealing>),
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
            Job::Report { report, format, path } => {
                let made = self.donor_report(*report)?;
                self.save_document(&made.document, *format, path, watch)?;
                Ok(JobDone::Wrote { message: format!("Saved {}", path.display()), path: path.clone() })
            }
            Job::SealReport { report, formats } => {
                Ok(JobDone::Sealing(Box::new(self.seal_report(*report, formats, "", watch)?)))
            }
        }
    }
}
