//! Proves a workspace: the file, the chain of its journal, and everything that is derived from it.

use std::collections::BTreeMap;

use super::catalogue::Catalogue;
use super::derive::{self, Projection};
use super::perform::as_failure;
use super::{Failure, Workspace, search_index};
use crate::domain::goods;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::walk;
use crate::domain::summary::{Amount, Cell, grains};
use crate::store::record::{self, Stored};
use crate::store::{self, Db, StoreError, figures, journal, search};

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

/// The sums of figures a recount gives.
type Figures = BTreeMap<(i64, String, Cell), Amount>;
/// The sums of goods a recount gives; the period stands in the place of the day.
type GoodsSums = BTreeMap<(i64, goods::Cell), goods::Amount>;

/// Everything that a recount adds up.
#[derive(Default)]
struct Recount {
    figures: Figures,
    goods: GoodsSums,
}

impl Recount {
    fn add(&mut self, kind: RecordKind, projection: &Projection) {
        for ((cell, on), amount) in projection.contributions(kind) {
            for (grain, period) in grains(on) {
                let sum = self.figures.entry((grain, period, cell.clone())).or_default();
                sum.records += amount.records;
                sum.cases += amount.cases;
            }
        }
        let mut sums = goods::Contributions::new();
        goods::add(&projection.goods, 1, &mut sums);
        for (cell, amount) in sums {
            for (grain, period) in goods::grains(&cell.on) {
                let sum = self.goods.entry((grain, goods::Cell { on: period.to_owned(), ..cell.clone() })).or_default();
                sum.quantity += amount.quantity;
                sum.lines += amount.lines;
            }
        }
    }
}

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
        check_figures(db, &recount.figures, &mut report)?;
        check_goods(db, &recount.goods, &mut report)?;
        check_search(db, &mut report)?;
        super::attachments::check(db, &mut report.problems)?;
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
    let mut recount = Recount::default();
    let mut catalogue = Catalogue::default();
    let is_searched = search::is_there(db)?;
    let mut links = 0;
    for id in record::every_id(db)? {
        let Some(stored) = record::get(db, id)? else { continue };
        report.records += 1;
        check_newest(db, &stored, report)?;
        links += check_links(db, &stored, report)?;
        if is_searched && !search_index::answers_for(db, &stored.head)? {
            report.problems.push(format!("{}: search does not find it by its reference", stored.head.words()));
        }
        let kept = Projection::kept(db, id)?;
        let projected = derive::project(db, &mut catalogue, &stored).map_err(as_failure)?;
        if projected.projection != kept {
            report.problems.push(format!(
                "{}: what is kept of its status, categories and goods is not what follows from it",
                stored.head.words()
            ));
        }
        recount.add(stored.head.kind, &projected.projection);
    }
    let kept = record::count_links(db)?;
    if kept != links {
        report.problems.push(format!("{kept} links between records are kept, but the records hold {links}"));
    }
    recount.figures.retain(|_, amount| *amount != Amount::default());
    recount.goods.retain(|_, amount| *amount != goods::Amount::default());
    Ok(recount)
}

/// Each record is found, as the walk over them has shown; so equal counts say that nothing else is.
fn check_search(db: &Db, report: &mut Report) -> Result<(), StoreError> {
    if !search::is_there(db)? {
        report.problems.push("There is no index for search. Open the file once for writing".to_owned());
        return Ok(());
    }
    let (places, texts) = search::counts(db)?;
    let records = i64::try_from(report.records).unwrap_or(i64::MAX);
    if (places, texts) != (records, records) {
        report.problems.push(format!("Search keeps {texts} texts in {places} places, but there are {records} records"));
    }
    Ok(())
}

fn check_newest(db: &Db, stored: &Stored, report: &mut Report) -> Result<(), StoreError> {
    let newest = journal::newest(db, stored.head.id)?;
    if newest.is_none_or(|newest| newest.version != stored.head.version || newest.place != stored.head.change) {
        report.problems.push(format!("{}: it does not show its newest change", stored.head.words()));
    }
    Ok(())
}

/// Each link of a record must be kept; so equal counts, at the end, say that no other is.
fn check_links(db: &Db, stored: &Stored, report: &mut Report) -> Result<i64, StoreError> {
    let links = walk::links(spec(stored.head.kind).fields, &stored.image);
    for link in &links {
        if !record::is_linked(db, stored.head.id, link)? {
            report.problems.push(format!("{}: a link of its image is not kept: {}", stored.head.words(), link.field));
        }
    }
    Ok(i64::try_from(links.len()).unwrap_or(i64::MAX))
}

fn check_figures(db: &Db, recount: &Figures, report: &mut Report) -> Result<(), Failure> {
    let kept: Figures = figures::kept(db)?.into_iter().collect();
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

fn check_goods(db: &Db, recount: &GoodsSums, report: &mut Report) -> Result<(), Failure> {
    let kept: GoodsSums = store::goods::kept(db)?.into_iter().collect();
    report.figures += recount.len().max(kept.len());
    let all = recount.keys().chain(kept.keys().filter(|key| !recount.contains_key(*key)));
    if let Some((_, cell)) = all.into_iter().find(|key| recount.get(*key) != kept.get(*key)) {
        report.problems.push(format!(
            "The kept sum “{} by {}” for {} is not what a full count gives",
            cell.role.label(),
            cell.dimension.label().to_lowercase(),
            cell.on
        ));
    }
    Ok(())
}
