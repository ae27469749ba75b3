//! One statement for many rows: several at once where it can take them, because to start a statement costs SQLite as much
//! as to write a short row.

use std::sync::Arc;

use super::sqlite::bind_at;
use super::{Db, Param};
use crate::store::StoreError;

/// How many rows go into one statement, the most first; what is left goes one by one.
const SIZES: [usize; 2] = [32, 8];

/// A statement that inserts a row, written out for several.
pub(super) struct Widened {
    /// The names of its values, in the order of the statement.
    names: Vec<&'static str>,
    /// The statement for each of [`SIZES`].
    texts: Vec<String>,
}

impl Widened {
    /// Widens a statement; `None` where it does not end with the names of one row of values.
    fn of(sql: &'static str) -> Option<Self> {
        let (head, rest) = sql.split_once("values")?;
        let rest = rest.trim();
        let inside = rest.strip_prefix('(')?.strip_suffix(')')?;
        let names: Vec<&str> = inside.split(',').map(str::trim).collect();
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let is_name = |name: &&str| name.strip_prefix(':').is_some_and(|rest| rest.bytes().all(is_letter));
        if !names.iter().all(is_name) {
            return None;
        }
        let row = |at: usize| {
            let values: Vec<String> = (0..names.len()).map(|of| format!(":v{}", at * names.len() + of)).collect();
            format!("({})", values.join(", "))
        };
        let texts = SIZES.iter().map(|size| {
            let rows: Vec<String> = (0..*size).map(row).collect();
            format!("{head}values {}", rows.join(", "))
        });
        let texts = texts.collect();
        Some(Self { names, texts })
    }
}

impl Db {
    /// Runs a statement once for each row of values. Every row names its values in the same order.
    pub fn run_each<'a, const N: usize>(
        &self,
        sql: &'static str,
        rows: impl IntoIterator<Item = [Param<'a>; N]>,
    ) -> Result<(), StoreError> {
        let [most, ..] = SIZES;
        let mut rows = rows.into_iter();
        let mut together = Vec::new();
        loop {
            together.extend(rows.by_ref().take(most));
            self.run_together(sql, &together)?;
            if together.len() < most {
                return Ok(());
            }
            together.clear();
        }
    }

    fn run_together<const N: usize>(&self, sql: &'static str, rows: &[[Param<'_>; N]]) -> Result<(), StoreError> {
        let mut left = rows;
        let [.., least] = SIZES;
        if let Some((first, widened)) = rows.first().filter(|_| rows.len() >= least).zip(self.widened(sql)) {
            let place = |name: &&str| first.iter().position(|(known, _)| known == name);
            let places: Vec<usize> = widened.names.iter().filter_map(place).collect();
            for (size, text) in SIZES.iter().zip(&widened.texts) {
                while places.len() == widened.names.len() && left.len() >= *size {
                    let (now, later) = left.split_at(*size);
                    self.run_wide(text, now, &places)?;
                    left = later;
                }
            }
        }
        left.iter().try_for_each(|row| self.run(sql, row).map(drop))
    }

    fn run_wide<const N: usize>(&self, sql: &str, rows: &[[Param<'_>; N]], places: &[usize]) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let values = rows.iter().flat_map(|row| places.iter().filter_map(|place| row.get(*place)));
        for (at, (_, value)) in (1..).zip(values) {
            bind_at(&mut statement, at, value)?;
        }
        statement.raw_execute()?;
        Ok(())
    }

    fn widened(&self, sql: &'static str) -> Option<Arc<Widened>> {
        if let Some(known) = self.widened.borrow().get(sql) {
            return Some(Arc::clone(known));
        }
        let widened = Arc::new(Widened::of(sql)?);
        self.widened.borrow_mut().insert(sql, Arc::clone(&widened));
        Some(widened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_written_once_in_whatever_order_its_values_are_named() {
        let db = Db::in_memory().unwrap();
        db.execute_batch("create table t (a integer, b text)").unwrap();
        for count in [0, 1, 7, 8, 31, 32, 33, 77] {
            db.run("delete from t", &[]).unwrap();
            let rows = (0..count).map(|at: i64| [(":b", format!("b{at}").into()), (":a", at.into())]);
            db.run_each("insert into t (a, b) values (:a, :b)", rows).unwrap();
            let found = db.rows("select a, b from t order by a", &[], |row| Ok((row.int(0)?, row.text(1)?))).unwrap();
            assert_eq!(found, (0..count).map(|at| (at, format!("b{at}"))).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_statement_that_inserts_no_row_of_names_is_run_row_by_row() {
        for sql in ["delete from t where a = :a", "insert into t (a) values (:a + 1)", "insert into t select 1"] {
            assert!(Widened::of(sql).is_none(), "{sql}");
        }
        let db = Db::in_memory().unwrap();
        db.execute_batch("create table t (a integer); insert into t values (1), (2), (3)").unwrap();
        db.run_each("delete from t where a = :a", (1..3).map(|at: i64| [(":a", at.into())])).unwrap();
        assert_eq!(db.rows("select a from t", &[], |row| row.int(0)).unwrap(), [3]);
    }
}
