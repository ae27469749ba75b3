//! The deadlines as a table, the nearest first, and what was put off below them.

use chrono::NaiveDate;

use super::fields::BETWEEN;
use super::{another_answer, records, words};
use crate::domain::document::{Block, Cell, Column, Document, Fact, Table};
use crate::domain::quantity::group_digits;
use crate::services::queries::{DeadlineShown, Sources};
use crate::services::{Answer, Failure, Query, Workspace};

/// Every deadline in sight on a day.
pub(super) fn document(workspace: &Workspace, as_of: NaiveDate, sources: Sources) -> Result<Document, Failure> {
    let Answer::Deadlines(board) = workspace.answer(&Query::AllDeadlines { as_of, sources })? else {
        return Err(another_answer());
    };
    let mut rows = Vec::new();
    let mut more = 0;
    for group in &board.groups {
        more += group.more;
        rows.extend(group.rows.iter().map(|row| cells(group.urgency.label(), row, None)));
    }
    rows.extend(board.put_off.iter().map(|row| cells("Put off", &row.deadline, Some(row.until))));
    let mut notes = vec![format!("Days are counted from {as_of}.")];
    if more > 0 {
        notes.push(format!("{} deadlines farther away are left out.", group_digits(&more.to_string())));
    }
    notes.extend(board.not_estimated.iter().map(|(authority, why)| format!("No day to ask {authority} by: {why}")));
    let mut facts = words::begin(workspace, as_of, sources);
    facts.push(Fact::plain("Deadlines", group_digits(&rows.len().to_string())));
    let table = Table {
        key: "list".to_owned(),
        title: "Deadlines".to_owned(),
        notes,
        columns: vec![
            Column::text("How near", ""),
            Column::text("Due on", "#date+due"),
            Column::number("Days left", ""),
            Column::text("What falls due", "#description"),
            Column::text("Kind", ""),
            // What names a person in them is known from the record, and taken out by its value.
            Column::text("Reference", "#meta+id"),
            Column::text("Title", ""),
            Column::text("Authority", "#org+authority+name"),
            Column::text("Categories", "#sector+name"),
            Column::text("Somebody has to do it", ""),
            Column::text("How the day was found", ""),
            Column::text("Put off until", ""),
            Column::text("Whose", ""),
        ],
        rows,
        empty: "Nothing falls due".to_owned(),
        ..Table::default()
    };
    Ok(Document {
        title: "Deadlines".to_owned(),
        facts,
        blocks: vec![Block::Table(records::filled(table, 7))],
        foot: super::FOOT.to_owned(),
        ..Document::default()
    })
}

fn cells(near: &str, row: &DeadlineShown, until: Option<NaiveDate>) -> Vec<Cell> {
    let categories: Vec<&str> = row.categories.iter().map(|tag| tag.name.as_str()).collect();
    vec![
        Cell::text(near),
        records::date(&row.due_text),
        Cell::Count(row.days_left),
        Cell::text(&row.what),
        Cell::text(row.kind.label()),
        Cell::text(&row.reference),
        Cell::text(&row.title),
        Cell::text(&row.authority),
        Cell::text(categories.join(BETWEEN)),
        Cell::text(if row.owed { "Yes" } else { "" }),
        Cell::text(&row.note),
        until.map_or(Cell::Empty, Cell::Day),
        Cell::text(row.source.label()),
    ]
}
