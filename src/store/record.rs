//! Records: where each stands now, the links, lines and deadlines that were read out of it, and its image.

use serde_json::{Map, Value as Json};

use super::StoreError;
use super::engine::{Db, Param, RowResult, sqlite::Row};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::schema::walk::LinkFound;

/// Where a record stands: its newest version and the change that holds its image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The record.
    pub id: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// Its version, counting from 1.
    pub version: i64,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The record it belongs to.
    pub parent: Option<Id>,
    /// The origin and place of the change that holds its image.
    pub change: (i64, i64),
}

impl Head {
    /// The record in words: `Request REQ-2024-001`.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} {}", self.kind, self.reference)
    }
}

/// A record and its image.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Where it stands.
    pub head: Head,
    /// Its fields.
    pub image: Map<String, Json>,
}

/// The row of a record as its own image gives it.
#[derive(Debug, Clone, Default)]
pub struct RecordRow<'a> {
    /// Its reference.
    pub reference: &'a str,
    /// Its reference folded, by which it is unique in its kind and sorted.
    pub reference_key: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its title folded, by which it is sorted.
    pub title_key: &'a str,
    /// The last day of its own date, as ISO text.
    pub dated_on: Option<String>,
    /// Its own date as precise as it is known.
    pub dated_text: String,
    /// The record it belongs to.
    pub parent: Option<Id>,
    /// All its text, folded.
    pub search_text: &'a str,
}

/// What follows from other records as well.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Derived {
    /// `own` or `public`.
    pub source: String,
    /// Its project, or that of the record it belongs to.
    pub project: Option<Id>,
    /// Its instrument.
    pub instrument: Option<Id>,
    /// Its authority.
    pub authority: Option<Id>,
    /// Who filed it.
    pub applicant: String,
    /// How many cases it stands for.
    pub cases: i64,
}

/// A deadline as it is kept: dates as ISO text, empty where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineRow {
    /// Whether somebody has to do it, so that it stays after its day; otherwise it ends by itself.
    pub owed: bool,
    /// What falls due.
    pub what: String,
    /// The last day on which it is in time.
    pub due_on: String,
    /// The same as precise as it is known.
    pub due_text: String,
    /// The day from which it was known.
    pub known_on: String,
    /// The day from which it no longer counts.
    pub closed_on: String,
}

/// Where a record stands; `None` where it is not there.
pub fn head(db: &Db, id: Id) -> Result<Option<Head>, StoreError> {
    db.first(include_str!("record/head.sql"), &[(":id", id.into())], row_to_head)
}

/// A record and its image; `None` where it is not there.
pub fn get(db: &Db, id: Id) -> Result<Option<Stored>, StoreError> {
    db.first(include_str!("record/get.sql"), &[(":id", id.into())], row_to_stored)
}

/// The records of a kind that belong to another, oldest first.
pub fn children(db: &Db, parent: Id, kind: RecordKind) -> Result<Vec<Stored>, StoreError> {
    let params = [(":parent_id", parent.into()), (":kind", kind.word().into())];
    db.rows(include_str!("record/children.sql"), &params, row_to_stored)
}

/// The records of any kind that belong to another, with their kinds.
pub fn child_kinds(db: &Db, parent: Id) -> Result<Vec<(Id, RecordKind)>, StoreError> {
    db.rows(include_str!("record/child_kinds.sql"), &[(":parent_id", parent.into())], |row| {
        Ok((Id(row.int(0)?), kind_of(row.str(1)?)?))
    })
}

/// The records of any kind that belong to another.
pub fn child_ids(db: &Db, parent: Id) -> Result<Vec<Id>, StoreError> {
    db.rows(include_str!("record/child_ids.sql"), &[(":parent_id", parent.into())], row_to_id)
}

/// The record of a kind with this folded reference.
pub fn find(db: &Db, kind: RecordKind, reference_key: &str) -> Result<Option<Id>, StoreError> {
    let params = [(":kind", kind.word().into()), (":reference_key", reference_key.into())];
    db.first(include_str!("record/find.sql"), &params, row_to_id)
}

/// All records of a kind.
pub fn all_ids(db: &Db, kind: RecordKind) -> Result<Vec<Id>, StoreError> {
    db.rows(include_str!("record/all_ids.sql"), &[(":kind", kind.word().into())], row_to_id)
}

/// All records.
pub fn every_id(db: &Db) -> Result<Vec<Id>, StoreError> {
    db.rows(include_str!("record/every_id.sql"), &[], row_to_id)
}

/// How many records of each kind there are.
pub fn counts(db: &Db) -> Result<Vec<(RecordKind, i64)>, StoreError> {
    db.rows(include_str!("record/counts.sql"), &[], |row| Ok((kind_of(row.str(0)?)?, row.int(1)?)))
}

