//! The mark of a box that opens a list.

use eframe::egui::style::WidgetVisuals;
use eframe::egui::{Align2, Rect, TextStyle, Ui};

use crate::ui::icons;
use crate::ui::theme;

/// The same mark that a picker has, since both open a list.
pub fn caret(ui: &Ui, rect: Rect, _visuals: &WidgetVisuals, _is_open: bool) {
    let colour = theme::palette(ui.visuals()).text_muted;
    ui.painter().text(
        rect.center(),
        Align2::CENTER_CENTER,
        icons::CARET_DOWN,
        TextStyle::Body.resolve(ui.style()),
        colour,
    );
}
