//! One write from its first record to its last figure: put, remove, then everything that follows, in one transaction.
//!
//! Every way into the record goes through here: forms, operations, import, undo, redo. Nothing else writes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value};

use super::Moment;
use super::catalogue::Catalogue;
use super::derive::Projection;
use super::links::Named;
use super::prepare::Prepared;
use super::reach::{self, Reached};
use super::write::{Refusal, Touched, WriteError};
use super::{drafts, goods};
use crate::domain::goods::{self as counted_goods, Contributions as GoodsSums};
use crate::domain::id::{Id, IdSource};
use crate::domain::journal::OperationHead;
use crate::domain::record::{Facts, RecordKind, Typed, spec};
use crate::domain::schema::walk::{self, LinkFound};
use crate::domain::schema::{FieldError, Problem};
use crate::domain::summary;
use crate::store::bulk::Bulk;
use crate::store::journal::{self, NewChange, Seal};
use crate::store::record::{self, Head, Stored};
use crate::store::{self, Db, StoreError, figures, search};

/// What an operation is, before it has an id.
#[derive(Debug, Clone)]
pub(super) struct Intent {
    pub kind: &'static str,
    pub what: String,
    pub undoes: Option<Id>,
}

/// One operation under way.
pub(super) struct Session<'a> {
    pub db: &'a Db,
    pub moment: Moment,
    ids: &'a mut IdSource,
    writer: journal::Writer<'a>,
    /// Records whose projection has to be made anew, in the order in which they stand on one another.
    pub(super) queue: BTreeSet<(u8, Id)>,
    pub(super) written: Option<Written>,
    pub(super) kinds: HashMap<Id, RecordKind>,
    /// Records that this operation makes, and of which nothing is derived yet: nothing of them has to be read or compared.
    pub(super) new: HashSet<Id>,
    /// Some of these as they were put, so that they need not be read back.
    pub(super) fresh: HashMap<Id, Fresh>,
    /// How many are kept so before their projections are made.
    wave: usize,
    named: Named,
    texts: search::Waiting,
    bulk: Bulk,
    pub(super) catalogue: Catalogue,
    /// What the sums have to be changed by at the end, each once.
    pub(super) figures: summary::Sums,
    pub(super) goods: GoodsSums,
    pub(super) done: Finished,
}

/// A new record as it was put.
pub(super) struct Fresh {
    pub stored: Stored,
    pub facts: Facts,
    pub typed: Typed,
}

/// The fields of a record.
type Image = Map<String, Value>;

/// How many new records are kept as they were put: enough for what people write at once, and little memory for an import.
const WAVE: usize = 1_024;

/// What an operation leaves behind.
#[derive(Debug, Default)]
pub(super) struct Finished {
    /// What it touched.
    pub touched: Touched,
    /// What has to be mended of the records whose projection it made.
    pub flags: BTreeMap<Id, Vec<String>>,
}

/// What an operation wrote so far. A history that contradicts itself is told of the one record that was written, or, where
/// there were several, of the record whose history it is.
pub(super) enum Written {
    One(String),
    Several,
}

impl<'a> Session<'a> {
    /// Begins an operation.
    pub fn begin(
        db: &'a Db,
        origin: i64,
        ids: &'a mut IdSource,
        moment: Moment,
        actor: &str,
        intent: Intent,
    ) -> Result<Self, StoreError> {
        let head = OperationHead {
            id: ids.next(moment.now),
            at: journal::instant(moment.now),
            actor: actor.to_owned(),
            kind: intent.kind.to_owned(),
            what: intent.what,
            undoes: intent.undoes,
        };
        let writer = journal::Writer::begin(db, origin, &head)?;
        Ok(Self {
            db,
            moment,
            ids,
            writer,
            queue: BTreeSet::new(),
            written: None,
            kinds: HashMap::new(),
            new: HashSet::new(),
            fresh: HashMap::new(),
            wave: WAVE,
            named: Named::default(),
            texts: search::Waiting::default(),
            bulk: Bulk::default(),
            catalogue: Catalogue::default(),
            figures: summary::Sums::default(),
            goods: GoodsSums::new(),
            done: Finished::default(),
        })
    }

    /// Reads a draft into an image that can be put.
    pub fn image(&mut self, kind: RecordKind, draft: Image) -> Result<Image, WriteError> {
        drafts::image(self.db, &mut self.named, self.moment, kind, draft)
    }

    /// Writes a new record and returns its id.
    pub fn create(&mut self, kind: RecordKind, image: Image) -> Result<Id, WriteError> {
        let prepared = Prepared::of(kind, &image)?;
        self.create_prepared(image, prepared)
    }

