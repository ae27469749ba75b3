//! Empty workbooks for a kind of record: how to fill them in, headings, drop-downs, and a row that shows how it is meant.

use chrono::NaiveDate;
use rust_xlsxwriter::{DataValidation, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet};
use unicode_width::UnicodeWidthStr as _;

use super::sheet::{HEADING_FILL, QUIET, column_number, serial};
use super::{CannotWrite, fitting};

/// What stands in the first column of the row that shows how it is meant; the importer skips such a row.
pub const EXAMPLE: &str = "EXAMPLE";

/// How many rows the drop-downs and formats are made for.
const ROWS: u32 = 10_000;
/// The sheet to be filled in, and the one with the words that can be chosen.
const CHOICES: &str = "Choices";

/// An empty workbook.
#[derive(Debug, Clone, Default)]
pub struct Template {
    /// What it is for: `Shipments`.
    pub title: String,
    /// How it is filled in, a sentence a line.
    pub instructions: Vec<String>,
    /// Its columns.
    pub columns: Vec<TemplateColumn>,
}

/// A column to be filled in.
#[derive(Debug, Clone, Default)]
pub struct TemplateColumn {
    /// Its heading.
    pub label: String,
    /// The name by which programs find it.
    pub name: String,
    /// What belongs into it, in words.
    pub help: String,
    /// Whether no row can be without it.
    pub required: bool,
    /// What can be chosen; empty where anything can be written.
    pub choices: Vec<String>,
    /// Whether several of the choices can stand in a cell, so that a list to pick one from would be in the way.
    pub takes_several: bool,
    /// What it holds.
    pub holds: Holding,
    /// What stands in the row that shows how it is meant.
    pub example: String,
}

/// What a column to be filled in holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Holding {
    /// Words and codes, with the zeros they begin with.
    #[default]
    Words,
    /// Numbers.
    Number,
    /// Days.
    Day,
}

/// Writes a template.
pub fn write(template: &Template, made: NaiveDate) -> Result<Vec<u8>, CannotWrite> {
    let mut book = Workbook::new();
    book.set_properties(&super::properties(&template.title, made)?);
    instructions(book.add_worksheet(), template)?;
    let title = super::Names::default().free(&template.title);
    let sheet = book.add_worksheet().set_name(title)?;
    fill(sheet, template)?;
    if template.columns.iter().any(|column| !column.choices.is_empty()) {
        choices(book.add_worksheet().set_name(CHOICES)?, template)?;
    }
    Ok(book.save_to_buffer()?)
}

fn instructions(sheet: &mut Worksheet, template: &Template) -> Result<(), CannotWrite> {
    sheet.set_name("How to fill in")?.set_screen_gridlines(false);
    for (column, width) in (0..).zip([30.0, 34.0, 12.0, 70.0]) {
        sheet.set_column_width(column, width)?;
    }
    let words = Format::new().set_align(FormatAlign::Top).set_quote_prefix();
    let head = Format::new().set_bold().set_background_color(HEADING_FILL).set_border_bottom(FormatBorder::Thin);
    sheet.write_string_with_format(0, 0, fitting(&template.title), &words.clone().set_bold().set_font_size(16))?;
    let mut at = 2;
    for line in &template.instructions {
        sheet.write_string_with_format(at, 0, fitting(line), &words)?;
        at += 1;
    }
    at += 1;
    for (column, label) in (0..).zip(["Column", "Name for programs", "Needed", "What belongs into it"]) {
        sheet.write_string_with_format(at, column, label, &head)?;
    }
    for column in &template.columns {
        at += 1;
        let needed = if column.required { "Yes" } else { "" };
        for (place, text) in (0..).zip([column.label.as_str(), &column.name, needed, &column.help]) {
            sheet.write_string_with_format(at, place, fitting(text), &words)?;
        }
    }
    Ok(())
}

fn fill(sheet: &mut Worksheet, template: &Template) -> Result<(), CannotWrite> {
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(HEADING_FILL)
        .set_border_bottom(FormatBorder::Thin);
    let mut listed = 0;
    for (at, column) in template.columns.iter().enumerate() {
        let number = column_number(at);
        let label = if column.required {
            heading.clone().set_underline(rust_xlsxwriter::FormatUnderline::Single)
        } else {
            heading.clone()
        };
        sheet.write_string_with_format(0, number, fitting(&column.label), &label)?;
        let format = match column.holds {
            Holding::Words => Format::new().set_num_format("@"),
            Holding::Number => Format::new(),
            Holding::Day => Format::new().set_num_format("yyyy-mm-dd"),
        };
        sheet.set_column_format(number, &format)?;
        let width = column.label.width().max(column.example.width()).clamp(12, 40) + 2;
        sheet.set_column_width(number, f64::from(u32::try_from(width).unwrap_or(12)))?;
        example(sheet, at, column, &format.set_italic().set_font_color(QUIET))?;
        if !column.choices.is_empty() {
            if !column.takes_several {
                sheet.add_data_validation(1, number, ROWS, number, &drop_down(listed, column))?;
            }
            listed += 1;
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    Ok(())
}

/// The second row shows how it is meant.
fn example(sheet: &mut Worksheet, at: usize, column: &TemplateColumn, format: &Format) -> Result<(), CannotWrite> {
    let number = column_number(at);
    let text = if at == 0 { EXAMPLE } else { column.example.as_str() };
    match column.holds {
        Holding::Number if at > 0 => {
            if let Ok(value) = text.parse::<f64>() {
                sheet.write_number_with_format(1, number, value, format)?;
                return Ok(());
            }
        }
        Holding::Day if at > 0 => {
            if let Some(day) = text.parse().ok().and_then(serial) {
                sheet.write_number_with_format(1, number, day, format)?;
                return Ok(());
            }
        }
        _ => {}
    }
    if !text.is_empty() {
        sheet.write_string_with_format(1, number, fitting(text), format)?;
    }
    Ok(())
}

/// A list to choose from that stands in a column of the sheet of choices.
fn drop_down(listed: usize, column: &TemplateColumn) -> DataValidation {
    let letters = rust_xlsxwriter::utility::column_number_to_name(column_number(listed));
    let range = format!("={CHOICES}!${letters}$2:${letters}${}", column.choices.len() + 1);
    DataValidation::new().allow_list_formula(Formula::new(range)).ignore_blank(true)
}

fn choices(sheet: &mut Worksheet, template: &Template) -> Result<(), CannotWrite> {
    let bold = Format::new().set_bold().set_background_color(HEADING_FILL);
    for (at, column) in template.columns.iter().filter(|column| !column.choices.is_empty()).enumerate() {
        let number = column_number(at);
        sheet.write_string_with_format(0, number, fitting(&column.label), &bold)?;
        sheet.set_column_width(number, 30)?;
        for (row, choice) in (1..).zip(&column.choices) {
            sheet.write_string(row, number, fitting(choice))?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}
