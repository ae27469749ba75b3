//! The first sheet: what the workbook is, of which day, by which filters, and what stands on the other sheets.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet};

use super::names::ABOUT;
use super::sheet::{HEADING_FILL, QUIET};
use super::{CannotWrite, fitting};
use crate::domain::document::{Block, Document, Fact};
use crate::domain::quantity::group_digits;
use crate::formats::grid::Grid;

/// Widths of the columns, in characters: names, then words.
const WIDTHS: [f64; 4] = [30.0, 44.0, 34.0, 30.0];

struct Writer<'a> {
    sheet: &'a mut Worksheet,
    at: u32,
    label: Format,
    words: Format,
    heading: Format,
    quiet: Format,
}

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    document: &Document,
    grids: &[(Grid<'_>, Vec<String>)],
) -> Result<(), CannotWrite> {
    sheet.set_name(ABOUT)?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_screen_gridlines(false);
    let top = Format::new().set_align(FormatAlign::Top).set_quote_prefix();
    let mut writer = Writer {
        sheet,
        at: 0,
        label: top.clone().set_font_color(QUIET),
        words: top.clone().set_align(FormatAlign::Left),
        heading: top.clone().set_bold(),
        quiet: top.clone().set_font_color(QUIET).set_font_size(9),
    };
    writer.line(&document.title, &top.set_bold().set_font_size(16))?;
    if !document.subtitle.is_empty() {
        writer.line(&document.subtitle, &writer.quiet.clone())?;
    }
    writer.at += 1;
    writer.facts(&document.facts)?;
    writer.blocks(document)?;
    writer.sheets(grids)?;
    writer.columns(grids)?;
    if !document.foot.is_empty() {
        writer.at += 1;
        writer.line(&document.foot, &writer.quiet.clone())?;
    }
    Ok(())
}

impl Writer<'_> {
    /// One cell over the whole line.
    fn line(&mut self, text: &str, format: &Format) -> Result<(), CannotWrite> {
        self.cells(&[(text, format)])
    }

    fn cells(&mut self, cells: &[(&str, &Format)]) -> Result<(), CannotWrite> {
        for (column, (text, format)) in (0..).zip(cells) {
            self.sheet.write_string_with_format(self.at, column, fitting(text), format)?;
        }
        self.at += 1;
        Ok(())
    }

    fn heading(&mut self, text: &str) -> Result<(), CannotWrite> {
        self.at += 1;
        self.line(text, &self.heading.clone())
    }

    fn facts(&mut self, facts: &[Fact]) -> Result<(), CannotWrite> {
        let (label, words) = (self.label.clone(), self.words.clone());
        facts.iter().try_for_each(|fact| self.cells(&[(&fact.label, &label), (&fact.value, &words)]))
    }

    /// What the document says beside its tables.
    fn blocks(&mut self, document: &Document) -> Result<(), CannotWrite> {
        let words = self.words.clone();
        for block in &document.blocks {
            match block {
                Block::Heading { text, .. } => self.heading(text)?,
                Block::Text(text) => {
                    for paragraph in text.lines().filter(|line| !line.trim().is_empty()) {
                        self.line(paragraph, &words)?;
                    }
                }
                Block::Notice(text) => self.line(text, &words)?,
                Block::List(items) => {
                    for item in items {
                        self.line(&format!("• {item}"), &words)?;
                    }
                }
                Block::Facts(facts) => self.facts(facts)?,
                Block::Original { name, .. } => self.line(&format!("Original: {name}"), &words)?,
                Block::Table(_) | Block::Chart(_) | Block::Signatures(_) | Block::NewPage => {}
            }
        }
        Ok(())
    }

    /// The sheets, how many rows they have, and what they cover.
    fn sheets(&mut self, grids: &[(Grid<'_>, Vec<String>)]) -> Result<(), CannotWrite> {
        if grids.is_empty() {
            return Ok(());
        }
        self.at += 1;
        self.head(&["Sheet", "What it shows", "Rows"])?;
        let (words, quiet) = (self.words.clone(), self.quiet.clone());
        for (grid, names) in grids {
            let table = grid.table;
            let rows = match (table.rows.len(), table.empty.as_str()) {
                (0, empty) if !empty.is_empty() => empty.to_owned(),
                (rows, _) => group_digits(&rows.to_string()),
            };
            let title = if table.title.is_empty() { &table.key } else { &table.title };
            self.cells(&[(&names.join(", "), &words), (title, &words), (&rows, &words)])?;
            for note in &table.notes {
                self.cells(&[("", &quiet), (note, &quiet)])?;
            }
        }
        Ok(())
    }

    /// The columns that programs find by name or by tag.
    fn columns(&mut self, grids: &[(Grid<'_>, Vec<String>)]) -> Result<(), CannotWrite> {
        let known = |grid: &Grid<'_>| grid.columns.iter().any(|column| !column.name.is_empty());
        if !grids.iter().any(|(grid, _)| known(grid)) {
            return Ok(());
        }
        self.at += 1;
        self.head(&["Sheet", "Column", "Name for programs", "HXL"])?;
        let words = self.words.clone();
        for (grid, names) in grids.iter().filter(|(grid, _)| known(grid)) {
            let sheet = names.first().map_or("", String::as_str);
            for column in &grid.columns {
                let cells = [sheet, &column.label, &column.name, &column.hxl];
                self.cells(&cells.map(|text| (text, &words)))?;
            }
        }
        Ok(())
    }

    fn head(&mut self, labels: &[&str]) -> Result<(), CannotWrite> {
        let format = self.heading.clone().set_background_color(HEADING_FILL).set_border_bottom(FormatBorder::Thin);
        let cells: Vec<(&str, &Format)> = labels.iter().map(|label| (*label, &format)).collect();
        self.cells(&cells)
    }
}
