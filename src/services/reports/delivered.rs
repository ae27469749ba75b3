//! Planned against delivered: what of the fund's goods was planned, shipped, received, lost, damaged and handed out.

use std::collections::{BTreeMap, BTreeSet};

use super::delivered_table::{self as shown, Row};
use super::scope::{COUNTED, Counted, Scope};
use super::{Behind, Part};
use crate::domain::id::Id;
use crate::domain::record::{Item, LineRole};
use crate::domain::text;
use crate::services::queries::LinesQuery;
use crate::services::queries::goods_beside::Beside;
use crate::services::{Failure, facts};
use crate::store::{Db, StoreError};

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
    let table = shown::of_fund(scope, &rows);
    for (at, row) in rows.iter().enumerate() {
        for (column, role) in shown::COLUMNS_BEHIND {
            part.behind(shown::KEY, Some(at), column, Behind::Lines(of_item(scope.lines(role), &row.key)));
        }
        part.behind(shown::KEY, Some(at), "of_plan", shown::OF_PLAN);
    }
    if let Some(first) = rows.first().filter(|_| !table.totals.is_empty()) {
        for (column, role) in shown::COLUMNS_BEHIND {
            let mut whole = scope.lines(role);
            whole.filter.unit = Some(first.key.1.clone());
            part.behind(shown::KEY, None, column, Behind::Lines(whole));
        }
        part.behind(shown::KEY, None, "of_plan", shown::OF_PLAN);
    }
    part.table(table);
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
        let mut own = of_item(scope.lines(LineRole::Received), &row.key);
        own.filter.project = Some(*project);
        part.behind(shown::PROGRAMME, Some(at), "of_fund", Behind::Lines(own));
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
                if let Some(value) = beside.of(db, *record, row)?.value {
                    *sum.value.entry(value.currency().to_owned()).or_default() += value.minor();
                }
            }
            LineRole::Received => {
                sum.received += row.quantity;
                let said = beside.of(db, *record, row)?;
                sum.damaged += said.damaged;
                sum.lost += said.lost;
            }
            _ => sum.handed_out += row.quantity,
        }
    }
    Ok(())
}
