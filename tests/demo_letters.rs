//! The example letters of the demo: set anew by `CORRIDOR_UPDATE_FIXTURES=1 cargo test --test demo_letters -- --ignored`.

use std::path::Path;

use corridor::domain::document::{Block, Cell, Column, Document, Fact, Table};
use corridor::formats::Made;
use corridor::formats::originals::NoOriginals;
use corridor::formats::pdf;

/// What stands on every one of them.
const EXAMPLE: &str = "EXAMPLE. This paper is invented for the demo of Corridor. No authority wrote it and nobody can rely on it. \
                       예시 문서입니다. 示例文件，非真实文件。";

fn letter(title: &str, from: &str, dated: &str, blocks: Vec<Block>) -> Document {
    let mut all = vec![Block::Notice(EXAMPLE.to_owned())];
    all.extend(blocks);
    all.push(Block::Notice(EXAMPLE.to_owned()));
    Document {
        title: title.to_owned(),
        subtitle: "Example for the demo, not a real paper".to_owned(),
        language: "en".to_owned(),
        facts: vec![
            Fact::plain("From", from),
            Fact::plain("To", "Harbour Aid International (an invented organisation)"),
            Fact::plain("Dated", dated),
        ],
        blocks: all,
        foot: "Example for the demo, not a real paper".to_owned(),
    }
}

fn list(title: &str, heads: &[&str], rows: &[&[&str]]) -> Block {
    Block::Table(Table {
        title: title.to_owned(),
        columns: heads.iter().map(|head| Column::text(*head, "")).collect(),
        rows: rows.iter().map(|row| row.iter().map(|cell| Cell::text(*cell)).collect()).collect(),
        ..Table::default()
    })
}

fn committee(dated: &str, words: &str, goods: &[&[&str]], end: &str) -> Document {
    let mut blocks = vec![Block::Text(words.to_owned())];
    if !goods.is_empty() {
        blocks.push(list("Annex: goods", &["No.", "Goods", "Quantity"], goods));
    }
    blocks.push(Block::Text(end.to_owned()));
    blocks.push(Block::Signatures(vec!["The Chair (example, not signed)".to_owned()]));
    letter("Exemption letter", "UN 1718 Committee (example)", dated, blocks)
}

fn letters() -> Vec<(&'static str, Document)> {
    committee_letters().into_iter().chain(papers_of_the_container()).collect()
}

fn committee_letters() -> Vec<(&'static str, Document)> {
    let goods = "The exemption is for humanitarian assistance to civilians. It ends on";
    vec![
        (
            "un-2024-08-20.pdf",
            committee(
                "20 August 2024",
                "In answer to your request the Committee exempts the goods in the annex under paragraph 25 of resolution 2397 (2017).",
                &[
                    &["1", "24 hand pumps", "24"],
                    &["2", "1,800 m of steel pipe", "1,800 m"],
                    &["3", "24 basic medical kits", "24"],
                    &["4", "1,800 hygiene kits", "1,800"],
                    &["5", "Financial transactions solely to buy the listed goods", ""],
                ],
                &format!("{goods} 20 August 2025 and is for up to three shipments."),
            ),
        ),
        (
            "un-2026-02-06.pdf",
            committee(
                "6 February 2026",
                "In answer to your request of 2025 the Committee extends its letter of 20 August 2024.",
                &[],
                &format!("{goods} 12 January 2027. Goods and number of shipments stay as they were."),
            ),
        ),
        (
            "un-2026-07-02.pdf",
            committee(
                "2 July 2026",
                "In answer to your request the Committee exempts the goods in the annex under paragraph 25 of resolution 2397 (2017).",
                &[&["1", "Soymilk grinder and cooker, 100 l", "10"], &["2", "Milk can, stainless steel, 40 l", "100"]],
                &format!("{goods} 2 July 2027 and is for up to two shipments."),
            ),
        ),
    ]
}

fn papers_of_the_container() -> Vec<(&'static str, Document)> {
    vec![
        (
            "waybill-DD-26-0921.pdf",
            letter(
                "Waybill DD-26-0921",
                "Two Gulls Freight Forwarding (an invented firm)",
                "21 September 2026",
                vec![list(
                    "Container HAIU 000011-1, Dalian - Dandong - Sinuiju",
                    &["Goods", "货物", "Packages"],
                    &[
                        &["Family hygiene kit", "家庭卫生包", "90 cartons"],
                        &["Hand pump, deep well", "手压泵", "10 crates"],
                        &["Chlorine (NaDCC) tablet 67 mg", "氯消毒片", "200 tubs"],
                    ],
                )],
            ),
        ),
        (
            "packing-list-HAI-SHP-2026-02.pdf",
            letter(
                "Packing list HAI-SHP-2026-02",
                "Two Gulls Freight Forwarding (an invented firm)",
                "18 September 2026",
                vec![list(
                    "What is in the container",
                    &["No.", "Goods", "货物", "품목", "HS", "Quantity"],
                    &[
                        &["1", "Family hygiene kit", "家庭卫生包", "위생용품 세트", "3401.11", "900 kits"],
                        &["2", "24 hand pumps", "手压泵", "수동펌프", "8413.20", "10"],
                        &["3", "Chlorine (NaDCC) tablet 67 mg", "氯消毒片", "염소 소독정", "3808.94", "100,000"],
                    ],
                )],
            ),
        ),
    ]
}

#[test]
#[ignore = "sets the letters of the demo anew"]
fn the_example_letters_are_set_as_pdf() {
    if std::env::var_os("CORRIDOR_UPDATE_FIXTURES").is_none() {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/letters");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, document) in letters() {
        let bytes = pdf::write(&document, &NoOriginals, Made::on("2026-11-24".parse().unwrap()), &|| false).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}
