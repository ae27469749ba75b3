//! "Plan shipments": the shipments that a permission is for as cards, what has no place, what could travel together.

use eframe::egui::{Button, Label, ScrollArea, Sides, Ui, vec2};

use super::{Choice, choice_ui, link_ui, not_advice_ui};
use crate::services::queries::{SlotCard, SlotGoods, SlotState, SlotsAnswer, StrandedRow, Suggestion};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::planner::{Planning, SLOTTED_KINDS};
use crate::ui::model::route::Route;
use crate::ui::theme::{self, Tone, size, space};
use crate::ui::widgets::badge::tone_badge_ui;
use crate::ui::widgets::card::{self, card_ui};
use crate::ui::widgets::empty::empty_ui;

/// The narrowest a card of a shipment may be.
const CARD: f32 = 300.0;

/// Paints the page.
pub fn page_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.label(theme::heading(Route::Slots.label()));
        let words = "Which goods go in which of the shipments that a permission is for";
        ui.add(Label::new(theme::muted(words)).truncate());
    });
    not_advice_ui(ui);
    ui.add_space(space::TINY);
    ui.horizontal(|ui| {
        let what = Choice { kinds: SLOTTED_KINDS, label: "Permission", hint: "Choose a permission" };
        choice_ui(ui, model, &what, model.planner().permission, |picked| {
            commands.push(Command::Plan(Planning::Slots(picked)));
        });
    });
    let page = model.planner();
    let Some(found) = page.slots.value().cloned().flatten() else {
        let (icon, words) = match (page.slots.failure(), page.permission, page.slots.is_pending()) {
            (Some(failure), ..) => (icons::ALERT, failure),
            (None, None, _) => (icons::PERMISSION, "Choose a permission that says how many shipments it is for"),
            (None, Some(_), true) => return,
            (None, Some(_), false) => (icons::SEARCH, "This permission is no longer there. Choose another one"),
        };
        empty_ui(ui, icon, words, None);
        return;
    };
    ui.add_space(space::TINY);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::LARGE;
        whole_ui(ui, &found, commands);
        suggestions_ui(ui, model, &found.suggestions, commands);
        stranded_ui(ui, &found.stranded, commands);
        cards_ui(ui, &found.slots, commands);
        ui.add_space(space::HUGE);
    });
}

fn whole_ui(ui: &mut Ui, found: &SlotsAnswer, commands: &mut Vec<Command>) {
    card::inset_frame(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::TINY;
        ui.horizontal_wrapped(|ui| {
            link_ui(ui, &found.permission, commands);
            let (tone, icon) =
                if found.stranded.is_empty() { (Tone::Good, icons::CHECK_CIRCLE) } else { (Tone::Bad, icons::ALERT) };
            tone_badge_ui(ui, tone, icon, &found.summary);
            ui.label(theme::muted(format!("Window {}", found.window)));
        });
        for note in &found.notes {
            ui.add(Label::new(format!("{} {note}", icons::INFO)).wrap());
        }
    });
}

fn suggestions_ui(ui: &mut Ui, model: &Model, suggestions: &[Suggestion], commands: &mut Vec<Command>) {
    if suggestions.is_empty() {
        return;
    }
    card_ui(ui, "Could travel together", |ui| {
        for suggestion in suggestions {
            let command = Command::Plan(Planning::PutTogether(suggestion.from.id, suggestion.into.id));
            let name = format!("Do it: put {} into {}", suggestion.from.reference, suggestion.into.reference);
            let enabled = command.is_enabled(model) && !model.is_writing();
            Sides::new().shrink_left().show(
                ui,
                |ui| ui.add(Label::new(&suggestion.words).wrap()),
                |ui| {
                    let button = ui.add_enabled(enabled, Button::new(command.text())).accessible_name(&name);
                    if button.clicked() {
                        commands.push(command);
                    }
                },
            );
        }
    });
}

fn stranded_ui(ui: &mut Ui, stranded: &[StrandedRow], commands: &mut Vec<Command>) {
    if stranded.is_empty() {
        return;
    }
    card_ui(ui, "Without a place", |ui| {
        for (at, row) in stranded.iter().enumerate() {
            ui.push_id(at, |ui| {
                ui.horizontal_wrapped(|ui| {
                    tone_badge_ui(ui, Tone::Bad, icons::ALERT, &row.why);
                    ui.label(theme::semibold(&row.goods.amount));
                    ui.label(&row.goods.label);
                    if let Some(shipment) = &row.shipment {
                        link_ui(ui, shipment, commands);
                    }
                    ui.label(theme::small(small_print(&row.goods)));
                });
            });
        }
    });
}

/// The cards of the shipments, as many beside one another as there is room for.
fn cards_ui(ui: &mut Ui, slots: &[SlotCard], commands: &mut Vec<Command>) {
    let gap = space::MEDIUM;
    let mut columns = 1_usize;
    let mut taken = 2.0 * CARD + gap;
    while taken <= ui.available_width() && columns < slots.len().min(4) {
        columns += 1;
        taken += CARD + gap;
    }
    for row in slots.chunks(columns) {
        ui.columns(columns, |cells| {
            for (ui, slot) in cells.iter_mut().zip(row) {
                ui.push_id(slot.number, |ui| slot_ui(ui, slot, commands));
            }
        });
    }
}

fn slot_ui(ui: &mut Ui, slot: &SlotCard, commands: &mut Vec<Command>) {
    card::frame(ui).show(ui, |ui| {
        ui.set_min_size(vec2(ui.available_width(), size::TILE));
        ui.spacing_mut().item_spacing.y = space::TINY;
        let (tone, icon) = match slot.state {
            SlotState::Gone => (Tone::Muted, icons::TRUCK),
            SlotState::Planned => (Tone::Progress, icons::CALENDAR),
            SlotState::New => (Tone::Warn, icons::ADD),
            SlotState::Free => (Tone::Neutral, icons::PLANNED),
        };
        ui.horizontal(|ui| {
            ui.label(theme::section(format!("{}.", slot.number)));
            tone_badge_ui(ui, tone, icon, slot.state.label());
            if let Some(shipment) = &slot.shipment {
                link_ui(ui, shipment, commands);
            }
        });
        let day = match (slot.state, slot.day) {
            (SlotState::Free, _) => "Nothing is planned in it".to_owned(),
            (SlotState::New, Some(day)) => format!("Possible from {day}"),
            (SlotState::Gone, Some(day)) => format!("Used on {day}"),
            (_, Some(day)) => format!("To be used on {day}"),
            (_, None) => "No day is planned".to_owned(),
        };
        ui.label(theme::muted(day));
        for goods in &slot.goods {
            goods_ui(ui, goods);
        }
    });
}

fn goods_ui(ui: &mut Ui, goods: &SlotGoods) {
    ui.add_space(space::TINY);
    ui.horizontal_wrapped(|ui| {
        ui.label(theme::semibold(&goods.amount));
        ui.add(Label::new(&goods.label).wrap());
        if goods.added {
            tone_badge_ui(ui, Tone::Warn, icons::ADD, "Could be added");
        }
    });
    let small = small_print(goods);
    if !small.is_empty() {
        ui.add(Label::new(theme::small(small)).wrap());
    }
}

fn small_print(goods: &SlotGoods) -> String {
    let line = goods.grant_line.map(|line| format!("Line {line}"));
    let parts: Vec<String> = line.into_iter().chain((!goods.days.is_empty()).then(|| goods.days.clone())).collect();
    parts.join(", ")
}
