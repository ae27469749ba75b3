//! Takes values out of a document: marked columns and facts as a whole, names and amounts wherever they stand in words.

use std::collections::BTreeMap;

use super::doubts::Doubtful;
use super::normal::{Finder, Mapped};
use super::terms::Terms;
use super::{LEFT_OUT, LeftOut, Redacted, Term, Why, prices, proofs, withholds};
use crate::domain::codes;
use crate::domain::document::{Block, Cell, Chart, Document, Fact, Table};
use crate::domain::record::{Audience, Withheld};
use crate::services::Failure;

/// What stands between several values of one cell.
const BETWEEN: char = ';';

/// The values of marked columns and facts, so that they are looked for in the rest of the document too.
pub(super) fn collect(document: &Document, audience: &Audience, terms: &mut Terms) {
    let words = |withheld: Withheld| withheld != Withheld::Prices;
    let add = |terms: &mut Terms, withheld: Withheld, text: &str| {
        for part in text.split(BETWEEN) {
            terms.add(Why::Withheld(withheld), part);
        }
    };
    let mut facts: Vec<&Fact> = document.facts.iter().collect();
    for block in &document.blocks {
        match block {
            Block::Facts(more) => facts.extend(more),
            Block::Table(table) => {
                for (at, column) in table.columns.iter().enumerate() {
                    let Some(withheld) = withholds(audience, column.holds).filter(|held| words(*held)) else {
                        continue;
                    };
                    for cell in table.rows.iter().filter_map(|row| row.get(at)) {
                        if let Cell::Text(text) | Cell::State { words: text, .. } = cell {
                            add(terms, withheld, text);
                        }
                    }
                }
            }
            // A file says of itself by its name what it is and of whom.
            Block::Original { name, .. } => terms.add(Why::Original, name),
            _ => {}
        }
    }
    for fact in facts {
        if let Some(withheld) = withholds(audience, fact.holds).filter(|held| words(*held)) {
            add(terms, withheld, &fact.value);
        }
    }
}

/// Takes the values out. A marked value that everybody may know goes, and may stand elsewhere.
pub(super) fn strike(document: &Document, audience: &Audience, terms: &Terms) -> Result<Redacted, Failure> {
    let normals: Vec<String> = terms.found.iter().map(|term| term.normal.clone()).collect();
    let finder = Finder::new(&normals).ok_or_else(|| {
        Failure::Other("There are too many names to take out at once. Choose a profile that withholds less".to_owned())
    })?;
    let doubtful = Doubtful::new(terms.parts.clone(), terms.short.clone());
    let place = String::new();
    let mut striker = Striker { audience, terms: &terms.found, finder, removed: BTreeMap::new(), doubtful, place };
    let mut struck = document.clone();
    striker.document(&mut struck);
    let Striker { removed, doubtful, .. } = striker;
    let removed = proofs::of(removed, terms, &struck);
    Ok(Redacted { document: struck, left_out: LeftOut { removed, doubts: doubtful.found() } })
}

struct Striker<'a> {
    audience: &'a Audience,
    terms: &'a [Term],
    finder: Finder,
    removed: BTreeMap<(Why, String), usize>,
    doubtful: Doubtful,
    /// The nearest heading or table over what is looked at.
    place: String,
}

