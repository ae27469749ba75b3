//! Walks through the rows of a file: passes over what is no record, fills merged cells, puts rows of one record together.

use std::ops::ControlFlow;

use super::cells::{self, shown};
use super::message::{Message, Severity};
use super::pending::{self, Pending};
use super::plan::Plan;
use super::survey::{Mapped, Survey, TOLD};
use super::table::{self, Passed};
use crate::formats::read::{Book, Merged, Raw, RawRow};
use crate::services::{Failure, Watch, WriteError};

/// What rows of a file are.
pub(super) enum Found {
    /// A row that is no record.
    Passed(u64, Passed),
    /// The rows of one record.
    Record(Pending),
}

impl Found {
    /// How many rows.
    pub const fn rows(&self) -> usize {
        match self {
            Self::Passed(..) => 1,
            Self::Record(pending) => pending.rows.len(),
        }
    }
}

/// Takes what comes out of a file, in its order.
type Taker<'a> = dyn FnMut(Found) -> Result<(), WriteError> + 'a;

/// The most rows that belong to one record: what is more is no record that people can look at.
const MOST_ROWS: usize = 50_000;

/// How the rows of one record are known.
enum Belongs {
    /// Each row is a record.
    Alone,
    /// Rows with the same text in these columns, or with nothing in them.
    Same(Vec<usize>),
}

struct Walk<'a> {
    plan: &'a Plan,
    mapped: &'a [Mapped],
    headings: Vec<String>,
    /// The columns without which a row is no record.
    needed: Vec<usize>,
    belongs: Belongs,
    current: Option<(Vec<String>, Pending)>,
    merges: Merges<'a>,
    last: u64,
}

