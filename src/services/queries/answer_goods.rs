//! View-ready answers about goods and money.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Sources;
use crate::domain::goods::GoodsBy;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::record::{LineRole, RecordKind};
use crate::domain::summary::Source;
use crate::store::lines::{LineKey, SortLines};

/// Which goods are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodsQuery {
    /// The day up to which it is counted.
    pub as_of: NaiveDate,
    /// Whose goods.
    pub sources: Sources,
    /// By what they are summed.
    pub by: GoodsBy,
    /// The first day of the period.
    pub from: Option<NaiveDate>,
    /// The last day of the period.
    pub to: Option<NaiveDate>,
}

/// A sum of goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GoodsFigure {
    /// Thousandths of the unit.
    pub quantity: i64,
    /// How many rows are behind it.
    pub lines: i64,
}

/// What was planned, shipped, received and handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodsTable {
    /// What was asked.
    pub query: GoodsQuery,
    /// A row for each category, item, project, fund or month, and each unit in it.
    pub rows: Vec<GoodsLine>,
}

/// A row of a table of goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodsLine {
    /// The category, item, project or fund; `None` where none is named.
    pub key: Option<Id>,
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub label: String,
    /// The unit, as a code.
    pub unit: String,
    /// The unit as people write it.
    pub unit_label: String,
    /// Planned, shipped, received, distributed: in the order of [`super::COMPARED`].
    pub figures: [GoodsFigure; 4],
}

/// What the rows of a list add up to, in one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodsTotal {
    /// The unit, as a code.
    pub unit: String,
    /// The unit as people write it.
    pub unit_label: String,
    /// The sum.
    pub figure: GoodsFigure,
    /// What the records say beside the quantity; `None` where the rows are too many to ask each.
    pub beside: Option<BesideTotal>,
}

/// What the records behind rows of goods say beside the quantity, added up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BesideTotal {
    /// Damaged, of what was received, in thousandths.
    pub damaged: i64,
    /// Lost, in thousandths.
    pub lost: i64,
    /// What it was worth when it was shipped, by currency.
    pub value: Vec<Money>,
}

/// Which rows of goods a list shows. An id of 0 stands for those that name none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LineFilter {
    /// Text that must stand in the record or the item.
    pub text: String,
    /// The item.
    pub item: Option<Id>,
    /// The item's category.
    pub category: Option<Id>,
    /// The project.
    pub project: Option<Id>,
    /// The fund.
    pub fund: Option<Id>,
    /// The unit, as a code.
    pub unit: Option<String>,
    /// The place.
    pub site: Option<Id>,
    /// Of goods received that name no place: the words in which the receipt names it.
    pub place: String,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    /// Whether what has not happened yet is shown as well: goods of shipments that have not left.
    pub pending: bool,
}

/// A list of goods: which rows, as of when, in which order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinesQuery {
    /// What they are counted as.
    pub role: LineRole,
    /// The day up to which they are shown.
    pub as_of: NaiveDate,
    /// Whose they are.
    pub sources: Sources,
    /// Which of them.
    pub filter: LineFilter,
    /// By what they are sorted.
    pub sort: SortLines,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// One row of a list of goods. What it does not have is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// Its key.
    pub key: LineKey,
    /// The kind of the record it stands in.
    pub kind: RecordKind,
    /// The record's reference.
    pub reference: String,
    /// The record's title.
    pub title: String,
    /// Whose it is.
    pub source: Source,
    /// Its number in the record.
    pub number: i64,
    /// The day on which it was due, shipped, received or handed out.
    pub on: String,
    /// The item.
    pub item: Option<Id>,
    /// The item's code.
    pub item_code: String,
    /// The item's name.
    pub item_name: String,
    /// How much, as people write it.
    pub quantity: String,
    /// The unit as people write it.
    pub unit: String,
    /// Damaged, of what was received, in thousandths.
    pub damaged: i64,
    /// Lost, in thousandths.
    pub lost: i64,
    /// What it was worth when it was shipped.
    pub value: Option<Money>,
    /// The project's reference.
    pub project: String,
    /// The fund's reference.
    pub fund: String,
    /// The name of the place.
    pub site: String,
    /// The lot's reference.
    pub lot: String,
    /// The status of its record, as a word.
    pub status: &'static str,
    /// The same on screen.
    pub status_label: String,
}
