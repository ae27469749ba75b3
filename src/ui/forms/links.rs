//! Links to other records: one by a picker, several as chips with a picker to add another.

use std::sync::Arc;

use eframe::egui::{Button, Id, Ui, vec2};
use serde_json::{Map, Value};

use crate::domain::record::RecordKind;
use crate::domain::schema::Field;
use crate::services::queries::LinkChoice;
use crate::ui::forms::fields::{Control, Painter};
use crate::ui::forms::paint::FormAction;
use crate::ui::icons;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::picker::{Choices, Picked, Picker, picker_ui};

impl Painter<'_> {
    /// The records a link can choose from; asks for them where they are not there yet.
    fn choices(&mut self, kinds: &'static [RecordKind]) -> Option<Arc<Vec<LinkChoice>>> {
        let choices = (self.context.choices)(kinds);
        let wanted = FormAction::NeedChoices(kinds);
        if choices.is_none() && !self.actions.contains(&wanted) {
            self.actions.push(wanted);
        }
        choices
    }

    /// A link to one record.
    pub fn link_ui(
        &mut self,
        ui: &mut Ui,
        field: &'static Field,
        kinds: &'static [RecordKind],
        record: &mut Map<String, Value>,
    ) {
        self.labelled_ui(ui, field, |ui, painter| {
            let choices = painter.choices(kinds);
            let chosen = record.get(field.name).and_then(Value::as_i64);
            let selected = chosen.and_then(|id| place_of(ui, choices.as_deref()?, id));
            let output = picker_ui(ui, &picker(choices.as_deref(), selected, chosen.is_some(), field.label));
            let mut response = output.response;
            if let Some(picked) = output.picked {
                match (picked, choices) {
                    (Picked::At(at), Some(choices)) => insert_id(record, field.name, choices.get(at)),
                    _ => drop(record.remove(field.name)),
                }
                response.mark_changed();
            }
            Control { response, left: output.left }
        });
    }

    /// Links to several records.
    pub fn links_ui(
        &mut self,
        ui: &mut Ui,
        field: &'static Field,
        kinds: &'static [RecordKind],
        record: &mut Map<String, Value>,
    ) {
        self.labelled_ui(ui, field, |ui, painter| {
            let choices = painter.choices(kinds);
            let mut ids: Vec<i64> = record
                .get(field.name)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_i64)
                .collect();
            let before = ids.len();
            chips_ui(ui, field, choices.as_deref(), &mut ids);
            let output = picker_ui(ui, &picker(choices.as_deref(), None, false, field.label));
            let mut response = output.response;
            if let (Some(Picked::At(at)), Some(choices)) = (output.picked, choices) {
                ids.extend(choices.get(at).map(|choice| choice.id.0).filter(|id| !ids.contains(id)));
            }
            if ids.len() != before {
                set_ids(record, field.name, &ids);
                response.mark_changed();
            }
            Control { response, left: output.left }
        });
    }
}

fn picker<'a>(
    choices: Option<&'a Vec<LinkChoice>>,
    selected: Option<usize>,
    is_set: bool,
    label: &'a str,
) -> Picker<'a> {
    let otherwise = match (is_set, choices) {
        (true, None) => "Loading",
        (true, Some(_)) => "A record that is no longer there",
        (false, _) => "Choose",
    };
    Picker {
        choices: choices.map(|choices| choices as &dyn Choices),
        selected,
        otherwise,
        otherwise_is_value: is_set && selected.is_none(),
        label,
    }
}

/// Where a record stands among the choices. The place found last is tried first, so that a frame costs no search.
fn place_of(ui: &Ui, choices: &[LinkChoice], id: i64) -> Option<usize> {
    let is_it = |choice: &LinkChoice| choice.id.0 == id;
    let key = Id::unique(("place of a choice", id));
    let last: Option<usize> = ui.data(|data| data.get_temp(key));
    if let Some(at) = last.filter(|at| choices.get(*at).is_some_and(is_it)) {
        return Some(at);
    }
    let at = choices.iter().position(is_it)?;
    ui.data_mut(|data| data.insert_temp(key, at));
    Some(at)
}

/// What is chosen, each with a cross to take it out.
fn chips_ui(ui: &mut Ui, field: &Field, choices: Option<&Vec<LinkChoice>>, ids: &mut Vec<i64>) {
    if ids.is_empty() {
        return;
    }
    let mut gone = None;
    let accent = theme::palette(ui.visuals()).accent;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::TINY, space::TINY);
        ui.spacing_mut().button_padding = vec2(space::SMALL, 0.0);
        ui.spacing_mut().interact_size.y = size::CONTROL_SMALL;
        for id in ids.iter() {
            let choice = choices.and_then(|choices| choices.get(place_of(ui, choices, *id)?));
            let name = choice
                .map_or("Loading", |choice| if choice.title.is_empty() { &choice.reference } else { &choice.title });
            let chip =
                Button::selectable(true, theme::small(format!("{name} {}", icons::CLOSE)).color(accent)).truncate();
            let chip = ui.add(chip).accessible_name(format!("Remove {name}, {}", field.label));
            if chip.on_hover_text("Remove").clicked() {
                gone = Some(*id);
            }
        }
    });
    ids.retain(|id| Some(*id) != gone);
}

fn insert_id(record: &mut Map<String, Value>, name: &str, choice: Option<&LinkChoice>) {
    if let Some(choice) = choice {
        record.insert(name.to_owned(), Value::from(choice.id.0));
    }
}

fn set_ids(record: &mut Map<String, Value>, name: &str, ids: &[i64]) {
    if ids.is_empty() {
        record.remove(name);
    } else {
        record.insert(name.to_owned(), Value::from(ids.to_vec()));
    }
}
