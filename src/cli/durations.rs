//! The time that each authority takes, in the terminal.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::bail;
use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use super::commands;
use super::table::table;
use crate::domain::date::parse_day;
use crate::domain::kaplan_meier::Percentile;
use crate::services::durations::spread;
use crate::services::queries::{DurationRow, DurationTable};
use crate::services::{Answer, Query};

/// Arguments of `durations`.
#[derive(Debug, Args)]
pub(super) struct DurationsArgs {
    /// The workspace
    #[arg(long = "in", value_name = "WORKSPACE")]
    pub in_workspace: PathBuf,
    /// The day; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub as_of: Option<NaiveDate>,
    /// Print an object
    #[arg(long)]
    pub json: bool,
}

/// Prints the table.
pub(super) fn print(args: &DurationsArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&args.in_workspace)?;
    let as_of = args.as_of.unwrap_or_else(|| workspace.today());
    let Answer::Durations(found) = workspace.answer(&Query::Durations { as_of })? else {
        bail!("The durations gave another answer")
    };
    if args.json {
        writeln!(output, "{:#}", object(&found))?;
        return Ok(());
    }
    writeln!(output, "\nDays from sending to the answer as of {as_of}; open cases are kept in the estimate\n")?;
    let rows: Vec<Vec<String>> = found.rows.iter().map(cells).collect();
    let headings = ["Authority", "Whose", "Filings", "Half", "80 of 100", "Answered", "Open"];
    writeln!(output, "{}", table(&headings, &rows, &[5, 6]))?;
    if !found.public_note.is_empty() {
        writeln!(output, "\n{}", found.public_note)?;
    }
    Ok(())
}

fn cells(row: &DurationRow) -> Vec<String> {
    let days = |percentile: Percentile| match percentile.days {
        Some(days) => format!("{days} ({})", spread(percentile)),
        None => "not reached".to_owned(),
    };
    let filing = if row.filing.is_empty() { "All" } else { &row.filing };
    let (median, most) = (days(row.median), days(row.most));
    let counts = [row.answered.to_string(), row.open.to_string()];
    let texts = [&row.authority, row.source.label(), filing, &median, &most, &counts[0], &counts[1]];
    texts.map(str::to_owned).to_vec()
}

fn object(found: &DurationTable) -> Value {
    let percentile = |percentile: Percentile| json!({ "days": percentile.days, "lower": percentile.lower, "upper": percentile.upper });
    let row = |row: &DurationRow| {
        json!({
            "authority": row.authority, "source": row.source.word(), "filing": row.filing,
            "median": percentile(row.median), "per_cent_80": percentile(row.most),
            "answered": row.answered, "open": row.open, "known": row.known,
        })
    };
    json!({
        "as_of": found.as_of,
        "rows": found.rows.iter().map(row).collect::<Vec<_>>(),
        "public_note": found.public_note,
    })
}
