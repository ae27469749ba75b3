//! The rail to the left: every place, in groups, with how many records are there.

use eframe::egui::{Align, Atom, AtomExt as _, Button, Layout, Role, ScrollArea, Ui, WidgetInfo, vec2};

use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::route::{RAIL, Route};
use crate::ui::theme::{self, Tone, size, space};
use crate::ui::widgets::button::icon_button_ui;

/// Paints the rail.
pub fn rail_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
        let words = if model.rail_has_words() { "Show icons only" } else { "Show words too" };
        if icon_button_ui(ui, icons::RAIL, words).clicked() {
            commands.push(Command::ToggleRail);
        }
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| groups_ui(ui, model, commands));
        });
    });
}

fn groups_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let is_low = ui.available_height() < size::RAIL_LOW;
    let gap = if is_low { space::TINY } else { space::MEDIUM };
    ui.spacing_mut().item_spacing.y = if is_low { size::HAIRLINE } else { 2.0 * size::HAIRLINE };
    for (at, group) in RAIL.iter().enumerate() {
        if at > 0 {
            ui.add_space(gap);
        }
        for route in *group {
            entry_ui(ui, *route, model, commands);
        }
    }
}

fn entry_ui(ui: &mut Ui, route: Route, model: &Model, commands: &mut Vec<Command>) {
    let selected = model.route().in_rail() == route;
    let label = route.label();
    let icon = icon(route);
    let count = route.kind().and_then(|kind| model.count_of(kind)).filter(|count| *count > 0);
    let count = count.map_or_else(String::new, |count| count.to_string());
    let different = if route == Route::Reports { model.sealed().different().count() } else { 0 };
    let width = ui.available_width();
    let button = if model.rail_has_words() {
        let words = if selected { theme::semibold(&label) } else { label.as_str().into() };
        let count = match different {
            0 => theme::small(count),
            some => theme::small(format!("{} {some}", icons::WARNING)).color(Tone::Warn.colours(ui.visuals()).text),
        };
        Button::new((icon, words.atom_shrink(true), Atom::grow(), count))
    } else {
        let icon = if different > 0 { icons::WARNING } else { icon };
        Button::new(icon)
    };
    let height = size::CONTROL;
    let button = button.selected(selected).frame_when_inactive(selected).min_size(vec2(width, height));
    let response = ui
        .scope(|ui| {
            ui.visuals_mut().selection.stroke.width = 0.0;
            ui.add(button.truncate())
        })
        .inner;
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, &label));
    let response = match different {
        0 if model.rail_has_words() => response,
        0 => response.on_hover_text(&label),
        1 => response.on_hover_text(format!("{label}: 1 sealed document reads otherwise now")),
        some => response.on_hover_text(format!("{label}: {some} sealed documents read otherwise now")),
    };
    if response.clicked() {
        commands.push(Command::Go(route));
    }
}

const fn icon(route: Route) -> &'static str {
    match route {
        Route::Overview => icons::OVERVIEW,
        Route::Deadlines => icons::COUNTDOWN,
        Route::List(kind) => icons::for_kind(kind),
        Route::Coverage => icons::CHECKS,
        Route::Goods | Route::Lines => icons::GOODS,
        Route::WhatIf => icons::EVENT,
        Route::Slots => icons::PLANNED,
        Route::Advisor => icons::QUESTION,
        Route::Rules => icons::RULE,
        Route::Policy => icons::FLAG,
        Route::Import => icons::IMPORT,
        Route::Reports => icons::REPORT,
        Route::History => icons::HISTORY,
    }
}
