//! Text made comparable for redaction, and the search for many values in it at once.
//!
//! Case, width, accents' form, punctuation and the number of spaces do not hide a name: `KIM, Ho-jin` is `kim ho jin`.

use aho_corasick::AhoCorasick;
use unicode_normalization::UnicodeNormalization as _;

/// A text in its comparable form: folded letters and digits, everything else one space.
pub(super) fn normal(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    push(text.nfkc(), &mut made);
    made.trim_end().to_owned()
}

fn push(letters: impl Iterator<Item = char>, made: &mut String) {
    for letter in letters.flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            made.push(letter);
        } else if !made.is_empty() && !made.ends_with(' ') {
            made.push(' ');
        }
    }
}

/// Whether a letter belongs to a script that is written without spaces, so that a name can stand amid others.
pub(super) fn is_unspaced(letter: char) -> bool {
    matches!(u32::from(letter), 0x1100..=0x11ff | 0x2e80..=0x9fff | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}

/// Whether a value is long enough to be looked for: shorter ones stand in every text by chance.
pub(super) fn is_telling(normal: &str) -> bool {
    let letters = normal.chars().filter(|letter| !letter.is_whitespace());
    let weight: usize = letters.map(|letter| if is_unspaced(letter) { 2 } else { 1 }).sum();
    weight >= 4
}

/// A text beside its comparable form, with the way back.
pub(super) struct Mapped {
    /// The text itself, composed.
    pub text: String,
    /// Its comparable form.
    pub normal: String,
    /// For each byte of the form, the byte of the text from which it comes.
    from: Vec<usize>,
}

impl Mapped {
    pub fn of(text: &str) -> Self {
        let text: String = text.nfc().collect();
        let mut normal = String::with_capacity(text.len());
        let mut from = Vec::with_capacity(text.len());
        for (at, letter) in text.char_indices() {
            push(std::iter::once(letter).nfkc(), &mut normal);
            from.resize(normal.len(), at);
        }
        Self { text, normal, from }
    }

    /// Where a part of the form stands in the text.
    pub fn back(&self, start: usize, end: usize) -> (usize, usize) {
        let first = self.from.get(start).copied().unwrap_or(self.text.len());
        let last = end.checked_sub(1).and_then(|last| self.from.get(last)).copied().unwrap_or(first);
        let after = self.text.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        (first, last + after)
    }
}

/// Looks for many values at once. Words are found however they are parted: `Kim Chol-su`, `Kim Cholsu` and `KIM Chol Su` are
/// one name. Figures are found as they stand, because two of them side by side are no third.
pub(super) struct Finder {
    normals: Vec<String>,
    figures: Looked,
    words: Looked,
}

/// Some of the values, with their numbers among all.
struct Looked {
    automaton: AhoCorasick,
    numbers: Vec<usize>,
}

impl Looked {
    fn new<'a>(values: impl Iterator<Item = (usize, &'a String)>, form: fn(&str) -> String) -> Option<Self> {
        let (numbers, forms): (Vec<usize>, Vec<String>) = values.map(|(number, value)| (number, form(value))).unzip();
        Some(Self { automaton: AhoCorasick::new(&forms).ok()?, numbers })
    }
}

impl Finder {
    /// For values in their comparable form; `None` where they are too many for the machine.
    pub fn new(normals: &[String]) -> Option<Self> {
        let is_word = |value: &str| value.chars().any(char::is_alphabetic);
        let all = || normals.iter().enumerate();
        Some(Self {
            figures: Looked::new(all().filter(|(_, value)| !is_word(value)), str::to_owned)?,
            words: Looked::new(all().filter(|(_, value)| is_word(value)), squeezed)?,
            normals: normals.to_vec(),
        })
    }

    /// Every place at which a value stands by itself: its number, its start and its end in the form.
    pub fn all(&self, normal: &str) -> Vec<(usize, usize, usize)> {
        let mut places = Vec::new();
        for found in self.figures.automaton.find_overlapping_iter(normal) {
            if let Some(number) = self.figures.numbers.get(found.pattern().as_usize())
                && stands_alone(normal, found.start(), found.end())
            {
                places.push((*number, found.start(), found.end()));
            }
        }
        let (without, from) = without_spaces(normal);
        for found in self.words.automaton.find_overlapping_iter(&without) {
            let Some(number) = self.words.numbers.get(found.pattern().as_usize()) else { continue };
            let start = from.get(found.start()).copied().unwrap_or_default();
            let end = found.end().checked_sub(1).and_then(|last| from.get(last)).map_or(start, |last| last + 1);
            if self.normals.get(*number).is_some_and(|value| stands_as(normal, (start, end), value)) {
                places.push((*number, start, end));
            }
        }
        places
    }

    /// The first value that stands anywhere in a text from which all spaces were taken. Words only.
    pub fn amid(&self, squeezed: &str) -> Option<usize> {
        let found = self.words.automaton.find(squeezed)?;
        self.words.numbers.get(found.pattern().as_usize()).copied()
    }
}

