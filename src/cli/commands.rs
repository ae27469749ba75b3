//! Commands that open, write and prove a workspace.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use serde_json::json;

use super::args::Target;
use super::clock;
use super::overview;
use crate::services::fork::{self, Relation};
use crate::services::{Access, Done, Workspace, Write, apply, demo};

/// Opens a workspace for reading.
pub(super) fn reading(path: &Path) -> anyhow::Result<Workspace> {
    Ok(Workspace::open(path, Access::Read, clock::context())?)
}

pub(super) fn writing(path: &Path) -> anyhow::Result<Workspace> {
    Ok(Workspace::open(path, Access::Write, clock::context())?)
}

/// Makes a new workspace.
pub(super) fn new(path: &Path, output: &mut String) -> anyhow::Result<()> {
    Workspace::create(path, clock::context())?;
    writeln!(output, "Made {}. Open it with `corridor open {}`", path.display(), path.display())?;
    Ok(())
}

/// Opens the window.
pub(super) fn open(path: &Path, read_only: bool) -> anyhow::Result<()> {
    let access = if read_only { Access::Read } else { Access::Write };
    let workspace = match Workspace::open(path, access, clock::context()) {
        Err(failure) if failure.is_in_use() => bail!("{failure}: corridor open --read-only {}", path.display()),
        opened => opened?,
    };
    crate::ui::run(workspace, clock::context()).map_err(|error| anyhow!("{error}"))
}

/// Opens the window on the workspace in the user's own folder, as a double click on the program does; makes it the first time.
pub(super) fn home() -> anyhow::Result<()> {
    let folder = std::env::home_dir().context("Your own folder is not known. Name a workspace: corridor open FILE")?;
    let folder = folder.join("Corridor");
    std::fs::create_dir_all(&folder).with_context(|| format!("The folder {} cannot be made", folder.display()))?;
    let path = folder.join("our-organisation.corridor");
    if !path.exists() {
        Workspace::create(&path, clock::context())?;
    }
    open(&path, false)
}

/// Makes the demo, prints its overview and opens the window where there is a display.
pub(super) fn demo(dir: &Path, no_window: bool, output: &mut String) -> anyhow::Result<()> {
    std::fs::create_dir_all(dir).with_context(|| format!("The folder {} cannot be made", dir.display()))?;
    let path = dir.join("demo.corridor");
    let mut workspace = if path.exists() { writing(&path)? } else { Workspace::create(&path, clock::context())? };
    let filled = demo::fill(&mut workspace)?;
    writeln!(output, "{}: {filled}", path.display())?;
    overview::write_for_today(&workspace, output)?;
    super::print(&std::mem::take(output))?;
    if no_window {
        return Ok(());
    }
    if let Err(error) = crate::ui::run(workspace, clock::context()) {
        // The work is done; that no window can be shown is told in one line and is no failure.
        writeln!(output, "{error}")?;
    }
    Ok(())
}

/// Loads a gazetteer.
pub(super) fn gazetteer(file: &Path, target: &Target, output: &mut String) -> anyhow::Result<()> {
    write(target, Write::LoadGazetteer { csv: text_of(file)? }, output)
}

/// Does a file of operations.
pub(super) fn apply(file: &Path, target: &Target, output: &mut String) -> anyhow::Result<()> {
    write(target, Write::Apply(apply::parse(&text_of(file)?)?), output)
}

/// Does a write and tells what it did.
pub(super) fn write(target: &Target, write: Write, output: &mut String) -> anyhow::Result<()> {
    let done = writing(&target.in_workspace)?.write(write)?;
    report(&done, target.json, output)
}

/// Prints the schema of operations.
pub(super) fn schema(output: &mut String) -> anyhow::Result<()> {
    writeln!(output, "{:#}", apply::schema())?;
    Ok(())
}

/// Proves a workspace, and compares it with a copy.
pub(super) fn check(path: &Path, against: Option<&Path>, json: bool, output: &mut String) -> anyhow::Result<()> {
    let workspace = reading(path)?;
    let found = workspace.check()?;
    let relation =
        against.map(|other| fork::compare(&workspace, &reading(other)?).map_err(anyhow::Error::from)).transpose()?;
    let forked = matches!(relation, Some(Relation::Forked { .. } | Relation::Unrelated));
    if json {
        let printed = json!({
            "records": found.records,
            "changes": found.changes,
            "figures": found.figures,
            "problems": found.problems,
            "against": relation.as_ref().map(ToString::to_string),
            "forked": relation.as_ref().map(|_| forked),
        });
        writeln!(output, "{printed:#}")?;
    } else {
        writeln!(
            output,
            "{} records, {} changes in the journal, {} kept figures",
            found.records, found.changes, found.figures
        )?;
        relation.iter().try_for_each(|relation| writeln!(output, "{relation}"))?;
        found.problems.iter().try_for_each(|problem| writeln!(output, "{problem}"))?;
    }
    match found.problems.len() {
        0 if forked => bail!("The two files do not continue one another"),
        0 if !json => Ok(writeln!(output, "Everything holds")?),
        0 => Ok(()),
        1 => bail!("{} has a problem", path.display()),
        several => bail!("{} has {several} problems", path.display()),
    }
}

pub(super) fn text_of(file: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes).context("Standard input cannot be read")?;
    } else {
        bytes = std::fs::read(file).with_context(|| format!("{} cannot be read. Check its name", file.display()))?;
    }
    String::from_utf8(bytes).map_err(|error| {
        anyhow!("{} is not UTF-8 text (byte {}). Save it as UTF-8", file.display(), error.utf8_error().valid_up_to())
    })
}

pub(super) fn report(done: &Done, json: bool, output: &mut String) -> anyhow::Result<()> {
    if json {
        let printed = json!({
            "message": done.message,
            "records": done.touched.ids.len(),
            "warnings": done.warnings,
        });
        writeln!(output, "{printed:#}")?;
        return Ok(());
    }
    writeln!(output, "{}", done.message)?;
    done.warnings.iter().try_for_each(|warning| writeln!(output, "Note: {warning}"))?;
    Ok(())
}
