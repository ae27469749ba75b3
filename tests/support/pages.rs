//! A document as plain text, for tests that read it as people would.
#![allow(dead_code, reason = "each test file uses its own part of the fixtures")]

use corridor::domain::document::{Block, Cell, Document, Table};

/// A document as plain text.
pub fn text(document: &Document) -> String {
    let mut lines = vec![document.title.clone(), document.subtitle.clone()];
    lines.extend(document.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value)));
    for block in &document.blocks {
        match block {
            Block::Heading { level, text } => lines.push(format!("\n{} {text}", "#".repeat(usize::from(*level)))),
            Block::Text(text) => lines.push(text.clone()),
            Block::List(items) => lines.extend(items.iter().map(|item| format!("- {item}"))),
            Block::Notice(text) => lines.push(format!("! {text}")),
            Block::Facts(facts) => lines.extend(facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value))),
            Block::Table(table) => lines.extend(rows(table)),
            Block::Chart(chart) => lines.push(format!("[chart: {}]", chart.title)),
            Block::Original { name, .. } => lines.push(format!("[original: {name}]")),
            Block::Signatures(names) => lines.extend(names.iter().map(|name| format!("____ {name}"))),
            Block::NewPage => lines.push("---".to_owned()),
        }
    }
    lines.push(document.foot.clone());
    lines.join("\n")
}

/// A table as lines.
pub fn rows(table: &Table) -> Vec<String> {
    let line = |cells: &[Cell]| cells.iter().map(Cell::words).collect::<Vec<_>>().join(" | ");
    let mut lines = vec![format!("[{}] {}", table.key, table.title)];
    lines.push(table.columns.iter().map(|column| column.label.clone()).collect::<Vec<_>>().join(" | "));
    lines.extend(table.rows.iter().map(|row| line(row)));
    if table.rows.is_empty() {
        lines.push(table.empty.clone());
    }
    if !table.totals.is_empty() {
        lines.push(line(&table.totals));
    }
    lines
}

/// The words of a cell of a table, by row and by the name of its column.
pub fn cell(table: &Table, row: usize, column: &str) -> String {
    let at = table.columns.iter().position(|one| one.name == column);
    let at = at.unwrap_or_else(|| panic!("no column {column} in {}", table.key));
    table.rows.get(row).unwrap_or_else(|| panic!("no row {row} in {}", table.key))[at].words()
}
