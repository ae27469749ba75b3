//! The form that sets the same fields in many records. Each field is off until it is ticked, and says what stands in it now.

use std::collections::BTreeSet;

use eframe::egui::{Checkbox, Label, ScrollArea, Sense, Ui, vec2};
use serde_json::{Map, Value};

use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::{Field, FieldError, read};
use crate::services::bulk::fields_for_many;
use crate::services::queries::{Many, Spread};
use crate::ui::forms::fields::Painter;
use crate::ui::forms::paint::{FormAction, FormContext};
use crate::ui::icons;
use crate::ui::theme::{self, size, space, window};

/// How many different values are told, before it is only said how many there are.
const TOLD: usize = 3;

/// What is typed for many records.
#[derive(Debug)]
pub struct ManyForm {
    /// The kind of the records.
    pub kind: RecordKind,
    /// What they have in common.
    pub many: Many,
    /// Whether it was handed over and the answer is not there yet.
    pub saving: bool,
    draft: Map<String, Value>,
    ticked: BTreeSet<&'static str>,
    visited: BTreeSet<String>,
    refused: Vec<FieldError>,
    attempted: bool,
    focus: Option<String>,
}

impl ManyForm {
    /// A form in which nothing is ticked.
    #[must_use]
    pub fn new(kind: RecordKind, many: Many) -> Self {
        Self {
            kind,
            many,
            saving: false,
            draft: Map::new(),
            ticked: BTreeSet::new(),
            visited: BTreeSet::new(),
            refused: Vec::new(),
            attempted: false,
            focus: None,
        }
    }

    /// Whether any field is ticked.
    #[must_use]
    pub fn sets_anything(&self) -> bool {
        !self.ticked.is_empty()
    }

    /// Hands it over: the fields to set, an empty one as null. `None` where something in it is wrong.
    pub fn attempt(&mut self) -> Option<Map<String, Value>> {
        if self.saving || !self.sets_anything() {
            return None;
        }
        self.attempted = true;
        if let Some(first) = self.errors().first() {
            self.focus = Some(first.path.clone());
            return None;
        }
        self.saving = true;
        self.refused.clear();
        let value = |name: &&str| self.draft.get(*name).cloned().unwrap_or_default();
        Some(self.ticked.iter().map(|name| ((*name).to_owned(), value(name))).collect())
    }

    /// Takes it back with what stands in its way.
    pub fn refuse(&mut self, problems: Vec<FieldError>) {
        self.saving = false;
        self.refused = problems;
    }

    /// Puts a field on; the keyboard goes into it.
    fn tick(&mut self, name: &'static str) {
        self.ticked.insert(name);
        self.focus = Some(name.to_owned());
    }

    /// What is wrong with the fields that are ticked.
    fn errors(&self) -> Vec<FieldError> {
        let found = read::read(spec(self.kind).fields, &self.draft).err().unwrap_or_default();
        found.into_iter().filter(|error| self.ticked.contains(error.path.as_str())).collect()
    }
}

/// Paints the fields; they scroll where there are many.
pub fn many_ui(ui: &mut Ui, form: &mut ManyForm, context: &FormContext<'_>, actions: &mut Vec<FormAction>) {
    refused_ui(ui, &form.refused);
    let own = form.errors();
    let enabled = !form.saving;
    let room = (ui.ctx().content_rect().height() * window::DIALOG_FORM_PART).max(window::DIALOG_FORM);
    ScrollArea::vertical().max_height(room).auto_shrink([false, true]).show(ui, |ui| {
        ui.add_enabled_ui(enabled, |ui| {
            ui.spacing_mut().item_spacing.y = space::MEDIUM;
            for field in fields_for_many(form.kind) {
                ui.push_id(field.name, |ui| field_ui(ui, form, field, &own, context, actions));
            }
        });
    });
}

/// Why the records were not saved, each by its name.
fn refused_ui(ui: &mut Ui, refused: &[FieldError]) {
    if refused.is_empty() {
        return;
    }
    let colours = theme::palette(ui.visuals()).bad;
    ui.label(theme::semibold(format!("{} Nothing was saved", icons::ALERT)).color(colours.text));
    ScrollArea::vertical().id_salt("refused").max_height(window::DIALOG_FORM / 3.0).show(ui, |ui| {
        for error in refused {
            let words = if error.label.is_empty() { error.problem.to_string() } else { error.to_string() };
            ui.add(Label::new(eframe::egui::RichText::new(words).color(colours.text)).wrap());
        }
    });
}

