//! The whole form: its heading with the buttons, what is wrong with it, and its sections as cards.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{
    Align, Button, Key, KeyboardShortcut, Layout, Memory, Modifiers, Popup, RichText, ScrollArea, TextWrapMode, Ui,
};
use serde_json::{Map, Value};

use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::{Field, FieldError};
use crate::services::queries::LinkChoice;
use crate::ui::forms::fields::Painter;
use crate::ui::forms::{Form, Phase};
use crate::ui::icons;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::button::primary_button_ui;
use crate::ui::widgets::card;

/// What a form asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum FormAction {
    /// Save this draft. The form waits until it is taken back, refused or dropped.
    Save(Map<String, Value>),
    /// Close the form. Whoever does it asks first where the form is dirty.
    Close,
    /// Fetch the records of these kinds, for its links.
    NeedChoices(&'static [RecordKind]),
}

/// What a form needs from outside.
pub struct FormContext<'a> {
    /// The records that a link can choose from; `None` while they are not there yet.
    pub choices: &'a dyn Fn(&'static [RecordKind]) -> Option<Arc<Vec<LinkChoice>>>,
    /// The civil day.
    pub today: NaiveDate,
}

const SAVE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::S);

/// Paints the form over the room there is; it scrolls below its heading.
pub fn form_ui(ui: &mut Ui, form: &mut Form, context: &FormContext<'_>, actions: &mut Vec<FormAction>) {
    ui.set_max_width(ui.available_width().min(size::FORM));
    let wants_save = shortcuts(ui, actions);
    let pressed_save = heading_ui(ui, form, actions);
    if (wants_save || pressed_save)
        && let Some(draft) = form.attempt()
    {
        actions.push(FormAction::Save(draft));
        ui.ctx().request_repaint();
    }
    ui.add_space(space::SMALL);
    let area = ScrollArea::vertical().id_salt((form.kind, form.editing)).auto_shrink([false, false]);
    area.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::LARGE;
        summary_ui(ui, form);
        ui.add_enabled_ui(form.phase != Phase::Saving, |ui| sections_ui(ui, form, context, actions));
        ui.add_space(space::HUGE);
    });
}

/// Escape asks to close, unless it closes a list; the shortcut for saving says so.
fn shortcuts(ui: &Ui, actions: &mut Vec<FormAction>) -> bool {
    let ctx = ui.ctx();
    let is_below_modal = ctx.memory(Memory::top_modal_layer).is_some_and(|layer| layer != ui.layer_id());
    if is_below_modal {
        return false;
    }
    if !Popup::is_any_open(ctx) && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        actions.push(FormAction::Close);
    }
    ui.input_mut(|input| input.consume_shortcut(&SAVE))
}

fn heading_ui(ui: &mut Ui, form: &Form, actions: &mut Vec<FormAction>) -> bool {
    ui.horizontal(|ui| {
        let kind = form.kind.label().to_lowercase();
        let reference = form.draft.get("reference").and_then(Value::as_str).unwrap_or_default();
        let heading = match (form.editing, reference) {
            (None, _) => format!("New {kind}"),
            (Some(_), "") => format!("Edit {kind}"),
            (Some(_), reference) => format!("Edit {kind} {reference}"),
        };
        ui.label(theme::heading(heading));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let saving = form.phase == Phase::Saving;
            let label = if saving { "Saving" } else { "Save" };
            let save = ui.add_enabled_ui(!saving, |ui| primary_button_ui(ui, icons::SAVE, label)).inner;
            let save = save.on_hover_text(ui.ctx().format_shortcut(&SAVE));
            if ui.button("Close").on_hover_text("Esc").clicked() {
                actions.push(FormAction::Close);
            }
            if form.is_dirty() && !saving {
                ui.label(theme::small("Not saved yet"));
            }
            save.clicked()
        })
        .inner
    })
    .inner
}

/// What stands in the way of saving, each line leading to its field.
fn summary_ui(ui: &mut Ui, form: &mut Form) {
    let own = if form.attempted { form.errors() } else { Arc::default() };
    let refused: &[FieldError] = if let Phase::Refused(errors) = &form.phase { errors } else { &[] };
    let count = own.len() + refused.len();
    if count == 0 {
        return;
    }
    let colours = theme::palette(ui.visuals()).bad;
    let mut chosen = None;
    let shown = card::frame(ui).fill(colours.fill).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::TINY;
        ui.spacing_mut().interact_size.y = 0.0;
        let heading = if count == 1 {
            "One thing stands in the way".to_owned()
        } else {
            format!("{count} things stand in the way")
        };
        ui.label(theme::semibold(format!("{} {heading}", icons::ALERT)).color(colours.text));
        for error in own.iter().chain(refused) {
            let words = if error.label.is_empty() {
                error.problem.to_string()
            } else {
                format!("{} – {}", error.label, error.problem)
            };
            let text = RichText::new(words).color(colours.text);
            let button = Button::new(text).frame(false).wrap_mode(TextWrapMode::Wrap);
            if ui.add(button).on_hover_text("Go to the field").clicked() {
                chosen = Some(error.path.clone());
            }
        }
    });
    if let Some(path) = chosen {
        form.focus_on(&path);
    }
    // What belongs to no field stands only here, so here is where to look.
    if form.focus.take_if(|path| path.is_empty()).is_some() {
        shown.response.scroll_to_me(Some(Align::TOP));
    }
}

fn sections_ui(ui: &mut Ui, form: &mut Form, context: &FormContext<'_>, actions: &mut Vec<FormAction>) {
    let columns = if ui.available_width() >= size::TWO_COLUMNS { 2 } else { 1 };
    let fields = spec(form.kind).fields;
    let own = form.errors();
    let Form { draft, visited, attempted, phase, focus, unasked, .. } = form;
    let mut none = Vec::new();
    let refused = if let Phase::Refused(errors) = phase { errors } else { &mut none };
    let mut painter =
        Painter { context, actions, own: &own, refused, visited, attempted: *attempted, focus, path: String::new() };
    let first = "Main facts";
    for section in fields.chunk_by(|_, next| next.section.is_empty()) {
        let heading = section.first().map_or("", |field: &Field| field.section);
        let heading = if heading.is_empty() { first } else { heading };
        ui.push_id(heading, |ui| {
            card::card_ui(ui, heading, |ui| painter.fields_ui(ui, section, draft, columns));
        });
    }
    if let Some(path) = unasked.take_if(|path| painter.visited.contains(path.as_str()))
        && !draft.contains_key(&path)
    {
        painter.visited.remove(&path);
    }
    if painter.refused.is_empty() && matches!(phase, Phase::Refused(_)) {
        *phase = Phase::Editing;
    }
}
