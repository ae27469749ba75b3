//! Finds the head of a table: its row of headings, the row of groups that may stand over it, its row of HXL tags.

use super::cells::shown;
use super::heading::Title;
use super::headings::{recognised, recognised_titles};
use super::plan::HeadRows;
use super::table::is_tag_row;
use crate::formats::read::{Merged, Raw, RawRow};

/// How many rows from the first are looked at for headings.
pub(super) const LOOKED_AT: usize = 60;

/// The first rows of a sheet.
#[derive(Debug, Default)]
pub(super) struct FirstRows {
    /// The rows; empty ones are not among them.
    pub rows: Vec<RawRow>,
    /// Cells that are shown as one.
    pub merged: Vec<Merged>,
}

/// The head of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// The rows of headings as the user counts; 0 where there is none.
    pub rows: HeadRows,
    /// The headings, one a column of the widest row; empty where a column has none.
    pub titles: Vec<Title>,
    /// HXL tags, one a column.
    pub tags: Vec<String>,
    /// How many headings are known in some kind.
    pub known: usize,
}

/// The texts of a row.
pub(super) fn texts(row: &RawRow) -> Vec<String> {
    row.cells.iter().map(|cell| shown(cell).trim().to_owned()).collect()
}

impl FirstRows {
    /// Finds the head; `chosen` are its rows where somebody chose them.
    pub fn head(&self, chosen: Option<HeadRows>) -> Head {
        let width = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let tag_row = self.rows.iter().find(|row| is_tag_row(row));
        let (rows, mut titles) = match chosen {
            Some(chosen) => (chosen, self.titles_of(chosen)),
            None => self.found(tag_row),
        };
        let mut tags = tag_row.map(texts).unwrap_or_default();
        titles.resize(width, Title::default());
        tags.resize(width, String::new());
        let known = recognised_titles(&titles).max(usize::from(tag_row.is_some()));
        Head { rows, titles, tags, known }
    }

    fn row(&self, number: u64) -> Option<&RawRow> {
        self.rows.iter().find(|row| row.number == number)
    }

    /// The headings in the rows that somebody chose. A row that is empty is none of those that were read.
    fn titles_of(&self, chosen: HeadRows) -> Vec<Title> {
        let lower = self.row(chosen.last);
        let upper = self.row(chosen.first).filter(|_| chosen.are_two());
        match (upper, lower) {
            (Some(upper), Some(lower)) => Pair::new(upper, lower, &self.merged).titles(),
            (Some(one), None) | (None, Some(one)) => plain(one),
            (None, None) => Vec::new(),
        }
    }

    /// The row in which most headings are known, with the groups over or the headings under it.
    fn found(&self, tag_row: Option<&RawRow>) -> (HeadRows, Vec<Title>) {
        let full = || self.rows.iter().find(|row| row.cells.iter().filter(|cell| **cell != Raw::Empty).count() > 1);
        let scored = self.scored(tag_row);
        let Some(row) = scored.or(tag_row).or_else(full).or_else(|| self.rows.first()) else {
            return Default::default();
        };
        let under = || scored.and_then(|row| self.pair(row.number, row.number + 1));
        let over = || scored.and_then(|row| self.pair(row.number.checked_sub(1)?, row.number));
        match under().or_else(over) {
            Some(pair) => (HeadRows { first: pair.upper.number, last: pair.lower.number }, pair.titles()),
            None => (HeadRows::one(row.number), plain(row)),
        }
    }

    fn scored(&self, tag_row: Option<&RawRow>) -> Option<&RawRow> {
        let above = |row: &&RawRow| tag_row.is_none_or(|tags| row.number < tags.number);
        let mut best: Option<(usize, &RawRow)> = None;
        for row in self.rows.iter().filter(above).filter(|row| can_be_headings(row)) {
            let known = recognised(&texts(row));
            if known > best.map_or(0, |(most, _)| most) {
                best = Some((known, row));
            }
        }
        best.map(|(_, row)| row)
    }

