//! What can be said of a record before the store is asked: its facts, its links, its texts, its image as the journal keeps
//! it. Nothing here reads the store, so that an import can do it beside the writing.

use serde_json::{Map, Value};

use super::session::{refusal, refusal_text};
use super::write::WriteError;
use crate::domain::id::Id;
use crate::domain::record::{Facts, RecordKind, Typed, spec};
use crate::domain::schema::walk::{self, LinkFound};
use crate::domain::{search, text};
use crate::store::journal::Seal;
use crate::store::record::{Head, RecordRow};

/// A record that is right by itself and ready to be put.
pub(super) struct Prepared {
    pub kind: RecordKind,
    pub facts: Facts,
    /// The record as the struct of its kind.
    pub typed: Typed,
    pub links: Vec<LinkFound>,
    pub parent: Option<Id>,
    pub reference: String,
    pub reference_key: String,
    /// The image as the journal keeps it, and its seal.
    pub payload: String,
    pub seal: Seal,
    /// The words by which search finds it.
    pub index_text: String,
    search_text: String,
    title_key: String,
}

impl Prepared {
    /// Reads an image, or says everything that is wrong with it by the rules that it can judge alone.
    pub fn of(kind: RecordKind, image: &Map<String, Value>) -> Result<Self, WriteError> {
        let fields = spec(kind).fields;
        let reference = image.get("reference").and_then(Value::as_str).unwrap_or_default().to_owned();
        let words = || format!("{kind} {reference}");
        let (facts, typed) = spec(kind).read(image).map_err(|error| refusal(&words(), vec![error]))?;
        if !facts.problems.is_empty() {
            return Err(refusal(&words(), facts.problems));
        }
        let payload = serde_json::to_string(image).map_err(|error| refusal_text(&words(), &error.to_string()))?;
        let texts = walk::text(fields, image);
        Ok(Self {
            kind,
            links: walk::links(fields, image),
            parent: walk::parent(fields, image),
            reference_key: text::sort_key(&reference),
            title_key: text::sort_key(&facts.title),
            seal: Seal::of(Some(&payload))?,
            // The reference first: by it is known whether a question asks for the reference.
            index_text: search::index_text(&format!("{reference}\n{}\n{texts}", facts.title)),
            search_text: text::fold(&texts),
            payload,
            facts,
            typed,
            reference,
        })
    }

    /// The record in words, for a refusal.
    pub fn words(&self) -> String {
        format!("{} {}", self.kind, self.reference)
    }

    /// Where it stands once its change is written.
    pub fn head(&self, id: Id, version: i64, change: (i64, i64)) -> Head {
        let (reference, title) = (self.reference.clone(), self.facts.title.clone());
        Head { id, kind: self.kind, version, reference, title, parent: self.parent, change }
    }

    /// The row of the record.
    pub fn row(&self) -> RecordRow<'_> {
        RecordRow {
            reference: &self.reference,
            reference_key: &self.reference_key,
            title: &self.facts.title,
            title_key: &self.title_key,
            dated_on: self.facts.dated_on.map(|on| on.last().to_string()),
            dated_text: self.facts.dated_on.map(|on| on.to_string()).unwrap_or_default(),
            parent: self.parent,
            search_text: &self.search_text,
        }
    }
}
