//! XML of other people, one piece after another: no piece longer than a cell, no tags nested without end, no entities
//! of its own.

use std::borrow::Cow;
use std::io::Read;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::bounded::{Bounded, Over};
use super::{CannotRead, Limits};

/// One tag or text. Excel holds 32,767 characters in a cell.
pub const PIECE: usize = 1 << 20;
/// Tags inside tags. A workbook has a dozen.
const DEPTH: usize = 256;

/// A part of a workbook, being read.
pub struct Xml<R> {
    reader: Reader<Bounded<R>>,
    piece: Vec<u8>,
    depth: usize,
}

impl<R: Read> Xml<R> {
    pub fn new(content: Bounded<R>) -> Self {
        let mut reader = Reader::from_reader(content);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        Self { reader, piece: Vec::new(), depth: 0 }
    }

    /// The next piece; the last is `Eof`.
    pub fn next(&mut self, limits: &Limits) -> Result<Event<'_>, CannotRead> {
        self.piece.clear();
        self.reader.get_mut().mark(PIECE);
        let Ok(event) = self.reader.read_event_into(&mut self.piece) else {
            return Err(why(self.reader.get_ref().over(), limits));
        };
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(_) => return Err(CannotRead::Definitions),
            _ => {}
        }
        if self.depth > DEPTH { Err(CannotRead::Damaged) } else { Ok(event) }
    }
}

/// Why a part could not be read to its end.
fn why(over: Option<Over>, limits: &Limits) -> CannotRead {
    match over {
        Some(Over::Whole) => {
            let most = limits.unpacked_bytes >> 20;
            CannotRead::Swollen { megabytes: most, most }
        }
        Some(Over::Piece) => CannotRead::TooMuch { what: "text in one cell" },
        None => CannotRead::Damaged,
    }
}

/// An attribute by its name, with or without what stands before a colon.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
    Some(plain(&found.value))
}

/// Text as it was meant: `&amp;` is `&`. What cannot be resolved stays as it stands.
pub fn plain(text: &str) -> String {
    unescape(text).map_or_else(|_| text.to_owned(), Cow::into_owned)
}
