//! What stands in front of everything else and wants an answer first. One at a time.

use std::path::PathBuf;
use std::sync::Arc;

use super::deadlines::Settling;
use crate::domain::id::Id;
use crate::ui::exchange::Opening;

/// A dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialog {
    /// Whether a record should be deleted.
    Delete {
        /// The record.
        id: Id,
        /// The version that was seen.
        version: i64,
        /// The record, in words.
        what: String,
    },
    /// Whether many records should be deleted.
    DeleteMany {
        /// How many of which kind, in words.
        what: String,
        /// The records and the versions that were seen.
        records: Arc<Vec<(Id, i64)>>,
    },
    /// The form that sets fields in many records.
    EditMany,
    /// What should become of a form that was changed.
    Unsaved(After),
    /// Which workspace, by a typed path.
    Workspace {
        /// How it is opened.
        opening: Opening,
        /// The path, as it is typed.
        path: String,
        /// Why the path that was tried could not be opened.
        refused: Option<Refused>,
    },
    /// Which gazetteer is loaded into the sites.
    Gazetteer {
        /// The path of its file, as it is typed.
        path: String,
    },
    /// What is decided about a deadline.
    Settle(Settling),
    /// Into which file the deadlines go.
    Calendar {
        /// The path of the file, as it is typed.
        path: String,
    },
    /// What went wrong, with every detail.
    Details {
        /// What happened.
        title: String,
        /// The details.
        text: String,
    },
    /// Search over every record and every command.
    Palette {
        /// What was typed.
        text: String,
        /// Which one the keyboard stands on.
        chosen: usize,
        /// Whether Enter was pressed before the answer to what was typed is there.
        enter: bool,
    },
}

/// Why a workspace could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// In words.
    pub why: String,
    /// Whether another program has it, so that it can still be read.
    pub in_use: bool,
}

/// What follows once an unsaved form is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// Nothing: the form was to be closed.
    Close,
    /// The window closes.
    Quit,
    /// Another workspace is opened.
    Open(PathBuf, Opening),
}
