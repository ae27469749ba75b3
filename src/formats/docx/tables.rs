//! Tables of a DOCX, with the widths that a PDF gives them.

use docx_rs::{
    AlignmentType, HeightRule, Run, Shading, Table as WordTable, TableBorder, TableBorderPosition, TableBorders,
    TableCell, TableCellMargins, TableLayoutType, TableRow, WidthType,
};

use super::words::{after, paragraph, paragraphs};
use super::{ACCENT, HAIR, Piece, QUIET, SMALL, gap};
use crate::domain::document::{Cell, CellTone, Chart, Column, Fact, Table};
use crate::formats::pdf::{Columns, columns};

/// What a row height of the header is told apart by: no other row has one.
pub(super) const HEADER_HEIGHT: f32 = 283.0;

fn borders(positions: Vec<TableBorderPosition>, colour: &str) -> TableBorders {
    let empty = TableBorders::with_empty();
    positions.into_iter().fold(empty, |borders, position| borders.set(TableBorder::new(position).size(4).color(colour)))
}

/// Words that stand out.
pub(super) fn notice_table(text: &str, room: usize) -> WordTable {
    let mut cell = TableCell::new().shading(Shading::new().fill("F3F6F8"));
    for text in paragraphs(text) {
        cell = cell.add_paragraph(paragraph(&text, Run::new()).line_spacing(after(60)));
    }
    WordTable::new(vec![TableRow::new(vec![cell])])
        .set_grid(vec![room])
        .width(room, WidthType::Dxa)
        .margins(TableCellMargins::new().margin(80, 160, 40, 160))
        .set_borders(borders(vec![TableBorderPosition::Left], ACCENT))
}

/// Labels beside what they say.
pub(super) fn facts_table(facts: &[Fact], room: usize) -> WordTable {
    let grid = vec![room / 4, room - room / 4];
    let row = |fact: &Fact| {
        let label = TableCell::new().add_paragraph(paragraph(&fact.label, Run::new().color(QUIET)));
        let value = TableCell::new().add_paragraph(paragraph(&fact.value, Run::new()));
        TableRow::new(sized(vec![label, value], &grid)).cant_split()
    };
    WordTable::new(facts.iter().map(row).collect())
        .set_grid(grid.clone())
        .width(room, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(30, 60, 30, 0))
        .set_borders(borders(vec![TableBorderPosition::Top, TableBorderPosition::Bottom], HAIR))
}

fn sized(cells: Vec<TableCell>, grid: &[usize]) -> Vec<TableCell> {
    cells.into_iter().zip(grid).map(|(cell, width)| cell.width(*width, WidthType::Dxa)).collect()
}

/// A chart is its numbers, with what it shows in words under them: Word draws them as its reader likes.
pub(super) fn numbers_of(chart: &Chart) -> Table {
    let named = |name: &str| if chart.unit.is_empty() { name.to_owned() } else { format!("{name}, {}", chart.unit) };
    let columns = [Column::text("", "")]
        .into_iter()
        .chain(chart.series.iter().map(|series| Column::number(named(&series.name), "")));
    let row = |(at, label): (usize, &String)| {
        let values =
            chart.series.iter().map(|series| series.values.get(at).map_or(Cell::Empty, |value| Cell::Count(*value)));
        [Cell::text(label.clone())].into_iter().chain(values).collect()
    };
    Table {
        title: chart.title.clone(),
        notes: vec![chart.alt.clone()],
        columns: columns.collect(),
        rows: chart.labels.iter().enumerate().map(row).collect(),
        ..Table::default()
    }
}

/// A table with its title, its totals and its notes.
pub(super) fn push_table(pieces: &mut Vec<Piece>, table: &Table, known: Option<&Columns>, room: usize) {
    if table.columns.is_empty() {
        return;
    }
    let own = known.is_none().then(|| columns(table));
    let Some(columns) = known.or(own.as_ref()) else { return };
    let (grid, size) = (twips(columns, room), columns.half_points());
    let mut rows = vec![header(table, &grid, size)];
    rows.extend(table.rows.iter().map(|row| with_cells(table, row, &grid, &|run| run.size(size))));
    if table.rows.is_empty() {
        let empty = paragraph(&table.empty, Run::new().size(size).color(QUIET));
        rows.push(TableRow::new(vec![TableCell::new().add_paragraph(empty).grid_span(table.columns.len())]));
    }
    if !table.totals.is_empty() {
        rows.push(with_cells(table, &table.totals, &grid, &|run| run.size(size).bold()));
    }
    let lines = vec![TableBorderPosition::Top, TableBorderPosition::Bottom, TableBorderPosition::InsideH];
    let side = columns.padding_twips();
    let set = WordTable::new(rows)
        .set_grid(grid)
        .width(room, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(40, side, 40, side))
        .set_borders(borders(lines, HAIR));
    let title = table.title.trim();
    if !title.is_empty() {
        let title = paragraph(title, Run::new().bold()).keep_next(true).line_spacing(after(80));
        pieces.push(Piece::Paragraph(title));
    }
    pieces.push(Piece::Table(set));
    for note in table.notes.iter().filter(|note| !note.trim().is_empty()) {
        pieces.push(Piece::Paragraph(paragraph(note, Run::new().size(SMALL).color(QUIET))));
    }
    pieces.push(gap());
}

fn header(table: &Table, grid: &[usize], size: usize) -> TableRow {
    let cell = |column: &Column| {
        let label = paragraph(&column.label, Run::new().bold().size(size)).align(side(column.is_number));
        TableCell::new().add_paragraph(label).shading(Shading::new().fill("F3F6F8"))
    };
    let cells = table.columns.iter().map(cell).collect();
    TableRow::new(sized(cells, grid)).row_height(HEADER_HEIGHT).height_rule(HeightRule::AtLeast).cant_split()
}

fn with_cells(table: &Table, cells: &[Cell], grid: &[usize], look: &dyn Fn(Run) -> Run) -> TableRow {
    let cell = |at: usize| {
        let cell = cells.get(at).unwrap_or(&Cell::Empty);
        let run = match cell {
            Cell::State { tone, .. } => look(Run::new()).bold().color(colour(*tone)),
            _ => look(Run::new()),
        };
        let is_number = table.columns.get(at).is_some_and(|column| column.is_number);
        TableCell::new().add_paragraph(paragraph(&cell.words(), run).align(side(is_number)))
    };
    TableRow::new(sized((0..table.columns.len()).map(cell).collect(), grid)).cant_split()
}

fn side(is_number: bool) -> AlignmentType {
    if is_number { AlignmentType::Right } else { AlignmentType::Left }
}

fn colour(tone: CellTone) -> &'static str {
    match tone {
        CellTone::Good => "2F6B3A",
        CellTone::Warning => "8A5A00",
        CellTone::Bad => "9B2C2C",
        CellTone::Quiet => QUIET,
    }
}

/// The widths in twentieths of a point, which fill the room to the last one.
fn twips(columns: &Columns, room: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = columns.shares(room);
    let all: usize = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last = (*last + room).saturating_sub(all).max(1);
    }
    widths
}
