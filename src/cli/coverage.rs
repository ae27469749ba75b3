//! `coverage` and `book` in the terminal: what is covered by whose letter, and bookings for a whole shipment.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use super::args::Target;
use super::commands;
use super::table::table;
use crate::domain::coverage::CellState;
use crate::domain::date::parse_day;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::coverage::Choose;
use crate::services::queries::{
    Coverage, CoverageCell, CoverageColumn, CoverageList, CoverageQuery, CoverageRow, HolderSummary, NOT_ADVICE,
};
use crate::services::{Answer, Query, Workspace, Write};

/// Arguments of `coverage`.
#[derive(Debug, Args)]
pub(super) struct CoverageArgs {
    /// The workspace
    #[arg(long = "in", value_name = "WORKSPACE")]
    in_workspace: PathBuf,
    /// Only this shipment, line by line
    #[arg(long, value_name = "REFERENCE", conflicts_with = "trip")]
    shipment: Option<String>,
    /// Only this trip, traveller by traveller
    #[arg(long, value_name = "REFERENCE")]
    trip: Option<String>,
    /// What was true on this day; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_of: Option<NaiveDate>,
    /// By what was known at the end of this day; by what is known now if left out
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_known: Option<NaiveDate>,
    /// Print an object
    #[arg(long)]
    json: bool,
}

/// Arguments of `book`.
#[derive(Debug, Args)]
pub(super) struct BookArgs {
    /// The shipment's reference
    shipment: String,
    /// Of several grant lines that can serve, take the one that ends first
    #[arg(long)]
    earliest: bool,
    #[command(flatten)]
    target: Target,
}

/// Prints what is open, or one shipment or trip; something that is not covered is a refusal.
pub(super) fn coverage(args: &CoverageArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&args.in_workspace)?;
    let as_of = args.as_of.unwrap_or_else(|| workspace.today());
    let named = [(RecordKind::Shipment, &args.shipment), (RecordKind::Trip, &args.trip)];
    let named = named.into_iter().find_map(|(kind, reference)| Some((kind, reference.as_ref()?)));
    let Some((kind, reference)) = named else { return list(&workspace, args, as_of, output) };
    let holder = match args.as_known {
        None => find(&workspace, kind, reference)?,
        // A record may have been deleted or called otherwise since.
        Some(known) => workspace.find_known(&[kind], reference, known)?.map_err(|problem| anyhow!("{problem}"))?,
    };
    let matrix = of_one(&workspace, CoverageQuery { holder, as_of, as_known: args.as_known })?;
    if args.json {
        writeln!(output, "{:#}", matrix_json(&matrix))?;
    } else {
        print_matrix(&matrix, output)?;
    }
    refuse_open(matrix.open)
}

/// The record of a kind that bears a reference.
pub(super) fn find(workspace: &Workspace, kind: RecordKind, reference: &str) -> anyhow::Result<Id> {
    workspace.find(&[kind], reference).map_err(|problem| anyhow!("{problem}"))
}

/// The coverage of one shipment or trip.
pub(super) fn of_one(workspace: &Workspace, query: CoverageQuery) -> anyhow::Result<Coverage> {
    let known = query.as_known;
    match workspace.answer(&Query::Coverage(query))? {
        Answer::Coverage(Some(matrix)) => Ok((*matrix).clone()),
        Answer::Coverage(None) => {
            bail!("It was not known on {}. Choose a later day", known.map_or_else(String::new, |on| on.to_string()))
        }
        other => bail!("The coverage gave another answer: {other:?}"),
    }
}

fn refuse_open(open: usize) -> anyhow::Result<()> {
    match open {
        0 => Ok(()),
        1 => bail!("1 cell is not covered"),
        open => bail!("{open} cells are not covered"),
    }
}

