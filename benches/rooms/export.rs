//! A list of goods as a workbook, beside the libraries that write it today: the same rows, typed, with headings that stay.
//!
//! `CORRIDOR_BENCH_PYTHON` names a Python that has the two libraries; otherwise `python3` is asked.

use std::path::Path;
use std::process::Command;

use corridor::domain::document::{Block, Cell, Document, Table};
use corridor::domain::record::LineRole;
use corridor::formats::{csv_file, xlsx};
use corridor::services::Watch;
use corridor::services::export::Listing;
use corridor::services::queries::{LineFilter, LinesQuery, SortLines, Sources};

use super::{Visit, open};
use crate::report::Bound;
use crate::{generate, measure};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/workbook.py");

/// Each library, and how many times as fast we have to be.
const PEERS: [(&str, f64); 2] = [("openpyxl", 5.0), ("XlsxWriter", 3.0)];

/// More rows are asked for one by one, which is another question.
const MOST: usize = 100_000;

pub fn visit(visit: &mut Visit<'_>) {
    if visit.lines > MOST {
        return;
    }
    let workspace = open(&visit.made.path);
    let listing = Listing::Lines(LinesQuery {
        role: LineRole::Shipped,
        as_of: generate::today(),
        sources: Sources::Both,
        filter: LineFilter { pending: true, ..LineFilter::default() },
        sort: SortLines::Record,
        descending: false,
    });
    let asked = measure::timed(&mut || {
        workspace.listed(&listing, &Watch::default()).expect("list");
    });
    visit.report.alone("A list of goods asked for as a whole", Bound::None, visit.lines, asked);
    let document = workspace.listed(&listing, &Watch::default()).expect("list");
    let table = document.tables().next().expect("a table").clone();
    let document = Document { blocks: vec![Block::Table(table.clone())], ..document };
    let millis = measure::median(|| {
        xlsx::write(&document, generate::today(), &|| false).expect("workbook");
    });
    visit.report.alone("A list of goods as a workbook", Bound::None, visit.lines, millis);
    for (name, peer) in peers(&table, visit.folder) {
        let Some((_, times)) = PEERS.iter().find(|(known, _)| *known == name) else { continue };
        let title = format!("A list of goods as a workbook, beside {name}");
        visit.report.beside(&title, Bound::Share(*times), visit.lines, (millis, peer));
    }
}

/// What each library that is there takes for the same table, in milliseconds.
fn peers(table: &Table, folder: &Path) -> Vec<(String, f64)> {
    let kind = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(at));
        match cells.into_iter().find(|cell| **cell != Cell::Empty) {
            Some(Cell::Day(_)) => 'd',
            Some(Cell::Count(_) | Cell::Quantity(_)) => 'n',
            _ => 't',
        }
    };
    let kinds: String = (0..table.columns.len()).map(kind).collect();
    let path = folder.join("workbook.csv");
    std::fs::write(&path, csv_file::write(table, csv_file::Options { hxl: false, mark: true })).expect("write");
    let python = std::env::var("CORRIDOR_BENCH_PYTHON").unwrap_or_else(|_error| "python3".to_owned());
    let output = folder.join("workbook.xlsx");
    let printed = Command::new(python).arg(SCRIPT).arg(&path).arg(kinds).arg(&output).output();
    let text = printed.map(|printed| String::from_utf8_lossy(&printed.stdout).into_owned()).unwrap_or_default();
    for left in [path, output] {
        // Where no library is there nothing was written.
        std::fs::remove_file(left).ok();
    }
    let found: Vec<(String, f64)> = text
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, millis)| (name.to_owned(), millis.parse().expect("milliseconds")))
        .collect();
    if found.is_empty() {
        println!("  export: neither openpyxl nor XlsxWriter is here, so nothing to compare with");
    }
    found
}
