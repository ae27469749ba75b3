//! A row of the lists on the overview: two lines of words, and what matters most at the right.

use eframe::egui::{
    Align, FontSelection, Layout, Rect, Response, Role, Sense, Stroke, TextWrapMode, Ui, UiBuilder, WidgetInfo,
    WidgetText, pos2, vec2,
};

use super::prepared::LineText;
use crate::ui::theme::{self, size, space};

/// Paints a row; `right` paints its right part, from the right. A click anywhere on it counts.
pub fn row_ui(ui: &mut Ui, key: usize, text: &LineText, right: impl FnOnce(&mut Ui)) -> Response {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::LIST_ROW), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(("row", key)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &text.name));
    let palette = theme::palette(ui.visuals());
    if response.hovered() || response.has_focus() {
        let lit = rect.expand2(vec2(space::SMALL, 0.0));
        ui.painter().rect_filled(lit, f32::from(size::CONTROL_RADIUS), palette.control_hover);
    }
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(size::HAIRLINE, palette.hairline));
    let inside = rect.shrink2(vec2(0.0, space::SMALL));
    let layout = Layout::right_to_left(Align::Center);
    // A child of its own leaves the place at which the next row begins alone.
    let mut child = ui.new_child(UiBuilder::new().max_rect(inside).layout(layout));
    right(&mut child);
    let used = child.min_rect().width();
    let is_cut = words_ui(ui, inside.with_max_x(inside.right() - used - space::MEDIUM), text);
    // What can be read in the row needs no second telling.
    if is_cut { response.on_hover_text(&text.hint) } else { response }
}

/// Paints both lines; true where one of them was cut.
fn words_ui(ui: &Ui, rect: Rect, text: &LineText) -> bool {
    let palette = theme::palette(ui.visuals());
    let lines = [(theme::strong(&text.first), rect.top()), (theme::small(&text.second), rect.center().y + space::TINY)];
    let mut is_cut = false;
    for (line, top) in lines {
        let galley = WidgetText::from(line).into_galley(
            ui,
            Some(TextWrapMode::Truncate),
            rect.width().max(0.0),
            FontSelection::Default,
        );
        is_cut |= galley.elided;
        ui.painter().galley(pos2(rect.left(), top), galley, palette.text);
    }
    is_cut
}
