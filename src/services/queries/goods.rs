//! Goods: planned against shipped, received and handed out, and the rows behind every figure.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{GoodsFigure, GoodsLine, GoodsQuery, GoodsTable, GoodsTotal, LinesQuery};
use crate::domain::codes;
use crate::domain::goods::{Amount, Dimension, NEVER};
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::record::LineRole;
use crate::domain::{status, text};
use crate::store::lines::{self, LineKey, Wanted};
use crate::store::{Db, StoreError, goods, record};

/// The roles a table of goods compares, in the order in which goods go through them.
pub const COMPARED: [LineRole; 4] = [LineRole::Planned, LineRole::Shipped, LineRole::Received, LineRole::Distributed];

/// The last day before [`NEVER`].
const EVER: &str = "9999-12-30";

/// The first and last day of what is counted of a role, as ISO text. A plan is counted by the day on which it is due,
/// whatever day it is now; what happens is counted up to the day that is looked at.
fn days(role: LineRole, query: (Option<NaiveDate>, Option<NaiveDate>), as_of: NaiveDate) -> (String, String) {
    let (from, to) = query;
    let first = from.map(|day| day.to_string()).unwrap_or_default();
    let last = match role {
        LineRole::Planned => to.map_or_else(|| EVER.to_owned(), |day| day.to_string()),
        _ => to.map_or(as_of, |day| day.min(as_of)).to_string(),
    };
    (first, last)
}

/// Figures by what they stand for (reference, name, sort key), its id and the unit.
type Figures = BTreeMap<(RowName, Option<Id>, String), [GoodsFigure; COMPARED.len()]>;

/// The sort key of a row, its name and its reference.
type RowName = (String, String, String);

/// What was planned, shipped, received and handed out.
pub(super) fn table(db: &Db, query: &GoodsQuery) -> Result<GoodsTable, StoreError> {
    let mut figures = match query.by.dimension() {
        Some(dimension) => by_dimension(db, query, dimension)?,
        None => by_month(db, query)?,
    };
    figures.retain(|_, figures| figures.iter().any(|figure| figure.lines != 0));
    let row = |(((_, label, reference), key, unit), figures): ((RowName, Option<Id>, String), _)| GoodsLine {
        key,
        reference,
        label,
        unit_label: codes::unit_short(&unit).to_owned(),
        unit,
        figures,
    };
    Ok(GoodsTable { query: query.clone(), rows: figures.into_iter().map(row).collect() })
}

fn by_dimension(db: &Db, query: &GoodsQuery, by: Dimension) -> Result<Figures, StoreError> {
    let mut sums: BTreeMap<(Option<Id>, String), [GoodsFigure; COMPARED.len()]> = BTreeMap::new();
    for (at, role) in COMPARED.into_iter().enumerate() {
        let (first, last) = days(role, (query.from, query.to), query.as_of);
        if first > last {
            continue;
        }
        let mut add = |sums_of: Vec<goods::Sum>, sign: i64| {
            for sum in sums_of.into_iter().filter(|sum| shows(query, sum)) {
                add_to(&mut sums.entry((sum.key, sum.unit)).or_default()[at], sum.amount, sign);
            }
        };
        add(goods::up_to(db, by, role, &last)?, 1);
        if let Some(before) = query.from.and_then(|from| from.pred_opt()) {
            add(goods::up_to(db, by, role, &before.to_string())?, -1);
        }
    }
    let named = |((key, unit), figures)| Ok(((name(db, by, key)?, key, unit), figures));
    sums.into_iter().map(named).collect()
}

fn by_month(db: &Db, query: &GoodsQuery) -> Result<Figures, StoreError> {
    let mut sums = Figures::new();
    for (at, role) in COMPARED.into_iter().enumerate() {
        let (first, last) = days(role, (query.from, query.to), query.as_of);
        let found = goods::by_month(db, role, (&first, &last))?;
        for (month, sum) in found.into_iter().filter(|(_, sum)| shows(query, sum)) {
            let label = if month.is_empty() { "No day named".to_owned() } else { month.clone() };
            let key = ((month.clone(), label, month), None, sum.unit);
            add_to(&mut sums.entry(key).or_default()[at], sum.amount, 1);
        }
    }
    Ok(sums)
}

fn shows(query: &GoodsQuery, sum: &goods::Sum) -> bool {
    query.sources.single().is_none_or(|source| source == sum.source)
}

