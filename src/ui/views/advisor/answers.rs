//! The answers: barred, needed, not clear, not needed; each with the rows that say so.

use eframe::egui::{Align, Label, Layout, Ui, vec2};

use crate::domain::record::RuleAnswer;
use crate::domain::rules::book::SHIPPED_ROW as SHIPPED;
use crate::services::queries::{ActNeeds, CitedRow, NeedRow, NeedsTable};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::theme::{self, Tone, size, space};
use crate::ui::views::upper_first;
use crate::ui::widgets::badge::tone_badge_ui;
use crate::ui::widgets::button::icon_button_ui;
use crate::ui::widgets::card;

/// Paints the answers for the act that was asked.
pub(super) fn table_ui(ui: &mut Ui, table: &NeedsTable, model: &Model, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = space::LARGE;
    for act in &table.acts {
        let heading = format!("{} on {}", act.what, act.on);
        card::card_ui(ui, &heading, |ui| act_ui(ui, act, model, commands));
    }
}

fn act_ui(ui: &mut Ui, act: &ActNeeds, model: &Model, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = space::SMALL;
    for sentence in &act.missing {
        let colours = Tone::Warn.colours(ui.visuals());
        let words = eframe::egui::RichText::new(format!("{} {sentence}", icons::WARNING)).color(colours.text);
        ui.add(Label::new(words).wrap());
    }
    if let Some(nothing) = act.nothing() {
        ui.add(Label::new(theme::semibold(nothing)).wrap());
    }
    for need in &act.needs {
        ui.push_id(&need.instrument, |ui| need_ui(ui, need, model, commands));
    }
}

const fn look(answer: RuleAnswer) -> (Tone, &'static str) {
    match answer {
        RuleAnswer::Barred => (Tone::Bad, icons::CANCELLED),
        RuleAnswer::Needed => (Tone::Progress, icons::INSTRUMENT),
        RuleAnswer::Unclear => (Tone::Warn, icons::QUESTION),
        RuleAnswer::NotNeeded => (Tone::Muted, icons::PLANNED),
    }
}

fn need_ui(ui: &mut Ui, need: &NeedRow, model: &Model, commands: &mut Vec<Command>) {
    card::inset_frame(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::TINY;
        ui.spacing_mut().interact_size.y = 0.0;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::SMALL;
            let (tone, icon) = look(need.answer);
            tone_badge_ui(ui, tone, icon, need.answer.label());
            let name = format!("{}: {}", need.authority, need.name);
            ui.add(Label::new(theme::semibold(name)).wrap());
            if !need.section.is_empty() {
                ui.label(theme::muted(&need.section));
            }
        });
        ui.add(Label::new(&need.words).wrap());
        for row in &need.rows {
            cited_ui(ui, row, model, commands);
        }
        if !need.others.is_empty() {
            let codes: Vec<&str> = need.others.iter().map(|row| row.code.as_str()).collect();
            let words = format!("Less strict rows that speak of it too: {}", codes.join(", "));
            ui.add(Label::new(theme::small(words)).wrap());
        }
    });
}

fn cited_ui(ui: &mut Ui, row: &CitedRow, model: &Model, commands: &mut Vec<Command>) {
    let correct = Command::CorrectRule(row.code.clone());
    let width = (ui.available_width() - size::CONTROL_SMALL - space::SMALL).max(size::FIELD);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(width);
            let words = format!("{}: {}", row.code, row.citation);
            ui.add(Label::new(theme::small(words).color(ui.visuals().text_color())).wrap()).on_hover_text(&row.title);
            ui.add(Label::new(theme::small(format!("{}, checked on {}", row.confidence, row.checked_on))).wrap());
            if let Some(not_verified) = &row.not_verified {
                tone_badge_ui(ui, Tone::Warn, icons::COUNTDOWN, &upper_first(not_verified));
            }
            if row.origin != SHIPPED {
                tone_badge_ui(ui, Tone::Neutral, icons::EDIT, &upper_first(row.origin));
            }
        });
        ui.add_enabled_ui(correct.is_enabled(model), |ui| {
            if icon_button_ui(ui, icons::EDIT, &format!("Correct this row, {}", row.code)).clicked() {
                commands.push(correct);
            }
        });
    });
}
