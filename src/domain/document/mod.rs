//! A document before it has a format: headings, texts, tables and charts, so that PDF, DOCX, XLSX and plain text say the same.
//!
//! Reports, packs and exports are built as this, sealed as this, compared as this and redacted as this. It knows no format.

mod cell;
mod chart;
pub mod compare;
pub mod difference;
mod table;

pub use cell::{Cell, CellTone};
pub use chart::{Chart, ChartKind, Series};
pub use table::{Column, Holds, Table};

use serde::{Deserialize, Serialize};

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Document {
    /// What it is called.
    pub title: String,
    /// A second line under the title; empty for none.
    pub subtitle: String,
    /// The language of its own words: `en`, `ko`, `zh`. Empty: English.
    pub language: String,
    /// The block at the head: who, for whom, of which period, as of when.
    pub facts: Vec<Fact>,
    /// What it says, in order.
    pub blocks: Vec<Block>,
    /// What stands at the foot of every page, for example that this is no legal advice.
    pub foot: String,
}

/// A label with its value.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fact {
    /// The label.
    pub label: String,
    /// The value.
    pub value: String,
    /// What the value is, so that a copy for others can leave it out.
    pub holds: Holds,
}

impl Fact {
    /// A fact that nobody has to be kept from.
    #[must_use]
    pub fn plain(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), holds: Holds::Plain }
    }
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading; 1 is a chapter.
    Heading {
        /// How deep, from 1 to 3.
        level: u8,
        /// Its words.
        text: String,
    },
    /// Paragraphs, parted by empty lines.
    Text(String),
    /// Items of a list.
    List(Vec<String>),
    /// A remark in a frame: what is missing, what is estimated, what this is not.
    Notice(String),
    /// Labels with values.
    Facts(Vec<Fact>),
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
    /// A file put in as it is, page by page, or named where its format cannot be shown.
    Original {
        /// The SHA-256 under which the workspace keeps it.
        sha256: String,
        /// Its file name.
        name: String,
        /// Its media type.
        media_type: String,
    },
    /// Lines to sign on, each with what stands under it.
    Signatures(Vec<String>),
    /// What follows begins on a new page.
    NewPage,
}

impl Document {
    /// Every table, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }

    /// The table with this key.
    #[must_use]
    pub fn table(&self, key: &str) -> Option<&Table> {
        self.tables().find(|table| table.key == key)
    }
}
