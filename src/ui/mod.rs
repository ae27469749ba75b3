//! The window: what is painted, and what a click asks for. It reads no file and no clock.

pub mod fonts;
pub mod forms;
pub mod icons;
pub mod theme;
pub mod views;
pub mod widgets;

#[cfg(test)]
pub mod testing;
