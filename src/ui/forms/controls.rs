//! The controls of plain fields: text, dates, flags, words and codes.

use std::sync::LazyLock;

use chrono::NaiveDate;
use eframe::egui::{Align2, Button, ComboBox, Id, Response, TextEdit, Ui};
use serde_json::{Map, Value};

use crate::domain::codes;
use crate::domain::schema::{Field, FieldKind};
use crate::domain::word::Word;
use crate::ui::forms::fields::Control;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::caret::caret;
use crate::ui::widgets::date_field::date_field_ui;
use crate::ui::widgets::picker::{Choices as _, Picked, Picker, picker_ui};

/// A list of codes with their names.
pub type Codes = Vec<(&'static str, &'static str)>;

/// The units of quantities.
pub static UNITS: LazyLock<Codes> = LazyLock::new(|| codes::units().collect());
/// The currencies.
pub static CURRENCIES: LazyLock<Codes> = LazyLock::new(|| codes::currencies().collect());
static COUNTRIES: LazyLock<Codes> = LazyLock::new(|| codes::countries().collect());

/// Lets a control edit the text of a field; a field without text leaves no trace in the draft.
fn edit_text(record: &mut Map<String, Value>, name: &str, edit: impl FnOnce(&mut String) -> Response) -> Response {
    let mut text = match record.get_mut(name) {
        Some(Value::String(text)) => std::mem::take(text),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let response = edit(&mut text);
    if text.is_empty() {
        record.remove(name);
    } else if let Some(Value::String(kept)) = record.get_mut(name) {
        *kept = text;
    } else {
        record.insert(name.to_owned(), Value::String(text));
    }
    response
}

fn text_of<'a>(record: &'a Map<String, Value>, name: &str) -> &'a str {
    record.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// One line of text, with an example of how a number or an amount is written.
pub fn text_ui(ui: &mut Ui, field: &Field, record: &mut Map<String, Value>) -> Control {
    let hint = match field.kind {
        FieldKind::Quantity | FieldKind::QuantityOrZero => "e.g. 12.5",
        FieldKind::Count if field.name == "number" => "Given when saved",
        FieldKind::Count => "e.g. 12",
        FieldKind::Money => "e.g. USD 1,250.00",
        FieldKind::Limit => "e.g. 12, or unlimited",
        FieldKind::Rate => "e.g. 1.08",
        FieldKind::HsCode => "e.g. 841350",
        _ => "",
    };
    let width = ui.available_width();
    Control::of(edit_text(record, field.name, |text| {
        ui.add(TextEdit::singleline(text).desired_width(width).align(Align2::LEFT_CENTER).hint_text(hint))
    }))
}

/// Text of several lines; it grows with what is typed.
pub fn long_text_ui(ui: &mut Ui, field: &Field, record: &mut Map<String, Value>) -> Control {
    let width = ui.available_width();
    Control::of(edit_text(record, field.name, |text| {
        ui.add(TextEdit::multiline(text).desired_width(width).desired_rows(2))
    }))
}

/// A date; where the day may be unknown, the hint says how to leave it out.
pub fn date_ui(ui: &mut Ui, field: &Field, record: &mut Map<String, Value>, today: NaiveDate) -> Control {
    let hint = if matches!(field.kind, FieldKind::FuzzyDay) { "yyyy-mm-dd or yyyy-mm" } else { "yyyy-mm-dd" };
    Control::of(edit_text(record, field.name, |text| date_field_ui(ui, text, today, field.label, hint)))
}

/// Yes or no. No leaves no trace in the draft.
pub fn flag_ui(ui: &mut Ui, field: &Field, record: &mut Map<String, Value>) -> Control {
    let mut flag = record.get(field.name).and_then(Value::as_bool).unwrap_or(false);
    let word = if flag { "Yes" } else { "No" };
    let response = ui.checkbox(&mut flag, word);
    if response.changed() {
        if flag {
            record.insert(field.name.to_owned(), Value::Bool(true));
        } else {
            record.remove(field.name);
        }
    }
    Control::of(response)
}

