//! Two documents of the same making compared table by table, figure by figure: what the newer one would read.

use super::{Cell, Document, Table};

/// What differs in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The key of the table.
    pub table: String,
    /// Its title.
    pub title: String,
    /// The row, in its own words; `In all` for the totals.
    pub row: String,
    /// What changed there.
    pub change: Change,
}

/// How a place changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A cell reads something else.
    Reads {
        /// The column.
        column: String,
        /// What it read.
        was: Cell,
        /// What it would read.
        now: Cell,
    },
    /// The row would be gone.
    Gone,
    /// The row would be new.
    New,
}

impl Difference {
    /// In a sentence: `Planned against delivered, TB courses, usable: would now read 940, not 950`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let place = format!("{}, {}", self.title, self.row);
        match &self.change {
            Change::Reads { column, was, now } => {
                let column = lower_first(column);
                format!("{place}, {column}: would now read {}, not {}", or_nothing(now), or_nothing(was))
            }
            Change::Gone => format!("{place}: the row would be gone"),
            Change::New => format!("{place}: the row would be new"),
        }
    }
}

impl Difference {
    /// The same for the reader of a newer document: `Planned against delivered, TB courses, usable: 940, before 950`.
    #[must_use]
    pub fn restated(&self) -> String {
        let place = format!("{}, {}", self.title, self.row);
        match &self.change {
            Change::Reads { column, was, now } => {
                format!("{place}, {}: {}, before {}", lower_first(column), or_nothing(now), or_nothing(was))
            }
            Change::Gone => format!("{place}: the row is gone"),
            Change::New => format!("{place}: the row is new"),
        }
    }
}

/// What a document would read now, against what it read. Tables are matched by their key, rows by their leading words.
#[must_use]
pub fn differences(was: &Document, now: &Document) -> Vec<Difference> {
    let mut found = Vec::new();
    for table in was.tables() {
        let empty = Table { key: table.key.clone(), ..Table::default() };
        compare(table, now.table(&table.key).unwrap_or(&empty), &mut found);
    }
    for table in now.tables().filter(|table| was.table(&table.key).is_none()) {
        let empty = Table { columns: table.columns.clone(), ..Table::default() };
        compare(&empty, table, &mut found);
    }
    found
}

fn compare(was: &Table, now: &Table, found: &mut Vec<Difference>) {
    let names = identity(was, now);
    let title = if was.title.is_empty() { &now.title } else { &was.title };
    let key = if was.key.is_empty() { &now.key } else { &was.key };
    let mut tell = |row: String, change: Change| {
        found.push(Difference { table: key.clone(), title: title.clone(), row, change });
    };
    let mut left: Vec<Option<&Vec<Cell>>> = now.rows.iter().map(Some).collect();
    for row in &was.rows {
        let same =
            left.iter_mut().find(|other| other.is_some_and(|other| name_of(other, names) == name_of(row, names)));
        match same.and_then(Option::take) {
            None => tell(words_of(row, names), Change::Gone),
            Some(other) => cells((was, row), (now, other), |change| tell(words_of(row, names), change)),
        }
    }
    for row in left.into_iter().flatten() {
        tell(words_of(row, names), Change::New);
    }
    if !was.totals.is_empty() || !now.totals.is_empty() {
        cells((was, &was.totals), (now, &now.totals), |change| tell("in all".to_owned(), change));
    }
}

/// The cells of two rows that differ. Columns are matched by their heading, so that one more of them moves nothing.
fn cells((was, row): (&Table, &[Cell]), (now, other): (&Table, &[Cell]), mut tell: impl FnMut(Change)) {
    for (at, column) in was.columns.iter().enumerate() {
        let Some(place) = now.columns.iter().position(|same| same.label == column.label) else { continue };
        let [before, after] = [row.get(at), other.get(place)].map(|cell| cell.cloned().unwrap_or_default());
        if before != after {
            tell(Change::Reads { column: column.label.clone(), was: before, now: after });
        }
    }
}

