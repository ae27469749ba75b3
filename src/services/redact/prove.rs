//! The proof: nothing that was taken out stands anywhere in the file that was written.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Removed;
use super::normal::{Finder, is_unspaced, normal};
use crate::domain::document::Document;
use crate::formats::seen::{self, CannotSee, Seen};
use crate::formats::{Made, docx, xlsx};
use crate::services::FileFormat;

/// How many letters a value must have to be looked for in packed data: shorter ones stand there by chance.
const AMID_NOISE: usize = 8;
/// How many letters a value must have to be looked for without regard to spaces.
const AMID_LETTERS: usize = 10;

/// A value that was to be left out and still stands in the file. Its words are not told: an error may be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its number in the list of what was taken out.
    pub number: usize,
    /// What it is, in words.
    pub what: &'static str,
    /// Where it stands.
    pub place: String,
}

/// Why a file is not proven to be free of what was taken out.
#[derive(Debug, thiserror::Error)]
pub enum NotProven {
    /// Something still stands in it.
    #[error(
        "A value that was to be left out ({what}, number {number} of the list) still stands in {place}. The file was not written",
        what = .0.what,
        number = .0.number + 1,
        place = .0.place
    )]
    Stands(Found),
    /// It cannot be looked into as a whole.
    #[error("It cannot be proven that nothing left out stands in the file, so it was not written. {0}")]
    Closed(#[from] CannotSee),
}

/// Proves that none of the values stands in a file: in its parts, its properties, hidden or shown, in any encoding.
pub fn prove(bytes: &[u8], media_type: &str, removed: &[Removed]) -> Result<(), NotProven> {
    let search = Search::new(removed);
    if search.owners.is_empty() && search.words.is_empty() {
        return Ok(());
    }
    let mut furniture = None;
    let mut found = None;
    seen::everything(bytes, &mut |seen| {
        if found.is_some() {
            return;
        }
        let Some(number) = search.first(&seen) else { return };
        let furniture = furniture.get_or_insert_with(|| furniture_of(media_type));
        if !furniture.contains(&(seen.place.clone(), seen.text)) {
            let what = removed.get(number).map_or("Words", |removed| removed.why.label());
            found = Some(Found { number, what, place: seen.place });
        }
    })?;
    // A text file is what it is; of another the type must be one whose parts were unfolded above.
    if let (None, false) = (&found, unfolds(bytes, media_type)) {
        let why = format!("a file of the type {media_type} begins in another way");
        return Err(CannotSee::Closed { place: "the file".to_owned(), why }.into());
    }
    found.map_or(Ok(()), |found| Err(NotProven::Stands(found)))
}

/// The texts of a file of nothing, with their places: the colours of a theme, the sizes of letters. What stands there word for
/// word holds nothing of the record, though a figure of it can be equal to a figure that was left out.
fn furniture_of(media_type: &str) -> BTreeSet<(String, String)> {
    let (nothing, day) = (Document::default(), NaiveDate::default());
    let written = if media_type == FileFormat::Xlsx.media_type() {
        xlsx::write(&nothing, day, &|| false).unwrap_or_default()
    } else if media_type == FileFormat::Docx.media_type() {
        docx::write(&nothing, Made::on(day)).unwrap_or_default()
    } else {
        return BTreeSet::new();
    };
    let mut furniture = BTreeSet::new();
    // Where it cannot be looked into there is less of it, and the proof is as strict as before.
    seen::everything(&written, &mut |seen| {
        if !seen.is_noise {
            furniture.insert((seen.place, seen.text));
        }
    })
    .ok();
    furniture
}

/// Whether a file that claims to be an archive or a PDF is one.
fn unfolds(bytes: &[u8], media_type: &str) -> bool {
    let is_archive = media_type.contains("officedocument") || media_type.ends_with("/zip");
    if is_archive {
        bytes.starts_with(b"PK")
    } else if media_type.ends_with("/pdf") {
        bytes.get(..bytes.len().min(1024)).is_some_and(|start| start.windows(5).any(|mark| mark == b"%PDF-"))
    } else {
        true
    }
}

/// Whether what stands at a place is what people read: pages, paragraphs, cells, or the whole of a text file.
fn is_read(place: &str) -> bool {
    let parts = ["word/document", "word/footer", "word/header", "word/comments", "xl/sharedStrings", "xl/comments"];
    place == "the file" || place.starts_with("page ") || parts.iter().any(|part| place.starts_with(part))
}

/// Everything that is looked for.
struct Search {
    /// For each form, the number of its value.
    owners: Vec<usize>,
    forms: Vec<String>,
    alone: Option<Finder>,
    /// The longer ones, without their spaces, with the number of their form.
    squeezed: Vec<usize>,
    amid: Option<Finder>,
    /// The short ones, letter for letter, with the number of their value.
    words: BTreeMap<String, usize>,
}

impl Search {
    fn new(removed: &[Removed]) -> Self {
        let of = |(number, removed): (usize, &'_ Removed)| {
            removed.forms.iter().map(|form| (number, form.clone())).collect::<Vec<_>>()
        };
        let (owners, forms): (Vec<usize>, Vec<String>) = removed.iter().enumerate().flat_map(of).unzip();
        let weight = |form: &str| -> usize {
            let letters = form.chars().filter(|letter| !letter.is_whitespace());
            letters.map(|letter| if is_unspaced(letter) { 2 } else { 1 }).sum()
        };
        let is_figure = |form: &str| !form.chars().any(char::is_alphabetic);
        let squeezed: Vec<usize> = (0..forms.len())
            .filter(|at| forms.get(*at).is_some_and(|form| weight(form) >= AMID_LETTERS && !is_figure(form)))
            .collect();
        let without: Vec<String> =
            squeezed.iter().filter_map(|at| forms.get(*at)).map(|form| form.replace(' ', "")).collect();
        let words = removed.iter().enumerate().filter(|(_, one)| one.as_word);
        let words = words.map(|(number, one)| (one.value.clone(), number)).collect();
        Self { alone: Finder::new(&forms), amid: Finder::new(&without), owners, forms, squeezed, words }
    }

    /// The number of the first value that stands in a text.
    fn first(&self, seen: &Seen) -> Option<usize> {
        self.form(seen).or_else(|| self.word(seen))
    }

    /// A short value is looked for where a file keeps what people read: in its marks and its codes it stands by chance.
    fn word(&self, seen: &Seen) -> Option<usize> {
        if self.words.is_empty() || seen.is_noise || seen.text.contains('<') || !is_read(&seen.place) {
            return None;
        }
        let mut words = seen.text.split(|letter: char| !letter.is_alphanumeric());
        words.find_map(|word| self.words.get(word)).copied()
    }

    fn form(&self, seen: &Seen) -> Option<usize> {
        let text = normal(&seen.text);
        let long = |form: usize| self.forms.get(form).is_some_and(|form| form.chars().count() >= AMID_NOISE);
        let alone = self.alone.as_ref()?;
        let form = alone.all(&text).into_iter().map(|(form, ..)| form).find(|form| !seen.is_noise || long(*form));
        let form = form.or_else(|| {
            let found = self.amid.as_ref().filter(|_| !seen.is_noise)?.amid(&text.replace(' ', ""))?;
            self.squeezed.get(found).copied()
        });
        self.owners.get(form?).copied()
    }
}
