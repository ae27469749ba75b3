//! Answers to questions that are put together on a page: what a moved date would change, and what an act needs.

use chrono::NaiveDate;

use super::figures::{count, document};
use super::{another_answer, records, words};
use crate::domain::coverage::CellState;
use crate::domain::document::{Block, Cell, CellTone, Column, Document, Fact, Holds, Table};
use crate::domain::record::{RecordKind, RuleAnswer};
use crate::services::queries::{
    ActNeeds, ApprovalSpan, ChangedCell, CitedRow, CoverageCell, MeetingWords, MovedDay, NeedRow, NeedsOf, NeedsTable,
    ShelfLine, WhatIf, WhatIfQuery,
};
use crate::services::{Answer, Failure, Query, Workspace};

/// A table of which all columns hold texts.
fn texts(key: &str, title: &str, columns: &[(&str, &str)], rows: Vec<Vec<Cell>>) -> Table {
    Table {
        key: key.to_owned(),
        title: title.to_owned(),
        columns: columns.iter().map(|(label, tag)| Column::text(*label, *tag)).collect(),
        rows,
        empty: "Nothing changes".to_owned(),
        ..Table::default()
    }
}

fn state(tone: CellTone, words: &str) -> Cell {
    Cell::State { tone, words: words.to_owned() }
}

/// What would follow if a shipment or a trip moved.
pub(super) fn what_if(workspace: &Workspace, query: &WhatIfQuery) -> Result<Document, Failure> {
    let Answer::WhatIf(found) = workspace.answer(&Query::WhatIf(*query))? else { return Err(another_answer()) };
    let found = found.ok_or(Failure::Gone)?;
    let mut facts = words::day(workspace, query.as_of);
    let holder = &found.holder;
    facts.push(Fact::plain(holder.kind.label(), format!("{}: {}", holder.reference, holder.title)));
    facts.push(Fact::plain("In a word", verdict(&found)));
    let [before, after] = found.open;
    facts.push(Fact::plain("Open cells of its coverage", format!("{after}; {before} as it stands")));
    let mut blocks: Vec<Block> = found.refused.iter().chain(&found.notes).cloned().map(Block::Notice).collect();
    let moved = found.moved.iter().map(moved_cells).collect();
    let columns = [("Day", ""), ("As it stands", "#date"), ("Moved to", "#date")];
    blocks.push(Block::Table(texts("moved", "Days that move", &columns, moved)));
    blocks.push(Block::Table(approvals(&found.approvals)));
    blocks.push(Block::Table(coverage(&found)));
    blocks.push(Block::Table(shelf(&found.shelf)));
    blocks.push(Block::Table(meetings(&found)));
    Ok(document(format!("What if {} moved", holder.reference), facts, blocks))
}

fn verdict(found: &WhatIf) -> &'static str {
    match found {
        found if !found.refused.is_empty() => "Cannot be written so",
        found if found.moved.is_empty() => "As it stands",
        found if found.is_harmless() => "Nothing becomes worse by it",
        _ => "Something becomes worse by it",
    }
}

fn moved_cells(day: &MovedDay) -> Vec<Cell> {
    vec![Cell::text(&day.what), records::date(&day.from), records::date(&day.to)]
}

fn approvals(approvals: &[ApprovalSpan]) -> Table {
    let row = |one: &ApprovalSpan| {
        let stands = match (one.spanned, one.spans) {
            (_, true) => state(CellTone::Good, "Spans the use"),
            (true, false) => state(CellTone::Bad, "Lapses"),
            (false, false) => state(CellTone::Warning, "Does not span it, before or after"),
        };
        vec![
            Cell::text(&one.permission.reference),
            Cell::text(&one.permission.title),
            stands,
            count(one.days),
            Cell::text(&one.words),
            one.ask_by.map_or(Cell::Empty, Cell::Day),
            Cell::text(&one.ask),
        ]
    };
    let columns = [
        ("Permission", "#meta+id+exemption"),
        ("Title", ""),
        ("Stands", "#status+name"),
        ("Days missed", ""),
        ("In words", ""),
        ("Ask by", "#date+due"),
        ("What to ask", ""),
    ];
    let mut table = texts("approvals", "Approvals", &columns, approvals.iter().map(row).collect());
    marked(&mut table, 0, Holds::Number);
    numbered(&mut table, 3);
    table
}

