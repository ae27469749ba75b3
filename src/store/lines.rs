//! Lists of goods: keys by filter and order, rows by key, and what they add up to.

use super::goods::id_of;
use crate::domain::goods::Amount;
use crate::domain::id::Id;
use crate::domain::record::{LineRole, RecordKind};
use crate::domain::summary::Source;
use crate::domain::word::words;
use crate::store::StoreError;
use crate::store::engine::{Db, Param};
use crate::store::figures::source_of;
use crate::store::record::kind_of;
use crate::store::span::known;

/// What a list of goods shows. `None` does not filter.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// What they are counted as.
    pub role: LineRole,
    /// First and last day, as ISO text.
    pub between: (&'a str, &'a str),
    /// Whose they are.
    pub source: Option<Source>,
    /// The item; an id of 0 stands for none that is named, here and below.
    pub item: Option<Id>,
    /// The item's category.
    pub category: Option<Id>,
    /// The project.
    pub project: Option<Id>,
    /// The fund.
    pub fund: Option<Id>,
    /// The unit, as a code.
    pub unit: Option<&'a str>,
    /// Folded text that must stand in the record or the item.
    pub text: Option<&'a str>,
    /// By what they are sorted.
    pub order: SortLines,
    /// Whether the largest comes first.
    pub descending: bool,
}

words! {
    /// By what a list of goods is sorted.
    pub enum SortLines {
        Day = "day", "The day on which it was shipped, received or handed out";
        Record = "record", "The reference of the shipment or other record";
        Item = "item", "Item";
        Quantity = "quantity", "Quantity";
        Project = "project", "Project";
        Fund = "fund", "Fund";
    }
}

impl SortLines {
    const fn column(self) -> &'static str {
        match self {
            Self::Day => "g.on_day",
            Self::Record => "r.reference_key",
            Self::Item => "i.title_key",
            Self::Quantity => "g.quantity",
            Self::Project => "p.reference_key",
            Self::Fund => "f.reference_key",
        }
    }
}

/// What a filter adds to the statement; only those in use stand in it, so that the engine can take the best way.
const FILTERS: [(&str, &str); 7] = [
    (":source", "\n  and g.source = :source"),
    (":item_id", "\n  and g.item_id = :item_id"),
    (":category_id", "\n  and g.category_id = :category_id"),
    (":project_id", "\n  and g.project_id = :project_id"),
    (":fund_id", "\n  and g.fund_id = :fund_id"),
    (":unit", "\n  and g.unit = :unit"),
    (":needle", "\n  and (strpos(r.search_text, :needle) > 0 or strpos(i.search_text, :needle) > 0)"),
];

/// Every statement that a list can become, for the tests that prepare them all.
#[must_use]
pub fn every_statement() -> Vec<String> {
    let filters: String = FILTERS.iter().map(|(_, filter)| *filter).collect();
    let ordered = |order: &SortLines| [false, true].map(|down| format!("{KEYS}{filters}{}", order_by(*order, down)));
    let mut all: Vec<String> = SortLines::ALL.iter().flat_map(ordered).collect();
    let (totals, by_unit) = totals_around_filters();
    all.push(format!("{totals}{filters}{by_unit}"));
    all
}

const KEYS: &str = include_str!("lines/keys.sql");
const TOTALS: &str = include_str!("lines/totals.sql");

/// The statement of totals in two parts: filters stand between them.
fn totals_around_filters() -> (&'static str, &'static str) {
    let cut = TOTALS.find("\ngroup by").unwrap_or(TOTALS.len());
    TOTALS.split_at(cut)
}

fn order_by(order: SortLines, descending: bool) -> String {
    let direction = if descending { "desc" } else { "asc" };
    // A day is never null; upwards the index gives the order by itself only where nothing is said of nulls.
    let nulls = if order == SortLines::Day && !descending { "" } else { " nulls last" };
    format!("\norder by {} {direction}{nulls}, g.record_id {direction}, g.place {direction}", order.column())
}

