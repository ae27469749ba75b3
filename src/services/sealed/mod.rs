//! Sealed documents against the record: each is made again from what its seal keeps, and what would read otherwise is told.
//! The sealed files stay as they left the house.

mod again;
mod restate;
mod standings;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::document::difference::Difference;
use crate::domain::id::Id;
use crate::domain::record::SealedKind;

pub use standings::Standings;

/// A sealed document and how it stands to the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// The seal.
    pub seal: Id,
    /// Its reference.
    pub reference: String,
    /// What was sealed.
    pub what: Option<SealedKind>,
    /// The title of the document.
    pub title: String,
    /// The record it is of.
    pub of: Option<Id>,
    /// The day on which it was sealed.
    pub on: Option<NaiveDate>,
    /// The day whose truth it shows.
    pub as_of: Option<NaiveDate>,
    /// Who got it, where something was left out for them.
    pub audience: String,
    /// Whether a newer seal of the same stands in its place.
    pub is_replaced: bool,
    /// How it stands.
    pub standing: Standing,
}

/// How a sealed document stands to the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Made again it reads the same.
    Same,
    /// Made again it would read otherwise.
    Differs(Vec<Difference>),
    /// It cannot be made again, for this reason.
    Lost(String),
}

impl Sealed {
    /// What it would read now; empty where it reads the same or was replaced.
    #[must_use]
    pub fn would_read(&self) -> &[Difference] {
        match &self.standing {
            Standing::Differs(found) if !self.is_replaced => found,
            _ => &[],
        }
    }

    /// Why it cannot be compared with the record, where it cannot and nothing newer stands in its place.
    #[must_use]
    pub fn lost(&self) -> Option<&str> {
        match &self.standing {
            Standing::Lost(why) if !self.is_replaced => Some(why),
            _ => None,
        }
    }

    /// Whether it went to an authority: what was sent stays what was sent, and no new one takes its place by itself.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        self.what == Some(SealedKind::Submission)
    }

    /// A difference in the words of what it is: what would be read, or what was sent.
    #[must_use]
    pub fn told(&self, difference: &Difference) -> String {
        if self.was_sent() { difference.as_sent() } else { difference.sentence() }
    }

    /// How it stands, in a few words that go on after its title.
    #[must_use]
    pub fn in_short(&self) -> &'static str {
        match &self.standing {
            Standing::Same => "reads the same",
            Standing::Differs(_) if self.was_sent() => "the record says otherwise now",
            Standing::Differs(_) => "would read differently",
            Standing::Lost(_) => "cannot be compared",
        }
    }
}
