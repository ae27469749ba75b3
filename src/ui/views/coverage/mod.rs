//! Coverage: what is open and whether it is covered, one shipment or trip line by line against every instrument it needs.

mod cell;
mod list;
pub mod look;
mod matrix;

use eframe::egui::{
    self, Align, Button, Frame, Label, Layout, Panel, RichText, Role, TextWrapMode, Ui, WidgetInfo, vec2,
};

use crate::domain::coverage::CellState;
use crate::domain::date;
use crate::domain::quantity::group_digits;
use crate::services::queries::NOT_ADVICE;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::coverage::CoverageCommand;
use crate::ui::model::route::Route;
use crate::ui::theme::{self, size, space, window};
use crate::ui::widgets::button::quiet_button_ui;
use crate::ui::widgets::date_field::date_field_ui;
use crate::ui::widgets::empty::empty_ui;

/// The room below which the list and the matrix do not stand beside one another.
const BOTH: f32 = 700.0;
/// The room from which the list is wide.
const ROOMY: f32 = 1000.0;

/// Paints the page.
pub fn page_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    heading_ui(ui, model, commands);
    strip_ui(ui, model, commands);
    ui.add_space(space::TINY);
    Panel::bottom("coverage_notice").resizable(false).show_separator_line(false).frame(Frame::new()).show(ui, |ui| {
        ui.add_space(space::TINY);
        ui.add(Label::new(theme::small(NOT_ADVICE)).truncate());
    });
    let page = model.coverage();
    if page.list.value().is_none() {
        if let Some(failure) = page.list.failure().map(str::to_owned) {
            empty_ui(ui, icons::ALERT, &failure, None);
        }
        return;
    }
    let room = ui.available_width();
    let both = room >= BOTH;
    let has_holder = page.holder.is_some();
    if both {
        let width = if room >= ROOMY { window::COVERAGE_LIST } else { window::COVERAGE_LIST_NARROW };
        let side = Frame::new().inner_margin(egui::Margin { right: 12, ..egui::Margin::ZERO });
        Panel::left("coverage_list")
            .exact_size(width)
            .resizable(false)
            .show_separator_line(false)
            .frame(side)
            .show(ui, |ui| list::list_ui(ui, model, commands));
    } else if page.list_first || !has_holder {
        list::list_ui(ui, model, commands);
        return;
    }
    if has_holder {
        matrix::holder_ui(ui, model, both, commands);
    }
}

fn heading_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let today = model.place().today;
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.label(theme::heading(Route::Coverage.label()));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            known_ui(ui, model, today, commands);
            let page = model.coverage();
            let counted = page.list.value().map(|list| {
                let count = |number: usize| group_digits(&number.to_string());
                format!("{} shipments and trips, {} lines and legs", count(list.holders.len()), count(list.rows))
            });
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(theme::muted(counted.unwrap_or_default())).truncate());
            });
        });
    });
}

/// The day until whose end things were known.
fn known_ui(ui: &mut Ui, model: &mut Model, today: chrono::NaiveDate, commands: &mut Vec<Command>) {
    let page = model.coverage_mut();
    let before = page.known;
    if before.is_some() && quiet_button_ui(ui, icons::CLOSE, "").accessible_name("As known now").clicked() {
        page.typed_known.clear();
        commands.push(Command::Coverage(CoverageCommand::Known(None)));
    }
    let room = vec2(window::AS_OF, size::CONTROL);
    let changed = ui
        .allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
            ui.set_width(room.x);
            let field = date_field_ui(ui, &mut page.typed_known, today, "as known on", "Now");
            let tip = "Show it by what this workspace knew at the end of that day, whatever was recorded later";
            field.accessible_name("As known on").on_hover_text(tip).changed()
        })
        .inner;
    ui.label(theme::muted("As known on"));
    let typed = date::parse_day(&page.typed_known).ok();
    let settled = page.typed_known.trim().is_empty() || typed.is_some();
    if changed && settled && typed != before {
        commands.push(Command::Coverage(CoverageCommand::Known(typed)));
    }
}

/// The totals by state: each shows only what has such a cell.
fn strip_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let page = model.coverage();
    let Some(list) = page.list.value() else { return };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, space::TINY);
        for (state, count) in &list.states {
            if total_ui(ui, *state, *count, page.only == Some(*state)) {
                commands.push(Command::Coverage(CoverageCommand::Only(*state)));
            }
        }
        if let Some(only) = page.only
            && quiet_button_ui(ui, icons::CLOSE, "Show everything").accessible_name("Show everything").clicked()
        {
            commands.push(Command::Coverage(CoverageCommand::Only(only)));
        }
    });
}

fn total_ui(ui: &mut Ui, state: CellState, count: usize, selected: bool) -> bool {
    let colours = look::tone(state).colours(ui.visuals());
    let count = group_digits(&count.to_string());
    let words = RichText::new(format!("{} {} {count}", look::icon(state), state.label())).color(colours.text);
    let button = Button::new(words).fill(colours.fill).selected(selected).min_size(vec2(0.0, size::CONTROL_SMALL));
    // A scope would keep the row from breaking, so the looks are lent and given back.
    let before = ui.visuals().clone();
    let visuals = ui.visuals_mut();
    visuals.widgets.inactive.bg_stroke = egui::Stroke::NONE;
    visuals.selection.bg_fill = colours.fill;
    visuals.selection.stroke = egui::Stroke::new(2.0 * size::HAIRLINE, colours.text);
    let response = ui.add(button.wrap_mode(TextWrapMode::Extend));
    *ui.visuals_mut() = before;
    let name = format!("{}: {count} cells", state.label());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, &name));
    response.on_hover_text(format!("{name}. Show only what has one")).clicked()
}
