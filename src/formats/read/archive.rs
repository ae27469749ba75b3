//! What an archive is by its parts: XLSX, ODS, or something else that is packed the same way.

use super::ods;
use super::source::Source;
use super::xlsx::{self, Known};
use super::zipped::Zipped;
use super::{CannotRead, Format, Limits, SheetInfo};

/// Parts that only one kind of file has, and what is said of it.
const OTHERS: &[(&str, CannotRead)] = &[
    ("xl/workbook.bin", CannotRead::SaveAs { what: "a binary workbook (XLSB)" }),
    ("Index/Document.iwa", CannotRead::SaveAs { what: "a spreadsheet of Apple Numbers" }),
    ("word/document.xml", CannotRead::NotATable { what: "a text document (DOCX)" }),
    ("ppt/presentation.xml", CannotRead::NotATable { what: "a presentation (PPTX)" }),
    ("EncryptedPackage", CannotRead::Password),
];

/// Looks through an archive.
pub fn look(source: &Source, limits: &Limits) -> Result<(Format, Vec<(SheetInfo, Known)>), CannotRead> {
    let zipped = Zipped::open(source, limits)?;
    if let Some((_, why)) = OTHERS.iter().find(|(part, _)| zipped.has(part)) {
        return Err(match why {
            CannotRead::SaveAs { what } => CannotRead::SaveAs { what },
            CannotRead::NotATable { what } => CannotRead::NotATable { what },
            _ => CannotRead::Password,
        });
    }
    if zipped.has("content.xml") && zipped.has("mimetype") {
        return Ok((Format::Ods, ods::look(zipped, limits)?));
    }
    if zipped.has("[Content_Types].xml") || zipped.has("_rels/.rels") {
        return Ok((Format::Xlsx, xlsx::look(zipped, limits)?));
    }
    Err(CannotRead::NotATable { what: "a packed archive (ZIP)" })
}
