//! What would become of every row of a file: counted in full, shown by its first rows and by the causes of what is wrong.

use serde_json::{Map, Value};

use super::judge::{Judge, RowState, Verdict};
use super::lanes::{self, Taker};
use super::message::{Cause, Causes, Message};
use super::pending::Pending;
use super::plan::Plan;
use super::survey::{self, Question};
use super::table::Passed;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::{Field, FieldKind};
use crate::domain::word::label_of;
use crate::formats::read::Book;
use crate::services::{Failure, Moment, Watch, WriteError};
use crate::store::Db;
use crate::store::record;

/// How many rows of each state are kept.
pub const ROWS_KEPT: usize = 200;

/// How many rows that were passed over are named for each reason.
const PASSED_KEPT: usize = 20;

/// How many rows, or records, there are of each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// New ones.
    pub add: u64,
    /// Changed ones.
    pub change: u64,
    /// Those that are there as they are.
    pub skip: u64,
    /// Those that cannot come in.
    pub cannot: u64,
}

impl Tally {
    /// The number of one state.
    #[must_use]
    pub const fn of(&self, state: RowState) -> u64 {
        match state {
            RowState::Add => self.add,
            RowState::Change => self.change,
            RowState::Skip => self.skip,
            RowState::Cannot => self.cannot,
        }
    }

    pub(super) const fn count(&mut self, state: RowState, how_many: u64) {
        let place = match state {
            RowState::Add => &mut self.add,
            RowState::Change => &mut self.change,
            RowState::Skip => &mut self.skip,
            RowState::Cannot => &mut self.cannot,
        };
        *place = place.saturating_add(how_many);
    }

    /// All of them.
    #[must_use]
    pub const fn all(&self) -> u64 {
        self.add + self.change + self.skip + self.cannot
    }
}

/// A field that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Its label.
    pub label: &'static str,
    /// What stands in it now; empty for nothing.
    pub before: String,
    /// What would stand in it.
    pub after: String,
}

/// What would become of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewRow {
    /// The row as the user counts.
    pub row: u64,
    /// What would become of it.
    pub state: RowState,
    /// The record in words, where the row is its first; otherwise empty.
    pub record: String,
    /// The cells of the columns that fill something, as they stand in the file.
    pub cells: Vec<String>,
    /// What would change, where the record is there already.
    pub changes: Vec<FieldChange>,
    /// What is told about the row.
    pub messages: Vec<Message>,
}

/// Rows that were passed over for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedRows {
    /// The reason.
    pub why: Passed,
    /// How many.
    pub count: u64,
    /// The first of them.
    pub first: Vec<u64>,
}

/// What would become of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// What was decided about the file.
    pub plan: Plan,
    /// The name of the sheet.
    pub sheet: String,
    /// The headings of the columns that fill something.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Tally,
    /// The records.
    pub records: Tally,
    /// The first rows of each state, in the order of the file.
    pub first: Vec<PreviewRow>,
    /// What is wrong or should be known, by its cause.
    pub causes: Vec<Cause>,
    /// What was passed over.
    pub passed: Vec<PassedRows>,
    /// Headings of columns that fill nothing.
    pub ignored: Vec<String>,
    /// What only a person can say.
    pub questions: Vec<Question>,
    /// What should be known about the file as a whole.
    pub notes: Vec<String>,
}

impl Preview {
    /// Whether nothing stands against writing what can be written.
    #[must_use]
    pub const fn can_be_written(&self) -> bool {
        self.records.add + self.records.change > 0 && (self.rows.cannot == 0 || self.plan.partial)
    }
}

/// Looks at a file.
pub(super) fn preview(db: &Db, moment: Moment, book: &Book, plan: &Plan, watch: &Watch) -> Result<Preview, Failure> {
    let survey = survey::survey(book, plan, watch)?;
    let judge = Judge::new(db, moment, plan, &survey.mapped, true)?;
    let mut looker = Looker {
        db,
        kind: plan.kind,
        columns: survey.mapped.iter().map(|of| of.column).collect(),
        rows: Tally::default(),
        records: Tally::default(),
        first: Vec::new(),
        kept: [0; 4],
        causes: Causes::default(),
        passed: Vec::new(),
    };
    lanes::run(book, plan, &survey, watch, judge, &mut looker).map_err(crate::services::perform::as_failure)?;
    let heading = |column: &usize| plan.columns.get(*column).map(|of| of.heading.clone()).unwrap_or_default();
    let columns = looker.columns.iter().map(heading).collect();
    let Looker { rows, records, mut first, causes, passed, .. } = looker;
    first.sort_by_key(|row| row.row);
    let mut notes = survey.notes;
    notes.extend(notes_on(plan, &survey.mapped));
    Ok(Preview {
        plan: plan.clone(),
        sheet: book.sheets.get(plan.sheet).map(|sheet| sheet.name.clone()).unwrap_or_default(),
        columns,
        rows,
        records,
        first,
        causes: causes.into_sorted(),
        passed,
        ignored: plan.ignored(),
        questions: survey.questions,
        notes,
    })
}

