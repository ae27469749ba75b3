//! How a text is cut into the words it can be found by, and a typed question into what it looks for.
//!
//! Both sides are cut here and nowhere else, so that they cannot differ. Han, Hangul and kana are written without spaces
//! between words, so a run of them becomes overlapping pairs: `다제내성결핵` holds `결핵` as one of its pairs. It must not
//! know how an index is kept.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

/// What a character is for the cut.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Written without spaces between words.
    Joined,
    /// A letter or digit of any other script.
    Letter,
    /// Everything that parts words.
    Gap,
}

/// Words that must follow one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The words.
    pub words: Vec<String>,
    /// Whether the last one may go on.
    pub goes_on: bool,
    needle: Vec<char>,
}

/// A question: each of its parts must be found, by any of the phrases that stand for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// The parts.
    pub parts: Vec<Vec<Phrase>>,
}

/// The words by which a text is found, with a space between.
#[must_use]
pub fn index_text(text: &str) -> String {
    if text.is_ascii() {
        return plain_index_text(text);
    }
    let folded = folded(text);
    let mut words = cut(&folded, true);
    words.extend(joined_codes(&folded));
    words.join(" ")
}

/// The same of a text in which nothing has to be folded but capitals: nearly all, and many times as fast.
fn plain_index_text(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut words = String::with_capacity(lower.len());
    let mut push = |word: &str| {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    };
    lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).for_each(&mut push);
    for run in lower.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|run| run.contains('.')) {
        if let Some(code) = groups_joined(run).filter(|code| is_code_length(code)) {
            push(&code);
        }
    }
    words
}

impl Question {
    /// Reads what was typed. Nothing in it is an error; where no letter or digit stands in it, it is empty.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        let parts = typed.split_whitespace().map(phrases).filter(|phrases| !phrases.is_empty());
        Self { parts: parts.collect() }
    }

    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Everything that was typed as one phrase, as a reference is typed.
    #[must_use]
    pub fn as_one(&self) -> Option<Phrase> {
        let mut all = self.parts.iter().filter_map(|phrases| phrases.first());
        let mut whole = all.next()?.clone();
        for phrase in all {
            whole.words.extend(phrase.words.iter().cloned());
            whole.needle.push(' ');
            whole.needle.extend(&phrase.needle);
            whole.goes_on = phrase.goes_on;
        }
        Some(whole)
    }

    /// Where in a text its parts stand: ranges of bytes, in order, none touching another.
    #[must_use]
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let stream = stream(text);
        let phrases = self.parts.iter().flatten();
        let mut found: Vec<Range<usize>> = phrases.flat_map(|phrase| places(&stream, &phrase.needle)).collect();
        found.sort_by_key(|range| (range.start, range.end));
        let mut merged: Vec<Range<usize>> = Vec::new();
        for range in found {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        merged
    }

    /// How many of its parts stand in a text.
    #[must_use]
    pub fn parts_in(&self, text: &str) -> usize {
        let stream = stream(text);
        let stands = |phrase: &Phrase| !places(&stream, &phrase.needle).is_empty();
        self.parts.iter().filter(|phrases| phrases.iter().any(stands)).count()
    }
}

/// What stands for one word of a question: itself, and a code with points also without them.
fn phrases(word: &str) -> Vec<Phrase> {
    let folded = folded(word);
    let words = cut(&folded, false);
    if words.is_empty() {
        return Vec::new();
    }
    let last = folded.iter().rev().find(|c| class(**c) != Class::Gap).copied();
    // A run of two or more is found by its pairs wherever it stands; a single character begins the pair it stands in.
    let is_pair = last.is_some_and(|c| class(c) == Class::Joined)
        && words.last().is_some_and(|word| word.chars().nth(1).is_some());
    let needle = needle(&folded);
    // Nearly every record holds a word that begins with any one letter, so a letter alone is a word.
    let is_letter = needle.len() == 1 && last.is_some_and(|c| class(c) == Class::Letter);
    let mut found = vec![Phrase { words, goes_on: !is_pair && !is_letter, needle }];
    if let Some(code) = without_points(&folded) {
        found.push(Phrase { needle: code.chars().collect(), words: vec![code], goes_on: true });
    }
    found
}

/// A text in compatibility form, lower case, Latin, Greek and Cyrillic letters without their accents.
fn folded(text: &str) -> Vec<char> {
    let mut all = Vec::with_capacity(text.len());
    text.nfkc().for_each(|c| fold_into(c, &mut all));
    all
}

