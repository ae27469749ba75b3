//! The rows of a file into the record: one transaction, one step of undo, nothing at all where it is stopped or refused.

use super::judge::{Judge, RowState, Verdict};
use super::lanes::{self, Taker};
use super::message::{Message, rows_in_words};
use super::pending::Pending;
use super::plan::Plan;
use super::preview::Tally;
use super::table::Passed;
use super::{open, survey};
use crate::domain::schema::{FieldError, Problem};
use crate::services::bulk::counted;
use crate::services::perform::Scribe;
use crate::services::session::{Intent, Session};
use crate::services::write::{Done, Refusal, WriteError};
use crate::services::{Failure, Watch};

/// How many rows are named in a refusal.
const NAMED: usize = 50;

impl Scribe<'_> {
    /// Brings a file in.
    pub(in crate::services) fn import_file(&mut self, plan: &Plan, watch: &Watch) -> Result<Done, WriteError> {
        let book = open(&plan.path)?;
        plan.refuse_changed_file()?;
        let sheet = book.sheets.get(plan.sheet).map(|sheet| sheet.name.clone()).unwrap_or_default();
        let survey = survey::survey(&book, plan, watch)?;
        let (db, moment) = (self.db, self.moment);
        let judge = Judge::new(db, moment, plan, &survey.mapped, false)?;
        let what = format!("Import {} from {}", plan.kind.heading().to_lowercase(), plan.file_name());
        let mut writer = Writer {
            partial: plan.partial,
            what,
            scribe: Some(self),
            session: None,
            records: Tally::default(),
            rows: Tally::default(),
            refused: Vec::new(),
            more: 0,
        };
        lanes::run(&book, plan, &survey, watch, judge, &mut writer)?;
        if !plan.partial && writer.rows.cannot > 0 {
            return Err(writer.refusal(plan, &sheet));
        }
        let (records, rows) = (writer.records, writer.rows);
        let Some(session) = writer.session else {
            let message = match (rows.skip, rows.cannot) {
                (0, 0) => format!("{} has no rows under its headings", plan.file_name()),
                (_, 0) => format!("Nothing to do: all {} rows are there as they are in the file", rows.skip),
                (_, cannot) => format!("Nothing was imported: {} cannot come in", rows_in_words(cannot)),
            };
            return Ok(Done { message, ..Done::default() });
        };
        watch.begin(0);
        let done = session.finish()?;
        watch.step(0)?;
        Ok(Done { message: message(plan, records, rows), touched: done.touched, ..Done::default() })
    }
}

fn message(plan: &Plan, records: Tally, rows: Tally) -> String {
    let words = |count: u64| counted(plan.kind, usize::try_from(count).unwrap_or(usize::MAX));
    let mut parts = Vec::new();
    if records.add > 0 {
        parts.push(format!("added {}", words(records.add)));
    }
    if records.change > 0 {
        parts.push(format!("changed {}", words(records.change)));
    }
    if records.skip > 0 {
        parts.push(format!("{} were there already", words(records.skip)));
    }
    if rows.cannot > 0 {
        parts.push(format!("left out {} that cannot come in", rows_in_words(rows.cannot)));
    }
    format!("Imported {}: {}", plan.file_name(), parts.join(", "))
}

struct Writer<'a, 'b> {
    partial: bool,
    /// What the operation is called.
    what: String,
    /// Taken when the first record is written, so that a file with nothing new is no operation.
    scribe: Option<&'a mut Scribe<'b>>,
    session: Option<Session<'a>>,
    records: Tally,
    rows: Tally,
    refused: Vec<Message>,
    more: u64,
}

impl Taker for Writer<'_, '_> {
    fn passed(&mut self, _row: u64, _why: Passed) {}

    fn record(&mut self, judge: &Judge<'_>, mut pending: Pending, verdict: Verdict) -> Result<(), WriteError> {
        // Once something refuses the whole, the rest is only looked at.
        let writes = self.partial || self.rows.cannot == 0;
        let state = verdict.state();
        let is_new = matches!(verdict, Verdict::Add(..) | Verdict::Change(..));
        let written = if is_new && writes { self.write(verdict) } else { Ok(()) };
        let state = match written {
            Ok(()) => state,
            Err(error) => {
                judge.refused_late(&mut pending, error)?;
                RowState::Cannot
            }
        };
        self.records.count(state, 1);
        self.rows.count(state, pending.rows.len() as u64);
        if state == RowState::Cannot {
            let errors = pending.messages.into_iter().filter(Message::is_error);
            for message in errors {
                if self.refused.len() < NAMED {
                    self.refused.push(message);
                } else {
                    self.more += 1;
                }
            }
        }
        Ok(())
    }
}

impl Writer<'_, '_> {
    /// Writes a record where there is something to write.
    fn write(&mut self, verdict: Verdict) -> Result<(), WriteError> {
        if let (None, Some(scribe)) = (&self.session, self.scribe.take()) {
            let what = std::mem::take(&mut self.what);
            self.session = Some(scribe.begin(Intent { kind: "import", what, undoes: None })?);
        }
        match (verdict, &mut self.session) {
            (Verdict::Add(image, prepared), Some(session)) => session.create_prepared(image, *prepared).map(|_| ()),
            (Verdict::Change(stored, image, prepared), Some(session)) => {
                session.put_prepared(stored.head.id, &image, *prepared)
            }
            _ => Ok(()),
        }
    }

    fn refusal(self, plan: &Plan, sheet: &str) -> WriteError {
        let problem = |text: String| FieldError::at("", "", Problem::Rule(text));
        let mut problems: Vec<FieldError> =
            self.refused.iter().map(|message| problem(message.sentence(sheet))).collect();
        if self.more > 0 {
            problems.push(problem(format!("{} more things are wrong", self.more)));
        }
        WriteError::Refused(Refusal { record: format!("The file {}", plan.file_name()), verb: "imported", problems })
    }
}

/// The file is no longer the one that was looked at.
pub(super) fn changed_file(plan: &Plan) -> Failure {
    Failure::Other(format!(
        "{} was changed since it was looked at. Look at the preview again, then import it",
        plan.file_name()
    ))
}
