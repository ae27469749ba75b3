//! The items as lines are counted in them, each read once in a write that touches thousands of lines.

use std::collections::HashMap;
use std::rc::Rc;

use super::facts;
use crate::domain::id::Id;
use crate::domain::record::Item;
use crate::store::{Db, StoreError};

/// Items that were read already.
#[derive(Default)]
pub(super) struct Catalogue {
    items: HashMap<Id, Rc<Item>>,
}

impl Catalogue {
    /// An item; an empty one where it is gone.
    pub fn item(&mut self, db: &Db, id: Id) -> Result<Rc<Item>, StoreError> {
        if let Some(item) = self.items.get(&id) {
            return Ok(Rc::clone(item));
        }
        let item = Rc::new(facts::load::<Item>(db, id)?.unwrap_or_default());
        self.items.insert(id, Rc::clone(&item));
        Ok(item)
    }

    /// Forgets an item that was written.
    pub fn forget(&mut self, id: Id) {
        self.items.remove(&id);
    }
}
