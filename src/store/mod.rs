//! The workspace file.

/// What can go wrong with the workspace file, by what a user can do about it.
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
}
