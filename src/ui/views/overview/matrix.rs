//! Status by category: every figure can be clicked to see the records behind it.

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align, Align2, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, TextStyle, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use super::OverviewAction;
use super::prepared::{CellText, MatrixText, Prepared};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::summary::Counted;
use crate::services::queries::Matrix;
use crate::ui::icons;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::badge::status_badge_ui;
use crate::ui::widgets::card::card_with_action_ui;
use crate::ui::widgets::empty::empty_ui;
use crate::ui::widgets::segmented::segmented_ui;

/// The matrix of what is chosen to be counted.
pub fn matrix_ui(ui: &mut Ui, prepared: &Prepared, counted: &mut Counted, actions: &mut Vec<OverviewAction>) {
    let mut chosen = *counted;
    let choices = [(Counted::Request, "Requests"), (Counted::Shipment, "Shipments"), (Counted::Trip, "Travel")];
    let choose = |ui: &mut Ui| {
        segmented_ui(ui, "What is counted", &mut chosen, &choices);
    };
    let before = *counted;
    card_with_action_ui(ui, "Status by category", choose, |ui| {
        ui.label(theme::small(what_it_counts(before)));
        let found = prepared.of.matrices.iter().zip(&prepared.matrices).find(|(matrix, _)| matrix.counted == before);
        match found {
            Some((matrix, text)) if !matrix.rows.is_empty() => table_ui(ui, matrix, text, actions),
            _ => {
                empty_ui(ui, icons::PLANNED, nothing_counted(before), None);
            }
        }
    });
    *counted = chosen;
}

const fn what_it_counts(counted: Counted) -> &'static str {
    match counted {
        Counted::Shipment => "Counts shipments. A shipment of several categories counts in each, and once in the total",
        Counted::Trip => "Counts trips. A trip of several categories counts in each, and once in the total",
        _ => "Counts filings. A filing of several categories counts in each, and once in the total",
    }
}

const fn nothing_counted(counted: Counted) -> &'static str {
    match counted {
        Counted::Shipment => "No shipment is recorded on this day",
        Counted::Trip => "No trip is recorded on this day",
        _ => "No request is recorded on this day",
    }
}

/// Where the columns of the table begin and how wide they are.
#[derive(Clone, Copy)]
struct Columns {
    label: f32,
    cell: f32,
}

impl Columns {
    fn of(width: f32, categories: usize) -> Self {
        let cells = u8::try_from(categories.min(30) + 1).map_or(1.0, f32::from);
        let label = (width * 0.22).clamp(size::FIELD * 0.8, size::FIELD * 1.2);
        Self { label, cell: (width - label) / cells }
    }

    fn rect(self, line: Rect, at: usize) -> Rect {
        let left = line.left() + self.label + u8::try_from(at.min(255)).map_or(0.0, f32::from) * self.cell;
        Rect::from_min_size(pos2(left, line.top()), vec2(self.cell, line.height()))
    }
}

fn table_ui(ui: &mut Ui, matrix: &Matrix, text: &MatrixText, actions: &mut Vec<OverviewAction>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let columns = Columns::of(ui.available_width(), matrix.columns.len());
    heading_ui(ui, matrix, columns);
    for (row, cells) in matrix.rows.iter().zip(&text.rows) {
        let line = line_ui(ui);
        let label = Rect::from_min_size(line.min, vec2(columns.label, line.height()));
        let inside = Rect::from_center_size(label.center(), vec2(label.width(), size::BADGE));
        status_badge_ui(&mut ui.new_child(UiBuilder::new().max_rect(inside)), &row.status, &row.label);
        cells_ui(ui, matrix, columns, line, cells, Some(&row.status), actions);
    }
    let line = line_ui(ui);
    let inside = line.shrink2(vec2(0.0, space::SMALL));
    ui.new_child(UiBuilder::new().max_rect(inside)).label(theme::strong("Total"));
    cells_ui(ui, matrix, columns, line, &text.totals, None, actions);
}

