//! What rests while a great many rows are written. Indices are taken away and made anew from all rows in one sorted pass,
//! and links wait until they can be written in the order of their table: SQLite puts a row in its place by a search, which
//! costs more than the row itself once there are more places than the cache holds.
//!
//! On PostgreSQL no index rests: there an index that is dropped locks the table against readers.

use std::sync::Arc;

use super::Db;
use crate::store::StoreError;

/// A link that waits to be written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// The record that is named.
    pub to: i64,
    /// The field in which it is named.
    pub field: Arc<str>,
    /// The record that names it.
    pub from: i64,
}

/// How many links wait at most: 8 MB.
const MOST_HELD: usize = 1 << 18;

/// Memory for pages while much is written, in kilobytes.
const ROOMY: i64 = 64_000;

/// Memory for pages otherwise.
pub(super) const USUAL: i64 = 16_000;

impl Db {
    /// Gives the connection room for a great many rows, and lets a second thread help to sort. The engine looks up no keys
    /// meanwhile: each is looked up before its row is written, by those who can say what is wrong in words.
    pub fn make_room(&self) -> Result<(), StoreError> {
        self.execute_batch(&format!("pragma cache_size = -{ROOMY}; pragma threads = 2; pragma foreign_keys = off;"))
    }

    /// Gives the room back.
    pub fn give_room_back(&self) -> Result<(), StoreError> {
        self.execute_batch(&format!(
            "pragma foreign_keys = on; pragma cache_size = -{USUAL}; pragma threads = 0; pragma shrink_memory;"
        ))
    }

    /// Holds links back while indices rest, and says whether they have become many; `None` where nothing rests.
    pub fn hold(&self, links: impl Iterator<Item = Held>) -> Option<bool> {
        if self.resting.borrow().is_empty() {
            return None;
        }
        let mut held = self.held.borrow_mut();
        held.extend(links);
        Some(held.len() >= MOST_HELD)
    }

    /// The links that wait, in the order of their table.
    pub fn take_held(&self) -> Vec<Held> {
        let mut held = self.held.take();
        held.sort_unstable();
        held
    }

    /// Lets indices rest until they are asked for or the transaction is about to end. They must be no unique ones, and
    /// nothing that is read meanwhile may stand on them, but for what calls [`Db::wake`] before.
    pub fn rest(&self, indices: &[&'static str]) -> Result<(), StoreError> {
        for name in indices {
            let sql = "select sql from sqlite_master where type = 'index' and name = :name";
            let Some(made_by) = self.first(sql, &[(":name", (*name).into())], |row| row.text(0))? else { continue };
            self.execute_batch(&format!("drop index {name};"))?;
            self.resting.borrow_mut().push((name, made_by));
        }
        Ok(())
    }

    /// Makes an index anew that rests.
    pub fn wake(&self, index: &str) -> Result<(), StoreError> {
        let resting = {
            let mut all = self.resting.borrow_mut();
            all.iter().position(|(name, _)| *name == index).map(|at| all.remove(at))
        };
        resting.map_or(Ok(()), |(_, made_by)| self.execute_batch(&made_by))
    }

    /// Makes every index anew that rests.
    pub fn wake_all(&self) -> Result<(), StoreError> {
        loop {
            let next = self.resting.borrow().first().map(|(name, _)| *name);
            let Some(name) = next else { return Ok(()) };
            self.wake(name)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indices(db: &Db) -> Vec<String> {
        db.rows("select name from sqlite_master where type = 'index' order by name", &[], |row| row.text(0)).unwrap()
    }

    #[test]
    fn an_index_that_rests_is_there_again_after_the_transaction_whatever_its_end() {
        let db = Db::in_memory().unwrap();
        db.execute_batch(
            "create table t (a integer, b integer); create index t_a on t (a); create index t_b on t (b);",
        )
        .unwrap();
        for ends_well in [true, false] {
            let done = db.transaction(|db| {
                db.rest(&["t_a", "t_b", "no_such_index"])?;
                assert!(indices(db).is_empty());
                db.execute_batch("insert into t values (1, 2);")?;
                db.wake("t_b")?;
                assert_eq!(indices(db), ["t_b"]);
                if ends_well { Ok(()) } else { Err(StoreError::Busy) }
            });
            assert_eq!(done.is_ok(), ends_well);
            assert_eq!(indices(&db), ["t_a", "t_b"]);
        }
        assert_eq!(db.rows("select a from t indexed by t_a", &[], |row| row.int(0)).unwrap(), [1]);
    }
}
