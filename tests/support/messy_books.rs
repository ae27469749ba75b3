//! Workbooks among the messy spreadsheets.

use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[path = "xls.rs"]
mod xls;

use xls::{XlsCell, XlsSheet};

/// Every workbook by its name.
pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("03-kinds-of-dates.xlsx", xlsx(dates)),
        ("09-merged.xlsx", xlsx(merged)),
        ("10-merged.ods", merged_ods()),
        ("11-total-rows.xlsx", xlsx(totals)),
        ("13-title-rows.xlsx", xlsx(titles)),
        ("14-two-row-header.xlsx", xlsx(two_headers)),
        ("21-formulas.xlsx", xlsx(formulas)),
        ("22-error-cells.xlsx", xlsx(errors)),
        ("23-hidden.xlsx", xlsx(hidden)),
        ("24-several-sheets.xls", several_sheets()),
        ("27-booleans.ods", booleans()),
        ("29-blank-headings.xls", blank_headings()),
        ("32-units-in-cells.xlsx", xlsx(units)),
        ("38-groups-over-headings.xlsx", xlsx(groups)),
    ]
}

fn xlsx(fill: impl Fn(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2026, 11, 24).unwrap();
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

fn lines(sheet: &mut Worksheet, first: u32, rows: &[&[&str]]) {
    for (row, cells) in (first..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            if let Some(number) = text.strip_prefix('#').and_then(|number| number.parse::<f64>().ok()) {
                sheet.write(row, column, number).unwrap();
            } else if !text.is_empty() {
                sheet.write(row, column, *text).unwrap();
            }
        }
    }
}

/// 21-Jul-23 as text, as a day, as a bare serial number, as a moment; and 2023.7.20. among them.
fn dates(book: &mut Workbook) {
    let sheet = book.add_worksheet();
    lines(sheet, 0, &[&["Item", "Quantity", "Expires on"], &["MED-001", "#480", "21-Jul-23"]]);
    lines(
        sheet,
        2,
        &[&["MED-002", "#12"], &["MED-003", "#30", "#45128"], &["MED-004", "#7"], &["MED-005", "#9", "2023.7.20."]],
    );
    let day = ExcelDateTime::from_ymd(2023, 7, 21).unwrap();
    sheet.write_with_format(2, 2, &day, &Format::new().set_num_format("d-mmm-yy")).unwrap();
    let moment = ExcelDateTime::from_ymd(2023, 7, 21).unwrap().and_hms(14, 30, 0).unwrap();
    sheet.write_with_format(4, 2, &moment, &Format::new().set_num_format("yyyy\\-mm\\-dd hh:mm")).unwrap();
}

fn merged(book: &mut Workbook) {
    let sheet = book.add_worksheet().set_name("Plan").unwrap();
    lines(
        sheet,
        0,
        &[&["Site", "Item", "Quantity"], &["", "MED-001", "#480"], &["", "MED-002", "#1200"], &["", "MED-003", "#30"]],
    );
    sheet.merge_range(1, 0, 2, 0, "Nampo hospital", &Format::new()).unwrap();
    sheet.write(3, 0, "Sinuiju").unwrap();
}

fn totals(book: &mut Workbook) {
    let sheet = book.add_worksheet();
    lines(
        sheet,
        0,
        &[
            &["Item", "Quantity", "Value"],
            &["MED-001", "#480", "USD 960"],
            &["MED-002", "#1200", "USD 300"],
            &["Subtotal medicines", "#1680", "USD 1260"],
            &["SOAP", "#50", "USD 25"],
            &["TOTAL", "#1730", "USD 1285"],
        ],
    );
}

fn titles(book: &mut Workbook) {
    let sheet = book.add_worksheet().set_name("Stock").unwrap();
    let title = ["Stock list of the central store", "", "", "as of 20 July 2023"];
    lines(sheet, 0, &[&title, &[], &["Prepared for the donor visit"], &["No.", "Code", "Name", "Base unit"]]);
    lines(sheet, 4, &[&["#1", "MED-001", "TB course", "SET"], &["#2", "MED-002", "Syringe", "C62"]]);
    sheet.merge_range(0, 0, 0, 2, "Stock list of the central store", &Format::new()).unwrap();
}

