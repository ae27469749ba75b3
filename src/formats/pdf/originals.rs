//! Files put in as they are: the pages of a PDF, a picture, or the sentence that says why nothing is shown.

use lopdf::{Dictionary, Object, ObjectId};
use typst::foundations::Bytes;
use typst_layout::Page;

use super::data::{OriginalPiece, Piece, Run, Unit};
use super::export::try_out;
use super::pictures;
use super::plan::Plan;
use super::reasons::Reason;
use super::set::pages;
use super::words::{Words, breakable, clipped};
use super::world::Template;
use crate::formats::guarded::guarded;
use crate::formats::originals::Originals;

/// More pages of one original are named and not shown.
const MOST_PAGES: usize = 500;
/// A larger file is named and not shown.
const MOST_BYTES: usize = 100 << 20;
/// A picture of more points is named and not unfolded.
const MOST_POINTS: u64 = 100_000_000;

/// An original of a document.
pub(super) struct Original<'a> {
    pub at: Unit,
    pub sha256: &'a str,
    pub name: &'a str,
    pub media_type: &'a str,
}

/// A file that typst can show.
struct Shown {
    file: &'static str,
    bytes: Bytes,
    /// Whether each page is wider than high; one for a picture.
    flipped: Vec<bool>,
    is_pdf: bool,
}

/// The pages of an original. Whatever is wrong with the file, it costs one page that says so.
pub(super) fn set(
    plan: &Plan<'_>,
    original: &Original<'_>,
    from: &dyn Originals,
    words: &mut Words,
) -> Result<Vec<Page>, String> {
    match show(original, from) {
        Ok(shown) => match set_shown(plan, original, &shown, words) {
            Some(pages) => Ok(pages),
            None => set_reason(plan, original, Reason::CannotDraw, words),
        },
        Err(reason) => set_reason(plan, original, reason, words),
    }
}

/// Opens the file as far as it has to be opened to show it.
fn show(original: &Original<'_>, from: &dyn Originals) -> Result<Shown, Reason> {
    let bytes = from.bytes(original.sha256).ok_or(Reason::NotHere)?;
    if bytes.len() > MOST_BYTES {
        return Err(Reason::TooLarge);
    }
    let Some(file) = pictures::kind(&bytes) else {
        let head = bytes.get(..1024.min(bytes.len())).unwrap_or_default();
        return if head.windows(5).any(|five| five == b"%PDF-") {
            guarded(|| pdf(&bytes)).unwrap_or(Err(Reason::Damaged))
        } else {
            Err(Reason::NoPages)
        };
    };
    let (wide, high) = pictures::size(&bytes).ok_or(Reason::Damaged)?;
    if wide.saturating_mul(high) > MOST_POINTS {
        return Err(Reason::TooLarge);
    }
    Ok(Shown { file, bytes: Bytes::new(bytes), flipped: vec![wide > high], is_pdf: false })
}

/// Reads a PDF and writes it anew with its pages alone: what is nested without end does not survive that, nor does a script.
fn pdf(bytes: &[u8]) -> Result<Shown, Reason> {
    let mut file = lopdf::Document::load_mem(bytes).map_err(|error| match error {
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword => Reason::Encrypted,
        _ => Reason::Damaged,
    })?;
    if file.is_encrypted() || file.trailer.has(b"Encrypt") {
        return Err(Reason::Encrypted);
    }
    let ids: Vec<ObjectId> = file.page_iter().take(MOST_PAGES + 1).collect();
    if ids.is_empty() {
        return Err(Reason::NoPages);
    }
    if ids.len() > MOST_PAGES {
        return Err(Reason::TooLarge);
    }
    let flipped = ids.iter().map(|id| lies_on_its_side(&file, *id)).collect();
    for id in &ids {
        super::stamps::draw(&mut file, *id);
    }
    let mut plain = Vec::new();
    file.save_to(&mut plain).map_err(|_unsaved| Reason::Damaged)?;
    Ok(Shown { file: "original.pdf", bytes: Bytes::new(plain), flipped, is_pdf: true })
}

fn lies_on_its_side(file: &lopdf::Document, page: ObjectId) -> bool {
    let of_page = |key: &[u8]| inherited(file, page, key);
    let Some(sides) = of_page(b"CropBox").or_else(|| of_page(b"MediaBox")).and_then(|object| sides(file, &object))
    else {
        return false;
    };
    let turned =
        of_page(b"Rotate").and_then(|object| object.as_i64().ok()).is_some_and(|angle| angle.rem_euclid(180) == 90);
    let [left, bottom, right, top] = sides;
    ((right - left).abs() > (top - bottom).abs()) != turned
}

fn sides(file: &lopdf::Document, object: &Object) -> Option<[f32; 4]> {
    let numbers: Vec<f32> =
        object.as_array().ok()?.iter().filter_map(|side| file.dereference(side).ok()?.1.as_float().ok()).collect();
    numbers.try_into().ok()
}

/// A value of a page, or of what it stands under.
fn inherited(file: &lopdf::Document, page: ObjectId, key: &[u8]) -> Option<Object> {
    let mut node: &Dictionary = file.get_dictionary(page).ok()?;
    for _ in 0..32 {
        if let Ok(value) = node.get(key) {
            return file.dereference(value).ok().map(|(_, value)| value.clone());
        }
        node = file.get_dictionary(node.get(b"Parent").and_then(Object::as_reference).ok()?).ok()?;
    }
    None
}

fn set_shown(plan: &Plan<'_>, original: &Original<'_>, shown: &Shown, words: &mut Words) -> Option<Vec<Page>> {
    let count = shown.flipped.len();
    let mut part = plan.empty_part(false, words);
    for (at, flipped) in shown.flipped.iter().enumerate() {
        let mut piece = named(original, words);
        piece.page = (count > 1).then(|| plan.language.page_of_original(at + 1, count));
        piece.file = Some(shown.file);
        piece.number = if shown.is_pdf { at + 1 } else { 0 };
        piece.alt = match &piece.page {
            Some(page) => format!("{}, {page}", piece.name),
            None => piece.name.clone(),
        };
        part.runs.push(Run { flipped: *flipped, pieces: vec![Piece::Original(piece)] });
    }
    let set = || {
        let pages = pages(Template::Report, &part, vec![(shown.file, shown.bytes.clone())]).ok()?;
        // A page that cannot be written would cost the whole document.
        try_out(&pages).then_some(pages)
    };
    guarded(set).flatten()
}

fn set_reason(
    plan: &Plan<'_>,
    original: &Original<'_>,
    reason: Reason,
    words: &mut Words,
) -> Result<Vec<Page>, String> {
    let mut part = plan.empty_part(false, words);
    let mut piece = named(original, words);
    piece.reasons = reason.in_words().iter().map(|reason| words.line(reason)).collect();
    part.runs.push(Run { flipped: false, pieces: vec![Piece::Original(piece)] });
    pages(Template::Report, &part, Vec::new())
}

fn named(original: &Original<'_>, words: &mut Words) -> OriginalPiece {
    let identity = format!("SHA-256 {}  {}", original.sha256, original.media_type);
    OriginalPiece {
        id: original.at,
        name: breakable(clipped(words.line(original.name), 90_000), 45_000),
        page: None,
        identity: breakable(clipped(words.line(&identity), 120_000), 60_000),
        file: None,
        number: 0,
        alt: String::new(),
        reasons: Vec::new(),
    }
}
