//! Two documents of the same making held against one another: facts, texts, tables cell by cell, and the files put in.

use super::difference::{Change, Difference, FACTS, ORIGINALS, TEXTS, lower_first};
use super::{Block, Cell, Column, Document, Fact, Table};

/// How many letters of a text are shown before what changed in it.
const BEFORE: usize = 24;
/// How many letters of what changed in a text are shown at most.
const CHANGED: usize = 80;
/// How many of the first columns name a row at most, where it has no name of its own.
const MOST_NAMES: usize = 3;

/// What a document would read now, against what it read. Tables are matched by their key, rows by what names them, texts and
/// facts by the heading under which they stand.
#[must_use]
pub fn differences(was: &Document, now: &Document) -> Vec<Difference> {
    let mut found = Vec::new();
    facts("", &was.facts, &now.facts, &mut found);
    let (before, after) = (sections(was), sections(now));
    pairs(
        &before,
        &after,
        |section| section.heading,
        |heading, before, after| {
            let (empty, title) = (Section::default(), heading.to_owned());
            let (before, after) = (before.unwrap_or(&empty), after.unwrap_or(&empty));
            facts(&title, &before.facts, &after.facts, &mut found);
            text(&title, &before.text, &after.text, &mut found);
            originals(&title, before, after, &mut found);
        },
    );
    let (before, after): (Vec<&Table>, Vec<&Table>) = (was.tables().collect(), now.tables().collect());
    pairs(
        &before,
        &after,
        |table| &table.key,
        |_, before, after| {
            let empty = Table::default();
            tables(before.copied().unwrap_or(&empty), after.copied().unwrap_or(&empty), &mut found);
        },
    );
    found
}

/// Matches things by a name, the first of a name with the first: those that were, then those that are new.
fn pairs<'a, T>(
    was: &'a [T],
    now: &'a [T],
    name: impl Fn(&'a T) -> &'a str,
    mut pair: impl FnMut(&'a str, Option<&'a T>, Option<&'a T>),
) {
    let mut left: Vec<Option<&T>> = now.iter().map(Some).collect();
    for one in was {
        let same = left.iter_mut().find(|other| other.is_some_and(|other| name(other) == name(one)));
        pair(name(one), Some(one), same.and_then(Option::take));
    }
    for one in left.into_iter().flatten() {
        pair(name(one), None, Some(one));
    }
}

/// What stands under one heading, but for its tables.
#[derive(Default)]
struct Section<'a> {
    heading: &'a str,
    facts: Vec<Fact>,
    text: String,
    originals: Vec<(&'a str, &'a str)>,
}

fn sections(document: &Document) -> Vec<Section<'_>> {
    let mut all = vec![Section::default()];
    for block in &document.blocks {
        if let Block::Heading { text, .. } = block {
            all.push(Section { heading: text, ..Section::default() });
            continue;
        }
        let Some(section) = all.last_mut() else { continue };
        let mut say = |text: &str| {
            let gap = if section.text.is_empty() { "" } else { " " };
            section.text.extend([gap, text.trim()]);
        };
        match block {
            Block::Text(text) | Block::Notice(text) => say(text),
            Block::List(lines) | Block::Signatures(lines) => lines.iter().for_each(|line| say(line)),
            Block::Facts(facts) => section.facts.extend(facts.iter().cloned()),
            Block::Original { sha256, name, .. } => section.originals.push((sha256, name)),
            Block::Heading { .. } | Block::Table(_) | Block::Chart(_) | Block::NewPage => {}
        }
    }
    all
}

fn facts(title: &str, was: &[Fact], now: &[Fact], found: &mut Vec<Difference>) {
    pairs(
        was,
        now,
        |fact| &fact.label,
        |label, before, after| {
            let value = |fact: Option<&Fact>| Cell::text(fact.map_or("", |fact| fact.value.as_str()));
            let (was, now) = (value(before), value(after));
            if was != now {
                let change = Change::Reads { column: String::new(), was, now };
                found.push(Difference { table: FACTS.into(), title: title.into(), row: label.into(), change });
            }
        },
    );
}