/// The largest folded reference of a kind that begins with `prefix`.
pub fn largest_reference(db: &Db, kind: RecordKind, prefix: &str) -> Result<Option<String>, StoreError> {
    let high = format!("{prefix}\u{10ffff}");
    let params = [(":kind", kind.word().into()), (":low", prefix.into()), (":high", high.into())];
    Ok(db.first(include_str!("record/count_prefix.sql"), &params, |row| row.opt_text(0))?.flatten())
}

/// The records of a kind by title, for link fields.
pub fn choices(db: &Db, kind: RecordKind) -> Result<Vec<(Id, String, String)>, StoreError> {
    db.rows(include_str!("record/choices.sql"), &[(":kind", kind.word().into())], |row| {
        Ok((Id(row.int(0)?), row.text(2)?, row.text(3)?))
    })
}

/// Writes the row of a record. What is derived keeps its value, or begins as `own`.
pub fn put(db: &Db, head: &Head, row: &RecordRow<'_>) -> Result<(), StoreError> {
    let params: [Param<'_>; 19] = [
        (":id", head.id.into()),
        (":kind", head.kind.word().into()),
        (":version", head.version.into()),
        (":source", "own".into()),
        (":reference", row.reference.into()),
        (":reference_key", row.reference_key.into()),
        (":title", row.title.into()),
        (":title_key", row.title_key.into()),
        (":dated_on", row.dated_on.as_deref().into()),
        (":dated_text", (&row.dated_text).into()),
        (":parent_id", row.parent.into()),
        (":project_id", None::<Id>.into()),
        (":instrument_id", None::<Id>.into()),
        (":authority_id", None::<Id>.into()),
        (":applicant", "".into()),
        (":cases", 1.into()),
        (":search_text", row.search_text.into()),
        (":origin", head.change.0.into()),
        (":origin_seq", head.change.1.into()),
    ];
    db.run(include_str!("record/put.sql"), &params)?;
    Ok(())
}

/// What follows from other records as well, as it is kept.
pub fn derived(db: &Db, id: Id) -> Result<Option<Derived>, StoreError> {
    db.first(include_str!("record/get_derived.sql"), &[(":id", id.into())], |row| {
        Ok(Derived {
            source: row.text(0)?,
            project: row.opt_int(1)?.map(Id),
            instrument: row.opt_int(2)?.map(Id),
            authority: row.opt_int(3)?.map(Id),
            applicant: row.text(4)?,
            cases: row.int(5)?,
        })
    })
}

/// Keeps what follows from other records as well.
pub fn set_derived(db: &Db, id: Id, derived: &Derived) -> Result<(), StoreError> {
    let params = [
        (":id", id.into()),
        (":source", (&derived.source).into()),
        (":project_id", derived.project.into()),
        (":instrument_id", derived.instrument.into()),
        (":authority_id", derived.authority.into()),
        (":applicant", (&derived.applicant).into()),
        (":cases", derived.cases.into()),
    ];
    db.run(include_str!("record/set_derived.sql"), &params)?;
    Ok(())
}

/// Takes the row of a record away, and everything that was read out of it. `links` are those it holds.
pub fn delete(db: &Db, id: Id, links: &[LinkFound]) -> Result<(), StoreError> {
    delete_links(db, id, links)?;
    for sql in [
        include_str!("goods/delete.sql"),
        include_str!("flag/delete.sql"),
        include_str!("record/delete_deadlines.sql"),
        include_str!("record/delete_categories.sql"),
        include_str!("span/delete.sql"),
        include_str!("record/delete.sql"),
    ] {
        db.run(sql, &[(":id", id.into())])?;
    }
    Ok(())
}

/// The records that name this one, and in which field.
pub fn links_to(db: &Db, id: Id) -> Result<Vec<(Id, String)>, StoreError> {
    flush_links(db)?;
    db.rows(include_str!("record/links_to.sql"), &[(":id", id.into())], |row| Ok((Id(row.int(0)?), row.text(1)?)))
}

/// How many links are kept in all.
pub fn count_links(db: &Db) -> Result<i64, StoreError> {
    flush_links(db)?;
    Ok(db.first(include_str!("record/count_links.sql"), &[], |row| row.int(0))?.unwrap_or_default())
}

/// Whether a record is kept as one that names another in a field.
pub fn is_linked(db: &Db, id: Id, link: &LinkFound) -> Result<bool, StoreError> {
    flush_links(db)?;
    Ok(db.first(include_str!("record/is_linked.sql"), &link_params(id, link), |row| row.int(0))?.is_some())
}

/// Keeps the links of a record in the place of those that it held.
pub fn set_links(db: &Db, id: Id, new: &[LinkFound], old: &[LinkFound]) -> Result<(), StoreError> {
    if new == old {
        return Ok(());
    }
    delete_links(db, id, old)?;
    put_links(db, id, new)
}

