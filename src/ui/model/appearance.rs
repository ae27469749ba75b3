//! How the window looks: light or dark, words in the rail or only icons. The workspace remembers it.

use super::Model;
use crate::services::Query;
use crate::ui::exchange::{Ask, Slot};

/// Under this name the colours are remembered.
const COLOURS: &str = "appearance";
/// Under this name the rail is remembered.
const RAIL: &str = "rail";
/// The rail without words.
const ICONS: &str = "icons";

/// The colours of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Appearance {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// What the system has.
    #[default]
    System,
}

impl Appearance {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// The words on its button.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::System => "As the system",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }
}

impl Model {
    /// The colours of the window.
    #[must_use]
    pub const fn appearance(&self) -> Appearance {
        self.appearance
    }

    pub(super) fn appear(&mut self, appearance: Appearance) {
        self.appearance = appearance;
        self.memory.keep(COLOURS.to_owned(), Some(appearance.word().to_owned()));
    }

    pub(super) fn toggle_rail(&mut self) {
        self.rail_words = !self.rail_words;
        self.memory.keep(RAIL.to_owned(), (!self.rail_words).then(|| ICONS.to_owned()));
    }

    /// Asks once how the window looked last time.
    pub(super) fn look_asks() -> impl Iterator<Item = Ask> {
        [COLOURS, RAIL].into_iter().map(|name| {
            let name = name.to_owned();
            Ask { slot: Slot::Remembered(name.clone()), generation: 0, query: Query::Remembered { name } }
        })
    }

    pub(super) fn recall_look(&mut self, name: &str, value: &str) {
        match name {
            COLOURS => {
                let known = Appearance::ALL.into_iter().find(|known| known.word() == value);
                self.appearance = known.unwrap_or_default();
            }
            RAIL => self.rail_words = value != ICONS,
            _ => {}
        }
    }
}
