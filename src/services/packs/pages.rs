//! Small parts of which the documents of packs are put together.

use chrono::NaiveDate;

use crate::domain::document::{Block, Cell, CellTone, Column, Fact, Holds, Table};
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::services::queries::NOT_ADVICE;

/// A heading that begins a chapter.
pub(super) fn chapter(text: &str) -> Block {
    Block::Heading { level: 1, text: text.to_owned() }
}

/// A heading within a chapter.
pub(super) fn heading(text: &str) -> Block {
    Block::Heading { level: 2, text: text.to_owned() }
}

/// Paragraphs; what stands in their place where there are none.
pub(super) fn text_or(text: &str, missing: &str) -> Block {
    let text = text.trim();
    if text.is_empty() { Block::Notice(missing.to_owned()) } else { Block::Text(text.to_owned()) }
}

/// A fact that holds something.
pub(super) fn fact(label: &str, value: impl Into<String>, holds: Holds) -> Fact {
    Fact { label: label.to_owned(), value: value.into(), holds }
}

/// Facts that say something; those without a value are left out.
pub(super) fn facts(facts: Vec<Fact>) -> Vec<Fact> {
    facts.into_iter().filter(|fact| !fact.value.trim().is_empty()).collect()
}

/// A column of texts.
pub(super) fn text(label: &str, name: &str) -> Column {
    Column { name: name.to_owned(), ..Column::text(label, "") }
}

/// A column of numbers.
pub(super) fn number(label: &str, name: &str) -> Column {
    Column { name: name.to_owned(), ..Column::number(label, "") }
}

/// A table.
pub(super) fn table(key: &str, title: &str, columns: Vec<Column>, rows: Vec<Vec<Cell>>, empty: &str) -> Table {
    Table { key: key.to_owned(), title: title.to_owned(), columns, rows, empty: empty.to_owned(), ..Table::default() }
}

/// A quantity as a number.
pub(super) fn quantity(quantity: Option<Quantity>) -> Cell {
    quantity.map_or(Cell::Empty, |quantity| Cell::Quantity(quantity.thousandths()))
}

/// An amount of money.
pub(super) fn money(money: Option<&Money>) -> Cell {
    money.map_or(Cell::Empty, |money| Cell::Money(money.clone()))
}

/// A day.
pub(super) fn day(day: Option<NaiveDate>) -> Cell {
    day.map_or(Cell::Empty, Cell::Day)
}

/// A count.
pub(super) fn count(count: Option<u32>) -> Cell {
    count.map_or(Cell::Empty, |count| Cell::Count(i64::from(count)))
}

/// A state that is seen.
pub(super) fn state(tone: CellTone, words: impl Into<String>) -> Cell {
    Cell::State { tone, words: words.into() }
}

/// What stands at the foot of every page of a pack that judges.
pub(super) fn foot(days: &str) -> String {
    format!("As of {days}. {NOT_ADVICE}")
}

/// Words that stand after one another where there are any.
pub(super) fn joined(words: &[&str], between: &str) -> String {
    words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(between)
}
