//! The pane of a record: what it is, what can be done with it, what stands in it, what happened to it.

mod fields;
mod files;
mod happened;
mod header;
mod related;

use std::sync::Arc;

use eframe::egui::{ScrollArea, Ui};

use crate::services::queries::Detail;
use crate::ui::command::Command;
use crate::ui::icons;
use crate::ui::model::Model;
use crate::ui::theme::space;
use crate::ui::widgets::button::icon_button_ui;
use crate::ui::widgets::empty::empty_ui;
use crate::ui::widgets::segmented::segmented_ui;

/// A part of the pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Tab {
    /// What stands in it.
    #[default]
    Fields,
    /// What happened to it.
    Timeline,
    /// What belongs to it.
    Related,
    /// Who changed it.
    History,
}

/// What the pane keeps between frames.
#[derive(Debug, Default)]
pub struct DetailView {
    tab: Tab,
}

/// Paints the record that is open.
pub fn pane_ui(ui: &mut Ui, model: &Model, view: &mut DetailView, commands: &mut Vec<Command>) {
    let Some(open) = model.open_record() else { return };
    match open.detail.value() {
        Some(Some(detail)) => record_ui(ui, model, &Arc::clone(detail), view, commands),
        Some(None) => alone_ui(ui, icons::SEARCH, "This record is no longer there", commands),
        None => match open.detail.failure() {
            Some(failure) => alone_ui(ui, icons::ALERT, failure, commands),
            None => {
                ui.vertical_centered(|ui| {
                    ui.add_space(space::HUGE);
                    ui.label(crate::ui::theme::muted("Loading"));
                });
            }
        },
    }
}

fn alone_ui(ui: &mut Ui, icon: &str, sentence: &str, commands: &mut Vec<Command>) {
    if icon_button_ui(ui, icons::CLOSE, &Command::CloseRecord.text()).clicked() {
        commands.push(Command::CloseRecord);
    }
    empty_ui(ui, icon, sentence, None);
}

fn record_ui(ui: &mut Ui, model: &Model, detail: &Detail, view: &mut DetailView, commands: &mut Vec<Command>) {
    header::header_ui(ui, model, detail, commands);
    ui.add_space(space::TINY);
    let labels = tab_labels(detail);
    let choices: Vec<(Tab, &str)> = labels.iter().map(|(tab, label)| (*tab, label.as_str())).collect();
    if !choices.iter().any(|(tab, _)| *tab == view.tab) {
        view.tab = Tab::Fields;
    }
    segmented_ui(ui, "Parts of the record", &mut view.tab, &choices);
    ui.add_space(space::TINY);
    let tab = view.tab;
    ScrollArea::vertical().id_salt((detail.row.id, tab as u8)).auto_shrink(false).show(ui, |ui| match tab {
        Tab::Fields => {
            fields::sections_ui(ui, detail, commands);
            files::files_ui(ui, model, detail, commands);
        }
        Tab::Timeline => happened::timeline_ui(ui, &detail.timeline, commands),
        Tab::Related => related::groups_ui(ui, &detail.related, commands),
        Tab::History => happened::history_ui(ui, &detail.history),
    });
}

/// The parts that hold anything, with how much.
fn tab_labels(detail: &Detail) -> Vec<(Tab, String)> {
    let related = detail.related.iter().map(|group| group.rows.len()).sum::<usize>();
    let mut tabs = vec![(Tab::Fields, "Details".to_owned())];
    for (tab, word, count) in [
        (Tab::Timeline, "Timeline", detail.timeline.len()),
        (Tab::Related, "Related", related),
        (Tab::History, "History", detail.history.len()),
    ] {
        if count > 0 {
            tabs.push((tab, format!("{word} {count}")));
        }
    }
    tabs
}
