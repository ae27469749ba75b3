//! A segmented control: one of a few, all of them in sight.

use eframe::egui::{Button, Frame, Margin, Role, Stroke, Ui, WidgetInfo, vec2};

use crate::ui::theme::{self, size, space};

/// Paints the choices side by side and changes `chosen`; true when it changed. `name` says what is chosen between.
pub fn segmented_ui<T: Copy + PartialEq>(ui: &mut Ui, name: &str, chosen: &mut T, choices: &[(T, &str)]) -> bool {
    let palette = theme::palette(ui.visuals());
    let frame =
        Frame::new().fill(palette.control_hover).corner_radius(size::CONTROL_RADIUS + 2).inner_margin(Margin::same(2));
    let before = *chosen;
    let group = frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding = vec2(space::MEDIUM, 2.0);
        ui.spacing_mut().interact_size.y = size::CONTROL_SMALL;
        let visuals = ui.visuals_mut();
        visuals.selection.bg_fill = palette.card;
        visuals.selection.stroke.color = palette.accent;
        visuals.widgets.inactive.bg_stroke = Stroke::NONE;
        visuals.widgets.hovered.bg_stroke = Stroke::NONE;
        ui.horizontal(|ui| {
            // A line that is filled from the right still reads from the left.
            let mut in_order: Vec<_> = choices.iter().collect();
            if ui.layout().prefer_right_to_left() {
                in_order.reverse();
            }
            for (value, label) in in_order {
                let selected = *chosen == *value;
                let text = if selected { theme::semibold(*label) } else { label.to_string().into() };
                let button = Button::new(text).selected(selected).frame_when_inactive(selected);
                let response = ui.add(button);
                response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), selected, *label));
                if response.clicked() {
                    *chosen = *value;
                }
            }
        });
    });
    group.response.widget_info(|| WidgetInfo::labeled(Role::RadioGroup, true, name));
    *chosen != before
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui_kittest::kittest::Queryable as _;

    #[test]
    fn a_click_chooses() {
        let mut harness = crate::ui::testing::harness([400.0, 80.0], 1, |ui, chosen| {
            segmented_ui(ui, "Counted", chosen, &[(1, "Requests"), (2, "Shipments"), (3, "Travel")]);
        });
        harness.get_by_role_and_label(Role::RadioButton, "Travel").click();
        harness.run();
        assert_eq!(*harness.state(), 3);
    }
}
