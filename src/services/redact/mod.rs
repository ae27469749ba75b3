//! Copies for others: a profile takes names, places, counterparts, prices and numbers out of a document, lists what was
//! taken out, and the file that is written is proven not to hold any of it.
//!
//! Two ways lead to a value: the mark of the column or fact in which it stands, and the record, whose names are taken out
//! wherever they stand, in a note or a title too. What a column held is looked for in the rest of the document as well.

mod normal;
mod prices;
mod prove;
mod strike;
mod terms;

use crate::domain::document::{Document, Holds};
use crate::domain::id::Id;
use crate::domain::record::{Audience, Withheld};
use crate::services::{Failure, Workspace, facts};
use crate::store::Db;

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
}

impl Removed {
    /// Whether a file can be proven not to hold it.
    #[must_use]
    pub const fn is_provable(&self) -> bool {
        !self.forms.is_empty()
    }
}

/// What was taken out, by what it is, and what of it cannot be proven to be out of the file.
#[must_use]
pub fn in_words(removed: &[Removed]) -> Vec<String> {
    let mut counts: std::collections::BTreeMap<&str, (usize, usize)> = std::collections::BTreeMap::new();
    for one in removed {
        let count = counts.entry(one.why.label()).or_default();
        count.0 += 1;
        count.1 += usize::from(!one.is_provable());
    }
    let words = |(label, (all, unproven)): (&str, (usize, usize))| match unproven {
        0 => format!("Left out: {label}: {all}, none of which stands in the file"),
        _ => format!(
            "Left out: {label}: {all}, of which {unproven} are too short, or equal to other figures, to be looked for"
        ),
    };
    counts.into_iter().map(words).collect()
}

/// Adds what was taken out of another part; each value stands there once.
pub(in crate::services) fn gather(all: &mut Vec<Removed>, more: Vec<Removed>) {
    for one in more {
        match all.iter_mut().find(|known| (known.why, &known.value) == (one.why, &one.value)) {
            Some(known) => known.times += one.times,
            None => all.push(one),
        }
    }
}

/// A document from which things were taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    /// What is left.
    pub document: Document,
    /// What was taken out, each value once.
    pub removed: Vec<Removed>,
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
    let mut beside = terms::Terms::beside(db)?;
    strike::collect(document, audience, &mut beside);
    terms.append(&mut beside.found);
    let mut seen = std::collections::BTreeSet::new();
    terms.retain(|term| seen.insert(term.normal.clone()));
    strike::strike(document, audience, &terms, beside.kept())
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
