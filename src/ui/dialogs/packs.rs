//! The dialog before a pack is made: what is missing, where the files go, and whether they are sealed as they are sent.

use eframe::egui::{Key, Label, ScrollArea, TextEdit, Ui};

use super::buttons_ui;
use super::copies::whom_ui;
use crate::services::packs::{GapKind, Pack};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::dialog::Dialog;
use crate::ui::model::export::AUDIENCES;
use crate::ui::model::packs::PacksCommand;
use crate::ui::theme::{self, Tone, space, window};
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
    let parts: Vec<&str> = typed.pack.parts.iter().map(|part| part.name.as_str()).collect();
    ui.add(Label::new(theme::muted(format!("Holds: {}. As of {}", parts.join(", "), typed.query.as_of))).wrap());
    gaps_ui(ui, &typed.pack);
    ui.add_space(space::SMALL);
    let text = FieldText {
        label: "Folder",
        required: true,
        help: "The files go into it; it is made where it is missing",
        error: None,
    };
    let response =
        field_ui(ui, &text, |ui| ui.add(TextEdit::singleline(&mut typed.folder).desired_width(f32::INFINITY)));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if whom_ui(ui, &mut typed.whom, audiences.as_ref()) {
        commands.push(Command::Packs(PacksCommand::LookAtCopy));
    }
    if typed.can_be_sent() && !read_only {
        let help = "Seals the files as they were sent. Empty: nothing is sealed";
        let text = FieldText { label: "Sent on", required: false, help, error: None };
        field_ui(ui, &text, |ui| date_field_ui(ui, &mut typed.sent_on, today, "Sent on", "2026-11-24"));
    } else if typed.pack.of.is_some() && !read_only {
        ui.add_space(space::SMALL);
        ui.checkbox(&mut typed.is_sealed, "Seal the files as they leave the house");
        let words = "They are kept as they are, and later changes of the record that would alter them are told";
        ui.add(Label::new(theme::small(words)).wrap());
    }
    if let Some(refused) = &typed.refused {
        error_ui(ui, refused);
    }
    buttons_ui(ui, |ui| {
        let make = PacksCommand::Make;
        let clicked = primary_button_ui(ui, icons::EXPORT, make.text()).accessible_name(make.text()).clicked();
        if clicked || entered {
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
    ScrollArea::vertical().max_height(window::DIALOG_TEXT).auto_shrink([false, true]).show(ui, |ui| {
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
