//! What was done, newest first, and about the workspace file.

use eframe::egui::{Label, Rect, ScrollArea, Ui};

use crate::services::queries::OperationRow;
use crate::ui::command::Command;
use crate::ui::exchange::Opening;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::appearance::Appearance;
use crate::ui::model::route::{REFERENCE_LISTS, Route};
use crate::ui::theme::{self, size, space, window};
use crate::ui::widgets::card::card_ui;
use crate::ui::widgets::empty::empty_ui;
use crate::ui::widgets::segmented::segmented_ui;

/// Paints the page.
pub fn page_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    ui.label(theme::heading(Route::History.label()));
    ui.add_space(space::TINY);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width().min(window::PAGE));
        card_ui(ui, "Workspace", |ui| workspace_ui(ui, model, commands));
        ui.add_space(space::SMALL);
        card_ui(ui, "Reference lists", |ui| lists_ui(ui, model, commands));
        ui.add_space(space::SMALL);
        card_ui(ui, "What was done", |ui| operations_ui(ui, model, commands));
    });
}

fn workspace_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let place = model.place();
    let usual = std::mem::replace(&mut ui.spacing_mut().interact_size.y, size::BADGE);
    let path = place.path.as_ref().map_or_else(|| "In memory only".to_owned(), |path| path.display().to_string());
    for (label, value) in [
        ("File", path.as_str()),
        ("State", if place.read_only { "Open for reading only" } else { "Open for reading and writing" }),
    ] {
        ui.horizontal(|ui| {
            let room = eframe::egui::vec2(window::LABEL, size::BADGE);
            ui.allocate_ui(room, |ui| {
                ui.set_width(room.x);
                ui.label(theme::muted(label));
            });
            ui.add(Label::new(value).selectable(true).truncate());
        });
    }
    ui.spacing_mut().interact_size.y = usual;
    ui.horizontal_wrapped(|ui| {
        for opening in [Opening::Existing, Opening::New, Opening::ReadOnly] {
            button_ui(ui, "", &Command::AskWorkspace(opening), model, commands);
        }
        button_ui(ui, icons::IMPORT, &Command::Go(Route::Import), model, commands);
        button_ui(ui, icons::PUBLIC, &Command::ImportPublicRecord, model, commands);
        button_ui(ui, icons::SITE, &Command::AskGazetteer, model, commands);
    });
    ui.add_space(space::TINY);
    ui.horizontal(|ui| {
        ui.label(theme::muted("Appearance"));
        appearance_ui(ui, model, commands);
    });
}

fn appearance_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let mut appearance = model.appearance();
    let choices = Appearance::ALL.map(|appearance| (appearance, appearance.label()));
    if segmented_ui(ui, "Appearance", &mut appearance, &choices) {
        commands.push(Command::Appear(appearance));
    }
}

fn lists_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        for kind in REFERENCE_LISTS {
            let count = model.count_of(*kind).unwrap_or_default();
            let words = format!("{} {} {count}", icons::for_kind(*kind), kind.heading());
            if ui.button(words).accessible_name(kind.heading()).clicked() {
                commands.push(Command::Go(Route::List(*kind)));
            }
        }
    });
}

fn button_ui(ui: &mut Ui, icon: &str, command: &Command, model: &Model, commands: &mut Vec<Command>) {
    let words = format!("{icon} {}", command.text());
    let enabled = command.is_enabled(model);
    let button = eframe::egui::Button::new(words.trim_start());
    let response = ui.add_enabled(enabled, button).accessible_name(command.text());
    if response.on_hover_text(command.tooltip(model)).clicked() {
        commands.push(command.clone());
    }
}

fn operations_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        button_ui(ui, icons::RETURNED, &Command::Undo, model, commands);
        button_ui(ui, icons::REDO, &Command::Redo, model, commands);
        if let Some(undo) = &model.standing().undo {
            ui.add(Label::new(theme::muted(format!("Undo would take back: {undo}"))).truncate());
        }
    });
    match model.operations().value() {
        None => {
            ui.label(theme::muted("Loading"));
        }
        Some(rows) if rows.is_empty() => {
            empty_ui(ui, icons::HISTORY, "Nothing was done in this workspace yet", None);
        }
        Some(rows) => {
            ui.spacing_mut().interact_size.y = size::BADGE;
            ui.spacing_mut().item_spacing.y = space::TINY;
            for row in rows.iter() {
                let room = Rect::from_min_size(ui.cursor().min, eframe::egui::vec2(ui.available_width(), size::BADGE));
                if ui.is_rect_visible(room) {
                    ui.push_id(row.id, |ui| operation_ui(ui, row));
                } else {
                    ui.allocate_space(room.size());
                }
            }
        }
    }
}

fn operation_ui(ui: &mut Ui, row: &OperationRow) {
    ui.horizontal(|ui| {
        let room = eframe::egui::vec2(window::LABEL, size::BADGE);
        ui.allocate_ui(room, |ui| {
            ui.set_width(room.x);
            ui.add(Label::new(theme::muted(&row.at)).truncate());
        });
        ui.label(theme::muted(&row.actor));
        ui.add(Label::new(&row.what).truncate());
        if row.records > 1 {
            ui.label(theme::muted(format!("{} records", row.records)));
        }
    });
}
