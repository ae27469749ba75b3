//! What a record of the file is to the workspace: new, changed, the same, or not possible, and why.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::fields::expected;
use super::lists;
use super::message::{Message, Severity};
use super::names::Names;
use super::pending::Pending;
use super::plan::Plan;
use super::survey::Mapped;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::{Field, FieldError, FieldKind, Problem};
use crate::domain::text;
use crate::domain::word::words;
use crate::services::catalogue::Catalogue;
use crate::services::prepare::Prepared;
use crate::services::{Failure, Moment, WriteError, drafts, goods};
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError};

words! {
    /// What becomes of a row.
    pub enum RowState {
        Add = "add", "Add";
        Change = "change", "Change";
        Skip = "skip", "Skip";
        Cannot = "cannot", "Cannot";
    }
}

#[expect(clippy::derivable_impls, reason = "a vocabulary names no variant of its own accord")]
impl Default for RowState {
    fn default() -> Self {
        Self::Add
    }
}

/// What is to be done with a record of the file.
pub(super) enum Verdict {
    /// It is new.
    Add(Map<String, Value>, Box<Prepared>),
    /// It is there and would change.
    Change(Box<Stored>, Map<String, Value>, Box<Prepared>),
    /// It is there as it is in the file.
    Same,
    /// It cannot come in; its messages say why.
    Cannot,
}

impl Verdict {
    pub const fn state(&self) -> RowState {
        match self {
            Self::Add(..) => RowState::Add,
            Self::Change(..) => RowState::Change,
            Self::Same => RowState::Skip,
            Self::Cannot => RowState::Cannot,
        }
    }
}

/// A record of which the store was asked.
pub(super) struct Begun {
    pending: Pending,
    /// Whether something keeps it out already; it is read all the same, so that everything that is wrong is told at once.
    is_refused: bool,
    origins: Origins,
    /// The record that is there.
    found: Option<Box<Stored>>,
    /// What it says; nothing where there is no more to say than its messages.
    draft: Option<Map<String, Value>>,
}

impl Begun {
    fn refused(mut pending: Pending, what: &str) -> Self {
        pending.messages.push(whole(&pending, what));
        Self { pending, is_refused: true, origins: Origins::default(), found: None, draft: None }
    }

    /// Reads what it says. Nothing here asks the store.
    pub fn read(mut self, kind: RecordKind, today: NaiveDate) -> BegunAndRead {
        let is_new = self.found.is_none() && !self.is_refused;
        let read = |draft: Map<String, Value>| {
            if is_new { drafts::read_alone(today, kind, &draft) } else { drafts::read_changed(kind, &draft) }
        };
        let whole = self.draft.take().map(read);
        BegunAndRead { begun: self, whole }
    }
}

/// The same after it was read.
pub(super) struct BegunAndRead {
    begun: Begun,
    whole: Option<Result<drafts::Whole, WriteError>>,
}

/// Judges one record after the other.
pub(super) struct Judge<'a> {
    db: &'a Db,
    moment: Moment,
    kind: RecordKind,
    aims: Vec<super::fields::Aim>,
    keys: Vec<&'static Field>,
    fixed: Map<String, Value>,
    mapped: &'a [Mapped],
    names: Names,
    /// The records that are there by the text of their keys, where keys were chosen.
    index: Option<HashMap<String, Option<crate::domain::id::Id>>>,
    /// What the file held so far, by its key, with its row.
    seen: HashMap<String, u64>,
    catalogue: Catalogue,
    /// Whether a column may name a record that the file itself brings.
    names_its_own_kind: bool,
    /// Whether the file is only looked at.
    is_preview: bool,
}

