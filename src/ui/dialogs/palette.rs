//! The palette: every record by what stands in it, and every command by its words, found by typing.

mod entry;

use eframe::egui::{Key, Modifiers, ScrollArea, TextEdit, Ui};

use self::entry::{Entry, entry_ui, heading_ui};
use crate::domain::text::fold;
use crate::services::queries::SearchResults;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::dialog::Dialog;
use crate::ui::theme::{self, size, window};
use crate::ui::widgets::button::quiet_button_ui;

/// Paints the palette.
pub(super) fn palette_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let listed = Command::listed(model);
    let found = model.search().value().cloned();
    let failure = model.search().failure().map(str::to_owned);
    let Some(Dialog::Palette { text, chosen, enter }) = model.dialog_mut() else { return };
    let down = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
    let up = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowUp));
    *enter |= ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let hint = format!("{} Search records and commands", icons::SEARCH);
    let field = TextEdit::singleline(text).desired_width(f32::INFINITY).hint_text(hint);
    let field = ui.add(field).accessible_name(Command::Palette.text());
    field.request_focus();
    if field.changed() {
        *chosen = 0;
    }
    let is_blank = text.trim().is_empty();
    let export = Command::AskExport;
    let wants_export = export.shortcut().is_some_and(|keys| ui.input_mut(|input| input.consume_shortcut(&keys)));
    let found_any = found.as_ref().is_some_and(|found| !is_blank && found.text == *text && found.total > 0);
    let found = found.filter(|_| !is_blank);
    // What was found for other words stays on the screen, but Enter waits for what belongs to these.
    let is_current = is_blank || failure.is_some() || found.as_ref().is_some_and(|found| found.text == *text);
    let entries = entries(found.as_deref(), matching(listed, text), text);
    let last = entries.len().saturating_sub(1);
    *chosen = (*chosen + usize::from(down)).saturating_sub(usize::from(up)).min(last);
    let at = *chosen;
    let mut run = None;
    if *enter && is_current {
        *enter = false;
        run = entries.get(at).map(Entry::command);
    }
    if let Some(failure) = failure.filter(|_| !is_blank) {
        ui.label(theme::muted(failure));
    } else if entries.is_empty() && is_current {
        ui.label(theme::muted("No record and no command has these words"));
    }
    let list = ScrollArea::vertical().min_scrolled_height(window::PALETTE_LIST).max_height(window::PALETTE_LIST);
    list.auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = size::HAIRLINE;
        let mut heading = String::new();
        for (nth, entry) in entries.iter().enumerate() {
            let above = entry.heading();
            if above != heading {
                heading_ui(ui, &above);
                heading = above;
            }
            let response = entry_ui(ui, entry, nth == at);
            if nth == at && (down || up) {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                run = Some(entry.command());
            }
        }
    });
    // What was found goes into a file like any other list.
    if found_any && (wants_export || quiet_button_ui(ui, icons::EXPORT, "Export what was found…").clicked()) {
        commands.push(export);
    }
    if let Some(command) = run {
        commands.push(Command::CloseDialog);
        commands.push(command);
    }
}

/// What is listed: records by kind, each kind with a way to all of them where there are more, then commands.
fn entries<'a>(found: Option<&'a SearchResults>, commands: Vec<Command>, typed: &'a str) -> Vec<Entry<'a>> {
    let groups = found.map(|found| found.groups.as_slice()).unwrap_or_default();
    let mut all = Vec::new();
    for group in groups {
        all.extend(group.hits.iter().map(|hit| Entry::Record(group, hit)));
        if group.total > group.hits.len() {
            all.push(Entry::All(group, typed));
        }
    }
    all.extend(commands.into_iter().map(Entry::Command));
    all
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
