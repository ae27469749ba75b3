//! The readers of files, compiled alone, and what must hold of every row they hand out.

use std::ops::ControlFlow;
use std::sync::Arc;

#[path = "../../src/formats/read/mod.rs"]
pub mod read;

use read::{Limits, Raw, RawRow, TextOptions, book_of_bytes};

/// Limits that end a run soon.
pub fn small() -> Limits {
    Limits {
        sheet_rows: 70_000,
        text_rows: 100_000,
        unpacked_bytes: 64 << 20,
        memory_bytes: 32 << 20,
        ..Limits::default()
    }
}

/// Reads every sheet of a file. It may be refused; it may not panic, and what it hands out is in order.
pub fn read_whole(name: &str, bytes: &[u8], options: &TextOptions) {
    let limits = small();
    let Ok(book) = book_of_bytes(name, Arc::from(bytes), &limits) else { return };
    for sheet in 0..book.sheets.len().min(8) {
        let mut handed = 0;
        let read = book.rows(sheet, options, &mut |row| {
            check(&row, &limits);
            handed += 1;
            ControlFlow::Continue(())
        });
        if let Ok(read) = read {
            assert_eq!(read.rows, handed);
            assert!(!read.stopped);
        }
    }
}

fn check(row: &RawRow, limits: &Limits) {
    assert!(row.number > 0);
    assert!(row.cells.len() <= limits.columns as usize);
    assert!(row.cells.last().is_some_and(|cell| *cell != Raw::Empty), "a row without an end");
    for cell in &row.cells {
        if let Raw::Number { value, text } = cell {
            assert!(value.is_finite() && text.parse::<f64>().is_ok());
        }
    }
}
