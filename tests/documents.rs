//! Documents as files: the same report as plain text, PDF and DOCX, with every row, in every script, whatever a record holds.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::cell::Cell as Counter;
use std::process::Command;

use corridor::domain::document::{Block, Cell, Chart, Column, Document, Fact, Table};
use corridor::formats::originals::{NoOriginals, Originals};
use corridor::formats::{Made, Standard, docx, pdf, text};
use proptest::prelude::*;
use support::day;
use support::document::{long_table, report};

fn made(standard: Standard) -> Made {
    Made { day: day("2026-11-24"), standard }
}

fn set(document: &Document) -> Vec<u8> {
    pdf::write(document, &NoOriginals, made(Standard::default()), &|| false).unwrap()
}

/// What stands on every page, without the spaces, which no two readers of a PDF see alike.
fn words_of(file: &[u8]) -> Vec<String> {
    let file = lopdf::Document::load_mem(file).unwrap();
    let pages: Vec<u32> = file.get_pages().into_keys().collect();
    pages.iter().map(|page| file.extract_text(&[*page]).unwrap().split_whitespace().collect()).collect()
}

fn catalog_says(file: &[u8], what: &str) -> bool {
    let file = lopdf::Document::load_mem(file).unwrap();
    let metadata = file.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
    let metadata = file.get_object(metadata).unwrap().as_stream().unwrap().get_plain_content().unwrap();
    String::from_utf8_lossy(&metadata).contains(what)
}

#[test]
fn a_report_reads_the_same_as_plain_text() {
    let expected = include_str!("fixtures/documents/report.txt");
    assert_eq!(text::write(&report()), expected);
}

#[test]
fn a_pdf_has_its_title_its_language_its_tags_and_keeps_to_both_standards() {
    let bytes = set(&report());
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let catalog = file.catalog().unwrap();
    assert!(catalog.has(b"StructTreeRoot"), "tagged");
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en");
    for claim in ["<pdfuaid:part>1", "<pdfaid:part>2", "<pdfaid:conformance>A", "Donor report: Community health North"]
    {
        assert!(catalog_says(&bytes, claim), "{claim}");
    }
    assert_eq!(set(&report()), bytes, "the same document and day give the same bytes");
}

#[test]
fn every_word_of_a_report_is_on_its_pages_in_every_script() {
    let pages = words_of(&set(&report()));
    let all = pages.concat();
    for words in ["Communityhealth", "초음파", "疫苗冷藏箱", "신의주", "新义州", "25,000", "30damaged", "66.7%"]
    {
        let is_there = all.contains(words);
        assert_eq!(is_there, words != "66.7%", "{words}: {all}");
    }
    let of = pages.len();
    assert!(pages[0].contains(&format!("Page1of{of}")) && pages[0].contains("legaladvice"), "{}", pages[0]);
}

#[test]
fn a_long_table_keeps_every_row_over_all_its_parts() {
    let pages = words_of(&set(&long_table(1500)));
    let all = pages.concat();
    for row in 0..1500 {
        assert_eq!(all.matches(&format!("SHP-{row:05}")).count(), 1, "row {row}");
    }
    assert!(all.contains("Afterthetable") && all.contains("Thelastwords"));
    let header = pages.iter().filter(|page| page.contains("LineItemQuantityArrivedState")).count();
    assert!(header >= pages.len() - 1, "the header stands on {header} of {} pages", pages.len());
    for (at, page) in pages.iter().enumerate().take(pages.len() - 2) {
        let rows = page.matches("SHP-").count();
        assert!(rows >= 20, "page {} has {rows} rows: a part ends with a full page", at + 1);
        assert!(page.contains(&format!("Page{}of{}", at + 1, pages.len())), "{page}");
    }
}

#[test]
fn a_long_table_is_tagged_row_by_row_in_every_part() {
    let bytes = set(&long_table(1500));
    assert!(catalog_says(&bytes, "<pdfuaid:part>1"), "the parts together keep to PDF/UA-1");
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let count = |kind: &[u8]| {
        let is_kind = |object: &&lopdf::Object| {
            object
                .as_dict()
                .is_ok_and(|tag| tag.get(b"S").and_then(lopdf::Object::as_name).is_ok_and(|name| name == kind))
        };
        file.objects.values().filter(is_kind).count()
    };
    let tables = count(b"Table");
    assert!(tables > 1, "{tables} parts");
    assert_eq!(count(b"TR"), 1500 + 1 + tables, "every row, the totals and a header for each part");
    assert_eq!(count(b"TH"), 5 * tables);
    assert_eq!(count(b"TD"), 5 * 1501);
}

