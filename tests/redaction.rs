//! Copies for others: what a profile takes out stands nowhere in the file, and the proof finds it wherever it is hidden.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::io::{Cursor, Write as _};

use corridor::domain::document::{Block, Cell, Column, Document, Fact, Holds, Table};
use corridor::domain::money::Money;
use corridor::domain::record::{Audience, RecordKind, Withheld};
use corridor::formats::{csv_file, xlsx};
use corridor::services::export::{Columns, Export, ListFormat, Listing};
use corridor::services::queries::Sources;
use corridor::services::redact::{LEFT_OUT, Redacted, prove, redact};
use corridor::services::{Watch, Workspace};
use rust_xlsxwriter::Workbook;
use serde_json::json;
use support::*;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

fn workspace_with_names() -> Workspace {
    let mut workspace = workspace();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"person","record":{"reference":"P-ANNA","name":"Anna Traveller","name_ko":"안나 여행","documents":[{"kind":"passport","number":"C0123456X"}]}}),
            json!({"op":"create","kind":"party","record":{"reference":"MOPH","name":"Ministry of Example","name_ko":"예시성","roles":["counterpart"],"country":"KP"}}),
            json!({"op":"create","kind":"party","record":{"reference":"DON","name":"Kind Donor","roles":["donor"]}}),
            json!({"op":"create","kind":"site","record":{"reference":"S-1","name":"Hillside Hospital","name_ko":"언덕병원","kind":"hospital","country":"KP"}}),
            json!({"op":"create","kind":"item","record":{"reference":"SOAP","name":"Soap","base_unit":"H87"}}),
            json!({"op":"create","kind":"project","record":{"reference":"PRJ","title":"Soap for Hillside Hospital","partner":"MOPH"}}),
            json!({"op":"create","kind":"shipment","record":{"reference":"SHP-1","project":"PRJ","title":"Soap for 언덕병원","consignee":"MOPH","note":"TRAVELLER, Anna paid USD 12,500.50 at Hillside-Hospital.","lines":[{"item":"SOAP","quantity":300,"value":"USD 12500.50"}],"references":[{"kind":"waybill","number":"AWB-7788-001"}]}}),
        ],
    );
    workspace
}

fn everything_withheld() -> Audience {
    Audience { name: "Public".to_owned(), withheld: Withheld::ALL.to_vec(), ..Audience::default() }
}

fn shipments(workspace: &Workspace) -> Document {
    let listing = Listing::Records(list_query(RecordKind::Shipment, "2026-11-24"), Columns::Both);
    workspace.listed(&listing, &Watch::default()).unwrap()
}

fn redacted(workspace: &Workspace, audience: &Audience) -> Redacted {
    redact(workspace.store().db(), &shipments(workspace), audience).unwrap()
}

fn all_words(document: &Document) -> String {
    serde_json::to_string(document).unwrap()
}

#[test]
fn names_places_counterparts_prices_and_numbers_are_taken_out_wherever_they_stand() {
    let workspace = workspace_with_names();
    let before = all_words(&shipments(&workspace));
    let copy = redacted(&workspace, &everything_withheld());
    let after = all_words(&copy.document);
    for value in ["Anna", "Hillside", "언덕병원", "MOPH", "12,500.50", "AWB-7788-001"] {
        assert!(before.contains(value), "{value} should stand in the whole list");
        assert!(!after.contains(value), "{value} still stands in {after}");
    }
    for stays in ["SHP-1", "SOAP", "Left out of this copy", LEFT_OUT] {
        assert!(after.contains(stays), "{stays} is missing in {after}");
    }
    let listed: Vec<&str> = copy.left_out.removed.iter().map(|removed| removed.value.as_str()).collect();
    for value in ["Hillside Hospital", "언덕병원", "MOPH", "USD 12500.50", "AWB-7788-001"] {
        assert!(listed.contains(&value), "{value} is not listed in {listed:?}");
    }
    for bytes in [
        xlsx::write(&copy.document, day("2026-11-24"), &|| false).unwrap(),
        csv_file::write(copy.document.tables().last().unwrap(), csv_file::Options::default()),
    ] {
        let media_type = if bytes.starts_with(b"PK") { XLSX } else { "text/csv" };
        prove(&bytes, media_type, &copy.left_out.removed).unwrap();
    }
}

