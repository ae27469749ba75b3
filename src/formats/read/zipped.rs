//! The archive around a workbook (XLSX, ODS): looked at before anything of it is unpacked.

use std::io::{BufReader, Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::bounded::Bounded;
use super::source::{ReadSeek, Source};
use super::{CannotRead, Limits};

/// Where the archive is read from.
pub type Opened = BufReader<Box<dyn ReadSeek>>;

/// An archive whose directory is of a size that memory holds.
pub struct Zipped {
    archive: ZipArchive<Opened>,
}

/// What the directory of an archive may take. A thousand parts take less than a tenth of it.
const DIRECTORY: u64 = 4 << 20;
/// The end of an archive and the longest comment behind it.
const TAIL: u64 = 22 + 65_535;
/// A part that packs better than this is not written by people: figures and words of a table pack some ten times.
const RATIO: u64 = 200;
/// Below this size a part may pack as well as it likes.
const SMALL: u64 = 32 << 20;

impl Zipped {
    /// Opens an archive and looks at what its directory says of its parts.
    pub fn open(source: &Source, limits: &Limits) -> Result<Self, CannotRead> {
        let length = source.length()?;
        if length > limits.workbook_bytes {
            return Err(CannotRead::TooLarge { megabytes: length >> 20, most: limits.workbook_bytes >> 20 });
        }
        let mut file = BufReader::new(source.open()?);
        check_directory(&mut file, length)?;
        file.seek(SeekFrom::Start(0))?;
        let archive = ZipArchive::new(file).map_err(CannotRead::damaged)?;
        let mut zipped = Self { archive };
        zipped.check_parts(limits)?;
        Ok(zipped)
    }

    /// How many parts it has.
    pub fn len(&self) -> usize {
        self.archive.len()
    }

    /// Whether it has a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// A part by its number: its name and its content, no longer than the directory says.
    pub fn part(&mut self, at: usize) -> Result<(String, Bounded<ZipFile<'_, Opened>>), CannotRead> {
        let part = self.archive.by_index(at).map_err(CannotRead::damaged)?;
        let name = part.name().map_err(CannotRead::damaged)?.into_owned();
        let length = part.size();
        Ok((name, Bounded::new(part, length)))
    }

    /// A part by its name.
    pub fn named(&mut self, name: &str) -> Result<Bounded<ZipFile<'_, Opened>>, CannotRead> {
        let at = self.archive.index_for_name(name).ok_or(CannotRead::Damaged)?;
        Ok(self.part(at)?.1)
    }

    /// Refuses parts that are packed too well to be a table, or too large together.
    fn check_parts(&mut self, limits: &Limits) -> Result<(), CannotRead> {
        let mut whole: u64 = 0;
        for at in 0..self.archive.len() {
            let part = self.archive.by_index_raw(at).map_err(CannotRead::damaged)?;
            if part.encrypted() {
                return Err(CannotRead::Password);
            }
            let (packed, unpacked) = (part.compressed_size(), part.size());
            whole = whole.saturating_add(unpacked);
            if unpacked > SMALL && unpacked / RATIO > packed {
                return Err(CannotRead::PackedTooWell { times: RATIO });
            }
            if whole > limits.unpacked_bytes {
                return Err(CannotRead::Swollen { megabytes: whole >> 20, most: limits.unpacked_bytes >> 20 });
            }
        }
        Ok(())
    }
}

/// Reads the end of the archive, which says where its directory stands and how large it is. The directory is read into
/// memory as a whole, so that its size is asked first.
fn check_directory(file: &mut Opened, length: u64) -> Result<(), CannotRead> {
    let from = length.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    let ends = tail.windows(4).rposition(|found| found == b"PK\x05\x06").ok_or(CannotRead::Damaged)?;
    let end = tail.get(ends..ends + 22).ok_or(CannotRead::Damaged)?;
    let place = from + ends as u64;
    let (mut size, mut offset) = (number(&end[12..16]), number(&end[16..20]));
    let locator =
        ends.checked_sub(20).and_then(|at| tail.get(at..ends)).filter(|bytes| bytes.starts_with(b"PK\x06\x07"));
    if let Some(locator) = locator {
        file.seek(SeekFrom::Start(number(&locator[8..16])))?;
        let mut long = [0; 56];
        file.read_exact(&mut long).map_err(CannotRead::damaged)?;
        if !long.starts_with(b"PK\x06\x06") {
            return Err(CannotRead::Damaged);
        }
        (size, offset) = (number(&long[40..48]), number(&long[48..56]));
    }
    let reaches = place.saturating_sub(offset);
    if size > DIRECTORY || reaches > DIRECTORY + size { Err(CannotRead::Damaged) } else { Ok(()) }
}

/// A number, low byte first.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}
