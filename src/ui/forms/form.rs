//! What a form holds while it is filled in: what was typed, as it was typed, and what is wrong with it.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::domain::id::Id;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::{Field, FieldError, FieldKind, read};
use crate::services::queries::RecordDraft;

/// How far a form has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// It is being filled in.
    Editing,
    /// It was handed over and the answer is not there yet.
    Saving,
    /// It came back with what stands in its way.
    Refused(Vec<FieldError>),
}

/// A form of one record. It never writes; it hands its draft over and waits.
#[derive(Debug, Clone)]
pub struct Form {
    /// The kind of record.
    pub kind: RecordKind,
    /// The record and the version that is edited; `None` for a new one.
    pub editing: Option<(Id, i64)>,
    /// The draft as it was when the form opened.
    pub original: Map<String, Value>,
    /// What stands in the form: leaves as they were typed, links as ids, flags as yes or no, lists as rows.
    pub draft: Map<String, Value>,
    /// The paths of the fields that were left at least once.
    pub visited: BTreeSet<String>,
    /// Whether its user tried to save.
    pub attempted: bool,
    /// How far it has come.
    pub phase: Phase,
    /// The path of the field that gets the focus in the next frame.
    pub(super) focus: Option<String>,
    /// The field that got the focus by itself: leaving it empty the first time is no mistake.
    pub(super) unasked: Option<String>,
    checked: Option<Checked>,
}

#[derive(Debug, Clone)]
struct Checked {
    draft: Map<String, Value>,
    errors: Arc<Vec<FieldError>>,
}

impl Form {
    /// A form of a new record; `preset` holds what is known already, for example the matter of a request.
    #[must_use]
    pub fn new(kind: RecordKind, preset: Map<String, Value>) -> Self {
        let original = as_typed(spec(kind).fields, preset);
        Self {
            kind,
            editing: None,
            draft: original.clone(),
            original,
            visited: BTreeSet::new(),
            attempted: false,
            phase: Phase::Editing,
            focus: None,
            unasked: None,
            checked: None,
        }
    }

    /// A form of a record that is there.
    #[must_use]
    pub fn edit(record: RecordDraft) -> Self {
        Self { editing: Some((record.id, record.version)), ..Self::new(record.kind, record.draft) }
    }

    /// The same form, going on with a draft that was put aside.
    #[must_use]
    pub fn with_draft(mut self, draft: Map<String, Value>) -> Self {
        self.draft = as_typed(spec(self.kind).fields, draft);
        self
    }

    /// Whether something in it is not saved.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.draft != self.original
    }

    /// What is wrong with the draft by the rules that it can be judged by alone. Computed again only after a change.
    pub fn errors(&mut self) -> Arc<Vec<FieldError>> {
        if let Some(checked) = &self.checked
            && checked.draft == self.draft
        {
            return Arc::clone(&checked.errors);
        }
        let errors = Arc::new(check(self.kind, &self.draft));
        self.checked = Some(Checked { draft: self.draft.clone(), errors: Arc::clone(&errors) });
        errors
    }

    /// Puts the focus on a field, by its path.
    pub fn focus_on(&mut self, path: &str) {
        self.focus = Some(path.to_owned());
    }

    /// The same form, with the focus on the first field that must be filled, so that one can type at once.
    #[must_use]
    pub fn ready_to_type(mut self) -> Self {
        let fields = spec(self.kind).fields;
        let empty = |field: &&Field| !self.draft.contains_key(field.name);
        let first = fields.iter().filter(empty).find(|field| field.required).or_else(|| fields.first());
        self.focus = first.map(|field| field.name.to_owned());
        self.unasked.clone_from(&self.focus);
        self
    }

    /// Tries to save: the draft where nothing is wrong with it; otherwise all errors show and the first has the focus.
    pub fn attempt(&mut self) -> Option<Map<String, Value>> {
        if self.phase == Phase::Saving {
            return None;
        }
        self.attempted = true;
        let errors = self.errors();
        if let Some(first) = errors.first() {
            self.focus = Some(first.path.clone());
            self.phase = Phase::Editing;
            return None;
        }
        self.phase = Phase::Saving;
        Some(self.draft.clone())
    }

    /// Takes the form back with what stands in its way.
    pub fn refuse(&mut self, errors: Vec<FieldError>) {
        self.focus = errors.first().map(|first| first.path.clone());
        self.phase = Phase::Refused(errors);
    }

    /// Takes the form back after a failure that is told elsewhere. Nothing that was typed is lost.
    pub fn take_back(&mut self) {
        self.phase = Phase::Editing;
    }
}

fn check(kind: RecordKind, draft: &Map<String, Value>) -> Vec<FieldError> {
    let spec = spec(kind);
    match read::read(spec.fields, draft).map(|record| spec.facts(&record)) {
        Ok(Ok(facts)) => facts.problems,
        Ok(Err(problem)) => vec![problem],
        Err(problems) => problems,
    }
}

/// A draft whose leaves are text and which holds nothing empty, so that equal forms are equal values.
fn as_typed(fields: &'static [Field], draft: Map<String, Value>) -> Map<String, Value> {
    draft
        .into_iter()
        .map(|(name, value)| {
            let kind = fields.iter().find(|field| field.name == name).map(|field| field.kind);
            let value = kind.map_or_else(|| value.clone(), |kind| leaf_as_typed(kind, value.clone()));
            (name, value)
        })
        .filter(|(_, value)| !is_empty(value))
        .collect()
}

fn leaf_as_typed(kind: FieldKind, value: Value) -> Value {
    match (kind, value) {
        (FieldKind::List(of), Value::Array(rows)) => rows
            .into_iter()
            .map(|row| match row {
                Value::Object(row) => Value::Object(as_typed(of.fields, row)),
                other => other,
            })
            .collect(),
        (FieldKind::Link(_) | FieldKind::Links(_) | FieldKind::Flag, value) => value,
        (_, Value::Number(number)) => Value::String(number.to_string()),
        (_, value) => value,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        _ => false,
    }
}
