//! What stands in a written workbook, read again by another program's reader.

use std::io::{Cursor, Read as _};

use calamine::{Data, DataType as _, Reader as _, Xlsx};

use super::*;
use crate::domain::document::{Cell, Chart, Column, Fact, Series};
use crate::domain::money::Money;

fn made() -> NaiveDate {
    "2026-11-24".parse().unwrap()
}

fn written(document: &Document) -> Vec<u8> {
    write(document, made(), &|| false).unwrap()
}

fn read(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn document() -> Document {
    let money = |text| Cell::Money(Money::parse(text).unwrap());
    let table = Table {
        key: "lines".to_owned(),
        title: "Goods shipped".to_owned(),
        notes: vec!["Counted up to 2026-11-24.".to_owned()],
        columns: vec![
            Column::text("HS code", "#item+code+v_hs"),
            Column { name: "lines.item".to_owned(), ..Column::text("Item", "#item+name") },
            Column::number("Quantity", "#output+num"),
            Column::number("Value", "#value"),
            Column::text("On", "#date"),
            Column::number("Share", ""),
        ],
        rows: vec![
            vec![
                Cell::text("030420"),
                Cell::text("=1+1"),
                Cell::Quantity(-12_500),
                money("USD 1250.05"),
                Cell::Day("2026-03-31".parse().unwrap()),
                Cell::PerMille(667),
            ],
            vec![
                Cell::text("0904"),
                Cell::text("결핵약"),
                Cell::Quantity(1_000),
                money("USD 0.10"),
                Cell::Empty,
                Cell::Empty,
            ],
        ],
        totals: vec![Cell::text("Together"), Cell::Empty, Cell::Quantity(-11_500)],
        empty: String::new(),
    };
    let chart = Chart {
        title: "By month".to_owned(),
        alt: "Twice as much in March as in April".to_owned(),
        labels: vec!["March".to_owned(), "April".to_owned()],
        series: vec![Series { name: "Shipped".to_owned(), values: vec![2, 1] }],
        ..Chart::default()
    };
    Document {
        title: "Goods & more".to_owned(),
        facts: vec![Fact::plain("As of", "2026-11-24")],
        blocks: vec![Block::Text("Narrative".to_owned()), Block::Table(table), Block::Chart(chart)],
        foot: "Not legal advice.".to_owned(),
        ..Document::default()
    }
}

#[test]
fn numbers_days_and_codes_arrive_as_what_they_are() {
    let mut book = read(&written(&document()));
    assert_eq!(book.sheet_names(), ["About", "Goods shipped", "Chart data"]);
    let sheet = book.worksheet_range("Goods shipped").unwrap();
    let row = |at: usize| sheet.rows().nth(at).unwrap().to_vec();
    let texts: Vec<String> = row(0).iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["HS code", "Item", "Quantity", "Value, USD", "On", "Share"]);
    assert_eq!(row(1)[0], Data::String("#item+code+v_hs".to_owned()));
    let first = row(2);
    assert_eq!(first[0], Data::String("030420".to_owned()));
    assert_eq!(first[1], Data::String("=1+1".to_owned()));
    assert_eq!((&first[2], &first[3], &first[5]), (&Data::Float(-12.5), &Data::Float(1250.05), &Data::Float(0.667)));
    assert_eq!(first[4].as_date(), Some("2026-03-31".parse().unwrap()));
    assert_eq!(row(3)[1], Data::String("결핵약".to_owned()));
    assert_eq!(row(4)[0], Data::String("Together".to_owned()));
    assert!(book.worksheet_formula("Goods shipped").unwrap().is_empty(), "no cell is a formula");
}

#[test]
fn headings_stay_in_sight_are_filtered_and_printed_on_every_page() {
    let bytes = written(&document());
    let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
    for found in [
        "ySplit=\"2\"",
        "state=\"frozen\"",
        "<autoFilter ref=\"A2:F4\"",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
    ] {
        assert!(sheet.contains(found), "{found} is missing in {sheet}");
    }
    let book = part(&bytes, "xl/workbook.xml");
    assert!(book.contains("_xlnm.Print_Titles") && book.contains("'Goods shipped'!$1:$2"), "{book}");
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""), "a risky text is marked as text");
    assert!(part(&bytes, "xl/styles.xml").contains("yyyy-mm-dd"));
}

