//! Settling a deadline: done with its evidence, or put off. Where the record itself has a place for it, such as the
//! condition of a permission, it is written there; everywhere else a mark says so.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::perform::{Scribe, warnings};
use super::queries::ASK_BY;
use super::session::{Intent, refusal, refusal_text};
use super::write::{Done, WriteError};
use super::{Failure, drafts};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::schema::{FieldError, Problem};
use crate::services::links::Named;
use crate::store::record::{self, Stored};

/// A deadline, by what stands on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineKey {
    /// The record.
    pub about: Id,
    /// What falls due.
    pub what: String,
    /// The day on which it is due.
    pub due_on: NaiveDate,
    /// How many of the same record that are called the same and due on the same day stand before it.
    pub alike: usize,
}

/// What was decided about a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settlement {
    /// It is done.
    Done {
        /// Since which day.
        on: NaiveDate,
        /// What proves it.
        evidence: String,
    },
    /// It is not shown for a while.
    PutOff {
        /// From which day on.
        on: NaiveDate,
        /// The day on which it is shown again.
        until: NaiveDate,
    },
}

/// Where a kind of record itself keeps that a part of it is done.
struct OwnPlace {
    /// How such a deadline begins.
    prefix: &'static str,
    /// The list.
    list: &'static str,
    /// Its field that follows the prefix.
    text: &'static str,
    /// Its field for the day on which it was done.
    done: &'static str,
}

const fn own_place(kind: RecordKind) -> Option<OwnPlace> {
    Some(match kind {
        RecordKind::Permission | RecordKind::Decision => {
            OwnPlace { prefix: "Condition: ", list: "conditions", text: "text", done: "done_on" }
        }
        RecordKind::Fund => OwnPlace { prefix: "Report due: ", list: "reports", text: "title", done: "sent_on" },
        RecordKind::Visit | RecordKind::Incident => {
            OwnPlace { prefix: "Follow up: ", list: "follow_ups", text: "what", done: "done_on" }
        }
        _ => return None,
    })
}

