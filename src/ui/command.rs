//! Everything that can be asked of the window, as values. Buttons, menus, shortcuts and the palette share them.
//!
//! A command is intent; what follows from it is decided in the model. It must not know how it is painted.

mod words;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{Key, KeyboardShortcut, Modifiers};

use self::words::step;
pub use self::words::{child_label, lower_first, shortcut_words};
use super::exchange::Opening;
use super::model::Model;
use super::model::appearance::Appearance;
use super::model::coverage::CoverageCommand;
use super::model::deadlines::Asked;
use super::model::files::FilesCommand;
use super::model::gather::Copied;
use super::model::goods::{GoodsArrangement, LinesArrangement};
use super::model::import::Importing;
use super::model::list::Arrangement;
use super::model::packs::PacksCommand;
use super::model::planner::Planning;
use super::model::reports::ReportCommand;
use super::model::route::{NEW_MENU, RAIL, REFERENCE_LISTS, Route};
use super::model::rows::RowsCommand;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::export::Export;
use crate::services::queries::{Filter, LineKey, SortBy, SortLines, Sources, WhatIf};
use crate::services::{DeadlineKey, Settlement};

/// Something to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Go to a place.
    Go(Route),
    /// Go to the place before.
    Back,
    /// Show the records behind a figure.
    ShowList(RecordKind, Box<Filter>),
    /// Show a record beside the list that is there.
    Open(Id),
    /// Show a record beside the list of its kind.
    OpenInList(RecordKind, Id),
    /// Close the pane of the record.
    CloseRecord,
    /// Look at the world as of a day; `None` follows today.
    AsOf(Option<NaiveDate>),
    /// Whose records are shown.
    Show(Sources),
    /// Filter and order of a list.
    Arrange(RecordKind, Box<Arrangement>),
    /// No filter any more.
    ClearFilter(RecordKind),
    /// Sort by a column; the same column again turns the order round.
    SortBy(RecordKind, SortBy),
    /// Move the keyboard in a list, or select rows of it.
    Rows(RecordKind, RowsCommand<Id>),
    /// Show the rows of goods behind a figure.
    ShowLines(Box<LinesArrangement>),
    /// Filter and order of the list of goods.
    ArrangeLines(Box<LinesArrangement>),
    /// Sort the list of goods; the same column again turns the order round.
    SortLines(SortLines),
    /// Something with the rows of the list of goods.
    LineRows(RowsCommand<LineKey>),
    /// What the table of goods shows.
    ArrangeGoods(GoodsArrangement),
    /// Something on the coverage page.
    Coverage(CoverageCommand),
    /// Something with the files of a record.
    Files(FilesCommand),
    /// Something on the importer's page.
    Import(Importing),
    /// Something with packs of a record.
    Packs(PacksCommand),
    /// Put the keyboard into the list's text filter.
    FocusFilter,
    /// An empty form.
    New(RecordKind),
    /// A form for a record under another.
    NewUnder {
        /// The kind of the new record.
        kind: RecordKind,
        /// The kind of the parent.
        parent_kind: RecordKind,
        /// The parent.
        parent: Id,
    },
    /// The letter that follows a decision.
    AddLetter(Id),
    /// A form with a record.
    Edit(Id),
    /// A form for a record like another.
    Duplicate(Id),
    /// Ask whether a record should be deleted.
    AskDelete(Id),
    /// Delete a record; the version is the one that was seen.
    Delete(Id, i64),
    /// Copy rows of a list, the shown columns with their headings.
    Copy(RecordKind, Copied),
    /// The form that corrects a row of the rules, by its code.
    CorrectRule(String),
    /// Draft the matters that a project needs and does not have.
    DraftMatters(Id),
    /// Copy some text.
    CopyText(String),
    /// Set fields in the selected records of a list.
    EditMany(RecordKind),
    /// Save the form for many records.
    SaveMany,
    /// Ask whether the selected records of a list should be deleted.
    AskDeleteMany(RecordKind),
    /// Delete records; the versions are those that were seen.
    DeleteMany(Arc<Vec<(Id, i64)>>),
    /// Stop reading many records.
    StopGathering,
    /// Save the form in front.
    SaveForm,
    /// Close the form in front; asks where something would be lost.
    CloseForm,
    /// Close the form in front, changed or not.
    DiscardForm,
    /// Save the form in front, then go on with what was asked.
    SaveThenGoOn,
    /// Give up all forms, then go on with what was asked.
    DiscardThenGoOn,
    /// Something on the page of reports.
    Report(ReportCommand),
    /// Plan dates and shipments.
    Plan(Planning),
    /// Take the newest step back.
    Undo,
    /// Do the step undone last again.
    Redo,
    /// Ask for everything again.
    Reload,
    /// Take in the public record that comes with the program.
    ImportPublicRecord,
    /// The dialog for a gazetteer.
    AskGazetteer,
    /// Places of a gazetteer into the sites.
    LoadGazetteer(PathBuf),
    /// Ask what is decided about a deadline.
    AskSettle(Box<Asked>),
    /// A deadline done or put off.
    Settle(Box<(DeadlineKey, Settlement)>),
    /// The dialog for a calendar file with the deadlines.
    AskCalendar,
    /// The system's dialog for the same.
    PickCalendar,
    /// Every deadline into a calendar file.
    ExportDeadlines(PathBuf),
    /// The dialog for a file with the list on screen.
    AskExport,
    /// The system's dialog for the same.
    PickExport,
    /// The path that was picked in it.
    ExportInto(PathBuf),
    /// The list on screen into a file.
    Export(Box<Export>),
    /// The palette: search over every record and every command.
    Palette,
    /// The dialog for another workspace.
    AskWorkspace(Opening),
    /// The system's dialog for the same.
    PickFile(Opening),
    /// Another workspace.
    OpenWorkspace(PathBuf, Opening),
    /// Only icons in the rail, or words too.
    ToggleRail,
    /// Light, dark or as the system has it.
    Appear(Appearance),
    /// Ask a job to stop.
    StopJob(u64),
    /// Take a notice away.
    Dismiss(u64),
    /// Every detail of a problem.
    ShowDetails(String),
    /// Close the dialog.
    CloseDialog,
    /// Close the window.
    Quit,
}

