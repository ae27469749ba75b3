//! A pack as files: each part in the formats of its shape, and the originals in one archive. Which formats these are is decided
//! here alone; the bytes are made in `services/documents.rs`.

use std::path::{Path, PathBuf};

use super::{Pack, PackQuery, Shape};
use crate::domain::document::{Block, Document};
use crate::domain::id::Id;
use crate::domain::media;
use crate::services::documents::{self, FileFormat};
use crate::services::redact::{self, LeftOut};
use crate::services::{Failure, Watch, Workspace, seal};
use crate::store::record;

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
    /// What was taken out for the audience, each value once, and what is in doubt.
    pub left_out: LeftOut,
    /// The reference of the audience; empty where nothing was taken out.
    pub audience: String,
    /// How far the journal had come when it was made.
    pub position: String,
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

/// Whom a copy is for: the audience, and its word in the names of the files.
struct For {
    audience: Id,
    word: String,
}

fn has_originals(document: &Document) -> bool {
    document.blocks.iter().any(|block| matches!(block, Block::Original { .. }))
}

impl Workspace {
    /// Makes a pack with its files. What is taken out for an audience is proven to be out of each of them.
    pub fn make_pack(&self, query: &PackQuery, watch: &Watch) -> Result<Made, Failure> {
        let position = seal::position(self.store().db())?;
        let pack = self.pack(query)?;
        let whom = query.audience.map(|audience| self.whom(audience)).transpose()?;
        let steps: usize = pack.parts.iter().map(|part| part.shape.formats().len() + 1).sum();
        watch.begin(u64::try_from(steps).unwrap_or_default());
        let (files, left_out, audience) = (Vec::with_capacity(steps), LeftOut::default(), String::new());
        let mut made = Made { pack, files, left_out, audience, position };
        for at in 0..made.pack.parts.len() {
            self.make_part(&mut made, at, whom.as_ref(), watch)?;
        }
        made.audience = whom.map(|whom| whom.word).unwrap_or_default();
        watch.step(u64::try_from(steps).unwrap_or_default())?;
        Ok(made)
    }

    fn whom(&self, audience: Id) -> Result<For, Failure> {
        let head = record::head(self.store().db(), audience)?.ok_or(Failure::Gone)?;
        Ok(For { audience, word: head.reference })
    }

    fn make_part(&self, made: &mut Made, at: usize, whom: Option<&For>, watch: &Watch) -> Result<(), Failure> {
        let Some(part) = made.pack.parts.get(at) else { return Ok(()) };
        let (document, left_out) = match whom {
            Some(whom) => {
                let redacted = redact::for_audience(self, &part.document, whom.audience)?;
                (redacted.document, redacted.left_out)
            }
            None => (part.document.clone(), LeftOut::default()),
        };
        let suffix = whom.map_or_else(String::new, |whom| format!(" for {}", whom.word));
        let archive = has_originals(&document).then_some(&FileFormat::Zip);
        for format in part.shape.formats().iter().chain(archive) {
            watch.step(u64::try_from(made.files.len()).unwrap_or_default())?;
            let what = if *format == FileFormat::Zip { format!("{} originals", part.name) } else { part.name.clone() };
            let bytes = self.document_bytes(&document, *format, watch)?;
            redact::prove(&bytes, format.media_type(), &left_out.removed)
                .map_err(|found| Failure::Other(found.to_string()))?;
            made.files.push(MadeFile {
                name: media::safe_name(&format!("{} {what}{suffix}.{}", made.pack.stem, format.extension())),
                media_type: format.media_type().to_owned(),
                bytes,
            });
        }
        made.left_out.merge(left_out);
        Ok(())
    }

    /// What would be taken out of a pack for an audience, each value once.
    pub fn left_out_of_pack(&self, query: &PackQuery, audience: Id, watch: &Watch) -> Result<LeftOut, Failure> {
        let (pack, mut left_out) = (self.pack(query)?, LeftOut::default());
        for part in &pack.parts {
            watch.step(0)?;
            left_out.merge(redact::for_audience(self, &part.document, audience)?.left_out);
        }
        Ok(left_out)
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
