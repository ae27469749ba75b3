//! Does a write: one transaction, whole or not at all, one step of undo.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::apply::{self, Operation};
use super::coverage::perform::book_by_itself;
use super::links::Named;
use super::session::{Finished, Intent, Session, refusal, refusal_text};
use super::undo::{self, REDO, SEED, Step, UNDO};
use super::write::{Done, Touched, Write, WriteError};
use super::{Failure, Moment, Workspace, drafts, facts, gazetteer, links, public_cases};
use crate::domain::id::{Id, IdSource};
use crate::domain::record::{Decision, RecordKind, spec};
use crate::domain::schema::{FieldError, Problem};
use crate::store::record::{self, Head, Stored};
use crate::store::{Db, StoreError, flag, remembered};

/// The lists with which a new workspace begins.
const LISTS: &str = include_str!("../../assets/seed/lists.jsonl");

impl Workspace {
    /// Does a write, whole or not at all.
    pub fn write(&mut self, write: Write) -> Result<Done, WriteError> {
        if matches!(write, Write::Import { .. }) {
            return self.within_roomy(|scribe| scribe.perform(write));
        }
        self.within(|scribe| scribe.perform(write))
    }

    /// Does `work` in one transaction, whole or not at all.
    pub(super) fn within(
        &mut self,
        work: impl FnOnce(&mut Scribe<'_>) -> Result<Done, WriteError>,
    ) -> Result<Done, WriteError> {
        if self.is_read_only() {
            return Err(Failure::ReadOnly.into());
        }
        let moment = self.context.moment();
        let Self { store, ids, context, .. } = self;
        let origin = store.origin();
        store.db().transaction(|db| work(&mut Scribe { db, origin, ids, moment, actor: &context.actor }))
    }

    /// The same for a great many records.
    pub(super) fn within_roomy(
        &mut self,
        work: impl FnOnce(&mut Scribe<'_>) -> Result<Done, WriteError>,
    ) -> Result<Done, WriteError> {
        self.store.db().make_room()?;
        let done = self.within(work);
        self.store.db().give_room_back()?;
        done
    }

    /// Fills a new workspace with the built-in lists.
    pub(super) fn seed(&mut self) -> Result<(), Failure> {
        let operations = apply::parse(LISTS).map_err(|error| Failure::Other(error.to_string()))?;
        self.fill("Fill the built-in lists", operations).map(|_| ()).map_err(as_failure)
    }

    /// Adds built-in records of a kind that an older program did not know yet.
    pub(super) fn seed_missing(&mut self, kind: RecordKind) -> Result<(), Failure> {
        let mut missing = apply::parse(LISTS).map_err(|error| Failure::Other(error.to_string()))?;
        let db = self.store.db();
        let mut known = Vec::new();
        for id in record::all_ids(db, kind)? {
            known.extend(record::head(db, id)?.map(|head| head.reference));
        }
        missing.retain(|(_, operation)| match operation {
            Operation::Create { kind: of, record } => {
                let reference = record.get("reference").and_then(Value::as_str);
                *of == kind && reference.is_some_and(|reference| known.iter().all(|one| one != reference))
            }
            _ => false,
        });
        if missing.is_empty() {
            return Ok(());
        }
        self.fill("Add what is built in now", missing).map(|_| ()).map_err(as_failure)
    }

    /// Does operations that belong to the making of a workspace: they are no step that undo would take back.
    pub(super) fn fill(&mut self, what: &str, operations: Vec<(usize, Operation)>) -> Result<Done, WriteError> {
        let moment = self.context.moment();
        let Self { store, ids, context, .. } = self;
        let origin = store.origin();
        store.db().transaction(|db| {
            let mut scribe = Scribe { db, origin, ids, moment, actor: &context.actor };
            scribe.records(Intent { kind: SEED, what: what.to_owned(), undoes: None }, operations)
        })
    }

    /// Brings the public record in as the program's own: nobody's step of undo.
    pub(super) fn fill_public_cases(&mut self, csv: &str) -> Result<Done, WriteError> {
        let moment = self.context.moment();
        let Self { store, ids, context, .. } = self;
        let origin = store.origin();
        store.db().transaction(|db| Scribe { db, origin, ids, moment, actor: &context.actor }.import(csv, SEED))
    }
}

/// What the program itself writes is never refused; were it, that would be a failure.
pub(super) fn as_failure(error: WriteError) -> Failure {
    match error {
        WriteError::Failed(failure) => failure,
        WriteError::Refused(refusal) => Failure::Other(refusal.to_string()),
        WriteError::AskFirst(doubt) => Failure::Other(doubt.to_string()),
    }
}

/// Writes within one transaction.
pub(super) struct Scribe<'a> {
    pub(super) db: &'a Db,
    origin: i64,
    ids: &'a mut IdSource,
    pub(super) moment: Moment,
    actor: &'a str,
}

impl Scribe<'_> {
    fn perform(&mut self, write: Write) -> Result<Done, WriteError> {
        match write {
            Write::Create { kind, draft } => self.create(kind, draft),
            Write::Edit { id, version, draft } => self.edit(id, version, draft),
            Write::Delete { id, version } => self.delete(id, version),
            Write::EditMany { records, set } => self.edit_many(&records, set),
            Write::DeleteMany { records } => self.delete_many(&records),
            Write::LoadRules { name, toml } => self.load_rules(&name, &toml),
            Write::DraftMatters { project } => self.draft_matters(project),
            Write::Undo => self.step_back(),
            Write::Redo => self.step_forward(),
            Write::Apply(operations) => self.apply(operations),
            Write::ImportPublicCases { csv } => self.import(&csv, "import"),
            Write::Import { plan, watch } => self.import_file(&plan, &watch),
            Write::LoadGazetteer { csv } => self.load_gazetteer(&csv),
            Write::LoadGazetteerFile { path } => self.load_gazetteer(&gazetteer::text_of(&path)?),
            Write::Book { shipment, choose } => self.book(shipment, choose),
            Write::BookLine(wanted) => self.book_line(&wanted),
            Write::GiveBack { booking } => self.give_back(booking),
            Write::CarryCut { request } => self.carry_cut(request),
            Write::Clear(sign) => self.clear(&sign),
            Write::Settle { deadline, settlement } => self.settle(&deadline, &settlement),
            Write::Move { holder, version, dates } => self.move_dates(holder, version, dates),
            Write::PutTogether { from, into } => self.put_together(from, into),
            Write::Attach(attach) => self.attach(&attach),
            Write::Remember { name, value } => self.remember(&name, value.as_deref()),
            Write::Seal(sealing) => self.seal(&sealing),
            Write::Restate { seal } => self.restate(seal),
            Write::Send(sending) => self.send(&sending),
        }
    }

