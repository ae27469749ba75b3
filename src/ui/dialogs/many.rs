//! The dialog with the form for many records.

use std::sync::Arc;

use eframe::egui::Ui;

use crate::domain::record::RecordKind;
use crate::services::queries::LinkChoice;
use crate::ui::command::Command;
use crate::ui::forms::{FormAction, FormContext, many_ui as fields_ui};
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::gather::kind_counted;
use crate::ui::theme::{self, space};
use crate::ui::widgets::button::primary_button_ui;

/// Paints the dialog.
pub(super) fn many_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let today = model.place().today;
    let mut actions = Vec::new();
    let (form, choices) = model.many_and_choices();
    let Some(form) = form else { return };
    let choose = |kinds: &'static [RecordKind]| -> Option<Arc<Vec<LinkChoice>>> {
        choices.get(kinds).and_then(|loaded| loaded.value().cloned())
    };
    let context = FormContext { choices: &choose, today };
    ui.label(theme::heading(format!("Edit {}", kind_counted(form.kind, form.many.records.len()))));
    ui.label(theme::small("Tick what should change. All are saved in one step, and one undo takes them back"));
    ui.add_space(space::SMALL);
    fields_ui(ui, form, &context, &mut actions);
    ui.add_space(space::MEDIUM);
    ui.horizontal(|ui| {
        let label = if form.saving { "Saving" } else { "Save" };
        let can_save = form.sets_anything() && !form.saving;
        let save = ui.add_enabled_ui(can_save, |ui| primary_button_ui(ui, icons::SAVE, label)).inner;
        if save.accessible_name("Save all").clicked() {
            commands.push(Command::SaveMany);
        }
        if ui.button(Command::CloseDialog.text()).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
    for action in actions {
        if let FormAction::NeedChoices(kinds) = action
            && model.want_choices(kinds)
        {
            ui.ctx().request_repaint();
        }
    }
}