/// Reads the rows of a file and hands out what they are.
pub(super) fn walk(
    book: &Book,
    plan: &Plan,
    survey: &Survey,
    watch: &Watch,
    taker: &mut Taker<'_>,
) -> Result<(), WriteError> {
    watch.begin(survey.rows);
    let mut walk = Walk {
        plan,
        mapped: &survey.mapped,
        headings: plan.columns.iter().map(|column| column.heading.trim().to_owned()).collect(),
        needed: survey.mapped.iter().filter(|of| of.aim.is_needed()).map(|of| of.column).collect(),
        belongs: belongs(plan, &survey.mapped),
        current: None,
        merges: Merges { waiting: &survey.merged, active: Vec::new() },
        last: plan.header,
    };
    let mut failed = None;
    let mut count = 0;
    let read = book.rows(plan.sheet, &plan.text, &mut |row| {
        count += 1;
        let told = if count % TOLD == 0 { watch.step(count).map_err(WriteError::from) } else { Ok(()) };
        match told.and_then(|()| walk.row(row, taker)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    read.map_err(|error| Failure::Other(error.to_string()))?;
    watch.step(count)?;
    walk.flush(taker)
}

/// By what the rows of one record are known: the keys where they are in the file, else everything outside of its lists.
fn belongs(plan: &Plan, mapped: &[Mapped]) -> Belongs {
    if mapped.iter().all(|of| of.aim.lists.is_empty()) {
        return Belongs::Alone;
    }
    let own: Vec<&Mapped> = mapped.iter().filter(|of| of.aim.lists.is_empty()).collect();
    let is_key = |of: &&&Mapped| match plan.keys.as_slice() {
        [] => of.aim.path == "reference",
        keys => keys.contains(&of.aim.path),
    };
    let keys: Vec<usize> = own.iter().filter(is_key).map(|of| of.column).collect();
    Belongs::Same(if keys.is_empty() { own.iter().map(|of| of.column).collect() } else { keys })
}

impl Walk<'_> {
    fn row(&mut self, mut row: RawRow, taker: &mut Taker<'_>) -> Result<(), WriteError> {
        if row.number <= self.plan.header {
            return Ok(());
        }
        for empty in self.last + 1..row.number.min(self.last + MOST_EMPTY) {
            taker(Found::Passed(empty, Passed::Empty))?;
        }
        self.last = row.number;
        if let Some(why) = table::passed(&row, &self.headings, &self.needed) {
            return taker(Found::Passed(row.number, why));
        }
        let hidden = row.hidden.then(|| hidden(row.number));
        let doubtful = self.merges.fill(&mut row, self.mapped);
        let key = self.key(&row);
        let goes_on = match (&self.belongs, &self.current) {
            (Belongs::Same(_), Some((before, pending))) => {
                pending.rows.len() < MOST_ROWS && (key.iter().all(String::is_empty) || key == *before)
            }
            _ => false,
        };
        if !goes_on {
            self.flush(taker)?;
        }
        let (_, pending) = self.current.get_or_insert_with(|| (key, Pending::default()));
        pending.take(row, self.mapped);
        pending.messages.extend(doubtful.into_iter().chain(hidden));
        Ok(())
    }

    fn key(&self, row: &RawRow) -> Vec<String> {
        let Belongs::Same(columns) = &self.belongs else { return Vec::new() };
        let text =
            |column: &usize| row.cells.get(*column).map(|cell| shown(cell).trim().to_owned()).unwrap_or_default();
        columns.iter().map(text).collect()
    }

    fn flush(&mut self, taker: &mut Taker<'_>) -> Result<(), WriteError> {
        match self.current.take() {
            Some((_, pending)) => taker(Found::Record(pending)),
            None => Ok(()),
        }
    }
}

fn hidden(row: u64) -> Message {
    Message {
        severity: Severity::Warning,
        row,
        column: None,
        heading: String::new(),
        found: String::new(),
        expected: String::new(),
        what: "The row is hidden in the spreadsheet and is read all the same. Delete it there if it should stay out"
            .to_owned(),
    }
}

/// How many empty rows between two others are told one by one.
const MOST_EMPTY: u64 = 10_000;

/// Cells that are shown as one: the value of the first stands for all below it.
struct Merges<'a> {
    waiting: &'a [Merged],
    active: Vec<(&'a Merged, Raw)>,
}

impl Merges<'_> {
    /// Fills the cells of a row. A number over several rows says nothing of each: that is told.
    fn fill(&mut self, row: &mut RawRow, mapped: &[Mapped]) -> Vec<Message> {
        self.active.retain(|(cells, _)| cells.rows.1 >= row.number);
        while let Some((first, rest)) = self.waiting.split_first().filter(|(first, _)| first.rows.0 <= row.number) {
            self.waiting = rest;
            let column = usize::try_from(first.columns.0).unwrap_or(1).saturating_sub(1);
            if first.rows.0 == row.number {
                let value = row.cells.get(column).cloned().unwrap_or_default();
                self.active.push((first, value));
            }
        }
        let mut doubtful = Vec::new();
        for (cells, value) in &self.active {
            let column = usize::try_from(cells.columns.0).unwrap_or(1).saturating_sub(1);
            let Some(of) = mapped.iter().find(|of| of.column == column) else { continue };
            if *value == Raw::Empty || cells.rows.0 == row.number && !is_counted(of) {
                continue;
            }
            if is_counted(of) {
                let what = format!(
                    "One number stands for rows {} to {}. Split the merged cell and write the number of each row",
                    cells.rows.0, cells.rows.1
                );
                doubtful.push(pending::message(Severity::Error, row.number, of, value, &what));
            } else {
                if row.cells.len() <= column {
                    row.cells.resize(column + 1, Raw::Empty);
                }
                if let Some(cell) = row.cells.get_mut(column).filter(|cell| **cell == Raw::Empty) {
                    cell.clone_from(value);
                    let what = format!("The value is taken from the merged cell that begins in row {}", cells.rows.0);
                    doubtful.push(pending::message(Severity::Warning, row.number, of, value, &what));
                }
            }
        }
        doubtful
    }
}

/// Whether a value says how much.
const fn is_counted(of: &Mapped) -> bool {
    cells::is_counted(of.aim.field.kind) && !of.aim.is_currency
}
