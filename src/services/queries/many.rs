//! What many records have in common: their versions, and for each field which values stand in it.

use std::collections::BTreeMap;

use super::values;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::bulk::fields_for_many;
use crate::store::{Db, StoreError, record};

/// How many different values of a field are told apart; the others are counted together.
const TOLD_APART: usize = 20;

/// Many records of one kind, looked at together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Many {
    /// The records that are there, each with its version.
    pub records: Vec<(Id, i64)>,
    /// By the name of each field that can be set in many records: its values.
    pub spreads: BTreeMap<&'static str, Spread>,
}

/// The values of one field in many records, in words; an empty text where a record has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spread {
    /// Each value with the number of records that have it.
    pub values: BTreeMap<String, usize>,
    /// How many records have still other values.
    pub others: usize,
}

impl Many {
    /// Adds what was found in further records.
    pub fn add(&mut self, more: Self) {
        self.records.extend(more.records);
        for (name, spread) in more.spreads {
            let own = self.spreads.entry(name).or_default();
            own.others += spread.others;
            for (value, count) in spread.values {
                own.count(value, count);
            }
        }
    }
}

impl Spread {
    fn count(&mut self, value: String, count: usize) {
        if self.values.len() < TOLD_APART || self.values.contains_key(&value) {
            *self.values.entry(value).or_default() += count;
        } else {
            self.others += count;
        }
    }

    /// The value that all the records have, where they have one.
    #[must_use]
    pub fn common(&self) -> Option<&str> {
        match (self.values.len(), self.others) {
            (1, 0) => self.values.keys().next().map(String::as_str),
            _ => None,
        }
    }
}

/// Looks at many records together; those that are gone are left out.
pub(super) fn many(db: &Db, kind: RecordKind, ids: &[Id]) -> Result<Many, StoreError> {
    let mut many = Many::default();
    for id in ids {
        let Some(stored) = record::get(db, *id)?.filter(|stored| stored.head.kind == kind) else { continue };
        many.records.push((*id, stored.head.version));
        for field in fields_for_many(kind) {
            let value = stored.image.get(field.name);
            let words = value.map(|value| values::line_of(db, field.kind, value)).transpose()?.unwrap_or_default();
            many.spreads.entry(field.name).or_default().count(words, 1);
        }
    }
    Ok(many)
}