    pub(super) fn begin(&mut self, intent: Intent) -> Result<Session<'_>, StoreError> {
        Session::begin(self.db, self.origin, self.ids, self.moment, self.actor, intent)
    }

    /// Who writes.
    pub(super) const fn actor(&self) -> &str {
        self.actor
    }

    pub(super) fn create(&mut self, kind: RecordKind, draft: Map<String, Value>) -> Result<Done, WriteError> {
        let image = drafts::image(self.db, &mut Named::default(), self.moment, kind, draft)?;
        let what = format!("Add {}", words_of(kind, &image));
        let mut session = self.begin(Intent { kind: "create", what, undoes: None })?;
        let message = format!("Added {}", words_of(kind, &image));
        let id = session.create(kind, image.clone())?;
        let left = book_by_itself(&mut session, kind, id, (&Map::new(), &image))?;
        let done = session.finish()?;
        let mut warnings = warnings(self.db, id, kind, &done)?;
        warnings.extend(left);
        Ok(Done { message, id: Some(id), warnings, touched: done.touched })
    }

    fn edit(&mut self, id: Id, version: i64, draft: Map<String, Value>) -> Result<Done, WriteError> {
        let stored = self.expected(id, version)?;
        let kind = stored.head.kind;
        let image = drafts::image(self.db, &mut Named::default(), self.moment, kind, draft)?;
        let words = words_of(kind, &image);
        if image == stored.image {
            return Ok(Done { message: format!("{words} is unchanged"), id: Some(id), ..Done::default() });
        }
        let mut session = self.begin(Intent { kind: "edit", what: format!("Edit {words}"), undoes: None })?;
        session.put(kind, id, &image)?;
        let left = book_by_itself(&mut session, kind, id, (&stored.image, &image))?;
        let done = session.finish()?;
        let mut warnings = warnings(self.db, id, kind, &done)?;
        warnings.extend(left);
        Ok(Done { message: format!("Saved {words}"), id: Some(id), warnings, touched: done.touched })
    }

    fn delete(&mut self, id: Id, version: i64) -> Result<Done, WriteError> {
        let stored = self.expected(id, version)?;
        let words = stored.head.words();
        let mut session = self.begin(Intent { kind: "delete", what: format!("Delete {words}"), undoes: None })?;
        remove_family(&mut session, &stored.head)?;
        let touched = session.finish()?.touched;
        Ok(Done { message: format!("Deleted {words}"), touched, ..Done::default() })
    }

    fn step_back(&mut self) -> Result<Done, WriteError> {
        let step = undo::stacks(self.db, self.origin)?.undo;
        let step = step.ok_or_else(|| refusal_text("Undo", "There is nothing to undo"))?;
        self.invert(UNDO, "Undid", &step)
    }

    fn step_forward(&mut self) -> Result<Done, WriteError> {
        let step = undo::stacks(self.db, self.origin)?.redo;
        let step = step.ok_or_else(|| refusal_text("Redo", "There is nothing to redo"))?;
        self.invert(REDO, "Redid", &step)
    }

    fn invert(&mut self, kind: &'static str, verb: &str, step: &Step) -> Result<Done, WriteError> {
        let what = format!("{}: {}", if kind == UNDO { "Undo" } else { "Redo" }, step.what);
        let mut session = self.begin(Intent { kind, what, undoes: Some(step.id) })?;
        undo::invert(&mut session, step)?;
        let touched = session.finish()?.touched;
        Ok(Done { message: format!("{verb}: {}", step.what), touched, ..Done::default() })
    }

    /// Several operations. Record writes that stand together are one step of undo.
    fn apply(&mut self, operations: Vec<(usize, Operation)>) -> Result<Done, WriteError> {
        let total = operations.len();
        let mut done = Done::default();
        let mut together = Vec::new();
        for (line, operation) in operations {
            let step = match operation {
                Operation::Undo => Self::step_back,
                Operation::Redo => Self::step_forward,
                record => {
                    together.push((line, record));
                    continue;
                }
            };
            self.flush(&mut together, &mut done)?;
            let stepped = step(self).map_err(|error| at_line(line, error))?;
            join(&mut done, stepped);
        }
        self.flush(&mut together, &mut done)?;
        done.message = format!("Applied {total} operation{}", if total == 1 { "" } else { "s" });
        Ok(done)
    }

    fn flush(&mut self, together: &mut Vec<(usize, Operation)>, done: &mut Done) -> Result<(), WriteError> {
        if together.is_empty() {
            return Ok(());
        }
        let count = together.len();
        let what = format!("Apply {count} operation{}", if count == 1 { "" } else { "s" });
        let more = self.records(Intent { kind: "apply", what, undoes: None }, std::mem::take(together))?;
        join(done, more);
        Ok(())
    }

    fn records(&mut self, intent: Intent, operations: Vec<(usize, Operation)>) -> Result<Done, WriteError> {
        let db = self.db;
        let mut session = self.begin(intent)?;
        let mut written = Vec::new();
        for (line, operation) in operations {
            let record = one(db, &mut session, operation).map_err(|error| at_line(line, error))?;
            written.extend(record);
        }
        let done = session.finish()?;
        let mut warned = Vec::new();
        for (id, kind) in written {
            warned.extend(warnings(db, id, kind, &done)?);
        }
        Ok(Done { touched: done.touched, warnings: warned, ..Done::default() })
    }

    fn import(&mut self, csv: &str, kind: &'static str) -> Result<Done, WriteError> {
        let cases = public_cases::read(csv).map_err(|problems| refusal("The file of public cases", problems))?;
        let new = public_cases::not_yet_there(self.db, &cases)?;
        let kept = cases.len() - new.len();
        if new.is_empty() {
            return Ok(Done {
                message: format!("Nothing to add: all {kept} filings are there already"),
                ..Done::default()
            });
        }
        let what = format!("Import {} filings of the public record", new.len());
        let mut session = self.begin(Intent { kind, what, undoes: None })?;
        for case in &new {
            let at = |error| at_line(case.line, error);
            for (kind, draft) in case.records(session.db)? {
                let image = session.image(kind, draft).map_err(at)?;
                session.create(kind, image).map_err(at)?;
            }
        }
        let touched = session.finish()?.touched;
        let message = format!("Added {} filings of the public record; {kept} were there already", new.len());
        Ok(Done { message, touched, ..Done::default() })
    }

    fn remember(&mut self, name: &str, value: Option<&str>) -> Result<Done, WriteError> {
        remembered::set(self.db, name, value)?;
        Ok(Done { touched: Touched { remembered: true, ..Touched::default() }, ..Done::default() })
    }

    pub(super) fn expected(&self, id: Id, version: i64) -> Result<Stored, WriteError> {
        expected(self.db, id, version)
    }
}

