//! When and to which standard a file is made. Nothing here reads a clock: the same document and day give the same bytes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a file has to say about its own making.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// The day that is written into the file.
    pub day: NaiveDate,
    /// What a PDF conforms to. Other formats do not ask.
    pub standard: Standard,
}

impl Made {
    /// Made on a day, to the standard for documents of one's own.
    #[must_use]
    pub fn on(day: NaiveDate) -> Self {
        Self { day, standard: Standard::default() }
    }
}

/// What a PDF conforms to.
///
/// All are PDF 1.7 and tagged, so that a reading program can tell headings, lists and cells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standard {
    /// Tagged, without a claim. What holds the originals of others is never more: nobody can vouch for their files.
    Tagged,
    /// PDF/A-2b: looks the same in twenty years.
    A2b,
    /// PDF/UA-1: can be read by everyone, and by ear.
    Ua1,
    /// PDF/A-2a and PDF/UA-1 at once. The default: donors keep reports for years, and their readers are not all alike.
    #[default]
    A2aUa1,
}
