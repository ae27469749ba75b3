//! Numbers of a workbook in figures.

/// Figures that a spreadsheet program keeps; what comes after them is noise of binary fractions.
const FIGURES: usize = 15;

/// A number as the user sees it in a cell that is wide enough: `12`, `0.3`, `123456789012`.
pub fn figures(value: f64) -> String {
    let short = value.to_string();
    if short.bytes().filter(u8::is_ascii_digit).count() <= FIGURES {
        return short;
    }
    let rounded = format!("{value:.*e}", FIGURES - 1).parse().unwrap_or(value);
    if rounded.abs() >= 1e21 || (rounded != 0.0 && rounded.abs() < 1e-9) {
        format!("{rounded:e}")
    } else {
        rounded.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::figures;

    #[test]
    fn a_number_reads_as_in_its_cell() {
        let cases = [
            (12.0, "12"),
            (-0.5, "-0.5"),
            (0.1 + 0.2, "0.3"),
            (1.1 * 3.0, "3.3"),
            (123_456_789_012.0, "123456789012"),
            (9_007_199_254_740_992.0, "9007199254740990"),
            (1e300, "1e300"),
            (1.5e-12, "0.0000000000015"),
            (1.234_567_8e-12, "1.2345678e-12"),
        ];
        for (value, text) in cases {
            assert_eq!(figures(value), text);
        }
    }
}
