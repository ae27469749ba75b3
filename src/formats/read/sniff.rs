//! What a file is by its first bytes. Names lie: a web page is called .xls, a picture .xlsx.

use super::{CannotRead, Format};

/// What the first bytes of a file say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Text, until it proves otherwise.
    Text,
    /// A ZIP archive: XLSX and ODS are, and much else.
    Archive,
    /// A compound file: XLS, and workbooks with a password.
    Compound,
    /// A table in another format, which a spreadsheet program can save anew.
    Other(&'static str),
    /// Something that is no table.
    NotATable(&'static str),
}

/// What files begin with, and what is said of them.
const MARKS: &[(&[u8], Seen)] = &[
    (b"PK\x03\x04", Seen::Archive),
    (b"PK\x05\x06", Seen::Archive),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Seen::Compound),
    (b"\x89PNG", Seen::NotATable("a PNG picture")),
    (b"\xFF\xD8\xFF", Seen::NotATable("a JPEG picture")),
    (b"GIF8", Seen::NotATable("a GIF picture")),
    (b"II*\0", Seen::NotATable("a TIFF picture")),
    (b"MM\0*", Seen::NotATable("a TIFF picture")),
    (b"%PDF", Seen::NotATable("a PDF document")),
    (b"{\\rtf", Seen::NotATable("a text document (RTF)")),
    (b"\x1F\x8B", Seen::NotATable("a packed archive (GZIP)")),
    (b"7z\xBC\xAF\x27\x1C", Seen::NotATable("a packed archive (7z)")),
    (b"Rar!\x1A\x07", Seen::NotATable("a packed archive (RAR)")),
    (b"SQLite format 3\0", Seen::NotATable("a database")),
    (b"\x7FELF", Seen::NotATable("a program")),
    (b"MZ\x90\0", Seen::NotATable("a program")),
];

/// Says what a file is by its first few thousand bytes.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Seen {
    if let Some((_, seen)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return *seen;
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let begins = |mark: &str| text.len() >= mark.len() && text[..mark.len()].eq_ignore_ascii_case(mark.as_bytes());
    let names = |name: &[u8]| text.windows(name.len()).any(|found| found.eq_ignore_ascii_case(name));
    if ["<!doctype html", "<html", "<table", "<head", "<meta", "<style"].iter().any(|mark| begins(mark)) {
        return Seen::Other("a web page (HTML), whatever its name says");
    }
    if begins("<?xml") || begins("<workbook") {
        if names(b"urn:schemas-microsoft-com:office:spreadsheet") {
            return Seen::Other("an XML spreadsheet of 2003");
        }
        if names(b"opendocument.spreadsheet") {
            return Seen::Other("a spreadsheet in one XML document (FODS)");
        }
        if names(b"<html") {
            return Seen::Other("a web page (HTML), whatever its name says");
        }
        return Seen::NotATable("an XML document");
    }
    Seen::Text
}

impl Seen {
    /// The format in which it would be read, before anybody looks inside an archive.
    pub(super) fn format(self) -> Result<Format, CannotRead> {
        match self {
            Self::Text => Ok(Format::Text),
            Self::Archive => Ok(Format::Xlsx),
            Self::Compound => Ok(Format::Xls),
            Self::Other(what) => Err(CannotRead::SaveAs { what }),
            Self::NotATable(what) => Err(CannotRead::NotATable { what }),
        }
    }
}
