//! Documents as plain text: what a letter or a mail can take, and what tests compare a report by.

use unicode_width::UnicodeWidthStr as _;

use crate::domain::document::{Block, Cell, Chart, Document, Fact, Table};

/// Where lines of text are broken.
const WIDTH: usize = 100;
/// A column of a table is not made wider than this; longer words stick out.
const WIDEST: usize = 48;

/// The document as text, every line ended.
#[must_use]
pub fn write(document: &Document) -> String {
    let mut out = String::new();
    heading(&mut out, &document.title, '=');
    if !document.subtitle.trim().is_empty() {
        paragraphs(&mut out, &document.subtitle, "");
    }
    facts(&mut out, &document.facts);
    for block in &document.blocks {
        write_block(&mut out, block);
    }
    if !document.foot.trim().is_empty() {
        line(&mut out, "--");
        paragraphs(&mut out, &document.foot, "");
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

fn write_block(out: &mut String, block: &Block) {
    match block {
        Block::Heading { level, text } => heading(out, text, if *level <= 1 { '=' } else { '-' }),
        Block::Text(text) => paragraphs(out, text, ""),
        Block::Notice(text) => paragraphs(out, text, "| "),
        Block::List(items) => {
            for item in items {
                for (at, words) in wrapped(&one_line(item), WIDTH - 2).iter().enumerate() {
                    line(out, &format!("{} {words}", if at == 0 { "-" } else { " " }));
                }
            }
            line(out, "");
        }
        Block::Facts(rows) => facts(out, rows),
        Block::Table(table) => write_table(out, table),
        Block::Chart(chart) => write_chart(out, chart),
        Block::Original { sha256, name, media_type } => {
            line(out, &format!("[{}, {media_type}, SHA-256 {sha256}]", one_line(name)));
            line(out, "");
        }
        Block::Signatures(lines) => {
            for words in lines {
                line(out, "");
                line(out, &"_".repeat(40));
                line(out, &one_line(words));
            }
            line(out, "");
        }
        Block::NewPage => {}
    }
}

fn heading(out: &mut String, text: &str, under: char) {
    let text = one_line(text);
    if text.is_empty() {
        return;
    }
    let width = text.width().min(WIDTH);
    line(out, &text);
    line(out, &under.to_string().repeat(width));
    line(out, "");
}

fn paragraphs(out: &mut String, text: &str, before: &str) {
    let mut last_is_empty = true;
    for own in text.lines() {
        if own.trim().is_empty() {
            if !last_is_empty {
                line(out, before);
            }
            last_is_empty = true;
            continue;
        }
        last_is_empty = false;
        for words in wrapped(&one_line(own), WIDTH - before.len()) {
            line(out, &format!("{before}{words}"));
        }
    }
    if !out.ends_with("\n\n") {
        line(out, "");
    }
}

fn facts(out: &mut String, facts: &[Fact]) {
    let width = facts.iter().map(|fact| one_line(&fact.label).width()).max().unwrap_or_default();
    for fact in facts {
        let mut label = one_line(&fact.label);
        for words in fact.value.lines().chain(fact.value.is_empty().then_some("")) {
            line(out, &format!("{}  {}", padded(&label, width, false), one_line(words)));
            label.clear();
        }
    }
    if !facts.is_empty() {
        line(out, "");
    }
}

fn write_table(out: &mut String, table: &Table) {
    if !table.title.trim().is_empty() {
        line(out, &one_line(&table.title));
    }
    let header: Vec<String> = table.columns.iter().map(|column| one_line(&column.label)).collect();
    let row = |cells: &Vec<Cell>| -> Vec<String> {
        (0..header.len()).map(|at| cells.get(at).map_or_else(String::new, |cell| one_line(&cell.words()))).collect()
    };
    let rows: Vec<Vec<String>> = table.rows.iter().map(row).collect();
    let totals: Vec<Vec<String>> = if table.totals.is_empty() { Vec::new() } else { vec![row(&table.totals)] };
    let is_number: Vec<bool> = table.columns.iter().map(|column| column.is_number).collect();
    aligned(out, &header, &rows, &totals, &is_number);
    if table.rows.is_empty() && !table.empty.trim().is_empty() {
        line(out, &one_line(&table.empty));
    }
    for note in &table.notes {
        for words in wrapped(&one_line(note), WIDTH - 2) {
            line(out, &format!("  {words}"));
        }
    }
    line(out, "");
}

/// A chart is its numbers.
fn write_chart(out: &mut String, chart: &Chart) {
    let unit = if chart.unit.trim().is_empty() { String::new() } else { format!(" ({})", one_line(&chart.unit)) };
    line(out, &format!("{}{unit}", one_line(&chart.title)));
    let header: Vec<String> =
        [String::new()].into_iter().chain(chart.series.iter().map(|series| one_line(&series.name))).collect();
    let row = |(at, label): (usize, &String)| -> Vec<String> {
        let value = |values: &Vec<i64>| values.get(at).map_or_else(String::new, |value| Cell::Count(*value).words());
        [one_line(label)].into_iter().chain(chart.series.iter().map(|series| value(&series.values))).collect()
    };
    let rows: Vec<Vec<String>> = chart.labels.iter().enumerate().map(row).collect();
    let is_number: Vec<bool> = (0..header.len()).map(|at| at > 0).collect();
    aligned(out, &header, &rows, &[], &is_number);
    paragraphs(out, &chart.alt, "  ");
}

fn aligned(out: &mut String, header: &[String], rows: &[Vec<String>], totals: &[Vec<String>], is_number: &[bool]) {
    if header.is_empty() {
        return;
    }
    let widths: Vec<usize> = (0..header.len())
        .map(|at| {
            let cells = rows.iter().chain(totals).filter_map(|row| row.get(at)).chain(header.get(at));
            cells.map(|cell| cell.width()).max().unwrap_or_default().min(WIDEST)
        })
        .collect();
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let mut put = |cells: &[String]| {
        let cells = cells.iter().zip(&widths).zip(is_number);
        let cells: Vec<String> = cells.map(|((cell, width), is_number)| padded(cell, *width, *is_number)).collect();
        line(out, &cells.join("  "));
    };
    put(header);
    put(&rule);
    for row in rows {
        put(row);
    }
    if let [totals] = totals {
        put(&rule);
        put(totals);
    }
}

/// Filled with spaces to a width in columns of a terminal, where Korean and Chinese letters take two.
fn padded(text: &str, width: usize, to_the_right: bool) -> String {
    let spaces = " ".repeat(width.saturating_sub(text.width()));
    if to_the_right { format!("{spaces}{text}") } else { format!("{text}{spaces}") }
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let Some(last) = lines.last_mut() else { break };
        if last.is_empty() {
            last.push_str(word);
        } else if last.width() + 1 + word.width() <= width {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// A cell or a heading is one line, and no letter of it moves the cursor of a terminal.
fn one_line(text: &str) -> String {
    let plain = |character: char| if character.is_control() { ' ' } else { character };
    text.trim().chars().map(plain).collect()
}

fn line(out: &mut String, text: &str) {
    out.push_str(text.trim_end());
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::Column;

    #[test]
    fn korean_letters_take_two_columns() {
        let table = Table {
            title: "T".to_owned(),
            columns: vec![Column::text("품목", ""), Column::number("N", "")],
            rows: vec![vec![Cell::text("앰프"), Cell::Count(1200)], vec![Cell::text("Kit A"), Cell::Count(5)]],
            totals: vec![Cell::text("Sum"), Cell::Count(1205)],
            ..Table::default()
        };
        let document = Document { title: "D".to_owned(), blocks: vec![Block::Table(table)], ..Document::default() };
        let expected =
            "D\n=\n\nT\n품목       N\n-----  -----\n앰프   1,200\nKit A      5\n-----  -----\nSum    1,205\n";
        assert_eq!(write(&document), expected);
    }

    #[test]
    fn nothing_in_a_value_moves_the_cursor() {
        let document = Document { title: "a\u{1b}[2Jb\r".to_owned(), ..Document::default() };
        assert_eq!(write(&document), "a [2Jb\n======\n");
    }
}
