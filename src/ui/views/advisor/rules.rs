//! The rule book: every row in use, where it comes from, and what should be looked at again.

use eframe::egui::{self, Label, TextEdit, Ui};
use egui_extras::{Column, TableRow};

use crate::domain::record::RecordKind;
use crate::domain::rules::book::SHIPPED_ROW;
use crate::services::queries::{NOT_LEGAL_ADVICE, RuleLine};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::route::Route;
use crate::ui::model::scroll::Scroll;
use crate::ui::theme::{self, Tone, size, space, window};
use crate::ui::views::upper_first;
use crate::ui::widgets::badge::tone_badge_ui;
use crate::ui::widgets::button::{icon_button_ui, quiet_button_ui};
use crate::ui::widgets::card;
use crate::ui::widgets::empty::empty_ui;
use crate::ui::widgets::long_table::LongTable;

/// The headings; the last column holds the button.
const HEADINGS: [&str; 6] = ["Code", "What it says", "Answers", "From", "Until", "Source"];

/// How many of them there is room for beside a form.
const NARROW: usize = 2;

/// Paints the page.
pub fn page_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.label(theme::heading(Route::Rules.label()));
        if quiet_button_ui(ui, icons::QUESTION, "Ask what an act needs").clicked() {
            commands.push(Command::Go(Route::Advisor));
        }
        let own = Command::Go(Route::List(RecordKind::Rule));
        if quiet_button_ui(ui, icons::RULE, "Our own rows").clicked() {
            commands.push(own);
        }
        let new = Command::New(RecordKind::Rule);
        let button = ui.add_enabled(new.is_enabled(model), egui::Button::new(format!("{} {}", icons::ADD, new.text())));
        if button.accessible_name(new.text()).clicked() {
            commands.push(new);
        }
    });
    ui.add(Label::new(theme::muted(format!("{} {NOT_LEGAL_ADVICE}", icons::INFO))).wrap());
    let page = model.advisor_mut();
    let field = TextEdit::singleline(&mut page.find).desired_width(window::FILTER_TEXT);
    ui.add(field.hint_text(format!("{} Filter", icons::SEARCH))).accessible_name("Filter the rules by text");
    ui.add_space(space::TINY);
    if let Some(failure) = page.rules.failure() {
        empty_ui(ui, icons::ALERT, failure, None);
    }
    let lines = model.advisor().found();
    card::frame(ui).inner_margin(0).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        if lines.is_empty() {
            empty_ui(ui, icons::RULE, "No rule holds these words", None);
            return;
        }
        table_ui(ui, &lines, model, commands);
    });
}

fn table_ui(ui: &mut Ui, lines: &[&RuleLine], model: &Model, commands: &mut Vec<Command>) {
    ui.visuals_mut().widgets.noninteractive.bg_stroke = egui::Stroke::NONE;
    let id = egui::Id::unique("rules");
    // Beside a form there is room for what a row is called, and the rest stands under the pointer.
    let wide = ui.available_width() >= size::TWO_COLUMNS;
    let mut columns = vec![Column::exact(window::FIGURE), Column::remainder().at_least(window::FIGURE).clip(true)];
    if wide {
        columns.push(Column::remainder().at_least(window::FIGURE).clip(true));
        columns.extend([Column::exact(window::FIGURE), Column::exact(window::FIGURE)]);
        columns.push(Column::exact(window::AS_OF).clip(true));
    }
    columns.push(Column::exact(window::TICK));
    // Where the table stands belongs to no record and is of no use to anybody else.
    let mut scroll: Scroll = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let long = LongTable { id, columns, count: lines.len(), scroll: &mut scroll, reveal: None };
    long.show(
        ui,
        |cells| headings_ui(cells, wide),
        |at, row| {
            if let Some(line) = lines.get(at) {
                row_ui(row, line, wide, model, commands);
            }
        },
    );
    ui.data_mut(|data| data.insert_temp(id, scroll));
}

fn headings_ui(cells: &mut TableRow<'_, '_>, wide: bool) {
    let shown = if wide { HEADINGS.len() } else { NARROW };
    for words in HEADINGS.into_iter().take(shown).chain([""]) {
        cells.col(|ui| {
            ui.add_space(space::MEDIUM);
            ui.add(Label::new(theme::small(words)).truncate());
        });
    }
}

fn row_ui(row: &mut TableRow<'_, '_>, line: &RuleLine, wide: bool, model: &Model, commands: &mut Vec<Command>) {
    let hover = format!("{}\n{}\n{}\n{}", line.title, line.answers, line.citation, line.confidence);
    let title = format!("{}: {}", line.act, line.title);
    let texts = [&line.code, &title, &line.answers, &line.from, &line.to];
    for text in texts.into_iter().take(if wide { HEADINGS.len() } else { NARROW }) {
        row.col(|ui| {
            ui.add_space(space::MEDIUM);
            ui.add(Label::new(text).truncate()).on_hover_text(&hover);
        });
    }
    if wide {
        row.col(|ui| source_ui(ui, line));
    }
    row.col(|ui| {
        let correct = Command::CorrectRule(line.code.clone());
        ui.add_enabled_ui(correct.is_enabled(model), |ui| {
            if icon_button_ui(ui, icons::EDIT, &format!("Correct this row, {}", line.code)).clicked() {
                commands.push(correct);
            }
        });
    });
}

/// Where a row comes from, or why it should be looked at again.
fn source_ui(ui: &mut Ui, line: &RuleLine) {
    ui.add_space(space::MEDIUM);
    match (line.stale.first(), line.origin) {
        (Some(stale), _) => drop(tone_badge_ui(ui, Tone::Warn, icons::COUNTDOWN, &upper_first(stale))),
        (None, SHIPPED_ROW) => {
            ui.add(Label::new(theme::muted(format!("Checked on {}", line.checked_on))).truncate());
        }
        (None, origin) => drop(tone_badge_ui(ui, Tone::Neutral, icons::EDIT, &upper_first(origin))),
    }
}
