//! What differs between two documents of the same making, in sentences: for who looks at a sealed one, for the reader of the
//! newer one, and for what was sent, which stays as it was sent.

use serde::{Deserialize, Serialize};

use super::Cell;

/// The key of differences in facts: labels with values.
pub const FACTS: &str = "facts";
/// The key of differences in texts.
pub const TEXTS: &str = "texts";
/// The key of differences in the originals that are put in.
pub const ORIGINALS: &str = "originals";

/// What differs in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The key of the table, or of what else differs.
    pub table: String,
    /// Its title, or the heading under which it stands; empty at the head of the document.
    pub title: String,
    /// The row, in its own words; `in all` for the totals; empty for a text.
    pub row: String,
    /// What changed there.
    pub change: Change,
}

/// How a place changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A cell reads something else.
    Reads {
        /// The column; empty for a fact.
        column: String,
        /// What it read.
        was: Cell,
        /// What it would read.
        now: Cell,
    },
    /// The row would be gone.
    Gone,
    /// The row would be new.
    New,
}

impl Difference {
    /// In a sentence: `Planned against delivered, TB courses, usable: would now read 940, not 950`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let (place, what) = (self.place(), self.what());
        match &self.change {
            Change::Reads { was, now, .. } => {
                format!("{place}: would now read {}, not {}", or_nothing(now), or_nothing(was))
            }
            Change::Gone => format!("{place}: the {what} would be gone"),
            Change::New => format!("{place}: the {what} would be new"),
        }
    }

    /// The same for the reader of a newer document: `Planned against delivered, TB courses, usable: 940, before 950`.
    #[must_use]
    pub fn restated(&self) -> String {
        let (place, what) = (self.place(), self.what());
        match &self.change {
            Change::Reads { was, now, .. } => format!("{place}: {}, before {}", or_nothing(now), or_nothing(was)),
            Change::Gone => format!("{place}: the {what} is gone"),
            Change::New => format!("{place}: the {what} is new"),
        }
    }

    /// The same of a letter that was sent: `Annex II, line 3, quantity: was sent as 45, the record now says 40`.
    #[must_use]
    pub fn as_sent(&self) -> String {
        let (place, what) = (self.place(), self.what());
        match &self.change {
            Change::Reads { was, now, .. } => {
                format!("{place}: was sent as {}, the record now says {}", or_nothing(was), or_nothing(now))
            }
            Change::Gone => format!("{place}: the {what} was sent, the record no longer has it"),
            Change::New => format!("{place}: the {what} was not sent, the record has it now"),
        }
    }

    /// Where it is: title, row and column, as far as there are any.
    fn place(&self) -> String {
        let column = match &self.change {
            Change::Reads { column, .. } => lower_first(column),
            Change::Gone | Change::New => String::new(),
        };
        let parts = [self.title.as_str(), self.row.as_str(), column.as_str()];
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
    }

    /// What is new or gone.
    fn what(&self) -> &'static str {
        match self.table.as_str() {
            FACTS => "entry",
            TEXTS => "text",
            ORIGINALS => "file",
            _ => "row",
        }
    }
}

fn or_nothing(cell: &Cell) -> String {
    let words = cell.words();
    if words.is_empty() { "nothing".to_owned() } else { words }
}

/// A heading inside a sentence; what begins with two capitals is an abbreviation and stays.
pub(super) fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    let second_is_upper = words.chars().nth(1).is_some_and(char::is_uppercase);
    match letters.next() {
        Some(first) if !second_is_upper => first.to_lowercase().chain(letters).collect(),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(table: &str, title: &str, row: &str, change: Change) -> Difference {
        Difference { table: table.into(), title: title.into(), row: row.into(), change }
    }

    #[test]
    fn what_was_sent_is_told_as_sent_and_never_as_what_would_be_read() {
        let quantity = Change::Reads { column: "Quantity".into(), was: Cell::Count(45), now: Cell::Count(40) };
        let line = one("items", "Annex II", "line 3", quantity);
        assert_eq!(line.sentence(), "Annex II, line 3, quantity: would now read 40, not 45");
        assert_eq!(line.as_sent(), "Annex II, line 3, quantity: was sent as 45, the record now says 40");
        assert_eq!(
            one("items", "Annex II", "line 4", Change::New).as_sent(),
            "Annex II, line 4: the row was not sent, the record has it now"
        );
        assert_eq!(
            one(ORIGINALS, "Originals", "letter.pdf", Change::Gone).as_sent(),
            "Originals, letter.pdf: the file was sent, the record no longer has it"
        );
    }

    #[test]
    fn a_fact_at_the_head_is_told_by_its_label_alone() {
        let change = Change::Reads { column: String::new(), was: Cell::text("A"), now: Cell::Empty };
        assert_eq!(one(FACTS, "", "Donor", change).sentence(), "Donor: would now read nothing, not A");
    }
}
