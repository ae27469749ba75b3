//! Spans of status, as they are kept.

use chrono::NaiveDate;

use super::StoreError;
use super::engine::{Db, RowResult, sqlite::Row};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::status::{self, Span, Status};

/// The end of a span that still holds: a day after all others, so that one comparison serves every statement.
const FOREVER: &str = "9999-12-31";

/// The spans of a record, oldest first.
pub fn list(db: &Db, id: Id) -> Result<Vec<Span>, StoreError> {
    db.rows(include_str!("span/list.sql"), &[(":id", id.into())], row_to_span)
}

/// The spans of every record of a kind that belongs to another, each record's together.
pub fn of_children(db: &Db, parent: Id, kind: RecordKind) -> Result<Vec<Vec<Span>>, StoreError> {
    let params = [(":parent_id", parent.into()), (":kind", kind.word().into())];
    let mut all: Vec<Vec<Span>> = Vec::new();
    let mut last = 0;
    db.rows(include_str!("span/of_children.sql"), &params, |row| {
        let span = row_to_span(row)?;
        let id = row.int(10)?;
        match all.last_mut() {
            Some(spans) if id == last => spans.push(span),
            _ => all.push(vec![span]),
        }
        last = id;
        Ok(())
    })?;
    Ok(all)
}

/// Keeps the spans of a record in the place of those that are there.
pub fn set(db: &Db, id: Id, spans: &[Span], old: &[Span]) -> Result<(), StoreError> {
    if !old.is_empty() {
        db.run(include_str!("span/delete.sql"), &[(":id", id.into())])?;
    }
    let day = |date: Option<FuzzyDate>| date.map(|date| date.last().to_string()).unwrap_or_default();
    let text = |date: Option<FuzzyDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let rows = spans.iter().map(|span| {
        let status = &span.status;
        [
            (":record_id", id.into()),
            (":from_on", span.from.to_string().into()),
            (":to_on", span.to.map_or_else(|| FOREVER.to_owned(), |to| to.to_string()).into()),
            (":since_on", span.since.to_string().into()),
            (":headline", status.headline().into()),
            (":stage", status.stage.into()),
            (":outcome", status.outcome.into()),
            (":validity", status.validity.into()),
            (":was", status.was.into()),
            (":begun_on", day(status.begun_on).into()),
            (":begun_text", text(status.begun_on).into()),
            (":settled_on", day(status.settled_on).into()),
            (":settled_text", text(status.settled_on).into()),
            (":until_on", day(status.until_on).into()),
            (":until_text", text(status.until_on).into()),
        ]
    });
    db.run_each(include_str!("span/put.sql"), rows)
}

fn row_to_span(row: &Row<'_>) -> RowResult<Span> {
    let date = |at| Ok::<_, StoreError>(FuzzyDate::parse(row.str(at)?).ok());
    Ok(Span {
        from: day(row.str(0)?)?,
        to: match row.str(1)? {
            FOREVER => None,
            end => Some(day(end)?),
        },
        since: day(row.str(2)?)?,
        status: Status {
            stage: known(row.str(3)?)?,
            outcome: known(row.str(4)?)?,
            validity: known(row.str(5)?)?,
            was: known(row.str(6)?)?,
            begun_on: date(7)?,
            settled_on: date(8)?,
            until_on: date(9)?,
        },
    })
}

/// A day that the program itself wrote.
pub fn day(text: &str) -> Result<NaiveDate, StoreError> {
    text.parse().map_err(|_error| StoreError::Damaged { detail: format!("“{text}” is not a day") })
}

/// The word of a status vocabulary that the file holds.
pub fn known(word: &str) -> Result<&'static str, StoreError> {
    if word.is_empty() {
        return Ok("");
    }
    status::known(word)
        .map(|known| known.word)
        .ok_or_else(|| StoreError::Damaged { detail: format!("unknown status “{word}”") })
}
