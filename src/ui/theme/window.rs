//! Sizes of the window and its regions, in points.

/// The window when it first opens.
pub const DEFAULT: [f32; 2] = [1400.0, 900.0];
/// The smallest window in which everything still fits.
pub const SMALLEST: [f32; 2] = [1000.0, 640.0];
/// Width of the rail with words.
pub const RAIL: f32 = 204.0;
/// Width of the rail without words.
pub const RAIL_ICONS: f32 = 52.0;
/// Height of the bar on top.
pub const TOP: f32 = 52.0;
/// Height of the status line.
pub const STATUS: f32 = 28.0;
/// Width of the date in the bar on top.
pub const AS_OF: f32 = 210.0;
/// Width of the pane of a record, when it first opens, as a part of what there is.
pub const PANE_PART: f32 = 0.52;
/// Width of the pane with a form, as a part of what there is.
pub const FORM_PART: f32 = 0.64;
/// The rooms from which the pane begins anew with its part: a width that was dragged belongs to a size of window.
pub const ROOMS: [f32; 3] = [900.0, 1150.0, 1400.0];
/// The narrowest pane.
pub const PANE_LEAST: f32 = 380.0;
/// The narrowest list beside a pane.
pub const LIST_LEAST: f32 = 270.0;
/// Width of a dialog.
pub const DIALOG: f32 = 460.0;
/// Width of a dialog with a form.
pub const DIALOG_WIDE: f32 = 620.0;
/// The part of the window's height that a form in a dialog may take.
pub const DIALOG_FORM_PART: f32 = 0.6;
/// Height of a form in a dialog in a low window.
pub const DIALOG_FORM: f32 = 340.0;
/// Width of the palette.
pub const PALETTE: f32 = 720.0;
/// Height of what the palette lists.
pub const PALETTE_LIST: f32 = 480.0;
/// The widest the search field in the bar on top grows, and the width below which it is only an icon.
pub const SEARCH: [f32; 2] = [340.0, 220.0];
/// Height of the text in a dialog.
pub const DIALOG_TEXT: f32 = 320.0;
/// The part of the window's height that a list within a dialog takes at most.
pub const DIALOG_LIST_PART: f32 = 0.25;
/// What a dialog that scrolls leaves of the window's height: its heading, its buttons, and the rim around it.
pub const AROUND_DIALOG: f32 = 190.0;
/// Width of a notice.
pub const NOTICE: f32 = 400.0;
/// Width of a filter.
pub const FILTER: f32 = 116.0;
/// Width of the text filter.
pub const FILTER_TEXT: f32 = 190.0;
/// Width of the button for more filters.
pub const FILTER_MORE: f32 = 84.0;
/// The widest column of text that reads well.
pub const PAGE: f32 = 980.0;
/// The widest cell of a table in a detail.
pub const CELL: f32 = 240.0;
/// Width of a field's label in a detail.
pub const LABEL: f32 = 168.0;
/// Width of the date in a timeline.
pub const DATE: f32 = 92.0;
/// A quantity in a table.
pub const FIGURE: f32 = 118.0;
/// A unit in a table.
pub const UNIT: f32 = 76.0;
/// Width of the list of what is open on the coverage page.
pub const COVERAGE_LIST: f32 = 300.0;
/// The same where there is little room.
pub const COVERAGE_LIST_NARROW: f32 = 230.0;
/// The narrowest column of the coverage that can be read.
pub const COVERAGE_CELL: f32 = 112.0;
/// What the name of a line needs at least.
pub const COVERAGE_LABEL: f32 = 210.0;
/// The same where there is little room.
pub const COVERAGE_LABEL_NARROW: f32 = 150.0;
/// Height of what is said of a cell.
pub const COVERAGE_CELL_PANE: f32 = 260.0;
/// The width from which what is booked stands beside what is said.
pub const COVERAGE_TWO: f32 = 760.0;
/// Width of the column with the boxes that select rows.
pub const TICK: f32 = 34.0;
/// Height of a bar that stands for a row on its way.
pub const SKELETON: f32 = 10.0;
/// Room from which on the choices for a column of a table stand beside one another.
pub const COLUMNS_BESIDE: f32 = 1_000.0;
