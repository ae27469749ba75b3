//! Planned against delivered as it is shown: the fund's table, the whole programme beside it, and the bars.

use std::collections::{BTreeMap, BTreeSet};

use super::delivered::{Key, Sums};
use super::scope::Scope;
use super::{Behind, held, number, text};
use crate::domain::codes;
use crate::domain::document::{Cell, Chart, ChartKind, Holds, Series, Table};
use crate::domain::money::Money;
use crate::domain::record::LineRole;

/// The key of the fund's table.
pub(super) const KEY: &str = "delivered";
/// The key of the whole programme's table.
pub(super) const PROGRAMME: &str = "programme";

/// The figures that equal a list of goods: its quantities, or what it says beside them was damaged, lost and worth.
pub(super) const COLUMNS_BEHIND: [(&str, LineRole); 8] = [
    ("planned", LineRole::Planned),
    ("shipped", LineRole::Shipped),
    ("received", LineRole::Received),
    ("lost", LineRole::Received),
    ("damaged", LineRole::Received),
    ("usable", LineRole::Received),
    ("handed_out", LineRole::Distributed),
    ("value", LineRole::Shipped),
];

/// From what the share of the plan follows.
pub(super) const OF_PLAN: Behind = Behind::Reckoned(&["usable", "planned"]);

/// The same of the whole programme.
pub(super) const PROGRAMME_BEHIND: [(&str, LineRole); 4] = [
    ("planned", LineRole::Planned),
    ("shipped", LineRole::Shipped),
    ("received", LineRole::Received),
    ("usable", LineRole::Received),
];

/// How many bars a chart shows of one unit; more are a table.
const MOST_BARS: usize = 12;

/// A row of either table.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub key: Key,
    pub item: String,
    pub category: String,
    pub project: String,
    /// What of the usable goods the fund paid for, beside a whole programme.
    pub of_fund: i64,
    pub sums: Sums,
}

impl Row {
    fn unit(&self) -> String {
        codes::unit_short(&self.key.1).to_owned()
    }
}

/// The share of the plan that arrived in a usable state; nothing where nothing was planned.
fn of_plan(sums: &Sums) -> Cell {
    let share = (i128::from(sums.usable()) * 1000).checked_div(i128::from(sums.planned));
    share.and_then(|share| i64::try_from(share).ok()).map_or(Cell::Empty, Cell::PerMille)
}

/// An amount; where it is in several currencies, all of them in words.
fn value(amounts: &BTreeMap<String, i64>) -> Cell {
    let amounts: Vec<Money> = amounts.iter().map(|(currency, minor)| Money::of(*minor, currency)).collect();
    match amounts.as_slice() {
        [] => Cell::Empty,
        [one] => Cell::Money(one.clone()),
        several => Cell::text(several.iter().map(Money::grouped).collect::<Vec<_>>().join("; ")),
    }
}

/// The totals of a table of goods: only where all rows are counted in one unit.
fn totals(rows: &[Row], width: usize, cells: impl Fn(&Sums) -> Vec<Cell>) -> Vec<Cell> {
    let units: BTreeSet<&str> = rows.iter().map(|row| row.key.1.as_str()).collect();
    if units.len() != 1 || rows.len() < 2 {
        return Vec::new();
    }
    let mut all = Sums::default();
    for Row { sums, .. } in rows {
        all.planned += sums.planned;
        all.shipped += sums.shipped;
        all.received += sums.received;
        all.lost += sums.lost;
        all.damaged += sums.damaged;
        all.handed_out += sums.handed_out;
        for (currency, minor) in &sums.value {
            *all.value.entry(currency.clone()).or_default() += minor;
        }
    }
    let mut totals = vec![Cell::text("In all"), Cell::Empty, Cell::text(rows[0].unit())];
    totals.extend(cells(&all));
    totals.resize(width, Cell::Empty);
    totals
}

