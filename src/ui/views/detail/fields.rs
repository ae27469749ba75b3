//! What stands in a record, section by section; rows as tables, other records as links.

use eframe::egui::{Align, Grid, Label, Layout, ScrollArea, Ui};

use crate::services::queries::{Detail, DetailCell, DetailValue, RecordLink};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::theme::{self, space, window};
use crate::ui::widgets::card;

/// Paints the sections.
pub(super) fn sections_ui(ui: &mut Ui, detail: &Detail, commands: &mut Vec<Command>) {
    if detail.sections.is_empty() {
        ui.label(theme::muted("Nothing more is filled in"));
    }
    for (at, section) in detail.sections.iter().enumerate() {
        if !section.heading.is_empty() {
            ui.add_space(space::SMALL);
            ui.label(theme::section(&section.heading));
        }
        for (nth, (label, value)) in section.fields.iter().enumerate() {
            ui.push_id((at, nth), |ui| field_ui(ui, label, value, commands));
        }
    }
}

fn field_ui(ui: &mut Ui, label: &str, value: &DetailValue, commands: &mut Vec<Command>) {
    if let DetailValue::Table { columns, rows } = value {
        ui.label(theme::small(label));
        table_ui(ui, label, columns, rows, commands);
        return;
    }
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(eframe::egui::vec2(window::LABEL, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(window::LABEL);
            ui.add(Label::new(theme::muted(label)).wrap());
        });
        ui.vertical(|ui| match value {
            DetailValue::Text(text) => {
                ui.add(Label::new(text).wrap().selectable(true));
            }
            DetailValue::Links(links) => {
                for link in links {
                    link_ui(ui, link, commands);
                }
            }
            DetailValue::Table { .. } => {}
        });
    });
}

/// A record that opens on a click.
pub(super) fn link_ui(ui: &mut Ui, link: &RecordLink, commands: &mut Vec<Command>) {
    let words = match (link.reference.as_str(), link.title.as_str()) {
        (reference, "") => reference.to_owned(),
        ("", title) => title.to_owned(),
        (reference, title) => format!("{reference}  {title}"),
    };
    let text = format!("{} {words}", icons::for_kind(link.kind));
    if ui.add(eframe::egui::Link::new(text)).accessible_name(words).clicked() {
        commands.push(Command::Open(link.id));
    }
}

fn table_ui(ui: &mut Ui, label: &str, columns: &[String], rows: &[Vec<DetailCell>], commands: &mut Vec<Command>) {
    card::inset_frame(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ScrollArea::horizontal().id_salt(label).show(ui, |ui| {
            Grid::new(label).num_columns(columns.len()).spacing([space::LARGE, space::SMALL]).show(ui, |ui| {
                for (at, column) in columns.iter().enumerate() {
                    let is_number = rows.iter().any(|row| matches!(row.get(at), Some(DetailCell::Number(_))));
                    let layout = if is_number { Align::Max } else { Align::Min };
                    ui.with_layout(Layout::top_down(layout), |ui| ui.label(theme::small(column)));
                }
                ui.end_row();
                for row in rows {
                    for cell in row {
                        cell_ui(ui, cell, commands);
                    }
                    ui.end_row();
                }
            });
        });
    });
}

fn cell_ui(ui: &mut Ui, cell: &DetailCell, commands: &mut Vec<Command>) {
    match cell {
        DetailCell::Text(text) => {
            ui.add(Label::new(text).extend());
        }
        DetailCell::Number(number) => {
            ui.with_layout(Layout::top_down(Align::Max), |ui| ui.add(Label::new(number).extend()));
        }
        DetailCell::Link(link) => link_ui(ui, link, commands),
    }
}
