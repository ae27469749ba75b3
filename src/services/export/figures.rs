//! Tables that are no lists of records: the overview, the time authorities take, the rule book, slots, what was done.

use chrono::NaiveDate;

use super::{another_answer, records, words};
use crate::domain::document::{Block, Cell, Chart, ChartKind, Column, Document, Fact, Holds, Series, Table};
use crate::domain::id::Id;
use crate::domain::kaplan_meier::Percentile;
use crate::services::queries::{Expiry, Matrix, Mend, MonthCount, SlotGoods, Sources, Wait};
use crate::services::{Answer, Failure, Query, Workspace};

fn document(title: impl Into<String>, facts: Vec<Fact>, blocks: Vec<Block>) -> Document {
    Document { title: title.into(), facts, blocks, foot: super::FOOT.to_owned(), ..Document::default() }
}

fn count(count: i64) -> Cell {
    Cell::Count(count)
}

/// The tables of the overview.
pub(super) fn overview(workspace: &Workspace, as_of: NaiveDate, sources: Sources) -> Result<Document, Failure> {
    let Answer::Overview(found) = workspace.answer(&Query::Overview { as_of, sources })? else {
        return Err(another_answer());
    };
    let mut blocks = Vec::new();
    for matrix in &found.matrices {
        blocks.push(Block::Table(status_by_category(matrix)));
        blocks.push(Block::Chart(status_chart(matrix)));
    }
    blocks.push(Block::Table(waits(&found.waits)));
    blocks.push(Block::Table(expiries(&found.expiries)));
    blocks.push(Block::Table(flags(&found.flags)));
    blocks.push(Block::Table(months("answers", "Answers by month", &found.answers)));
    blocks.push(Block::Table(months("deliveries", "Deliveries by month", &found.deliveries)));
    let mut facts = words::begin(workspace, as_of, sources);
    for (label, figure) in [("Filings", found.filings), ("Matters", found.matters), ("Cases", found.cases)] {
        facts.push(Fact::plain(label, figure.to_string()));
    }
    Ok(document("Overview", facts, blocks))
}

fn status_by_category(matrix: &Matrix) -> Table {
    let mut columns = vec![Column::text("Status", "#status+name")];
    columns.extend(matrix.columns.iter().map(|tag| Column::number(&tag.name, "")));
    columns.push(Column::number("Each once", ""));
    let row = |label: &str, cells: &[i64], total: i64| {
        let mut row = vec![Cell::text(label)];
        row.extend(cells.iter().copied().map(count));
        row.push(count(total));
        row
    };
    Table {
        key: matrix.counted.word().to_owned(),
        title: format!("{} by status", matrix.counted.label()),
        notes: vec!["A record of several categories stands in each of them, and once in the last column.".to_owned()],
        columns,
        rows: matrix.rows.iter().map(|line| row(&line.label, &line.cells, line.total)).collect(),
        totals: row("Together", &matrix.column_totals, matrix.total),
        empty: "There are none".to_owned(),
    }
}

fn status_chart(matrix: &Matrix) -> Chart {
    Chart {
        title: format!("{} by status", matrix.counted.label()),
        alt: format!("{} in all; how many stand in each status. The figures stand in the table.", matrix.total),
        labels: matrix.rows.iter().map(|row| row.label.clone()).collect(),
        series: vec![Series {
            name: matrix.counted.label().to_owned(),
            values: matrix.rows.iter().map(|row| row.total).collect(),
        }],
        ..Chart::default()
    }
}

fn waits(waits: &[Wait]) -> Table {
    let row = |wait: &Wait| {
        vec![
            Cell::text(wait.kind.label()),
            Cell::text(&wait.reference),
            Cell::text(&wait.title),
            Cell::text(&wait.what),
            Cell::text(&wait.on_whom),
            Cell::Day(wait.since),
            count(wait.days),
            Cell::text(wait.source.label()),
        ]
    };
    Table {
        key: "waits".to_owned(),
        title: "What waits".to_owned(),
        columns: vec![
            Column::text("Kind", ""),
            Column::text("Reference", "#meta+id"),
            Column::text("Title", "#description"),
            Column::text("What it waits for", "#status+name"),
            Column::text("On whom", ""),
            Column::text("Since", "#date+start"),
            Column::number("Days", ""),
            Column::text("Whose", ""),
        ],
        rows: waits.iter().map(row).collect(),
        empty: "Nothing waits".to_owned(),
        ..Table::default()
    }
}

fn expiries(expiries: &[Expiry]) -> Table {
    let row = |expiry: &Expiry| {
        vec![
            records::date(&expiry.due_on),
            count(expiry.days_left),
            Cell::text(&expiry.what),
            Cell::text(expiry.kind.label()),
            Cell::text(&expiry.reference),
            Cell::text(&expiry.title),
            Cell::text(expiry.source.label()),
        ]
    };
    Table {
        key: "expiries".to_owned(),
        title: "What expires next".to_owned(),
        columns: vec![
            Column::text("Due on", "#date+due"),
            Column::number("Days left", ""),
            Column::text("What falls due", "#description"),
            Column::text("Kind", ""),
            Column::text("Reference", "#meta+id"),
            Column::text("Title", ""),
            Column::text("Whose", ""),
        ],
        rows: expiries.iter().map(row).collect(),
        empty: "Nothing expires".to_owned(),
        ..Table::default()
    }
}

fn flags(flags: &[Mend]) -> Table {
    let row = |flag: &Mend| {
        let link = [flag.kind.label(), &flag.reference, &flag.title, &flag.what].map(Cell::text);
        link.into_iter().chain([Cell::Day(flag.since), count(flag.days)]).collect()
    };
    Table {
        key: "flags".to_owned(),
        title: "What has to be mended".to_owned(),
        columns: vec![
            Column::text("Kind", ""),
            Column::text("Reference", "#meta+id"),
            Column::text("Title", ""),
            Column::text("What has to be mended", "#description"),
            Column::text("Since", "#date+start"),
            Column::number("Days", ""),
        ],
        rows: flags.iter().map(row).collect(),
        empty: "Nothing has to be mended".to_owned(),
        ..Table::default()
    }
}

fn months(key: &str, title: &str, counts: &[MonthCount]) -> Table {
    let row = |month: &MonthCount| {
        vec![Cell::text(month.month.format("%Y-%m").to_string()), Cell::text(&month.label), count(month.count)]
    };
    Table {
        key: key.to_owned(),
        title: title.to_owned(),
        columns: vec![
            Column::text("Month", "#date+month"),
            Column::text("What", ""),
            Column::number("How many", "#indicator+num"),
        ],
        rows: counts.iter().map(row).collect(),
        empty: "There are none".to_owned(),
        ..Table::default()
    }
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
pub(super) fn rules(workspace: &Workspace, as_of: NaiveDate) -> Result<Document, Failure> {
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
        rows: found.iter().map(row).collect(),
        ..Table::default()
    };
    Ok(document("Rules", words::day(workspace, as_of), vec![Block::Table(table)]))
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
