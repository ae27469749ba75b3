//! `attach`, `attachments` and `attachment` in the terminal: files into the workspace, what is there, and out again.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{anyhow, bail};
use clap::Args;
use serde_json::{Value, json};

use super::args::Target;
use super::table::table;
use super::{commands, records};
use crate::domain::date::FuzzyDate;
use crate::domain::record::{AttachmentKind, RecordKind};
use crate::services::attachments::Attach;
use crate::services::queries::{FileRow, Filter, ListQuery, SortBy, Sources};
use crate::services::{Answer, Query, Workspace, Write, WriteError};

/// Arguments of `attach`.
#[derive(Debug, Args)]
pub(super) struct AttachArgs {
    /// The record's reference; kind:REFERENCE where several kinds have it
    record: String,
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What they are: letter, licence, waybill, `packing_list`, declaration, invoice, certificate, photo, report, other; guessed
    /// from the name of the first one if left out
    #[arg(long, value_parser = kind)]
    kind: Option<AttachmentKind>,
    /// The date that stands on them
    #[arg(long, value_name = "DATE", value_parser = fuzzy)]
    dated: Option<FuzzyDate>,
    /// Yes to files that are large, empty or could run as programs
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    target: Target,
}

/// Arguments of `attachments`.
#[derive(Debug, Args)]
pub(super) struct AttachmentsArgs {
    /// The record's reference; all records if left out
    record: Option<String>,
    /// The workspace
    #[arg(long = "in", value_name = "WORKSPACE")]
    in_workspace: PathBuf,
    /// Print an array of objects
    #[arg(long)]
    json: bool,
}

/// Arguments of `attachment`.
#[derive(Debug, Args)]
pub(super) struct AttachmentArgs {
    /// The attachment's reference
    reference: String,
    /// Where the copy goes
    #[arg(long, value_name = "FILE")]
    save: PathBuf,
    #[command(flatten)]
    target: Target,
}

fn kind(word: &str) -> Result<AttachmentKind, String> {
    let words: Vec<&str> = AttachmentKind::ALL.iter().map(|kind| kind.word()).collect();
    AttachmentKind::from_word(word).ok_or_else(|| format!("write one of: {}", words.join(", ")))
}

fn fuzzy(text: &str) -> Result<FuzzyDate, String> {
    FuzzyDate::parse(text).map_err(|error| error.to_string())
}

/// Attaches files to a record.
pub(super) fn attach(args: &AttachArgs, output: &mut String) -> anyhow::Result<()> {
    let mut workspace = commands::writing(&args.target.in_workspace)?;
    let of = records::named(&workspace, &args.record)?;
    let first = args.files.first().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    let guessed = AttachmentKind::guess(&first.unwrap_or_default());
    let attach = Attach {
        of,
        paths: args.files.clone(),
        kind: args.kind.unwrap_or(guessed),
        dated_on: args.dated,
        confirmed: args.yes,
    };
    match workspace.write(Write::Attach(attach)) {
        Ok(done) => commands::report(&done, args.target.json, output),
        Err(WriteError::AskFirst(doubt)) => bail!("{doubt}\nAdd --yes to attach them all the same"),
        Err(error) => Err(error.into()),
    }
}

/// Lists files.
pub(super) fn list(args: &AttachmentsArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&args.in_workspace)?;
    let rows = match &args.record {
        Some(reference) => of_record(&workspace, reference)?,
        None => of_all(&workspace)?,
    };
    if args.json {
        let printed: Vec<Value> = rows.iter().map(row_json).collect();
        writeln!(output, "{:#}", json!(printed))?;
        return Ok(());
    }
    let cells = |row: &FileRow| {
        [&row.reference, &row.name, &row.kind, &row.size, &row.dated_on, &row.media_type].map(Clone::clone).to_vec()
    };
    let headings = ["Reference", "File", "What it is", "Size", "Dated", "Media type"];
    writeln!(output, "{}", table(&headings, &rows.iter().map(cells).collect::<Vec<_>>(), &[3]))?;
    Ok(())
}

fn of_record(workspace: &Workspace, reference: &str) -> anyhow::Result<Vec<FileRow>> {
    let id = records::named(workspace, reference)?;
    match workspace.answer(&Query::Detail { id, as_of: workspace.today() })? {
        Answer::Detail(Some(detail)) => Ok(detail.files.clone()),
        _ => bail!("The record is no longer there"),
    }
}

fn of_all(workspace: &Workspace) -> anyhow::Result<Vec<FileRow>> {
    let query = ListQuery {
        kind: RecordKind::Attachment,
        as_of: workspace.today(),
        sources: Sources::Both,
        filter: Filter::default(),
        sort: SortBy::Reference,
        descending: false,
    };
    let Answer::List(ids) = workspace.answer(&Query::List(query))? else { bail!("The list gave another answer") };
    let mut rows = Vec::new();
    for id in ids.iter() {
        rows.extend(workspace.file_row(*id)?);
    }
    Ok(rows)
}

/// A file as an object.
pub(super) fn row_json(row: &FileRow) -> Value {
    json!({
        "reference": row.reference, "name": row.name, "kind": row.kind, "size": row.size, "dated_on": row.dated_on,
        "media_type": row.media_type, "sha256": row.sha256,
    })
}

/// Saves a copy of a file.
pub(super) fn save(args: &AttachmentArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&args.target.in_workspace)?;
    let id = workspace.find(&[RecordKind::Attachment], &args.reference).map_err(|problem| anyhow!("{problem}"))?;
    workspace.save_attachment(id, &args.save)?;
    if args.target.json {
        writeln!(output, "{:#}", json!({ "saved": args.save.display().to_string() }))?;
    } else {
        writeln!(output, "Saved {}", args.save.display())?;
    }
    Ok(())
}