fn list(workspace: &Workspace, args: &CoverageArgs, as_of: NaiveDate, output: &mut String) -> anyhow::Result<()> {
    let found = match workspace.answer(&Query::CoverageList { as_of, as_known: args.as_known })? {
        Answer::CoverageList(found) => found,
        other => bail!("The coverage gave another answer: {other:?}"),
    };
    let open = found.holders.iter().map(|holder| holder.open).sum();
    if args.json {
        writeln!(output, "{:#}", list_json(&found))?;
        return refuse_open(open);
    }
    writeln!(output, "{}\n", days(found.as_of, found.as_known))?;
    if let Some(unknown) = found.before_it_began() {
        writeln!(output, "{unknown}\n{NOT_ADVICE}")?;
        return Ok(());
    }
    let row = |one: &HolderSummary| {
        vec![
            one.link.reference.clone(),
            one.link.title.clone(),
            one.first_use.map_or_else(String::new, |day| day.to_string()),
            one.worst.map_or("nothing is needed", CellState::label).to_owned(),
            one.open.to_string(),
            one.settled.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = found.holders.iter().map(row).collect();
    let headings = ["Reference", "Title", "First use", "Worst", "Open", "Settled"];
    writeln!(output, "{}\n", table(&headings, &rows, &[4, 5]))?;
    let states = found.states.iter().map(|(state, count)| format!("{} {count}", state.label()));
    writeln!(output, "{}\n{NOT_ADVICE}", states.collect::<Vec<_>>().join(", "))?;
    refuse_open(open)
}

fn days(as_of: NaiveDate, as_known: Option<NaiveDate>) -> String {
    match as_known {
        Some(known) => format!("As of {as_of}, as known at the end of {known}"),
        None => format!("As of {as_of}"),
    }
}

fn print_matrix(matrix: &Coverage, output: &mut String) -> anyhow::Result<()> {
    let holder = &matrix.holder;
    writeln!(output, "{} {}. {}\n", holder.reference, holder.title, days(matrix.as_of, matrix.as_known))?;
    let mut headings = vec!["Line", "Quantity"];
    headings.extend(matrix.columns.iter().map(|column| column.code.as_str()));
    let row = |row: &CoverageRow| {
        let mut cells = vec![name(row), row.amount.clone()];
        cells.extend(row.cells.iter().map(|cell| cell.as_ref().map_or_else(|| "·".to_owned(), CoverageCell::brief)));
        cells
    };
    let rows: Vec<Vec<String>> = matrix.rows.iter().map(row).collect();
    writeln!(output, "{}\n", table(&headings, &rows, &[1]))?;
    print_open(matrix, output)?;
    writeln!(output, "{NOT_ADVICE}")?;
    Ok(())
}

/// What is open, with who can mend it.
pub(super) fn print_open(matrix: &Coverage, output: &mut String) -> anyhow::Result<()> {
    for (row, column, cell) in matrix.open_cells() {
        writeln!(output, "{}, {}: {}", name(row), column.name, cell.words)?;
        if !cell.mend.is_empty() {
            writeln!(output, "  {}", cell.mend)?;
        }
    }
    let noun = if matrix.open == 1 { "cell is" } else { "cells are" };
    writeln!(output, "{} {noun} open, {} covered or not needed", matrix.open, matrix.settled)?;
    Ok(())
}

fn name(row: &CoverageRow) -> String {
    row.line.map_or_else(|| row.label.clone(), |line| format!("{line}. {}", row.label))
}

fn list_json(list: &CoverageList) -> Value {
    let holder = |one: &HolderSummary| {
        let states = one.states.iter().map(|(state, count)| (state.word().to_owned(), json!(count)));
        json!({
            "record": format!("{}:{}", one.link.kind.word(), one.link.reference), "title": one.link.title,
            "first_use": one.first_use, "worst": one.worst.map(CellState::word), "open": one.open,
            "settled": one.settled, "states": states.collect::<serde_json::Map<_, _>>(),
        })
    };
    json!({
        "as_of": list.as_of, "as_known": list.as_known, "begins_on": list.begins_on, "rows": list.rows,
        "holders": list.holders.iter().map(holder).collect::<Vec<_>>(), "notice": NOT_ADVICE,
    })
}

/// A matrix as it is printed for other programs.
pub(super) fn matrix_json(matrix: &Coverage) -> Value {
    let column = |column: &CoverageColumn| {
        json!({
            "instrument": column.code, "name": column.name, "authority": column.authority,
            "used_at": column.used_at, "used_on": column.used_on,
        })
    };
    let cell = |cell: &Option<CoverageCell>| {
        cell.as_ref().map(|cell| {
            json!({
                "state": cell.state.word(), "words": cell.words, "left": cell.left, "mend": cell.mend,
                "by": cell.by.as_ref().map(|by| format!("{}:{}", by.kind.word(), by.reference)),
                "rule": cell.rule.as_ref().map(|rule| json!({
                    "code": rule.code, "citation": rule.citation, "confidence": rule.confidence,
                    "checked": rule.checked, "origin": rule.origin,
                })),
            })
        })
    };
    let row = |row: &CoverageRow| {
        json!({
            "line": row.line, "label": row.label, "amount": row.amount,
            "cells": row.cells.iter().map(cell).collect::<Vec<_>>(),
        })
    };
    json!({
        "as_of": matrix.as_of, "as_known": matrix.as_known,
        "record": format!("{}:{}", matrix.holder.kind.word(), matrix.holder.reference),
        "columns": matrix.columns.iter().map(column).collect::<Vec<_>>(),
        "rows": matrix.rows.iter().map(row).collect::<Vec<_>>(),
        "settled": matrix.settled, "open": matrix.open, "notice": NOT_ADVICE,
    })
}

/// Books what a shipment needs.
pub(super) fn book(args: &BookArgs, output: &mut String) -> anyhow::Result<()> {
    let shipment = shipment_in(&args.target.in_workspace, &args.shipment)?;
    let choose = if args.earliest { Choose::EarliestExpiry } else { Choose::Only };
    commands::write(&args.target, Write::Book { shipment, choose }, output)
}

fn shipment_in(path: &Path, reference: &str) -> anyhow::Result<Id> {
    find(&commands::reading(path)?, RecordKind::Shipment, reference)
}
