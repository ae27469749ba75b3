//! The two pages that plan: other days for a shipment or a trip, and the shipments that a permission allows.

mod slots;
mod what_if;

use std::sync::Arc;

use eframe::egui::{Label, Link, Ui};

use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::queries::{LinkChoice, NOT_ADVICE, RecordLink};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::theme;
use crate::ui::widgets::picker::{Choices, Picked, Picker, picker_ui};

pub use slots::page_ui as slots_page_ui;
pub use what_if::page_ui as what_if_page_ui;

/// The room for the choice of what is planned.
const CHOICE: f32 = 420.0;

/// What is chosen from, under which name, and what stands there while nothing is.
struct Choice<'a> {
    kinds: &'a [RecordKind],
    label: &'a str,
    hint: &'a str,
}

/// Chooses a record of some kinds. What follows is asked for with the record, or with nothing where it was taken away.
fn choice_ui(ui: &mut Ui, model: &Model, what: &Choice<'_>, chosen: Option<Id>, follows: impl FnOnce(Option<Id>)) {
    let choices: Option<Arc<Vec<LinkChoice>>> = model.planner_choices(what.kinds);
    let selected = choices.as_ref().and_then(|all| all.iter().position(|choice| Some(choice.id) == chosen));
    let picker = Picker {
        choices: choices.as_deref().map(|all| all as &dyn Choices),
        selected,
        otherwise: if chosen.is_some() { "Loading" } else { what.hint },
        otherwise_is_value: false,
        label: what.label,
    };
    let picked = ui.scope(|ui| {
        ui.set_max_width(CHOICE);
        picker_ui(ui, &picker).picked
    });
    match picked.inner {
        Some(Picked::At(at)) => follows(choices.and_then(|all| all.get(at).map(|choice| choice.id))),
        Some(Picked::Nothing) => follows(None),
        None => {}
    }
}

/// A record that can be opened beside the page.
fn link_ui(ui: &mut Ui, link: &RecordLink, commands: &mut Vec<Command>) {
    let words = format!("{} {}", icons::for_kind(link.kind), link.reference);
    let name = format!("{} {}", link.reference, link.title);
    if ui.add(Link::new(words)).accessible_name(&name).on_hover_text(&link.title).clicked() {
        commands.push(Command::Open(link.id));
    }
}

/// What stands under everything that speaks about permissions.
fn not_advice_ui(ui: &mut Ui) {
    ui.add(Label::new(theme::muted(format!("{} {NOT_ADVICE}", icons::INFO))).wrap());
}
