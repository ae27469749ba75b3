//! A donor report made ready to be sealed: its files are those of its audience, its snapshot is whole, and the record it was
//! made from is kept with it, so that the same can be made again.

use serde_json::{Map, Value};

use super::make;
use crate::domain::document::Document;
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, Report, SealedKind};
use crate::services::documents::{self, FileFormat};
use crate::services::redact::{self, LeftOut};
use crate::services::seal;
use crate::services::{Failure, SealFile, SealParameters, Sealing, Watch, Workspace, facts};
use crate::store::record;

/// The name under which a seal keeps the record that a report was made from.
pub(in crate::services) const REPORT: &str = "report";

impl Workspace {
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
        let word = audience.map(|id| record::head(db, id)?.ok_or(Failure::Gone)).transpose()?;
        let word = word.map(|head| head.reference).unwrap_or_default();
        let (shown, _) = self.for_whom(&document, audience)?;
        let mut files = Vec::with_capacity(formats.len());
        watch.begin(u64::try_from(formats.len()).unwrap_or_default());
        for format in formats {
            watch.step(u64::try_from(files.len()).unwrap_or_default())?;
            files.push(SealFile {
                // The title of the copy: that of the whole can hold what was left out.
                name: documents::file_name(&shown, *format),
                media_type: format.media_type().to_owned(),
                bytes: self.copy_bytes(&document, audience, *format, watch)?.0,
            });
        }
        let parameters = SealParameters {
            as_of: report.as_of.or(report.until),
            audience: word,
            note: note.to_owned(),
            made_with: Map::from_iter([(REPORT.to_owned(), Value::Object(stored.image))]),
            position,
            ..SealParameters::default()
        };
        Ok(seal::seal(SealedKind::DonorReport, id, document, files, parameters))
    }

    /// What would be taken out of a donor report for an audience, each value once.
    pub fn left_out_of_report(&self, id: Id, audience: Id) -> Result<LeftOut, Failure> {
        let document = self.donor_report(id)?.document;
        Ok(self.for_whom(&document, Some(audience))?.1)
    }

    fn for_whom(&self, document: &Document, audience: Option<Id>) -> Result<(Document, LeftOut), Failure> {
        let Some(audience) = audience else { return Ok((document.clone(), LeftOut::default())) };
        let redacted = redact::for_audience(self, document, audience)?;
        Ok((redacted.document, redacted.left_out))
    }
}
