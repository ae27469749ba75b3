//! What waits, what expires next, and the policy events under the charts.

use eframe::egui::{Align, Label, Layout, Link, Ui, vec2};

use super::prepared::{LineText, Prepared};
use super::row::row_ui;
use super::{Opened, OverviewAction, Part};
use crate::domain::id::Id;
use crate::services::queries::OVERVIEW_MOST;
use crate::ui::icons;
use crate::ui::theme::{self, Tone, size, space};
use crate::ui::widgets::badge::{status_badge_ui, tone_badge_ui};
use crate::ui::widgets::button::quiet_button_ui;
use crate::ui::widgets::card::card_ui;
use crate::ui::widgets::empty::empty_ui;

/// How many rows a list shows before it is opened.
const FEW: usize = 6;

/// What waits, on whom, since when; the longest first.
pub fn waits_ui(ui: &mut Ui, prepared: &Prepared, opened: &mut Opened, actions: &mut Vec<OverviewAction>) {
    card_ui(ui, "What waits, on whom, since when", |ui| {
        let waits = &prepared.of.waits;
        if waits.is_empty() {
            empty_ui(ui, icons::CHECKS, "Nothing waits on this day", None);
            return;
        }
        let ids: Vec<Id> =
            waits.iter().take(shown(waits.len(), opened.contains(&Part::Waits))).map(|wait| wait.id).collect();
        rows_ui(ui, &ids, &prepared.waits, actions, |ui, at, text| {
            let days = Label::new(theme::small(&text.days).color(ui.visuals().text_color()));
            ui.allocate_ui_with_layout(size::DAYS.into(), Layout::right_to_left(Align::Center), |ui| {
                ui.set_min_size(size::DAYS.into());
                ui.add(days);
            });
            if let Some(wait) = waits.get(at) {
                let room = vec2(size::FIELD, size::BADGE);
                let layout = Layout::right_to_left(Align::Center);
                ui.allocate_ui_with_layout(room, layout, |ui| status_badge_ui(ui, &wait.status, &wait.label));
            }
        });
        more_ui(ui, waits.len(), opened, Part::Waits, "waits");
    });
}

/// What expires or falls due next; the nearest first.
pub fn expiries_ui(ui: &mut Ui, prepared: &Prepared, opened: &mut Opened, actions: &mut Vec<OverviewAction>) {
    card_ui(ui, "What expires next", |ui| {
        let expiries = &prepared.of.expiries;
        if expiries.is_empty() {
            empty_ui(ui, icons::CHECKS, "Nothing expires or falls due after this day", None);
            return;
        }
        let ids: Vec<Id> = expiries
            .iter()
            .take(shown(expiries.len(), opened.contains(&Part::Expiries)))
            .map(|expiry| expiry.id)
            .collect();
        rows_ui(ui, &ids, &prepared.expiries, actions, |ui, _at, text| {
            let icon = if text.tone == Tone::Bad { icons::ALERT } else { icons::COUNTDOWN };
            tone_badge_ui(ui, text.tone, icon, &text.days);
        });
        more_ui(ui, expiries.len(), opened, Part::Expiries, "dates");
    });
}

/// The policy events that the charts mark, newest first.
pub fn events_ui(ui: &mut Ui, prepared: &Prepared, opened: &mut Opened, actions: &mut Vec<OverviewAction>) {
    let events = &prepared.of.policy_events;
    if events.is_empty() {
        return;
    }
    card_ui(ui, "Policy events", |ui| {
        ui.label(theme::small("Public events that moved the field, marked with a flag in the charts"));
        ui.spacing_mut().item_spacing.y = space::TINY;
        for event in events.iter().rev().take(shown(events.len(), opened.contains(&Part::Events))) {
            let clicked = ui.horizontal(|ui| {
                ui.allocate_ui(size::DATE.into(), |ui| {
                    ui.set_min_width(size::DATE[0]);
                    ui.label(theme::muted(&event.date));
                });
                let title = Link::new(event.title.as_str());
                ui.add(title).clicked()
            });
            if clicked.inner {
                actions.push(OverviewAction::OpenRecord(event.id));
            }
        }
        more_ui(ui, events.len(), opened, Part::Events, "events");
    });
}

pub(super) fn shown(count: usize, shows_all: bool) -> usize {
    if shows_all { count } else { FEW.min(count) }
}

pub(super) fn rows_ui(
    ui: &mut Ui,
    ids: &[Id],
    texts: &[LineText],
    actions: &mut Vec<OverviewAction>,
    mut right: impl FnMut(&mut Ui, usize, &LineText),
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for (at, (id, text)) in ids.iter().zip(texts).enumerate() {
        if row_ui(ui, at, text, |ui| right(ui, at, text)).clicked() {
            actions.push(OverviewAction::OpenRecord(*id));
        }
    }
}

pub(super) fn more_ui(ui: &mut Ui, count: usize, opened: &mut Opened, part: Part, noun: &str) {
    if count <= FEW {
        return;
    }
    ui.add_space(space::TINY);
    let label = if opened.contains(&part) { "Show fewer".to_owned() } else { all(count, noun) };
    if quiet_button_ui(ui, "", &label).clicked() && !opened.remove(&part) {
        opened.insert(part);
    }
}

/// A list that is cut says so.
fn all(count: usize, noun: &str) -> String {
    if count >= OVERVIEW_MOST { format!("Show the first {count} {noun}") } else { format!("Show all {count} {noun}") }
}