/// A record as it stands, where it still stands as it was seen.
pub(super) fn expected(db: &Db, id: Id, version: i64) -> Result<Stored, WriteError> {
    let stored = record::get(db, id)?.ok_or(Failure::Gone)?;
    if stored.head.version == version {
        return Ok(stored);
    }
    let reason =
        "It was changed in the meantime. Open it again to see the change, then edit it; what you typed is kept";
    Err(refusal_text(&stored.head.words(), reason))
}

/// Does one record operation and returns the record it wrote.
fn one(db: &Db, session: &mut Session<'_>, operation: Operation) -> Result<Option<(Id, RecordKind)>, WriteError> {
    match operation {
        Operation::Create { kind, record } => {
            let image = session.image(kind, record)?;
            Ok(Some((session.create(kind, image)?, kind)))
        }
        Operation::Edit { kind, reference, set } => {
            let stored = named(db, kind, &reference)?;
            let before = stored.image;
            let mut draft = before.clone();
            draft.extend(set);
            let image = session.image(kind, draft)?;
            if image != before {
                session.put(kind, stored.head.id, &image)?;
            }
            Ok(Some((stored.head.id, kind)))
        }
        Operation::Delete { kind, reference } => {
            let stored = named(db, kind, &reference)?;
            remove_family(session, &stored.head)?;
            Ok(None)
        }
        Operation::Undo | Operation::Redo => Ok(None),
    }
}

