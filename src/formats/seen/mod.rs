//! Everything that stands in a file, whether a program shows it or not: for the proof that something does not stand in it.
//!
//! A workbook or a letter is an archive of parts with properties and hidden sheets; a PDF has streams, strings and fonts with
//! codes of their own. What cannot be looked into is an error: a proof that skips a part proves nothing.

mod letters;
mod pdf;
mod zipped;

use encoding_rs::{UTF_16BE, UTF_16LE};

/// How many bytes a file may unfold to.
const MOST_BYTES: u64 = 2 << 30;
/// How deep archives may stand in archives.
const DEEPEST: usize = 4;

/// A text of a file, with the place where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The part of the file, in words.
    pub place: String,
    /// What stands there.
    pub text: String,
    /// Whether it is packed or drawn data read as text: letters that stand side by side there may do so by chance.
    pub is_noise: bool,
}

/// Why a file cannot be looked into.
#[derive(Debug, thiserror::Error)]
pub enum CannotSee {
    /// It is damaged, locked, or no file of its kind.
    #[error("{place} cannot be looked into: {why}")]
    Closed {
        /// Which part.
        place: String,
        /// Why.
        why: String,
    },
    /// It unfolds to more than a machine can hold.
    #[error("The file unfolds to more than 2 GB. Write it in parts")]
    TooMuch,
}

impl CannotSee {
    fn closed(place: &str, why: impl std::fmt::Display) -> Self {
        Self::Closed { place: place.to_owned(), why: why.to_string() }
    }
}

/// Tells of everything that stands in a file.
pub fn everything(bytes: &[u8], each: &mut dyn FnMut(Seen)) -> Result<(), CannotSee> {
    let mut budget = MOST_BYTES;
    part("the file", bytes, 0, &mut budget, each)
}

/// A part of a file, by what it begins with.
fn part(
    place: &str,
    bytes: &[u8],
    depth: usize,
    budget: &mut u64,
    each: &mut dyn FnMut(Seen),
) -> Result<(), CannotSee> {
    if depth > DEEPEST {
        return Err(CannotSee::closed(place, "archives stand in archives too deep"));
    }
    *budget = budget.checked_sub(bytes.len() as u64).ok_or(CannotSee::TooMuch)?;
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        noise(place, bytes, each);
        return zipped::see(place, bytes, depth, budget, each);
    }
    // Programs find the mark of a PDF anywhere in the first bytes.
    if bytes.get(..bytes.len().min(1024)).is_some_and(|start| start.windows(5).any(|mark| mark == b"%PDF-")) {
        noise(place, bytes, each);
        return pdf::see(place, bytes, depth, budget, each);
    }
    plain(place, bytes, each);
    Ok(())
}

/// Text as it is, in the encodings in which programs keep it, and as marked-up text.
fn plain(place: &str, bytes: &[u8], each: &mut dyn FnMut(Seen)) {
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let is_marked_up = text.contains('<') && text.contains('>');
            if text.contains('&') || is_marked_up {
                marked_up(place, text, each);
            }
            each(Seen { place: place.to_owned(), text: text.to_owned(), is_noise: false });
            if !bytes.contains(&0) {
                return;
            }
        }
        Err(_) => noise(place, bytes, each),
    }
    // Two bytes a letter, in either order, from either place.
    for start in [0, 1] {
        let Some(bytes) = bytes.get(start..) else { continue };
        for encoding in [UTF_16LE, UTF_16BE] {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            each(Seen { place: format!("{place}, as UTF-16"), text: text.into_owned(), is_noise: true });
        }
    }
}

fn noise(place: &str, bytes: &[u8], each: &mut dyn FnMut(Seen)) {
    each(Seen { place: place.to_owned(), text: String::from_utf8_lossy(bytes).into_owned(), is_noise: true });
}

/// The text of marked-up text: with its marks, and without them, once with a space in the place of each and once with none,
/// for a name can be cut by marks.
fn marked_up(place: &str, text: &str, each: &mut dyn FnMut(Seen)) {
    let mut spaced = String::with_capacity(text.len());
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        spaced.push_str(before);
        joined.push_str(before);
        spaced.push(' ');
        // A paragraph or a cell ends a word, a change of letters within it does not.
        let ends_word = ["/w:p>", "w:tab", "w:br", "/si>", "/t>", "/c>", "/row>", "/p>", "/td>", "br"];
        if ends_word.iter().any(|mark| after.starts_with(mark)) {
            joined.push(' ');
        }
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    spaced.push_str(rest);
    joined.push_str(rest);
    for made in [text, &spaced, &joined] {
        // What was escaped twice is read twice.
        let once = unescaped(made);
        let twice = unescaped(&once);
        if twice != once {
            each(Seen { place: place.to_owned(), text: twice, is_noise: false });
        }
        each(Seen { place: place.to_owned(), text: once, is_noise: false });
    }
}

/// Characters in the place of `&amp;`, `&#50640;` and `&#xC5D0;`, and of the `_x000D_` of workbooks.
fn unescaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        made.push_str(before);
        let name = after.split_once(';').filter(|(name, _)| name.len() <= 10);
        if let Some((letter, after)) = name.and_then(|(name, after)| Some((entity(name)?, after))) {
            made.push(letter);
            rest = after;
        } else {
            made.push('&');
            rest = after;
        }
    }
    made.push_str(rest);
    if made.contains("_x") { without_hex_marks(&made) } else { made }
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(number)
        }
    }
}

/// `_x0041_` is how a workbook writes a letter that it cannot write as it is.
fn without_hex_marks(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        made.push_str(before);
        let digits = after.get(..4).filter(|_| after.get(4..5) == Some("_"));
        if let Some(letter) = digits.and_then(|hex| char::from_u32(u32::from_str_radix(hex, 16).ok()?)) {
            made.push(letter);
            rest = after.get(5..).unwrap_or_default();
        } else {
            made.push_str("_x");
            rest = after;
        }
    }
    made.push_str(rest);
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(bytes: &[u8]) -> String {
        let mut all = String::new();
        everything(bytes, &mut |seen| {
            all.push_str(&seen.text);
            all.push('\n');
        })
        .unwrap();
        all
    }

    #[test]
    fn text_is_read_in_every_encoding_and_behind_every_escape() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        assert!(seen(&utf16("Kim 예시")).contains("Kim 예시"));
        assert!(seen(&[&[0][..], &utf16("Kim 예시")].concat()).contains("Kim 예시"));
        assert!(seen(b"<a>K&#105;m &amp;amp; Ri</a>").contains("Kim & Ri"));
        assert!(seen("<t>&#xC608;&#49884;</t>".as_bytes()).contains("예시"));
        assert!(seen(b"<w:r><w:t>Ki</w:t></w:r><w:r><w:t>m</w:t></w:r>").contains("Kim"));
        assert!(seen(b"<t>_x004B_im</t>").contains("Kim"));
    }

    #[test]
    fn a_damaged_file_is_told_and_never_passed_over() {
        for bytes in [&b"PK\x03\x04 but no archive"[..], b"%PDF-1.7 but no more"] {
            let told = everything(bytes, &mut |_| {}).unwrap_err().to_string();
            assert!(told.contains("cannot be looked into"), "{told}");
        }
    }
}
