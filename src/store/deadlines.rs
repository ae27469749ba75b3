//! Deadlines in sight on a day, those that were put off, and the filings from which lead times are estimated.

use chrono::NaiveDate;

use super::StoreError;
use super::engine::{Db, Param, RowResult, sqlite::Row};
use super::figures::source_of;
use super::record::kind_of;
use super::span::{day, known};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::summary::Source;

/// The record whose deadline it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfRecord {
    /// The record.
    pub id: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// Whose it is.
    pub source: Source,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The record it belongs to.
    pub parent: Option<Id>,
    /// Its authority.
    pub authority: Option<Id>,
}

/// A deadline in sight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InSight {
    /// The record whose deadline it is.
    pub record: OfRecord,
    /// Whether somebody has to do it.
    pub owed: bool,
    /// What falls due.
    pub what: String,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// The same as precise as it is known.
    pub due_text: String,
}

/// Which deadlines are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// What is owed and lies before the day.
    Overdue,
    /// From the first day up to, and without, the second.
    Coming(NaiveDate, NaiveDate),
}

/// The deadlines of a period that are in sight on a day, so many at most, and how many there are, counted up to another
/// most.
pub fn in_sight(
    db: &Db,
    on: NaiveDate,
    period: Period,
    source: Option<Source>,
    (most, most_counted): (i64, i64),
) -> Result<(Vec<InSight>, i64), StoreError> {
    let params = |most: i64| -> Vec<Param<'static>> {
        let mut params =
            vec![(":day", on.to_string().into()), (":source", source.map(Source::word).into()), (":most", most.into())];
        if let Period::Coming(from, to) = period {
            params.extend([(":from_day", from.to_string().into()), (":to_day", to.to_string().into())]);
        }
        params
    };
    let (rows, count) = match period {
        Period::Overdue => (include_str!("deadlines/overdue.sql"), include_str!("deadlines/count_overdue.sql")),
        Period::Coming(..) => (include_str!("deadlines/coming.sql"), include_str!("deadlines/count_coming.sql")),
    };
    let found = db.rows(rows, &params(most), row_to_in_sight)?;
    if i64::try_from(found.len()).is_ok_and(|len| len < most) {
        let counted = i64::try_from(found.len()).unwrap_or(most);
        return Ok((found, counted));
    }
    let counted = db.first(count, &params(most_counted), |row| row.int(0))?;
    Ok((found, counted.unwrap_or(0)))
}

fn row_to_in_sight(row: &Row<'_>) -> RowResult<InSight> {
    Ok(InSight {
        record: of_record(row, 0)?,
        owed: row.int(7)? == 1,
        what: row.text(8)?,
        due_on: day(row.str(9)?)?,
        due_text: row.text(10)?,
    })
}

fn of_record(row: &Row<'_>, first: usize) -> RowResult<OfRecord> {
    Ok(OfRecord {
        id: Id(row.int(first)?),
        kind: kind_of(row.str(first + 1)?)?,
        source: source_of(row.str(first + 2)?)?,
        reference: row.text(first + 3)?,
        title: row.text(first + 4)?,
        parent: row.opt_int(first + 5)?.map(Id),
        authority: row.opt_int(first + 6)?.map(Id),
    })
}

/// A mark that keeps a deadline out of sight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutOff {
    /// The mark.
    pub mark: Id,
    /// The record whose deadline it is.
    pub record: OfRecord,
    /// The day on which it is shown again.
    pub until: NaiveDate,
}

/// What is put off on a day, so many at most.
pub fn put_off(db: &Db, on: NaiveDate, source: Option<Source>, most: i64) -> Result<Vec<PutOff>, StoreError> {
    let params =
        [(":day", on.to_string().into()), (":source", source.map(Source::word).into()), (":most", most.into())];
    db.rows(include_str!("deadlines/put_off.sql"), &params, |row| {
        Ok(PutOff { mark: Id(row.int(0)?), record: of_record(row, 1)?, until: day(row.str(8)?)? })
    })
}

/// The end of a permission that lies ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The permission.
    pub record: OfRecord,
    /// Its last day.
    pub on: NaiveDate,
}

/// The ends of our own permissions from a day up to another, where no newer filing is under way; so many at most.
pub fn ends(db: &Db, on: NaiveDate, to: NaiveDate, most: i64) -> Result<Vec<End>, StoreError> {
    let params = [(":day", on.to_string().into()), (":to_day", to.to_string().into()), (":most", most.into())];
    db.rows(include_str!("deadlines/ends.sql"), &params, |row| {
        let record = OfRecord {
            id: Id(row.int(0)?),
            kind: RecordKind::Permission,
            source: Source::Own,
            reference: row.text(1)?,
            title: row.text(2)?,
            parent: row.opt_int(3)?.map(Id),
            authority: row.opt_int(4)?.map(Id),
        };
        Ok(End { record, on: day(row.str(5)?)? })
    })
}

/// A filing that was sent, as it stood on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The request.
    pub id: Id,
    /// Its authority.
    pub authority: Option<Id>,
    /// Its stage.
    pub stage: &'static str,
    /// Its outcome.
    pub outcome: &'static str,
    /// Since when it stands there.
    pub since: NaiveDate,
    /// The day on which it was sent.
    pub sent: NaiveDate,
    /// The day of its answer.
    pub settled: Option<NaiveDate>,
    /// For a case that fell silent: the day on which it was last known.
    pub until: Option<NaiveDate>,
}

/// The filings that were sent, as they stood on a day; the newest, so many at most.
pub fn filings(db: &Db, on: NaiveDate, source: Source, most: i64) -> Result<Vec<Filed>, StoreError> {
    let params = [(":day", on.to_string().into()), (":source", source.word().into()), (":most", most.into())];
    db.rows(include_str!("deadlines/filings.sql"), &params, |row| {
        Ok(Filed {
            id: Id(row.int(0)?),
            authority: row.opt_int(1)?.map(Id),
            stage: known(row.str(2)?)?,
            outcome: known(row.str(3)?)?,
            since: day(row.str(4)?)?,
            sent: day(row.str(5)?)?,
            settled: row.str(6)?.parse().ok(),
            until: row.str(7)?.parse().ok(),
        })
    })
}

/// How many filings of each authority were known on a day, sent or not.
pub fn count_filings(db: &Db, on: NaiveDate, source: Source) -> Result<Vec<(Option<Id>, i64)>, StoreError> {
    let params = [(":day", on.to_string().into()), (":source", source.word().into())];
    db.rows(include_str!("deadlines/count_filings.sql"), &params, |row| Ok((row.opt_int(0)?.map(Id), row.int(1)?)))
}