fn fold_into(c: char, all: &mut Vec<char>) {
    for lower in c.to_lowercase() {
        if class(lower) == Class::Joined {
            all.push(lower);
            continue;
        }
        let bare = std::iter::once(lower).nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}'));
        all.extend(bare.map(|c| if c == 'ς' { 'σ' } else { c }));
    }
}

fn class(c: char) -> Class {
    match c {
        '\u{1100}'..='\u{11ff}'
        | '々'
        | '〇'
        | '\u{3041}'..='\u{3096}'
        | '\u{309d}'..='\u{309f}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'..='\u{30ff}'
        | '\u{3105}'..='\u{318e}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{a960}'..='\u{a97c}'
        | '\u{ac00}'..='\u{d7fb}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Class::Joined,
        c if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) => Class::Letter,
        _ => Class::Gap,
    }
}

/// The words of a folded text. A run of joined characters becomes its pairs; in an index, and before other words, its last
/// character follows alone, so that every character begins some word and neighbours stay neighbours.
fn cut(folded: &[char], of_index: bool) -> Vec<String> {
    let runs = folded.chunk_by(|a, b| class(*a) == class(*b)).filter(|run| class(run[0]) != Class::Gap);
    let runs: Vec<&[char]> = runs.collect();
    let mut words = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        if class(run[0]) == Class::Letter || run.len() == 1 {
            words.push(run.iter().collect());
            continue;
        }
        words.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
        if of_index || at + 1 < runs.len() {
            words.extend(run.last().map(ToString::to_string));
        }
    }
    words
}

/// The digits that codes with points are joined to: `8413.50` as customs write it is `841350` in a list.
fn joined_codes(folded: &[char]) -> Vec<String> {
    let is_code = |c: &char| c.is_ascii_digit() || *c == '.';
    let runs = folded.chunk_by(|a, b| is_code(a) == is_code(b));
    runs.filter_map(without_points).filter(|code| is_code_length(code)).collect()
}

/// Whether a code has as many digits as customs codes have.
fn is_code_length(code: &str) -> bool {
    (6..=10).contains(&code.len())
}

/// The digits of a code with points between; nothing where it is another text.
fn without_points(run: &[char]) -> Option<String> {
    groups_joined(&run.iter().collect::<String>())
}

fn groups_joined(run: &str) -> Option<String> {
    let text = run.trim_end_matches('.');
    let groups: Vec<&str> = text.split('.').collect();
    let is_code =
        groups.len() > 1 && groups.iter().all(|group| !group.is_empty() && group.chars().all(|c| c.is_ascii_digit()));
    is_code.then(|| groups.concat())
}

/// A folded word with every gap turned to one space and none at its ends.
fn needle(folded: &[char]) -> Vec<char> {
    let mut needle = Vec::with_capacity(folded.len());
    for c in folded {
        match class(*c) {
            Class::Gap if needle.last().is_none_or(|last| *last == ' ') => {}
            Class::Gap => needle.push(' '),
            _ => needle.push(*c),
        }
    }
    if needle.last() == Some(&' ') {
        needle.pop();
    }
    needle
}

/// A folded character and the bytes of the text it comes from.
type Placed = (char, Range<usize>);

fn stream(text: &str) -> Vec<Placed> {
    let mut all: Vec<Placed> = Vec::with_capacity(text.len());
    let mut folded = Vec::new();
    for (start, c) in text.char_indices() {
        folded.clear();
        std::iter::once(c).nfkc().for_each(|c| fold_into(c, &mut folded));
        let range = start..start + c.len_utf8();
        for c in &folded {
            let c = if class(*c) == Class::Gap { ' ' } else { *c };
            if c != ' ' || all.last().is_none_or(|(last, _)| *last != ' ') {
                all.push((c, range.clone()));
            }
        }
    }
    all
}

