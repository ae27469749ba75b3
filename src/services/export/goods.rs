//! Goods and people: the comparison of planned, shipped, received and handed out, the rows behind it, and people reached.

use super::{another_answer, records, words};
use crate::domain::codes;
use crate::domain::document::{Block, Cell, Chart, Column, Document, Fact, Holds, Series, Table};
use crate::domain::quantity::{Quantity, group_digits};
use crate::domain::record::LineRole;
use crate::services::queries::{COMPARED, GoodsLine, GoodsQuery, GoodsTable, LineRow, LinesQuery, ReachQuery};
use crate::services::{Answer, Failure, Query, Watch, Workspace};

/// How many rows a chart shows at most, so that its labels can be read.
const CHARTED: usize = 12;
/// How many rows are asked for at once.
const PART: usize = 500;

/// The tags of the four roles that are compared.
const fn tag(role: LineRole) -> &'static str {
    match role {
        LineRole::Planned => "#output+num+planned",
        LineRole::Shipped => "#output+num+shipped",
        LineRole::Received => "#output+num+received",
        _ => "#output+num+provided",
    }
}

/// What was planned, shipped, received and handed out.
pub(super) fn document(workspace: &Workspace, query: &GoodsQuery) -> Result<Document, Failure> {
    let Answer::Goods(found) = workspace.answer(&Query::Goods(query.clone()))? else { return Err(another_answer()) };
    let mut blocks = vec![Block::Table(table(&found))];
    blocks.extend(chart(query, &found.rows).map(Block::Chart));
    Ok(Document {
        title: "Goods".to_owned(),
        facts: words::of_goods(workspace, query),
        blocks,
        foot: super::FOOT.to_owned(),
        ..Document::default()
    })
}

/// The comparison as a table.
pub(super) fn table(found: &GoodsTable) -> Table {
    let query = &found.query;
    let mut columns =
        vec![Column::text(query.by.label(), ""), Column::text("Code", ""), Column::text("Unit", "#item+unit")];
    columns.extend(COMPARED.map(|role| Column::number(role.label(), tag(role))));
    columns.extend(COMPARED.map(|role| Column::number(format!("Rows, {}", role.label().to_lowercase()), "")));
    let row = |line: &GoodsLine| {
        let mut cells = vec![Cell::text(&line.label), Cell::text(&line.reference), Cell::text(&line.unit_label)];
        cells.extend(line.figures.map(|figure| Cell::Quantity(figure.quantity)));
        cells.extend(line.figures.map(|figure| Cell::Count(figure.lines)));
        cells
    };
    Table {
        key: "list".to_owned(),
        title: format!("Goods by {}", query.by.label().to_lowercase()),
        notes: vec![
            format!("Counted up to {}; what is planned counts by the day on which it is due.", query.as_of),
            "Goods of different units are never added up.".to_owned(),
        ],
        columns,
        rows: found.rows.iter().map(row).collect(),
        empty: super::NOTHING.to_owned(),
        ..Table::default()
    }
}

/// A chart of the unit that most rows have, where there is something to compare.
pub(super) fn chart(query: &GoodsQuery, rows: &[GoodsLine]) -> Option<Chart> {
    let of_unit = |unit: &str| rows.iter().filter(|row| row.unit == unit).count();
    let unit = &rows.iter().max_by_key(|row| of_unit(&row.unit))?.unit;
    let charted: Vec<&GoodsLine> = rows.iter().filter(|row| row.unit == *unit).take(CHARTED).collect();
    if charted.len() < 2 {
        return None;
    }
    let series = COMPARED.iter().enumerate().map(|(at, role)| Series {
        name: role.label().to_owned(),
        values: charted.iter().filter_map(|row| row.figures.get(at)).map(|figure| figure.quantity / 1000).collect(),
    });
    let by = query.by.label().to_lowercase();
    let short = codes::unit_short(unit);
    Some(Chart {
        title: format!("Goods by {by}, {short}"),
        alt: format!("Planned, shipped, received and handed out by {by}, in {short}. The figures stand in the table."),
        unit: short.to_owned(),
        labels: charted.iter().map(|row| row.label.clone()).collect(),
        series: series.collect(),
        ..Chart::default()
    })
}

