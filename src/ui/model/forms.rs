//! The forms that are open: a short stack. What is typed in them is remembered for a crash.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::schema::FieldError;
use crate::services::Write;
use crate::ui::forms::{Form, Phase};

/// How many forms can stand on each other; more would hide what one came from.
pub const MOST_FORMS: usize = 4;
/// The name under which what is typed is remembered.
pub const DRAFT_MEMORY: &str = "draft";

/// A form and the number by which the reply to its write finds it.
pub struct OpenForm {
    /// Its number.
    pub number: u64,
    /// What stands in it.
    pub form: Form,
    saving: bool,
}

impl OpenForm {
    fn write(&self) -> Write {
        let draft = self.form.draft.clone();
        match self.form.editing {
            None => Write::Create { kind: self.form.kind, draft },
            Some((id, version)) => Write::Edit { id, version, draft },
        }
    }

    /// Whether a write of it is under way.
    #[must_use]
    pub const fn is_saving(&self) -> bool {
        self.saving
    }
}

/// The stack of forms.
#[derive(Default)]
pub struct Forms {
    stack: Vec<OpenForm>,
    last: u64,
}

impl Forms {
    /// Opens a form in front of the others. Says whether there was room.
    pub fn open(&mut self, form: Form) -> bool {
        let has_room = self.stack.len() < MOST_FORMS;
        if has_room {
            self.last += 1;
            self.stack.push(OpenForm { number: self.last, form, saving: false });
        }
        has_room
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
        self.stack.iter().any(|open| open.form.is_dirty())
    }

    /// Hands the form in front over and gives its write; `None` where something in it is wrong or it is on its way.
    pub fn begin_saving(&mut self) -> Option<(u64, Write)> {
        let open = self.stack.last_mut().filter(|open| !open.saving)?;
        // The painter hands it over by itself when its own button is pressed.
        if open.form.phase != Phase::Saving {
            open.form.attempt()?;
        }
        open.saving = true;
        Some((open.number, open.write()))
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
    pub fn saved(&mut self, number: u64) -> Option<Form> {
        let at = self.stack.iter().position(|open| open.number == number)?;
        Some(self.stack.remove(at).form)
    }

    /// The form was not saved: it stays, with the reasons where there are any.
    pub fn not_saved(&mut self, number: u64, problems: Option<Vec<FieldError>>) {
        let Some(open) = self.stack.iter_mut().find(|open| open.number == number) else { return };
        open.saving = false;
        match problems {
            Some(problems) => open.form.refuse(problems),
            None => open.form.take_back(),
        }
    }

    /// What must be remembered so that nothing typed is lost: `None` where nothing was typed.
    #[must_use]
    pub fn memory(&self) -> Option<String> {
        let keep = |open: &OpenForm| Kept {
            kind: open.form.kind,
            editing: open.form.editing,
            original: open.form.original.clone(),
            draft: open.form.draft.clone(),
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
        let open = |kept: Kept| {
            let mut form = Form::new(kept.kind, kept.original);
            form.editing = kept.editing;
            self.open(form.with_draft(kept.draft))
        };
        kept.into_iter().map(open).filter(|opened| *opened).count()
    }
}

/// A form as it is remembered.
#[derive(Serialize, Deserialize)]
struct Kept {
    kind: RecordKind,
    editing: Option<(Id, i64)>,
    original: Map<String, Value>,
    draft: Map<String, Value>,
}
