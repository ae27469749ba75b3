//! What stands between two cells: said in the first line, or found in the first rows.

use csv::{ReaderBuilder, Terminator};

use super::decoded::{AFTER, END};

/// In the order in which they win where two fit as well.
const KNOWN: [u8; 4] = [b',', b';', b'\t', b'|'];
/// So many rows are looked at.
const ROWS: usize = 100;

/// The delimiter that a first line such as `sep=;` says, and the length of that line. Excel reads it and shows it to nobody.
pub fn said(text: &[u8]) -> (Option<u8>, usize) {
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let quoted = line.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(line);
    match quoted {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', byte] if byte.is_ascii() && *byte != b'"' => {
            (Some(*byte), (line.len() + 1).min(text.len()))
        }
        _ => (None, 0),
    }
}

/// The delimiter that divides the most rows into the same number of cells.
pub fn sniffed(text: &[u8]) -> u8 {
    let weights = KNOWN.map(|delimiter| weight(text, delimiter));
    let most = weights.iter().copied().max().unwrap_or_default();
    let best = weights.iter().position(|weight| *weight == most && most > 0);
    best.map_or(b',', |at| KNOWN[at])
}

/// How well a delimiter fits: rows that have the most common number of cells weigh by the cube, so that a comma inside
/// numbers or sentences does not win by the number of its pieces.
fn weight(text: &[u8], delimiter: u8) -> u64 {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .terminator(Terminator::Any(b'\n'))
        .from_reader(text);
    let mut counts: Vec<u64> = reader
        .byte_records()
        .take(ROWS + 1)
        .map_while(Result::ok)
        .filter(|record| !record.as_slice().contains(&END))
        .map(|record| record.len() as u64)
        .collect();
    // The last row of a sample may be cut.
    if counts.len() > 1 && !text.ends_with(AFTER) {
        counts.pop();
    }
    counts.sort_unstable();
    let same = counts.chunk_by(|one, other| one == other);
    let weights = same.filter(|rows| rows[0] > 1).map(|rows| {
        let share = rows.len() as u64;
        share.pow(3) * (rows[0] - 1).min(64)
    });
    weights.max().unwrap_or_default()
}