const fn add_to(figure: &mut GoodsFigure, amount: Amount, sign: i64) {
    figure.quantity += sign * amount.quantity;
    figure.lines += sign * amount.lines;
}

/// The sort key, the name and the reference of what a row stands for; what names nothing comes last.
fn name(db: &Db, by: Dimension, key: Option<Id>) -> Result<RowName, StoreError> {
    let head = key.map(|id| record::head(db, id)).transpose()?.flatten();
    if let Some(head) = head {
        return Ok((text::sort_key(&head.title), head.title, head.reference));
    }
    Ok(("\u{10ffff}".to_owned(), format!("No {} named", by.label().to_lowercase()), String::new()))
}

/// Runs a question about a list of goods with its filters in the words of the store.
fn wanted<T>(query: &LinesQuery, ask: impl FnOnce(&Wanted<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
    let filter = &query.filter;
    let (first, last) = days(query.role, (filter.from, filter.to), query.as_of);
    let last = if filter.pending { NEVER.to_owned() } else { last };
    let folded = text::fold(&filter.text);
    ask(&Wanted {
        role: query.role,
        between: (&first, &last),
        source: query.sources.single(),
        item: filter.item,
        category: filter.category,
        project: filter.project,
        fund: filter.fund,
        unit: filter.unit.as_deref(),
        text: Some(folded.as_str()).filter(|text| !text.is_empty()),
        order: query.sort,
        descending: query.descending,
    })
}

/// The keys of a list of goods, in its order.
pub(in crate::services) fn keys(db: &Db, query: &LinesQuery) -> Result<Vec<LineKey>, StoreError> {
    wanted(query, |wanted| lines::keys(db, wanted))
}

/// What the rows of a list of goods add up to, by unit.
pub(in crate::services) fn totals(db: &Db, query: &LinesQuery) -> Result<Vec<GoodsTotal>, StoreError> {
    let sums = wanted(query, |wanted| lines::totals(db, wanted))?;
    let total = |(unit, amount): (String, Amount)| GoodsTotal {
        unit_label: codes::unit_short(&unit).to_owned(),
        unit,
        figure: GoodsFigure { quantity: amount.quantity, lines: amount.lines },
    };
    Ok(sums.into_iter().map(total).collect())
}

/// Rows by key, in the order of the keys; one that is gone is left out.
pub(in crate::services) fn rows(db: &Db, keys: &[LineKey], on: NaiveDate) -> Result<Vec<super::LineRow>, StoreError> {
    let mut rows = Vec::with_capacity(keys.len());
    for key in keys {
        rows.extend(lines::line(db, *key, on)?.map(dressed));
    }
    Ok(rows)
}

fn dressed(line: lines::Line) -> super::LineRow {
    super::LineRow {
        key: line.key,
        kind: line.kind,
        reference: line.reference,
        title: line.title,
        source: line.source,
        number: line.number,
        on: if line.on == NEVER { String::new() } else { line.on },
        item: line.item,
        item_code: line.item_words.0,
        item_name: line.item_words.1,
        quantity: Quantity::from_thousandths(line.quantity).unwrap_or_default().grouped(),
        unit: codes::unit_short(&line.unit).to_owned(),
        project: line.project,
        fund: line.fund,
        site: line.site,
        lot: line.lot,
        status: line.status,
        status_label: if line.status.is_empty() { String::new() } else { status::label(line.status) },
    }
}

/// Goods of one project, item by item, from its rows.
pub(super) fn of_project(db: &Db, project: Id, as_of: NaiveDate) -> Result<Vec<GoodsLine>, StoreError> {
    let mut sums: BTreeMap<Id, (String, [GoodsFigure; COMPARED.len()])> = BTreeMap::new();
    for (at, role) in COMPARED.into_iter().enumerate() {
        let (_, last) = days(role, (None, None), as_of);
        for sum in goods::of_project(db, project, role, &last)? {
            let Some(item) = sum.key else { continue };
            let entry = sums.entry(item).or_insert_with(|| (sum.unit.clone(), Default::default()));
            entry.1[at] = GoodsFigure { quantity: sum.amount.quantity, lines: sum.amount.lines };
        }
    }
    let mut rows = Vec::new();
    for (item, (unit, figures)) in sums {
        let (sorted, label, reference) = name(db, Dimension::Item, Some(item))?;
        let unit_label = codes::unit_short(&unit).to_owned();
        rows.push((sorted, GoodsLine { key: Some(item), reference, label, unit, unit_label, figures }));
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}
