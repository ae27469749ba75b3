//! The time that each authority takes: our own filings beside the public record.

use eframe::egui::{Align, Label, Layout, Ui, vec2};

use crate::domain::kaplan_meier::Percentile;
use crate::domain::summary::Source;
use crate::services::queries::{DurationRow, DurationTable};
use crate::ui::icons;
use crate::ui::theme::{self, size, space, window};
use crate::ui::widgets::card::card_ui;
use crate::ui::widgets::empty::empty_ui;

/// The part of the room that a time takes.
const TIME_PART: f32 = 0.24;

/// Paints the card.
pub fn durations_ui(ui: &mut Ui, table: &DurationTable) {
    card_ui(ui, "Time each authority takes", |ui| {
        let words = "Days from sending to the answer, with their spread (95 %). Open cases are kept in the estimate";
        ui.add(Label::new(theme::small(words)).wrap());
        if table.rows.is_empty() {
            empty_ui(ui, icons::HOURGLASS, "Nothing was sent up to this day", None);
            return;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let time = (ui.available_width() * TIME_PART).min(2.0 * window::FIGURE);
        let headings = ["Half answered", "80 of 100", "Cases, open"].map(str::to_owned);
        line_ui(ui, size::HEADING_LINE, time, &headings, |_| {});
        for row in table.rows.iter().filter(|row| is_shown(row)) {
            let counts = format!("{}, {} open", row.answered + row.open, row.open);
            let cells = [days(row.median), days(row.most), counts];
            line_ui(ui, size::CONTROL, time, &cells, |ui| name_ui(ui, row));
        }
        if !table.public_note.is_empty() {
            ui.add_space(space::SMALL);
            ui.add(Label::new(theme::small(&table.public_note)).wrap());
        }
    });
}

/// Every authority with all its filings, and our own extensions and renewals, on which days to ask by can stand.
fn is_shown(row: &DurationRow) -> bool {
    row.filing.is_empty() || row.source == Source::Own && ["Extension", "Renewal"].contains(&row.filing.as_str())
}

fn name_ui(ui: &mut Ui, row: &DurationRow) {
    ui.spacing_mut().item_spacing.x = space::SMALL;
    if row.filing.is_empty() {
        ui.add(Label::new(theme::strong(&row.authority)).truncate());
        ui.add(Label::new(theme::small(if row.source == Source::Own { "ours" } else { "public record" })).truncate());
    } else {
        ui.add_space(space::LARGE);
        ui.add(Label::new(theme::small(&row.filing)).truncate());
    }
}

/// A line: the name, and figures from the right.
fn line_ui(ui: &mut Ui, height: f32, time: f32, cells: &[String; 3], name: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(ui.available_width(), height), Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_height(height);
        ui.spacing_mut().item_spacing.x = 0.0;
        let widths = [time, time, window::FIGURE];
        for (cell, width) in cells.iter().zip(widths).rev() {
            let room = vec2(width, ui.available_height());
            ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
                ui.set_min_size(room);
                ui.add(Label::new(theme::small(cell).color(ui.visuals().text_color())).truncate());
            });
        }
        ui.with_layout(Layout::left_to_right(Align::Center), name);
    });
}

/// A percentile with its spread; where it was not reached, that is said.
fn days(percentile: Percentile) -> String {
    let Percentile { days: Some(days), lower, upper } = percentile else { return "not reached".to_owned() };
    let lower = lower.unwrap_or(days);
    match upper {
        Some(upper) => format!("{days} ({lower} to {upper})"),
        None => format!("{days} ({lower} or more)"),
    }
}
