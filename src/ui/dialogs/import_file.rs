//! The dialog for a file that the importer writes: a template of a kind, or the rows that cannot come in.

use eframe::egui::{ComboBox, Key, Label, TextEdit, Ui};

use super::buttons_ui;
use crate::domain::record::RecordKind;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::dialog::Dialog;
use crate::ui::model::import::{ImportFile, Importing, TypedImportFile};
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::button::primary_button_ui;
use crate::ui::widgets::caret::caret;
use crate::ui::widgets::field::{FieldText, field_ui};

/// Paints the dialog.
pub(super) fn import_file_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let Some(Dialog::ImportFile(typed)) = model.dialog_mut() else { return };
    let (heading, words) = match typed.file {
        ImportFile::Template(_) => (
            "Save a template",
            "A workbook with a column for each field, what belongs into it, and lists to choose from. Fill it in and import it.",
        ),
        ImportFile::Rejected => (
            "Save the rows that cannot come in",
            "Each row as it stands in the file, with what is wrong in a last column. Mend it there and import that file.",
        ),
    };
    ui.label(theme::heading(heading));
    ui.add(Label::new(words).wrap());
    ui.add_space(space::SMALL);
    if let ImportFile::Template(kind) = typed.file {
        kind_ui(ui, typed, kind);
        ui.add_space(space::SMALL);
    }
    let help = format!("For example /home/me/{}. A file that is there is replaced", typed.file_name());
    let text = FieldText { label: "Path of the file", required: true, help: &help, error: None };
    let response = field_ui(ui, &text, |ui| ui.add(TextEdit::singleline(&mut typed.path).desired_width(f32::INFINITY)));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    let ready = typed.chosen().is_some();
    buttons_ui(ui, |ui| {
        let go = ui.add_enabled_ui(ready, |ui| {
            primary_button_ui(ui, icons::SAVE, Importing::Save.text()).accessible_name("Save the file").clicked()
        });
        if ready && (go.inner || entered) {
            commands.push(Command::Import(Importing::Save));
        }
        if ui.button(Importing::BrowseSave.text()).accessible_name("Browse for the file").clicked() {
            commands.push(Command::Import(Importing::BrowseSave));
        }
        if ui.button(Command::CloseDialog.text()).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
    ui.add(Label::new(theme::small("If Browse opens nothing, type the path here")).wrap());
}

fn kind_ui(ui: &mut Ui, typed: &mut TypedImportFile, kind: RecordKind) {
    let text = FieldText { label: "Template for", required: true, help: "", error: None };
    field_ui(ui, &text, |ui| {
        let combo = ComboBox::from_id_salt("kind of the template").height(size::WORDS).icon(caret);
        let shown = combo.selected_text(kind.heading()).show_ui(ui, |ui| {
            for one in RecordKind::ALL {
                if ui.selectable_label(*one == kind, one.heading()).clicked() {
                    typed.set_kind(*one);
                    ui.close();
                }
            }
        });
        shown.response.accessible_name("Template for")
    });
}
