//! The one place where a document becomes a file: its bytes in a format, and the file on the disk.

use std::io::Write as _;
use std::path::Path;

use chrono::NaiveDate;

use super::redact::{self, LeftOut, Redacted};
use super::{Failure, Watch, Workspace};
use crate::domain::document::{Block, Document};
use crate::domain::id::Id;
use crate::domain::word::words;
use crate::formats::archive::{self, CannotPack};
use crate::formats::originals::Originals;
use crate::formats::pdf::{self, CannotSet};
use crate::formats::xlsx::{self, CannotWrite};
use crate::formats::{Made, csv_file, docx, text, whole_file};
use crate::store::Db;
use crate::store::content::{self, ContentError};

words! {
    /// What a document can be saved as.
    pub enum FileFormat {
        Pdf = "pdf", "PDF";
        Docx = "docx", "For editing (DOCX)";
        Xlsx = "xlsx", "Workbook (XLSX)";
        Text = "text", "Plain text";
        Csv = "csv", "Table as text (CSV)";
        Zip = "zip", "Originals (ZIP)";
    }
}

impl FileFormat {
    /// The media type of its files.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Text => "text/plain",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
            Self::Zip => "application/zip",
        }
    }

    /// How the names of its files end.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            other => other.word(),
        }
    }

    /// The format that the end of a file name asks for.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        let end = path.extension()?.to_str()?.to_lowercase();
        Self::ALL.iter().copied().find(|format| format.extension() == end)
    }
}

/// The name under which a document is offered: its title without what a file name cannot hold.
#[must_use]
pub fn file_name(document: &Document, format: FileFormat) -> String {
    let fits = |letter: char| !letter.is_control() && !"/\\:*?\"<>|".contains(letter);
    let name: String = document.title.chars().filter(|letter| fits(*letter)).take(120).collect();
    let name = name.trim().trim_end_matches('.');
    let name = if name.is_empty() { "Document" } else { name };
    format!("{name}.{}", format.extension())
}

impl Workspace {
    /// The bytes of a document in a format.
    pub fn document_bytes(&self, document: &Document, format: FileFormat, watch: &Watch) -> Result<Vec<u8>, Failure> {
        bytes(self.store().db(), document, format, self.today(), watch)
    }

    /// The bytes of a document for an audience, and what was taken out for it: each value is proven to be out of the bytes.
    /// Without an audience nothing is taken out.
    pub fn copy_bytes(
        &self,
        document: &Document,
        audience: Option<Id>,
        format: FileFormat,
        watch: &Watch,
    ) -> Result<(Vec<u8>, LeftOut), Failure> {
        let Some(audience) = audience else {
            return Ok((self.document_bytes(document, format, watch)?, LeftOut::default()));
        };
        let Redacted { document, left_out } = redact::for_audience(self, document, audience)?;
        let bytes = self.document_bytes(&document, format, watch)?;
        redact::prove(&bytes, format.media_type(), &left_out.removed)
            .map_err(|found| Failure::Other(found.to_string()))?;
        Ok((bytes, left_out))
    }

    /// Saves a document as a file, whole or not at all; returns what was taken out for the audience.
    pub fn save_document(
        &self,
        document: &Document,
        audience: Option<Id>,
        format: FileFormat,
        path: &Path,
        watch: &Watch,
    ) -> Result<LeftOut, Failure> {
        let (bytes, left_out) = self.copy_bytes(document, audience, format, watch)?;
        write_file(path, &bytes)?;
        Ok(left_out)
    }
}

/// Writes bytes as a file, whole or not at all.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    whole_file::write(path, "report.xlsx", |file| file.write_all(bytes)).map_err(|why| Failure::Other(why.to_string()))
}

/// The bytes of a document in a format. The originals it names come out of the workspace.
pub(super) fn bytes(
    db: &Db,
    document: &Document,
    format: FileFormat,
    made: NaiveDate,
    watch: &Watch,
) -> Result<Vec<u8>, Failure> {
    let stop = || watch.is_stopped();
    match format {
        FileFormat::Pdf => pdf::write(document, &Kept(db), Made::on(made), &stop).map_err(|error| match error {
            CannotSet::Stopped => Failure::Stopped,
            other @ CannotSet::Failed(_) => Failure::Other(other.to_string()),
        }),
        FileFormat::Docx => docx::write(document, Made::on(made)).map_err(|why| Failure::Other(why.to_string())),
        FileFormat::Text => Ok(text::write(document).into_bytes()),
        FileFormat::Xlsx => xlsx::write(document, made, &stop).map_err(|error| match error {
            CannotWrite::Stopped => Failure::Stopped,
            other => Failure::Other(other.to_string()),
        }),
        FileFormat::Csv => table(document),
        FileFormat::Zip => originals(db, document, made, &stop),
    }
}

/// The originals that are kept in the workspace. One that is damaged is as one that is not there: the PDF names it.
struct Kept<'a>(&'a Db);

impl Originals for Kept<'_> {
    fn bytes(&self, sha256: &str) -> Option<Vec<u8>> {
        content::whole(self.0, sha256).ok()
    }
}

/// A text file holds one table.
fn table(document: &Document) -> Result<Vec<u8>, Failure> {
    let mut tables = document.tables();
    match (tables.next(), tables.count()) {
        (Some(table), 0) => Ok(csv_file::write(table, csv_file::Options::default())),
        (Some(_), more) => Err(Failure::Other(format!(
            "“{}” has {} tables, and a text file holds one. Save it as a workbook, or save one table of it",
            document.title,
            more + 1
        ))),
        (None, _) => Err(Failure::Other(format!(
            "“{}” has no table, so there is nothing to write as a text file. Choose another format",
            document.title
        ))),
    }
}

/// The originals that a document names, each once, under their own names.
fn originals(db: &Db, document: &Document, made: NaiveDate, stop: &dyn Fn() -> bool) -> Result<Vec<u8>, Failure> {
    let mut files: Vec<(&str, &str, Vec<u8>)> = Vec::new();
    for block in &document.blocks {
        if let Block::Original { sha256, name, .. } = block
            && files.iter().all(|(known, ..)| known != sha256)
        {
            let whole = content::whole(db, sha256).map_err(|error| match error {
                ContentError::Store(error) => Failure::from(error),
                other => Failure::Other(format!("The original “{name}” cannot be packed. {other}")),
            })?;
            files.push((sha256, name, whole));
        }
    }
    if files.is_empty() {
        return Err(Failure::Other(format!(
            "“{}” names no original that could be packed. Attach the letters first, or choose another format",
            document.title
        )));
    }
    let packed = archive::write(files.iter().map(|(_, name, bytes)| (*name, bytes.as_slice())), made, stop);
    packed.map_err(|error| match error {
        CannotPack::Stopped => Failure::Stopped,
        other => Failure::Other(other.to_string()),
    })
}
