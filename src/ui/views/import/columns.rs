//! What each column holds: guessed, shown with its first values, and changed here.

use eframe::egui::{ComboBox, Grid, Label, RichText, ScrollArea, TextEdit, Ui};

use super::manner::manner_ui;
use super::sheet::preview_button_ui;
use super::{button_ui, note_ui};
use crate::services::import::fields::{Aim, aims, find};
use crate::services::import::{ColumnPlan, Look, Plan, column_letters};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::import::Importing;
use crate::ui::theme::{self, space, window};
use crate::ui::widgets::card::card_ui;
use crate::ui::widgets::caret::caret;

/// Paints the step.
pub(super) fn page_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let page = model.importer();
    let (Some(look), Some(plan)) = (page.look.clone(), page.plan.clone()) else { return };
    let aims = aims(plan.kind);
    card_ui(ui, &format!("{}: what the columns hold", plan.kind.label()), |ui| {
        let is_narrow = ui.available_width() < window::COLUMNS_BESIDE;
        ScrollArea::horizontal().id_salt("import columns").show(ui, |ui| {
            let between = if is_narrow { space::SMALL } else { space::LARGE };
            Grid::new("import columns").striped(true).spacing([between, space::SMALL]).show(ui, |ui| {
                for heading in ["", "Heading", "First values", "Holds", "Read as"] {
                    ui.label(theme::small(heading));
                }
                ui.end_row();
                for (at, column) in plan.columns.iter().enumerate() {
                    column_ui(ui, at, column, (&look, &plan, &aims, is_narrow), commands);
                    ui.end_row();
                }
            });
        });
    });
    missing_ui(ui, &plan, &aims, &model.importer().fixed.names);
    super::fixed::card_of_fixed_ui(ui, &plan, model, commands);
    keys_ui(ui, &plan, &aims, commands);
    remember_ui(ui, model, commands);
    ui.horizontal(|ui| {
        preview_button_ui(ui, model, commands);
        button_ui(ui, Importing::Close, commands);
    });
}

/// What is known of the table, and whether there is little room for it.
type About<'a> = (&'a Look, &'a Plan, &'a [Aim], bool);

fn column_ui(
    ui: &mut Ui,
    at: usize,
    column: &ColumnPlan,
    (look, plan, aims, is_narrow): About<'_>,
    commands: &mut Vec<Command>,
) {
    ui.label(theme::small(column_letters(at)));
    let heading = column.heading.trim();
    let heading = if heading.is_empty() { theme::muted("no heading") } else { theme::semibold(heading) };
    ui.add(Label::new(heading).extend());
    let below = look.rows.iter().filter(|(number, _)| *number > plan.header);
    let values: Vec<&str> = below
        .filter_map(|(_, cells)| cells.get(at).map(String::as_str))
        .filter(|text| !text.is_empty())
        .take(3)
        .collect();
    let values: String = values.join(" · ").chars().take(48).collect();
    ui.add(Label::new(theme::muted(values)).extend());
    let aim = column.field.as_deref().and_then(|path| find(aims, path));
    let label = aim.map_or("Left out", |aim| aim.label.as_str());
    let name = format!("Column {} holds", column_letters(at));
    let combo = ComboBox::from_id_salt(("import holds", at)).width(window::FILTER).icon(caret).selected_text(label);
    let shown = combo.show_ui(ui, |ui| {
        if ui.selectable_label(aim.is_none(), "Left out").clicked() {
            commands.push(Command::Import(Importing::Map(at, None)));
        }
        for other in aims {
            let is_this = aim.is_some_and(|aim| aim.path == other.path);
            if ui.selectable_label(is_this, &other.label).clicked() {
                commands.push(Command::Import(Importing::Map(at, Some(other.path.clone()))));
            }
        }
    });
    shown.response.accessible_name(name);
    if is_narrow {
        ui.vertical(|ui| manner_ui(ui, at, plan, aim, commands));
    } else {
        ui.horizontal(|ui| manner_ui(ui, at, plan, aim, commands));
    }
}

/// Fields that a record needs and no column holds.
fn missing_ui(ui: &mut Ui, plan: &Plan, aims: &[Aim], fixed: &[&str]) {
    let is_mapped =
        |path: &str| plan.columns.iter().any(|column| column.field.as_deref() == Some(path)) || fixed.contains(&path);
    let has_list = |list: &str| aims.iter().any(|aim| aim.list_path() == list && is_mapped(&aim.path));
    let missing = aims
        .iter()
        .filter(|aim| aim.is_needed() && !is_mapped(&aim.path) && (aim.lists.is_empty() || has_list(&aim.list_path())));
    let missing: Vec<&str> = missing.map(|aim| aim.label.as_str()).collect();
    if !missing.is_empty() {
        note_ui(ui, &format!("No column holds what is needed: {}", missing.join(", ")));
    }
}

/// By which columns a row finds the record that is there already.
fn keys_ui(ui: &mut Ui, plan: &Plan, aims: &[Aim], commands: &mut Vec<Command>) {
    card_ui(ui, "A row finds the record that is there already by", |ui| {
        ui.horizontal_wrapped(|ui| {
            let own =
                plan.columns.iter().filter_map(|column| column.field.as_deref()).filter_map(|path| find(aims, path));
            for aim in own.filter(|aim| aim.lists.is_empty() && !aim.is_currency) {
                let is_key = plan.keys.contains(&aim.path) || plan.keys.is_empty() && aim.path == "reference";
                if ui.selectable_label(is_key, RichText::new(&aim.label)).clicked() {
                    commands.push(Command::Import(Importing::Key(aim.path.clone())));
                }
            }
        });
        ui.label(theme::muted(
            "Without one of these every row is added as new. The reference counts where nothing else is chosen",
        ));
    });
}

/// The mapping, to be used again for the next file of the same shape.
fn remember_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.label(theme::small("Remember these columns as"));
        let name = &mut model.importer_mut().name;
        let field =
            TextEdit::singleline(name).desired_width(window::FILTER * 2.0).hint_text("Packing list of the forwarder");
        ui.add(field).accessible_name("Remember these columns as");
        let command = Command::Import(Importing::Remember);
        let ready = !name.trim().is_empty() && command.is_enabled(model);
        let button = eframe::egui::Button::new(format!("{} {}", icons::SAVE, Importing::Remember.text()));
        if ui.add_enabled(ready, button).accessible_name("Remember").clicked() {
            commands.push(command);
        }
    });
}
