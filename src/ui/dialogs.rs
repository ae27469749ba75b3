//! What stands in front of everything: dialogs, the palette of commands, and notices.

mod booking;
mod clearance;
mod copies;
mod deadlines;
mod export;
mod files;
mod gazetteer;
mod import_file;
mod many;
mod packs;
mod palette;
mod report_file;
mod seal;
mod workspace;

use eframe::egui::{self, Align2, Area, Button, Frame, Id, Label, Modal, RichText, ScrollArea, Ui};

use super::command::Command;
use super::icons;
use super::model::Model;
use super::model::dialog::{After, Dialog};
use super::model::notice::{Notice, Weight};
use super::theme::{self, Tone, space, window};
use super::widgets::button::{icon_button_ui, primary_button_ui};

/// Paints the dialog that waits for an answer, if any.
pub fn dialog_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let Some(dialog) = model.dialog().cloned() else { return };
    let modal = Modal::new(Id::unique("dialog")).frame(frame(ui)).show(ui.ctx(), |ui| {
        ui.set_width(match dialog {
            Dialog::EditMany
            | Dialog::Pack(_)
            | Dialog::Seal(_)
            | Dialog::ReportFile(_)
            | Dialog::Booking(_)
            | Dialog::Clearance(_) => window::DIALOG_WIDE,
            Dialog::Palette { .. } => window::PALETTE,
            _ => window::DIALOG,
        });
        match dialog {
            Dialog::EditMany => many::many_ui(ui, model, commands),
            Dialog::DeleteMany { what, records } => delete_ui(ui, &what, Command::DeleteMany(records), commands),
            Dialog::Delete { id, version, what } => delete_ui(ui, &what, Command::Delete(id, version), commands),
            Dialog::Unsaved(after) => unsaved_ui(ui, &after, commands),
            Dialog::Workspace { opening, .. } => workspace::workspace_ui(ui, opening, model, commands),
            Dialog::Gazetteer { .. } => gazetteer::gazetteer_ui(ui, model, commands),
            Dialog::Settle(settling) => deadlines::settle_ui(ui, settling, model, commands),
            Dialog::ReportFile(_) => report_file::report_file_ui(ui, model, commands),
            Dialog::Seal(_) => seal::seal_ui(ui, model, commands),
            Dialog::Calendar { .. } => deadlines::calendar_ui(ui, model, commands),
            Dialog::Export(_) => export::export_ui(ui, model, commands),
            Dialog::Booking(_) => booking::booking_ui(ui, model, commands),
            Dialog::Clearance(_) => clearance::clearance_ui(ui, model, commands),
            Dialog::Sheet(_) => clearance::sheet_ui(ui, model, commands),
            Dialog::Attach(_) => files::attach_ui(ui, model, commands),
            Dialog::SaveFile(_) => files::save_ui(ui, model, commands),
            Dialog::ImportFile(_) => import_file::import_file_ui(ui, model, commands),
            Dialog::Pack(_) => packs::pack_ui(ui, model, commands),
            Dialog::Details { title, text } => details_ui(ui, &title, &text, commands),
            Dialog::Palette { .. } => palette::palette_ui(ui, model, commands),
        }
    });
    settle(ui, modal.response.rect);
    if modal.should_close() {
        commands.push(Command::CloseDialog);
    }
}

/// A dialog is put into the middle by its size of the frame before, so a new size wants another frame.
fn settle(ui: &Ui, place: egui::Rect) {
    let key = Id::unique("place of the dialog");
    let before: Option<egui::Rect> = ui.data(|data| data.get_temp(key));
    if before != Some(place) {
        ui.data_mut(|data| data.insert_temp(key, place));
        ui.ctx().request_repaint();
    }
}

/// A popup with room around what stands in it.
fn frame(ui: &Ui) -> Frame {
    Frame::popup(ui.style()).inner_margin(ui.spacing().window_margin)
}

fn delete_ui(ui: &mut Ui, what: &str, delete: Command, commands: &mut Vec<Command>) {
    ui.label(theme::heading(format!("Delete {what}?")));
    ui.add(Label::new("It goes from every list and figure. Undo brings it back, and the history keeps it.").wrap());
    buttons_ui(ui, |ui| {
        if safe_button_ui(ui, &Command::CloseDialog.text()) {
            commands.push(Command::CloseDialog);
        }
        if primary_button_ui(ui, icons::TRASH, "Delete").accessible_name("Delete").clicked() {
            commands.push(delete);
        }
    });
}