impl Scribe<'_> {
    /// Settles a deadline.
    pub(super) fn settle(&mut self, key: &DeadlineKey, settlement: &Settlement) -> Result<Done, WriteError> {
        let stored = record::get(self.db, key.about)?.ok_or(Failure::Gone)?;
        self.refuse_unknown(key, &stored)?;
        if let Settlement::PutOff { on, until } = settlement
            && until <= on
        {
            let rule = format!("{until} is not after {on}. Write a later day, on which it is shown again");
            let problem = FieldError::at("snoozed_until", "Not shown before", Problem::Rule(rule));
            return Err(refusal(&stored.head.words(), vec![problem]));
        }
        let is_condition =
            own_place(stored.head.kind).is_some_and(|own| own.list == "conditions" && key.what.starts_with(own.prefix));
        if let Settlement::Done { evidence, .. } = settlement
            && is_condition
            && evidence.trim().is_empty()
        {
            let rule = "Write what proves it, for example a letter and where it is kept: an authority can ask for it years later";
            let problem = FieldError::at("evidence", "Evidence", Problem::Rule(rule.to_owned()));
            return Err(refusal(&stored.head.words(), vec![problem]));
        }
        if let Settlement::Done { on, evidence } = settlement
            && let Some(image) = with_done(&stored, key, *on, evidence)
        {
            return self.write_done(&stored, key, image);
        }
        self.write_mark(&stored, key, settlement)
    }

    fn refuse_unknown(&self, key: &DeadlineKey, stored: &Stored) -> Result<(), WriteError> {
        let due_on = key.due_on.to_string();
        let kept = record::deadlines(self.db, key.about)?;
        let known = kept.iter().any(|row| row.what == key.what && row.due_on == due_on);
        if known || key.what == ASK_BY && stored.head.kind == RecordKind::Permission {
            return Ok(());
        }
        let reason = format!(
            "It has no deadline “{}” on {due_on}. It may have been changed in the meantime: look at the deadlines again",
            key.what
        );
        Err(refusal_text(&stored.head.words(), &reason))
    }

    fn write_done(
        &mut self,
        stored: &Stored,
        key: &DeadlineKey,
        draft: Map<String, Value>,
    ) -> Result<Done, WriteError> {
        let (id, kind, db) = (stored.head.id, stored.head.kind, self.db);
        let image = drafts::image(db, &mut Named::default(), self.moment, kind, draft)?;
        let what = format!("Mark as done, {}: {}", stored.head.words(), key.what);
        let mut session = self.begin(Intent { kind: "edit", what, undoes: None })?;
        session.put(kind, id, &image)?;
        let done = session.finish()?;
        let message = format!("Done, {}: {}", stored.head.words(), key.what);
        Ok(Done { message, id: Some(id), warnings: warnings(db, id, kind, &done)?, touched: done.touched })
    }

    /// A mark names the words and the day, so it stands for all deadlines that have both.
    fn all_alike(&self, key: &DeadlineKey, settlement: &Settlement) -> Result<Vec<String>, WriteError> {
        let (Settlement::Done { on, .. } | Settlement::PutOff { on, .. }) = settlement;
        let (on, due_on) = (on.to_string(), key.due_on.to_string());
        let in_sight =
            |row: &&record::DeadlineRow| row.known_on <= on && (row.closed_on.is_empty() || row.closed_on > on);
        let kept = record::deadlines(self.db, key.about)?;
        let alike = kept.iter().filter(in_sight).filter(|row| row.what == key.what && row.due_on == due_on).count();
        let all = format!("{alike} deadlines of it are called so on {due_on}: this holds for all of them");
        Ok(if alike > 1 { vec![all] } else { Vec::new() })
    }

    fn write_mark(&mut self, stored: &Stored, key: &DeadlineKey, settlement: &Settlement) -> Result<Done, WriteError> {
        let warnings = self.all_alike(key, settlement)?;
        let mut draft = Map::new();
        let mut set = |field: &str, value: String| {
            if !value.is_empty() {
                draft.insert(field.to_owned(), Value::from(value));
            }
        };
        set("what", key.what.clone());
        set("due_on", key.due_on.to_string());
        set("by", self.actor().to_owned());
        let (verb, told) = match settlement {
            Settlement::Done { on, evidence } => {
                set("on", on.to_string());
                set("done_on", on.to_string());
                set("evidence", evidence.clone());
                ("Mark as done", "Done".to_owned())
            }
            Settlement::PutOff { on, until } => {
                set("on", on.to_string());
                set("snoozed_until", until.to_string());
                ("Put off", format!("Put off until {until}"))
            }
        };
        draft.insert("about".to_owned(), Value::from(key.about.0));
        let words = stored.head.words();
        let image = drafts::image(self.db, &mut Named::default(), self.moment, RecordKind::Mark, draft)?;
        let intent = Intent { kind: "create", what: format!("{verb}, {words}: {}", key.what), undoes: None };
        let mut session = self.begin(intent)?;
        let id = session.create(RecordKind::Mark, image)?;
        let done = session.finish()?;
        let message = format!("{told}, {words}: {}", key.what);
        Ok(Done { message, id: Some(id), warnings, touched: done.touched })
    }
}

/// The record with that part of it done; `None` where it has no place of its own for it.
fn with_done(stored: &Stored, key: &DeadlineKey, on: NaiveDate, evidence: &str) -> Option<Map<String, Value>> {
    let place = own_place(stored.head.kind)?;
    let text = key.what.strip_prefix(place.prefix)?;
    let mut image = stored.image.clone();
    let due_on = key.due_on.to_string();
    let is_it = |row: &&mut Map<String, Value>| {
        row.get(place.text).and_then(Value::as_str) == Some(text)
            && row.get("due_on").and_then(Value::as_str) == Some(&due_on)
            && row.get(place.done).is_none()
    };
    let rows = image.get_mut(place.list)?.as_array_mut()?;
    let row = rows.iter_mut().filter_map(Value::as_object_mut).filter(is_it).nth(key.alike)?;
    row.insert(place.done.to_owned(), Value::from(on.to_string()));
    if !evidence.is_empty() {
        row.insert("evidence".to_owned(), Value::from(evidence));
    }
    Some(image)
}
