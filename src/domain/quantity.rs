//! Quantities: whole thousandths of an item's base unit, never floats.

use super::as_text::as_text;

/// Why a text is not a quantity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// It is not a number.
    #[error("“{0}” is not a number. Write digits, for example 1200 or 12.5")]
    NotANumber(String),
    /// It lies below zero.
    #[error("{0} is below zero. Write a number above zero")]
    Negative(String),
    /// It is zero where something must be there.
    #[error("The quantity is 0. Write a number above zero, or remove the line")]
    Zero,
    /// It has more than nine digits before the point.
    #[error("{0} has more than nine digits. Write at most 999,999,999, or use a larger unit")]
    TooLarge(String),
    /// It has more decimals than the record keeps.
    #[error("{0} has more than three decimals. Write at most three, or use a smaller unit")]
    TooManyDecimals(String),
}

/// A quantity in thousandths of the item's base unit; zero or above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Quantity(i64);

impl Quantity {
    /// None at all.
    pub const ZERO: Self = Self(0);

    /// A quantity from whole thousandths; `None` below zero.
    #[must_use]
    pub const fn from_thousandths(thousandths: i64) -> Option<Self> {
        if thousandths < 0 { None } else { Some(Self(thousandths)) }
    }

    /// Whole thousandths of the base unit.
    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// Reads `1200`, `1,200` or `12.5`; zero is allowed here.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        let found = text.trim();
        let plain = without_thousands_separators(found).ok_or_else(|| QuantityError::NotANumber(found.to_owned()))?;
        let (digits, negative) = match plain.strip_prefix('-') {
            Some(rest) => (rest, true),
            None => (plain.as_str(), false),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(decimals) || digits.ends_with('.') {
            return Err(QuantityError::NotANumber(found.to_owned()));
        }
        if negative {
            return Err(QuantityError::Negative(found.to_owned()));
        }
        if decimals.trim_end_matches('0').len() > 3 {
            return Err(QuantityError::TooManyDecimals(found.to_owned()));
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() > 9 {
            return Err(QuantityError::TooLarge(found.to_owned()));
        }
        let fraction = format!("{:0<3}", decimals.trim_end_matches('0'));
        let number = |part: &str| part.parse::<i64>().unwrap_or(0);
        Ok(Self(number(whole) * 1000 + number(&fraction)))
    }

    /// Reads a quantity that must be above zero.
    pub fn parse_positive(text: &str) -> Result<Self, QuantityError> {
        match Self::parse(text)? {
            Self::ZERO => Err(QuantityError::Zero),
            quantity => Ok(quantity),
        }
    }

    /// The sum; stays at the largest number the record holds.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The quantity with thousands separators, for the screen.
    #[must_use]
    pub fn grouped(self) -> String {
        let text = self.to_string();
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let whole = group_digits(whole);
        if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") }
    }
}

/// Puts a comma between each three digits: `1200` becomes `1,200`.
#[must_use]
pub fn group_digits(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Takes the commas out of `1,234,567`; `None` where they do not stand between groups of three.
fn without_thousands_separators(text: &str) -> Option<String> {
    if !text.contains(',') {
        return Some(text.to_owned());
    }
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let groups: Vec<&str> = whole.split(',').collect();
    let well_placed = groups.iter().skip(1).all(|group| group.len() == 3)
        && groups.first().is_some_and(|first| (1..=3).contains(&first.len()));
    well_placed.then(|| text.replace(',', ""))
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, fraction) = (self.0 / 1000, self.0 % 1000);
        if fraction == 0 {
            write!(f, "{whole}")
        } else {
            let decimals = format!("{fraction:03}");
            write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
        }
    }
}

as_text!(Quantity);

/// How much a permission allows in one measure. No limit, a limit of zero and a letter that is silent are three things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// At most this much.
    Limited(Quantity),
    /// The letter says that there is no limit.
    Unlimited,
}

impl Limit {
    /// Reads a quantity, or the word `unlimited`.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        if text.trim().eq_ignore_ascii_case("unlimited") {
            return Ok(Self::Unlimited);
        }
        Quantity::parse(text).map(Self::Limited)
    }
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Limited(quantity) => quantity.fmt(f),
            Self::Unlimited => f.write_str("unlimited"),
        }
    }
}

as_text!(Limit);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bad_quantity_is_refused_with_the_reason() {
        for (text, error) in [
            ("0", QuantityError::Zero),
            ("-3", QuantityError::Negative("-3".into())),
            ("1234567890", QuantityError::TooLarge("1234567890".into())),
            ("1.2345", QuantityError::TooManyDecimals("1.2345".into())),
            ("ten", QuantityError::NotANumber("ten".into())),
            ("1,20", QuantityError::NotANumber("1,20".into())),
            ("1.", QuantityError::NotANumber("1.".into())),
            ("", QuantityError::NotANumber(String::new())),
        ] {
            assert_eq!(Quantity::parse_positive(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_quantity_is_read_the_way_people_write_it() {
        for (text, thousandths, grouped) in [
            ("300", 300_000, "300"),
            ("1,200", 1_200_000, "1,200"),
            ("12.5", 12_500, "12.5"),
            ("0.001", 1, "0.001"),
            ("007", 7_000, "7"),
            ("999999999", 999_999_999_000, "999,999,999"),
        ] {
            let quantity = Quantity::parse(text).unwrap();
            assert_eq!(quantity.thousandths(), thousandths, "{text}");
            assert_eq!(quantity.grouped(), grouped, "{text}");
        }
    }

    #[test]
    fn no_limit_and_a_limit_of_zero_are_different() {
        assert_ne!(Limit::parse("0"), Limit::parse("unlimited"));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(thousandths in 0_i64..999_999_999_999) {
            let quantity = Quantity::from_thousandths(thousandths).unwrap();
            prop_assert_eq!(Quantity::parse(&quantity.to_string()), Ok(quantity));
            prop_assert_eq!(Quantity::parse(&quantity.grouped()), Ok(quantity));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            Quantity::parse(&text).ok();
            Limit::parse(&text).ok();
        }
    }
}
