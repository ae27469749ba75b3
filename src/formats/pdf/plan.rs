//! A document as parts: what one run of typst is given, and where the next one goes on.

use super::data::{Part, Piece, Run, Unit};
use super::labels::Language;
use super::tables::TablePlan;
use super::words::{Words, breakable, clipped, wide};
use super::{charts, tables};
use crate::domain::document::{Block, Document, Fact};

/// How much one run of typst is given, about in cells of a table. More takes more memory, less is less to share a start among.
const PART: usize = 5000;

/// A heading that is wider, in thousandths of its letter size, is a paragraph.
const LONGEST_HEADING: u32 = 250_000;

/// A table of at most so many rows goes along onto a page that lies on its side.
const FEW: usize = 12;

/// The most headings go down. The title is the first level.
const DEEPEST: u8 = 4;

/// A document with what is reckoned once: how wide its columns are, which pages lie on their side, how deep its headings go.
pub(super) struct Plan<'a> {
    pub document: &'a Document,
    pub language: Language,
    tables: Vec<Option<TablePlan>>,
    flipped: Vec<bool>,
    levels: Vec<u8>,
}

/// A part, and where the next one begins.
pub(super) struct Planned {
    pub part: Part,
    pub next: Option<Unit>,
}

impl<'a> Plan<'a> {
    pub fn of(document: &'a Document) -> Self {
        let table = |block: &Block| match block {
            Block::Table(table) if !table.columns.is_empty() => Some(TablePlan::of(table)),
            _ => None,
        };
        let mut tables: Vec<Option<TablePlan>> = document.blocks.iter().map(table).collect();
        Self {
            document,
            language: Language::of(document),
            flipped: flipped(&document.blocks, &mut tables),
            levels: levels(&document.blocks),
            tables,
        }
    }

    /// The title as it is set; never empty, because a file without a title cannot be told from another.
    pub fn title(&self) -> String {
        let title = Words::default().line(self.document.title.trim());
        if title.trim().is_empty() { self.language.untitled().to_owned() } else { clipped(title, LONGEST_HEADING) }
    }

    /// Of each block, whether its page lies on its side, and the columns of a table.
    pub fn laid(&self) -> Vec<(bool, Option<super::widths::Widths>)> {
        let widths = |table: &Option<TablePlan>| table.as_ref().map(|table| table.widths.clone());
        self.flipped.iter().copied().zip(self.tables.iter().map(widths)).collect()
    }

    /// Whether an original begins here. It is set by itself.
    pub fn is_original(&self, from: Unit) -> bool {
        matches!(self.document.blocks.get(from.0), Some(Block::Original { .. }))
    }

    /// What one run of typst is given from here on: up to an original, to the end, or to as much as fits.
    pub fn part(&self, from: Unit, words: &mut Words) -> Planned {
        let mut part = self.empty_part(from == (0, -1), words);
        let mut left = PART;
        let mut at = from;
        while let Some(block) = self.document.blocks.get(at.0) {
            if matches!(block, Block::Original { .. }) {
                return Planned { part, next: Some((at.0, 0)) };
            }
            if left == 0 {
                return Planned { part, next: Some(at) };
            }
            let (piece, next) = self.piece(block, at, &mut left, words);
            if let Some(piece) = piece {
                self.push(&mut part, at.0, piece);
            }
            at = next;
        }
        Planned { part, next: None }
    }

    /// A part with nothing but, for the first one, the title.
    pub fn empty_part(&self, first: bool, words: &mut Words) -> Part {
        let document = self.document;
        Part {
            language: self.language.code(),
            first,
            title: if first { breakable(self.title(), 23_000) } else { String::new() },
            subtitle: if first { breakable(words.line(document.subtitle.trim()), 39_000) } else { String::new() },
            facts: if first { facts(&document.facts, words) } else { Vec::new() },
            runs: Vec::new(),
        }
    }

