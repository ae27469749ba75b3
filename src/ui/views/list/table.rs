//! The table of a list: only the rows near the eye are painted, and keys move through it.

use eframe::egui::{self, Button, Key, Modifiers, Role, Sense, Ui, WidgetInfo, vec2};
use egui_extras::{TableBuilder, TableRow};

use super::columns::{ColumnSpec, columns};
use crate::domain::record::RecordKind;
use crate::services::queries::ListRow;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::list::ListState;
use crate::ui::theme::{self, size, space, window};

/// How many rows a page key moves.
const PAGE_STEP: isize = 20;

/// Paints the table of the list.
pub(super) fn table_ui(ui: &mut Ui, model: &mut Model, kind: RecordKind, commands: &mut Vec<Command>) {
    let open = model.open_record().map(|open| open.id);
    let keys_are_free = model.forms().is_empty() && model.dialog().is_none() && !ui.ctx().text_edit_focused();
    let list = model.list_mut(kind);
    if keys_are_free {
        keys(ui, kind, list, commands);
    }
    ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
    // Columns can be dragged; a line on every border would only be noise.
    ui.visuals_mut().widgets.noninteractive.bg_stroke = egui::Stroke::NONE;
    let columns = ColumnSpec::fitting(columns(kind), ui.available_width());
    let wide = columns.iter().position(ColumnSpec::wants_room).unwrap_or(columns.len() - 1);
    let mut table = TableBuilder::new(ui)
        .id_salt((kind, columns.len()))
        .striped(false)
        .sense(Sense::click())
        .auto_shrink([false, false])
        .cell_layout(egui::Layout::left_to_right(egui::Align::Center));
    for (at, column) in columns.iter().enumerate() {
        table = table.column(column.table_column(at == wide));
    }
    if std::mem::take(&mut list.scroll_to_cursor)
        && let Some(at) = list.cursor_at()
    {
        table = table.scroll_to_row(at, None);
    }
    let table = table.header(size::ROW_HEADING, |mut header| {
        for column in &columns {
            header.col(|ui| heading_ui(ui, column, kind, list, commands));
        }
    });
    let (mut first, mut end) = (usize::MAX, 0);
    let count = list.len().unwrap_or(list.visible.len().max(1));
    table.body(|body| {
        body.rows(size::ROW, count, |mut row| {
            let at = row.index();
            (first, end) = (first.min(at), end.max(at + 1));
            row_ui(&mut row, &columns, list, open, commands);
        });
    });
    if first < end && list.visible != (first..end) {
        list.visible = first..end;
        ui.ctx().request_repaint();
    }
}

fn row_ui(
    row: &mut TableRow<'_, '_>,
    columns: &[ColumnSpec],
    list: &ListState,
    open: Option<crate::domain::id::Id>,
    commands: &mut Vec<Command>,
) {
    let at = row.index();
    let id = list.id_at(at);
    let shown = list.row(at);
    row.set_selected(id.is_some() && (id == list.cursor || id == open));
    for column in columns {
        row.col(|ui| {
            ui.spacing_mut().item_spacing.x = space::TINY;
            ui.add_space(space::SMALL);
            match shown {
                Some(shown) => column.cell_ui(ui, shown),
                None => skeleton_ui(ui),
            }
        });
    }
    let response = row.response();
    if let Some(shown) = shown {
        response.widget_info(|| WidgetInfo::labeled(Role::Row, true, row_name(shown)));
    }
    if response.clicked()
        && let Some(id) = id
    {
        commands.push(Command::Open(id));
    }
}

/// What a screen reader says of a row.
fn row_name(row: &ListRow) -> String {
    let status = row.status.as_ref().map_or("", |status| &status.label);
    let parts = [row.reference.as_str(), row.title.as_str(), status];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A faint bar in the place of a row that has not arrived.
fn skeleton_ui(ui: &mut Ui) {
    let width = ui.available_width() * 0.6;
    let (rect, _response) = ui.allocate_exact_size(vec2(width, window::SKELETON), Sense::hover());
    ui.painter().rect_filled(rect, size::CONTROL_RADIUS, theme::palette(ui.visuals()).hairline);
}

fn heading_ui(ui: &mut Ui, column: &ColumnSpec, kind: RecordKind, list: &ListState, commands: &mut Vec<Command>) {
    let Some(sort) = column.sort else {
        ui.add_space(space::SMALL);
        ui.add(egui::Label::new(theme::small(column.heading)).truncate());
        return;
    };
    let arrangement = &list.arrangement;
    let is_sorted = arrangement.sort == sort;
    let arrow = match (is_sorted, arrangement.descending) {
        (false, _) => String::new(),
        (true, false) => format!(" {}", icons::UP),
        (true, true) => format!(" {}", icons::DOWN),
    };
    let words = theme::small(format!("{}{arrow}", column.heading));
    let words = if is_sorted { words.color(theme::palette(ui.visuals()).accent) } else { words };
    ui.spacing_mut().button_padding.x = space::SMALL;
    let response = ui.add(Button::new(words).frame_when_inactive(false).truncate());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Sort by {}", column.heading)));
    if response.clicked() {
        commands.push(Command::SortBy(kind, sort));
    }
}

fn keys(ui: &Ui, kind: RecordKind, list: &ListState, commands: &mut Vec<Command>) {
    let steps = [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, PAGE_STEP), (Key::PageUp, -PAGE_STEP)];
    for (key, step) in steps {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            commands.push(Command::MoveCursor(kind, step));
        }
    }
    // A button that has the focus takes Enter for itself.
    let nothing_focused = ui.memory(|memory| memory.focused().is_none());
    if let Some(cursor) = list.cursor
        && nothing_focused
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
    {
        commands.push(Command::Open(cursor));
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        commands.push(Command::CloseRecord);
    }
}
