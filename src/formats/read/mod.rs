//! Reads other people's tables into raw rows: text tables and workbooks, bounded in memory and time, refused in
//! sentences. It knows cells and rows; what a column means is decided by who asked.

mod archive;
mod bounded;
mod cannot_read;
mod cells;
mod guarded;
mod limits;
mod number;
mod ods;
mod row;
mod sniff;
mod source;
mod text;
mod xls;
mod xlsx;
mod xml;
mod zipped;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

pub use cannot_read::CannotRead;
pub use limits::Limits;
pub use row::{Merged, Raw, RawRow, Read};
pub use sniff::{Seen, sniff};
pub use source::Source;
pub use text::{TextEncoding, TextForm, TextOptions};

/// The kinds of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Rows of text, divided by a comma, a semicolon, a tab or a bar.
    Text,
    /// A workbook of Excel 2007 and later.
    Xlsx,
    /// A workbook of Excel 97 to 2003.
    Xls,
    /// A spreadsheet of `LibreOffice` and `OpenOffice`.
    Ods,
}

/// A sheet of a workbook; a text table has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetInfo {
    /// Its name; that of the file for a text table.
    pub name: String,
    /// About how many rows it has, for a progress bar. None where nobody knows before the end.
    pub rows_hint: Option<u64>,
    /// Whether the one who made it hid it.
    pub hidden: bool,
}

/// A file that was looked at and may be read.
#[derive(Debug, Clone)]
pub struct Book {
    /// What kind of file it is, by its content and not by its name.
    pub format: Format,
    /// Its sheets, in their order.
    pub sheets: Vec<SheetInfo>,
    source: Source,
    limits: Limits,
    /// What is known of each sheet of a workbook.
    known: Vec<xlsx::Known>,
}

/// Looks at a file: what it is, whether it is safe to read, which sheets it has. No row is read yet.
pub fn book(path: &Path, limits: &Limits) -> Result<Book, CannotRead> {
    Book::new(Source::File(path.to_owned()), limits)
}

/// The same for a file that is in memory already; `name` stands in its sentences.
pub fn book_of_bytes(name: &str, bytes: Arc<[u8]>, limits: &Limits) -> Result<Book, CannotRead> {
    Book::new(Source::Bytes { name: name.to_owned(), bytes }, limits)
}

impl Book {
    fn new(source: Source, limits: &Limits) -> Result<Self, CannotRead> {
        let length = source.length()?;
        if length == 0 {
            return Err(CannotRead::Empty);
        }
        if length > limits.file_bytes {
            return Err(CannotRead::TooLarge { megabytes: length >> 20, most: limits.file_bytes >> 20 });
        }
        let (format, looked) = match source.head()?.format()? {
            Format::Text => {
                let sheet = text::sheet(&source, length)?;
                (Format::Text, vec![(sheet, xlsx::Known::default())])
            }
            Format::Xlsx | Format::Ods => archive::look(&source, limits)?,
            Format::Xls => (Format::Xls, xls::look(&source, limits)?),
        };
        let (sheets, known) = looked.into_iter().unzip();
        Ok(Self { format, sheets, source, limits: limits.clone(), known })
    }

    /// Reads the rows of a sheet in their order, each as a row of its own; `each` may stop. Rows without any cell are
    /// not handed out: the numbers of the others tell where they stood.
    pub fn rows(
        &self,
        sheet: usize,
        options: &TextOptions,
        each: &mut dyn FnMut(RawRow) -> ControlFlow<()>,
    ) -> Result<Read, CannotRead> {
        self.rows_by_ref(sheet, options, &mut |row| each(std::mem::take(row)))
    }

    /// The same, and the fastest: one row is filled again and again, so that nothing is allocated for a row. What is
    /// taken out of it is allocated anew.
    pub fn rows_by_ref(
        &self,
        sheet: usize,
        options: &TextOptions,
        each: &mut dyn FnMut(&mut RawRow) -> ControlFlow<()>,
    ) -> Result<Read, CannotRead> {
        let Some(known) = self.known.get(sheet) else {
            return Err(CannotRead::NoSuchSheet { number: sheet + 1, sheets: self.sheets.len() });
        };
        match self.format {
            Format::Text => text::rows(&self.source, options, &self.limits, each),
            Format::Xlsx => xlsx::rows(&self.source, known, &self.limits, each),
            Format::Xls => xls::rows(&self.source, known, &self.limits, each),
            Format::Ods => ods::rows(&self.source, known, &self.limits, each),
        }
    }

    /// How a text table will be read where the options leave it open. None for a workbook.
    pub fn text_form(&self, options: &TextOptions) -> Result<Option<TextForm>, CannotRead> {
        if self.format == Format::Text { text::form(&self.source, options).map(Some) } else { Ok(None) }
    }
}
