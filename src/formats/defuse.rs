//! Cells that a spreadsheet would take for a formula, made harmless in text files and restored when they are read again.
//!
//! One rule for every text file: a cell whose first sign after any apostrophes is one of [`RISKY`] gets one more apostrophe
//! in front, and loses one when it is read. So every text comes back as it was, those that began with an apostrophe too.
//! In a workbook nothing of this is needed: there a text is stored as text and marked so (`quotePrefix`), which no program
//! takes for a formula, and it is read back as it stands. Numbers are no texts: a number below zero stays a number.

use std::borrow::Cow;

/// The signs with which a spreadsheet begins a formula or a command, in half and in full width.
pub const RISKY: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a text begins with a sign that a spreadsheet may act on.
#[must_use]
pub fn is_risky(text: &str) -> bool {
    text.starts_with(RISKY)
}

/// Whether a text is risky behind the apostrophes it begins with.
fn is_risky_inside(text: &str) -> bool {
    is_risky(text.trim_start_matches('\''))
}

/// The text as it can stand in a text file.
#[must_use]
pub fn defuse(text: &str) -> Cow<'_, str> {
    if is_risky_inside(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text as it was before it was defused.
#[must_use]
pub fn restore(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_risky_inside(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_would_run_stands_behind_an_apostrophe() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("+850 2 381", "'+850 2 381"),
            ("-", "'-"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("'s Gravenhage", "'s Gravenhage"),
            ("1-2", "1-2"),
            ("", ""),
        ] {
            assert_eq!(defuse(text), written, "{text:?}");
            assert_eq!(restore(written), text, "{written:?}");
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back_and_none_is_left_risky(text in "['=+@\t\r＝-]{0,4}.{0,8}") {
            let written = defuse(&text);
            prop_assert!(!is_risky(&written));
            prop_assert_eq!(restore(&written), &text);
        }
    }
}
