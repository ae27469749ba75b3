//! One value for a field of all rows: chosen among the fields that no column holds, typed as in a form.

use std::sync::Arc;

use eframe::egui::{ComboBox, Label, Ui};

use crate::domain::record::{RecordKind, spec};
use crate::services::import::Plan;
use crate::services::queries::LinkChoice;
use crate::ui::command::Command;
use crate::ui::forms::{FormAction, FormContext, Loose, loose_ui};
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::import::{Importing, offered};
use crate::ui::theme::{self, size, space, window};
use crate::ui::widgets::button::icon_button_ui;
use crate::ui::widgets::card::card_ui;
use crate::ui::widgets::caret::caret;

/// Paints the card.
pub(super) fn card_of_fixed_ui(ui: &mut Ui, plan: &Plan, model: &mut Model, commands: &mut Vec<Command>) {
    card_ui(ui, "The same for every row", |ui| {
        let words =
            "For what no column holds, such as the project. A row of a record that is there already gets it too";
        ui.add(Label::new(theme::muted(words)).wrap());
        values_ui(ui, plan, model, commands);
        add_ui(ui, plan, model, commands);
    });
}

fn values_ui(ui: &mut Ui, plan: &Plan, model: &mut Model, commands: &mut Vec<Command>) {
    let today = model.place().today;
    let mut actions = Vec::new();
    let (page, choices) = model.importer_and_choices();
    let choose = |kinds: &'static [RecordKind]| -> Option<Arc<Vec<LinkChoice>>> {
        choices.get(kinds).and_then(|loaded| loaded.value().cloned())
    };
    let context = FormContext { choices: &choose, today };
    let errors = page.fixed.errors(plan.kind);
    let names = page.fixed.names.clone();
    for field in names.iter().filter_map(|name| spec(plan.kind).fields.iter().find(|field| field.name == *name)) {
        ui.horizontal_top(|ui| {
            ui.allocate_ui(eframe::egui::vec2(2.0 * size::FIELD, 0.0), |ui| {
                ui.set_max_width(2.0 * size::FIELD - space::LARGE);
                let fixed = &mut page.fixed;
                let mut loose = Loose { draft: &mut fixed.draft, visited: &mut fixed.visited, errors: &errors };
                loose_ui(ui, std::slice::from_ref(field), &mut loose, &context, &mut actions);
            });
            ui.vertical(|ui| {
                ui.add_space(size::CONTROL_SMALL);
                if icon_button_ui(ui, icons::CLOSE, &format!("No value of {} for all rows", field.label)).clicked() {
                    commands.push(Command::Import(Importing::Unfix(field.name)));
                }
            });
        });
    }
    for action in actions {
        if let FormAction::NeedChoices(kinds) = action
            && model.want_choices(kinds)
        {
            ui.ctx().request_repaint();
        }
    }
}

fn add_ui(ui: &mut Ui, plan: &Plan, model: &Model, commands: &mut Vec<Command>) {
    let fields = offered(plan, &model.importer().fixed);
    if fields.is_empty() {
        return;
    }
    let combo = ComboBox::from_id_salt("import fixed").width(window::FILTER_TEXT).height(size::WORDS).icon(caret);
    let shown = combo.selected_text("Add a field").show_ui(ui, |ui| {
        for field in fields {
            if ui.selectable_label(false, field.label).clicked() {
                commands.push(Command::Import(Importing::Fix(field.name)));
                ui.close();
            }
        }
    });
    shown.response.accessible_name("One value for all rows of");
}
