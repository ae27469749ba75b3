//! The dialog for another workspace: a typed path, and the system's own dialog beside it.

use std::path::PathBuf;

use eframe::egui::{Label, TextEdit, Ui};

use crate::ui::app::FILE_ENDING;
use crate::ui::command::Command;
use crate::ui::exchange::Opening;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::dialog::Dialog;
use crate::ui::theme::space;
use crate::ui::widgets::button::primary_button_ui;
use crate::ui::widgets::field::{FieldText, field_ui};

/// Paints the dialog.
pub(super) fn workspace_ui(ui: &mut Ui, opening: Opening, model: &mut Model, commands: &mut Vec<Command>) {
    let command = Command::AskWorkspace(opening);
    ui.label(crate::ui::theme::heading(command.text().trim_end_matches('…')));
    let Some(Dialog::Workspace { path, refused, .. }) = model.dialog_mut() else { return };
    let in_use = refused.as_ref().is_some_and(|refused| refused.in_use);
    let error = refused.as_ref().map(|refused| refused.why.clone());
    let text = FieldText { label: "Path of the file", required: true, help: hint(opening), error: error.as_deref() };
    let response = field_ui(ui, &text, |ui| ui.add(TextEdit::singleline(path).desired_width(f32::INFINITY)));
    // Asked before the field takes the focus back, for then it has not lost it.
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(eframe::egui::Key::Enter));
    let nothing_focused = ui.memory(|memory| memory.focused().is_none());
    if nothing_focused {
        response.request_focus();
    }
    if response.changed() {
        *refused = None;
    }
    let chosen = chosen_path(path, opening);
    ui.add_space(space::MEDIUM);
    ui.horizontal(|ui| {
        let verb = if opening == Opening::New { "Create" } else { "Open" };
        let go = ui.add_enabled_ui(chosen.is_some(), |ui| {
            primary_button_ui(ui, icons::MATTER, verb).accessible_name(verb).clicked()
        });
        if let Some(path) = chosen {
            if in_use && opening == Opening::Existing && ui.button("Open for reading only").clicked() {
                commands.push(Command::OpenWorkspace(path.clone(), Opening::ReadOnly));
            }
            if go.inner || entered {
                commands.push(Command::OpenWorkspace(path, opening));
            }
        }
        let browse = Command::PickFile(opening);
        if ui.button(browse.text()).clicked() {
            commands.push(browse);
        }
        if ui.button(Command::CloseDialog.text()).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
    ui.add(Label::new(crate::ui::theme::small("If Browse opens nothing, type the path here")).wrap());
}

const fn hint(opening: Opening) -> &'static str {
    match opening {
        Opening::New => "For example /home/me/aid.corridor. Nothing may be there yet",
        Opening::Existing => "For example /home/me/aid.corridor",
        Opening::ReadOnly => "Works while another program has the file open",
    }
}

/// The path that was typed. A new file gets the usual ending.
fn chosen_path(typed: &str, opening: Opening) -> Option<PathBuf> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let path = PathBuf::from(typed);
    let needs_ending = opening == Opening::New && path.extension().is_none();
    Some(if needs_ending { path.with_extension(FILE_ENDING) } else { path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_gets_the_usual_ending() {
        assert_eq!(chosen_path(" /tmp/aid ", Opening::New), Some(PathBuf::from("/tmp/aid.corridor")));
        assert_eq!(chosen_path("/tmp/aid.db", Opening::Existing), Some(PathBuf::from("/tmp/aid.db")));
        assert_eq!(chosen_path("  ", Opening::Existing), None);
    }
}
