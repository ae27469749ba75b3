//! The demo: the public record beside a worked example of one small programme.

mod papers;

use super::apply::{self, Operation};
use super::write::WriteError;
use super::{Failure, Workspace};

/// The public record of UN exemption cases.
pub const PUBLIC_CASES: &str = include_str!("../../assets/reference/public_cases.csv");
/// One small TB, food and malaria programme of an invented organisation.
pub const PROGRAMME: &str = include_str!("../../assets/demo/programme.jsonl");
/// A year of the same programme in the field: stores, visits, people reached, incidents, cash.
pub const FIELD_YEAR: &str = include_str!("../../assets/demo/field_year.jsonl");
/// Its reports to two donors, with what was written in them.
pub const REPORTS: &str = include_str!("../../assets/demo/reports.jsonl");
/// The public events that moved the field.
pub const POLICY_EVENTS: &str = include_str!("../../assets/demo/policy_events.jsonl");

/// Fills a workspace with the demo. What is there already is not added again. Returns what was done, in words.
pub fn fill(workspace: &mut Workspace) -> Result<String, WriteError> {
    let mut done = vec![workspace.fill_public_cases(PUBLIC_CASES)?.message];
    for (what, text) in [
        ("policy events", POLICY_EVENTS),
        ("worked example", PROGRAMME),
        ("year in the field", FIELD_YEAR),
        ("reports to donors", REPORTS),
    ] {
        let operations = apply::parse(text).map_err(|error| Failure::Other(error.to_string()))?;
        done.push(add(workspace, what, operations)?);
    }
    let papers = papers::operations(workspace)?;
    done.push(add(workspace, "example letters and papers", papers)?);
    Ok(done.join("; "))
}

fn add(workspace: &mut Workspace, what: &str, operations: Vec<(usize, Operation)>) -> Result<String, WriteError> {
    if is_there(workspace, &operations) {
        return Ok(format!("{what} there already"));
    }
    let added = format!("added {what} ({} operations)", operations.len());
    workspace.fill(&format!("Fill the demo: {what}"), operations)?;
    Ok(added)
}

/// Whether a record of a file of operations is in the workspace already: one is enough, the others may have been renamed.
fn is_there(workspace: &Workspace, operations: &[(usize, Operation)]) -> bool {
    let mut created = operations.iter().filter_map(|(_, operation)| match operation {
        Operation::Create { kind, record } => Some((*kind, record.get("reference")?.as_str()?)),
        _ => None,
    });
    created.any(|(kind, reference)| workspace.find(&[kind], reference).is_ok())
}
