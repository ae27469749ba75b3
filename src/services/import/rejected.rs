//! The rows that cannot come in, saved as a table of their own with what is wrong in a column at the end.

use std::io::Write as _;
use std::path::Path;

use super::cells::shown;
use super::judge::{Judge, RowState, Verdict};
use super::lanes::{self, Taker};
use super::message::Message;
use super::pending::Pending;
use super::plan::Plan;
use super::survey;
use super::table::Passed;
use crate::formats::read::{Book, Format, Raw};
use crate::formats::{defuse, whole_file};
use crate::services::{Failure, Moment, Watch, WriteError};
use crate::store::Db;

/// The heading of the column that says what is wrong.
pub const ERROR: &str = "Error";

/// Writes the rows that cannot come in; returns how many there are. Where there are none, no file is written.
pub(super) fn save(
    db: &Db,
    moment: Moment,
    book: &Book,
    plan: &Plan,
    path: &Path,
    watch: &Watch,
) -> Result<u64, Failure> {
    if is_same(path, &plan.path) {
        return Err(Failure::Other(format!(
            "{} is the file that is imported. Save the rows that cannot come in under another name",
            plan.file_name()
        )));
    }
    let survey = survey::survey(book, plan, watch)?;
    let judge = Judge::new(db, moment, plan, &survey.mapped, true)?;
    let mut table = csv::Writer::from_writer(Vec::new());
    let headings = plan.columns.iter().map(|column| column.heading.as_str()).filter(|heading| *heading != ERROR);
    // A file of rejected rows that was mended in part comes in again: its old column of errors is not kept.
    let kept = plan.columns.iter().map(|column| column.heading != ERROR).collect();
    table.write_record(headings.chain([ERROR])).map_err(|error| cannot_keep(&error))?;
    let is_text_table = book.format == Format::Text;
    let mut keeper = Keeper { table, kept, is_text_table, count: 0 };
    lanes::run(book, plan, &survey, watch, judge, &mut keeper).map_err(crate::services::perform::as_failure)?;
    let count = keeper.count;
    if count == 0 {
        return Ok(0);
    }
    let bytes = keeper.table.into_inner().map_err(|error| Failure::Other(error.to_string()))?;
    whole_file::write(path, "rejected.csv", |file| {
        file.write_all(b"\xef\xbb\xbf")?;
        file.write_all(&bytes)
    })
    .map_err(|error| Failure::Other(error.to_string()))?;
    Ok(count)
}

/// Whether two paths lead to one file.
fn is_same(one: &Path, other: &Path) -> bool {
    one == other || one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

fn cannot_keep(error: &csv::Error) -> Failure {
    Failure::Other(format!("The rows cannot be kept: {error}"))
}

struct Keeper {
    table: csv::Writer<Vec<u8>>,
    kept: Vec<bool>,
    is_text_table: bool,
    count: u64,
}

impl Taker for Keeper {
    fn passed(&mut self, _row: u64, _why: Passed) {}

    fn record(&mut self, _judge: &Judge<'_>, pending: Pending, verdict: Verdict) -> Result<(), WriteError> {
        if verdict.state() != RowState::Cannot {
            return Ok(());
        }
        let whole: Vec<&Message> = pending.messages.iter().filter(|message| message.is_error()).collect();
        for row in &pending.rows {
            let own = whole.iter().filter(|message| message.row == row.number).map(|message| message.short());
            let mut said = own.collect::<Vec<_>>().join(" | ");
            if said.is_empty()
                && let Some(first) = whole.first()
            {
                said = format!("Another row of the same record cannot come in: row {}", first.row);
            }
            let mut cells: Vec<String> = Vec::with_capacity(self.kept.len() + 1);
            for at in self.kept.iter().enumerate().filter(|(_, kept)| **kept).map(|(at, _)| at) {
                let cell = row.cells.get(at).unwrap_or(&Raw::Empty);
                let text = shown(cell);
                let is_defused = self.is_text_table || !matches!(cell, Raw::Text(_));
                cells.push(if is_defused { text.into_owned() } else { defuse::defuse(&text).into_owned() });
            }
            cells.push(defuse::defuse(&said).into_owned());
            self.table.write_record(&cells).map_err(|error| cannot_keep(&error))?;
            self.count += 1;
        }
        Ok(())
    }
}
