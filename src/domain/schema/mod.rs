//! The field catalogue: what a record kind holds, said once.
//!
//! Forms, the command line, the printed JSON Schema, search text and the links between records are all read from it, so
//! that a new field or a new kind is one small change.

pub mod flat;
pub mod json_schema;
mod macros;
pub mod problem;
pub mod read;
pub mod walk;

pub(crate) use macros::record;
pub use problem::{FieldError, Problem};

use super::record::RecordKind;
use super::word::Word;

/// What one field of a record holds.
#[derive(Debug, Clone, Copy)]
pub enum FieldKind {
    /// One line of text.
    Text,
    /// Text of several lines.
    LongText,
    /// Yes or no.
    Flag,
    /// A civil date known to the day.
    Day,
    /// A date of which the day, the month or only the year is known.
    FuzzyDay,
    /// A quantity above zero, in thousandths of a unit.
    Quantity,
    /// A quantity of zero or above.
    QuantityOrZero,
    /// A whole number of zero or above.
    Count,
    /// An amount with its currency.
    Money,
    /// How much of one currency another is worth.
    Rate,
    /// A quantity, or `unlimited`; empty where the letter does not say.
    Limit,
    /// One word of a vocabulary.
    Choice(&'static [Word]),
    /// Some words of a vocabulary.
    Choices(&'static [Word]),
    /// Another record, of one of these kinds.
    Link(&'static [RecordKind]),
    /// Some other records, of one of these kinds.
    Links(&'static [RecordKind]),
    /// A unit of UN/CEFACT Recommendation 20.
    Unit,
    /// A currency of ISO 4217.
    Currency,
    /// A country of ISO 3166-1.
    Country,
    /// A code of the Harmonized System with 2, 4, 6, 8 or 10 digits.
    HsCode,
    /// Rows of their own, each with these fields.
    List(&'static ListOf),
}

/// The rows of a list field.
#[derive(Debug)]
pub struct ListOf {
    /// What one row is called: `line`, `leg`.
    pub singular: &'static str,
    /// The fields of one row.
    pub fields: &'static [Field],
}

/// One field of a record.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in files and on the command line.
    pub name: &'static str,
    /// Its label on screen.
    pub label: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether a record without it is refused.
    pub required: bool,
    /// Whether this link names the record that this one belongs to.
    pub parent: bool,
    /// A short hint under the field; empty where the label says all.
    pub help: &'static str,
    /// The heading under which it and the fields after it stand; empty to go on under the last one.
    pub section: &'static str,
}

impl Field {
    /// A field of this kind; the `record!` macro adds its name and label.
    #[must_use]
    pub const fn of(kind: FieldKind) -> Self {
        Self { name: "", label: "", kind, required: false, parent: false, help: "", section: "" }
    }

    /// One line of text.
    #[must_use]
    pub const fn text() -> Self {
        Self::of(FieldKind::Text)
    }

    /// Text of several lines.
    #[must_use]
    pub const fn long_text() -> Self {
        Self::of(FieldKind::LongText)
    }

    /// A date known to the day.
    #[must_use]
    pub const fn day() -> Self {
        Self::of(FieldKind::Day)
    }

    /// One word of a vocabulary.
    #[must_use]
    pub const fn choice(words: &'static [Word]) -> Self {
        Self::of(FieldKind::Choice(words))
    }

    /// A link to one other record.
    #[must_use]
    pub const fn link(kinds: &'static [RecordKind]) -> Self {
        Self::of(FieldKind::Link(kinds))
    }

    /// Links to some other records.
    #[must_use]
    pub const fn links(kinds: &'static [RecordKind]) -> Self {
        Self::of(FieldKind::Links(kinds))
    }

    /// Rows of their own.
    #[must_use]
    pub const fn list(of: &'static ListOf) -> Self {
        Self::of(FieldKind::List(of))
    }

    /// The same field, with the name and label that the `record!` macro gives.
    #[must_use]
    pub const fn named(mut self, name: &'static str, label: &'static str) -> Self {
        self.name = name;
        self.label = label;
        self
    }

    /// The same field, required.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same link, as the one that names the record this one belongs to.
    #[must_use]
    pub const fn parent(mut self) -> Self {
        self.parent = true;
        self.required = true;
        self
    }

    /// The same field, with a hint.
    #[must_use]
    pub const fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    /// The same field, opening a section of the form.
    #[must_use]
    pub const fn section(mut self, section: &'static str) -> Self {
        self.section = section;
        self
    }
}
