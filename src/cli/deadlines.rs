//! Deadlines in the terminal: as a table, as JSON, as a calendar file; done and put off.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::args::SourceArg;
use super::commands;
use super::table::table;
use crate::domain::date::parse_day;
use crate::domain::record::RecordKind;
use crate::services::queries::{DeadlineBoard, DeadlineGroup, DeadlineShown, Sources};
use crate::services::{Answer, DeadlineKey, Query, Settlement, Workspace, Write};

/// Arguments of `deadlines`.
#[derive(Debug, Args)]
pub(super) struct DeadlinesArgs {
    /// Done or put off; without it the deadlines are printed
    #[command(subcommand)]
    pub action: Option<Action>,
    /// The workspace
    #[arg(long = "in", value_name = "WORKSPACE", global = true)]
    pub in_workspace: Option<PathBuf>,
    /// The day; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub as_of: Option<NaiveDate>,
    /// Whose records
    #[arg(long, value_enum, default_value_t = SourceArg::Own)]
    pub source: SourceArg,
    /// Write a calendar file with every deadline
    #[arg(long, value_name = "FILE")]
    pub ics: Option<PathBuf>,
    /// Print an object
    #[arg(long, global = true)]
    pub json: bool,
}

/// What is decided about a deadline.
#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// It is done: a condition, a report or a follow-up is closed in its record, everything else by a mark
    Done {
        #[command(flatten)]
        which: Which,
        /// What proves it
        #[arg(long, value_name = "TEXT", default_value = "")]
        evidence: String,
    },
    /// It is put off and not shown before a day
    Snooze {
        #[command(flatten)]
        which: Which,
        /// The day on which it is shown again
        #[arg(long, value_name = "DATE", value_parser = parse_day)]
        until: NaiveDate,
    },
}

/// Which deadline.
#[derive(Debug, Args)]
pub(super) struct Which {
    /// The record's reference; kind:REFERENCE where several kinds have it
    pub reference: String,
    /// What falls due, or a part of it; can be left out where the record has one deadline only
    #[arg(long, value_name = "TEXT")]
    pub what: Option<String>,
    /// The day on which it is due, where several are called the same
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub due: Option<NaiveDate>,
    /// Its number in the list that is printed where several are meant
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<usize>,
    /// The day of the decision; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub on: Option<NaiveDate>,
}

/// Does what the arguments say.
pub(super) fn run(args: &DeadlinesArgs, output: &mut String) -> anyhow::Result<()> {
    let path = args.in_workspace.as_deref().context("Name the workspace: --in WORKSPACE")?;
    match &args.action {
        None => print(args, path, output),
        Some(Action::Done { which, evidence }) => {
            settle(path, which, args.json, output, |on| Settlement::Done { on, evidence: evidence.clone() })
        }
        Some(Action::Snooze { which, until }) => {
            settle(path, which, args.json, output, |on| Settlement::PutOff { on, until: *until })
        }
    }
}

fn settle(
    path: &Path,
    which: &Which,
    json: bool,
    output: &mut String,
    settlement: impl FnOnce(NaiveDate) -> Settlement,
) -> anyhow::Result<()> {
    let mut workspace = commands::writing(path)?;
    let on = which.on.unwrap_or_else(|| workspace.today());
    let deadline = find(&workspace, which, on)?;
    let done = workspace.write(Write::Settle { deadline, settlement: settlement(on) })?;
    commands::report(&done, json, output)
}

/// The one deadline that is meant; where there are several, they are told.
fn find(workspace: &Workspace, which: &Which, on: NaiveDate) -> anyhow::Result<DeadlineKey> {
    let about = super::records::named(workspace, &which.reference)?;
    let all = workspace.deadlines_of(about, on)?;
    let meant = |(what, due_on): &&(String, NaiveDate)| {
        which.what.as_ref().is_none_or(|part| what.to_lowercase().contains(&part.to_lowercase()))
            && which.due.is_none_or(|due| due == *due_on)
    };
    let found: Vec<_> = all.iter().filter(meant).collect();
    let chosen = match (which.number, found.as_slice()) {
        (None, [_]) => Some(0),
        (number, _) => number.and_then(|number| number.checked_sub(1)),
    };
    if let Some((at, (what, due_on))) = chosen.and_then(|at| Some((at, *found.get(at)?))) {
        let alike = found.iter().take(at).filter(|one| (&one.0, one.1) == (what, *due_on)).count();
        return Ok(DeadlineKey { about, what: what.clone(), due_on: *due_on, alike });
    }
    let name = &which.reference;
    if all.is_empty() {
        bail!("{name} has no deadline that waits on {on}");
    }
    let line = |(what, due_on): &(String, NaiveDate)| format!("{due_on}  {what}");
    if found.is_empty() {
        let listed: Vec<String> = all.iter().map(|one| format!("  {}", line(one))).collect();
        bail!(
            "No deadline of {name} is called so on that day. Write --what or --due of one of these:\n{}",
            listed.join("\n")
        );
    }
    let listed: Vec<String> = (1..).zip(&found).map(|(number, one)| format!("  {number}. {}", line(one))).collect();
    bail!("Say with --what, --due or --number which deadline of {name} is meant:\n{}", listed.join("\n"))
}

