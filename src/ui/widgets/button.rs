//! Buttons: the one thing to do next, and small ones that are only an icon.

use eframe::egui::{Button, Response, RichText, Stroke, Ui, Vec2};

use crate::ui::theme::{self, size};

/// The one thing to do next, on the accent colour. There is at most one of them on a screen.
pub fn primary_button_ui(ui: &mut Ui, icon: &str, label: &str) -> Response {
    let palette = theme::palette(ui.visuals());
    ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        for (state, fill) in [
            (&mut widgets.inactive, palette.accent),
            (&mut widgets.hovered, palette.accent_hover),
            (&mut widgets.active, palette.accent_hover),
        ] {
            state.weak_bg_fill = fill;
            state.bg_stroke = Stroke::new(size::HAIRLINE, fill);
            state.fg_stroke.color = palette.on_accent;
        }
        // The keyboard's focus must stay visible on a button that is coloured already.
        widgets.active.bg_stroke = Stroke::new(2.0 * size::HAIRLINE, palette.text_strong);
        ui.add(Button::new(format!("{icon} {label}")))
    })
    .inner
}

/// An icon that can be clicked; `name` is what it does, for the pointer and for screen readers.
pub fn icon_button_ui(ui: &mut Ui, icon: &str, name: &str) -> Response {
    let button = Button::new(RichText::new(icon)).frame_when_inactive(false);
    let side = Vec2::splat(size::CONTROL_SMALL);
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding = Vec2::ZERO;
            ui.spacing_mut().interact_size = side;
            ui.add(centred(button.min_size(side)))
        })
        .inner;
    response.accessible_name(name).on_hover_text(name)
}

fn centred(button: Button<'_>) -> Button<'_> {
    button.wrap_mode(eframe::egui::TextWrapMode::Extend)
}

/// A button without a frame, for what is rarely wanted.
pub fn quiet_button_ui(ui: &mut Ui, icon: &str, label: &str) -> Response {
    let accent = theme::palette(ui.visuals()).accent;
    let text = if icon.is_empty() { label.to_owned() } else { format!("{icon} {label}") };
    ui.add(Button::new(RichText::new(text).color(accent)).frame_when_inactive(false))
}
