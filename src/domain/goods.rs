//! Goods counted: what was planned, shipped, received and handed out, by item, category, project and fund.
//!
//! Like the other figures these do not know what day it is: a row counts from its day on, and any *as of* or period is a sum
//! of days. Quantities of items that are counted in different units are never added up.

use std::collections::BTreeMap;

use super::id::Id;
use super::record::LineRole;
use super::summary::Source;
use super::word::words;

words! {
    /// By what goods are summed.
    pub enum Dimension {
        Category = "category", "Category";
        Item = "item", "Item";
        Project = "project", "Project";
        Fund = "fund", "Fund";
    }
}

words! {
    /// By what a table of goods is cut: one of the dimensions, or the month.
    pub enum GoodsBy {
        Category = "category", "Category";
        Item = "item", "Item";
        Project = "project", "Project";
        Fund = "fund", "Fund";
        Month = "month", "Month";
    }
}

impl GoodsBy {
    /// The dimension; `None` for months.
    #[must_use]
    pub const fn dimension(self) -> Option<Dimension> {
        match self {
            Self::Category => Some(Dimension::Category),
            Self::Item => Some(Dimension::Item),
            Self::Project => Some(Dimension::Project),
            Self::Fund => Some(Dimension::Fund),
            Self::Month => None,
        }
    }
}

/// The day of what has not happened: after all others.
pub const NEVER: &str = "9999-12-31";

/// One fund's part of a row of goods, in thousandths of the item's base unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodsRow {
    /// What it is counted as.
    pub role: LineRole,
    /// Whose it is.
    pub source: Source,
    /// The number of the line in its record.
    pub number: u32,
    /// The day on which it counts, as ISO text; [`NEVER`], or empty for a plan without a day.
    pub on: String,
    /// The item.
    pub item: Option<Id>,
    /// The item's category.
    pub category: Option<Id>,
    /// The item's base unit, as a code.
    pub unit: String,
    /// The project.
    pub project: Option<Id>,
    /// The fund that pays for this part.
    pub fund: Option<Id>,
    /// Where it goes, lies or was handed out.
    pub site: Option<Id>,
    /// The lot it was taken from.
    pub lot: Option<Id>,
    /// Thousandths of the base unit.
    pub quantity: i64,
}

impl GoodsRow {
    /// What it is summed under in a dimension.
    #[must_use]
    pub const fn key(&self, dimension: Dimension) -> Option<Id> {
        match dimension {
            Dimension::Category => self.category,
            Dimension::Item => self.item,
            Dimension::Project => self.project,
            Dimension::Fund => self.fund,
        }
    }
}

/// The cell of a sum, with the day from which it counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// By what it is summed.
    pub dimension: Dimension,
    /// What it is counted as.
    pub role: LineRole,
    /// Whose it is.
    pub source: Source,
    /// The category, item, project or fund; `None` where none is named.
    pub key: Option<Id>,
    /// The unit, as a code.
    pub unit: String,
    /// The day, as in [`GoodsRow::on`].
    pub on: String,
}

impl Cell {
    /// Whether another counts the same, be it from another day.
    #[must_use]
    pub fn is_beside(&self, other: &Self) -> bool {
        let same = (self.dimension, self.role, self.source, self.key);
        same == (other.dimension, other.role, other.source, other.key) && self.unit == other.unit
    }
}

/// What is summed in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amount {
    /// Thousandths of the unit.
    pub quantity: i64,
    /// Rows.
    pub lines: i64,
}

/// What rows add to the sums.
pub type Contributions = BTreeMap<Cell, Amount>;

/// Adds rows to the sums, or takes them away where `sign` is -1. What has not happened is in no sum.
pub fn add(rows: &[GoodsRow], sign: i64, into: &mut Contributions) {
    for row in rows.iter().filter(|row| row.on != NEVER) {
        for dimension in Dimension::ALL {
            let cell = Cell {
                dimension: *dimension,
                role: row.role,
                source: row.source,
                key: row.key(*dimension),
                unit: row.unit.clone(),
                on: row.on.clone(),
            };
            let amount = into.entry(cell).or_default();
            amount.quantity += sign * row.quantity;
            amount.lines += sign;
        }
    }
}

/// How many grains there are.
pub const GRAINS: usize = 3;

/// The three grains in which a day is kept. A plan without a day stands under the empty period of each.
#[must_use]
pub fn grains(on: &str) -> [(i64, &str); GRAINS] {
    [(1, on.get(..4).unwrap_or_default()), (2, on.get(..7).unwrap_or_default()), (3, on)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(role: LineRole, on: &str, fund: i64, quantity: i64) -> GoodsRow {
        GoodsRow {
            role,
            source: Source::Own,
            number: 1,
            on: on.to_owned(),
            item: Some(Id(1)),
            category: Some(Id(2)),
            unit: "U2".into(),
            project: Some(Id(3)),
            fund: Some(Id(fund)),
            site: None,
            lot: None,
            quantity,
        }
    }

    #[test]
    fn what_has_not_happened_is_in_no_sum_and_what_is_taken_away_leaves_nothing() {
        let rows = [
            row(LineRole::Shipped, "2026-03-01", 4, 600),
            row(LineRole::Shipped, "2026-03-01", 5, 400),
            row(LineRole::Shipped, NEVER, 5, 70),
        ];
        let mut sums = Contributions::new();
        add(&rows, 1, &mut sums);
        let of = |dimension| sums.iter().filter(move |(cell, _)| cell.dimension == dimension);
        assert_eq!(of(Dimension::Item).map(|(_, amount)| amount.quantity).collect::<Vec<_>>(), [1000]);
        assert_eq!(of(Dimension::Fund).map(|(_, amount)| amount.quantity).collect::<Vec<_>>(), [600, 400]);
        add(&rows, -1, &mut sums);
        assert!(sums.values().all(|amount| *amount == Amount::default()));
    }

    #[test]
    fn a_plan_without_a_day_stands_before_all_periods() {
        assert_eq!(grains("2026-03-01"), [(1, "2026"), (2, "2026-03"), (3, "2026-03-01")]);
        assert_eq!(grains(""), [(1, ""), (2, ""), (3, "")]);
    }
}
