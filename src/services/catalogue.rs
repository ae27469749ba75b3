//! What many records of one write stand on, read once: items, lots, matters, and the record each one belongs to.

use std::collections::HashMap;
use std::rc::Rc;

use super::derive::Family;
use super::facts;
use crate::domain::id::Id;
use crate::domain::record::{Instrument, Item, Lot, Matter};
use crate::store::{Db, StoreError, record};

/// How many records of one sort are kept at once, so that a write of a million lines does not hold them all.
const MOST: usize = 4_096;

/// A matter and its instrument.
pub(super) type Standing = (Option<Matter>, Option<Instrument>);

/// Records that were read already.
#[derive(Default)]
pub(super) struct Catalogue {
    items: Kept<Rc<Item>>,
    categories: Kept<Rc<[Id]>>,
    lots: Kept<Option<Rc<Lot>>>,
    matters: Kept<Rc<Standing>>,
    families: Kept<Option<Rc<Family>>>,
}

impl Catalogue {
    /// An item; an empty one where it is gone.
    pub fn item(&mut self, db: &Db, id: Id) -> Result<Rc<Item>, StoreError> {
        self.items.get(id, || Ok(Rc::new(facts::load::<Item>(db, id)?.unwrap_or_default())))
    }

    /// The categories of an item as they are kept.
    pub fn categories_of(&mut self, db: &Db, item: Id) -> Result<Rc<[Id]>, StoreError> {
        self.categories.get(item, || Ok(record::categories(db, item)?.into()))
    }

    /// A lot; `None` where it is gone.
    pub fn lot(&mut self, db: &Db, id: Id) -> Result<Option<Rc<Lot>>, StoreError> {
        self.lots.get(id, || Ok(facts::load::<Lot>(db, id)?.map(Rc::new)))
    }

    /// A matter and its instrument.
    pub fn matter(&mut self, db: &Db, id: Id) -> Result<Rc<Standing>, StoreError> {
        self.matters.get(id, || Ok(Rc::new(facts::matter_and_instrument(db, Some(id))?)))
    }

    /// A record with those above it; `None` where it is gone.
    pub fn family(&mut self, db: &Db, id: Id) -> Result<Option<Rc<Family>>, StoreError> {
        if let Some(known) = self.families.known(id) {
            return Ok(known);
        }
        let family = Family::read(db, self, id)?.map(Rc::new);
        self.families.keep(id, family.clone());
        Ok(family)
    }

    /// Forgets what a write of this record can have changed: itself wherever it was read, and all that stand below it.
    pub fn forget(&mut self, id: Id) {
        self.items.0.remove(&id);
        self.categories.0.remove(&id);
        self.lots.0.remove(&id);
        self.matters.0.clear();
        self.families.0.clear();
    }

    /// Forgets what was derived of an item.
    pub fn forget_derived(&mut self, id: Id) {
        self.categories.0.remove(&id);
    }
}

/// Values by the record they were read from.
struct Kept<T>(HashMap<Id, T>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T: Clone> Kept<T> {
    fn known(&self, id: Id) -> Option<T> {
        self.0.get(&id).cloned()
    }

    fn keep(&mut self, id: Id, value: T) {
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(id, value);
    }

    fn get(&mut self, id: Id, read: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        if let Some(known) = self.known(id) {
            return Ok(known);
        }
        let value = read()?;
        self.keep(id, value.clone());
        Ok(value)
    }
}