/// Keeps the links of a record that has none yet. Where a great many are written they wait, so that they come in the order
/// of their table.
pub fn put_links(db: &Db, id: Id, links: &[LinkFound]) -> Result<(), StoreError> {
    let is_full = db.hold(links.iter().map(|link| (link.to.0, &*link.field, id.0)));
    match is_full {
        None => db.run_each(include_str!("record/put_link.sql"), links.iter().map(|link| link_params(id, link))),
        Some(true) => flush_links(db),
        Some(false) => Ok(()),
    }
}

/// Writes the links that wait.
pub fn flush_links(db: &Db) -> Result<(), StoreError> {
    let held = db.take_held().sorted();
    let rows = held.iter().map(|(to, field, from)| {
        [(":to_id", (*to).into()), (":field", (&**field).into()), (":from_id", (*from).into())]
    });
    db.run_each(include_str!("record/put_link.sql"), rows)
}

fn delete_links(db: &Db, id: Id, links: &[LinkFound]) -> Result<(), StoreError> {
    flush_links(db)?;
    db.run_each(include_str!("record/delete_link.sql"), links.iter().map(|link| link_params(id, link)))
}

fn link_params(from: Id, link: &LinkFound) -> [Param<'_>; 3] {
    [(":to_id", link.to.into()), (":field", (&*link.field).into()), (":from_id", from.into())]
}

/// The deadlines of a record.
pub fn deadlines(db: &Db, id: Id) -> Result<Vec<DeadlineRow>, StoreError> {
    db.rows(include_str!("record/deadlines.sql"), &[(":id", id.into())], |row| {
        Ok(DeadlineRow {
            owed: row.int(0)? == 1,
            what: row.text(1)?,
            due_on: row.text(2)?,
            due_text: row.text(3)?,
            known_on: row.text(4)?,
            closed_on: row.text(5)?,
        })
    })
}

/// Keeps the deadlines of a record in the place of those that are there.
pub fn set_deadlines(db: &Db, id: Id, new: &[DeadlineRow], old: &[DeadlineRow]) -> Result<(), StoreError> {
    if !old.is_empty() {
        db.run(include_str!("record/delete_deadlines.sql"), &[(":id", id.into())])?;
    }
    let rows = (1_i64..).zip(new).map(|(number, deadline)| {
        [
            (":record_id", id.into()),
            (":number", number.into()),
            (":owed", deadline.owed.into()),
            (":what", (&deadline.what).into()),
            (":due_on", (&deadline.due_on).into()),
            (":due_text", (&deadline.due_text).into()),
            (":known_on", (&deadline.known_on).into()),
            (":closed_on", (&deadline.closed_on).into()),
        ]
    });
    db.run_each(include_str!("record/put_deadline.sql"), rows)
}

/// The categories of a record, named or through its lines.
pub fn categories(db: &Db, id: Id) -> Result<Vec<Id>, StoreError> {
    db.rows(include_str!("record/categories.sql"), &[(":id", id.into())], row_to_id)
}

/// Keeps the categories of a record, sorted and each once, in the place of those that are there.
pub fn set_categories(db: &Db, id: Id, new: &[Id], old: &[Id]) -> Result<(), StoreError> {
    if !old.is_empty() {
        db.run(include_str!("record/delete_categories.sql"), &[(":id", id.into())])?;
    }
    let rows = new.iter().map(|category| [(":record_id", id.into()), (":category_id", (*category).into())]);
    db.run_each(include_str!("record/put_category.sql"), rows)
}

fn row_to_id(row: &Row<'_>) -> RowResult<Id> {
    Ok(Id(row.int(0)?))
}

fn row_to_head(row: &Row<'_>) -> RowResult<Head> {
    Ok(Head {
        id: Id(row.int(0)?),
        kind: kind_of(row.str(1)?)?,
        version: row.int(2)?,
        reference: row.text(3)?,
        title: row.text(4)?,
        parent: row.opt_int(5)?.map(Id),
        change: (row.int(6)?, row.int(7)?),
    })
}

fn row_to_stored(row: &Row<'_>) -> RowResult<Stored> {
    Ok(Stored { head: row_to_head(row)?, image: image_of(row.str(8)?)? })
}

/// The kind a word in the file names.
pub fn kind_of(word: &str) -> Result<RecordKind, StoreError> {
    RecordKind::from_word(word)
        .ok_or_else(|| StoreError::Damaged { detail: format!("unknown record kind “{word}”") })
}

/// The image a payload holds.
pub fn image_of(payload: &str) -> Result<Map<String, Json>, StoreError> {
    serde_json::from_str(payload).map_err(|error| StoreError::Damaged { detail: format!("unreadable image: {error}") })
}
