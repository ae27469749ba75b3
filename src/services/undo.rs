//! Undo and redo, both derived from the journal, so that they survive a restart.
//!
//! Undo appends the inverse of an operation; redo appends the inverse of that undo. Nothing in the journal is changed.

use std::collections::BTreeMap;

use super::session::{Session, refusal_text};
use super::write::WriteError;
use crate::domain::id::Id;
use crate::store::journal::{self, ChangeRow};
use crate::store::{Db, StoreError, record};

/// The word of an operation that undoes another.
pub(super) const UNDO: &str = "undo";
/// The word of an operation that does an undone one again.
pub(super) const REDO: &str = "redo";
/// The word of the operation that fills a new workspace; it cannot be undone.
pub(super) const SEED: &str = "seed";

/// How many operations back undo reaches.
const DEPTH: i64 = 500;

/// An operation that can be undone or redone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub id: Id,
    pub what: String,
}

/// What undo and redo would do next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Stacks {
    pub undo: Option<Step>,
    pub redo: Option<Step>,
}

/// Derives both stacks from the newest operations of this origin.
pub(super) fn stacks(db: &Db, origin: i64) -> Result<Stacks, StoreError> {
    let mut operations = journal::stack(db, origin, DEPTH)?;
    operations.reverse();
    let mut done: Vec<Step> = Vec::new();
    let mut undone: Vec<(Step, Step)> = Vec::new();
    for (id, kind, what, undoes) in operations {
        match (kind.as_str(), undoes) {
            (UNDO, Some(target)) => {
                if let Some(at) = done.iter().rposition(|step| step.id == target) {
                    let target = done.remove(at);
                    undone.push((Step { id, what: target.what.clone() }, target));
                }
            }
            (REDO, Some(target)) => {
                if let Some(at) = undone.iter().rposition(|(undo, _)| undo.id == target) {
                    let (undo, _) = undone.remove(at);
                    done.push(Step { id, what: undo.what });
                }
            }
            (SEED, _) => {}
            _ => {
                undone.clear();
                done.push(Step { id, what });
            }
        }
    }
    Ok(Stacks { undo: done.pop(), redo: undone.pop().map(|(undo, _)| undo) })
}

/// Appends the inverse of an operation.
pub(super) fn invert(session: &mut Session<'_>, step: &Step) -> Result<(), WriteError> {
    let changes = journal::changes(session.db, step.id)?;
    refuse_later(session.db, step, &changes)?;
    for change in changes.iter().rev() {
        let before = match change.version {
            1 => None,
            version => journal::image(session.db, change.id, version - 1)?,
        };
        match before {
            Some(payload) => session.put(change.kind, change.id, &record::image_of(&payload)?)?,
            None => {
                if let Some(head) = record::head(session.db, change.id)? {
                    session.remove(&head)?;
                }
            }
        }
    }
    Ok(())
}

/// A record that no longer stands as the operation left it is in the way; it is named. Changes since then that were
/// taken back themselves leave it as it was.
fn refuse_later(db: &Db, step: &Step, changes: &[ChangeRow]) -> Result<(), WriteError> {
    let last: BTreeMap<Id, &ChangeRow> = changes.iter().map(|change| (change.id, change)).collect();
    for change in last.values() {
        let Some(newest) = journal::newest(db, change.id)? else { continue };
        if newest.place != change.place && journal::image(db, change.id, newest.version)? != change.payload {
            let words =
                record::head(db, change.id)?.map_or_else(|| change.kind.label().to_owned(), |head| head.words());
            let reason = format!(
                "{words} was changed later, so “{}” cannot be taken back. Undo the later change first",
                step.what
            );
            return Err(refusal_text(&words, &reason));
        }
    }
    Ok(())
}
