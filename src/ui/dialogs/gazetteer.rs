//! The dialog for a gazetteer: the path of its file.

use std::path::PathBuf;

use eframe::egui::{Key, Label, TextEdit, Ui};

use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::dialog::Dialog;
use crate::ui::theme::{self, space};
use crate::ui::widgets::button::primary_button_ui;
use crate::ui::widgets::field::{FieldText, field_ui};

/// Paints the dialog.
pub(super) fn gazetteer_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    ui.label(theme::heading("Load a gazetteer"));
    ui.add(Label::new("Places with their P-codes, from a CSV file. New ones are added, empty fields of known ones are filled, and undo takes all back.").wrap());
    let Some(Dialog::Gazetteer { path }) = model.dialog_mut() else { return };
    let help = "With the headings of the UN's common operational datasets, or with pcode, name_en, parent_pcode";
    let text = FieldText { label: "Path of the file", required: true, help, error: None };
    let response = field_ui(ui, &text, |ui| ui.add(TextEdit::singleline(path).desired_width(f32::INFINITY)));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    let chosen = Some(path.trim()).filter(|path| !path.is_empty()).map(PathBuf::from);
    ui.add_space(space::MEDIUM);
    ui.horizontal(|ui| {
        let go = ui.add_enabled_ui(chosen.is_some(), |ui| {
            primary_button_ui(ui, icons::SITE, "Load").accessible_name("Load").clicked()
        });
        if let Some(path) = chosen.filter(|_| go.inner || entered) {
            commands.push(Command::LoadGazetteer(path));
        }
        if ui.button(Command::CloseDialog.text()).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}
