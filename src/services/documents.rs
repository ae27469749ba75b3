//! The one place where a document becomes a file: its bytes in a format, and the file on the disk.

use std::io::Write as _;
use std::path::Path;

use chrono::NaiveDate;

use super::{Failure, Watch, Workspace};
use crate::domain::document::{Block, Document};
use crate::domain::word::words;
use crate::formats::archive::{self, CannotPack};
use crate::formats::csv_file;
use crate::formats::whole_file;
use crate::formats::xlsx::{self, CannotWrite};
use crate::store::Db;
use crate::store::content::{self, ContentError};

words! {
    /// What a document can be saved as.
    pub enum FileFormat {
        Xlsx = "xlsx", "Workbook (XLSX)";
        Csv = "csv", "Table as text (CSV)";
        Zip = "zip", "Originals (ZIP)";
    }
}

impl FileFormat {
    /// The media type of its files.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
            Self::Zip => "application/zip",
        }
    }

    /// The format that the end of a file name asks for.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        let end = path.extension()?.to_str()?.to_lowercase();
        Self::from_word(&end)
    }
}

/// The name under which a document is offered: its title without what a file name cannot hold.
#[must_use]
pub fn file_name(document: &Document, format: FileFormat) -> String {
    let fits = |letter: char| !letter.is_control() && !"/\\:*?\"<>|".contains(letter);
    let name: String = document.title.chars().filter(|letter| fits(*letter)).take(120).collect();
    let name = name.trim().trim_end_matches('.');
    let name = if name.is_empty() { "Document" } else { name };
    format!("{name}.{}", format.word())
}

impl Workspace {
    /// The bytes of a document in a format.
    pub fn document_bytes(&self, document: &Document, format: FileFormat, watch: &Watch) -> Result<Vec<u8>, Failure> {
        bytes(self.store().db(), document, format, self.today(), watch)
    }

    /// Saves a document as a file, whole or not at all.
    pub fn save_document(
        &self,
        document: &Document,
        format: FileFormat,
        path: &Path,
        watch: &Watch,
    ) -> Result<(), Failure> {
        let bytes = self.document_bytes(document, format, watch)?;
        write_file(path, &bytes)
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
        FileFormat::Xlsx => xlsx::write(document, made, &stop).map_err(|error| match error {
            CannotWrite::Stopped => Failure::Stopped,
            other => Failure::Other(other.to_string()),
        }),
        FileFormat::Csv => table(document),
        FileFormat::Zip => originals(db, document, made, &stop),
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
