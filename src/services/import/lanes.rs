//! Three threads share the work on a file. One reads its rows and puts together those of one record. One is alone with the
//! store: it finds what records name, and settles what becomes of each. One does between both what needs no store: it
//! reads drafts and prepares records.
//!
//! Records are settled in the order of the file, so that the outcome is that of one record after the other.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, Scope, ScopedJoinHandle, scope};

use chrono::NaiveDate;

use super::judge::{Begun, BegunAndRead, Judge, Verdict};
use super::pending::Pending;
use super::plan::Plan;
use super::rows::{self, Found};
use super::survey::Survey;
use super::table::Passed;
use crate::domain::record::RecordKind;
use crate::formats::read::Book;
use crate::services::{Failure, Watch, WriteError};

/// Who settles what comes out of a file, in its order.
pub(super) trait Taker {
    /// A row that is no record.
    fn passed(&mut self, row: u64, why: Passed);
    /// What is to be done with the rows of one record.
    fn record(&mut self, judge: &Judge<'_>, pending: Pending, verdict: Verdict) -> Result<(), WriteError>;
}

/// How many records, and how many rows, go from thread to thread at once.
const BATCH: usize = 64;
const BATCH_ROWS: usize = 1_024;

/// How many batches wait between two threads.
const AHEAD: usize = 3;

/// Reads a file, judges its records and has each settled.
pub(super) fn run(
    book: &Book,
    plan: &Plan,
    survey: &Survey,
    watch: &Watch,
    judge: Judge<'_>,
    taker: &mut dyn Taker,
) -> Result<(), WriteError> {
    scope(|scope| {
        let (to_judge, found) = sync_channel(AHEAD);
        let reader = start(scope, "import: read", move || read(book, plan, survey, watch, &to_judge))?;
        // Room for all that can be under way, so that the judge never waits for one that waits for it.
        let (to_preparer, begun) = sync_channel::<Vec<Begun>>(AHEAD + 1);
        let (to_settle, ready) = sync_channel(AHEAD + 1);
        let (kind, today) = (plan.kind, judge.today());
        start(scope, "import: prepare", move || {
            let read = |batch: Vec<Begun>| batch.into_iter().map(|begun| begun.read(kind, today)).collect();
            begun.into_iter().map(read).try_for_each(|batch: Vec<BegunAndRead>| to_settle.send(batch))
        })?;
        let mut lanes =
            Lanes { judge, taker, kind, today, to_preparer, ready, batch: Vec::with_capacity(BATCH), under_way: 0 };
        // The first error by the order of the file: what was settled before the reader failed comes before.
        let settled = lanes.settle_all(found);
        drop(lanes);
        let read = reader.join().unwrap_or_else(|_panic| Err(ended()));
        settled.and(read)
    })
}

fn start<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    name: &str,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Result<ScopedJoinHandle<'scope, T>, Failure> {
    let failed = |error| Failure::Other(format!("The thread {name} could not be started: {error}"));
    Builder::new().name(name.to_owned()).spawn_scoped(scope, work).map_err(failed)
}

/// A thread ended before its work: a fault of the program, and nothing is kept.
fn ended() -> WriteError {
    Failure::Other("The import ended before its time. Nothing was changed; try it again".to_owned()).into()
}

/// Reads the rows of a file and sends what they are, some at a time.
fn read(
    book: &Book,
    plan: &Plan,
    survey: &Survey,
    watch: &Watch,
    to_judge: &SyncSender<Vec<Found>>,
) -> Result<(), WriteError> {
    let (mut batch, mut rows) = (Vec::with_capacity(BATCH), 0);
    // The one who settles ended first, with an error of his own.
    let gone = |_closed| WriteError::from(Failure::Stopped);
    rows::walk(book, plan, survey, watch, &mut |found| {
        rows += found.rows();
        batch.push(found);
        if batch.len() < BATCH && rows < BATCH_ROWS {
            return Ok(());
        }
        rows = 0;
        to_judge.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).map_err(gone)
    })?;
    to_judge.send(batch).map_err(gone)
}

/// The one who is alone with the store.
struct Lanes<'a, 'b> {
    judge: Judge<'a>,
    taker: &'b mut dyn Taker,
    kind: RecordKind,
    today: NaiveDate,
    to_preparer: SyncSender<Vec<Begun>>,
    ready: Receiver<Vec<BegunAndRead>>,
    /// What was begun and not handed over yet.
    batch: Vec<Begun>,
    /// How many batches are being read.
    under_way: usize,
}

impl Lanes<'_, '_> {
    fn settle_all(&mut self, found: Receiver<Vec<Found>>) -> Result<(), WriteError> {
        for batch in found {
            for one in batch {
                match one {
                    Found::Passed(row, why) => self.taker.passed(row, why),
                    Found::Record(pending) if self.judge.stands_on_those_before(&pending) => {
                        self.catch_up()?;
                        let read = self.judge.begin(pending)?.read(self.kind, self.today);
                        self.settle(read)?;
                    }
                    Found::Record(pending) => self.batch.push(self.judge.begin(pending)?),
                }
            }
            self.hand_over()?;
            while self.under_way > AHEAD {
                self.settle_ready()?;
            }
        }
        self.catch_up()
    }

    fn hand_over(&mut self) -> Result<(), WriteError> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
        self.to_preparer.send(batch).map_err(|_closed| ended())?;
        self.under_way += 1;
        Ok(())
    }

    /// Settles everything that is under way.
    fn catch_up(&mut self) -> Result<(), WriteError> {
        self.hand_over()?;
        while self.under_way > 0 {
            self.settle_ready()?;
        }
        Ok(())
    }

    fn settle_ready(&mut self) -> Result<(), WriteError> {
        let batch = self.ready.recv().map_err(|_closed| ended())?;
        self.under_way -= 1;
        batch.into_iter().try_for_each(|read| self.settle(read))
    }

    fn settle(&mut self, read: BegunAndRead) -> Result<(), WriteError> {
        let (pending, verdict) = self.judge.end(read)?;
        self.taker.record(&self.judge, pending, verdict)
    }
}
