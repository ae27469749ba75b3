//! Takes values out of a document: marked columns and facts as a whole, names and amounts wherever they stand in words.

use std::collections::{BTreeMap, BTreeSet};

use super::normal::{Finder, Mapped, is_telling, normal};
use super::terms::Terms;
use super::{LEFT_OUT, Redacted, Removed, Term, Why, prices, withholds};
use crate::domain::codes;
use crate::domain::document::{Block, Cell, Chart, Document, Fact, Table};
use crate::domain::record::{Audience, Withheld};
use crate::services::Failure;

/// What stands between several values of one cell.
const BETWEEN: char = ';';

/// The values of marked columns and facts, so that they are looked for in the rest of the document too.
pub(super) fn collect(document: &Document, audience: &Audience, terms: &mut Terms) {
    let words = |withheld: Withheld| withheld != Withheld::Prices;
    let mut add = |withheld: Withheld, text: &str| {
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
                            add(withheld, text);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    for fact in facts {
        if let Some(withheld) = withholds(audience, fact.holds).filter(|held| words(*held)) {
            add(withheld, &fact.value);
        }
    }
}

/// Takes the values out.
/// `kept` are the names that everybody may know: a marked value that is one of them goes, and may stand elsewhere.
pub(super) fn strike(
    document: &Document,
    audience: &Audience,
    terms: &[Term],
    kept: &BTreeSet<String>,
) -> Result<Redacted, Failure> {
    let normals: Vec<String> = terms.iter().map(|term| term.normal.clone()).collect();
    let finder = Finder::new(&normals).ok_or_else(|| {
        Failure::Other("There are too many names to take out at once. Choose a profile that withholds less".to_owned())
    })?;
    let mut striker = Striker { audience, terms, finder, removed: BTreeMap::new() };
    let mut struck = document.clone();
    striker.document(&mut struck);
    let removed = removed(striker.removed, kept, &struck);
    Ok(Redacted { document: struck, removed })
}

struct Striker<'a> {
    audience: &'a Audience,
    terms: &'a [Term],
    finder: Finder,
    removed: BTreeMap<(Why, String), usize>,
}

impl Striker<'_> {
    fn took(&mut self, why: Why, value: &str) {
        *self.removed.entry((why, value.trim().to_owned())).or_default() += 1;
    }

    fn document(&mut self, document: &mut Document) {
        for text in [&mut document.title, &mut document.subtitle, &mut document.foot] {
            self.text(text);
        }
        self.facts(&mut document.facts);
        let blocks = std::mem::take(&mut document.blocks);
        document.blocks = blocks.into_iter().filter_map(|block| self.block(block)).collect();
        let mut withheld: Vec<&str> = self.audience.withheld.iter().map(|withheld| withheld.label()).collect();
        withheld.extend(Some(Why::Word.label()).filter(|_| !self.audience.words.trim().is_empty()));
        if !withheld.is_empty() {
            let list = withheld.join("; ");
            document.facts.push(Fact::plain("Left out of this copy", list));
        }
    }

    fn block(&mut self, mut block: Block) -> Option<Block> {
        match &mut block {
            Block::Heading { text, .. } | Block::Text(text) | Block::Notice(text) => self.text(text),
            Block::List(items) | Block::Signatures(items) => items.iter_mut().for_each(|item| self.text(item)),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => {
                if !self.chart(chart) {
                    return None;
                }
            }
            Block::Original { name, .. } => {
                let name = std::mem::take(name);
                self.took(Why::Original, &name);
                return Some(Block::Notice("An original was left out of this copy.".to_owned()));
            }
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
                _ => self.text(&mut fact.value),
            }
        }
    }

    /// Marked columns go as a whole; in the others names and amounts are taken out of the cells.
    fn table(&mut self, table: &mut Table) {
        let held: Vec<Option<Withheld>> =
            table.columns.iter().map(|column| withholds(self.audience, column.holds)).collect();
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
        texts.chain([&mut table.title, &mut table.empty]).for_each(|text| self.text(text));
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
            Cell::Text(text) | Cell::State { words: text, .. } => self.text(text),
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

    /// Takes names and amounts out of a text.
    fn text(&mut self, text: &mut String) {
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

/// What was taken out, with the forms in which a file is searched for it.
fn removed(taken: BTreeMap<(Why, String), usize>, kept: &BTreeSet<String>, left: &Document) -> Vec<Removed> {
    let of = |((why, value), times): ((Why, String), usize)| {
        let forms = match (why, prices::of_text(&value)) {
            (Why::Withheld(Withheld::Prices), Some(money)) => prices::forms(&money),
            // Without a currency it is a figure like others.
            (Why::Withheld(Withheld::Prices), None) => Vec::new(),
            _ => Some(normal(&value)).filter(|form| is_telling(form) && !kept.contains(form)).into_iter().collect(),
        };
        Removed { why, value, times, forms }
    };
    let all = taken.into_iter().filter(|((_, value), _)| !value.is_empty() && value != LEFT_OUT);
    let mut removed: Vec<Removed> = all.map(of).collect();
    let standing = standing(&removed, left);
    for price in removed.iter_mut().filter(|removed| removed.why == Why::Withheld(Withheld::Prices)) {
        price.forms.retain(|form| !standing.contains(form));
    }
    removed
}

/// Forms of prices that stay in the document as figures with another meaning: the two cannot be told apart in a file.
fn standing(removed: &[Removed], document: &Document) -> BTreeSet<String> {
    let prices = removed.iter().filter(|removed| removed.why == Why::Withheld(Withheld::Prices));
    let forms: Vec<String> = prices.flat_map(|price| price.forms.iter().cloned()).collect();
    let (Some(finder), false) = (Finder::new(&forms), forms.is_empty()) else { return BTreeSet::new() };
    let mut figures = Vec::new();
    for cell in document.tables().flat_map(|table| table.rows.iter().chain([&table.totals])).flatten() {
        match cell {
            Cell::Count(_) | Cell::Quantity(_) | Cell::PerMille(_) | Cell::Rate(_) => {
                let words = cell.words();
                figures.push(normal(&words.replace(',', "")));
                figures.push(normal(&words));
            }
            Cell::Text(text) if text.bytes().any(|byte| byte.is_ascii_digit()) => figures.push(normal(text)),
            _ => {}
        }
    }
    // A letter between the figures, so that no two of them are taken for one.
    let figures = figures.join(" x ");
    finder.all(&figures).filter_map(|(form, ..)| forms.get(form).cloned()).collect()
}
