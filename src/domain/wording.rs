//! Loose wording: phrases that leave open what is asked for. Authorities send them back or bind them with conditions.

use super::text;

/// Phrases that leave open what is meant, in the languages of those who write. BIS names the first as a cause of delay.
const LOOSE: &[&str] = &[
    "including but not limited to",
    "including, but not limited to",
    "but not limited to",
    "and other similar",
    "or similar",
    "and so on",
    "and so forth",
    "among others",
    "among other things",
    "etc.",
    "et cetera",
    "and/or",
    "as needed",
    "as required",
    "as necessary",
    "if necessary",
    "to be determined",
    "to be confirmed",
    "tbd",
    "tbc",
    "various",
    "miscellaneous",
    "approximately",
    "기타",
    "包括但不限于",
    "等等",
];

/// The loose phrases that stand in a text, each once, as they are listed here.
#[must_use]
pub fn loose(text: &str) -> Vec<&'static str> {
    let folded = text::fold(text);
    let stands = |phrase: &str| {
        folded.match_indices(phrase).any(|(at, _)| {
            let before = folded[..at].chars().next_back();
            let after = folded[at + phrase.len()..].chars().next();
            let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let whole = |end: Option<char>, side: Option<char>| !(is_word(end) && is_word(side));
            whole(phrase.chars().next(), before) && whole(phrase.chars().next_back(), after)
        })
    };
    let found: Vec<&'static str> = LOOSE.iter().copied().filter(|phrase| stands(phrase)).collect();
    // The longer phrase says it; the shorter one inside it is not told again.
    found.iter().copied().filter(|one| !found.iter().any(|other| other != one && other.contains(one))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_that_leave_open_what_is_meant_are_found_whatever_their_case_and_spaces() {
        for (text, found) in [
            ("Pumps, Including  but not limited to hand pumps", vec!["including but not limited to"]),
            ("Pipes, valves etc.", vec!["etc."]),
            ("Spare parts as needed and/or tools", vec!["and/or", "as needed"]),
            ("의약품 및 기타 물품", vec!["기타"]),
            ("医疗用品，包括但不限于纱布", vec!["包括但不限于"]),
        ] {
            assert_eq!(loose(text), found, "{text}");
        }
    }

    #[test]
    fn a_phrase_inside_a_word_is_none() {
        for text in ["ketchup", "24 hand pumps", "etcetera", "", "The variousness of it", "tbdx"] {
            assert_eq!(loose(text), Vec::<&str>::new(), "{text}");
        }
    }
}
