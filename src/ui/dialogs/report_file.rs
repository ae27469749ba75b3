//! The dialog that asks where a report goes.

use eframe::egui::{Key, Label, TextEdit, Ui};

use super::copies::whom_ui;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::dialog::Dialog;
use crate::ui::model::export::AUDIENCES;
use crate::ui::model::reports::ReportCommand;
use crate::ui::theme::{self, space};
use crate::ui::widgets::button::primary_button_ui;
use crate::ui::widgets::field::{FieldText, field_ui};

/// Paints the dialog.
pub(super) fn report_file_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let audiences = model.choices_of(AUDIENCES);
    let Some(Dialog::ReportFile(typed)) = model.dialog_mut() else { return };
    let ending = typed.format.extension();
    ui.label(theme::heading(format!("Save the report: {}", typed.format.label())));
    ui.add(Label::new("With the figures as they stand now. A file that is there is replaced.").wrap());
    if whom_ui(ui, &mut typed.whom, audiences.as_ref()) {
        commands.push(Command::Report(ReportCommand::LookAtCopy));
    }
    ui.add_space(space::SMALL);
    let help = format!("It ends with .{ending}");
    let text = FieldText { label: "Path of the file", required: true, help: &help, error: None };
    let response = field_ui(ui, &text, |ui| ui.add(TextEdit::singleline(&mut typed.path).desired_width(f32::INFINITY)));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    let chosen = typed.chosen().filter(|_| typed.whom.is_known());
    ui.add_space(space::MEDIUM);
    ui.horizontal(|ui| {
        let go = ui.add_enabled_ui(chosen.is_some(), |ui| {
            primary_button_ui(ui, icons::SAVE, "Save").accessible_name("Save the report").clicked()
        });
        if let Some(path) = chosen.filter(|_| go.inner || entered) {
            commands.push(Command::Report(ReportCommand::Save(path)));
        }
        if ui.button(ReportCommand::Browse.text()).clicked() {
            commands.push(Command::Report(ReportCommand::Browse));
        }
        if ui.button(Command::CloseDialog.text()).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
    ui.add(Label::new(theme::small("If Browse opens nothing, type the path here")).wrap());
}
