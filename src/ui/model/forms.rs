//! The forms that are open: a short stack, each with its subject. What is typed in them is remembered for a crash.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::{Refusal, Write};
use crate::ui::forms::Form;

/// How many forms can stand on each other; more would hide what one came from.
pub const MOST_FORMS: usize = 4;
/// The name under which what is typed is remembered.
pub const DRAFT_MEMORY: &str = "draft";

/// The record that a form is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// One that is not there yet.
    New,
    /// One that is, as it was when the form was opened.
    Existing {
        /// The record.
        id: Id,
        /// The version that is edited.
        version: i64,
    },
}

/// A form and what it is about.
pub struct OpenForm {
    /// Its number, by which the reply to its write finds it.
    pub number: u64,
    /// What it is about.
    pub subject: Subject,
    /// What stands in it.
    pub form: Form,
    saving: bool,
}

impl OpenForm {
    /// The write that saves it.
    #[must_use]
    pub fn write(&self) -> Write {
        let draft = self.form.draft().clone();
        match self.subject {
            Subject::New => Write::Create { kind: self.form.kind(), draft },
            Subject::Existing { id, version } => Write::Edit { id, version, draft },
        }
    }

    /// Whether a write of it is under way.
    #[must_use]
    pub const fn is_saving(&self) -> bool {
        self.saving
    }

    /// Whether something would be lost on closing it.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.form.is_dirty()
    }

    /// The heading: `New request`, `Edit request`.
    #[must_use]
    pub fn heading(&self) -> String {
        let kind = crate::ui::command::lower_first(self.form.kind().label());
        match self.subject {
            Subject::New => format!("New {kind}"),
            Subject::Existing { .. } => format!("Edit {kind}"),
        }
    }
}

/// The stack of forms.
#[derive(Default)]
pub struct Forms {
    stack: Vec<OpenForm>,
    last: u64,
}

impl Forms {
    /// Opens a form in front of the others. `original` is what counts as unchanged. Says whether there was room.
    pub fn open(&mut self, kind: RecordKind, subject: Subject, original: Map<String, Value>, draft: Map<String, Value>) -> bool {
        if self.stack.len() >= MOST_FORMS {
            return false;
        }
        self.last += 1;
        let form = Form::restored(kind, original, draft);
        self.stack.push(OpenForm { number: self.last, subject, form, saving: false });
        true
    }

    /// Whether none is open.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.stack.is_empty()
    }

    /// The forms, the one in front last.
    #[must_use]
    pub fn all(&self) -> &[OpenForm] {
        &self.stack
    }

    /// The form in front.
    #[must_use]
    pub fn front(&self) -> Option<&OpenForm> {
        self.stack.last()
    }

    /// The form in front, to be typed in.
    pub fn front_mut(&mut self) -> Option<&mut OpenForm> {
        self.stack.last_mut()
    }

    /// Whether something would be lost on closing them all.
    #[must_use]
    pub fn any_dirty(&self) -> bool {
        self.stack.iter().any(OpenForm::is_dirty)
    }

    /// Marks the form in front as being saved and gives its write.
    pub fn begin_saving(&mut self) -> Option<(u64, Write)> {
        let form = self.stack.last_mut().filter(|form| !form.saving)?;
        form.saving = true;
        form.form.save_was_tried();
        Some((form.number, form.write()))
    }

    /// Closes the form in front.
    pub fn close_front(&mut self) {
        self.stack.pop();
    }

    /// Closes all.
    pub fn close_all(&mut self) {
        self.stack.clear();
    }

    /// The form was saved: takes it away and gives it back.
    pub fn saved(&mut self, number: u64) -> Option<OpenForm> {
        let at = self.stack.iter().position(|form| form.number == number)?;
        Some(self.stack.remove(at))
    }

    /// The form was not saved: it stays, with the reasons where there are any.
    pub fn not_saved(&mut self, number: u64, refusal: Option<Refusal>) {
        let Some(form) = self.stack.iter_mut().find(|form| form.number == number) else { return };
        form.saving = false;
        if let Some(refusal) = refusal {
            form.form.refused(refusal);
        }
    }

    /// What must be remembered so that nothing typed is lost: `None` where nothing was typed.
    #[must_use]
    pub fn memory(&self) -> Option<String> {
        let keep = |form: &OpenForm| Kept {
            kind: form.form.kind(),
            subject: form.subject,
            original: form.form.original().clone(),
            draft: form.form.draft().clone(),
        };
        if !self.any_dirty() {
            return None;
        }
        let kept: Vec<Kept> = self.stack.iter().map(keep).collect();
        serde_json::to_string(&kept).ok()
    }

    /// Opens again what was typed before the program ended; says how many forms.
    pub fn recall(&mut self, memory: &str) -> usize {
        // What an older version wrote and this one cannot read is not worth a question at the start.
        let kept: Vec<Kept> = serde_json::from_str(memory).unwrap_or_default();
        let open = |kept: Kept| self.open(kept.kind, kept.subject, kept.original, kept.draft);
        kept.into_iter().map(open).filter(|opened| *opened).count()
    }
}

/// A form as it is remembered.
#[derive(Serialize, Deserialize)]
struct Kept {
    kind: RecordKind,
    subject: Subject,
    original: Map<String, Value>,
    draft: Map<String, Value>,
}
