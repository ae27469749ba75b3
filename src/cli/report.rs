//! `report` and `seal` in the terminal: donor reports listed, made, sealed, and held against the record.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{anyhow, bail};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::args::Target;
use super::commands;
use super::table::table;
use crate::domain::date::parse_day;
use crate::domain::document::Cell;
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, SealedKind};
use crate::services::documents;
use crate::services::queries::ReportRow;
use crate::services::reports::DonorReport;
use crate::services::sealed::{Sealed, Standing};
use crate::services::{Answer, FileFormat, Query, Watch, Workspace, Write};

/// What to do with donor reports.
#[derive(Debug, Subcommand)]
pub(super) enum ReportCommand {
    /// List the reports, and the sealed documents that would read differently now
    List {
        #[command(flatten)]
        target: Target,
    },
    /// Make a report and save it
    Make(MakeArgs),
    /// Draft the report that says what a sealed one reads now
    Restate {
        /// The seal's reference
        seal: String,
        #[command(flatten)]
        target: Target,
    },
}

/// Arguments of `report make`.
#[derive(Debug, Args)]
pub(super) struct MakeArgs {
    /// The report's reference
    report: String,
    /// As what it is saved; several are several files
    #[arg(long, value_parser = format, default_value = FileFormat::ALL[0].word())]
    format: Vec<FileFormat>,
    /// The file; its name ends in the format. Left out: the title of the report in this folder
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Leave out what this audience does not get, by its reference: donor, bank, public
    #[arg(long, value_name = "AUDIENCE")]
    audience: Option<String>,
    /// The cut-off, instead of the report's own
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_of: Option<NaiveDate>,
    #[command(flatten)]
    target: Target,
}

/// Arguments of `seal`.
#[derive(Debug, Args)]
pub(super) struct SealArgs {
    /// The report's reference
    report: String,
    /// As what it is kept; several are several files
    #[arg(long, value_parser = format, default_value = FileFormat::ALL[0].word())]
    format: Vec<FileFormat>,
    /// Leave out of the files what this audience does not get, by its reference: donor, bank, public
    #[arg(long, value_name = "AUDIENCE")]
    audience: Option<String>,
    /// A word beside it, for example how it was sent
    #[arg(long, default_value = "")]
    note: String,
    #[command(flatten)]
    target: Target,
}

fn format(word: &str) -> Result<FileFormat, String> {
    FileFormat::from_word(word).ok_or_else(|| {
        let known: Vec<&str> = FileFormat::ALL.iter().map(|format| format.word()).collect();
        format!("write one of {}", known.join(", "))
    })
}

/// Does what is to be done with reports.
pub(super) fn report(command: &ReportCommand, output: &mut String) -> anyhow::Result<()> {
    match command {
        ReportCommand::List { target } => list(target, output),
        ReportCommand::Make(args) => make(args, output),
        ReportCommand::Restate { seal, target } => {
            let seal = find(&commands::reading(&target.in_workspace)?, RecordKind::Seal, seal)?;
            commands::write(target, Write::Restate { seal }, output)
        }
    }
}

/// Seals a report as it stands.
pub(super) fn seal(args: &SealArgs, output: &mut String) -> anyhow::Result<()> {
    let mut workspace = commands::writing(&args.target.in_workspace)?;
    let id = find(&workspace, RecordKind::Report, &args.report)?;
    let unwritten = workspace.donor_report(id)?.unwritten;
    let audience = found_audience(&workspace, args.audience.as_ref())?;
    let sealing = workspace.seal_report(id, audience, &args.format, &args.note, &Watch::default())?;
    let mut done = workspace.write(Write::Seal(Box::new(sealing)))?;
    done.warnings.extend(unwritten.iter().map(|title| format!("“{title}” has no text")));
    commands::report(&done, args.target.json, output)
}

fn find(workspace: &Workspace, kind: RecordKind, reference: &str) -> anyhow::Result<Id> {
    workspace.find(&[kind], reference).map_err(|problem| anyhow!("{problem}"))
}

fn found_audience(workspace: &Workspace, reference: Option<&String>) -> anyhow::Result<Option<Id>> {
    reference.map(|reference| find(workspace, RecordKind::Audience, reference)).transpose()
}

