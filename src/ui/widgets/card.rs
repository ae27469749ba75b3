//! Cards: a part of a page with a heading, on its own ground.

use eframe::egui::{Align, Frame, Layout, Margin, Stroke, Ui};

use crate::ui::theme::{self, size, space};

/// The frame of a card.
pub fn frame(ui: &Ui) -> Frame {
    let palette = theme::palette(ui.visuals());
    Frame::new()
        .fill(palette.card)
        .stroke(Stroke::new(size::HAIRLINE, palette.hairline))
        .corner_radius(size::CARD_RADIUS)
        .inner_margin(margin())
}

/// The frame of a row that lies on a card.
pub fn inset_frame(ui: &Ui) -> Frame {
    let palette = theme::palette(ui.visuals());
    Frame::new()
        .fill(palette.inset)
        .stroke(Stroke::new(size::HAIRLINE, palette.hairline))
        .corner_radius(size::CONTROL_RADIUS)
        .inner_margin(Margin::same(12))
}

const fn margin() -> Margin {
    Margin::same(16)
}

/// A card with a heading.
pub fn card_ui<R>(ui: &mut Ui, heading: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    card_with_action_ui(ui, heading, |_ui| {}, contents)
}

/// A card with a heading, and something to do at the right end of it.
pub fn card_with_action_ui<R>(
    ui: &mut Ui,
    heading: &str,
    action: impl FnOnce(&mut Ui),
    contents: impl FnOnce(&mut Ui) -> R,
) -> R {
    frame(ui)
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = space::SMALL;
            ui.scope(|ui| {
                ui.spacing_mut().interact_size.y = size::HEADING_LINE;
                ui.horizontal(|ui| {
                    ui.label(theme::section(heading));
                    ui.with_layout(Layout::right_to_left(Align::Center), action);
                });
            });
            // What stands in two cards beside one another must not share its identity.
            ui.push_id(heading, contents).inner
        })
        .inner
}
