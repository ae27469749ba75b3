//! The overview: status by category, what waits, what expires, what came month by month. All as of one day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::list::status_words;
use super::names::Names;
use super::{GoodsQuery, Matrix, MatrixRow, Mend, MonthCount, Overview, PolicyMark, Sources, goods, waits};
use crate::domain::date::FuzzyDate;
use crate::domain::goods::GoodsBy;
use crate::domain::id::Id;
use crate::domain::record::{PolicyEvent, RecordKind};
use crate::domain::status::{Validity, headline, label};
use crate::domain::summary::{Amount, Cell, Counted};
use crate::domain::word::Word;
use crate::services::facts;
use crate::store::{Db, StoreError, figures, flag, record};

type Cells = Vec<(Cell, Amount)>;

/// The overview as of a day.
pub(super) fn overview(db: &Db, as_of: NaiveDate, sources: Sources) -> Result<Overview, StoreError> {
    let names = Names::read(db)?;
    let counted = |counted| -> Result<Cells, StoreError> {
        let mut cells = figures::as_of(db, counted, as_of)?;
        cells.retain(|(cell, _)| sources.single().is_none_or(|source| cell.source == source));
        Ok(cells)
    };
    let requests = counted(Counted::Request)?;
    let matters = counted(Counted::Matter)?;
    let totals =
        |cells: &Cells| cells.iter().filter(|(cell, _)| cell.category.is_none()).map(|(_, amount)| *amount).collect();
    let of_requests: Vec<Amount> = totals(&requests);
    let of_matters: Vec<Amount> = totals(&matters);
    let mut matrices = vec![matrix(&names, Counted::Request, RecordKind::Request, &requests)];
    for (what, kind) in [(Counted::Shipment, RecordKind::Shipment), (Counted::Trip, RecordKind::Trip)] {
        matrices.push(matrix(&names, what, kind, &counted(what)?));
    }
    Ok(Overview {
        as_of,
        matrices,
        filings: of_requests.iter().map(|amount| amount.records).sum(),
        matters: of_matters.iter().map(|amount| amount.records).sum(),
        cases: of_requests.iter().map(|amount| amount.cases).sum(),
        validity: validity(&requests),
        answers: answers(db, as_of, sources)?,
        deliveries: deliveries(db, &names, as_of, sources)?,
        policy_events: policy_events(db, as_of)?,
        waits: waits::waits(db, &names, as_of, sources)?,
        expiries: waits::expiries(db, as_of, sources)?,
        goods: goods::table(db, &GoodsQuery { as_of, sources, by: GoodsBy::Category, from: None, to: None })?,
        flags: mend(db, as_of)?,
    })
}

/// How many flags are shown at most.
const FLAGS_MOST: u32 = 200;

fn mend(db: &Db, as_of: NaiveDate) -> Result<Vec<Mend>, StoreError> {
    let shown = |flagged: flag::Flagged| Mend {
        id: flagged.id,
        kind: flagged.kind,
        reference: flagged.reference,
        title: flagged.title,
        what: flagged.flag.what,
        since: flagged.flag.since,
        days: (as_of - flagged.flag.since).num_days(),
    };
    Ok(flag::list(db, as_of, FLAGS_MOST)?.into_iter().map(shown).collect())
}

fn matrix(names: &Names, counted: Counted, kind: RecordKind, cells: &Cells) -> Matrix {
    let mut by_status: BTreeMap<&str, BTreeMap<Option<Id>, i64>> = BTreeMap::new();
    for (cell, amount) in cells {
        let status = headline(cell.stage, cell.outcome);
        *by_status.entry(status).or_default().entry(cell.category).or_default() += amount.records;
    }
    let columns = names.categories.clone();
    let row = |word: &Word| {
        let counts = by_status.get(word.word)?;
        let at = |category| counts.get(&category).copied().unwrap_or(0);
        Some(MatrixRow {
            status: word.word.to_owned(),
            label: word.label.to_owned(),
            cells: columns.iter().map(|tag| at(Some(tag.id))).collect(),
            total: at(None),
        })
    };
    let rows: Vec<MatrixRow> = status_words(kind).iter().filter_map(row).filter(|row| row.total != 0).collect();
    Matrix {
        counted,
        kind,
        total: rows.iter().map(|row| row.total).sum(),
        column_totals: (0..columns.len()).map(|at| rows.iter().map(|row| row.cells[at]).sum()).collect(),
        columns,
        rows,
    }
}

/// How many filings rest on a permission that can be used, expires, has ended ...
fn validity(cells: &Cells) -> Vec<(String, String, i64)> {
    let count = |validity: Validity| {
        let of_it = cells.iter().filter(|(cell, _)| cell.category.is_none() && cell.validity == validity.word());
        of_it.map(|(_, amount)| amount.records).sum::<i64>()
    };
    Validity::ALL
        .iter()
        .filter(|validity| **validity != Validity::None)
        .map(|validity| (validity.word().to_owned(), validity.label().to_owned(), count(*validity)))
        .filter(|(_, _, count)| *count != 0)
        .collect()
}

fn answers(db: &Db, as_of: NaiveDate, sources: Sources) -> Result<Vec<MonthCount>, StoreError> {
    let mut sums: BTreeMap<(NaiveDate, &'static str), i64> = BTreeMap::new();
    for month in figures::months(db, Counted::Answered, true, as_of)? {
        if sources.single().is_none_or(|source| source == month.source) {
            *sums.entry((month.month, month.word)).or_default() += month.records;
        }
    }
    let bar = |((month, word), count): ((NaiveDate, &str), i64)| MonthCount {
        month,
        word: word.to_owned(),
        label: label(word),
        count,
    };
    Ok(sums.into_iter().map(bar).collect())
}

fn deliveries(db: &Db, names: &Names, as_of: NaiveDate, sources: Sources) -> Result<Vec<MonthCount>, StoreError> {
    let mut sums: BTreeMap<(NaiveDate, Id), i64> = BTreeMap::new();
    for month in figures::months(db, Counted::Delivered, false, as_of)? {
        if let Some(category) = month.category.filter(|_| sources.single().is_none_or(|source| source == month.source))
        {
            *sums.entry((month.month, category)).or_default() += month.records;
        }
    }
    let bar = |((month, id), count): ((NaiveDate, Id), i64)| {
        let tag = names.category(id)?;
        Some(MonthCount { month, word: tag.code.clone(), label: tag.name.clone(), count })
    };
    Ok(sums.into_iter().filter_map(bar).collect())
}

fn policy_events(db: &Db, as_of: NaiveDate) -> Result<Vec<PolicyMark>, StoreError> {
    let mut marks = Vec::new();
    for id in record::all_ids(db, RecordKind::PolicyEvent)? {
        let Some(event) = facts::load::<PolicyEvent>(db, id)? else { continue };
        if let Some(on) = event.on.filter(|on| on.last() <= as_of) {
            marks.push(PolicyMark { id, on: FuzzyDate::last(on), date: on.to_string(), title: event.title });
        }
    }
    marks.sort_by_key(|mark| mark.on);
    Ok(marks)
}