impl<'a> Judge<'a> {
    pub fn new(
        db: &'a Db,
        moment: Moment,
        plan: &Plan,
        mapped: &'a [Mapped],
        is_preview: bool,
    ) -> Result<Self, Failure> {
        let key = |path: &String| {
            let field = spec(plan.kind).fields.iter().find(|field| field.name == path);
            let field = field.filter(|field| !matches!(field.kind, FieldKind::List(_)));
            field.ok_or_else(|| super::survey::unknown(plan, path))
        };
        let keys = plan.keys.iter().map(key).collect::<Result<Vec<_>, _>>()?;
        let mut fixed = Map::new();
        for (path, value) in &plan.fixed {
            let field = spec(plan.kind).fields.iter().find(|field| field.name == path);
            field.ok_or_else(|| super::survey::unknown(plan, path))?;
            fixed.insert(path.clone(), value.clone());
        }
        let own = |field: &Field| matches!(field.kind, FieldKind::Link(kinds) | FieldKind::Links(kinds) if kinds.contains(&plan.kind));
        let is_fixed = |field: &Field| own(field) && fixed.contains_key(field.name);
        let names_its_own_kind =
            mapped.iter().any(|of| own(of.aim.field)) || spec(plan.kind).fields.iter().any(is_fixed);
        Ok(Self {
            db,
            moment,
            kind: plan.kind,
            aims: super::fields::aims(plan.kind),
            keys,
            fixed,
            mapped,
            names: Names::default(),
            index: None,
            seen: HashMap::new(),
            catalogue: Catalogue::default(),
            names_its_own_kind,
            is_preview,
        })
    }

    /// The day on which it is judged.
    pub const fn today(&self) -> NaiveDate {
        self.moment.today
    }

    /// Whether those before it must be settled before it is judged: it may name one of them, or its reference is given when
    /// it is written.
    pub fn stands_on_those_before(&self, pending: &Pending) -> bool {
        let has_reference = [&pending.fields, &self.fixed].iter().any(|fields| fields.contains_key("reference"));
        self.names_its_own_kind || !has_reference
    }

    /// Asks the store what a record names and whether it is there; what is wrong is added to its messages.
    pub fn begin(&mut self, mut pending: Pending) -> Result<Begun, Failure> {
        for (name, value) in &self.fixed {
            pending.fields.entry(name.clone()).or_insert_with(|| value.clone());
        }
        let mut draft = std::mem::take(&mut pending.fields);
        for (name, rows) in &mut pending.lists {
            let taken = rows.iter_mut().map(|(_, row)| Value::Object(std::mem::take(row)));
            draft.insert((*name).to_owned(), taken.collect());
        }
        let unresolved = self.names.resolve(self.db, self.kind, &mut draft)?;
        let origins = Origins::of(&pending);
        let is_refused = !unresolved.is_empty() || pending.is_refused();
        self.tell(&mut pending, &origins, unresolved);
        let found = match self.existing(&draft)? {
            Ok(found) => found,
            Err(what) => return Ok(Begun::refused(pending, &what)),
        };
        if let Some(row) = self.repeated(&draft, pending.first_row()) {
            let what = format!(
                "Row {row} holds this record already. Put the rows of one record together, or delete the second"
            );
            return Ok(Begun::refused(pending, &what));
        }
        let (draft, origins) = match &found {
            Some(stored) => lists::merged(self.kind, &stored.image, draft, origins),
            None => (draft, origins),
        };
        Ok(Begun { pending, is_refused, origins, found: found.map(Box::new), draft: Some(draft) })
    }

    /// Says what is to be done with a record; what is wrong with it is added to its messages.
    pub fn end(&mut self, read: BegunAndRead) -> Result<(Pending, Verdict), Failure> {
        let BegunAndRead { begun: Begun { mut pending, is_refused, origins, found, .. }, whole } = read;
        let verdict = match whole {
            None => Verdict::Cannot,
            Some(Err(error)) => self.refused(&mut pending, &origins, error)?,
            Some(Ok(_)) if is_refused => Verdict::Cannot,
            Some(Ok((image, prepared))) => match self.verdict(found, image, prepared) {
                Ok(verdict) => verdict,
                Err(error) => self.refused(&mut pending, &origins, error)?,
            },
        };
        Ok((pending, verdict))
    }

