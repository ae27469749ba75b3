//! The files of a record: what is attached, and what can be done with each.

use eframe::egui::{Align, Label, Layout, Ui};

use crate::services::queries::{Detail, FileRow};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::files::FilesCommand;
use crate::ui::theme::{self, space};
use crate::ui::widgets::button::icon_button_ui;
use crate::ui::widgets::card;

/// Paints the files, where there are any.
pub(super) fn files_ui(ui: &mut Ui, model: &Model, detail: &Detail, commands: &mut Vec<Command>) {
    if detail.files.is_empty() {
        return;
    }
    ui.add_space(space::SMALL);
    ui.label(theme::section(format!("Files {}", detail.files.len())));
    card::inset_frame(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        for file in &detail.files {
            ui.push_id(file.id, |ui| file_ui(ui, model, file, commands));
        }
    });
}

fn file_ui(ui: &mut Ui, model: &Model, file: &FileRow, commands: &mut Vec<Command>) {
    let about: Vec<&str> = [file.kind.as_str(), file.size.as_str(), file.dated_on.as_str()]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let remove = FilesCommand::AskRemove(Box::new(file.clone()));
            for (icon, words, command) in [
                (icons::TRASH, format!("Remove {}", file.name), remove),
                (
                    icons::SAVE,
                    format!("Save a copy of {}", file.name),
                    FilesCommand::AskSave(file.id, file.name.clone()),
                ),
                (icons::FOLDER, format!("Open {}", file.name), FilesCommand::Open(file.id, file.name.clone())),
            ] {
                let command = Command::Files(command);
                let button = ui.add_enabled_ui(command.is_enabled(model), |ui| icon_button_ui(ui, icon, &words));
                if button.inner.clicked() {
                    commands.push(command);
                }
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                let name = format!("{} {}", icon_of(&file.media_type), file.name);
                ui.add(Label::new(theme::semibold(name)).truncate());
                ui.add(Label::new(theme::muted(about.join(", "))).truncate());
            });
        });
    });
}

fn icon_of(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => icons::LETTER,
        picture if picture.starts_with("image/") => icons::VISIT,
        "text/csv" => icons::FORM,
        _ => icons::FILE,
    }
}
