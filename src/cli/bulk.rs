//! `set`, `delete` and `duplicate`: what the window does with a selection, by references.

use anyhow::{anyhow, bail};
use serde_json::{Map, Value};

use super::args::Target;
use super::commands::{report, writing};
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, copy_of, spec};
use crate::domain::schema::FieldKind;
use crate::services::{Answer, Query, Workspace, Write};

/// Sets fields in records.
pub(super) fn set(kind: RecordKind, words: &[String], target: &Target, output: &mut String) -> anyhow::Result<()> {
    let (fields, references): (Vec<&String>, Vec<&String>) = words.iter().partition(|word| is_field(word));
    if references.is_empty() {
        bail!("Name at least one record by its reference");
    }
    let set = fields_of(kind, &fields)?;
    if set.is_empty() {
        bail!("Say what to set, for example note=\"Seen by the board\"");
    }
    let mut workspace = writing(&target.in_workspace)?;
    let records = seen(&workspace, kind, &references)?;
    let done = workspace.write(Write::EditMany { records, set })?;
    report(&done, target.json, output)
}

/// Deletes records.
pub(super) fn delete(
    kind: RecordKind,
    references: &[String],
    target: &Target,
    output: &mut String,
) -> anyhow::Result<()> {
    let mut workspace = writing(&target.in_workspace)?;
    let records = seen(&workspace, kind, &references.iter().collect::<Vec<_>>())?;
    let done = workspace.write(Write::DeleteMany { records })?;
    report(&done, target.json, output)
}

/// Adds a record like another.
pub(super) fn duplicate(
    reference: &str,
    fields: &[String],
    target: &Target,
    output: &mut String,
) -> anyhow::Result<()> {
    let mut workspace = writing(&target.in_workspace)?;
    let id = workspace.find(RecordKind::ALL, reference).map_err(|problem| anyhow!("{problem}"))?;
    let Answer::Draft(Some(record)) = workspace.answer(&Query::Draft { id })? else {
        bail!("{reference} is no longer there")
    };
    let mut draft = copy_of(record.kind, &record.draft);
    draft.extend(fields_of(record.kind, &fields.iter().collect::<Vec<_>>())?);
    let done = workspace.write(Write::Create { kind: record.kind, draft })?;
    report(&done, target.json, output)
}

/// The records with their versions as they stand now: nobody else writes while this program has the file.
fn seen(workspace: &Workspace, kind: RecordKind, references: &[&String]) -> anyhow::Result<Vec<(Id, i64)>> {
    let find = |reference: &&String| workspace.find(&[kind], reference).map_err(|problem| anyhow!("{problem}"));
    let mut ids = references.iter().map(find).collect::<Result<Vec<Id>, _>>()?;
    ids.sort_unstable();
    ids.dedup();
    match workspace.answer(&Query::Many { kind, ids })? {
        Answer::Many(many) => Ok(many.records.clone()),
        _ => bail!("The records gave another answer"),
    }
}

/// Whether a word sets a field: its part before the sign is written like the name of one.
fn is_field(word: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    word.split_once('=').is_some_and(|(name, _)| is_name(name))
}

fn fields_of(kind: RecordKind, words: &[&String]) -> anyhow::Result<Map<String, Value>> {
    let mut fields = Map::new();
    for word in words {
        let Some((name, value)) = word.split_once('=') else {
            bail!("“{word}” sets no field. Write name=value, for example note=\"Seen by the board\"")
        };
        let field = spec(kind).fields.iter().find(|field| field.name == name);
        let value = match field.map(|field| field.kind) {
            _ if value.trim().is_empty() => Value::Null,
            Some(FieldKind::Links(_) | FieldKind::Choices(_)) => value.split(',').map(str::trim).collect(),
            Some(FieldKind::Flag) => flag(value)?,
            _ => Value::from(value),
        };
        if fields.insert(name.to_owned(), value).is_some() {
            bail!("“{name}” is set twice. Set it once");
        }
    }
    Ok(fields)
}

fn flag(value: &str) -> anyhow::Result<Value> {
    match value.trim().to_lowercase().as_str() {
        "yes" | "true" => Ok(Value::Bool(true)),
        "no" | "false" => Ok(Value::Bool(false)),
        _ => bail!("“{value}” is neither yes nor no"),
    }
}
