//! Documents as DOCX, for those who go on writing: headings with Word's own styles, tables with a header on every page, wide
//! tables on pages that lie on their side.
//!
//! The fonts are named and not carried: Malgun Gothic for Korean and Microsoft `YaHei` for Chinese stand on every Windows, and
//! other programs put their own in their place. How wide columns are and which pages lie on their side is reckoned as for a PDF.

mod finish;
mod tables;
mod words;

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BreakType, Docx, Footer, NumPages, PageMargin, PageNum, PageOrientationType, PageSize, Paragraph,
    Run, RunFonts, Section, Style, StyleType, Table as WordTable,
};

use super::Made;
use super::pdf::laid_out;
use crate::domain::document::{Block, Document};
use tables::{facts_table, notice_table, numbers_of, push_table};
use words::{above, heading, paragraph, paragraphs, style_of};

/// A4 upright, in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: u32 = 1134;
/// Letter sizes in half points.
const TEXT: usize = 20;
const SMALL: usize = 16;

const INK: &str = "1D2730";
const QUIET: &str = "5A6672";
const ACCENT: &str = "1B5570";
const HAIR: &str = "D3DAE0";

/// Why a document did not become a DOCX.
#[derive(Debug, thiserror::Error)]
pub enum CannotWrite {
    /// The parts could not be put into the file.
    #[error("The DOCX cannot be made: {0}. Save the document as PDF instead")]
    Failed(String),
}

/// What stands one after another on pages.
#[expect(clippy::large_enum_variant, reason = "most pieces are paragraphs; a box for each would only add work")]
enum Piece {
    Paragraph(Paragraph),
    Table(WordTable),
}

/// Pages of one direction.
struct Sheets {
    flipped: bool,
    pieces: Vec<Piece>,
}

/// Makes a DOCX of a document.
pub fn write(document: &Document, made: Made) -> Result<Vec<u8>, CannotWrite> {
    let mut runs = runs(document);
    let last = runs.pop().unwrap_or(Sheets { flipped: false, pieces: Vec::new() });
    let mut docx = started(document, made, last.flipped);
    for run in runs {
        docx = docx.add_section(section(document, made, run));
    }
    for piece in last.pieces {
        docx = match piece {
            Piece::Paragraph(paragraph) => docx.add_paragraph(paragraph),
            Piece::Table(table) => docx.add_table(table),
        };
    }
    let mut parts = docx.build();
    finish::repeat_headers(&mut parts);
    finish::name(&mut parts, document);
    let mut file = Cursor::new(Vec::new());
    parts.pack(&mut file).map_err(|error| CannotWrite::Failed(error.to_string()))?;
    Ok(file.into_inner())
}

/// The blocks by the direction of their pages; what stands at the head goes with the first of them.
fn runs(document: &Document) -> Vec<Sheets> {
    let laid = laid_out(document);
    let flipped = laid.first().is_some_and(|first| first.flipped);
    let mut runs = vec![Sheets { flipped, pieces: head(document, room(flipped)) }];
    for (block, laid) in document.blocks.iter().zip(&laid) {
        if runs.last().is_none_or(|run| run.flipped != laid.flipped) {
            runs.push(Sheets { flipped: laid.flipped, pieces: Vec::new() });
        }
        if let Some(run) = runs.last_mut() {
            push(&mut run.pieces, block, laid.columns.as_ref(), room(laid.flipped));
        }
    }
    runs
}

/// The room between the margins.
fn room(flipped: bool) -> usize {
    let (wide, high) = PAGE;
    usize::try_from(if flipped { high } else { wide } - 2 * MARGIN).unwrap_or_default()
}

fn section(document: &Document, made: Made, run: Sheets) -> Section {
    let (wide, high) = PAGE;
    let page = if run.flipped {
        PageSize::new().size(high, wide).orient(PageOrientationType::Landscape)
    } else {
        PageSize::new().size(wide, high)
    };
    let section = Section::new().page_size(page).page_margin(margins()).footer(footer(document, made));
    run.pieces.into_iter().fold(section, |section, piece| match piece {
        Piece::Paragraph(paragraph) => section.add_paragraph(paragraph),
        Piece::Table(table) => section.add_table(table),
    })
}

fn margins() -> PageMargin {
    let margin = i32::try_from(MARGIN).unwrap_or_default();
    PageMargin::new().top(margin).bottom(margin).left(margin).right(margin).header(600).footer(600)
}

fn started(document: &Document, made: Made, flipped: bool) -> Docx {
    let fonts =
        RunFonts::new().ascii("Calibri").hi_ansi("Calibri").cs("Calibri").east_asia(east_asia(&document.language));
    let day = format!("{}T00:00:00Z", made.day);
    let (wide, high) = PAGE;
    let mut docx =
        Docx::new().default_fonts(fonts).default_size(TEXT).created_at(&day).updated_at(&day).page_margin(margins());
    docx = if flipped {
        docx.page_size(high, wide).page_orient(PageOrientationType::Landscape)
    } else {
        docx.page_size(wide, high)
    };
    for (level, size, colour) in [(0, 40, INK), (1, 28, ACCENT), (2, 23, INK), (3, 20, INK)] {
        let style = Style::new(style_of(level), StyleType::Paragraph)
            .size(size)
            .bold()
            .color(colour)
            .q_format(true)
            .line_spacing(above(level))
            .next("Normal");
        docx = docx.add_style(match level {
            0 => style.name("Title"),
            _ => style.name(format!("heading {level}")).outline_lvl(level - 1),
        });
    }
    docx.footer(footer(document, made))
}

fn east_asia(language: &str) -> &'static str {
    if language.starts_with("zh") { words::CHINESE } else { words::KOREAN }
}

