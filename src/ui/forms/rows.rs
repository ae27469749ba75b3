//! Lists: rows of their own, each with its fields, to add, move and remove.

use std::fmt::Write as _;

use eframe::egui::{Align, Label, Layout, Rect, Ui, vec2};
use serde_json::{Map, Value};

use crate::domain::schema::{Field, ListOf};
use crate::ui::forms::fields::Painter;
use crate::ui::forms::paths::{self, RowChange};
use crate::ui::icons;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::button::{icon_button_ui, quiet_button_ui};
use crate::ui::widgets::{card, field};

/// The most fields that stand beside one another in a row.
const MOST_COLUMNS: f32 = 4.0;

impl Painter<'_> {
    /// The rows of a list field, with a button to add another.
    pub fn rows_ui(
        &mut self,
        ui: &mut Ui,
        field: &'static Field,
        of: &'static ListOf,
        record: &mut Map<String, Value>,
    ) {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::SMALL;
            self.rows_heading_ui(ui, field);
            let mut rows = taken(record, field.name);
            if let Some(change) = self.each_row_ui(ui, of, &mut rows) {
                self.change_rows(&mut rows, change);
            }
            let label = format!("Add {}", of.singular);
            let add = quiet_button_ui(ui, icons::ADD, &label).accessible_name(format!("{label}, {}", field.label));
            self.focus_if_wanted(&add);
            if add.clicked() {
                rows.push(Value::Object(Map::new()));
                self.focus_first_of(of, rows.len() - 1);
            }
            if !rows.is_empty() {
                record.insert(field.name.to_owned(), Value::Array(rows));
            }
        });
    }

    fn rows_heading_ui(&self, ui: &mut Ui, field: &Field) {
        field::line_ui(ui, |ui| {
            ui.label(theme::strong(field.label));
            if field.required {
                ui.label(theme::small("required"));
            }
        });
        if let Some(error) = self.error() {
            field::error_ui(ui, &error);
        } else if !field.help.is_empty() {
            ui.add(Label::new(theme::small(field.help)).wrap());
        }
    }

    fn each_row_ui(&mut self, ui: &mut Ui, of: &'static ListOf, rows: &mut [Value]) -> Option<RowChange> {
        let mut change = None;
        for (at, row) in rows.iter_mut().enumerate() {
            let Value::Object(row) = row else { continue };
            let above = self.path.len();
            // Writing into a string cannot fail.
            write!(self.path, "[{at}].").ok();
            let wanted = self.focus.as_deref().is_some_and(|path| path.starts_with(&self.path));
            ui.push_id(at, |ui| {
                if !wanted && leave_out_of_sight(ui) {
                    return;
                }
                let top = ui.cursor().top();
                card::inset_frame(ui).show(ui, |ui| {
                    ui.set_min_width(ui.available_width());
                    change = row_heading_ui(ui, of, at).or(change);
                    let columns = columns(ui.available_width(), of.fields.len());
                    self.fields_ui(ui, of.fields, row, columns);
                });
                remember_height(ui, top);
            });
            self.path.truncate(above);
        }
        change
    }

    fn change_rows(&mut self, rows: &mut Vec<Value>, change: RowChange) {
        match change {
            RowChange::Remove(at) if at < rows.len() => drop(rows.remove(at)),
            RowChange::Up(at) if at > 0 && at < rows.len() => rows.swap(at - 1, at),
            _ => return,
        }
        paths::move_visited(self.visited, &self.path, change);
        paths::move_refused(self.refused, &self.path, change);
    }

    fn focus_first_of(&mut self, of: &ListOf, at: usize) {
        let numbered = |field: &&Field| field.name != "number";
        if let Some(first) = of.fields.iter().find(numbered) {
            *self.focus = Some(format!("{}[{at}].{}", self.path, first.name));
        }
    }
}

/// The width at which a row was laid out, and the height it took.
type Extent = (f32, f32);

/// Leaves the room of a row that lies far out of sight, instead of laying out its fields: a consignment has many rows. Some
/// room above and below is laid out all the same, so that the Tab key finds the next field.
fn leave_out_of_sight(ui: &mut Ui) -> bool {
    let Some((width, height)) = ui.data(|data| data.get_temp::<Extent>(ui.scope_id())) else { return false };
    let room = Rect::from_min_size(ui.cursor().min, vec2(width, height));
    let near = ui.clip_rect().expand(size::ROW_NEAR);
    let is_same_width = (width - ui.available_width()).abs() < size::HAIRLINE;
    let is_far = is_same_width && !near.intersects(room);
    if is_far {
        ui.allocate_space(room.size());
    }
    is_far
}

fn remember_height(ui: &Ui, top: f32) {
    let extent: Extent = (ui.available_width(), ui.min_rect().bottom() - top);
    ui.data_mut(|data| data.insert_temp(ui.scope_id(), extent));
}

fn taken(record: &mut Map<String, Value>, name: &str) -> Vec<Value> {
    match record.remove(name) {
        Some(Value::Array(rows)) => rows,
        _ => Vec::new(),
    }
}

/// How many fields stand beside one another in a row of this width.
fn columns(width: f32, fields: usize) -> usize {
    let most = (width / size::FIELD).floor().clamp(1.0, MOST_COLUMNS);
    (1..=fields.max(1))
        .take_while(|count| u8::try_from(*count).is_ok_and(|count| f32::from(count) <= most))
        .last()
        .unwrap_or(1)
}

fn row_heading_ui(ui: &mut Ui, of: &ListOf, at: usize) -> Option<RowChange> {
    let mut change = None;
    let name = format!("{} {}", of.singular, at + 1);
    ui.horizontal(|ui| {
        ui.label(theme::semibold(capitalised(&name)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::TINY;
            if icon_button_ui(ui, icons::TRASH, &format!("Remove {name}")).clicked() {
                change = Some(RowChange::Remove(at));
            }
            let up = ui.add_enabled_ui(at > 0, |ui| icon_button_ui(ui, icons::UP, &format!("Move {name} up")));
            if up.inner.clicked() {
                change = Some(RowChange::Up(at));
            }
        });
    });
    change
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
