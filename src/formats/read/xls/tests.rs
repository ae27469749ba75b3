//! Workbooks of Excel 97 as people keep them, and as those who mean harm make them.

#[path = "../../../../tests/support/xls.rs"]
mod file;

use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;

use super::super::{CannotRead, Format, Limits, Merged, Raw, Read, TextOptions, book_of_bytes};
use file::{XlsCell, XlsSheet, file_of, record, shorts, stream, workbook};

type Rows = Vec<(u64, Vec<Raw>)>;

fn read_all(bytes: &[u8], sheet: usize) -> Result<(Rows, Read), CannotRead> {
    let book = book_of_bytes("table.xls", Arc::from(bytes), &Limits::default())?;
    assert_eq!(book.format, Format::Xls);
    let mut rows = Vec::new();
    let read = book.rows(sheet, &TextOptions::default(), &mut |row| {
        rows.push((row.number, row.cells));
        ControlFlow::Continue(())
    })?;
    Ok((rows, read))
}

fn text(text: &str) -> Raw {
    Raw::Text(text.to_owned())
}

fn number(value: f64) -> Raw {
    Raw::Number { value, text: value.to_string() }
}

fn example() -> Vec<XlsSheet> {
    let stock = XlsSheet {
        name: "재고",
        cells: vec![
            (1, 0, XlsCell::Text("Item")),
            (1, 2, XlsCell::Text("Qty")),
            (3, 0, XlsCell::Text("00123")),
            (3, 1, XlsCell::Date(45_128.0)),
            (3, 2, XlsCell::Number(480.5)),
            (4, 0, XlsCell::Flag(true)),
            (4, 1, XlsCell::Fault(42)),
            (4, 2, XlsCell::Formula(960.0)),
            (5, 0, XlsCell::FormulaText("결핵약")),
        ],
        merged: vec![[6, 7, 0, 1]],
        hidden_rows: vec![4],
        ..XlsSheet::default()
    };
    let old = XlsSheet { name: "Old", hidden: true, cells: vec![(0, 0, XlsCell::Text("x"))], ..XlsSheet::default() };
    vec![stock, old]
}

#[test]
fn cells_keep_their_kind_and_rows_their_number() {
    let bytes = workbook(&example());
    let (rows, read) = read_all(&bytes, 0).unwrap();
    let expected = [
        (2, vec![text("Item"), Raw::Empty, text("Qty")]),
        (4, vec![text("00123"), Raw::Day(NaiveDate::from_ymd_opt(2023, 7, 21).unwrap()), number(480.5)]),
        (5, vec![Raw::Flag(true), Raw::Fault("#N/A".to_owned()), number(960.0)]),
        (6, vec![text("결핵약")]),
    ];
    assert_eq!(rows, expected);
    assert_eq!(read.merged, [Merged { rows: (7, 8), columns: (1, 2) }]);
    assert_eq!((read.rows, read.hidden_rows), (4, 1));
    assert_eq!(read_all(&bytes, 1).unwrap().0, [(1, vec![text("x")])]);
    let book = book_of_bytes("a.xls", Arc::from(bytes), &Limits::default()).unwrap();
    let sheets: Vec<_> = book.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
    assert_eq!(sheets, [("재고", false), ("Old", true)]);
}

#[test]
fn a_sheet_that_would_fill_the_memory_is_refused() {
    let cells = vec![(0, 0, XlsCell::Number(1.0)), (65_535, 255, XlsCell::Number(1.0))];
    let far = workbook(&[XlsSheet { name: "A", cells, ..XlsSheet::default() }]);
    assert!(matches!(read_all(&far, 0), Err(CannotRead::TooMuch { what: "cells" })));
    // One long text, and many cells that name it.
    let long: &'static str = Box::leak("한".repeat(3_000).into_boxed_str());
    let cells = (0..20_000).map(|row| (row, 0, XlsCell::Text(long))).collect();
    let again = workbook(&[XlsSheet { name: "A", cells, ..XlsSheet::default() }]);
    assert!(matches!(read_all(&again, 0), Err(CannotRead::TooMuch { what: "cells" })));
    // Room for four thousand million cells, which the library would make before it reads any.
    let mut bytes = stream(&example());
    let mut room = Vec::new();
    record(&mut room, 0x0200, &[[0_u8; 4], [0xFF; 4], [0, 0, 0xFF, 0xFF], [0; 4]].concat()[..14]);
    bytes.truncate(bytes.len() - 4);
    bytes.extend(room);
    bytes.extend([0x0A, 0, 0, 0]);
    assert!(read_all(&file_of(&bytes), 1).is_ok());
}

#[test]
fn passwords_and_other_files_are_told() {
    let mut locked = Vec::new();
    record(&mut locked, 0x0809, &shorts(&[0x0600, 5, 0, 0]));
    record(&mut locked, 0x002F, &shorts(&[1, 1, 1]));
    record(&mut locked, 0x000A, &[]);
    assert!(matches!(read_all(&file_of(&locked), 0), Err(CannotRead::Password)));
    let named = |name: &str| {
        let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
        file.create_stream(name).unwrap();
        file.flush().unwrap();
        read_all(&file.into_inner().into_inner(), 0).unwrap_err().to_string()
    };
    assert!(named("EncryptedPackage").contains("protected by a password"));
    assert!(named("WordDocument").contains("a text document (DOC)"));
    assert!(named("Other").contains("a compound file without a workbook"));
}

#[test]
fn a_cut_or_scrambled_workbook_ends_in_a_sentence() {
    let whole = stream(&example());
    for cut in 0..whole.len() {
        if let Err(error) = read_all(&file_of(&whole[..cut]), 0) {
            assert!(matches!(error, CannotRead::Damaged), "{cut}: {error}");
        }
    }
    for at in 0..whole.len() {
        let mut wrong = whole.clone();
        wrong[at] ^= 0xFF;
        read_all(&file_of(&wrong), 0).ok();
    }
    let file = file_of(&whole);
    for cut in (8..file.len()).step_by(64) {
        // Behind the end of the workbook stand zeros that nobody misses.
        if let Err(error) = read_all(&file[..cut], 0) {
            assert!(matches!(error, CannotRead::Damaged), "{cut}: {error}");
        }
    }
    for at in (8..1_536).chain(file.len() - 512..file.len()) {
        let mut wrong = file.clone();
        wrong[at] ^= 0x55;
        read_all(&wrong, 0).ok();
    }
}