/// One word of a vocabulary, or none.
pub fn choice_ui(ui: &mut Ui, field: &Field, words: &'static [Word], record: &mut Map<String, Value>) -> Control {
    let before = text_of(record, field.name);
    let shown = match words.iter().find(|word| word.word == before) {
        Some(word) => word.label.into(),
        None if before.is_empty() => theme::muted("Choose"),
        None => before.into(),
    };
    let mut chosen = None;
    let combo = ComboBox::from_id_salt(field.name).width(ui.available_width()).height(size::WORDS);
    let combo = combo.truncate().icon(caret).selected_text(shown);
    let mut response = combo
        .show_ui(ui, |ui| {
            if ui.selectable_label(before.is_empty(), theme::muted("None")).clicked() {
                chosen = Some("");
            }
            for word in words {
                if ui.selectable_label(word.word == before, word.label).clicked() {
                    chosen = Some(word.word);
                }
            }
            // A click closes the list by itself, a key does not.
            if chosen.is_some() {
                ui.close();
            }
        })
        .response;
    if chosen.is_some() {
        response.request_focus();
    }
    if let Some(word) = chosen.filter(|word| *word != before) {
        set_text(record, field.name, word);
        response.mark_changed();
    }
    let left = has_closed(ui, response.id) || (response.lost_focus() && !ComboBox::is_open(ui.ctx(), response.id));
    Control { response, left }
}

/// Whether the list of a box was open in the frame before and is closed now.
fn has_closed(ui: &Ui, id: Id) -> bool {
    let is_open = ComboBox::is_open(ui.ctx(), id);
    let key = id.with("was open");
    let was_open = ui.data(|data| data.get_temp(key)).unwrap_or(false);
    if was_open != is_open {
        ui.data_mut(|data| data.insert_temp(key, is_open));
    }
    was_open && !is_open
}

fn set_text(record: &mut Map<String, Value>, name: &str, text: &str) {
    if text.is_empty() {
        record.remove(name);
    } else {
        record.insert(name.to_owned(), Value::from(text));
    }
}

/// Some words of a vocabulary, each a button that is in or out.
pub fn choices_ui(ui: &mut Ui, field: &Field, words: &'static [Word], record: &mut Map<String, Value>) -> Control {
    let mut chosen: Vec<&str> =
        record.get(field.name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let mut toggled = None;
    let mut lost_focus = false;
    let mut group = ui
        .horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = space::TINY;
            for word in words {
                let button = ui.add(Button::selectable(chosen.contains(&word.word), word.label));
                lost_focus |= button.lost_focus();
                if button.clicked() {
                    toggled = Some(word.word);
                }
            }
        })
        .response;
    if let Some(word) = toggled {
        if chosen.contains(&word) {
            chosen.retain(|known| *known != word);
        } else {
            chosen.push(word);
        }
        let chosen = Value::from(chosen);
        record.insert(field.name.to_owned(), chosen);
        group.mark_changed();
    }
    if record.get(field.name).and_then(Value::as_array).is_some_and(Vec::is_empty) {
        record.remove(field.name);
    }
    Control { response: group, left: lost_focus }
}

/// A unit, a currency or a country by its code, searched by code or name.
pub fn code_ui(ui: &mut Ui, field: &Field, record: &mut Map<String, Value>) -> Control {
    let list: &Codes = match field.kind {
        FieldKind::Unit => &UNITS,
        FieldKind::Currency => &CURRENCIES,
        _ => &COUNTRIES,
    };
    let typed = text_of(record, field.name);
    let picker = Picker {
        choices: Some(list),
        selected: list.binary_search_by_key(&typed, |(code, _)| code).ok(),
        otherwise: if typed.is_empty() { "Choose" } else { typed },
        otherwise_is_value: !typed.is_empty(),
        label: field.label,
    };
    let output = picker_ui(ui, &picker);
    let mut response = output.response;
    if let Some(picked) = output.picked {
        match picked {
            Picked::At(at) => set_text(record, field.name, list.code(at)),
            Picked::Nothing => set_text(record, field.name, ""),
        }
        response.mark_changed();
    }
    Control { response, left: output.left }
}
