//! Text made comparable: for filters, sort keys and the test whether two references are the same.

use unicode_normalization::UnicodeNormalization as _;

/// Folds a text: compatibility forms (NFKC), lower case, single spaces. `ＰＲＪ　１` and `prj 1` become the same.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        // Nearly every text: it is its own compatibility form.
        return spaced(&text.to_ascii_lowercase());
    }
    let normal: String = text.nfkc().flat_map(char::to_lowercase).collect();
    spaced(&normal)
}

/// Words with single spaces between.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

/// The width to which a run of digits in a sort key is padded.
const DIGITS: usize = 8;

/// A sort key: folded, with each run of digits padded, so that `SHP-9` comes before `SHP-10`.
#[must_use]
pub fn sort_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len() + 8);
    let mut digits = String::new();
    for c in fold(text).chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            flush(&mut digits, &mut key);
            key.push(c);
        }
    }
    flush(&mut digits, &mut key);
    key
}

fn flush(digits: &mut String, key: &mut String) {
    if !digits.is_empty() {
        key.extend(std::iter::repeat_n('0', DIGITS.saturating_sub(digits.len())));
        key.push_str(digits);
        digits.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_makes_full_width_and_case_alike() {
        assert_eq!(fold("  ＰＲＪ　１ "), "prj 1");
        assert_eq!(fold("평양"), fold("\u{1111}\u{1167}\u{11bc}\u{110b}\u{1163}\u{11bc}"));
    }

    #[test]
    fn references_sort_by_their_numbers() {
        assert!(sort_key("SHP-9") < sort_key("SHP-10"));
    }
}
