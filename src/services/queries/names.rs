//! Names that many answers need: categories with their colours, short names of authorities, our own name.

use std::collections::BTreeMap;

use super::CategoryTag;
use crate::domain::id::Id;
use crate::domain::record::{Authority, Category, Organisation, RecordKind};
use crate::services::facts;
use crate::store::{Db, StoreError, record};

/// How many colours the palette has.
const COLOURS: u8 = 8;

/// The names an answer needs, read once for it.
pub(super) struct Names {
    /// Categories, in the order in which they were added.
    pub categories: Vec<CategoryTag>,
    /// Short names of authorities.
    pub authorities: BTreeMap<Id, String>,
    /// The short name of our own organisation.
    pub own: String,
}

impl Names {
    pub fn read(db: &Db) -> Result<Self, StoreError> {
        let mut authorities = BTreeMap::new();
        for id in record::all_ids(db, RecordKind::Authority)? {
            if let Some(authority) = facts::load::<Authority>(db, id)? {
                let short = if authority.short_name.is_empty() { authority.name } else { authority.short_name };
                authorities.insert(id, short);
            }
        }
        Ok(Self { categories: categories(db)?, authorities, own: own_name(db)? })
    }

    pub fn category(&self, id: Id) -> Option<&CategoryTag> {
        self.categories.iter().find(|tag| tag.id == id)
    }

    pub fn authority(&self, id: Option<Id>) -> &str {
        id.and_then(|id| self.authorities.get(&id)).map_or("", String::as_str)
    }
}

/// Categories, in the order in which they were added.
pub(super) fn categories(db: &Db) -> Result<Vec<CategoryTag>, StoreError> {
    let mut tags = Vec::new();
    for id in record::all_ids(db, RecordKind::Category)? {
        if let Some(category) = facts::load::<Category>(db, id)? {
            let place = u8::try_from(tags.len() % usize::from(COLOURS)).unwrap_or(0) + 1;
            let colour = category.colour.trim().parse().ok().filter(|colour| (1..=COLOURS).contains(colour));
            tags.push(CategoryTag {
                id,
                code: category.reference,
                name: category.name,
                colour: colour.unwrap_or(place),
            });
        }
    }
    Ok(tags)
}

fn own_name(db: &Db) -> Result<String, StoreError> {
    let first = record::all_ids(db, RecordKind::Organisation)?.into_iter().next();
    let organisation = first.map(|id| facts::load::<Organisation>(db, id)).transpose()?.flatten();
    Ok(organisation.map_or_else(|| "Our organisation".to_owned(), |organisation| organisation.name))
}
