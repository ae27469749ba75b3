//! `binder`, `package`, `audit`, `customs`, `visit-report` and `incidents` in the terminal: packs as files in a folder, and what
//! is missing before they leave the house.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{anyhow, bail};
use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use super::args::Target;
use super::commands;
use super::export::{doubts, removed};
use crate::domain::date::{FuzzyDate, parse_day};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::packs::{Made, PackKind, PackQuery};
use crate::services::redact::LeftOut;
use crate::services::{Watch, Workspace, Write};

/// Arguments of the packs of one record.
#[derive(Debug, Args)]
pub(super) struct PackArgs {
    /// The record's reference; kind:REFERENCE where several kinds have it
    record: String,
    #[command(flatten)]
    how: How,
    #[command(flatten)]
    keep: KeepArgs,
}

/// Arguments of `package`.
#[derive(Debug, Args)]
pub(super) struct PackageArgs {
    /// The request's reference
    request: String,
    /// Seal the files as they were sent on this day, and name them in the event of the sending
    #[arg(long, value_name = "DATE", value_parser = fuzzy)]
    sent: Option<FuzzyDate>,
    #[command(flatten)]
    how: How,
}

/// Arguments of `incidents`.
#[derive(Debug, Args)]
pub(super) struct IncidentsArgs {
    /// Only those of this project or shipment; kind:REFERENCE where several kinds have it
    record: Option<String>,
    #[command(flatten)]
    how: How,
    #[command(flatten)]
    keep: KeepArgs,
}

/// Whether the files are kept as they leave the house.
#[derive(Debug, Args)]
struct KeepArgs {
    /// Seal the files as they are, so that later changes that would alter them are told
    #[arg(long)]
    seal: bool,
    /// A word beside the seal, for example who got the files
    #[arg(long, default_value = "", requires = "seal")]
    note: String,
}

/// What all packs ask.
#[derive(Debug, Args)]
struct How {
    /// The folder into which the files go; without it only what is missing is printed
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// What was true on this day; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_of: Option<NaiveDate>,
    /// By what was known at the end of this day; by what is known now if left out
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_known: Option<NaiveDate>,
    /// Leave out what this audience does not get, by its reference: donor, bank, public
    #[arg(long, value_name = "REFERENCE")]
    audience: Option<String>,
    #[command(flatten)]
    target: Target,
}

fn fuzzy(text: &str) -> Result<FuzzyDate, String> {
    FuzzyDate::parse(text).map_err(|error| error.to_string())
}

/// Makes a pack of one record.
pub(super) fn of_record(kind: PackKind, args: &PackArgs, output: &mut String) -> anyhow::Result<()> {
    make_and_keep(kind, Some(&args.record), &args.how, &args.keep, output)
}

/// Makes the incident log.
pub(super) fn incidents(args: &IncidentsArgs, output: &mut String) -> anyhow::Result<()> {
    make_and_keep(PackKind::Incidents, args.record.as_deref(), &args.how, &args.keep, output)
}

/// Makes a pack, and seals its files where that is asked for.
fn make_and_keep(
    kind: PackKind,
    record: Option<&str>,
    how: &How,
    keep: &KeepArgs,
    output: &mut String,
) -> anyhow::Result<()> {
    if !keep.seal {
        let workspace = commands::reading(&how.target.in_workspace)?;
        return make(&workspace, kind, record, how, output).map(|_| ());
    }
    if how.out.is_none() {
        bail!("Say with --out into which folder the files go, so that what is sealed is what you hand over");
    }
    if record.is_none() {
        bail!("Only what is of one record can be sealed. Name the project or the shipment");
    }
    let mut workspace = commands::writing(&how.target.in_workspace)?;
    let made = make(&workspace, kind, record, how, output)?;
    let query = query(&workspace, kind, record, how)?;
    let sealing = made.sealing(&query, &keep.note).ok_or_else(|| anyhow!("There is nothing to seal"))?;
    let done = workspace.write(Write::Seal(Box::new(sealing)))?;
    if !how.target.json {
        writeln!(output, "{}", done.message)?;
    }
    Ok(())
}

