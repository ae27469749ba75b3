//! The last net below the library that reads workbooks.

use super::CannotRead;

/// Runs what reads a workbook. calamine adds and cuts numbers of the file without asking whether they fit, in its own
/// reading of positions, and panics where they do not. What can be asked before is asked before; this is for the rest.
pub fn guarded<T>(read: impl FnOnce() -> Result<T, CannotRead>) -> Result<T, CannotRead> {
    crate::formats::guarded::guarded(read).unwrap_or(Err(CannotRead::Damaged))
}
