//! Reports as PDF: of 20 pages, of 200, and one table of 10,000 rows beside typst alone. Each in a process of its own, so that
//! what it took of the memory can be told.

use std::time::Instant;

use chrono::{Days, NaiveDate};
use corridor::domain::document::{Block, Cell, CellTone, Chart, Column, Document, Fact, Series, Table};
use corridor::formats::originals::NoOriginals;
use corridor::formats::{Made, pdf};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

use super::{Visit, resident};
use crate::report::Bound;

/// The argument by which this program is told to be such a process.
pub const ARGUMENT: &str = "--report";

/// The rows of the long table.
const ROWS: usize = 10_000;

pub fn visit(visit: &mut Visit<'_>) {
    // A report knows nothing of how large its workspace is: once is enough.
    if visit.lines > 10_000 {
        return;
    }
    let report = &mut *visit.report;
    let small = run("pages", 24);
    report.alone("Report of 20 pages as PDF", Bound::Millis(1000.0), small.pages, small.millis);
    report.alone("Report of 20 pages as PDF, the most memory", Bound::Megabytes(200.0), small.pages, small.megabytes);
    let large = run("pages", 240);
    report.alone("Report of 200 pages as PDF", Bound::Millis(10_000.0), large.pages, large.millis);
    report.alone("Report of 200 pages as PDF, the most memory", Bound::Megabytes(1000.0), large.pages, large.megabytes);
    // Parts are held to the memory that they save. They save no time, so the ratio of times is there to be seen.
    let (ours, alone) = (run("table", ROWS), run("typst", ROWS));
    println!("  {ROWS} rows: {} pages of ours, {} of typst alone", ours.pages, alone.pages);
    report.beside("Table of 10,000 rows as PDF, beside typst alone", Bound::None, ROWS, (ours.millis, alone.millis));
    let memory = (ours.megabytes, alone.megabytes);
    report.beside("The same, the most memory in MB", Bound::Times(0.5), ROWS, memory);
}

/// What a process took.
struct Took {
    millis: f64,
    megabytes: f64,
    pages: usize,
}

fn run(what: &str, size: usize) -> Took {
    let program = std::env::current_exe().expect("this program");
    let output =
        std::process::Command::new(program).args([ARGUMENT, what, &size.to_string()]).output().expect("a process");
    let text = String::from_utf8_lossy(&output.stdout);
    let figures: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [millis, pages, megabytes] = figures[..] else { panic!("{text}{}", String::from_utf8_lossy(&output.stderr)) };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of pages")]
    Took { millis, megabytes, pages: pages as usize }
}

/// Makes the PDF, and prints the milliseconds, the pages and the most memory.
pub fn process(what: &str, size: &str) {
    let size: usize = size.parse().expect("a size");
    let begun = Instant::now();
    let file = match what {
        "typst" => alone(&table(size)),
        "table" => ours(&Document {
            title: "Lines".to_owned(),
            blocks: vec![Block::Table(table(size))],
            ..Document::default()
        }),
        _ => ours(&report(size)),
    };
    let millis = begun.elapsed().as_secs_f64() * 1e3;
    let most = resident::status("VmHWM:").unwrap_or_default();
    let pages = lopdf::Document::load_mem(&file).expect("a PDF").get_pages().len();
    println!("{millis} {pages} {most}");
}

fn ours(document: &Document) -> Vec<u8> {
    pdf::write(document, &NoOriginals, Made::on(first_day()), &|| false).expect("a PDF")
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day")
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).expect("a number")
}

/// A report with so many sections, each a little less than a page: a heading, words, a table and a chart.
fn report(pages: usize) -> Document {
    let page = |at: usize| {
        let values = (0..5).map(|of| whole((at * 31 + of * 17) % 900)).collect();
        let chart = Chart {
            title: "Received".to_owned(),
            alt: "What each province received".to_owned(),
            unit: "courses".to_owned(),
            labels: ["Pyongyang", "Nampo", "Sinuiju", "Kaesong", "Wonsan"].map(str::to_owned).to_vec(),
            series: vec![Series { name: "Received".to_owned(), values }],
            ..Chart::default()
        };
        [
            Block::Heading { level: 1, text: format!("Section {}", at + 1) },
            Block::Text("What was planned has arrived, was counted and is in use. ".repeat(12)),
            Block::Table(table(17)),
            Block::Chart(chart),
        ]
    };
    Document {
        title: "Report".to_owned(),
        facts: vec![Fact::plain("As of", "2026-03-31")],
        blocks: (0..pages).flat_map(page).collect(),
        foot: "Figures count what was recorded until the cut-off day.".to_owned(),
        ..Document::default()
    }
}

fn table(rows: usize) -> Table {
    let row = |at: usize| {
        vec![
            Cell::text(format!("SHP-{at:05}")),
            Cell::text(
                ["Tuberculosis courses, first line", "초음파 진단기, 휴대용", "疫苗冷藏箱", "Syringes 2 ml"][at % 4],
            ),
            Cell::text(["Nampo", "Sinuiju", "Pyongyang"][at % 3]),
            Cell::Quantity(whole(at) * 7000),
            Cell::Quantity(whole(at) * 6900),
            Cell::Day(first_day() + Days::new((at % 300) as u64)),
            Cell::State { tone: CellTone::Good, words: "arrived".to_owned() },
        ]
    };
    Table {
        title: "Lines".to_owned(),
        columns: vec![
            Column::text("Line", ""),
            Column::text("Item", ""),
            Column::text("Place", ""),
            Column::number("Sent", ""),
            Column::number("Received", ""),
            Column::text("Arrived", ""),
            Column::text("State", ""),
        ],
        rows: (0..rows).map(row).collect(),
        notes: vec!["Every line is counted once.".to_owned()],
        ..Table::default()
    }
}

/// The same rows as anyone would write them in typst: one table that finds its widths itself.
const ALONE: &str = r#"#set page(paper: "a4", margin: 20mm, footer: context align(right, counter(page).display("1 / 1", both: true)))
#set document(title: "Lines")
#set text(font: ("Corridor Sans", "Noto Sans SC"), size: 8.5pt)
#let data = json("data.json")
#table(
  columns: data.head.len(),
  stroke: (bottom: 0.45pt),
  table.header(..data.head),
  ..data.cells,
)
"#;

fn alone(table: &Table) -> Vec<u8> {
    let head: Vec<&str> = table.columns.iter().map(|column| column.label.as_str()).collect();
    let cells: Vec<String> = table.rows.iter().flatten().map(Cell::words).collect();
    let file = |name: &str| FileId::new(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).expect("a path")));
    let fonts: Vec<Font> =
        [corridor::fonts::REGULAR, corridor::fonts::HAN].map(Bytes::new).into_iter().flat_map(Font::iter).collect();
    let world = Alone {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        source: Source::new(file("main.typ"), ALONE.to_owned()),
        data: Bytes::new(serde_json::to_vec(&serde_json::json!({"head": head, "cells": cells})).expect("data")),
    };
    let document = typst::compile::<typst_layout::PagedDocument>(&world).output.expect("pages");
    typst_pdf::pdf(&document, &typst_pdf::PdfOptions::default()).expect("a PDF")
}

/// Typst with one source and one file.
struct Alone {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    source: Source,
    data: Bytes,
}

impl World for Alone {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _id: FileId) -> FileResult<Bytes> {
        Ok(self.data.clone())
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
