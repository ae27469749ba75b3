//! Opening, saving and leaving forms.

use std::path::PathBuf;

use serde_json::{Map, Value};

use super::dialog::{After, Dialog, Refused};
use super::fetch::Wanted;
use super::forms::MOST_FORMS;
use super::{Effect, Model};
use crate::domain::record::{Answer, RecordKind};
use crate::services::{Done, Write, WriteError};
use crate::ui::command::Command;
use crate::ui::exchange::{Opening, Purpose, Request};
use crate::ui::forms::{Form, ManyForm};

impl Model {
    pub(super) fn edit(&mut self, command: &Command) -> Vec<Effect> {
        let effect = match *command {
            Command::New(kind) => {
                self.open_form(Form::new(kind, Map::new()).ready_to_type());
                None
            }
            Command::NewUnder { kind, parent, .. } => Some(self.fetch(Wanted::Child(kind), parent)),
            Command::AddLetter(decision) => Some(self.fetch(Wanted::LetterDecision, decision)),
            Command::Edit(id) => Some(self.fetch(Wanted::Edit, id)),
            Command::Duplicate(id) => Some(self.fetch(Wanted::Duplicate, id)),
            Command::AskDelete(id) => Some(self.fetch(Wanted::Delete, id)),
            Command::SaveForm => self.save_form(),
            Command::CloseForm => {
                self.close_form();
                None
            }
            Command::DiscardForm => {
                self.forms.close_front();
                self.dialog = None;
                None
            }
            Command::SaveThenGoOn => {
                self.dialog = None;
                let effect = self.save_form();
                if effect.is_none() && !self.is_writing() {
                    // Something in the form is wrong, so there is nothing to go on with before that is mended.
                    self.go_on = None;
                }
                effect
            }
            Command::DiscardThenGoOn => return self.discard_then_go_on(),
            _ => None,
        };
        effect.into_iter().collect()
    }

    pub(super) fn open_form(&mut self, form: Form) {
        if !self.forms.open(form) {
            self.notices.warn(format!("{MOST_FORMS} forms are open already. Save or close one first"));
        }
    }

    fn save_form(&mut self) -> Option<Effect> {
        let (number, write) = self.forms.begin_saving()?;
        self.writing += 1;
        Some(Effect::Send(Request::Write(Purpose::Form(number), write)))
    }

    fn close_form(&mut self) {
        match self.forms.front() {
            Some(open) if open.form.is_dirty() => {
                self.go_on = Some(After::Close);
                self.dialog = Some(Dialog::Unsaved(After::Close));
            }
            _ => self.forms.close_front(),
        }
    }

    /// Opens another workspace. A second try while the first is under way would only find the file in use by itself.
    pub(super) fn open_workspace(&mut self, path: PathBuf, opening: Opening) -> Vec<Effect> {
        if self.opening.is_some() {
            return Vec::new();
        }
        if self.place.path.as_ref() == Some(&path) && !self.place.read_only {
            let refused = Some(Refused { why: "This workspace is open already".to_owned(), in_use: false });
            self.dialog = Some(Dialog::Workspace { opening, path: path.display().to_string(), refused });
            return Vec::new();
        }
        self.leave(After::Open(path, opening))
    }

    /// Leaves the window or the workspace; asks where something typed would be lost.
    pub(super) fn leave(&mut self, after: After) -> Vec<Effect> {
        if self.forms.any_dirty() {
            self.go_on = Some(after.clone());
            self.dialog = Some(Dialog::Unsaved(after));
            return Vec::new();
        }
        if self.many.as_ref().is_some_and(ManyForm::sets_anything) {
            self.notices.warn("Fields are set for many records and not saved yet. Save or cancel that first");
            return Vec::new();
        }
        self.forms.close_all();
        self.go_on = None;
        // The dialog with the path stays until the workspace is open, for the path may be wrong.
        if !matches!(self.dialog, Some(Dialog::Workspace { .. })) {
            self.dialog = None;
        }
        let mut effects = self.settle();
        effects.push(match after {
            After::Close => return effects,
            After::Quit => Effect::Quit,
            After::Open(path, opening) => {
                self.opening = Some((path.clone(), opening));
                Effect::Send(Request::Open(path, opening))
            }
        });
        effects
    }

    fn discard_then_go_on(&mut self) -> Vec<Effect> {
        self.dialog = None;
        match self.go_on.take() {
            None | Some(After::Close) => {
                self.forms.close_front();
                Vec::new()
            }
            Some(after) => {
                self.forms.close_all();
                self.leave(after)
            }
        }
    }

    pub(super) fn form_written(&mut self, number: u64, outcome: Result<Done, WriteError>) -> Vec<Effect> {
        let done = match outcome {
            Ok(done) => done,
            Err(WriteError::Refused(refusal)) => {
                self.go_on = None;
                self.forms.not_saved(number, Some(refusal.problems));
                return Vec::new();
            }
            Err(error @ (WriteError::Failed(_) | WriteError::AskFirst(_))) => {
                self.go_on = None;
                self.forms.not_saved(number, None);
                self.notices.problem(error.to_string());
                return Vec::new();
            }
        };
        if let Some(form) = self.forms.saved(number) {
            self.after_saving(&form, &done);
        }
        self.written(&done);
        match self.go_on.take() {
            None | Some(After::Close) => Vec::new(),
            Some(after) => self.leave(after),
        }
    }

    /// Hands the form for many records over.
    pub(super) fn save_many(&mut self) -> Vec<Effect> {
        let Some(form) = &mut self.many else { return Vec::new() };
        let Some(set) = form.attempt() else { return Vec::new() };
        let records = form.many.records.clone();
        self.writing += 1;
        vec![Effect::Send(Request::Write(Purpose::Many, Write::EditMany { records, set }))]
    }

    pub(super) fn many_written(&mut self, outcome: Result<Done, WriteError>) {
        match (outcome, &mut self.many) {
            (Ok(done), _) => {
                self.many = None;
                self.dialog.take_if(|dialog| *dialog == Dialog::EditMany);
                self.written(&done);
            }
            (Err(WriteError::Refused(refusal)), Some(form)) => form.refuse(refusal.problems),
            (Err(error), form) => {
                if let Some(form) = form {
                    form.refuse(Vec::new());
                }
                self.notices.problem(error.to_string());
            }
        }
    }

    /// What one wants to see or do next, now that a record is saved.
    fn after_saving(&mut self, form: &Form, done: &Done) {
        let Some(id) = done.id.filter(|_| form.editing.is_none()) else { return };
        let answer = form.draft.get("answer").and_then(Value::as_str).and_then(Answer::from_word);
        if form.kind == RecordKind::Decision && answer.is_some_and(Answer::grants) {
            let action = Command::AddLetter(id);
            self.notices.offer("The decision grants something. Is the letter there?", (action.text(), action));
        }
        // A record under the one that is open shows up in its timeline; only others come to the front themselves.
        if self.open.is_none() && self.route.kind() == Some(form.kind) {
            self.show_record(Some(id));
        }
    }
}