fn field_ui(
    ui: &mut Ui,
    form: &mut ManyForm,
    field: &'static Field,
    own: &[FieldError],
    context: &FormContext<'_>,
    actions: &mut Vec<FormAction>,
) {
    let mut ticked = form.ticked.contains(field.name);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, space::TINY);
        // As high as the line of the label beside it.
        ui.spacing_mut().interact_size.y = size::HEADING_LINE;
        let tick = ui.add(Checkbox::without_text(&mut ticked)).accessible_name(format!("Change {}", field.label));
        ui.spacing_mut().interact_size.y = size::CONTROL;
        if tick.clicked() {
            if ticked {
                form.tick(field.name);
            } else {
                form.ticked.remove(field.name);
                form.draft.remove(field.name);
                form.visited.remove(field.name);
            }
        }
        ui.vertical(|ui| {
            if form.ticked.contains(field.name) {
                let ManyForm { draft, visited, attempted, focus, .. } = form;
                // What was refused names its records above; the form itself cannot tell which value they would take.
                let mut refused = Vec::new();
                let mut painter = Painter {
                    context,
                    actions,
                    own,
                    refused: &mut refused,
                    visited,
                    attempted: *attempted,
                    focus,
                    path: String::new(),
                };
                ui.scope(|ui| painter.fields_ui(ui, std::slice::from_ref(field), draft, 1));
            } else {
                let label = Label::new(field.label).sense(Sense::click());
                if ui.add(label).clicked() {
                    form.tick(field.name);
                }
            }
            if let Some(spread) = form.many.spreads.get(field.name) {
                ui.add(Label::new(theme::small(spread_words(spread, form.many.records.len()))).wrap());
            }
        });
    });
}

/// `The same in all: Milk`, `Differs: Milk in 7, Beans in 3, empty in 2`, `Differs: 14 values`.
fn spread_words(spread: &Spread, records: usize) -> String {
    let name = |value: &str| {
        let mut letters = value.chars();
        let short: String = letters.by_ref().take(SHORT).collect();
        match (value.is_empty(), letters.next()) {
            (true, _) => "empty".to_owned(),
            (_, None) => short,
            (_, Some(_)) => format!("{short}…"),
        }
    };
    if let Some(common) = spread.common() {
        return if common.is_empty() {
            "Empty in all".to_owned()
        } else {
            format!("The same in all: {}", name(common))
        };
    }
    let (told, others) = (spread.values.len(), spread.others);
    if others > 0 {
        return format!("Differs: more than {told} values in {records} records");
    }
    if told > TOLD {
        return format!("Differs: {told} values in {records} records");
    }
    let mut values: Vec<(&String, &usize)> = spread.values.iter().collect();
    values.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let parts: Vec<String> = values.into_iter().map(|(value, count)| format!("{} in {count}", name(value))).collect();
    format!("Differs: {}", parts.join(", "))
}

/// How many letters of a value are told.
const SHORT: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(values: &[(&str, usize)]) -> Spread {
        Spread { values: values.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect(), others: 0 }
    }

    #[test]
    fn the_spread_says_in_how_many_records_which_value_stands() {
        assert_eq!(spread_words(&spread(&[("Milk", 3)]), 3), "The same in all: Milk");
        assert_eq!(spread_words(&spread(&[("", 3)]), 3), "Empty in all");
        assert_eq!(spread_words(&spread(&[("", 1), ("Milk", 2)]), 3), "Differs: Milk in 2, empty in 1");
        assert_eq!(
            spread_words(&spread(&[("a", 1), ("b", 1), ("c", 1), ("d", 1)]), 4),
            "Differs: 4 values in 4 records"
        );
    }

    #[test]
    fn only_what_is_ticked_is_set_and_an_empty_required_field_is_refused() {
        let mut form = ManyForm::new(RecordKind::Trip, Many::default());
        form.draft.insert("note".into(), "left over".into());
        assert_eq!(form.attempt(), None);
        form.ticked.insert("host");
        assert_eq!(form.attempt(), Some(Map::from_iter([("host".to_owned(), Value::Null)])));
        form.refuse(Vec::new());
        form.ticked.insert("title");
        assert_eq!(form.attempt(), None, "a trip has a purpose");
    }
}
