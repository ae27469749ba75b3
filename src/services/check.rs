//! Proves a workspace: the file, the chain of its journal, and everything that is derived from it.

use std::collections::BTreeMap;

use super::derive::{self, Projection};
use super::write::WriteError;
use super::{Failure, Workspace, lines};
use crate::domain::record::spec;
use crate::domain::schema::walk;
use crate::domain::summary::{Amount, Cell, grains};
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError, figures, journal};

/// What was found. A workspace is sound when `problems` is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Records that were proved.
    pub records: usize,
    /// Changes whose chain was walked.
    pub changes: i64,
    /// Kept sums that were compared with a full recount.
    pub figures: usize,
    /// What does not hold, in sentences; the first broken row of each chain.
    pub problems: Vec<String>,
}

/// The sums a recount gives.
type Recount = BTreeMap<(i64, String, Cell), Amount>;

impl Workspace {
    /// Proves the file, the chain and the derived tables.
    pub fn check(&self) -> Result<Report, Failure> {
        let db = self.store.db();
        let mut report = Report::default();
        for found in db.integrity_problems()? {
            report.problems.push(format!("The file is damaged: {found}"));
        }
        check_chains(db, &mut report)?;
        let recount = check_records(db, &mut report)?;
        check_figures(db, &recount, &mut report)?;
        Ok(report)
    }
}

fn check_chains(db: &Db, report: &mut Report) -> Result<(), Failure> {
    for origin in journal::origins(db)? {
        report.changes += origin.head_seq;
        if let Some(broken) = journal::verify(db, &origin)? {
            report.problems.push(format!(
                "The journal is broken at change {} of origin {}: {}",
                broken.origin_seq, broken.origin, broken.why
            ));
        }
    }
    Ok(())
}

fn check_records(db: &Db, report: &mut Report) -> Result<Recount, Failure> {
    let mut recount = Recount::new();
    for id in record::every_id(db)? {
        let Some(stored) = record::get(db, id)? else { continue };
        report.records += 1;
        check_newest(db, &stored, report)?;
        check_links(db, &stored, report)?;
        check_lines(db, &stored, report)?;
        let kept = Projection::kept(db, id)?;
        let projected = derive::project(db, &stored).map_err(|error| match error {
            WriteError::Failed(failure) => failure,
            WriteError::Refused(refusal) => Failure::Other(refusal.to_string()),
        })?;
        if projected.projection != kept {
            report.problems.push(format!(
                "{}: what is kept of its status and categories is not what follows from it",
                stored.head.words()
            ));
        }
        for ((cell, on), amount) in projected.projection.contributions(stored.head.kind) {
            for (grain, period) in grains(on) {
                let sum = recount.entry((grain, period, cell.clone())).or_default();
                sum.records += amount.records;
                sum.cases += amount.cases;
            }
        }
    }
    recount.retain(|_, amount| *amount != Amount::default());
    Ok(recount)
}

fn check_newest(db: &Db, stored: &Stored, report: &mut Report) -> Result<(), StoreError> {
    let newest = journal::newest(db, stored.head.id)?;
    if newest.is_none_or(|newest| newest.version != stored.head.version || newest.place != stored.head.change) {
        report.problems.push(format!("{}: it does not show its newest change", stored.head.words()));
    }
    Ok(())
}

fn check_links(db: &Db, stored: &Stored, report: &mut Report) -> Result<(), StoreError> {
    let links = walk::links(spec(stored.head.kind).fields, &stored.image);
    let mut kept = record::links_from(db, stored.head.id)?;
    kept.sort();
    if kept != links {
        report.problems.push(format!("{}: its links are not those of its image", stored.head.words()));
    }
    Ok(())
}

fn check_lines(db: &Db, stored: &Stored, report: &mut Report) -> Result<(), Failure> {
    let words = stored.head.words();
    let counted = spec(stored.head.kind)
        .facts(&stored.image)
        .map_err(|error| super::session::refusal(&words, vec![error]))
        .and_then(|facts| lines::counted(db, stored.head.kind, &stored.image, &facts, &words));
    match counted {
        Ok(counted) if counted == record::lines(db, stored.head.id)? => {}
        Err(WriteError::Failed(failure)) => return Err(failure),
        _ => report.problems.push(format!("{words}: its lines are not counted as its image says")),
    }
    Ok(())
}

fn check_figures(db: &Db, recount: &Recount, report: &mut Report) -> Result<(), Failure> {
    let kept: Recount = figures::kept(db)?.into_iter().collect();
    report.figures = recount.len().max(kept.len());
    let differing = recount
        .keys()
        .chain(kept.keys().filter(|key| !recount.contains_key(*key)))
        .find(|key| recount.get(*key) != kept.get(*key));
    if let Some((_, period, cell)) = differing {
        report.problems.push(format!(
            "The kept figure “{}, {}” for {period} is not what a full count gives",
            cell.counted.label(),
            crate::domain::status::label(crate::domain::status::headline(cell.stage, cell.outcome))
        ));
    }
    Ok(())
}
