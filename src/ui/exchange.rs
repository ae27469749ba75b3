//! What the window and its threads say to each other: questions with a place for the answer, writes, replies.
//!
//! Plain values; it must not know egui, threads or the workspace file.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::{Answer, Done, Failure, Job, JobDone, Query, Watch, Write, WriteError};

/// The place in the model that waits for an answer. A newer question for the same slot supersedes an older one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// The overview.
    Overview,
    /// Everything dated that needs a person.
    Deadlines,
    /// The time that each authority takes.
    Durations,
    /// The ids of a list.
    List(RecordKind),
    /// The ids of a list without its filter.
    ListAll(RecordKind),
    /// What a list behind a figure adds up to.
    ListFigure(RecordKind),
    /// The rows of a list that are in sight.
    Rows(RecordKind),
    /// The coverage of everything that is open.
    CoverageList,
    /// The coverage of one shipment or trip.
    Coverage,
    /// What can be booked for a line.
    BookingOptions,
    /// The sheet of a clearance.
    Sheet,
    /// Every report.
    Reports,
    /// The report that is looked at.
    Report,
    /// The table of goods.
    Goods,
    /// What an act needs.
    Needs,
    /// The rules.
    Rules,
    /// The keys of the list of goods.
    Lines,
    /// What the list of goods adds up to.
    LineTotals,
    /// The rows of the list of goods that are in sight.
    LineRows,
    /// What a moved date would change.
    WhatIf,
    /// The shipments that a permission allows.
    Slots,
    /// The record that is open.
    Detail,
    /// A draft on its way into a form.
    Draft(Id),
    /// Many records that are read a part at a time.
    Gather,
    /// The records that a link field can choose, by kinds.
    Choices(Vec<RecordKind>),
    /// The newest operations.
    Operations,
    /// What undo would do, and the counts in the rail.
    Standing,
    /// What the filters offer.
    FilterChoices,
    /// What a search found.
    Search,
    /// Something remembered, by name.
    Remembered(String),
}

/// A question, the slot that waits for it, and the count by which a late answer is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Who waits.
    pub slot: Slot,
    /// The how-manieth question of this slot it is.
    pub generation: u64,
    /// The question.
    pub query: Query,
}

/// Who asked for a write, so that the reply finds its way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The form with this number.
    Form(u64),
    /// The form that sets fields in many records.
    Many,
    /// A dialog that stays open where it is refused.
    Dialog,
    /// A command: undo, delete.
    Command,
    /// The import with this number among the jobs.
    Import(u64),
    /// The window remembers something; no word about it unless it fails.
    Remember,
}

/// How another workspace is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// A file that exists, for reading and writing.
    Existing,
    /// A file that exists, for reading only.
    ReadOnly,
    /// A new file.
    New,
}

/// A job with its number, and what tells how far it has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticket {
    /// The number by which its end is known.
    pub number: u64,
    /// What is to be done.
    pub job: Job,
    /// What it tells, and by what it is stopped.
    pub watch: Watch,
}

/// What is sent to the threads.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// A question.
    Ask(Ask),
    /// A write.
    Write(Purpose, Write),
    /// Work that takes a while.
    Job(Ticket),
    /// Another workspace in the place of this one.
    Open(PathBuf, Opening),
}

/// What comes back.
#[derive(Debug)]
pub enum Reply {
    /// An answer, or why there is none.
    Answered {
        /// Who waits.
        slot: Slot,
        /// The generation that was asked.
        generation: u64,
        /// The answer.
        outcome: Result<Answer, Failure>,
    },
    /// What came of a write.
    Written(Purpose, Result<Done, WriteError>),
    /// The job with this number is over.
    JobDone(u64, Result<JobDone, Failure>),
    /// Another workspace is open now, or why not.
    Opened(Result<Place, Failure>),
    /// The day has changed.
    Day(NaiveDate),
    /// The threads have stopped: nothing can be asked or saved any more.
    Lost,
}

/// Which workspace is open, and on which day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where the file is; `None` in memory.
    pub path: Option<PathBuf>,
    /// Whether nothing can be written.
    pub read_only: bool,
    /// The civil day in the user's time zone.
    pub today: NaiveDate,
}

impl Place {
    /// The workspace's name: its file name without the ending.
    #[must_use]
    pub fn name(&self) -> String {
        let stem = self.path.as_deref().and_then(|path| path.file_stem());
        stem.map_or_else(|| "In memory".to_owned(), |stem| stem.to_string_lossy().into_owned())
    }
}