    fn push(&self, part: &mut Part, block: usize, piece: Piece) {
        let flipped = self.flipped.get(block).copied().unwrap_or_default();
        match part.runs.last_mut() {
            Some(run) if run.flipped == flipped => run.pieces.push(piece),
            _ => part.runs.push(Run { flipped, pieces: vec![piece] }),
        }
    }

    /// As much of a block as fits, and where it goes on.
    fn piece(&self, block: &Block, at: Unit, left: &mut usize, words: &mut Words) -> (Option<Piece>, Unit) {
        let after = (at.0 + 1, -1);
        let id = (at.0, at.1.max(0));
        let whole = |piece: Piece| (Some(piece), after);
        match block {
            Block::Heading { text, .. } => {
                take(left, 4);
                let level = self.levels.get(at.0).copied().unwrap_or(DEEPEST);
                let text = words.line(text.trim());
                match wide(&text) {
                    0 => (None, after),
                    // Headings are held together with what follows.
                    LONGEST_HEADING.. => whole(Piece::Text { id, paragraphs: vec![breakable(text, 50_000)] }),
                    _ => whole(Piece::Heading { id, level, text: breakable(text, 34_000) }),
                }
            }
            Block::Text(text) => {
                let all = words.paragraphs(text).into_iter().map(|paragraph| breakable(paragraph, 50_000)).collect();
                let (paragraphs, next) = some(all, at, left);
                if paragraphs.is_empty() { (None, next) } else { (Some(Piece::Text { id, paragraphs }), next) }
            }
            Block::List(items) => {
                let all = items.iter().map(|item| breakable(words.line(item), 48_000)).collect();
                let (items, next) = some(all, at, left);
                if items.is_empty() { (None, next) } else { (Some(Piece::List { id, items }), next) }
            }
            Block::Notice(text) => {
                let paragraphs: Vec<String> =
                    words.paragraphs(text).into_iter().map(|paragraph| breakable(paragraph, 46_000)).collect();
                let letters: usize = paragraphs.iter().map(String::len).sum();
                take(left, letters / 40 + 4);
                if letters == 0 { (None, after) } else { whole(Piece::Notice { id, paragraphs, long: letters > 1500 }) }
            }
            Block::Facts(rows) => {
                take(left, rows.len() * 2);
                if rows.is_empty() { (None, after) } else { whole(Piece::Facts { id, facts: facts(rows, words) }) }
            }
            Block::Table(table) => {
                let Some(plan) = self.tables.get(at.0).and_then(Option::as_ref) else { return (None, after) };
                let (piece, next) = tables::piece(table, plan, at, left, words);
                (Some(Piece::Table(piece)), next.map_or(after, |unit| (at.0, unit)))
            }
            Block::Chart(chart) => {
                take(left, 200);
                charts::piece(chart, id, self.language, words).map_or((None, after), |piece| whole(Piece::Chart(piece)))
            }
            Block::Signatures(lines) => {
                take(left, lines.len() * 4);
                let lines: Vec<String> =
                    lines.iter().map(|line| breakable(clipped(words.line(line), 120_000), 30_000)).collect();
                if lines.is_empty() { (None, after) } else { whole(Piece::Signatures { id, lines }) }
            }
            Block::NewPage => whole(Piece::NewPage),
            Block::Original { .. } => (None, after),
        }
    }
}

/// Takes what a block weighs from what is left of a part.
pub(super) fn take(left: &mut usize, weight: usize) {
    *left = left.saturating_sub(weight);
}

/// As many of the paragraphs or items as fit, at least one, and where they go on.
fn some(all: Vec<String>, at: Unit, left: &mut usize) -> (Vec<String>, Unit) {
    let (mut taken, mut unit) = (Vec::new(), at.1.max(0));
    for text in all.into_iter().skip(usize::try_from(unit).unwrap_or_default()) {
        if *left == 0 && !taken.is_empty() {
            return (taken, (at.0, unit));
        }
        take(left, text.len() / 40 + 1);
        taken.push(text);
        unit += 1;
    }
    (taken, (at.0 + 1, -1))
}

