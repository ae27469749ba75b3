//! The list of what is open: each shipment and trip with its worst state, what is settled and the day of its first use.

use eframe::egui::{
    Align, Align2, FontSelection, Label, Layout, Rect, Role, ScrollArea, Sense, TextWrapMode, Ui, UiBuilder,
};
use eframe::egui::{WidgetInfo, WidgetText, pos2, vec2};

use super::look;
use crate::services::queries::{HolderSummary, short_word};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::coverage::CoverageCommand;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::badge::tone_badge_ui;
use crate::ui::widgets::card;
use crate::ui::widgets::empty::empty_ui;

/// Paints the list.
pub(super) fn list_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let page = model.coverage();
    let Some(list) = page.list.value() else { return };
    card::frame(ui).inner_margin(4).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        if page.shown.is_empty() {
            let unknown = list.before_it_began();
            let words = match (&unknown, page.only) {
                (Some(unknown), _) => unknown.as_str(),
                (None, Some(_)) => "Nothing has such a cell",
                (None, None) => "No shipment is planned and no trip is ahead",
            };
            empty_ui(ui, icons::CHECKS, words, None);
            return;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().id_salt("coverage_list").auto_shrink(false);
        area.show_rows(ui, size::LIST_ROW, page.shown.len(), |ui, range| {
            for at in range {
                let holder = page.shown.get(at).and_then(|at| list.holders.get(*at));
                let Some(holder) = holder else { continue };
                if holder_ui(ui, holder, page.holder == Some(holder.link.id)) {
                    commands.push(Command::Coverage(CoverageCommand::Show(holder.link.id)));
                }
            }
        });
    });
}

/// A shipment or trip; true where it was clicked.
fn holder_ui(ui: &mut Ui, holder: &HolderSummary, selected: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::LIST_ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, name(holder)));
    if !ui.is_rect_visible(rect) {
        return response.clicked();
    }
    let palette = theme::palette(ui.visuals());
    if selected || response.hovered() {
        let fill = if selected { palette.accent_soft } else { palette.control_hover };
        ui.painter().rect_filled(rect, f32::from(size::CONTROL_RADIUS), fill);
    }
    if response.has_focus() {
        let stroke = eframe::egui::Stroke::new(size::HAIRLINE, palette.accent);
        ui.painter().rect_stroke(rect, f32::from(size::CONTROL_RADIUS), stroke, eframe::egui::StrokeKind::Inside);
    }
    let inner = rect.shrink2(vec2(space::SMALL, space::SMALL));
    let middle = inner.center().y;
    let upper = Rect::from_min_max(inner.min, pos2(inner.right(), middle));
    let lower = Rect::from_min_max(pos2(inner.left(), middle), inner.max);
    title_ui(ui, holder, upper);
    let mut below = ui.new_child(UiBuilder::new().max_rect(lower).layout(Layout::left_to_right(Align::Center)));
    standing_ui(&mut below, holder);
    response.clicked()
}

fn title_ui(ui: &Ui, holder: &HolderSummary, place: Rect) {
    let palette = theme::palette(ui.visuals());
    let icon = icons::for_kind(holder.link.kind);
    let title = WidgetText::from(theme::semibold(format!("{icon} {}  {}", holder.link.reference, holder.link.title)));
    let galley = title.into_galley(ui, Some(TextWrapMode::Truncate), place.width(), FontSelection::Default);
    let at = Align2::LEFT_CENTER.anchor_size(place.left_center(), galley.size()).min;
    ui.painter().galley(at, galley, palette.text_strong);
}

fn standing_ui(ui: &mut Ui, holder: &HolderSummary) {
    if let Some(day) = holder.first_use {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(theme::small(day.to_string()));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| state_ui(ui, holder));
        });
    } else {
        state_ui(ui, holder);
    }
}

/// The room from which a state stands in its whole words.
const WHOLE_WORD: f32 = 170.0;

fn state_ui(ui: &mut Ui, holder: &HolderSummary) {
    ui.spacing_mut().item_spacing.x = space::TINY;
    match holder.worst {
        Some(worst) => {
            // Where both would not fit, the short word leaves room for the count.
            let words = if ui.available_width() < WHOLE_WORD { short_word(worst) } else { worst.label() };
            tone_badge_ui(ui, look::tone(worst), look::icon(worst), words);
            let counts = if holder.open > 0 { format!("{} open", holder.open) } else { format!("{}", holder.settled) };
            ui.add(Label::new(theme::small(counts)).truncate());
        }
        None => {
            ui.add(Label::new(theme::small("Nothing is needed")).truncate());
        }
    }
}

/// The whole of it for those who listen.
fn name(holder: &HolderSummary) -> String {
    let worst = holder.worst.map_or("Nothing is needed", crate::domain::coverage::CellState::label);
    let first = holder.first_use.map_or_else(|| "no day planned".to_owned(), |day| format!("first use {day}"));
    let HolderSummary { link, open, settled, .. } = holder;
    format!("{} {}, {worst}, {open} open, {settled} settled, {first}", link.reference, link.title)
}
