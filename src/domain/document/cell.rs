//! One value of a table, still typed: a format decides how it looks, and a spreadsheet can reckon with it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::money::Money;
use crate::domain::quantity::{Quantity, group_digits};
use crate::domain::rate::Rate;

/// A value of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A whole number.
    Count(i64),
    /// A quantity in thousandths, below zero for a difference; its unit stands in a cell or a heading of its own.
    Quantity(i64),
    /// An amount with its currency.
    Money(Money),
    /// A rate between currencies.
    Rate(Rate),
    /// A share in whole per mille: 667 is 66.7 %.
    PerMille(i64),
    /// A day.
    Day(NaiveDate),
    /// A state that should be seen: `good`, `warning`, `bad` or `quiet`, with its words.
    State {
        /// How it is shown beside its words.
        tone: CellTone,
        /// Its words.
        words: String,
    },
}

/// How a state is shown. Never alone: its words stand beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellTone {
    /// As it should be.
    Good,
    /// To be looked at.
    Warning,
    /// Not as it should be.
    Bad,
    /// Of no weight.
    Quiet,
}

impl Cell {
    /// Text; nothing where it is empty.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// What people read: digits in groups, the currency with the amount, days as 2026-03-31.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::State { words: text, .. } => text.clone(),
            Self::Count(count) => signed(*count, |size| group_digits(&size.to_string())),
            Self::Quantity(thousandths) => signed(*thousandths, |size| {
                let size = i64::try_from(size).unwrap_or(i64::MAX);
                Quantity::from_thousandths(size).unwrap_or_default().grouped()
            }),
            Self::Money(money) => money.grouped(),
            Self::Rate(rate) => rate.to_string(),
            Self::PerMille(share) => signed(*share, per_mille),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// A number with its sign before the words of its size.
fn signed(number: i64, words: impl Fn(u64) -> String) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", words(number.unsigned_abs()))
}

/// A share as a percentage with one decimal where it has one.
fn per_mille(share: u64) -> String {
    match share % 10 {
        0 => format!("{} %", share / 10),
        tenth => format!("{}.{tenth} %", share / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_read_as_a_percentage() {
        for (share, words) in [(1000, "100 %"), (667, "66.7 %"), (0, "0 %"), (-5, "-0.5 %")] {
            assert_eq!(Cell::PerMille(share).words(), words);
        }
    }

    #[test]
    fn numbers_are_read_in_groups_with_their_sign() {
        assert_eq!(Cell::Count(1_234_567).words(), format!("{}", group_digits("1234567")));
        assert_eq!(Cell::Count(-12).words(), "-12");
        assert_eq!(Cell::Quantity(-12_500).words(), "-12.5");
    }
}
