//! Which sheet, which row of headings, and what a row is.

use eframe::egui::{ComboBox, Grid, Label, RichText, ScrollArea, Ui};

use super::{button_ui, next_ui};
use crate::domain::record::RecordKind;
use crate::services::import::{HeadRows, Look, Wanted, column_letters};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::import::{Importing, Step};
use crate::ui::theme::{self, space, window};
use crate::ui::widgets::card::card_ui;
use crate::ui::widgets::caret::caret;

/// Paints the step.
pub(super) fn page_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let page = model.importer();
    let Some(look) = page.look.clone() else { return };
    card_ui(ui, &look.plan.file_name(), |ui| {
        ui.horizontal_wrapped(|ui| {
            choices_ui(ui, &look, &page.wanted, commands);
        });
        super::text::form_ui(ui, &look, &page.wanted, commands);
    });
    card_ui(ui, "The first rows. Click the number of the row that holds the headings", |ui| {
        rows_ui(ui, &look, page, commands);
        heads_ui(ui, &look, &page.wanted, commands);
    });
    ui.horizontal(|ui| {
        let words = "Go on to the columns";
        let go_on = Command::Import(Importing::Step(Step::Columns));
        if crate::ui::widgets::button::primary_button_ui(ui, icons::FORM, words).accessible_name(words).clicked() {
            commands.push(go_on);
        }
        button_ui(ui, Importing::Close, commands);
    });
}

fn choices_ui(ui: &mut Ui, look: &Look, wanted: &Wanted, commands: &mut Vec<Command>) {
    let again = |wanted: Wanted| Command::Import(Importing::Again(Box::new(wanted)));
    ui.label(theme::small("A row is a"));
    let kinds =
        ComboBox::from_id_salt("import kind").width(window::FILTER).icon(caret).selected_text(look.plan.kind.label());
    let shown = kinds.show_ui(ui, |ui| {
        for kind in RecordKind::ALL {
            if ui.selectable_label(look.plan.kind == *kind, kind.label()).clicked() {
                commands.push(again(Wanted { kind: Some(*kind), mapping: None, ..wanted.clone() }));
            }
        }
    });
    shown.response.accessible_name("A row is a");
    if look.sheets.len() > 1 {
        ui.add_space(space::SMALL);
        ui.label(theme::small("Sheet"));
        let name = |at: usize| look.sheets.get(at).map_or("", |sheet| sheet.name.as_str());
        let sheets = ComboBox::from_id_salt("import sheet")
            .width(window::FILTER)
            .icon(caret)
            .selected_text(name(look.plan.sheet));
        let shown = sheets.show_ui(ui, |ui| {
            for (at, sheet) in look.sheets.iter().enumerate() {
                let words = if sheet.hidden { format!("{} (hidden)", sheet.name) } else { sheet.name.clone() };
                if ui.selectable_label(at == look.plan.sheet, words).clicked() {
                    commands.push(again(Wanted { sheet: Some(at), header: None, ..wanted.clone() }));
                }
            }
        });
        shown.response.accessible_name("Sheet");
    }
    if !look.mappings.is_empty() {
        ui.add_space(space::SMALL);
        ui.label(theme::small("Columns as in"));
        let used = look.used.as_deref().unwrap_or("Guessed");
        let maps = ComboBox::from_id_salt("import mapping").width(window::FILTER).icon(caret).selected_text(used);
        let shown = maps.show_ui(ui, |ui| {
            if ui.selectable_label(look.used.is_none(), "Guessed").clicked() {
                commands.push(again(Wanted { mapping: Some(String::new()), ..wanted.clone() }));
            }
            for mapping in &look.mappings {
                if ui.selectable_label(look.used.as_ref() == Some(&mapping.name), &mapping.name).clicked() {
                    commands.push(again(Wanted { mapping: Some(mapping.name.clone()), kind: None, ..wanted.clone() }));
                }
            }
        });
        shown.response.accessible_name("Columns as in");
    }
}

/// How many columns of the first rows are shown.
const COLUMNS: usize = 16;

fn rows_ui(ui: &mut Ui, look: &Look, page: &crate::ui::model::import::ImportPage, commands: &mut Vec<Command>) {
    let width = look.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0).min(COLUMNS);
    ScrollArea::horizontal().id_salt("import rows").show(ui, |ui| {
        Grid::new("import first rows").striped(true).spacing([space::MEDIUM, space::TINY]).show(ui, |ui| {
            ui.label("");
            (0..width).for_each(|at| {
                ui.label(theme::small(column_letters(at)));
            });
            ui.end_row();
            for (number, cells) in &look.rows {
                let heads = look.plan.heads();
                let is_head = (heads.first..=heads.last).contains(number);
                if ui.selectable_label(is_head, number.to_string()).on_hover_text("Headings stand here").clicked() {
                    let wanted = Wanted { header: Some(HeadRows::one(*number)), ..page.wanted.clone() };
                    commands.push(Command::Import(Importing::Again(Box::new(wanted))));
                }
                for cell in cells.iter().take(COLUMNS) {
                    let text: String = cell.chars().take(24).collect();
                    let text = if is_head { theme::semibold(text) } else { RichText::new(text) };
                    ui.add(Label::new(text).extend());
                }
                ui.end_row();
            }
        });
    });
}

/// The headings as they are read, and whether the row over them holds groups.
fn heads_ui(ui: &mut Ui, look: &Look, wanted: &Wanted, commands: &mut Vec<Command>) {
    let heads = look.plan.heads();
    let headings: Vec<&str> = look.plan.columns.iter().map(|column| column.heading.trim()).collect();
    let headings: Vec<&str> = headings.into_iter().filter(|heading| !heading.is_empty()).collect();
    let words = format!("Headings in {heads}: {}", headings.join(", "));
    ui.add(Label::new(theme::muted(words)).wrap());
    let above = heads.last.checked_sub(1).filter(|above| look.rows.iter().any(|(number, _)| number == above));
    let Some(above) = above else { return };
    let mut are_two = heads.are_two();
    let words = format!("Row {above} holds groups over these headings: the two are read together");
    if ui.checkbox(&mut are_two, words).changed() {
        let header = HeadRows { first: if are_two { above } else { heads.last }, last: heads.last };
        let wanted = Wanted { header: Some(header), ..wanted.clone() };
        commands.push(Command::Import(Importing::Again(Box::new(wanted))));
    }
}

/// The button that shows what would become of the rows.
pub(super) fn preview_button_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    next_ui(ui, icons::SEARCH, Importing::Preview, model, commands);
}
