//! How much is read before a file is refused, so that no file takes the memory or the day.

/// The largest file and its largest parts. The defaults are those of spreadsheet programs, or well above what people keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file on the disk: 8 GiB. A text table is streamed, so that its size alone costs time and no memory.
    pub file_bytes: u64,
    /// Columns of a row: 16,384, as many as Excel has.
    pub columns: u32,
    /// Rows of a sheet in a workbook: 1,048,576, as many as Excel has. A text table may have more.
    pub sheet_rows: u32,
    /// Rows of a text table: 100 million.
    pub text_rows: u64,
    /// Bytes of text in one row: 4 MiB. In a text table, more is most often a quote that is never closed.
    pub row_bytes: usize,
    /// Bytes of a workbook on the disk: 512 MiB for XLSX and ODS.
    pub workbook_bytes: u64,
    /// Bytes to which the parts of a workbook unpack: 1 GiB, a million rows of some twenty columns. They are streamed.
    pub unpacked_bytes: u64,
    /// Bytes that must stand in memory while a workbook is read, such as its list of texts: 128 MiB.
    pub memory_bytes: u64,
    /// Bytes of an XLS file: 48 MiB, more than its 65,536 rows fill. It is read as a whole.
    pub xls_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 8 << 30,
            columns: 16_384,
            sheet_rows: 1_048_576,
            text_rows: 100_000_000,
            row_bytes: 4 << 20,
            workbook_bytes: 512 << 20,
            unpacked_bytes: 1 << 30,
            memory_bytes: 128 << 20,
            xls_bytes: 48 << 20,
        }
    }
}
