//! One write from its first record to its last figure: put, remove, then everything that follows, in one transaction.
//!
//! Every way into the record goes through here: forms, operations, import, undo, redo. Nothing else writes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::Moment;
use super::catalogue::Catalogue;
use super::derive::{self, Projection};
use super::goods;
use super::search_index;
use super::write::{Refusal, Touched, WriteError};
use crate::domain::goods::{self as counted_goods, Contributions as GoodsSums};
use crate::domain::id::{Id, IdSource};
use crate::domain::journal::OperationHead;
use crate::domain::record::{Facts, RecordKind, spec};
use crate::domain::schema::walk::{self, LinkFound};
use crate::domain::schema::{FieldError, Problem};
use crate::domain::{summary, text};
use crate::store::journal::{self, NewChange};
use crate::store::record::{self, Head, RecordRow, Stored};
use crate::store::{self, Db, StoreError, figures};

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
    queue: BTreeSet<(u8, Id)>,
    written: Option<Written>,
    kinds: BTreeMap<Id, RecordKind>,
    catalogue: Catalogue,
    /// What the sums of goods have to be changed by at the end.
    goods: GoodsSums,
    pub touched: Touched,
}

/// What an operation wrote so far. A history that contradicts itself is told of the one record that was written, or, where
/// there were several, of the record whose history it is.
enum Written {
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
            kinds: BTreeMap::new(),
            catalogue: Catalogue::default(),
            goods: GoodsSums::new(),
            touched: Touched::default(),
        })
    }

    /// A new id.
    pub fn next_id(&mut self) -> Id {
        self.ids.next(self.moment.now)
    }

    /// Writes a record as `image` says, and its change.
    pub fn put(&mut self, kind: RecordKind, id: Id, image: &Map<String, Value>) -> Result<(), WriteError> {
        let reference = image.get("reference").and_then(Value::as_str).unwrap_or_default().to_owned();
        let words = format!("{kind} {reference}");
        let facts = spec(kind).facts(image).map_err(|error| refusal(&words, vec![error]))?;
        if !facts.problems.is_empty() {
            return Err(refusal(&words, facts.problems));
        }
        let reference_key = text::sort_key(&reference);
        self.refuse_taken(kind, id, &reference, &reference_key, &words)?;
        let before = record::get(self.db, id)?;
        let links = walk::links(spec(kind).fields, image);
        let old_links = before.as_ref().map(|stored| walk::links(spec(kind).fields, &stored.image)).unwrap_or_default();
        self.refuse_dangling(kind, id, image, &old_links, &words)?;
        goods::refuse_units(self.db, &mut self.catalogue, &facts, &words)?;
        if let Some(stored) = &before {
            goods::refuse_new_base_unit(self.db, stored, image, &words)?;
            self.queue_neighbours(stored, Some(image))?;
        }
        let payload = serde_json::to_string(image).map_err(|error| refusal_text(&words, &error.to_string()))?;
        let version = match &before {
            Some(stored) => stored.head.version + 1,
            None => journal::newest(self.db, id)?.map_or(1, |newest| newest.version + 1),
        };
        let change = self.writer.add(NewChange { kind, id, version, payload: Some(&payload) })?;
        let parent = walk::parent(spec(kind).fields, image);
        let head = Head { id, kind, version, reference, title: facts.title.clone(), parent, change };
        self.put_row(&head, &facts, &reference_key, image)?;
        search_index::keep(self.db, &head, image)?;
        if before.is_none() || links != old_links {
            record::set_links(self.db, id, &links)?;
        }
        self.catalogue.forget(id);
        self.kinds.insert(id, kind);
        self.enqueue(id, kind);
        if before.is_none() || links != old_links {
            self.queue_neighbours(&Stored { head, image: image.clone() }, None)?;
        }
        self.wrote(words);
        self.touch(id, kind);
        Ok(())
    }

    /// Takes a record away. Refused while another names it.
    pub fn remove(&mut self, head: &Head) -> Result<(), WriteError> {
        if let Some((from, _)) = record::links_to(self.db, head.id)?.into_iter().find(|(from, _)| *from != head.id) {
            let naming = record::head(self.db, from)?.map_or_else(String::new, |head| head.words());
            let reason = format!("{naming} names it. Change or delete that one first");
            let problems = vec![FieldError::at("", "", Problem::Rule(reason))];
            return Err(WriteError::Refused(Refusal { record: head.words(), verb: "deleted", problems }));
        }
        if let Some(stored) = record::get(self.db, head.id)? {
            self.queue_neighbours(&stored, None)?;
        }
        let old = Projection::kept(self.db, head.id)?;
        let difference = summary::difference(old.contributions(head.kind), summary::Contributions::new());
        figures::add(self.db, &difference)?;
        counted_goods::add(&old.goods, -1, &mut self.goods);
        self.catalogue.forget(head.id);
        let change = NewChange { kind: head.kind, id: head.id, version: head.version + 1, payload: None };
        self.writer.add(change)?;
        record::delete(self.db, head.id)?;
        search_index::forget(self.db, head.id)?;
        self.queue.retain(|(_, id)| *id != head.id);
        self.kinds.remove(&head.id);
        self.wrote(head.words());
        self.touch(head.id, head.kind);
        Ok(())
    }

    /// Brings everything that follows up to date and closes the operation. A history that contradicts itself refuses it.
    pub fn finish(mut self) -> Result<Touched, WriteError> {
        while let Some((_, id)) = self.queue.pop_first() {
            self.project(id)?;
        }
        store::goods::add(self.db, &self.goods)?;
        self.writer.finish()?;
        Ok(self.touched)
    }

    fn project(&mut self, id: Id) -> Result<(), WriteError> {
        let Some(stored) = record::get(self.db, id)? else { return Ok(()) };
        let kind = stored.head.kind;
        let projected = derive::project(self.db, &mut self.catalogue, &stored).map_err(|error| self.told(error))?;
        if let Some(illegal) = projected.illegal {
            let words = match &self.written {
                Some(Written::One(words)) => words.clone(),
                _ => stored.head.words(),
            };
            return Err(refusal_text(&words, &illegal.to_string()));
        }
        let old = Projection::kept(self.db, id)?;
        let new = projected.projection;
        let changed = new != old;
        if changed {
            new.keep(self.db, id, &old)?;
            let difference = summary::difference(old.contributions(kind), new.contributions(kind));
            figures::add(self.db, &difference)?;
            if new.goods != old.goods {
                counted_goods::add(&old.goods, -1, &mut self.goods);
                counted_goods::add(&new.goods, 1, &mut self.goods);
            }
            self.touch(id, kind);
        }
        // A request's dependents read its events and decisions too, which can change without a change of its own status.
        if changed || kind == RecordKind::Request {
            for dependent in derive::dependents(self.db, &stored)? {
                self.enqueue_after(dependent, kind)?;
            }
        }
        if new.derived != old.derived {
            for child in record::child_ids(self.db, id)? {
                self.enqueue_after(child, kind)?;
            }
        }
        if kind == RecordKind::Item && new.categories != old.categories {
            for reached in derive::wide_reach(self.db, id)? {
                self.enqueue_after(reached, kind)?;
            }
        }
        Ok(())
    }

    /// Queues the records into which this one reaches as it stands: before a write those it will leave, after it those
    /// it has now. Each is made once, whatever number of times it is queued.
    fn queue_neighbours(
        &mut self,
        stored: &Stored,
        replaced_by: Option<&Map<String, Value>>,
    ) -> Result<(), StoreError> {
        let mut reached = derive::dependents(self.db, stored)?;
        if replaced_by.is_some_and(|image| derive::reaches_wide(stored.head.kind, &stored.image, image)) {
            reached.extend(derive::wide_reach(self.db, stored.head.id)?);
        }
        for neighbour in reached {
            if let Some(kind) = self.kind_of(neighbour)? {
                self.enqueue(neighbour, kind);
            }
        }
        Ok(())
    }

    /// Queues a dependent that is made after this one. The ranks rise, so the work always ends.
    fn enqueue_after(&mut self, id: Id, after: RecordKind) -> Result<(), StoreError> {
        if let Some(kind) = self.kind_of(id)?
            && (derive::rank(kind) > derive::rank(after) || is_remark(kind) && is_remark(after))
        {
            self.enqueue(id, kind);
        }
        Ok(())
    }

    fn enqueue(&mut self, id: Id, kind: RecordKind) {
        self.queue.insert((derive::rank(kind), id));
    }

    fn wrote(&mut self, words: String) {
        self.written = Some(if self.written.is_none() { Written::One(words) } else { Written::Several });
    }

    fn touch(&mut self, id: Id, kind: RecordKind) {
        self.touched.ids.insert(id);
        self.touched.kinds.insert(kind);
    }

    fn kind_of(&mut self, id: Id) -> Result<Option<RecordKind>, StoreError> {
        if let Some(kind) = self.kinds.get(&id) {
            return Ok(Some(*kind));
        }
        let kind = record::head(self.db, id)?.map(|head| head.kind);
        if let Some(kind) = kind {
            self.kinds.insert(id, kind);
        }
        Ok(kind)
    }

    fn refuse_taken(
        &self,
        kind: RecordKind,
        id: Id,
        reference: &str,
        key: &str,
        words: &str,
    ) -> Result<(), WriteError> {
        if key.is_empty() {
            let missing = FieldError::at("reference", "Reference", Problem::Missing);
            return Err(refusal(words, vec![missing]));
        }
        if reference.split_once(':').is_some_and(|(first, _)| RecordKind::named(first).is_some()) {
            let rule = format!("“{reference}” begins like the name of a kind. Write it without the colon");
            return Err(refusal(words, vec![FieldError::at("reference", "Reference", Problem::Rule(rule))]));
        }
        match record::find(self.db, kind, key)? {
            Some(other) if other != id => {
                let rule = format!(
                    "“{reference}” is taken by another {}. Give this one another reference",
                    kind.label().to_lowercase()
                );
                Err(refusal(words, vec![FieldError::at("reference", "Reference", Problem::Rule(rule))]))
            }
            _ => Ok(()),
        }
    }

    /// Every new link must name a record that is there and is of a kind the field accepts.
    fn refuse_dangling(
        &mut self,
        kind: RecordKind,
        id: Id,
        image: &Map<String, Value>,
        known: &[LinkFound],
        words: &str,
    ) -> Result<(), WriteError> {
        let mut wanted = Vec::new();
        let mut copy = image.clone();
        walk::for_each_link_mut(spec(kind).fields, &mut copy, "", &mut |field, kinds, path, leaf| {
            let field_path = without_row_numbers(path);
            let is_known = |to: &Id| known.iter().any(|link| link.to == *to && link.field == field_path);
            let to = leaf.as_i64().map(Id).filter(|to| !is_known(to));
            wanted.extend(to.map(|to| (field.label, kinds, path.to_owned(), to)));
        });
        for (label, kinds, path, to) in wanted {
            if to == id || path_is_parent(kind, &path) && self.belongs_to(to, id)? {
                let rule = Problem::Rule("A record cannot belong to itself. Choose another".to_owned());
                return Err(refusal(words, vec![FieldError::at(&path, label, rule)]));
            }
            if goes_up(kind, &path) && self.reaches(to, &path, id)? {
                let rule = format!("{} leads back to this record. Choose another", self.words(to)?);
                return Err(refusal(words, vec![FieldError::at(&path, label, Problem::Rule(rule))]));
            }
            let found = self.kind_of(to)?;
            if !found.is_some_and(|found| kinds.contains(&found)) {
                let kind = kinds.first().map_or("record", |kind| kind.label()).to_lowercase();
                let problem = Problem::NoSuchRecord { kind, found: to.to_string() };
                return Err(refusal(words, vec![FieldError::at(&path, label, problem)]));
            }
        }
        Ok(())
    }

    /// Whether a record belongs to another, directly or through those above it.
    fn belongs_to(&self, id: Id, above: Id) -> Result<bool, StoreError> {
        let mut at = record::head(self.db, id)?.and_then(|head| head.parent);
        while let Some(parent) = at {
            if parent == above {
                return Ok(true);
            }
            at = record::head(self.db, parent)?.and_then(|head| head.parent);
        }
        Ok(false)
    }

    /// Whether a record leads to another through a field that must not go round: a county within a province.
    fn reaches(&self, id: Id, field: &str, above: Id) -> Result<bool, StoreError> {
        let mut seen = BTreeSet::new();
        let mut at = Some(id);
        while let Some(id) = at.filter(|id| seen.insert(*id)) {
            let stored = record::get(self.db, id)?;
            at = stored.and_then(|stored| stored.image.get(field).and_then(Value::as_i64)).map(Id);
            if at == Some(above) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn words(&self, id: Id) -> Result<String, StoreError> {
        Ok(record::head(self.db, id)?.map_or_else(String::new, |head| head.words()))
    }

    /// A refusal that came of another record than the one that was written names both.
    fn told(&self, error: WriteError) -> WriteError {
        match (error, &self.written) {
            (WriteError::Refused(mut refusal), Some(Written::One(words))) if refusal.record != *words => {
                refusal.record = format!("{words}: {}", refusal.record);
                WriteError::Refused(refusal)
            }
            (error, _) => error,
        }
    }

    fn put_row(
        &self,
        head: &Head,
        facts: &Facts,
        reference_key: &str,
        image: &Map<String, Value>,
    ) -> Result<(), StoreError> {
        let search_text = text::fold(&walk::text(spec(head.kind).fields, image));
        let row = RecordRow {
            reference: &head.reference,
            reference_key,
            title: &head.title,
            title_key: &text::sort_key(&head.title),
            dated_on: facts.dated_on.map(|on| on.last().to_string()),
            dated_text: facts.dated_on.map(|on| on.to_string()).unwrap_or_default(),
            parent: head.parent,
            search_text: &search_text,
        };
        record::put(self.db, head, &row)
    }
}

/// Remarks can stand on remarks; they never go round, so the work ends here too.
const fn is_remark(kind: RecordKind) -> bool {
    matches!(kind, RecordKind::Note | RecordKind::Contact)
}

/// Whether a link names the record that one of this kind belongs to.
fn path_is_parent(kind: RecordKind, path: &str) -> bool {
    spec(kind).fields.iter().any(|field| field.parent && field.name == path)
}

/// Whether a link leads from a record to the one above it and must never come back.
fn goes_up(kind: RecordKind, path: &str) -> bool {
    matches!((kind, path), (RecordKind::Site, "within") | (RecordKind::Reach, "repeats"))
}

/// `lines[2].item` as the links name it: `lines.item`.
fn without_row_numbers(path: &str) -> String {
    let mut inside = false;
    let keep = |c: &char| {
        let kept = *c != '[' && !inside;
        inside = (inside || *c == '[') && *c != ']';
        kept && *c != ']'
    };
    path.chars().filter(keep).collect()
}

/// A refusal of a record with its reasons.
pub(super) fn refusal(record: &str, problems: Vec<FieldError>) -> WriteError {
    WriteError::Refused(Refusal { record: record.trim().to_owned(), verb: "saved", problems })
}

/// A refusal for a reason that belongs to no single field.
pub(super) fn refusal_text(record: &str, reason: &str) -> WriteError {
    refusal(record, vec![FieldError::at("", "", Problem::Rule(reason.to_owned()))])
}
