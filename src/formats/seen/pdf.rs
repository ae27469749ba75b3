//! What stands in a PDF: every string, every stream unpacked, and the text that its fonts make of the codes on its pages.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, Stream};

use super::letters::Letters;
use super::{CannotSee, Seen, part};

/// How far letters are moved, in thousandths of their height, where a gap stands for a space.
const GAP: f32 = 150.0;

/// Tells of everything in a PDF.
pub(super) fn see(
    place: &str,
    bytes: &[u8],
    depth: usize,
    budget: &mut u64,
    each: &mut dyn FnMut(Seen),
) -> Result<(), CannotSee> {
    let document = Document::load_mem(bytes).map_err(|why| CannotSee::closed(place, why))?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(CannotSee::closed(place, "it is locked with a password"));
    }
    let mut strings = String::new();
    dictionary(&document.trailer, &mut strings);
    for object in document.objects.values() {
        collect(object, &mut strings);
        if let Object::Stream(stream) = object {
            let unpacked = unpacked(stream, place, *budget)?;
            part(&format!("a stream of {place}"), &unpacked, depth + 1, budget, each)?;
        }
    }
    each(Seen { place: format!("{place}, its strings and properties"), text: strings, is_noise: false });
    pages(&document, place, each)
}

/// A stream unpacked; pictures in formats of their own stay as they are.
fn unpacked(stream: &Stream, place: &str, budget: u64) -> Result<Vec<u8>, CannotSee> {
    let is_picture = stream.filters().is_ok_and(|filters| {
        filters.iter().any(|filter| matches!(*filter, b"DCTDecode" | b"JPXDecode" | b"CCITTFaxDecode" | b"JBIG2Decode"))
    });
    if is_picture || stream.filters().is_err() {
        return Ok(stream.content.clone());
    }
    let most = usize::try_from(budget).unwrap_or(usize::MAX);
    stream.decompressed_content_with_limit(most).map_err(|why| CannotSee::closed(place, why))
}

fn collect(object: &Object, strings: &mut String) {
    match object {
        Object::String(bytes, _) => {
            strings.push_str(&string(bytes));
            strings.push('\n');
        }
        Object::Name(name) => {
            strings.push_str(&String::from_utf8_lossy(name));
            strings.push('\n');
        }
        Object::Array(all) => all.iter().for_each(|one| collect(one, strings)),
        Object::Dictionary(all) => dictionary(all, strings),
        Object::Stream(stream) => dictionary(&stream.dict, strings),
        _ => {}
    }
}

fn dictionary(all: &Dictionary, strings: &mut String) {
    all.iter().for_each(|(_, value)| collect(value, strings));
}

/// A string that is no text of a page: UTF-16 or UTF-8 where it says so, otherwise a byte a letter.
fn string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::mem::decode_latin1(bytes).into_owned(),
        },
    }
}

/// The text of the pages and of the forms that are drawn on them.
fn pages(document: &Document, place: &str, each: &mut dyn FnMut(Seen)) -> Result<(), CannotSee> {
    for (number, page) in document.get_pages() {
        let fonts = document.get_page_fonts(page).map_err(|why| CannotSee::closed(place, why))?;
        let drawn = document.get_page_content(page);
        let text = text_of(document, &fonts, &drawn, place)?;
        each(Seen { place: format!("page {number} of {place}"), text, is_noise: false });
    }
    for object in document.objects.values() {
        let Object::Stream(stream) = object else { continue };
        let is_form = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form");
        if is_form {
            let drawn = unpacked(stream, place, super::MOST_BYTES)?;
            let text = text_of(document, &fonts_of(document, &stream.dict), &drawn, place)?;
            each(Seen { place: format!("a drawing of {place}"), text, is_noise: false });
        }
    }
    Ok(())
}

/// The fonts that a form names.
fn fonts_of<'a>(document: &'a Document, form: &'a Dictionary) -> BTreeMap<Vec<u8>, &'a Dictionary> {
    let inner = |dict: &'a Dictionary, name: &[u8]| dict.get_deref(name, document).and_then(Object::as_dict).ok();
    let fonts = inner(form, b"Resources").and_then(|resources| inner(resources, b"Font"));
    let mut named = BTreeMap::new();
    for (name, _) in fonts.into_iter().flat_map(Dictionary::iter) {
        named.extend(fonts.and_then(|fonts| inner(fonts, name)).map(|font| (name.clone(), font)));
    }
    named
}

/// The text that a stream of drawing draws, letter after letter.
fn text_of(
    document: &Document,
    fonts: &BTreeMap<Vec<u8>, &Dictionary>,
    drawn: &[u8],
    place: &str,
) -> Result<String, CannotSee> {
    let content = Content::decode(drawn).map_err(|why| CannotSee::closed(place, why))?;
    let mut encodings = BTreeMap::new();
    for (name, font) in fonts {
        encodings.insert(name.clone(), Codes::of(document, font, place)?);
    }
    let mut text = String::new();
    let mut current = None;
    for operation in &content.operations {
        match operation.operator.as_str() {
            "Tf" => {
                let name = operation.operands.first().and_then(|name| name.as_name().ok());
                current = name.and_then(|name| encodings.get(name));
            }
            "Tj" | "TJ" | "'" | "\"" => {
                for operand in &operation.operands {
                    letters(operand, current, place, &mut text)?;
                }
            }
            "Td" | "TD" | "Tm" | "T*" | "ET" => text.push(' '),
            _ => {}
        }
    }
    Ok(text)
}

/// How the codes of a font are read.
enum Codes<'a> {
    /// By its own map.
    Mapped(Letters),
    /// By an encoding of one byte a letter.
    Encoded(lopdf::Encoding<'a>),
}

impl<'a> Codes<'a> {
    fn of(document: &'a Document, font: &'a Dictionary, place: &str) -> Result<Self, CannotSee> {
        let is_composed = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
        if let Ok(map) = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream) {
            let map = unpacked(map, place, super::MOST_BYTES)?;
            return Ok(Self::Mapped(Letters::read(&map, if is_composed { 2 } else { 1 })));
        }
        if is_composed {
            return Err(CannotSee::closed(place, "a font does not say which letters its codes are"));
        }
        font.get_font_encoding(document).map(Self::Encoded).map_err(|why| CannotSee::closed(place, why))
    }

    fn text(&self, codes: &[u8], place: &str) -> Result<String, CannotSee> {
        match self {
            Self::Mapped(letters) => Ok(letters.text(codes)),
            Self::Encoded(encoding) => {
                Document::decode_text(encoding, codes).map_err(|why| CannotSee::closed(place, why))
            }
        }
    }
}

fn letters(operand: &Object, codes: Option<&Codes<'_>>, place: &str, text: &mut String) -> Result<(), CannotSee> {
    match operand {
        Object::String(bytes, _) => match codes {
            Some(codes) => text.push_str(&codes.text(bytes, place)?),
            None => text.push_str(&string(bytes)),
        },
        Object::Array(all) => {
            for one in all {
                letters(one, codes, place, text)?;
            }
        }
        Object::Integer(_) | Object::Real(_) if operand.as_float().is_ok_and(|moved| moved < -GAP) => text.push(' '),
        _ => {}
    }
    Ok(())
}