    /// The same of a record that was read already.
    pub fn create_prepared(&mut self, image: Image, prepared: Prepared) -> Result<Id, WriteError> {
        let id = self.ids.next(self.moment.now);
        self.new.insert(id);
        let head = self.write(id, &image, &prepared)?;
        self.texts.put_new(self.db, id, prepared.kind, prepared.index_text)?;
        record::put_links(self.db, id, &prepared.links)?;
        self.bulk.count(self.db, prepared.links.len())?;
        for neighbour in reach::reached_by_new(self.db, &head, &prepared.links)? {
            self.enqueue_known(neighbour)?;
        }
        let Prepared { facts, typed, .. } = prepared;
        self.fresh.insert(id, Fresh { stored: Stored { head, image }, facts, typed });
        if self.fresh.len() >= self.wave {
            self.project_fresh()?;
        }
        Ok(id)
    }

    /// Writes a record as `image` says, and its change.
    pub fn put(&mut self, kind: RecordKind, id: Id, image: &Image) -> Result<(), WriteError> {
        let prepared = Prepared::of(kind, image)?;
        self.put_prepared(id, image, prepared)
    }

    /// The same of a record that was read already.
    pub fn put_prepared(&mut self, id: Id, image: &Image, prepared: Prepared) -> Result<(), WriteError> {
        self.fresh.remove(&id);
        let kind = prepared.kind;
        let before = record::get(self.db, id)?;
        let old_links = before.as_ref().map(|stored| walk::links(spec(kind).fields, &stored.image));
        let is_there = before.is_some();
        let head = self.write_over(id, image, &prepared, (before, old_links.as_deref()))?;
        if is_there {
            self.texts.put(self.db, id, &prepared.index_text)?;
        } else {
            self.texts.put_new(self.db, id, kind, prepared.index_text)?;
        }
        if old_links.as_ref() != Some(&prepared.links) {
            record::set_links(self.db, id, &prepared.links, old_links.as_deref().unwrap_or_default())?;
            self.queue_neighbours(&head, None)?;
        }
        Ok(())
    }

    /// Writes a new record.
    fn write(&mut self, id: Id, image: &Image, prepared: &Prepared) -> Result<Head, WriteError> {
        self.refuse_taken(id, prepared)?;
        self.refuse_dangling(id, image, prepared, &[])?;
        goods::refuse_units(self.db, &mut self.catalogue, &prepared.facts, &|| prepared.words())?;
        self.write_row(id, prepared, 1)
    }

    /// Writes a record over what it was, or makes it again where it was gone.
    fn write_over(
        &mut self,
        id: Id,
        image: &Image,
        prepared: &Prepared,
        (before, old_links): (Option<Stored>, Option<&[LinkFound]>),
    ) -> Result<Head, WriteError> {
        self.refuse_taken(id, prepared)?;
        self.refuse_dangling(id, image, prepared, old_links.unwrap_or_default())?;
        goods::refuse_units(self.db, &mut self.catalogue, &prepared.facts, &|| prepared.words())?;
        let version = if let Some(stored) = &before {
            goods::refuse_new_base_unit(self.db, stored, image, &prepared.words())?;
            self.queue_neighbours(&stored.head, Some((&stored.image, image)))?;
            self.named.clear();
            stored.head.version + 1
        } else {
            journal::newest(self.db, id)?.map_or(1, |newest| newest.version + 1)
        };
        self.write_row(id, prepared, version)
    }

    /// Writes the change and the row of a record that nothing speaks against.
    fn write_row(&mut self, id: Id, prepared: &Prepared, version: i64) -> Result<Head, WriteError> {
        let (kind, payload) = (prepared.kind, Some(prepared.payload.as_str()));
        let change = self.writer.add(NewChange { kind, id, version, payload, seal: prepared.seal })?;
        let head = prepared.head(id, version, change);
        record::put(self.db, &head, &prepared.row())?;
        self.catalogue.forget(id);
        self.kinds.insert(id, kind);
        self.enqueue(id, kind);
        self.wrote(|| prepared.words());
        self.touch(id, kind);
        Ok(head)
    }

    /// Takes a record away. Refused while another names it.
    pub fn remove(&mut self, head: &Head) -> Result<(), WriteError> {
        if let Some((from, _)) = record::links_to(self.db, head.id)?.into_iter().find(|(from, _)| *from != head.id) {
            let naming = record::head(self.db, from)?.map_or_else(String::new, |head| head.words());
            let reason = format!("{naming} names it. Change or delete that one first");
            let problems = vec![FieldError::at("", "", Problem::Rule(reason))];
            return Err(WriteError::Refused(Refusal { record: head.words(), verb: "deleted", problems }));
        }
        let mut links = Vec::new();
        if let Some(stored) = record::get(self.db, head.id)? {
            links = walk::links(spec(head.kind).fields, &stored.image);
            self.queue_neighbours(&stored.head, None)?;
        }
        let old = Projection::kept(self.db, head.id)?;
        old.count(head.kind, -1, &mut self.figures);
        counted_goods::add(&old.goods, -1, &mut self.goods);
        self.catalogue.forget(head.id);
        self.named.clear();
        self.new.remove(&head.id);
        self.fresh.remove(&head.id);
        let change =
            NewChange { kind: head.kind, id: head.id, version: head.version + 1, payload: None, seal: Seal::of(None)? };
        self.writer.add(change)?;
        record::delete(self.db, head.id, &links)?;
        self.texts.forget(self.db, head.id)?;
        self.queue.retain(|(_, id)| *id != head.id);
        self.kinds.remove(&head.id);
        self.wrote(|| head.words());
        self.touch(head.id, head.kind);
        Ok(())
    }