fn make(args: &MakeArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&args.target.in_workspace)?;
    let id = find(&workspace, RecordKind::Report, &args.report)?;
    let made = workspace.donor_report_as_of(id, args.as_of)?;
    let audience = found_audience(&workspace, args.audience.as_ref())?;
    let (mut files, mut left_out) = (Vec::new(), Vec::new());
    for format in formats(args)? {
        let path = args.out.clone().unwrap_or_else(|| PathBuf::from(documents::file_name(&made.document, format)));
        let left = workspace.save_document(&made.document, audience, format, &path, &Watch::default())?;
        left_out = left.in_words();
        files.push(path.display().to_string());
    }
    if args.target.json {
        writeln!(output, "{:#}", summary(&made, &files, &left_out))?;
        return Ok(());
    }
    files.iter().try_for_each(|file| writeln!(output, "Wrote {file}"))?;
    left_out.iter().try_for_each(|words| writeln!(output, "{words}"))?;
    made.unwritten.iter().try_for_each(|title| writeln!(output, "Note: “{title}” has no text"))?;
    Ok(())
}

/// The formats: that of the file's name where one is given.
fn formats(args: &MakeArgs) -> anyhow::Result<Vec<FileFormat>> {
    let Some(path) = &args.out else { return Ok(args.format.clone()) };
    if let Some(format) = FileFormat::of_path(path) {
        return Ok(vec![format]);
    }
    let known: Vec<String> = FileFormat::ALL.iter().map(|format| format!(".{}", format.extension())).collect();
    bail!("{} does not say what it is. Let its name end in one of {}", path.display(), known.join(", "))
}

fn summary(made: &DonorReport, files: &[String], left_out: &[String]) -> Value {
    let tables = made.document.tables().map(|table| {
        let cells = |row: &[Cell]| -> Vec<String> { row.iter().map(Cell::words).collect() };
        json!({
            "key": table.key,
            "title": table.title,
            "notes": table.notes,
            "columns": table.columns.iter().map(|column| &column.name).collect::<Vec<_>>(),
            "rows": table.rows.iter().map(|row| cells(row)).collect::<Vec<_>>(),
            "totals": cells(&table.totals),
        })
    });
    json!({
        "title": made.document.title,
        "files": files,
        "left_out": left_out,
        "tables": tables.collect::<Vec<_>>(),
        "without_text": made.unwritten,
    })
}

fn list(target: &Target, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&target.in_workspace)?;
    let Answer::Reports(rows) = workspace.answer(&Query::Reports)? else { bail!("The reports gave another answer") };
    let sealed = workspace.sealed_standings(&Watch::default())?;
    if target.json {
        let printed = json!({
            "reports": rows.iter().map(of_report).collect::<Vec<_>>(),
            "sealed": sealed.iter().map(of_sealed).collect::<Vec<_>>(),
        });
        writeln!(output, "{printed:#}")?;
        return Ok(());
    }
    let shown: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let state = row.sealed_on.map_or_else(|| "Draft".to_owned(), |on| format!("Sealed on {on}"));
            vec![row.reference.clone(), row.title.clone(), row.fund.clone(), row.period.clone(), state]
        })
        .collect();
    writeln!(output, "{}", table(&["Report", "Title", "Grant", "Period", "State"], &shown, &[]))?;
    for one in sealed.iter().filter(|one| !one.would_read().is_empty()) {
        writeln!(output, "\n{} ({}): {}", one.title, one.reference, one.in_short())?;
        one.would_read().iter().try_for_each(|found| writeln!(output, "  {}", one.told(found)))?;
        if one.what == Some(SealedKind::DonorReport) {
            writeln!(output, "  Draft the restatement: corridor report restate {}", one.reference)?;
        }
    }
    for one in &sealed {
        if let Some(why) = one.lost() {
            writeln!(output, "\n{} ({}) cannot be compared: {why}", one.title, one.reference)?;
        }
    }
    Ok(())
}

fn of_report(row: &ReportRow) -> Value {
    json!({
        "reference": row.reference, "title": row.title, "fund": row.fund, "period": row.period,
        "sealed_on": row.sealed_on.map(|on| on.to_string()),
    })
}

fn of_sealed(one: &Sealed) -> Value {
    let standing = match &one.standing {
        Standing::Same => "same",
        Standing::Differs(_) => "differs",
        Standing::Lost(_) => "cannot_be_made",
    };
    json!({
        "reference": one.reference, "what": one.what.map(SealedKind::word), "title": one.title, "on": one.on.map(|on| on.to_string()),
        "as_of": one.as_of.map(|on| on.to_string()), "standing": standing, "is_replaced": one.is_replaced,
        "would_read": one.would_read().iter().map(|found| one.told(found)).collect::<Vec<_>>(),
    })
}
