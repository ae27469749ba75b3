//! From need to filing: what a project needs by the rules and has no matter for yet becomes draft matters and requests, with
//! their lines and with what waits for what. One step of undo; a second time there is nothing left to do.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::perform::Scribe;
use super::queries::needs;
use super::queries::{NeedRow, NeedsTable};
use super::session::{Intent, Session, refusal_text};
use super::write::{Done, WriteError};
use super::{Failure, facts};
use crate::domain::id::Id;
use crate::domain::record::{Matter, PlanLine, Project, RecordKind, RuleAnswer};
use crate::domain::rules::order;
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError};

/// The field by which a matter names its projects.
const OF_PROJECT: &str = "projects";

impl Scribe<'_> {
    /// Drafts the matters that a project needs and does not have.
    pub(super) fn draft_matters(&mut self, id: Id) -> Result<Done, WriteError> {
        let db = self.db;
        let stored = record::get(db, id)?.ok_or(Failure::Gone)?;
        if stored.head.kind != RecordKind::Project {
            return Err(refusal_text(&stored.head.words(), "Matters are drafted for a project. Choose one"));
        }
        let table = needs::of_record(db, &stored, self.moment.today)?;
        let mut matters = matters_of(db, id)?;
        let missing = missing(&table, &matters);
        let words = stored.head.words();
        if missing.is_empty() {
            let message =
                format!("Nothing to draft: {words} has a matter for everything that its plan needs by the rules");
            return Ok(Done { message, warnings: notes(&table), ..Done::default() });
        }
        let plan: Project = facts::typed_of(&stored)?;
        let what = format!("Draft {} of {words}", counted(missing.len(), "matter"));
        let mut session = self.begin(Intent { kind: "create", what, undoes: None })?;
        let mut requests = 0;
        for need in &missing {
            let matter = draft_matter(&mut session, &stored, need, &matters)?;
            matters.insert(need.instrument.clone(), matter);
            if order::is_filed(&need.instrument) {
                draft_request(&mut session, matter, (&plan, need), &table)?;
                requests += 1;
            }
        }
        let touched = session.finish()?.touched;
        let drafted = counted(missing.len(), "matter");
        let message = format!("Drafted {drafted} and {} for {words}", counted(requests, "request"));
        Ok(Done { message, warnings: notes(&table), touched, ..Done::default() })
    }
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// The matters of a project by the code of their instrument; those of the public record are not ours.
fn matters_of(db: &Db, project: Id) -> Result<BTreeMap<String, Id>, StoreError> {
    let mut found = BTreeMap::new();
    for (from, field) in record::links_to(db, project)? {
        let stored = record::get(db, from)?.filter(|stored| stored.head.kind == RecordKind::Matter);
        let Some(stored) = stored.filter(|_| field == OF_PROJECT) else { continue };
        let matter: Matter = facts::typed_of(&stored)?;
        let instrument = matter.instrument.map(|id| record::head(db, id)).transpose()?.flatten();
        if let Some(instrument) = instrument.filter(|_| !matter.public) {
            found.entry(instrument.reference).or_insert(from);
        }
    }
    Ok(found)
}

/// What is needed and has no matter, each after those it waits for.
fn missing<'a>(table: &'a NeedsTable, matters: &BTreeMap<String, Id>) -> Vec<&'a NeedRow> {
    let needed: Vec<&NeedRow> = table.whole.iter().filter(|row| row.answer == RuleAnswer::Needed).collect();
    let codes: Vec<&str> = needed.iter().map(|row| row.instrument.as_str()).collect();
    let ordered = order::steps(&codes).into_iter().flatten();
    let rows = ordered.filter_map(|code| needed.iter().copied().find(|row| row.instrument == code));
    rows.filter(|row| row.instrument_id.is_some() && !matters.contains_key(&row.instrument)).collect()
}

fn draft_matter(
    session: &mut Session<'_>,
    project: &Stored,
    need: &NeedRow,
    matters: &BTreeMap<String, Id>,
) -> Result<Id, WriteError> {
    let waits: Vec<i64> =
        order::waits_for(&need.instrument).iter().filter_map(|code| matters.get(*code)).map(|id| id.0).collect();
    let mut note = vec![need.words.clone()];
    note.extend(need.rows.iter().map(super::queries::CitedRow::line));
    if !order::is_filed(&need.instrument) {
        note.push("Nothing is filed. Write down why the licence covers the work: add a reliance.".to_owned());
    }
    let draft = json!({
        "title": format!("{}: {}", need.name, project.head.title),
        "instrument": need.instrument_id.map(|id| id.0),
        "projects": [project.head.id.0],
        "depends_on": waits,
        "note": note.join("\n"),
    });
    create(session, RecordKind::Matter, draft)
}

/// The first filing of a matter, with the lines of the plan that need it.
fn draft_request(
    session: &mut Session<'_>,
    matter: Id,
    (plan, need): (&Project, &NeedRow),
    table: &NeedsTable,
) -> Result<Id, WriteError> {
    let asks = |number: u32| {
        table.acts.iter().any(|act| {
            act.lines.contains(&number)
                && act.needs.iter().any(|row| row.instrument == need.instrument && row.answer == RuleAnswer::Needed)
        })
    };
    let line = |line: &PlanLine| {
        json!({
            "number": line.number,
            "item": line.item.map(|id| id.0),
            "quantity": line.quantity.map(|quantity| quantity.to_string()),
            "unit": line.unit,
            "purpose": line.site,
        })
    };
    let lines: Vec<Value> = plan.plan.iter().filter(|line| line.number.is_some_and(asks)).map(line).collect();
    let draft = json!({
        "matter": matter.0,
        "filing": "new",
        "nature": plan.title,
        "reason": need.words,
        "lines": lines,
    });
    create(session, RecordKind::Request, draft)
}

fn create(session: &mut Session<'_>, kind: RecordKind, draft: Value) -> Result<Id, WriteError> {
    let Value::Object(mut draft) = draft else { return Err(Failure::Gone.into()) };
    without_nothing(&mut draft);
    let image = session.image(kind, draft)?;
    session.create(kind, image)
}

/// Leaves out what was not known.
fn without_nothing(draft: &mut Map<String, Value>) {
    draft.retain(|_, value| !(value.is_null() || value == ""));
    for value in draft.values_mut() {
        for row in value.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            row.retain(|_, value| !(value.is_null() || value == ""));
        }
    }
}

/// What should be known of a draft: what is barred or not clear, what is missing. The order stands with the needs.
fn notes(table: &NeedsTable) -> Vec<String> {
    let mut notes = Vec::new();
    for row in &table.whole {
        let name = format!("{}: {}", row.authority, row.name);
        match row.answer {
            RuleAnswer::Barred => notes.push(format!("Barred, nothing was drafted. {name}. {}", row.words)),
            RuleAnswer::Unclear => notes.push(format!("Not clear, nothing was drafted. {name}. {}", row.words)),
            RuleAnswer::Needed | RuleAnswer::NotNeeded => {}
        }
    }
    notes.extend(table.missing.iter().cloned());
    notes
}
