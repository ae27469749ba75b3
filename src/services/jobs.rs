//! Work that takes a while and writes no record: exports, reports, the preview of an import. It runs on a snapshot of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use super::export::Export;
use super::import::{Look, Plan, Preview, Wanted, rows_in_words};
use super::packs::{Pack, PackQuery, Sending};
use super::queries::Sources;
use super::redact::LeftOut;
use super::sealed::Standings;
use super::{Failure, FileFormat, Sealing, Watch, Workspace};
use crate::domain::counted::counted;
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;

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
    /// A first look at a table that may be imported.
    ImportLook(Box<Wanted>),
    /// What would become of each of its rows.
    ImportPreview(Box<Plan>),
    /// The rows that cannot come in, into a file.
    ImportRejected {
        /// What was decided about the table.
        plan: Box<Plan>,
        /// Where the file goes.
        path: PathBuf,
    },
    /// The workbook of a kind to be filled in, into a file.
    ImportTemplate {
        /// The kind.
        kind: RecordKind,
        /// Where the file goes.
        path: PathBuf,
    },
    /// A look at a pack: what is missing in it.
    LookAtPack(PackQuery),
    /// A look at what an audience does not get.
    LookAtCopy {
        /// Of what.
        of: CopyOf,
        /// The audience.
        audience: Id,
    },
    /// A look at how every sealed document stands to the record, beginning with what was found last.
    LookAtSealed(Option<Arc<Standings>>),
    /// The files of a pack into a folder.
    MakePack {
        /// The pack.
        query: PackQuery,
        /// The folder.
        folder: PathBuf,
        /// What is sealed of it.
        keep: Keep,
    },
    /// A donor report into a file.
    Report {
        /// The report.
        report: Id,
        /// For whom; `None`: nothing is taken out.
        audience: Option<Id>,
        /// As what.
        format: FileFormat,
        /// Where the file goes.
        path: PathBuf,
    },
    /// A donor report made and turned into the files with which it is sealed.
    SealReport {
        /// The report.
        report: Id,
        /// For whom; `None`: nothing is taken out of the files.
        audience: Option<Id>,
        /// A word beside it.
        note: String,
        /// As what it is kept.
        formats: Vec<FileFormat>,
    },
    /// A list into a file.
    Export(Box<Export>),
}

/// Of what a copy for an audience is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyOf {
    /// A donor report.
    Report(Id),
    /// A pack.
    Pack(PackQuery),
}

/// What is sealed of a pack once its files are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Nothing.
    Nothing,
    /// Its files as they are.
    Sealed,
    /// Its files as they were sent on this day, named by the event that says so.
    Sent(FuzzyDate),
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
    /// What a table holds.
    ImportLook(Box<Look>),
    /// What would become of its rows.
    ImportPreview(Box<Preview>),
    /// A pack was looked at.
    LookedAt(PackQuery, Arc<Pack>),
    /// The files of a pack lie in a folder.
    PackMade {
        /// What was done, for a notice.
        message: String,
        /// What is to be sealed, where it was sent.
        sending: Option<Box<Sending>>,
        /// What is to be sealed, where it was not.
        sealing: Option<Box<Sealing>>,
    },
    /// What an audience does not get, each value once.
    CopyLookedAt(Arc<LeftOut>),
    /// How every sealed document stands.
    SealedLookedAt(Arc<Standings>),
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
            Job::SaveAttachment { attachment, path } => {
                self.save_attachment(*attachment, path)?;
                Ok(JobDone::Wrote { message: format!("Saved {}", path.display()), path: path.clone() })
            }
            Job::LayOut { attachment } => Ok(JobDone::LaidOut(self.lay_out_attachment(*attachment)?)),
            Job::ImportLook(wanted) => Ok(JobDone::ImportLook(Box::new(self.import_look(wanted)?))),
            Job::ImportPreview(plan) => Ok(JobDone::ImportPreview(Box::new(self.import_preview(plan, watch)?))),
            Job::ImportRejected { plan, path } => {
                let count = self.import_rejected(plan, path, watch)?;
                let message = format!("Saved {} that cannot come in to {}", rows_in_words(count), path.display());
                Ok(JobDone::Wrote { message, path: path.clone() })
            }
            Job::ImportTemplate { kind, path } => {
                self.save_template(*kind, path)?;
                let kind = kind.heading().to_lowercase();
                Ok(JobDone::Wrote {
                    message: format!("Saved the template for {kind} to {}", path.display()),
                    path: path.clone(),
                })
            }
            Job::LookAtPack(query) => Ok(JobDone::LookedAt(query.clone(), Arc::new(self.pack(query)?))),
            Job::LookAtCopy { of, audience } => {
                let left_out = match of {
                    CopyOf::Report(id) => self.left_out_of_report(*id, *audience)?,
                    CopyOf::Pack(query) => self.left_out_of_pack(query, *audience, watch)?,
                };
                Ok(JobDone::CopyLookedAt(Arc::new(left_out)))
            }
            Job::LookAtSealed(before) => {
                Ok(JobDone::SealedLookedAt(Arc::new(self.standings(before.as_deref(), watch)?)))
            }
            Job::MakePack { query, folder, keep } => self.pack_into(query, folder, *keep, watch),
            Job::Report { report, audience, format, path } => {
                let made = self.donor_report(*report)?;
                let left_out = self.save_document(&made.document, *audience, *format, path, watch)?;
                let mut lines = vec![format!("Saved {}", path.display())];
                lines.extend(left_out.in_words());
                Ok(JobDone::Wrote { message: lines.join("\n"), path: path.clone() })
            }
            Job::SealReport { report, audience, note, formats } => {
                Ok(JobDone::Sealing(Box::new(self.seal_report(*report, *audience, formats, note, watch)?)))
            }
            Job::Export(export) => {
                let done = self.export(export, watch)?;
                let rows = counted(done.rows, "row", "rows");
                let mut lines = vec![format!("Wrote {rows} to {}", export.path.display())];
                lines.extend(done.left_out.in_words());
                Ok(JobDone::Wrote { message: lines.join("\n"), path: export.path.clone() })
            }
        }
    }

    fn pack_into(&self, query: &PackQuery, folder: &Path, keep: Keep, watch: &Watch) -> Result<JobDone, Failure> {
        let made = self.make_pack(query, watch)?;
        let paths = made.save(folder)?;
        let files = counted(paths.len(), "file", "files");
        let mut lines = vec![format!("{}: {files} in {}", query.kind.label(), folder.display())];
        lines.extend(made.left_out.in_words());
        let (sending, sealing) = match keep {
            Keep::Nothing => (None, None),
            Keep::Sent(on) => (made.sending(query, on), None),
            Keep::Sealed => (None, made.sealing(query, "")),
        };
        let (sending, sealing) = (sending.map(Box::new), sealing.map(Box::new));
        Ok(JobDone::PackMade { message: lines.join("\n"), sending, sealing })
    }
}
