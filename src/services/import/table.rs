//! Tells the rows under the headings that are no records: empty ones, totals, remarks, headings that stand again.

use super::cells::shown;
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

/// Whether a row holds HXL tags.
pub(super) fn is_tag_row(row: &RawRow) -> bool {
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
