//! The dialog before a report is sealed: for whom, what is left out of its files, what has no text yet, and a word beside it.

use eframe::egui::{Label, RichText, TextEdit, Ui};

use super::copies::whom_ui;
use super::{body_ui, buttons_ui};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::dialog::Dialog;
use crate::ui::model::export::AUDIENCES;
use crate::ui::model::reports::ReportCommand;
use crate::ui::theme::{self, Tone, space};
use crate::ui::widgets::button::primary_button_ui;
use crate::ui::widgets::field::{FieldText, field_ui};

/// Paints the dialog.
pub(super) fn seal_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let audiences = model.choices_of(AUDIENCES);
    let unwritten = model.reports().unwritten().to_vec();
    let Some(Dialog::Seal(typed)) = model.dialog_mut() else { return };
    ui.label(theme::heading("Seal the report"));
    body_ui(ui, |ui| {
        ui.add(Label::new(theme::semibold(&typed.title)).wrap());
        let words = "Its PDF and its workbook are kept as they are now and cannot be changed any more. Later changes of the record \
                     that would alter a figure are told, figure by figure.";
        ui.add(Label::new(words).wrap());
        for title in unwritten {
            let warn = Tone::Warn.colours(ui.visuals()).text;
            ui.add(
                Label::new(RichText::new(format!("{} “{title}” has no text yet", icons::WARNING)).color(warn)).wrap(),
            );
        }
        if whom_ui(ui, &mut typed.whom, audiences.as_ref()) {
            commands.push(Command::Report(ReportCommand::LookAtCopy));
        }
        ui.add_space(space::SMALL);
        let text = FieldText { label: "Note", required: false, help: "For example how it was sent", error: None };
        field_ui(ui, &text, |ui| ui.add(TextEdit::singleline(&mut typed.note).desired_width(f32::INFINITY)));
    });
    let ready = typed.whom.is_known();
    buttons_ui(ui, |ui| {
        let seal = ReportCommand::Seal;
        let clicked = ui.add_enabled_ui(ready, |ui| {
            primary_button_ui(ui, icons::for_kind(crate::domain::record::RecordKind::Seal), seal.text())
                .accessible_name("Seal the report now")
                .clicked()
        });
        if clicked.inner {
            commands.push(Command::Report(seal));
        }
        if ui.button(Command::CloseDialog.text()).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}
