//! Files that are made to fill the memory or the day, and the largest that are read: how much memory each takes, in a
//! process of its own.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that fails is a test that fails")]

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;

use corridor::formats::read::{Limits, TextOptions, book};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[expect(dead_code, reason = "a full sheet needs numbers alone")]
#[path = "support/xls.rs"]
mod xls;

/// What reading a file may take: the promise, with the program around it.
const MOST_MB: u64 = 300;
const FILE: &str = "CORRIDOR_READS";

/// Writes a file under its name.
type Make = fn(&Path);

/// Reads the file that the variable names and prints what it took; the other test starts it.
#[test]
#[ignore = "started by the test below, in a process of its own"]
fn reads_one_file() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let mut rows = 0_u64;
    let read = book(Path::new(&path), &Limits::default()).and_then(|book| {
        book.rows(0, &TextOptions::default(), &mut |_| {
            rows += 1;
            ControlFlow::Continue(())
        })
    });
    let ended = read.map_or_else(|error| error.to_string(), |_| "read to its end".to_owned());
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: u64 = peak.trim().trim_end_matches("kB").trim().parse().unwrap();
    println!("took={} rows={rows} ended={ended}", kilobytes >> 10);
}

#[test]
#[ignore = "writes some hundred megabytes and reads them in a minute or two"]
fn no_file_takes_more_memory_than_is_promised() {
    let folder = tempfile::tempdir().unwrap();
    let files: [(&str, &str, Make); 9] = [
        ("bomb.xlsx", "more than 200 times its size", packed_rows),
        ("rows.xlsx", "more than 1048576 rows", many_rows),
        ("large.xlsx", "at most 512 MB are read", two_gigabytes),
        ("large.csv", "at most 8192 MB are read", nine_gigabytes),
        ("texts.xlsx", "read to its end", many_texts),
        ("wide.xlsx", "read to its end", wide_rows),
        ("repeated.ods", "more repeated cells than can be read safely", repeated),
        ("full.xls", "read to its end", full_xls),
        ("long.csv", "read to its end", long_csv),
    ];
    for (name, expected, make) in files {
        let path = folder.path().join(name);
        make(&path);
        let run = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture", "reads_one_file"])
            .env(FILE, &path)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stdout).into_owned();
        let line = said.lines().find_map(|line| line.find("took=").map(|at| &line[at..])).unwrap();
        println!("{name}: {} MB on the disk, {line}", std::fs::metadata(&path).unwrap().len() >> 20);
        assert!(line.contains(expected), "{name}: {line}");
        let took: u64 = line.split(['=', ' ']).nth(1).unwrap().parse().unwrap();
        assert!(took < MOST_MB, "{name} took {took} MB");
        std::fs::remove_file(path).unwrap();
    }
}

const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<workbook><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const SHEETS: &str = r#"<Relationships><Relationship Id="rId1" Type="x/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A workbook whose sheet and list of texts are written piece by piece.
fn xlsx(path: &Path, sheet: impl Fn(&mut dyn FnMut(&str)), texts: impl Fn(&mut dyn FnMut(&str))) {
    let mut archive = ZipWriter::new(BufWriter::new(File::create(path).unwrap()));
    let options = SimpleFileOptions::default();
    for (name, content) in
        [("_rels/.rels", RELATIONS), ("xl/workbook.xml", WORKBOOK), ("xl/_rels/workbook.xml.rels", SHEETS)]
    {
        archive.start_file(name, options).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    sheet(&mut |piece| archive.write_all(piece.as_bytes()).unwrap());
    archive.start_file("xl/sharedStrings.xml", options).unwrap();
    texts(&mut |piece| archive.write_all(piece.as_bytes()).unwrap());
    archive.finish().unwrap().flush().unwrap();
}

fn no_texts(write: &mut dyn FnMut(&str)) {
    write("<sst/>");
}

/// Rows without a cell, a little different each, so that they pack no better than others.
fn many_rows(path: &Path) {
    let sheet = |write: &mut dyn FnMut(&str)| {
        write("<worksheet><sheetData>");
        (0..1_048_577).for_each(|row| write(&format!("<row a=\"{:x}\"/>", row * 2_654_435_761_u64)));
        write("</sheetData></worksheet>");
    };
    xlsx(path, sheet, no_texts);
}

fn packed_rows(path: &Path) {
    let piece = "<row/>".repeat(1 << 16);
    let sheet = |write: &mut dyn FnMut(&str)| {
        write("<worksheet><sheetData>");
        (0..200).for_each(|_| write(&piece));
        write("</sheetData></worksheet>");
    };
    xlsx(path, sheet, no_texts);
}

/// A file with holes: so large for whoever asks, and empty on the disk.
fn hole(path: &Path, begins: &[u8], gigabytes: u64) {
    let mut file = File::create(path).unwrap();
    file.write_all(begins).unwrap();
    file.set_len(gigabytes << 30).unwrap();
}

fn two_gigabytes(path: &Path) {
    hole(path, b"PK\x03\x04", 2);
}

fn nine_gigabytes(path: &Path) {
    hole(path, b"a,b\n1,2\n", 9);
}

/// As many different texts as are read.
fn many_texts(path: &Path) {
    let sheet = |write: &mut dyn FnMut(&str)| {
        write("<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>");
    };
    let texts = |write: &mut dyn FnMut(&str)| {
        write("<sst>");
        (0..1_800_000).for_each(|number| write(&format!("<si><t>{number}</t></si>")));
        write("</sst>");
    };
    xlsx(path, sheet, texts);
}

fn wide_rows(path: &Path) {
    let cells = "<c t=\"str\"><v>a cell of text</v></c>".repeat(16_384);
    let sheet = |write: &mut dyn FnMut(&str)| {
        write("<worksheet><sheetData>");
        (0..10).for_each(|_| write(&format!("<row>{cells}</row>")));
        write("</sheetData></worksheet>");
    };
    xlsx(path, sheet, no_texts);
}

fn repeated(path: &Path) {
    let mut archive = ZipWriter::new(File::create(path).unwrap());
    let rows = "<a><table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"16384\"/></table:table-row></table:table></a>";
    for (name, text) in [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", rows)] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
}

/// As many cells as an XLS may have that is read.
fn full_xls(path: &Path) {
    let cells = (0..=65_535)
        .flat_map(|row| (0..24).map(move |column| (row, column, xls::XlsCell::Number(f64::from(row)))))
        .collect();
    let sheet = xls::XlsSheet { name: "A", cells, ..xls::XlsSheet::default() };
    std::fs::write(path, xls::workbook(&[sheet])).unwrap();
}

fn long_csv(path: &Path) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    for row in 0..1_000_000 {
        writeln!(file, "MED-{row},TB course,{row},SET,2023-07-21,Nampo hospital").unwrap();
    }
    file.flush().unwrap();
}
