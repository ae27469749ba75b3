//! The keys of a list: through the rows, to select, to copy.

use eframe::egui::{Event, Key, Modifiers, Ui};

use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::queries::ListRow;
use crate::ui::command::Command;
use crate::ui::model::gather::Copied;
use crate::ui::model::rows::{Rows, RowsCommand, Step};

/// The keys that move, each alone and with Shift.
pub const STEPS: [(Key, Step); 6] = [
    (Key::ArrowDown, Step::Rows(1)),
    (Key::ArrowUp, Step::Rows(-1)),
    (Key::PageDown, Step::Pages(1)),
    (Key::PageUp, Step::Pages(-1)),
    (Key::Home, Step::First),
    (Key::End, Step::Last),
];

/// Takes the keys that were pressed for the list.
pub(super) fn keys(ui: &Ui, kind: RecordKind, rows: &Rows<ListRow>, commands: &mut Vec<Command>) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let mut asked: Vec<RowsCommand<Id>> = Vec::new();
    for (key, step) in STEPS {
        let jumps = matches!(step, Step::First | Step::Last);
        // With Shift first: the key alone is also taken while Shift is held.
        if pressed(Modifiers::SHIFT, key) || jumps && pressed(Modifiers::COMMAND | Modifiers::SHIFT, key) {
            asked.push(RowsCommand::Extend(step));
        } else if pressed(Modifiers::NONE, key) || jumps && pressed(Modifiers::COMMAND, key) {
            asked.push(RowsCommand::Move(step));
        }
    }
    if pressed(Modifiers::COMMAND, Key::A) {
        asked.push(RowsCommand::All);
    }
    // A button that has the focus takes Enter and Space for itself.
    if ui.memory(|memory| memory.focused().is_none()) {
        if let Some(cursor) = rows.cursor
            && pressed(Modifiers::NONE, Key::Enter)
        {
            commands.push(Command::Open(cursor));
        }
        if pressed(Modifiers::NONE, Key::Space) {
            asked.push(RowsCommand::ToggleCursor);
        }
    }
    if pressed(Modifiers::NONE, Key::Escape) {
        if rows.selection.is_empty() {
            commands.push(Command::CloseRecord);
        } else {
            asked.push(RowsCommand::Clear);
        }
    }
    let has_rows = rows.cursor.is_some() || !rows.selection.is_empty();
    if has_rows && ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy))) {
        commands.push(Command::Copy(kind, Copied::Chosen));
    }
    commands.extend(asked.into_iter().map(|command| Command::Rows(kind, command)));
}