/// Makes the package of a request, and seals it where it was sent.
pub(super) fn package(args: &PackageArgs, output: &mut String) -> anyhow::Result<()> {
    let Some(on) = args.sent else {
        let workspace = commands::reading(&args.how.target.in_workspace)?;
        return make(&workspace, PackKind::Submission, Some(&args.request), &args.how, output).map(|_| ());
    };
    if args.how.out.is_none() {
        bail!("Say with --out into which folder the files go, so that what is sealed is what you send");
    }
    let mut workspace = commands::writing(&args.how.target.in_workspace)?;
    let made = make(&workspace, PackKind::Submission, Some(&args.request), &args.how, output)?;
    let query = query(&workspace, PackKind::Submission, Some(&args.request), &args.how)?;
    let sending = made.sending(&query, on).ok_or_else(|| anyhow!("There is nothing to seal"))?;
    let done = workspace.write(Write::Send(Box::new(sending)))?;
    if !args.how.target.json {
        writeln!(output, "{}", done.message)?;
    }
    Ok(())
}

fn make(
    workspace: &Workspace,
    kind: PackKind,
    reference: Option<&str>,
    how: &How,
    output: &mut String,
) -> anyhow::Result<Made> {
    let query = query(workspace, kind, reference, how)?;
    let Some(folder) = &how.out else {
        let pack = workspace.pack(&query)?;
        let (left_out, audience, position) = (LeftOut::default(), String::new(), String::new());
        let made = Made { pack, files: Vec::new(), left_out, audience, position };
        report(&made, &[], how.target.json, output)?;
        return Ok(made);
    };
    let made = workspace.make_pack(&query, &Watch::default())?;
    let paths = made.save(folder)?;
    report(&made, &paths, how.target.json, output)?;
    Ok(made)
}

fn query(workspace: &Workspace, kind: PackKind, reference: Option<&str>, how: &How) -> anyhow::Result<PackQuery> {
    let as_of = how.as_of.unwrap_or_else(|| workspace.today());
    let of = reference.map(|reference| find(workspace, kind, reference, how.as_known)).transpose()?;
    let audience = how.audience.as_ref().map(|reference| workspace.find(&[RecordKind::Audience], reference));
    let audience = audience.transpose().map_err(|problem| anyhow!("{problem}"))?;
    Ok(PackQuery { kind, of, as_of, as_known: how.as_known, audience })
}

fn find(workspace: &Workspace, kind: PackKind, reference: &str, known: Option<NaiveDate>) -> anyhow::Result<Id> {
    let found = match known {
        Some(known) => workspace.find_known(kind.made_of(), reference, known)?,
        None => workspace.find(kind.made_of(), reference),
    };
    found.map_err(|problem| anyhow!("{problem}"))
}

fn report(made: &Made, paths: &[PathBuf], json: bool, output: &mut String) -> anyhow::Result<()> {
    let pack = &made.pack;
    if json {
        let parts: Vec<Value> = pack.parts.iter().map(|part| json!({
            "name": part.name,
            "title": part.document.title,
            "tables": part.document.tables().map(|table| json!({ "key": table.key, "rows": table.rows.len() })).collect::<Vec<_>>(),
        })).collect();
        let files: Vec<Value> = made
            .files
            .iter()
            .zip(paths)
            .map(|(file, path)| {
                json!({
                    "path": path.display().to_string(), "media_type": file.media_type, "bytes": file.bytes.len(),
                })
            })
            .collect();
        let gaps: Vec<Value> = pack
            .gaps
            .iter()
            .map(|gap| json!({ "kind": gap.kind.word(), "about": gap.about, "what": gap.what }))
            .collect();
        let printed = json!({
            "pack": pack.kind.word(), "parts": parts, "files": files, "removed": removed(&made.left_out),
            "doubts": doubts(&made.left_out), "gaps": gaps,
        });
        writeln!(output, "{printed:#}")?;
        return Ok(());
    }
    for path in paths {
        writeln!(output, "Made {}", path.display())?;
    }
    made.left_out.in_words().iter().try_for_each(|line| writeln!(output, "{line}"))?;
    if pack.gaps.is_empty() {
        writeln!(output, "Nothing is missing")?;
        return Ok(());
    }
    writeln!(output, "To look at before it leaves the house:")?;
    for gap in &pack.gaps {
        writeln!(output, "  {:<14}{}: {}", gap.kind.label(), gap.about, gap.what)?;
    }
    Ok(())
}
