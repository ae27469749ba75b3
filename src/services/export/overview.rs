//! The overview: what stands where, what waits, expires and has to be mended, goods, answers and deliveries by month.

use chrono::NaiveDate;

use super::figures::{count, document, durations};
use super::{OverviewPart, another_answer, goods, records, words};
use crate::domain::document::{Block, Cell, Chart, Column, Document, Fact, Series, Table};
use crate::services::queries::{Expiry, Matrix, Mend, MonthCount, Overview, PolicyMark, Sources, Wait};
use crate::services::{Answer, Failure, Query, Workspace};

fn asked(workspace: &Workspace, as_of: NaiveDate, sources: Sources) -> Result<std::sync::Arc<Overview>, Failure> {
    match workspace.answer(&Query::Overview { as_of, sources })? {
        Answer::Overview(found) => Ok(found),
        _ => Err(another_answer()),
    }
}

/// One table of the overview.
pub(super) fn part(
    workspace: &Workspace,
    as_of: NaiveDate,
    sources: Sources,
    part: OverviewPart,
) -> Result<Document, Failure> {
    let found = asked(workspace, as_of, sources)?;
    let mut table = match part {
        OverviewPart::Waits => waits(&found.waits),
        OverviewPart::Expiries => expiries(&found.expiries),
        OverviewPart::Flags => flags(&found.flags),
        OverviewPart::Goods => goods::table(&found.goods),
        OverviewPart::Answers => months("answers", "Answers by month", &found.answers),
        OverviewPart::Deliveries => months("deliveries", "Deliveries by month", &found.deliveries),
    };
    "list".clone_into(&mut table.key);
    Ok(document(part.label(), words::begin(workspace, as_of, sources), vec![Block::Table(table)]))
}

/// The tables of the overview.
pub(super) fn overview(workspace: &Workspace, as_of: NaiveDate, sources: Sources) -> Result<Document, Failure> {
    let found = asked(workspace, as_of, sources)?;
    let mut blocks = Vec::new();
    for matrix in &found.matrices {
        blocks.push(Block::Table(status_by_category(matrix)));
        blocks.push(Block::Chart(status_chart(matrix)));
    }
    blocks.push(Block::Table(validity(&found.validity)));
    blocks.push(Block::Table(waits(&found.waits)));
    blocks.push(Block::Table(expiries(&found.expiries)));
    blocks.push(Block::Table(flags(&found.flags)));
    let mut by_category = goods::table(&found.goods);
    "goods".clone_into(&mut by_category.key);
    blocks.push(Block::Table(by_category));
    blocks.extend(goods::chart(&found.goods.query, &found.goods.rows).map(Block::Chart));
    blocks.push(Block::Table(months("answers", "Answers by month", &found.answers)));
    blocks.push(Block::Table(months("deliveries", "Deliveries by month", &found.deliveries)));
    blocks.push(Block::Table(policy(&found.policy_events)));
    for block in durations(workspace, as_of)?.blocks {
        blocks.push(match block {
            Block::Table(table) => Block::Table(Table { key: "durations".to_owned(), ..table }),
            other => other,
        });
    }
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

fn validity(counts: &[(String, String, i64)]) -> Table {
    Table {
        key: "validity".to_owned(),
        title: "Permissions by validity".to_owned(),
        notes: vec!["Counts the filings that rest on them.".to_owned()],
        columns: vec![Column::text("Validity", "#status+name"), Column::number("Filings", "#indicator+num")],
        rows: counts.iter().map(|(_, label, filings)| vec![Cell::text(label), count(*filings)]).collect(),
        empty: "There are none".to_owned(),
        ..Table::default()
    }
}

fn policy(events: &[PolicyMark]) -> Table {
    Table {
        key: "policy".to_owned(),
        title: "Policy events".to_owned(),
        columns: vec![Column::text("Date", "#date"), Column::text("What happened", "#description")],
        rows: events.iter().map(|event| vec![records::date(&event.date), Cell::text(&event.title)]).collect(),
        empty: "There are none".to_owned(),
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
