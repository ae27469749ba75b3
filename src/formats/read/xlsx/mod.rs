//! Workbooks of Excel 2007 and later: looked through first, then streamed cell by cell.

mod place;
mod scan;
#[cfg(test)]
mod tests;

use std::io::BufReader;
use std::ops::ControlFlow;

use calamine::{Reader as _, Xlsx, XlsxError};

use super::cells::Rows;
use super::guarded::guarded;
use super::source::Source;
use super::zipped::Zipped;
use super::{CannotRead, Limits, Merged, RawRow, Read, SheetInfo};
use scan::{Part, Parts};

/// What is known of a sheet before its rows are read.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Which of the sheets it is for the library, from 0.
    pub place: usize,
    /// Cells that are shown as one.
    pub merged: Vec<Merged>,
    /// First and last of hidden rows.
    pub hidden: Vec<(u64, u64)>,
}

/// Looks through a workbook: whether it is safe, and which sheets it has.
pub fn look(mut zipped: Zipped, limits: &Limits) -> Result<Vec<(SheetInfo, Known)>, CannotRead> {
    let mut parts = scan::scan(&mut zipped, limits)?;
    let workbook = workbook(&parts).ok_or(CannotRead::Damaged)?;
    let sheets = parts.get_mut(&workbook).map(|part| std::mem::take(&mut part.sheets)).ok_or(CannotRead::Damaged)?;
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let relations = parts.remove(&joined(folder, &format!("_rels/{file}.rels"))).unwrap_or_default().relations;
    let mut found = Vec::new();
    for (place, (name, hidden, relation)) in sheets.into_iter().enumerate() {
        let target = relations.iter().find(|(id, ..)| *id == relation).map(|(_, target, _)| joined(folder, target));
        let part = target.and_then(|target| take(&mut parts, &target)).unwrap_or_default();
        // A sheet that is a chart has no rows.
        if matches!(part.root.as_str(), "worksheet" | "") {
            let info = SheetInfo { name, rows_hint: Some(part.rows), hidden };
            found.push((info, Known { place, merged: part.merged, hidden: part.hidden }));
        }
    }
    if found.is_empty() { Err(CannotRead::Damaged) } else { Ok(found) }
}

/// The part that the archive names as its document.
fn workbook(parts: &Parts) -> Option<String> {
    let relations = &parts.get("_rels/.rels")?.relations;
    let document = relations.iter().rev().find(|(_, _, what)| what.ends_with("/relationships/officeDocument"));
    let name = document?.1.trim_start_matches('/').to_owned();
    parts.contains_key(&name).then_some(name)
}

/// Some programs write names in other cases than they are called by.
fn take(parts: &mut Parts, name: &str) -> Option<Part> {
    if let Some(part) = parts.remove(name) {
        return Some(part);
    }
    let other = parts.keys().find(|other| other.eq_ignore_ascii_case(name))?.clone();
    parts.remove(&other)
}

/// A target as it is called from a folder.
fn joined(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => format!("{folder}/{target}"),
    }
}

/// Hands out the rows of a sheet.
pub fn rows(
    source: &Source,
    known: &Known,
    limits: &Limits,
    each: &mut dyn FnMut(&mut RawRow) -> ControlFlow<()>,
) -> Result<Read, CannotRead> {
    let mut rows = Rows::new(limits, known, each);
    let unknown = guarded(|| stream(source, known.place, &mut rows))?;
    let mut read = rows.end();
    if unknown > 0 {
        read.notes.push(format!(
            "{unknown} cells hold an error that is not known and are read as empty. Look for cells that begin with #"
        ));
    }
    Ok(read)
}

/// Streams the cells into rows; answers how many errors it did not know.
fn stream(source: &Source, place: usize, rows: &mut Rows<'_>) -> Result<u64, CannotRead> {
    let mut workbook = Xlsx::new(BufReader::new(source.open()?)).map_err(cannot)?;
    let name = workbook.sheets_metadata().get(place).map(|sheet| sheet.name.clone()).ok_or(CannotRead::Damaged)?;
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(cannot)?;
    let mut unknown = 0;
    loop {
        let cell = match cells.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            Err(XlsxError::CellError(_)) => {
                unknown += 1;
                continue;
            }
            Err(error) => return Err(cannot(error)),
        };
        let (row, column) = cell.get_position();
        let Some(raw) = rows.value(cell.get_value()) else { continue };
        if rows.cell(row, column, raw)?.is_break() {
            break;
        }
    }
    Ok(unknown)
}

fn cannot(error: XlsxError) -> CannotRead {
    match error {
        XlsxError::Password => CannotRead::Password,
        XlsxError::Io(error) => CannotRead::System(error),
        _ => CannotRead::Damaged,
    }
}
