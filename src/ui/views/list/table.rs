//! The table of a list: only the rows near the eye are painted, and keys and clicks move through it and select.

use eframe::egui::{self, Button, Checkbox, Role, Ui, WidgetInfo};
use egui_extras::{Column, TableRow};

use super::columns::{cell_ui, table_column};
use super::keys::keys;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::queries::ListRow;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::columns::{ColumnSpec, columns};
use crate::ui::model::list::ListState;
use crate::ui::model::rows::RowsCommand;
use crate::ui::theme::{self, space, window};
use crate::ui::widgets::long_table::LongTable;
use crate::ui::widgets::skeleton::skeleton_ui;

/// Paints the table of the list.
pub(super) fn table_ui(ui: &mut Ui, model: &mut Model, kind: RecordKind, commands: &mut Vec<Command>) {
    let open = model.open_record().map(|open| open.id);
    let keys_are_free = model.forms().is_empty() && model.dialog().is_none() && !ui.ctx().text_edit_focused();
    let list = model.list_mut(kind);
    if keys_are_free {
        keys(ui, kind, &list.rows, commands);
    }
    // Columns can be dragged; a line on every border would only be noise.
    ui.visuals_mut().widgets.noninteractive.bg_stroke = egui::Stroke::NONE;
    let shown = ColumnSpec::fitting(columns(kind), ui.available_width() - window::TICK);
    let wide = shown.iter().position(ColumnSpec::wants_room).unwrap_or(shown.len() - 1);
    list.columns_shown = shown.len();
    let mut room = vec![Column::exact(window::TICK)];
    room.extend(shown.iter().enumerate().map(|(at, column)| table_column(column, at == wide)));
    let reveal = std::mem::take(&mut list.rows.reveal_cursor).then(|| list.rows.cursor_at()).flatten();
    let count = list.len().unwrap_or(list.rows.visible.len().max(1));
    let mut scroll = list.rows.scroll;
    let id = egui::Id::unique((kind, shown.len()));
    let table = LongTable { id, columns: room, count, scroll: &mut scroll, reveal };
    let mut asked = Vec::new();
    table.show(
        ui,
        |cells| {
            cells.col(|ui| tick_all_ui(ui, kind, list, commands));
            for column in &shown {
                cells.col(|ui| heading_ui(ui, column, kind, list, commands));
            }
        },
        |at, row| row_ui(at, row, &shown, kind, list, open, &mut asked),
    );
    commands.append(&mut asked);
    list.rows.scroll = scroll;
    if list.rows.visible != scroll.visible() {
        list.rows.visible = scroll.visible();
        ui.ctx().request_repaint();
    }
}

fn row_ui(
    at: usize,
    row: &mut TableRow<'_, '_>,
    columns: &[ColumnSpec],
    kind: RecordKind,
    list: &ListState,
    open: Option<Id>,
    commands: &mut Vec<Command>,
) {
    let id = list.rows.key_at(at);
    let shown = list.rows.row(at);
    let is_selected = id.is_some_and(|id| list.rows.selection.contains(id));
    row.set_selected(is_selected || id.is_some() && (id == list.rows.cursor || id == open));
    row.col(|ui| tick_ui(ui, at, shown, is_selected, kind, commands));
    for column in columns {
        let (_, cell) = row.col(|ui| {
            ui.spacing_mut().item_spacing.x = space::TINY;
            ui.add_space(space::SMALL);
            match shown {
                Some(shown) => cell_ui(column, ui, shown),
                None => skeleton_ui(ui),
            }
        });
        if let Some(shown) = shown {
            super::menu::cell_menu(&cell, column, shown, kind, list, commands);
        }
    }
    let response = row.response();
    if let Some(shown) = shown {
        response.widget_info(|| WidgetInfo {
            selected: Some(is_selected),
            ..WidgetInfo::labeled(Role::Row, true, row_name(shown))
        });
    }
    if response.clicked()
        && let Some(id) = id
    {
        let held = response.ctx.input(|input| input.modifiers);
        commands.push(if held.command {
            Command::Rows(kind, RowsCommand::Toggle(id))
        } else if held.shift {
            Command::Rows(kind, RowsCommand::ExtendTo(at))
        } else {
            Command::Open(id)
        });
    }
}

/// The box that selects a row.
fn tick_ui(
    ui: &mut Ui,
    at: usize,
    row: Option<&ListRow>,
    is_selected: bool,
    kind: RecordKind,
    commands: &mut Vec<Command>,
) {
    let Some(row) = row else { return };
    ui.add_space(space::SMALL);
    let mut ticked = is_selected;
    let response = ui.add(Checkbox::without_text(&mut ticked)).accessible_name(format!("Select {}", row.reference));
    if response.clicked() {
        let range = ui.input(|input| input.modifiers.shift);
        let command = if range { RowsCommand::ExtendTo(at) } else { RowsCommand::Toggle(row.id) };
        commands.push(Command::Rows(kind, command));
        // The keys go on to move through the rows.
        response.surrender_focus();
    }
}

/// The box that selects all rows of the list, or none.
fn tick_all_ui(ui: &mut Ui, kind: RecordKind, list: &ListState, commands: &mut Vec<Command>) {
    let selected = list.rows.selection.len();
    let mut all = selected > 0 && Some(selected) == list.len();
    ui.add_space(space::SMALL);
    let tick = Checkbox::without_text(&mut all).indeterminate(selected > 0 && Some(selected) != list.len());
    let response = ui.add(tick).accessible_name("Select all").on_hover_text("Select all (Ctrl+A)");
    if response.clicked() {
        let command = if selected > 0 { RowsCommand::Clear } else { RowsCommand::All };
        commands.push(Command::Rows(kind, command));
        response.surrender_focus();
    }
}

/// What a screen reader says of a row.
fn row_name(row: &ListRow) -> String {
    let status = row.status.as_ref().map_or("", |status| &status.label);
    let parts = [row.reference.as_str(), row.title.as_str(), status];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
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
