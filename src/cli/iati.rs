//! `iati` in the terminal: what is published of the projects, what is wrong with it, and the file.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use serde_json::json;

use super::args::Target;
use super::commands;

/// Arguments of `iati`.
#[derive(Debug, Args)]
pub(super) struct IatiArgs {
    /// Write the file; without it, say what would be published and what is wrong
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    target: Target,
}

/// Says what would be published, or writes it.
pub(super) fn iati(args: &IatiArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&args.target.in_workspace)?;
    let published = match &args.out {
        Some(path) => workspace.save_iati(path)?,
        None => workspace.iati()?,
    };
    let refused = published.is_refused();
    if args.target.json {
        let activities = published.activities.activities.iter().map(|one| {
            json!({
                "identifier": one.identifier, "title": one.title, "budgets": one.budgets.len(),
                "transactions": one.transactions.len(), "results": one.results.len(),
                "provinces": one.provinces.iter().map(|(code, _)| code).collect::<Vec<_>>(),
            })
        });
        let findings = published.findings.iter().map(
            |one| json!({ "activity": one.activity, "rule": one.rule, "is_error": one.is_error, "words": one.words }),
        );
        let printed = json!({
            "file": args.out, "activities": activities.collect::<Vec<_>>(),
            "findings": findings.collect::<Vec<_>>(), "notes": published.notes,
        });
        writeln!(output, "{printed:#}")?;
    } else {
        for one in &published.activities.activities {
            writeln!(output, "{}: {}", one.identifier, one.title)?;
        }
        for one in &published.findings {
            let kind = if one.is_error { "Error" } else { "Warning" };
            writeln!(output, "{kind}, {}: {} (rule {})", one.activity, one.words, one.rule)?;
        }
        published.notes.iter().try_for_each(|note| writeln!(output, "Note, {note}"))?;
        match &args.out {
            Some(path) => writeln!(output, "Wrote {}. Whatever stands in it is public", path.display())?,
            None if published.activities.activities.is_empty() => writeln!(output, "No project is published")?,
            None => {}
        }
    }
    if refused {
        bail!("It cannot be published so");
    }
    Ok(())
}
