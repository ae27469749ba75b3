//! What would become of every row: counts, causes, and the first rows of the state that is looked at.

use eframe::egui::{Grid, Label, RichText, ScrollArea, Ui};

use super::{button_ui, next_ui, note_ui};
use crate::services::import::{Cause, Message, Preview, ROWS_KEPT, RowState, Severity};
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::model::import::{ImportFile, Importing, Step};
use crate::ui::theme::{self, Tone, space};
use crate::ui::widgets::card::card_ui;
use crate::ui::widgets::segmented::segmented_ui;

/// Paints the step.
pub(super) fn page_ui(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let page = model.importer();
    let Some(preview) = page.preview.clone() else {
        ui.label(theme::muted("The columns were changed since the rows were read"));
        ui.horizontal(|ui| super::sheet::preview_button_ui(ui, model, commands));
        return;
    };
    let partial = page.plan.as_ref().is_some_and(|plan| plan.partial);
    summary_ui(ui, &preview);
    let (errors, warnings): (Vec<&Cause>, Vec<&Cause>) =
        preview.causes.iter().partition(|cause| cause.severity == Severity::Error);
    if !errors.is_empty() {
        card_ui(ui, "What keeps rows out", |ui| causes_ui(ui, &preview, &errors));
    }
    if !warnings.is_empty() {
        card_ui(ui, "What should be known", |ui| causes_ui(ui, &preview, &warnings));
    }
    let all: Vec<(RowState, String)> =
        RowState::ALL.iter().map(|state| (*state, format!("{} {}", state.label(), preview.rows.of(*state)))).collect();
    card_ui(ui, "The rows", |ui| {
        let choices: Vec<(RowState, &str)> = all.iter().map(|(state, label)| (*state, label.as_str())).collect();
        segmented_ui(ui, "Rows", &mut model.importer_mut().shown, &choices);
        rows_ui(ui, &preview, model.importer().shown);
    });
    ui.horizontal_wrapped(|ui| actions_ui(ui, model, &preview, partial, commands));
}

fn summary_ui(ui: &mut Ui, preview: &Preview) {
    let plan = &preview.plan;
    let about = format!("{}, sheet “{}”, headings in {}", plan.file_name(), preview.sheet, plan.heads());
    card_ui(ui, &format!("{} from {about}", plan.kind.heading()), |ui| {
        let parts: Vec<String> = RowState::ALL
            .iter()
            .filter(|state| preview.rows.of(**state) > 0)
            .map(|state| {
                let (rows, records) = (preview.rows.of(*state), preview.records.of(*state));
                format!("{} {rows} row{} ({records} record{})", state.label(), s(rows), s(records))
            })
            .collect();
        let words = if parts.is_empty() { "No row stands under the headings".to_owned() } else { parts.join("   ") };
        ui.label(theme::strong(words));
        if !preview.ignored.is_empty() {
            ui.add(Label::new(theme::muted(format!("Columns left out: {}", preview.ignored.join(", ")))).wrap());
        }
        for passed in &preview.passed {
            let rows: Vec<String> = passed.first.iter().take(10).map(u64::to_string).collect();
            let words = format!("{} passed over: {} (row {})", passed.why.label(), passed.count, rows.join(", "));
            ui.add(Label::new(theme::muted(words)).wrap());
        }
        preview.notes.iter().for_each(|note| note_ui(ui, note));
    });
}

const fn s(count: u64) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// How many causes are shown at once.
const CAUSES: usize = 30;

fn causes_ui(ui: &mut Ui, preview: &Preview, causes: &[&Cause]) {
    for (at, cause) in causes.iter().take(CAUSES).enumerate() {
        let heading = if cause.heading.is_empty() { "Whole row" } else { &cause.heading };
        let is_error = cause.severity == Severity::Error;
        let (icon, tone) = if is_error { (icons::REFUSED, Tone::Bad) } else { (icons::WARNING, Tone::Warn) };
        let colour = tone.colours(ui.visuals()).text;
        ui.horizontal_top(|ui| {
            ui.label(RichText::new(icon).color(colour));
            ui.label(theme::semibold(format!("{} × {heading}", cause.count)));
            ui.add(Label::new(&cause.what).wrap());
        });
        ui.indent(("import cause", is_error, at), |ui| {
            for message in cause.first.iter().take(3) {
                ui.add(Label::new(theme::muted(message.sentence(&preview.sheet))).wrap());
            }
        });
    }
    if causes.len() > CAUSES {
        ui.label(theme::muted(format!("{} more causes", causes.len() - CAUSES)));
    }
}

/// How many rows are painted.
const ROWS: usize = 60;

fn rows_ui(ui: &mut Ui, preview: &Preview, state: RowState) {
    let rows: Vec<_> = preview.first.iter().filter(|row| row.state == state).take(ROWS).collect();
    if rows.is_empty() {
        ui.label(theme::muted("No row"));
        return;
    }
    let all = preview.rows.of(state);
    if all > rows.len() as u64 {
        ui.label(theme::muted(format!(
            "The first {} of {all}. The file of a preview keeps {ROWS_KEPT} of each",
            rows.len()
        )));
    }
    ScrollArea::horizontal().id_salt("import preview rows").show(ui, |ui| {
        Grid::new("import preview").striped(true).spacing([space::MEDIUM, space::TINY]).show(ui, |ui| {
            ui.label(theme::small("Row"));
            ui.label(theme::small("What"));
            for heading in &preview.columns {
                ui.label(theme::small(heading));
            }
            ui.end_row();
            for row in rows {
                ui.label(row.row.to_string());
                let changes = row.changes.iter().map(|change| {
                    let before = if change.before.is_empty() { "empty" } else { &change.before };
                    format!("{}: {before} → {}", change.label, change.after)
                });
                let said = changes.chain(row.messages.iter().map(Message::short));
                let said: String = said.collect::<Vec<_>>().join("; ").chars().take(90).collect();
                let what = if said.is_empty() { row.record.clone() } else { said };
                ui.add(Label::new(what).extend());
                for cell in &row.cells {
                    let text: String = cell.chars().take(24).collect();
                    ui.add(Label::new(theme::muted(text)).extend());
                }
                ui.end_row();
            }
        });
    });
}

fn actions_ui(ui: &mut Ui, model: &Model, preview: &Preview, mut partial: bool, commands: &mut Vec<Command>) {
    let can = preview.records.add + preview.records.change > 0 && (preview.rows.cannot == 0 || partial);
    ui.add_enabled_ui(can, |ui| next_ui(ui, icons::IMPORT, Importing::Write, model, commands));
    if preview.rows.cannot > 0 {
        let words = match preview.rows.cannot {
            1 => "Leave out the row that cannot come in".to_owned(),
            many => format!("Leave out the {many} rows that cannot come in"),
        };
        if ui.checkbox(&mut partial, words).changed() {
            commands.push(Command::Import(Importing::Partial(partial)));
        }
        button_ui(ui, Importing::AskSave(ImportFile::Rejected), commands);
    }
    if ui.button("Back to the columns").clicked() {
        commands.push(Command::Import(Importing::Step(Step::Columns)));
    }
    if !can && preview.rows.cannot == 0 {
        ui.label(theme::muted("Nothing would change"));
    }
}