#[test]
fn stopping_ends_a_long_document_between_two_parts() {
    let asked = Counter::new(0);
    let stop = || {
        asked.set(asked.get() + 1);
        asked.get() > 2
    };
    let stopped = pdf::write(&long_table(5000), &NoOriginals, made(Standard::default()), &stop);
    assert_eq!(stopped.unwrap_err().to_string(), "Stopped. No file was made");
    assert_eq!(asked.get(), 3);
}

/// A workspace that has these files and no others.
struct Files(Vec<(&'static str, Vec<u8>)>);

impl Originals for Files {
    fn bytes(&self, sha256: &str) -> Option<Vec<u8>> {
        self.0.iter().find(|(name, _)| *name == sha256).map(|(_, bytes)| bytes.clone())
    }
}

fn original(sha256: &str, media_type: &str) -> Block {
    Block::Original { sha256: sha256.to_owned(), name: format!("{sha256}.file"), media_type: media_type.to_owned() }
}

#[test]
fn the_pages_of_letters_stand_in_the_document_and_what_cannot_be_shown_says_why() {
    let letter = set(&long_table(40));
    let mut encrypted = lopdf::Document::load_mem(&letter).unwrap();
    encrypted.trailer.set("Encrypt", lopdf::Dictionary::new());
    let mut locked = Vec::new();
    encrypted.save_to(&mut locked).unwrap();
    let picture = include_bytes!("../assets/icon/corridor.png").to_vec();
    let files = Files(vec![
        ("letter", letter.clone()),
        ("cut", letter[..letter.len() / 2].to_vec()),
        ("locked", locked),
        ("nested", [b"%PDF-1.7\n1 0 obj ".as_slice(), &b"[".repeat(200_000)].concat()),
        ("picture", picture.clone()),
        ("cut picture", picture[..200].to_vec()),
        ("sheet", b"PK\x03\x04".to_vec()),
        ("empty", Vec::new()),
    ]);
    let mut blocks = vec![Block::Text("Letters".to_owned())];
    for name in ["letter", "cut", "locked", "nested", "picture", "cut picture", "sheet", "empty", "lost"] {
        blocks.push(original(name, "application/pdf"));
    }
    blocks.push(Block::Text("After the letters".to_owned()));
    let document = Document { title: "Binder".to_owned(), blocks, ..Document::default() };
    let bytes = pdf::write(&document, &files, made(Standard::default()), &|| false).unwrap();
    assert!(!catalog_says(&bytes, "pdfuaid:part"), "nobody can vouch for the files of others");
    let pages = words_of(&bytes);
    let letters = lopdf::Document::load_mem(&letter).unwrap().get_pages().len();
    assert_eq!(pages.len(), 1 + letters + 8 + 1);
    assert!(pages[1].contains(&format!("page1of{letters}oftheoriginal")), "{}", pages[1]);
    let all = pages.concat();
    for (words, times) in [("encrypted", 1), ("isdamaged", 3), ("notintheworkspace", 1), ("nopagestoshow", 2)] {
        assert_eq!(all.matches(words).count(), times, "{words}: {all}");
    }
    assert!(pages.last().unwrap().contains("Aftertheletters"));
}

#[test]
fn a_document_can_begin_with_an_original_and_hold_nothing_else() {
    let files = Files(vec![("picture", include_bytes!("../assets/icon/corridor.png").to_vec())]);
    let document = Document { blocks: vec![original("picture", "image/png")], ..Document::default() };
    let bytes = pdf::write(&document, &files, made(Standard::default()), &|| false).unwrap();
    assert_eq!(lopdf::Document::load_mem(&bytes).unwrap().get_pages().len(), 2);
    assert_eq!(lopdf::Document::load_mem(&set(&Document::default())).unwrap().get_pages().len(), 1);
}

#[test]
fn what_the_fonts_cannot_show_is_told() {
    let document = Document { blocks: vec![Block::Text("ไทย".to_owned())], ..Document::default() };
    let told = pdf::warnings(&document).join("\n");
    assert!(told.contains("U+0E44"), "{told}");
    assert!(pdf::warnings(&report()).is_empty());
}

/// Words as nobody should type them and somebody will.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("#let x = 1; #panic() $x^2$ *a* _b_ `c` = d \\ // /* <e> @f [g] {h} \"i\" 'j' ~ -- --- ...".to_owned()),
        Just("#[".repeat(50)),
        Just("a".repeat(10_000)),
        Just("가".repeat(3_000)),
        Just("\u{202e}مرحبا שלום \u{2066}x".to_owned()),
        Just("😀👩‍👩‍👧 \u{0} \u{7} \u{e000} \u{fffd} \u{ffff} e\u{301}\u{301}\u{301}".to_owned()),
        Just("\n\n\r\n\t \u{2028}\u{2029}\u{85}".to_owned()),
        Just("</w:t><w:tbl>&amp;]]>".to_owned()),
        "\\PC{0,40}",
        "[ -~]{0,60}",
    ]
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        words().prop_map(Cell::Text),
        any::<i64>().prop_map(Cell::Count),
        any::<i64>().prop_map(Cell::Quantity),
        Just(Cell::Empty)
    ]
}

