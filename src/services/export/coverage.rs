//! The coverage: what is covered by whose letter, as the matrix of the screen and cell by cell with the rule that says so.

use chrono::NaiveDate;

use super::{another_answer, records, words};
use crate::domain::coverage::CellState;
use crate::domain::document::{Block, Cell, CellTone, Column, Document, Fact, Holds, Table};
use crate::services::queries::{Coverage, CoverageQuery, HolderSummary};
use crate::services::{Answer, Failure, Query, Workspace};

/// The key of the table with a row a cell.
pub(super) const CELLS: &str = "cells";

/// Everything that is open.
pub(super) fn all(
    workspace: &Workspace,
    as_of: NaiveDate,
    as_known: Option<NaiveDate>,
    only: Option<CellState>,
) -> Result<Document, Failure> {
    let Answer::CoverageList(list) = workspace.answer(&Query::CoverageList { as_of, as_known })? else {
        return Err(another_answer());
    };
    let mut columns = vec![
        Column::text("Kind", ""),
        Column::text("Reference", "#meta+id"),
        Column::text("Title", "#description"),
        Column::text("First use", "#date+start"),
        Column::text("Worst", "#status+name"),
        Column::number("Lines or legs", ""),
        Column::number("Settled", ""),
        Column::number("Open", ""),
    ];
    let states: Vec<CellState> = list.states.iter().map(|(state, _)| *state).collect();
    columns.extend(states.iter().map(|state| Column::number(state.label(), "")));
    let fits = |holder: &&HolderSummary| only.is_none_or(|only| holder.states.iter().any(|(state, _)| *state == only));
    let mut notes = vec!["Counts cells: a line or a leg against an instrument.".to_owned()];
    notes.extend(list.before_it_began());
    let table = Table {
        key: "list".to_owned(),
        title: "Coverage".to_owned(),
        notes,
        columns,
        rows: list.holders.iter().filter(fits).map(|holder| holder_cells(holder, &states)).collect(),
        empty: "Nothing is open".to_owned(),
        ..Table::default()
    };
    let mut facts = facts(workspace, as_of, as_known);
    facts.extend(only.map(|only| Fact::plain("Filter: has a cell that is", only.label())));
    Ok(Document {
        title: "Coverage of all that is open".to_owned(),
        facts,
        blocks: vec![Block::Table(table)],
        foot: super::FOOT.to_owned(),
        ..Document::default()
    })
}

fn facts(workspace: &Workspace, as_of: NaiveDate, as_known: Option<NaiveDate>) -> Vec<Fact> {
    let mut facts = words::day(workspace, as_of);
    facts.extend(as_known.map(|day| Fact::plain("As known on", day.to_string())));
    facts
}

fn holder_cells(holder: &HolderSummary, states: &[CellState]) -> Vec<Cell> {
    let count = |count: usize| Cell::Count(i64::try_from(count).unwrap_or(i64::MAX));
    let mut cells = vec![
        Cell::text(holder.link.kind.label()),
        Cell::text(&holder.link.reference),
        Cell::text(&holder.link.title),
        holder.first_use.map_or(Cell::Empty, Cell::Day),
        holder.worst.map_or(Cell::Empty, state_cell),
        count(holder.rows),
        count(holder.settled),
        count(holder.open),
    ];
    let of_state =
        |state: &CellState| holder.states.iter().find(|(own, _)| own == state).map_or(0, |(_, count)| *count);
    cells.extend(states.iter().map(|state| count(of_state(state))));
    cells
}

fn state_cell(state: CellState) -> Cell {
    let tone = match state {
        CellState::Covered => CellTone::Good,
        CellState::NotNeeded => CellTone::Quiet,
        CellState::ConditionOpen | CellState::Unclear | CellState::Unknown => CellTone::Warning,
        _ => CellTone::Bad,
    };
    Cell::State { tone, words: state.label().to_owned() }
}