#[test]
fn the_first_sheet_says_what_the_workbook_is() {
    let mut book = read(&written(&document()));
    let about = book.worksheet_range("About").unwrap();
    let all: Vec<String> =
        about.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")).collect();
    let all = all.join("\n");
    for found in [
        "Goods & more",
        "As of|2026-11-24",
        "Narrative",
        "Goods shipped|Goods shipped|2",
        "Counted up to 2026-11-24.",
        "Goods shipped|Item|lines.item|#item+name",
        "Not legal advice.",
    ] {
        assert!(all.contains(found), "{found} is missing in\n{all}");
    }
}

#[test]
fn a_chart_stands_beside_its_table_and_says_what_it_shows() {
    let bytes = written(&document());
    assert!(part(&bytes, "xl/worksheets/sheet2.xml").contains("<drawing"), "the chart is on the sheet of the table");
    assert!(part(&bytes, "xl/drawings/drawing1.xml").contains("Twice as much in March as in April"));
    assert!(part(&bytes, "xl/charts/chart1.xml").contains("'Chart data'!$B$3:$B$4"));
}

#[test]
fn equal_documents_are_equal_files_and_name_nobody() {
    let bytes = written(&document());
    assert!(bytes == written(&document()), "the bytes differ");
    let core = part(&bytes, "docProps/core.xml");
    assert!(core.contains("<dc:creator></dc:creator>") && core.contains("2026-11-24T00:00:00Z"), "{core}");
}

#[test]
fn a_text_that_is_longer_than_a_cell_is_cut_and_says_so() {
    let long = "긴 글 ".repeat(12_000);
    let cut = fitting(&long);
    assert!(cut.encode_utf16().count() <= MOST_CHARACTERS);
    assert!(cut.ends_with("holds no more)"));
    assert_eq!(fitting("short"), "short");
}

#[test]
fn a_table_without_rows_and_one_that_is_too_wide_end_in_words() {
    let empty = Table { title: "Nothing".to_owned(), columns: vec![Column::text("A", "")], ..Table::default() };
    let book = written(&Document { blocks: vec![Block::Table(empty)], ..Document::default() });
    assert_eq!(read(&book).worksheet_range("Nothing").unwrap().height(), 1);
    let wide =
        Table { title: "Wide".to_owned(), columns: vec![Column::default(); MOST_COLUMNS + 1], ..Table::default() };
    let refused = write(&Document { blocks: vec![Block::Table(wide)], ..Document::default() }, made(), &|| false);
    assert!(refused.unwrap_err().to_string().contains("Wide"));
}

#[test]
fn a_stop_leaves_no_workbook() {
    assert!(matches!(write(&document(), made(), &|| true), Err(CannotWrite::Stopped)));
}

#[test]
fn numbers_that_a_spreadsheet_would_round_stand_as_text() {
    let row = vec![Cell::Count(999_999_999_999_999), Cell::Count(1_234_567_890_123_456)];
    let table = Table {
        title: "Long".to_owned(),
        columns: vec![Column::number("A", ""), Column::number("B", "")],
        rows: vec![row],
        ..Table::default()
    };
    let mut book = read(&written(&Document { blocks: vec![Block::Table(table)], ..Document::default() }));
    let sheet = book.worksheet_range("Long").unwrap();
    assert_eq!(sheet.get_value((1, 0)), Some(&Data::Float(999_999_999_999_999.0)));
    assert_eq!(sheet.get_value((1, 1)), Some(&Data::String("1234567890123456".to_owned())));
}

#[test]
fn a_template_shows_how_it_is_filled_in() {
    let column = |label: &str, choices: &[&str]| template::TemplateColumn {
        label: label.to_owned(),
        choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
        example: "2026-03-31".to_owned(),
        holds: if label == "On" { template::Holding::Day } else { template::Holding::Words },
        ..template::TemplateColumn::default()
    };
    let template = template::Template {
        title: "Shipments".to_owned(),
        instructions: vec!["One row a shipment.".to_owned()],
        columns: vec![column("Reference", &[]), column("Direction", &["In", "Out"]), column("On", &[])],
    };
    let bytes = template::write(&template, made()).unwrap();
    let mut book = read(&bytes);
    assert_eq!(book.sheet_names(), ["How to fill in", "Shipments", "Choices"]);
    let sheet = book.worksheet_range("Shipments").unwrap();
    assert_eq!(sheet.get_value((1, 0)), Some(&Data::String(template::EXAMPLE.to_owned())));
    assert_eq!(sheet.get_value((1, 2)).unwrap().as_date(), Some("2026-03-31".parse().unwrap()));
    assert!(part(&bytes, "xl/worksheets/sheet2.xml").contains("Choices!$A$2:$A$3"));
}
