//! Documents as workbooks: a sheet about the document first, then a sheet for each table.
//!
//! Everything stands in memory: the writer's way of using less would put cells into temporary files. Equal documents of
//! equal days give equal bytes. The properties name the document and nobody.

mod about;
mod charts;
mod names;
mod sheet;
pub mod template;

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use self::charts::Charts;
use self::names::Names;
use super::grid::Grid;
use crate::domain::document::{Block, Document, Table};

/// How many rows a sheet holds; a longer table goes on on another.
const MOST_ROWS: usize = 1_048_576;
/// How many columns a sheet holds.
const MOST_COLUMNS: usize = 16_384;
/// How many characters a cell holds.
const MOST_CHARACTERS: usize = 32_767;

/// Why a document was not written as a workbook.
#[derive(Debug, thiserror::Error)]
pub enum CannotWrite {
    /// A table is wider than a sheet.
    #[error("The table “{title}” has {columns} columns, and a sheet holds 16,384. Write it as CSV, or leave some out")]
    TooWide {
        /// Its title.
        title: String,
        /// How many columns it has.
        columns: usize,
    },
    /// Somebody asked to stop.
    #[error("Stopped. Nothing was written")]
    Stopped,
    /// The writer of workbooks refuses.
    #[error("The workbook cannot be written: {0}. Write it as CSV instead")]
    Refused(#[from] XlsxError),
}

/// A document as the bytes of a workbook. `made` is the day that stands in its properties; `stop` is asked now and then.
pub fn write(document: &Document, made: NaiveDate, stop: &dyn Fn() -> bool) -> Result<Vec<u8>, CannotWrite> {
    let mut book = Workbook::new();
    book.set_properties(&properties(&document.title, made)?);
    let mut names = Names::default();
    let grids: Vec<(Grid<'_>, Vec<String>)> = document.tables().map(|table| named(table, &mut names)).collect();
    about::write(book.add_worksheet(), document, &grids)?;
    let mut charts = Charts::default();
    let mut tables = grids.iter();
    let mut beside = None;
    for block in &document.blocks {
        match block {
            Block::Table(_) => {
                let Some((grid, parts)) = tables.next() else { continue };
                write_table(&mut book, document, grid, parts, stop)?;
                beside = parts.first().map(|name| (name.as_str(), grid.columns.len()));
            }
            Block::Chart(chart) => charts.add(chart, beside),
            // A chart belongs to the table it follows at once.
            Block::Heading { .. } | Block::NewPage => beside = None,
            _ => {}
        }
    }
    charts.write(&mut book, &mut names)?;
    if stop() {
        return Err(CannotWrite::Stopped);
    }
    Ok(book.save_to_buffer()?)
}

/// Properties that name the document and nobody. A fixed instant of the day, so that equal documents are equal files.
fn properties(title: &str, made: NaiveDate) -> Result<DocProperties, XlsxError> {
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(made.year()).unwrap_or(1900);
    let day = ExcelDateTime::from_ymd(year, part(made.month()), part(made.day()))?;
    Ok(DocProperties::new().set_title(title).set_creation_datetime(&day))
}

/// A table as flat columns, with the names of the sheets it needs.
fn named<'a>(table: &'a Table, names: &mut Names) -> (Grid<'a>, Vec<String>) {
    let title = if table.title.is_empty() { &table.key } else { &table.title };
    let room = MOST_ROWS - sheet::ROWS_AROUND;
    let parts = table.rows.len().div_ceil(room).max(1);
    let of_part = |part: usize| if part == 0 { title.clone() } else { format!("{title} {}", part + 1) };
    (Grid::of(table), (0..parts).map(|part| names.free(&of_part(part))).collect())
}

fn write_table(
    book: &mut Workbook,
    document: &Document,
    grid: &Grid<'_>,
    names: &[String],
    stop: &dyn Fn() -> bool,
) -> Result<(), CannotWrite> {
    if grid.columns.len() > MOST_COLUMNS {
        return Err(CannotWrite::TooWide { title: grid.table.title.clone(), columns: grid.columns.len() });
    }
    let room = MOST_ROWS - sheet::ROWS_AROUND;
    for (part, name) in names.iter().enumerate() {
        let from = part * room;
        let to = grid.table.rows.len().min(from + room);
        let rows = grid.table.rows.get(from..to).unwrap_or_default();
        let totals = if part + 1 == names.len() { grid.table.totals.as_slice() } else { &[] };
        let page = sheet::Page { document, name, rows, totals };
        sheet::write(book.add_worksheet(), grid, &page, stop)?;
    }
    Ok(())
}

/// A text as a cell can hold it.
fn fitting(text: &str) -> std::borrow::Cow<'_, str> {
    // Most texts are far from the limit, which counts in UTF-16.
    if text.len() <= MOST_CHARACTERS || text.encode_utf16().count() <= MOST_CHARACTERS {
        return text.into();
    }
    let end = " … (cut here: a cell of a workbook holds no more)";
    let mut room = MOST_CHARACTERS - end.encode_utf16().count();
    let kept = |letter: &char| {
        let fits = room >= letter.len_utf16();
        room = room.saturating_sub(letter.len_utf16());
        fits
    };
    let start: String = text.chars().take_while(kept).collect();
    format!("{start}{end}").into()
}

/// A text that no spreadsheet takes for a formula, not even when the cell is edited.
fn inert() -> Format {
    Format::new().set_quote_prefix()
}

#[cfg(test)]
mod tests;
