//! The workspace file: rows in, domain values out. The only place that knows SQL; it judges nothing.
//!
//! SQL stands in `.sql` files beside the module that runs it, in the subset that SQLite and PostgreSQL share.

pub mod bulk;
pub mod content;
pub mod deadlines;
pub mod dump;
pub mod engine;
mod error;
pub mod figures;
pub mod flag;
pub mod goods;
pub mod journal;
mod journal_writer;
pub mod known;
pub mod lines;
pub mod list;
mod lock;
pub mod migrations;
mod place;
pub mod record;
pub mod remembered;
pub mod search;
pub mod span;

use std::path::Path;

use chrono::{DateTime, Utc};

pub use engine::{Db, Interrupter};
pub use error::StoreError;

/// An open workspace file.
pub struct Store {
    db: Db,
    origin: i64,
    _lock: Option<lock::WriteLock>,
}

impl Store {
    /// A store in memory, for tests.
    pub fn in_memory(now: DateTime<Utc>) -> Result<Self, StoreError> {
        let mut db = Db::in_memory()?;
        migrations::upgrade(&mut db)?;
        search::ensure(&db)?;
        let mut store = Self { db, origin: 0, _lock: None };
        store.settle_origin("memory", now)?;
        Ok(store)
    }

    /// Makes a new file; refuses a path where something is already.
    pub fn create(path: &Path, owner: &str, now: DateTime<Utc>) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists { path: path.display().to_string() });
        }
        let lock = lock::WriteLock::take(path, owner)?;
        let mut db = Db::create(path)?;
        migrations::upgrade(&mut db)?;
        search::ensure(&db)?;
        let mut store = Self { db, origin: 0, _lock: Some(lock) };
        store.settle_origin(&place::of(path), now)?;
        Ok(store)
    }

    /// Opens a file for writing: takes the lock, brings it to the newest format, begins a new origin where it was copied.
    pub fn open(path: &Path, owner: &str, now: DateTime<Utc>) -> Result<Self, StoreError> {
        refuse_missing(path)?;
        let lock = lock::WriteLock::take(path, owner)?;
        let mut db = Db::open(path)?;
        migrations::upgrade(&mut db)?;
        let mut store = Self { db, origin: 0, _lock: Some(lock) };
        store.settle_origin(&place::of(path), now)?;
        Ok(store)
    }

    /// Opens a file for reading only; takes no lock and writes nothing.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        refuse_missing(path)?;
        let db = Db::open_read_only(path)?;
        migrations::refuse_newer(&db)?;
        let origin = origin_of(&db)?.unwrap_or_default();
        Ok(Self { db, origin, _lock: None })
    }

    /// The engine.
    #[must_use]
    pub const fn db(&self) -> &Db {
        &self.db
    }

    /// The origin whose chain this file writes.
    #[must_use]
    pub const fn origin(&self) -> i64 {
        self.origin
    }

    /// Which projections this file holds, as a number; 0 where it was written before they were numbered.
    pub fn projections(&self) -> Result<i64, StoreError> {
        let text = self.db.first(GET_WORKSPACE, &[(":name", "projections".into())], |row| row.text(0))?;
        Ok(text.and_then(|text| text.parse().ok()).unwrap_or(0))
    }

    /// Says which projections this file holds now.
    pub fn set_projections(&self, number: i64) -> Result<(), StoreError> {
        let value = number.to_string();
        self.db.run(PUT_WORKSPACE, &[(":name", "projections".into()), (":value", value.into())])?;
        Ok(())
    }

    /// Finds the origin of this file where it stands. A file that was copied or moved begins a new chain, which keeps the
    /// end of the old one: if the old file is written as well, the two chains show it.
    fn settle_origin(&mut self, place: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let known = origin_of(&self.db)?;
        let stood = self.db.first(GET_WORKSPACE, &[(":name", "place".into())], |row| row.text(0))?;
        if let (Some(origin), true) = (known, stood.as_deref() == Some(place)) {
            self.origin = origin;
            return Ok(());
        }
        let origin = random_origin()?;
        self.db.transaction(|db| {
            journal::begin_origin(db, origin, known, now)?;
            for (name, value) in [("origin", origin.to_string()), ("place", place.to_owned())] {
                db.run(PUT_WORKSPACE, &[(":name", name.into()), (":value", value.into())])?;
            }
            Ok::<(), StoreError>(())
        })?;
        self.origin = origin;
        Ok(())
    }
}

const GET_WORKSPACE: &str = include_str!("workspace/get.sql");
const PUT_WORKSPACE: &str = include_str!("workspace/put.sql");

/// Empties every table that follows from the images of records, except the rows of the records themselves.
pub fn clear_projections(db: &Db) -> Result<(), StoreError> {
    for sql in [
        include_str!("projections/clear_record_link.sql"),
        include_str!("projections/clear_record_category.sql"),
        include_str!("projections/clear_span.sql"),
        include_str!("projections/clear_deadline.sql"),
        include_str!("projections/clear_goods.sql"),
        include_str!("projections/clear_goods_sum.sql"),
        include_str!("projections/clear_flag.sql"),
        include_str!("projections/clear_summary.sql"),
    ] {
        db.run(sql, &[])?;
    }
    Ok(())
}

fn refuse_missing(path: &Path) -> Result<(), StoreError> {
    if path.is_file() {
        return Ok(());
    }
    Err(StoreError::Missing { path: path.display().to_string() })
}

fn origin_of(db: &Db) -> Result<Option<i64>, StoreError> {
    let text = db.first(GET_WORKSPACE, &[(":name", "origin".into())], |row| row.text(0))?;
    Ok(text.and_then(|text| text.parse().ok()))
}

fn random_origin() -> Result<i64, StoreError> {
    let mut bytes = [0; 8];
    random(&mut bytes)?;
    Ok((i64::from_be_bytes(bytes) & i64::MAX).max(1))
}

/// Fills `bytes` from the system's source of randomness.
pub fn random(bytes: &mut [u8]) -> Result<(), StoreError> {
    getrandom::fill(bytes).map_err(|error| StoreError::Engine { detail: format!("no randomness: {error}") })
}
