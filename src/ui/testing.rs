//! The one way in which tests set up a window without a display.

use eframe::egui;
use egui_kittest::Harness;

use super::theme;

/// A harness with the program's fonts and style, and a margin around what is painted.
pub fn harness<State>(
    size: [f32; 2],
    state: State,
    mut paint: impl FnMut(&mut egui::Ui, &mut State) + 'static,
) -> Harness<'static, State> {
    Harness::builder()
        .with_size(size)
        .with_context_setup(theme::install)
        .build_ui_state(move |ui, state| paint(ui, state), state)
}
