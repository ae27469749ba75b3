//! The files of a record, as its pane lists them.

use super::FileRow;
use crate::domain::id::Id;
use crate::domain::record::{Attachment, AttachmentKind, RecordKind};
use crate::services::{Failure, Workspace, attachments, facts};
use crate::store::record::Stored;
use crate::store::{Db, StoreError, record};

/// The attachments of a record, in the order in which they came.
pub(super) fn files(db: &Db, of: Id) -> Result<Vec<FileRow>, StoreError> {
    record::children(db, of, RecordKind::Attachment)?.iter().map(row).collect()
}

fn row(stored: &Stored) -> Result<FileRow, StoreError> {
    let attachment: Attachment = facts::typed_of(stored)?;
    Ok(FileRow {
        id: stored.head.id,
        version: stored.head.version,
        reference: attachment.reference,
        name: attachment.name,
        kind: attachment.kind.map_or("", AttachmentKind::label).to_owned(),
        size: attachments::size_words(u64::from(attachment.bytes.unwrap_or_default())),
        dated_on: attachment.dated_on.map_or_else(String::new, |on| on.to_string()),
        media_type: attachment.media_type,
        sha256: attachment.sha256,
    })
}

impl Workspace {
    /// One attachment as a list shows it; `None` where it is gone.
    pub fn file_row(&self, id: Id) -> Result<Option<FileRow>, Failure> {
        let stored = record::get(self.store.db(), id)?.filter(|stored| stored.head.kind == RecordKind::Attachment);
        Ok(stored.as_ref().map(row).transpose()?)
    }
}
