//! `reach` in the terminal: people reached, each person once.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::bail;
use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use super::commands;
use super::table::table;
use crate::domain::date::parse_day;
use crate::domain::id::Id;
use crate::domain::quantity::group_digits;
use crate::domain::record::RecordKind;
use crate::services::queries::{ReachQuery, ReachRow, ReachTable};
use crate::services::{Answer, Query, Workspace};

/// Arguments of `reach`.
#[derive(Debug, Args)]
pub(super) struct ReachArgs {
    /// The workspace
    #[arg(long = "in", value_name = "WORKSPACE")]
    pub in_workspace: PathBuf,
    /// The day up to which people are counted; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub as_of: Option<NaiveDate>,
    /// Only this project, by its reference
    #[arg(long)]
    pub project: Option<String>,
    /// Only this fund, by its reference
    #[arg(long)]
    pub fund: Option<String>,
    /// Only this site and those within it, by its code
    #[arg(long)]
    pub site: Option<String>,
    /// Only activities that went on on this day or later
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub from: Option<NaiveDate>,
    /// Only activities that began on this day or earlier
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub to: Option<NaiveDate>,
    /// Print an object
    #[arg(long)]
    pub json: bool,
}

/// Prints people reached.
pub(super) fn reach(args: &ReachArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&args.in_workspace)?;
    let named = |kind: RecordKind, reference: Option<&String>| -> anyhow::Result<Option<Id>> {
        let found = reference.map(|reference| workspace.find(&[kind], reference)).transpose();
        found.map_err(|problem| anyhow::anyhow!("{problem}"))
    };
    let query = ReachQuery {
        as_of: args.as_of.unwrap_or_else(|| workspace.today()),
        project: named(RecordKind::Project, args.project.as_ref())?,
        fund: named(RecordKind::Fund, args.fund.as_ref())?,
        site: named(RecordKind::Site, args.site.as_ref())?,
        from: args.from,
        to: args.to,
    };
    let Answer::Reach(found) = workspace.answer(&Query::Reach(query))? else { bail!("The reach gave another answer") };
    if args.json {
        writeln!(output, "{:#}", printed(&workspace, &found)?)?;
        return Ok(());
    }
    writeln!(output, "\nAs of {}; each person is counted once\n", found.query.as_of)?;
    let row = |row: &ReachRow| {
        let people = group_digits(&row.people.to_string());
        let texts = [row.sex.label(), row.age.label(), row.basis.label(), &people, &row.ids.len().to_string()];
        texts.map(str::to_owned).to_vec()
    };
    let rows: Vec<Vec<String>> = found.rows.iter().map(row).collect();
    writeln!(output, "{}", table(&["Sex", "Age", "How", "People", "Records"], &rows, &[3, 4]))?;
    writeln!(output, "{} people in {} records", group_digits(&found.people.to_string()), found.ids.len())?;
    if !found.unsure.is_empty() {
        let names = references(&workspace, &found.unsure)?.join(", ");
        writeln!(output, "{names}: some of these people may be counted twice, because a record between is left out")?;
    }
    Ok(())
}

/// The references of records, in the order of their ids.
fn references(workspace: &Workspace, ids: &[Id]) -> anyhow::Result<Vec<String>> {
    let query = Query::Rows { kind: RecordKind::Reach, as_of: workspace.today(), ids: ids.to_vec() };
    match workspace.answer(&query)? {
        Answer::Rows(rows) => Ok(rows.into_iter().map(|row| row.reference).collect()),
        other => bail!("The rows gave another answer: {other:?}"),
    }
}

fn printed(workspace: &Workspace, found: &ReachTable) -> anyhow::Result<Value> {
    let mut rows = Vec::with_capacity(found.rows.len());
    for row in &found.rows {
        rows.push(json!({
            "sex": row.sex.word(), "age": row.age.word(), "basis": row.basis.word(), "people": row.people,
            "records": references(workspace, &row.ids)?,
        }));
    }
    Ok(json!({
        "as_of": found.query.as_of, "people": found.people, "rows": rows,
        "records": references(workspace, &found.ids)?, "unsure": references(workspace, &found.unsure)?,
    }))
}
