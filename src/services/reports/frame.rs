//! A report put together: the administrative block, the donor's sections with their texts, each table where a section wants it.

use std::collections::BTreeMap;

use super::scope::Scope;
use super::{DonorReport, Part};
use crate::domain::document::{Block, Document, Fact, Holds};
use crate::domain::money::Money;
use crate::domain::record::{Organisation, RecordKind, Report, ReportTable};
use crate::services::{Failure, facts};
use crate::store::record;

/// Puts a report together. A table stands in the first section that wants it; those that none wants come at the end.
pub(super) fn together(
    scope: &Scope<'_>,
    report: &Report,
    mut parts: BTreeMap<ReportTable, Part>,
) -> Result<DonorReport, Failure> {
    let (mut blocks, mut figures, mut unwritten) = (Vec::new(), Vec::new(), Vec::new());
    let mut place = |part: Option<Part>, blocks: &mut Vec<Block>| {
        if let Some(part) = part {
            blocks.extend(part.blocks);
            figures.extend(part.figures);
        }
    };
    for section in &report.sections {
        blocks.push(Block::Heading { level: 1, text: section.title.clone() });
        let text = section.text.trim();
        if !text.is_empty() {
            blocks.push(Block::Text(text.to_owned()));
        } else if section.tables.is_empty() {
            unwritten.push(section.title.clone());
        }
        for table in &section.tables {
            place(parts.remove(table), &mut blocks);
        }
    }
    if !parts.is_empty() {
        if !report.sections.is_empty() {
            blocks.push(Block::Heading { level: 1, text: "Tables".to_owned() });
        }
        for table in ReportTable::ALL {
            place(parts.remove(table), &mut blocks);
        }
    }
    let document = Document {
        title: report.title.clone(),
        subtitle: scope.fund.title.clone(),
        language: String::new(),
        facts: administrative(scope, report)?,
        blocks,
        foot: format!(
            "{}, {} to {}, as of {}. What the record holds; no legal advice.",
            report.title, scope.from, scope.until, scope.cut_off
        ),
    };
    Ok(DonorReport { document, figures, unwritten })
}

/// Who reports to whom on what, for which days.
fn administrative(scope: &Scope<'_>, report: &Report) -> Result<Vec<Fact>, Failure> {
    let mut said = Vec::new();
    let mut say = |label: &str, value: String, holds: Holds| {
        if !value.is_empty() {
            said.push(Fact { label: label.to_owned(), value, holds });
        }
    };
    if let Some(id) = record::all_ids(scope.db, RecordKind::Organisation)?.first() {
        let own: Option<Organisation> = facts::load(scope.db, *id)?;
        let own = own.unwrap_or_default();
        say("Organisation", own.name, Holds::Plain);
        say("Registration", own.registration, Holds::Plain);
        say("Address", own.address, Holds::Plain);
    }
    say("Donor", scope.title(scope.fund.donor)?, Holds::Plain);
    say("Grant", format!("{} ({})", scope.fund.title, scope.fund_reference), Holds::Plain);
    say("Amount", scope.fund.amount.as_ref().map(Money::grouped).unwrap_or_default(), Holds::Price);
    if let (Some(first), Some(last)) = (scope.fund.starts_on, scope.fund.ends_on) {
        say("Grant period", format!("{first} to {last}"), Holds::Plain);
    }
    say("Reporting period", format!("{} to {}", scope.from, scope.until), Holds::Plain);
    say("Cut-off", scope.cut_off.to_string(), Holds::Plain);
    let titles: Vec<&str> = scope.projects.iter().map(|project| project.project.title.as_str()).collect();
    say(if titles.len() == 1 { "Project" } else { "Projects" }, titles.join("; "), Holds::Plain);
    let mut partners: Vec<String> = Vec::new();
    for project in &scope.projects {
        let partner = scope.title(project.project.partner)?;
        if !partners.contains(&partner) {
            partners.push(partner);
        }
    }
    say("Local counterpart", partners.join("; "), Holds::Counterpart);
    let sites: Vec<&str> = scope.projects.iter().map(|project| project.project.sites.as_str()).collect();
    say("Sites", sites.join("; ").trim_matches(|c| matches!(c, ';' | ' ')).to_owned(), Holds::Site);
    say("Currency", scope.currency().to_owned(), Holds::Plain);
    say("Prepared by", scope.title(report.prepared_by)?, Holds::Person);
    Ok(said)
}
