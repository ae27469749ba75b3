//! Indices that rest while a great many rows are written: taken away, and made anew from all rows in one sorted pass. SQLite
//! keeps an index by a search for each row, which costs more than the row itself once the index is larger than the cache.
//!
//! On PostgreSQL nothing rests: there an index that is dropped locks the table against readers.

use super::Db;
use crate::store::StoreError;

/// Memory for pages while much is written, in kilobytes.
const ROOMY: i64 = 64_000;

/// Memory for pages otherwise.
pub(super) const USUAL: i64 = 16_000;

impl Db {
    /// Gives the connection room for a great many rows, and lets a second thread help to sort.
    pub fn make_room(&self) -> Result<(), StoreError> {
        self.execute_batch(&format!("pragma cache_size = -{ROOMY}; pragma threads = 2;"))
    }

    /// Gives the room back.
    pub fn give_room_back(&self) -> Result<(), StoreError> {
        self.execute_batch(&format!("pragma cache_size = -{USUAL}; pragma threads = 0; pragma shrink_memory;"))
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
