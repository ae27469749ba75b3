//! A report as it would be made now: its facts, texts and tables. A figure with a list behind it is a link to that list.

use eframe::egui::{Align, Grid, Label, Layout, Link, RichText, ScrollArea, Ui, vec2};

use super::chart;
use crate::domain::document::{Block, Cell, CellTone, Column, Fact, Table};
use crate::domain::record::RecordKind;
use crate::services::reports::{Behind, DonorReport, Figure};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::reports::ReportCommand;
use crate::ui::theme::{self, Tone, space, window};
use crate::ui::widgets::card::card_ui;

/// How many rows of a table the page shows; the file has them all.
const MOST_ROWS: usize = 40;

/// Paints a report.
pub(super) fn report_ui(ui: &mut Ui, made: &DonorReport, commands: &mut Vec<Command>) {
    card_ui(ui, &made.document.title, |ui| {
        for title in &made.unwritten {
            let warn = Tone::Warn.colours(ui.visuals()).text;
            let words = format!("{} “{title}” has no text yet", icons::WARNING);
            ui.add(Label::new(RichText::new(words).color(warn)).wrap());
        }
        facts_ui(ui, &made.document.facts);
    });
    for (at, block) in made.document.blocks.iter().enumerate() {
        ui.push_id(at, |ui| block_ui(ui, block, &made.figures, commands));
    }
    ui.add(Label::new(theme::muted(&made.document.foot)).wrap());
    ui.add_space(space::HUGE);
}

fn facts_ui(ui: &mut Ui, facts: &[Fact]) {
    for fact in facts {
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(window::LABEL, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(window::LABEL);
                ui.add(Label::new(theme::muted(&fact.label)).wrap());
            });
            ui.add(Label::new(&fact.value).wrap());
        });
    }
}

fn block_ui(ui: &mut Ui, block: &Block, figures: &[Figure], commands: &mut Vec<Command>) {
    match block {
        Block::Heading { text, .. } => {
            ui.add_space(space::SMALL);
            ui.label(theme::heading(text));
        }
        Block::Text(text) => {
            ui.scope(|ui| {
                ui.set_max_width(ui.available_width().min(window::PAGE));
                ui.add(Label::new(text).wrap());
            });
        }
        Block::Table(table) => table_ui(ui, table, figures, commands),
        Block::Chart(chart) => chart::chart_ui(ui, chart),
        Block::Notice(text) => {
            ui.add(Label::new(format!("{} {text}", icons::INFO)).wrap());
        }
        _ => {}
    }
}

fn table_ui(ui: &mut Ui, table: &Table, figures: &[Figure], commands: &mut Vec<Command>) {
    card_ui(ui, &table.title, |ui| {
        if table.rows.is_empty() {
            ui.label(theme::muted(&table.empty));
        } else {
            ScrollArea::horizontal().auto_shrink([false, true]).show(ui, |ui| grid_ui(ui, table, figures, commands));
        }
        if table.rows.len() > MOST_ROWS {
            let words = format!("{} more rows in the file", table.rows.len() - MOST_ROWS);
            ui.label(theme::muted(words));
        }
        for note in &table.notes {
            ui.add(Label::new(theme::small(note)).wrap());
        }
    });
}

fn grid_ui(ui: &mut Ui, table: &Table, figures: &[Figure], commands: &mut Vec<Command>) {
    Grid::new(&table.key).striped(true).spacing([space::LARGE, space::TINY]).show(ui, |ui| {
        for column in &table.columns {
            let words = theme::small(&column.label);
            if column.is_number {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(words));
            } else {
                ui.label(words);
            }
        }
        ui.end_row();
        let rows = table.rows.iter().take(MOST_ROWS).enumerate().map(|(at, row)| (Some(at), row));
        let totals = Some((None, &table.totals)).filter(|(_, totals)| !totals.is_empty());
        for (at, row) in rows.chain(totals) {
            for (cell, column) in row.iter().zip(&table.columns) {
                let behind = figures
                    .iter()
                    .find(|figure| figure.table == table.key && figure.row == at && figure.column == column.name);
                let behind = behind.map(|figure| &figure.behind);
                let named = Named { table, column, behind, total: at.is_none() };
                if column.is_number {
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| cell_ui(ui, cell, &named, commands));
                } else {
                    cell_ui(ui, cell, &named, commands);
                }
            }
            ui.end_row();
        }
    });
}

/// Where a cell stands, and what is behind it.
struct Named<'a> {
    table: &'a Table,
    column: &'a Column,
    behind: Option<&'a Behind>,
    total: bool,
}

impl Named<'_> {
    /// What a reader is told over a figure.
    fn hint(&self) -> Option<String> {
        Some(match self.behind? {
            Behind::Lines(_) => "Show the rows of goods behind this figure".to_owned(),
            Behind::Records(query) => {
                let records = match query.kind {
                    RecordKind::Reach => "records of people reached".to_owned(),
                    kind => kind.plural().replace('_', " "),
                };
                format!("Show the {records} behind this figure")
            }
            Behind::One { .. } => "Open the record that says this".to_owned(),
            Behind::Reckoned(names) => {
                let labels = names.iter().filter_map(|name| self.table.columns.iter().find(|one| one.name == *name));
                let labels: Vec<String> = labels.map(|column| format!("“{}”", column.label)).collect();
                format!("Reckoned from {} in this row", labels.join(" and "))
            }
        })
    }

    /// What a click on it does.
    fn command(&self) -> Option<Command> {
        let behind = self.behind.filter(|behind| !matches!(behind, Behind::Reckoned(_)))?;
        Some(Command::Report(ReportCommand::ShowBehind(Box::new(behind.clone()))))
    }
}

fn cell_ui(ui: &mut Ui, cell: &Cell, named: &Named<'_>, commands: &mut Vec<Command>) {
    let words = cell.words();
    let text = if named.total { theme::semibold(&words) } else { RichText::new(&words) };
    let hint = named.hint();
    let response = match (cell, named.command()) {
        (Cell::Empty, _) => {
            ui.label("");
            return;
        }
        (Cell::State { tone, .. }, _) => {
            let (tone, icon) = match tone {
                CellTone::Good => (Tone::Good, icons::CHECK_CIRCLE),
                CellTone::Warning => (Tone::Warn, icons::WARNING),
                CellTone::Bad => (Tone::Bad, icons::ALERT),
                CellTone::Quiet => (Tone::Neutral, icons::INFO),
            };
            let colour = tone.colours(ui.visuals()).text;
            ui.label(RichText::new(format!("{icon} {words}")).color(colour))
        }
        (_, Some(command)) => {
            let name = format!("{words}, {}. {}", named.column.label, hint.clone().unwrap_or_default());
            let link = ui.add(Link::new(text)).accessible_name(name);
            if link.clicked() {
                commands.push(command);
            }
            link
        }
        (_, None) => ui.label(text),
    };
    if let Some(hint) = hint {
        response.on_hover_text(hint);
    }
}
