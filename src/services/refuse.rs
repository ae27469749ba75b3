//! What is refused before a record is put: a reference that is taken, a link to nothing.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::prepare::Prepared;
use super::session::{Session, refusal};
use super::write::WriteError;
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::walk::{self, LinkFound};
use crate::domain::schema::{FieldError, Problem};
use crate::store::{StoreError, record};

/// A link that is to be looked at: the field's label, the kinds it accepts, its path and the record it names.
type Wanted = (&'static str, &'static [RecordKind], String, Id);

impl Session<'_> {
    pub(super) fn refuse_taken(&self, id: Id, prepared: &Prepared) -> Result<(), WriteError> {
        let Prepared { kind, reference, reference_key: key, .. } = prepared;
        if key.is_empty() {
            let missing = FieldError::at("reference", "Reference", Problem::Missing);
            return Err(refusal(&prepared.words(), vec![missing]));
        }
        if reference.split_once(':').is_some_and(|(first, _)| RecordKind::named(first).is_some()) {
            let rule = format!("“{reference}” begins like the name of a kind. Write it without the colon");
            return Err(refusal(
                &prepared.words(),
                vec![FieldError::at("reference", "Reference", Problem::Rule(rule))],
            ));
        }
        match record::find(self.db, *kind, key)? {
            Some(other) if other != id => {
                let rule = format!(
                    "“{reference}” is taken by another {}. Give this one another reference",
                    kind.label().to_lowercase()
                );
                Err(refusal(&prepared.words(), vec![FieldError::at("reference", "Reference", Problem::Rule(rule))]))
            }
            _ => Ok(()),
        }
    }

    /// Every new link must name a record that is there and is of a kind the field accepts.
    pub(super) fn refuse_dangling(
        &mut self,
        id: Id,
        image: &Map<String, Value>,
        prepared: &Prepared,
        known: &[LinkFound],
    ) -> Result<(), WriteError> {
        if prepared.links == known {
            return Ok(());
        }
        let kind = prepared.kind;
        let refused = |label: &str, path: &str, problem| {
            Err(refusal(&prepared.words(), vec![FieldError::at(path, label, problem)]))
        };
        let is_new = self.new.contains(&id) && !self.kinds.contains_key(&id);
        let mut wanted: Vec<Wanted> = Vec::new();
        walk::for_each_link(spec(kind).fields, image, &mut |field, kinds, path, to| {
            // Many lines name one item: a record whose kind is known is there and needs no second look.
            let is_plain = to != id && !field.parent && !goes_up(kind, field.name);
            if is_plain && self.kinds.get(&to).is_some_and(|found| kinds.contains(found)) {
                return;
            }
            let is_known = || {
                let path = path.without_rows();
                known.iter().any(|link| link.to == to && *link.field == path)
            };
            if known.is_empty() || !is_known() {
                wanted.push((field.label, kinds, path.to_string(), to));
            }
        });
        for (label, kinds, path, to) in wanted {
            // Nothing belongs to a record that is only being made.
            if to == id || !is_new && path_is_parent(kind, &path) && self.belongs_to(to, id)? {
                let rule = Problem::Rule("A record cannot belong to itself. Choose another".to_owned());
                return refused(label, &path, rule);
            }
            if goes_up(kind, &path) && self.reaches(to, &path, id)? {
                let rule = format!("{} leads back to this record. Choose another", self.words(to)?);
                return refused(label, &path, Problem::Rule(rule));
            }
            let found = self.kind_of(to)?;
            if !found.is_some_and(|found| kinds.contains(&found)) {
                let kind = kinds.first().map_or("record", |kind| kind.label()).to_lowercase();
                let problem = Problem::NoSuchRecord { kind, found: to.to_string() };
                return refused(label, &path, problem);
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
}

/// Whether a link leads from a record to the one above it and must never come back.
fn goes_up(kind: RecordKind, path: &str) -> bool {
    matches!((kind, path), (RecordKind::Site, "within") | (RecordKind::Reach, "repeats"))
}

/// Whether a link names the record that one of this kind belongs to.
fn path_is_parent(kind: RecordKind, path: &str) -> bool {
    spec(kind).fields.iter().any(|field| field.parent && field.name == path)
}
