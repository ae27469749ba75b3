//! How sealed documents stand to the record: since when that is known, what is under way, and each that reads otherwise now.

use eframe::egui::{Button, Label, ProgressBar, Ui};

use super::listed_ui;
use crate::domain::id::Id;
use crate::domain::record::SealedKind;
use crate::services::packs::PackKind;
use crate::services::queries::ReportRow;
use crate::services::sealed::{Sealed, Standing};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::packs::PacksCommand;
use crate::ui::model::reports::ReportCommand;
use crate::ui::theme::{self, Tone, space};
use crate::ui::widgets::card::card_ui;
use crate::ui::widgets::field::error_ui;

/// How many differences are shown of one sealed document; the restatement has them all.
const MOST: usize = 8;
/// How wide the bar is that shows how far the look at them has come.
const BAR: f32 = 120.0;

/// One line: how many are sealed, since when it is known how they stand, and what is under way.
pub(super) fn state_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let sealed = model.sealed();
    let known = sealed.known();
    if known.is_none_or(|known| known.all.is_empty()) && sealed.job().is_none() && sealed.failure().is_none() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        if let Some(known) = known {
            ui.label(theme::muted(in_words(known)));
        }
        let again = ReportCommand::LookAtSealed;
        match (model.sealed_progress(), sealed.job()) {
            (Some(progress), Some(number)) => {
                let words = if progress.whole == 0 {
                    "Being looked at".to_owned()
                } else {
                    format!("Being looked at: {} of {}", progress.done, progress.whole)
                };
                ui.label(theme::muted(words));
                ui.add(ProgressBar::new(share(progress.done, progress.whole)).desired_width(BAR));
                if ui.small_button("Stop").on_hover_text("Stop looking at sealed documents").clicked() {
                    commands.push(Command::StopJob(number));
                }
            }
            _ if sealed.is_old() => {
                let words =
                    if sealed.is_stopped() { "Stopped before all were looked at" } else { "The record moved on" };
                ui.label(theme::muted(words));
                if ui.small_button(again.text()).clicked() {
                    commands.push(Command::Report(again));
                }
            }
            _ => {}
        }
    });
    if let Some(why) = sealed.failure() {
        error_ui(ui, why);
    }
    ui.add_space(space::TINY);
}

/// `12 sealed documents, 2 read otherwise now. Looked at 2026-11-24 09:30.`
fn in_words(known: &crate::services::sealed::Standings) -> String {
    let count = known.all.len();
    let all = if count == 1 { "1 sealed document".to_owned() } else { format!("{count} sealed documents") };
    let different = match known.different().count() {
        0 => "none of which reads otherwise now".to_owned(),
        1 => "1 reads otherwise now".to_owned(),
        some => format!("{some} read otherwise now"),
    };
    format!("{all}, {different}. Looked at {}.", known.at)
}

/// A part of a whole for a bar; exact enough to be seen.
#[expect(clippy::cast_precision_loss, reason = "a bar is some hundred points wide")]
fn share(done: u64, whole: u64) -> f32 {
    if whole == 0 { 0.0 } else { done as f32 / whole as f32 }
}

/// The sealed documents that are of no report in the list and have to be looked at: packs, and what was sent.
pub(super) fn rows_ui(ui: &mut Ui, reports: &[ReportRow], model: &Model, commands: &mut Vec<Command>) {
    let is_of_report = |one: &&Sealed| reports.iter().any(|row| Some(row.id) == one.of);
    let sealed = model.sealed();
    let mut others = sealed.different().chain(sealed.lost()).filter(|one| !is_of_report(one)).peekable();
    if others.peek().is_none() {
        return;
    }
    ui.add_space(space::SMALL);
    ui.label(theme::section("Sealed packs to look at"));
    ui.add_space(space::TINY);
    for one in others {
        row_ui(ui, one, model, commands);
    }
}

fn row_ui(ui: &mut Ui, one: &Sealed, model: &Model, commands: &mut Vec<Command>) {
    let selected = model.reports().chosen_seal == Some(one.seal);
    let on = one.on.map(|on| format!("Sealed on {on}")).unwrap_or_default();
    let (tone, icon) = match one.lost() {
        Some(_) => (Tone::Neutral, icons::INFO),
        None => (Tone::Warn, icons::WARNING),
    };
    let badge = (tone, icon, upper_first(one.in_short()));
    if listed_ui(ui, (&one.title, &one.reference), &[&one.reference, &on], selected, badge) {
        commands.push(Command::Report(ReportCommand::ChooseSeal(one.seal)));
    }
}

