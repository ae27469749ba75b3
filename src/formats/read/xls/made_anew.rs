//! A workbook made anew of what was looked at: the styles and texts of the old one, its sheets by name, and the cells
//! of one of them.

use std::io::{Cursor, Write as _};

use cfb::{CompoundFile, Version};

use super::super::CannotRead;
use super::records::{Record, Records, kind, write};
use super::texts::Texts;

/// Sheets of a workbook.
const SHEETS: usize = 1_024;
/// Styles and number formats; Excel has at most 4,050 and some hundreds.
const STYLES: usize = 16_384;

/// What stands before the sheets of a workbook.
pub struct Globals<'a> {
    /// How a part of this workbook begins.
    begin: Record<'a>,
    /// What is taken over as it is.
    kept: Vec<Record<'a>>,
    sheets: Vec<Record<'a>>,
    /// How long each text is.
    pub texts: Vec<u32>,
}

impl<'a> Globals<'a> {
    /// Reads them from the beginning of a workbook.
    pub fn read(stream: &'a [u8]) -> Result<Self, CannotRead> {
        let mut records = Records(stream);
        let begin = records.next().unwrap_or(Err(CannotRead::Damaged))?;
        if begin.kind != kind::BEGIN || begin.data.len() < 4 {
            return Err(CannotRead::Damaged);
        }
        let mut globals = Self { begin, kept: Vec::new(), sheets: Vec::new(), texts: Vec::new() };
        let (mut pieces, mut in_texts, mut styles) = (Vec::new(), false, 0);
        for record in records {
            let record = record?;
            let goes_on = record.kind == kind::CONTINUE && in_texts;
            in_texts = goes_on || (record.kind == kind::TEXTS && pieces.is_empty());
            match record.kind {
                kind::PASSWORD if record.short(0)? != 0 => return Err(CannotRead::Password),
                kind::END => break,
                kind::SHEET if record.data.len() >= 8 => globals.sheets.push(record),
                kind::CODE_PAGE | kind::DATE_MODE if record.data.len() >= 2 => globals.kept.push(record),
                kind::STYLE | kind::FORMAT => {
                    styles += 1;
                    globals.kept.push(record);
                }
                _ if in_texts => {
                    pieces.push(record.data);
                    globals.kept.push(record);
                }
                _ => {}
            }
            if globals.sheets.len() > SHEETS || styles > STYLES {
                return Err(CannotRead::TooMuch { what: "sheets and styles" });
            }
        }
        globals.texts = if pieces.is_empty() { Vec::new() } else { Texts::lengths(pieces)? };
        Ok(globals)
    }

    /// Where a sheet begins in the stream.
    pub fn place_of(&self, sheet: usize) -> Result<usize, CannotRead> {
        let record = self.sheets.get(sheet).ok_or(CannotRead::Damaged)?;
        usize::try_from(record.long(0)?).map_err(CannotRead::damaged)
    }

    /// A file with all sheets by name, and the cells of one.
    pub fn workbook(&self, full: Option<(usize, &[u8])>) -> Result<Vec<u8>, CannotRead> {
        let mut stream = Vec::new();
        self.begin.write(&mut stream);
        for record in &self.kept {
            record.write(&mut stream);
        }
        let heads: usize = self.sheets.iter().map(|sheet| 4 + sheet.data.len()).sum();
        let empty = stream.len() + heads + 4;
        let empty_length = 4 + self.begin.data.len() + 4;
        for (at, sheet) in self.sheets.iter().enumerate() {
            let is_full = full.is_some_and(|(place, _)| place == at);
            let place = if is_full { empty + empty_length } else { empty };
            let place = u32::try_from(place).map_err(CannotRead::damaged)?.to_le_bytes();
            write(&mut stream, kind::SHEET, &[&place, &sheet.data[4..]]);
        }
        write(&mut stream, kind::END, &[]);
        for cells in [Some(&[][..]), full.map(|(_, cells)| cells)].into_iter().flatten() {
            self.begin.write(&mut stream);
            stream.extend_from_slice(cells);
            write(&mut stream, kind::END, &[]);
        }
        let written = || {
            let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
            file.create_stream("Workbook")?.write_all(&stream)?;
            file.flush()?;
            Ok(file.into_inner().into_inner())
        };
        written().map_err(CannotRead::System)
    }
}
