//! Goods by category, and what has to be mended.

use eframe::egui::{Align, Button, Label, Layout, Role, Ui, WidgetInfo, vec2};

use super::lists::{more_ui, rows_ui, shown};
use super::prepared::{GoodsText, Prepared};
use super::{Opened, OverviewAction, Part};
use crate::domain::id::Id;
use crate::ui::icons;
use crate::ui::theme::{self, Tone, size, space, window};
use crate::ui::views::goods::behind;
use crate::ui::widgets::badge::tone_badge_ui;
use crate::ui::widgets::button::quiet_button_ui;
use crate::ui::widgets::card::{card_ui, card_with_action_ui};
use crate::ui::widgets::empty::empty_ui;

/// What was planned, shipped, received and handed out by category; each figure opens the rows behind it.
pub fn goods_ui(ui: &mut Ui, prepared: &Prepared, actions: &mut Vec<OverviewAction>) {
    let mut opens = false;
    let all = |ui: &mut Ui| opens = quiet_button_ui(ui, "", "By item, project, fund, month").clicked();
    card_with_action_ui(ui, "Planned against delivered", all, |ui| {
        ui.label(theme::small("Each unit by itself. A plan counts by the day on which it is due"));
        if prepared.goods.is_empty() {
            empty_ui(ui, icons::GOODS, "Nothing was planned or shipped up to this day", None);
            return;
        }
        let room = ui.available_width();
        let figure = ((room - window::UNIT) * FIGURE_PART).min(window::FIGURE);
        headings_ui(ui, room, figure);
        ui.spacing_mut().item_spacing.y = 0.0;
        for text in &prepared.goods {
            row_ui(ui, room, figure, prepared, text, actions);
        }
    });
    if opens {
        actions.push(OverviewAction::OpenGoods);
    }
}

/// The part of the room that a figure takes.
const FIGURE_PART: f32 = 0.17;

/// A line: the name, the unit and four figures from the right.
fn line_ui(ui: &mut Ui, height: f32, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(ui.available_width(), height), Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_height(height);
        ui.spacing_mut().item_spacing.x = 0.0;
        right(ui);
        ui.with_layout(Layout::left_to_right(Align::Center), left);
    });
}

fn cell_ui(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui)) {
    let room = vec2(width, ui.available_height());
    ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_size(room);
        contents(ui);
    });
}

fn headings_ui(ui: &mut Ui, _room: f32, figure: f32) {
    line_ui(
        ui,
        size::HEADING_LINE,
        |_| {},
        |ui| {
            for role in crate::services::queries::COMPARED.iter().rev() {
                cell_ui(ui, figure, |ui| {
                    ui.add_space(space::SMALL);
                    ui.add(Label::new(theme::small(role.label())).truncate());
                });
            }
        },
    );
}

fn row_ui(
    ui: &mut Ui,
    room: f32,
    figure: f32,
    prepared: &Prepared,
    text: &GoodsText,
    actions: &mut Vec<OverviewAction>,
) {
    let hairline = theme::palette(ui.visuals()).hairline;
    let top = ui.cursor().top();
    ui.painter().hline(ui.cursor().left()..=ui.cursor().left() + room, top, (size::HAIRLINE, hairline));
    let name = |ui: &mut Ui| {
        if let Some(colour) = text.colour {
            let (dot, _) = ui.allocate_exact_size(vec2(3.0 * size::DOT, size::BADGE), eframe::egui::Sense::hover());
            let colour = theme::category_colour(ui.visuals(), colour);
            ui.painter().circle_filled(dot.left_center() + vec2(size::DOT, 0.0), size::DOT, colour);
        }
        ui.add(Label::new(&text.label).truncate()).on_hover_text(&text.label);
    };
    line_ui(ui, size::ROW, name, |ui| {
        for (role, cell) in crate::services::queries::COMPARED.into_iter().zip(&text.cells).rev() {
            cell_ui(ui, figure, |ui| {
                if cell.figure.is_empty() {
                    ui.add_space(space::SMALL);
                    ui.label(theme::muted("·"));
                    return;
                }
                ui.spacing_mut().button_padding.x = space::SMALL;
                let button = Button::new(theme::semibold(&cell.figure)).frame_when_inactive(false).truncate();
                let response = ui.add(button);
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &cell.name));
                if response.on_hover_text(&cell.name).clicked()
                    && let Some(line) = prepared.of.goods.rows.get(text.at)
                {
                    actions.push(OverviewAction::OpenLines(Box::new(behind(&prepared.of.goods.query, line, role))));
                }
            });
        }
        cell_ui(ui, window::UNIT, |ui| {
            ui.add(Label::new(theme::muted(&text.unit)).truncate());
        });
    });
}

/// What was not refused but has to be mended; the longest first. Nothing is painted where there is nothing.
pub fn mend_ui(ui: &mut Ui, prepared: &Prepared, opened: &mut Opened, actions: &mut Vec<OverviewAction>) {
    let flags = &prepared.of.flags;
    if flags.is_empty() {
        return;
    }
    card_ui(ui, "What has to be mended", |ui| {
        let ids: Vec<Id> =
            flags.iter().take(shown(flags.len(), opened.contains(&Part::Flags))).map(|flag| flag.id).collect();
        rows_ui(ui, &ids, &prepared.flags, actions, |ui, _at, text| {
            tone_badge_ui(ui, Tone::Warn, icons::ALERT, &text.days);
        });
        more_ui(ui, flags.len(), opened, Part::Flags, "flags");
    });
}