/// Says what a column holds.
fn marked(table: &mut Table, at: usize, holds: Holds) {
    if let Some(column) = table.columns.get_mut(at) {
        column.holds = holds;
    }
}

fn numbered(table: &mut Table, at: usize) {
    if let Some(column) = table.columns.get_mut(at) {
        column.is_number = true;
    }
}

fn coverage(found: &WhatIf) -> Table {
    let stands = |cell: Option<&CoverageCell>| match cell.map(|cell| cell.state) {
        Some(one) => state(tone(one), one.label()),
        None => state(CellTone::Quiet, "Not asked"),
    };
    let row = |one: &ChangedCell| {
        let to = one.to.as_ref();
        vec![
            Cell::text(&one.row),
            Cell::text(&one.instrument),
            stands(one.from.as_ref()),
            stands(to),
            Cell::text(to.map_or("", |cell| cell.words.as_str())),
            to.and_then(|cell| cell.by.as_ref()).map_or(Cell::Empty, |by| Cell::text(&by.reference)),
            to.and_then(|cell| cell.rule.as_ref()).map_or(Cell::Empty, |rule| Cell::text(rule.line())),
            Cell::text(to.map_or("", |cell| cell.mend.as_str())),
        ]
    };
    let columns = [
        ("Goods or leg", ""),
        ("Instrument", ""),
        ("As it stands", "#status+name"),
        ("If it moved", "#status+name"),
        ("In words", ""),
        ("By", "#meta+id+exemption"),
        ("Rule", ""),
        ("What can be done", ""),
    ];
    let mut table = texts("cells", "Coverage that changes", &columns, found.cells.iter().map(row).collect());
    // What the row of a trip names is a person.
    marked(&mut table, 0, if found.holder.kind == RecordKind::Trip { Holds::Person } else { Holds::Plain });
    marked(&mut table, 5, Holds::Number);
    table
}

const fn tone(state: CellState) -> CellTone {
    match state {
        CellState::Covered => CellTone::Good,
        CellState::NotNeeded => CellTone::Quiet,
        CellState::ConditionOpen | CellState::Unclear | CellState::Unknown => CellTone::Warning,
        _ => CellTone::Bad,
    }
}

fn shelf(lines: &[ShelfLine]) -> Table {
    let row = |line: &ShelfLine| {
        let falls = if line.falls() { state(CellTone::Bad, "Falls") } else { state(CellTone::Warning, "As it stands") };
        vec![
            count(i64::from(line.line)),
            Cell::text(&line.label),
            Cell::Day(line.until),
            falls,
            Cell::text(&line.words),
        ]
    };
    let columns =
        [("Line", ""), ("Item", "#item+name"), ("Last day", "#date+expires"), ("Stands", ""), ("In words", "")];
    let mut table = texts("shelf", "Shelf life on arrival", &columns, lines.iter().map(row).collect());
    "No line arrives with less than nine months".clone_into(&mut table.empty);
    numbered(&mut table, 0);
    table
}

fn meetings(found: &WhatIf) -> Table {
    let row = |one: &MeetingWords| {
        let stands = match (one.met, one.meets) {
            (_, true) => state(CellTone::Good, "Meets it now"),
            (true, false) => state(CellTone::Bad, "Misses it"),
            (false, false) => state(CellTone::Warning, "Misses it, before and after"),
        };
        vec![Cell::text(&one.link.reference), Cell::text(&one.link.title), stands, Cell::text(&one.words)]
    };
    let title = match found.holder.kind {
        RecordKind::Trip => "Deliveries it goes to see",
        _ => "Trips that go to see it",
    };
    let columns = [("Reference", "#meta+id"), ("Title", ""), ("Stands", "#status+name"), ("In words", "")];
    texts("meetings", title, &columns, found.meetings.iter().map(row).collect())
}

