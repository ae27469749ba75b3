//! `overview` in the terminal.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;
use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use super::args::SourceArg;
use super::commands;
use super::table::table;
use crate::domain::date::parse_day;
use crate::services::queries::{Expiry, Matrix, Overview, Sources, Wait};
use crate::services::{Answer, Query, Workspace};

/// How many rows of what waits and expires are printed.
const ROWS_MOST: usize = 12;

/// Arguments of `overview`.
#[derive(Debug, Args)]
pub(super) struct OverviewArgs {
    /// The workspace
    #[arg(long = "in", value_name = "WORKSPACE")]
    pub in_workspace: PathBuf,
    /// The day; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub as_of: Option<NaiveDate>,
    /// Whose records
    #[arg(long, value_enum, default_value_t = SourceArg::Both)]
    pub source: SourceArg,
    /// Print an object
    #[arg(long)]
    pub json: bool,
}

/// Prints the overview as of a day.
pub(super) fn print(args: &OverviewArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&args.in_workspace)?;
    let as_of = args.as_of.unwrap_or_else(|| workspace.today());
    let overview = ask(&workspace, as_of, args.source.into())?;
    if args.json {
        writeln!(output, "{:#}", as_json(&overview))?;
        return Ok(());
    }
    write_text(&overview, output)
}

/// Prints the overview of today, ours and the public record.
pub(super) fn write_for_today(workspace: &Workspace, output: &mut String) -> anyhow::Result<()> {
    write_text(&*ask(workspace, workspace.today(), Sources::Both)?, output)
}

fn ask(workspace: &Workspace, as_of: NaiveDate, sources: Sources) -> anyhow::Result<Arc<Overview>> {
    match workspace.answer(&Query::Overview { as_of, sources })? {
        Answer::Overview(overview) => Ok(overview),
        other => bail!("The overview gave another answer: {other:?}"),
    }
}

fn write_text(overview: &Overview, output: &mut String) -> anyhow::Result<()> {
    writeln!(
        output,
        "\nAs of {}: {} filings in {} matters, standing for {} cases",
        overview.as_of, overview.filings, overview.matters, overview.cases
    )?;
    for matrix in overview.matrices.iter().filter(|matrix| matrix.total > 0) {
        writeln!(
            output,
            "\n{} by status and category (a record of several categories counts in each, and once in the total)\n",
            matrix.counted
        )?;
        writeln!(output, "{}", matrix_table(matrix))?;
    }
    write_waits(overview, output)?;
    write_expiries(overview, output)?;
    writeln!(output, "\nCorridor gives guidance with its source and date. It is not legal advice.")?;
    Ok(())
}

fn write_waits(overview: &Overview, output: &mut String) -> anyhow::Result<()> {
    writeln!(output, "\nWhat waits, on whom, since when\n")?;
    let row = |wait: &Wait| {
        let since = wait.last_known.as_ref().map_or_else(|| wait.since.to_string(), |known| format!("known {known}"));
        let days = wait.days.to_string();
        vec![since, days, wait.reference.clone(), wait.what.clone(), wait.on_whom.clone(), wait.title.clone()]
    };
    let waits: Vec<Vec<String>> = overview.waits.iter().take(ROWS_MOST).map(row).collect();
    let headings = ["Since", "Days", "Reference", "What", "On whom", "Title"];
    section(&headings, &waits, &[1], overview.waits.len(), "Nothing waits", output)
}

fn write_expiries(overview: &Overview, output: &mut String) -> anyhow::Result<()> {
    writeln!(output, "\nWhat expires or falls due next\n")?;
    let row = |due: &Expiry| {
        let days_left = due.days_left.to_string();
        vec![due.due_on.clone(), days_left, due.reference.clone(), due.what.clone(), due.title.clone()]
    };
    let expiries: Vec<Vec<String>> = overview.expiries.iter().take(ROWS_MOST).map(row).collect();
    let headings = ["On", "Days left", "Reference", "What", "Title"];
    section(&headings, &expiries, &[1], overview.expiries.len(), "Nothing in the next half year", output)
}

fn section(
    headings: &[&str],
    rows: &[Vec<String>],
    right: &[usize],
    all: usize,
    empty: &str,
    output: &mut String,
) -> anyhow::Result<()> {
    if rows.is_empty() {
        writeln!(output, "{empty}")?;
        return Ok(());
    }
    writeln!(output, "{}", table(headings, rows, right))?;
    if all > rows.len() {
        writeln!(output, "and {} more", all - rows.len())?;
    }
    Ok(())
}

fn matrix_table(matrix: &Matrix) -> String {
    let mut headings: Vec<&str> = vec!["Status"];
    headings.extend(matrix.columns.iter().map(|tag| tag.code.as_str()));
    headings.push("total");
    let figure = |count: &i64| if *count == 0 { "·".to_owned() } else { count.to_string() };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for row in &matrix.rows {
        let mut cells = vec![row.label.clone()];
        cells.extend(row.cells.iter().chain([&row.total]).map(figure));
        rows.push(cells);
    }
    let mut foot = vec!["All".to_owned()];
    foot.extend(matrix.column_totals.iter().chain([&matrix.total]).map(figure));
    rows.push(foot);
    let right: Vec<usize> = (1..headings.len()).collect();
    table(&headings, &rows, &right)
}

fn as_json(overview: &Overview) -> Value {
    json!({
        "as_of": overview.as_of.to_string(),
        "filings": overview.filings,
        "matters": overview.matters,
        "cases": overview.cases,
        "matrices": overview.matrices.iter().map(matrix_json).collect::<Vec<_>>(),
        "validity": overview.validity.iter().map(|(word, _, count)| json!({ "validity": word, "filings": count })).collect::<Vec<_>>(),
        "answers_by_month": overview.answers.iter().map(|month| json!({
            "month": month.month.format("%Y-%m").to_string(), "outcome": month.word, "filings": month.count,
        })).collect::<Vec<_>>(),
        "deliveries_by_month": overview.deliveries.iter().map(|month| json!({
            "month": month.month.format("%Y-%m").to_string(), "category": month.word, "receipts": month.count,
        })).collect::<Vec<_>>(),
        "policy_events": overview.policy_events.iter().map(|event| json!({
            "on": event.date, "title": event.title,
        })).collect::<Vec<_>>(),
        "waits": overview.waits.iter().map(|wait| json!({
            "reference": wait.reference, "kind": wait.kind.word(), "source": wait.source.word(), "title": wait.title,
            "status": wait.status, "what": wait.what, "on_whom": wait.on_whom, "since": wait.since.to_string(),
            "days": wait.days, "last_known_on": wait.last_known,
        })).collect::<Vec<_>>(),
        "expiries": overview.expiries.iter().map(|due| json!({
            "reference": due.reference, "kind": due.kind.word(), "source": due.source.word(), "title": due.title,
            "what": due.what, "due_on": due.due_on, "days_left": due.days_left,
        })).collect::<Vec<_>>(),
    })
}

fn matrix_json(matrix: &Matrix) -> Value {
    let row = |row: &crate::services::queries::MatrixRow| {
        let cells: serde_json::Map<String, Value> =
            matrix.columns.iter().zip(&row.cells).map(|(tag, count)| (tag.code.clone(), json!(count))).collect();
        json!({ "status": row.status, "categories": cells, "total": row.total })
    };
    json!({
        "counts": matrix.kind.plural(),
        "rows": matrix.rows.iter().map(row).collect::<Vec<_>>(),
        "total": matrix.total,
    })
}
