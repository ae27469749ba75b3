//! The status line: what was saved last, and what is under way.

use eframe::egui::{Align, Layout, Ui};

use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::theme;

/// Paints the line.
pub fn line_ui(ui: &mut Ui, model: &Model) {
    ui.horizontal_centered(|ui| {
        let said = match (model.is_writing(), model.last_write()) {
            (true, _) => format!("{} Saving", icons::SAVE),
            (false, Some(what)) => format!("{} Saved. {what}", icons::CHECK),
            (false, None) if model.place().read_only => {
                format!("{} Open for reading only, nothing can be changed", icons::LOCK)
            }
            (false, None) => format!("{} Nothing changed yet", icons::CHECK),
        };
        ui.add(eframe::egui::Label::new(theme::small(said)).truncate());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(theme::small(format!("Today {}", model.place().today.format("%-d %b %Y"))));
            if model.is_loading() {
                ui.label(theme::small("Loading"));
            }
        });
    });
}
