//! The fonts of documents: what they can show, and how wide a text is in them.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};
use typst::utils::LazyHash;

use crate::fonts::{HAN, REGULAR, SEMIBOLD};

/// The fonts in the order in which they are asked for a character.
pub(super) struct Fonts {
    /// What typst looks them up by.
    pub book: LazyHash<FontBook>,
    /// The fonts themselves.
    pub files: Vec<Font>,
    /// What their letters measure.
    faces: Vec<FontInstance>,
}

/// Read once, when the first document is set.
pub(super) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let files = [REGULAR, SEMIBOLD, HAN];
    let fonts: Vec<Font> = files.into_iter().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
    let measured =
        |font: &Font| font.clone().instantiate(FontVariant::default(), Abs::pt(10.0), &FontVariations::default());
    Fonts {
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        faces: fonts.iter().map(measured).collect(),
        files: fonts,
    }
});

/// Whether any font can show this character.
pub(super) fn can_show(character: char) -> bool {
    FONTS.files.iter().any(|font| font.info().coverage.contains(u32::from(character)))
}

/// How wide a character is, in thousandths of the letter size.
pub(super) fn width(character: char) -> u32 {
    if let Some(width) = NARROW.get(character as usize) {
        return u32::from(*width);
    }
    advance(character)
}

/// The widths of ASCII, which most of every table is written in.
static NARROW: LazyLock<[u16; 128]> = LazyLock::new(|| {
    let mut widths = [0; 128];
    for (code, width) in (0_u8..128).zip(&mut widths) {
        *width = u16::try_from(advance(char::from(code))).unwrap_or(1000);
    }
    widths
});

fn advance(character: char) -> u32 {
    // Where no font has it a mark stands in its place, about as wide as the letter size.
    let of = |font: &FontInstance| {
        let face = font.ttf();
        let units = u32::from(face.units_per_em()).max(1);
        let glyph = face.glyph_index(character)?;
        Some(u32::from(face.glyph_hor_advance(glyph)?) * 1000 / units)
    };
    FONTS.faces.iter().find_map(of).unwrap_or(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_korean_and_chinese_have_a_font() {
        for character in "Aß 한平😀".chars() {
            assert_eq!(can_show(character), character != '😀', "{character}");
        }
        assert!(can_show(super::super::words::MARK));
        assert_eq!(width('1'), width('8'), "digits stand under one another");
        assert!(width('한') > width('i'));
    }
}