fn two_headers(book: &mut Workbook) {
    let sheet = book.add_worksheet();
    lines(
        sheet,
        1,
        &[&["", "Planned", "Received", "Planned", "Received"], &["MED-001", "#480", "#470", "#960", "#940"]],
    );
    sheet.merge_range(0, 0, 1, 0, "Item", &Format::new()).unwrap();
    sheet.merge_range(0, 1, 0, 2, "Quantity", &Format::new()).unwrap();
    sheet.merge_range(0, 3, 0, 4, "Value", &Format::new()).unwrap();
}

/// A title, then groups over headings in rows 3 and 4, some merged down, and a total.
fn groups(book: &mut Workbook) {
    let sheet = book.add_worksheet().set_name("Plan 2024").unwrap();
    lines(
        sheet,
        3,
        &[
            &["", "", "planned", "shipped", "Batch", "Expiry", "EUR"],
            &["1", "MED-001", "#500", "#480", "B17", "2026-07-31", "#960.5"],
            &["2", "MED-002", "#1200", "#1200", "B18", "2026-09-30", "#84"],
            &["", "Total", "#1700", "#1680", "", "", "#1044.5"],
        ],
    );
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 6, "Distribution plan of the northern provinces", &plain).unwrap();
    sheet.merge_range(2, 0, 3, 0, "No.", &plain).unwrap();
    sheet.merge_range(2, 1, 3, 1, "Item / 품목", &plain).unwrap();
    sheet.merge_range(2, 2, 2, 3, "Quantity", &plain).unwrap();
    sheet.merge_range(2, 4, 2, 5, "Packing", &plain).unwrap();
    sheet.write(2, 6, "Value").unwrap();
}

fn formulas(book: &mut Workbook) {
    let sheet = book.add_worksheet();
    lines(
        sheet,
        0,
        &[&["Item", "Boxes", "In a box", "Quantity", "Batch"], &["MED-001", "#10", "#48"], &["MED-002", "#25", "#48"]],
    );
    sheet.write(1, 3, Formula::new("=B2*C2").set_result("480")).unwrap();
    sheet.write(2, 3, Formula::new("=B3*C3").set_result("1200")).unwrap();
    sheet.write(1, 4, Formula::new("=\"B\"&17").set_result("B17")).unwrap();
    sheet.write(2, 4, Formula::new("=\"B\"&18").set_result("B18")).unwrap();
}

fn errors(book: &mut Workbook) {
    let sheet = book.add_worksheet();
    lines(
        sheet,
        0,
        &[&["Item", "Quantity", "Expires on"], &["MED-001"], &["MED-002", "#12"], &["MED-003", "#30", "2024-01-05"]],
    );
    for (row, column, error) in
        [(1, 1, "#DIV/0!"), (1, 2, "#N/A"), (2, 2, "#REF!"), (4, 0, "#NAME?"), (4, 1, "#VALUE!")]
    {
        sheet.write(row, column, Formula::new("=A1").set_result(error)).unwrap();
    }
}

fn hidden(book: &mut Workbook) {
    let old = book.add_worksheet().set_name("Old prices").unwrap();
    lines(old, 0, &[&["Item", "Price"], &["MED-001", "#2"]]);
    old.set_hidden(true);
    let sheet = book.add_worksheet().set_name("Lines").unwrap();
    sheet.set_active(true);
    lines(sheet, 0, &[&["Item", "Quantity"], &["MED-001", "#480"], &["MED-002", "#1200"], &["MED-003", "#30"]]);
    sheet.set_row_hidden(2).unwrap();
}

fn units(book: &mut Workbook) {
    let sheet = book.add_worksheet();
    lines(
        sheet,
        0,
        &[
            &["Item", "Quantity", "Value"],
            &["MED-001", "1,000 cartons", "USD 12,500"],
            &["MED-002", "12 kg", "€ 300"],
            &["MED-003", "30", "25 USD"],
            &["MED-004", "about 40", "n/a"],
            &["MED-005", "-", "-"],
        ],
    );
}

