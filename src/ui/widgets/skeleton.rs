//! What stands in the place of a cell that has not arrived.

use eframe::egui::{Sense, Ui, vec2};

use crate::ui::theme::{self, size, window};

/// Paints a faint bar.
pub fn skeleton_ui(ui: &mut Ui) {
    let width = ui.available_width() * 0.6;
    let (rect, _response) = ui.allocate_exact_size(vec2(width, window::SKELETON), Sense::hover());
    ui.painter().rect_filled(rect, size::CONTROL_RADIUS, theme::palette(ui.visuals()).hairline);
}
