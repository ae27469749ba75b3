//! The dialog for a go or no-go: what is open with who can mend it, and who signs. And the one that saves its sheet.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{Key, Label, ScrollArea, TextEdit, Ui};

use super::booking::refused_ui;
use crate::domain::record::Verdict;
use crate::services::queries::{Coverage, LinkChoice, short_word};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::coverage::{CoverageCommand, SIGNERS};
use crate::ui::model::dialog::{Dialog, TypedClearance};
use crate::ui::theme::{self, space, window};
use crate::ui::views::coverage::look;
use crate::ui::widgets::badge::tone_badge_ui;
use crate::ui::widgets::button::primary_button_ui;
use crate::ui::widgets::field::{FieldText, field_ui};
use crate::ui::widgets::picker::{Choices, Picked, Picker, picker_ui};
use crate::ui::widgets::segmented::segmented_ui;

/// Paints the dialog.
pub(super) fn clearance_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let Some(matrix) = model.coverage().matrix().cloned() else { return };
    let choices = model.choices_of(SIGNERS);
    let writing = model.is_writing();
    let Some(Dialog::Clearance(typed)) = model.dialog_mut() else { return };
    ui.label(theme::heading(format!("Clear {} for dispatch", matrix.holder.reference)));
    open_ui(ui, &matrix);
    ui.add_space(space::SMALL);
    let verdicts = Verdict::ALL.iter().map(|verdict| (*verdict, verdict.label())).collect::<Vec<_>>();
    segmented_ui(ui, "Decision", &mut typed.verdict, &verdicts);
    signer_ui(ui, typed, choices.as_ref());
    let needed = typed.verdict == Verdict::Go && matrix.open > 0;
    let help = if needed { "Why it goes although something is open" } else { "" };
    let text = FieldText { label: "Reason", required: needed, help, error: None };
    field_ui(ui, &text, |ui| {
        ui.add(TextEdit::multiline(&mut typed.reason).desired_rows(2).desired_width(f32::INFINITY))
    });
    refused_ui(ui, typed.refused.as_deref());
    ui.add_space(space::MEDIUM);
    let ready = !writing && typed.signed_by.is_some();
    ui.horizontal(|ui| {
        let sign = CoverageCommand::Sign;
        let clicked = ui.add_enabled_ui(ready, |ui| {
            primary_button_ui(ui, icons::RECEIPT, sign.text()).accessible_name(sign.text()).clicked()
        });
        if clicked.inner {
            commands.push(Command::Coverage(sign));
        }
        if ui.button(Command::CloseDialog.text()).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}

/// What is open, with who can mend it.
fn open_ui(ui: &mut Ui, matrix: &Coverage) {
    if matrix.open == 0 {
        ui.add(
            Label::new(format!("{} All {} cells are covered or not needed", icons::CHECK_CIRCLE, matrix.settled))
                .wrap(),
        );
        return;
    }
    let open = if matrix.open == 1 { "1 cell is open".to_owned() } else { format!("{} cells are open", matrix.open) };
    let words = format!("{open}. The coverage is frozen as it stands now");
    ui.add(Label::new(theme::muted(words)).wrap());
    ScrollArea::vertical().max_height(window::DIALOG_TEXT).auto_shrink([false, true]).show(ui, |ui| {
        for (row, column, cell) in matrix.open_cells() {
            let of = row.line.map_or_else(|| row.label.clone(), |line| format!("{line}. {}", row.label));
            ui.horizontal(|ui| {
                tone_badge_ui(ui, look::tone(cell.state), look::icon(cell.state), short_word(cell.state));
                ui.add(Label::new(theme::semibold(format!("{of}: {}", column.name))).truncate());
            });
            ui.add(Label::new(&cell.words).wrap());
            if !cell.mend.is_empty() {
                ui.add(Label::new(theme::muted(format!("{} {}", icons::NEXT_DAY, cell.mend))).wrap());
            }
            ui.add_space(space::TINY);
        }
    });
}

fn signer_ui(ui: &mut Ui, typed: &mut TypedClearance, choices: Option<&Arc<Vec<LinkChoice>>>) {
    let selected = choices.and_then(|all| all.iter().position(|one| Some(one.id) == typed.signed_by));
    let text = FieldText { label: "Signed by", required: true, help: "", error: None };
    field_ui(ui, &text, |ui| {
        let choose = choices.map(|all| {
            let all: &dyn Choices = &**all;
            all
        });
        let picker = Picker {
            choices: choose,
            selected,
            otherwise: "Choose a person",
            otherwise_is_value: false,
            label: "Signed by",
        };
        let output = picker_ui(ui, &picker);
        match output.picked {
            Some(Picked::At(at)) => typed.signed_by = choices.and_then(|all| all.get(at)).map(|one| one.id),
            Some(Picked::Nothing) => typed.signed_by = None,
            None => {}
        }
        output.response
    });
}

/// Paints the dialog that saves the sheet.
pub(super) fn sheet_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let Some(Dialog::Sheet(typed)) = model.dialog_mut() else { return };
    ui.label(theme::heading("Print the clearance"));
    ui.add(Label::new("It is saved as a page that any browser opens and prints on A4.").wrap());
    let text = FieldText { label: "Path of the file", required: true, help: "It ends with .html", error: None };
    let response = field_ui(ui, &text, |ui| ui.add(TextEdit::singleline(&mut typed.path).desired_width(f32::INFINITY)));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    refused_ui(ui, typed.refused.as_deref());
    let chosen = Some(typed.path.trim()).filter(|path| !path.is_empty()).map(PathBuf::from);
    let clearance = typed.clearance;
    ui.add_space(space::MEDIUM);
    ui.horizontal(|ui| {
        let go = ui.add_enabled_ui(chosen.is_some(), |ui| {
            primary_button_ui(ui, icons::SAVE, "Save").accessible_name("Save the sheet").clicked()
        });
        if let Some(path) = chosen.filter(|_| go.inner || entered) {
            commands.push(Command::Coverage(CoverageCommand::SaveSheet(clearance, path)));
        }
        if ui.button(CoverageCommand::BrowseSheet.text()).clicked() {
            commands.push(Command::Coverage(CoverageCommand::BrowseSheet));
        }
        if ui.button(Command::CloseDialog.text()).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}