/// Where a needle stands. A word of letters is found at its beginning, joined characters anywhere.
fn places(stream: &[Placed], needle: &[char]) -> Vec<Range<usize>> {
    let Some(first) = needle.first() else { return Vec::new() };
    let begins = |at: usize| {
        class(*first) == Class::Joined || at == 0 || stream.get(at - 1).is_none_or(|(c, _)| class(*c) != Class::Letter)
    };
    let fits = |window: &[Placed]| window.iter().map(|(c, _)| c).eq(needle);
    let found = stream.windows(needle.len()).enumerate().filter(|(at, window)| fits(window) && begins(*at));
    found.filter_map(|(_, window)| Some(window.first()?.1.start..window.last()?.1.end)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Whether a text is found, by the plain meaning of a question.
    fn finds(typed: &str, text: &str) -> bool {
        let index = index_text(text);
        let words: Vec<&str> = index.split(' ').collect();
        let stands = |phrase: &Phrase| {
            words.windows(phrase.words.len()).any(|window| {
                let last = phrase.words.len() - 1;
                window.iter().zip(&phrase.words).enumerate().all(|(at, (word, wanted))| {
                    if at == last && phrase.goes_on { word.starts_with(wanted.as_str()) } else { word == wanted }
                })
            })
        };
        let question = Question::read(typed);
        !question.is_empty() && question.parts.iter().all(|phrases| phrases.iter().any(stands))
    }

    proptest! {
        #[test]
        fn a_plain_text_is_cut_as_any_other(text in "[ -~\n\t]{0,40}|([0-9]{1,4}[. ]){1,5}") {
            let folded = folded(&text);
            let mut words = cut(&folded, true);
            words.extend(joined_codes(&folded));
            prop_assert_eq!(index_text(&text), words.join(" "));
        }
    }

    #[test]
    fn two_syllables_inside_a_longer_word_find_it() {
        assert!(finds("결핵", "다제내성결핵치료제"));
        assert!(finds("치료", "다제내성결핵치료제"));
        assert!(finds("제", "다제내성결핵치료제"), "one syllable, also the last");
        assert!(finds("结核", "抗结核药品"));
        assert!(finds("TB결핵", "소아 TB결핵약"));
        assert!(finds("결핵TB", "다제결핵TB"));
        assert!(!finds("핵결", "다제내성결핵치료제"));
    }

    #[test]
    fn words_are_found_by_their_beginnings_in_any_order() {
        assert!(finds("pump hand", "Hand pumps, 12 pieces"));
        assert!(!finds("umps", "Hand pumps"));
        assert!(finds("CAFE", "café"));
        assert!(finds("ＰＲＪ", "prj-1"));
        assert!(!finds("", "anything") && !finds(" -/\"* ", "anything"));
    }

    #[test]
    fn codes_are_found_with_and_without_their_points() {
        assert!(finds("8413.50", "841350"));
        assert!(finds("841350", "HS 8413.50 pumps"));
        assert!(finds("8413.5", "841350"));
        assert!(finds("BIS-2019/0034", "Letter BIS-2019/0034 of May"));
        assert!(!finds("BIS-2019/0034", "0034 2019 BIS"));
    }

    #[test]
    fn marks_are_where_the_words_stand() {
        let marked = |typed: &str, text: &str| -> Vec<String> {
            Question::read(typed).marks(text).into_iter().map(|range| text[range].to_owned()).collect()
        };
        assert_eq!(marked("결핵", "다제내성결핵치료제"), ["결핵"]);
        assert_eq!(marked("cafe pum", "Café with pumps"), ["Café", "pum"]);
        assert_eq!(marked("8413.50", "Code 841350"), ["841350"]);
        assert_eq!(marked("bis-2019", "BIS 2019/1"), ["BIS 2019"]);
    }

    proptest! {
        #[test]
        fn any_part_of_two_or_more_characters_is_found(
            text in "[가-힣一-鿿]{2,12}", before in "[a-z ]{0,4}", after in "[a-z. ]{0,4}", from in 0_usize..10, len in 2_usize..8,
        ) {
            let chars: Vec<char> = text.chars().collect();
            let from = from.min(chars.len() - 2);
            let part: String = chars[from..(from + len).min(chars.len())].iter().collect();
            let whole = format!("{before}{text}{after}");
            prop_assert!(finds(&part, &whole), "{part} in {whole}");
            prop_assert!(!Question::read(&part).marks(&whole).is_empty());
        }

        #[test]
        fn no_input_is_an_error(typed in "\\PC{0,20}", text in any::<String>()) {
            let question = Question::read(&typed);
            for range in question.marks(&text) {
                prop_assert!(text.get(range).is_some());
            }
            prop_assert!(question.parts.iter().flatten().flat_map(|phrase| &phrase.words).all(|word| !word.contains('"')));
            prop_assert_eq!(index_text(&text).contains('"'), false);
        }
    }
}