fn unsaved_ui(ui: &mut Ui, after: &After, commands: &mut Vec<Command>) {
    ui.label(theme::heading("This form is not saved"));
    let consequence = match after {
        After::Close => "What you typed is lost if you discard it.",
        After::Quit => "The window closes once the form is saved or discarded.",
        After::Open(..) => "The other workspace opens once the form is saved or discarded.",
    };
    ui.add(Label::new(consequence).wrap());
    buttons_ui(ui, |ui| {
        if safe_button_ui(ui, "Keep editing") {
            commands.push(Command::CloseDialog);
        }
        if ui.button(Command::DiscardThenGoOn.text()).clicked() {
            commands.push(Command::DiscardThenGoOn);
        }
        if primary_button_ui(ui, icons::SAVE, "Save").accessible_name("Save and go on").clicked() {
            commands.push(Command::SaveThenGoOn);
        }
    });
}

fn details_ui(ui: &mut Ui, title: &str, text: &str, commands: &mut Vec<Command>) {
    ui.label(theme::heading(title));
    ScrollArea::vertical().max_height(window::DIALOG_TEXT).show(ui, |ui| {
        ui.add(Label::new(text).wrap().selectable(true));
    });
    buttons_ui(ui, |ui| {
        if ui.button(format!("{} Copy", icons::COPY)).clicked() {
            ui.ctx().copy_text(text.to_owned());
        }
        if safe_button_ui(ui, "Close") {
            commands.push(Command::CloseDialog);
        }
    });
}

/// The button that changes nothing. It has the focus first, so that a key pressed in haste does no harm.
fn safe_button_ui(ui: &mut Ui, words: &str) -> bool {
    let response = ui.button(words);
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    response.clicked()
}

/// What stands between the heading and the buttons; it scrolls where the window is low, so that the buttons stay in sight.
fn body_ui(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let room = ui.ctx().content_rect().height() - window::AROUND_DIALOG;
    ScrollArea::vertical().id_salt("body").max_height(room).auto_shrink([false, true]).show(ui, contents);
}

/// How high a list within a dialog is at most.
fn list_room(ui: &Ui) -> f32 {
    (ui.ctx().content_rect().height() * window::DIALOG_LIST_PART).min(window::DIALOG_TEXT)
}

fn buttons_ui(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.add_space(space::MEDIUM);
    ui.horizontal(|ui| contents(ui));
}

/// Paints the notices in the corner.
pub fn notices_ui(ui: &Ui, model: &Model, commands: &mut Vec<Command>) {
    if model.notices().all().is_empty() {
        return;
    }
    let offset = egui::vec2(-space::LARGE, -(window::STATUS + space::SMALL));
    let area = Area::new(Id::unique("notices")).anchor(Align2::RIGHT_BOTTOM, offset).order(egui::Order::Foreground);
    area.show(ui.ctx(), |ui| {
        for notice in model.notices().all() {
            notice_ui(ui, notice, commands);
        }
    });
}

fn notice_ui(ui: &mut Ui, notice: &Notice, commands: &mut Vec<Command>) {
    let (tone, icon) = match notice.weight {
        Weight::Done => (Tone::Good, icons::CHECK_CIRCLE),
        Weight::Warning => (Tone::Warn, icons::WARNING),
        Weight::Problem => (Tone::Bad, icons::ALERT),
    };
    let colours = tone.colours(ui.visuals());
    let (first, more) = notice.text.split_once('\n').unwrap_or((&notice.text, ""));
    frame(ui).fill(colours.fill).show(ui, |ui| {
        ui.set_width(window::NOTICE);
        egui::Sides::new().shrink_left().show(
            ui,
            |ui| {
                let words = RichText::new(format!("{icon} {first}")).color(colours.text);
                ui.add(Label::new(words).wrap());
            },
            |ui| {
                if icon_button_ui(ui, icons::CLOSE, "Dismiss").clicked() {
                    commands.push(Command::Dismiss(notice.number));
                }
            },
        );
        notice_actions_ui(ui, notice, more, commands);
    });
}

fn notice_actions_ui(ui: &mut Ui, notice: &Notice, more: &str, commands: &mut Vec<Command>) {
    if let Some((words, command)) = &notice.action
        && ui.add(Button::new(words)).clicked()
    {
        commands.push(command.clone());
        commands.push(Command::Dismiss(notice.number));
    }
    if !more.is_empty() {
        let details = Command::ShowDetails(notice.text.clone());
        if ui.add(Button::new(details.text())).clicked() {
            commands.push(details);
        }
    }
}