impl Command {
    /// The words on buttons and in menus.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Go(route) => format!("Go to {}", lower_first(&route.label())),
            Self::New(kind) => format!("New {}…", lower_first(kind.label())),
            Self::NewUnder { kind, .. } => child_label(*kind),
            Self::Coverage(command) => command.text().to_owned(),
            Self::Files(command) => command.text().to_owned(),
            Self::Packs(command) => command.text().to_owned(),
            Self::Report(command) => command.text().to_owned(),
            Self::Appear(appearance) => format!("Appearance: {}", lower_first(appearance.label())),
            Self::Show(sources) => format!("Show {}", lower_first(sources.label())),
            Self::AskWorkspace(Opening::New) => "New workspace…".to_owned(),
            Self::AskWorkspace(Opening::ReadOnly) => "Open workspace for reading only…".to_owned(),
            other => other.fixed_text().to_owned(),
        }
    }

    const fn fixed_text(&self) -> &'static str {
        match self {
            Self::Back => "Back",
            Self::CloseRecord => "Close record",
            Self::AsOf(_) => "Back to today",
            Self::ClearFilter(_) => "Clear filters",
            Self::FocusFilter => "Filter this list",
            Self::AddLetter(_) => "Add the permission letter…",
            Self::CorrectRule(_) => "Correct this row…",
            Self::DraftMatters(_) => "Draft what is missing",
            Self::Edit(_) => "Edit…",
            Self::Duplicate(_) => "Duplicate…",
            Self::AskDelete(_) => "Delete…",
            Self::Delete(..) | Self::DeleteMany(_) => "Delete",
            Self::Rows(_, RowsCommand::All) => "Select all rows",
            Self::Rows(_, RowsCommand::Clear) => "Clear the selection",
            Self::Copy(_, Copied::Chosen) => "Copy the selected rows",
            Self::EditMany(_) => "Edit the selected records…",
            Self::AskDeleteMany(_) => "Delete the selected records…",
            Self::StopGathering => "Stop reading",
            Self::SaveMany | Self::SaveForm | Self::SaveThenGoOn => "Save",
            Self::CloseForm => "Close form",
            Self::DiscardForm | Self::DiscardThenGoOn => "Discard",
            Self::Plan(Planning::WhatIf(_)) => "What if…",
            Self::Plan(Planning::Slots(_)) => "Plan shipments…",
            Self::Plan(Planning::Apply) => "Write these days",
            Self::Plan(Planning::Reset) => "Back to its own days",
            Self::Plan(Planning::PutTogether(..)) => "Do it",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::Reload => "Reload",
            Self::ImportPublicRecord => "Import the public record",
            Self::Import(importing) => importing.text(),
            Self::AskGazetteer | Self::LoadGazetteer(_) => "Load a gazetteer…",
            Self::Palette => "Search everything",
            Self::AskWorkspace(_) | Self::OpenWorkspace(..) => "Open workspace…",
            Self::PickFile(_) | Self::PickCalendar | Self::PickExport | Self::ExportInto(_) => "Browse…",
            Self::AskExport | Self::Export(_) => "Export…",
            Self::AskSettle(asked) if asked.put_off => "Put off…",
            Self::AskSettle(_) => "Done…",
            Self::AskCalendar | Self::ExportDeadlines(_) => "Write deadlines into a calendar file…",
            Self::ToggleRail => "Show or hide the words in the rail",
            Self::StopJob(_) => "Stop",
            Self::Dismiss(_) => "Dismiss",
            Self::ShowDetails(_) => "Details…",
            Self::CloseDialog => "Cancel",
            Self::Quit => "Quit",
            _ => "Show",
        }
    }

    /// What stands under the pointer.
    #[must_use]
    pub fn tooltip(&self, model: &Model) -> String {
        let said = match self {
            Self::Undo => step("Undo", model.standing().undo.as_deref(), "There is nothing to undo"),
            Self::Redo => step("Redo", model.standing().redo.as_deref(), "There is nothing to redo"),
            other => other.text().trim_end_matches('…').to_owned(),
        };
        let said = if model.place().read_only && self.writes() {
            "This workspace is open for reading only".to_owned()
        } else {
            said
        };
        match self.shortcut() {
            Some(shortcut) => format!("{said} ({})", shortcut_words(&shortcut)),
            None => said,
        }
    }

    /// The keys for it.
    #[must_use]
    pub const fn shortcut(&self) -> Option<KeyboardShortcut> {
        let keys = match self {
            Self::Undo => (Modifiers::COMMAND, Key::Z),
            Self::Redo => (Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z),
            Self::Palette => (Modifiers::COMMAND, Key::K),
            Self::Reload => (Modifiers::NONE, Key::F5),
            Self::FocusFilter => (Modifiers::COMMAND, Key::F),
            Self::AskExport => (Modifiers::COMMAND, Key::E),
            Self::Back => (Modifiers::ALT, Key::ArrowLeft),
            Self::Quit => (Modifiers::COMMAND, Key::Q),
            Self::AskWorkspace(Opening::Existing) => (Modifiers::COMMAND, Key::O),
            _ => return None,
        };
        Some(KeyboardShortcut::new(keys.0, keys.1))
    }

    /// Whether it changes the record, and so needs a workspace that can be written.
    #[must_use]
    pub const fn writes(&self) -> bool {
        if let Self::Coverage(command) = self {
            return command.writes();
        }
        if let Self::Files(command) = self {
            return command.writes();
        }
        if let Self::Report(command) = self {
            return command.writes();
        }
        matches!(
            self,
            Self::New(_)
                | Self::NewUnder { .. }
                | Self::AddLetter(_)
                | Self::CorrectRule(_)
                | Self::DraftMatters(_)
                | Self::Edit(_)
                | Self::Duplicate(_)
                | Self::AskDelete(_)
                | Self::Delete(..)
                | Self::EditMany(_)
                | Self::SaveMany
                | Self::AskDeleteMany(_)
                | Self::DeleteMany(_)
                | Self::SaveForm
                | Self::Plan(Planning::Apply | Planning::PutTogether(..))
                | Self::Undo
                | Self::Redo
                | Self::ImportPublicRecord
                | Self::Import(Importing::Write | Importing::Remember)
                | Self::AskSettle(_)
                | Self::Settle(_)
                | Self::AskGazetteer
                | Self::LoadGazetteer(_)
        )
    }

    /// Whether it can be done now.
    #[must_use]
    pub fn is_enabled(&self, model: &Model) -> bool {
        if self.writes() && model.place().read_only {
            return false;
        }
        match self {
            Self::Undo => model.standing().undo.is_some() && !model.is_writing(),
            Self::Redo => model.standing().redo.is_some() && !model.is_writing(),
            Self::Back => model.can_go_back(),
            Self::FocusFilter => model.route().kind().is_some() && model.forms().is_empty(),
            Self::AskExport => model.listing().is_some(),
            Self::SaveForm => model.forms().front().is_some_and(|form| !form.is_saving()),
            Self::AsOf(None) => model.as_of().is_some(),
            Self::Plan(Planning::Apply) => {
                let moves = |report: &WhatIf| !report.moved.is_empty() && report.refused.is_empty();
                !model.is_writing() && model.planner().settled().is_some_and(|report| moves(report))
            }
            _ => true,
        }
    }

    /// The commands of the palette, in the order in which they are listed.
    #[must_use]
    pub fn listed(model: &Model) -> Vec<Self> {
        let places = RAIL.iter().flat_map(|group| group.iter().copied());
        let reference = REFERENCE_LISTS.iter().map(|kind| Route::List(*kind));
        let mut all: Vec<Self> = places.chain([Route::Rules, Route::Import]).chain(reference).map(Self::Go).collect();
        all.extend(NEW_MENU.iter().flat_map(|group| group.iter().copied()).map(Self::New));
        all.extend(REFERENCE_LISTS.iter().copied().map(Self::New));
        all.extend([Self::Undo, Self::Redo, Self::Back, Self::AsOf(None)]);
        all.extend(Sources::ALL.map(Self::Show));
        if let Route::List(kind) = model.route() {
            all.push(Self::Rows(kind, RowsCommand::All));
            if model.list(kind).is_some_and(|list| !list.rows.selection.is_empty()) {
                all.extend([Self::EditMany(kind), Self::Copy(kind, Copied::Chosen), Self::AskDeleteMany(kind)]);
                all.push(Self::Rows(kind, RowsCommand::Clear));
            }
        }
        all.extend([Self::FocusFilter, Self::Reload, Self::ImportPublicRecord, Self::AskGazetteer]);
        all.extend([Self::AskExport, Self::AskCalendar, Self::ToggleRail]);
        all.extend(Appearance::ALL.map(Self::Appear));
        all.extend([Opening::Existing, Opening::New, Opening::ReadOnly].map(Self::AskWorkspace));
        all.push(Self::Quit);
        all.retain(|command| command.is_enabled(model));
        all
    }

    /// The commands that have keys of their own everywhere in the window.
    #[must_use]
    pub const fn with_shortcuts() -> [Self; 9] {
        [
            // The longer combination first: Shift must not be taken for the one without it.
            Self::Redo,
            Self::Undo,
            Self::Palette,
            Self::Reload,
            Self::FocusFilter,
            Self::AskExport,
            Self::Back,
            Self::Quit,
            Self::AskWorkspace(Opening::Existing),
        ]
    }
}
