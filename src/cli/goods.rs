//! `goods` and `lines` in the terminal: planned against delivered, and the rows behind it.

use std::fmt::Write as _;

use anyhow::bail;
use serde_json::{Value, json};

use super::args_goods::{GoodsArgs, LinesArgs};
use super::commands;
use super::table::table;
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::record::{LineRole, RecordKind};
use crate::services::queries::{
    COMPARED, GoodsFigure, GoodsLine, GoodsQuery, GoodsTotal, LineFilter, LineRow, LinesQuery,
};
use crate::services::{Answer, Query, Workspace};

/// Prints what was planned, shipped, received and handed out.
pub(super) fn goods(args: &GoodsArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&args.scope.in_workspace)?;
    let query = GoodsQuery {
        as_of: args.scope.as_of.unwrap_or_else(|| workspace.today()),
        sources: args.scope.source.into(),
        by: args.by,
        from: args.scope.from,
        to: args.scope.to,
    };
    let table_of = match workspace.answer(&Query::Goods(query))? {
        Answer::Goods(table) => table,
        other => bail!("The goods gave another answer: {other:?}"),
    };
    if args.scope.json {
        let rows: Vec<Value> = table_of.rows.iter().map(goods_json).collect();
        let printed = json!({ "as_of": table_of.query.as_of, "by": args.by, "rows": rows });
        writeln!(output, "{printed:#}")?;
        return Ok(());
    }
    writeln!(output, "\nAs of {}; a plan counts by the day on which it is due\n", table_of.query.as_of)?;
    let mut headings = vec![args.by.label(), "Unit"];
    headings.extend(COMPARED.map(LineRole::label));
    let row = |line: &GoodsLine| {
        let mut cells = vec![line.label.clone(), line.unit_label.clone()];
        cells.extend(line.figures.map(quantity));
        cells
    };
    let rows: Vec<Vec<String>> = table_of.rows.iter().map(row).collect();
    writeln!(output, "{}", table(&headings, &rows, &[2, 3, 4, 5]))?;
    Ok(())
}

fn quantity(figure: GoodsFigure) -> String {
    if figure.lines == 0 { "·".to_owned() } else { grouped(figure.quantity) }
}

fn grouped(thousandths: i64) -> String {
    Quantity::from_thousandths(thousandths).unwrap_or_default().grouped()
}

fn goods_json(line: &GoodsLine) -> Value {
    let mut printed = json!({ "reference": line.reference, "label": line.label, "unit": line.unit });
    for (role, figure) in COMPARED.into_iter().zip(line.figures) {
        printed[role.word()] = json!({ "quantity": grouped(figure.quantity).replace(',', ""), "lines": figure.lines });
    }
    printed
}

/// Prints rows of goods.
pub(super) fn lines(args: &LinesArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&args.scope.in_workspace)?;
    let named = |kind: RecordKind, reference: Option<&String>| -> anyhow::Result<Option<Id>> {
        let found = reference.map(|reference| workspace.find(&[kind], reference)).transpose();
        found.map_err(|problem| anyhow::anyhow!("{problem}"))
    };
    let query = LinesQuery {
        role: args.role,
        as_of: args.scope.as_of.unwrap_or_else(|| workspace.today()),
        sources: args.scope.source.into(),
        filter: LineFilter {
            site: None,
            place: String::new(),
            text: args.text.clone().unwrap_or_default(),
            item: named(RecordKind::Item, args.item.as_ref())?,
            category: named(RecordKind::Category, args.category.as_ref())?,
            project: named(RecordKind::Project, args.project.as_ref())?,
            fund: named(RecordKind::Fund, args.fund.as_ref())?,
            unit: None,
            from: args.scope.from,
            to: args.scope.to,
            pending: args.pending,
        },
        sort: args.sort,
        descending: args.descending,
    };
    let (rows, totals) = ask(&workspace, query)?;
    if args.scope.json {
        writeln!(output, "{:#}", Value::Array(rows.iter().map(line_json).collect()))?;
        return Ok(());
    }
    let cells = |row: &LineRow| {
        vec![
            row.on.clone(),
            row.reference.clone(),
            row.item_name.clone(),
            row.quantity.clone(),
            row.unit.clone(),
            row.project.clone(),
            row.fund.clone(),
            row.status_label.clone(),
        ]
    };
    let headings = ["On", "Record", "Item", "Quantity", "Unit", "Project", "Fund", "Status"];
    writeln!(output, "{}", table(&headings, &rows.iter().map(cells).collect::<Vec<_>>(), &[3]))?;
    for total in &totals {
        writeln!(output, "{} {} in {} rows", grouped(total.figure.quantity), total.unit_label, total.figure.lines)?;
    }
    Ok(())
}

fn ask(workspace: &Workspace, query: LinesQuery) -> anyhow::Result<(Vec<LineRow>, Vec<GoodsTotal>)> {
    let as_of = query.as_of;
    let Answer::LineTotals(totals) = workspace.answer(&Query::LineTotals(query.clone()))? else {
        bail!("The totals gave another answer")
    };
    let Answer::Lines(list) = workspace.answer(&Query::Lines(query))? else { bail!("The list gave another answer") };
    match workspace.answer(&Query::LineRows { as_of, keys: list.to_vec() })? {
        Answer::LineRows(rows) => Ok((rows, totals.to_vec())),
        other => bail!("The rows gave another answer: {other:?}"),
    }
}

fn line_json(row: &LineRow) -> Value {
    json!({
        "on": row.on, "record": format!("{}:{}", row.kind.word(), row.reference), "line": row.number,
        "item": row.item_code, "item_name": row.item_name, "quantity": row.quantity.replace(',', ""),
        "unit": row.unit, "project": row.project, "fund": row.fund, "site": row.site, "lot": row.lot,
        "status": row.status,
    })
}
