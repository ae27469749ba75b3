//! Fields of a catalogue outside a record's form: what is typed is a question and is never saved.

use std::collections::BTreeSet;

use eframe::egui::Ui;
use serde_json::{Map, Value};

use crate::domain::schema::{Field, FieldError};
use crate::ui::forms::fields::Painter;
use crate::ui::forms::{FormAction, FormContext};
use crate::ui::theme::size;

/// What is typed into loose fields.
pub struct Loose<'a> {
    /// The values, as they were typed.
    pub draft: &'a mut Map<String, Value>,
    /// The fields that were left at least once.
    pub visited: &'a mut BTreeSet<String>,
    /// What cannot be read of them.
    pub errors: &'a [FieldError],
}

/// Paints fields over the width there is.
pub fn loose_ui(
    ui: &mut Ui,
    fields: &'static [Field],
    loose: &mut Loose<'_>,
    context: &FormContext<'_>,
    actions: &mut Vec<FormAction>,
) {
    let columns = if ui.available_width() >= 2.0 * size::FIELD { 2 } else { 1 };
    let mut painter = Painter {
        context,
        actions,
        own: loose.errors,
        refused: &mut Vec::new(),
        visited: loose.visited,
        attempted: false,
        focus: &mut None,
        path: String::new(),
    };
    painter.fields_ui(ui, fields, loose.draft, columns);
}
