//! Messy spreadsheets as people send them: what the reader hands out for each stands beside it, as a file `NAME.rows`.
//! `CORRIDOR_UPDATE_FIXTURES=1` writes both anew; look at the difference.

#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read is a test that fails")]

use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use corridor::formats::read::{Limits, Raw, RawRow, TextOptions, book};

#[path = "support/messy.rs"]
mod messy;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import")
}

/// The spreadsheets in the folder, by name.
fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !is_beside(name))
        .collect();
    names.sort();
    names
}

fn is_beside(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "rows" || ending == "md" || ending == "txt")
}

#[test]
fn every_messy_spreadsheet_is_read_as_it_is_written_beside_it() {
    let update = std::env::var_os("CORRIDOR_UPDATE_FIXTURES").is_some();
    if update {
        fs::create_dir_all(folder()).unwrap();
        for (name, bytes) in messy::files() {
            fs::write(folder().join(name), bytes).unwrap();
        }
    }
    let mut wrong = String::new();
    for name in names() {
        let found = told(&folder().join(&name));
        let beside = folder().join(format!("{name}.rows"));
        if update {
            fs::write(&beside, &found).unwrap();
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        if found != expected {
            write!(wrong, "{name} is read as\n{found}and should be\n{expected}\n").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_messy_spreadsheet_is_told_of_in_the_table_beside_it() {
    let table = fs::read_to_string(folder().join("README.md")).unwrap();
    let names = names();
    assert!(names.len() >= 30, "{} spreadsheets", names.len());
    let told: Vec<&str> =
        table.lines().filter_map(|line| line.strip_prefix("| `")).filter_map(|line| line.split('`').next()).collect();
    assert_eq!(told, names);
    let written: Vec<String> = messy::files().iter().map(|(name, _)| (*name).to_owned()).collect();
    for name in names {
        assert!(written.contains(&name), "{name} is made by nobody");
    }
}

/// What the reader says of a file: its kind, its sheets, each row, and what it noted.
fn told(path: &Path) -> String {
    let book = match book(path, &Limits::default()) {
        Ok(book) => book,
        Err(error) => return format!("cannot be read: {error}\n"),
    };
    let mut out = format!("{:?}\n", book.format);
    for (at, sheet) in book.sheets.iter().enumerate() {
        let hidden = if sheet.hidden { ", hidden" } else { "" };
        writeln!(out, "sheet “{}”{hidden}", sheet.name).unwrap();
        let read = book.rows(at, &TextOptions::default(), &mut |row| {
            writeln!(out, "{}", line(&row)).unwrap();
            ControlFlow::Continue(())
        });
        match read {
            Err(error) => writeln!(out, "ends: {error}").unwrap(),
            Ok(read) => {
                if let Some(text) = read.text {
                    let guessed = if text.guessed { ", guessed" } else { "" };
                    let (encoding, delimiter) = (text.encoding.name(), char::from(text.delimiter));
                    writeln!(out, "encoding {encoding}{guessed}, divided by {delimiter:?}").unwrap();
                }
                for region in read.merged {
                    let ((top, bottom), (left, right)) = (region.rows, region.columns);
                    writeln!(out, "shown as one: rows {top} to {bottom}, columns {left} to {right}").unwrap();
                }
                read.notes.iter().for_each(|note| writeln!(out, "note: {note}").unwrap());
            }
        }
    }
    out
}

fn line(row: &RawRow) -> String {
    let cells: Vec<String> = row.cells.iter().map(cell).collect();
    format!("{:>4}{} {}", row.number, if row.hidden { " hidden" } else { "" }, cells.join(" | "))
}

fn cell(cell: &Raw) -> String {
    match cell {
        Raw::Empty => "-".to_owned(),
        Raw::Text(text) => format!("{text:?}"),
        Raw::Number { text, .. } => format!("number {text}"),
        Raw::Day(day) => format!("day {day}"),
        Raw::Moment(moment) => format!("moment {moment}"),
        Raw::Flag(flag) => format!("flag {flag}"),
        Raw::Fault(fault) => format!("fault {fault}"),
    }
}
