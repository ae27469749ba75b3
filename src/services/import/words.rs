//! Words that stand for a code or for a sort of row in people's tables, in three languages.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::{codes, text};

/// The words as they stand in their file: a code and how people write it.
type Written = BTreeMap<String, Vec<String>>;

#[derive(Debug, Default, Deserialize)]
struct WordFile {
    units: Written,
    countries: Written,
    currencies: Written,
    flags: Written,
    limits: Written,
    rows: Written,
}

struct Words {
    units: HashMap<String, String>,
    countries: HashMap<String, String>,
    currencies: HashMap<String, String>,
    flags: HashMap<String, bool>,
    unlimited: HashSet<String>,
    totals: HashSet<String>,
    notes: HashSet<String>,
    forms: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // The file is compiled in; a test proves that it can be read.
    let file: WordFile = toml::from_str(include_str!("../../../assets/import/words.toml")).unwrap_or_default();
    let set = |of: &Written, name: &str| -> HashSet<String> {
        of.get(name).into_iter().flatten().map(|word| plain(word)).collect()
    };
    let units = codes::units().flat_map(|(code, name)| [(code, code), (code, name)]);
    let shorts = codes::units().map(|(code, _)| (code, codes::unit_short(code)));
    let countries = codes::countries().flat_map(|(code, name)| [(code, code), (code, name)]);
    let currencies = codes::currencies().flat_map(|(code, name)| [(code, code), (code, name)]);
    let flags = file.flags.iter().flat_map(|(word, all)| all.iter().map(move |one| (simple(one), word == "yes")));
    Words {
        units: table(&file.units, units, shorts),
        countries: table(&file.countries, countries, std::iter::empty()),
        currencies: table(&file.currencies, currencies, std::iter::empty()),
        flags: flags.collect(),
        unlimited: file.limits.values().flatten().map(|word| simple(word)).collect(),
        totals: set(&file.rows, "totals"),
        notes: set(&file.rows, "notes"),
        forms: set(&file.rows, "units"),
    }
});

/// A table from every way to write a code to the code: codes and names first, then people's words, then short forms.
fn table<'a>(
    written: &'a Written,
    official: impl Iterator<Item = (&'a str, &'a str)>,
    shorts: impl Iterator<Item = (&'a str, &'a str)>,
) -> HashMap<String, String> {
    let mut table = HashMap::new();
    let own = written.iter().flat_map(|(code, words)| words.iter().map(move |word| (code.as_str(), word.as_str())));
    for (code, word) in official.chain(own).chain(shorts) {
        table.entry(simple(word)).or_insert_with(|| code.to_owned());
    }
    table
}

/// Folded, without a point at its end.
fn simple(word: &str) -> String {
    text::fold(word).trim_end_matches('.').to_owned()
}

/// A text reduced to its letters and digits, with single spaces between words: what headings are compared by.
pub(super) fn plain(word: &str) -> String {
    let folded = text::fold(word);
    let spaced: String = folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The code of a unit.
pub(super) fn unit(word: &str) -> Option<&'static str> {
    WORDS.units.get(&simple(word)).map(String::as_str)
}

/// The code of a country.
pub(super) fn country(word: &str) -> Option<&'static str> {
    WORDS.countries.get(&simple(word)).map(String::as_str)
}

/// The code of a currency.
pub(super) fn currency(word: &str) -> Option<&'static str> {
    WORDS.currencies.get(&simple(word)).map(String::as_str)
}

/// Yes or no.
pub(super) fn flag(word: &str) -> Option<bool> {
    WORDS.flags.get(&simple(word)).copied()
}

/// Whether a word says that there is no limit.
pub(super) fn is_unlimited(word: &str) -> bool {
    WORDS.unlimited.contains(&simple(word))
}

/// Whether a text opens a row of sums.
pub(super) fn is_total(word: &str) -> bool {
    let word = plain(word);
    WORDS.totals.contains(&word) || SUMS.iter().any(|sum| word.starts_with(sum))
}

/// Words that open a row of sums whatever follows them: `Subtotal medicines`. `Total` alone does not: a total station is
/// an instrument.
const SUMS: [&str; 8] =
    ["subtotal ", "sub total ", "grand total ", "total for ", "total of ", "소계 ", "小计 ", "小計 "];

/// Whether a text opens a remark under a table: `Source: …`.
pub(super) fn is_note(word: &str) -> bool {
    let first = word.split([':', '：']).next().unwrap_or(word);
    WORDS.notes.contains(&plain(first))
}

/// Whether a text says how a column is to be filled: `yyyy-mm-dd`, `number`.
pub(super) fn is_form(word: &str) -> bool {
    WORDS.forms.contains(&plain(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_by_the_words_of_three_languages() {
        for (word, code) in
            [("KGM", "KGM"), ("kg", "KGM"), ("公斤", "KGM"), ("개", "H87"), ("Pcs.", "H87"), ("상자", "XBX")]
        {
            assert_eq!(unit(word), Some(code), "{word}");
        }
        assert_eq!((country("北韩"), country("DPR Korea"), country("Atlantis")), (Some("KP"), Some("KP"), None));
        assert_eq!((currency("€"), currency("usd"), currency("元")), (Some("EUR"), Some("USD"), Some("CNY")));
        assert_eq!((flag("예"), flag("否"), flag("perhaps")), (Some(true), Some(false), None));
        assert!(
            is_unlimited("무제한")
                && is_total("Grand total:")
                && is_total("합계")
                && is_total("Sub-total medicines")
                && is_note("Source: WHO")
        );
        assert!(!is_total("Total station, surveying") && is_form("yyyy-mm-dd"));
    }
}
