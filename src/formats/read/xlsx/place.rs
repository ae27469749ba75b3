//! Places in a sheet as they are written: `B7`, `A1:C3`.

use super::super::Merged;

/// The number in the `r` of a row, from its attributes as they are written.
pub fn row_of(attributes: &str) -> Option<u64> {
    let mut rest = attributes;
    while let Some(at) = rest.find("r=") {
        let (before, after) = rest.split_at(at);
        rest = &after[2..];
        if before.is_empty() || before.ends_with(|sign: char| sign.is_ascii_whitespace()) {
            let quote = rest.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
            let value = rest[1..].split(quote).next()?;
            return value.trim_start_matches(|sign: char| sign.is_ascii_alphabetic()).parse().ok();
        }
    }
    None
}

/// A region such as `A1:C3`. A single cell is none.
pub fn span_of(text: &str) -> Option<Merged> {
    let (first, last) = text.split_once(':')?;
    let ((top, left), (bottom, right)) = (cell_of(first)?, cell_of(last)?);
    (top <= bottom && left <= right).then_some(Merged { rows: (top, bottom), columns: (left, right) })
}

/// Row and column of a cell such as `B7`, each from 1.
fn cell_of(text: &str) -> Option<(u64, u32)> {
    let text = text.trim().trim_start_matches('$');
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let (letters, figures) = text.split_at(letters);
    let column = letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = figures.trim_start_matches('$').parse::<u32>().ok()?;
    (row > 0).then_some((u64::from(row), column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_they_are_written() {
        assert_eq!(span_of("A1:C3"), Some(Merged { rows: (1, 3), columns: (1, 3) }));
        assert_eq!(span_of("$AA$10:$XFD$1048576"), Some(Merged { rows: (10, 1_048_576), columns: (27, 16_384) }));
        for wrong in ["A1", "", ":", "1:2", "A:B", "C3:A1", "A0:B1", "ABCD1:ABCE2", "A1:한2", "A99999999999:B1"] {
            assert_eq!(span_of(wrong), None, "{wrong}");
        }
        assert_eq!(row_of(" spans=\"1:2\" r=\"12\" hidden=\"1\""), Some(12));
        assert_eq!(row_of("r='7'"), Some(7));
        assert_eq!(row_of(" thr=\"9\""), None);
        assert_eq!(row_of(" r="), None);
    }
}