fn filtered<'a>(base: &str, wanted: &Wanted<'a>) -> (String, Vec<Param<'a>>) {
    let (from, to) = wanted.between;
    let mut params: Vec<Param<'a>> =
        vec![(":role", wanted.role.word().into()), (":from_day", from.into()), (":to_day", to.into())];
    let mut sql = base.trim_end().to_owned();
    let values = [
        wanted.source.map(|source| source.word().into()),
        wanted.item.map(Into::into),
        wanted.category.map(Into::into),
        wanted.project.map(Into::into),
        wanted.fund.map(Into::into),
        wanted.unit.map(Into::into),
        wanted.text.map(Into::into),
    ];
    for ((name, filter), value) in FILTERS.into_iter().zip(values) {
        if let Some(value) = value {
            sql.push_str(filter);
            params.push((name, value));
        }
    }
    (sql, params)
}

/// A row of goods by its record and its place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineKey {
    /// The record.
    pub record: Id,
    /// Its place among the rows of the record.
    pub place: u32,
}

/// The keys of a list, in its order.
pub fn keys(db: &Db, wanted: &Wanted<'_>) -> Result<Vec<LineKey>, StoreError> {
    let (sql, params) = filtered(KEYS, wanted);
    let sql = sql + &order_by(wanted.order, wanted.descending);
    db.rows(&sql, &params, |row| {
        Ok(LineKey { record: Id(row.int(0)?), place: u32::try_from(row.int(1)?).unwrap_or_default() })
    })
}

/// What the rows of a list add up to, by unit.
pub fn totals(db: &Db, wanted: &Wanted<'_>) -> Result<Vec<(String, Amount)>, StoreError> {
    let (totals, by_unit) = totals_around_filters();
    let (sql, params) = filtered(totals, wanted);
    db.rows(&(sql + by_unit), &params, |row| Ok((row.text(0)?, Amount { quantity: row.int(1)?, lines: row.int(2)? })))
}

/// A row of a list of goods. What it does not have is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its key.
    pub key: LineKey,
    /// The kind of the record.
    pub kind: RecordKind,
    /// The record's reference.
    pub reference: String,
    /// The record's title.
    pub title: String,
    /// Whose it is.
    pub source: Source,
    /// The number of the line in the record.
    pub number: i64,
    /// The day, as ISO text.
    pub on: String,
    /// The item.
    pub item: Option<Id>,
    /// The item's code and name.
    pub item_words: (String, String),
    /// The unit, as a code.
    pub unit: String,
    /// The project's reference.
    pub project: String,
    /// The fund's reference.
    pub fund: String,
    /// The name of the place.
    pub site: String,
    /// The lot's reference.
    pub lot: String,
    /// Thousandths of the unit.
    pub quantity: i64,
    /// The status of the record on the day asked for, as a word.
    pub status: &'static str,
}

/// One row; `None` where it is gone. `on` is the day whose status is shown.
pub fn line(db: &Db, key: LineKey, on: chrono::NaiveDate) -> Result<Option<Line>, StoreError> {
    let params =
        [(":record_id", key.record.into()), (":place", i64::from(key.place).into()), (":day", on.to_string().into())];
    db.first(include_str!("lines/row.sql"), &params, |row| {
        let text = |at: usize| row.opt_text(at).map(Option::unwrap_or_default);
        Ok(Line {
            key,
            kind: kind_of(row.str(2)?)?,
            reference: row.text(3)?,
            title: row.text(4)?,
            source: source_of(row.str(5)?)?,
            number: row.int(6)?,
            on: row.text(7)?,
            item: id_of(row.int(8)?),
            item_words: (text(9)?, text(10)?),
            unit: row.text(11)?,
            project: text(12)?,
            fund: text(13)?,
            site: text(14)?,
            lot: text(15)?,
            quantity: row.int(16)?,
            status: known(&text(17)?)?,
        })
    })
}
