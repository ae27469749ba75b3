//! A report as it would be made now: its facts, texts and tables. A figure with a list behind it is a link to that list.

use eframe::egui::{Align, Grid, Label, Layout, Link, RichText, ScrollArea, Ui, vec2};

use crate::domain::document::{Block, Cell, CellTone, Fact, Table};
use crate::services::reports::{Behind, DonorReport, Figure};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::goods::LinesArrangement;
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
        Block::Chart(chart) => {
            let words = format!("{} Chart in the file: {}, {}. {}", icons::GOODS, chart.title, chart.unit, chart.alt);
            ui.add(Label::new(theme::small(words)).wrap());
        }
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
                let command = behind.and_then(|figure| command_of(&figure.behind));
                if column.is_number {
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        cell_ui(ui, cell, at.is_none(), command, commands);
                    });
                } else {
                    cell_ui(ui, cell, at.is_none(), command, commands);
                }
            }
            ui.end_row();
        }
    });
}

fn cell_ui(ui: &mut Ui, cell: &Cell, total: bool, command: Option<Command>, commands: &mut Vec<Command>) {
    let words = cell.words();
    let text = if total { theme::semibold(&words) } else { RichText::new(&words) };
    match (cell, command) {
        (Cell::Empty, _) => {
            ui.label("");
        }
        (Cell::State { tone, .. }, _) => {
            let (tone, icon) = match tone {
                CellTone::Good => (Tone::Good, icons::CHECK_CIRCLE),
                CellTone::Warning => (Tone::Warn, icons::WARNING),
                CellTone::Bad => (Tone::Bad, icons::ALERT),
                CellTone::Quiet => (Tone::Neutral, icons::INFO),
            };
            let colour = tone.colours(ui.visuals()).text;
            ui.label(RichText::new(format!("{icon} {words}")).color(colour));
        }
        (_, Some(command)) => {
            if ui.add(Link::new(text)).on_hover_text("Show what is behind this figure").clicked() {
                commands.push(command);
            }
        }
        (_, None) => {
            ui.label(text);
        }
    }
}

/// What shows the list behind a figure. People reached have no list of their own yet: their records have.
fn command_of(behind: &Behind) -> Option<Command> {
    Some(match behind {
        Behind::Lines(query) => {
            Command::ShowLines(Box::new(LinesArrangement::behind(query.role, query.filter.clone())))
        }
        Behind::Records(query) => Command::ShowList(query.kind, Box::new(query.filter.clone())),
        Behind::One(id) => Command::Open(*id),
        Behind::Reach(_) => return None,
    })
}
