//! A sealed document made again, from what its seal keeps and what the record holds now.

use serde_json::Value;

use crate::domain::document::Document;
use crate::domain::document::compare::differences;
use crate::domain::document::difference::Difference;
use crate::domain::record::{RecordKind, Seal, SealedKind};
use crate::services::packs::{PACK, PackKind, PackQuery};
use crate::services::reports::{REPORT, make, of_image};
use crate::services::seal::Snapshot;
use crate::services::{Failure, Moment, Workspace};
use crate::store::Db;

/// The table of an audit pack that only grows: what was written after the seal stands in the journal, and is no difference in
/// what was told.
const HISTORY: &str = "history";

/// Why a seal of an older program is only kept.
const NOTHING_KEPT: &str = "It was sealed without what it was made from, so it cannot be compared with the record. Its files \
                            are kept as they are";

/// What a sealed donor report would read now.
pub(super) fn report_differences(db: &Db, snapshot: &Snapshot) -> Result<Vec<Difference>, Failure> {
    let Some(Value::Object(image)) = snapshot.parameters.made_with.get(REPORT) else {
        return Err(Failure::Other(NOTHING_KEPT.to_owned()));
    };
    Ok(differences(&snapshot.document, &make(db, &of_image(image)?)?.document))
}

impl Workspace {
    /// What a sealed document would read now. It makes it again, so it takes a while.
    pub(super) fn sealed_differences(&self, seal: &Seal, snapshot: &Snapshot) -> Result<Vec<Difference>, Failure> {
        if seal.what == Some(SealedKind::DonorReport) {
            return report_differences(self.store().db(), snapshot);
        }
        let now = self.pack_again(seal, snapshot)?;
        let mut found = differences(&snapshot.document, &now);
        found.retain(|one| one.table != HISTORY);
        Ok(found)
    }

    fn pack_again(&self, seal: &Seal, snapshot: &Snapshot) -> Result<Document, Failure> {
        let kept = snapshot.parameters.made_with.get(PACK).and_then(Value::as_str).and_then(PackKind::from_word);
        let moment = self.context.moment();
        // Some print the day on which they were made.
        let made_on = Moment { today: seal.on.unwrap_or(moment.today), ..moment };
        let (Some(kind), Some(as_of)) = (kept, snapshot.parameters.as_of) else {
            return Err(Failure::Other(NOTHING_KEPT.to_owned()));
        };
        let query = PackQuery { kind, of: seal.of, as_of, as_known: snapshot.parameters.as_known, audience: None };
        self.pack_of(&query, made_on)?.whole().ok_or(Failure::Gone)
    }
}

/// Whether a sealed document can read anything in records of a kind. Reports and what they are made by change no document: a
/// report is made again from the record that its seal keeps. Only an audit pack tells what was sealed.
pub(super) fn is_read(what: Option<SealedKind>, kind: RecordKind) -> bool {
    match kind {
        RecordKind::Seal => what == Some(SealedKind::AuditPack),
        RecordKind::Report | RecordKind::ReportForm | RecordKind::Audience | RecordKind::Publication => false,
        _ => true,
    }
}
