//! The table of rows of goods: only those near the eye are painted.

use eframe::egui::{self, Align, Button, Key, Label, Layout, Modifiers, Role, Ui, WidgetInfo};
use egui_extras::{Column, TableRow};

use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::record::LineRole;
use crate::services::queries::{LineRow, SortLines};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::goods::LinesPage;
use crate::ui::model::rows::{RowsCommand, Step};
use crate::ui::theme::{self, space, window};
use crate::ui::views::goods::grouped;
use crate::ui::views::list::STEPS;
use crate::ui::widgets::badge::status_badge_ui;
use crate::ui::widgets::long_table::LongTable;
use crate::ui::widgets::skeleton::skeleton_ui;

/// A column: its heading, its width (0 takes what is left), and by what it sorts.
type ColumnSpec = (&'static str, f32, Option<SortLines>);

/// The columns, in the order of how much they matter: a narrow list keeps the first ones.
const COLUMNS: [ColumnSpec; 12] = [
    ("On", window::DATE, Some(SortLines::Day)),
    ("Item", 0.0, Some(SortLines::Item)),
    ("Quantity", window::FIGURE, Some(SortLines::Quantity)),
    ("Unit", window::UNIT, None),
    ("Value", window::FIGURE, None),
    ("Damaged", window::FIGURE, None),
    ("Lost", window::FIGURE, None),
    ("Record", window::FILTER, Some(SortLines::Record)),
    ("Status", window::FILTER, None),
    ("Project", window::FILTER, Some(SortLines::Project)),
    ("Fund", window::FILTER, Some(SortLines::Fund)),
    ("Place", window::FILTER, None),
];
/// What the item's name needs at least.
const ITEM: f32 = window::FILTER_TEXT;

/// Paints the table.
pub(super) fn table_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let open = model.open_record().map(|open| open.id);
    let keys_are_free = model.forms().is_empty() && model.dialog().is_none() && !ui.ctx().text_edit_focused();
    let page = model.lines_mut();
    if keys_are_free {
        keys(ui, page, commands);
    }
    ui.visuals_mut().widgets.noninteractive.bg_stroke = egui::Stroke::NONE;
    let shown = fitting(ui.available_width(), page.arrangement.role);
    let room = shown.iter().map(|(_, width, _)| match width {
        0.0 => Column::remainder().at_least(ITEM).clip(true),
        width => Column::initial(*width).at_least(width * 0.6).clip(true).resizable(true),
    });
    let columns = room.collect();
    let reveal = std::mem::take(&mut page.rows.reveal_cursor).then(|| page.rows.cursor_at()).flatten();
    let count = page.rows.len().unwrap_or(page.rows.visible.len().max(1));
    let mut scroll = page.rows.scroll;
    let id = egui::Id::unique(("lines", shown.len()));
    let table = LongTable { id, columns, count, scroll: &mut scroll, reveal };
    let mut asked = Vec::new();
    table.show(
        ui,
        |cells| {
            for column in &shown {
                cells.col(|ui| heading_ui(ui, column, page, commands));
            }
        },
        |at, row| row_ui(at, row, &shown, page, open, &mut asked),
    );
    commands.append(&mut asked);
    page.rows.scroll = scroll;
    if page.rows.visible != scroll.visible() {
        page.rows.visible = scroll.visible();
        ui.ctx().request_repaint();
    }
}

/// The columns for which there is room.
fn fitting(room: f32, role: LineRole) -> Vec<ColumnSpec> {
    let said = |(heading, ..): &ColumnSpec| match *heading {
        "Value" => role == LineRole::Shipped,
        "Damaged" | "Lost" => role == LineRole::Received,
        _ => true,
    };
    let mut used = 0.0;
    let fits = |(_, width, _): &ColumnSpec| {
        used += if *width == 0.0 { ITEM } else { *width };
        used <= room
    };
    COLUMNS.into_iter().filter(said).take_while(fits).collect()
}

