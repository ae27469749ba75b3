//! What a project, a shipment or a trip needs by the rules, as a section of its page.

use chrono::NaiveDate;

use super::{DetailSection, DetailValue, NO_RULE, NOT_ENOUGH, NOT_LEGAL_ADVICE, NeedRow, needs};
use crate::domain::record::{RecordKind, RuleAnswer};
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
    let is_shipment = stored.head.kind == RecordKind::Shipment;
    let mut fields = Vec::new();
    for (answer, label) in
        [(RuleAnswer::Barred, "Barred"), (RuleAnswer::Needed, "Needed"), (RuleAnswer::Unclear, "Not clear")]
    {
        let rows = table.whole.iter().filter(|row| row.answer == answer);
        fields.extend(rows.map(|row| (label.to_owned(), DetailValue::Text(words(row, is_shipment)))));
    }
    if fields.is_empty() {
        let nothing = if table.missing.is_empty() { NO_RULE } else { NOT_ENOUGH };
        fields.push(("Needed".to_owned(), DetailValue::Text(nothing.to_owned())));
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

/// The permission, on which day it is used where days differ, because of what, and by which rows.
fn words(row: &NeedRow, with_day: bool) -> String {
    let section = if row.section.is_empty() { String::new() } else { format!(", {}", row.section) };
    let day = if with_day { format!(", used on {}", row.on) } else { String::new() };
    let mut lines = vec![format!("{}: {}{section}{day}", row.authority, row.name)];
    let mut because: Vec<&str> = row.because.iter().take(NAMED).map(String::as_str).collect();
    let more = row.because.len().saturating_sub(NAMED);
    let more = format!("and {more} more");
    if row.because.len() > NAMED {
        because.push(&more);
    }
    if !because.is_empty() {
        lines.push(because.join("; "));
    }
    lines.extend(row.rows.iter().take(NAMED).map(super::CitedRow::line));
    lines.join("\n")
}
