//! The dialog before a pack is made: what is missing, where the files go, and whether they are sealed as they are sent.

use chrono::NaiveDate;
use eframe::egui::{Key, Label, ScrollArea, TextEdit, Ui};

use super::copies::whom_ui;
use super::{body_ui, buttons_ui, list_room};
use crate::services::packs::{GapKind, Pack};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::dialog::Dialog;
use crate::ui::model::export::AUDIENCES;
use crate::ui::model::packs::{PacksCommand, TypedPack};
use crate::ui::theme::{self, Tone, space};
use crate::ui::widgets::badge::tone_badge_ui;
use crate::ui::widgets::button::primary_button_ui;
use crate::ui::widgets::date_field::date_field_ui;
use crate::ui::widgets::field::{FieldText, error_ui, field_ui};

/// Paints the dialog.
pub(super) fn pack_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let today = model.place().today;
    let read_only = model.place().read_only;
    let audiences = model.choices_of(AUDIENCES);
    let Some(Dialog::Pack(typed)) = model.dialog_mut() else { return };
    ui.label(theme::heading(format!("{} of {}", typed.query.kind.label(), typed.pack.stem)));
    let mut entered = false;
    body_ui(ui, |ui| {
        let parts: Vec<&str> = typed.pack.parts.iter().map(|part| part.name.as_str()).collect();
        ui.add(Label::new(theme::muted(format!("Holds: {}. As of {}", parts.join(", "), typed.query.as_of))).wrap());
        gaps_ui(ui, &typed.pack);
        ui.add_space(space::SMALL);
        entered = folder_ui(ui, &mut typed.folder);
        if whom_ui(ui, &mut typed.whom, audiences.as_ref()) {
            commands.push(Command::Packs(PacksCommand::LookAtCopy));
        }
        if !read_only {
            keep_ui(ui, typed, today);
        }
    });
    if let Some(refused) = &typed.refused {
        error_ui(ui, refused);
    }
    buttons_ui(ui, |ui| {
        let make = PacksCommand::Make;
        let ready = typed.whom.is_known();
        let clicked = ui.add_enabled_ui(ready, |ui| {
            primary_button_ui(ui, icons::EXPORT, make.text()).accessible_name(make.text()).clicked()
        });
        if clicked.inner || (ready && entered) {
            commands.push(Command::Packs(make));
        }
        if ui.button(PacksCommand::Browse.text()).clicked() {
            commands.push(Command::Packs(PacksCommand::Browse));
        }
        if ui.button(Command::CloseDialog.text()).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}

/// Where the files go. True when it was entered.
fn folder_ui(ui: &mut Ui, folder: &mut String) -> bool {
    let help = "The files go into it; it is made where it is missing";
    let text = FieldText { label: "Folder", required: true, help, error: None };
    let response = field_ui(ui, &text, |ui| ui.add(TextEdit::singleline(folder).desired_width(f32::INFINITY)));
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// What is sealed of it: a package as it was sent, anything else as it leaves the house.
fn keep_ui(ui: &mut Ui, typed: &mut TypedPack, today: NaiveDate) {
    ui.add_space(space::SMALL);
    if typed.can_be_sent() {
        let help = "Seals the files as they were sent. Empty: nothing is sealed";
        let text = FieldText { label: "Sent on", required: false, help, error: None };
        field_ui(ui, &text, |ui| date_field_ui(ui, &mut typed.sent_on, today, "Sent on", "2026-11-24"));
    } else if typed.pack.of.is_some() {
        ui.checkbox(&mut typed.is_sealed, "Seal the files as they leave the house");
        let words = "They are kept as they are, and later changes of the record that would alter them are told";
        ui.add(Label::new(theme::small(words)).wrap());
    }
}

/// What is missing or should be looked at, before anything leaves the house.
fn gaps_ui(ui: &mut Ui, pack: &Pack) {
    ui.add_space(space::SMALL);
    if pack.gaps.is_empty() {
        ui.add(Label::new(format!("{} Nothing is missing", icons::CHECK_CIRCLE)).wrap());
        return;
    }
    let count = pack.gaps.len();
    let title = if count == 1 { "1 thing to look at".to_owned() } else { format!("{count} things to look at") };
    ui.label(theme::section(title));
    ScrollArea::vertical().id_salt("gaps").max_height(list_room(ui)).auto_shrink([false, true]).show(ui, |ui| {
        for gap in &pack.gaps {
            ui.horizontal(|ui| {
                let (tone, icon) = match gap.kind {
                    GapKind::Missing => (Tone::Bad, icons::ALERT),
                    GapKind::Wording | GapKind::Open => (Tone::Warn, icons::WARNING),
                };
                tone_badge_ui(ui, tone, icon, gap.kind.label());
                ui.add(Label::new(theme::semibold(&gap.about)).truncate());
            });
            ui.add(Label::new(&gap.what).wrap());
            ui.add_space(space::TINY);
        }
    });
}
