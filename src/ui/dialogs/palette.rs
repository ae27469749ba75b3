//! The palette: every command by its words, found by typing.

use eframe::egui::{Atom, AtomExt as _, Button, Key, Modifiers, Response, ScrollArea, TextEdit, Ui, vec2};

use crate::domain::text::fold;
use crate::ui::command::{Command, shortcut_words};
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::dialog::Dialog;
use crate::ui::theme::{self, size, window};

/// Paints the palette.
pub(super) fn palette_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let listed = Command::listed(model);
    let Some(Dialog::Palette { text, chosen }) = model.dialog_mut() else { return };
    let down = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
    let up = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowUp));
    let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let hint = format!("{} Type a command", icons::SEARCH);
    let field =
        ui.add(TextEdit::singleline(text).desired_width(f32::INFINITY).hint_text(hint)).accessible_name("Command");
    field.request_focus();
    if field.changed() {
        *chosen = 0;
    }
    let found = matching(listed, text);
    let last = found.len().saturating_sub(1);
    *chosen = (*chosen + usize::from(down)).saturating_sub(usize::from(up)).min(last);
    let at = *chosen;
    if found.is_empty() {
        ui.label(theme::muted("No command has these words"));
    }
    let mut run = enter.then(|| found.get(at).cloned()).flatten();
    ScrollArea::vertical().max_height(window::DIALOG_TEXT).auto_shrink([false, true]).show(ui, |ui| {
        for (nth, command) in found.iter().enumerate() {
            let response = entry_ui(ui, command, nth == at);
            if nth == at && (down || up) {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                run = Some(command.clone());
            }
        }
    });
    if let Some(command) = run {
        commands.push(Command::CloseDialog);
        commands.push(command);
    }
}

fn entry_ui(ui: &mut Ui, command: &Command, is_chosen: bool) -> Response {
    let keys = command.shortcut().map_or_else(String::new, |keys| shortcut_words(&keys));
    let words = command.text();
    let button = Button::new((words.as_str().atom_shrink(true), Atom::grow(), theme::small(keys)))
        .selected(is_chosen)
        .frame_when_inactive(is_chosen)
        .min_size(vec2(ui.available_width(), size::CONTROL));
    ui.add(button).accessible_name(words.as_str())
}

/// The commands that hold every word that was typed.
fn matching(commands: Vec<Command>, typed: &str) -> Vec<Command> {
    let typed = fold(typed);
    let words: Vec<&str> = typed.split(' ').filter(|word| !word.is_empty()).collect();
    let fits = |command: &Command| {
        let text = fold(&command.text());
        words.iter().all(|word| text.contains(word))
    };
    commands.into_iter().filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::RecordKind;

    #[test]
    fn words_are_found_in_any_order() {
        let all = || vec![Command::New(RecordKind::Shipment), Command::New(RecordKind::Trip), Command::Undo];
        assert_eq!(matching(all(), "ship new"), [Command::New(RecordKind::Shipment)]);
        assert_eq!(matching(all(), "  ").len(), 3);
    }
}
