//! A row as it stands in the file: its number and its cells, typed as far as the file types them.

use chrono::{NaiveDate, NaiveDateTime};

use super::TextForm;

/// What stands in a cell. A text table holds texts alone; nothing is guessed here.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Raw {
    /// Nothing.
    #[default]
    Empty,
    /// Text, as it stands, with its spaces and leading zeros.
    Text(String),
    /// A number of a workbook.
    Number {
        /// As the file holds it.
        value: f64,
        /// In figures, without the noise of binary fractions: `12`, `0.1`, `123456789012`.
        text: String,
    },
    /// A civil day.
    Day(NaiveDate),
    /// A civil day with a time.
    Moment(NaiveDateTime),
    /// True or false.
    Flag(bool),
    /// An error such as `#N/A`, as the program shows it.
    Fault(String),
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawRow {
    /// Its number as the user sees it in a spreadsheet program: the first is 1, and empty rows count.
    pub number: u64,
    /// Its cells from the first column on. Empty cells at its end are left out, so that rows differ in length.
    pub cells: Vec<Raw>,
    /// Whether the one who made the sheet hid the row.
    pub hidden: bool,
    /// Strings that were used before and are used again.
    pub(super) spare: Vec<String>,
}

/// Cells that are shown as one. The value stands in the first; the others are empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// First and last row, as the user sees them.
    pub rows: (u64, u64),
    /// First and last column, from 1.
    pub columns: (u32, u32),
}

/// What was read, when it is over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Read {
    /// Rows that were handed out.
    pub rows: u64,
    /// Whether the one who asked stopped it before its end.
    pub stopped: bool,
    /// Encoding and delimiter of a text table.
    pub text: Option<TextForm>,
    /// Cells that are shown as one.
    pub merged: Vec<Merged>,
    /// Rows that are hidden and were handed out all the same.
    pub hidden_rows: u64,
    /// What the user should know, in sentences: characters that could not be read, bytes that were left out.
    pub notes: Vec<String>,
}

impl RawRow {
    /// Takes the cells away and keeps their strings for the next row.
    pub(super) fn clear(&mut self) {
        for cell in self.cells.drain(..) {
            if let Raw::Text(mut text) | Raw::Number { mut text, .. } | Raw::Fault(mut text) = cell {
                text.clear();
                self.spare.push(text);
            }
        }
        self.hidden = false;
    }

    /// A string with this text, from those that were used before.
    pub(super) fn string(&mut self, text: &str) -> String {
        let mut string = self.spare.pop().unwrap_or_default();
        string.push_str(text);
        string
    }

    /// Adds a cell of text; nothing is an empty cell.
    pub(super) fn push_text(&mut self, text: &str) {
        let cell = if text.is_empty() { Raw::Empty } else { Raw::Text(self.string(text)) };
        self.cells.push(cell);
    }

    /// Leaves out the empty cells at the end.
    pub(super) fn cut(&mut self) {
        while self.cells.last() == Some(&Raw::Empty) {
            self.cells.pop();
        }
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| *cell == Raw::Empty)
    }
}
