//! A table laid out for a spreadsheet: flat columns with their headings and tags, and every cell as a text, a number or a day.
//!
//! Both writers of tables stand on it, so that a workbook and a text file say the same. An amount is a number: where one
//! currency fills a column it stands in the heading, otherwise in a column of its own behind the amount.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::hxl;
use crate::domain::codes;
use crate::domain::document::{Cell, Column, Table};

/// The tag of a column of currencies.
const CURRENCY_TAG: &str = "#currency+code";

/// A table as flat columns.
#[derive(Debug)]
pub(super) struct Grid<'a> {
    pub table: &'a Table,
    pub columns: Vec<GridColumn>,
}

/// One column of a spreadsheet.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct GridColumn {
    /// What stands above it.
    pub label: String,
    /// The name by which a program finds it.
    pub name: String,
    /// Its tag; empty where it has none that is known.
    pub hxl: String,
    /// The column of the table.
    pub from: usize,
    /// Whether it shows the currency of its amounts alone.
    pub is_currency: bool,
    /// How its numbers look.
    pub look: Look,
}

/// How the numbers of a column look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Look {
    /// There are none.
    #[default]
    Words,
    /// Days.
    Day,
    /// Shares of a hundred.
    Percent,
    /// Rates, with as many decimals as they have.
    Rate,
    /// Numbers with so many decimals, all of them the same.
    Decimals(usize),
}

/// What stands in a cell of a spreadsheet.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Empty,
    Text(&'a str),
    /// A whole number of the smallest part, and how many decimals it has.
    Number(i64, usize),
    /// A decimal number as it is written.
    Decimal(String),
    Day(NaiveDate),
}

impl<'a> Grid<'a> {
    pub fn of(table: &'a Table) -> Self {
        let mut columns = Vec::with_capacity(table.columns.len());
        for (from, column) in table.columns.iter().enumerate() {
            let seen = Seen::of(table, from);
            let one = GridColumn {
                label: column.label.clone(),
                name: column.name.clone(),
                hxl: if hxl::is_known(&column.hxl) { column.hxl.clone() } else { String::new() },
                from,
                is_currency: false,
                look: seen.look,
            };
            match seen.currencies.as_slice() {
                [] => columns.push(one),
                [only] => columns.push(GridColumn { label: with_currency(column, only), ..one }),
                _ => columns.extend(with_currencies(one)),
            }
        }
        Self { table, columns }
    }

    /// Whether any column has a tag.
    pub fn has_tags(&self) -> bool {
        self.columns.iter().any(|column| !column.hxl.is_empty())
    }
}

impl GridColumn {
    /// What stands in a row of this column.
    pub fn value<'a>(&self, row: &'a [Cell]) -> Value<'a> {
        let cell = row.get(self.from).unwrap_or(&Cell::Empty);
        if !self.is_currency {
            return value(cell);
        }
        match cell {
            Cell::Money(money) => Value::Text(money.currency()),
            _ => Value::Empty,
        }
    }
}

fn with_currency(column: &Column, currency: &str) -> String {
    if column.label.contains(currency) { column.label.clone() } else { format!("{}, {currency}", column.label) }
}

fn with_currencies(amount: GridColumn) -> [GridColumn; 2] {
    let currency = GridColumn {
        label: format!("{}, currency", amount.label),
        name: if amount.name.is_empty() { String::new() } else { format!("{}.currency", amount.name) },
        hxl: if amount.hxl.is_empty() { String::new() } else { CURRENCY_TAG.to_owned() },
        is_currency: true,
        look: Look::Words,
        ..amount
    };
    [amount, currency]
}

fn value(cell: &Cell) -> Value<'_> {
    match cell {
        Cell::Empty => Value::Empty,
        Cell::Text(text) | Cell::State { words: text, .. } => Value::Text(text),
        Cell::Count(count) => Value::Number(*count, 0),
        Cell::Quantity(thousandths) => Value::Number(*thousandths, 3),
        Cell::Money(money) => Value::Number(money.minor(), codes::currency_decimals(money.currency())),
        Cell::PerMille(share) => Value::Number(*share, 3),
        Cell::Rate(rate) => Value::Decimal(rate.to_string()),
        Cell::Day(day) => Value::Day(*day),
    }
}

