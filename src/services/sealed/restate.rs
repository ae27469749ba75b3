//! The report that is drafted to say what a sealed one reads now.

use serde_json::{Map, Value, json};

use super::again::report_differences;
use crate::domain::document::Document;
use crate::domain::document::difference::Difference;
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, Seal, SealedKind};
use crate::services::perform::Scribe;
use crate::services::reports::REPORT;
use crate::services::session::refusal_text;
use crate::services::{Done, Failure, WriteError, facts, seal};
use crate::store::{Db, StoreError, record};

impl Scribe<'_> {
    /// Drafts the report that says what a sealed one reads now: a new record to be read, edited and sent.
    pub(in crate::services) fn restate(&mut self, id: Id) -> Result<Done, WriteError> {
        let db = self.db;
        let stored = record::get(db, id)?.filter(|stored| stored.head.kind == RecordKind::Seal).ok_or(Failure::Gone)?;
        let (seal, words): (Seal, String) = (facts::typed_of(&stored)?, stored.head.words());
        if let Some(why) = not_restated(seal.what) {
            return Err(refusal_text(&words, why));
        }
        let snapshot = seal::snapshot(db, &seal)?;
        let found = report_differences(db, &snapshot)?;
        if found.is_empty() {
            let why = "It reads the same as when it was sealed, so there is nothing to restate";
            return Err(refusal_text(&words, why));
        }
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

/// Why something is not restated; `None` for a donor report.
fn not_restated(what: Option<SealedKind>) -> Option<&'static str> {
    match what {
        Some(SealedKind::DonorReport) => None,
        Some(SealedKind::Submission) => Some(
            "What was sent stays what was sent. Write to the authority where it has to know, and note the letter as an event",
        ),
        _ => Some("Only donor reports are restated. Make this one again, and seal it anew"),
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
