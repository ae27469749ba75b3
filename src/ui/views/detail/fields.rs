//! What stands in a record, section by section; rows as tables, other records as links.

use eframe::egui::{Align, Grid, Label, Layout, Response, ScrollArea, TextStyle, TextWrapMode, Ui, WidgetText, vec2};

use crate::domain::record::RecordKind;
use crate::services::queries::{Detail, DetailCell, DetailValue, RecordLink};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::theme::{self, size, space, window};
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
            let is_told = section.heading == *label;
            ui.push_id((at, nth), |ui| field_ui(ui, label, is_told, value, commands));
        }
    }
}

fn field_ui(ui: &mut Ui, label: &str, is_told: bool, value: &DetailValue, commands: &mut Vec<Command>) {
    if let DetailValue::Table { columns, rows } = value {
        // The heading of the section says the same where it holds only this table.
        if !is_told {
            ui.label(theme::small(label));
        }
        table_ui(ui, label, columns, rows, commands);
        return;
    }
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(window::LABEL, 0.0), Layout::top_down(Align::Min), |ui| {
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
    let words = link_words(link);
    let text = format!("{} {words}", icons::for_kind(link.kind));
    if ui.add(eframe::egui::Link::new(text)).accessible_name(words).clicked() {
        commands.push(Command::Open(link.id));
    }
}

fn link_words(link: &RecordLink) -> String {
    // The code of a reference list is for files; people read the name.
    let is_code = matches!(
        link.kind,
        RecordKind::Site
            | RecordKind::Authority
            | RecordKind::Instrument
            | RecordKind::Category
            | RecordKind::Organisation
    );
    match (link.reference.as_str(), link.title.as_str()) {
        (_code, title) if is_code && !title.is_empty() => title.to_owned(),
        (reference, "") => reference.to_owned(),
        ("", title) => title.to_owned(),
        (reference, title) => format!("{reference}  {title}"),
    }
}

fn table_ui(ui: &mut Ui, label: &str, columns: &[String], rows: &[Vec<DetailCell>], commands: &mut Vec<Command>) {
    let widths: Vec<Option<f32>> =
        columns.iter().enumerate().map(|(at, name)| number_width(ui, at, name, rows)).collect();
    card::inset_frame(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().interact_size.y = size::BADGE;
        ScrollArea::horizontal().id_salt(label).show(ui, |ui| {
            Grid::new(label).num_columns(columns.len()).spacing([space::LARGE, space::TINY]).show(ui, |ui| {
                for (column, width) in columns.iter().zip(&widths) {
                    to_the_right_ui(ui, *width, |ui| ui.add(Label::new(theme::small(column)).extend()));
                }
                ui.end_row();
                for row in rows {
                    for (cell, width) in row.iter().zip(&widths) {
                        cell_ui(ui, cell, *width, commands);
                    }
                    ui.end_row();
                }
            });
        });
    });
}

/// How wide a column of numbers is; `None` for a column of words.
fn number_width(ui: &Ui, at: usize, heading: &str, rows: &[Vec<DetailCell>]) -> Option<f32> {
    let numbers = rows.iter().filter_map(|row| match row.get(at) {
        Some(DetailCell::Number(number)) => Some(text_width(ui, number, TextStyle::Body)),
        _ => None,
    });
    let widest = numbers.reduce(f32::max)?;
    Some(widest.max(text_width(ui, heading, TextStyle::Small)))
}

/// Numbers end at the same place; words begin there.
fn to_the_right_ui(ui: &mut Ui, width: Option<f32>, contents: impl FnOnce(&mut Ui) -> Response) {
    match width {
        None => {
            contents(ui);
        }
        Some(width) => {
            let room = vec2(width, size::BADGE);
            ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), contents);
        }
    }
}

fn cell_ui(ui: &mut Ui, cell: &DetailCell, width: Option<f32>, commands: &mut Vec<Command>) {
    match cell {
        DetailCell::Text(text) if text_width(ui, text, TextStyle::Body) > window::CELL => {
            narrow_ui(ui, |ui| {
                ui.add(Label::new(text).wrap());
            });
        }
        DetailCell::Text(text) | DetailCell::Number(text) => {
            to_the_right_ui(ui, width, |ui| ui.add(Label::new(text).extend()));
        }
        DetailCell::Link(link) if text_width(ui, &link_words(link), TextStyle::Body) > window::CELL => {
            narrow_ui(ui, |ui| link_ui(ui, link, commands));
        }
        DetailCell::Link(link) => link_ui(ui, link, commands),
    }
}

/// Long words break into lines, so that the columns after them stay in sight.
fn narrow_ui(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.set_max_width(window::CELL);
        contents(ui);
    });
}

fn text_width(ui: &Ui, text: &str, style: TextStyle) -> f32 {
    WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Extend), f32::INFINITY, style).size().x
}
