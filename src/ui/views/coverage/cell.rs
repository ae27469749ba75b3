//! The cell that is looked at: the whole sentence, the rule behind it, what covers it, what is booked and can be, who can
//! mend it.

use eframe::egui::{Align, Button, Label, Layout, ScrollArea, Ui};

use super::look;
use crate::services::queries::{BookingOptions, BookingRow, CoverageCell, RuleWords};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::coverage::{CoverageCommand, Looked};
use crate::ui::theme::{self, space, window};
use crate::ui::widgets::badge::tone_badge_ui;
use crate::ui::widgets::button::icon_button_ui;
use crate::ui::widgets::card;

/// Paints the cell.
pub(super) fn cell_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let page = model.coverage();
    let Some(looked) = page.looked() else { return };
    card::frame(ui).inner_margin(12).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        ui.spacing_mut().item_spacing.y = space::SMALL;
        head_ui(ui, &looked, commands);
        ScrollArea::vertical().id_salt("coverage_cell").auto_shrink(false).show(ui, |ui| {
            let options = page.options();
            if let Some(options) = options.filter(|_| ui.available_width() >= window::COVERAGE_TWO) {
                ui.columns(2, |sides| {
                    if let [left, right] = sides {
                        let down = Layout::top_down(Align::Min);
                        left.with_layout(down, |ui| said_ui(ui, looked.cell, commands));
                        right.with_layout(down, |ui| bookings_ui(ui, model, options, looked.cell, commands));
                    }
                });
                return;
            }
            said_ui(ui, looked.cell, commands);
            if let Some(options) = options {
                bookings_ui(ui, model, options, looked.cell, commands);
            }
        });
    });
}

fn head_ui(ui: &mut Ui, looked: &Looked<'_>, commands: &mut Vec<Command>) {
    let Looked { row, column, cell } = looked;
    ui.horizontal(|ui| {
        tone_badge_ui(ui, look::tone(cell.state), look::icon(cell.state), cell.state.label());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = CoverageCommand::Look(None);
            if icon_button_ui(ui, icons::CLOSE, close.text()).clicked() {
                commands.push(Command::Coverage(close));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let of = row.line.map_or_else(|| row.label.clone(), |line| format!("{line}. {}", row.label));
                let words = format!("{of}: {}, {}", column.name, column.authority);
                ui.add(Label::new(theme::semibold(words)).truncate());
            });
        });
    });
}

fn said_ui(ui: &mut Ui, cell: &CoverageCell, commands: &mut Vec<Command>) {
    ui.add(Label::new(&cell.words).wrap());
    if !cell.left.is_empty() {
        ui.add(Label::new(theme::muted(cell.left.join("; "))).wrap());
    }
    if !cell.mend.is_empty() {
        ui.add(Label::new(theme::strong(format!("{} {}", icons::NEXT_DAY, cell.mend))).wrap());
    }
    if let Some(by) = &cell.by {
        ui.horizontal(|ui| {
            let words = format!("{} {}  {}", icons::for_kind(by.kind), by.reference, by.title);
            let name = format!("Open {} {}", by.reference, by.title);
            ui.style_mut().wrap_mode = Some(eframe::egui::TextWrapMode::Truncate);
            if ui.add(eframe::egui::Link::new(words)).accessible_name(name).clicked() {
                commands.push(Command::Open(by.id));
            }
        });
    }
    if let Some(rule) = &cell.rule {
        rule_ui(ui, rule);
    }
}

fn rule_ui(ui: &mut Ui, rule: &RuleWords) {
    let words = format!("{} Rule {}: {}", icons::RULE, rule.code, rule.title);
    ui.add(Label::new(theme::muted(words)).wrap());
    let parts = [rule.citation.as_str(), &rule.confidence, &rule.checked, &rule.origin];
    let line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    ui.add(Label::new(theme::small(line)).wrap());
}

/// What is booked for the line, and the grant lines that can be booked.
fn bookings_ui(ui: &mut Ui, model: &Model, options: &BookingOptions, cell: &CoverageCell, commands: &mut Vec<Command>) {
    let enabled = !model.place().read_only && !model.is_writing() && model.as_of().is_none();
    for row in &options.bookings {
        ui.push_id(row.id, |ui| booking_ui(ui, row, enabled, commands));
    }
    if cell.state.is_settled() && options.missing == "0" {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        if options.options.is_empty() {
            ui.add(Label::new(theme::muted("No letter has a line for this item")).wrap());
            return;
        }
        let ask = CoverageCommand::AskBooking(0);
        let words = format!("{} {}", icons::BOOKING, ask.text());
        if ui.add_enabled(enabled, Button::new(words)).accessible_name(ask.text()).clicked() {
            commands.push(Command::Coverage(ask));
        }
        let able = options.options.iter().filter(|option| option.hint.is_empty()).count();
        let noun = if able == 1 { "grant line" } else { "grant lines" };
        ui.add(Label::new(theme::muted(format!("{able} {noun} can serve it"))).truncate());
    });
}

fn booking_ui(ui: &mut Ui, row: &BookingRow, enabled: bool, commands: &mut Vec<Command>) {
    let words = format!("{} {}: {} of {}, {}", icons::BOOKING, row.reference, row.quantity, row.of, row.stage);
    ui.add(Label::new(words).wrap());
    ui.horizontal(|ui| {
        ui.spacing_mut().button_padding.y = space::TINY / 2.0;
        if row.is_reserved {
            let back = CoverageCommand::GiveBack(row.id);
            let name = format!("Give back {}", row.reference);
            if ui.add_enabled(enabled, Button::new(back.text())).accessible_name(name).clicked() {
                commands.push(Command::Coverage(back));
            }
        }
        let edit = Command::Edit(row.id);
        let name = format!("Edit booking {}", row.reference);
        if ui.add_enabled(enabled, Button::new(edit.text())).accessible_name(name).clicked() {
            commands.push(edit);
        }
    });
}