/// What an act or a record needs by the rules.
pub(super) fn needs(workspace: &Workspace, of: &NeedsOf, on: NaiveDate) -> Result<Document, Failure> {
    let asked = Query::Needs { of: of.clone(), on };
    let Answer::Needs(found) = workspace.answer(&asked)? else { return Err(another_answer()) };
    let found = found.ok_or(Failure::Gone)?;
    let mut facts = words::day(workspace, on);
    match of {
        NeedsOf::Record(id) => facts.extend(words::named(workspace, "Of", Some(*id))?),
        NeedsOf::Act(_) => facts.extend(found.acts.iter().map(|act| Fact::plain("Of", act.what.clone()))),
    }
    let mut blocks = vec![Block::Table(every_need(&found))];
    if !found.path.is_empty() {
        blocks.push(Block::Heading { level: 2, text: "In which order they are asked for".to_owned() });
        blocks.push(Block::List(found.path.clone()));
    }
    Ok(document("What is needed", facts, blocks))
}

fn every_need(found: &NeedsTable) -> Table {
    let mut rows = Vec::new();
    for act in &found.acts {
        rows.extend(act.needs.iter().map(|need| need_cells(act, need)));
        if let Some(nothing) = act.nothing().filter(|_| act.needs.is_empty()) {
            let mut row = vec![Cell::text(&act.what), lines(act), Cell::Day(act.on), state(CellTone::Quiet, nothing)];
            row.resize(NEEDS.len(), Cell::Empty);
            rows.push(row);
        }
    }
    let mut notes = vec!["Each row of the rules with its source and the day on which it was checked.".to_owned()];
    notes.extend(found.missing.iter().chain(&found.remarks).cloned());
    Table { notes, ..texts("list", "What is needed", &NEEDS, rows) }
}

const NEEDS: [(&str, &str); 12] = [
    ("Act", ""),
    ("Lines", ""),
    ("On", "#date"),
    ("Answer", "#status+name"),
    ("Authority", "#org+authority+name"),
    ("Instrument", ""),
    ("Section", ""),
    ("In words", "#description"),
    ("Because of", ""),
    ("Rules that say so", ""),
    ("How sure, checked on", ""),
    ("Less strict rules", ""),
];

fn lines(act: &ActNeeds) -> Cell {
    Cell::text(act.lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
}

fn need_cells(act: &ActNeeds, need: &NeedRow) -> Vec<Cell> {
    let tone = match need.answer {
        RuleAnswer::Barred => CellTone::Bad,
        RuleAnswer::Needed | RuleAnswer::Unclear => CellTone::Warning,
        RuleAnswer::NotNeeded => CellTone::Quiet,
    };
    let joined = |words: Vec<String>| Cell::text(words.join(super::fields::BETWEEN));
    let sure = |row: &CitedRow| {
        let mut words = vec![row.confidence.to_owned(), format!("checked on {}", row.checked_on)];
        words.extend(row.not_verified.iter().map(ToString::to_string));
        words.join(", ")
    };
    vec![
        Cell::text(&act.what),
        lines(act),
        Cell::Day(need.on),
        state(tone, need.answer.label()),
        Cell::text(&need.authority),
        Cell::text(&need.name),
        Cell::text(&need.section),
        Cell::text(&need.words),
        joined(need.because.clone()),
        joined(need.rows.iter().map(|row| format!("{}: {}", row.code, row.citation)).collect()),
        joined(need.rows.iter().map(sure).collect()),
        joined(need.others.iter().map(|row| row.code.clone()).collect()),
    ]
}