/// The fund's table.
pub(super) fn of_fund(scope: &Scope<'_>, rows: &[Row]) -> Table {
    let columns = vec![
        text("Item", "item", "#item+name"),
        text("Category", "category", "#sector+name"),
        text("Unit", "unit", "#item+unit"),
        number("Planned", "planned", "#output+num+planned"),
        number("Shipped", "shipped", "#output+num+shipped"),
        number("Received", "received", "#output+num+received"),
        number("Lost", "lost", "#output+num+lost"),
        number("Damaged", "damaged", "#output+num+damaged"),
        number("Usable", "usable", "#output+num+provided"),
        number("Handed out", "handed_out", "#output+num+distributed"),
        number("Of the plan", "of_plan", "#output+pct"),
        held(number("Value shipped", "value", "#value+shipped"), Holds::Price),
    ];
    let cells = |sums: &Sums| {
        let quantities =
            [sums.planned, sums.shipped, sums.received, sums.lost, sums.damaged, sums.usable(), sums.handed_out];
        let mut cells: Vec<Cell> = quantities.into_iter().map(Cell::Quantity).collect();
        cells.extend([of_plan(sums), value(&sums.value)]);
        cells
    };
    let row = |row: &Row| {
        let mut line = vec![Cell::text(&row.item), Cell::text(&row.category), Cell::text(row.unit())];
        line.extend(cells(&row.sums));
        line
    };
    Table {
        key: KEY.to_owned(),
        title: "Planned against delivered".to_owned(),
        notes: vec![
            scope.period_note(),
            "Planned: the whole plan of this grant, whatever day it is due. Everything else happened in the period."
                .to_owned(),
            "Only this grant's part of shared goods is counted. Usable: received less damaged. Of the plan: usable."
                .to_owned(),
        ],
        totals: totals(rows, columns.len(), cells),
        columns,
        rows: rows.iter().map(row).collect(),
        empty: "Nothing was planned or delivered with this grant.".to_owned(),
    }
}

/// The table of the whole programme.
pub(super) fn of_programme(scope: &Scope<'_>, rows: &[Row]) -> Table {
    let columns = vec![
        text("Item", "item", "#item+name"),
        text("Project", "project", "#activity+project+name"),
        text("Unit", "unit", "#item+unit"),
        number("Planned", "planned", "#output+num+planned"),
        number("Shipped", "shipped", "#output+num+shipped"),
        number("Received", "received", "#output+num+received"),
        number("Usable", "usable", "#output+num+provided"),
        number("Of it this grant", "of_fund", "#output+num+provided+grant"),
    ];
    let row = |row: &Row| {
        let quantities = [row.sums.planned, row.sums.shipped, row.sums.received, row.sums.usable(), row.of_fund];
        let mut line = vec![Cell::text(&row.item), Cell::text(&row.project), Cell::text(row.unit())];
        line.extend(quantities.into_iter().map(Cell::Quantity));
        line
    };
    Table {
        key: PROGRAMME.to_owned(),
        title: "The programme as a whole".to_owned(),
        notes: vec![
            scope.period_note(),
            "The same items in the whole project, whoever pays. The last column is in the table above.".to_owned(),
        ],
        columns,
        rows: rows.iter().map(row).collect(),
        totals: Vec::new(),
        empty: String::new(),
    }
}

/// Bars of planned and usable where all items are counted in one unit; else how much of each plan arrived, in per cent: what
/// is counted in different units stands on no common scale.
pub(super) fn chart(rows: &[Row]) -> Chart {
    let planned: Vec<&Row> = rows.iter().filter(|row| row.sums.planned > 0).take(MOST_BARS).collect();
    let units: BTreeSet<&str> = planned.iter().map(|row| row.key.1.as_str()).collect();
    let series = |name: &str, of: &dyn Fn(&Sums) -> i64| Series {
        name: name.to_owned(),
        values: planned.iter().map(|row| of(&row.sums)).collect(),
    };
    let said = |row: &&Row| {
        let words = |thousandths: i64| Cell::Quantity(thousandths).words();
        format!("{}: {} planned, {} usable", row.item, words(row.sums.planned), words(row.sums.usable()))
    };
    let alt = format!("{}.", planned.iter().map(said).collect::<Vec<_>>().join("; "));
    let labels = planned.iter().map(|row| row.item.clone()).collect();
    let kind = ChartKind::Bars;
    if let (1, Some(first)) = (units.len(), planned.first()) {
        let series =
            vec![series("Planned", &|sums| sums.planned / 1000), series("Usable", &|sums| sums.usable() / 1000)];
        return Chart { title: "Planned and usable".to_owned(), alt, kind, unit: first.unit(), labels, series };
    }
    let per_cent = |sums: &Sums| (i128::from(sums.usable()) * 100).checked_div(i128::from(sums.planned)).unwrap_or(0);
    let series = vec![series("Usable, of the plan", &|sums| i64::try_from(per_cent(sums)).unwrap_or(i64::MAX))];
    Chart { title: "Usable, of the plan".to_owned(), alt, kind, unit: "%".to_owned(), labels, series }
}
