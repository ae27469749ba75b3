//! Where the bytes of a file come from: the disk, or memory.

use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;

use super::{CannotRead, Seen, sniff};

/// The bytes that are looked at to see what a file is.
const HEAD: u64 = 4096;

/// A file, wherever it is.
#[derive(Debug, Clone)]
pub enum Source {
    /// On the disk.
    File(PathBuf),
    /// In memory.
    Bytes {
        /// What it is called.
        name: String,
        /// What it holds.
        bytes: Arc<[u8]>,
    },
}

/// What reads and goes back.
pub trait ReadSeek: Read + Seek {}
impl<R: Read + Seek> ReadSeek for R {}

impl Source {
    /// Opens it at its beginning.
    pub(super) fn open(&self) -> Result<Box<dyn ReadSeek>, CannotRead> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Bytes { bytes, .. } => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }

    /// How many bytes it has. A folder or a device is refused.
    pub(super) fn length(&self) -> Result<u64, CannotRead> {
        match self {
            Self::Bytes { bytes, .. } => Ok(bytes.len() as u64),
            Self::File(path) => {
                let about = std::fs::metadata(path)?;
                if about.is_file() { Ok(about.len()) } else { Err(CannotRead::NotATable { what: "a folder" }) }
            }
        }
    }

    /// Its name without the folder and the ending.
    pub(super) fn stem(&self) -> String {
        let path = match self {
            Self::File(path) => path.as_path(),
            Self::Bytes { name, .. } => name.as_ref(),
        };
        path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// What its first bytes say that it is.
    pub(super) fn head(&self) -> Result<Seen, CannotRead> {
        let mut head = Vec::new();
        self.open()?.take(HEAD).read_to_end(&mut head)?;
        Ok(sniff(&head))
    }
}
