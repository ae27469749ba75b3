//! Clocks of the rules: when something is due, which figure is in force, who may file directly. No clock of the wall.

pub mod calendar;
pub mod clock;
pub mod figures;
pub mod filing;

pub use calendar::Calendar;
pub use clock::{Clock, Due, Pause, Pauses, Report, Silence};
pub use figures::{FigureBook, FigureRow};
