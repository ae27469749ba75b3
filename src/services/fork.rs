//! Two files of one record: whether one continues the other, or both were written apart.

use std::collections::BTreeMap;

use super::{Failure, Workspace};
use crate::store::journal::{self, OriginRow};

/// How two files stand to one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relation {
    /// Both hold the same changes.
    Same,
    /// This one holds everything the other has, and more.
    Ahead,
    /// The other holds everything this one has, and more.
    Behind,
    /// Both were written apart since they were one; how many changes each has that the other lacks.
    Forked {
        /// Changes only this file has.
        here: i64,
        /// Changes only the other file has.
        there: i64,
    },
    /// They never were one file.
    Unrelated,
}

impl std::fmt::Display for Relation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Same => f.write_str("Both files hold the same changes"),
            Self::Ahead => f.write_str("This file holds everything the other has, and more"),
            Self::Behind => f.write_str("The other file holds everything this one has, and more"),
            Self::Forked { here, there } => write!(
                f,
                "The two files were written apart: {here} changes stand only here and {there} only in the other. Keep both until they are brought together"
            ),
            Self::Unrelated => f.write_str("The two files never were one"),
        }
    }
}

/// Compares the chains of two files.
pub fn compare(here: &Workspace, there: &Workspace) -> Result<Relation, Failure> {
    let by_id = |workspace: &Workspace| -> Result<BTreeMap<i64, OriginRow>, Failure> {
        let origins = journal::origins(workspace.store().db())?;
        Ok(origins.into_iter().map(|origin| (origin.id, origin)).collect())
    };
    let (ours, theirs) = (by_id(here)?, by_id(there)?);
    if ours.keys().all(|id| !theirs.contains_key(id)) {
        return Ok(Relation::Unrelated);
    }
    let (mut ahead, mut behind) = (0, 0);
    for id in ours.keys().chain(theirs.keys().filter(|id| !ours.contains_key(id))) {
        let ends = (ours.get(id).map_or(0, |o| o.head_seq), theirs.get(id).map_or(0, |o| o.head_seq));
        let common = last_common(here, there, *id, ends.0.min(ends.1))?;
        ahead += ends.0 - common;
        behind += ends.1 - common;
    }
    Ok(match (ahead, behind) {
        (0, 0) => Relation::Same,
        (_, 0) => Relation::Ahead,
        (0, _) => Relation::Behind,
        (here, there) => Relation::Forked { here, there },
    })
}

/// The last place up to which one chain is the same in both files. Each hash covers all before it, so halving finds it.
fn last_common(here: &Workspace, there: &Workspace, origin: i64, most: i64) -> Result<i64, Failure> {
    let same = |seq: i64| -> Result<bool, Failure> {
        let ours = journal::hash_at(here.store().db(), origin, seq)?;
        Ok(ours.is_some() && ours == journal::hash_at(there.store().db(), origin, seq)?)
    };
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if same(middle)? {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    Ok(low)
}
