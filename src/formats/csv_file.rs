//! Tables as text: RFC 4180 in UTF-8, with a row of HXL tags under the headings where there are any.

use std::borrow::Cow;

use super::defuse::defuse;
use super::grid::{Grid, Look, Value, plain};
use crate::domain::document::{Cell, Table};

/// How a text file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether the row of HXL tags stands under the headings.
    pub hxl: bool,
    /// Whether the file begins with the mark by which spreadsheet programs know UTF-8.
    pub mark: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { hxl: true, mark: true }
    }
}

/// The mark by which spreadsheet programs know UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A table as the bytes of a text file. What it adds up to at its end is left out: a program would take it for a row.
#[must_use]
pub fn write(table: &Table, options: Options) -> Vec<u8> {
    let grid = Grid::of(table);
    let mut bytes = Vec::with_capacity(64 * (table.rows.len() + 2));
    if options.mark {
        bytes.extend_from_slice(MARK);
    }
    row(&mut bytes, grid.columns.iter().map(|column| defuse(&column.label)));
    if options.hxl && grid.has_tags() {
        row(&mut bytes, grid.columns.iter().map(|column| Cow::Borrowed(column.hxl.as_str())));
    }
    for cells in &table.rows {
        row(
            &mut bytes,
            grid.columns.iter().map(|column| text(column.look, cells.get(column.from), column.value(cells))),
        );
    }
    bytes
}

/// A cell as text. Only texts are defused: a number below zero is a number.
fn text<'a>(look: Look, cell: Option<&Cell>, value: Value<'a>) -> Cow<'a, str> {
    match value {
        Value::Empty => Cow::Borrowed(""),
        Value::Text(text) => defuse(text),
        Value::Number(number, decimals) => {
            let is_money = matches!(cell, Some(Cell::Money(_))) && look != Look::Words;
            plain(number, decimals, is_money)
        }
        Value::Decimal(text) => Cow::Owned(text),
        Value::Day(day) => Cow::Owned(day.to_string()),
    }
}

fn row<'a>(bytes: &mut Vec<u8>, cells: impl Iterator<Item = Cow<'a, str>>) {
    let mut alone = true;
    let mut is_empty = true;
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            bytes.push(b',');
            alone = false;
        }
        is_empty &= cell.is_empty();
        let spaced = cell.starts_with(char::is_whitespace) || cell.ends_with(char::is_whitespace);
        if spaced || cell.contains([',', '"', '\n', '\r']) {
            bytes.push(b'"');
            bytes.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            bytes.push(b'"');
        } else {
            bytes.extend_from_slice(cell.as_bytes());
        }
    }
    if alone && is_empty {
        // A row of one empty cell would be an empty line, which readers skip.
        bytes.extend_from_slice(b"\"\"");
    }
    bytes.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::Column;
    use crate::domain::money::Money;
    use crate::formats::defuse::restore;
    use proptest::prelude::*;

    fn table(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Table {
        Table { columns, rows, ..Table::default() }
    }

    #[test]
    fn a_table_is_written_with_its_tags_and_exact_numbers() {
        let columns = vec![
            Column::text("Item", "#item+name"),
            Column::number("Quantity", "#output+num"),
            Column::number("Value", ""),
            Column::text("On", "#date"),
            Column::number("Share", ""),
        ];
        let money = |text| Cell::Money(Money::parse(text).unwrap());
        let day = "2026-03-31".parse().unwrap();
        let rows = vec![
            vec![
                Cell::text("Soap, \"soft\""),
                Cell::Quantity(-12_500),
                money("USD 1250"),
                Cell::Day(day),
                Cell::PerMille(667),
            ],
            vec![Cell::text("=cmd()"), Cell::Count(3), money("USD 0.05"), Cell::Empty, Cell::Empty],
        ];
        let written = String::from_utf8(write(&table(columns, rows), Options { hxl: true, mark: false })).unwrap();
        assert_eq!(
            written,
            "Item,Quantity,\"Value, USD\",On,Share\r\n#item+name,#output+num,,#date,\r\n\
             \"Soap, \"\"soft\"\"\",-12.5,1250.00,2026-03-31,0.667\r\n'=cmd(),3,0.05,,\r\n"
        );
    }

    proptest! {
        #[test]
        fn every_text_is_read_back_as_it_was(texts in prop::collection::vec(("['=+@-]{0,2}[a-z,\" \r\n\t결핵]{0,6}", ".{0,6}"), 1..5)) {
            let columns = (0..2).map(|at| Column::text(format!("Column {at}"), "")).collect();
            let rows: Vec<Vec<Cell>> = texts.iter().map(|(a, b)| vec![Cell::text(a), Cell::text(b)]).collect();
            let bytes = write(&table(columns, rows), Options { hxl: true, mark: false });
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            let read: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            prop_assert_eq!(read.len(), texts.len());
            for (record, (a, b)) in read.iter().zip(&texts) {
                prop_assert_eq!(restore(&record[0]), a);
                prop_assert_eq!(restore(&record[1]), b);
            }
        }
    }
}
