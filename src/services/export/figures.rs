//! Tables that are no lists of records: the time authorities take, the rule book, slots, what was done.

use chrono::NaiveDate;

use super::{another_answer, records, words};
use crate::domain::document::{Block, Cell, Chart, ChartKind, Column, Document, Fact, Holds, Series, Table};
use crate::domain::id::Id;
use crate::domain::kaplan_meier::Percentile;
use crate::services::queries::SlotGoods;
use crate::services::{Answer, Failure, Query, Workspace};

pub(super) fn document(title: impl Into<String>, facts: Vec<Fact>, blocks: Vec<Block>) -> Document {
    Document { title: title.into(), facts, blocks, foot: super::FOOT.to_owned(), ..Document::default() }
}

pub(super) const fn count(count: i64) -> Cell {
    Cell::Count(count)
}

/// The time that each authority takes.
pub(super) fn durations(workspace: &Workspace, as_of: NaiveDate) -> Result<Document, Failure> {
    let Answer::Durations(found) = workspace.answer(&Query::Durations { as_of })? else {
        return Err(another_answer());
    };
    let days = |days: Option<u32>| days.map_or(Cell::Empty, |days| count(i64::from(days)));
    let percentile = |of: &Percentile| [days(of.days), days(of.lower), days(of.upper)];
    let row = |row: &crate::services::queries::DurationRow| {
        let filing = if row.filing.is_empty() { "All filings" } else { &row.filing };
        let mut cells = vec![Cell::text(&row.authority), Cell::text(row.source.label()), Cell::text(filing)];
        cells.extend(percentile(&row.median));
        cells.extend(percentile(&row.most));
        cells.extend([i64::from(row.answered), i64::from(row.open), row.known].map(count));
        cells
    };
    let mut columns =
        vec![Column::text("Authority", "#org+authority+name"), Column::text("Whose", ""), Column::text("Filing", "")];
    for label in ["Days until half are answered", "Days until 80 of 100 are answered"] {
        columns.push(Column::number(label, ""));
        columns.push(Column::number(format!("{label}, at least"), ""));
        columns.push(Column::number(format!("{label}, at most"), ""));
    }
    columns.extend(["Answered", "Open", "Known"].map(|label| Column::number(label, "")));
    let mut notes =
        vec!["Open filings are kept in the estimate. At least and at most: 95 of 100 intervals.".to_owned()];
    notes.extend(Some(found.public_note.clone()).filter(|note| !note.is_empty()));
    let table = Table {
        key: "list".to_owned(),
        title: "Time authorities take".to_owned(),
        notes,
        columns,
        rows: found.rows.iter().map(row).collect(),
        empty: "No filing was sent yet".to_owned(),
        ..Table::default()
    };
    let charted: Vec<_> = found.rows.iter().filter(|row| row.filing.is_empty() && row.median.days.is_some()).collect();
    let chart = Chart {
        title: "Days until half are answered".to_owned(),
        alt: "Days until half of the filings are answered, by authority. The figures stand in the table.".to_owned(),
        kind: ChartKind::Bars,
        unit: "days".to_owned(),
        labels: charted.iter().map(|row| format!("{}, {}", row.authority, row.source.label())).collect(),
        series: vec![Series {
            name: "Days".to_owned(),
            values: charted.iter().filter_map(|row| row.median.days).map(i64::from).collect(),
        }],
    };
    let blocks = vec![Block::Table(table), Block::Chart(chart)];
    Ok(document("Time authorities take", words::day(workspace, as_of), blocks))
}

/// The rule book.
pub(super) fn rules(workspace: &Workspace, as_of: NaiveDate, find: &str) -> Result<Document, Failure> {
    let Answer::Rules(found) = workspace.answer(&Query::Rules { today: as_of })? else {
        return Err(another_answer());
    };
    let row = |rule: &crate::services::queries::RuleLine| {
        vec![
            Cell::text(&rule.code),
            Cell::text(rule.act),
            Cell::text(&rule.title),
            Cell::text(&rule.answers),
            records::date(&rule.from),
            records::date(&rule.to),
            Cell::text(&rule.citation),
            Cell::text(rule.confidence),
            records::date(&rule.checked_on),
            Cell::text(rule.origin),
            Cell::text(rule.stale.join(super::fields::BETWEEN)),
        ]
    };
    let headings = [
        "Code",
        "Act",
        "What it says",
        "Answers",
        "In force from",
        "In force until",
        "Citation",
        "How sure",
        "Checked on",
        "Origin",
        "To be looked at",
    ];
    let table = Table {
        key: "list".to_owned(),
        title: "Rules".to_owned(),
        notes: vec!["Guidance with its source and date.".to_owned()],
        columns: headings.map(|label| Column::text(label, "")).into(),
        rows: found.iter().filter(|rule| rule.holds(find)).map(row).collect(),
        empty: super::NOTHING.to_owned(),
        ..Table::default()
    };
    let mut facts = words::day(workspace, as_of);
    if !find.trim().is_empty() {
        facts.push(Fact::plain("Filter: text", find.trim()));
    }
    Ok(document("Rules", facts, vec![Block::Table(table)]))
}

