//! Planned against delivered: what of the fund's goods was planned, shipped, received, lost, damaged and handed out.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::delivered_table::{self as shown, Row};
use super::scope::{COUNTED, Counted, Scope};
use super::{Behind, Part};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::record::{Item, LineRole, Receipt, Shipment};
use crate::domain::{shares, text, units};
use crate::services::queries::LinesQuery;
use crate::services::{Failure, facts};
use crate::store::{Db, StoreError, goods, record};

/// What was counted of an item, in thousandths of its unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub planned: i64,
    pub shipped: i64,
    pub received: i64,
    pub lost: i64,
    pub damaged: i64,
    pub handed_out: i64,
    /// What was shipped was worth so much, by currency.
    pub value: BTreeMap<String, i64>,
}

impl Sums {
    /// What arrived and can be used.
    pub const fn usable(&self) -> i64 {
        self.received - self.damaged
    }
}

/// An item and the unit in which it is counted.
pub(super) type Key = (Option<Id>, String);

/// Something of each line of a record, fund by fund.
type ByShare<T> = BTreeMap<(u32, Option<Id>), T>;

/// What the receipts and shipment lines behind rows of goods say beside the quantity, read once for each record.
#[derive(Default)]
struct Beside {
    /// Damaged and lost, by receipt, line and fund.
    losses: BTreeMap<Id, ByShare<(i64, i64)>>,
    /// The value of what was shipped, by shipment, line and fund.
    values: BTreeMap<Id, ByShare<Money>>,
}

pub(super) fn part(scope: &Scope<'_>) -> Result<Part, Failure> {
    let mut beside = Beside::default();
    let mut sums: BTreeMap<Key, Sums> = BTreeMap::new();
    for role in COUNTED {
        add(scope.db, &mut beside, role, scope.of(role), &mut sums)?;
    }
    let mut rows = Vec::new();
    for (key, sums) in sums {
        rows.push(row(scope, key, sums)?);
    }
    rows.sort_by_key(|row| (text::sort_key(&row.category), text::sort_key(&row.item), row.key.clone()));
    let mut part = Part::default();
    part.table(shown::of_fund(scope, &rows));
    for (at, row) in rows.iter().enumerate() {
        for (column, role) in shown::COLUMNS_BEHIND {
            part.behind(shown::KEY, Some(at), column, Behind::Lines(of_item(scope.lines(role), &row.key)));
        }
    }
    part.chart(shown::chart(&rows));
    programme(scope, &mut beside, &rows, &mut part)?;
    Ok(part)
}

fn row(scope: &Scope<'_>, key: Key, sums: Sums) -> Result<Row, Failure> {
    let item: Option<Item> = key.0.map(|item| facts::load(scope.db, item)).transpose()?.flatten();
    let category = scope.title(item.as_ref().and_then(|item| item.category))?;
    let item = item.map_or_else(|| "No item named".to_owned(), |item| item.name);
    Ok(Row { key, item, category, project: String::new(), of_fund: 0, sums })
}

fn of_item(mut query: LinesQuery, (item, unit): &Key) -> LinesQuery {
    query.filter.item = Some(item.unwrap_or(Id(0)));
    query.filter.unit = Some(unit.clone());
    query
}

/// The same items in the whole projects, whoever pays: the fund's part beside the whole. Nothing where the fund pays alone.
fn programme(scope: &Scope<'_>, beside: &mut Beside, own: &[Row], part: &mut Part) -> Result<(), Failure> {
    let mut rows = Vec::new();
    for project in &scope.projects {
        let mut sums: BTreeMap<Key, Sums> = BTreeMap::new();
        for role in [LineRole::Planned, LineRole::Shipped, LineRole::Received] {
            let found = scope.rows(&of_project(scope, role, project.id))?;
            add(scope.db, beside, role, &found, &mut sums)?;
        }
        for one in own {
            let Some(sums) = sums.remove(&one.key) else { continue };
            let mut mine: BTreeMap<Key, Sums> = BTreeMap::new();
            let is_mine = |counted: &&Counted| counted.row.project == Some(project.id);
            let received: Vec<Counted> = scope.of(LineRole::Received).iter().filter(is_mine).cloned().collect();
            add(scope.db, beside, LineRole::Received, &received, &mut mine)?;
            let of_fund = mine.get(&one.key).map_or(0, Sums::usable);
            rows.push((project.id, Row { project: project.project.title.clone(), of_fund, sums, ..one.clone() }));
        }
    }
    let paid_alone = rows.iter().all(|(_, row)| row.of_fund == row.sums.usable());
    if rows.is_empty() || paid_alone && !shares_a_project(scope, &rows) {
        return Ok(());
    }
    for (at, (project, row)) in rows.iter().enumerate() {
        for (column, role) in shown::PROGRAMME_BEHIND {
            let query = of_item(of_project(scope, role, *project), &row.key);
            part.behind(shown::PROGRAMME, Some(at), column, Behind::Lines(query));
        }
    }
    let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    part.table(shown::of_programme(scope, &rows));
    Ok(())
}

