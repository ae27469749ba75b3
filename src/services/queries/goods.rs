//! Goods: planned against shipped, received and handed out, and the rows behind every figure.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{GoodsFigure, GoodsLine, GoodsQuery, GoodsTable, GoodsTotal, LinesQuery};
use crate::domain::codes;
use crate::domain::goods::{Dimension, NEVER};
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

/// What was planned, shipped, received and handed out, by one dimension.
pub(super) fn table(db: &Db, query: &GoodsQuery) -> Result<GoodsTable, StoreError> {
    let mut sums: BTreeMap<(Option<Id>, String), [GoodsFigure; COMPARED.len()]> = BTreeMap::new();
    for (at, role) in COMPARED.into_iter().enumerate() {
        let (first, last) = days(role, (query.from, query.to), query.as_of);
        let mut add = |sums_of: Vec<goods::Sum>, sign: i64| {
            for sum in sums_of {
                if query.sources.single().is_none_or(|source| source == sum.source) {
                    let figure = &mut sums.entry((sum.key, sum.unit)).or_default()[at];
                    figure.quantity += sign * sum.amount.quantity;
                    figure.lines += sign * sum.amount.lines;
                }
            }
        };
        add(goods::up_to(db, query.by, role, &last)?, 1);
        if let Some(before) = query.from.and_then(|from| from.pred_opt()).filter(|_| first <= last) {
            add(goods::up_to(db, query.by, role, &before.to_string())?, -1);
        } else if first > last {
            add(goods::up_to(db, query.by, role, &last)?, -1);
        }
    }
    sums.retain(|_, figures| figures.iter().any(|figure| figure.lines != 0));
    let mut rows = Vec::with_capacity(sums.len());
    for ((key, unit), figures) in sums {
        rows.push((name(db, query.by, key)?, key, unit, figures));
    }
    rows.sort_by(|a, b| (&a.0.2, &a.0.0, &a.2).cmp(&(&b.0.2, &b.0.0, &b.2)));
    let row = |((reference, label, _), key, unit, figures): ((String, String, String), Option<Id>, String, _)| {
        GoodsLine { key, reference, label, unit_label: codes::unit_short(&unit).to_owned(), unit, figures }
    };
    Ok(GoodsTable { query: query.clone(), rows: rows.into_iter().map(row).collect() })
}

/// The reference, the name and the sort key of what a row stands for; what names nothing comes last.
fn name(db: &Db, by: Dimension, key: Option<Id>) -> Result<(String, String, String), StoreError> {
    let head = key.map(|id| record::head(db, id)).transpose()?.flatten();
    let Some(head) = head else {
        let none = format!("No {} named", by.label().to_lowercase());
        return Ok((String::new(), none, "\u{10ffff}".to_owned()));
    };
    let sorted = text::sort_key(&head.title);
    Ok((head.reference, head.title, sorted))
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
pub(super) fn keys(db: &Db, query: &LinesQuery) -> Result<Vec<LineKey>, StoreError> {
    wanted(query, |wanted| lines::keys(db, wanted))
}

/// What the rows of a list of goods add up to, by unit.
pub(super) fn totals(db: &Db, query: &LinesQuery) -> Result<Vec<GoodsTotal>, StoreError> {
    let sums = wanted(query, |wanted| lines::totals(db, wanted))?;
    let total = |(unit, amount): (String, crate::domain::goods::Amount)| GoodsTotal {
        unit_label: codes::unit_short(&unit).to_owned(),
        unit,
        figure: GoodsFigure { quantity: amount.quantity, lines: amount.lines },
    };
    Ok(sums.into_iter().map(total).collect())
}

/// Rows by key, in the order of the keys; one that is gone is left out.
pub(super) fn rows(db: &Db, keys: &[LineKey], on: NaiveDate) -> Result<Vec<super::LineRow>, StoreError> {
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
        let (reference, label, sorted) = name(db, Dimension::Item, Some(item))?;
        let unit_label = codes::unit_short(&unit).to_owned();
        rows.push((sorted, GoodsLine { key: Some(item), reference, label, unit, unit_label, figures }));
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}
