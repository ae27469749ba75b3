//! Tables as they are set: columns of a width for all pages, rows a part at a time.

use super::data::{CellPiece, ColumnPiece, TablePiece, Unit};
use super::plan::take;
use super::widths::{Needs, Widths};
use super::words::{Words, breakable, clipped, wide};
use crate::domain::document::{Cell, Table};

/// The room between the margins of an upright page and of one on its side, in points.
const UPRIGHT: f64 = 481.8;
const FLIPPED: f64 = 728.4;

/// A row of more lines goes over pages.
const MOST_LINES: u32 = 16;

/// Where the texts of a column go over more lines than this for the most part, a page on its side is looked at.
const TOWERS: f64 = 6.0;

/// A table of at most so many rows, and so many lines with all that belongs to it, stays together on one page.
const FEW_ROWS: usize = 8;
const FEW_LINES: u32 = 14;

/// What stands on every page, or cannot go over pages, has at most so many.
const MOST_HEADER_LINES: u32 = 6;

/// What is reckoned once of a table.
pub(super) struct TablePlan {
    /// Whether it stands on pages that lie on their side.
    pub flipped: bool,
    pub widths: Widths,
    columns: Vec<ColumnPiece>,
}

impl TablePlan {
    /// Upright where words find room there and cells do not become towers; a page on its side leaves a hole before it.
    pub fn of(table: &Table) -> Self {
        let (labels, needs, numbers) = reckoned(table);
        let upright = Widths::share(&needs, &numbers, UPRIGHT);
        if upright.fits && upright.lines <= TOWERS {
            return Self::with(labels, &numbers, upright, false);
        }
        let flipped = Widths::share(&needs, &numbers, FLIPPED);
        let helps = !upright.fits || flipped.lines <= upright.lines / 2.0;
        if helps { Self::with(labels, &numbers, flipped, true) } else { Self::with(labels, &numbers, upright, false) }
    }

    /// The same on a page that lies on its side already.
    pub fn on_its_side(table: &Table) -> Self {
        let (labels, needs, numbers) = reckoned(table);
        let widths = Widths::share(&needs, &numbers, FLIPPED);
        Self::with(labels, &numbers, widths, true)
    }

    fn with(labels: Vec<String>, numbers: &[bool], widths: Widths, flipped: bool) -> Self {
        let column = |(at, label): (usize, String)| ColumnPiece {
            label: breakable(clipped(label, widths.room(at).saturating_mul(MOST_HEADER_LINES)), widths.room(at)),
            width: widths.columns.get(at).copied().unwrap_or_default(),
            number: numbers.get(at).copied().unwrap_or_default(),
        };
        let columns = labels.into_iter().enumerate().map(column).collect();
        Self { flipped, widths, columns }
    }

    /// The cells of a row, one for each column, of `most` lines at most; and the most lines that one of them takes.
    fn row(&self, cells: &[Cell], most: u32, words: &mut Words) -> (Vec<CellPiece>, u32) {
        let mut lines = 0;
        let mut cell = |at: usize| {
            let cell = cells.get(at).unwrap_or(&Cell::Empty);
            let room = self.widths.room(at);
            let text = breakable(clipped(words.line(&cell.words()), room.saturating_mul(most)), room);
            lines = lines.max(wide(&text) / room.max(1));
            match cell {
                Cell::State { tone, .. } => CellPiece::State { tone: *tone, words: text },
                _ => CellPiece::Plain(text),
            }
        };
        let row = (0..self.columns.len()).map(&mut cell).collect();
        (row, lines)
    }
}

/// The labels of a table, what its columns need, and which of them are numbers.
fn reckoned(table: &Table) -> (Vec<String>, Vec<Needs>, Vec<bool>) {
    let numbers = table.columns.iter().map(|column| column.is_number).collect();
    let mut words = Words::default();
    let labels: Vec<String> = table.columns.iter().map(|column| words.line(column.label.trim())).collect();
    let needs = needs(table, &labels);
    (labels, needs, numbers)
}

fn needs(table: &Table, labels: &[String]) -> Vec<Needs> {
    let mut needs = vec![Needs::default(); table.columns.len()];
    for (need, label) in needs.iter_mut().zip(labels) {
        need.take_strong(label, false);
    }
    for row in &table.rows {
        for (need, cell) in needs.iter_mut().zip(row) {
            match cell {
                Cell::State { words, .. } => need.take_state(words),
                Cell::Text(text) => need.take(text, false),
                _ => need.take(&cell.words(), true),
            }
        }
    }
    for (need, cell) in needs.iter_mut().zip(&table.totals) {
        need.take_strong(&cell.words(), !matches!(cell, Cell::Text(_)));
    }
    needs
}

/// As many rows as fit from a unit on, at least one, with the totals and the notes where it ends; and where it goes on.
pub(super) fn piece(
    table: &Table,
    plan: &TablePlan,
    at: Unit,
    left: &mut usize,
    words: &mut Words,
) -> (TablePiece, Option<i64>) {
    let title = (at.1 < 0).then(|| breakable(words.line(table.title.trim()), 45_000)).filter(|title| !title.is_empty());
    let end = i64::try_from(table.rows.len()).unwrap_or(i64::MAX);
    let first = at.1.max(0);
    let mut all_lines = 2;
    let mut piece = TablePiece {
        id: at,
        title,
        size: plan.widths.size,
        padding: plan.widths.padding / 2.0,
        whole: false,
        columns: plan.columns.clone(),
        rows: Vec::new(),
        long: Vec::new(),
        empty: String::new(),
        totals: Vec::new(),
        totals_at: end,
        notes: Vec::new(),
        notes_at: end + 1,
    };
    for (unit, row) in (first..).zip(table.rows.iter().skip(usize::try_from(first).unwrap_or(usize::MAX))) {
        if *left == 0 && !piece.rows.is_empty() {
            return (piece, Some(unit));
        }
        take(left, plan.columns.len().max(4));
        let (cells, lines) = plan.row(row, u32::MAX, words);
        piece.rows.push(cells);
        all_lines += lines + 1;
        piece.long.push(lines > MOST_LINES);
    }
    if table.rows.is_empty() {
        let empty = table.empty.trim();
        piece.empty = breakable(words.line(if empty.is_empty() { "–" } else { empty }), 45_000);
    }
    if !table.totals.is_empty() && first <= end {
        piece.totals = plan.row(&table.totals, MOST_HEADER_LINES, words).0;
    }
    piece.notes_at = (end + 1).max(first);
    let said = usize::try_from(piece.notes_at - end - 1).unwrap_or_default();
    piece.notes = table.notes.iter().skip(said).map(|note| breakable(words.line(note.trim()), 62_000)).collect();
    take(left, piece.notes.len() * 3 + 4);
    let beside = piece.notes.iter().chain(&piece.title).map(|text| wide(text) / 45_000 + 1);
    let all_lines = all_lines.saturating_add(beside.sum());
    piece.whole = at.1 < 0 && piece.rows.len() <= FEW_ROWS && all_lines <= FEW_LINES;
    (piece, None)
}
