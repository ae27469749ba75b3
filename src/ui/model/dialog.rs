//! What stands in front of everything else and wants an answer first. One at a time.

use std::path::PathBuf;
use std::sync::Arc;

use super::deadlines::Settling;
use super::export::TypedExport;
use super::files::{TypedAttach, TypedSave};
use super::import::TypedImportFile;
use super::packs::TypedPack;
use super::reports::{TypedReportFile, TypedSeal};
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::record::Verdict;
use crate::services::Write;
use crate::services::coverage::LineBooking;
use crate::services::queries::BookingOptions;
use crate::ui::exchange::Opening;

/// A dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialog {
    /// Where a report goes.
    ReportFile(TypedReportFile),
    /// For whom a report is sealed, and what is left out of its files.
    Seal(TypedSeal),
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
    /// Into which file the list on screen goes.
    Export(Box<TypedExport>),
    /// Which grant line is booked for a shipment line, and how much.
    Booking(Box<TypedBooking>),
    /// Whether a shipment goes, and who signs.
    Clearance(Box<TypedClearance>),
    /// Where the sheet of a clearance is saved.
    Sheet(TypedSheet),
    /// Which files are attached to a record.
    Attach(Box<TypedAttach>),
    /// Where a copy of a file is saved.
    SaveFile(TypedSave),
    /// Where a file of the importer is saved.
    ImportFile(TypedImportFile),
    /// What is missing in a pack, and where its files go.
    Pack(Box<TypedPack>),
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

/// A booking as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedBooking {
    /// What can be booked.
    pub options: Arc<BookingOptions>,
    /// The place of the option that is taken.
    pub taken: usize,
    /// How much.
    pub quantity: String,
    /// Why it may go beyond.
    pub reason: String,
    /// Why it was refused.
    pub refused: Option<String>,
}

impl TypedBooking {
    /// A booking of an option, of as much as is missing and is left.
    #[must_use]
    pub fn of(options: Arc<BookingOptions>, at: usize) -> Self {
        let quantity = options.options.get(at).map_or_else(String::new, |one| one.fits.clone());
        Self { options, taken: at, quantity, reason: String::new(), refused: None }
    }

    /// How far it goes beyond what is left, in thousandths; nothing where it does not.
    #[must_use]
    pub fn beyond(&self) -> Option<i64> {
        let option = self.options.options.get(self.taken)?;
        let typed = Quantity::parse(&self.quantity).ok()?;
        let over = typed.thousandths() - option.left_thousandths?;
        (over > 0).then_some(over)
    }

    /// What is written; `None` while nothing is chosen.
    #[must_use]
    pub fn write(&self) -> Option<Write> {
        let option = self.options.options.get(self.taken)?;
        Some(Write::BookLine(LineBooking {
            shipment: self.options.shipment,
            line: self.options.line,
            permission: option.permission.id,
            grant_line: option.grant_line,
            quantity: self.quantity.trim().to_owned(),
            reason: self.reason.trim().to_owned(),
        }))
    }
}

/// A go or no-go as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedClearance {
    /// What is decided.
    pub verdict: Verdict,
    /// Who signs.
    pub signed_by: Option<Id>,
    /// Why it goes although something is open.
    pub reason: String,
    /// Why it was refused.
    pub refused: Option<String>,
}

impl Default for TypedClearance {
    fn default() -> Self {
        Self { verdict: Verdict::NoGo, signed_by: None, reason: String::new(), refused: None }
    }
}

/// Where the sheet of a clearance is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedSheet {
    /// The clearance.
    pub clearance: Id,
    /// The path, as it is typed.
    pub path: String,
    /// Why it could not be saved.
    pub refused: Option<String>,
}