fn facts(facts: &[Fact], words: &mut Words) -> Vec<(String, String)> {
    let row = |fact: &Fact| {
        let value = words.paragraphs(&fact.value).join("\n");
        (breakable(words.line(fact.label.trim()), 12_000), breakable(value, 35_000))
    };
    facts.iter().map(row).collect()
}

/// Which blocks stand on pages that lie on their side: wide tables, with the headings right over them, and what fills such a page
/// after them: charts and short tables.
fn flipped(blocks: &[Block], tables: &mut [Option<TablePlan>]) -> Vec<bool> {
    let mut flipped: Vec<bool> = tables.iter().map(|table| table.as_ref().is_some_and(|table| table.flipped)).collect();
    for (at, block) in blocks.iter().enumerate().skip(1) {
        let goes_on = flipped.get(at - 1).copied().unwrap_or_default();
        let (Some(own), Some(plan)) = (flipped.get_mut(at), tables.get_mut(at)) else { continue };
        if goes_on && !*own {
            match block {
                Block::Chart(_) => *own = true,
                Block::Table(table) if table.rows.len() <= FEW && plan.is_some() => {
                    (*own, *plan) = (true, Some(TablePlan::on_its_side(table)));
                }
                _ => {}
            }
        }
    }
    for (at, block) in blocks.iter().enumerate().rev() {
        if matches!(block, Block::Heading { .. })
            && let Some(next) = flipped.get(at + 1).copied()
            && let Some(own) = flipped.get_mut(at)
        {
            *own = next;
        }
    }
    flipped
}

/// How deep each heading goes. None is left out on the way down: a reading program counts them.
fn levels(blocks: &[Block]) -> Vec<u8> {
    let mut last = 1;
    let mut level = |block: &Block| {
        if let Block::Heading { level, text } = block
            && (1..LONGEST_HEADING).contains(&wide(&Words::default().line(text.trim())))
        {
            last = level.saturating_add(1).clamp(2, DEEPEST).min(last + 1);
        }
        last
    };
    blocks.iter().map(&mut level).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::{Cell, Column, Table};

    fn heading(level: u8) -> Block {
        Block::Heading { level, text: "A".to_owned() }
    }

    #[test]
    fn no_level_of_headings_is_left_out() {
        assert_eq!(levels(&[heading(3), heading(3), heading(1), heading(9)]), [2, 3, 2, 3]);
    }

    #[test]
    fn parts_together_hold_every_row_paragraph_and_item_once() {
        let rows = (0..5000).map(|row| vec![Cell::Count(row), Cell::text("a")]).collect();
        let columns = vec![Column::number("N", ""), Column::text("T", "")];
        let document = Document {
            blocks: vec![
                Block::Text("long paragraph ".repeat(500).trim().to_owned() + "\n\nsecond"),
                Block::Table(Table { columns, rows, notes: vec!["x".to_owned()], ..Table::default() }),
                Block::List((0..4000).map(|item| item.to_string()).collect()),
            ],
            ..Document::default()
        };
        let plan = Plan::of(&document);
        let (mut rows, mut paragraphs, mut items, mut parts, mut notes) = (0, 0, 0, 0, 0);
        let mut from = Some((0, -1));
        while let Some(at) = from {
            let planned = plan.part(at, &mut Words::default());
            assert!(planned.next.is_none_or(|next| next > at), "a part is never empty");
            for piece in planned.part.runs.iter().flat_map(|run| &run.pieces) {
                match piece {
                    Piece::Table(table) => {
                        assert_eq!(table.id.1.max(0), i64::try_from(rows).unwrap(), "rows go on where they stopped");
                        rows += table.rows.len();
                        notes += table.notes.len();
                    }
                    Piece::Text { paragraphs: some, .. } => paragraphs += some.len(),
                    Piece::List { items: some, .. } => items += some.len(),
                    _ => {}
                }
            }
            parts += 1;
            from = planned.next;
        }
        assert_eq!((rows, paragraphs, items, notes), (5000, 2, 4000, 1));
        assert!(parts > 3, "{parts}");
    }
}
