//! "What if": a shipment or a trip on other days, and what follows. Nothing is written until it is wanted.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{Label, RichText, ScrollArea, Ui};

use super::{Choice, choice_ui, link_ui, not_advice_ui};
use crate::domain::coverage::CellState;
use crate::domain::record::RecordKind;
use crate::services::queries::{
    ApprovalSpan, COVERED_KINDS, ChangedCell, CoverageCell, MeetingWords, MovedDay, ShelfLine, WhatIf,
};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::planner::Planning;
use crate::ui::model::route::Route;
use crate::ui::theme::{self, Tone, size, space, window};
use crate::ui::widgets::badge::tone_badge_ui;
use crate::ui::widgets::button::primary_button_ui;
use crate::ui::widgets::card::{card_ui, inset_frame};
use crate::ui::widgets::date_field::date_field_from_ui;
use crate::ui::widgets::empty::empty_ui;

/// Paints the page.
pub fn page_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.label(theme::heading(Route::WhatIf.label()));
        let words = "Move a date on a copy and see what follows. Nothing is written until you want it";
        ui.add(Label::new(theme::muted(words)).truncate());
    });
    not_advice_ui(ui);
    ui.add_space(space::TINY);
    question_ui(ui, model, commands);
    let page = model.planner();
    let Some(report) = page.report.value().cloned().flatten() else {
        let (icon, words) = match (page.report.failure(), page.holder, page.report.is_pending()) {
            (Some(failure), ..) => (icons::ALERT, failure),
            (None, None, _) => (icons::EVENT, "Choose a shipment or a trip, then other days for it"),
            (None, Some(_), true) => return,
            (None, Some(_), false) => (icons::SEARCH, "This record is no longer there. Choose another one"),
        };
        empty_ui(ui, icon, words, None);
        return;
    };
    ui.add_space(space::TINY);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::LARGE;
        report_ui(ui, &report, commands);
    });
}

/// What moves, and to which days.
fn question_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let report: Option<Arc<WhatIf>> = model.planner().report.value().cloned().flatten();
    let is_trip = report.as_ref().is_some_and(|report| report.holder.kind == RecordKind::Trip);
    let labels = if is_trip { ["Departs on", "Returns on"] } else { ["Planned departure", "Expected arrival"] };
    card_ui(ui, "Which days", |ui| {
        ui.horizontal(|ui| {
            let what = Choice { kinds: COVERED_KINDS, label: "Shipment or trip", hint: "Choose a shipment or a trip" };
            choice_ui(ui, model, &what, model.planner().holder, |picked| {
                commands.push(Command::Plan(Planning::WhatIf(picked)));
            });
        });
        if model.planner().holder.is_none() {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            let today = model.place().today;
            let days = days(report.as_deref());
            for ((label, text), day) in labels.iter().zip(&mut model.planner_mut().typed).zip(days) {
                ui.label(theme::small(*label));
                ui.scope(|ui| {
                    ui.set_width(window::AS_OF);
                    let hint = day.map_or_else(|| "not planned".to_owned(), |day| day.to_string());
                    date_field_from_ui(ui, text, (today, day.unwrap_or(today)), label, &hint).accessible_name(*label);
                });
                ui.add_space(space::SMALL);
            }
        });
        ui.horizontal_wrapped(|ui| buttons_ui(ui, model, commands));
    });
}

/// What an empty field means: the day as it stands, or the day to which it moves along.
fn days(report: Option<&WhatIf>) -> [Option<NaiveDate>; 2] {
    let Some(report) = report else { return [None, None] };
    let along = report.moved.iter().find(|moved| moved.what == "Expected arrival" || moved.what == "Returns on");
    let along = along.filter(|_| report.query.dates.last.is_none()).and_then(|moved| moved.to.parse().ok());
    [report.days[0], along.or(report.days[1])]
}

fn buttons_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let (apply, reset) = (Command::Plan(Planning::Apply), Command::Plan(Planning::Reset));
    ui.add_enabled_ui(apply.is_enabled(model), |ui| {
        if primary_button_ui(ui, icons::SAVE, &apply.text()).accessible_name(apply.text()).clicked() {
            commands.push(apply);
        }
    });
    let is_typed = model.planner().typed.iter().any(|text| !text.is_empty());
    if ui.add_enabled(is_typed, eframe::egui::Button::new(reset.text())).clicked() {
        commands.push(reset);
    }
    if model.planner().is_half_typed() {
        ui.label(theme::muted("Write days as 2027-03-31"));
    }
}

fn report_ui(ui: &mut Ui, report: &WhatIf, commands: &mut Vec<Command>) {
    verdict_ui(ui, report, commands);
    part_ui(ui, "Approvals", &report.approvals, |ui, one| approval_ui(ui, one, commands));
    part_ui(ui, "Coverage that changes", &report.cells, |ui, one| cell_ui(ui, one, commands));
    part_ui(ui, "Shelf life on arrival", &report.shelf, shelf_ui);
    let heading =
        if report.holder.kind == RecordKind::Trip { "Deliveries it goes to see" } else { "Trips that go to see it" };
    part_ui(ui, heading, &report.meetings, |ui, one| meeting_ui(ui, one, commands));
    part_ui(ui, "Days that move", &report.moved, moved_ui);
    ui.add_space(space::HUGE);
}