fn several_sheets() -> Vec<u8> {
    let text = |row, column, text| (row, column, XlsCell::Text(text));
    let read_me =
        XlsSheet { name: "Read me", cells: vec![text(0, 0, "How to fill in this form")], ..XlsSheet::default() };
    let lines = XlsSheet {
        name: "품목",
        cells: vec![
            text(0, 0, "Item"),
            text(0, 1, "Quantity"),
            text(0, 2, "Expires on"),
            text(1, 0, "00123"),
            (1, 1, XlsCell::Number(480.0)),
            (1, 2, XlsCell::Date(45_128.0)),
            text(2, 0, "MED-002"),
            (2, 1, XlsCell::Formula(1_200.0)),
            (2, 2, XlsCell::FormulaText("21-Jul-23")),
            text(3, 0, "MED-003"),
            (3, 1, XlsCell::Fault(42)),
            (3, 2, XlsCell::Flag(false)),
        ],
        hidden_rows: vec![3],
        ..XlsSheet::default()
    };
    let old = XlsSheet { name: "Old", hidden: true, cells: vec![text(0, 0, "x")], ..XlsSheet::default() };
    xls::workbook(&[read_me, lines, old])
}

fn blank_headings() -> Vec<u8> {
    let text = |row, column, text| (row, column, XlsCell::Text(text));
    let sheet = XlsSheet {
        name: "Sheet1",
        cells: vec![
            text(0, 0, "Code"),
            text(0, 2, "Name"),
            text(1, 0, "MED-001"),
            text(1, 1, "urgent"),
            text(1, 2, "TB course"),
            text(1, 3, "SET"),
            text(3, 0, "MED-002"),
            text(3, 2, "Syringe"),
        ],
        merged: vec![[0, 0, 2, 3]],
        ..XlsSheet::default()
    };
    xls::workbook(&[sheet])
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\" office:version=\"1.3\"><office:body><office:spreadsheet><table:table table:name=\"Sheet1\">{rows}<table:table-row table:number-rows-repeated=\"1048500\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"
    );
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("mimetype", kind), ("content.xml", &content), ("META-INF/manifest.xml", &manifest)] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| match cell.split_once('=') {
            _ if cell.is_empty() => "<table:table-cell/>".to_owned(),
            _ if *cell == "covered" => "<table:covered-table-cell/>".to_owned(),
            Some(("float", value)) => format!("<table:table-cell office:value-type=\"float\" office:value=\"{value}\"><text:p>{value}</text:p></table:table-cell>"),
            Some(("flag", value)) => format!("<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"{value}\"><text:p>{value}</text:p></table:table-cell>"),
            Some(("rows", rest)) => {
                let (rows, text) = rest.split_at(1);
                format!("<table:table-cell table:number-rows-spanned=\"{rows}\" table:number-columns-spanned=\"1\" office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
            }
            _ => format!("<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>"),
        })
        .collect();
    format!("<table:table-row>{}</table:table-row>", cells.concat())
}

fn merged_ods() -> Vec<u8> {
    let rows = [
        row(&["시설", "품목", "수량"]),
        row(&["rows=2남포 병원", "MED-001", "float=480"]),
        row(&["covered", "MED-002", "float=1200"]),
        row(&["신의주", "MED-003", "float=30"]),
    ];
    ods(&rows.concat())
}

fn booleans() -> Vec<u8> {
    let rows = [
        row(&["Code", "Name", "Base unit", "US origin"]),
        row(&["MED-001", "TB course", "SET", "flag=true"]),
        row(&["MED-002", "Syringe", "C62", "flag=false"]),
        row(&["MED-003", "Soap", "KGM", "yes"]),
        row(&["MED-004", "Tent", "C62", "예"]),
        row(&["MED-005", "Rope", "MTR", "float=1"]),
        row(&["MED-006", "Lamp", "C62", "perhaps"]),
    ];
    ods(&rows.concat())
}
