//! What can go wrong with a workspace file, by what a user can do about it.

/// Something is wrong with the workspace file, its folder or the disk.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program has the file open for writing.
    #[error("{path} is open in another program ({owner}). Close it there, or open the workspace for reading only")]
    InUse {
        /// The file.
        path: String,
        /// Who has it.
        owner: String,
    },
    /// The file is not a workspace.
    #[error("{path} is not a Corridor workspace. Choose a file that ends in .corridor, or make a new workspace")]
    NotAWorkspace {
        /// The file.
        path: String,
    },
    /// There is no file.
    #[error("There is no file {path}. Check the name, or make a new workspace with `corridor new`")]
    Missing {
        /// The file.
        path: String,
    },
    /// There is a file already.
    #[error("{path} is there already, and nothing was changed. Choose another name, or open it")]
    Exists {
        /// The file.
        path: String,
    },
    /// A newer program made the file.
    #[error(
        "This file was made by a newer version of Corridor (format {found}; this program knows {known}). Update the program to open it"
    )]
    Newer {
        /// The format of the file.
        found: i64,
        /// The newest format this program knows.
        known: i64,
    },
    /// The list of formats the file went through is damaged.
    #[error(
        "The file's list of format changes is damaged ({detail}). Nothing was changed. Open a backup, or ask for help with this sentence"
    )]
    MigrationHistory {
        /// What is wrong with it.
        detail: String,
    },
    /// The file is damaged.
    #[error(
        "The file is damaged or encrypted ({detail}). Nothing was changed. Open a backup; `corridor check` tells more"
    )]
    Damaged {
        /// What the engine said.
        detail: String,
    },
    /// The folder or the file does not allow writing.
    #[error(
        "The workspace cannot be written here ({detail}). Copy it to a folder in which you may write, or open it for reading only"
    )]
    ReadOnlyFolder {
        /// What the system said.
        detail: String,
    },
    /// The file cannot be opened.
    #[error("The file cannot be opened ({detail}). Check its name and that you may read and write its folder")]
    CannotOpen {
        /// What the system said.
        detail: String,
    },
    /// The disk is full.
    #[error("The disk is full, so nothing was saved. Free some space and save again; what you typed is still here")]
    DiskFull,
    /// Another part of the program holds the file for longer than it should.
    #[error("The file is busy. Wait a moment and try again; nothing was changed")]
    Busy,
    /// Something the engine said that has no better words.
    #[error("The database refused: {detail}. Nothing was changed. `corridor check` may tell more")]
    Engine {
        /// What the engine said.
        detail: String,
    },
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull => Self::DiskFull,
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnlyFolder { detail: error.to_string() }
            }
            _ => Self::CannotOpen { detail: error.to_string() },
        }
    }
}
