//! The window: what is painted, and what a click asks for. It reads no file and no clock.

pub mod app;
mod chrome;
pub mod command;
mod dialogs;
pub mod display;
pub mod exchange;
pub mod fonts;
pub mod forms;
pub mod icons;
pub mod loaded;
pub mod model;
pub mod theme;
pub mod views;
pub mod widgets;
pub mod worker;

#[cfg(test)]
pub mod testing;
