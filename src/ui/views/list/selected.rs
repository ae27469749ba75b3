//! What can be done with the selected rows: a calm row of buttons beside the heading of the list.

use eframe::egui::{Align, Button, Layout, Ui};

use crate::domain::record::RecordKind;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::gather::{Copied, counted, grouped};
use crate::ui::model::rows::RowsCommand;
use crate::ui::theme;
use crate::ui::widgets::button::{icon_button_ui, quiet_button_ui};

/// The room from which the buttons have words.
const WORDS: f32 = 400.0;

/// Paints the buttons, or how far the reading of many rows has come.
pub(super) fn buttons_ui(ui: &mut Ui, kind: RecordKind, model: &Model, commands: &mut Vec<Command>) {
    let selected = model.list(kind).map_or(0, |list| list.rows.selection.len());
    let room = ui.available_width();
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if let Some((done, all)) = model.gathering() {
            if quiet_button_ui(ui, icons::CLOSE, "Stop").accessible_name("Stop reading").clicked() {
                commands.push(Command::StopGathering);
            }
            ui.label(theme::muted(format!("Reading {} of {}", grouped(done), counted(all, "row", "rows"))));
            return;
        }
        if selected == 0 {
            return;
        }
        let has_words = room >= WORDS;
        let offered = [
            (icons::CLOSE, "Clear", Command::Rows(kind, RowsCommand::Clear), "Clear the selection (Esc)"),
            (icons::TRASH, "Delete…", Command::AskDeleteMany(kind), "Delete the selected records"),
            (icons::COPY, "Copy", Command::Copy(kind, Copied::Chosen), "Copy the selected rows (Ctrl+C)"),
            (icons::EDIT, "Edit…", Command::EditMany(kind), "Set fields in the selected records"),
        ];
        for (icon, words, command, hint) in offered {
            let enabled = command.is_enabled(model);
            let response = ui.add_enabled_ui(enabled, |ui| {
                if has_words { ui.add(Button::new(format!("{icon} {words}"))) } else { icon_button_ui(ui, icon, hint) }
            });
            if response.inner.accessible_name(hint).on_hover_text(hint).clicked() {
                commands.push(command);
            }
        }
        let words = counted(selected, "selected", "selected");
        ui.label(theme::semibold(words).color(theme::palette(ui.visuals()).accent));
    });
}
