//! The words in which commands and their keys are written.

use eframe::egui::{Key, KeyboardShortcut};

use crate::domain::record::RecordKind;

/// The words on the button that adds a record of this kind to another.
#[must_use]
pub fn child_label(kind: RecordKind) -> String {
    let words = match kind {
        RecordKind::Event | RecordKind::ShipmentEvent | RecordKind::TripEvent => "event",
        RecordKind::Contact => "contact",
        other => return format!("Add {}…", lower_first(other.label())),
    };
    format!("Add {words}…")
}

/// A label inside a sentence.
#[must_use]
pub fn lower_first(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

pub(super) fn step(verb: &str, what: Option<&str>, nothing: &str) -> String {
    what.map_or_else(|| nothing.to_owned(), |what| format!("{verb}: {}", lower_first(what)))
}

/// Keys as people write them.
#[must_use]
pub fn shortcut_words(shortcut: &KeyboardShortcut) -> String {
    let KeyboardShortcut { modifiers, logical_key } = shortcut;
    let held = [(modifiers.command, "Ctrl"), (modifiers.alt, "Alt"), (modifiers.shift, "Shift")];
    let key = match logical_key {
        Key::ArrowLeft => "Left",
        other => other.name(),
    };
    let held = held.iter().filter(|(is_held, _)| *is_held).map(|(_, name)| *name);
    held.chain([key]).collect::<Vec<_>>().join("+")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::command::Command;

    #[test]
    fn keys_are_written_as_on_the_keyboard() {
        let keys = |command: Command| shortcut_words(&command.shortcut().unwrap());
        assert_eq!(keys(Command::Redo), "Ctrl+Shift+Z");
        assert_eq!(keys(Command::Reload), "F5");
        assert_eq!(keys(Command::Back), "Alt+Left");
    }

    #[test]
    fn a_button_that_needs_more_input_says_so() {
        assert_eq!(Command::New(RecordKind::Shipment).text(), "New shipment…");
        assert_eq!(child_label(RecordKind::Contact), "Add contact…");
        assert_eq!(child_label(RecordKind::Decision), "Add decision…");
    }
}