fn upper_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What reads otherwise in the sealed document that is looked at. False where none is.
pub(super) fn chosen_ui(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) -> bool {
    let Some(seal) = model.reports().chosen_seal else { return false };
    let Some(one) = model.sealed().known().and_then(|known| known.all.iter().find(|one| one.seal == seal)) else {
        return false;
    };
    one_ui(ui, one, model, commands);
    true
}

/// What reads otherwise in what was sealed of a report.
pub(super) fn of_report_ui(ui: &mut Ui, report: Id, model: &Model, commands: &mut Vec<Command>) {
    let sealed = model.sealed();
    for one in sealed.different().chain(sealed.lost()).filter(|one| one.of == Some(report)) {
        one_ui(ui, one, model, commands);
    }
}

fn one_ui(ui: &mut Ui, one: &Sealed, model: &Model, commands: &mut Vec<Command>) {
    let heading = format!("{}: {}", one.title, one.in_short());
    ui.push_id(one.seal, |ui| {
        card_ui(ui, &heading, |ui| match one.lost() {
            Some(why) => lost_ui(ui, one, why, commands),
            None => different_ui(ui, one, model, commands),
        });
    });
}

fn lost_ui(ui: &mut Ui, one: &Sealed, why: &str, commands: &mut Vec<Command>) {
    ui.add(Label::new(why).wrap());
    if ui.button("Open the seal").clicked() {
        commands.push(Command::Open(one.seal));
    }
}

fn different_ui(ui: &mut Ui, one: &Sealed, model: &Model, commands: &mut Vec<Command>) {
    let on = one.on.map(|on| format!(" on {on}")).unwrap_or_default();
    let whom = if one.audience.is_empty() { String::new() } else { format!(" for {}", one.audience) };
    let stays = if one.was_sent() {
        "What was sent stays what was sent; write to the authority where it has to know."
    } else {
        "The sealed files stay as they are."
    };
    let words = match one.standing {
        Standing::Same => format!("Sealed{on}{whom} as {}. It reads the same as when it was sealed.", one.reference),
        _ => format!("Sealed{on}{whom} as {}. The record was changed since. {stays}", one.reference),
    };
    ui.add(Label::new(theme::muted(words)).wrap());
    let found = one.would_read();
    for difference in found.iter().take(MOST) {
        ui.add(Label::new(one.told(difference)).wrap());
    }
    if found.len() > MOST {
        ui.label(theme::muted(format!("and {} more", found.len() - MOST)));
    }
    ui.horizontal_wrapped(|ui| {
        next_ui(ui, one, model, commands);
        if ui.button("Open the seal").clicked() {
            commands.push(Command::Open(one.seal));
        }
    });
}

/// What can be done about it: a report is restated, a pack is made again, what was sent is only told.
fn next_ui(ui: &mut Ui, one: &Sealed, model: &Model, commands: &mut Vec<Command>) {
    let of = |kind: PackKind| one.of.map(|of| Command::Packs(PacksCommand::Look(kind, of)));
    let (icon, command) = match one.what {
        Some(SealedKind::DonorReport) => (icons::DRAFT, Some(Command::Report(ReportCommand::Restate(one.seal)))),
        Some(SealedKind::Submission) | None => (icons::DRAFT, None),
        Some(SealedKind::Binder) => (icons::EXPORT, of(PackKind::Binder)),
        Some(SealedKind::AuditPack) => (icons::EXPORT, of(PackKind::Audit)),
        Some(SealedKind::VisitReport) => (icons::EXPORT, of(PackKind::Visit)),
        Some(SealedKind::CustomsComparison) => (icons::EXPORT, of(PackKind::Customs)),
        Some(SealedKind::IncidentLog) => (icons::EXPORT, of(PackKind::Incidents)),
    };
    let Some(command) = command else { return };
    let is_pack = matches!(command, Command::Packs(_));
    let name = if is_pack { "Make it again…".to_owned() } else { command.text() };
    let button = Button::new(format!("{icon} {name}"));
    if ui.add_enabled(command.is_enabled(model), button).accessible_name(name).clicked() {
        commands.push(command);
    }
}