/// How many of the first columns name a row: texts before the first number, day or state. Where there are none, all do.
fn identity(was: &Table, now: &Table) -> usize {
    let columns = if was.columns.is_empty() { &now.columns } else { &was.columns };
    let rows = || was.rows.iter().chain(&now.rows);
    let is_name = |at: usize| {
        !columns[at].is_number && rows().all(|row| matches!(row.get(at), None | Some(Cell::Text(_) | Cell::Empty)))
    };
    let leading = (0..columns.len()).take_while(|at| is_name(*at)).count();
    if leading == 0 { columns.len() } else { leading }
}

fn name_of(row: &[Cell], names: usize) -> &[Cell] {
    row.get(..names).unwrap_or(row)
}

/// The row in words: what stands first, and what tells it from others only where nothing stands there.
fn words_of(row: &[Cell], names: usize) -> String {
    let mut words = name_of(row, names).iter().map(Cell::words).filter(|words| !words.is_empty());
    let all_texts = row.len() == names;
    match words.next() {
        Some(first) if all_texts => words.fold(first, |line, word| format!("{line}, {word}")),
        Some(first) => first,
        None => "a row without a name".to_owned(),
    }
}

fn or_nothing(cell: &Cell) -> String {
    let words = cell.words();
    if words.is_empty() { "nothing".to_owned() } else { words }
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    let second_is_upper = words.chars().nth(1).is_some_and(char::is_uppercase);
    match letters.next() {
        Some(first) if !second_is_upper => first.to_lowercase().chain(letters).collect(),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::{Block, Column};

    fn document(rows: &[(&str, &str, i64)], total: i64) -> Document {
        let table = Table {
            key: "delivered".into(),
            title: "Planned against delivered".into(),
            columns: vec![Column::text("Item", ""), Column::text("Category", ""), Column::number("Usable", "")],
            rows: rows
                .iter()
                .map(|(item, category, usable)| {
                    vec![Cell::text(*item), Cell::text(*category), Cell::Quantity(usable * 1000)]
                })
                .collect(),
            totals: vec![Cell::text("In all"), Cell::Empty, Cell::Quantity(total * 1000)],
            ..Table::default()
        };
        Document { blocks: vec![Block::Table(table)], ..Document::default() }
    }

    fn said(was: &Document, now: &Document) -> Vec<String> {
        differences(was, now).iter().map(Difference::sentence).collect()
    }

    #[test]
    fn a_figure_that_changed_is_told_with_its_table_row_and_column() {
        let was = document(&[("TB courses", "tb", 950)], 950);
        let now = document(&[("TB courses", "tb", 940)], 940);
        assert_eq!(
            said(&was, &now),
            [
                "Planned against delivered, TB courses, usable: would now read 940, not 950",
                "Planned against delivered, in all, usable: would now read 940, not 950"
            ]
        );
        assert_eq!(said(&was, &was), Vec::<String>::new());
    }

    #[test]
    fn rows_that_come_and_go_are_told_once_each_whatever_their_order() {
        let was = document(&[("A", "x", 1), ("B", "x", 2)], 3);
        let now = document(&[("C", "x", 1), ("B", "x", 2)], 3);
        assert_eq!(
            said(&was, &now),
            [
                "Planned against delivered, A: the row would be gone",
                "Planned against delivered, C: the row would be new"
            ]
        );
        let turned = document(&[("B", "x", 2), ("A", "x", 1)], 3);
        assert_eq!(said(&was, &turned), Vec::<String>::new());
    }

    #[test]
    fn two_rows_with_the_same_name_are_not_taken_for_one() {
        let was = document(&[("A", "x", 1), ("A", "x", 2)], 3);
        let now = document(&[("A", "x", 1), ("A", "x", 5)], 6);
        assert_eq!(said(&was, &now).len(), 2);
    }

    #[test]
    fn a_table_that_is_gone_or_new_is_told_row_by_row() {
        let was = document(&[("A", "x", 1)], 1);
        let nothing = Document::default();
        assert!(said(&was, &nothing)[0].contains("the row would be gone"));
        assert!(said(&nothing, &was)[0].contains("the row would be new"));
    }
}