/// Rows of goods, and what they add up to.
pub(super) fn lines(workspace: &Workspace, query: &LinesQuery, watch: &Watch) -> Result<Document, Failure> {
    let Answer::Lines(keys) = workspace.answer(&Query::Lines(query.clone()))? else { return Err(another_answer()) };
    watch.begin(keys.len() as u64);
    let mut rows = Vec::with_capacity(keys.len());
    for (part, keys) in keys.chunks(PART).enumerate() {
        watch.step((part * PART) as u64)?;
        let asked = Query::LineRows { as_of: query.as_of, keys: keys.to_vec() };
        let Answer::LineRows(found) = workspace.answer(&asked)? else { return Err(another_answer()) };
        rows.extend(found.iter().map(|row| line_cells(row, query.role)));
    }
    let Answer::LineTotals(totals) = workspace.answer(&Query::LineTotals(query.clone()))? else {
        return Err(another_answer());
    };
    let mut facts = words::of_lines(workspace, query)?;
    facts.push(Fact::plain("Rows", group_digits(&keys.len().to_string())));
    for total in totals.iter() {
        let quantity = Quantity::from_thousandths(total.figure.quantity).unwrap_or_default();
        facts.push(Fact::plain("Together", format!("{} {}", quantity.grouped(), total.unit_label)));
    }
    let table = Table {
        key: "list".to_owned(),
        title: format!("Goods {}", query.role.label().to_lowercase()),
        notes: vec![format!("Status as of {}.", query.as_of)],
        columns: line_columns(query.role),
        rows,
        empty: super::NOTHING.to_owned(),
        ..Table::default()
    };
    Ok(Document {
        title: format!("Goods {}", query.role.label().to_lowercase()),
        facts,
        blocks: vec![Block::Table(records::filled(table, 7))],
        foot: super::FOOT.to_owned(),
        ..Document::default()
    })
}

fn line_columns(role: LineRole) -> Vec<Column> {
    let mut columns = vec![
        Column::text("Day", "#date"),
        Column::text("Record", "#meta+id"),
        Column::number("Line no.", ""),
        Column::text("Item", "#item+name"),
        Column::text("Item code", "#item+code"),
        Column::number("Quantity", tag(role)),
        Column::text("Unit", "#item+unit"),
    ];
    match role {
        LineRole::Shipped => columns.push(Column::number("Value", "#value+shipped").holding(Holds::Price)),
        LineRole::Received => columns
            .extend([Column::number("Damaged", "#output+num+damaged"), Column::number("Lost", "#output+num+lost")]),
        _ => {}
    }
    columns.extend([
        Column::text("Title", "#description"),
        Column::text("Status", "#status+name"),
        Column::text("Project", "#activity+project+code"),
        Column::text("Fund", "#org+funder+grant"),
        Column::text("Site", "#loc+name").holding(Holds::Site),
        Column::text("Lot", "#item+batch"),
        Column::text("Whose", ""),
    ]);
    columns
}

fn line_cells(row: &LineRow, role: LineRole) -> Vec<Cell> {
    let quantity = Quantity::parse(&row.quantity).unwrap_or_default();
    let mut cells = vec![
        records::date(&row.on),
        Cell::text(&row.reference),
        Cell::Count(row.number),
        Cell::text(&row.item_name),
        Cell::text(&row.item_code),
        Cell::Quantity(quantity.thousandths()),
        Cell::text(&row.unit),
    ];
    match role {
        LineRole::Shipped => cells.push(row.value.clone().map_or(Cell::Empty, Cell::Money)),
        LineRole::Received => cells.extend([row.damaged, row.lost].map(Cell::Quantity)),
        _ => {}
    }
    cells.extend([
        Cell::text(&row.title),
        Cell::text(&row.status_label),
        Cell::text(&row.project),
        Cell::text(&row.fund),
        Cell::text(&row.site),
        Cell::text(&row.lot),
        Cell::text(row.source.label()),
    ]);
    cells
}

/// People reached by sex and age, each person once.
pub(super) fn reach(workspace: &Workspace, query: &ReachQuery) -> Result<Document, Failure> {
    let Answer::Reach(found) = workspace.answer(&Query::Reach(query.clone()))? else { return Err(another_answer()) };
    let count = |people: u64| Cell::Count(i64::try_from(people).unwrap_or(i64::MAX));
    let rows = found.rows.iter().map(|row| {
        vec![Cell::text(row.sex.label()), Cell::text(row.age.label()), Cell::text(row.basis.label()), count(row.people)]
    });
    let mut notes = vec!["A person counted before by another activity is counted once.".to_owned()];
    if !found.unsure.is_empty() {
        notes.push(format!(
            "People of {} records may be counted twice, because the record between them and others is not among these.",
            found.unsure.len()
        ));
    }
    let table = Table {
        key: "list".to_owned(),
        title: "People reached".to_owned(),
        notes,
        columns: vec![
            Column::text("Sex", ""),
            Column::text("Age", ""),
            Column::text("Counted or estimated", ""),
            Column::number("People", "#reached"),
        ],
        rows: rows.collect(),
        totals: vec![Cell::text("Together"), Cell::Empty, Cell::Empty, count(found.people)],
        empty: "Nobody was reached in this time".to_owned(),
    };
    Ok(Document {
        title: "People reached".to_owned(),
        facts: words::of_reach(workspace, query)?,
        blocks: vec![Block::Table(table)],
        foot: super::FOOT.to_owned(),
        ..Document::default()
    })
}