/// Whether another fund has a part in what was planned or shipped of these items.
fn shares_a_project(scope: &Scope<'_>, rows: &[(Id, Row)]) -> bool {
    let keys: BTreeSet<&Key> = rows.iter().map(|(_, row)| &row.key).collect();
    keys.into_iter().any(|key| {
        let whole: i64 =
            rows.iter().filter(|(_, row)| row.key == *key).map(|(_, row)| row.sums.shipped + row.sums.planned).sum();
        let own = [LineRole::Planned, LineRole::Shipped].into_iter().flat_map(|role| scope.of(role));
        let own: i64 =
            own.filter(|one| one.row.item == key.0 && one.row.unit == key.1).map(|one| one.row.quantity).sum();
        whole != own
    })
}

fn of_project(scope: &Scope<'_>, role: LineRole, project: Id) -> LinesQuery {
    let mut query = scope.lines(role);
    query.filter.fund = None;
    query.filter.project = Some(project);
    query
}

/// Adds rows of one role to the sums of their items.
fn add(
    db: &Db,
    beside: &mut Beside,
    role: LineRole,
    rows: &[Counted],
    sums: &mut BTreeMap<Key, Sums>,
) -> Result<(), StoreError> {
    for Counted { record, row } in rows {
        let sum = sums.entry((row.item, row.unit.clone())).or_default();
        match role {
            LineRole::Planned => sum.planned += row.quantity,
            LineRole::Shipped => {
                sum.shipped += row.quantity;
                if let Some(value) = beside.values_of(db, *record)?.get(&(row.number, row.fund)) {
                    *sum.value.entry(value.currency().to_owned()).or_default() += value.minor();
                }
            }
            LineRole::Received => {
                sum.received += row.quantity;
                let losses = beside.losses_of(db, *record)?.get(&(row.number, row.fund)).copied();
                let (damaged, lost) = losses.unwrap_or_default();
                sum.damaged += damaged;
                sum.lost += lost;
            }
            _ => sum.handed_out += row.quantity,
        }
    }
    Ok(())
}

impl Beside {
    /// What was damaged and lost of each line of a receipt, fund by fund as the goods are shared.
    fn losses_of(&mut self, db: &Db, receipt: Id) -> Result<&ByShare<(i64, i64)>, StoreError> {
        Ok(match self.losses.entry(receipt) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(losses(db, receipt)?),
        })
    }

    /// What each line of a shipment is worth, fund by fund as the goods are shared.
    fn values_of(&mut self, db: &Db, shipment: Id) -> Result<&ByShare<Money>, StoreError> {
        Ok(match self.values.entry(shipment) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(values(db, shipment)?),
        })
    }
}

/// The funds of a shipment's line with their parts of it.
fn weights(db: &Db, shipment: Id, line: u32) -> Result<Vec<(Option<Id>, i64)>, StoreError> {
    let rows = goods::of_record(db, shipment)?;
    let of_line = rows.into_iter().filter(|row| row.role == LineRole::Shipped && row.number == line);
    Ok(of_line.map(|row| (row.fund, row.quantity)).collect())
}

fn losses(db: &Db, id: Id) -> Result<ByShare<(i64, i64)>, StoreError> {
    let mut found: ByShare<(i64, i64)> = BTreeMap::new();
    let Some(receipt) = facts::load::<Receipt>(db, id)? else { return Ok(found) };
    let Some(shipment_id) = receipt.shipment else { return Ok(found) };
    let Some(shipment) = facts::load::<Shipment>(db, shipment_id)? else { return Ok(found) };
    for line in &receipt.lines {
        let number = line.line.unwrap_or_default();
        let shipped = shipment.lines.iter().find(|one| one.number == Some(number));
        let item = shipped.and_then(|one| one.item).or(line.item);
        let item: Option<Item> = item.map(|item| facts::load(db, item)).transpose()?.flatten();
        let unit = shipped.and_then(|one| one.unit.as_deref());
        let weights = weights(db, shipment_id, number)?;
        for (quantity, is_damage) in [(line.damaged, true), (line.lost, false)] {
            let counted = in_base(item.as_ref(), quantity.unwrap_or_default(), unit);
            for (fund, part) in shares::split_like(counted, &weights) {
                let sum = found.entry((number, fund)).or_default();
                *(if is_damage { &mut sum.0 } else { &mut sum.1 }) += part;
            }
        }
    }
    Ok(found)
}

/// A quantity of a line in the base unit. What does not convert was refused when it was written.
fn in_base(item: Option<&Item>, quantity: Quantity, unit: Option<&str>) -> i64 {
    let turned = item.and_then(|item| units::to_base(item, quantity, unit).ok());
    turned.unwrap_or(quantity).thousandths()
}

fn values(db: &Db, id: Id) -> Result<ByShare<Money>, StoreError> {
    let mut found = BTreeMap::new();
    let is_shipment =
        record::head(db, id)?.is_some_and(|head| head.kind == crate::domain::record::RecordKind::Shipment);
    let Some(shipment) = is_shipment.then(|| facts::load::<Shipment>(db, id)).transpose()?.flatten() else {
        return Ok(found);
    };
    for line in &shipment.lines {
        let (Some(value), Some(number)) = (&line.value, line.number) else { continue };
        for (fund, part) in shares::split_like(value.minor(), &weights(db, id, number)?) {
            found.insert((number, fund), Money::of(part, value.currency()));
        }
    }
    Ok(found)
}
