//! Workbooks as people send them, and as those who mean harm do.

use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;
use std::sync::Arc;

use rust_xlsxwriter::{ExcelDateTime, Format as Style, Formula, Workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::super::{CannotRead, Format, Limits, Merged, Raw, Read, TextOptions, book_of_bytes};

type Rows = Vec<(u64, Vec<Raw>)>;

/// Each row as its number and its cells.
fn read_all(bytes: Vec<u8>, sheet: usize, limits: &Limits) -> Result<(Rows, Read), CannotRead> {
    let book = book_of_bytes("table.xlsx", Arc::from(bytes), limits)?;
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

fn number(value: f64, text: &str) -> Raw {
    Raw::Number { value, text: text.to_owned() }
}

/// An archive of these parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        archive.start_file(*name, options).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str =
    r#"<workbook xmlns:r="r"><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const SHEETS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A workbook with this sheet, and further parts.
fn workbook(sheet: &[u8], more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", SHEETS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    parts.extend_from_slice(more);
    packed(&parts)
}

/// A sheet with these rows.
fn sheet(rows: &str) -> Vec<u8> {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").into_bytes()
}

fn refused(bytes: Vec<u8>) -> CannotRead {
    read_all(bytes, 0, &Limits::default()).unwrap_err()
}

#[test]
fn cells_keep_their_kind_and_rows_their_number() {
    let mut book = Workbook::new();
    let day = Style::new().set_num_format("dd-mmm-yy");
    let plan = book.add_worksheet().set_name("계획").unwrap();
    plan.write(1, 0, "Item").unwrap();
    plan.write(1, 2, "Qty").unwrap();
    plan.write(4, 0, "00123").unwrap();
    plan.write(4, 2, 0.1 + 0.2).unwrap();
    let date = ExcelDateTime::from_ymd(2023, 7, 21).unwrap();
    plan.write_with_format(5, 0, &date, &day).unwrap();
    plan.write_with_format(5, 1, date.clone().and_hms(10, 30, 0).unwrap(), &day).unwrap();
    plan.write(5, 2, true).unwrap();
    plan.write(6, 0, Formula::new("=1+1").set_result("2")).unwrap();
    plan.write(6, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    plan.merge_range(8, 0, 9, 1, "North", &Style::new()).unwrap();
    plan.set_row_hidden(5).unwrap();
    book.add_worksheet().set_name("Old").unwrap().set_hidden(true).write(0, 0, 1).unwrap();
    let bytes = book.save_to_buffer().unwrap();

    let looked = book_of_bytes("a.xlsx", Arc::from(bytes.as_slice()), &Limits::default()).unwrap();
    let sheets: Vec<_> = looked.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
    assert_eq!((looked.format, sheets), (Format::Xlsx, vec![("계획", false), ("Old", true)]));

    let (rows, read) = read_all(bytes.clone(), 0, &Limits::default()).unwrap();
    let july = chrono::NaiveDate::from_ymd_opt(2023, 7, 21).unwrap();
    let expected = [
        (2, vec![text("Item"), Raw::Empty, text("Qty")]),
        (5, vec![text("00123"), Raw::Empty, number(0.1 + 0.2, "0.3")]),
        (6, vec![Raw::Day(july), Raw::Moment(july.and_hms_opt(10, 30, 0).unwrap()), Raw::Flag(true)]),
        (7, vec![number(2.0, "2"), Raw::Fault("#DIV/0!".to_owned())]),
        (9, vec![text("North")]),
    ];
    assert_eq!(rows, expected);
    assert_eq!(read.merged, [Merged { rows: (9, 10), columns: (1, 2) }]);
    assert_eq!((read.rows, read.hidden_rows), (5, 1));
    assert_eq!(read_all(bytes, 1, &Limits::default()).unwrap().0, [(1, vec![number(1.0, "1")])]);
}

#[test]
fn a_part_that_unpacks_to_too_much_is_refused_by_what_the_archive_says() {
    let blank = sheet(&" ".repeat(40 << 20));
    assert!(matches!(refused(workbook(&blank, &[])), CannotRead::PackedTooWell { times: 200 }));
    let few = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
    let rows = sheet(&"<row><c><v>1</v></c></row>".repeat(80_000));
    let error = read_all(workbook(&rows, &[]), 0, &few).unwrap_err();
    assert!(matches!(error, CannotRead::Swollen { most: 1, .. }), "{error}");
}

#[test]
fn a_part_that_unpacks_to_more_than_the_archive_says_is_refused() {
    let rows = sheet(&"<row><c><v>1</v></c></row>".repeat(2_000));
    let length = u32::try_from(rows.len()).unwrap().to_le_bytes();
    let mut bytes = workbook(&rows, &[]);
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..*at + 4] == length).collect();
    assert!(!places.is_empty());
    for place in places {
        bytes[place..place + 4].copy_from_slice(&60_u32.to_le_bytes());
    }
    let error = refused(bytes);
    assert!(matches!(error, CannotRead::Swollen { .. } | CannotRead::Damaged), "{error}");
}

#[test]
fn entities_of_ones_own_are_refused() {
    let bomb = r#"<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"#;
    let mut evil = bomb.as_bytes().to_vec();
    evil.extend(sheet("<row><c t=\"str\"><v>&b;</v></c></row>"));
    assert!(matches!(refused(workbook(&evil, &[])), CannotRead::Definitions));
    let texts = [bomb, "<sst><si><t>&b;</t></si></sst>"].concat();
    let fine = sheet("<row><c t=\"s\"><v>0</v></c></row>");
    let strings = workbook(&fine, &[("xl/sharedStrings.xml", texts.as_bytes())]);
    assert!(matches!(refused(strings), CannotRead::Definitions));
}

#[test]
fn too_many_columns_and_rows_are_refused_with_their_place() {
    let wide = sheet("<row r=\"3\"><c r=\"XFE3\"><v>1</v></c></row>");
    assert!(matches!(refused(workbook(&wide, &[])), CannotRead::ManyColumns { row: 3, most: 16_384 }));
    let long = sheet("<row r=\"1048577\"><c r=\"A1048577\"><v>1</v></c></row>");
    assert!(matches!(refused(workbook(&long, &[])), CannotRead::ManyRows { most: 1_048_576 }));
    let cells: String = (0..16_384).map(|_| "<c><v>1</v></c>").collect();
    let full = sheet(&format!("<row>{cells}</row>"));
    assert_eq!(read_all(workbook(&full, &[]), 0, &Limits::default()).unwrap().0[0].1.len(), 16_384);
}

#[test]
fn texts_that_fill_the_memory_are_refused() {
    let fine = sheet("<row><c t=\"s\"><v>0</v></c></row>");
    let told = "<sst uniqueCount=\"99999999999\"><si><t>a</t></si></sst>";
    let strings = |texts: &str| workbook(&fine, &[("xl/sharedStrings.xml", texts.as_bytes())]);
    assert!(matches!(refused(strings(told)), CannotRead::TooMuch { what: "different texts" }));
    let many = format!("<sst>{}</sst>", "<si/>".repeat(3 << 20));
    assert!(matches!(refused(strings(&many)), CannotRead::TooMuch { what: "different texts" }));
    let long = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(2 << 20));
    assert!(matches!(refused(strings(&long)), CannotRead::TooMuch { what: "text in one cell" }));
    let rich = format!("<sst><si>{}</si></sst>", format!("<r><t>{}</t></r>", "a".repeat(1 << 19)).repeat(4));
    assert!(matches!(refused(strings(&rich)), CannotRead::TooMuch { what: "text in one cell" }));
    let word = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(30_000));
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(200);
    let again = workbook(&sheet(&format!("<row>{cells}</row>")), &[("xl/sharedStrings.xml", word.as_bytes())]);
    assert!(matches!(refused(again), CannotRead::HeavyRow { row: 1, most: 4 }));
    let deep = "<a>".repeat(100_000);
    assert!(matches!(refused(workbook(deep.as_bytes(), &[])), CannotRead::Damaged));
    let names = format!("<styleSheet>{}</styleSheet>", "<xf numFmtId=\"0\"/>".repeat(300_000));
    let styled = workbook(&fine, &[("xl/styles.xml", names.as_bytes())]);
    assert!(matches!(refused(styled), CannotRead::TooMuch { what: "names and styles" }));
}

