//! Workbooks: XLSX, ODS and XLS, whatever their bytes say that they are.

#![no_main]

use corridor_fuzz::read::TextOptions;
use corridor_fuzz::read_whole;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    if input.starts_with(b"PK") || input.starts_with(b"\xD0\xCF") {
        read_whole("table.xlsx", input, &TextOptions::default());
    }
});
