//! Reports to donors: the list at the left, beside it the report as it would be made now, and what sealed ones would read.

mod chart;
mod preview;
mod sealed;

use eframe::egui::{self, Align, Button, Frame, Label, Layout, Panel, ScrollArea, Ui, vec2};

use crate::domain::record::RecordKind;
use crate::services::FileFormat;
use crate::services::queries::ReportRow;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::reports::ReportCommand;
use crate::ui::model::route::Route;
use crate::ui::theme::{self, Tone, size, space, window};
use crate::ui::widgets::badge::tone_badge_ui;
use crate::ui::widgets::button::primary_button_ui;
use crate::ui::widgets::card::inset_frame;
use crate::ui::widgets::empty::empty_ui;

/// Paints the page.
pub fn page_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.label(theme::heading(Route::Reports.label()));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| new_ui(ui, model, commands));
    });
    ui.add_space(space::TINY);
    sealed::state_ui(ui, model, commands);
    let Some(rows) = model.reports().rows.value().cloned() else {
        if let Some(failure) = model.reports().rows.failure() {
            empty_ui(ui, icons::ALERT, failure, None);
        }
        return;
    };
    let sealed = model.sealed();
    if rows.is_empty() && sealed.different().chain(sealed.lost()).next().is_none() {
        let words = "No report yet. A report takes its figures from the record, for one grant and one period";
        if empty_ui(ui, icons::REPORT, words, Some(&Command::New(RecordKind::Report).text())) {
            commands.push(Command::New(RecordKind::Report));
        }
        return;
    }
    let side = Frame::new().inner_margin(egui::Margin { right: 12, ..egui::Margin::ZERO });
    Panel::left("reports_list")
        .exact_size(window::COVERAGE_LIST)
        .resizable(false)
        .show_separator_line(false)
        .frame(side)
        .show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                for row in rows.iter() {
                    row_ui(ui, row, model, commands);
                }
                sealed::rows_ui(ui, &rows, model, commands);
            });
        });
    ScrollArea::vertical().id_salt("report").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::MEDIUM;
        if !sealed::chosen_ui(ui, model, commands) {
            chosen_ui(ui, model, commands);
        }
    });
}

fn new_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    for kind in [RecordKind::Report, RecordKind::ReportForm] {
        let new = Command::New(kind);
        let words = format!("{} {}", icons::ADD, new.text());
        if ui.add_enabled(new.is_enabled(model), Button::new(words)).accessible_name(new.text()).clicked() {
            commands.push(new);
        }
    }
}

/// A report in the list.
fn row_ui(ui: &mut Ui, row: &ReportRow, model: &Model, commands: &mut Vec<Command>) {
    let selected = model.reports().chosen == Some(row.id) && model.reports().chosen_seal.is_none();
    let badge = match row.sealed_on {
        _ if model.sealed().differs(row.id) => (Tone::Warn, icons::WARNING, "Would read differently now".to_owned()),
        Some(on) => (Tone::Good, icons::for_kind(RecordKind::Seal), format!("Sealed on {on}")),
        None => (Tone::Neutral, icons::DRAFT, "Draft".to_owned()),
    };
    let second = format!("{}, {}", row.reference, row.period);
    let lines = [row.fund.as_str(), second.as_str()];
    if listed_ui(ui, (&row.title, &row.reference), &lines, selected, badge) {
        commands.push(Command::Report(ReportCommand::Choose(row.id)));
    }
}

/// An entry of the list at the left: its title, lines below it, and how it stands. True when it was clicked.
fn listed_ui(
    ui: &mut Ui,
    (title, reference): (&str, &str),
    lines: &[&str],
    selected: bool,
    (tone, icon, state): (Tone, &str, String),
) -> bool {
    let clicked = inset_frame(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::TINY;
        let words = if selected { theme::semibold(title) } else { title.into() };
        let button = Button::new(words).selected(selected).frame_when_inactive(false).truncate();
        let width = ui.available_width();
        let named = format!("{reference} {title}");
        let clicked = ui.scope(|ui| {
            // The title stands flush with the lines below it.
            ui.spacing_mut().button_padding.x = 0.0;
            ui.add(button.frame(false).min_size(vec2(width, 0.0))).accessible_name(named).clicked()
        });
        for line in lines {
            ui.add(Label::new(theme::small(*line)).truncate());
        }
        tone_badge_ui(ui, tone, icon, &state);
        clicked.inner
    });
    ui.add_space(space::TINY);
    clicked.inner
}

/// The report that is looked at, with what can be done with it.
fn chosen_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let Some(row) = model.reports().row() else { return };
    sealed::of_report_ui(ui, row.id, model, commands);
    let Some(preview) = model.reports().preview.value().filter(|preview| preview.id == row.id).cloned() else { return };
    ui.horizontal_wrapped(|ui| {
        let edit = Command::Edit(row.id);
        let words = format!("{} Edit period, sections and texts…", icons::EDIT);
        if ui.add_enabled(edit.is_enabled(model), Button::new(words)).accessible_name("Edit this report…").clicked() {
            commands.push(edit);
        }
        for format in [FileFormat::Pdf, FileFormat::Docx, FileFormat::Xlsx] {
            let save = Command::Report(ReportCommand::AskSave(format));
            let words = format!("{} {}", icons::EXPORT, save.text());
            if ui.add_enabled(preview.made.is_ok(), Button::new(words)).accessible_name(save.text()).clicked() {
                commands.push(save);
            }
        }
        let seal = Command::Report(ReportCommand::AskSeal);
        let ready = preview.made.is_ok() && seal.is_enabled(model) && !model.is_writing();
        let sealed = ui.add_enabled_ui(ready, |ui| {
            primary_button_ui(ui, icons::for_kind(RecordKind::Seal), &seal.text())
                .accessible_name("Seal this report")
                .clicked()
        });
        if sealed.inner {
            commands.push(seal);
        }
    });
    match &preview.made {
        Ok(made) => preview::report_ui(ui, made, commands),
        Err(why) => {
            empty_ui(ui, icons::ALERT, why, None);
        }
    }
}
