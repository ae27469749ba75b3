//! Exchange rates: exact decimals, and money turned by them into another currency.

use super::as_text::as_text;
use super::codes;
use super::money::Money;

/// Why a text is not a rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    /// It is not a number.
    #[error("“{0}” is not a rate. Write digits, for example 1.08")]
    NotANumber(String),
    /// It is zero or below.
    #[error("The rate is {0}. A rate is above zero: how much of the second currency one of the first is worth")]
    NotAboveZero(String),
    /// It does not fit the record.
    #[error("“{0}” has too many digits. Write at most eight before and eight after the point")]
    TooLong(String),
}

/// How many digits a rate keeps after the point.
const DECIMALS: usize = 8;
/// One, in the smallest part that a rate keeps.
const ONE: i64 = 100_000_000;

/// How much of one currency a unit of another is worth, in hundred-millionths; above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate(i64);

impl Rate {
    /// Reads `1.08` or `1,352.5`.
    pub fn parse(text: &str) -> Result<Self, RateError> {
        let found = text.trim();
        let not_a_number = || RateError::NotANumber(found.to_owned());
        let plain = found.replace(',', "");
        let (digits, negative) = plain.strip_prefix('-').map_or((plain.as_str(), false), |rest| (rest, true));
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || digits.ends_with('.') || !all_digits(whole) || !all_digits(decimals) {
            return Err(not_a_number());
        }
        let (whole, decimals) = (whole.trim_start_matches('0'), decimals.trim_end_matches('0'));
        if whole.len() > DECIMALS || decimals.len() > DECIMALS {
            return Err(RateError::TooLong(found.to_owned()));
        }
        let number: i64 = format!("{whole}{decimals:0<DECIMALS$}").parse().map_err(|_error| not_a_number())?;
        if negative || number == 0 { Err(RateError::NotAboveZero(found.to_owned())) } else { Ok(Self(number)) }
    }

    /// Turns money into another currency, rounded half up to its smallest unit; `None` where the sum does not fit.
    #[must_use]
    pub fn turn(self, money: &Money, into: &str) -> Option<Money> {
        let power = |currency: &str| 10_i128.checked_pow(u32::try_from(codes::currency_decimals(currency)).ok()?);
        let (from, to) = (power(money.currency())?, power(into)?);
        let product = i128::from(money.minor()).checked_mul(i128::from(self.0))?.checked_mul(to)?;
        let by = from.checked_mul(i128::from(ONE))?;
        let rounded = (product + by / 2) / by;
        Some(Money::of(i64::try_from(rounded).ok()?, into))
    }
}

impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, part) = (self.0 / ONE, self.0 % ONE);
        if part == 0 {
            return write!(f, "{whole}");
        }
        let decimals = format!("{part:0>DECIMALS$}");
        write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
    }
}

as_text!(Rate);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn money_is_turned_at_the_rate_and_rounded_half_up() {
        for (money, rate, into, turned) in [
            ("EUR 12000", "1.08", "USD", "USD 12960.00"),
            ("USD 1", "1352.5", "KRW", "KRW 1353"),
            ("KRW 1352", "0.00074", "USD", "USD 1.00"),
            ("EUR 0.05", "0.1", "USD", "USD 0.01"),
            ("EUR 0.04", "0.1", "USD", "USD 0.00"),
        ] {
            let found = Rate::parse(rate).unwrap().turn(&Money::parse(money).unwrap(), into);
            assert_eq!(found.unwrap().to_string(), turned, "{money} at {rate}");
        }
    }

    #[test]
    fn a_rate_of_zero_or_below_is_refused() {
        for text in ["0", "0.000", "-1.2"] {
            assert_eq!(Rate::parse(text), Err(RateError::NotAboveZero(text.into())));
        }
        for text in ["", "1.", "one", "1.2.3", ".5"] {
            assert_eq!(Rate::parse(text), Err(RateError::NotANumber(text.into())), "{text}");
        }
        assert!(matches!(Rate::parse("1.123456789"), Err(RateError::TooLong(_))));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(number in 1_i64..9_999_999_999_999_999) {
            prop_assert_eq!(Rate::parse(&Rate(number).to_string()), Ok(Rate(number)));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            Rate::parse(&text).ok();
        }
    }
}
