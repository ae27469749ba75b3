//! What stands around every page: the rail, the bar on top, the status line, the pane to the right, the keys.

mod rail;
mod status;
mod top;

use eframe::egui::{self, CentralPanel, Frame, Panel, Ui};

use super::command::Command;
use super::model::Model;
use super::theme::{self, space, window};
use super::views::{self, Views};

/// Paints a page and everything around it.
pub fn around_ui(
    ui: &mut Ui,
    model: &mut Model,
    views: &mut Views,
    commands: &mut Vec<Command>,
    page_ui: impl FnOnce(&mut Ui, &mut Model, &mut Views, &mut Vec<Command>),
) {
    let card = theme::palette(ui.visuals()).card;
    let bar = Frame::new().fill(card).inner_margin(egui::Margin::symmetric(12, 8));
    Panel::top("top").exact_size(window::TOP).frame(bar).show(ui, |ui| top::bar_ui(ui, model, views, commands));
    top::other_day_ui(ui, model, commands);
    let line = Frame::new().fill(card).inner_margin(egui::Margin::symmetric(12, 4));
    Panel::bottom("status").exact_size(window::STATUS).frame(line).show(ui, |ui| status::line_ui(ui, model, commands));
    let width = if model.rail_has_words() { window::RAIL } else { window::RAIL_ICONS };
    let side = Frame::new().fill(card).inner_margin(egui::Margin::same(8));
    Panel::left("rail")
        .exact_size(width)
        .resizable(false)
        .frame(side)
        .show(ui, |ui| rail::rail_ui(ui, model, commands));
    pane_ui(ui, model, views, commands);
    let ground = Frame::new().fill(ui.visuals().panel_fill).inner_margin(egui::Margin::same(16));
    CentralPanel::default().frame(ground).show(ui, |ui| page_ui(ui, model, views, commands));
}

/// The pane to the right: the form in front, or else the record that is open.
fn pane_ui(ui: &mut Ui, model: &mut Model, views: &mut Views, commands: &mut Vec<Command>) {
    let has_form = !model.forms().is_empty();
    if !has_form && model.open_record().is_none() {
        return;
    }
    let (id, part) = if has_form { ("form", window::FORM_PART) } else { ("record", window::PANE_PART) };
    let room = ui.available_width();
    let widest = (room - window::LIST_LEAST).max(window::PANE_LEAST);
    let frame = Frame::new().fill(theme::palette(ui.visuals()).card).inner_margin(egui::Margin::same(16));
    let class = window::ROOMS.iter().filter(|from| room >= **from).count();
    Panel::right(egui::Id::unique((id, class)))
        .resizable(true)
        .default_size((room * part).clamp(window::PANE_LEAST, widest))
        .size_range(window::PANE_LEAST..=widest)
        .frame(frame)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::SMALL;
            if has_form {
                views::form::pane_ui(ui, model, commands);
            } else {
                views::detail::pane_ui(ui, model, &mut views.detail, commands);
            }
        });
}

/// Takes the keys that mean a command.
pub fn shortcuts(ui: &Ui, model: &Model, commands: &mut Vec<Command>) {
    if model.dialog().is_some() {
        return;
    }
    let typing = ui.ctx().text_edit_focused() || !model.forms().is_empty();
    for command in Command::with_shortcuts() {
        // Inside a form these keys are meant for the typing, not for the step before the form.
        if typing && matches!(command, Command::Undo | Command::Redo) {
            continue;
        }
        let Some(shortcut) = command.shortcut() else { continue };
        if command.is_enabled(model) && ui.input_mut(|input| input.consume_shortcut(&shortcut)) {
            commands.push(command);
        }
    }
    let new = egui::KeyboardShortcut::new(egui::Modifiers::COMMAND, egui::Key::N);
    if ui.input_mut(|input| input.consume_shortcut(&new)) {
        let kind = model.route().kind().unwrap_or(crate::domain::record::RecordKind::Request);
        commands.push(Command::New(kind));
    }
}
