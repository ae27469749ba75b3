//! Text by its part on the page.

use eframe::egui::{FontFamily, RichText, TextStyle};

use crate::ui::fonts;

/// The name of the text style of a card's heading.
pub const SECTION: &str = "section";
/// The name of the text style of a large figure.
pub const FIGURE: &str = "figure";

/// The heading of a page.
pub fn heading(text: impl Into<String>) -> RichText {
    RichText::new(text).text_style(TextStyle::Heading).strong()
}

/// The heading of a card or a section.
pub fn section(text: impl Into<String>) -> RichText {
    RichText::new(text).text_style(TextStyle::Name(SECTION.into())).strong()
}

/// A large figure.
pub fn figure(text: impl Into<String>) -> RichText {
    RichText::new(text).text_style(TextStyle::Name(FIGURE.into())).strong()
}

/// Words that carry a line.
pub fn semibold(text: impl Into<String>) -> RichText {
    RichText::new(text).family(FontFamily::Name(fonts::SEMIBOLD.into()))
}

/// Words that carry a line, in the colour of headings.
pub fn strong(text: impl Into<String>) -> RichText {
    semibold(text).strong()
}

/// Hints, units and what matters less.
pub fn muted(text: impl Into<String>) -> RichText {
    RichText::new(text).weak()
}

/// The same, smaller.
pub fn small(text: impl Into<String>) -> RichText {
    RichText::new(text).text_style(TextStyle::Small).weak()
}