    fn verdict(
        &mut self,
        found: Option<Box<Stored>>,
        image: Map<String, Value>,
        prepared: Option<Box<Prepared>>,
    ) -> Result<Verdict, WriteError> {
        let image = match &prepared {
            Some(_) => image,
            None => drafts::fill_in(self.db, self.moment, self.kind, image)?,
        };
        if found.as_ref().is_some_and(|stored| stored.image == image) {
            return Ok(Verdict::Same);
        }
        let prepared = match prepared {
            Some(prepared) => prepared,
            None => Box::new(Prepared::of(self.kind, &image)?),
        };
        if self.is_preview {
            // Where it is written the writer asks the same.
            let words = || drafts::words(self.kind, &image);
            goods::refuse_units(self.db, &mut self.catalogue, &prepared.facts, &words)?;
            self.names.add(self.kind, &prepared.reference);
        }
        Ok(match found {
            Some(stored) => Verdict::Change(stored, image, prepared),
            None => Verdict::Add(image, prepared),
        })
    }

    /// Tells a refusal in the words of the file.
    pub fn refused(&self, pending: &mut Pending, origins: &Origins, error: WriteError) -> Result<Verdict, Failure> {
        match error {
            WriteError::Refused(refusal) => {
                self.tell(pending, origins, refusal.problems);
                Ok(Verdict::Cannot)
            }
            WriteError::AskFirst(doubt) => {
                let problem = FieldError::at("", "", Problem::Rule(doubt.reasons.join(" ")));
                self.tell(pending, origins, vec![problem]);
                Ok(Verdict::Cannot)
            }
            WriteError::Failed(failure) => Err(failure),
        }
    }

    /// Tells of a refusal that came when the record was written.
    pub fn refused_late(&self, pending: &mut Pending, error: WriteError) -> Result<(), Failure> {
        let origins = Origins::of(pending);
        self.refused(pending, &origins, error).map(|_| ())
    }

    fn tell(&self, pending: &mut Pending, origins: &Origins, problems: Vec<FieldError>) {
        for problem in problems {
            let message = self.message(pending, origins, &problem);
            // What was wrong with the cell itself is said already; that its field is then empty says nothing new.
            let same_cell = |other: &Message| {
                other.severity == Severity::Error && other.row == message.row && other.heading == message.heading
            };
            if !pending.messages.iter().any(same_cell) {
                pending.messages.push(message);
            }
        }
    }

    fn message(&self, pending: &Pending, origins: &Origins, error: &FieldError) -> Message {
        let place = Place::of(&error.path);
        let path = match place.list {
            Some((list, _)) => format!("{list}.{}", place.field),
            None => place.field.to_owned(),
        };
        let row = place.list.and_then(|(list, at)| origins.row(list, at)).unwrap_or_else(|| pending.first_row());
        let column = self.mapped.iter().find(|of| of.aim.path == path);
        let raw = column.and_then(|of| {
            let row = pending.rows.iter().find(|known| known.number == row)?;
            row.cells.get(of.column)
        });
        let is_missing = matches!(error.problem, Problem::Missing);
        let label = column.map_or_else(|| self.label(&path, &error.label), |of| of.aim.label.clone());
        let what = match (&error.problem, column) {
            (Problem::Missing, None) if !label.is_empty() => {
                format!("{label} is needed, and no column holds it. Map a column to it, or give one value for all rows")
            }
            (Problem::Missing, _) => "Nothing stands here, and it is needed. Fill in the cell".to_owned(),
            (problem, _) => problem.to_string(),
        };
        Message {
            severity: Severity::Error,
            row,
            column: column.map(|of| of.column),
            heading: label,
            found: raw.map(|raw| super::cells::shown(raw).into_owned()).unwrap_or_default(),
            expected: column.filter(|_| !is_missing).map(|of| expected(of.aim.field)).unwrap_or_default(),
            what,
        }
    }

    /// The label of a field that no column holds; without the number of a row, so that all rows have one cause.
    fn label(&self, path: &str, otherwise: &str) -> String {
        super::fields::find(&self.aims, path).map_or_else(|| otherwise.to_owned(), |aim| aim.label.clone())
    }

