//! A sheet with a table: headings that stay in sight, tags under them, typed cells, widths that fit.

use chrono::NaiveDate;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet};
use unicode_width::UnicodeWidthStr;

use super::{CannotWrite, fitting, inert};
use crate::domain::document::{Cell, Document};
use crate::formats::defuse::is_risky;
use crate::formats::grid::{Grid, GridColumn, Look, Value, plain};

/// How many rows stand around those of the table: headings, tags, sums.
pub(super) const ROWS_AROUND: usize = 3;

/// A fill behind headings that is seen on paper as well.
pub(super) const HEADING_FILL: Color = Color::RGB(0x00E8_EDF3);
/// What stands behind the words.
pub(super) const QUIET: Color = Color::RGB(0x0066_7085);

/// Widths in characters.
const NARROWEST: usize = 6;
const WIDEST: usize = 60;
/// How many rows are looked at for the widths.
const LOOKED_AT: usize = 1_000;
/// After how many rows it is asked whether to stop.
const ROWS_A_STEP: usize = 2_000;
/// ISO A4.
const A4: u8 = 9;

/// The part of a table that one sheet holds.
pub(super) struct Page<'a> {
    pub document: &'a Document,
    pub name: &'a str,
    pub rows: &'a [Vec<Cell>],
    pub totals: &'a [Cell],
}

/// Writes a part of a table into a sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    grid: &Grid<'_>,
    page: &Page<'_>,
    stop: &dyn Fn() -> bool,
) -> Result<(), CannotWrite> {
    sheet.set_name(page.name)?;
    let first = heads(sheet, grid)?;
    shape(sheet, grid, page)?;
    let inert = inert();
    for (at, cells) in page.rows.iter().enumerate() {
        if at % ROWS_A_STEP == 0 && stop() {
            return Err(CannotWrite::Stopped);
        }
        row(sheet, grid, u32::try_from(at).unwrap_or(u32::MAX) + first, cells, &inert)?;
    }
    let end = u32::try_from(page.rows.len()).unwrap_or(u32::MAX) + first;
    if !page.totals.is_empty() {
        totals(sheet, grid, end, page.totals)?;
    }
    if let (false, Some(last)) = (page.rows.is_empty(), grid.columns.len().checked_sub(1)) {
        // The filter begins at the row over the data, so that tags are never sorted among them.
        sheet.autofilter(first - 1, 0, end - 1, column_number(last))?;
    }
    sheet.set_freeze_panes(first, frozen_columns(grid))?;
    sheet.set_repeat_rows(0, first - 1)?;
    print(sheet, page);
    Ok(())
}

/// The headings and the tags under them; the row of the first data.
fn heads(sheet: &mut Worksheet, grid: &Grid<'_>) -> Result<u32, CannotWrite> {
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(HEADING_FILL)
        .set_border_bottom(FormatBorder::Thin);
    let number = heading.clone().set_align(FormatAlign::Right);
    let tag = Format::new().set_font_color(QUIET).set_font_size(8);
    for (at, column) in grid.columns.iter().enumerate() {
        let format = if is_number(grid, column) { &number } else { &heading };
        let format = if is_risky(&column.label) { &format.clone().set_quote_prefix() } else { format };
        sheet.write_string_with_format(0, column_number(at), fitting(&column.label), format)?;
    }
    if !grid.has_tags() {
        return Ok(1);
    }
    for (at, column) in grid.columns.iter().enumerate().filter(|(_, column)| !column.hxl.is_empty()) {
        sheet.write_string_with_format(1, column_number(at), column.hxl.as_str(), &tag)?;
    }
    Ok(2)
}

fn is_number(grid: &Grid<'_>, column: &GridColumn) -> bool {
    !column.is_currency && grid.table.columns.get(column.from).is_some_and(|column| column.is_number)
}

/// The format of each column as a whole, and its width.
fn shape(sheet: &mut Worksheet, grid: &Grid<'_>, page: &Page<'_>) -> Result<(), CannotWrite> {
    for (at, column) in grid.columns.iter().enumerate() {
        let number = column_number(at);
        if let Some(format) = number_format(column.look) {
            // A cell without a format of its own takes that of its column, which needs no search for each cell.
            sheet.set_column_format(number, &Format::new().set_num_format(format))?;
        }
        let heading = column.label.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0);
        let heading = heading.max(column.label.width().div_ceil(2)).max(column.hxl.width() * 4 / 5);
        let step = page.rows.len().div_ceil(LOOKED_AT).max(1);
        let widest = page.rows.iter().step_by(step).map(|cells| width(column.look, &column.value(cells))).max();
        let width = heading.max(widest.unwrap_or(0)).clamp(NARROWEST, WIDEST);
        sheet.set_column_width(number, f64::from(u32::try_from(width + 2).unwrap_or(10)))?;
    }
    Ok(())
}

