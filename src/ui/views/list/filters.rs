//! The filters above a list.

use chrono::NaiveDate;
use eframe::egui::{Button, Popup, PopupCloseBehavior, TextEdit, Ui};

use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::status::Validity;
use crate::domain::word::Word;
use crate::services::queries::{Filter, FilterChoices, status_words};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::list::Arrangement;
use crate::ui::theme::{self, size, space, window};
use crate::ui::widgets::button::{icon_button_ui, quiet_button_ui};
use crate::ui::widgets::combo::filter_combo_ui;
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
        RecordKind::Shipment
        | RecordKind::Trip
        | RecordKind::Lot
        | RecordKind::Purchase
        | RecordKind::Visit
        | RecordKind::Incident => &[Category, Project, Dates],
        RecordKind::Item | RecordKind::Project => &[Category],
        RecordKind::Instrument => &[Authority],
        _ => &[],
    }
}

/// The words under which records of a kind are counted; a permission has its validity for that.
fn statuses(kind: RecordKind) -> Vec<Word> {
    if kind == RecordKind::Permission { Vec::new() } else { status_words(kind) }
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
    let room = ui.available_width();
    let is_narrow = room < room_for_all(parts.len() + usize::from(!statuses.is_empty()));
    let shows_rest = !is_narrow || list.shows_more_filters;
    ui.horizontal_wrapped(|ui| {
        let width = if is_narrow { narrow_text(room, !statuses.is_empty()) } else { window::FILTER_TEXT };
        text_ui(ui, &mut filter.text, width, take_focus);
        if !statuses.is_empty() {
            word_ui(ui, "Status", &statuses, &mut filter.status);
        }
        if is_narrow {
            more_ui(ui, count_set(&filter), &mut list.shows_more_filters);
        }
        if shows_rest {
            rest_ui(ui, parts, choices.as_deref(), today, &mut list.typed_dates, &mut filter);
        }
        if is_filtered && clear_ui(ui, kind, is_narrow) {
            commands.push(Command::ClearFilter(kind));
        }
    });
    let arrangement = Arrangement { filter, ..list.arrangement.clone() };
    if arrangement != list.arrangement && !commands.contains(&Command::ClearFilter(kind)) {
        commands.push(Command::Arrange(kind, Box::new(arrangement)));
    }
}

/// The width at which every filter stands in one line.
fn room_for_all(boxes: usize) -> f32 {
    let boxes = u8::try_from(boxes).map_or(0.0, f32::from);
    window::FILTER_TEXT + boxes * (window::FILTER + space::SMALL)
}

/// The text field of a narrow list leaves room for the status, for more and for the cross that clears.
fn narrow_text(room: f32, has_status: bool) -> f32 {
    let status = if has_status { window::FILTER + space::SMALL } else { 0.0 };
    let rest = status + window::FILTER_MORE + size::CONTROL_SMALL + 2.0 * space::SMALL;
    let beside = room - rest;
    // Too little for words beside the others: it has a line of its own.
    if beside < window::FILTER_TEXT / 2.0 { room } else { beside.min(window::FILTER_TEXT) }
}

/// How many of the filters are set that a narrow list does not show.
fn count_set(filter: &Filter) -> usize {
    let dates = filter.from.is_some() || filter.to.is_some();
    let others = [filter.category, filter.authority, filter.project].iter().flatten().count();
    others + usize::from(filter.validity.is_some()) + usize::from(dates)
}

/// Shows or hides the rarer filters; says how many of them are set.
fn more_ui(ui: &mut Ui, set: usize, shows_more: &mut bool) {
    let words = match (*shows_more, set) {
        (true, _) => "Fewer".to_owned(),
        (false, 0) => "More".to_owned(),
        (false, set) => format!("More ({set})"),
    };
    let name = if *shows_more { "Fewer filters" } else { "More filters" };
    if quiet_button_ui(ui, "", &words).accessible_name(name).on_hover_text(name).clicked() {
        *shows_more = !*shows_more;
    }
}

fn clear_ui(ui: &mut Ui, kind: RecordKind, is_narrow: bool) -> bool {
    let words = Command::ClearFilter(kind).text();
    if is_narrow {
        icon_button_ui(ui, icons::CLOSE, &words).clicked()
    } else {
        quiet_button_ui(ui, icons::CLOSE, &words).clicked()
    }
}

/// The filters besides the text and the status.
fn rest_ui(
    ui: &mut Ui,
    parts: &[Part],
    choices: Option<&FilterChoices>,
    today: NaiveDate,
    typed: &mut [String; 2],
    filter: &mut Filter,
) {
    if parts.contains(&Part::Validity) {
        word_ui(ui, "Permission", Validity::WORDS, &mut filter.validity);
    }
    if let Some(choices) = choices {
        records_ui(ui, choices, parts, filter);
    }
    if parts.contains(&Part::Dates) {
        dates_ui(ui, today, typed, filter);
    }
}

fn text_ui(ui: &mut Ui, text: &mut String, width: f32, take_focus: bool) {
    let hint = format!("{} Filter", icons::SEARCH);
    let field = TextEdit::singleline(text).desired_width(width - 2.0 * space::MEDIUM).hint_text(hint);
    let response = ui.add(field).accessible_name("Filter by text");
    if take_focus {
        response.request_focus();
    }
}

fn word_ui(ui: &mut Ui, label: &str, words: &[Word], chosen: &mut Option<String>) {
    let shown = chosen.as_deref().and_then(|word| words.iter().find(|known| known.word == word));
    filter_combo_ui(ui, label, shown.map_or(label, |word| word.label), |ui| {
        let mut is_chosen = ui.selectable_value(chosen, None, format!("{label}, any")).clicked();
        for word in words {
            is_chosen |= ui.selectable_value(chosen, Some(word.word.to_owned()), word.label).clicked();
        }
        is_chosen
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
    filter_combo_ui(ui, label, shown, |ui| {
        let mut is_chosen = ui.selectable_value(chosen, None, format!("{label}, any")).clicked();
        for (id, name) in all {
            is_chosen |= ui.selectable_value(chosen, Some(*id), *name).clicked();
        }
        is_chosen
    });
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
