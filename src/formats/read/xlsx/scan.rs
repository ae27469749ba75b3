//! Looks through every part of an XLSX before it is read: nothing in it may grow beyond memory, and what the reader
//! itself does not tell is noted: merged cells, hidden rows, how many rows there are.

use std::collections::BTreeMap;
use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use super::super::bounded::Bounded;
use super::super::xml::{PIECE, Xml, attribute};
use super::super::zipped::Zipped;
use super::super::{CannotRead, Limits, Merged};
use super::place::{row_of, span_of};

/// Names, styles and relations, each of which stays in memory. Excel has at most 65,490 styles.
const KEPT: usize = 70_000;
/// What these hold together.
const KEPT_BYTES: usize = 16 << 20;
/// Sheets of a workbook.
const SHEETS: usize = 4_096;
/// What a text takes beside its characters.
const TEXT: u64 = 64;
/// Regions of merged cells in a sheet.
const MERGED: usize = 1_000_000;

/// What a part holds.
#[derive(Debug, Default)]
pub struct Part {
    /// The name of its outermost tag.
    pub root: String,
    /// Rows that are written in it.
    pub rows: u64,
    pub merged: Vec<Merged>,
    /// First and last of hidden rows, in their order.
    pub hidden: Vec<(u64, u64)>,
    /// Sheets that it names: name, state, relation.
    pub sheets: Vec<(String, bool, String)>,
    /// Relations that it names: identifier, target, type.
    pub relations: Vec<(String, String, String)>,
}

/// Every part, by its name.
pub type Parts = BTreeMap<String, Part>;

/// Looks through all parts.
pub fn scan(zipped: &mut Zipped, limits: &Limits) -> Result<Parts, CannotRead> {
    let mut parts = Parts::new();
    let mut memory = 0;
    for at in 0..zipped.len() {
        let (name, mut content) = zipped.part(at)?;
        if is_picture(&name) {
            // Nothing reads pictures, but that they do not unpack to more than they say holds for them as well.
            std::io::copy(&mut content, &mut std::io::sink()).map_err(CannotRead::damaged)?;
            continue;
        }
        let mut scan = Scan::new(limits, memory);
        scan.read(content)?;
        memory += scan.memory;
        if memory > limits.memory_bytes {
            return Err(CannotRead::TooMuch { what: "different texts" });
        }
        parts.insert(name, scan.part);
    }
    Ok(parts)
}

/// Parts that are no XML, by the endings that programs give them.
fn is_picture(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif" | "emf" | "wmf" | "bmp" | "tif" | "tiff" | "bin" | "wdp")
}

struct Scan<'a> {
    limits: &'a Limits,
    part: Part,
    /// What its texts take in memory, and what those of the parts before take.
    memory: u64,
    before: u64,
    is_texts: bool,
    kept: usize,
    kept_bytes: usize,
    in_kept: bool,
    /// Text since the last cell or text began.
    cell: usize,
    /// The row that was written last.
    row: u64,
}

impl<'a> Scan<'a> {
    fn new(limits: &'a Limits, before: u64) -> Self {
        Self {
            limits,
            part: Part::default(),
            memory: 0,
            before,
            is_texts: false,
            kept: 0,
            kept_bytes: 0,
            in_kept: false,
            cell: 0,
            row: 0,
        }
    }