/// How many characters a value takes; a wide one counts as two.
fn width(look: Look, value: &Value<'_>) -> usize {
    match value {
        Value::Empty => 0,
        Value::Text(text) => text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0),
        Value::Number(number, decimals) => {
            let digits = plain(*number, *decimals, true).len();
            match look {
                Look::Percent => 6,
                _ => digits + digits.saturating_sub(1) / 3,
            }
        }
        Value::Decimal(text) => text.len(),
        Value::Day(_) => 10,
    }
}

const fn number_format(look: Look) -> Option<&'static str> {
    match look {
        Look::Words | Look::Rate => None,
        Look::Day => Some("yyyy-mm-dd"),
        Look::Percent => Some("0.0%"),
        Look::Decimals(0) => Some("#,##0"),
        Look::Decimals(1) => Some("#,##0.0"),
        Look::Decimals(2) => Some("#,##0.00"),
        Look::Decimals(_) => Some("#,##0.000"),
    }
}

fn row(sheet: &mut Worksheet, grid: &Grid<'_>, at: u32, cells: &[Cell], inert: &Format) -> Result<(), CannotWrite> {
    for (number, column) in grid.columns.iter().enumerate() {
        let number = column_number(number);
        match column.value(cells) {
            Value::Empty => {}
            Value::Text(text) if is_risky(text) => {
                sheet.write_string_with_format(at, number, fitting(text), inert)?;
            }
            Value::Text(text) => {
                sheet.write_string(at, number, fitting(text))?;
            }
            other => match as_number(&other) {
                Ok(value) => {
                    sheet.write_number(at, number, value)?;
                }
                Err(text) => {
                    sheet.write_string(at, number, text)?;
                }
            },
        }
    }
    Ok(())
}

/// A value as a spreadsheet keeps it; a text where its numbers would not hold it exactly.
fn as_number(value: &Value<'_>) -> Result<f64, String> {
    match value {
        Value::Number(number, decimals) => {
            exact(*number, *decimals).ok_or_else(|| plain(*number, *decimals, true).into())
        }
        Value::Decimal(text) => {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            text.parse().ok().filter(|_| digits <= EXACT_DIGITS).ok_or_else(|| text.clone())
        }
        Value::Day(day) => serial(*day).ok_or_else(|| day.to_string()),
        Value::Empty | Value::Text(_) => Err(String::new()),
    }
}

/// How many digits a spreadsheet keeps.
const EXACT_DIGITS: usize = 15;
/// The first number with more.
const EXACT: u64 = 1_000_000_000_000_000;

#[expect(clippy::cast_precision_loss, reason = "fifteen digits are exact, and more are written as text")]
fn exact(number: i64, decimals: usize) -> Option<f64> {
    let power = 10_u32.checked_pow(u32::try_from(decimals).ok()?)?;
    (number.unsigned_abs() < EXACT).then(|| number as f64 / f64::from(power))
}

/// The number by which a spreadsheet knows a day. Before March 1900 its calendar has a day that never was.
pub(super) fn serial(day: NaiveDate) -> Option<f64> {
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let first = NaiveDate::from_ymd_opt(1900, 3, 1)?;
    let days = i32::try_from((day - zero).num_days()).ok()?;
    (day >= first).then(|| f64::from(days))
}

/// A last row that adds up, apart from the others by a line.
fn totals(sheet: &mut Worksheet, grid: &Grid<'_>, at: u32, cells: &[Cell]) -> Result<(), CannotWrite> {
    for (number, column) in grid.columns.iter().enumerate() {
        let bold = Format::new().set_bold().set_border_top(FormatBorder::Thin);
        let bold = number_format(column.look).map_or(bold.clone(), |format| bold.set_num_format(format));
        let number = column_number(number);
        match column.value(cells) {
            Value::Empty => {
                sheet.write_blank(at, number, &bold)?;
            }
            Value::Text(text) => {
                let bold = if is_risky(text) { bold.set_quote_prefix() } else { bold };
                sheet.write_string_with_format(at, number, fitting(text), &bold)?;
            }
            other => match as_number(&other) {
                Ok(value) => {
                    sheet.write_number_with_format(at, number, value, &bold)?;
                }
                Err(text) => {
                    sheet.write_string_with_format(at, number, text, &bold)?;
                }
            },
        }
    }
    Ok(())
}

/// The first column stays in sight where it names the row.
fn frozen_columns(grid: &Grid<'_>) -> u16 {
    let names_the_row = grid.columns.first().is_some_and(|column| !is_number(grid, column));
    u16::from(names_the_row && grid.columns.len() > 4)
}

/// How it is printed: across, one page wide, the headings on every page.
fn print(sheet: &mut Worksheet, page: &Page<'_>) {
    sheet.set_paper_size(A4);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    let line = |text: &str| text.replace('&', "&&").chars().take(100).collect::<String>();
    sheet.set_header(format!("&L{}&R{}", line(&page.document.title), line(page.name)));
    sheet.set_footer(format!("&L{}&R&P / &N", line(&page.document.foot)));
}

/// The number of a column as the writer counts them.
pub(super) fn column_number(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