/// What a look at a column's cells tells.
#[derive(Default)]
struct Seen<'a> {
    look: Look,
    currencies: Vec<&'a str>,
}

impl<'a> Seen<'a> {
    fn of(table: &'a Table, at: usize) -> Self {
        let mut seen = Self::default();
        for row in table.rows.iter().chain([&table.totals]) {
            let look = match row.get(at) {
                None | Some(Cell::Empty | Cell::Text(_) | Cell::State { .. }) => continue,
                Some(Cell::Count(_)) => Look::Decimals(0),
                Some(Cell::Quantity(thousandths)) => Look::Decimals(decimals_of(*thousandths)),
                Some(Cell::Money(money)) => {
                    if !seen.currencies.contains(&money.currency()) {
                        seen.currencies.push(money.currency());
                    }
                    Look::Decimals(codes::currency_decimals(money.currency()))
                }
                Some(Cell::Rate(_)) => Look::Rate,
                Some(Cell::PerMille(_)) => Look::Percent,
                Some(Cell::Day(_)) => Look::Day,
            };
            seen.look = seen.look.max(look);
        }
        seen
    }
}

/// How many decimals a quantity needs.
const fn decimals_of(thousandths: i64) -> usize {
    match thousandths % 1000 {
        0 => 0,
        part if part % 100 == 0 => 1,
        part if part % 10 == 0 => 2,
        _ => 3,
    }
}

/// A whole number of the smallest part as it is written: 12500 of thousandths is `12.5`, minor units keep their decimals.
pub(super) fn plain(number: i64, decimals: usize, keeps_zeros: bool) -> Cow<'static, str> {
    let sign = if number < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", number.unsigned_abs(), width = decimals + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    let part = if keeps_zeros { part } else { part.trim_end_matches('0') };
    let point = if part.is_empty() { "" } else { "." };
    Cow::Owned(format!("{sign}{whole}{point}{part}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Money;

    fn money(text: &str) -> Cell {
        Cell::Money(Money::parse(text).unwrap())
    }

    #[test]
    fn one_currency_stands_in_the_heading_and_several_beside_their_amounts() {
        let of = |cells: &[&str]| Table {
            columns: vec![Column::number("Amount", "#value+spend")],
            rows: cells.iter().map(|text| vec![money(text)]).collect(),
            ..Table::default()
        };
        let labels = |table: &Table| {
            let grid = Grid::of(table);
            grid.columns.iter().map(|column| format!("{} {}", column.label, column.hxl)).collect::<Vec<_>>()
        };
        assert_eq!(labels(&of(&["USD 1", "USD 2"])), ["Amount, USD #value+spend"]);
        assert_eq!(labels(&of(&["USD 1", "EUR 2"])), ["Amount #value+spend", "Amount, currency #currency+code"]);
        let table = of(&["USD 1.05", "KRW 2"]);
        let grid = Grid::of(&table);
        assert_eq!(grid.columns[0].value(&table.rows[1]), Value::Number(2, 0));
        assert_eq!(grid.columns[1].value(&table.rows[1]), Value::Text("KRW"));
    }

    #[test]
    fn a_number_is_written_exactly() {
        for (number, decimals, text) in [
            (12_500, 3, "12.5"),
            (-5, 3, "-0.005"),
            (1_000, 3, "1"),
            (0, 3, "0"),
            (i64::MIN, 0, "-9223372036854775808"),
        ] {
            assert_eq!(plain(number, decimals, false), text);
        }
        assert_eq!(plain(125_000, 2, true), "1250.00");
    }

    #[test]
    fn a_tag_that_is_not_of_the_core_list_is_not_written() {
        let table = Table { columns: vec![Column::text("A", "#delivery"), Column::text("B", "")], ..Table::default() };
        assert!(!Grid::of(&table).has_tags());
    }
}
