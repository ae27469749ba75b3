//! The rows of one sheet. A row or a cell that stands several times is written once with how often; what is empty is
//! passed over, however often it stands there.

use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use super::super::cells::Rows;
use super::super::xml::{Xml, plain};
use super::super::{CannotRead, Limits, Merged, Raw};
use super::cell::{Cell, count};

/// Cells that may come of repeating: more are an attack on the time, and no table.
const REPEATED: u64 = 20_000_000;

/// The row that is being read.
#[derive(Default)]
struct Line {
    /// From 0.
    number: u32,
    repeated: u32,
    hidden: bool,
    /// The column that comes next, from 0.
    column: u32,
    cells: Vec<(u32, Raw)>,
    regions: Vec<(u32, (u32, u32))>,
}

/// Hands out the rows until the sheet ends.
pub fn read(xml: &mut Xml<impl Read>, rows: &mut Rows<'_>, limits: &Limits) -> Result<(), CannotRead> {
    let mut line = Line::default();
    let mut cell: Option<Cell> = None;
    // Remarks have paragraphs as well, and a cell may hold a table of its own: neither is what stands in the cell.
    let mut aside = 0_u32;
    let mut cells: u64 = 0;
    loop {
        match xml.next(limits)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "annotation" | "table" | "shapes" => aside += 1,
                _ if aside > 0 => {}
                "table-row" => line.begin(&tag),
                "table-cell" | "covered-table-cell" => cell = Some(Cell::new(&tag)),
                "p" => cell.iter_mut().for_each(Cell::paragraph),
                "s" => push(&mut cell, &" ".repeat(count(&tag, "c").min(1_000) as usize))?,
                "tab" => push(&mut cell, "\t")?,
                "line-break" => push(&mut cell, "\n")?,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "table" if aside == 0 => return Ok(()),
                "annotation" | "table" | "shapes" => aside = aside.saturating_sub(1),
                _ if aside > 0 => {}
                "table-cell" | "covered-table-cell" => {
                    if let Some(cell) = cell.take() {
                        line.put(&cell, rows, limits)?;
                    }
                }
                "table-row" => {
                    cells += line.cells.len() as u64 * u64::from(line.repeated);
                    if cells > REPEATED && line.repeated > 1 {
                        return Err(CannotRead::TooMuch { what: "repeated cells" });
                    }
                    if line.end(rows, limits)? {
                        return Ok(());
                    }
                }
                _ => {}
            },
            // First of all: inside a remark that never ends, the end comes again and again.
            Event::Eof => return Err(CannotRead::Damaged),
            _ if aside > 0 => {}
            Event::Text(text) => push(&mut cell, &text.xml10_content())?,
            Event::CData(text) => push(&mut cell, &text.xml10_content())?,
            Event::GeneralRef(name) => push(&mut cell, &plain(&format!("&{};", &*name)))?,
            _ => {}
        }
    }
}

fn push(cell: &mut Option<Cell>, text: &str) -> Result<(), CannotRead> {
    cell.iter_mut().try_for_each(|cell| cell.push(text))
}

impl Line {
    fn begin(&mut self, tag: &BytesStart<'_>) {
        self.repeated = count(tag, "number-rows-repeated");
        let visible = super::super::xml::attribute(tag, "visibility");
        self.hidden = visible.is_some_and(|visible| visible != "visible");
        self.column = 0;
        self.cells.clear();
        self.regions.clear();
    }

    fn put(&mut self, cell: &Cell, rows: &mut Rows<'_>, limits: &Limits) -> Result<(), CannotRead> {
        let first = self.column;
        self.column = first.saturating_add(cell.repeated);
        if cell.spans != (1, 1) {
            self.regions.push((first, cell.spans));
        }
        let raw = cell.raw(rows);
        if raw == Raw::Empty {
            return Ok(());
        }
        if self.column > limits.columns {
            return Err(CannotRead::ManyColumns { row: u64::from(self.number) + 1, most: limits.columns });
        }
        let mut bytes = 0;
        for column in first..self.column {
            if let Raw::Text(text) = &raw {
                bytes += text.len();
                if bytes > limits.row_bytes {
                    return Err(CannotRead::HeavyRow { row: u64::from(self.number) + 1, most: limits.row_bytes >> 20 });
                }
            }
            self.cells.push((column, raw.clone()));
        }
        Ok(())
    }

    /// Hands the row out as often as it stands there; answers whether that is enough.
    fn end(&mut self, rows: &mut Rows<'_>, limits: &Limits) -> Result<bool, CannotRead> {
        for (column, (wide, high)) in self.regions.drain(..) {
            let (top, left) = (u64::from(self.number) + 1, column.saturating_add(1));
            let (bottom, right) = (top + u64::from(high.max(1)) - 1, left.saturating_add(wide.max(1) - 1));
            rows.merged(Merged { rows: (top, bottom), columns: (left, right) })?;
        }
        let first = self.number;
        self.number = first.saturating_add(self.repeated);
        if self.cells.is_empty() {
            return Ok(false);
        }
        for row in first..self.number {
            if self.hidden && row < limits.sheet_rows {
                rows.hide(u64::from(row) + 1)?;
            }
            for (column, raw) in &self.cells {
                if rows.cell(row, *column, raw.clone())?.is_break() {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}
