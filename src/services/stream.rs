//! Records as they come out of a file, one after the other, so that a million lines are never held all at once: one
//! transaction, one step of undo, all or none.
//!
//! Three threads share the work. One runs what feeds the stream. One writes, alone with the store: it turns references into
//! ids and puts what is ready. One does between both what needs no store: it reads drafts and prepares records. Each batch
//! keeps its place, so that the outcome, a refusal included, is that of writing one record after the other.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, Scope, ScopedJoinHandle, scope};

use serde_json::{Map, Value};

use super::drafts::{self, Read, Resolved};
use super::perform::{Scribe, at_line, expected};
use super::prepare::Prepared;
use super::session::{Intent, Session};
use super::write::{Done, WriteError};
use super::{Failure, Watch, Workspace};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;

/// A new record on its way in.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRecord {
    /// The line of the file on which it begins.
    pub line: usize,
    /// Its kind.
    pub kind: RecordKind,
    /// Its fields as they were typed.
    pub draft: Map<String, Value>,
}

/// A record that is there, on its way to what a file says of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedRecord {
    /// The line of the file on which it begins.
    pub line: usize,
    /// The record.
    pub id: Id,
    /// The version that was seen; a newer one refuses.
    pub version: i64,
    /// All its fields, those of the file in the place of the old ones.
    pub draft: Map<String, Value>,
}

/// After how many records the one who waits is told how far it has come, and may stop.
const STEP: u64 = 256;

/// How many warnings are told one by one.
const WARNINGS: usize = 20;

/// How many records go from thread to thread at once.
const BATCH: usize = 64;

/// How many batches wait between two threads.
const AHEAD: usize = 3;

/// An import under way: what is put into it is in the record when all of it is.
pub struct Stream {
    to_writer: SyncSender<Vec<Incoming>>,
    batch: Vec<Incoming>,
}

enum Incoming {
    New(NewRecord),
    Changed(ChangedRecord),
}

impl Stream {
    /// Puts in a new record. An error says that the import has ended; it is to be returned.
    pub fn add(&mut self, record: NewRecord) -> Result<(), WriteError> {
        self.push(Incoming::New(record))
    }

    /// Puts in a record that is there. What says nothing new is passed over.
    pub fn change(&mut self, record: ChangedRecord) -> Result<(), WriteError> {
        self.push(Incoming::Changed(record))
    }

    fn push(&mut self, record: Incoming) -> Result<(), WriteError> {
        self.batch.push(record);
        if self.batch.len() < BATCH { Ok(()) } else { self.send() }
    }

    fn send(&mut self) -> Result<(), WriteError> {
        let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
        self.to_writer.send(batch).map_err(|_closed| Failure::Stopped.into())
    }
}

impl Workspace {
    /// Writes the records that `feed` puts into the stream: one transaction, one step of undo, all or none. Each is judged as
    /// if it came alone, and may name those before it. `what` is what the journal calls it. `watch` is told how many records
    /// there are; a stop, a refusal or an error of `feed` leaves nothing behind.
    pub fn import_stream(
        &mut self,
        what: &str,
        watch: &Watch,
        feed: impl FnOnce(&mut Stream) -> Result<(), WriteError> + Send,
    ) -> Result<Done, WriteError> {
        self.within_roomy(|scribe| scribe.import_stream(what, watch, feed))
    }
}

impl Scribe<'_> {
    pub(super) fn import_stream(
        &mut self,
        what: &str,
        watch: &Watch,
        feed: impl FnOnce(&mut Stream) -> Result<(), WriteError> + Send,
    ) -> Result<Done, WriteError> {
        let session = self.begin(Intent { kind: "import", what: what.to_owned(), undoes: None })?;
        let today = session.moment.today;
        scope(|scope| {
            let (to_writer, incoming) = sync_channel(AHEAD);
            let reader = start(scope, "import: read", move || {
                let mut stream = Stream { to_writer, batch: Vec::with_capacity(BATCH) };
                feed(&mut stream)?;
                stream.send()
            })?;
            // Room for all that can be under way, so that the writer never waits for one that waits for it.
            let (to_preparer, resolved) = sync_channel::<Vec<Resolved>>(AHEAD + 1);
            let (to_store, ready) = sync_channel::<Vec<Read>>(AHEAD + 1);
            start(scope, "import: prepare", move || {
                let read = |batch: Vec<Resolved>| batch.into_iter().map(|draft| drafts::read(today, draft)).collect();
                resolved.into_iter().map(read).try_for_each(|batch| to_store.send(batch))
            })?;
            let mut writer = Writer::new(session, watch, to_preparer, ready);
            // The first error by the order of the file: what was written before the reader failed comes before.
            let written = writer.write_all(incoming);
            let read = reader.join().unwrap_or_else(|_panic| Err(ended()));
            written.and(read)?;
            writer.finish()
        })
    }
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

