//! The filters above a list.

use chrono::NaiveDate;
use eframe::egui::{Button, ComboBox, Popup, PopupCloseBehavior, TextEdit, Ui};

use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::record::{FundState, RecordKind};
use crate::domain::status::shipment::ShipmentStage;
use crate::domain::status::trip::TripStage;
use crate::domain::status::{Outcome, Stage, Validity};
use crate::domain::word::Word;
use crate::services::queries::{Filter, FilterChoices};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::list::Arrangement;
use crate::ui::theme::{self, window};
use crate::ui::widgets::button::quiet_button_ui;
use crate::ui::widgets::caret::caret;
use crate::ui::widgets::date_field::date_field_ui;

/// A part of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Validity,
    Authority,
    Category,
    Project,
    Dates,
}

/// The parts of a filter that make sense for a kind, besides its text and its status.
const fn parts(kind: RecordKind) -> &'static [Part] {
    use Part::{Authority, Category, Dates, Project, Validity};
    match kind {
        RecordKind::Request => &[Validity, Category, Authority, Project, Dates],
        RecordKind::Matter | RecordKind::Permission => &[Validity, Category, Authority, Project],
        RecordKind::Shipment | RecordKind::Trip => &[Category, Project, Dates],
        RecordKind::Item | RecordKind::Project => &[Category],
        RecordKind::Instrument => &[Authority],
        _ => &[],
    }
}

/// The words under which records of a kind are counted.
fn statuses(kind: RecordKind) -> Vec<Word> {
    match kind {
        RecordKind::Request | RecordKind::Matter => {
            let stages = Stage::WORDS.iter().filter(|stage| stage.word != Stage::Decided.word());
            let outcomes = Outcome::WORDS.iter().filter(|outcome| outcome.word != Outcome::Pending.word());
            stages.chain(outcomes).copied().collect()
        }
        RecordKind::Shipment => ShipmentStage::WORDS.to_vec(),
        RecordKind::Trip => TripStage::WORDS.to_vec(),
        RecordKind::Fund => FundState::WORDS.to_vec(),
        _ => Vec::new(),
    }
}

/// Paints the filters; each change is a command.
pub(super) fn row_ui(ui: &mut Ui, kind: RecordKind, model: &mut Model, commands: &mut Vec<Command>) {
    let choices = model.filter_choices().cloned();
    let take_focus = model.take_filter_focus();
    let today = model.place().today;
    let list = model.list_mut(kind);
    let mut filter = list.arrangement.filter.clone();
    let is_filtered = list.is_filtered();
    let statuses = statuses(kind);
    let parts = parts(kind);
    ui.horizontal_wrapped(|ui| {
        text_ui(ui, &mut filter.text, take_focus);
        if !statuses.is_empty() {
            word_ui(ui, "Status", &statuses, &mut filter.status);
        }
        if parts.contains(&Part::Validity) {
            word_ui(ui, "Permission", Validity::WORDS, &mut filter.validity);
        }
        if let Some(choices) = &choices {
            records_ui(ui, choices, parts, &mut filter);
        }
        if parts.contains(&Part::Dates) {
            dates_ui(ui, today, &mut list.typed_dates, &mut filter);
        }
        if is_filtered && quiet_button_ui(ui, icons::CLOSE, &Command::ClearFilter(kind).text()).clicked() {
            commands.push(Command::ClearFilter(kind));
        }
    });
    let arrangement = Arrangement { filter, ..list.arrangement.clone() };
    if arrangement != list.arrangement && !commands.contains(&Command::ClearFilter(kind)) {
        commands.push(Command::Arrange(kind, Box::new(arrangement)));
    }
}

fn text_ui(ui: &mut Ui, text: &mut String, take_focus: bool) {
    let hint = format!("{} Filter", icons::SEARCH);
    let field = TextEdit::singleline(text).desired_width(window::FILTER_TEXT).hint_text(hint);
    let response = ui.add(field).accessible_name("Filter by text");
    if take_focus {
        response.request_focus();
    }
}

fn word_ui(ui: &mut Ui, label: &str, words: &[Word], chosen: &mut Option<String>) {
    let shown = chosen.as_deref().and_then(|word| words.iter().find(|known| known.word == word));
    combo_ui(ui, label, shown.map_or(label, |word| word.label), |ui| {
        ui.selectable_value(chosen, None, format!("{label}, any"));
        for word in words {
            ui.selectable_value(chosen, Some(word.word.to_owned()), word.label);
        }
    });
}

fn records_ui(ui: &mut Ui, choices: &FilterChoices, parts: &[Part], filter: &mut Filter) {
    if parts.contains(&Part::Category) {
        let all = choices.categories.iter().map(|tag| (tag.id, tag.name.as_str()));
        id_ui(ui, "Category", &all.collect::<Vec<_>>(), &mut filter.category);
    }
    if parts.contains(&Part::Authority) {
        let all = choices.authorities.iter().map(|choice| (choice.id, choice.title.as_str()));
        id_ui(ui, "Authority", &all.collect::<Vec<_>>(), &mut filter.authority);
    }
    if parts.contains(&Part::Project) && !choices.projects.is_empty() {
        let all = choices.projects.iter().map(|choice| (choice.id, choice.title.as_str()));
        id_ui(ui, "Project", &all.collect::<Vec<_>>(), &mut filter.project);
    }
}

fn id_ui(ui: &mut Ui, label: &str, all: &[(Id, &str)], chosen: &mut Option<Id>) {
    let shown = all.iter().find(|(id, _)| Some(*id) == *chosen).map_or(label, |(_, name)| name);
    combo_ui(ui, label, shown, |ui| {
        ui.selectable_value(chosen, None, format!("{label}, any"));
        for (id, name) in all {
            ui.selectable_value(chosen, Some(*id), *name);
        }
    });
}

fn combo_ui(ui: &mut Ui, label: &str, shown: &str, choices_ui: impl FnOnce(&mut Ui)) {
    let combo = ComboBox::from_id_salt(label).width(window::FILTER).truncate().icon(caret).selected_text(shown);
    let response = combo.show_ui(ui, choices_ui).response;
    response.accessible_name(format!("Filter by {}", label.to_lowercase()));
}

fn dates_ui(ui: &mut Ui, today: NaiveDate, typed: &mut [String; 2], filter: &mut Filter) {
    let words = match (filter.from, filter.to) {
        (None, None) => "Dates".to_owned(),
        (Some(from), None) => format!("From {from}"),
        (None, Some(to)) => format!("To {to}"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    };
    let button = Button::new(format!("{} {words}", icons::CALENDAR));
    let response = ui.add(button).accessible_name("Filter by dates");
    let popup = Popup::from_toggle_button_response(&response)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(window::AS_OF)
        .accessible_name("Dates");
    popup.show(|ui| {
        let [from, to] = typed;
        if date_ui(ui, today, from, "From") {
            filter.from = FuzzyDate::parse(from).ok().map(FuzzyDate::first);
        }
        if date_ui(ui, today, to, "To") {
            filter.to = FuzzyDate::parse(to).ok().map(FuzzyDate::last);
        }
    });
}

fn date_ui(ui: &mut Ui, today: NaiveDate, text: &mut String, label: &str) -> bool {
    ui.set_width(window::AS_OF);
    ui.label(theme::small(label));
    date_field_ui(ui, text, today, label, "yyyy-mm-dd or yyyy").accessible_name(format!("Date, {label}")).changed()
}