/// A line of the table with the hairline above it.
fn line_ui(ui: &mut Ui) -> Rect {
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::hover());
    let hairline = Stroke::new(size::HAIRLINE, theme::palette(ui.visuals()).hairline);
    ui.painter().hline(line.x_range(), line.top(), hairline);
    line
}

fn heading_ui(ui: &mut Ui, matrix: &Matrix, columns: Columns) {
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::MATRIX_HEADING), Sense::hover());
    let palette = theme::palette(ui.visuals());
    let names = matrix.columns.iter().map(|tag| (tag.name.as_str(), Some(tag.colour)));
    for (at, (name, colour)) in names.chain([("Total", None)]).enumerate() {
        let rect = columns.rect(line, at).shrink2(vec2(space::TINY, space::TINY));
        let mut job = LayoutJob::simple(name.to_owned(), small(ui), palette.text, rect.width());
        job.halign = Align::Center;
        job.wrap.max_rows = 3;
        let galley = ui.painter().layout_job(job);
        let top = rect.bottom() - galley.size().y;
        ui.painter().galley(pos2(rect.center().x, top), galley, palette.text);
        if let Some(colour) = colour {
            let dot = pos2(rect.center().x, top - size::DOT - space::TINY);
            ui.painter().circle_filled(dot, size::DOT, theme::category_colour(ui.visuals(), colour));
        }
        let label = ui.interact(rect, ui.scope_id().with(("column", at)), Sense::hover());
        label.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
        label.on_hover_text(name);
    }
}

fn small(ui: &Ui) -> FontId {
    TextStyle::Small.resolve(ui.style())
}

fn cells_ui(
    ui: &mut Ui,
    matrix: &Matrix,
    columns: Columns,
    line: Rect,
    cells: &[CellText],
    status: Option<&String>,
    actions: &mut Vec<OverviewAction>,
) {
    for (at, cell) in cells.iter().enumerate() {
        let category = matrix.columns.get(at).map(|tag| tag.id);
        let is_total = status.is_none() || category.is_none();
        if cell_ui(ui, columns.rect(line, at), cell, is_total, (matrix.kind, status, category)) {
            actions.push(OverviewAction::OpenList { kind: matrix.kind, status: status.cloned(), category });
        }
    }
}

/// One figure; true where it was clicked. A zero is a faint dot and cannot be clicked, for there is nothing behind it.
fn cell_ui(
    ui: &mut Ui,
    rect: Rect,
    cell: &CellText,
    is_total: bool,
    key: (RecordKind, Option<&String>, Option<Id>),
) -> bool {
    let palette = theme::palette(ui.visuals());
    if cell.figure.is_empty() {
        ui.painter().text(
            rect.center(),
            Align2::CENTER_CENTER,
            "·",
            TextStyle::Body.resolve(ui.style()),
            palette.faint,
        );
        return false;
    }
    let response = ui.interact(rect.shrink(size::HAIRLINE), ui.scope_id().with(key), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &cell.name));
    paint_cell(ui, rect, cell, is_total, &response);
    response.on_hover_text(&cell.name).clicked()
}

fn paint_cell(ui: &Ui, rect: Rect, cell: &CellText, is_total: bool, response: &Response) {
    let palette = theme::palette(ui.visuals());
    let is_lit = response.hovered() || response.has_focus();
    let tile = Rect::from_center_size(rect.center(), vec2(rect.width().min(size::TILE / 2.0), size::CONTROL_SMALL));
    if is_lit {
        let stroke = if response.has_focus() { Stroke::new(size::HAIRLINE, palette.accent) } else { Stroke::NONE };
        ui.painter().rect(tile, f32::from(size::CONTROL_RADIUS), palette.accent_soft, stroke, StrokeKind::Inside);
    }
    let style = if is_total { theme::strong(&cell.figure) } else { theme::semibold(&cell.figure) };
    let colour = if is_lit { palette.accent } else { palette.text_strong };
    let galley = eframe::egui::WidgetText::from(style.color(colour)).into_galley(
        ui,
        None,
        f32::INFINITY,
        eframe::egui::FontSelection::Default,
    );
    ui.painter().galley(Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size()).min, galley, colour);
}
