//! Everything dated that needs a person, by urgency: deadlines of the record, days to ask by, and what was put off.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::names::Names;
use super::{CategoryTag, DeadlineBoard, DeadlineGroup, DeadlineShown, PutOffShown, Sources, Urgency, waits};
use crate::domain::date::days_after;
use crate::domain::id::Id;
use crate::domain::record::{Mark, RecordKind};
use crate::domain::status::mark;
use crate::domain::summary::Source;
use crate::services::derive::PERMISSION_ENDS;
use crate::services::durations::{self, AskBy};
use crate::services::{Workspace, facts};
use crate::store::deadlines::{self, End, InSight, OfRecord, Period};
use crate::store::{Db, StoreError, record};

/// What asking for an extension is called among the deadlines.
pub const ASK_BY: &str = "Ask for an extension";
/// Up to how many deadlines of one urgency are counted.
const MOST_COUNTED: i64 = 10_000;
/// How far ahead the end of a permission may lie for which one may have to ask today: an answer can take years.
const YEARS_AHEAD: u64 = 3 * 366;

/// The deadlines as of a day, so many of each urgency at most.
pub(super) fn board(db: &Db, on: NaiveDate, sources: Sources, most: usize) -> Result<DeadlineBoard, StoreError> {
    let names = Names::read(db)?;
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let mut board = DeadlineBoard { as_of: on, groups: Vec::new(), put_off: Vec::new(), not_estimated: Vec::new() };
    let mut asks = Vec::new();
    if sources.single() != Some(Source::Public) {
        asks = ask_rows(db, &names, on, limit, &mut board.not_estimated)?;
    }
    for urgency in Urgency::ALL {
        let period = period(*urgency, on);
        let counts = (limit, MOST_COUNTED.max(limit));
        let (found, count) = deadlines::in_sight(db, on, period, sources.single(), counts)?;
        let mut rows = Vec::new();
        for row in found {
            rows.push(shown(db, &names, on, row)?);
        }
        let of_urgency = |row: &&DeadlineShown| Urgency::of(row.days_left) == *urgency;
        let asked = asks.iter().filter(of_urgency).cloned();
        let total = count + i64::try_from(asked.clone().count()).unwrap_or(0);
        rows.extend(asked);
        rows.sort_by_key(|row| (row.due_on, row.id));
        rows.truncate(most);
        let more = total - i64::try_from(rows.len()).unwrap_or(total);
        if !rows.is_empty() {
            board.groups.push(DeadlineGroup { urgency: *urgency, rows, more, at_least: count >= counts.1 });
        }
    }
    board.put_off = put_off(db, &names, on, sources, limit)?;
    Ok(board)
}

fn period(urgency: Urgency, on: NaiveDate) -> Period {
    let (first, end) = urgency.days();
    let at = |days: i64| u64::try_from(days).map_or(on, |days| days_after(on, days));
    match urgency {
        Urgency::Overdue => Period::Overdue,
        Urgency::Later => Period::Coming(at(first), last_day()),
        Urgency::ThisWeek | Urgency::ThisMonth => Period::Coming(at(first), at(end)),
    }
}

/// A day after all others that can be written, so that it compares as text.
fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX)
}

fn shown(db: &Db, names: &Names, on: NaiveDate, row: InSight) -> Result<DeadlineShown, StoreError> {
    let InSight { record, owed, what, due_on, due_text } = row;
    let (id, kind, source, reference) = (record.id, record.kind, record.source, record.reference.clone());
    let (categories, authority) = (categories(db, names, id)?, names.authority(record.authority).to_owned());
    let title = title(db, record)?;
    let days_left = (due_on - on).num_days();
    let note = String::new();
    Ok(DeadlineShown {
        id,
        kind,
        source,
        reference,
        title,
        what,
        authority,
        categories,
        due_on,
        due_text,
        days_left,
        owed,
        note,
    })
}

/// A part of a record is recognised by the record it belongs to; what has no better title has none.
fn title(db: &Db, record: OfRecord) -> Result<String, StoreError> {
    waits::title(db, record.parent, record.title)
}

fn categories(db: &Db, names: &Names, id: Id) -> Result<Vec<CategoryTag>, StoreError> {
    Ok(record::categories(db, id)?.into_iter().filter_map(|id| names.category(id).cloned()).collect())
}