    /// Two rows one under the other, where they are groups and headings.
    fn pair(&self, upper: u64, lower: u64) -> Option<Pair<'_>> {
        let fits = |row: &&RawRow| can_be_headings(row) && !is_tag_row(row);
        let (upper, lower) = (self.row(upper).filter(fits)?, self.row(lower).filter(fits)?);
        let pair = Pair::new(upper, lower, &self.merged);
        pair.is_likely().then_some(pair)
    }
}

fn plain(row: &RawRow) -> Vec<Title> {
    texts(row).into_iter().map(Title::plain).collect()
}

/// A row of groups and the row of headings under it.
struct Pair<'a> {
    upper: &'a RawRow,
    lower: &'a RawRow,
    over: Vec<String>,
    own: Vec<String>,
    /// The columns of each group: first and last.
    groups: Vec<(usize, usize)>,
    /// Whether merged cells of the sheet say which they are.
    is_sure: bool,
}

impl<'a> Pair<'a> {
    fn new(upper: &'a RawRow, lower: &'a RawRow, merged: &[Merged]) -> Self {
        let (mut over, mut own) = (texts(upper), texts(lower));
        let width = over.len().max(own.len());
        over.resize(width, String::new());
        own.resize(width, String::new());
        let here = merged.iter().filter(|cells| cells.rows.0 == upper.number && cells.rows.1 <= lower.number);
        let column = |number: u32| usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
        let spans: Vec<(usize, usize)> = here
            .filter(|cells| cells.rows.1 == upper.number && cells.columns.0 < cells.columns.1)
            .map(|cells| (column(cells.columns.0), column(cells.columns.1).min(width.saturating_sub(1))))
            .collect();
        let is_sure = !spans.is_empty();
        let groups = if is_sure { spans } else { filled(&over, &own) };
        Self { upper, lower, over, own, groups, is_sure }
    }

    fn group_of(&self, column: usize) -> Option<(usize, usize)> {
        self.groups.iter().find(|(first, last)| (*first..=*last).contains(&column)).copied()
    }

    fn titles(&self) -> Vec<Title> {
        let text = |of: &[String], at: usize| of.get(at).cloned().unwrap_or_default();
        let title = |at: usize| {
            let over = self.group_of(at).map_or(at, |(first, _)| first);
            Title::under(text(&self.over, over), text(&self.own, at))
        };
        (0..self.own.len()).map(title).collect()
    }

    /// Whether the two rows are groups and headings: at least one group, each with a heading in every column, nothing over
    /// another heading that is no group (but for a currency, a unit, a form), and more columns told apart, or known, than by one of the rows alone.
    fn is_likely(&self) -> bool {
        let has_own = |at: usize| self.own.get(at).is_some_and(|text| !text.is_empty());
        let has_over = |at: &usize| self.over.get(*at).is_some_and(|text| !text.is_empty());
        let whole = self.groups.iter().all(|(first, last)| first < last && (*first..=*last).all(has_own));
        let alone = (0..self.own.len()).filter(|at| self.group_of(*at).is_none());
        let is_mark = |at: usize| self.own.get(at).is_some_and(|text| Title::is_mark(text));
        let is_apart = alone.into_iter().all(|at| !has_own(at) || !has_over(&at) || is_mark(at));
        let is_title = (0..self.over.len()).filter(has_over).count() < 2 && recognised(&self.over) == 0;
        if self.groups.is_empty() || !whole || !is_apart || is_title {
            return false;
        }
        let titles = self.titles();
        let wholes: Vec<String> = titles.iter().map(Title::whole).collect();
        let (own, over) = (recognised(&self.own), recognised(&self.over));
        let tells_more = different(&wholes) > different(&self.own) && different(&wholes) > different(&self.over);
        (self.is_sure || own > 0) && (tells_more || recognised_titles(&titles) > own.max(over))
    }
}

