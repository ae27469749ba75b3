//! What belongs to a record or names it, by kind.

use eframe::egui::{Label, Link, Ui};

use crate::domain::summary::Source;
use crate::services::queries::{ListRow, RelatedGroup};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::theme::{self, space};
use crate::ui::widgets::badge::status_badge_ui;
use crate::ui::widgets::card;

/// Paints the groups.
pub(super) fn groups_ui(ui: &mut Ui, groups: &[RelatedGroup], commands: &mut Vec<Command>) {
    for group in groups {
        ui.label(theme::section(format!("{} {}", group.kind.heading(), group.rows.len())));
        card::inset_frame(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            for row in &group.rows {
                ui.push_id(row.id, |ui| row_ui(ui, row, icons::for_kind(group.kind), commands));
            }
        });
        ui.add_space(space::SMALL);
    }
}

fn row_ui(ui: &mut Ui, row: &ListRow, icon: &str, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        let link = Link::new(format!("{icon} {}", row.reference));
        if ui.add(link).accessible_name(format!("{} {}", row.reference, row.title)).clicked() {
            commands.push(Command::Open(row.id));
        }
        if row.source == Source::Public {
            ui.label(theme::muted(icons::PUBLIC)).on_hover_text("Of the public record, not ours");
        }
        if let Some(status) = &row.status {
            status_badge_ui(ui, &status.word, &status.label);
        }
        if !row.begun_on.is_empty() {
            ui.label(theme::muted(&row.begun_on));
        }
        ui.add(Label::new(&row.title).truncate());
    });
}
