//! A searchable choice among many: a button that shows what is chosen and opens a list with a filter.

use eframe::egui::{Atom, AtomExt as _, Button, Popup, PopupCloseBehavior, Response, Role, Ui, WidgetInfo, vec2};

use crate::services::queries::LinkChoice;
use crate::ui::icons;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::button::icon_button_ui;
use crate::ui::widgets::picker_list;

/// What can be chosen from: each with a short code and a name.
pub trait Choices {
    /// How many there are.
    fn count(&self) -> usize;
    /// The code at a place: a reference, `KGM`, `KP`.
    fn code(&self, at: usize) -> &str;
    /// The name at a place.
    fn name(&self, at: usize) -> &str;
}

impl Choices for Vec<LinkChoice> {
    fn count(&self) -> usize {
        self.len()
    }

    fn code(&self, at: usize) -> &str {
        self.get(at).map_or("", |choice| &choice.reference)
    }

    fn name(&self, at: usize) -> &str {
        self.get(at).map_or("", |choice| &choice.title)
    }
}

impl Choices for Vec<(&'static str, &'static str)> {
    fn count(&self) -> usize {
        self.len()
    }

    fn code(&self, at: usize) -> &str {
        self.get(at).map_or("", |(code, _)| code)
    }

    fn name(&self, at: usize) -> &str {
        self.get(at).map_or("", |(_, name)| name)
    }
}

/// A choice to be painted.
#[derive(Clone, Copy)]
pub struct Picker<'a> {
    /// What can be chosen; `None` while it is not there yet.
    pub choices: Option<&'a dyn Choices>,
    /// The place of what is chosen.
    pub selected: Option<usize>,
    /// What to show where nothing of the list is chosen: a hint, or what was typed elsewhere.
    pub otherwise: &'a str,
    /// Whether `otherwise` is a value, which can be cleared too.
    pub otherwise_is_value: bool,
    /// What is chosen here, for the accessible names of the parts.
    pub label: &'a str,
}

/// What was done with a picker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked {
    /// The choice at a place.
    At(usize),
    /// Nothing any more.
    Nothing,
}

/// What a picker gives back.
pub struct PickerOutput {
    /// Of the button.
    pub response: Response,
    /// What was chosen just now.
    pub picked: Option<Picked>,
    /// Whether its user has just left it.
    pub left: bool,
}

/// Paints a picker over the width there is.
pub fn picker_ui(ui: &mut Ui, picker: &Picker<'_>) -> PickerOutput {
    let has_value = picker.selected.is_some() || picker.otherwise_is_value;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::TINY;
        let clear = if has_value { size::CONTROL_SMALL + space::TINY } else { 0.0 };
        let width = (ui.available_width() - clear).max(size::CONTROL);
        let mut output = button_with_list_ui(ui, picker, width);
        if has_value && icon_button_ui(ui, icons::CLOSE, &format!("Clear {}", picker.label)).clicked() {
            output.picked = Some(Picked::Nothing);
            output.response.request_focus();
        }
        output
    })
    .inner
}

fn button_with_list_ui(ui: &mut Ui, picker: &Picker<'_>, width: f32) -> PickerOutput {
    let shown = shown_text(picker);
    let response = button_ui(ui, picker, &shown, width);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), picker.label);
        info.current_text_value = Some(shown.clone());
        info
    });
    let id = Popup::default_response_id(&response);
    let was_open = Popup::is_id_open(ui.ctx(), id);
    let taken = Popup::from_toggle_button_response(&response)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(width.max(size::PICKER))
        .accessible_name(picker.label)
        .show(|ui| picker_list::list_ui(ui, picker, id))
        .and_then(|inner| inner.inner);
    let is_open = Popup::is_id_open(ui.ctx(), id);
    if was_open && !is_open {
        picker_list::forget(ui.ctx(), id);
    }
    if taken.is_some() {
        response.request_focus();
    }
    let left = !is_open && (was_open || response.lost_focus());
    PickerOutput { response, picked: taken.map(Picked::At), left }
}

fn button_ui(ui: &mut Ui, picker: &Picker<'_>, shown: &str, width: f32) -> Response {
    let palette = theme::palette(ui.visuals());
    let text = if picker.selected.is_none() && !picker.otherwise_is_value {
        theme::muted(shown)
    } else {
        eframe::egui::RichText::new(shown)
    };
    let caret = theme::muted(icons::CARET_DOWN).color(palette.text_muted);
    let button = Button::new((text.atom_shrink(true), Atom::grow(), caret)).truncate();
    // The button grows over the room there is, and some of it is for the cross.
    ui.scope(|ui| {
        ui.set_max_width(width);
        ui.add(button.min_size(vec2(width, size::CONTROL)))
    })
    .inner
}

/// The code and the name of what is chosen.
fn shown_text(picker: &Picker<'_>) -> String {
    let Some((choices, at)) = picker.choices.zip(picker.selected) else { return picker.otherwise.to_owned() };
    match (choices.code(at), choices.name(at)) {
        (code, "") => code.to_owned(),
        ("", name) => name.to_owned(),
        (code, name) => format!("{code}  {name}"),
    }
}
