//! How everything looks: colours by meaning, distances, sizes and text. No other file makes a colour from numbers.

mod palette;
mod style;
mod text;
mod tone;
pub mod window;

pub use palette::{Palette, category_colour, palette, series_colour};
pub use style::{install, set_theme};
pub use text::{FIGURE, SECTION, figure, heading, muted, section, semibold, small, strong};
pub use tone::{Tone, ToneColours, tone};

/// Distances between things, in points.
pub mod space {
    /// Between an icon and its word.
    pub const TINY: f32 = 4.0;
    /// Between things that belong together.
    pub const SMALL: f32 = 8.0;
    /// Between a label and what follows its field.
    pub const MEDIUM: f32 = 12.0;
    /// Inside a card, and between fields.
    pub const LARGE: f32 = 16.0;
    /// Between cards.
    pub const HUGE: f32 = 24.0;
}

/// Sizes of things, in points.
pub mod size {
    /// Width of a hairline.
    pub const HAIRLINE: f32 = 1.0;
    /// How far out of sight a row of a form is still laid out: about one row.
    pub const ROW_NEAR: f32 = 240.0;
    /// Height of a table row.
    pub const ROW: f32 = 34.0;
    /// A row of a table with a second line below the first.
    pub const ROW_TWO: f32 = 48.0;
    /// Height of a table heading.
    pub const ROW_HEADING: f32 = 30.0;
    /// Height below which the rail draws its groups together.
    pub const RAIL_LOW: f32 = 820.0;
    /// Height of anything that can be clicked.
    pub const CONTROL: f32 = 32.0;
    /// Height of a small control inside a row.
    pub const CONTROL_SMALL: f32 = 26.0;
    /// Height of the line of a card's heading.
    pub const HEADING_LINE: f32 = 24.0;
    /// Height of a badge.
    pub const BADGE: f32 = 22.0;
    /// Radius of a coloured dot.
    pub const DOT: f32 = 4.5;
    /// Corner radius of cards and popups.
    pub const CARD_RADIUS: u8 = 8;
    /// Corner radius of buttons and fields.
    pub const CONTROL_RADIUS: u8 = 6;
    /// Height of a chart.
    pub const CHART: f32 = 230.0;
    /// The narrowest a small card with a figure may be.
    pub const TILE: f32 = 132.0;
    /// Height of a small card with a figure.
    pub const TILE_HEIGHT: f32 = 66.0;
    /// Height of the heading of the matrix: a dot and three lines.
    pub const MATRIX_HEADING: f32 = 68.0;
    /// Height of the heading of the coverage: authority, instrument, where and when it is used.
    pub const COVERAGE_HEADING: f32 = 84.0;
    /// Height of a row with two lines.
    pub const LIST_ROW: f32 = 56.0;
    /// The room for a number of days.
    pub const DAYS: [f32; 2] = [68.0, 22.0];
    /// The room for a date.
    pub const DATE: [f32; 2] = [92.0, 22.0];
    /// The room for a month under an axis.
    pub const MONTH_LABEL: f32 = 68.0;
    /// The least distance at which marks of an axis are labelled.
    pub const TINY_STEP: f32 = 8.0;
    /// The distance from which they are labelled in full.
    pub const SMALL_STEP: f32 = 14.0;
    /// Width of a popup with choices.
    pub const PICKER: f32 = 420.0;
    /// Height of the choices in a popup.
    pub const PICKER_LIST: f32 = 280.0;
    /// Height of the words of a vocabulary in a popup: as many as can be looked over at once.
    pub const WORDS: f32 = 560.0;
    /// The narrowest a field may be before fields stand below one another.
    pub const FIELD: f32 = 210.0;
    /// The width from which a form has two columns.
    pub const TWO_COLUMNS: f32 = 900.0;
    /// The widest a form grows; wider lines are hard to read.
    pub const FORM: f32 = 1180.0;
    /// The size of the picture of an empty screen.
    pub const EMPTY_ICON: f32 = 36.0;
}
