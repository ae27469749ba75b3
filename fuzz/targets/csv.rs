//! Text tables of any encoding and delimiter.

#![no_main]

use corridor_fuzz::read::{TextEncoding, TextOptions};
use corridor_fuzz::read_whole;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((&[how, delimiter], text)) = input.split_first_chunk::<2>() else { return };
    let given = TextEncoding::OFFERED.get(usize::from(how & 7)).copied();
    let delimiter = (how & 8 != 0).then_some(delimiter);
    // A file of another kind is for the other target.
    if text.starts_with(b"PK") || text.starts_with(b"\xD0\xCF") {
        return;
    }
    read_whole("table.csv", text, &TextOptions { encoding: given, delimiter });
});
