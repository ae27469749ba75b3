//! Fields that every row of a table has and no column holds, as they are typed on the importer's page.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::{Field, FieldError, FieldKind, read};
use crate::services::import::Plan;

/// What is typed for all rows.
#[derive(Debug, Default)]
pub struct FixedFields {
    /// The fields, in the order in which they were chosen.
    pub names: Vec<&'static str>,
    /// Their values, as they were typed.
    pub draft: Map<String, Value>,
    /// The fields that were left at least once.
    pub visited: BTreeSet<String>,
}

impl FixedFields {
    /// Adds a field.
    pub fn add(&mut self, name: &'static str) {
        if !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    /// Takes a field out again.
    pub fn remove(&mut self, name: &str) {
        self.names.retain(|known| *known != name);
        self.draft.remove(name);
        self.visited.remove(name);
    }

    /// Those that have a value, for the plan.
    #[must_use]
    pub fn values(&self) -> Vec<(String, Value)> {
        let value = |name: &&'static str| Some(((*name).to_owned(), self.draft.get(*name)?.clone()));
        self.names.iter().filter_map(value).collect()
    }

    /// What cannot be read of them.
    #[must_use]
    pub fn errors(&self, kind: RecordKind) -> Vec<FieldError> {
        let found = read::read(spec(kind).fields, &self.draft).err().unwrap_or_default();
        found.into_iter().filter(|error| self.draft.contains_key(&error.path)).collect()
    }
}

/// The fields that can still be given one value: those of the record itself that no column fills.
#[must_use]
pub fn offered(plan: &Plan, fixed: &FixedFields) -> Vec<&'static Field> {
    let is_mapped = |name: &str| plan.columns.iter().any(|column| column.field.as_deref() == Some(name));
    let can = |field: &&Field| {
        !matches!(field.kind, FieldKind::List(_))
            && field.name != "reference"
            && !is_mapped(field.name)
            && !fixed.names.contains(&field.name)
    };
    spec(plan.kind).fields.iter().filter(can).collect()
}
