//! Fields in their grid: which control, which error, which focus.

use chrono::NaiveDate;
use eframe::egui::{Align, Response, Ui, vec2};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

use crate::domain::schema::{Field, FieldError, FieldKind};
use crate::ui::forms::controls;
use crate::ui::forms::paint::{FormAction, FormContext};
use crate::ui::theme::space;
use crate::ui::widgets::field::{FieldText, field_ui};

/// Paints fields and keeps account of where it stands in the draft.
pub struct Painter<'a> {
    pub context: &'a FormContext<'a>,
    pub actions: &'a mut Vec<FormAction>,
    /// What the form itself finds wrong.
    pub own: &'a [FieldError],
    /// What the services found wrong; a field that changes drops its own.
    pub refused: &'a mut Vec<FieldError>,
    pub visited: &'a mut BTreeSet<String>,
    pub attempted: bool,
    pub focus: &'a mut Option<String>,
    /// The path of the field that is painted, or of the row around it.
    pub path: String,
}

impl Painter<'_> {
    /// Some fields of a record or a row: narrow ones beside one another, wide ones over the whole width.
    pub fn fields_ui(
        &mut self,
        ui: &mut Ui,
        fields: &'static [Field],
        record: &mut Map<String, Value>,
        columns: usize,
    ) {
        ui.spacing_mut().item_spacing = vec2(space::LARGE, space::LARGE);
        for run in fields.chunk_by(|a, b| !is_wide(a.kind) && !is_wide(b.kind)) {
            for line in run.chunks(columns.max(1)) {
                match line {
                    [field] if is_wide(field.kind) => self.field_ui(ui, field, record),
                    line => ui.columns(columns.max(1), |cells| {
                        for (cell, field) in cells.iter_mut().zip(line) {
                            self.field_ui(cell, field, record);
                        }
                    }),
                }
            }
        }
    }

    fn field_ui(&mut self, ui: &mut Ui, field: &'static Field, record: &mut Map<String, Value>) {
        let above = self.path.len();
        self.path.push_str(field.name);
        ui.push_id(field.name, |ui| match field.kind {
            FieldKind::List(of) => self.rows_ui(ui, field, of, record),
            FieldKind::Link(kinds) => self.link_ui(ui, field, kinds, record),
            FieldKind::Links(kinds) => self.links_ui(ui, field, kinds, record),
            _ => self.leaf_ui(ui, field, record),
        });
        self.path.truncate(above);
    }

    fn leaf_ui(&mut self, ui: &mut Ui, field: &'static Field, record: &mut Map<String, Value>) {
        let today = self.context.today;
        self.labelled_ui(ui, field, |ui, _painter| control_ui(ui, field, record, today));
    }

    /// A control under its label, with its error, its focus and its being left.
    pub fn labelled_ui(
        &mut self,
        ui: &mut Ui,
        field: &'static Field,
        control: impl FnOnce(&mut Ui, &mut Self) -> Control,
    ) {
        let error = self.error();
        let text =
            FieldText { label: field.label, required: field.required, help: field.help, error: error.as_deref() };
        let mut left = false;
        let paint = |ui: &mut Ui| {
            let control = control(ui, self);
            left = control.left;
            control.response
        };
        let response = field_ui(ui, &text, paint);
        if left {
            self.visited.insert(self.path.clone());
        }
        if response.changed() {
            let path = self.path.as_str();
            self.refused.retain(|error| error.path != path);
        }
        self.focus_if_wanted(&response);
    }

    /// What is wrong with the field at hand, where its user should see it already.
    pub fn error(&self) -> Option<String> {
        let here = |error: &&FieldError| error.path == self.path;
        if let Some(error) = self.refused.iter().find(here) {
            return Some(error.problem.to_string());
        }
        let shows = self.attempted || self.visited.contains(&self.path);
        let error = if shows { self.own.iter().find(here) } else { None };
        error.map(|error| error.problem.to_string())
    }

    /// Gives the focus to the control at hand where it was asked for.
    pub fn focus_if_wanted(&mut self, response: &Response) {
        if self.focus.as_deref() == Some(self.path.as_str()) {
            response.request_focus();
            response.scroll_to_me(Some(Align::Center));
            *self.focus = None;
        }
    }
}

/// A control that was painted.
pub struct Control {
    /// Its response; `changed` where its value changed.
    pub response: Response,
    /// Whether its user has just left it.
    pub left: bool,
}

impl Control {
    /// A control that is left when it loses the focus.
    pub fn of(response: Response) -> Self {
        Self { left: response.lost_focus(), response }
    }
}

fn is_wide(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::LongText | FieldKind::List(_) | FieldKind::Choices(_))
}

fn control_ui(ui: &mut Ui, field: &'static Field, record: &mut Map<String, Value>, today: NaiveDate) -> Control {
    match field.kind {
        FieldKind::Flag => controls::flag_ui(ui, field, record),
        FieldKind::Choice(words) => controls::choice_ui(ui, field, words, record),
        FieldKind::Choices(words) => controls::choices_ui(ui, field, words, record),
        FieldKind::Unit | FieldKind::Currency | FieldKind::Country => controls::code_ui(ui, field, record),
        FieldKind::Day | FieldKind::FuzzyDay => controls::date_ui(ui, field, record, today),
        FieldKind::LongText => controls::long_text_ui(ui, field, record),
        _ => controls::text_ui(ui, field, record),
    }
}