#[test]
fn an_audience_gets_what_its_profile_does_not_withhold() {
    let workspace = workspace_with_names();
    let audience = Audience {
        withheld: vec![Withheld::People, Withheld::Prices],
        words: "SOAP".to_owned(),
        ..Audience::default()
    };
    let after = all_words(&redacted(&workspace, &audience).document);
    assert!(after.contains("MOPH") && after.contains("언덕병원") && after.contains("AWB-7788-001"), "{after}");
    assert!(!after.contains("Anna") && !after.contains("12500") && !after.contains("Soap for"), "{after}");
    let whole = redacted(&workspace, &Audience::default());
    assert_eq!(whole.document, shipments(&workspace));
    assert!(whole.left_out.removed.is_empty());
}

#[test]
fn a_list_of_many_kinds_keeps_its_references_and_loses_the_names() {
    let mut workspace = workspace_with_names();
    apply(
        &mut workspace,
        &[
            json!({"op":"edit","kind":"person","reference":"P-ANNA","set":{"documents":[{"kind":"passport","number":"C0123456X","expires_on":"2026-12-01"}]}}),
            json!({"op":"create","kind":"fund","record":{"reference":"GRANT-7","title":"Grant for Anna Traveller","reports":[{"title":"Final","due_on":"2026-12-05"}]}}),
        ],
    );
    let listing = Listing::Deadlines { as_of: day("2026-11-24"), sources: Sources::Own };
    let whole = workspace.listed(&listing, &Watch::default()).unwrap();
    assert!(all_words(&whole).contains("P-ANNA") && all_words(&whole).contains("Grant for Anna Traveller"));
    let audience = Audience { withheld: vec![Withheld::People], ..Audience::default() };
    let after = all_words(&redact(workspace.store().db(), &whole, &audience).unwrap().document);
    assert!(after.contains("GRANT-7") && after.contains("Grant for [left out]"), "{after}");
    assert!(!after.contains("ANNA") && !after.contains("Anna"), "{after}");
}

#[test]
fn the_built_in_profiles_write_lists_that_are_proven() {
    let workspace = workspace_with_names();
    let folder = tempfile::tempdir().unwrap();
    for audience in ["donor", "bank", "public"] {
        let id = workspace.find(&[RecordKind::Audience], audience).unwrap();
        for format in ListFormat::ALL {
            let listing = Listing::Records(list_query(RecordKind::Shipment, "2026-11-24"), Columns::Both);
            let path = folder.path().join(format!("{audience}.{}", format.word()));
            let export = Export { listing, format: *format, audience: Some(id), path: path.clone() };
            let done = workspace.export(&export, &Watch::default()).unwrap();
            assert!(!done.left_out.removed.is_empty(), "{audience}");
            let bytes = std::fs::read(path).unwrap();
            prove(&bytes, format.media_type(), &done.left_out.removed).unwrap();
        }
    }
}

/// A document whose redaction takes out one name, one place and one price.
fn some_removed() -> Redacted {
    let workspace = workspace_with_names();
    let money = Cell::Money(Money::parse("USD 12500.50").unwrap());
    let table = Table {
        key: "t".to_owned(),
        columns: vec![
            Column::text("Who", "").holding(Holds::Person),
            Column::number("Price", "").holding(Holds::Price),
            Column::text("What", ""),
        ],
        rows: vec![vec![Cell::text("Anna Traveller"), money, Cell::text("Soap")]],
        ..Table::default()
    };
    let facts = vec![Fact { label: "Site".to_owned(), value: "Hillside Hospital".to_owned(), holds: Holds::Site }];
    let document =
        Document { title: "Copy".to_owned(), facts, blocks: vec![Block::Table(table)], ..Document::default() };
    redact(workspace.store().db(), &document, &everything_withheld()).unwrap()
}

fn found(bytes: &[u8], media_type: &str) -> String {
    prove(bytes, media_type, &some_removed().left_out.removed).expect_err("it should be found").to_string()
}

fn workbook(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "Soap").unwrap();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

