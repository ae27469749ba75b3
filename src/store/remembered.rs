//! What the window remembers in the workspace: filters and drafts. Not part of the record, and not in the journal.

use super::StoreError;
use super::engine::Db;

/// What was remembered under a name.
pub fn get(db: &Db, name: &str) -> Result<Option<String>, StoreError> {
    db.first(include_str!("remembered/get.sql"), &[(":name", name.into())], |row| row.text(0))
}

/// Remembers a value under a name; `None` forgets it.
pub fn set(db: &Db, name: &str, value: Option<&str>) -> Result<(), StoreError> {
    match value {
        Some(value) => {
            db.run(include_str!("remembered/put.sql"), &[(":name", name.into()), (":value", value.into())])?
        }
        None => db.run(include_str!("remembered/delete.sql"), &[(":name", name.into())])?,
    };
    Ok(())
}
