//! `whatif` and `slots` in the terminal: what a moved date would change, and what goes in which shipment of a permission.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::bail;
use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use super::commands;
use super::table::table;
use crate::domain::coverage::MovedDates;
use crate::domain::date::parse_day;
use crate::domain::record::RecordKind;
use crate::services::export::Listing;
use crate::services::queries::{
    ApprovalSpan, COVERED_KINDS, CoverageCell, NOT_ADVICE, SlotGoods, SlotsAnswer, WhatIf, WhatIfQuery,
};
use crate::services::{Answer, Query, Write};

/// Arguments of `whatif`.
#[derive(Debug, Args)]
pub(super) struct WhatIfArgs {
    /// The shipment or the trip, by its reference; kind:REFERENCE where both have it
    pub reference: String,
    /// The workspace
    #[arg(long = "in", value_name = "WORKSPACE")]
    pub in_workspace: PathBuf,
    /// The day on which a shipment leaves
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub ship: Option<NaiveDate>,
    /// The day on which it arrives; without it the arrival moves by as many days as the departure
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub arrive: Option<NaiveDate>,
    /// The day on which a trip departs
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub depart: Option<NaiveDate>,
    /// The day on which it returns; without it the return moves by as many days as the departure
    #[arg(long = "return", value_name = "DATE", value_parser = parse_day)]
    pub returns: Option<NaiveDate>,
    /// The day that is looked from; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub as_of: Option<NaiveDate>,
    /// Write the dates, as one step that undo takes back
    #[arg(long)]
    pub apply: bool,
    /// Write what would follow into this file (.xlsx) instead
    #[arg(long = "to", value_name = "FILE", conflicts_with = "apply")]
    pub file: Option<PathBuf>,
    /// Print an object
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `slots`.
#[derive(Debug, Args)]
pub(super) struct SlotsArgs {
    /// The permission, by its reference
    pub permission: String,
    /// The workspace
    #[arg(long = "in", value_name = "WORKSPACE")]
    pub in_workspace: PathBuf,
    /// The day that is looked from; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub as_of: Option<NaiveDate>,
    /// Print an object
    #[arg(long)]
    pub json: bool,
}

/// Prints what would follow, and writes the dates where that is wanted.
pub(super) fn what_if(args: &WhatIfArgs, output: &mut String) -> anyhow::Result<()> {
    let mut workspace =
        if args.apply { commands::writing(&args.in_workspace)? } else { commands::reading(&args.in_workspace)? };
    let (kinds, reference) = kinds_of(&args.reference);
    let holder = workspace.find(kinds, reference).map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let as_of = args.as_of.unwrap_or_else(|| workspace.today());
    let dates = MovedDates { first: args.ship.or(args.depart), last: args.arrive.or(args.returns) };
    let Answer::WhatIf(Some(report)) = workspace.answer(&Query::WhatIf(WhatIfQuery { holder, as_of, dates }))? else {
        bail!("{} is gone", args.reference)
    };
    check_dates(args, report.holder.kind)?;
    if let Some(file) = &args.file {
        let listing = Listing::WhatIf(WhatIfQuery { holder, as_of, dates });
        return super::export::into_file(&workspace, listing, file, args.json, output);
    }
    if args.json {
        writeln!(output, "{:#}", printed(&report))?;
    } else {
        tell(&report, output)?;
    }
    if !args.apply {
        return Ok(());
    }
    let done = workspace.write(Write::Move { holder, version: report.version, dates })?;
    if !args.json {
        writeln!(output)?;
        commands::report(&done, false, output)?;
    }
    Ok(())
}

/// The kinds that a reference can mean, and the reference without them.
fn kinds_of(reference: &str) -> (&'static [RecordKind], &str) {
    match reference.split_once(':') {
        Some(("shipment", rest)) => (&[RecordKind::Shipment], rest),
        Some(("trip", rest)) => (&[RecordKind::Trip], rest),
        _ => (COVERED_KINDS, reference),
    }
}

fn check_dates(args: &WhatIfArgs, kind: RecordKind) -> anyhow::Result<()> {
    let (of_shipment, of_trip) = (args.ship.or(args.arrive).is_some(), args.depart.or(args.returns).is_some());
    match kind {
        _ if !of_shipment && !of_trip => {
            bail!("No date is moved. Write --ship or --arrive for a shipment, --depart or --return for a trip")
        }
        RecordKind::Trip if of_shipment => bail!("{} is a trip. Write --depart or --return", args.reference),
        RecordKind::Shipment if of_trip => bail!("{} is a shipment. Write --ship or --arrive", args.reference),
        _ => Ok(()),
    }
}

fn tell(report: &WhatIf, output: &mut String) -> anyhow::Result<()> {
    writeln!(
        output,
        "\nWhat if: {} {}, looked at from {}\n",
        report.holder.reference, report.holder.title, report.query.as_of
    )?;
    if report.moved.is_empty() {
        writeln!(output, "These are the days it has already")?;
    }
    for day in &report.moved {
        let from = if day.from.is_empty() { "not planned" } else { &day.from };
        writeln!(output, "{}: {from} -> {}", day.what, day.to)?;
    }
    for why in &report.refused {
        writeln!(output, "Cannot be written: {why}")?;
    }
    part(
        output,
        "Coverage",
        report.cells.iter().map(|cell| {
            let state = |cell: &Option<CoverageCell>| cell.as_ref().map_or("not asked", |cell| cell.state.label());
            let words = cell.to.as_ref().map_or("", |cell| cell.words.as_str());
            format!("{}, {}: {} -> {}. {words}", cell.row, cell.instrument, state(&cell.from), state(&cell.to))
        }),
    )?;
    part(output, "Approvals", report.approvals.iter().map(approval))?;
    part(
        output,
        "Shelf life on arrival",
        report
            .shelf
            .iter()
            .map(|line| if line.falls() { line.words.clone() } else { format!("{} (as it stands)", line.words) }),
    )?;
    part(output, "Trips and deliveries", report.meetings.iter().map(|one| one.words.clone()))?;
    part(output, "Besides", report.notes.iter().cloned())?;
    writeln!(output, "\nOpen cells: {} before, {} after", report.open[0], report.open[1])?;
    if report.is_harmless() {
        writeln!(output, "Nothing becomes worse by it")?;
    }
    writeln!(output, "{NOT_ADVICE}")?;
    Ok(())
}

fn approval(one: &ApprovalSpan) -> String {
    let was = if one.spans || one.spanned { "" } else { " (it does not span it as things stand either)" };
    let ask = if one.ask.is_empty() { String::new() } else { format!(". {}", one.ask) };
    format!("{}{was}{ask}", one.words)
}

fn part(output: &mut String, heading: &str, lines: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        writeln!(output, "\n{heading}")?;
    }
    for line in lines {
        writeln!(output, "  {}", line.trim_end())?;
    }
    Ok(())
}

