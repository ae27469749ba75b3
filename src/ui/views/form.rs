//! The pane with the form in front: the form itself, and the way back to those behind it.

use std::sync::Arc;

use eframe::egui::Ui;

use crate::domain::record::RecordKind;
use crate::services::queries::LinkChoice;
use crate::ui::command::{Command, lower_first};
use crate::ui::forms::{FormAction, FormContext, form_ui};
use crate::ui::model::Model;
use crate::ui::theme;

/// Paints the form in front.
pub fn pane_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    behind_ui(ui, model);
    let today = model.place().today;
    let mut actions = Vec::new();
    let (forms, choices) = model.forms_and_choices();
    let Some(open) = forms.front_mut() else { return };
    let choose = |kinds: &'static [RecordKind]| -> Option<Arc<Vec<LinkChoice>>> {
        choices.get(kinds).and_then(|loaded| loaded.value().cloned())
    };
    let context = FormContext { choices: &choose, today };
    ui.push_id(("form", open.number), |ui| form_ui(ui, &mut open.form, &context, &mut actions));
    for action in actions {
        match action {
            FormAction::Save(_) => commands.push(Command::SaveForm),
            FormAction::Close => commands.push(Command::CloseForm),
            FormAction::NeedChoices(kinds) => {
                if model.want_choices(kinds) {
                    ui.ctx().request_repaint();
                }
            }
        }
    }
}

/// Says which forms wait behind this one.
fn behind_ui(ui: &mut Ui, model: &Model) {
    let (Some((_front, behind)), true) = (model.forms().all().split_last(), model.forms().all().len() > 1) else {
        return;
    };
    let names: Vec<String> = behind.iter().map(|open| lower_first(open.form.kind.label())).collect();
    ui.label(theme::small(format!("Waiting behind this form: {}", names.join(", "))));
}
