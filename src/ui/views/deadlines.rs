//! Deadlines: everything dated that needs a person, by urgency. What was put off is folded away.

use std::sync::Arc;

use eframe::egui::{Align, Button, Label, Layout, ScrollArea, Ui, vec2};

use super::overview::{LineText, row_ui};
use crate::services::DeadlineKey;
use crate::services::queries::{DeadlineBoard, DeadlineGroup, DeadlineShown, PutOffShown, Urgency};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::deadlines::Asked;
use crate::ui::model::route::Route;
use crate::ui::theme::{self, Tone, size, space, window};
use crate::ui::widgets::badge::{category_tag_ui, tone_badge_ui};
use crate::ui::widgets::button::{icon_button_ui, quiet_button_ui};
use crate::ui::widgets::card::card_ui;
use crate::ui::widgets::empty::empty_ui;

/// The width from which authority and category stand in a row.
const WITH_AUTHORITY: f32 = 820.0;

/// The width below which buttons are icons only and the day stands in the hint.
const WITH_WORDS: f32 = 640.0;

/// What the page keeps between frames.
#[derive(Default)]
pub struct DeadlinesView {
    prepared: Option<Prepared>,
    shows_put_off: bool,
}

/// The answer worded once.
struct Prepared {
    of: Arc<DeadlineBoard>,
    groups: Vec<Vec<LineText>>,
    put_off: Vec<LineText>,
}

impl Prepared {
    fn new(of: Arc<DeadlineBoard>) -> Self {
        let groups = of.groups.iter().map(|group| group.rows.iter().map(text).collect()).collect();
        let put_off = of.put_off.iter().map(put_off_text).collect();
        Self { of, groups, put_off }
    }
}

fn text(row: &DeadlineShown) -> LineText {
    let record = format!("{} {}", row.kind, row.reference);
    let (first, parts) = if row.note.is_empty() {
        (row.what.clone(), [record.as_str(), &row.title])
    } else {
        (format!("{}: {record}", row.what), [row.note.as_str(), &row.title])
    };
    let second = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let tone = match Urgency::of(row.days_left) {
        Urgency::Overdue => Tone::Bad,
        Urgency::ThisWeek => Tone::Warn,
        Urgency::ThisMonth => Tone::Progress,
        Urgency::Later => Tone::Neutral,
    };
    LineText {
        name: format!("{}, {}, {}", row.what, row.reference, days(row.days_left)),
        hint: format!("{}, due on {}\n{second}", row.what, row.due_text),
        first,
        second,
        days: days(row.days_left),
        tone,
    }
}

fn put_off_text(put_off: &PutOffShown) -> LineText {
    let days = format!("until {}", put_off.until);
    let text = text(&put_off.deadline);
    LineText { name: format!("{}, put off {days}", text.name), days, tone: Tone::Muted, ..text }
}

fn days(left: i64) -> String {
    match left {
        0 => "Today".to_owned(),
        1 => "Tomorrow".to_owned(),
        -1 => "1 day overdue".to_owned(),
        ..0 => format!("{} days overdue", -left),
        _ => format!("In {left} days"),
    }
}

/// Paints the page.
pub fn page_ui(ui: &mut Ui, model: &Model, view: &mut DeadlinesView, commands: &mut Vec<Command>) {
    title_ui(ui, model, commands);
    let Some(board) = model.deadlines().value() else {
        if let Some(failure) = model.deadlines().failure() {
            empty_ui(ui, icons::ALERT, failure, None);
        }
        return;
    };
    if view.prepared.as_ref().is_none_or(|prepared| !Arc::ptr_eq(&prepared.of, board)) {
        view.prepared = Some(Prepared::new(Arc::clone(board)));
    }
    let Some(prepared) = &view.prepared else { return };
    ui.add_space(space::SMALL);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::LARGE;
        if board.groups.is_empty() {
            empty_ui(ui, icons::CHECKS, "Nothing is due on this day", None);
        }
        for (group, texts) in board.groups.iter().zip(&prepared.groups) {
            group_ui(ui, group, texts, model, commands);
        }
        put_off_ui(ui, &prepared.put_off, &mut view.shows_put_off, model, commands);
        not_estimated_ui(ui, board);
        ui.add_space(space::HUGE);
    });
}

fn title_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.label(theme::heading(Route::Deadlines.label()));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let words = format!("{} Calendar file…", icons::CALENDAR);
            if ui.button(words).accessible_name("Calendar file…").clicked() {
                commands.push(Command::AskCalendar);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = format!("Everything dated that needs a person, as of {}", model.day());
                ui.add(Label::new(theme::muted(words)).truncate());
            });
        });
    });
}

