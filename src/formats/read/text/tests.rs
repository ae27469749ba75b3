//! Text tables as people send them.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::{Book, CannotRead, Limits, Raw, Read, book_of_bytes};
use super::{TextEncoding, TextOptions};

fn book(bytes: &[u8]) -> Book {
    book_of_bytes("table.csv", Arc::from(bytes), &Limits::default()).unwrap()
}

/// Each row as its number and its cells, divided by a bar.
fn read_as(bytes: &[u8], options: TextOptions) -> (Vec<String>, Result<Read, CannotRead>) {
    let mut rows = Vec::new();
    let read = book(bytes).rows(0, &options, &mut |row| {
        let cells: Vec<&str> =
            row.cells.iter().map(|cell| if let Raw::Text(text) = cell { text } else { "" }).collect();
        rows.push(format!("{} {}", row.number, cells.join("|")));
        ControlFlow::Continue(())
    });
    (rows, read)
}

fn rows(bytes: &[u8]) -> Vec<String> {
    read_as(bytes, TextOptions::default()).0
}

fn encoding(bytes: &[u8]) -> &'static str {
    read_as(bytes, TextOptions::default()).1.unwrap().text.unwrap().encoding.name()
}

#[test]
fn rows_keep_the_numbers_that_a_spreadsheet_program_shows() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["a,b", "", "\"1", "2\",x", "", "", ",,", "3", ""].join(end);
        assert_eq!(rows(text.as_bytes()), ["1 a|b", "3 1\n2|x", "7 3"], "{end:?}");
    }
    assert_eq!(rows(b"\n\na,b\n1,2"), ["3 a|b", "4 1|2"]);
}

#[test]
fn the_delimiter_is_the_one_that_divides_the_rows_alike() {
    let semicolon = b"Code;Qty;Price\nA-1;1,5;2,000\nA-2;2,5;3,250\n";
    assert_eq!(rows(semicolon)[1], "2 A-1|1,5|2,000");
    assert_eq!(rows(b"List of 3 May, 2023\n\na\tb\n1, 2, 3\t4\n1, 2, 3\t4\n5\t6")[1], "3 a|b");
    assert_eq!(rows(b"a|b|c\n1|2|3")[1], "2 1|2|3");
    assert_eq!(rows(b"one\ntwo")[1], "2 two");
    let given = TextOptions { delimiter: Some(b':'), ..TextOptions::default() };
    assert_eq!(read_as(b"a:b,c", given).0, ["1 a|b,c"]);
}

#[test]
fn a_first_line_that_says_the_delimiter_is_no_row() {
    assert_eq!(rows(b"sep=;\r\na;b,c\r\n1;2,5\r\n"), ["1 a|b,c", "2 1|2,5"]);
    assert_eq!(rows("\u{feff}sep=|\na|b".as_bytes()), ["1 a|b"]);
}

#[test]
fn encodings_are_found_with_and_without_a_mark() {
    let text = "품목,수량,비고\n결핵약 치료분,480,남포 병원으로 보냄\n주사기,1200,평양 창고에서 확인\n";
    let wide = |little: bool| -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    };
    let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    let korean = encoding_rs::EUC_KR.encode(text).0.into_owned();
    let files: [(&str, Vec<u8>); 7] = [
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8", marked(b"\xEF\xBB\xBF", text.as_bytes())),
        ("UTF-16LE", marked(b"\xFF\xFE", &wide(true))),
        ("UTF-16LE", wide(true)),
        ("UTF-16BE", marked(b"\xFE\xFF", &wide(false))),
        ("UTF-16BE", wide(false)),
        ("EUC-KR", korean),
    ];
    for (name, bytes) in files {
        assert_eq!(encoding(&bytes), name);
        assert_eq!(rows(&bytes)[1], "2 결핵약 치료분|480|남포 병원으로 보냄", "{name}");
    }
    let chinese = "品名,数量,收货人\n结核病药品,480,平壤仓库\n注射器,1200,新义州\n";
    let bytes = encoding_rs::GB18030.encode(chinese).0.into_owned();
    assert_eq!((encoding(&bytes), rows(&bytes)[1].as_str()), ("gb18030", "2 结核病药品|480|平壤仓库"));
    let given = TextOptions { encoding: TextEncoding::named("cp949"), ..TextOptions::default() };
    assert_eq!(read_as(&encoding_rs::EUC_KR.encode("가,1").0, given).0, ["1 가|1"]);
}