fn squeezed(text: &str) -> String {
    text.replace(' ', "")
}

/// The text without its spaces, and for each byte of it where it stood.
fn without_spaces(text: &str) -> (String, Vec<usize>) {
    let mut without = String::with_capacity(text.len());
    let mut from = Vec::with_capacity(text.len());
    for (at, letter) in text.char_indices().filter(|(_, letter)| *letter != ' ') {
        without.push(letter);
        from.extend(at..at + letter.len_utf8());
    }
    (without, from)
}

/// Whether what stands between two places is the value, and not the end of one word with the beginning of another.
fn stands_as(text: &str, (start, end): (usize, usize), value: &str) -> bool {
    if !stands_alone(text, start, end) {
        return false;
    }
    let found = text.get(start..end).unwrap_or_default();
    let first = value.chars().next();
    if !first.is_some_and(is_unspaced) {
        return true;
    }
    let begins_word = text.get(..start).is_none_or(|before| before.is_empty() || before.ends_with(' '));
    // Hangul has words. Two syllables of two words are no name, and a name in parts begins with a word.
    let is_hangul = first.is_some_and(|first| matches!(u32::from(first), 0x1100..=0x11ff | 0xac00..=0xd7ff));
    let is_parted = found.contains(' ');
    if is_hangul && value.contains(' ') {
        return begins_word;
    }
    !is_parted || (value.chars().count() >= 3 && (begins_word || !is_hangul))
}

/// Whether what stands between two places is no part of a longer word.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let edge = |own: Option<char>, beside: Option<char>| match (own, beside) {
        (Some(own), Some(beside)) => {
            is_unspaced(own) || is_unspaced(beside) || !(own.is_alphanumeric() && beside.is_alphanumeric())
        }
        _ => true,
    };
    let inside = text.get(start..end).unwrap_or_default();
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let after = text.get(end..).and_then(|after| after.chars().next());
    edge(inside.chars().next(), before) && edge(inside.chars().next_back(), after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(values: &[&str], text: &str) -> Vec<String> {
        let normals: Vec<String> = values.iter().map(|value| normal(value)).collect();
        let mapped = Mapped::of(text);
        let finder = Finder::new(&normals).unwrap();
        let places: Vec<(usize, usize)> =
            finder.all(&mapped.normal).into_iter().map(|(_, start, end)| mapped.back(start, end)).collect();
        places.into_iter().map(|(start, end)| mapped.text[start..end].to_owned()).collect()
    }

    #[test]
    fn a_name_is_found_in_any_case_with_any_punctuation_and_not_within_a_word() {
        assert_eq!(found(&["Kim Ho-jin"], "Met KIM, Ho  Jin."), ["KIM, Ho  Jin"]);
        assert_eq!(found(&["Ri"], "Rice for Ri"), ["Ri"]);
        assert_eq!(found(&["김예시"], "어제 김예시는 왔다"), ["김예시"]);
        assert_eq!(found(&["평양"], "\u{1111}\u{1167}\u{11bc}\u{110b}\u{1163}\u{11bc}"), ["평양"]);
        assert_eq!(found(&["kim", "kim ex"], "Kim Example"), ["Kim"]);
        assert_eq!(found(&["UN-2026/118"], "see ＵＮ 2026-118"), ["ＵＮ 2026-118"]);
    }

    #[test]
    fn a_name_is_found_however_its_parts_are_parted() {
        for text in ["Kim Chol Su", "KIM Chol-su", "Kim Cholsu", "KimCholSu"] {
            assert_eq!(found(&["Kim Chol Su"], &format!("by {text}, today")), [text]);
            assert_eq!(found(&["Kim Cholsu"], &format!("by {text}, today")), [text]);
        }
        assert_eq!(found(&["김철수"], "어제 김 철수가 왔다"), ["김 철수"]);
        assert_eq!(found(&["金哲洙"], "与金哲洙会面"), ["金哲洙"]);
        assert_eq!(found(&["Ri Il"], "Peri ill, Ri Ilsong"), Vec::<String>::new(), "ends of words are no name");
        assert_eq!(found(&["평양"], "비평 양식"), Vec::<String>::new());
        assert_eq!(found(&["12500"], "1 2500 and 12 500"), Vec::<String>::new(), "two figures are no third");
    }

    #[test]
    fn what_is_too_short_stands_in_every_text_by_chance() {
        for (value, telling) in
            [("X", false), ("Ri", false), ("Anna", true), ("김", false), ("평양", true), ("12", false)]
        {
            assert_eq!(is_telling(&normal(value)), telling, "{value}");
        }
    }

    proptest! {
        #[test]
        fn every_place_lies_on_whole_letters(text in ".{0,40}", value in "[a-z가-힣]{1,3}") {
            let mapped = Mapped::of(&text);
            let finder = Finder::new(&[normal(&value)]).unwrap();
            for (_, start, end) in finder.all(&mapped.normal) {
                let (start, end) = mapped.back(start, end);
                prop_assert!(mapped.text.get(start..end).is_some());
            }
        }
    }
}
