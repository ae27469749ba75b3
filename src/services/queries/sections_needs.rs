//! What a project, a shipment or a trip needs by the rules, as a section of its page.

use chrono::NaiveDate;

use super::{DetailCell, DetailSection, DetailValue, NO_RULE, NOT_LEGAL_ADVICE, NeedRow, needs};
use crate::domain::record::{RecordKind, RuleAnswer};
use crate::services::queries::RecordLink;
use crate::store::record::Stored;
use crate::store::{Db, StoreError};

/// How many acts are named beside an answer.
const NAMED: usize = 3;

/// What it needs; nothing where it has no goods and no travellers.
pub(super) fn needs(db: &Db, stored: &Stored, on: NaiveDate) -> Result<Vec<DetailSection>, StoreError> {
    let table = needs::of_record(db, stored, on)?;
    if table.acts.is_empty() {
        return Ok(Vec::new());
    }
    let mut fields = Vec::new();
    for (answer, label) in
        [(RuleAnswer::Barred, "Barred"), (RuleAnswer::Needed, "Needed"), (RuleAnswer::Unclear, "Not clear")]
    {
        let rows: Vec<Vec<DetailCell>> = table.whole.iter().filter(|row| row.answer == answer).map(cells).collect();
        if !rows.is_empty() {
            let columns = ["Permission", "Because of", "By rule"].map(str::to_owned).to_vec();
            fields.push((label.to_owned(), DetailValue::Table { columns, rows }));
        }
    }
    if fields.is_empty() {
        fields.push(("Needed".to_owned(), DetailValue::Text(NO_RULE.to_owned())));
    }
    for (label, sentences) in
        [("Not known", &table.missing), ("To know", &table.remarks), ("In this order", &table.path)]
    {
        if !sentences.is_empty() {
            fields.push((label.to_owned(), DetailValue::Text(sentences.join("\n"))));
        }
    }
    fields.push(("Notice".to_owned(), DetailValue::Text(NOT_LEGAL_ADVICE.to_owned())));
    Ok(vec![DetailSection { heading: format!("What it needs by the rules, as of {on}"), fields }])
}

fn cells(row: &NeedRow) -> Vec<DetailCell> {
    let name = format!("{}: {}", row.authority, row.name);
    let permission = match row.instrument_id {
        Some(id) => DetailCell::Link(RecordLink {
            id,
            kind: RecordKind::Instrument,
            reference: row.instrument.clone(),
            title: name,
        }),
        None => DetailCell::Text(name),
    };
    let mut because: Vec<String> = row.because.iter().take(NAMED).cloned().collect();
    if row.because.len() > NAMED {
        because.push(format!("and {} more", row.because.len() - NAMED));
    }
    let mut rules: Vec<String> = Vec::new();
    if !row.section.is_empty() {
        rules.push(row.section.clone());
    }
    rules.extend(row.rows.iter().take(NAMED).map(super::CitedRow::line));
    vec![permission, DetailCell::Text(because.join("; ")), DetailCell::Text(rules.join("; "))]
}
