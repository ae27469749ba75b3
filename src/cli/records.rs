//! `list` and `show` in the terminal.

use std::fmt::Write as _;
use std::sync::Arc;

use anyhow::{anyhow, bail};
use serde_json::{Map, Value, json};

use super::args::{ListArgs, ShowArgs};
use super::commands;
use super::table::table;
use crate::domain::counted::counted;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::status::Stage;
use crate::services::queries::{
    Detail, DetailCell, DetailSection, DetailValue, ListQuery, ListRow, RecordLink, has_status,
};
use crate::services::{Answer, Query, Workspace};

/// Lists the records of a kind.
pub(super) fn list(args: &ListArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&args.in_workspace)?;
    let query = args.narrow.query(&workspace, args.kind, args.from, args.to)?;
    let as_of = query.as_of;
    let rows = rows(&workspace, query)?;
    if args.json {
        let printed: Vec<Value> = rows.iter().map(|row| row_json(args.kind, row)).collect();
        writeln!(output, "{:#}", Value::Array(printed))?;
        return Ok(());
    }
    writeln!(output, "{}", rows_table(args.kind, &rows))?;
    let (one, many) = (args.kind.label().to_lowercase(), args.kind.heading().to_lowercase());
    writeln!(output, "\n{} as of {as_of}", counted(rows.len(), &one, &many))?;
    Ok(())
}

fn rows(workspace: &Workspace, query: ListQuery) -> anyhow::Result<Vec<ListRow>> {
    let (kind, as_of) = (query.kind, query.as_of);
    let Answer::List(ids) = workspace.answer(&Query::List(query))? else { bail!("The list gave another answer") };
    let Answer::Rows(rows) = workspace.answer(&Query::Rows { kind, as_of, ids: ids.to_vec() })? else {
        bail!("The rows gave another answer")
    };
    Ok(rows)
}

/// The words under which a kind's three dates are printed.
const fn date_names(kind: RecordKind) -> [&'static str; 3] {
    match kind {
        RecordKind::Request | RecordKind::Matter => ["sent_on", "decided_on", "valid_until"],
        RecordKind::Permission => ["given_on", "settled_on", "valid_until"],
        RecordKind::Shipment => ["dispatched_on", "received_on", "expected_on"],
        RecordKind::Trip => ["departs_on", "returned_on", "returns_on"],
        RecordKind::Fund => ["starts_on", "closed_on", "ends_on"],
        _ => ["on", "", ""],
    }
}

fn row_json(kind: RecordKind, row: &ListRow) -> Value {
    let or_null = |text: &str| if text.is_empty() { Value::Null } else { Value::from(text) };
    let mut map = Map::new();
    map.insert("reference".into(), json!(row.reference));
    map.insert("kind".into(), json!(kind.word()));
    map.insert("title".into(), json!(row.title));
    map.insert("source".into(), json!(row.source.word()));
    map.insert("categories".into(), row.categories.iter().map(|tag| tag.code.as_str()).collect());
    map.insert("project".into(), or_null(&row.project));
    map.insert("belongs_to".into(), or_null(&row.parent));
    if matches!(kind, RecordKind::Request | RecordKind::Matter | RecordKind::Permission) {
        map.insert("authority".into(), or_null(&row.authority));
        map.insert("instrument".into(), or_null(&row.instrument));
    }
    if kind == RecordKind::Request {
        map.insert("applicant".into(), or_null(&row.applicant));
    }
    let silent = status_json(kind, row, &mut map);
    let dates = [&row.begun_on, &row.settled_on, &row.until_on];
    for (name, date) in date_names(kind).into_iter().zip(dates).filter(|(name, _)| !name.is_empty()) {
        // A case that fell silent has no end; the day on which it was last known stands by itself.
        let date = if silent && name == "valid_until" { "" } else { date };
        map.insert(name.into(), or_null(date));
    }
    Value::Object(map)
}