/// The days by which to ask for an extension of each of our permissions, from our own history of its authority.
fn ask_rows(
    db: &Db,
    names: &Names,
    on: NaiveDate,
    most: i64,
    not_estimated: &mut Vec<(String, String)>,
) -> Result<Vec<DeadlineShown>, StoreError> {
    let ends = deadlines::ends(db, on, days_after(on, YEARS_AHEAD), most)?;
    if ends.is_empty() {
        return Ok(Vec::new());
    }
    let known = durations::durations(db, on, &[Source::Own])?;
    let (mut rows, mut refused) = (Vec::new(), BTreeMap::new());
    for end in ends {
        match known.ask_by(end.record.authority, end.on) {
            Ok(ask) if !is_marked(db, &end, on)? => rows.push(ask_row(db, names, on, end, &ask)?),
            Ok(_) => {}
            Err(reason) => {
                refused.insert(names.authority(end.record.authority).to_owned(), reason);
            }
        }
    }
    not_estimated.extend(refused);
    Ok(rows)
}

fn ask_row(db: &Db, names: &Names, on: NaiveDate, end: End, ask: &AskBy) -> Result<DeadlineShown, StoreError> {
    let note = format!("{}; it ends on {}", ask.words(), end.on);
    let row = InSight {
        record: end.record,
        owed: true,
        what: ASK_BY.to_owned(),
        due_on: ask.on,
        due_text: ask.on.to_string(),
    };
    Ok(DeadlineShown { note, ..shown(db, names, on, row)? })
}

/// Whether somebody has put this asking off or settled it since the permission was to end on that day, or has settled the
/// end itself.
fn is_marked(db: &Db, end: &End, on: NaiveDate) -> Result<bool, StoreError> {
    let (marks, ends_on) = (record::children(db, end.record.id, RecordKind::Mark)?, end.on.to_string());
    if marks.is_empty() {
        return Ok(false);
    }
    let kept = record::deadlines(db, end.record.id)?;
    let known = kept.iter().filter(|row| !row.owed && row.due_on == ends_on).map(|row| row.known_on.as_str()).min();
    for stored in marks {
        let mark: Mark = facts::typed_of(&stored)?;
        let since = mark.on.is_some_and(|on| known.is_none_or(|known| on.to_string().as_str() >= known));
        let asks = mark.what == ASK_BY && since;
        let settles = mark.what == PERMISSION_ENDS && mark.due_on == Some(end.on) && mark.done_on.is_some();
        let hides = |(from, until): (NaiveDate, Option<NaiveDate>)| from <= on && until.is_none_or(|until| on < until);
        if (asks || settles) && mark::hides(&mark).is_some_and(hides) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What was put off and is still to be done afterwards.
fn put_off(db: &Db, names: &Names, on: NaiveDate, sources: Sources, most: i64) -> Result<Vec<PutOffShown>, StoreError> {
    let mut rows = Vec::new();
    for found in deadlines::put_off(db, on, sources.single(), most)? {
        let Some(mark) = facts::load::<Mark>(db, found.mark)? else { continue };
        let Some(due_on) = mark.due_on else { continue };
        let kept = record::deadlines(db, found.record.id)?;
        let same = |row: &&record::DeadlineRow| row.what == mark.what && row.due_on == due_on.to_string();
        let still = |row: &record::DeadlineRow| row.closed_on.is_empty() || row.closed_on > found.until.to_string();
        let row = kept.iter().filter(same).find(|row| still(row));
        if mark.what != ASK_BY && row.is_none() {
            continue;
        }
        let row = InSight {
            owed: row.is_none_or(|row| row.owed),
            due_text: row.map_or_else(|| due_on.to_string(), |row| row.due_text.clone()),
            record: found.record,
            what: mark.what,
            due_on,
        };
        rows.push(PutOffShown { deadline: shown(db, names, on, row)?, until: found.until, mark: found.mark });
    }
    Ok(rows)
}

impl Workspace {
    /// The deadlines of one record that are in sight on a day.
    pub fn deadlines_of(&self, id: Id, on: NaiveDate) -> Result<Vec<(String, NaiveDate)>, crate::services::Failure> {
        let db = self.store.db();
        let mut found = of_record(db, id, on)?;
        let names = Names::read(db)?;
        let asks = ask_rows(db, &names, on, i64::MAX, &mut Vec::new())?;
        found.extend(asks.into_iter().filter(|row| row.id == id).map(|row| (row.what, row.due_on)));
        found.sort_by_key(|(_, due_on)| *due_on);
        Ok(found)
    }
}

/// The deadlines of a record as they are kept, that are in sight on a day.
fn of_record(db: &Db, id: Id, on: NaiveDate) -> Result<Vec<(String, NaiveDate)>, StoreError> {
    let on = on.to_string();
    let in_sight = |row: &record::DeadlineRow| {
        row.known_on <= on && (row.closed_on.is_empty() || row.closed_on > on) && (row.owed || row.due_on >= on)
    };
    let kept = record::deadlines(db, id)?;
    Ok(kept.into_iter().filter(in_sight).filter_map(|row| Some((row.what, row.due_on.parse().ok()?))).collect())
}
