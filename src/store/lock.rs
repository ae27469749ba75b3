//! One writer: a lock file beside the workspace, and a line in it that says who has it.
//!
//! Reading never locks. The lock is the system's own, so it falls when the program ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Seek as _, Write as _};
use std::path::{Path, PathBuf};

use super::StoreError;

/// Holds a workspace for writing until it is dropped.
pub struct WriteLock {
    _file: File,
    owner_file: PathBuf,
}

impl WriteLock {
    /// Takes the lock, or says who has it.
    pub fn take(workspace: &Path, owner: &str) -> Result<Self, StoreError> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(beside(workspace, "lock"))?;
        let owner_file = beside(workspace, "lock-owner");
        match file.try_lock() {
            Ok(()) => {
                let mut line = OpenOptions::new().create(true).truncate(true).write(true).open(&owner_file)?;
                line.rewind()?;
                writeln!(line, "{owner}")?;
                Ok(Self { _file: file, owner_file })
            }
            Err(TryLockError::WouldBlock) => {
                Err(StoreError::InUse { path: workspace.display().to_string(), owner: owner_of(&owner_file) })
            }
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

impl Drop for WriteLock {
    fn drop(&mut self) {
        // Only a courtesy: the lock itself falls with the file handle.
        std::fs::remove_file(&self.owner_file).ok();
    }
}

fn owner_of(owner_file: &Path) -> String {
    std::fs::read_to_string(owner_file)
        .ok()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .unwrap_or_else(|| "its name is not known".to_owned())
}

fn beside(workspace: &Path, ending: &str) -> PathBuf {
    let mut name = workspace.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{ending}"));
    workspace.with_file_name(name)
}