/// Adds the status; tells whether the case fell silent.
fn status_json(kind: RecordKind, row: &ListRow, map: &mut Map<String, Value>) -> bool {
    let Some(status) = &row.status else {
        let names: &[&str] = match kind {
            RecordKind::Request | RecordKind::Matter => &["status", "since", "stage", "outcome", "validity"],
            _ if has_status(kind) => &["status", "since", "stage"],
            _ => &[],
        };
        map.extend(names.iter().map(|name| ((*name).to_owned(), Value::Null)));
        return false;
    };
    map.insert("status".into(), json!(status.word));
    map.insert("since".into(), json!(status.since.to_string()));
    map.insert("stage".into(), json!(status.stage));
    for (name, word) in [("outcome", &status.outcome), ("validity", &status.validity)] {
        if !word.is_empty() {
            map.insert(name.into(), json!(word));
        }
    }
    let silent = status.stage == Stage::LastKnown.word();
    if silent {
        let was = Stage::ALL.iter().find(|stage| stage.label() == status.was);
        map.insert("last_known_stage".into(), json!(was.map(|stage| stage.word())));
        map.insert("last_known_on".into(), json!(row.until_on));
    }
    silent
}

fn rows_table(kind: RecordKind, rows: &[ListRow]) -> String {
    let mut headings = vec!["Reference"];
    if kind == RecordKind::Request {
        headings.extend(["Applicant", "Authority"]);
    } else {
        headings.push("Title");
    }
    headings.push("Categories");
    if has_status(kind) {
        headings.push("Status");
    }
    let dates: Vec<String> =
        date_names(kind).iter().filter(|name| !name.is_empty()).map(|name| name.replace('_', " ")).collect();
    headings.extend(dates.iter().map(String::as_str));
    headings.push("Source");
    let cells = |row: &ListRow| {
        let mut cells = vec![row.reference.clone()];
        if kind == RecordKind::Request {
            cells.extend([row.applicant.clone(), row.authority_name.clone()]);
        } else {
            cells.push(row.title.clone());
        }
        cells.push(row.categories.iter().map(|tag| tag.code.as_str()).collect::<Vec<_>>().join(" "));
        if has_status(kind) {
            let shown = |status: &crate::services::queries::StatusCell| {
                if status.was.is_empty() {
                    status.label.clone()
                } else {
                    format!("{}: {}", status.label, status.was.to_lowercase())
                }
            };
            cells.push(row.status.as_ref().map(shown).unwrap_or_default());
        }
        cells.extend([&row.begun_on, &row.settled_on, &row.until_on].into_iter().take(dates.len()).cloned());
        cells.push(row.source.label().to_owned());
        cells
    };
    table(&headings, &rows.iter().map(cells).collect::<Vec<_>>(), &[])
}

/// Shows one record.
pub(super) fn show(args: &ShowArgs, output: &mut String) -> anyhow::Result<()> {
    let workspace = commands::reading(&args.in_workspace)?;
    let as_of = args.as_of.unwrap_or_else(|| workspace.today());
    let id = named(&workspace, &args.reference)?;
    let detail = detail(&workspace, id, as_of)?;
    if args.json {
        writeln!(output, "{:#}", detail_json(&workspace, id, &detail)?)?;
        return Ok(());
    }
    write_detail(&detail, output)
}

/// The record that bears a reference. Where a matter and its request bear the same, people mean the request.
pub(super) fn named(workspace: &Workspace, reference: &str) -> anyhow::Result<Id> {
    match workspace.find(&[RecordKind::Request], reference) {
        Ok(id) => Ok(id),
        Err(_) => workspace.find(RecordKind::ALL, reference).map_err(|problem| anyhow!("{problem}")),
    }
}

fn detail(workspace: &Workspace, id: Id, as_of: chrono::NaiveDate) -> anyhow::Result<Arc<Detail>> {
    match workspace.answer(&Query::Detail { id, as_of })? {
        Answer::Detail(Some(detail)) => Ok(detail),
        _ => bail!("The record is no longer there"),
    }
}

fn detail_json(workspace: &Workspace, id: Id, detail: &Detail) -> anyhow::Result<Value> {
    let mut printed = row_json(detail.kind, &detail.row);
    if let Value::Object(map) = &mut printed {
        map.insert("record".into(), Value::Object(workspace.record_by_references(id)?));
        map.insert("remarks".into(), json!(detail.remarks));
        let derived = detail.sections.iter().take(detail.derived).map(section_json);
        map.insert("derived".into(), derived.collect());
        let timeline = detail.timeline.iter().map(
            |entry| json!({ "on": entry.date, "kind": entry.kind.word(), "title": entry.title, "text": entry.text }),
        );
        map.insert("timeline".into(), timeline.collect());
        let history = detail.history.iter().map(|entry| json!({
            "at": entry.at, "by": entry.actor, "what": entry.what,
            "changes": entry.changes.iter().map(|(field, before, after)| json!({ "field": field, "before": before, "after": after })).collect::<Vec<_>>(),
        }));
        map.insert("history".into(), history.collect());
        let related = detail.related.iter().map(|group| {
            let references: Vec<&str> = group.rows.iter().map(|row| row.reference.as_str()).collect();
            (group.kind.plural().to_owned(), json!(references))
        });
        map.insert("related".into(), Value::Object(related.collect()));
        map.insert("files".into(), detail.files.iter().map(super::attachments::row_json).collect());
    }
    Ok(printed)
}

