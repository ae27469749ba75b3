//! What can be wrong with a field, as sentences that a user can act on.

use crate::domain::date::DateError;
use crate::domain::money::MoneyError;
use crate::domain::quantity::QuantityError;
use crate::domain::rate::RateError;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It is empty and must not be.
    #[error("This is needed")]
    Missing,
    /// It is not a date.
    #[error(transparent)]
    Date(#[from] DateError),
    /// It is not a quantity.
    #[error(transparent)]
    Quantity(#[from] QuantityError),
    /// It is not an amount of money.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// It is not an exchange rate.
    #[error(transparent)]
    Rate(#[from] RateError),
    /// It is not a whole number.
    #[error("“{0}” is not a whole number. Write digits only, for example 12")]
    NotACount(String),
    /// It is a whole number, but too large.
    #[error("{found} is too large. The largest number that can be written here is {most}")]
    CountTooLarge {
        /// What was written.
        found: String,
        /// The largest that is possible.
        most: u32,
    },
    /// It is not a word of the vocabulary.
    #[error("“{found}” is not known here. Choose one of: {choices}")]
    NotAChoice {
        /// What was written.
        found: String,
        /// What would be accepted.
        choices: String,
    },
    /// The unit does not exist.
    #[error("The unit “{0}” is not known. Write a code of UN/CEFACT Rec 20, for example KGM, H87 or U2")]
    UnknownUnit(String),
    /// The unit cannot be turned into the item's base unit exactly.
    #[error("{found} cannot be turned into {base} exactly. Use {base}, or add the pack to the item")]
    UnitDoesNotConvert {
        /// The unit that was written.
        found: String,
        /// The item's base unit.
        base: String,
    },
    /// The country does not exist.
    #[error("The country “{0}” is not known. Write the two letters of ISO 3166, for example KP, CN or US")]
    UnknownCountry(String),
    /// The currency does not exist.
    #[error("The currency “{0}” does not exist. Write a code of ISO 4217, for example USD, EUR or KRW")]
    UnknownCurrency(String),
    /// It is not an HS code.
    #[error("“{0}” is not an HS code. Write 2, 4, 6, 8 or 10 digits, for example 841350")]
    NotAnHsCode(String),
    /// Chapter 77 is reserved in the Harmonized System and holds no goods.
    #[error("HS chapter 77 is reserved and holds no goods. Check the code “{0}”")]
    ReservedHsChapter(String),
    /// The end lies before the start.
    #[error("The end, {end}, is before the start, {start}. Mend one of the two dates")]
    EndBeforeStart {
        /// The start as found.
        start: String,
        /// The end as found.
        end: String,
    },
    /// Another record would be needed that is not there.
    #[error("There is no {kind} “{found}”. Add it first, or choose another")]
    NoSuchRecord {
        /// The kind that is asked for, in words.
        kind: String,
        /// What was written.
        found: String,
    },
    /// The field holds another kind of value than the one it takes.
    #[error("This must be {expected}, but {found} was given")]
    WrongShape {
        /// What the field takes.
        expected: &'static str,
        /// What was given.
        found: String,
    },
    /// The record has no such field.
    #[error("There is no field “{found}” here. Known fields: {known}")]
    UnknownField {
        /// The name that was written.
        found: String,
        /// The names that exist.
        known: String,
    },
    /// A rule of the domain, in its own words.
    #[error("{0}")]
    Rule(String),
}

/// A problem and the place where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Path in the record: `quantity`, `lines[2].quantity` (rows count from 0).
    pub path: String,
    /// The field's label for people: `Quantity, line 3`.
    pub label: String,
    /// What is wrong.
    pub problem: Problem,
}

impl FieldError {
    /// A problem of a field at the top of the record.
    #[must_use]
    pub fn at(path: &str, label: &str, problem: Problem) -> Self {
        Self { path: path.to_owned(), label: label.to_owned(), problem }
    }
}

impl std::fmt::Display for FieldError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.label, self.problem)
    }
}
