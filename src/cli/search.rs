//! `search` in the terminal.

use std::fmt::Write as _;

use anyhow::bail;
use serde_json::{Value, json};

use super::args::SearchArgs;
use super::commands;
use super::table::table;
use crate::services::queries::{SearchGroup, SearchHit};
use crate::services::{Answer, Query};

/// Prints what holds the words, by kind.
pub(super) fn print(args: &SearchArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&args.in_workspace)?;
    let query = Query::Search { text: args.text.join(" "), as_of: workspace.today(), limit_per_kind: args.limit };
    let Answer::Search(found) = workspace.answer(&query)? else { bail!("The search gave another answer") };
    let wanted = |group: &&SearchGroup| args.kind.is_none_or(|kind| kind == group.kind);
    let groups: Vec<&SearchGroup> = found.groups.iter().filter(wanted).collect();
    if args.json {
        let printed: Vec<Value> = groups.into_iter().map(group_json).collect();
        writeln!(output, "{:#}", Value::Array(printed))?;
        return Ok(());
    }
    for group in &groups {
        writeln!(output, "{} ({})", group.kind.heading(), group.total)?;
        let rows: Vec<Vec<String>> = group.hits.iter().map(cells).collect();
        writeln!(output, "{}\n", table(&["Reference", "Title", "Found in", "About"], &rows, &[]))?;
    }
    match groups.iter().map(|group| group.total).sum::<usize>() {
        0 => writeln!(output, "No record has these words")?,
        1 => writeln!(output, "1 record")?,
        total => writeln!(output, "{total} records")?,
    }
    Ok(())
}

fn cells(hit: &SearchHit) -> Vec<String> {
    let found_in = hit.found_in.as_ref().map(|(label, piece)| format!("{label}: {}", piece.text));
    vec![hit.reference.text.clone(), hit.title.text.clone(), found_in.unwrap_or_default(), hit.context.clone()]
}

fn group_json(group: &SearchGroup) -> Value {
    let hit = |hit: &SearchHit| {
        json!({
            "reference": hit.reference.text,
            "title": hit.title.text,
            "about": hit.context,
            "found_in": hit.found_in.as_ref().map(|(label, piece)| json!({ "field": label, "text": piece.text })),
            "exact": hit.is_exact,
        })
    };
    json!({ "kind": group.kind.word(), "total": group.total, "records": group.hits.iter().map(hit).collect::<Vec<_>>() })
}
