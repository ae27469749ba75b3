//! The pages of the window, one a place, and what their painters keep between frames.

pub mod advisor;
pub mod coverage;
pub mod deadlines;
pub mod detail;
pub mod form;
pub mod goods;
pub mod history;
pub mod import;
pub mod lines;
pub mod list;
pub mod overview;
pub mod planner;
pub mod policy;
pub mod reports;

use std::sync::Arc;

use eframe::egui::Ui;

use self::overview::{OverviewAction, OverviewState, overview_ui};
use super::command::Command;
use super::icons;
use super::model::Model;
use super::model::reports::ReportCommand;
use super::model::route::Route;
use super::widgets::empty::empty_ui;
use crate::domain::record::RecordKind;
use crate::services::queries::Filter;

/// What the painters keep between frames and nobody else needs.
#[derive(Default)]
pub struct Views {
    /// The window's title, as it was told last.
    pub title: String,
    /// The as-of date as it is typed.
    pub as_of: String,
    /// The as-of date that the text was made from.
    pub as_of_shown: Option<chrono::NaiveDate>,
    /// What the overview keeps.
    pub overview: OverviewState,
    /// What the page of deadlines keeps.
    pub deadlines: deadlines::DeadlinesView,
    /// What the pane of a record keeps.
    pub detail: detail::DetailView,
}

/// The overview, or what stands in its place while there is none.
pub fn overview_page_ui(ui: &mut Ui, model: &Model, views: &mut Views, commands: &mut Vec<Command>) {
    let Some(overview) = model.overview().value().map(Arc::clone) else {
        if let Some(failure) = model.overview().failure()
            && empty_ui(ui, icons::ALERT, failure, Some(&Command::Reload.text()))
        {
            commands.push(Command::Reload);
        }
        return;
    };
    // They are held against the record as it is now, whatever day is looked at.
    views.overview.know_sealed(model.sealed().known().filter(|_| model.as_of().is_none()));
    views.overview.durations = model.durations().value().map(Arc::clone);
    let mut actions = Vec::new();
    overview_ui(ui, &overview, &mut views.overview, &mut actions);
    commands.extend(actions.into_iter().map(command_of));
}

fn command_of(action: OverviewAction) -> Command {
    let show = |kind, filter| Command::ShowList(kind, Box::new(filter));
    match action {
        OverviewAction::OpenRecord(id) => Command::Open(id),
        OverviewAction::OpenSealed(seal, report) => {
            Command::Report(report.map_or(ReportCommand::ChooseSeal(seal), ReportCommand::Choose))
        }
        OverviewAction::OpenList { kind, status, category } => {
            show(kind, Filter { status, category, ..Filter::default() })
        }
        OverviewAction::OpenGoods => Command::Go(Route::Goods),
        OverviewAction::OpenLines(arrangement) => Command::ShowLines(arrangement),
        OverviewAction::OpenValidity(word) => {
            show(RecordKind::Request, Filter { validity: Some(word), ..Filter::default() })
        }
    }
}

/// A word at the beginning of a line.
#[must_use]
pub fn upper_first(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
