//! The cells of one sheet: what is taken over into the workbook that is made anew, and what it will take in memory.

use super::super::{CannotRead, Limits, Merged};
use super::made_anew::Globals;
use super::records::{Record, Records, kind, write};

/// A cell in memory, and its place in the table of all cells.
const CELL: u64 = 32;
const PLACE: u64 = 24;
/// Regions of merged cells and hidden rows.
const REGIONS: usize = 100_000;

/// A sheet that was looked at.
#[derive(Default)]
pub struct Looked {
    /// Its cells as records.
    pub cells: Vec<u8>,
    pub rows: u64,
    pub merged: Vec<Merged>,
    pub hidden: Vec<(u64, u64)>,
    count: u64,
    text: u64,
    /// First and last row and column with a cell.
    area: Option<[u64; 4]>,
    /// The cell of the formula whose text comes next.
    formula: Option<[u8; 6]>,
}

/// Looks through a sheet.
pub fn read(stream: &[u8], globals: &Globals<'_>, sheet: usize, limits: &Limits) -> Result<Looked, CannotRead> {
    let from = stream.get(globals.place_of(sheet)?..).ok_or(CannotRead::Damaged)?;
    let mut looked = Looked::default();
    let mut depth = 0_u32;
    for record in Records(from) {
        let record = record?;
        match record.kind {
            kind::BEGIN => depth += 1,
            // A chart in a sheet is a part of its own, with cells that are none of the sheet.
            kind::END if depth > 1 => depth -= 1,
            kind::END => break,
            _ if depth > 1 => {}
            _ => looked.record(record, globals)?,
        }
        if looked.memory() > limits.memory_bytes {
            return Err(CannotRead::TooMuch { what: "cells" });
        }
    }
    looked.hidden.sort_unstable();
    looked.rows = looked.area.map_or(0, |[top, bottom, ..]| bottom - top + 1);
    Ok(looked)
}

impl Looked {
    fn record(&mut self, record: Record<'_>, globals: &Globals<'_>) -> Result<(), CannotRead> {
        match record.kind {
            kind::NUMBER | kind::SHORT_NUMBER | kind::FLAG_OR_ERROR => self.cell(record, 1),
            kind::LABEL | kind::RICH_LABEL => {
                self.text += 3 * record.data.len() as u64;
                self.cell(record, 1)
            }
            kind::TEXT_CELL => {
                let text = usize::try_from(record.long(6)?).ok().and_then(|at| globals.texts.get(at));
                self.text += u64::from(text.copied().unwrap_or_default());
                self.cell(record, 1)
            }
            kind::NUMBERS => {
                let cells = record.data.len().saturating_sub(6) / 6;
                let (first, last) = (record.short(2)?, record.short(record.data.len().saturating_sub(2))?);
                if usize::from(last) + 1 != usize::from(first) + cells || cells == 0 {
                    return Err(CannotRead::Damaged);
                }
                self.cell(record, cells as u64)
            }
            kind::FORMULA => self.formula(record),
            kind::FORMULA_TEXT => self.formula_text(record),
            kind::MERGED => self.merged(record),
            kind::ROW => self.row(record),
            _ => Ok(()),
        }
    }

    /// Takes a record over that holds so many cells of a row.
    fn cell(&mut self, record: Record<'_>, cells: u64) -> Result<(), CannotRead> {
        let (row, column) = (u64::from(record.short(0)?), u64::from(record.short(2)?));
        self.count += cells;
        let last = column + cells - 1;
        let [top, bottom, left, right] = self.area.unwrap_or([row, row, column, last]);
        self.area = Some([top.min(row), bottom.max(row), left.min(column), right.max(last)]);
        record.write(&mut self.cells);
        Ok(())
    }

    /// A formula is taken over as the value that it had when the file was saved.
    fn formula(&mut self, record: Record<'_>) -> Result<(), CannotRead> {
        let [place @ .., _, _, _, _, _, _, _, _] = record.data.first_chunk::<14>().ok_or(CannotRead::Damaged)?;
        let value = &record.data[6..14];
        if value[6..] != [0xFF, 0xFF] {
            return self.own(kind::NUMBER, place, value);
        }
        self.formula = None;
        match value[0] {
            0 => {
                self.formula = place.first_chunk().copied();
                Ok(())
            }
            1 => self.own(kind::FLAG_OR_ERROR, place, &[value[2], 0]),
            2 => self.own(kind::FLAG_OR_ERROR, place, &[value[2], 1]),
            _ => Ok(()),
        }
    }

    fn formula_text(&mut self, record: Record<'_>) -> Result<(), CannotRead> {
        let Some(place) = self.formula.take() else { return Ok(()) };
        self.text += 3 * record.data.len() as u64;
        // A record has at most 65,535 bytes; a longer text would go on in the next.
        let most = record.data.len().min(usize::from(u16::MAX) - place.len());
        self.own(kind::LABEL, &place, &record.data[..most])
    }

    fn own(&mut self, kind: u16, place: &[u8], value: &[u8]) -> Result<(), CannotRead> {
        let mut bytes = Vec::new();
        write(&mut bytes, kind, &[place, value]);
        self.cell(Record { kind, data: &bytes[4..] }, 1)
    }

    fn merged(&mut self, record: Record<'_>) -> Result<(), CannotRead> {
        for region in 0..usize::from(record.short(0)?) {
            let at = |place: usize| record.short(2 + region * 8 + place * 2);
            let (top, bottom, left, right) = (at(0)?, at(1)?, at(2)?, at(3)?);
            if top <= bottom && left <= right {
                let one = |number: u16| u64::from(number) + 1;
                let columns = (u32::from(left) + 1, u32::from(right) + 1);
                self.merged.push(Merged { rows: (one(top), one(bottom)), columns });
            }
        }
        self.check_regions()
    }

    fn row(&mut self, record: Record<'_>) -> Result<(), CannotRead> {
        let row = u64::from(record.short(0)?) + 1;
        if record.short(12)? & 0x20 != 0 {
            match self.hidden.last_mut() {
                Some((_, last)) if *last + 1 == row => *last = row,
                _ => self.hidden.push((row, row)),
            }
        }
        self.check_regions()
    }

    fn check_regions(&self) -> Result<(), CannotRead> {
        let over = self.merged.len() > REGIONS || self.hidden.len() > REGIONS;
        if over { Err(CannotRead::TooMuch { what: "merged cells" }) } else { Ok(()) }
    }

    /// What the sheet takes while it is read: the cells one by one, then the table of all, then a copy of it.
    fn memory(&self) -> u64 {
        let table = self.area.map_or(0, |[top, bottom, left, right]| (bottom - top + 1) * (right - left + 1) * PLACE);
        table + table.max(self.count * CELL) + 2 * self.text
    }
}
