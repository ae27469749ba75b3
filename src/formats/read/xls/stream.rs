//! Takes the workbook out of the compound file around it, which is a file system in a file.

use std::io::{BufReader, Read as _};

use cfb::CompoundFile;

use super::super::source::Source;
use super::super::{CannotRead, Limits};

/// What other compound files hold, and what is said of them.
const OTHERS: &[(&str, &str)] = &[
    ("WordDocument", "a text document (DOC)"),
    ("PowerPoint Document", "a presentation (PPT)"),
    ("__properties_version1.0", "a message of Outlook (MSG)"),
];

/// The bytes of the workbook.
pub fn workbook(source: &Source, limits: &Limits) -> Result<Vec<u8>, CannotRead> {
    let length = source.length()?;
    if length > limits.xls_bytes {
        return Err(CannotRead::TooLarge { megabytes: length >> 20, most: limits.xls_bytes >> 20 });
    }
    let mut file = CompoundFile::open(BufReader::new(source.open()?)).map_err(CannotRead::damaged)?;
    if file.is_stream("EncryptedPackage") {
        return Err(CannotRead::Password);
    }
    let Some(name) = ["Workbook", "Book"].into_iter().find(|name| file.is_stream(name)) else {
        let other = OTHERS.iter().find(|(stream, _)| file.exists(stream));
        return Err(CannotRead::NotATable {
            what: other.map_or("a compound file without a workbook", |(_, what)| what),
        });
    };
    let stream = file.open_stream(name).map_err(CannotRead::damaged)?;
    let mut bytes = Vec::new();
    stream.take(length).read_to_end(&mut bytes).map_err(CannotRead::damaged)?;
    Ok(bytes)
}
