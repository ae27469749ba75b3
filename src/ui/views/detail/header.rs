//! The head of the pane: which record it is, how it stands, and what can be done with it.

use eframe::egui::{Align, Button, Label, Layout, Ui};

use crate::domain::record::RecordKind;
use crate::domain::status::Validity;
use crate::domain::summary::Source;
use crate::services::queries::{CUT_HEADING, Detail, ListRow};
use crate::ui::command::{Command, child_label};
use crate::ui::icons;
use crate::ui::model::coverage::CoverageCommand;
use crate::ui::model::files::FilesCommand;
use crate::ui::model::packs::PacksCommand;
use crate::ui::model::planner::Planning;
use crate::ui::model::{Model, kin};
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::badge::{category_tag_ui, status_badge_ui, tone_badge_ui};
use crate::ui::widgets::button::icon_button_ui;
use crate::ui::widgets::card;

/// Paints the head.
pub(super) fn header_ui(ui: &mut Ui, model: &Model, detail: &Detail, commands: &mut Vec<Command>) {
    names_ui(ui, detail, commands);
    badges_ui(ui, &detail.row);
    actions_ui(ui, model, detail, commands);
    if !detail.remarks.is_empty() {
        remarks_ui(ui, &detail.remarks);
    }
}

fn names_ui(ui: &mut Ui, detail: &Detail, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        let kind = format!("{} {} {}", icons::for_kind(detail.kind), detail.kind.label(), detail.row.reference);
        ui.add(Label::new(theme::muted(kind)).truncate());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button_ui(ui, icons::CLOSE, &Command::CloseRecord.text()).clicked() {
                commands.push(Command::CloseRecord);
            }
        });
    });
    ui.add(Label::new(theme::heading(&detail.row.title)).wrap());
}

fn badges_ui(ui: &mut Ui, row: &ListRow) {
    ui.horizontal_wrapped(|ui| {
        if let Some(status) = &row.status {
            status_badge_ui(ui, &status.word, &status.label).on_hover_text(format!("Since {}", status.since));
            let validity = Validity::from_word(&status.validity).filter(|validity| *validity != Validity::None);
            if let Some(validity) = validity.filter(|validity| validity.word() != status.word) {
                status_badge_ui(ui, validity.word(), validity.label());
            }
        }
        if row.source == Source::Public {
            tone_badge_ui(ui, Tone::Neutral, icons::PUBLIC, "Public record")
                .on_hover_text("Another organisation's filing, known from public sources");
        }
        for category in &row.categories {
            category_tag_ui(ui, category);
        }
    });
}

fn actions_ui(ui: &mut Ui, model: &Model, detail: &Detail, commands: &mut Vec<Command>) {
    let id = detail.row.id;
    let mut offered: Vec<(&'static str, String, Command)> = Vec::new();
    offered.extend(of_coverage(model, detail).map(|(icon, command)| (icon, command.text(), command)));
    offered.extend(adding(detail).into_iter().map(|(kind, command)| (icons::ADD, child_label(kind), command)));
    let drafting = (detail.kind == RecordKind::Project).then_some((icons::DRAFT, Command::DraftMatters(id)));
    let attaching = (!matches!(detail.kind, RecordKind::Attachment | RecordKind::Seal | RecordKind::Mark))
        .then_some((icons::ATTACHMENT, Command::Files(FilesCommand::AskAttach(id))));
    let usual = [
        (icons::EDIT, Command::Edit(id)),
        (icons::COPY, Command::Duplicate(id)),
        (icons::TRASH, Command::AskDelete(id)),
    ];
    let packs =
        PacksCommand::of(detail.kind).iter().map(|kind| (icons::EXPORT, Command::Packs(PacksCommand::Look(*kind, id))));
    let packs = packs.filter(|_| detail.row.source == Source::Own);
    for (icon, command) in planning(detail).into_iter().chain(drafting).chain(packs).chain(attaching).chain(usual) {
        offered.push((icon, command.text(), command));
    }
    ui.horizontal_wrapped(|ui| {
        for (icon, words, command) in offered {
            let button = Button::new(format!("{icon} {words}"));
            if ui.add_enabled(command.is_enabled(model), button).accessible_name(words).clicked() {
                commands.push(command);
            }
        }
    });
}

/// What the coverage ledger offers for the record.
fn of_coverage(model: &Model, detail: &Detail) -> Option<(&'static str, Command)> {
    let id = detail.row.id;
    let cut = || detail.sections.iter().any(|section| section.heading == CUT_HEADING) && model.as_of().is_none();
    let (icon, command) = match detail.kind {
        RecordKind::Shipment | RecordKind::Trip => (icons::CHECKS, CoverageCommand::Show(id)),
        RecordKind::Clearance => (icons::FILE, CoverageCommand::AskSheet(id, detail.row.reference.clone())),
        RecordKind::Request if cut() => (icons::BALANCE, CoverageCommand::CarryCut(id)),
        _ => return None,
    };
    Some((icon, Command::Coverage(command)))
}

/// What can be planned with the record.
fn planning(detail: &Detail) -> Option<(&'static str, Command)> {
    let id = Some(detail.row.id);
    match detail.kind {
        RecordKind::Shipment | RecordKind::Trip => Some((icons::EVENT, Command::Plan(Planning::WhatIf(id)))),
        RecordKind::Permission => Some((icons::PLANNED, Command::Plan(Planning::Slots(id)))),
        _ => None,
    }
}

/// What can be added to the record.
fn adding(detail: &Detail) -> Vec<(RecordKind, Command)> {
    let (parent, parent_kind) = (detail.row.id, detail.kind);
    let under = |kind: RecordKind| (kind, Command::NewUnder { kind, parent_kind, parent });
    let letter = (parent_kind == RecordKind::Decision).then_some((RecordKind::Permission, Command::AddLetter(parent)));
    letter.into_iter().chain(kin::children_of(parent_kind).into_iter().map(under)).collect()
}

fn remarks_ui(ui: &mut Ui, remarks: &[String]) {
    let colours = Tone::Warn.colours(ui.visuals());
    card::inset_frame(ui).fill(colours.fill).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        for remark in remarks {
            let words = eframe::egui::RichText::new(format!("{} {remark}", icons::WARNING)).color(colours.text);
            ui.add(Label::new(words).wrap());
        }
    });
}
