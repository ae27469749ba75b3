//! Finds the table in a sheet: its row of headings, its row of HXL tags, and the rows in it that are no records.

use super::cells::shown;
use super::headings::recognised;
use super::words;
use crate::domain::word::words;
use crate::formats::read::{Raw, RawRow};

words! {
    /// Why a row is passed over.
    pub enum Passed {
        Empty = "empty", "Empty rows";
        Total = "total", "Rows of totals";
        Note = "note", "Remarks under the table";
        Headings = "headings", "The headings again";
        Tags = "tags", "Rows of HXL tags";
        Form = "form", "Rows that say how to fill in";
        Example = "example", "Rows of an example";
    }
}

/// The mark of an example in a template.
pub(super) const EXAMPLE: &str = "EXAMPLE";

/// How many rows from the first are looked at for headings.
pub(super) const LOOKED_AT: usize = 60;

/// The head of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// The row of headings as the user counts; 0 where there is none.
    pub row: u64,
    /// The headings, one a column of the widest row; empty where a column has none.
    pub headings: Vec<String>,
    /// HXL tags, one a column.
    pub tags: Vec<String>,
    /// How many headings are known in some kind.
    pub known: usize,
}

/// The texts of a row.
pub(super) fn texts(row: &RawRow) -> Vec<String> {
    row.cells.iter().map(|cell| shown(cell).trim().to_owned()).collect()
}

/// Finds the head among the first rows of a sheet; `chosen` is its row where somebody chose it.
pub(super) fn head(rows: &[RawRow], chosen: Option<u64>) -> Head {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let tag_row = rows.iter().find(|row| is_tag_row(row));
    let scored = || {
        let above = |row: &&RawRow| tag_row.is_none_or(|tags| row.number < tags.number);
        let mut best: Option<(usize, &RawRow)> = None;
        for row in rows.iter().filter(above).filter(|row| can_be_headings(row)) {
            let known = recognised(&texts(row));
            if known > best.map_or(0, |(most, _)| most) {
                best = Some((known, row));
            }
        }
        best.map(|(_, row)| row)
    };
    let full = || rows.iter().find(|row| row.cells.iter().filter(|cell| **cell != Raw::Empty).count() > 1);
    let row = match chosen {
        Some(number) => rows.iter().find(|row| row.number == number),
        None => scored().or(tag_row).or_else(full).or_else(|| rows.first()),
    };
    let mut headings = row.map(texts).unwrap_or_default();
    let mut tags = tag_row.map(texts).unwrap_or_default();
    headings.resize(width, String::new());
    tags.resize(width, String::new());
    let known = recognised(&headings).max(usize::from(tag_row.is_some()));
    Head { row: row.map_or(0, |row| row.number), headings, tags, known }
}

/// Headings are words: a row with a number or a day in it is none.
fn can_be_headings(row: &RawRow) -> bool {
    let texts = row.cells.iter().all(|cell| matches!(cell, Raw::Empty | Raw::Text(_)));
    let numbers = row.cells.iter().filter(|cell| shown(cell).trim().parse::<f64>().is_ok()).count();
    texts && numbers == 0
}

fn is_tag_row(row: &RawRow) -> bool {
    let mut tags = 0;
    for cell in row.cells.iter().filter(|cell| **cell != Raw::Empty) {
        let Raw::Text(text) = cell else { return false };
        let mut letters = text.trim().chars();
        match (letters.next(), letters.next()) {
            (None, _) => {}
            (Some('#'), Some(second)) if second.is_ascii_alphabetic() => tags += 1,
            _ => return false,
        }
    }
    tags > 0
}

