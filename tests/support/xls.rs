//! Writes workbooks of Excel 97, as small as they can be read, for tests: no library writes them.

use std::io::{Cursor, Write as _};

/// What stands in a cell.
#[derive(Debug, Clone)]
pub enum XlsCell {
    /// Text in the list of texts.
    Text(&'static str),
    /// A number.
    Number(f64),
    /// A number that is shown as a date.
    Date(f64),
    /// True or false.
    Flag(bool),
    /// An error, by its code: 7 is `#DIV/0!`, 42 is `#N/A`.
    Fault(u8),
    /// A formula and the number that it had.
    Formula(f64),
    /// A formula and the text that it had.
    FormulaText(&'static str),
}

/// A sheet.
#[derive(Debug, Clone, Default)]
pub struct XlsSheet {
    /// Its name.
    pub name: &'static str,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Its cells by row and column, from 0.
    pub cells: Vec<(u16, u16, XlsCell)>,
    /// First and last row, first and last column, from 0.
    pub merged: Vec<[u16; 4]>,
    /// Rows that are hidden, from 0.
    pub hidden_rows: Vec<u16>,
}

/// Adds a record.
pub fn record(into: &mut Vec<u8>, kind: u16, data: &[u8]) {
    into.extend_from_slice(&kind.to_le_bytes());
    into.extend_from_slice(&u16::try_from(data.len()).unwrap().to_le_bytes());
    into.extend_from_slice(data);
}

/// Numbers of two bytes, one after another.
pub fn shorts(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// A text with its length and two bytes a character.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = shorts(&[u16::try_from(units.len()).unwrap()]);
    bytes.push(1);
    bytes.extend(shorts(&units));
    bytes
}

/// A file around the records of a workbook.
pub fn file_of(stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    file.create_stream("Workbook").unwrap().write_all(stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A workbook of these sheets.
pub fn workbook(sheets: &[XlsSheet]) -> Vec<u8> {
    file_of(&stream(sheets))
}

/// The records of a workbook.
pub fn stream(sheets: &[XlsSheet]) -> Vec<u8> {
    let mut texts: Vec<&str> = Vec::new();
    let parts: Vec<Vec<u8>> = sheets.iter().map(|sheet| part(sheet, &mut texts)).collect();
    let mut list = [u32::try_from(texts.len()).unwrap().to_le_bytes(); 2].concat();
    list.extend(texts.iter().flat_map(|text| wide(text)));

    let mut out = Vec::new();
    record(&mut out, 0x0809, &shorts(&[0x0600, 5, 0, 0, 0, 0, 0, 0]));
    record(&mut out, 0x0042, &shorts(&[1200]));
    for format in [0, 14] {
        record(&mut out, 0x00E0, &[shorts(&[0, format]), vec![0; 16]].concat());
    }
    let heads: usize = sheets.iter().map(|sheet| 4 + 8 + 2 * sheet.name.encode_utf16().count()).sum();
    let pieces: Vec<&[u8]> = list.chunks(8_000).collect();
    let mut place = out.len() + heads + list.len() + 4 * pieces.len() + 4;
    for (sheet, part) in sheets.iter().zip(&parts) {
        let name: Vec<u16> = sheet.name.encode_utf16().collect();
        let head = [u8::from(sheet.hidden), 0, u8::try_from(name.len()).unwrap(), 1];
        let data = [&u32::try_from(place).unwrap().to_le_bytes()[..], &head, &shorts(&name)].concat();
        record(&mut out, 0x0085, &data);
        place += part.len();
    }
    // Texts of tests are cut between characters of one width only where the list is short enough for one record.
    for (at, piece) in pieces.iter().enumerate() {
        record(&mut out, if at == 0 { 0x00FC } else { 0x003C }, piece);
    }
    record(&mut out, 0x000A, &[]);
    out.extend(parts.concat());
    out
}

fn part(sheet: &XlsSheet, texts: &mut Vec<&'static str>) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 0x0809, &shorts(&[0x0600, 0x10, 0, 0, 0, 0, 0, 0]));
    for row in &sheet.hidden_rows {
        record(&mut out, 0x0208, &shorts(&[*row, 0, 9, 255, 0, 0, 0x20, 0]));
    }
    for (row, column, cell) in &sheet.cells {
        let place = |style: u16| shorts(&[*row, *column, style]);
        let formula = |value: &[u8]| [&place(0), value, &[0; 6], &shorts(&[3]), &[0x1E, 1, 0]].concat();
        match cell {
            XlsCell::Text(text) => {
                let at = texts.iter().position(|known| known == text).unwrap_or_else(|| {
                    texts.push(text);
                    texts.len() - 1
                });
                record(&mut out, 0x00FD, &[&place(0)[..], &u32::try_from(at).unwrap().to_le_bytes()].concat());
            }
            XlsCell::Number(value) => record(&mut out, 0x0203, &[&place(0)[..], &value.to_le_bytes()].concat()),
            XlsCell::Date(value) => record(&mut out, 0x0203, &[&place(1)[..], &value.to_le_bytes()].concat()),
            XlsCell::Flag(flag) => record(&mut out, 0x0205, &[&place(0)[..], &[u8::from(*flag), 0]].concat()),
            XlsCell::Fault(code) => record(&mut out, 0x0205, &[&place(0)[..], &[*code, 1]].concat()),
            XlsCell::Formula(value) => record(&mut out, 0x0006, &formula(&value.to_le_bytes())),
            XlsCell::FormulaText(text) => {
                record(&mut out, 0x0006, &formula(&[0, 0, 0, 0, 0, 0, 0xFF, 0xFF]));
                record(&mut out, 0x0207, &wide(text));
            }
        }
    }
    if !sheet.merged.is_empty() {
        let count = shorts(&[u16::try_from(sheet.merged.len()).unwrap()]);
        record(&mut out, 0x00E5, &[count, shorts(&sheet.merged.concat())].concat());
    }
    record(&mut out, 0x000A, &[]);
    out
}
