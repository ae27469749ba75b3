//! Money: whole minor units with their currency; no rate and no float.

use super::as_text::as_text;
use super::codes;
use super::quantity::group_digits;

/// Why a text is not an amount of money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The currency is missing, or there are more than two words.
    #[error("“{0}” is not an amount. Write the currency and the amount, for example USD 1,250.00")]
    NotAnAmount(String),
    /// The currency does not exist.
    #[error("The currency “{0}” does not exist. Write a code of ISO 4217, for example USD, EUR or KRW")]
    NoSuchCurrency(String),
    /// It lies below zero.
    #[error("{0} is below zero. Write an amount of zero or above")]
    Negative(String),
    /// It has more decimals than the currency has.
    #[error("{currency} has {decimals} decimals, “{found}” has more")]
    TooManyDecimals {
        /// The currency's code.
        currency: String,
        /// How many decimals that currency has.
        decimals: usize,
        /// What was written.
        found: String,
    },
    /// It does not fit the record.
    #[error("{0} is too large. Write at most twelve digits")]
    TooLarge(String),
}

/// An amount in the minor unit of its currency (cents, for KRW whole won); zero or above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    minor: i64,
    currency: String,
}

impl Money {
    /// Reads `USD 1,250.00` or `1250 KRW`.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (currency, amount) = match words.as_slice() {
            [a, b] if a.chars().all(char::is_alphabetic) => (*a, *b),
            [a, b] if b.chars().all(char::is_alphabetic) => (*b, *a),
            _ => return Err(MoneyError::NotAnAmount(text.trim().to_owned())),
        };
        let currency = currency.to_ascii_uppercase();
        if !codes::currency_exists(&currency) {
            return Err(MoneyError::NoSuchCurrency(currency));
        }
        if amount.starts_with('-') {
            return Err(MoneyError::Negative(text.trim().to_owned()));
        }
        let minor = minor_units(amount, &currency)?;
        Ok(Self { minor, currency })
    }

    /// An amount of whole minor units; below zero counts as nothing.
    #[must_use]
    pub fn of(minor: i64, currency: &str) -> Self {
        Self { minor: minor.max(0), currency: currency.to_owned() }
    }

    /// Whole minor units.
    #[must_use]
    pub const fn minor(&self) -> i64 {
        self.minor
    }

    /// The currency's code in ISO 4217.
    #[must_use]
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// A part of the amount, to the nearest minor unit below.
    #[must_use]
    pub fn part(&self, part: i64, whole: i64) -> Self {
        let minor = i128::from(self.minor) * i128::from(part) / i128::from(whole.max(1));
        Self::of(i64::try_from(minor).unwrap_or(self.minor), &self.currency)
    }

    /// The amount with thousands separators, for the screen.
    #[must_use]
    pub fn grouped(&self) -> String {
        let plain = self.to_string();
        let amount = plain.split_once(' ').map_or("", |(_, amount)| amount);
        let (whole, cents) = amount.split_once('.').unwrap_or((amount, ""));
        let point = if cents.is_empty() { "" } else { "." };
        format!("{} {}{point}{cents}", self.currency, group_digits(whole))
    }
}

fn minor_units(amount: &str, currency: &str) -> Result<i64, MoneyError> {
    let plain = amount.replace(',', "");
    let (whole, cents) = plain.split_once('.').unwrap_or((&plain, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(cents) {
        return Err(MoneyError::NotAnAmount(amount.to_owned()));
    }
    let decimals = codes::currency_decimals(currency);
    if cents.trim_end_matches('0').len() > decimals {
        return Err(MoneyError::TooManyDecimals { currency: currency.to_owned(), decimals, found: amount.to_owned() });
    }
    if whole.trim_start_matches('0').len() > 12 {
        return Err(MoneyError::TooLarge(amount.to_owned()));
    }
    let cents = format!("{:0<decimals$}", cents.trim_end_matches('0'));
    format!("{whole}{cents}").parse().map_err(|_error| MoneyError::TooLarge(amount.to_owned()))
}

impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let decimals = codes::currency_decimals(&self.currency);
        let digits = format!("{:0>width$}", self.minor, width = decimals + 1);
        let (whole, cents) = digits.split_at(digits.len() - decimals);
        let point = if decimals == 0 { "" } else { "." };
        write!(f, "{} {whole}{point}{cents}", self.currency)
    }
}

as_text!(Money);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn money_is_read_the_way_people_write_it() {
        for (text, printed, grouped) in [
            ("USD 1,250", "USD 1250.00", "USD 1,250.00"),
            ("41700000.00 usd", "USD 41700000.00", "USD 41,700,000.00"),
            ("KRW 1250", "KRW 1250", "KRW 1,250"),
            ("KWD 1.234", "KWD 1.234", "KWD 1.234"),
            ("EUR 0.05", "EUR 0.05", "EUR 0.05"),
        ] {
            let money = Money::parse(text).unwrap();
            assert_eq!(money.to_string(), printed);
            assert_eq!(money.grouped(), grouped);
        }
    }

    #[test]
    fn bad_money_is_refused_with_the_reason() {
        assert_eq!(Money::parse("USX 5"), Err(MoneyError::NoSuchCurrency("USX".into())));
        assert_eq!(Money::parse("12.50"), Err(MoneyError::NotAnAmount("12.50".into())));
        assert!(matches!(Money::parse("KRW 1.5"), Err(MoneyError::TooManyDecimals { .. })));
        assert!(matches!(Money::parse("USD -4"), Err(MoneyError::Negative(_))));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(minor in 0_i64..99_999_999_999_999) {
            let money = Money { minor, currency: "USD".into() };
            prop_assert_eq!(Money::parse(&money.to_string()), Ok(money.clone()));
            prop_assert_eq!(Money::parse(&money.grouped()), Ok(money));
        }
    }
}