/// The groups of rows without merged cells: each goes on to the right over empty cells that have a heading under them.
fn filled(over: &[String], own: &[String]) -> Vec<(usize, usize)> {
    let mut groups: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for (at, (over, own)) in over.iter().zip(own).enumerate() {
        match (over.is_empty(), own.is_empty()) {
            (_, true) => open = false,
            (false, false) => {
                groups.push((at, at));
                open = true;
            }
            (true, false) if open => {
                if let Some((_, last)) = groups.last_mut() {
                    *last = at;
                }
            }
            (true, false) => {}
        }
    }
    groups.retain(|(first, last)| first < last);
    groups
}

/// How many different texts there are.
fn different(texts: &[String]) -> usize {
    let mut texts: Vec<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
    texts.sort_unstable();
    texts.dedup();
    texts.len()
}

/// Headings are words: a row with a number or a day in it is none.
fn can_be_headings(row: &RawRow) -> bool {
    let texts = row.cells.iter().all(|cell| matches!(cell, Raw::Empty | Raw::Text(_)));
    let numbers = row.cells.iter().filter(|cell| shown(cell).trim().parse::<f64>().is_ok()).count();
    texts && numbers == 0
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

    fn head(rows: Vec<RawRow>, merged: Vec<Merged>) -> (String, Vec<String>) {
        let head = FirstRows { rows, merged }.head(None);
        (head.rows.to_string(), head.titles.iter().map(Title::whole).collect())
    }

    const fn one(rows: (u64, u64), columns: (u32, u32)) -> Merged {
        Merged { rows, columns }
    }

    #[test]
    fn the_headings_are_found_under_a_title_and_above_the_tags() {
        let rows = vec![
            row(1, &["Packing list no. seven"]),
            row(3, &["Item", "Quantity", "Unit"]),
            row(4, &["#item", "#value+quantity", ""]),
            row(5, &["Milk", "5", "kg"]),
        ];
        let first = FirstRows { rows, merged: Vec::new() };
        let found = first.head(None);
        let wholes: Vec<String> = found.titles.iter().map(Title::whole).collect();
        assert_eq!((found.rows, wholes), (HeadRows::one(3), ["Item", "Quantity", "Unit"].map(String::from).to_vec()));
        assert_eq!(found.tags[0], "#item");
        assert_eq!(first.head(Some(HeadRows::one(1))).rows, HeadRows::one(1));
    }

    #[test]
    fn groups_over_headings_are_joined_with_them_and_without_merged_cells_too() {
        let rows = || {
            vec![
                row(1, &["Distribution plan of the north"]),
                row(3, &["Item", "Quantity", "", "Expires on"]),
                row(4, &["", "planned", "shipped", ""]),
                row(5, &["Milk", "5", "4", "2027-01-01"]),
            ]
        };
        let joined = ["Item", "Quantity planned", "Quantity shipped", "Expires on"].map(String::from).to_vec();
        assert_eq!(head(rows(), Vec::new()), ("rows 3-4".to_owned(), joined.clone()));
        let merged = vec![one((1, 1), (1, 4)), one((3, 3), (2, 3)), one((3, 4), (1, 1)), one((3, 4), (4, 4))];
        assert_eq!(head(rows(), merged), ("rows 3-4".to_owned(), joined));
    }

    #[test]
    fn a_title_or_a_row_of_data_is_no_half_of_a_head() {
        let headings = ["Item", "Quantity", "Batch", "Expires on"];
        let titled = vec![row(1, &["Packing list", "", "Ministry", ""]), row(2, &headings)];
        let merged = vec![one((1, 1), (1, 2)), one((1, 1), (3, 4))];
        assert_eq!(head(titled, merged).0, "row 2");
        let titled = vec![row(1, &["Items"]), row(2, &headings)];
        assert_eq!(head(titled, vec![one((1, 1), (1, 4))]).0, "row 2");
        let data = vec![row(1, &["Code", "", "Name", ""]), row(2, &["A", "x", "Soap", "y"]), row(3, &["B", "", "Tea"])];
        assert_eq!(head(data, Vec::new()).0, "row 1");
        let blank = vec![row(1, &["Code", "Name", "", "Base unit"]), row(2, &["A", "Soap", "Seife", "piece"])];
        assert_eq!(head(blank, Vec::new()).0, "row 1");
    }
}
