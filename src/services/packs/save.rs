//! A pack as files: each part in the formats of its shape, and the originals in one archive. Which formats these are is decided
//! here alone; the bytes are made in `services/documents.rs`.

use std::path::{Path, PathBuf};

use super::{Pack, PackQuery, Part, Shape};
use crate::domain::document::Block;
use crate::domain::media;
use crate::services::documents::{self, FileFormat};
use crate::services::{Failure, Watch, Workspace};

/// A file of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeFile {
    /// Its name. Nothing personal: the reference of the record and what it is.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// A pack with its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The pack.
    pub pack: Pack,
    /// Its files, the leading one first.
    pub files: Vec<MadeFile>,
}

impl Shape {
    /// The formats in which it is handed over.
    #[must_use]
    pub const fn formats(self) -> &'static [FileFormat] {
        match self {
            Self::Letter => &[FileFormat::Pdf, FileFormat::Docx],
            Self::Pages => &[FileFormat::Pdf],
            Self::Sheet => &[FileFormat::Pdf, FileFormat::Xlsx],
        }
    }
}

impl Part {
    fn has_originals(&self) -> bool {
        self.document.blocks.iter().any(|block| matches!(block, Block::Original { .. }))
    }
}

impl Workspace {
    /// Makes a pack with its files.
    pub fn make_pack(&self, query: &PackQuery, watch: &Watch) -> Result<Made, Failure> {
        let pack = self.pack(query)?;
        let steps: usize =
            pack.parts.iter().map(|part| part.shape.formats().len() + usize::from(part.has_originals())).sum();
        watch.begin(u64::try_from(steps).unwrap_or_default());
        let mut files = Vec::with_capacity(steps);
        for part in &pack.parts {
            let archive = part.has_originals().then_some(&FileFormat::Zip);
            for format in part.shape.formats().iter().chain(archive) {
                watch.step(u64::try_from(files.len()).unwrap_or_default())?;
                let what =
                    if *format == FileFormat::Zip { format!("{} originals", part.name) } else { part.name.clone() };
                files.push(MadeFile {
                    name: media::safe_name(&format!("{} {what}.{}", pack.stem, format.extension())),
                    media_type: format.media_type().to_owned(),
                    bytes: self.document_bytes(&part.document, *format, watch)?,
                });
            }
        }
        watch.step(u64::try_from(steps).unwrap_or_default())?;
        Ok(Made { pack, files })
    }
}

impl Made {
    /// Writes its files into a folder, each whole or not at all. Returns where they are.
    pub fn save(&self, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
        std::fs::create_dir_all(folder).map_err(|error| {
            Failure::Other(format!("The folder {} cannot be made: {error}. Choose another folder", folder.display()))
        })?;
        let mut paths = Vec::with_capacity(self.files.len());
        for file in &self.files {
            let path = folder.join(&file.name);
            documents::write_file(&path, &file.bytes)?;
            paths.push(path);
        }
        Ok(paths)
    }
}
