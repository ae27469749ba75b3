//! What cannot be decided by a program: a word that is a part of a name, or as short as a value that was taken out, and may be
//! another word. It stays, and is told with the place where it stands, for a person to look at.

use std::collections::{BTreeMap, BTreeSet};

use super::Why;
use super::normal::{is_unspaced, normal};
use super::people::is_common_word;

/// More are counted and not told one by one.
const MOST_TOLD: usize = 12;

/// A word that may stand for something that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// What it may stand for.
    pub why: Why,
    /// The word as it stands in the copy.
    pub word: String,
    /// Where it stands: the nearest heading or table over it.
    pub places: BTreeSet<String>,
    /// How often it stands there.
    pub times: usize,
}

impl Doubt {
    fn in_words(&self) -> String {
        let places: Vec<String> = self.places.iter().take(3).map(|place| format!("“{place}”")).collect();
        let more = if self.places.len() > places.len() { " and elsewhere" } else { "" };
        format!(
            "Look at: “{}” may stand for {}. It was not left out; it stands under {}{more}",
            self.word,
            self.why.one(),
            places.join(", ")
        )
    }
}

/// What a person has to look at, a sentence each.
pub fn in_words(doubts: &[Doubt]) -> Vec<String> {
    let mut told: Vec<String> = doubts.iter().take(MOST_TOLD).map(Doubt::in_words).collect();
    if doubts.len() > MOST_TOLD {
        let more = crate::domain::counted::counted(doubts.len() - MOST_TOLD, "more word", "more words");
        told.push(format!("Look at: {more} of this kind, which --json lists"));
    }
    told
}

/// Looks for such words in what is left of a document.
#[derive(Debug, Default)]
pub(super) struct Doubtful {
    /// Parts of names, in their comparable form.
    parts: BTreeSet<String>,
    /// Values too short to be taken out wherever they stand, as they were written.
    short: BTreeMap<String, Why>,
    found: BTreeMap<String, Doubt>,
}

impl Doubtful {
    pub fn new(parts: BTreeSet<String>, short: BTreeMap<String, Why>) -> Self {
        Self { parts, short, found: BTreeMap::new() }
    }

    /// Whether a whole cell, or a part of it between commas, is a part of a name.
    pub fn is_part(&self, text: &str) -> bool {
        let form = normal(text);
        let begins = text.trim().chars().next();
        begins.is_some_and(|first| first.is_uppercase() || is_unspaced(first)) && self.parts.contains(&form)
    }

    /// Looks through a text that stands at a place.
    pub fn look(&mut self, text: &str, place: &str) {
        if self.parts.is_empty() && self.short.is_empty() {
            return;
        }
        let mut begins = true;
        let mut rest = text;
        while let Some(start) = rest.find(char::is_alphanumeric) {
            begins |= rest.get(..start).is_some_and(|before| before.contains(['.', '!', '?', ':', '\n', '“', '"']));
            rest = rest.get(start..).unwrap_or_default();
            let end = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            self.word(word, begins, place);
            (begins, rest) = (false, after);
        }
    }

    fn word(&mut self, word: &str, begins: bool, place: &str) {
        let form = normal(word);
        let is_name = self.parts.contains(&form) && can_be_name(word, &form, begins);
        let why = if is_name { Some(Why::Withheld(crate::domain::record::Withheld::People)) } else { None };
        let Some(why) = why.or_else(|| self.short.get(word).copied()) else { return };
        let doubt = self.found.entry(word.to_owned()).or_insert_with(|| Doubt {
            why,
            word: word.to_owned(),
            places: BTreeSet::new(),
            times: 0,
        });
        doubt.times += 1;
        doubt.places.insert(place.to_owned());
    }

    /// What was found, by the word.
    pub fn found(self) -> Vec<Doubt> {
        self.found.into_values().collect()
    }
}

/// A name begins with a capital; a common word does so too where a sentence begins, or where all is in capitals.
fn can_be_name(word: &str, form: &str, begins: bool) -> bool {
    let Some(first) = word.chars().next() else { return false };
    if is_unspaced(first) {
        return true;
    }
    let is_shouted = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    first.is_uppercase() && !(is_common_word(form) && (begins || is_shouted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked(text: &str) -> Vec<String> {
        let parts = ["an", "kim", "song", "김"].map(str::to_owned).into();
        let short = BTreeMap::from([("X1".to_owned(), Why::Word)]);
        let mut doubtful = Doubtful::new(parts, short);
        doubtful.look(text, "Contacts");
        doubtful.found().into_iter().map(|doubt| format!("{} {}", doubt.word, doubt.times)).collect()
    }

    #[test]
    fn a_family_name_alone_is_told_and_the_article_is_not() {
        assert_eq!(looked("An answer came. Kim said so, and so did An."), ["An 1", "Kim 1"]);
        assert_eq!(looked("an exemption, Rian, kimchi, a song, AN EXEMPTION"), Vec::<String>::new());
        assert_eq!(looked("Song and Song; kit X1, X12; 김 왔다"), ["Song 2", "X1 1", "김 1"]);
    }

    #[test]
    fn a_doubt_says_what_the_word_may_be_and_where_it_stands() {
        let mut doubtful = Doubtful::new(BTreeSet::from(["kim".to_owned()]), BTreeMap::new());
        doubtful.look("by Kim", "Contacts");
        assert_eq!(
            in_words(&doubtful.found()),
            ["Look at: “Kim” may stand for a person. It was not left out; it stands under “Contacts”"]
        );
    }
}
