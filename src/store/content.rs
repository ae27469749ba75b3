//! Files inside the workspace, each once under the SHA-256 of its bytes, in parts of one mebibyte.

use std::io::Read;

use sha2::{Digest as _, Sha256};

use super::StoreError;
use super::engine::Db;

/// How many bytes stand in one part.
const PART: usize = 1 << 20;

/// A file that is inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The SHA-256 of its bytes, 64 hexadecimal digits.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Why a file was not taken in or cannot be given out.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// The workspace.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file that was read, or the place it is written to.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// What is read has other bytes than its name says.
    #[error("The file that is kept as {0} is damaged. Take it from a backup, or attach the original again")]
    Damaged(String),
    /// It changed while it was read.
    #[error("The file changed while it was read. Close it in the other program and try again")]
    Changed,
}

/// The SHA-256 of everything a reader gives, and how many bytes that is.
pub fn measure(mut from: impl Read) -> std::io::Result<Content> {
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut part = vec![0; PART];
    loop {
        let read = fill(&mut from, &mut part)?;
        if read == 0 {
            return Ok(Content { sha256: hex(&hash.finalize()), bytes });
        }
        hash.update(&part[..read]);
        bytes += read as u64;
    }
}

/// Takes in what a reader gives, which was measured before. What is there already is not written again.
pub fn put(db: &Db, content: &Content, mut from: impl Read) -> Result<(), ContentError> {
    if bytes(db, &content.sha256)?.is_some() {
        return Ok(());
    }
    let size = i64::try_from(content.bytes).unwrap_or(i64::MAX);
    db.run(include_str!("content/put.sql"), &[(":sha256", content.sha256.as_str().into()), (":bytes", size.into())])?;
    let mut hash = Sha256::new();
    let mut part = vec![0; PART];
    for place in 0_i64.. {
        let read = fill(&mut from, &mut part)?;
        if read == 0 {
            break;
        }
        hash.update(&part[..read]);
        db.run(
            include_str!("content/put_part.sql"),
            &[(":sha256", content.sha256.as_str().into()), (":place", place.into()), (":data", part[..read].into())],
        )?;
    }
    if hex(&hash.finalize()) == content.sha256 { Ok(()) } else { Err(ContentError::Changed) }
}

/// How many bytes a file has; `None` where it is not inside.
pub fn bytes(db: &Db, sha256: &str) -> Result<Option<i64>, StoreError> {
    db.first(include_str!("content/bytes.sql"), &[(":sha256", sha256.into())], |row| row.int(0))
}

/// Every file that is inside, with its bytes, in the order of their SHA-256.
pub fn all(db: &Db) -> Result<Vec<Content>, StoreError> {
    db.rows(include_str!("content/all.sql"), &[], |row| {
        Ok(Content { sha256: row.text(0)?, bytes: u64::try_from(row.int(1)?).unwrap_or_default() })
    })
}

/// Gives a file out part by part, and says at the end whether it was whole.
pub fn read(db: &Db, sha256: &str, mut to: impl FnMut(&[u8]) -> std::io::Result<()>) -> Result<(), ContentError> {
    let mut hash = Sha256::new();
    for place in 0_i64.. {
        let params = [(":sha256", sha256.into()), (":place", place.into())];
        let Some(part) = db.first(include_str!("content/part.sql"), &params, |row| row.bytes(0))? else { break };
        hash.update(&part);
        to(&part)?;
    }
    if hex(&hash.finalize()) == sha256 { Ok(()) } else { Err(ContentError::Damaged(sha256.to_owned())) }
}

/// A whole file in memory.
pub fn whole(db: &Db, sha256: &str) -> Result<Vec<u8>, ContentError> {
    let mut all = Vec::new();
    read(db, sha256, |part| {
        all.extend_from_slice(part);
        Ok(())
    })?;
    Ok(all)
}

/// Fills a part as far as the reader has bytes.
fn fill(from: &mut impl Read, part: &mut [u8]) -> std::io::Result<usize> {
    let mut full = 0;
    while full < part.len() {
        match from.read(&mut part[full..]) {
            Ok(0) => break,
            Ok(read) => full += read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(full)
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    fn store() -> Store {
        Store::in_memory(chrono::DateTime::from_timestamp(1_795_510_800, 0).unwrap()).unwrap()
    }

    #[test]
    fn a_file_comes_out_as_it_went_in_and_stands_once() {
        let store = store();
        let db = store.db();
        for size in [0, 1, PART - 1, PART, PART + 1, 3 * PART] {
            let file: Vec<u8> = (0..size).map(|at| u8::try_from(at % 251).unwrap()).collect();
            let content = measure(file.as_slice()).unwrap();
            put(db, &content, file.as_slice()).unwrap();
            put(db, &content, file.as_slice()).unwrap();
            assert_eq!(whole(db, &content.sha256).unwrap(), file);
        }
        assert_eq!(all(db).unwrap().len(), 6);
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_refused() {
        let store = store();
        let content = measure(b"before".as_slice()).unwrap();
        assert!(matches!(put(store.db(), &content, b"after".as_slice()), Err(ContentError::Changed)));
    }

    #[test]
    fn a_file_that_is_not_inside_is_told_as_damaged() {
        let store = store();
        let missing = measure(b"x".as_slice()).unwrap();
        assert!(matches!(whole(store.db(), &missing.sha256), Err(ContentError::Damaged(_))));
    }
}
