//! "What do I need?": an act is put together on the left, and the rules in force answer on the right.

mod answers;
pub mod rules;

use std::sync::Arc;

use eframe::egui::{Align, Label, Layout, ScrollArea, Ui};

use crate::domain::record::{ActKind, RecordKind};
use crate::domain::rules::AskedAct;
use crate::domain::schema::Field;
use crate::services::queries::{LinkChoice, NOT_LEGAL_ADVICE};
use crate::ui::command::Command;
use crate::ui::forms::{FormAction, FormContext, Loose, loose_ui};
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::route::Route;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::button::quiet_button_ui;
use crate::ui::widgets::card;
use crate::ui::widgets::empty::empty_ui;

/// Paints the page.
pub fn page_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.label(theme::heading(Route::Advisor.label()));
        if quiet_button_ui(ui, icons::RULE, "See all rules").clicked() {
            commands.push(Command::Go(Route::Rules));
        }
    });
    ui.add(Label::new(theme::muted(format!("{} {NOT_LEGAL_ADVICE}", icons::INFO))).wrap());
    ui.add_space(space::TINY);
    // With a form or a record beside it, the answers stand below the question.
    if ui.available_width() < size::TWO_COLUMNS {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            question_ui(ui, model);
            answers_ui(ui, model, commands);
        });
        return;
    }
    ui.spacing_mut().item_spacing.x = space::LARGE;
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            // Columns stretch their words over the whole width by themselves.
            let plain = Layout::top_down(Align::Min);
            left.with_layout(plain, |ui| {
                let area = ScrollArea::vertical().id_salt("question").auto_shrink(false);
                area.show(ui, |ui| question_ui(ui, model));
            });
            right.with_layout(plain, |ui| {
                let area = ScrollArea::vertical().id_salt("answers").auto_shrink(false);
                area.show(ui, |ui| answers_ui(ui, model, commands));
            });
        }
    });
}

/// The fields that matter for an act, by section.
fn sections(act: Option<ActKind>) -> Vec<(&'static str, &'static [Field])> {
    let fields = AskedAct::FIELDS;
    let between = |first: &str, last: &str| {
        let place = |name: &str| fields.iter().position(|field| field.name == name);
        let (first, last) = (place(first).unwrap_or(0), place(last).unwrap_or(0));
        fields.get(first..=last).unwrap_or_default()
    };
    let mut shown = vec![("The act", between("act", "us_person"))];
    match act {
        Some(ActKind::Ship) => {
            shown.push(("Goods", between("item", "us_origin")));
            shown.push(("The way", between("transit", "transit_too")));
        }
        Some(ActKind::BringBack) => shown.push(("Goods", between("item", "us_origin"))),
        Some(ActKind::Travel | ActKind::News) => shown.push(("The traveller", between("passport", "many_trips"))),
        _ => {}
    }
    shown
}

fn question_ui(ui: &mut Ui, model: &mut Model) {
    let today = model.place().today;
    let mut actions = Vec::new();
    let (page, choices) = model.advisor_and_choices();
    let choose = |kinds: &'static [RecordKind]| -> Option<Arc<Vec<LinkChoice>>> {
        choices.get(kinds).and_then(|loaded| loaded.value().cloned())
    };
    let context = FormContext { choices: &choose, today };
    let errors = page.errors();
    ui.spacing_mut().item_spacing.y = space::LARGE;
    for (heading, fields) in sections(page.act()) {
        card::card_ui(ui, heading, |ui| {
            let mut loose = Loose { draft: &mut page.draft, visited: &mut page.visited, errors: &errors };
            loose_ui(ui, fields, &mut loose, &context, &mut actions);
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

fn answers_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let page = model.advisor();
    match page.table.value() {
        Some(Some(table)) => answers::table_ui(ui, &Arc::clone(table), model, commands),
        Some(None) => {
            empty_ui(ui, icons::QUESTION, "Choose what is done", None);
        }
        None => {
            if let Some(failure) = page.table.failure() {
                empty_ui(ui, icons::ALERT, failure, None);
            }
        }
    }
}