#[test]
fn the_proof_finds_a_value_in_a_hidden_sheet_in_properties_in_a_remark_and_as_a_number() {
    let clean = workbook(|_| {});
    prove(&clean, XLSX, &some_removed().left_out.removed).unwrap();
    let hidden = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.set_very_hidden(true).write_string(3, 3, "with ANNA TRAVELLER").unwrap();
    });
    let told = found(&hidden, XLSX);
    assert!(told.contains("xl/sharedStrings.xml") && !told.contains("Anna"), "{told}");
    let properties = workbook(|book| {
        book.set_properties(&rust_xlsxwriter::DocProperties::new().set_manager("Anna Traveller"));
    });
    assert!(found(&properties, XLSX).contains("docProps/app.xml"));
    let remark = workbook(|book| {
        let note = rust_xlsxwriter::Note::new("Hillside Hospital").set_author("x");
        book.add_worksheet().insert_note(0, 0, &note).unwrap();
    });
    assert!(found(&remark, XLSX).contains("comments"));
    let number = workbook(|book| {
        book.add_worksheet().write_number(0, 0, 12_500.5).unwrap();
    });
    assert!(found(&number, XLSX).contains("Prices"));
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn the_proof_finds_a_value_cut_by_marks_escaped_in_utf16_and_in_an_archive_within() {
    let cut =
        zipped(&[("word/document.xml", b"<w:p><w:r><w:t>An</w:t></w:r><w:r><w:t>na Traveller</w:t></w:r></w:p>")]);
    found(&cut, DOCX);
    let escaped = zipped(&[("word/document.xml", b"<w:t>&#65;nna&#x20;Traveller</w:t>")]);
    found(&escaped, DOCX);
    let wide: Vec<u8> = "x Anna Traveller".encode_utf16().flat_map(u16::to_be_bytes).collect();
    found(&zipped(&[("customXml/item1.bin", &wide)]), DOCX);
    found(&wide, "text/plain");
    let inner = workbook(|book| {
        book.add_worksheet().write_string(0, 0, "Hillside Hospital").unwrap();
    });
    found(&zipped(&[("word/embeddings/book.xlsx", &inner)]), DOCX);
    found(&zipped(&[("Anna Traveller.txt", b"x")]), "application/zip");
    let told = prove(b"no archive", XLSX, &some_removed().left_out.removed).unwrap_err().to_string();
    assert!(told.contains("cannot be proven"), "{told}");
}

/// A PDF with a packed page, drawn through a font that has codes of its own, and a title.
fn pdf(title: &str, drawn: &str) -> Vec<u8> {
    use lopdf::content::{Content, Operation};
    use lopdf::{Object, Stream, dictionary};
    let mut document = lopdf::Document::with_version("1.7");
    // Each letter has a code that is three higher than its own.
    let letters: Vec<String> = (0x20_u32..0x7f).map(|letter| format!("<{:04X}> <{letter:04X}>", letter + 3)).collect();
    let map = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange {} beginbfchar {} endbfchar endcmap end end",
        letters.len(),
        letters.join("\n")
    );
    let mut unicode = Stream::new(dictionary! {}, map.into_bytes());
    unicode.compress().unwrap();
    let unicode = document.add_object(unicode);
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "X", "Encoding" => "Identity-H", "ToUnicode" => unicode,
    });
    let codes: Vec<u8> =
        drawn.chars().flat_map(|letter| u16::try_from(u32::from(letter) + 3).unwrap().to_be_bytes()).collect();
    let content = Content {
        operations: vec![
            Operation::new("BT", vec![]),
            Operation::new("Tf", vec!["F1".into(), 12.into()]),
            Operation::new("Tj", vec![Object::string_literal(codes)]),
            Operation::new("ET", vec![]),
        ],
    };
    let mut stream = Stream::new(dictionary! {}, content.encode().unwrap());
    stream.compress().unwrap();
    let content = document.add_object(stream);
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    });
    document.objects.insert(
        pages,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }),
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    let mut utf16 = vec![0xfe, 0xff];
    utf16.extend(title.encode_utf16().flat_map(u16::to_be_bytes));
    let info = document.add_object(dictionary! { "Title" => Object::string_literal(utf16) });
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", info);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn the_proof_finds_a_value_on_a_packed_page_and_in_the_title_of_a_pdf() {
    let clean = pdf("Soap", "Soap for all");
    prove(&clean, "application/pdf", &some_removed().left_out.removed).unwrap();
    let drawn = found(&pdf("Soap", "Soap for Anna Traveller"), "application/pdf");
    assert!(drawn.contains("page 1"), "{drawn}");
    let title = found(&pdf("Soap for Hillside Hospital", "Soap"), "application/pdf");
    assert!(title.contains("properties") || title.contains("the file"), "{title}");
}
