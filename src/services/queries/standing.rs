//! Small answers: drafts, choices, the newest operations, what undo would do.

use super::names;
use super::{FilterChoices, LinkChoice, OperationRow, RecordDraft, Standing};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::{Moment, undo};
use crate::store::{Db, StoreError, journal, record};

/// A record as a draft for its form.
pub(super) fn draft(db: &Db, id: Id) -> Result<Option<RecordDraft>, StoreError> {
    let stored = record::get(db, id)?;
    Ok(stored.map(|stored| RecordDraft {
        id,
        kind: stored.head.kind,
        version: stored.head.version,
        draft: stored.image,
    }))
}

/// The records a link field can choose from.
pub(super) fn choices(db: &Db, kinds: &[RecordKind]) -> Result<Vec<LinkChoice>, StoreError> {
    let mut all = Vec::new();
    for kind in kinds {
        let of_kind = record::choices(db, *kind)?;
        all.extend(of_kind.into_iter().map(|(id, reference, title)| LinkChoice { id, kind: *kind, reference, title }));
    }
    Ok(all)
}

/// The newest operations, newest first.
pub(super) fn operations(db: &Db, limit: u32, moment: Moment) -> Result<Vec<OperationRow>, StoreError> {
    let listed = journal::operations(db, limit)?;
    Ok(listed
        .into_iter()
        .map(|listed| OperationRow {
            id: listed.head.id,
            at: moment.local(&listed.head.at),
            actor: listed.head.actor,
            what: listed.head.what,
            records: listed.records,
        })
        .collect())
}

/// What undo and redo would do, and how many records there are.
pub(super) fn standing(db: &Db, origin: i64) -> Result<Standing, StoreError> {
    let stacks = undo::stacks(db, origin)?;
    Ok(Standing {
        undo: stacks.undo.map(|step| step.what),
        redo: stacks.redo.map(|step| step.what),
        counts: record::counts(db)?,
    })
}

/// The values that the filters of lists offer.
pub(super) fn filter_choices(db: &Db) -> Result<FilterChoices, StoreError> {
    Ok(FilterChoices {
        categories: names::categories(db)?,
        authorities: choices(db, &[RecordKind::Authority])?,
        projects: choices(db, &[RecordKind::Project])?,
        items: choices(db, &[RecordKind::Item])?,
        funds: choices(db, &[RecordKind::Fund])?,
    })
}
