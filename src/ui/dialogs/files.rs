//! The dialogs for files: which are attached and what they are, what speaks against it, where a copy is saved.

use std::path::PathBuf;

use eframe::egui::{ComboBox, Key, Label, TextEdit, Ui};

use super::{buttons_ui, safe_button_ui};
use crate::domain::record::AttachmentKind;
use crate::services::Doubt;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::dialog::Dialog;
use crate::ui::model::files::{FilesCommand, TypedAttach};
use crate::ui::theme::{self, space};
use crate::ui::widgets::button::{icon_button_ui, primary_button_ui};
use crate::ui::widgets::caret::caret;
use crate::ui::widgets::date_field::date_field_ui;
use crate::ui::widgets::field::{FieldText, error_ui, field_ui};

/// Paints the dialog that attaches files.
pub(super) fn attach_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let today = model.place().today;
    let Some(Dialog::Attach(typed)) = model.dialog_mut() else { return };
    if let Some(doubt) = &typed.doubt {
        doubt_ui(ui, doubt, commands);
        return;
    }
    ui.label(theme::heading(if typed.words.is_empty() {
        "Attach files".to_owned()
    } else {
        format!("Attach files to {}", typed.words)
    }));
    ui.add(Label::new("The files are kept inside the workspace, each once, and every backup holds them.").wrap());
    files_ui(ui, typed);
    let help = if typed.files.is_empty() { "Or drop files on the window" } else { "One more; may stay empty" };
    let text = FieldText { label: "Path of the file", required: typed.files.is_empty(), help, error: None };
    let response = field_ui(ui, &text, |ui| ui.add(TextEdit::singleline(&mut typed.path).desired_width(f32::INFINITY)));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if typed.files.is_empty() && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    kind_ui(ui, typed);
    let text = FieldText { label: "Dated", required: false, help: "The date that stands on it", error: None };
    field_ui(ui, &text, |ui| date_field_ui(ui, &mut typed.dated_on, today, "Dated", "2026-11-24, 2026-11 or 2026"));
    if let Some(refused) = &typed.refused {
        error_ui(ui, refused);
    }
    let ready = !typed.paths().is_empty();
    buttons_ui(ui, |ui| {
        let go = ui.add_enabled_ui(ready, |ui| {
            primary_button_ui(ui, icons::ATTACHMENT, "Attach").accessible_name("Attach").clicked()
        });
        if ready && (go.inner || entered) {
            commands.push(Command::Files(FilesCommand::Attach));
        }
        if ui.button(FilesCommand::Browse.text()).clicked() {
            commands.push(Command::Files(FilesCommand::Browse));
        }
        if ui.button(Command::CloseDialog.text()).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}

fn files_ui(ui: &mut Ui, typed: &mut TypedAttach) {
    let mut left_out = None;
    for (at, file) in typed.files.iter().enumerate() {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        ui.horizontal(|ui| {
            if icon_button_ui(ui, icons::CLOSE, &format!("Leave out {name}")).clicked() {
                left_out = Some(at);
            }
            ui.add(Label::new(format!("{} {name}", icons::FILE)).truncate()).on_hover_text(file.display().to_string());
        });
    }
    if let Some(at) = left_out {
        typed.files.remove(at);
    }
}

fn kind_ui(ui: &mut Ui, typed: &mut TypedAttach) {
    let mut kind = typed.kind();
    let text = FieldText { label: "What it is", required: true, help: "", error: None };
    field_ui(ui, &text, |ui| {
        let combo = ComboBox::from_id_salt("kind of the file").icon(caret).selected_text(kind.label());
        let shown = combo.show_ui(ui, |ui| {
            for one in AttachmentKind::ALL {
                if ui.selectable_value(&mut kind, *one, one.label()).clicked() {
                    typed.kind = Some(*one);
                }
            }
        });
        shown.response.accessible_name("What it is")
    });
}

fn doubt_ui(ui: &mut Ui, doubt: &Doubt, commands: &mut Vec<Command>) {
    ui.label(theme::heading(&doubt.question));
    for reason in &doubt.reasons {
        ui.add(Label::new(format!("{} {reason}", icons::WARNING)).wrap());
    }
    buttons_ui(ui, |ui| {
        if safe_button_ui(ui, &Command::CloseDialog.text()) {
            commands.push(Command::CloseDialog);
        }
        let anyway = FilesCommand::AttachAnyway;
        if primary_button_ui(ui, icons::ATTACHMENT, anyway.text()).accessible_name(anyway.text()).clicked() {
            commands.push(Command::Files(anyway));
        }
    });
}

/// Paints the dialog that saves a copy of a file.
pub(super) fn save_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let Some(Dialog::SaveFile(typed)) = model.dialog_mut() else { return };
    ui.label(theme::heading("Save a copy"));
    let text = FieldText { label: "Path of the file", required: true, help: "", error: None };
    let response = field_ui(ui, &text, |ui| ui.add(TextEdit::singleline(&mut typed.path).desired_width(f32::INFINITY)));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let chosen = Some(typed.path.trim()).filter(|path| !path.is_empty()).map(PathBuf::from);
    let attachment = typed.attachment;
    ui.add_space(space::MEDIUM);
    ui.horizontal(|ui| {
        let go = ui.add_enabled_ui(chosen.is_some(), |ui| {
            primary_button_ui(ui, icons::SAVE, "Save").accessible_name("Save the copy").clicked()
        });
        if let Some(path) = chosen.filter(|_| go.inner || entered) {
            commands.push(Command::Files(FilesCommand::Save(attachment, path)));
        }
        if ui.button(FilesCommand::BrowseSave.text()).clicked() {
            commands.push(Command::Files(FilesCommand::BrowseSave));
        }
        if ui.button(Command::CloseDialog.text()).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}
