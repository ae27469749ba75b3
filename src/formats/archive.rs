//! Archives: some files under their own names in one ZIP. Equal files of equal days give equal bytes.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

use chrono::{Datelike as _, NaiveDate};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

/// Why an archive was not made.
#[derive(Debug, thiserror::Error)]
pub enum CannotPack {
    /// Somebody asked to stop.
    #[error("Stopped. Nothing was written")]
    Stopped,
    /// The writer of archives refuses.
    #[error("The archive cannot be made: {0}. Save the files one by one")]
    Refused(#[from] ZipError),
    /// A file cannot be taken in.
    #[error("A file cannot be put into the archive: {0}. Save the files one by one")]
    File(#[from] std::io::Error),
}

/// The bytes of a ZIP with these files. `made` is the day that stands at each of them; `stop` is asked before each.
pub fn write<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    made: NaiveDate,
    stop: &dyn Fn() -> bool,
) -> Result<Vec<u8>, CannotPack> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut taken = BTreeSet::new();
    for (name, bytes) in files {
        if stop() {
            return Err(CannotPack::Stopped);
        }
        let large = u32::try_from(bytes.len()).is_err();
        let options = SimpleFileOptions::default().last_modified_time(instant(made)).large_file(large);
        archive.start_file(free_name(name, &mut taken), options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Noon of the day; the oldest day an archive knows where it is older still.
fn instant(day: NaiveDate) -> DateTime {
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(day.year()).unwrap_or_default();
    DateTime::from_date_and_time(year, part(day.month()), part(day.day()), 12, 0, 0).unwrap_or_default()
}

/// A name that no other file of the archive has and that stays within the folder it is unpacked in.
fn free_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let parts = name.split(['/', '\\']).filter(|part| !matches!(part.trim(), "" | "." | ".."));
    let clean = parts.collect::<Vec<_>>().join("/");
    let clean = if clean.is_empty() { "file".to_owned() } else { clean };
    let (stem, end) = clean.rsplit_once('.').map_or((clean.as_str(), String::new()), |(a, b)| (a, format!(".{b}")));
    let numbered = (2..).map(|number: u32| format!("{stem} ({number}){end}"));
    let free = std::iter::once(clean.clone()).chain(numbered).find(|name| !taken.contains(&name.to_lowercase()));
    let free = free.unwrap_or(clean);
    taken.insert(free.to_lowercase());
    free
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn day() -> NaiveDate {
        "2026-11-24".parse().unwrap()
    }

    #[test]
    fn what_is_packed_is_unpacked_as_it_was_and_stays_in_its_folder() {
        let files: [(&str, &[u8]); 3] =
            [("letter.pdf", b"one"), ("../../Letter.pdf", b"two"), ("letters\\2026/편지.pdf", b"three")];
        let bytes = write(files, day(), &|| false).unwrap();
        assert_eq!(bytes, write(files, day(), &|| false).unwrap(), "the same again");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for (name, content) in [("letter.pdf", "one"), ("Letter (2).pdf", "two"), ("letters/2026/편지.pdf", "three")]
        {
            let mut text = String::new();
            archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, content);
        }
    }

    #[test]
    fn a_stop_leaves_nothing() {
        let stopped = write([("a", b"a".as_slice())], day(), &|| true);
        assert!(matches!(stopped, Err(CannotPack::Stopped)));
    }
}
