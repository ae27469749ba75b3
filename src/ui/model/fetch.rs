//! Records on their way into a form: what a draft is asked for, and what happens when it comes.

use super::dialog::Dialog;
use super::{Effect, Model, kin};
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, copy_of};
use crate::services::Query;
use crate::services::queries::RecordDraft;
use crate::ui::exchange::{Ask, Request, Slot};
use crate::ui::forms::Form;
use serde_json::{Map, Value};

/// What a draft is asked for. One at a time: a second click replaces the first.
#[derive(Debug)]
pub struct Fetch {
    what: Wanted,
    id: Id,
    generation: u64,
}

#[derive(Debug)]
pub(super) enum Wanted {
    /// A form with the record.
    Edit,
    /// A form with a record like it.
    Duplicate,
    /// The question whether it should go.
    Delete,
    /// A form for a record under it.
    Child(RecordKind),
    /// The decision that a letter follows.
    LetterDecision,
    /// The request that the decision answered.
    LetterRequest { decision_id: Id, decision: Map<String, Value> },
}

impl Model {
    pub(super) fn fetch(&mut self, what: Wanted, id: Id) -> Effect {
        self.fetches += 1;
        let generation = self.fetches;
        self.fetch = Some(Fetch { what, id, generation });
        let generation = self.marked_generation(generation);
        Effect::Send(Request::Ask(Ask { slot: Slot::Draft(id), generation, query: Query::Draft { id } }))
    }

    pub(super) fn draft_arrived(
        &mut self,
        id: Id,
        generation: u64,
        outcome: Result<Option<RecordDraft>, String>,
    ) -> Vec<Effect> {
        let Some(fetch) = self.fetch.take_if(|fetch| fetch.id == id && fetch.generation == generation) else {
            return Vec::new();
        };
        match outcome {
            Ok(Some(draft)) => self.use_draft(fetch.what, draft),
            Ok(None) => {
                self.notices.problem("The record is no longer there. Reload the list");
                Vec::new()
            }
            Err(failure) => {
                self.notices.problem(failure);
                Vec::new()
            }
        }
    }

    fn use_draft(&mut self, what: Wanted, record: RecordDraft) -> Vec<Effect> {
        let RecordDraft { id, kind, version, draft } = record;
        match what {
            Wanted::Edit => self.open_form(Form::edit(RecordDraft { id, kind, version, draft })),
            Wanted::Duplicate => {
                self.open_form(Form::new(kind, copy_of(kind, &draft)).ready_to_type());
            }
            Wanted::Delete => {
                let reference = draft.get("reference").and_then(Value::as_str).unwrap_or_default();
                let what = format!("{} {reference}", crate::ui::command::lower_first(kind.label()));
                self.dialog = Some(Dialog::Delete { id, version, what: what.trim_end().to_owned() });
            }
            Wanted::Child(child) => {
                let draft = kin::child_draft(child, kind, id, &draft);
                self.open_form(Form::new(child, draft).ready_to_type());
            }
            Wanted::LetterDecision => {
                if let Some(request) = draft.get("request").and_then(Value::as_i64) {
                    return vec![self.fetch(Wanted::LetterRequest { decision_id: id, decision: draft }, Id(request))];
                }
            }
            Wanted::LetterRequest { decision_id, decision } => {
                let letter = kin::letter_draft(decision_id, &decision, &draft);
                self.open_form(Form::new(RecordKind::Permission, letter).ready_to_type());
            }
        }
        Vec::new()
    }
}