/// A text that reads otherwise is told by the words that changed in it, with a few before them.
fn text(title: &str, was: &str, now: &str, found: &mut Vec<Difference>) {
    if was == now {
        return;
    }
    let (before, after): (Vec<char>, Vec<char>) = (was.chars().collect(), now.chars().collect());
    let same = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let word_at = |at: usize| {
        let space = before.get(..at).and_then(|all| all.iter().rposition(|letter| *letter == ' '));
        space.map_or(0, |space| space + 1)
    };
    let from = word_at(word_at(same).saturating_sub(BEFORE));
    // Words of Chinese and Korean texts are not always parted.
    let from = if same - from > 3 * BEFORE { same - BEFORE } else { from };
    let rest = before.len().min(after.len()).saturating_sub(same);
    let tail = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(one, other)| one == other).count();
    let shown = |letters: &[char]| {
        let end = letters.len().saturating_sub(tail);
        let end = letters.iter().skip(end).position(|letter| *letter == ' ').map_or(letters.len(), |at| end + at);
        let part: String = letters.iter().take(end).skip(from).take(2 * BEFORE + CHANGED).collect();
        let ends = end.saturating_sub(from) <= 2 * BEFORE + CHANGED && end == letters.len();
        let (open, close) = (if from > 0 { "…" } else { "" }, if ends { "" } else { "…" });
        let part = part.trim();
        if part.is_empty() { Cell::Empty } else { Cell::Text(format!("“{open}{part}{close}”")) }
    };
    let change = match (was.is_empty(), now.is_empty()) {
        (true, _) => Change::New,
        (_, true) => Change::Gone,
        _ => Change::Reads { column: "text".into(), was: shown(&before), now: shown(&after) },
    };
    found.push(Difference { table: TEXTS.into(), title: title.into(), row: String::new(), change });
}

/// A file is the same where its bytes are.
fn originals(title: &str, was: &Section<'_>, now: &Section<'_>, found: &mut Vec<Difference>) {
    pairs(
        &was.originals,
        &now.originals,
        |(sha256, _)| sha256,
        |_, before, after| {
            let (name, change) = match (before, after) {
                (Some((_, name)), None) => (*name, Change::Gone),
                (None, Some((_, name))) => (*name, Change::New),
                _ => return,
            };
            found.push(Difference { table: ORIGINALS.into(), title: title.into(), row: name.into(), change });
        },
    );
}

fn tables(was: &Table, now: &Table, found: &mut Vec<Difference>) {
    let naming = Naming::of(was, now);
    let title = if was.title.is_empty() { &now.title } else { &was.title };
    let key = if was.key.is_empty() { &now.key } else { &was.key };
    let mut tell = |row: String, change: Change| {
        found.push(Difference { table: key.clone(), title: title.clone(), row, change });
    };
    let mut left: Vec<Option<&Vec<Cell>>> = now.rows.iter().map(Some).collect();
    for row in &was.rows {
        let same = left.iter_mut().find(|other| other.is_some_and(|other| naming.is_same(row, other)));
        match same.and_then(Option::take) {
            None => tell(naming.words(row), Change::Gone),
            Some(other) => cells((was, row), (now, other), |change| tell(naming.words(row), change)),
        }
    }
    for row in left.into_iter().flatten() {
        tell(naming.words(row), Change::New);
    }
    if !was.totals.is_empty() || !now.totals.is_empty() {
        cells((was, &was.totals), (now, &now.totals), |change| tell("in all".to_owned(), change));
    }
}

/// The cells of two rows that differ. Columns are matched by their heading, so that one more of them moves nothing.
fn cells((was, row): (&Table, &[Cell]), (now, other): (&Table, &[Cell]), mut tell: impl FnMut(Change)) {
    for (at, column) in was.columns.iter().enumerate() {
        let Some(place) = now.columns.iter().position(|same| same.label == column.label) else { continue };
        let [before, after] = [row.get(at), other.get(place)].map(|cell| cell.cloned().unwrap_or_default());
        if before.words() != after.words() {
            tell(Change::Reads { column: column.label.clone(), was: before, now: after });
        }
    }
}

