//! Where a file lives: enough to tell that it was copied and is now written in two places.

use std::path::Path;

/// A text that stays the same while a file stays where it is, and differs for a copy of it.
#[must_use]
pub fn of(path: &Path) -> String {
    let full = std::fs::canonicalize(path).unwrap_or_else(|_error| path.to_path_buf());
    format!("{}|{}|{}", machine(), full.display(), file_number(&full))
}

fn machine() -> String {
    let told = ["/etc/machine-id", "/etc/hostname"].iter().find_map(|file| std::fs::read_to_string(file).ok());
    told.or_else(|| std::env::var("COMPUTERNAME").ok()).unwrap_or_default().trim().to_owned()
}

#[cfg(unix)]
fn file_number(path: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).map(|about| about.ino()).unwrap_or_default()
}

#[cfg(not(unix))]
const fn file_number(_path: &Path) -> u64 {
    0
}
