//! Flags: what has to be mended though it was not refused.

use chrono::NaiveDate;

use super::StoreError;
use super::engine::Db;
use super::record::kind_of;
use super::span::day;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;

/// Something that has to be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagRow {
    /// Since which day.
    pub since: NaiveDate,
    /// What, in a sentence.
    pub what: String,
}

/// A flag and the record that bears it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flagged {
    /// The record.
    pub id: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The record it belongs to.
    pub parent: Option<Id>,
    /// What has to be mended.
    pub flag: FlagRow,
}

/// The flags of a record.
pub fn of_record(db: &Db, id: Id) -> Result<Vec<FlagRow>, StoreError> {
    db.rows(include_str!("flag/of_record.sql"), &[(":id", id.into())], |row| {
        Ok(FlagRow { since: day(row.str(0)?)?, what: row.text(1)? })
    })
}

/// Keeps the flags of a record in the place of those that are there.
pub fn set(db: &Db, id: Id, flags: &[FlagRow], old: &[FlagRow]) -> Result<(), StoreError> {
    if !old.is_empty() {
        db.run(include_str!("flag/delete.sql"), &[(":id", id.into())])?;
    }
    let rows = (1_i64..).zip(flags).map(|(number, flag)| {
        [
            (":record_id", id.into()),
            (":number", number.into()),
            (":since_on", flag.since.to_string().into()),
            (":what", (&flag.what).into()),
        ]
    });
    db.run_each(include_str!("flag/put.sql"), rows)
}

/// What has to be mended as of a day, the longest first.
pub fn list(db: &Db, on: NaiveDate, most: u32) -> Result<Vec<Flagged>, StoreError> {
    let params = [(":day", on.to_string().into()), (":most", i64::from(most).into())];
    db.rows(include_str!("flag/list.sql"), &params, |row| {
        Ok(Flagged {
            id: Id(row.int(0)?),
            kind: kind_of(row.str(1)?)?,
            reference: row.text(2)?,
            title: row.text(3)?,
            parent: row.opt_int(4)?.map(Id),
            flag: FlagRow { since: day(row.str(5)?)?, what: row.text(6)? },
        })
    })
}
