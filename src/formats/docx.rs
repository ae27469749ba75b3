//! Documents as DOCX, for those who go on writing: headings with Word's own styles, tables with a header on every page.
//!
//! The fonts are named and not carried: Malgun Gothic for Korean and Microsoft `YaHei` for Chinese stand on every Windows, and
//! other programs put their own in their place.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BreakType, Docx, Footer, HeightRule, NumPages, PageMargin, PageNum, PageOrientationType, Paragraph,
    Run, RunFonts, Shading, Style, StyleType, Table as WordTable, TableBorder, TableBorderPosition, TableBorders,
    TableCell, TableLayoutType, TableRow, WidthType, XMLDocx,
};

use super::Made;
use crate::domain::document::{Block, Cell, CellTone, Chart, Document, Fact, Table};

/// A4 upright, in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: u32 = 1134;
/// What a row height of the header is told apart by: no other row has one.
const HEADER_HEIGHT: f32 = 283.0;
/// Letter sizes in half points.
const TEXT: usize = 20;
const SMALL: usize = 16;
/// Tables with more columns put the whole document on its side.
const MOST_UPRIGHT: usize = 8;

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

/// Makes a DOCX of a document.
pub fn write(document: &Document, made: Made) -> Result<Vec<u8>, CannotWrite> {
    let room = room(document);
    let mut docx = add(started(document, made, room), heading(&document.title, 0));
    if !document.subtitle.trim().is_empty() {
        docx = add(docx, Some(paragraph(&document.subtitle, Run::new().size(24).color(QUIET))));
    }
    if !document.facts.is_empty() {
        docx = with_facts(docx, &document.facts, room);
    }
    for block in &document.blocks {
        docx = with_block(docx, block, room);
    }
    let mut parts = docx.build();
    repeat_headers(&mut parts);
    name(&mut parts, document);
    let mut file = Cursor::new(Vec::new());
    parts.pack(&mut file).map_err(|error| CannotWrite::Failed(error.to_string()))?;
    Ok(file.into_inner())
}

/// The room between the margins; the page lies on its side where a table asks for it.
fn room(document: &Document) -> usize {
    let (wide, high) = PAGE;
    let is_wide = document.tables().any(|table| table.columns.len() > MOST_UPRIGHT);
    let width = if is_wide { high } else { wide };
    usize::try_from(width - 2 * MARGIN).unwrap_or_default()
}

fn started(document: &Document, made: Made, room: usize) -> Docx {
    let fonts =
        RunFonts::new().ascii("Calibri").hi_ansi("Calibri").cs("Calibri").east_asia(east_asia(&document.language));
    let day = format!("{}T00:00:00Z", made.day);
    let margin = i32::try_from(MARGIN).unwrap_or_default();
    let margins = PageMargin::new().top(margin).bottom(margin).left(margin).right(margin).header(600).footer(600);
    let (wide, high) = PAGE;
    let mut docx =
        Docx::new().default_fonts(fonts).default_size(TEXT).created_at(&day).updated_at(&day).page_margin(margins);
    docx = if room > usize::try_from(wide).unwrap_or_default() {
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
            .next("Normal");
        docx = docx.add_style(match level {
            0 => style.name("Title"),
            _ => style.name(format!("heading {level}")).outline_lvl(level - 1),
        });
    }
    docx.footer(footer(document, made))
}

fn east_asia(language: &str) -> &'static str {
    if language.starts_with("zh") { "Microsoft YaHei" } else { "Malgun Gothic" }
}

