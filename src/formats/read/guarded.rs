//! The last net below a library that reads workbooks.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::CannotRead;

/// Runs what reads a workbook. calamine adds and cuts numbers of the file without asking whether they fit, in its own
/// reading of positions, and panics where they do not. What can be asked before is asked before; this is for the rest.
/// Nothing of the library outlives the call, so nothing half done is seen.
pub fn guarded<T>(read: impl FnOnce() -> Result<T, CannotRead>) -> Result<T, CannotRead> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(CannotRead::Damaged))
}
