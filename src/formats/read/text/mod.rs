//! Text tables, streamed: the encoding and the delimiter are found or given, then row after row is handed out.

mod decoded;
mod delimiter;
mod encoding;
#[cfg(test)]
mod tests;

use std::io::Read as _;
use std::ops::ControlFlow;

use csv::{ByteRecord, ReaderBuilder, Terminator};

use super::source::{ReadSeek, Source};
use super::{CannotRead, Limits, RawRow, Read, SheetInfo};
use decoded::{AFTER, Decoded, END};
pub use encoding::TextEncoding;

/// How a text table is to be read, where the user knows better than what would be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TextOptions {
    /// Its encoding; found in the file where it is not given.
    pub encoding: Option<TextEncoding>,
    /// What stands between two cells; found in the first rows where it is not given.
    pub delimiter: Option<u8>,
}

/// How a text table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextForm {
    /// Its encoding.
    pub encoding: TextEncoding,
    /// What stands between two cells.
    pub delimiter: u8,
    /// Whether the encoding was guessed, so that the user should look at the first rows.
    pub guessed: bool,
}

/// The text from which the delimiter is found.
const SAMPLE: usize = 128 << 10;

/// The one sheet of a text table, with a guess at its rows from the length of the first.
pub fn sheet(source: &Source, length: u64) -> Result<SheetInfo, CannotRead> {
    let mut sample = Vec::new();
    source.open()?.take(SAMPLE as u64).read_to_end(&mut sample)?;
    let breaks = |byte| sample.split(|found| *found == byte).count() - 1;
    let lines = breaks(b'\n').max(breaks(b'\r')) as u64;
    let read = sample.len() as u64;
    let rows_hint = if read == length { lines } else { lines.saturating_mul(length / read.max(1)) };
    Ok(SheetInfo { name: source.stem(), rows_hint: Some(rows_hint.max(1)), hidden: false })
}

/// Finds the encoding and the delimiter, where they are not given.
pub fn form(source: &Source, options: &TextOptions) -> Result<TextForm, CannotRead> {
    Ok(opened(source, options)?.form)
}

/// A text table at its first row.
struct Opened {
    form: TextForm,
    text: Decoded<Box<dyn ReadSeek>>,
}

fn opened(source: &Source, options: &TextOptions) -> Result<Opened, CannotRead> {
    let found = match options.encoding {
        Some(encoding) => encoding::Found { encoding, guessed: false },
        None => encoding::find(source)?,
    };
    let mut text = Decoded::new(source.open()?, found.encoding);
    let sample = text.peek(SAMPLE)?;
    let (says, length) = delimiter::said(sample);
    let delimiter = options.delimiter.or(says).unwrap_or_else(|| delimiter::sniffed(&sample[length..]));
    text.skip(length);
    Ok(Opened { form: TextForm { encoding: found.encoding, delimiter, guessed: found.guessed }, text })
}

/// Hands out the rows of a text table.
pub fn rows(
    source: &Source,
    options: &TextOptions,
    limits: &Limits,
    each: &mut dyn FnMut(&mut RawRow) -> ControlFlow<()>,
) -> Result<Read, CannotRead> {
    let Opened { form, text } = opened(source, options)?;
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(form.delimiter)
        .terminator(Terminator::Any(b'\n'))
        .buffer_capacity(128 << 10)
        .from_reader(text);
    let mut read = Read { text: Some(form), ..Read::default() };
    let mut record = ByteRecord::new();
    let mut row = RawRow::default();
    let mut lines = 0;
    while next(&mut reader, &mut record, row.number + 1, limits)? {
        let now = reader.position().line() - 1;
        let inside = if now - lines > 1 { breaks(&record) } else { 0 };
        // Empty lines are passed over by the csv crate, and counted by every spreadsheet program.
        row.number += (now - lines).saturating_sub(inside).max(1);
        lines = now;
        if ends(&record, row.number)? {
            break;
        }
        fill(&mut row, &record, limits)?;
        if row.is_empty() {
            continue;
        }
        read.rows += 1;
        if read.rows > limits.text_rows {
            return Err(CannotRead::ManyRows { most: limits.text_rows });
        }
        let number = row.number;
        let flow = each(&mut row);
        row.number = number;
        if flow.is_break() {
            read.stopped = true;
            break;
        }
    }
    read.notes = reader.get_ref().notes();
    Ok(read)
}

/// Reads the next record, and gives up where it is longer than any row should be.
fn next(
    reader: &mut csv::Reader<Decoded<Box<dyn ReadSeek>>>,
    record: &mut ByteRecord,
    row: u64,
    limits: &Limits,
) -> Result<bool, CannotRead> {
    reader.get_mut().allow(limits.row_bytes);
    match reader.read_byte_record(record) {
        Ok(more) => Ok(more),
        Err(_) if reader.get_ref().is_spent() => Err(CannotRead::LongRow { row, most: limits.row_bytes >> 20 }),
        Err(error) => Err(CannotRead::System(error.into())),
    }
}

/// Lines that end inside the quoted cells of a record.
fn breaks(record: &ByteRecord) -> u64 {
    record.as_slice().split(|byte| *byte == b'\n').count() as u64 - 1
}

/// Whether this is the mark that was put behind the end of the text. Where it stands inside a cell, a quote is open.
fn ends(record: &ByteRecord, row: u64) -> Result<bool, CannotRead> {
    let bytes = record.as_slice();
    if !bytes[bytes.len().saturating_sub(AFTER.len())..].contains(&END) {
        return Ok(false);
    }
    if bytes == [END] {
        return Ok(true);
    }
    Err(CannotRead::OpenQuote { row, column: record.len() })
}

fn fill(row: &mut RawRow, record: &ByteRecord, limits: &Limits) -> Result<(), CannotRead> {
    row.clear();
    if record.len() > limits.columns as usize {
        return Err(CannotRead::ManyColumns { row: row.number, most: limits.columns });
    }
    for cell in record {
        match std::str::from_utf8(cell) {
            Ok(text) => row.push_text(text),
            Err(_) => row.push_text(&String::from_utf8_lossy(cell)),
        }
    }
    row.cut();
    Ok(())
}