fn group_ui(ui: &mut Ui, group: &DeadlineGroup, texts: &[LineText], model: &Model, commands: &mut Vec<Command>) {
    let more = if group.more > 0 { format!(" of {}", count(group)) } else { String::new() };
    let heading = format!("{} ({}{more})", group.urgency.label(), group.rows.len());
    card_ui(ui, &heading, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (at, (row, text)) in group.rows.iter().zip(texts).enumerate() {
            line_ui(ui, at, row, text, model, commands);
        }
        if group.more > 0 {
            ui.add_space(space::SMALL);
            ui.label(theme::small("The nearest are shown. The calendar file holds more of them"));
        }
    });
}

fn count(group: &DeadlineGroup) -> String {
    let all = i64::try_from(group.rows.len()).unwrap_or(0) + group.more;
    if group.at_least { format!("{all} or more") } else { all.to_string() }
}

/// A row. One out of sight takes its room and nothing else, so that hundreds of them cost nothing.
fn line_ui(ui: &mut Ui, at: usize, row: &DeadlineShown, text: &LineText, model: &Model, commands: &mut Vec<Command>) {
    if !ui.is_rect_visible(ui.available_rect_before_wrap().with_max_y(ui.cursor().top() + size::LIST_ROW)) {
        ui.add_space(size::LIST_ROW);
        return;
    }
    let (wide, narrow) = (ui.available_width() >= WITH_AUTHORITY, ui.available_width() < WITH_WORDS);
    let response = row_ui(ui, at, text, |ui| {
        for put_off in [true, false] {
            button_ui(ui, asked(row, put_off), narrow, model, commands);
        }
        if !narrow {
            ui.add_space(space::SMALL);
            cell_ui(ui, size::DATE[0], |ui| {
                ui.add(Label::new(theme::small(&row.due_text).color(ui.visuals().text_color())));
            });
        }
        cell_ui(ui, BADGE, |ui| {
            let icon = if text.tone == Tone::Bad { icons::ALERT } else { icons::COUNTDOWN };
            tone_badge_ui(ui, text.tone, icon, &text.days);
        });
        if wide {
            cell_ui(ui, window::CELL, |ui| {
                for tag in row.categories.iter().rev().take(1) {
                    category_tag_ui(ui, tag);
                }
                ui.add(Label::new(theme::small(&row.authority)).truncate());
            });
        }
    });
    if response.clicked() {
        commands.push(Command::Open(row.id));
    }
}

fn asked(row: &DeadlineShown, put_off: bool) -> Asked {
    Asked {
        key: DeadlineKey { about: row.id, what: row.what.clone(), due_on: row.due_on, alike: 0 },
        record: format!("{} {}", row.kind, row.reference),
        reference: row.reference.clone(),
        put_off,
    }
}

/// The button by which a deadline is done or put off.
fn button_ui(ui: &mut Ui, asked: Asked, narrow: bool, model: &Model, commands: &mut Vec<Command>) {
    let put_off = asked.put_off;
    let verb = if put_off { "Put off" } else { "Done" };
    let name = format!("{verb}, {}, {}", asked.key.what, asked.reference);
    let command = Command::AskSettle(Box::new(asked));
    let enabled = command.is_enabled(model);
    let response = if narrow {
        let icon = if put_off { icons::CLOCK } else { icons::CHECK };
        ui.add_enabled_ui(enabled, |ui| icon_button_ui(ui, icon, &name)).inner
    } else {
        ui.add_enabled(enabled, Button::new(command.text())).accessible_name(&name)
    };
    if response.clicked() {
        commands.push(command);
    }
}

/// The room for the days that are left.
const BADGE: f32 = 132.0;

fn cell_ui(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui)) {
    let room = vec2(width, ui.available_height());
    ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_size(room);
        ui.set_max_width(width);
        contents(ui);
    });
}

fn put_off_ui(ui: &mut Ui, texts: &[LineText], shows: &mut bool, model: &Model, commands: &mut Vec<Command>) {
    let Some(board) = model.deadlines().value() else { return };
    if board.put_off.is_empty() {
        return;
    }
    card_ui(ui, "Put off", |ui| {
        let count = board.put_off.len();
        let label = if *shows { "Hide them".to_owned() } else { format!("Show {count} put off") };
        if quiet_button_ui(ui, "", &label).clicked() {
            *shows = !*shows;
        }
        if !*shows {
            return;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        for (at, (put_off, text)) in board.put_off.iter().zip(texts).enumerate() {
            let row = &put_off.deadline;
            let response = row_ui(ui, at, text, |ui| {
                button_ui(ui, asked(row, false), false, model, commands);
                ui.add_space(space::SMALL);
                tone_badge_ui(ui, text.tone, icons::CLOCK, &text.days);
            });
            if response.clicked() {
                commands.push(Command::Open(row.id));
            }
        }
    });
}

fn not_estimated_ui(ui: &mut Ui, board: &DeadlineBoard) {
    if board.not_estimated.is_empty() {
        return;
    }
    card_ui(ui, "No day to ask by", |ui| {
        for (authority, reason) in &board.not_estimated {
            ui.add(Label::new(theme::small(format!("{authority}: {reason}"))).wrap());
        }
    });
}
