//! Spreadsheets of `LibreOffice` and `OpenOffice`, streamed. calamine lays out every sheet of the file in memory, with a
//! cell for each that the file only repeats, up to some gigabytes; so these are read here, from the XML itself.

mod cell;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io::Read as _;
use std::ops::ControlFlow;

use quick_xml::events::Event;

use super::cells::Rows;
use super::source::Source;
use super::xlsx::Known;
use super::xml::{Xml, attribute};
use super::zipped::Zipped;
use super::{CannotRead, Limits, RawRow, Read, SheetInfo};

/// What the first part of an ODS says.
const KIND: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
/// Sheets, and styles of sheets.
const SHEETS: usize = 4_096;

/// Looks through a spreadsheet: whether it is safe, and which sheets it has.
pub fn look(mut zipped: Zipped, limits: &Limits) -> Result<Vec<(SheetInfo, Known)>, CannotRead> {
    let mut kind = Vec::new();
    zipped.named("mimetype")?.take(128).read_to_end(&mut kind).map_err(CannotRead::damaged)?;
    if !kind.starts_with(KIND) {
        return Err(CannotRead::NotATable { what: "a document of LibreOffice, but no spreadsheet" });
    }
    if has_password(&mut zipped, limits)? {
        return Err(CannotRead::Password);
    }
    let mut xml = Xml::new(zipped.named("content.xml")?);
    let (mut found, mut hiding, mut style, mut depth) =
        (Vec::<(SheetInfo, Known)>::new(), BTreeSet::new(), None, 0_u32);
    loop {
        match xml.next(limits)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "style" => style = attribute(&tag, "name"),
                "table-properties" if attribute(&tag, "display").as_deref() == Some("false") => {
                    hiding.extend(style.take());
                }
                "table" => {
                    depth += 1;
                    if depth == 1 {
                        let hidden = attribute(&tag, "style-name").is_some_and(|style| hiding.contains(&style));
                        let name = attribute(&tag, "name").unwrap_or_default();
                        let known = Known { place: found.len(), ..Known::default() };
                        found.push((SheetInfo { name, rows_hint: Some(0), hidden }, known));
                    }
                }
                "table-row" if depth == 1 => {
                    if let Some(rows) = found.last_mut().and_then(|(info, _)| info.rows_hint.as_mut()) {
                        *rows += 1;
                    }
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "table" => depth = depth.saturating_sub(1),
            Event::Eof => break,
            _ => {}
        }
        if found.len() > SHEETS || hiding.len() > SHEETS {
            return Err(CannotRead::TooMuch { what: "sheets" });
        }
    }
    if found.is_empty() { Err(CannotRead::Damaged) } else { Ok(found) }
}

/// Whether the list of parts says how one of them was encrypted.
fn has_password(zipped: &mut Zipped, limits: &Limits) -> Result<bool, CannotRead> {
    if !zipped.has("META-INF/manifest.xml") {
        return Ok(false);
    }
    let mut xml = Xml::new(zipped.named("META-INF/manifest.xml")?);
    loop {
        match xml.next(limits)? {
            Event::Start(tag) if tag.local_name().as_ref() == "encryption-data" => return Ok(true),
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

/// Hands out the rows of a sheet.
pub fn rows(
    source: &Source,
    known: &Known,
    limits: &Limits,
    each: &mut dyn FnMut(&mut RawRow) -> ControlFlow<()>,
) -> Result<Read, CannotRead> {
    let mut zipped = Zipped::open(source, limits)?;
    let mut xml = Xml::new(zipped.named("content.xml")?);
    let (mut depth, mut table) = (0_u32, 0);
    loop {
        match xml.next(limits)? {
            Event::Start(tag) if tag.local_name().as_ref() == "table" => {
                if depth == 0 && table == known.place {
                    break;
                }
                depth += 1;
                table += usize::from(depth == 1);
            }
            Event::End(tag) if tag.local_name().as_ref() == "table" => depth = depth.saturating_sub(1),
            Event::Eof => return Err(CannotRead::Damaged),
            _ => {}
        }
    }
    let mut rows = Rows::new(limits, known, each);
    table::read(&mut xml, &mut rows, limits)?;
    Ok(rows.end())
}