fn notes_on(plan: &Plan, mapped: &[survey::Mapped]) -> Option<String> {
    let has_reference = mapped.iter().any(|of| of.aim.path == "reference");
    let fixed = plan.fixed.iter().any(|(path, _)| path == "reference");
    (!has_reference && !fixed && plan.keys.is_empty()).then(|| {
        "No column holds the reference, so every row is added as new, even where it is there already. Choose the columns by which a record is found to change that".to_owned()
    })
}

struct Looker<'a> {
    db: &'a Db,
    kind: RecordKind,
    columns: Vec<usize>,
    rows: Tally,
    records: Tally,
    first: Vec<PreviewRow>,
    kept: [usize; 4],
    causes: Causes,
    passed: Vec<PassedRows>,
}

impl Taker for Looker<'_> {
    fn passed(&mut self, row: u64, why: Passed) {
        note_passed(&mut self.passed, row, why);
    }

    fn record(&mut self, _judge: &Judge<'_>, mut pending: Pending, verdict: Verdict) -> Result<(), WriteError> {
        let state = verdict.state();
        self.records.count(state, 1);
        self.rows.count(state, pending.rows.len() as u64);
        let place = RowState::ALL.iter().position(|one| *one == state).unwrap_or(0);
        let room = ROWS_KEPT.saturating_sub(self.kept.get(place).copied().unwrap_or(0)).min(pending.rows.len());
        if room > 0 {
            if let Some(kept) = self.kept.get_mut(place) {
                *kept += room;
            }
            self.keep(&pending, &verdict, room)?;
        }
        pending.messages.drain(..).for_each(|message| self.causes.add(message));
        Ok(())
    }
}

/// Notes a row that is no record.
pub(super) fn note_passed(passed: &mut Vec<PassedRows>, row: u64, why: Passed) {
    let place = passed.iter().position(|known| known.why == why).unwrap_or_else(|| {
        passed.push(PassedRows { why, count: 0, first: Vec::new() });
        passed.len() - 1
    });
    if let Some(known) = passed.get_mut(place) {
        known.count += 1;
        if known.first.len() < PASSED_KEPT {
            known.first.push(row);
        }
    }
}

impl Looker<'_> {
    fn keep(&mut self, pending: &Pending, verdict: &Verdict, room: usize) -> Result<(), Failure> {
        let state = verdict.state();
        let changes = match verdict {
            Verdict::Change(stored, image, _) => changes(self.db, self.kind, &stored.image, image)?,
            _ => Vec::new(),
        };
        let record = match verdict {
            Verdict::Change(stored, ..) => stored.head.words(),
            Verdict::Add(image, _) => crate::services::drafts::words(self.kind, image),
            Verdict::Same | Verdict::Cannot => String::new(),
        };
        for (at, row) in pending.rows.iter().take(room).enumerate() {
            let text = |column: &usize| {
                let cell = row.cells.get(*column);
                cell.map(|cell| super::message::shortened(&super::cells::shown(cell))).unwrap_or_default()
            };
            let is_first = at == 0;
            self.first.push(PreviewRow {
                row: row.number,
                state,
                record: if is_first { record.clone() } else { String::new() },
                cells: self.columns.iter().map(text).collect(),
                changes: if is_first { changes.clone() } else { Vec::new() },
                messages: pending.messages.iter().filter(|message| message.row == row.number).cloned().collect(),
            });
        }
        Ok(())
    }
}

/// What differs between a record and what it would become, field by field.
fn changes(
    db: &Db,
    kind: RecordKind,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Result<Vec<FieldChange>, Failure> {
    let mut changes = Vec::new();
    for field in spec(kind).fields.iter().filter(|field| before.get(field.name) != after.get(field.name)) {
        changes.push(FieldChange {
            label: field.label,
            before: words_of(db, field, before.get(field.name))?,
            after: words_of(db, field, after.get(field.name))?,
        });
    }
    Ok(changes)
}

fn words_of(db: &Db, field: &Field, value: Option<&Value>) -> Result<String, Failure> {
    let id = |value: &Value| -> Result<String, Failure> {
        let head = value.as_i64().map(|id| record::head(db, crate::domain::id::Id(id))).transpose()?.flatten();
        Ok(head.map(|head| head.reference).unwrap_or_default())
    };
    Ok(match (field.kind, value) {
        (_, None) => String::new(),
        (FieldKind::List(of), Some(Value::Array(rows))) => {
            format!("{} {}{}", rows.len(), of.singular, if rows.len() == 1 { "" } else { "s" })
        }
        (FieldKind::Link(_), Some(value)) => id(value)?,
        (FieldKind::Links(_), Some(Value::Array(all))) => all.iter().map(id).collect::<Result<Vec<_>, _>>()?.join(", "),
        (FieldKind::Choice(words), Some(Value::String(word))) => label_of(words, word),
        (_, Some(Value::String(text))) => super::message::shortened(text),
        (_, Some(Value::Bool(true))) => "Yes".to_owned(),
        (_, Some(other)) => super::message::shortened(&other.to_string()),
    })
}