fn part_ui<T>(ui: &mut Ui, heading: &str, rows: &[T], mut row_ui: impl FnMut(&mut Ui, &T)) {
    if rows.is_empty() {
        return;
    }
    card_ui(ui, heading, |ui| {
        for (at, row) in rows.iter().enumerate() {
            ui.push_id(at, |ui| row_ui(ui, row));
        }
    });
}

/// The whole in a line, and what stands in the way of writing it.
fn verdict_ui(ui: &mut Ui, report: &WhatIf, commands: &mut Vec<Command>) {
    inset_frame(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            link_ui(ui, &report.holder, commands);
            let (tone, icon, words) = match report {
                report if !report.refused.is_empty() => (Tone::Bad, icons::REFUSED, "Cannot be written so"),
                report if report.moved.is_empty() => (Tone::Neutral, icons::INFO, "As it stands"),
                report if report.is_harmless() => (Tone::Good, icons::CHECK_CIRCLE, "Nothing becomes worse by it"),
                _ => (Tone::Warn, icons::WARNING, "Something becomes worse by it"),
            };
            tone_badge_ui(ui, tone, icon, words);
            let [before, after] = report.open;
            let cells = if before == after {
                format!("{before} open cells in its coverage, as before")
            } else {
                format!("{after} open cells in its coverage, {before} as it stands")
            };
            ui.label(theme::muted(cells));
        });
        for why in &report.refused {
            let bad = Tone::Bad.colours(ui.visuals()).text;
            ui.add(Label::new(RichText::new(why).color(bad)).wrap());
        }
        for note in &report.notes {
            ui.add(Label::new(format!("{} {note}", icons::INFO)).wrap());
        }
    });
}

fn approval_ui(ui: &mut Ui, one: &ApprovalSpan, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        let (tone, icon, words) = match (one.spanned, one.spans) {
            (_, true) => (Tone::Good, icons::CHECK_CIRCLE, "Spans the use"),
            (true, false) => (Tone::Bad, icons::EXPIRED, "Lapses"),
            (false, false) => (Tone::Warn, icons::EXPIRED, "Does not span it, before or after"),
        };
        link_ui(ui, &one.permission, commands);
        tone_badge_ui(ui, tone, icon, words);
    });
    ui.add(Label::new(&one.words).wrap());
    if !one.ask.is_empty() {
        ui.add(Label::new(theme::muted(format!("{} {}", icons::COUNTDOWN, one.ask))).wrap());
    }
    ui.add_space(space::TINY);
}

/// How a state should worry its reader.
const fn tone_of(state: CellState) -> (Tone, &'static str) {
    match state {
        CellState::Covered | CellState::NotNeeded => (Tone::Good, icons::CHECK_CIRCLE),
        CellState::Unclear | CellState::Unknown | CellState::ConditionOpen => (Tone::Warn, icons::QUESTION),
        _ => (Tone::Bad, icons::ALERT),
    }
}

fn state_ui(ui: &mut Ui, cell: Option<&CoverageCell>) {
    match cell {
        Some(cell) => {
            let (tone, icon) = tone_of(cell.state);
            tone_badge_ui(ui, tone, icon, cell.state.label());
        }
        None => drop(tone_badge_ui(ui, Tone::Neutral, icons::PLANNED, "Not asked")),
    }
}

fn cell_ui(ui: &mut Ui, one: &ChangedCell, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        ui.label(theme::semibold(&one.row));
        ui.label(theme::muted(&one.instrument));
        state_ui(ui, one.from.as_ref());
        ui.label(icons::MOVEMENT);
        state_ui(ui, one.to.as_ref());
    });
    let Some(to) = &one.to else { return };
    ui.horizontal_wrapped(|ui| {
        if let Some(by) = &to.by {
            link_ui(ui, by, commands);
        }
        ui.add(Label::new(&to.words).wrap());
    });
    if !to.mend.is_empty() {
        ui.add(Label::new(theme::muted(&to.mend)).wrap());
    }
    ui.add_space(space::TINY);
}

fn shelf_ui(ui: &mut Ui, line: &ShelfLine) {
    ui.horizontal_wrapped(|ui| {
        let (tone, words) = match line.falls() {
            true if line.before.is_some() => (Tone::Bad, "Falls"),
            true => (Tone::Warn, "Short"),
            false => (Tone::Warn, "As it stands"),
        };
        tone_badge_ui(ui, tone, icons::HOURGLASS, words);
        ui.add(Label::new(&line.words).wrap());
    });
}

fn meeting_ui(ui: &mut Ui, one: &MeetingWords, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        let (tone, icon, words) = match (one.met, one.meets) {
            (_, true) => (Tone::Good, icons::CHECK_CIRCLE, "Meets it now"),
            (true, false) => (Tone::Bad, icons::ALERT, "Misses it"),
            (false, false) => (Tone::Warn, icons::WARNING, "Misses it, before and after"),
        };
        link_ui(ui, &one.link, commands);
        tone_badge_ui(ui, tone, icon, words);
        ui.add(Label::new(&one.words).wrap());
    });
}

fn moved_ui(ui: &mut Ui, day: &MovedDay) {
    ui.horizontal_wrapped(|ui| {
        ui.label(theme::muted(&day.what));
        let from = if day.from.is_empty() { "not planned" } else { &day.from };
        ui.label(from);
        ui.label(icons::MOVEMENT);
        ui.label(theme::semibold(&day.to));
    });
}
