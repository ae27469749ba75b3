//! Workbooks: XLSX, ODS and XLS. Bytes that are changed at random seldom stay an archive; so the input is a file as it
//! is, or the part of one that matters, packed here.

#![no_main]

use std::io::{Cursor, Write as _};
use std::sync::Once;

use corridor_fuzz::read::TextOptions;
use corridor_fuzz::read_whole;
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const RELATIONS: &[u8] = br#"<Relationships><Relationship Id="rId1" Type="x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &[u8] = br#"<workbook xmlns:r="r"><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const SHEETS: &[u8] = br#"<Relationships><Relationship Id="rId1" Type="x/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const SHEET: &[u8] = br#"<worksheet><sheetData><row r="1"><c r="A1" t="s" s="1"><v>0</v></c><c r="B1" s="1"><v>45128</v></c></row></sheetData></worksheet>"#;
const TEXTS: &[u8] = b"<sst><si><t>a</t></si></sst>";
const STYLES: &[u8] = br#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

/// The parts of an XLSX, in the order of the first byte of the input.
const PARTS: [(&str, &[u8]); 6] = [
    ("xl/worksheets/sheet1.xml", SHEET),
    ("xl/sharedStrings.xml", TEXTS),
    ("xl/styles.xml", STYLES),
    ("xl/workbook.xml", WORKBOOK),
    ("xl/_rels/workbook.xml.rels", SHEETS),
    ("_rels/.rels", RELATIONS),
];

fn packed<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Option<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).ok()?;
        archive.write_all(content).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}

fn compound(stream: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).ok()?;
    file.create_stream("Workbook").ok()?.write_all(stream).ok()?;
    file.flush().ok()?;
    Some(file.into_inner().into_inner())
}

/// calamine adds numbers of the file without asking whether they fit. The reader catches that and says that the file is
/// damaged; here it must not end the run. Every other panic does.
fn let_calamine_panic() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !panic.location().is_some_and(|place| place.file().contains("calamine-")) {
                before(panic);
            }
        }));
    });
}

fuzz_target!(|input: &[u8]| {
    let_calamine_panic();
    let Some((how, content)) = input.split_first() else { return };
    let file = match how % 9 {
        0..=5 => {
            let at = usize::from(how % 9);
            packed(PARTS.iter().enumerate().map(|(part, (name, whole))| (*name, if part == at { content } else { whole })))
        }
        6 => {
            let kind = &b"application/vnd.oasis.opendocument.spreadsheet"[..];
            packed([("mimetype", kind), ("content.xml", content)].into_iter())
        }
        7 => compound(content),
        _ if content.starts_with(b"PK") || content.starts_with(b"\xD0\xCF") => Some(content.to_vec()),
        _ => None,
    };
    if let Some(file) = file {
        read_whole("table.xlsx", &file, &TextOptions::default());
    }
});
