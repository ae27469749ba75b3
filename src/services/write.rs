//! Everything that can be done to the record, as values, and what comes back.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::domain::coverage::MovedDates;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::schema::FieldError;
use crate::services::coverage::{Choose, LineBooking, SignOff};
use crate::services::failure::Failure;
use crate::services::import::Plan;
use crate::services::settle::{DeadlineKey, Settlement};
use crate::services::watch::Watch;

/// Something to be done. Each is one transaction, one step of undo.
#[derive(Debug, Clone, PartialEq)]
pub enum Write {
    /// A new record from a draft.
    Create {
        /// Its kind.
        kind: RecordKind,
        /// What was typed.
        draft: Map<String, Value>,
    },
    /// A record as its form left it.
    Edit {
        /// The record.
        id: Id,
        /// The version that was edited; a newer one refuses.
        version: i64,
        /// Everything that stands in the form now.
        draft: Map<String, Value>,
    },
    /// A record to be deleted.
    Delete {
        /// The record.
        id: Id,
        /// The version that was seen; a newer one refuses.
        version: i64,
    },
    /// The same fields set in many records of one kind. One step, all or none; what has the values already stays.
    EditMany {
        /// The records with the versions that were seen. A newer version refuses where one of the fields changed in it.
        records: Vec<(Id, i64)>,
        /// The fields; null or an empty text empties one. Links are ids or references.
        set: Map<String, Value>,
    },
    /// Many records to be deleted, in one step, all or none.
    DeleteMany {
        /// The records with the versions that were seen; a newer one refuses.
        records: Vec<(Id, i64)>,
    },
    /// Rows of a rule file, as the workspace's own. One step.
    LoadRules {
        /// The name of the file, for a refusal.
        name: String,
        /// Its text.
        toml: String,
    },
    /// What a project needs by the rules and has no matter for yet, as draft matters and requests. One step.
    DraftMatters {
        /// The project.
        project: Id,
    },
    /// The newest step that is not undone yet, taken back.
    Undo,
    /// The step undone last, done again.
    Redo,
    /// Several operations with the lines they stand on, all or none.
    Apply(Vec<(usize, super::apply::Operation)>),
    /// The public record, from the text of its CSV file.
    ImportPublicCases {
        /// The text of the file.
        csv: String,
    },
    /// Rows of a file, as the plan says. One step; a stop leaves nothing behind.
    Import {
        /// What was decided about the file.
        plan: Box<Plan>,
        /// What tells how far it has come, and by what it is stopped.
        watch: Watch,
    },
    /// Places with their P-codes, from the text of a gazetteer's CSV file.
    LoadGazetteer {
        /// The text of the file.
        csv: String,
    },
    /// The same from a file.
    LoadGazetteerFile {
        /// Where the file is.
        path: std::path::PathBuf,
    },
    /// What a shipment needs is booked, and what it needs no more is given back.
    Book {
        /// The shipment.
        shipment: Id,
        /// Which grant line is taken where several can serve.
        choose: Choose,
    },
    /// A part of a grant line booked for a shipment line. What was used already and goes beyond is recorded as over-use.
    BookLine(LineBooking),
    /// A booking that was not used, given back.
    GiveBack {
        /// The booking.
        booking: Id,
    },
    /// What was cut of a request carried into the shipments that are planned.
    CarryCut {
        /// The request.
        request: Id,
    },
    /// The coverage of a shipment frozen as it stands, with what a person decided.
    Clear(SignOff),
    /// A deadline done or put off.
    Settle {
        /// Which one.
        deadline: DeadlineKey,
        /// What was decided.
        settlement: Settlement,
    },
    /// A shipment or a trip moved to other days, with its legs.
    Move {
        /// The shipment or the trip.
        holder: Id,
        /// The version that was seen; a newer one refuses.
        version: i64,
        /// The days.
        dates: MovedDates,
    },
    /// The goods of one planned shipment put into another.
    PutTogether {
        /// The shipment whose goods move.
        from: Id,
        /// The shipment that takes them.
        into: Id,
    },
    /// Files taken into the workspace and attached to a record.
    Attach(super::attachments::Attach),
    /// Something the window wants to remember: saved filters, drafts. No step of undo; `None` forgets it.
    Remember {
        /// The name under which it is asked for again.
        name: String,
        /// What to remember.
        value: Option<String>,
    },
    /// A document sealed as it leaves the house, with its files.
    Seal(Box<super::seal::Sealing>),
    /// The report drafted that says what a sealed one reads now.
    Restate {
        /// The seal.
        seal: Id,
    },
    /// A package sealed as it was sent, and the event of its sending.
    Send(Box<super::packs::Sending>),
}

/// What a write did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Done {
    /// What it did, for a notice: `Added request REQ-2024-001`.
    pub message: String,
    /// The record that was written, where it was one.
    pub id: Option<Id>,
    /// What should be known though nothing was refused.
    pub warnings: Vec<String>,
    /// What it touched.
    pub touched: Touched,
}

/// Which records a write touched; the screens ask again only for what shows them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// The kinds of the records whose own fields or status changed.
    pub kinds: BTreeSet<RecordKind>,
    /// The records.
    pub ids: BTreeSet<Id>,
    /// Whether something that is only remembered changed, and no record.
    pub remembered: bool,
}

/// Why a write was not done. The database is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The record's rules say no; the user can mend it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Something failed that should not have.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// It can be done, once somebody has said yes to it.
    #[error(transparent)]
    AskFirst(#[from] Doubt),
}

/// Why somebody should say yes before something is done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{question}\n  {}", reasons.join("\n  "))]
pub struct Doubt {
    /// The question: `Attach these files all the same?`
    pub question: String,
    /// What speaks against it, a sentence each.
    pub reasons: Vec<String>,
}

/// A refusal: what was to be done, with which record, and every reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The record, in words: `Request REQ-2024-001`.
    pub record: String,
    /// What was not done with it: `saved`, `deleted`.
    pub verb: &'static str,
    /// Every reason, with its field.
    pub problems: Vec<FieldError>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} was not {}.", self.record, self.verb)?;
        for problem in &self.problems {
            if problem.label.is_empty() {
                write!(f, "\n  {}", problem.problem)?;
            } else {
                write!(f, "\n  {problem}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}