/// Which columns name a row, and what they are called.
struct Naming<'a> {
    columns: &'a [Column],
    names: Vec<usize>,
}

impl<'a> Naming<'a> {
    /// As few of the first columns as tell the rows of both tables apart: of those that hold texts, or, where the first holds
    /// none, of all. Where none do, all texts that lead.
    fn of(was: &'a Table, now: &'a Table) -> Self {
        let columns = if was.columns.is_empty() { &now.columns } else { &was.columns };
        let rows = || was.rows.iter().chain(&now.rows);
        let is_text = |at: usize| {
            columns.get(at).is_some_and(|column| !column.is_number)
                && rows().all(|row| matches!(row.get(at), None | Some(Cell::Text(_) | Cell::Empty)))
        };
        let leading = (0..columns.len()).take_while(|at| is_text(*at)).count();
        let most = if leading == 0 { MOST_NAMES.min(columns.len()) } else { leading };
        // A day alone says little of a row, and another can come on the same day.
        let is_day = columns.first().is_some_and(|column| matches!(column.name.as_str(), "on" | "at"));
        let fewest = if is_day { 2 } else { 1 };
        // A line and what is needed for it name a row, whatever stands between them.
        let around = vec![0, 2];
        let ways =
            [(0..1).collect(), (0..2).collect(), around].into_iter().chain((3..=most).map(|end| (0..end).collect()));
        let fits = |names: &Vec<usize>| names.len() >= fewest && names.last().is_some_and(|last| *last < most);
        let enough = ways.filter(fits).find(|names| tells_apart(was, names) && tells_apart(now, names));
        let all = if leading == 0 { columns.len() } else { leading };
        Self { columns, names: enough.unwrap_or_else(|| (0..all).collect()) }
    }

    fn is_same(&self, row: &[Cell], other: &[Cell]) -> bool {
        words_of(row, &self.names) == words_of(other, &self.names)
    }

    /// The row in words: `TB course`, `line 3`, `on 2026-03-01, Mr Kim`.
    fn words(&self, row: &[Cell]) -> String {
        let named = self.names.iter().filter_map(|at| {
            let (column, cell) = (self.columns.get(*at)?, row.get(*at)?);
            let words = cell.words();
            match cell {
                Cell::Empty => None,
                Cell::Text(_) | Cell::State { .. } => Some(words),
                _ if matches!(column.name.as_str(), "line" | "number") => Some(format!("line {words}")),
                _ => Some(format!("{} {words}", lower_first(&column.label))),
            }
        });
        let named: Vec<String> = named.collect();
        if named.is_empty() { "a row without a name".to_owned() } else { named.join(", ") }
    }
}

/// Whether no two rows of a table have the same words in some columns, and none has nothing there.
fn tells_apart(table: &Table, names: &[usize]) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    table.rows.iter().all(|row| {
        let words = words_of(row, names);
        words.iter().any(|word| !word.is_empty()) && seen.insert(words)
    })
}

