//! A labelled field: the label above, the control, and below it what is wrong or a hint.

use eframe::egui::{Label, Response, RichText, Ui};

use crate::ui::icons;
use crate::ui::theme::{self, space};

/// What stands around a control.
#[derive(Debug, Clone, Copy)]
pub struct FieldText<'a> {
    /// The label above it.
    pub label: &'a str,
    /// Whether it must be filled.
    pub required: bool,
    /// The hint below it; empty where the label says all.
    pub help: &'a str,
    /// What is wrong with it, where that is to be shown.
    pub error: Option<&'a str>,
}

/// A labelled field. The control's accessible name is the label, and its state says `required` and `invalid`.
pub fn field_ui(ui: &mut Ui, text: &FieldText<'_>, control: impl FnOnce(&mut Ui) -> Response) -> Response {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::TINY;
        let label = label_ui(ui, text);
        if text.error.is_some() {
            outline_as_wrong(ui);
        }
        let response = ui.scope(control).inner.labelled_by(label.id);
        below_ui(ui, text);
        mark(&response, text);
        response
    })
    .inner
}

fn label_ui(ui: &mut Ui, text: &FieldText<'_>) -> Response {
    line_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        let label = ui.add(Label::new(theme::small(text.label).color(ui.visuals().text_color())).wrap());
        if text.required {
            ui.label(theme::small("required"));
        }
        label
    })
}

/// A line of text, which is lower than a line of controls.
pub fn line_ui<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.horizontal(contents).inner
    })
    .inner
}

/// What is wrong, or else the hint. The hint gives way, so that what has to be done stands alone.
fn below_ui(ui: &mut Ui, text: &FieldText<'_>) {
    if let Some(error) = text.error {
        error_ui(ui, error);
    } else if !text.help.is_empty() {
        ui.add(Label::new(theme::small(text.help)).wrap());
    }
}

/// What is wrong, as icon and words.
pub fn error_ui(ui: &mut Ui, error: &str) -> Response {
    let colour = ui.visuals().error_fg_color;
    ui.add(Label::new(RichText::new(format!("{} {error}", icons::ALERT)).small().color(colour)).wrap())
}

fn outline_as_wrong(ui: &mut Ui) {
    let visuals = ui.visuals_mut();
    let colour = visuals.error_fg_color;
    visuals.selection.stroke.color = colour;
    let widgets = &mut visuals.widgets;
    for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active, &mut widgets.open] {
        state.bg_stroke.color = colour;
    }
}

fn mark(response: &Response, text: &FieldText<'_>) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        if text.required {
            node.set_required();
        }
        if let Some(error) = text.error {
            node.set_invalid(eframe::egui::accesskit::Invalid::True);
            node.set_description(error);
        } else if !text.help.is_empty() {
            node.set_description(text.help);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::{Role, TextEdit};
    use egui_kittest::kittest::{NodeT as _, Queryable as _};

    #[test]
    fn a_field_is_found_by_its_label_and_says_what_is_wrong() {
        let mut harness = crate::ui::testing::harness([300.0, 120.0], String::new(), |ui, text| {
            let around = FieldText { label: "Quantity", required: true, help: "", error: Some("This is needed") };
            field_ui(ui, &around, |ui| ui.add(TextEdit::singleline(text)));
        });
        harness.get_by_role_and_label(Role::TextInput, "Quantity").focus();
        harness.run();
        harness.get_by_role_and_label(Role::TextInput, "Quantity").type_text("12");
        harness.run();
        assert_eq!(harness.state(), "12");
        let field = harness.get_by_role_and_label(Role::TextInput, "Quantity");
        assert!(field.accesskit_node().data().is_required());
        harness.get_by_label_contains("This is needed");
    }
}
