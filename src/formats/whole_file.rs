//! A file that is there as a whole or not at all: written beside its place, then renamed.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Why a file was not written. Nothing stands under its name, or what stood there before.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The path names no file.
    #[error("Write the name of the file, for example {example}")]
    NoName {
        /// A name as it could be.
        example: &'static str,
    },
    /// The disk or the folder refused.
    #[error("{path} cannot be written: {why}. Choose another folder")]
    Refused {
        /// Where it should go.
        path: String,
        /// What the system says.
        why: std::io::Error,
    },
}

/// Writes a file as a whole. `fill` writes into a file beside it, which is renamed once it is on the disk.
pub fn write(
    path: &Path,
    example: &'static str,
    fill: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> Result<(), NotWritten> {
    let Some(beside) = beside(path) else { return Err(NotWritten::NoName { example }) };
    let written = File::create(&beside).and_then(|file| {
        let mut file = BufWriter::new(file);
        fill(&mut file)?;
        file.flush()?;
        file.get_ref().sync_all()?;
        std::fs::rename(&beside, path)
    });
    written.map_err(|why| {
        // What is left of the attempt helps nobody; where it cannot be taken away either, the reason is told all the same.
        std::fs::remove_file(&beside).ok();
        NotWritten::Refused { path: path.display().to_string(), why }
    })
}

fn beside(path: &Path) -> Option<PathBuf> {
    let mut name = path.file_name()?.to_owned();
    name.push(".part");
    Some(path.with_file_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        write(&path, "list.csv", |file| file.write_all(b"old")).unwrap();
        let full = |_: &mut BufWriter<File>| Err(std::io::Error::from(std::io::ErrorKind::StorageFull));
        let refused = write(&path, "list.csv", full).unwrap_err().to_string();
        assert!(refused.contains("Choose another folder"), "{refused}");
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        let refused = write(Path::new("/"), "list.csv", |_| Ok(())).unwrap_err().to_string();
        assert!(refused.contains("list.csv"), "{refused}");
    }
}
