//! A table of a document or of an export: typed cells under columns that say what they hold.

use serde::{Deserialize, Serialize};

use super::Cell;

/// What a column or a fact holds, so that a copy for others can leave it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// Nothing that has to be kept from anyone.
    #[default]
    Plain,
    /// The name or document of a person.
    Person,
    /// A place below the province.
    Site,
    /// A counterpart in the country.
    Counterpart,
    /// Another organisation.
    Partner,
    /// A price or a value.
    Price,
    /// The number of a letter, a licence or a waybill.
    Number,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Column {
    /// Its heading, with the unit where all cells have one: `Received`, `Amount, USD`.
    pub label: String,
    /// The name by which a program finds it: that of the field, or of the export's own standard.
    pub name: String,
    /// Its HXL tag; empty for none.
    pub hxl: String,
    /// Whether its cells stand to the right, as numbers do.
    pub is_number: bool,
    /// What it holds.
    pub holds: Holds,
}

impl Column {
    /// A column of texts.
    #[must_use]
    pub fn text(label: impl Into<String>, hxl: impl Into<String>) -> Self {
        Self { label: label.into(), hxl: hxl.into(), ..Self::default() }
    }

    /// A column of numbers.
    #[must_use]
    pub fn number(label: impl Into<String>, hxl: impl Into<String>) -> Self {
        Self { is_number: true, ..Self::text(label, hxl) }
    }

    /// The same column, holding something that a copy for others can leave out.
    #[must_use]
    pub fn holding(mut self, holds: Holds) -> Self {
        self.holds = holds;
        self
    }
}

/// A table. Every row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Table {
    /// The name by which it is found again, for example when a sealed report is compared: `delivered`.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What it covers: period, cut-off, what is counted once, what is estimated. Each a sentence.
    pub notes: Vec<String>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// A last row that adds up; empty for none.
    pub totals: Vec<Cell>,
    /// What stands in the place of the rows where there are none.
    pub empty: String,
}
