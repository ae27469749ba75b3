//! A drop-down among the filters of a list.

use eframe::egui::{ComboBox, Ui};

use crate::ui::theme::window;
use crate::ui::widgets::caret::caret;

/// Paints a drop-down that shows `shown`; `choices_ui` paints its choices and says whether one was chosen.
pub fn filter_combo_ui(ui: &mut Ui, label: &str, shown: &str, choices_ui: impl FnOnce(&mut Ui) -> bool) {
    let combo = ComboBox::from_id_salt(label).width(window::FILTER).truncate().icon(caret).selected_text(shown);
    let shown = combo.show_ui(ui, |ui| {
        // A click closes the list by itself, a key does not.
        if choices_ui(ui) {
            ui.close();
        }
    });
    shown.response.accessible_name(format!("Filter by {}", label.to_lowercase()));
}
