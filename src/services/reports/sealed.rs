//! Sealed documents against the record: which of them would read differently now, figure by figure, and the report drafted
//! to say so.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::{make, of_image};
use crate::domain::document::Document;
use crate::domain::document::difference::{Difference, differences};
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, Report, Seal, SealedKind};
use crate::services::documents::{self, FileFormat};
use crate::services::perform::Scribe;
use crate::services::seal::{self, Snapshot};
use crate::services::session::refusal_text;
use crate::services::{Done, Failure, SealFile, SealParameters, Sealing, Watch, Workspace, WriteError, facts};
use crate::store::{Db, StoreError, record};

/// The name under which a seal keeps the record that a report was made from.
const REPORT: &str = "report";

/// A sealed document and how it stands to the record.
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
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
}

/// The sealed document made again with what the record holds now; `None` where nothing is known that makes it.
fn again(db: &Db, seal: &Seal, snapshot: &Snapshot) -> Result<Option<Document>, Failure> {
    match (seal.what, snapshot.parameters.made_with.get(REPORT)) {
        (Some(SealedKind::DonorReport), Some(Value::Object(image))) => Ok(Some(make(db, &of_image(image)?)?.document)),
        _ => Ok(None),
    }
}

/// What a sealed document would read now; `None` where nothing is known that makes it.
fn compared(db: &Db, seal: &Seal) -> Result<Option<Vec<Difference>>, Failure> {
    let snapshot = seal::snapshot(db, seal)?;
    Ok(again(db, seal, &snapshot)?.map(|now| differences(&snapshot.document, &now)))
}

impl Workspace {
    /// Every sealed document that can be made again, the newest first, and how it stands to the record. It makes each of them
    /// again, so it takes a while.
    pub fn sealed_standings(&self, watch: &Watch) -> Result<Vec<Sealed>, Failure> {
        let db = self.store().db();
        let mut seals = Vec::new();
        for id in record::all_ids(db, RecordKind::Seal)? {
            let Some(stored) = record::get(db, id)? else { continue };
            let seal: Seal = facts::typed_of(&stored)?;
            if seal.what == Some(SealedKind::DonorReport) {
                seals.push((id, stored.head.reference, seal));
            }
        }
        seals.sort_by_key(|(id, _, seal)| std::cmp::Reverse((seal.on, *id)));
        watch.begin(u64::try_from(seals.len()).unwrap_or_default());
        let mut found: Vec<Sealed> = Vec::new();
        for (id, reference, seal) in seals {
            watch.step(u64::try_from(found.len()).unwrap_or_default())?;
            let is_replaced = found.iter().any(|newer| (newer.of, &newer.audience) == (seal.of, &seal.audience));
            let title = seal::snapshot(db, &seal).map_or_else(|_| reference.clone(), |kept| kept.document.title);
            let standing = match compared(db, &seal) {
                Ok(None) => continue,
                Ok(Some(differences)) if differences.is_empty() => Standing::Same,
                Ok(Some(differences)) => Standing::Differs(differences),
                Err(why) => Standing::Lost(why.to_string()),
            };
            let Seal { what, of, on, as_of, audience, .. } = seal;
            found.push(Sealed { seal: id, reference, what, title, of, on, as_of, audience, is_replaced, standing });
        }
        Ok(found)
    }

    /// A donor report made and turned into files, ready for `Write::Seal`. The files are those of the audience, the snapshot
    /// is whole.
    pub fn seal_report(
        &self,
        id: Id,
        audience: Option<Id>,
        formats: &[FileFormat],
        note: &str,
        watch: &Watch,
    ) -> Result<Sealing, Failure> {
        let db = self.store().db();
        let stored =
            record::get(db, id)?.filter(|stored| stored.head.kind == RecordKind::Report).ok_or(Failure::Gone)?;
        let report: Report = facts::typed_of(&stored)?;
        let position = seal::position(db)?;
        let document = make(db, &report)?.document;
        let mut files = Vec::with_capacity(formats.len());
        watch.begin(u64::try_from(formats.len()).unwrap_or_default());
        for format in formats {
            watch.step(u64::try_from(files.len()).unwrap_or_default())?;
            files.push(SealFile {
                name: documents::file_name(&document, *format),
                media_type: format.media_type().to_owned(),
                bytes: self.copy_bytes(&document, audience, *format, watch)?.0,
            });
        }
        let made_with = Map::from_iter([(REPORT.to_owned(), Value::Object(stored.image))]);
        let as_of = report.as_of.or(report.until);
        let word = audience.map(|id| record::head(db, id)?.ok_or(Failure::Gone)).transpose()?;
        let parameters = SealParameters {
            as_of,
            audience: word.map(|head| head.reference).unwrap_or_default(),
            note: note.to_owned(),
            made_with,
            position,
            ..SealParameters::default()
        };
        Ok(seal::seal(SealedKind::DonorReport, id, document, files, parameters))
    }
}

impl Scribe<'_> {
    /// Drafts the report that says what a sealed one reads now: a new record to be read, edited and sent.
    pub(in crate::services) fn restate(&mut self, id: Id) -> Result<Done, WriteError> {
        let db = self.db;
        let stored = record::get(db, id)?.filter(|stored| stored.head.kind == RecordKind::Seal).ok_or(Failure::Gone)?;
        let (seal, words): (Seal, String) = (facts::typed_of(&stored)?, stored.head.words());
        let found = compared(db, &seal)?.unwrap_or_default();
        if found.is_empty() {
            let why = "It reads the same as when it was sealed, so there is nothing to restate";
            return Err(refusal_text(&words, why));
        }
        let snapshot = seal::snapshot(db, &seal)?;
        let image = snapshot.parameters.made_with.get(REPORT).and_then(Value::as_object);
        let mut draft = image.cloned().ok_or(Failure::Gone)?;
        keep_links_that_stand(db, &mut draft)?;
        let section = json!({ "title": "Restatement", "text": restatement(&seal, &snapshot.document, &found) });
        let sections = draft.get("sections").and_then(Value::as_array).cloned().unwrap_or_default();
        let old = sections.into_iter().filter(|one| one.get("title").and_then(Value::as_str) != Some("Restatement"));
        draft.insert("sections".to_owned(), std::iter::once(section).chain(old).collect());
        let title = snapshot.document.title.trim_end_matches(RESTATED);
        draft.insert("title".to_owned(), Value::from(format!("{title}{RESTATED}")));
        draft.remove("reference");
        draft.insert("note".to_owned(), Value::from(format!("Restates {}", stored.head.reference)));
        self.create(RecordKind::Report, draft)
    }
}

/// What stands behind the title of a report that restates another.
const RESTATED: &str = ", restated";

/// Empties links to records that are gone, so that the draft can be kept.
fn keep_links_that_stand(db: &Db, draft: &mut Map<String, Value>) -> Result<(), StoreError> {
    for field in ["form", "prepared_by"] {
        let id = draft.get(field).and_then(Value::as_i64).map(Id);
        if let Some(id) = id
            && record::head(db, id)?.is_none()
        {
            draft.remove(field);
        }
    }
    Ok(())
}

/// The drafted words: which report, and every figure as it was and as it is.
fn restatement(seal: &Seal, document: &Document, found: &[Difference]) -> String {
    let on = seal.on.map(|on| format!(" of {on}")).unwrap_or_default();
    let mut paragraphs = vec![format!(
        "This report takes the place of “{}”{on} ({}). The record was corrected since, and these figures changed:",
        document.title, seal.reference
    )];
    paragraphs.extend(found.iter().map(|one| format!("{}.", one.restated())));
    paragraphs.join("\n\n")
}