    fn read(&mut self, content: Bounded<impl Read>) -> Result<(), CannotRead> {
        let mut xml = Xml::new(content);
        loop {
            match xml.next(self.limits)? {
                Event::Start(tag) => self.tag(&tag)?,
                Event::Text(text) => self.text(text.len())?,
                Event::CData(text) => self.text(text.len())?,
                Event::GeneralRef(text) => self.text(text.len())?,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn tag(&mut self, tag: &BytesStart<'_>) -> Result<(), CannotRead> {
        let name = tag.local_name();
        let name = name.as_ref();
        if self.part.root.is_empty() {
            name.clone_into(&mut self.part.root);
        }
        self.in_kept = false;
        match name {
            "c" => self.cell = 0,
            "row" => self.row(tag)?,
            "si" => {
                self.cell = 0;
                self.remember(TEXT)?;
            }
            "sst" => {
                self.is_texts = true;
                // The reader makes room for as many as are told, whether they come or not.
                let told = attribute(tag, "uniqueCount").and_then(|count| count.parse::<u64>().ok()).unwrap_or(0);
                if told.saturating_mul(TEXT) > self.limits.memory_bytes {
                    return Err(CannotRead::TooMuch { what: "different texts" });
                }
            }
            "mergeCell" => {
                let region = attribute(tag, "ref").and_then(|region| span_of(&region));
                self.part.merged.extend(region);
                if self.part.merged.len() > MERGED {
                    return Err(CannotRead::TooMuch { what: "merged cells" });
                }
            }
            "sheet" => {
                self.keep(tag)?;
                let hidden = attribute(tag, "state").is_some_and(|state| state != "visible");
                let [name, relation] = ["name", "id"].map(|key| attribute(tag, key).unwrap_or_default());
                self.part.sheets.push((name, hidden, relation));
                if self.part.sheets.len() > SHEETS {
                    return Err(CannotRead::TooMuch { what: "sheets" });
                }
            }
            "Relationship" => {
                self.keep(tag)?;
                let [id, target, what] = ["Id", "Target", "Type"].map(|key| attribute(tag, key).unwrap_or_default());
                self.part.relations.push((id, target, what));
            }
            "definedName" | "numFmt" | "xf" | "font" | "fill" | "border" | "dxf" | "cellStyle" | "color"
            | "rgbColor" => {
                self.keep(tag)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn row(&mut self, tag: &BytesStart<'_>) -> Result<(), CannotRead> {
        let raw = tag.attributes_raw();
        self.row = row_of(raw).unwrap_or(self.row + 1);
        self.part.rows += 1;
        if self.part.rows > u64::from(self.limits.sheet_rows) {
            return Err(CannotRead::ManyRows { most: u64::from(self.limits.sheet_rows) });
        }
        let hidden =
            raw.contains("hidden") && attribute(tag, "hidden").is_some_and(|word| word == "1" || word == "true");
        if hidden {
            match self.part.hidden.last_mut() {
                Some((_, last)) if *last + 1 == self.row => *last = self.row,
                _ => self.part.hidden.push((self.row, self.row)),
            }
            if self.part.hidden.len() > MERGED {
                return Err(CannotRead::TooMuch { what: "hidden rows" });
            }
        }
        Ok(())
    }

    /// Something of which the reader keeps each.
    fn keep(&mut self, tag: &BytesStart<'_>) -> Result<(), CannotRead> {
        self.in_kept = true;
        self.kept += 1;
        self.kept_bytes += tag.len();
        self.check_kept()
    }

    fn check_kept(&self) -> Result<(), CannotRead> {
        let over = self.kept > KEPT * 4 || self.kept_bytes > KEPT_BYTES;
        if over { Err(CannotRead::TooMuch { what: "names and styles" }) } else { Ok(()) }
    }

    fn text(&mut self, bytes: usize) -> Result<(), CannotRead> {
        self.cell += bytes;
        if self.in_kept {
            self.kept_bytes += bytes;
            self.check_kept()?;
        }
        if self.cell > PIECE {
            return Err(CannotRead::TooMuch { what: "text in one cell" });
        }
        if self.is_texts { self.remember(bytes as u64) } else { Ok(()) }
    }

    fn remember(&mut self, bytes: u64) -> Result<(), CannotRead> {
        self.memory += bytes;
        let over = self.before + self.memory > self.limits.memory_bytes;
        if over { Err(CannotRead::TooMuch { what: "different texts" }) } else { Ok(()) }
    }
}