fn print(args: &DeadlinesArgs, path: &Path, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(path)?;
    let as_of = args.as_of.unwrap_or_else(|| workspace.today());
    let sources = Sources::from(args.source);
    if let Some(file) = &args.ics {
        let count = workspace.export_deadlines(as_of, sources, file)?;
        if args.json {
            writeln!(output, "{:#}", json!({ "file": file, "deadlines": count }))?;
        } else {
            writeln!(output, "Wrote {count} deadlines as of {as_of} to {}", file.display())?;
        }
        return Ok(());
    }
    let Answer::Deadlines(board) = workspace.answer(&Query::Deadlines { as_of, sources })? else {
        bail!("The deadlines gave another answer")
    };
    if args.json {
        writeln!(output, "{:#}", object(&board))?;
        return Ok(());
    }
    lines(&board, output)
}

fn lines(board: &DeadlineBoard, output: &mut String) -> anyhow::Result<()> {
    writeln!(output, "\nDeadlines as of {}", board.as_of)?;
    if board.groups.is_empty() {
        writeln!(output, "Nothing is due")?;
    }
    for group in &board.groups {
        writeln!(output, "\n{}\n", group.urgency)?;
        let rows: Vec<Vec<String>> = group.rows.iter().map(cells).collect();
        writeln!(output, "{}", table(&["Due", "Days", "What", "Record", "Authority", "Title"], &rows, &[1]))?;
        for row in group.rows.iter().filter(|row| !row.note.is_empty()) {
            writeln!(output, "{}: {}", row.reference, row.note)?;
        }
        if group.more > 0 {
            writeln!(output, "{}", more(group))?;
        }
    }
    if !board.put_off.is_empty() {
        writeln!(output, "\nPut off\n")?;
        let row = |put_off: &crate::services::queries::PutOffShown| {
            let row = &put_off.deadline;
            [put_off.until.to_string(), row.due_text.clone(), row.what.clone(), row.reference.clone()].to_vec()
        };
        let rows: Vec<Vec<String>> = board.put_off.iter().map(row).collect();
        writeln!(output, "{}", table(&["Until", "Due", "What", "Record"], &rows, &[]))?;
    }
    for (authority, reason) in &board.not_estimated {
        writeln!(output, "\nNo day to ask {authority} by. {reason}")?;
    }
    Ok(())
}

fn more(group: &DeadlineGroup) -> String {
    let least = if group.at_least { "at least " } else { "" };
    format!("and {least}{} more", group.more)
}

fn cells(row: &DeadlineShown) -> Vec<String> {
    let record = format!("{} {}", row.kind, row.reference);
    let days = row.days_left.to_string();
    [row.due_text.clone(), days, row.what.clone(), record, row.authority.clone(), title(row)].to_vec()
}

/// What people are called is not printed where their code says who is meant.
fn title(row: &DeadlineShown) -> String {
    if row.kind == RecordKind::Person { String::new() } else { row.title.clone() }
}

fn object(board: &DeadlineBoard) -> Value {
    let groups = board.groups.iter().map(|group| {
        json!({
            "urgency": group.urgency.word(), "more": group.more, "at_least": group.at_least,
            "deadlines": group.rows.iter().map(row).collect::<Vec<_>>(),
        })
    });
    let put_off =
        board.put_off.iter().map(|put_off| json!({ "until": put_off.until, "deadline": row(&put_off.deadline) }));
    let reasons =
        board.not_estimated.iter().map(|(authority, reason)| json!({ "authority": authority, "reason": reason }));
    json!({
        "as_of": board.as_of,
        "groups": groups.collect::<Vec<_>>(),
        "put_off": put_off.collect::<Vec<_>>(),
        "not_estimated": reasons.collect::<Vec<_>>(),
    })
}

fn row(row: &DeadlineShown) -> Value {
    json!({
        "kind": row.kind.word(), "reference": row.reference, "title": title(row), "what": row.what,
        "source": row.source.word(), "authority": row.authority,
        "categories": row.categories.iter().map(|tag| &tag.code).collect::<Vec<_>>(),
        "due_on": row.due_text, "days_left": row.days_left, "owed": row.owed, "note": row.note,
    })
}
