//! The dialog that books a part of a grant line for a shipment line. What goes beyond what is left asks for a reason.

use eframe::egui::{Label, RadioButton, ScrollArea, TextEdit, Ui};

use crate::services::queries::BookingOption;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::coverage::CoverageCommand;
use crate::ui::model::dialog::{Dialog, TypedBooking};
use crate::ui::theme::{self, Tone, space, window};
use crate::ui::views::goods::grouped;
use crate::ui::widgets::button::primary_button_ui;
use crate::ui::widgets::field::{FieldText, field_ui};

/// Paints the dialog.
pub(super) fn booking_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let writing = model.is_writing();
    let Some(Dialog::Booking(typed)) = model.dialog_mut() else { return };
    ui.label(theme::heading("Choose a grant line"));
    ui.add(Label::new(theme::muted(format!("{}; {} not booked", typed.options.label, typed.options.missing))).wrap());
    ui.add_space(space::SMALL);
    options_ui(ui, typed);
    ui.add_space(space::SMALL);
    let unit = typed.options.unit.clone();
    let quantity = FieldText { label: "Quantity", required: true, help: &unit, error: None };
    field_ui(ui, &quantity, |ui| ui.add(TextEdit::singleline(&mut typed.quantity).desired_width(f32::INFINITY)));
    if let Some(beyond) = typed.beyond() {
        reason_ui(ui, typed, beyond);
    }
    refused_ui(ui, typed.refused.as_deref());
    ui.add_space(space::MEDIUM);
    let ready = !writing && typed.write().is_some() && !typed.quantity.trim().is_empty();
    ui.horizontal(|ui| {
        let save = CoverageCommand::SaveBooking;
        let clicked = ui.add_enabled_ui(ready, |ui| {
            primary_button_ui(ui, icons::BOOKING, save.text()).accessible_name(save.text()).clicked()
        });
        if clicked.inner {
            commands.push(Command::Coverage(save));
        }
        if ui.button(Command::CloseDialog.text()).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}

fn options_ui(ui: &mut Ui, typed: &mut TypedBooking) {
    let options = std::sync::Arc::clone(&typed.options);
    ScrollArea::vertical().max_height(window::DIALOG_TEXT).auto_shrink([false, true]).show(ui, |ui| {
        for (at, option) in options.options.iter().enumerate() {
            let name = name_of(option);
            if ui.add(RadioButton::new(typed.taken == at, theme::semibold(&name))).clicked() && typed.taken != at {
                *typed = TypedBooking::of(std::sync::Arc::clone(&options), at);
            }
            ui.indent(at, |ui| {
                ui.add(Label::new(theme::muted(format!("{}, {}", option.left, option.until))).wrap());
                if !option.hint.is_empty() {
                    let words = format!("{} {}", icons::WARNING, option.hint);
                    ui.add(Label::new(theme::small(words)).wrap());
                }
            });
        }
    });
}

fn name_of(option: &BookingOption) -> String {
    option.grant_line.map_or_else(
        || option.permission.reference.clone(),
        |line| format!("{} line {line}", option.permission.reference),
    )
}

/// What goes beyond is planned with a reason, or recorded as over-use where it was used already.
fn reason_ui(ui: &mut Ui, typed: &mut TypedBooking, beyond: i64) {
    let over = format!("{} {} more than is left", grouped(beyond), typed.options.unit);
    let words = match typed.options.used_on {
        Some(day) => format!("{over}. It was used on {day}: this is recorded as over-use, with an incident"),
        None => format!("{over}. Write why it may go beyond; it stays in sight"),
    };
    let colours = Tone::Warn.colours(ui.visuals());
    let words = eframe::egui::RichText::new(format!("{} {words}", icons::WARNING)).color(colours.text);
    ui.add(Label::new(words).wrap());
    let required = typed.options.used_on.is_none();
    let text = FieldText { label: "Why it may go beyond", required, help: "", error: None };
    field_ui(ui, &text, |ui| ui.add(TextEdit::singleline(&mut typed.reason).desired_width(f32::INFINITY)));
}

/// Why it was refused.
pub(super) fn refused_ui(ui: &mut Ui, refused: Option<&str>) {
    if let Some(refused) = refused {
        let colours = Tone::Bad.colours(ui.visuals());
        let words = eframe::egui::RichText::new(format!("{} {refused}", icons::ALERT)).color(colours.text);
        ui.add_space(space::SMALL);
        ui.add(Label::new(words).wrap());
    }
}
