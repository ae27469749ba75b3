//! What rests while a great many rows are written. Indices are taken away and made anew from all rows in one sorted pass,
//! and links wait until they can be written in the order of their table: SQLite puts a row in its place by a search, which
//! costs more than the row itself once there are more places than the cache holds.
//!
//! On PostgreSQL no index rests: there an index that is dropped locks the table against readers.

use std::sync::Arc;

use super::Db;
use crate::store::StoreError;

/// A link that waits to be written: the record that is named, in which field, and the record that names it.
pub type Link<'a> = (i64, &'a str, i64);

/// Links that wait. A field is kept once and known by its number, so that to sort them compares numbers.
#[derive(Debug, Default)]
pub struct Held {
    fields: Vec<Arc<str>>,
    links: Vec<(i64, usize, i64)>,
}

impl Held {
    fn add(&mut self, (to, field, from): Link<'_>) {
        let at = self.fields.iter().position(|known| **known == *field).unwrap_or_else(|| {
            self.fields.push(field.into());
            self.fields.len() - 1
        });
        self.links.push((to, at, from));
    }

    /// The links in the order of their table.
    pub fn sorted(mut self) -> Vec<(i64, Arc<str>, i64)> {
        let mut order: Vec<usize> = (0..self.fields.len()).collect();
        order.sort_by_key(|at| self.fields.get(*at));
        let rank = |at: usize| order.iter().position(|known| *known == at).unwrap_or_default();
        let ranks: Vec<usize> = (0..order.len()).map(rank).collect();
        for (_, field, _) in &mut self.links {
            *field = ranks.get(*field).copied().unwrap_or_default();
        }
        self.links.sort_unstable();
        let name =
            |rank: usize| order.get(rank).and_then(|at| self.fields.get(*at)).cloned().unwrap_or_else(|| "".into());
        self.links.iter().map(|(to, rank, from)| (*to, name(*rank), *from)).collect()
    }
}

/// How many links wait at most: 6 MB.
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
    pub fn hold<'a>(&self, links: impl Iterator<Item = Link<'a>>) -> Option<bool> {
        if self.resting.borrow().is_empty() {
            return None;
        }
        let mut held = self.held.borrow_mut();
        links.for_each(|link| held.add(link));
        Some(held.links.len() >= MOST_HELD)
    }

    /// Takes the links that wait.
    pub fn take_held(&self) -> Held {
        self.held.take()
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
    fn links_that_wait_come_in_the_order_of_their_table() {
        let mut held = Held::default();
        for link in [(7, "project", 2), (3, "lines.item", 9), (7, "about", 5), (3, "lines.item", 1), (7, "project", 1)]
        {
            held.add(link);
        }
        let sorted: Vec<(i64, String, i64)> =
            held.sorted().into_iter().map(|(to, field, from)| (to, field.to_string(), from)).collect();
        let mut expected = sorted.clone();
        expected.sort();
        assert_eq!(sorted, expected);
        assert_eq!(sorted.len(), 5);
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
