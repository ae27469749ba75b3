//! A great many new rows in one transaction: how many there are already, and which indices may rest meanwhile.

use super::StoreError;
use super::engine::Db;
use super::record;

/// From how many new rows of goods and links on it pays to make the indices anew.
const MANY: u64 = 40_000;

/// Indices on which nothing stands that is read while records are written.
const MAY_REST: [&str; 6] =
    ["goods_by_day", "goods_by_item", "goods_by_project", "goods_by_fund", "record_category_to", "span_by_headline"];

/// What was written so far in one transaction.
#[derive(Debug, Default)]
pub struct Bulk {
    rows: u64,
    next: u64,
    rests: bool,
}

impl Bulk {
    /// Counts rows of new records. Once they are many, and more than half of what was there, the indices rest: to make them
    /// anew is then cheaper than to keep them.
    pub fn count(&mut self, db: &Db, rows: usize) -> Result<(), StoreError> {
        self.rows += rows as u64;
        if self.rests || self.rows < self.next.max(MANY) {
            return Ok(());
        }
        let all = u64::try_from(record::count_links(db)?).unwrap_or_default();
        self.next = self.rows * 2;
        if self.rows > all.saturating_sub(self.rows) / 2 {
            self.rests = true;
            db.rest(&MAY_REST)?;
        }
        Ok(())
    }
}
