//! The pages of the window, one a place, and what their painters keep between frames.

pub mod detail;
pub mod form;
pub mod history;
pub mod list;
pub mod policy;

use eframe::egui::Ui;

use super::command::Command;
use super::model::Model;

/// What the painters keep between frames and nobody else needs.
#[derive(Default)]
pub struct Views {
    /// The window's title, as it was told last.
    pub title: String,
    /// The as-of date as it is typed.
    pub as_of: String,
    /// The as-of date that the text was made from.
    pub as_of_shown: Option<chrono::NaiveDate>,
    /// The text of the list filter as it is typed, so that the keyboard is never ahead of the store.
    pub detail: detail::DetailView,
}

/// The overview, or what stands in its place while there is none.
pub fn overview_page_ui(ui: &mut Ui, model: &mut Model, _views: &mut Views, _commands: &mut Vec<Command>) {
    ui.label(format!("{}", model.overview().value().is_some()));
}

/// A word at the beginning of a line.
#[must_use]
pub fn upper_first(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