#[test]
fn a_quote_that_is_never_closed_is_told_with_its_place() {
    let (before, read) = read_as(b"a,b\n1,\"two\n3,4\n", TextOptions::default());
    assert_eq!(before, ["1 a|b"]);
    assert!(matches!(read, Err(CannotRead::OpenQuote { row: 2, column: 2 })), "{read:?}");
    // A quote inside a cell is a quote: inches, and what people write.
    assert_eq!(rows(b"pipe 5\",1\n\"6\"\" pipe\",2"), ["1 pipe 5\"|1", "2 6\" pipe|2"]);
}

#[test]
fn a_row_that_never_ends_ends_the_reading_early() {
    let mut bytes = b"a,b\n1,2\n3,\"".to_vec();
    bytes.resize(12 << 20, b'x');
    let (before, read) = read_as(&bytes, TextOptions::default());
    assert_eq!(before.len(), 2);
    assert!(matches!(read, Err(CannotRead::LongRow { row: 3, most: 4 })), "{read:?}");
}

#[test]
fn zero_bytes_and_broken_characters_are_told_and_do_not_stop_the_reading() {
    let (found, read) = read_as(b"na\0me,qty\nsyr\0inge,12\n", TextOptions::default());
    assert_eq!(found, ["1 name|qty", "2 syringe|12"]);
    assert_eq!(read.unwrap().notes, ["2 zero bytes were left out. Look whether the file is damaged"]);
    let utf_8 = TextOptions { encoding: Some(TextEncoding::UTF_8), ..TextOptions::default() };
    let (found, read) = read_as(b"caf\xE9,1\n", utf_8);
    assert_eq!(found, ["1 caf\u{fffd}|1"]);
    assert!(read.unwrap().notes[0].starts_with("1 characters do not fit"));
}

#[test]
fn reading_stops_when_it_is_asked_to() {
    let mut seen = 0;
    let read = book(b"1\n2\n3\n4\n").rows_by_ref(0, &TextOptions::default(), &mut |_| {
        seen += 1;
        if seen == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let read = read.unwrap();
    assert_eq!((seen, read.rows, read.stopped), (2, 2, true));
}

#[test]
fn too_many_columns_or_rows_are_refused() {
    let (_, read) = read_as(",".repeat(16_384).as_bytes(), TextOptions::default());
    assert!(matches!(read, Err(CannotRead::ManyColumns { row: 1, most: 16_384 })), "{read:?}");
    let few = Limits { text_rows: 2, ..Limits::default() };
    let book = book_of_bytes("a.csv", Arc::from(&b"1\n2\n3\n"[..]), &few).unwrap();
    let read = book.rows(0, &TextOptions::default(), &mut |_| ControlFlow::Continue(()));
    assert!(matches!(read, Err(CannotRead::ManyRows { most: 2 })), "{read:?}");
}

#[test]
fn a_character_that_is_cut_between_two_pieces_is_still_one() {
    let mut text = String::from("번호,이름\n");
    for number in 0..60_000 {
        writeln!(text, "{number},한국어 이름 {number}").unwrap();
    }
    let (found, read) = read_as(text.as_bytes(), TextOptions::default());
    assert_eq!(read.unwrap().notes, Vec::<String>::new());
    assert_eq!(found.len(), 60_001);
    assert_eq!(found[60_000], "60001 59999|한국어 이름 59999");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(rows(&wide), found);
}