fn printed(report: &WhatIf) -> Value {
    let cell = |cell: &Option<CoverageCell>| {
        cell.as_ref().map(|cell| json!({ "state": cell.state.word(), "words": cell.words, "mend": cell.mend }))
    };
    let cells: Vec<Value> = report
        .cells
        .iter()
        .map(
            |one| json!({ "row": one.row, "instrument": one.instrument, "from": cell(&one.from), "to": cell(&one.to) }),
        )
        .collect();
    let approvals: Vec<Value> = report.approvals.iter().map(|one| {
        json!({ "permission": one.permission.reference, "spanned": one.spanned, "spans": one.spans, "days": one.days,
            "words": one.words, "ask": one.ask, "ask_by": one.ask_by })
    }).collect();
    let shelf: Vec<Value> = report.shelf.iter().map(|line| {
        json!({ "line": line.line, "item": line.label, "until": line.until, "falls": line.falls(), "words": line.words })
    }).collect();
    let meetings: Vec<Value> = report
        .meetings
        .iter()
        .map(|one| json!({ "record": one.link.reference, "met": one.met, "meets": one.meets, "words": one.words }))
        .collect();
    let moved: Vec<Value> =
        report.moved.iter().map(|day| json!({ "what": day.what, "from": day.from, "to": day.to })).collect();
    json!({
        "record": report.holder.reference, "as_of": report.query.as_of, "moved": moved, "refused": report.refused,
        "cells": cells, "approvals": approvals, "shelf_life": shelf, "meetings": meetings, "notes": report.notes,
        "open_before": report.open[0], "open_after": report.open[1], "harmless": report.is_harmless(),
        "not_advice": NOT_ADVICE,
    })
}