    /// Brings everything that follows up to date and closes the operation. A history that contradicts itself refuses it.
    pub fn finish(mut self) -> Result<Finished, WriteError> {
        while let Some((_, id)) = self.queue.pop_first() {
            self.project(id)?;
        }
        record::flush_links(self.db)?;
        self.texts.flush(self.db)?;
        figures::add(self.db, &self.figures.into_iter().collect())?;
        store::goods::add(self.db, &self.goods)?;
        self.writer.finish()?;
        Ok(self.done)
    }

    /// Queues the records into which this one reaches as it stands: before a write those it will leave, after it those
    /// it has now. Each is made once, whatever number of times it is queued.
    fn queue_neighbours(&mut self, head: &Head, replaced: Option<(&Image, &Image)>) -> Result<(), StoreError> {
        let mut reached = reach::dependents(self.db, head)?;
        let wide = replaced.is_some_and(|(old, new)| reach::reaches_wide(head.kind, old, new));
        if wide && head.kind != RecordKind::Request {
            reached.extend(reach::wide_reach(self.db, head.id)?);
        }
        if wide || replaced.is_none() {
            reached.extend(reach::letters_beside(self.db, head)?);
        }
        for neighbour in reached {
            self.enqueue_known(neighbour)?;
        }
        Ok(())
    }

    /// Queues a record whose kind may not be known yet.
    fn enqueue_known(&mut self, (id, kind): Reached) -> Result<(), StoreError> {
        if let Some(kind) = self.kind_of_reached(id, kind)? {
            self.enqueue(id, kind);
        }
        Ok(())
    }

    /// Queues a dependent that is made after this one. The ranks rise, so the work always ends.
    pub(super) fn enqueue_after(&mut self, (id, kind): Reached, after: RecordKind) -> Result<(), StoreError> {
        if let Some(kind) = self.kind_of_reached(id, kind)?
            && (reach::rank(kind) > reach::rank(after) || is_remark(kind) && is_remark(after))
        {
            self.enqueue(id, kind);
        }
        Ok(())
    }

    fn kind_of_reached(&mut self, id: Id, kind: Option<RecordKind>) -> Result<Option<RecordKind>, StoreError> {
        if kind.is_some() { Ok(kind) } else { self.kind_of(id) }
    }

    fn enqueue(&mut self, id: Id, kind: RecordKind) {
        self.queue.insert((reach::rank(kind), id));
    }

    fn wrote(&mut self, words: impl FnOnce() -> String) {
        self.written = Some(if self.written.is_none() { Written::One(words()) } else { Written::Several });
    }

    pub(super) fn touch(&mut self, id: Id, kind: RecordKind) {
        self.done.touched.ids.insert(id);
        self.done.touched.kinds.insert(kind);
    }

    pub(super) fn kind_of(&mut self, id: Id) -> Result<Option<RecordKind>, StoreError> {
        if let Some(kind) = self.kinds.get(&id) {
            return Ok(Some(*kind));
        }
        let kind = record::head(self.db, id)?.map(|head| head.kind);
        if let Some(kind) = kind {
            self.kinds.insert(id, kind);
        }
        Ok(kind)
    }

    /// A refusal that came of another record than the one that was written names both.
    pub(super) fn told(&self, error: WriteError) -> WriteError {
        match (error, &self.written) {
            (WriteError::Refused(mut refusal), Some(Written::One(words))) if refusal.record != *words => {
                refusal.record = format!("{words}: {}", refusal.record);
                WriteError::Refused(refusal)
            }
            (error, _) => error,
        }
    }
}

/// Remarks can stand on remarks; they never go round, so the work ends here too.
pub(super) const fn is_remark(kind: RecordKind) -> bool {
    matches!(kind, RecordKind::Note | RecordKind::Contact | RecordKind::Mark)
}

/// A refusal of a record with its reasons.
pub(super) fn refusal(record: &str, problems: Vec<FieldError>) -> WriteError {
    WriteError::Refused(Refusal { record: record.trim().to_owned(), verb: "saved", problems })
}

/// A refusal for a reason that belongs to no single field.
pub(super) fn refusal_text(record: &str, reason: &str) -> WriteError {
    refusal(record, vec![FieldError::at("", "", Problem::Rule(reason.to_owned()))])
}
