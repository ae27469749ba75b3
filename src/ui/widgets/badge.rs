//! Badges: a status as icon and word on a soft ground, and a category as a coloured dot with its name.

use std::sync::Arc;

use eframe::egui::{
    self, Align2, Galley, Response, Role, Sense, TextStyle, TextWrapMode, Ui, Vec2, WidgetInfo, WidgetText, vec2,
};

use crate::services::queries::CategoryTag;
use crate::ui::icons;
use crate::ui::theme::{self, Tone, size, space};

/// A status by its word: the tone and the icon follow from the word, the label is what people read.
pub fn status_badge_ui(ui: &mut Ui, word: &str, label: &str) -> Response {
    tone_badge_ui(ui, theme::tone(word), icons::for_status(word), label)
}

/// Icon and words on the ground of a tone. It never grows wider than the room there is.
pub fn tone_badge_ui(ui: &mut Ui, tone: Tone, icon: &str, label: &str) -> Response {
    let padding = space::SMALL;
    let room = (ui.available_width() - 2.0 * padding).max(0.0);
    let galley = badge_galley(ui, icon, label, room);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 2.0 * padding, size::BADGE), Sense::hover());
    if ui.is_rect_visible(rect) {
        let colours = tone.colours(ui.visuals());
        ui.painter().rect_filled(rect, size::BADGE / 2.0, colours.fill);
        let at = Align2::LEFT_CENTER.anchor_size(rect.left_center() + vec2(padding, 0.0), galley.size()).min;
        ui.painter().galley_with_override_text_color(at, galley, colours.text);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, label));
    response
}

fn badge_galley(ui: &Ui, icon: &str, label: &str, room: f32) -> Arc<Galley> {
    let text = WidgetText::from(format!("{icon} {label}"));
    text.into_galley(ui, Some(TextWrapMode::Truncate), room, TextStyle::Small)
}

/// A category as a coloured dot with its name.
pub fn category_tag_ui(ui: &mut Ui, tag: &CategoryTag) -> Response {
    dot_label_ui(ui, theme::category_colour(ui.visuals(), tag.colour), &tag.name)
}

/// A coloured dot with a word.
pub fn dot_label_ui(ui: &mut Ui, colour: egui::Color32, label: &str) -> Response {
    let indent = 2.0 * size::DOT + space::TINY;
    let room = (ui.available_width() - indent).max(0.0);
    let text = WidgetText::from(label);
    let galley = text.into_galley(ui, Some(TextWrapMode::Truncate), room, TextStyle::Small);
    let (rect, response) = ui.allocate_exact_size(galley.size() + Vec2::X * indent, Sense::hover());
    if ui.is_rect_visible(rect) {
        ui.painter().circle_filled(rect.left_center() + Vec2::X * size::DOT, size::DOT, colour);
        ui.painter().galley(rect.min + Vec2::X * indent, galley, ui.visuals().text_color());
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, label));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Id;
    use crate::domain::record::{FundState, RecordKind};
    use crate::domain::status::{Outcome, Stage, Validity, shipment::ShipmentStage, trip::TripStage};
    use egui_kittest::kittest::Queryable as _;

    #[test]
    fn every_status_has_a_badge_with_its_word() {
        let words =
            [Stage::WORDS, Outcome::WORDS, Validity::WORDS, ShipmentStage::WORDS, TripStage::WORDS, FundState::WORDS];
        let harness = crate::ui::testing::harness([500.0, 2000.0], (), move |ui, ()| {
            for word in words.iter().flat_map(|words| words.iter()) {
                status_badge_ui(ui, word.word, word.label);
            }
            for kind in RecordKind::ALL {
                tone_badge_ui(ui, Tone::Neutral, icons::for_kind(*kind), kind.label());
            }
        });
        harness.get_by_label("On hold");
        harness.get_by_label("Agreed, letter pending");
        harness.get_by_label("Contact with an official");
    }

    #[test]
    fn a_category_is_named_and_not_only_coloured() {
        let tag = CategoryTag { id: Id(1), code: "tb".into(), name: "TB medicine".into(), colour: 2 };
        let harness = crate::ui::testing::harness([200.0, 60.0], tag, |ui, tag| {
            category_tag_ui(ui, tag);
        });
        harness.get_by_label("TB medicine");
    }
}