fn words_of(row: &[Cell], names: &[usize]) -> Vec<String> {
    names.iter().map(|at| row.get(*at).map(Cell::words).unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::Column;

    fn document(rows: &[(&str, &str, i64)], total: i64) -> Document {
        let table = Table {
            key: "delivered".into(),
            title: "Planned against delivered".into(),
            columns: vec![Column::text("Item", ""), Column::text("Category", ""), Column::number("Usable", "")],
            rows: rows
                .iter()
                .map(|(item, category, usable)| {
                    vec![Cell::text(*item), Cell::text(*category), Cell::Quantity(usable * 1000)]
                })
                .collect(),
            totals: vec![Cell::text("In all"), Cell::Empty, Cell::Quantity(total * 1000)],
            ..Table::default()
        };
        Document { blocks: vec![Block::Table(table)], ..Document::default() }
    }

    fn said(was: &Document, now: &Document) -> Vec<String> {
        differences(was, now).iter().map(Difference::sentence).collect()
    }

    #[test]
    fn a_figure_that_changed_is_told_with_its_table_row_and_column() {
        let was = document(&[("TB courses", "tb", 950)], 950);
        let now = document(&[("TB courses", "tb", 940)], 940);
        assert_eq!(
            said(&was, &now),
            [
                "Planned against delivered, TB courses, usable: would now read 940, not 950",
                "Planned against delivered, in all, usable: would now read 940, not 950"
            ]
        );
        assert_eq!(said(&was, &was), Vec::<String>::new());
    }

    #[test]
    fn rows_that_come_and_go_are_told_once_each_whatever_their_order() {
        let was = document(&[("A", "x", 1), ("B", "x", 2)], 3);
        let now = document(&[("C", "x", 1), ("B", "x", 2)], 3);
        assert_eq!(
            said(&was, &now),
            [
                "Planned against delivered, A: the row would be gone",
                "Planned against delivered, C: the row would be new"
            ]
        );
        let turned = document(&[("B", "x", 2), ("A", "x", 1)], 3);
        assert_eq!(said(&was, &turned), Vec::<String>::new());
    }

    #[test]
    fn two_rows_with_the_same_name_are_not_taken_for_one() {
        let was = document(&[("A", "x", 1), ("A", "x", 2)], 3);
        let now = document(&[("A", "x", 1), ("A", "x", 5)], 6);
        assert_eq!(said(&was, &now).len(), 2);
    }

    #[test]
    fn a_table_that_is_gone_or_new_is_told_row_by_row() {
        let was = document(&[("A", "x", 1)], 1);
        let nothing = Document::default();
        assert!(said(&was, &nothing)[0].contains("the row would be gone"));
        assert!(said(&nothing, &was)[0].contains("the row would be new"));
    }

    #[test]
    fn a_line_is_named_by_its_number_and_told_column_by_column() {
        let list = |quantity: i64, unit: &str| {
            let number = Column { name: "line".into(), ..Column::number("Line", "") };
            let columns =
                vec![number, Column::text("Goods", ""), Column::number("Quantity", ""), Column::text("Unit", "")];
            let row = |line: i64, quantity: i64| {
                vec![Cell::Count(line), Cell::text("Soap"), Cell::Quantity(quantity * 1000), Cell::text(unit)]
            };
            let rows = vec![row(1, 45), row(3, quantity)];
            let table = Table { key: "items".into(), title: "Packing list".into(), columns, rows, ..Table::default() };
            Document { blocks: vec![Block::Table(table)], ..Document::default() }
        };
        assert_eq!(
            said(&list(45, "ct"), &list(40, "ct")),
            ["Packing list, line 3, quantity: would now read 40, not 45"]
        );
        assert_eq!(said(&list(45, "ct"), &list(45, "box")).len(), 2, "both lines, each by its unit");
    }

    #[test]
    fn texts_facts_and_files_are_told_under_their_heading() {
        let made = |text: &str, consignee: &str, sha256: &str| {
            let heading = |text: &str| Block::Heading { level: 1, text: text.into() };
            let original =
                Block::Original { sha256: sha256.into(), name: "letter.pdf".into(), media_type: String::new() };
            Document {
                facts: vec![Fact::plain("Consignee", consignee)],
                blocks: vec![heading("10. Diversion"), Block::Text(text.into()), heading("Originals"), original],
                ..Document::default()
            }
        };
        let was = made("Two staff see every box off and count it again at the warehouse.", "A", "1");
        assert_eq!(said(&was, &was), Vec::<String>::new());
        let now = made("Two staff see every box off and weigh it again at the warehouse.", "B", "2");
        assert_eq!(
            said(&was, &now),
            [
                "Consignee: would now read B, not A",
                "10. Diversion, text: would now read “…staff see every box off and weigh…”, not “…staff see every box off \
                 and count…”",
                "Originals, letter.pdf: the file would be gone",
                "Originals, letter.pdf: the file would be new",
            ]
        );
        let empty = made("", "A", "1");
        assert_eq!(said(&was, &empty), ["10. Diversion: the text would be gone"]);
    }
}