#[test]
fn a_cut_or_scrambled_workbook_ends_in_a_sentence() {
    let whole = workbook(&sheet("<row><c><v>1</v></c></row>"), &[]);
    assert!(read_all(whole.clone(), 0, &Limits::default()).is_ok());
    for cut in 4..whole.len() {
        let error = refused(whole[..cut].to_vec());
        assert!(matches!(error, CannotRead::Damaged), "{cut}: {error}");
    }
    let mut scrambled = whole.clone();
    for at in (30..whole.len()).step_by(3) {
        scrambled[at] = scrambled[at].wrapping_mul(31).wrapping_add(7);
    }
    assert!(matches!(refused(scrambled), CannotRead::Damaged));
    // The library adds up the letters of a position without asking whether they fit.
    let odd = "<worksheet><dimension ref=\"C9:A1\"/><sheetData/></worksheet>";
    read_all(workbook(odd.as_bytes(), &[]), 0, &Limits::default()).ok();
    let far = sheet("<row r=\"99999999999\"><c r=\"ZZZZZZZZZZ99999999999\"><v>1</v></c></row>");
    assert!(read_all(workbook(&far, &[]), 0, &Limits::default()).is_err());
}

#[test]
fn an_archive_that_is_no_workbook_is_named() {
    let told = |part: &str| refused(packed(&[("[Content_Types].xml", b"<Types/>"), (part, b"<a/>")])).to_string();
    assert!(told("xl/workbook.bin").contains("a binary workbook (XLSB). Open it in a spreadsheet program"));
    assert!(told("word/document.xml").contains("a text document (DOCX)"));
    assert!(refused(packed(&[("photo.jpg", b"a")])).to_string().contains("a packed archive (ZIP)"));
}

#[test]
fn a_sheet_whose_error_is_not_known_is_read_to_its_end() {
    let rows = sheet("<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#SPILL!</v></c><c r=\"B1\"><v>5</v></c></row>");
    let (rows, read) = read_all(workbook(&rows, &[]), 0, &Limits::default()).unwrap();
    assert_eq!(rows, [(1, vec![Raw::Empty, number(5.0, "5")])]);
    assert!(read.notes[0].starts_with("1 cells hold an error"), "{:?}", read.notes);
}