fn table() -> impl Strategy<Value = Table> {
    let columns = prop::collection::vec((words(), any::<bool>()), 0..16);
    let rows = prop::collection::vec(prop::collection::vec(cell(), 0..16), 0..6);
    (columns, rows, words(), prop::collection::vec(cell(), 0..6)).prop_map(|(columns, rows, title, totals)| Table {
        notes: vec![title.clone()],
        empty: title.clone(),
        columns: columns
            .into_iter()
            .map(|(label, is_number)| Column { is_number, ..Column::text(label, "") })
            .collect(),
        title,
        rows,
        totals,
        ..Table::default()
    })
}

fn block() -> impl Strategy<Value = Block> {
    prop_oneof![
        (any::<u8>(), words()).prop_map(|(level, text)| Block::Heading { level, text }),
        words().prop_map(Block::Text),
        words().prop_map(Block::Notice),
        prop::collection::vec(words(), 0..4).prop_map(Block::List),
        prop::collection::vec((words(), words()), 0..4).prop_map(|facts| Block::Facts(
            facts.into_iter().map(|(label, value)| Fact::plain(label, value)).collect()
        )),
        table().prop_map(Block::Table),
        prop::collection::vec(words(), 0..3).prop_map(|labels| Block::Chart(Chart { labels, ..Chart::default() })),
        prop::collection::vec(words(), 0..3).prop_map(Block::Signatures),
        Just(Block::NewPage),
        words().prop_map(|name| Block::Original { sha256: name.clone(), name, media_type: "text/plain".to_owned() }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    #[test]
    fn no_words_and_no_blocks_break_a_format(
        title in words(),
        foot in words(),
        language in "(|en|ko|zh-CN|xx|é#)",
        blocks in prop::collection::vec(block(), 0..6),
    ) {
        let document = Document { title, foot: foot.clone(), subtitle: foot, language, blocks, ..Document::default() };
        let bytes = pdf::write(&document, &NoOriginals, made(Standard::default()), &|| false);
        let bytes = bytes.map_err(|error| TestCaseError::fail(format!("{error}\n{document:?}")))?;
        prop_assert!(catalog_says(&bytes, "<pdfuaid:part>1"), "{document:?}");
        prop_assert!(docx::write(&document, made(Standard::default())).is_ok());
        prop_assert!(text::write(&document).lines().count() < 100_000);
    }
}

fn run(program: &str, arguments: &[&str]) -> String {
    let done = Command::new(program).args(arguments).output().unwrap();
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

#[test]
#[ignore = "needs pdftotext and qpdf"]
fn other_programs_read_every_script_and_find_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    for (name, document) in [("report.pdf", report()), ("long.pdf", long_table(2000))] {
        let path = folder.path().join(name);
        std::fs::write(&path, set(&document)).unwrap();
        run("qpdf", &["--check", path.to_str().unwrap()]);
    }
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let text = run("pdftotext", &["-layout", &path("report.pdf"), "-"]);
    for words in ["초음파 진단기", "疫苗冷藏箱", "신의주 (新义州)", "Planned and delivered", "25,000", "100 %"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let text = run("pdftotext", &["-layout", &path("long.pdf"), "-"]);
    assert_eq!(text.matches("SHP-").count(), 2000);
}
