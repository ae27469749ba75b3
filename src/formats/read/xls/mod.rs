//! Workbooks of Excel 97 to 2003. calamine reads them as a whole, makes room for what the file says and follows its
//! chains without end. So it is handed a workbook that is made anew: one sheet, and of it what was looked at.

mod made_anew;
mod records;
mod sheet;
mod stream;
#[cfg(test)]
mod tests;
mod texts;

use std::io::Cursor;
use std::ops::ControlFlow;

use calamine::{Reader as _, SheetType, SheetVisible, Xls, XlsError};

use super::cells::Rows;
use super::guarded::guarded;
use super::source::Source;
use super::xlsx::Known;
use super::{CannotRead, Limits, RawRow, Read, SheetInfo};
use made_anew::Globals;

/// Looks through a workbook: whether it is safe, and which sheets it has.
pub fn look(source: &Source, limits: &Limits) -> Result<Vec<(SheetInfo, Known)>, CannotRead> {
    guarded(|| {
        let stream = stream::workbook(source, limits)?;
        let globals = Globals::read(&stream)?;
        let book = open(globals.workbook(None)?)?;
        let mut found = Vec::new();
        for (place, sheet) in book.sheets_metadata().iter().enumerate() {
            if sheet.typ != SheetType::WorkSheet {
                continue;
            }
            let looked = sheet::read(&stream, &globals, place, limits)?;
            let info = SheetInfo {
                name: sheet.name.clone(),
                rows_hint: Some(looked.rows),
                hidden: sheet.visible != SheetVisible::Visible,
            };
            found.push((info, Known { place, merged: looked.merged, hidden: looked.hidden }));
        }
        if found.is_empty() { Err(CannotRead::Damaged) } else { Ok(found) }
    })
}

/// Hands out the rows of a sheet.
pub fn rows(
    source: &Source,
    known: &Known,
    limits: &Limits,
    each: &mut dyn FnMut(&mut RawRow) -> ControlFlow<()>,
) -> Result<Read, CannotRead> {
    let cells = guarded(|| {
        // The old workbook has left the memory when the new one is read.
        let mut book = open(made_anew(source, known.place, limits)?)?;
        let name = book.sheet_names().get(known.place).cloned().ok_or(CannotRead::Damaged)?;
        book.worksheet_range(&name).map_err(cannot)
    })?;
    let mut rows = Rows::new(limits, known, each);
    let (top, left) = cells.start().unwrap_or_default();
    for (row, line) in (top..).zip(cells.rows()) {
        for (column, cell) in (left..).zip(line) {
            let Some(raw) = rows.value(cell) else { continue };
            if rows.cell(row, column, raw)?.is_break() {
                return Ok(rows.end());
            }
        }
    }
    Ok(rows.end())
}

fn made_anew(source: &Source, place: usize, limits: &Limits) -> Result<Vec<u8>, CannotRead> {
    let stream = stream::workbook(source, limits)?;
    let globals = Globals::read(&stream)?;
    let sheet = sheet::read(&stream, &globals, place, limits)?;
    globals.workbook(Some((place, &sheet.cells)))
}

fn open(made: Vec<u8>) -> Result<Xls<Cursor<Vec<u8>>>, CannotRead> {
    Xls::new(Cursor::new(made)).map_err(cannot)
}

fn cannot(error: XlsError) -> CannotRead {
    match error {
        XlsError::Password => CannotRead::Password,
        XlsError::Io(error) => CannotRead::System(error),
        _ => CannotRead::Damaged,
    }
}
