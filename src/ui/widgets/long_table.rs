//! A table of any length: it stands at a row, not at a point, so that the millionth row is as still as the first.
//!
//! The toolkit's table paints only the rows in sight, shifted by the part of a row that is out of sight; wheel and bar move
//! the place in rows. It must not know what a row holds.

use eframe::egui::scroll_area::ScrollBarVisibility;
use eframe::egui::{self, Id, Rect, Response, Role, Sense, Ui, WidgetInfo, lerp, pos2, remap_clamp};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::ui::model::scroll::Scroll;
use crate::ui::theme::size;

/// The least height of the handle, so that it can be caught in a list of any length.
const HANDLE: f32 = 36.0;

/// The heights of a table's heading and of each of its rows.
#[derive(Debug, Clone, Copy)]
pub struct Heights {
    /// Of the heading.
    pub heading: f32,
    /// Of a row.
    pub row: f32,
}

/// A table of rows of one height.
pub struct LongTable<'a> {
    /// What tells it from other tables.
    pub id: Id,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many rows it has.
    pub count: usize,
    /// Where it stands.
    pub scroll: &'a mut Scroll,
    /// A row to bring into sight.
    pub reveal: Option<usize>,
}

impl LongTable<'_> {
    /// Paints the table over the room there is: `heading` all cells of the heading, `row` each row in sight by its place.
    pub fn show(
        self,
        ui: &mut Ui,
        heading: impl FnOnce(&mut TableRow<'_, '_>),
        row: impl FnMut(usize, &mut TableRow<'_, '_>),
    ) {
        self.show_with(ui, Heights { heading: size::ROW_HEADING, row: size::ROW }, heading, row);
    }

    /// The same with a heading and rows of a height of their own.
    pub fn show_with(
        self,
        ui: &mut Ui,
        heights: Heights,
        heading: impl FnOnce(&mut TableRow<'_, '_>),
        mut row: impl FnMut(usize, &mut TableRow<'_, '_>),
    ) {
        let Heights { heading: height, row: row_height } = heights;
        let Self { id, columns, count, scroll, reveal } = self;
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        let room = ui.available_rect_before_wrap();
        let body = Rect::from_min_max(pos2(room.left(), room.top() + height), room.max);
        scroll.fit(count, f64::from(body.height() / row_height));
        wheel(ui, body, row_height, scroll);
        if let Some(at) = reveal {
            scroll.reveal(at);
        }
        bar_ui(ui, id.with("bar"), body, scroll);
        let (first, hidden) = scroll.first();
        let in_sight = scroll.visible().len() + 2;
        let mut table = TableBuilder::new(ui)
            .id_salt(id)
            .striped(false)
            .sense(Sense::click())
            .auto_shrink([false, false])
            .min_scrolled_height(0.0)
            .scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden)
            .animate_scrolling(false)
            .vertical_scroll_offset(part_of_row(hidden, row_height))
            .cell_layout(egui::Layout::left_to_right(egui::Align::Center));
        for column in columns {
            table = table.column(column);
        }
        table.header(height, |mut cells| heading(&mut cells)).body(|rows| {
            rows.rows(row_height, in_sight.min(count - first), |mut painted| {
                let at = first + painted.index();
                row(at, &mut painted);
            });
        });
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a part of one row is small")]
fn part_of_row(part: f64, row_height: f32) -> f32 {
    (part * f64::from(row_height)) as f32
}

/// The wheel moves by points; what it turned is taken, so that nothing else scrolls too.
fn wheel(ui: &Ui, body: Rect, row_height: f32, scroll: &mut Scroll) {
    if !ui.rect_contains_pointer(body) {
        return;
    }
    let turned = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
    scroll.by(-f64::from(turned / row_height));
}

/// The bar beside the rows. It shows and takes a place among all rows.
fn bar_ui(ui: &Ui, id: Id, body: Rect, scroll: &mut Scroll) {
    let farthest = scroll.farthest();
    if farthest <= 0.0 || body.height() <= HANDLE {
        return;
    }
    let width = ui.spacing().scroll.bar_width;
    let track = Rect::from_min_max(pos2(body.right() - width, body.top()), body.max);
    let response = ui.interact(track, id, Sense::CLICK | Sense::DRAG);
    let part = small(scroll.room() / (scroll.room() + farthest));
    let height = (track.height() * part).max(HANDLE);
    let way = track.height() - height;
    if let Some(pointer) = response.interact_pointer_pos() {
        let top = track.top() + way * small(scroll.top() / farthest);
        let grip = grip(ui, &response, pointer.y - top, height);
        let to = remap_clamp(pointer.y - grip, track.top()..=track.top() + way, 0.0..=1.0);
        scroll.to(f64::from(to) * farthest);
    }
    let top = lerp(track.top()..=track.top() + way, small(scroll.top() / farthest));
    let handle = Rect::from_min_size(pos2(track.left(), top), egui::vec2(width, height)).shrink2(egui::vec2(1.0, 2.0));
    let colour = ui.style().interact(&response).fg_stroke.color.gamma_multiply(BAR_STRENGTH);
    ui.painter().rect_filled(handle, width / 2.0, colour);
    response.widget_info(|| WidgetInfo {
        value: Some(scroll.top()),
        ..WidgetInfo::labeled(Role::ScrollBar, true, "Place in the list")
    });
}

/// How strong the handle stands out against the rows.
const BAR_STRENGTH: f32 = 0.45;

/// Where on the handle the pointer holds it. A press beside the handle brings its middle to the pointer.
fn grip(ui: &Ui, response: &Response, below_top: f32, height: f32) -> f32 {
    let held = response.id.with("grip");
    let known: Option<f32> = ui.data(|data| data.get_temp(held));
    let began = ui.input(|input| input.pointer.any_pressed());
    let grip = match known.filter(|_| !began) {
        Some(grip) => grip,
        None if (0.0..=height).contains(&below_top) => below_top,
        None => height / 2.0,
    };
    ui.data_mut(|data| data.insert_temp(held, grip));
    grip
}

#[expect(clippy::cast_possible_truncation, reason = "a part of one")]
const fn small(part: f64) -> f32 {
    part as f32
}
