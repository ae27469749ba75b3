//! Forward-only migrations, embedded in the program.
//!
//! Opening reads one number. Only where the file is older does refinery run, and before that its own history is read,
//! because a damaged row in it would make it panic.

use super::StoreError;
use super::engine::Db;

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// The newest format this program knows: the number of its last migration.
#[must_use]
pub fn known_version() -> i64 {
    embedded::migrations::runner()
        .get_migrations()
        .iter()
        .map(|migration| i64::from(migration.version()))
        .max()
        .unwrap_or(0)
}

/// Refuses a file of a newer format.
pub fn refuse_newer(db: &Db) -> Result<i64, StoreError> {
    let found = db.pragma("user_version")?;
    let known = known_version();
    if found > known { Err(StoreError::Newer { found, known }) } else { Ok(found) }
}

/// Brings a file to the newest format.
pub fn upgrade(db: &mut Db) -> Result<(), StoreError> {
    let known = known_version();
    if refuse_newer(db)? == known {
        return Ok(());
    }
    check_history(db)?;
    embedded::migrations::runner()
        .run(db.connection_mut())
        .map_err(|error| StoreError::MigrationHistory { detail: error.to_string() })?;
    db.execute_batch(&format!("pragma user_version = {known};"))
}

/// Whether refinery can read an instant of its history. It knows no leap second except the last of a month.
fn is_instant(text: &str) -> bool {
    chrono::DateTime::parse_from_rfc3339(text).is_ok_and(|instant| instant.timestamp_subsec_nanos() < 1_000_000_000)
}

/// Reads refinery's history the way it will, and refuses what would make it panic.
fn check_history(db: &Db) -> Result<(), StoreError> {
    // A view of that name would be read as well, and names are the same in upper and lower case.
    let there = "select count(*) from sqlite_master where lower(name) = 'refinery_schema_history'";
    if db.first(there, &[], |row| row.int(0))? == Some(0) {
        return Ok(());
    }
    let rows = "select version, applied_on, checksum from refinery_schema_history";
    let checked = db.rows(rows, &[], |row| {
        let version = row.opt_int(0)?.unwrap_or(-1);
        let applied = row.opt_text(1)?.unwrap_or_default();
        let checksum = row.opt_text(2)?.unwrap_or_default();
        let sound = i32::try_from(version).is_ok_and(|version| version > 0)
            && is_instant(&applied)
            && checksum.parse::<u64>().is_ok();
        Ok((!sound).then(|| format!("row {version}")))
    });
    match checked {
        Ok(rows) => match rows.into_iter().flatten().next() {
            None => Ok(()),
            Some(detail) => Err(StoreError::MigrationHistory { detail }),
        },
        Err(error) => Err(StoreError::MigrationHistory { detail: error.to_string() }),
    }
}