fn heading_ui(ui: &mut Ui, (heading, _, sort): &ColumnSpec, page: &LinesPage, commands: &mut Vec<Command>) {
    let Some(sort) = *sort else {
        ui.add_space(space::SMALL);
        ui.add(Label::new(theme::small(*heading)).truncate());
        return;
    };
    let is_sorted = page.arrangement.sort == sort;
    let arrow = match (is_sorted, page.arrangement.descending) {
        (false, _) => String::new(),
        (true, false) => format!(" {}", icons::UP),
        (true, true) => format!(" {}", icons::DOWN),
    };
    let words = theme::small(format!("{heading}{arrow}"));
    let words = if is_sorted { words.color(theme::palette(ui.visuals()).accent) } else { words };
    ui.spacing_mut().button_padding.x = space::SMALL;
    let response = ui.add(Button::new(words).frame_when_inactive(false).truncate());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Sort by {heading}")));
    if response.clicked() {
        commands.push(Command::SortLines(sort));
    }
}

fn row_ui(
    at: usize,
    row: &mut TableRow<'_, '_>,
    columns: &[ColumnSpec],
    page: &LinesPage,
    open: Option<Id>,
    commands: &mut Vec<Command>,
) {
    let key = page.rows.key_at(at);
    let shown = page.rows.row(at);
    row.set_selected(
        key.is_some_and(|key| Some(key) == page.rows.cursor && open.is_none_or(|open| open == key.record)),
    );
    for (heading, ..) in columns {
        row.col(|ui| {
            ui.spacing_mut().item_spacing.x = space::TINY;
            ui.add_space(space::SMALL);
            match shown {
                Some(shown) => cell_ui(ui, heading, shown),
                None => skeleton_ui(ui),
            }
        });
    }
    let response = row.response();
    if let Some(shown) = shown {
        let name = format!("{}, {} {}, {}", shown.reference, shown.quantity, shown.unit, shown.item_name);
        response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &name));
    }
    if response.clicked()
        && let Some(key) = key
    {
        commands.push(Command::LineRows(RowsCommand::At(key)));
        commands.push(Command::Open(key.record));
    }
}

fn cell_ui(ui: &mut Ui, heading: &str, row: &LineRow) {
    let text = |ui: &mut Ui, words: &str| {
        ui.add(Label::new(words).truncate());
    };
    let figure = |ui: &mut Ui, words: Option<String>| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(space::SMALL);
            ui.add(Label::new(words.unwrap_or_default()).truncate());
        });
    };
    match heading {
        "On" if row.on.is_empty() => {
            ui.label(theme::muted("–"));
        }
        "On" => text(ui, &row.on),
        "Item" => text(ui, &row.item_name),
        "Quantity" => {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(space::SMALL);
                ui.add(Label::new(theme::semibold(&row.quantity)).truncate());
            });
        }
        "Value" => figure(ui, row.value.as_ref().map(Money::grouped)),
        "Damaged" => figure(ui, Some(row.damaged).filter(|some| *some != 0).map(grouped)),
        "Lost" => figure(ui, Some(row.lost).filter(|some| *some != 0).map(grouped)),
        "Unit" => {
            ui.add(Label::new(theme::muted(&row.unit)).truncate());
        }
        "Record" => {
            ui.add(Label::new(theme::semibold(&row.reference)).truncate()).on_hover_text(&row.title);
        }
        "Status" if !row.status.is_empty() => {
            status_badge_ui(ui, row.status, &row.status_label);
        }
        "Project" => text(ui, &row.project),
        "Fund" => text(ui, &row.fund),
        "Place" => text(ui, &row.site),
        _ => {}
    }
}

fn keys(ui: &Ui, page: &LinesPage, commands: &mut Vec<Command>) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    for (key, step) in STEPS {
        let jumps = matches!(step, Step::First | Step::Last);
        if pressed(key) || jumps && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key)) {
            commands.push(Command::LineRows(RowsCommand::Move(step)));
        }
    }
    // A button that has the focus takes Enter for itself.
    if let Some(cursor) = page.rows.cursor
        && ui.memory(|memory| memory.focused().is_none())
        && pressed(Key::Enter)
    {
        commands.push(Command::Open(cursor.record));
    }
    if pressed(Key::Escape) {
        commands.push(Command::CloseRecord);
    }
}
