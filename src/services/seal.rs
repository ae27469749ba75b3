//! Seals: a document as it left the house, its files by their SHA-256, the parameters it was made with, and how far the
//! journal had come. One step of undo. It knows neither how the document was made nor any file format.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::perform::Scribe;
use super::session::{Intent, refusal_text};
use super::write::{Done, WriteError};
use super::{Failure, Workspace, drafts, facts};
use crate::domain::document::Document;
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, Seal, SealedKind};
use crate::services::links::Named;
use crate::store::content::{self, ContentError};
use crate::store::{Db, StoreError, journal, record};

/// A file of what is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealFile {
    /// Its name: `Interim report 2026.pdf`.
    pub name: String,
    /// Its media type: `application/pdf`.
    pub media_type: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// With what a document was made, so that the same can be made again.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SealParameters {
    /// The day whose truth it shows.
    pub as_of: Option<NaiveDate>,
    /// The day until whose end things were known; `None`: by what was known when it was sealed.
    pub as_known: Option<NaiveDate>,
    /// Who gets it, where something was left out for them.
    pub audience: String,
    /// A word beside it.
    pub note: String,
    /// How far the journal had come when it was made; empty: as far as it is when it is sealed.
    #[serde(skip)]
    pub position: String,
    /// Whatever else the maker of the document needs to make it again.
    pub made_with: Map<String, Value>,
}

/// Something to be sealed.
#[derive(Debug, Clone, PartialEq)]
pub struct Sealing {
    /// What it is.
    pub what: SealedKind,
    /// The record it is of.
    pub of: Id,
    /// The whole document, nothing left out: it is compared with what would be made later.
    pub document: Document,
    /// The files as they leave the house.
    pub files: Vec<SealFile>,
    /// With what it was made.
    pub parameters: SealParameters,
}

/// What is kept of a document by its SHA-256.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The document with its figures.
    pub document: Document,
    /// With what it was made.
    pub parameters: SealParameters,
}

/// What is to be sealed, ready for `Write::Seal`.
#[must_use]
pub const fn seal(
    what: SealedKind,
    of: Id,
    document: Document,
    files: Vec<SealFile>,
    parameters: SealParameters,
) -> Sealing {
    Sealing { what, of, document, files, parameters }
}

impl Scribe<'_> {
    /// Seals a document with its files, as one step.
    pub(super) fn seal(&mut self, sealing: &Sealing) -> Result<Done, WriteError> {
        let head = record::head(self.db, sealing.of)?.ok_or(Failure::Gone)?;
        let image = self.seal_image(sealing)?;
        let label = lower_first(sealing.what.label());
        let what = format!("Seal the {label} of {}", head.words());
        let mut session = self.begin(Intent { kind: "create", what, undoes: None })?;
        let id = session.create(RecordKind::Seal, image)?;
        let touched = session.finish()?.touched;
        let message = format!("Sealed the {label} of {}", head.words());
        Ok(Done { message, id: Some(id), touched, ..Done::default() })
    }

    /// Keeps what is sealed and gives the image of its seal.
    pub(super) fn seal_image(&self, sealing: &Sealing) -> Result<Map<String, Value>, WriteError> {
        let (db, moment) = (self.db, self.moment);
        let head = record::head(db, sealing.of)?.ok_or(Failure::Gone)?;
        if sealing.document.title.trim().is_empty() {
            return Err(refusal_text(
                &head.words(),
                "What is sealed has no title. Give it one, so that it is found again",
            ));
        }
        let snapshot = Snapshot { document: sealing.document.clone(), parameters: sealing.parameters.clone() };
        let snapshot = serde_json::to_vec(&snapshot).map_err(|error| Failure::Other(error.to_string()))?;
        let mut files = Vec::with_capacity(sealing.files.len());
        for file in &sealing.files {
            let kept = keep(db, &file.bytes)?;
            let bytes = u32::try_from(kept.bytes).ok();
            files.push(json!({
                "name": file.name, "sha256": kept.sha256, "bytes": bytes, "media_type": file.media_type,
            }));
        }
        let SealParameters { as_of, as_known, audience, note, position: made_at, .. } = &sealing.parameters;
        let made_at = if made_at.is_empty() { position(db)? } else { made_at.clone() };
        let day = |day: &Option<NaiveDate>| day.map(|day| day.to_string());
        let draft = json!({
            "of": sealing.of.0, "what": sealing.what.word(), "on": moment.today.to_string(), "sealed_by": self.actor(),
            "as_of": day(as_of), "as_known": day(as_known), "audience": audience, "note": note,
            "position": made_at, "snapshot": keep(db, &snapshot)?.sha256, "files": files,
        });
        let Value::Object(mut draft) = draft else { return Err(Failure::Gone.into()) };
        draft.retain(|_, value| !value.is_null() && value.as_str() != Some(""));
        drafts::image(db, &mut Named::default(), moment, RecordKind::Seal, draft)
    }
}

impl Workspace {
    /// What was sealed, as it was.
    pub fn sealed(&self, id: Id) -> Result<Snapshot, Failure> {
        let db = self.store().db();
        snapshot(db, &facts::load::<Seal>(db, id)?.ok_or(Failure::Gone)?)
    }

    /// The bytes of a file that is kept by its SHA-256.
    pub fn kept_file(&self, sha256: &str) -> Result<Vec<u8>, Failure> {
        content::whole(self.store().db(), sha256).map_err(failed)
    }
}

/// How far each chain of the journal has come: origin, number of its newest change, the beginning of that change's hash.
pub(super) fn position(db: &Db) -> Result<String, StoreError> {
    let heads = journal::origins(db)?.into_iter().map(|origin| {
        let hash = origin.head_hash.iter().take(8).fold(String::new(), |hash, byte| format!("{hash}{byte:02x}"));
        format!("{}:{}:{hash}", origin.id, origin.head_seq)
    });
    Ok(heads.collect::<Vec<_>>().join(" "))
}

fn keep(db: &Db, bytes: &[u8]) -> Result<content::Content, Failure> {
    let measured = content::measure(bytes).map_err(|error| failed(error.into()))?;
    content::put(db, &measured, bytes).map_err(failed)?;
    Ok(measured)
}

/// What was sealed, as it was.
pub(super) fn snapshot(db: &Db, seal: &Seal) -> Result<Snapshot, Failure> {
    let bytes = content::whole(db, &seal.snapshot).map_err(failed)?;
    serde_json::from_slice(&bytes).map_err(|error| {
        Failure::Other(format!("The snapshot of {} cannot be read: {error}. Take it from a backup", seal.reference))
    })
}

fn failed(error: ContentError) -> Failure {
    match error {
        ContentError::Store(error) => error.into(),
        other => Failure::Other(other.to_string()),
    }
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
