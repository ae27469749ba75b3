//! One record with everything that belongs to it: fields, timeline, related records, history.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::names::Names;
use super::{
    Detail, HistoryEntry, ListRow, RelatedGroup, TimelineEntry, clocks, list, sections, sections_files,
    sections_permits, values, waits,
};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::Field;
use crate::domain::status::{Outcome, Stage};
use crate::domain::summary::Source;
use crate::services::Moment;
use crate::store::journal::Version;
use crate::store::record::{Stored, image_of};
use crate::store::{Db, StoreError, flag, journal, record};

/// How many related records of one kind are shown; the list has the others.
const RELATED_MOST: usize = 100;

/// A record with everything that belongs to it; `None` where it is gone.
pub(super) fn detail(db: &Db, id: Id, on: NaiveDate, moment: Moment) -> Result<Option<Detail>, StoreError> {
    let names = Names::read(db)?;
    let (Some(stored), Some(row)) = (record::get(db, id)?, list::row(db, &names, id, on)?) else { return Ok(None) };
    let kind = stored.head.kind;
    // What follows from a record is why it is looked at; what was typed stands below.
    let mut shown = sections::derived(db, &stored, on)?;
    let derived = shown.len();
    shown.extend(values::sections(db, spec(kind).fields, &stored.image)?);
    shown.extend(clocks::section(db, &stored, on)?);
    Ok(Some(Detail {
        kind,
        sections: shown,
        derived,
        timeline: timeline(db, &stored, on)?,
        related: related(db, &names, &stored, on)?,
        history: history(db, kind, id, moment)?,
        remarks: remarks(db, &names, &stored, &row, on)?,
        files: sections_files::files(db, id)?,
        row,
    }))
}

/// What happened to a record and, for a matter, to its filings; oldest first.
fn timeline(db: &Db, stored: &Stored, on: NaiveDate) -> Result<Vec<TimelineEntry>, StoreError> {
    let mut parts = record::child_ids(db, stored.head.id)?;
    if stored.head.kind == RecordKind::Matter {
        for filing in parts.clone() {
            parts.extend(record::child_ids(db, filing)?);
        }
    }
    let mut entries = Vec::new();
    for part in parts {
        if let Some(part) = record::get(db, part)? {
            entries.extend(entry(&part, on));
        }
    }
    entries.sort_by_key(|entry| (entry.sort_on, entry.id));
    Ok(entries)
}

fn entry(part: &Stored, on: NaiveDate) -> Option<TimelineEntry> {
    // A file stands among the files, a filing of a matter with its own parts.
    if matches!(part.head.kind, RecordKind::Request | RecordKind::Attachment) {
        return None;
    }
    let facts = spec(part.head.kind).facts(&part.image).ok()?;
    let date = facts.dated_on?;
    let text = ["text", "note", "legal_basis"].iter().find_map(|field| part.image.get(*field).and_then(Value::as_str));
    let text = text.unwrap_or_default();
    Some(TimelineEntry {
        id: part.head.id,
        kind: part.head.kind,
        date: date.to_string(),
        sort_on: date.last(),
        text: if text == facts.title { String::new() } else { text.to_owned() },
        title: facts.title,
        later: FuzzyDate::last(date) > on,
    })
}

/// Records that belong to this one or name it, by kind.
fn related(db: &Db, names: &Names, stored: &Stored, on: NaiveDate) -> Result<Vec<RelatedGroup>, StoreError> {
    let mut ids: BTreeSet<Id> = record::child_ids(db, stored.head.id)?.into_iter().collect();
    ids.extend(record::links_to(db, stored.head.id)?.into_iter().map(|(from, _)| from));
    let mut groups: BTreeMap<RecordKind, Vec<ListRow>> = BTreeMap::new();
    for id in ids {
        let Some(head) = record::head(db, id)?.filter(|head| head.kind != RecordKind::Attachment) else { continue };
        let rows = groups.entry(head.kind).or_default();
        if rows.len() < RELATED_MOST {
            rows.extend(list::row(db, names, id, on)?);
        }
    }
    Ok(groups.into_iter().map(|(kind, rows)| RelatedGroup { kind, rows }).collect())
}

/// Every version with what it changed, newest first.
pub(in crate::services) fn history(
    db: &Db,
    kind: RecordKind,
    id: Id,
    moment: Moment,
) -> Result<Vec<HistoryEntry>, StoreError> {
    let fields = spec(kind).fields;
    let mut entries = Vec::new();
    let mut before = Map::new();
    for version in journal::history(db, id)? {
        let after = version.payload.as_deref().map(image_of).transpose()?.unwrap_or_default();
        entries.push(HistoryEntry {
            at: moment.local(&version.at),
            actor: version.actor.clone(),
            what: what(&version).to_owned(),
            changes: changes(db, fields, &before, &after)?,
        });
        before = after;
    }
    entries.reverse();
    Ok(entries)
}

fn what(version: &Version) -> &'static str {
    match (version.kind.as_str(), version.removed, version.version) {
        ("undo", ..) => "Undone",
        ("redo", ..) => "Redone",
        (_, true, _) => "Deleted",
        ("import", _, 1) => "Imported",
        (_, _, 1) => "Created",
        _ => "Edited",
    }
}

fn changes(
    db: &Db,
    fields: &'static [Field],
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Result<Vec<(String, String, String)>, StoreError> {
    let mut changes = Vec::new();
    for field in fields {
        let (old, new) = (before.get(field.name), after.get(field.name));
        if old != new {
            let line = |value: Option<&Value>| values::line_of(db, field.kind, value.unwrap_or(&Value::Null));
            changes.push((field.label.to_owned(), line(old)?, line(new)?));
        }
    }
    Ok(changes)
}

/// What to know about a record besides its status.
fn remarks(db: &Db, names: &Names, stored: &Stored, row: &ListRow, on: NaiveDate) -> Result<Vec<String>, StoreError> {
    let flagged = flag::of_record(db, stored.head.id)?.into_iter().filter(|flag| flag.since <= on);
    let mut remarks: Vec<String> = flagged.map(|flag| flag.what).collect();
    if stored.head.kind == RecordKind::Permission {
        remarks.extend(sections_permits::lapses(db, stored, on)?);
    }
    let matter = match stored.head.kind {
        RecordKind::Matter => Some(stored.head.id),
        RecordKind::Request => stored.head.parent,
        _ => None,
    };
    if let Some(matter) = matter {
        remarks.extend(waits::remarks(db, names, matter, on)?);
    }
    let Some(status) = row.status.as_ref().filter(|_| stored.head.kind == RecordKind::Request) else {
        return Ok(remarks);
    };
    if status.word == Stage::LastKnown.word() {
        remarks.push(format!("Nothing was heard after {}. Last known: {}", row.until_on, status.was.to_lowercase()));
    }
    if status.word == Outcome::ClearedBySilence.word() {
        remarks.push("No answer came within the time the rule gives the authority. This follows from the clock, not from a letter".into());
    }
    if row.source == Source::Public && status.stage == Stage::Decided.word() && row.begun_on.is_empty() {
        remarks.push("Of this public filing the day of sending is not known".into());
    }
    Ok(remarks)
}
