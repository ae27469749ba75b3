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
    /// Bytes of one row of a text table: 4 MiB. More is most often a quote that is never closed.
    pub row_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 8 << 30, columns: 16_384, sheet_rows: 1_048_576, text_rows: 100_000_000, row_bytes: 4 << 20 }
    }
}
