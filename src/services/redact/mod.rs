//! Copies for others: a profile takes names, places, counterparts, prices and numbers out of a document, lists what was
//! taken out, and the file that is written is proven not to hold any of it.
//!
//! Two ways lead to a value: the mark of the column or fact in which it stands, and the record, whose names are taken out
//! wherever they stand, in a note or a title too. What a column held is looked for in the rest of the document as well.

mod doubts;
mod normal;
mod people;
mod prices;
mod proofs;
mod prove;
mod strike;
mod terms;

use crate::domain::document::{Document, Holds};
use crate::domain::id::Id;
use crate::domain::record::{Audience, Withheld};
use crate::services::{Failure, Workspace, facts};
use crate::store::Db;

pub use doubts::{Doubt, in_words as doubts_in_words};
pub use prove::{Found, NotProven, prove};

/// What stands in the place of a value.
pub const LEFT_OUT: &str = "[left out]";

/// Why a value was taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The profile withholds its kind.
    Withheld(Withheld),
    /// It is one of the profile's own words.
    Word,
    /// It is a file as it came, in which anything can stand.
    Original,
}

impl Why {
    /// What it is, for the list of what was taken out.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Withheld(withheld) => withheld.label(),
            Self::Word => "Other words",
            Self::Original => "Originals",
        }
    }

    /// One of it, for a sentence.
    const fn one(self) -> &'static str {
        match self {
            Self::Withheld(Withheld::People) => "a person",
            Self::Withheld(Withheld::Sites) => "a site",
            Self::Withheld(Withheld::Counterparts) => "a counterpart",
            Self::Withheld(Withheld::Partners) => "an organisation",
            Self::Withheld(Withheld::Prices) => "a price",
            Self::Withheld(Withheld::Numbers) => "a number",
            Self::Word => "a word that was to be left out",
            Self::Original => "an original",
        }
    }

    /// The word for files and programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Withheld(withheld) => withheld.word(),
            Self::Word => "words",
            Self::Original => "originals",
        }
    }
}

/// A value that was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Why.
    pub why: Why,
    /// The value as it stood.
    pub value: String,
    /// How often it stood there.
    pub times: usize,
    /// The forms in which a file is searched for it, folded; empty where it is too short, or where the same figure stands
    /// elsewhere with a meaning that is not withheld, so that its absence cannot be proven.
    forms: Vec<String>,
    /// Whether its very letters, as a word, stand nowhere in what is left: then a file is searched for that word where it
    /// keeps what people read.
    as_word: bool,
}

impl Removed {
    /// Whether a file can be proven not to hold it.
    #[must_use]
    pub const fn is_provable(&self) -> bool {
        self.as_word || !self.forms.is_empty()
    }
}

/// What was taken out of a copy, and what a person has to look at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// What was taken out, each value once.
    pub removed: Vec<Removed>,
    /// Words that stay and may stand for something that is left out.
    pub doubts: Vec<Doubt>,
}

/// How many values that cannot be looked for are told one by one.
const MOST_TOLD: usize = 8;

impl LeftOut {
    /// What was taken out, by what it is; what of it cannot be proven to be out of the file; and what a person has to look at.
    #[must_use]
    pub fn in_words(&self) -> Vec<String> {
        let mut kinds: std::collections::BTreeMap<&str, (usize, Vec<&str>)> = std::collections::BTreeMap::new();
        for one in &self.removed {
            let kind = kinds.entry(one.why.label()).or_default();
            kind.0 += 1;
            kind.1.extend((!one.is_provable()).then_some(one.value.as_str()));
        }
        let words = |(label, (all, unproven)): (&str, (usize, Vec<&str>))| {
            if unproven.is_empty() {
                return format!("Left out: {label}: {all}, none of which stands in the file");
            }
            let told: Vec<String> = unproven.iter().take(MOST_TOLD).map(|value| format!("“{value}”")).collect();
            let more = if unproven.len() > told.len() { " and others" } else { "" };
            format!(
                "Left out: {label}: {all}, of which {} cannot be looked for, too short or equal to other words and figures: {}{more}",
                unproven.len(),
                told.join(", ")
            )
        };
        kinds.into_iter().map(words).chain(doubts::in_words(&self.doubts)).collect()
    }

    /// Takes in what was left out of another part.
    pub fn merge(&mut self, other: Self) {
        for one in other.removed {
            match self.removed.iter_mut().find(|known| (known.why, &known.value) == (one.why, &one.value)) {
                Some(known) => known.times += one.times,
                None => self.removed.push(one),
            }
        }
        for doubt in other.doubts {
            match self.doubts.iter_mut().find(|known| known.word == doubt.word) {
                Some(known) => {
                    known.times += doubt.times;
                    known.places.extend(doubt.places);
                }
                None => self.doubts.push(doubt),
            }
        }
    }
}

/// A document from which things were taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    /// What is left.
    pub document: Document,
    /// What was taken out, and what is in doubt.
    pub left_out: LeftOut,
}

/// A value to be taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    why: Why,
    value: String,
    normal: String,
}

/// Takes out of a document what an audience does not get.
pub fn redact(db: &Db, document: &Document, audience: &Audience) -> Result<Redacted, Failure> {
    let mut terms = terms::of_record(db, audience)?;
    strike::collect(document, audience, &mut terms);
    let mut seen = std::collections::BTreeSet::new();
    terms.found.retain(|term| seen.insert(term.normal.clone()));
    strike::strike(document, audience, &terms)
}

/// The same for an audience of the workspace.
pub fn for_audience(workspace: &Workspace, document: &Document, audience: Id) -> Result<Redacted, Failure> {
    let db = workspace.store().db();
    let audience = facts::load::<Audience>(db, audience)?.ok_or(Failure::Gone)?;
    redact(db, document, &audience)
}

/// Whether a mark is one that an audience does not get.
fn withholds(audience: &Audience, holds: Holds) -> Option<Withheld> {
    let withheld = match holds {
        Holds::Plain => return None,
        Holds::Person => Withheld::People,
        Holds::Site => Withheld::Sites,
        Holds::Counterpart => Withheld::Counterparts,
        Holds::Partner => Withheld::Partners,
        Holds::Price => Withheld::Prices,
        Holds::Number => Withheld::Numbers,
    };
    audience.withheld.contains(&withheld).then_some(withheld)
}
