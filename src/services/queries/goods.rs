//! Goods: planned against shipped, received and handed out, and the rows behind every figure.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::NaiveDate;

use super::goods_beside::{Beside, Said, written_place};
use super::{BesideTotal, GoodsFigure, GoodsLine, GoodsQuery, GoodsTable, GoodsTotal, LinesQuery};
use crate::domain::codes;
use crate::domain::goods::{Amount, Dimension, GoodsRow, NEVER};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::record::{LineRole, RecordKind};
use crate::domain::{status, text};
use crate::store::lines::{self, LineKey, Wanted};
use crate::store::{Db, StoreError, goods, record};

/// The roles a table of goods compares, in the order in which goods go through them.
pub const COMPARED: [LineRole; 4] = [LineRole::Planned, LineRole::Shipped, LineRole::Received, LineRole::Distributed];

/// Up to how many rows each record is asked what it says beside the quantity; a longer list is for a file.
const ASKED_EACH: i64 = 2_000;

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
    let mut keys = wanted(query, |wanted| lines::keys(db, wanted))?;
    if let Some(site) = query.filter.site {
        let mut rows = RowsOf::default();
        let mut kept = Vec::with_capacity(keys.len());
        for key in keys {
            if let Some(row) = rows.of(db, key)?
                && row.site.unwrap_or(Id(0)) == site
                && written_place(db, key.record, row)? == query.filter.place
            {
                kept.push(key);
            }
        }
        keys = kept;
    }
    Ok(keys)
}

/// The rows of one record after the other, each record read once.
#[derive(Default)]
struct RowsOf(BTreeMap<Id, Vec<GoodsRow>>);

impl RowsOf {
    fn of(&mut self, db: &Db, key: LineKey) -> Result<Option<&GoodsRow>, StoreError> {
        let rows = match self.0.entry(key.record) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(goods::of_record(db, key.record)?),
        };
        Ok(usize::try_from(key.place).ok().and_then(|place| rows.get(place.checked_sub(1)?)))
    }
}

/// What the rows of a list of goods add up to, by unit.
pub(in crate::services) fn totals(db: &Db, query: &LinesQuery) -> Result<Vec<GoodsTotal>, StoreError> {
    let mut sums = wanted(query, |wanted| lines::totals(db, wanted))?;
    let mut beside = None;
    let rows: i64 = sums.iter().map(|(_, amount)| amount.lines).sum();
    let asks_each = matches!(query.role, LineRole::Shipped | LineRole::Received) && rows <= ASKED_EACH;
    if asks_each || query.filter.site.is_some() {
        let added = added(db, &keys(db, query)?, asks_each)?;
        if query.filter.site.is_some() {
            sums = added.iter().map(|(unit, (amount, _))| (unit.clone(), *amount)).collect();
        }
        beside = Some(added).filter(|_| asks_each);
    }
    let total = |(unit, amount): (String, Amount)| GoodsTotal {
        unit_label: codes::unit_short(&unit).to_owned(),
        figure: GoodsFigure { quantity: amount.quantity, lines: amount.lines },
        beside: beside.as_mut().map(|all| all.remove(&unit).map(|(_, beside)| beside).unwrap_or_default()),
        unit,
    };
    Ok(sums.into_iter().map(total).collect())
}

/// What rows add up to by unit, and, where it is asked for, what their records say beside the quantity.
fn added(db: &Db, keys: &[LineKey], asks_each: bool) -> Result<BTreeMap<String, (Amount, BesideTotal)>, StoreError> {
    let (mut rows, mut beside) = (RowsOf::default(), Beside::default());
    let mut sums: BTreeMap<String, (Amount, BesideTotal)> = BTreeMap::new();
    for key in keys {
        let Some(row) = rows.of(db, *key)? else { continue };
        let (amount, total) = sums.entry(row.unit.clone()).or_default();
        amount.quantity += row.quantity;
        amount.lines += 1;
        if asks_each {
            let Said { damaged, lost, value } = beside.of(db, key.record, row)?;
            total.damaged += damaged;
            total.lost += lost;
            if let Some(value) = value {
                add_money(&mut total.value, &value);
            }
        }
    }
    Ok(sums)
}

/// Adds an amount to those of its currency.
fn add_money(sums: &mut Vec<Money>, amount: &Money) {
    match sums.iter_mut().find(|sum| sum.currency() == amount.currency()) {
        Some(sum) => *sum = Money::of(sum.minor() + amount.minor(), amount.currency()),
        None => sums.push(amount.clone()),
    }
}

/// Rows by key, in the order of the keys; one that is gone is left out.
pub(in crate::services) fn rows(db: &Db, keys: &[LineKey], on: NaiveDate) -> Result<Vec<super::LineRow>, StoreError> {
    let mut rows = Vec::with_capacity(keys.len());
    let (mut kept, mut beside) = (RowsOf::default(), Beside::default());
    for key in keys {
        let Some(line) = lines::line(db, *key, on)? else { continue };
        let says_more = matches!(line.kind, RecordKind::Shipment | RecordKind::Receipt);
        let said = match kept.of(db, *key)?.filter(|_| says_more) {
            Some(row) => beside.of(db, key.record, row)?,
            None => Said::default(),
        };
        rows.push(dressed(line, said));
    }
    Ok(rows)
}

fn dressed(line: lines::Line, said: Said) -> super::LineRow {
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
        damaged: said.damaged,
        lost: said.lost,
        value: said.value,
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
