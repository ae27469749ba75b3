//! Rows of other people's tables into records of every kind: looked at, mapped, previewed row by row, then written as one.
//!
//! ```text
//! look     sheets, headings, a guessed plan
//! survey   one pass: what the values themselves say about dates and decimal marks
//! walk     rows -> pending records (merged cells, totals, rows of one record)
//! judge    pending record -> add, change, the same, cannot, with every reason
//! lanes    walk and judge side by side, each record settled in its turn
//! ```
//!
//! Preview, import and the file of rejected rows walk the same way, so that each says what the others do.

mod by_hand;
mod cells;
mod dates;
pub mod fields;
mod head;
mod heading;
mod headings;
mod judge;
mod lanes;
mod lists;
mod look;
mod message;
mod names;
mod numbers;
mod pending;
mod plan;
mod preview;
mod rejected;
mod rows;
mod survey;
mod table;
mod words;
mod write;

use std::path::Path;

pub use by_hand::{map_by_heading, set_currency, set_for_all, set_unit};
pub use judge::RowState;
pub use look::{Look, Wanted, sheet_named};
pub use message::{Cause, Message, Severity, rows_in_words};
pub use plan::{ColumnPlan, DateOrder, DecimalMark, HeadRows, Mapping, Plan, Stamp, column_letters};
pub use preview::{FieldChange, PassedRows, Preview, PreviewRow, ROWS_KEPT, Tally};
pub use rejected::ERROR;
pub use survey::Question;
pub use table::Passed;

use super::{Failure, Watch, Workspace, Write};
use crate::formats::read::{self, Book, Limits};
pub use crate::formats::read::{TextEncoding, TextForm, TextOptions};
use crate::store::remembered;

/// The name under which mappings are remembered.
const MAPPINGS: &str = "import/mappings";

/// How many mappings are remembered.
const MAPPINGS_MOST: usize = 100;

/// Opens a file.
fn open(path: &Path) -> Result<Book, Failure> {
    read::book(path, &Limits::default()).map_err(|error| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Failure::Other(format!("{name}: {error}"))
    })
}

impl Workspace {
    /// Looks at a file: its sheets, its first rows, and what it most likely holds.
    pub fn import_look(&self, wanted: &Wanted) -> Result<Look, Failure> {
        look::look(&open(&wanted.path)?, wanted, self.import_mappings()?)
    }

    /// What would become of every row. Nothing is written.
    pub fn import_preview(&self, plan: &Plan, watch: &Watch) -> Result<Preview, Failure> {
        let plan = Plan { stamp: Stamp::of(&plan.path), ..plan.clone() };
        preview::preview(self.store.db(), self.context.moment(), &open(&plan.path)?, &plan, watch)
    }

    /// Saves the rows that cannot come in, each with what is wrong; returns how many there are.
    pub fn import_rejected(&self, plan: &Plan, path: &Path, watch: &Watch) -> Result<u64, Failure> {
        rejected::save(self.store.db(), self.context.moment(), &open(&plan.path)?, plan, path, watch)
    }

    /// The mappings that are remembered, oldest first.
    pub fn import_mappings(&self) -> Result<Vec<Mapping>, Failure> {
        let text = remembered::get(self.store.db(), MAPPINGS)?;
        // What another version wrote differently is forgotten; nothing of the record is in it.
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }
}

/// The write that remembers a mapping among those that are there; one of the same name is replaced.
#[must_use]
pub fn remember(mut mappings: Vec<Mapping>, mapping: Mapping) -> Write {
    mappings.retain(|known| known.name != mapping.name);
    mappings.push(mapping);
    let surplus = mappings.len().saturating_sub(MAPPINGS_MOST);
    mappings.drain(..surplus);
    Write::Remember { name: MAPPINGS.to_owned(), value: serde_json::to_string(&mappings).ok() }
}