fn named(db: &Db, kind: RecordKind, reference: &str) -> Result<Stored, WriteError> {
    let words = format!("{kind} {reference}");
    let found = links::find(db, &[kind], reference)?;
    let id = found.map_err(|problem| refusal(&words, vec![FieldError::at("reference", "Reference", problem)]))?;
    Ok(record::get(db, id)?.ok_or(Failure::Gone)?)
}

/// Takes a record away with everything that belongs to it.
fn remove_family(session: &mut Session<'_>, head: &Head) -> Result<(), WriteError> {
    remove_families(session, vec![head.clone()])?.into_iter().next().map_or(Ok(()), Err)
}

/// Takes records away with everything that belongs to them, the parts first. What is named from outside stays, and comes
/// back as a refusal each that says by what.
pub(super) fn remove_families(session: &mut Session<'_>, mut family: Vec<Head>) -> Result<Vec<WriteError>, WriteError> {
    // Permissions name decisions and decisions name permissions: the newest part goes first, as it was made.
    let mut known: BTreeSet<Id> = BTreeSet::new();
    family.retain(|member| known.insert(member.id));
    let mut at = 0;
    while let Some(member) = family.get(at).map(|member| member.id) {
        for child in record::child_ids(session.db, member)? {
            if known.insert(child) {
                family.extend(record::head(session.db, child)?);
            }
        }
        at += 1;
    }
    family.sort_by_key(|member| std::cmp::Reverse(member.id));
    let (mut rest, mut left) = (family, usize::MAX);
    while !rest.is_empty() && rest.len() < left {
        left = rest.len();
        let mut waiting = Vec::new();
        for member in rest {
            let naming = record::links_to(session.db, member.id)?;
            if naming.iter().all(|(from, _)| *from == member.id) {
                session.remove(&member)?;
            } else {
                waiting.push(member);
            }
        }
        rest = waiting;
    }
    let refused = rest.iter().filter_map(|member| session.remove(member).err());
    Ok(refused.collect())
}

/// What should be known of a record that was saved though nothing was refused.
pub(super) fn warnings(db: &Db, id: Id, kind: RecordKind, done: &Finished) -> Result<Vec<String>, StoreError> {
    let mut found = match done.flags.get(&id) {
        Some(flags) => flags.clone(),
        None if done.touched.ids.contains(&id) => Vec::new(),
        None => flag::of_record(db, id)?.into_iter().map(|flag| flag.what).collect(),
    };
    if kind != RecordKind::Decision {
        return Ok(found);
    }
    let Some(stored) = record::get(db, id)? else { return Ok(found) };
    let decision: Decision = facts::typed_of(&stored)?;
    let permission = decision.permission.map(|permission| facts::permission(db, permission)).transpose()?.flatten();
    let late = permission.map(|mut permission| {
        permission.changes.retain(|change| change.reference != decision.reference);
        permission.late_extension(&decision)
    });
    found.extend(late.flatten());
    Ok(found)
}

fn words_of(kind: RecordKind, image: &Map<String, Value>) -> String {
    let reference = image.get("reference").and_then(Value::as_str).unwrap_or_default();
    format!("{} {reference}", spec(kind).kind.label().to_lowercase())
}

fn join(done: &mut Done, more: Done) {
    done.touched.ids.extend(more.touched.ids);
    done.touched.kinds.extend(more.touched.kinds);
    done.warnings.extend(more.warnings);
}

/// Names the line of the file in a refusal.
pub(super) fn at_line(line: usize, error: WriteError) -> WriteError {
    match error {
        WriteError::Refused(mut refusal) => {
            refusal.record = format!("Line {line}: {}", refusal.record);
            WriteError::Refused(refusal)
        }
        other @ (WriteError::Failed(_) | WriteError::AskFirst(_)) => other,
    }
}

impl From<StoreError> for WriteError {
    fn from(error: StoreError) -> Self {
        Self::Failed(Failure::from(error))
    }
}

/// A problem of a row in a file that is read as a whole.
pub(super) fn row_problem(line: usize, column: &str, problem: Problem) -> FieldError {
    FieldError::at(column, &format!("Line {line}, {column}"), problem)
}