fn footer(document: &Document, made: Made) -> Footer {
    let quiet = || Run::new().size(SMALL).color(QUIET);
    let mut footer = Footer::new();
    if !document.foot.trim().is_empty() {
        footer = footer.add_paragraph(paragraph(&document.foot, quiet()));
    }
    let line = paragraph(&format!("{}  ·  {}  ·  ", document.title.trim(), made.day), quiet())
        .size(SMALL)
        .color(QUIET)
        .align(AlignmentType::Right);
    footer.add_paragraph(
        line.add_page_num(PageNum::new()).add_run(quiet().add_text(" / ")).add_num_pages(NumPages::new()),
    )
}

/// Title, subtitle and facts.
fn head(document: &Document, room: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = heading(&document.title, 0).map(Piece::Paragraph).into_iter().collect();
    if !document.subtitle.trim().is_empty() {
        let subtitle = paragraph(&document.subtitle, Run::new().size(24).color(QUIET)).line_spacing(words::after(160));
        pieces.push(Piece::Paragraph(subtitle));
    }
    if !document.facts.is_empty() {
        pieces.extend([Piece::Table(facts_table(&document.facts, room)), gap()]);
    }
    pieces
}

/// What stands between a table and what follows it; Word would join two tables.
fn gap() -> Piece {
    Piece::Paragraph(Paragraph::new())
}

fn push(pieces: &mut Vec<Piece>, block: &Block, columns: Option<&super::pdf::Columns>, room: usize) {
    let text = |text: &str, run: Run| Piece::Paragraph(paragraph(text, run).line_spacing(words::after(120)));
    match block {
        Block::Heading { level, text } => {
            pieces.extend(heading(text, usize::from((*level).clamp(1, 3))).map(Piece::Paragraph));
        }
        Block::Text(all) => pieces.extend(paragraphs(all).map(|one| text(&one, Run::new()))),
        Block::List(items) => pieces.extend(items.iter().map(|item| {
            let hanging = Some(docx_rs::SpecialIndentType::Hanging(260));
            let item = paragraph(&format!("•  {item}"), Run::new()).indent(Some(360), hanging, None, None);
            Piece::Paragraph(item.line_spacing(words::after(60)))
        })),
        Block::Notice(text) => pieces.extend([Piece::Table(notice_table(text, room)), gap()]),
        Block::Facts(facts) if facts.is_empty() => {}
        Block::Facts(facts) => pieces.extend([Piece::Table(facts_table(facts, room)), gap()]),
        Block::Table(table) => push_table(pieces, table, columns, room),
        Block::Chart(chart) => push_table(pieces, &numbers_of(chart), None, room),
        Block::Original { sha256, name, media_type } => {
            let identity = format!("{media_type}, SHA-256 {sha256}");
            pieces.push(text(name, Run::new().bold()));
            pieces.push(text(&identity, Run::new().size(SMALL).color(QUIET)));
        }
        Block::Signatures(lines) => {
            for words in lines {
                let line = Paragraph::new().add_run(Run::new().add_text("_".repeat(40))).keep_next(true);
                pieces.extend([gap(), gap(), Piece::Paragraph(line), text(words, Run::new().color(QUIET))]);
            }
        }
        Block::NewPage => {
            let page = Run::new().add_break(BreakType::Page);
            pieces.push(Piece::Paragraph(Paragraph::new().add_run(page)));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;
    use crate::domain::document::{Cell, Column, Table};

    fn part(file: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn headers_of_tables_stand_on_every_page_and_every_value_is_there() {
        let table = Table {
            columns: vec![Column::text("품목", ""), Column::number("Received", "")],
            rows: vec![vec![Cell::text("Kit <A> & \"B\"\u{1}"), Cell::Count(1200)]],
            totals: vec![Cell::text("Sum"), Cell::Count(1200)],
            notes: vec!["Until 2026-03-31".to_owned()],
            ..Table::default()
        };
        let document = Document { title: "R & D".to_owned(), blocks: vec![Block::Table(table)], ..Document::default() };
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        let file = write(&document, Made::on(day)).unwrap();
        let text = part(&file, "word/document.xml");
        assert_eq!(text.matches("<w:tblHeader />").count(), 1, "{text}");
        for words in ["품목", "Kit &lt;A&gt; &amp; &quot;B&quot;", "1,200", "Until 2026-03-31"] {
            assert!(text.contains(words), "{words} is missing: {text}");
        }
        assert!(part(&file, "docProps/core.xml").contains("<dc:title>R &amp; D</dc:title>"));
        assert_eq!(write(&document, Made::on(day)).unwrap(), file, "the same document gives the same bytes");
    }

    #[test]
    fn a_wide_table_lies_on_its_side_and_what_follows_stands_upright_with_the_foot_on_every_page() {
        let wide = Table {
            columns: vec![Column::text("Unparteddistribution", ""); 14],
            rows: vec![vec![Cell::text("Unparteddistribution"); 14]],
            ..Table::default()
        };
        let blocks = vec![Block::Text("Before".to_owned()), Block::Table(wide), Block::Text("病院 after".to_owned())];
        let document = Document { title: "R".to_owned(), foot: "Foot".to_owned(), blocks, ..Document::default() };
        let file = write(&document, Made::on(chrono::NaiveDate::default())).unwrap();
        let text = part(&file, "word/document.xml");
        assert_eq!(text.matches("<w:sectPr").count(), 3, "{text}");
        assert_eq!(text.matches("w:orient=\"landscape\"").count(), 1, "{text}");
        assert_eq!(text.matches("<w:footerReference").count(), 3, "{text}");
        assert!(text.contains("w:eastAsia=\"Microsoft YaHei\""), "a Korean font has not all of Chinese: {text}");
    }
}