/// The one who is alone with the store.
struct Writer<'a> {
    session: Session<'a>,
    watch: &'a Watch,
    to_preparer: SyncSender<Vec<Resolved>>,
    ready: Receiver<Vec<Read>>,
    /// What was resolved and not handed over yet.
    batch: Vec<Resolved>,
    /// How many batches are being prepared.
    under_way: usize,
    added: u64,
    changed: u64,
    unchanged: u64,
}

impl<'a> Writer<'a> {
    fn new(
        session: Session<'a>,
        watch: &'a Watch,
        to_preparer: SyncSender<Vec<Resolved>>,
        ready: Receiver<Vec<Read>>,
    ) -> Self {
        let batch = Vec::with_capacity(BATCH);
        Self { session, watch, to_preparer, ready, batch, under_way: 0, added: 0, changed: 0, unchanged: 0 }
    }

    fn write_all(&mut self, incoming: Receiver<Vec<Incoming>>) -> Result<(), WriteError> {
        for batch in incoming {
            for record in batch {
                match record {
                    Incoming::New(record) => self.resolve(record)?,
                    Incoming::Changed(record) => {
                        self.catch_up()?;
                        let line = record.line;
                        self.change(record).map_err(|error| at_line(line, error))?;
                    }
                }
            }
            self.hand_over()?;
            while self.under_way > AHEAD {
                self.write_ready()?;
            }
        }
        self.catch_up()
    }

    /// Turns the references of a draft into ids. What it names may be under way itself; then that is written first.
    fn resolve(&mut self, record: NewRecord) -> Result<(), WriteError> {
        let NewRecord { line, kind, draft } = record;
        let mut resolved = Resolved { line, kind, draft, unresolved: Vec::new() };
        let is_alone = self.under_way == 0 && self.batch.is_empty();
        if drafts::names_any_of_several(kind) && !is_alone {
            self.catch_up()?;
        }
        self.session.resolve(&mut resolved)?;
        if !resolved.unresolved.is_empty() && !is_alone {
            self.catch_up()?;
            self.session.resolve(&mut resolved)?;
        }
        self.batch.push(resolved);
        Ok(())
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

    /// Writes everything that is under way.
    fn catch_up(&mut self) -> Result<(), WriteError> {
        self.hand_over()?;
        while self.under_way > 0 {
            self.write_ready()?;
        }
        Ok(())
    }

    fn write_ready(&mut self) -> Result<(), WriteError> {
        let batch = self.ready.recv().map_err(|_closed| ended())?;
        self.under_way -= 1;
        for Read { line, kind, outcome } in batch {
            let at = |error| at_line(line, error);
            let (image, prepared) = outcome.map_err(at)?;
            let (image, prepared) = if let Some(prepared) = prepared {
                (image, *prepared)
            } else {
                let image = self.session.fill_in(kind, image).map_err(at)?;
                let prepared = Prepared::of(kind, &image).map_err(at)?;
                (image, prepared)
            };
            self.session.create_prepared(image, prepared).map_err(at)?;
            self.added += 1;
            self.step()?;
        }
        Ok(())
    }

    fn change(&mut self, record: ChangedRecord) -> Result<(), WriteError> {
        let stored = expected(self.session.db, record.id, record.version)?;
        let image = self.session.image(stored.head.kind, record.draft)?;
        if image == stored.image {
            self.unchanged += 1;
        } else {
            self.session.put(stored.head.kind, record.id, &image)?;
            self.changed += 1;
        }
        self.step()
    }

    fn step(&self) -> Result<(), WriteError> {
        let count = self.added + self.changed + self.unchanged;
        if count.is_multiple_of(STEP) {
            self.watch.step(count)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<Done, WriteError> {
        let Self { session, watch, added, changed, unchanged, .. } = self;
        let counts = [("Added", added), ("changed", changed), ("passed over", unchanged)];
        let told = counts.into_iter().filter(|(verb, count)| *count > 0 || *verb == "Added");
        let words: Vec<String> =
            told.map(|(verb, count)| format!("{verb} {count} record{}", if count == 1 { "" } else { "s" })).collect();
        watch.step(added + changed + unchanged)?;
        let done = session.finish()?;
        let mut warnings: Vec<String> = done.flags.values().flatten().take(WARNINGS).cloned().collect();
        let more = done.flags.values().map(Vec::len).sum::<usize>() - warnings.len();
        if more > 0 {
            warnings.push(format!("{more} more have to be mended. The overview lists them all"));
        }
        Ok(Done { message: words.join(", "), id: None, warnings, touched: done.touched })
    }
}