/// The shipments that a permission allows, and what goes in which.
pub(super) fn slots(workspace: &Workspace, permission: Id, as_of: NaiveDate) -> Result<Document, Failure> {
    let Answer::Slots(found) = workspace.answer(&Query::Slots { permission, as_of })? else {
        return Err(another_answer());
    };
    let slots = found.ok_or(Failure::Gone)?;
    let goods = |goods: &SlotGoods| {
        let line = goods.grant_line.map_or(Cell::Empty, |line| count(i64::from(line)));
        [line, Cell::text(&goods.label), Cell::text(&goods.amount), Cell::text(&goods.days)]
    };
    let mut rows = Vec::new();
    for slot in &slots.slots {
        let shipment = slot.shipment.as_ref().map_or("", |link| &link.reference);
        let head = [
            count(i64::try_from(slot.number).unwrap_or(i64::MAX)),
            Cell::text(slot.state.label()),
            Cell::text(shipment),
            slot.day.map_or(Cell::Empty, Cell::Day),
        ];
        if slot.goods.is_empty() {
            rows.push(head.iter().cloned().chain(vec![Cell::Empty; 5]).collect());
        }
        rows.extend(slot.goods.iter().map(|own| head.iter().cloned().chain(goods(own)).chain([Cell::Empty]).collect()));
    }
    for stranded in &slots.stranded {
        let shipment = stranded.shipment.as_ref().map_or("", |link| &link.reference);
        let head = [Cell::Empty, Cell::text("No slot"), Cell::text(shipment), Cell::Empty];
        rows.push(head.into_iter().chain(goods(&stranded.goods)).chain([Cell::text(&stranded.why)]).collect());
    }
    let table = Table {
        key: "list".to_owned(),
        title: "Shipments".to_owned(),
        notes: [vec![slots.summary.clone()], slots.notes.clone()].concat(),
        columns: vec![
            Column::number("Slot", ""),
            Column::text("State", "#status+name"),
            Column::text("Shipment", "#meta+id"),
            Column::text("Day of use", "#date+start"),
            Column::number("Grant line", ""),
            Column::text("Goods", "#item+name"),
            Column::text("Amount", ""),
            Column::text("Ready and of use", ""),
            Column::text("Why not", ""),
        ],
        rows,
        empty: "It allows no shipment".to_owned(),
        ..Table::default()
    };
    let mut facts = words::day(workspace, as_of);
    let letter =
        Fact { label: "Permission".to_owned(), value: slots.permission.reference.clone(), holds: Holds::Number };
    facts.push(letter);
    facts.push(Fact::plain("Window", slots.window.clone()));
    Ok(document("Shipments of a permission", facts, vec![Block::Table(records::filled(table, 6))]))
}

/// The newest operations of the journal.
pub(super) fn operations(workspace: &Workspace, limit: u32) -> Result<Document, Failure> {
    let Answer::Operations(found) = workspace.answer(&Query::Operations { limit })? else {
        return Err(another_answer());
    };
    let row = |row: &crate::services::queries::OperationRow| {
        vec![Cell::text(&row.at), Cell::text(&row.actor), Cell::text(&row.what), count(row.records)]
    };
    let table = Table {
        key: "list".to_owned(),
        title: "History".to_owned(),
        notes: vec!["The newest first; instants in local time.".to_owned()],
        columns: vec![
            Column::text("When", ""),
            Column::text("Who", "").holding(Holds::Person),
            Column::text("What", "#description"),
            Column::number("Records", ""),
        ],
        rows: found.iter().map(row).collect(),
        empty: "Nothing was done yet".to_owned(),
        ..Table::default()
    };
    Ok(document("History", words::day(workspace, workspace.today()), vec![Block::Table(table)]))
}