impl Striker<'_> {
    fn took(&mut self, why: Why, value: &str) {
        *self.removed.entry((why, value.trim().to_owned())).or_default() += 1;
    }

    fn document(&mut self, document: &mut Document) {
        self.text(&mut document.title);
        self.place.clone_from(&document.title);
        for text in [&mut document.subtitle, &mut document.foot] {
            self.text(text);
        }
        self.facts(&mut document.facts);
        self.blocks(&mut document.blocks);
        let mut withheld: Vec<&str> = self.audience.withheld.iter().map(|withheld| withheld.label()).collect();
        withheld.extend(Some(Why::Word.label()).filter(|_| !self.audience.words.trim().is_empty()));
        if !withheld.is_empty() {
            let list = withheld.join("; ");
            document.facts.push(Fact::plain("Left out of this copy", list));
        }
    }

    /// Originals in a row leave one sentence.
    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        let mut originals = 0_usize;
        let mut left = Vec::with_capacity(blocks.len());
        for block in std::mem::take(blocks) {
            if let Block::Original { name, .. } = &block {
                self.took(Why::Original, name);
                originals += 1;
                continue;
            }
            left.extend(told(std::mem::take(&mut originals)));
            left.extend(self.block(block));
        }
        left.extend(told(originals));
        *blocks = left;
    }

    fn block(&mut self, mut block: Block) -> Option<Block> {
        match &mut block {
            Block::Heading { text, .. } => {
                self.text(text);
                self.place.clone_from(text);
            }
            Block::Text(text) | Block::Notice(text) => self.text(text),
            Block::List(items) | Block::Signatures(items) => items.iter_mut().for_each(|item| self.text(item)),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => {
                if !self.chart(chart) {
                    return None;
                }
            }
            // Those were taken out before.
            Block::Original { .. } => return None,
            Block::NewPage => {}
        }
        Some(block)
    }

    fn facts(&mut self, facts: &mut [Fact]) {
        for fact in facts {
            self.text(&mut fact.label);
            match withholds(self.audience, fact.holds) {
                Some(withheld) if !fact.value.is_empty() => {
                    let value = std::mem::replace(&mut fact.value, LEFT_OUT.to_owned());
                    value.split(BETWEEN).for_each(|part| self.took(Why::Withheld(withheld), part));
                }
                _ => self.cell_text(&mut fact.value),
            }
        }
    }

    /// Marked columns go as a whole; in the others names and amounts are taken out of the cells.
    fn table(&mut self, table: &mut Table) {
        let held: Vec<Option<Withheld>> =
            table.columns.iter().map(|column| withholds(self.audience, column.holds)).collect();
        self.text(&mut table.title);
        if !table.title.is_empty() {
            self.place.clone_from(&table.title);
        }
        for row in table.rows.iter().chain([&table.totals]) {
            for (cell, withheld) in row.iter().zip(&held) {
                if let Some(withheld) = withheld {
                    self.took_cell(*withheld, cell);
                }
            }
        }
        let mut left_out = Vec::new();
        let mut at = 0;
        table.columns.retain(|column| {
            at += 1;
            let stays = held.get(at - 1).is_none_or(Option::is_none);
            if !stays {
                left_out.push(column.label.clone());
            }
            stays
        });
        for row in table.rows.iter_mut().chain([&mut table.totals]) {
            let mut at = 0;
            row.retain(|_| {
                at += 1;
                held.get(at - 1).is_none_or(Option::is_none)
            });
            for cell in row {
                self.cell(cell);
            }
        }
        let texts = table.columns.iter_mut().map(|column| &mut column.label).chain(&mut table.notes);
        texts.chain([&mut table.empty]).for_each(|text| self.text(text));
        if !left_out.is_empty() {
            table.notes.push(format!("Columns that were left out of this copy: {}.", left_out.join(", ")));
        }
    }

    fn took_cell(&mut self, withheld: Withheld, cell: &Cell) {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) if withheld != Withheld::Prices => {
                text.split(BETWEEN).for_each(|part| self.took(Why::Withheld(withheld), part));
            }
            Cell::Money(money) => self.took(Why::Withheld(withheld), &money.to_string()),
            other => self.took(Why::Withheld(withheld), &other.words()),
        }
    }

    fn cell(&mut self, cell: &mut Cell) {
        match cell {
            Cell::Text(text) | Cell::State { words: text, .. } => self.cell_text(text),
            Cell::Money(money) if self.audience.withheld.contains(&Withheld::Prices) => {
                let text = money.to_string();
                self.took(Why::Withheld(Withheld::Prices), &text);
                *cell = Cell::text(LEFT_OUT);
            }
            _ => {}
        }
    }

    /// Whether a chart stays: one of amounts does not where prices are withheld.
    fn chart(&mut self, chart: &mut Chart) -> bool {
        let is_of_money = codes::currency_exists(chart.unit.trim());
        if is_of_money && self.audience.withheld.contains(&Withheld::Prices) {
            for value in chart.series.iter().flat_map(|series| &series.values) {
                self.took(Why::Withheld(Withheld::Prices), &format!("{} {value}", chart.unit.trim()));
            }
            return false;
        }
        let series = chart.series.iter_mut().map(|series| &mut series.name);
        let texts = [&mut chart.title, &mut chart.alt, &mut chart.unit];
        texts.into_iter().chain(&mut chart.labels).chain(series).for_each(|text| self.text(text));
        true
    }

    /// The same in a cell or a fact, where a part of a name that stands alone, or between commas, is that person.
    fn cell_text(&mut self, text: &mut String) {
        self.struck(text);
        let mut left = String::with_capacity(text.len());
        for part in text.split_inclusive([BETWEEN, ',', '/', '\n', '、', '，', '；']) {
            let words = part.trim_end_matches(|letter: char| !letter.is_alphanumeric());
            if self.doubtful.is_part(words) {
                self.took(Why::Withheld(Withheld::People), words);
                let before = words.len() - words.trim_start().len();
                left.push_str(words.get(..before).unwrap_or_default());
                left.push_str(LEFT_OUT);
                left.push_str(part.get(words.len()..).unwrap_or_default());
            } else {
                left.push_str(part);
            }
        }
        *text = left;
        self.doubtful.look(text, &self.place);
    }

    /// Takes names and amounts out of a text, and looks at what stays.
    fn text(&mut self, text: &mut String) {
        self.struck(text);
        self.doubtful.look(text, &self.place);
    }

    fn struck(&mut self, text: &mut String) {
        if text.is_empty() {
            return;
        }
        let mapped = Mapped::of(text);
        let mut places = Vec::new();
        for (term, start, end) in self.finder.all(&mapped.normal) {
            if let Some(term) = self.terms.get(term) {
                places.push((mapped.back(start, end), term.why, term.value.clone()));
            }
        }
        if self.audience.withheld.contains(&Withheld::Prices) {
            for (start, end) in prices::places(&mapped.text) {
                let value = mapped.text.get(start..end).unwrap_or_default().to_owned();
                places.push(((start, end), Why::Withheld(Withheld::Prices), value));
            }
        }
        if places.is_empty() {
            return;
        }
        places.sort_by_key(|((start, _), ..)| *start);
        let mut left = String::with_capacity(mapped.text.len());
        let mut at = 0;
        for ((start, end), why, value) in places {
            self.took(why, &value);
            if start >= at {
                left.push_str(mapped.text.get(at..start).unwrap_or_default());
                left.push_str(LEFT_OUT);
            }
            at = at.max(end);
        }
        left.push_str(mapped.text.get(at..).unwrap_or_default());
        *text = left;
    }
}

/// What stands in the place of originals.
fn told(originals: usize) -> Option<Block> {
    let words = match originals {
        0 => return None,
        1 => "An original was left out of this copy.".to_owned(),
        more => format!("{more} originals were left out of this copy."),
    };
    Some(Block::Notice(words))
}