fn style_of(level: usize) -> String {
    if level == 0 { "Title".to_owned() } else { format!("Heading{level}") }
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

fn add(docx: Docx, paragraph: Option<Paragraph>) -> Docx {
    match paragraph {
        Some(paragraph) => docx.add_paragraph(paragraph),
        None => docx,
    }
}

/// A heading; 0 is the title.
fn heading(text: &str, level: usize) -> Option<Paragraph> {
    let text = text.trim();
    (!text.is_empty()).then(|| paragraph(text, Run::new()).style(&style_of(level)).keep_next(true))
}

/// One paragraph, its lines kept.
fn paragraph(text: &str, run: Run) -> Paragraph {
    let mut run = run;
    for (at, line) in text.trim().lines().enumerate() {
        if at > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(shown(line));
    }
    Paragraph::new().add_run(run)
}

/// What XML can hold, without what turns the order of letters around.
fn shown(text: &str) -> String {
    let shown = |character: char| match character {
        '\t' => Some(' '),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some('\u{25a1}'),
        '\u{fffe}' | '\u{ffff}' => None,
        _ if character.is_control() => None,
        _ => Some(character),
    };
    text.chars().filter_map(shown).collect()
}

fn with_block(docx: Docx, block: &Block, room: usize) -> Docx {
    match block {
        Block::Heading { level, text } => add(docx, heading(text, usize::from((*level).clamp(1, 3)))),
        Block::Text(text) => paragraphs(text).fold(docx, |docx, text| docx.add_paragraph(paragraph(&text, Run::new()))),
        Block::List(items) => items.iter().fold(docx, |docx, item| {
            let hanging = Some(docx_rs::SpecialIndentType::Hanging(260));
            let item = paragraph(&format!("•  {item}"), Run::new()).indent(Some(360), hanging, None, None);
            docx.add_paragraph(item)
        }),
        Block::Notice(text) => with_notice(docx, text, room),
        Block::Facts(facts) if facts.is_empty() => docx,
        Block::Facts(facts) => with_facts(docx, facts, room),
        Block::Table(table) => with_table(docx, table, room),
        Block::Chart(chart) => with_table(docx, &numbers_of(chart), room),
        Block::Original { sha256, name, media_type } => {
            let name = paragraph(name, Run::new().bold());
            let identity = paragraph(&format!("{media_type}, SHA-256 {sha256}"), Run::new().size(SMALL).color(QUIET));
            docx.add_paragraph(name).add_paragraph(identity)
        }
        Block::Signatures(lines) => lines.iter().fold(docx, |docx, words| {
            let line = Paragraph::new().add_run(Run::new().add_text("_".repeat(40))).keep_next(true);
            docx.add_paragraph(Paragraph::new())
                .add_paragraph(line)
                .add_paragraph(paragraph(words, Run::new().color(QUIET)))
        }),
        Block::NewPage => docx.add_paragraph(Paragraph::new().add_run(Run::new().add_break(BreakType::Page))),
    }
}

/// Paragraphs, parted by empty lines.
fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut found = vec![String::new()];
    for line in text.lines() {
        match found.last_mut() {
            Some(last) if !line.trim().is_empty() => {
                if !last.is_empty() {
                    last.push('\n');
                }
                last.push_str(line);
            }
            _ => found.push(String::new()),
        }
    }
    found.into_iter().filter(|text| !text.is_empty())
}

fn borders(positions: Vec<TableBorderPosition>, colour: &str) -> TableBorders {
    let empty = TableBorders::with_empty();
    positions.into_iter().fold(empty, |borders, position| borders.set(TableBorder::new(position).size(4).color(colour)))
}

fn with_notice(docx: Docx, text: &str, room: usize) -> Docx {
    let mut cell = TableCell::new().shading(Shading::new().fill("F3F6F8"));
    for text in paragraphs(text) {
        cell = cell.add_paragraph(paragraph(&text, Run::new()));
    }
    let table = WordTable::new(vec![TableRow::new(vec![cell])])
        .set_grid(vec![room])
        .width(room, WidthType::Dxa)
        .set_borders(borders(vec![TableBorderPosition::Left], ACCENT));
    docx.add_table(table).add_paragraph(Paragraph::new())
}

