//! Why a table was not read, in sentences that say what to do. They name no value of a cell and no path.

/// A file was refused, or reading it ended early.
#[derive(Debug, thiserror::Error)]
pub enum CannotRead {
    /// The system did not open or read it.
    #[error("The file cannot be read: {0}. Close other programs that have it open, or copy it to another folder")]
    System(#[from] std::io::Error),
    /// It has no bytes.
    #[error("The file is empty. Look whether it was copied as a whole")]
    Empty,
    /// It is larger than what is read.
    #[error("The file has {megabytes} MB; at most {most} MB are read. Split it into several files")]
    TooLarge {
        /// What it has.
        megabytes: u64,
        /// What is read.
        most: u64,
    },
    /// It is something else.
    #[error("The file is {what} and not a table. Choose a CSV, XLSX, XLS or ODS file")]
    NotATable {
        /// Such as “a PNG picture”.
        what: &'static str,
    },
    /// A table, in a format that is not read but can be saved in one that is.
    #[error("The file is {what}. Open it in a spreadsheet program and save it as XLSX or CSV")]
    SaveAs {
        /// Such as “a web page”.
        what: &'static str,
    },
    /// A sheet was asked for that is not there.
    #[error("There is no sheet {number}; the file has {sheets}. Choose one of them")]
    NoSuchSheet {
        /// What was asked for, from 1.
        number: usize,
        /// How many there are.
        sheets: usize,
    },
    /// A row of a text table is longer than any row should be.
    #[error(
        "Row {row} is longer than {most} MB. Most often a quote (\") opens a text there and is never closed: close it, or write it twice (\"\") where it belongs to the text"
    )]
    LongRow {
        /// As the user sees it.
        row: u64,
        /// What is read.
        most: usize,
    },
    /// A quote is open at the end of the file.
    #[error(
        "Row {row}, column {column}: a quote (\") opens a text and is never closed, so that all that follows would be one cell. Close it, or write it twice (\"\") where it belongs to the text"
    )]
    OpenQuote {
        /// As the user sees it.
        row: u64,
        /// From 1.
        column: usize,
    },
    /// A row has too many columns.
    #[error("Row {row} has more than {most} columns. Delete the columns that are not needed")]
    ManyColumns {
        /// As the user sees it.
        row: u64,
        /// What is read.
        most: u32,
    },
    /// A sheet has too many rows.
    #[error("The table has more than {most} rows. Split it into several files")]
    ManyRows {
        /// What is read.
        most: u64,
    },
    /// A row of a workbook holds too much text.
    #[error("Row {row} holds more than {most} MB of text. Delete the columns that are not needed")]
    HeavyRow {
        /// As the user sees it.
        row: u64,
        /// What is read.
        most: usize,
    },
    /// A workbook that cannot be read as one.
    #[error(
        "The workbook is damaged or was not saved as a whole. Open it in a spreadsheet program, which may repair it, and save it anew as XLSX"
    )]
    Damaged,
    /// A workbook with a password.
    #[error(
        "The workbook is protected by a password. Open it in a spreadsheet program, save a copy without the password and choose the copy"
    )]
    Password,
    /// An archive that unpacks to far too much, or to more than it says.
    #[error(
        "The workbook unpacks to {megabytes} MB or more, far more than a table takes; at most {most} MB are read. If you trust whoever sent it, open it in a spreadsheet program and save the sheet as CSV"
    )]
    Swollen {
        /// What is known of its size.
        megabytes: u64,
        /// What is read.
        most: u64,
    },
    /// An archive that is packed better than any table is.
    #[error(
        "A part of the workbook unpacks to more than {times} times its size, which no table does and which can be an attack. If you trust whoever sent it, open it in a spreadsheet program and save the sheet as CSV"
    )]
    PackedTooWell {
        /// What a table never reaches.
        times: u64,
    },
    /// More must stand in memory than should.
    #[error(
        "The workbook holds more {what} than can be read safely. Open it in a spreadsheet program and save the sheet as CSV, which may have any size"
    )]
    TooMuch {
        /// Such as “different texts”.
        what: &'static str,
    },
    /// XML that defines things of its own: the way of an attack, written by no spreadsheet program.
    #[error(
        "The workbook defines entities (DOCTYPE), which no spreadsheet program does and which can be an attack. Ask whoever sent it for a CSV file"
    )]
    Definitions,
}

impl CannotRead {
    /// The same for every reason that a library gives: it names bytes, which help nobody, or a value, which is none of ours.
    pub(super) fn damaged<E>(_: E) -> Self {
        Self::Damaged
    }
}
