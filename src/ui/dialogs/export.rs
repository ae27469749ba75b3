//! The dialog for a file with the list on screen: its format, its columns, for whom it is, and where it goes.

use std::sync::Arc;

use eframe::egui::{Key, Label, TextEdit, Ui};

use crate::domain::id::Id;
use crate::services::export::{Columns, Export, ListFormat, Listing, OverviewPart};
use crate::services::queries::LinkChoice;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::dialog::Dialog;
use crate::ui::model::export::{AUDIENCES, TypedExport};
use crate::ui::theme::{self, space};
use crate::ui::widgets::button::primary_button_ui;
use crate::ui::widgets::field::{FieldText, field_ui};
use crate::ui::widgets::picker::{Choices, Picked, Picker, picker_ui};
use crate::ui::widgets::segmented::segmented_ui;

/// The formats, short enough to stand side by side.
const FORMATS: [(ListFormat, &str); 2] = [(ListFormat::Xlsx, "Workbook (XLSX)"), (ListFormat::Csv, "Text (CSV)")];
/// The tables of the overview, short enough to stand side by side.
const PARTS: [(OverviewPart, &str); 6] = [
    (OverviewPart::Waits, "Waits"),
    (OverviewPart::Expiries, "Expires"),
    (OverviewPart::Flags, "To mend"),
    (OverviewPart::Goods, "Goods"),
    (OverviewPart::Answers, "Answers"),
    (OverviewPart::Deliveries, "Deliveries"),
];
/// What a workbook of records holds.
const COLUMNS: [(Columns, &str); 3] =
    [(Columns::Both, "Both"), (Columns::Shown, "As on the screen"), (Columns::Fields, "Every field")];

/// Paints the dialog.
pub(super) fn export_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let audiences = model.choices_of(AUDIENCES);
    let Some(Dialog::Export(typed)) = model.dialog_mut() else { return };
    ui.label(theme::heading("Export"));
    ui.add(Label::new("What is on the screen, with its filter, its order and its day written into the file.").wrap());
    what_ui(ui, typed);
    audience_ui(ui, &mut typed.audience, audiences.as_ref());
    ui.add_space(space::SMALL);
    let help = format!("For example /home/me/{}. A file that is there is replaced", typed.file_name());
    let text = FieldText { label: "Path of the file", required: true, help: &help, error: None };
    let response = field_ui(ui, &text, |ui| ui.add(TextEdit::singleline(&mut typed.path).desired_width(f32::INFINITY)));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    let can_be = |export: &Export| export.format == ListFormat::Xlsx || export.listing.main_table().is_some();
    let export = typed.export().filter(can_be);
    ui.add_space(space::MEDIUM);
    ui.horizontal(|ui| {
        let go = ui.add_enabled_ui(export.is_some(), |ui| {
            primary_button_ui(ui, icons::EXPORT, "Write").accessible_name("Write").clicked()
        });
        if let Some(export) = export.filter(|_| go.inner || entered) {
            commands.push(Command::Export(Box::new(export)));
        }
        if ui.button(Command::PickExport.text()).clicked() {
            commands.push(Command::PickExport);
        }
        if ui.button(Command::CloseDialog.text()).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
    ui.add(Label::new(theme::small("If Browse opens nothing, type the path here")).wrap());
}

/// The format and the columns.
fn what_ui(ui: &mut Ui, typed: &mut TypedExport) {
    ui.add_space(space::SMALL);
    caption_ui(ui, "Format");
    segmented_ui(ui, "Format", &mut typed.format, &FORMATS);
    let is_csv = typed.format == ListFormat::Csv;
    if is_csv && matches!(typed.listing, Listing::Overview { .. }) {
        ui.add_space(space::SMALL);
        caption_ui(ui, "Table: a text file holds one");
        segmented_ui(ui, "Table", &mut typed.part, &PARTS);
    } else if is_csv && typed.listing.main_table().is_none() {
        ui.add(Label::new("This page has several tables, and a CSV file holds one. Choose XLSX.").wrap());
    }
    if matches!(typed.listing, Listing::Records(..)) {
        ui.add_space(space::SMALL);
        caption_ui(ui, "Columns");
        let from = usize::from(typed.format == ListFormat::Csv);
        if from == 1 && typed.columns == Columns::Both {
            typed.columns = Columns::Fields;
        }
        segmented_ui(ui, "Columns", &mut typed.columns, COLUMNS.get(from..).unwrap_or_default());
        ui.add(Label::new(theme::small("A file with every field can be changed and imported again")).wrap());
    }
}

/// Whom it is for.
pub(super) fn audience_ui(ui: &mut Ui, chosen: &mut Option<Id>, audiences: Option<&Arc<Vec<LinkChoice>>>) {
    ui.add_space(space::SMALL);
    let selected = audiences.and_then(|all| all.iter().position(|one| Some(one.id) == *chosen));
    let help = "Names, places or prices that its profile withholds are taken out, and the file is searched for them";
    let text = FieldText { label: "For", required: false, help, error: None };
    field_ui(ui, &text, |ui| {
        let choices = audiences.map(|all| {
            let all: &dyn Choices = &**all;
            all
        });
        let picker =
            Picker { choices, selected, otherwise: "Ourselves: everything", otherwise_is_value: false, label: "For" };
        let output = picker_ui(ui, &picker);
        match output.picked {
            Some(Picked::At(at)) => {
                *chosen = audiences.and_then(|all| all.get(at)).map(|one| one.id);
            }
            Some(Picked::Nothing) => *chosen = None,
            None => {}
        }
        output.response
    });
}

fn caption_ui(ui: &mut Ui, words: &str) {
    ui.label(theme::small(words).color(ui.visuals().text_color()));
}
