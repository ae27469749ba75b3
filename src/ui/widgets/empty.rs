//! An empty screen or list: it says what would be here and how to bring it there.

use eframe::egui::{RichText, Ui};

use crate::ui::icons;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::button::primary_button_ui;

/// Icon, sentence and, where there is one, what to do about it. True when that was clicked.
pub fn empty_ui(ui: &mut Ui, icon: &str, sentence: &str, action: Option<&str>) -> bool {
    ui.vertical_centered(|ui| {
        ui.add_space(space::HUGE);
        ui.label(RichText::new(icon).size(size::EMPTY_ICON).color(theme::palette(ui.visuals()).faint));
        ui.label(theme::muted(sentence));
        let clicked = action.is_some_and(|action| {
            ui.add_space(space::TINY);
            primary_button_ui(ui, icons::ADD, action).clicked()
        });
        ui.add_space(space::HUGE);
        clicked
    })
    .inner
}