    /// The record that is there already; in words, why it cannot be told which.
    fn existing(&mut self, draft: &Map<String, Value>) -> Result<Result<Option<Stored>, String>, StoreError> {
        if self.keys.is_empty() {
            let reference = draft.get("reference").and_then(Value::as_str).unwrap_or_default();
            if reference.is_empty() {
                return Ok(Ok(None));
            }
            let id = record::find(self.db, self.kind, &text::sort_key(reference))?;
            return Ok(Ok(id.map(|id| record::get(self.db, id)).transpose()?.flatten()));
        }
        let key = self.key_of(draft);
        if key.is_empty() {
            return Ok(Err("The columns by which a record is found are empty here. Fill them in".to_owned()));
        }
        if self.index.is_none() {
            self.index = Some(self.build_index()?);
        }
        match self.index.as_ref().and_then(|index| index.get(&key)) {
            None => Ok(Ok(None)),
            Some(Some(id)) => Ok(Ok(record::get(self.db, *id)?)),
            Some(None) => {
                Ok(Err("Several records have these values in the key columns. Choose more key columns".to_owned()))
            }
        }
    }

    fn build_index(&self) -> Result<HashMap<String, Option<crate::domain::id::Id>>, StoreError> {
        let mut index = HashMap::new();
        for id in record::all_ids(self.db, self.kind)? {
            if let Some(stored) = record::get(self.db, id)? {
                let key = self.key_of(&stored.image);
                index.entry(key).and_modify(|known| *known = None).or_insert(Some(id));
            }
        }
        Ok(index)
    }

    /// The text by which a record is found; empty where it has none.
    fn key_of(&self, record: &Map<String, Value>) -> String {
        let text = |field: &&Field| match record.get(field.name) {
            Some(Value::String(text)) => text::fold(text),
            Some(Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        };
        let texts: Vec<String> = self.keys.iter().map(text).collect();
        if texts.iter().all(String::is_empty) { String::new() } else { texts.join("\u{1f}") }
    }

    /// The row that held the same record before.
    fn repeated(&mut self, draft: &Map<String, Value>, row: u64) -> Option<u64> {
        let key = if self.keys.is_empty() {
            draft.get("reference").and_then(Value::as_str).map(text::sort_key).unwrap_or_default()
        } else {
            self.key_of(draft)
        };
        if key.is_empty() {
            return None;
        }
        match self.seen.entry(key) {
            std::collections::hash_map::Entry::Occupied(known) => Some(*known.get()),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(row);
                None
            }
        }
    }
}

/// From which row of the file each row of a list comes; `None` for those that were there before.
#[derive(Debug, Clone, Default)]
pub(super) struct Origins(pub HashMap<&'static str, Vec<Option<u64>>>);

impl Origins {
    fn of(pending: &Pending) -> Self {
        let of = |rows: &super::pending::ListRows| rows.iter().map(|(row, _)| Some(*row)).collect();
        Self(pending.lists.iter().map(|(name, rows)| (*name, of(rows))).collect())
    }

    fn row(&self, list: &str, at: usize) -> Option<u64> {
        self.0.get(list)?.get(at).copied().flatten()
    }
}

/// A path such as `lines[3].quantity`, taken apart.
struct Place<'a> {
    list: Option<(&'a str, usize)>,
    field: &'a str,
}

impl<'a> Place<'a> {
    fn of(path: &'a str) -> Self {
        let list = path.split_once('[').and_then(|(list, rest)| {
            let (at, field) = rest.split_once(']')?;
            Some(((list, at.parse().ok()?), field.trim_start_matches('.')))
        });
        match list {
            Some((list, field)) => Self { list: Some(list), field },
            None => Self { list: None, field: path },
        }
    }
}

fn whole(pending: &Pending, what: &str) -> Message {
    Message {
        severity: Severity::Error,
        row: pending.first_row(),
        column: None,
        heading: String::new(),
        found: String::new(),
        expected: String::new(),
        what: what.to_owned(),
    }
}
