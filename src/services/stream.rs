//! Records as they come out of a file, one after the other, so that a million lines are never held all at once: one
//! transaction, one step of undo, all or none.

use serde_json::{Map, Value};

use super::perform::{Scribe, at_line, expected};
use super::session::{Intent, Session};
use super::write::{Done, WriteError};
use super::{Watch, Workspace};
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

/// An import under way: what is added is in the record when all of it is.
pub struct Stream<'a> {
    session: Session<'a>,
    watch: Watch,
    added: u64,
    changed: u64,
    unchanged: u64,
}

impl Workspace {
    /// Writes the records that `feed` puts into the stream: one transaction, one step of undo, all or none. Each is judged as
    /// if it came alone, and may name those before it. `what` is what the journal calls it. `watch` is told how many records
    /// there are; a stop, a refusal or an error of `feed` leaves nothing behind.
    pub fn import_stream(
        &mut self,
        what: &str,
        watch: &Watch,
        feed: impl FnOnce(&mut Stream<'_>) -> Result<(), WriteError>,
    ) -> Result<Done, WriteError> {
        self.within(|scribe| scribe.import_stream(what, watch, feed))
    }
}

impl Scribe<'_> {
    pub(super) fn import_stream(
        &mut self,
        what: &str,
        watch: &Watch,
        feed: impl FnOnce(&mut Stream<'_>) -> Result<(), WriteError>,
    ) -> Result<Done, WriteError> {
        let session = self.begin(Intent { kind: "import", what: what.to_owned(), undoes: None })?;
        let mut stream = Stream { session, watch: watch.clone(), added: 0, changed: 0, unchanged: 0 };
        feed(&mut stream)?;
        stream.finish()
    }
}

impl Stream<'_> {
    /// Adds a new record.
    pub fn add(&mut self, record: NewRecord) -> Result<(), WriteError> {
        let NewRecord { line, kind, draft } = record;
        self.added += 1;
        self.step()?;
        let image = self.session.image(kind, draft).map_err(|error| at_line(line, error))?;
        self.session.create(kind, image).map_err(|error| at_line(line, error))?;
        Ok(())
    }

    /// Changes a record that is there. What says nothing new is passed over.
    pub fn change(&mut self, record: ChangedRecord) -> Result<(), WriteError> {
        let ChangedRecord { line, id, version, draft } = record;
        if self.put(id, version, draft).map_err(|error| at_line(line, error))? {
            self.changed += 1;
        } else {
            self.unchanged += 1;
        }
        self.step()
    }

    fn put(&mut self, id: Id, version: i64, draft: Map<String, Value>) -> Result<bool, WriteError> {
        let stored = expected(self.session.db, id, version)?;
        let image = self.session.image(stored.head.kind, draft)?;
        let says_more = image != stored.image;
        if says_more {
            self.session.put(stored.head.kind, id, &image)?;
        }
        Ok(says_more)
    }

    fn step(&self) -> Result<(), WriteError> {
        let count = self.added + self.changed + self.unchanged;
        if count.is_multiple_of(STEP) {
            self.watch.step(count)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<Done, WriteError> {
        let Self { session, watch, added, changed, unchanged } = self;
        let mut words = Vec::new();
        for (verb, count) in [("Added", added), ("changed", changed), ("passed over", unchanged)] {
            if count > 0 || verb == "Added" {
                words.push(format!("{verb} {count} record{}", if count == 1 { "" } else { "s" }));
            }
        }
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
