//! The filters above the rows of goods.

use eframe::egui::{TextEdit, Ui};

use crate::domain::id::Id;
use crate::domain::record::LineRole;
use crate::services::queries::{FilterChoices, LineFilter};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::goods::{LinesArrangement, LinesPage};
use crate::ui::theme::{space, window};
use crate::ui::widgets::button::quiet_button_ui;
use crate::ui::widgets::combo::filter_combo_ui;

/// Paints the filters; each change is a command.
pub(super) fn row_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let choices = model.filter_choices().cloned();
    let take_focus = model.take_filter_focus();
    let before = model.lines().arrangement.clone();
    let mut wanted = before.clone();
    ui.horizontal_wrapped(|ui| {
        let hint = format!("{} Filter", icons::SEARCH);
        let width = window::FILTER_TEXT - 2.0 * space::MEDIUM;
        let field = TextEdit::singleline(&mut wanted.filter.text).desired_width(width).hint_text(hint);
        let response = ui.add(field).accessible_name("Filter by text");
        if take_focus {
            response.request_focus();
        }
        role_ui(ui, &mut wanted.role);
        if let Some(choices) = &choices {
            records_ui(ui, choices, &mut wanted.filter);
        }
        if wanted.role == LineRole::Shipped {
            ui.checkbox(&mut wanted.filter.pending, "Also what has not left");
        }
        if let Some(words) = place_words(model.lines()) {
            ui.label(words);
        }
        if is_narrowed(&wanted) && quiet_button_ui(ui, icons::CLOSE, "Clear filters").clicked() {
            wanted.filter = LineFilter { pending: wanted.filter.pending, ..LineFilter::default() };
        }
    });
    if wanted != before {
        commands.push(Command::ArrangeLines(Box::new(wanted)));
    }
}

fn is_narrowed(arrangement: &LinesArrangement) -> bool {
    LineFilter { pending: false, ..arrangement.filter.clone() } != LineFilter::default()
}

/// The place to which a figure narrows the rows: it is not chosen here, so it is only told.
fn place_words(page: &LinesPage) -> Option<String> {
    let filter = &page.arrangement.filter;
    Some(match filter.site? {
        Id(0) if filter.place.is_empty() => "Place: none named".to_owned(),
        Id(0) => format!("Place: {}", filter.place),
        _ => format!("Place: {}", page.rows.row(0).map_or("…", |row| row.site.as_str())),
    })
}

fn role_ui(ui: &mut Ui, role: &mut LineRole) {
    filter_combo_ui(ui, "What is counted", role.label(), |ui| {
        let mut is_chosen = false;
        for one in LineRole::ALL {
            is_chosen |= ui.selectable_value(role, *one, one.label()).clicked();
        }
        is_chosen
    });
}

fn records_ui(ui: &mut Ui, choices: &FilterChoices, filter: &mut LineFilter) {
    let categories = choices.categories.iter().map(|tag| (tag.id, tag.name.as_str()));
    id_ui(ui, "Category", &categories.collect::<Vec<_>>(), &mut filter.category);
    for (label, from, chosen) in [
        ("Item", &choices.items, &mut filter.item),
        ("Project", &choices.projects, &mut filter.project),
        ("Fund", &choices.funds, &mut filter.fund),
    ] {
        if !from.is_empty() {
            let all = from.iter().map(|choice| (choice.id, choice.title.as_str()));
            id_ui(ui, label, &all.collect::<Vec<_>>(), chosen);
        }
    }
}

/// One of some records; an id of 0 stands for rows that name none.
fn id_ui(ui: &mut Ui, label: &str, all: &[(Id, &str)], chosen: &mut Option<Id>) {
    let none = format!("{label}, none named");
    let shown = match *chosen {
        None => label,
        Some(Id(0)) => none.as_str(),
        Some(id) => all.iter().find(|(known, _)| *known == id).map_or(label, |(_, name)| name),
    };
    filter_combo_ui(ui, label, shown, |ui| {
        let mut is_chosen = ui.selectable_value(chosen, None, format!("{label}, any")).clicked();
        for (id, name) in all {
            is_chosen |= ui.selectable_value(chosen, Some(*id), *name).clicked();
        }
        is_chosen | ui.selectable_value(chosen, Some(Id(0)), &none).clicked()
    });
}
