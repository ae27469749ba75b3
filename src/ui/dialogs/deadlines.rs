//! The dialogs of the deadlines: what is decided about one, and into which file they go.

use std::path::PathBuf;

use eframe::egui::{Key, Label, TextEdit, Ui};

use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::deadlines::Settling;
use crate::ui::model::dialog::Dialog;
use crate::ui::theme::{self, space};
use crate::ui::widgets::button::primary_button_ui;
use crate::ui::widgets::date_field::date_field_ui;
use crate::ui::widgets::field::{FieldText, field_ui};

/// The ending of a calendar file's name.
const ENDING: &str = "ics";

/// Paints the dialog in which a deadline is done or put off.
pub(super) fn settle_ui(ui: &mut Ui, settling: Settling, model: &mut Model, commands: &mut Vec<Command>) {
    let put_off = settling.asked.put_off;
    ui.label(theme::heading(if put_off { "Put off until a day" } else { "Done" }));
    let due = settling.asked.key.due_on;
    ui.add(Label::new(theme::strong(&settling.asked.key.what)).wrap());
    ui.add(Label::new(theme::small(format!("{}, due on {due}", settling.asked.record))).wrap());
    ui.add_space(space::SMALL);
    let (on, today) = (model.day(), model.place().today);
    let outcome = settling.settlement(on);
    let Some(Dialog::Settle(typed)) = model.dialog_mut() else { return };
    let (label, help) = if put_off {
        ("Not shown before", "It waits among what was put off until then")
    } else {
        ("Done on", "From this day on it counts as done")
    };
    let text = FieldText { label, required: true, help, error: outcome.as_ref().err().map(String::as_str) };
    field_ui(ui, &text, |ui| date_field_ui(ui, &mut typed.day, today, label, "2026-03-31"));
    if !put_off {
        let help = "What proves it: a letter, a mail, where it is kept. Empty: nothing";
        let text = FieldText { label: "Evidence", required: false, help, error: None };
        field_ui(ui, &text, |ui| ui.add(TextEdit::singleline(&mut typed.evidence).desired_width(f32::INFINITY)));
    }
    ui.add_space(space::MEDIUM);
    ui.horizontal(|ui| {
        let (icon, verb) = if put_off { (icons::CLOCK, "Put off") } else { (icons::CHECK, "Mark as done") };
        let go =
            ui.add_enabled_ui(outcome.is_ok(), |ui| primary_button_ui(ui, icon, verb).accessible_name(verb).clicked());
        if let Ok(settlement) = outcome
            && go.inner
        {
            commands.push(Command::Settle(Box::new((settling.asked.key, settlement))));
        }
        if ui.button(Command::CloseDialog.text()).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}

/// Paints the dialog for a calendar file.
pub(super) fn calendar_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let day = model.day();
    ui.label(theme::heading("Calendar file"));
    let words = format!(
        "Every deadline in sight on {day}, as whole days. Records appear by their references; no name of a person is in it."
    );
    ui.add(Label::new(words).wrap());
    let Some(Dialog::Calendar { path }) = model.dialog_mut() else { return };
    let help = "For example /home/me/deadlines.ics. A file that is there is replaced";
    let text = FieldText { label: "Path of the file", required: true, help, error: None };
    let response = field_ui(ui, &text, |ui| ui.add(TextEdit::singleline(path).desired_width(f32::INFINITY)));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    let chosen = chosen_path(path);
    ui.add_space(space::MEDIUM);
    ui.horizontal(|ui| {
        let go = ui.add_enabled_ui(chosen.is_some(), |ui| {
            primary_button_ui(ui, icons::CALENDAR, "Write").accessible_name("Write").clicked()
        });
        if let Some(path) = chosen.filter(|_| go.inner || entered) {
            commands.push(Command::ExportDeadlines(path));
        }
        if ui.button(Command::PickCalendar.text()).clicked() {
            commands.push(Command::PickCalendar);
        }
        if ui.button(Command::CloseDialog.text()).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
    ui.add(Label::new(theme::small("If Browse opens nothing, type the path here")).wrap());
}

/// The path that was typed, with the usual ending where it has none.
fn chosen_path(typed: &str) -> Option<PathBuf> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let path = PathBuf::from(typed);
    Some(if path.extension().is_none() { path.with_extension(ENDING) } else { path })
}