/// What follows from a record, with its tables as rows.
fn section_json(section: &DetailSection) -> Value {
    let link = |link: &RecordLink| json!(format!("{}:{}", link.kind.word(), link.reference));
    let cell = |cell: &DetailCell| match cell {
        DetailCell::Text(text) | DetailCell::Number(text) => json!(text),
        DetailCell::Link(found) => link(found),
    };
    let value = |value: &DetailValue| match value {
        DetailValue::Text(text) => json!(text),
        DetailValue::Links(links) => links.iter().map(link).collect(),
        DetailValue::Table { columns, rows } => {
            let row = |row: &Vec<DetailCell>| -> Map<String, Value> {
                columns.iter().cloned().zip(row.iter().map(cell)).collect()
            };
            json!(rows.iter().map(row).collect::<Vec<_>>())
        }
    };
    let fields = section.fields.iter().map(|(label, found)| json!({ "label": label, "value": value(found) }));
    json!({ "heading": section.heading, "fields": fields.collect::<Vec<_>>() })
}

fn write_detail(detail: &Detail, output: &mut String) -> anyhow::Result<()> {
    writeln!(output, "{} {}  {}", detail.kind, detail.row.reference, detail.row.title)?;
    writeln!(output, "{}", detail.row.source)?;
    if let Some(status) = &detail.row.status {
        writeln!(output, "{}, since {}", status.label, status.since)?;
    }
    detail.remarks.iter().try_for_each(|remark| writeln!(output, "Note: {remark}"))?;
    for section in &detail.sections {
        if !section.heading.is_empty() {
            writeln!(output, "\n{}", section.heading)?;
        }
        for (label, value) in &section.fields {
            write_value(label, value, output)?;
        }
    }
    if !detail.files.is_empty() {
        writeln!(output, "\nFiles")?;
        for file in &detail.files {
            writeln!(output, "  {}  {}  {}, {}", file.reference, file.name, file.kind, file.size)?;
        }
    }
    if !detail.timeline.is_empty() {
        writeln!(output, "\nTimeline")?;
        for entry in &detail.timeline {
            let text =
                if entry.text.is_empty() { String::new() } else { format!("  {}", entry.text.replace('\n', " ")) };
            writeln!(output, "  {:<10}  {}{text}", entry.date, entry.title)?;
        }
    }
    writeln!(output, "\nHistory")?;
    for entry in &detail.history {
        writeln!(output, "  {}  {}  {}", entry.at, entry.actor, entry.what)?;
    }
    Ok(())
}

fn write_value(label: &str, value: &DetailValue, output: &mut String) -> anyhow::Result<()> {
    match value {
        DetailValue::Text(text) => writeln!(output, "  {label}: {}", text.replace('\n', "\n    "))?,
        DetailValue::Links(links) => {
            let named: Vec<String> = links.iter().map(|link| format!("{} ({})", link.title, link.reference)).collect();
            writeln!(output, "  {label}: {}", named.join("; "))?;
        }
        DetailValue::Table { columns, rows } => {
            let headings: Vec<&str> = columns.iter().map(String::as_str).collect();
            let text = |cell: &DetailCell| match cell {
                DetailCell::Text(text) | DetailCell::Number(text) => text.clone(),
                // What is known by its reference only has no title.
                DetailCell::Link(link) if link.title.is_empty() => link.reference.clone(),
                DetailCell::Link(link) => link.title.clone(),
            };
            let cells: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(text).collect()).collect();
            let right: Vec<usize> = (0..columns.len())
                .filter(|at| rows.iter().any(|row| matches!(row.get(*at), Some(DetailCell::Number(_)))))
                .collect();
            let lines = table(&headings, &cells, &right).replace('\n', "\n    ");
            writeln!(output, "  {label}\n    {lines}")?;
        }
    }
    Ok(())
}
