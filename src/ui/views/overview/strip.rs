//! The top of the overview: as of when, how much there is, and which permissions can be used.

use eframe::egui::{
    Align, Align2, Label, Layout, Response, Role, Sense, Stroke, StrokeKind, TextStyle, Ui, UiBuilder, Vec2,
    WidgetInfo, vec2,
};

use super::OverviewAction;
use super::prepared::Prepared;
use crate::ui::icons;
use crate::ui::theme::{self, size, space};

/// The title and what the figures stand for.
pub fn title_ui(ui: &mut Ui, prepared: &Prepared) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::MEDIUM;
        ui.label(theme::heading("Overview"));
        ui.label(theme::muted(&prepared.standing));
    });
}

/// One small card for each validity that any permission has.
pub fn validity_ui(ui: &mut Ui, prepared: &Prepared, actions: &mut Vec<OverviewAction>) {
    let validity = &prepared.of.validity;
    if validity.is_empty() {
        return;
    }
    ui.spacing_mut().item_spacing.x = space::MEDIUM;
    let columns = columns(ui.available_width(), validity.len());
    for line in validity.chunks(columns) {
        ui.columns(columns, |cells| {
            for (cell, (word, label, number)) in cells.iter_mut().zip(line) {
                if validity_card_ui(cell, word, label, *number).clicked() {
                    actions.push(OverviewAction::OpenValidity(word.clone()));
                }
            }
        });
    }
}

/// The figure with the icon of its status, and the status in words.
fn tile_ui(ui: &mut Ui, word: &str, label: &str, number: i64) {
    let colour = theme::palette(ui.visuals()).text;
    ui.spacing_mut().item_spacing.y = space::TINY;
    ui.horizontal(|ui| {
        ui.label(theme::figure(number.to_string()));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| icon_ui(ui, word));
    });
    ui.add(Label::new(theme::small(label).color(colour)).truncate());
}

/// The icon of a status on the ground of its tone.
fn icon_ui(ui: &mut Ui, word: &str) {
    let colours = theme::tone(word).colours(ui.visuals());
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size::CONTROL_SMALL), Sense::hover());
    ui.painter().circle_filled(rect.center(), rect.width() / 2.0, colours.fill);
    let font = TextStyle::Body.resolve(ui.style());
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icons::for_status(word), font, colours.text);
}

/// As many beside one another as stay readable.
fn columns(width: f32, count: usize) -> usize {
    let mut columns = count.max(1);
    let fits = |columns: usize| u8::try_from(columns).is_ok_and(|count| width / f32::from(count) >= size::TILE);
    while columns > 1 && !fits(columns) {
        columns -= 1;
    }
    columns
}

fn validity_card_ui(ui: &mut Ui, word: &str, label: &str, number: i64) -> Response {
    let palette = theme::palette(ui.visuals());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::TILE_HEIGHT), Sense::click());
    let is_lit = response.hovered() || response.has_focus();
    let line = if is_lit { palette.accent } else { palette.hairline };
    let stroke = Stroke::new(size::HAIRLINE, line);
    ui.painter().rect(rect, f32::from(size::CARD_RADIUS), palette.card, stroke, StrokeKind::Inside);
    let inside = rect.shrink2(vec2(space::MEDIUM, space::SMALL));
    let layout = Layout::top_down(Align::Min);
    tile_ui(&mut ui.new_child(UiBuilder::new().max_rect(inside).layout(layout)), word, label, number);
    let name = format!("{}, {label}", super::prepared::count(number, "filing", "filings"));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    response.on_hover_text("Filings that rest on such a permission")
}
