//! The importer: a table is picked, its sheet and headings are found, its columns mapped, its rows looked at, then written.

mod columns;
mod fixed;
mod manner;
mod preview;
mod sheet;
mod text;

use eframe::egui::{Button, Key, Label, RichText, ScrollArea, TextEdit, Ui};

use crate::domain::record::RecordKind;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::import::{ImportFile, ImportPage, Importing, Step};
use crate::ui::model::route::Route;
use crate::ui::theme::{self, Tone, size, space};
use crate::ui::widgets::button::primary_button_ui;
use crate::ui::widgets::card::card_ui;
use crate::ui::widgets::empty::empty_ui;
use crate::ui::widgets::field::{FieldText, error_ui, field_ui};

/// Paints the page.
pub fn page_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.label(theme::heading(Route::Import.label()));
        let words = "Rows of a spreadsheet become records. Nothing is written before you have seen every row's fate";
        ui.add(Label::new(theme::muted(words)).truncate());
    });
    steps_ui(ui, model.importer(), commands);
    if let Some(refused) = &model.importer().refused {
        ui.add_space(space::TINY);
        for line in refused.lines().take(REFUSED_LINES) {
            error_ui(ui, line.trim());
        }
    }
    ui.add_space(space::SMALL);
    let busy = model.importer().is_busy();
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::MEDIUM;
        ui.add_enabled_ui(!busy, |ui| match model.importer().step {
            Step::Pick => pick_ui(ui, model, commands),
            Step::Sheet => sheet::page_ui(ui, model, commands),
            Step::Columns => columns::page_ui(ui, model, commands),
            Step::Preview => preview::page_ui(ui, model, commands),
            Step::Done => done_ui(ui, model, commands),
        });
    });
}

/// How many lines of a refusal are shown; the preview has them all.
const REFUSED_LINES: usize = 6;

/// The steps; those that were passed can be gone back to.
fn steps_ui(ui: &mut Ui, page: &ImportPage, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        for (at, step) in (1..).zip(Step::ALL) {
            let words = format!("{at}  {}", step.label());
            let is_here = step == page.step;
            let words = if is_here { theme::semibold(words) } else { RichText::new(words) };
            let passed = step < page.step && page.step != Step::Done && !page.is_busy();
            let button = Button::new(words).selected(is_here).frame_when_inactive(is_here);
            let clicked = ui.add_enabled(passed || is_here, button).clicked();
            if clicked && passed {
                commands.push(Command::Import(Importing::Step(step)));
            }
        }
        if page.is_busy() {
            ui.spinner();
            ui.label(theme::muted("Reading; Stop is in the line at the bottom"));
        }
    });
}

/// A button that asks for something of the importer.
fn button_ui(ui: &mut Ui, importing: Importing, commands: &mut Vec<Command>) {
    if ui.button(importing.text()).clicked() {
        commands.push(Command::Import(importing));
    }
}

/// The one thing to do next.
fn next_ui(ui: &mut Ui, icon: &str, importing: Importing, model: &Model, commands: &mut Vec<Command>) {
    let words = importing.text();
    let command = Command::Import(importing);
    ui.add_enabled_ui(command.is_enabled(model), |ui| {
        if primary_button_ui(ui, icon, words).accessible_name(words).clicked() {
            commands.push(command);
        }
    });
}

fn pick_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    card_ui(ui, "Which file", |ui| {
        let help = "CSV, XLSX, XLS or ODS. You can also drop the file on the window";
        let text = FieldText { label: "Path of the table", required: true, help, error: None };
        let path = &mut model.importer_mut().path;
        let response = field_ui(ui, &text, |ui| ui.add(TextEdit::singleline(path).desired_width(f32::INFINITY)));
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let path = std::path::PathBuf::from(path.trim());
        let named = !path.as_os_str().is_empty();
        ui.horizontal(|ui| {
            ui.add_enabled_ui(named, |ui| next_ui(ui, icons::SEARCH, Importing::Look(path.clone()), model, commands));
            button_ui(ui, Importing::Browse, commands);
        });
        if entered && named {
            commands.push(Command::Import(Importing::Look(path)));
        }
    });
    card_ui(ui, "No file yet", |ui| {
        let words = "A template is a workbook with a column for each field of a kind. Fill it in and import it here";
        ui.add(Label::new(theme::muted(words)).wrap());
        button_ui(ui, Importing::AskSave(ImportFile::Template(RecordKind::Shipment)), commands);
    });
}

fn done_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let page = model.importer();
    empty_ui(ui, icons::CHECK_CIRCLE, page.done.as_deref().unwrap_or("Nothing was imported"), None);
    ui.horizontal(|ui| {
        if let Some(plan) = &page.plan {
            let list = Command::Go(Route::of(plan.kind));
            if primary_button_ui(ui, icons::for_kind(plan.kind), &list.text()).clicked() {
                commands.push(list);
            }
        }
        let undo = Command::Undo;
        if ui.add_enabled(undo.is_enabled(model), Button::new("Undo this import")).clicked() {
            commands.push(undo);
        }
        button_ui(ui, Importing::Close, commands);
    });
}

/// What should be known, as icon and words.
fn note_ui(ui: &mut Ui, words: &str) {
    let colours = Tone::Warn.colours(ui.visuals());
    ui.horizontal_top(|ui| {
        ui.label(RichText::new(icons::WARNING).color(colours.text));
        ui.add(Label::new(words).wrap());
    });
}