/// Prints the shipments that a permission allows and what goes in which.
pub(super) fn slots(args: &SlotsArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&args.in_workspace)?;
    let found = workspace.find(&[RecordKind::Permission], &args.permission);
    let permission = found.map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let as_of = args.as_of.unwrap_or_else(|| workspace.today());
    let Answer::Slots(Some(found)) = workspace.answer(&Query::Slots { permission, as_of })? else {
        bail!("{} is gone", args.permission)
    };
    if args.json {
        writeln!(output, "{:#}", slots_json(&found))?;
        return Ok(());
    }
    writeln!(output, "\n{}, {}, as of {}\n{}\n", found.permission.reference, found.window, found.as_of, found.summary)?;
    let mut rows = Vec::new();
    for card in &found.slots {
        let name = card.shipment.as_ref().map_or("", |link| link.reference.as_str());
        let day = card.day.map_or_else(String::new, |day| day.to_string());
        let mut head = [card.number.to_string(), card.state.label().to_owned(), name.to_owned(), day];
        if card.goods.is_empty() {
            rows.push(head.iter().cloned().chain([String::new(), String::new()]).collect());
        }
        for goods in &card.goods {
            rows.push(head.iter().cloned().chain([words_of(goods), goods.days.clone()]).collect());
            head = Default::default();
        }
    }
    writeln!(output, "{}", table(&["Slot", "State", "Shipment", "Day of use", "Goods", "Days"], &rows, &[0]))?;
    part(
        output,
        "Without a place",
        found.stranded.iter().map(|one| {
            let of = one.shipment.as_ref().map_or_else(String::new, |link| format!("{}: ", link.reference));
            format!("{of}{}. {}", words_of(&one.goods), one.why)
        }),
    )?;
    part(output, "Could travel together", found.suggestions.iter().map(|one| one.words.clone()))?;
    part(output, "Besides", found.notes.iter().cloned())?;
    writeln!(output, "\n{NOT_ADVICE}")?;
    Ok(())
}

fn words_of(goods: &SlotGoods) -> String {
    let line = goods.grant_line.map_or_else(String::new, |line| format!("line {line}: "));
    let added = if goods.added { "add " } else { "" };
    format!("{added}{line}{} {}", goods.amount, goods.label)
}

fn slots_json(found: &SlotsAnswer) -> Value {
    let goods = |goods: &SlotGoods| json!({ "line": goods.grant_line, "item": goods.label, "amount": goods.amount, "days": goods.days, "added": goods.added });
    let slots: Vec<Value> = found
        .slots
        .iter()
        .map(|card| {
            json!({ "number": card.number, "state": card.state.word().trim_start_matches("slot_"), "day": card.day,
            "shipment": card.shipment.as_ref().map(|link| &link.reference),
            "goods": card.goods.iter().map(goods).collect::<Vec<_>>() })
        })
        .collect();
    let stranded: Vec<Value> = found.stranded.iter().map(|one| {
        json!({ "shipment": one.shipment.as_ref().map(|link| &link.reference), "goods": goods(&one.goods), "why": one.why })
    }).collect();
    let suggestions: Vec<Value> = found
        .suggestions
        .iter()
        .map(|one| json!({ "from": one.from.reference, "into": one.into.reference, "words": one.words }))
        .collect();
    json!({
        "permission": found.permission.reference, "as_of": found.as_of, "cap": found.cap, "window": found.window,
        "summary": found.summary, "slots": slots, "stranded": stranded, "suggestions": suggestions,
        "notes": found.notes, "not_advice": NOT_ADVICE,
    })
}