/// Why a row under the headings is no record; `None` where it is one.
/// `needed` are the columns without which a row is no record.
pub(super) fn passed(row: &RawRow, headings: &[String], needed: &[usize]) -> Option<Passed> {
    let mut full = row.cells.iter().enumerate().filter(|(_, cell)| !is_blank(cell));
    let Some((at, first)) = full.next() else { return Some(Passed::Empty) };
    let Raw::Text(text) = first else { return None };
    let text = text.trim();
    if text.starts_with('#') && is_tag_row(row) {
        return Some(Passed::Tags);
    }
    if text == EXAMPLE {
        return Some(Passed::Example);
    }
    if headings.get(at).is_some_and(|heading| heading == text) && repeats(row, headings) {
        return Some(Passed::Headings);
    }
    // References and amounts have digits, the words of these rows have none: most rows are told by this alone.
    let short = text.len() <= 60 && !text.bytes().any(|byte| byte.is_ascii_digit());
    let others = full.count();
    if short && words::is_total(text) {
        return Some(Passed::Total);
    }
    // One cell with words in a column that no record needs, and nothing in those that each needs.
    let is_remark = || !needed.is_empty() && !needed.contains(&at) && headings.len() > 2 && text.contains(' ');
    if others == 0 && (words::is_note(text) || is_remark()) {
        return Some(Passed::Note);
    }
    let is_form = |cell: &Raw| is_blank(cell) || matches!(cell, Raw::Text(text) if words::is_form(text));
    if short && others > 0 && words::is_form(text) && row.cells.iter().all(is_form) {
        return Some(Passed::Form);
    }
    None
}

fn is_blank(cell: &Raw) -> bool {
    match cell {
        Raw::Empty => true,
        Raw::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// Whether the headings stand in a row again, as on each page of a printed table.
fn repeats(row: &RawRow, headings: &[String]) -> bool {
    let full = row.cells.iter().enumerate().filter(|(_, cell)| !is_blank(cell));
    let (mut same, mut all) = (0, 0);
    for (at, cell) in full {
        all += 1;
        same += usize::from(headings.get(at).is_some_and(|heading| *heading == shown(cell).trim()));
    }
    same * 3 >= all * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u64, cells: &[&str]) -> RawRow {
        let mut row = RawRow::default();
        row.number = number;
        let cell = |text: &&str| if text.is_empty() { Raw::Empty } else { Raw::Text((*text).to_owned()) };
        row.cells = cells.iter().map(cell).collect();
        row
    }

    #[test]
    fn the_headings_are_found_under_a_title_and_above_the_tags() {
        let rows = [
            row(1, &["Packing list no. seven"]),
            row(3, &["Item", "Quantity", "Unit"]),
            row(4, &["#item", "#value+quantity", ""]),
            row(5, &["Milk", "5", "kg"]),
        ];
        let found = head(&rows, None);
        assert_eq!(
            (found.row, found.headings.as_slice()),
            (3, ["Item", "Quantity", "Unit"].map(String::from).as_slice())
        );
        assert_eq!(found.tags[0], "#item");
        assert_eq!(head(&rows, Some(1)).row, 1);
    }

    #[test]
    fn rows_that_are_no_records_are_told_apart() {
        let headings = ["Item", "Quantity", "Unit"].map(String::from);
        for (cells, why) in [
            (["", "", ""].as_slice(), Some(Passed::Empty)),
            (&["", "Grand total", "120"], Some(Passed::Total)),
            (&["합계", "", "120"], Some(Passed::Total)),
            (&["Source: stores of 3 May", "", ""], Some(Passed::Note)),
            (&["Counted by two of us", "", ""], Some(Passed::Note)),
            (&["", "", "Ministry of Health"], None),
            (&["Item", "Quantity", "Unit"], Some(Passed::Headings)),
            (&["#item", "", ""], Some(Passed::Tags)),
            (&["text", "number", "unit"], Some(Passed::Form)),
            (&["EXAMPLE", "5", "kg"], Some(Passed::Example)),
            (&["Total station", "1", "piece"], None),
            (&["Milk", "5", "kg"], None),
        ] {
            assert_eq!(passed(&row(7, cells), &headings, &[2]), why, "{cells:?}");
        }
    }
}
