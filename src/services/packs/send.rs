//! A package as it was sent: sealed, and named by the event that says when. One step of undo.

use serde_json::{Map, Value, json};

use super::{Made, PackQuery};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::record::{Event, EventKind, RecordKind};
use crate::services::perform::Scribe;
use crate::services::seal::{SealFile, SealParameters, Sealing, seal};
use crate::services::session::Intent;
use crate::services::{Done, Failure, WriteError, facts};
use crate::store::record::{self, Stored};

/// A package that was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Sending {
    /// What was sent, with its files.
    pub sealing: Sealing,
    /// When it was sent.
    pub on: FuzzyDate,
}

/// The name under which a seal keeps which pack it is.
pub(in crate::services) const PACK: &str = "pack";

impl Made {
    /// What is sealed of it as it was sent on a day.
    #[must_use]
    pub fn sending(&self, query: &PackQuery, on: FuzzyDate) -> Option<Sending> {
        Some(Sending { sealing: self.sealing(query, "")?, on })
    }

    /// What is sealed of it, with what it was made from; `None` where it is of no record. Its parts are kept one after the
    /// other, whole, whatever was left out of the files.
    #[must_use]
    pub fn sealing(&self, query: &PackQuery, note: &str) -> Option<Sealing> {
        let kind = self.pack.kind;
        let parameters = SealParameters {
            as_of: Some(query.as_of),
            as_known: query.as_known,
            audience: self.audience.clone(),
            note: note.to_owned(),
            position: self.position.clone(),
            made_with: Map::from_iter([(PACK.to_owned(), Value::from(kind.word()))]),
        };
        let file = |file: &super::MadeFile| SealFile {
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            bytes: file.bytes.clone(),
        };
        let files = self.files.iter().map(file).collect();
        Some(seal(kind.sealed_as(), self.pack.of?, self.pack.whole()?, files, parameters))
    }
}

impl Scribe<'_> {
    /// Seals a package and names the seal in the event of its sending, which is made where there is none.
    pub(in crate::services) fn send(&mut self, sending: &Sending) -> Result<Done, WriteError> {
        let request = sending.sealing.of;
        let head =
            record::head(self.db, request)?.filter(|head| head.kind == RecordKind::Request).ok_or(Failure::Gone)?;
        let image = self.seal_image(&sending.sealing)?;
        let known = self.sent(request, sending.on)?;
        let what = format!("Seal what was sent of {}", head.words());
        let mut session = self.begin(Intent { kind: "create", what, undoes: None })?;
        let seal = session.create(RecordKind::Seal, image)?;
        if let Some(Stored { head: event, mut image }) = known {
            image.insert("sealed".to_owned(), json!(seal.0));
            session.put(RecordKind::Event, event.id, &image)?;
        } else {
            let drafted = json!({"request": request.0, "kind": "sent", "on": sending.on.to_string(), "sealed": seal.0});
            let Value::Object(draft) = drafted else { return Err(Failure::Gone.into()) };
            let image = session.image(RecordKind::Event, draft)?;
            session.create(RecordKind::Event, image)?;
        }
        let touched = session.finish()?.touched;
        let message = format!("Sealed what was sent of {} on {}", head.words(), sending.on);
        Ok(Done { message, id: Some(seal), touched, ..Done::default() })
    }

    /// The event of this sending, where it is written down already and names no seal.
    fn sent(&self, request: Id, on: FuzzyDate) -> Result<Option<Stored>, WriteError> {
        for stored in record::children(self.db, request, RecordKind::Event)? {
            let event: Event = facts::typed_of(&stored)?;
            if event.kind == Some(EventKind::Sent) && event.sealed.is_none() && event.on == Some(on) {
                return Ok(Some(stored));
            }
        }
        Ok(None)
    }
}
