//! A list of records: filters, a count, and a table of which only the rows near the eye are painted.

mod columns;
mod filters;
mod keys;
mod menu;
mod selected;
mod table;
#[cfg(test)]
mod tests;

use eframe::egui::Ui;

pub(super) use self::keys::STEPS;

use crate::domain::record::RecordKind;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::gather::grouped;
use crate::ui::model::list::ListState;
use crate::ui::model::route::Route;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::button::quiet_button_ui;
use crate::ui::widgets::card;
use crate::ui::widgets::empty::empty_ui;

/// Paints the list of a kind.
pub fn page_ui(ui: &mut Ui, kind: RecordKind, model: &mut Model, commands: &mut Vec<Command>) {
    heading_ui(ui, kind, model, commands);
    let list = model.list_mut(kind);
    // Where there is nothing at all, filters would only be in the way.
    if list.is_filtered() || !list.is_empty() {
        filters::row_ui(ui, kind, model, commands);
        ui.add_space(space::TINY);
    }
    only_ui(ui, model.list_mut(kind));
    let list = model.list_mut(kind);
    match (list.len(), list.rows.keys.failure().map(str::to_owned)) {
        (None, Some(failure)) => failed_ui(ui, &failure, commands),
        (Some(0), _) => nothing_ui(ui, kind, model, commands),
        _ => {
            let frame = card::frame(ui).inner_margin(0);
            frame.show(ui, |ui| table::table_ui(ui, model, kind, commands));
        }
    }
}

/// What a list behind a figure counts and what it adds up to, so that the figure is seen again.
fn only_ui(ui: &mut Ui, list: &ListState) {
    let figure = list.figure.value().and_then(Option::as_ref);
    let Some(figure) = figure.filter(|_| list.arrangement.filter.only.is_some()) else { return };
    ui.horizontal_wrapped(|ui| {
        ui.label(theme::semibold(format!("{} Adds up to: {}", icons::GOODS, figure.words())));
        ui.label(theme::muted(format!("Only what a figure counts: {}", figure.counts)));
    });
    ui.add_space(space::TINY);
}

fn heading_ui(ui: &mut Ui, kind: RecordKind, model: &Model, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        // The room of the buttons for a selection, so that nothing moves when they come.
        ui.set_min_height(size::CONTROL);
        ui.label(theme::heading(Route::of(kind).label()));
        let Some(list) = model.list(kind) else { return };
        let Some((shown, all)) = list.len().zip(list.total()) else { return };
        ui.label(theme::muted(count_words(kind, shown, all)));
        if model.sorts_long() {
            ui.label(theme::muted(format!("{} Sorting…", icons::HOURGLASS)));
        }
        selected::buttons_ui(ui, kind, model, commands);
    });
}

/// `23 of 93 filings`, `93 filings`, `1 filing`.
fn count_words(kind: RecordKind, shown: usize, all: usize) -> String {
    let (one, many) = match kind {
        RecordKind::Request => ("filing".to_owned(), "filings".to_owned()),
        kind => (kind.label().to_lowercase(), kind.plural().replace('_', " ")),
    };
    let word = if all == 1 { one } else { many };
    let (shown_words, all_words) = (grouped(shown), grouped(all));
    if shown == all { format!("{all_words} {word}") } else { format!("{shown_words} of {all_words} {word}") }
}

fn nothing_ui(ui: &mut Ui, kind: RecordKind, model: &Model, commands: &mut Vec<Command>) {
    let is_filtered = model.list(kind).is_some_and(ListState::is_filtered);
    let many = kind.plural().replace('_', " ");
    card::frame(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        if is_filtered {
            empty_ui(ui, icons::SEARCH, &format!("No {many} match these filters"), None);
            ui.vertical_centered(|ui| {
                if ui.button(Command::ClearFilter(kind).text()).clicked() {
                    commands.push(Command::ClearFilter(kind));
                }
            });
            return;
        }
        let new = Command::New(kind);
        let sentence = if model.as_of().is_some() {
            format!("No {many} were known on this day")
        } else {
            format!("No {many} yet")
        };
        let action = new.is_enabled(model).then(|| new.text());
        if empty_ui(ui, icons::for_kind(kind), &sentence, action.as_deref()) {
            commands.push(new);
        }
        if kind == RecordKind::Request && Command::ImportPublicRecord.is_enabled(model) {
            ui.vertical_centered(|ui| {
                if quiet_button_ui(ui, icons::PUBLIC, &Command::ImportPublicRecord.text()).clicked() {
                    commands.push(Command::ImportPublicRecord);
                }
            });
        }
    });
}

fn failed_ui(ui: &mut Ui, failure: &str, commands: &mut Vec<Command>) {
    card::frame(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        empty_ui(ui, icons::ALERT, failure, None);
        ui.vertical_centered(|ui| {
            if ui.button(Command::Reload.text()).clicked() {
                commands.push(Command::Reload);
            }
        });
    });
}
