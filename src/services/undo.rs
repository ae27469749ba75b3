//! Undo and redo, both derived from the journal, so that they survive a restart.
//!
//! Undo appends the inverse of an operation; redo appends the inverse of that undo. Nothing in the journal is changed.

use std::collections::{BTreeMap, BTreeSet};

use super::session::{Session, refusal_text};
use super::write::WriteError;
use crate::domain::id::Id;
use crate::store::journal::{self, Mark, Stacked};
use crate::store::{Db, StoreError, record};

/// The word of an operation that undoes another.
pub(super) const UNDO: &str = "undo";
/// The word of an operation that does an undone one again.
pub(super) const REDO: &str = "redo";
/// The word of the operation that fills a new workspace; it cannot be undone.
pub(super) const SEED: &str = "seed";

/// How many operations are read at once on the way back.
const PAGE: i64 = 100;

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

/// Finds both by walking the operations of this file back from the newest, as far as it takes.
///
/// An operation that was taken back is passed over, and so is an undo that was itself redone. The first that is left is
/// what undo would take back; an undo that is met before any new work is what redo would do again.
pub(super) fn stacks(db: &Db, origin: i64) -> Result<Stacks, StoreError> {
    let lineage = journal::lineage(db, origin)?;
    let mut walk = Walk::default();
    let mut before = Id(i64::MAX);
    loop {
        let page = journal::stack(db, before, PAGE)?;
        let Some(last) = page.last() else { break };
        before = last.id;
        for operation in page.into_iter().filter(|operation| lineage.contains(&operation.origin)) {
            walk.step(operation);
        }
        if walk.is_settled() {
            break;
        }
    }
    Ok(walk.found)
}

/// What was seen on the way back.
#[derive(Default)]
struct Walk {
    found: Stacks,
    cancelled: BTreeSet<Id>,
    redo_is_settled: bool,
}

impl Walk {
    fn step(&mut self, operation: Stacked) {
        let Stacked { id, kind, what, undoes, .. } = operation;
        let was_cancelled = self.cancelled.remove(&id);
        if kind == SEED || was_cancelled {
            return;
        }
        self.cancelled.extend(undoes);
        let plain = ["Undo: ", "Redo: "].iter().fold(what.as_str(), |what, word| what.trim_start_matches(word));
        let step = Step { id, what: plain.to_owned() };
        if kind == UNDO {
            if !self.redo_is_settled {
                self.redo_is_settled = true;
                self.found.redo = Some(step);
            }
            return;
        }
        // New work ends what could be redone; work done again does not.
        self.redo_is_settled |= kind != REDO;
        self.found.undo.get_or_insert(step);
    }

    const fn is_settled(&self) -> bool {
        self.found.undo.is_some() && self.redo_is_settled
    }
}

/// Appends the inverse of an operation.
pub(super) fn invert(session: &mut Session<'_>, step: &Step) -> Result<(), WriteError> {
    let changes = journal::marks(session.db, step.id)?;
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
fn refuse_later(db: &Db, step: &Step, changes: &[Mark]) -> Result<(), WriteError> {
    let last: BTreeMap<Id, &Mark> = changes.iter().map(|change| (change.id, change)).collect();
    for change in last.values() {
        let Some(newest) = journal::newest(db, change.id)? else { continue };
        let image = |version| journal::image(db, change.id, version);
        if newest.place != change.place && image(newest.version)? != image(change.version)? {
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