/// One shipment or trip.
pub(super) fn one(workspace: &Workspace, query: &CoverageQuery) -> Result<Document, Failure> {
    let Answer::Coverage(found) = workspace.answer(&Query::Coverage(query.clone()))? else {
        return Err(another_answer());
    };
    let coverage = found.ok_or(Failure::Gone)?;
    let holder = &coverage.holder;
    let mut facts = facts(workspace, query.as_of, query.as_known);
    facts.push(Fact::plain(holder.kind.label(), format!("{}: {}", holder.reference, holder.title)));
    facts.push(Fact::plain("Settled", coverage.settled.to_string()));
    facts.push(Fact::plain("Open", coverage.open.to_string()));
    Ok(Document {
        title: format!("Coverage of {}", holder.reference),
        facts,
        blocks: vec![Block::Table(matrix(&coverage)), Block::Table(cells(&coverage))],
        foot: super::FOOT.to_owned(),
        ..Document::default()
    })
}

/// What the row of a trip names is a person.
fn row_column(coverage: &Coverage, label: &str) -> Column {
    let is_trip = coverage.rows.iter().any(|row| row.person.is_some());
    Column::text(label, "").holding(if is_trip { Holds::Person } else { Holds::Plain })
}

fn matrix(coverage: &Coverage) -> Table {
    let mut columns =
        vec![Column::number("Line", ""), row_column(coverage, "Goods or leg"), Column::text("Amount or days", "")];
    columns.extend(
        coverage.columns.iter().map(|column| Column::text(format!("{}: {}", column.authority, column.name), "")),
    );
    let row = |row: &crate::services::queries::CoverageRow| {
        let line = row.line.map_or(Cell::Empty, |line| Cell::Count(i64::from(line)));
        let mut cells = vec![line, Cell::text(&row.label), Cell::text(&row.amount)];
        cells.extend(row.cells.iter().map(|cell| match cell {
            Some(cell) => match state_cell(cell.state) {
                Cell::State { tone, .. } => Cell::State { tone, words: cell.words.clone() },
                other => other,
            },
            None => Cell::Empty,
        }));
        cells
    };
    let notes = coverage.columns.iter().map(|column| {
        let on = if column.used_on.is_empty() { String::new() } else { format!(", {}", column.used_on) };
        format!("{}: used {}{on}.", column.name, column.used_at)
    });
    Table {
        key: "list".to_owned(),
        title: "Matrix".to_owned(),
        notes: notes.collect(),
        columns,
        rows: coverage.rows.iter().map(row).collect(),
        empty: "It has no lines".to_owned(),
        ..Table::default()
    }
}

fn cells(coverage: &Coverage) -> Table {
    let mut rows = Vec::new();
    for row in &coverage.rows {
        for (column, cell) in coverage.columns.iter().zip(&row.cells) {
            let Some(cell) = cell else { continue };
            rows.push(vec![
                row.line.map_or(Cell::Empty, |line| Cell::Count(i64::from(line))),
                Cell::text(&row.label),
                Cell::text(&row.amount),
                Cell::text(&column.authority),
                Cell::text(&column.name),
                state_cell(cell.state),
                Cell::text(&cell.words),
                cell.by.as_ref().map_or(Cell::Empty, |by| Cell::text(&by.reference)),
                Cell::text(cell.left.join(super::fields::BETWEEN)),
                cell.rule.as_ref().map_or(Cell::Empty, |rule| Cell::text(rule.line())),
                Cell::text(&cell.mend),
            ]);
        }
    }
    let table = Table {
        key: CELLS.to_owned(),
        title: "Cell by cell".to_owned(),
        columns: vec![
            Column::number("Line", ""),
            row_column(coverage, "Goods or leg"),
            Column::text("Amount or days", ""),
            Column::text("Authority", "#org+authority+name"),
            Column::text("Instrument", ""),
            Column::text("State", "#status+name"),
            Column::text("In words", ""),
            Column::text("By", "#meta+id+exemption").holding(Holds::Number),
            Column::text("Left", ""),
            Column::text("Rule", ""),
            Column::text("What can be done", ""),
        ],
        rows,
        empty: "No rule speaks of it and nothing is booked".to_owned(),
        ..Table::default()
    };
    records::filled(table, 6)
}
