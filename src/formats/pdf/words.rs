//! Text as a page can show it: composed, without what would turn it around, with a mark for what no font has.

use std::borrow::Cow;
use std::collections::BTreeSet;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::fonts::{can_show, width};

/// What stands where a character cannot be shown.
pub(super) const MARK: char = '\u{25a1}';

/// Where a line may break within a word that is too long for its place.
const BREAK: char = '\u{200b}';

/// Makes text fit to be set, and remembers what could not be shown.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Characters that a mark stands for.
    missing: BTreeSet<char>,
}

impl Words {
    /// The text as it can be shown, line breaks as spaces.
    pub fn line(&mut self, text: &str) -> String {
        self.shown(text, false)
    }

    /// Paragraphs, parted by empty lines; single line breaks stay.
    pub fn paragraphs(&mut self, text: &str) -> Vec<String> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let mut paragraphs: Vec<Vec<&str>> = vec![Vec::new()];
        for line in text.lines() {
            if line.trim().is_empty() {
                paragraphs.push(Vec::new());
            } else if let Some(last) = paragraphs.last_mut() {
                last.push(line.trim_end());
            }
        }
        let full = paragraphs.into_iter().filter(|lines| !lines.is_empty());
        full.map(|lines| self.shown(&lines.join("\n"), true)).collect()
    }

    fn shown(&mut self, text: &str, keeps_lines: bool) -> String {
        let text = composed(text);
        let mut shown = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '\n' if keeps_lines => shown.push('\n'),
                '\n' | '\t' => shown.push(' '),
                // Nothing to see, and a search for the words should find them.
                '\r' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => {}
                // What would show words in another order than they are written in is shown as what it is.
                '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                    self.mark(character, &mut shown);
                }
                _ if alone(character) => self.mark(character, &mut shown),
                _ if character.is_control() || !can_show(character) => self.mark(character, &mut shown),
                _ => shown.push(character),
            }
        }
        shown
    }

    fn mark(&mut self, character: char, shown: &mut String) {
        self.missing.insert(character);
        shown.push(MARK);
    }

    /// What the person who made the document should know.
    pub fn warnings(&self) -> Vec<String> {
        if self.missing.is_empty() {
            return Vec::new();
        }
        let codes: Vec<String> =
            self.missing.iter().take(8).map(|character| format!("U+{:04X}", u32::from(*character))).collect();
        let more = if self.missing.len() > codes.len() { " and others" } else { "" };
        let codes = codes.join(", ");
        vec![format!(
            "The fonts of documents cannot show {codes}{more}: {MARK} stands in their place. Write these words in Latin, Korean or Chinese letters"
        )]
    }
}

/// Signs that belong to a letter before them and found none to be put together with, and characters that mean what two programs
/// agreed: no font promises to show them.
fn alone(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{1160}'..='\u{11ff}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}' | '\u{fe20}'..='\u{fe2f}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// Hangul that came in parts (file names of a Mac do) put together, so that the fonts have it.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfc().collect())
}

/// How wide a text is, in thousandths of the letter size.
pub(super) fn wide(text: &str) -> u32 {
    text.chars().map(width).sum()
}

/// How much of a run of Han or Hangul stands on one line where there is room, in thousandths of the letter size. It can be
/// parted after every character, but a column of single characters is read by nobody.
const RUN: u32 = 7_000;

/// The words of a text: what a line break does not part. Han and Hangul can be parted after every character.
pub(super) fn longest_word(text: &str) -> u32 {
    let (mut longest, mut current, mut run) = (0, 0, 0);
    let mut letters = text.chars().peekable();
    while let Some(character) = letters.next() {
        if character == ' ' || character == '\n' || character == BREAK {
            (current, run) = (0, 0);
            continue;
        }
        if parts_anywhere(character) {
            current = 0;
            run += width(character);
            longest = longest.max(run.min(RUN));
            continue;
        }
        run = 0;
        current += width(character);
        longest = longest.max(current);
        // A line never ends between a hyphen and a digit: 2024-08-20 and UN-2024-08 stay whole.
        let is_number = letters.peek().is_some_and(char::is_ascii_digit);
        if matches!(character, '-' | '/') && !is_number {
            current = 0;
        }
    }
    longest
}

/// The text as it fits into so many thousandths, with a mark for what is left out. For what is held together on a page: typst
/// looks for a page without end on which a header of ten thousand letters would fit.
pub(super) fn clipped(text: String, room: u32) -> String {
    if wide(&text) <= room {
        return text;
    }
    let mut left = room;
    let fits = |character: &char| {
        let own = width(*character);
        let fits = own <= left;
        left = left.saturating_sub(own);
        fits
    };
    let mut kept: String = text.chars().take_while(fits).collect();
    kept.push('…');
    kept
}

/// Lets words that are wider than `room` thousandths break where they must.
pub(super) fn breakable(text: String, room: u32) -> String {
    if wide(&text) <= room || longest_word(&text) <= room {
        return text;
    }
    let mut broken = String::with_capacity(text.len() + 16);
    let mut current = 0;
    for character in text.chars() {
        let own = width(character);
        if character == ' ' || character == '\n' || parts_anywhere(character) {
            current = 0;
        } else if current + own > room && current > 0 {
            broken.push(BREAK);
            current = own;
        } else {
            current += own;
        }
        broken.push(character);
    }
    broken
}

fn parts_anywhere(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_at_a_hyphen_but_not_before_a_digit() {
        assert_eq!(longest_word("2024-08-20"), wide("2024-08-20"));
        assert_eq!(longest_word("HAI-L-UN-2024-08"), wide("UN-2024-08"));
        assert_eq!(longest_word("once-only"), wide("once-"));
    }

    #[test]
    fn what_cannot_be_shown_leaves_a_mark_and_is_told() {
        let mut words = Words::default();
        assert_eq!(words.line("평양 → 新义州\t5 kg"), "평양 → 新义州 5 kg");
        assert!(words.warnings().is_empty());
        assert_eq!(words.line("a\0b 😀 \u{202e}c"), format!("a{MARK}b {MARK} {MARK}c"));
        let told = words.warnings().join("\n");
        assert!(told.contains("U+0000") && told.contains("U+1F600") && told.contains("U+202E"), "{told}");
    }

    #[test]
    fn hangul_that_came_in_parts_is_put_together() {
        let parts = "\u{1112}\u{1161}\u{11ab}";
        assert_eq!(Words::default().line(parts), "한");
    }

    #[test]
    fn what_is_left_out_of_a_text_leaves_a_mark() {
        assert_eq!(clipped("short".to_owned(), 9000), "short");
        let kept = clipped("a".repeat(10_000), 9000);
        assert!(kept.ends_with("a…") && wide(&kept) < 10_500, "{kept}");
    }

    #[test]
    fn empty_lines_part_paragraphs() {
        let mut words = Words::default();
        assert_eq!(words.paragraphs("a\r\nb\n\n \n\nc\n"), ["a\nb", "c"]);
        assert_eq!(words.paragraphs(""), Vec::<String>::new());
    }

    #[test]
    fn a_word_breaks_only_where_it_has_to() {
        assert_eq!(breakable("short words stay".to_owned(), 9000), "short words stay");
        let broken = breakable("a".repeat(64), 9000);
        assert!(broken.split(BREAK).count() > 2 && broken.split(BREAK).all(|part| wide(part) <= 9000), "{broken}");
        assert_eq!(broken.replace(BREAK, ""), "a".repeat(64));
    }
}
