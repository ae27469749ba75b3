//! Reads records for a pack, as they were true on a day and known on another.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use super::pages::{chapter, table, text};
use crate::domain::codes;
use crate::domain::date::FuzzyDate;
use crate::domain::document::{Block, Cell};
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::record::{Attachment, AttachmentKind, Item, Organisation, Party, RecordKind};
use crate::services::{Failure, Moment, facts};
use crate::store::record::{self, Head};
use crate::store::{Db, StoreError};

/// Reads records for a pack.
pub(super) struct Reader<'a> {
    /// The records, as they were known.
    pub db: &'a Db,
    /// The journal, for the history.
    pub journal: &'a Db,
    /// The day whose truth is shown.
    pub as_of: NaiveDate,
    /// The day until whose end things were known; `None`: now.
    pub as_known: Option<NaiveDate>,
    /// Now.
    pub moment: Moment,
    /// Whether originals go along: a copy for others has none, and must not say that it does.
    pub with_originals: bool,
}

impl Reader<'_> {
    /// The record a pack is of; gone where it was not known.
    pub fn must<R: DeserializeOwned>(&self, id: Id) -> Result<(Head, R), Failure> {
        let stored = record::get(self.db, id)?.ok_or_else(|| match self.as_known {
            Some(day) => Failure::Other(format!("It was not known on {day}. Choose a later day")),
            None => Failure::Gone,
        })?;
        let record = facts::typed_of(&stored)?;
        Ok((stored.head, record))
    }

    /// A record by a link; `None` where the link is empty or leads nowhere.
    pub fn load<R: DeserializeOwned>(&self, id: Option<Id>) -> Result<Option<R>, StoreError> {
        id.map_or(Ok(None), |id| facts::load(self.db, id))
    }

    /// The name of a linked record; empty where there is none.
    pub fn name(&self, id: Option<Id>) -> Result<String, StoreError> {
        Ok(self.head(id)?.map_or_else(String::new, |head| head.title))
    }

    /// The reference of a linked record; empty where there is none.
    pub fn reference(&self, id: Option<Id>) -> Result<String, StoreError> {
        Ok(self.head(id)?.map_or_else(String::new, |head| head.reference))
    }

    /// Where a linked record stands.
    pub fn head(&self, id: Option<Id>) -> Result<Option<Head>, StoreError> {
        id.map_or(Ok(None), |id| record::head(self.db, id))
    }

    /// Our own organisation; empty where none is written down.
    pub fn own(&self) -> Result<Organisation, StoreError> {
        let id = record::all_ids(self.db, RecordKind::Organisation)?.into_iter().next();
        Ok(self.load(id)?.unwrap_or_default())
    }

    /// The records of a kind that belong to another.
    pub fn children<R: DeserializeOwned>(&self, of: Id, kind: RecordKind) -> Result<Vec<(Id, R)>, StoreError> {
        let stored = record::children(self.db, of, kind)?;
        stored.iter().map(|stored| Ok((stored.head.id, facts::typed_of(stored)?))).collect()
    }

    /// The records of a kind that name another, each once.
    pub fn naming<R: DeserializeOwned>(&self, to: Id, kind: RecordKind) -> Result<Vec<(Id, R)>, StoreError> {
        let mut ids: Vec<Id> = record::links_to(self.db, to)?.into_iter().map(|(from, _)| from).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut found = Vec::new();
        for id in ids {
            if let Some(stored) = record::get(self.db, id)?.filter(|stored| stored.head.kind == kind) {
                found.push((id, facts::typed_of(&stored)?));
            }
        }
        Ok(found)
    }

    /// Whether something dated has happened by the day that is shown. What bears no date is taken as known.
    pub fn is_by(&self, on: Option<FuzzyDate>) -> bool {
        on.is_none_or(|on| on.first() <= self.as_of)
    }

    /// The same of a whole day.
    pub fn is_by_day(&self, on: Option<NaiveDate>) -> bool {
        on.is_none_or(|on| on <= self.as_of)
    }

    /// The files of a record, in the order in which they came.
    pub fn files(&self, of: Id) -> Result<Vec<Attachment>, StoreError> {
        let files = self.children::<Attachment>(of, RecordKind::Attachment)?;
        Ok(files.into_iter().map(|(_, file)| file).filter(|file| self.is_by(file.dated_on)).collect())
    }

    /// An item by a link; an empty one where there is none.
    pub fn item(&self, id: Option<Id>) -> Result<Item, StoreError> {
        Ok(self.load(id)?.unwrap_or_default())
    }

    /// A party by a link; an empty one where there is none.
    pub fn party(&self, id: Option<Id>) -> Result<Party, StoreError> {
        Ok(self.load(id)?.unwrap_or_default())
    }

    /// `as of 2026-11-24`, and by what was known when.
    pub fn days(&self) -> String {
        match self.as_known {
            Some(known) => format!("{}, as known on {known}", self.as_of),
            None => self.as_of.to_string(),
        }
    }
}

/// A chapter of originals: what they are, as a list, and then each as it is. Over the page of each stands its SHA-256.
/// A copy for others has neither the files nor their names.
pub(super) fn originals_with_list(reader: &Reader<'_>, title: &str, files: &[Attachment]) -> Vec<Block> {
    let row = |file: &Attachment| {
        vec![
            Cell::text(&file.name),
            Cell::text(file.kind.map_or("", AttachmentKind::label)),
            Cell::text(file.dated_on.map_or_else(String::new, |on| on.to_string())),
        ]
    };
    let columns = vec![text("File", "file"), text("What it is", "kind"), text("Dated", "dated_on")];
    let rows = files.iter().map(row).collect();
    let mut blocks = vec![chapter(title)];
    if reader.with_originals {
        blocks.push(Block::Table(table("originals", "", columns, rows, "")));
    }
    blocks.extend(originals(files));
    blocks
}

/// Files put in as they are.
pub(super) fn originals(files: &[Attachment]) -> Vec<Block> {
    let block = |file: &Attachment| Block::Original {
        sha256: file.sha256.clone(),
        name: file.name.clone(),
        media_type: file.media_type.clone(),
    };
    files.iter().map(block).collect()
}

/// The unit of a line in short: its own, or the item's base unit.
pub(super) fn unit_of(unit: Option<&str>, item: &Item) -> String {
    codes::unit_short(unit.or(item.base_unit.as_deref()).unwrap_or_default()).to_owned()
}

/// A quantity with its unit in words: `90 ct`.
pub(super) fn amount(quantity: Option<Quantity>, unit: &str) -> String {
    quantity.map_or_else(String::new, |quantity| format!("{} {unit}", quantity.grouped()).trim().to_owned())
}

/// The name of a country; empty where there is none.
pub(super) fn country(code: Option<&str>) -> String {
    code.map_or_else(String::new, |code| codes::country_name(code).unwrap_or(code).to_owned())
}
