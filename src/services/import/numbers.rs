//! Numbers as people write them: thousands separators, decimal commas, units and currencies in the same cell.

use super::plan::DecimalMark;

/// A number with what stands before and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// The digits with separators, as written.
    pub digits: String,
    /// Words or signs around it: `kg`, `USD`; empty for none.
    pub around: String,
    /// Whether it lies below zero.
    pub negative: bool,
}

/// Takes the number out of a text; `None` where there is none, or more than one.
pub(super) fn split(text: &str) -> Option<Number> {
    let folded: String = text.chars().map(plain).collect();
    let text = folded.trim();
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (before, middle, after) = (text.get(..start)?, text.get(start..end)?, text.get(end..)?);
    let mut digits = String::with_capacity(middle.len());
    for c in middle.chars() {
        match c {
            '0'..='9' | '.' | ',' => digits.push(c),
            ' ' | '\'' | '_' => {}
            _ => return None,
        }
    }
    let bracketed = before.trim_start().starts_with('(') && after.trim_end().ends_with(')');
    let negative = bracketed || before.contains(['-', '−']) || after.trim() == "-";
    let keep = |part: &str| part.trim_matches(|c: char| c.is_whitespace() || "()-−+.:".contains(c)).to_owned();
    let around = [keep(before), keep(after)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    Some(Number { digits, around, negative })
}

/// Full-width digits and exotic spaces as the plain ones.
fn plain(c: char) -> char {
    match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        '．' => '.',
        '，' => ',',
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{3000}' => ' ',
        '’' => '\'',
        other => other,
    }
}

/// What one number says about the decimal mark of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// Nothing: there is no separator.
    Nothing,
    /// It can only be read with this mark.
    Only(DecimalMark),
    /// `1.200` and `1,200`: it can be read with either.
    Either,
    /// It cannot be a number with any.
    Neither,
}

pub(super) fn says(digits: &str) -> Says {
    let point = grouped(digits, DecimalMark::Point);
    let comma = grouped(digits, DecimalMark::Comma);
    match (point, comma) {
        _ if !digits.contains(['.', ',']) => Says::Nothing,
        (true, true) => Says::Either,
        (true, false) => Says::Only(DecimalMark::Point),
        (false, true) => Says::Only(DecimalMark::Comma),
        (false, false) => Says::Neither,
    }
}

/// Whether the digits are a number with this decimal mark: groups of three before it, none after.
fn grouped(digits: &str, mark: DecimalMark) -> bool {
    let (decimal, group) = marks(mark);
    let (whole, decimals) = digits.split_once(decimal).unwrap_or((digits, "0"));
    if whole.is_empty() || decimals.is_empty() || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let mut groups = whole.split(group);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if rest.is_empty() {
        return all_digits(first);
    }
    // A group of thousands is never led by zeros: 0,500 is half of one.
    all_digits(first)
        && first.len() <= 3
        && !first.starts_with('0')
        && rest.iter().all(|part| part.len() == 3 && all_digits(part))
}

const fn marks(mark: DecimalMark) -> (char, char) {
    match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    }
}

/// The number in plain digits with a point, read with a decimal mark; `None` where it cannot be.
pub(super) fn normal(digits: &str, mark: DecimalMark) -> Option<String> {
    let (decimal, group) = marks(mark);
    grouped(digits, mark).then(|| digits.replace(group, "").replace(decimal, "."))
}

/// What the values of a column say about its decimal mark.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks {
    point: bool,
    comma: bool,
    /// Whether a value such as `1,200` was seen.
    either_comma: bool,
    /// A value that can be two numbers.
    pub example: Option<String>,
}

impl Marks {
    /// Takes a value into account.
    pub fn see(&mut self, digits: &str) {
        match says(digits) {
            Says::Only(DecimalMark::Point) => self.point = true,
            Says::Only(DecimalMark::Comma) => {
                self.comma = true;
                // A comma alone may be a slip; beside points between thousands it is sure.
                if self.example.is_none() && !digits.contains('.') {
                    self.example = Some(digits.to_owned());
                }
            }
            Says::Either => {
                self.either_comma |= digits.contains(',');
                if self.example.is_none() {
                    self.example = Some(digits.to_owned());
                }
            }
            Says::Nothing | Says::Neither => {}
        }
    }

    /// Whether commas stand now before two figures and now before three, so that nobody can tell what they are.
    pub const fn doubts_comma(&self) -> bool {
        self.comma && self.either_comma
    }

    /// The mark that some values need and none contradicts.
    pub const fn settled(&self) -> Option<DecimalMark> {
        match (self.point, self.comma) {
            (true, false) => Some(DecimalMark::Point),
            (false, true) if !self.either_comma => Some(DecimalMark::Comma),
            _ => None,
        }
    }
}

/// A number that a spreadsheet keeps in binary, in decimal digits: what fifteen digits say, without the noise after them.
pub(super) fn from_binary(number: f64) -> Option<String> {
    if !number.is_finite() || number.abs() >= 1e15 {
        return None;
    }
    let exact = format!("{number}");
    let decimals = exact.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let rounded = if decimals > 9 {
        let whole = exact.split('.').next().map_or(1, |whole| whole.trim_start_matches('-').len());
        let places = 15_usize.saturating_sub(whole);
        let text = format!("{number:.places$}");
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    } else {
        exact
    };
    Some(if rounded == "-0" { "0".to_owned() } else { rounded })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_taken_out_of_its_words() {
        for (text, digits, around, negative) in [
            ("1,200", "1,200", "", false),
            ("1 200 kg", "1200", "kg", false),
            ("USD 1,250.00", "1,250.00", "USD", false),
            ("€12.50", "12.50", "€", false),
            ("(120)", "120", "", true),
            ("(USD 300.00)", "300.00", "USD", true),
            ("-3", "3", "", true),
            ("1’200", "1200", "", false),
            ("１２０개", "120", "개", false),
        ] {
            let number = Number { digits: digits.to_owned(), around: around.to_owned(), negative };
            assert_eq!(split(text), Some(number), "{text}");
        }
        assert_eq!(split("ten"), None);
        assert_eq!(split("10 x 20"), None);
    }

    #[test]
    fn what_can_be_two_numbers_is_said_to_be() {
        for (digits, what) in [
            ("1200", Says::Nothing),
            ("1,200", Says::Either),
            ("1.200", Says::Either),
            ("0.500", Says::Only(DecimalMark::Point)),
            ("0,5", Says::Only(DecimalMark::Comma)),
            ("1,200,000", Says::Only(DecimalMark::Point)),
            ("1.200,50", Says::Only(DecimalMark::Comma)),
            ("1,2,3", Says::Neither),
            ("1.2.3", Says::Neither),
        ] {
            assert_eq!(says(digits), what, "{digits}");
        }
        assert_eq!(normal("1.200,5", DecimalMark::Comma).as_deref(), Some("1200.5"));
        assert_eq!(normal("1.200", DecimalMark::Point).as_deref(), Some("1.200"));
    }

    #[test]
    fn binary_noise_is_left_out() {
        for (number, text) in [
            (0.1 + 0.2, "0.3"),
            (1200.0, "1200"),
            (12.5, "12.5"),
            (1.23456, "1.23456"),
            (-3.0, "-3"),
            (1e-7, "0.0000001"),
        ] {
            assert_eq!(from_binary(number).as_deref(), Some(text));
        }
        assert_eq!(from_binary(f64::NAN), None);
    }
}
