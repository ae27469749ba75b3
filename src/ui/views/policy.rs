//! Public events that moved the field, as a calm timeline.

use eframe::egui::{Align, Label, Layout, Link, ScrollArea, TextWrapMode, Ui, vec2};

use crate::domain::record::RecordKind;
use crate::services::queries::ListRow;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::route::Route;
use crate::ui::theme::{self, size, space, window};
use crate::ui::widgets::card;
use crate::ui::widgets::empty::empty_ui;

const KIND: RecordKind = RecordKind::PolicyEvent;

/// Paints the page.
pub fn page_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let new = Command::New(KIND);
    ui.horizontal(|ui| {
        ui.label(theme::heading(Route::Policy.label()));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let words = format!("{} {}", icons::ADD, new.text());
            if ui
                .add_enabled(new.is_enabled(model), eframe::egui::Button::new(words))
                .accessible_name(new.text())
                .clicked()
            {
                commands.push(new);
            }
        });
    });
    let list = model.list_mut(KIND);
    let Some(count) = list.len() else { return };
    card::frame(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        if count == 0 {
            empty_ui(ui, icons::FLAG, "No policy events yet. They come with the public record", None);
            return;
        }
        let height = size::ROW;
        let mut visible = 0..0;
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, height, count, |ui, range| {
            visible = range.clone();
            for at in range {
                event_ui(ui, list.rows.row(at), height, commands);
            }
        });
        if list.rows.visible != visible {
            list.rows.visible = visible;
            ui.ctx().request_repaint();
        }
    });
}

fn event_ui(ui: &mut Ui, row: Option<&ListRow>, height: f32, commands: &mut Vec<Command>) {
    let room = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(height);
        let Some(row) = row else { return };
        ui.allocate_ui(vec2(window::DATE, height), |ui| {
            ui.set_width(window::DATE);
            ui.add(Label::new(theme::muted(&row.begun_on)).truncate());
        });
        ui.label(theme::small(icons::PLANNED));
        ui.add_space(space::TINY);
        // A link takes no shorter words by itself, and the card must not cut them off.
        let link = ui.scope(|ui| {
            ui.style_mut().wrap_mode = Some(TextWrapMode::Truncate);
            ui.add(Link::new(&row.title))
        });
        if link.inner.clicked() {
            commands.push(Command::Open(row.id));
        }
    });
}