fn with_facts(docx: Docx, facts: &[Fact], room: usize) -> Docx {
    let grid = vec![room / 4, room - room / 4];
    let row = |fact: &Fact| {
        let label = TableCell::new().add_paragraph(paragraph(&fact.label, Run::new().color(QUIET)));
        let value = TableCell::new().add_paragraph(paragraph(&fact.value, Run::new()));
        TableRow::new(sized(vec![label, value], &grid)).cant_split()
    };
    let table = WordTable::new(facts.iter().map(row).collect())
        .set_grid(grid.clone())
        .width(room, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .set_borders(borders(vec![TableBorderPosition::Top, TableBorderPosition::Bottom], HAIR));
    docx.add_table(table).add_paragraph(Paragraph::new())
}

fn sized(cells: Vec<TableCell>, grid: &[usize]) -> Vec<TableCell> {
    cells.into_iter().zip(grid).map(|(cell, width)| cell.width(*width, WidthType::Dxa)).collect()
}

/// A chart is its numbers: Word draws them as its reader likes.
fn numbers_of(chart: &Chart) -> Table {
    use crate::domain::document::Column;
    let named = |name: &str| if chart.unit.is_empty() { name.to_owned() } else { format!("{name}, {}", chart.unit) };
    let columns = [Column::text("", "")]
        .into_iter()
        .chain(chart.series.iter().map(|series| Column::number(named(&series.name), "")));
    let row = |(at, label): (usize, &String)| {
        let values =
            chart.series.iter().map(|series| series.values.get(at).map_or(Cell::Empty, |value| Cell::Count(*value)));
        [Cell::text(label.clone())].into_iter().chain(values).collect()
    };
    Table {
        title: chart.title.clone(),
        notes: vec![chart.alt.clone()],
        columns: columns.collect(),
        rows: chart.labels.iter().enumerate().map(row).collect(),
        ..Table::default()
    }
}

fn with_table(docx: Docx, table: &Table, room: usize) -> Docx {
    if table.columns.is_empty() {
        return docx;
    }
    let grid = shares(table, room);
    let size = if table.columns.len() > MOST_UPRIGHT { SMALL - 2 } else { SMALL + 1 };
    let header = table.columns.iter().map(|column| {
        let label = paragraph(&column.label, Run::new().bold().size(size)).align(side(column.is_number));
        TableCell::new().add_paragraph(label).shading(Shading::new().fill("F3F6F8"))
    });
    let header = TableRow::new(sized(header.collect(), &grid));
    let mut rows = vec![header.row_height(HEADER_HEIGHT).height_rule(HeightRule::AtLeast).cant_split()];
    rows.extend(table.rows.iter().map(|row| with_cells(table, row, &grid, &|run| run.size(size))));
    if table.rows.is_empty() {
        let empty = paragraph(&table.empty, Run::new().size(size).color(QUIET));
        rows.push(TableRow::new(vec![TableCell::new().add_paragraph(empty).grid_span(table.columns.len())]));
    }
    if !table.totals.is_empty() {
        rows.push(with_cells(table, &table.totals, &grid, &|run| run.size(size).bold()));
    }
    let lines = vec![TableBorderPosition::Top, TableBorderPosition::Bottom, TableBorderPosition::InsideH];
    let set = WordTable::new(rows)
        .set_grid(grid)
        .width(room, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .set_borders(borders(lines, HAIR));
    let title = table.title.trim();
    let title = (!title.is_empty()).then(|| paragraph(title, Run::new().bold()).keep_next(true));
    let docx = add(docx, title).add_table(set);
    let notes = table.notes.iter().filter(|note| !note.trim().is_empty());
    let docx = notes.fold(docx, |docx, note| docx.add_paragraph(paragraph(note, Run::new().size(SMALL).color(QUIET))));
    docx.add_paragraph(Paragraph::new())
}

fn with_cells(table: &Table, cells: &[Cell], grid: &[usize], look: &dyn Fn(Run) -> Run) -> TableRow {
    let cell = |at: usize| {
        let cell = cells.get(at).unwrap_or(&Cell::Empty);
        let run = match cell {
            Cell::State { tone, .. } => look(Run::new()).bold().color(colour(*tone)),
            _ => look(Run::new()),
        };
        let is_number = table.columns.get(at).is_some_and(|column| column.is_number);
        TableCell::new().add_paragraph(paragraph(&cell.words(), run).align(side(is_number)))
    };
    TableRow::new(sized((0..table.columns.len()).map(cell).collect(), grid)).cant_split()
}

fn side(is_number: bool) -> AlignmentType {
    if is_number { AlignmentType::Right } else { AlignmentType::Left }
}

fn colour(tone: CellTone) -> &'static str {
    match tone {
        CellTone::Good => "2F6B3A",
        CellTone::Warning => "8A5A00",
        CellTone::Bad => "9B2C2C",
        CellTone::Quiet => QUIET,
    }
}

/// The room shared among the columns by how long their texts are.
fn shares(table: &Table, room: usize) -> Vec<usize> {
    let length = |at: usize| {
        let label = table.columns.get(at).map_or(0, |column| column.label.chars().count());
        let cells = table.rows.iter().take(2000).filter_map(|row| row.get(at)).map(|cell| cell.words().chars().count());
        cells.max().unwrap_or_default().max(label).clamp(5, 40)
    };
    let lengths: Vec<usize> = (0..table.columns.len()).map(length).collect();
    let all: usize = lengths.iter().sum::<usize>().max(1);
    lengths.iter().map(|length| room * length / all).collect()
}

/// The library cannot say that a row is a header that stands on every page, so it is said in what it wrote.
fn repeat_headers(parts: &mut XMLDocx) {
    let mark = format!("<w:trHeight w:val=\"{HEADER_HEIGHT}\" w:hRule=\"atLeast\" />");
    let document = String::from_utf8_lossy(&parts.document).replace(&mark, &format!("{mark}<w:tblHeader />"));
    parts.document = document.into_bytes();
}

/// The same for the title and the language of the file.
fn name(parts: &mut XMLDocx, document: &Document) {
    let title = shown(document.title.trim());
    let title = quick_xml::escape::escape(&title);
    let language = if document.language.is_empty() { "en" } else { &document.language };
    let language = quick_xml::escape::escape(language);
    let own = format!("<dc:title>{title}</dc:title><dc:language>{language}</dc:language></cp:coreProperties>");
    let core = String::from_utf8_lossy(&parts.doc_props.core).replace(">unknown<", ">Corridor<");
    parts.doc_props.core = core.replace("</cp:coreProperties>", &own).into_bytes();
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;
    use crate::domain::document::Column;

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
}
