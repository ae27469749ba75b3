//! What the window knows: where one is, what was answered, what is being typed. No egui, no SQLite, no clock.
//!
//! A command goes in and effects come out; a reply goes in and the state changes. Painting only reads it.

pub mod advisor;
mod answers;
pub mod appearance;
pub mod columns;
pub mod copies;
pub mod coverage;
pub mod deadlines;
pub mod dialog;
mod edit;
pub mod export;
mod fetch;
pub mod files;
pub mod forms;
pub mod gather;
pub mod goods;
pub mod import;
pub mod jobs;
pub mod kin;
pub mod list;
mod look;
mod memory;
mod navigate;
pub mod notice;
pub mod packs;
pub mod planner;
pub mod reports;
pub mod route;
pub mod rows;
pub mod scroll;
pub mod sealed;
pub mod selection;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use self::appearance::Appearance;
use self::dialog::Dialog;
use self::fetch::Fetch;
use self::forms::Forms;
use self::list::ListState;
use self::memory::Memory;
use self::notice::Notices;
use self::route::Route;
use super::command::Command;
use super::exchange::{Opening, Place, Purpose, Request};
use super::forms::ManyForm;
use super::loaded::Loaded;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::queries::{
    DeadlineBoard, Detail, DurationTable, FilterChoices, LinkChoice, OperationRow, Overview, SearchResults, Sources,
    Standing,
};
use crate::services::{FileFormat, Write};

/// Something that the model wants done outside itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Something for the threads.
    Send(Request),
    /// The system's dialog for a file.
    PickFile(Opening),
    /// The system's dialog for a calendar file.
    PickCalendar,
    /// The system's dialog for a table to import.
    PickTable,
    /// The system's dialog for a file with a list, with the name it proposes.
    PickExport(String),
    /// The system's dialog for the sheet of a clearance.
    PickSheet(Id, PathBuf),
    /// The system's dialog for a report: its format, and the name that is offered.
    PickReport(FileFormat, String),
    /// A text into a file.
    SaveText(PathBuf, Arc<str>),
    /// The system's dialog for files that are attached.
    PickAttachments,
    /// The system's dialog for a copy of an attachment.
    PickCopy(Id, PathBuf),
    /// The system's dialog for a file of the importer.
    PickImportFile(PathBuf),
    /// The system's dialog for a folder.
    PickFolder(PathBuf),
    /// A file for the system's program.
    OpenFile(PathBuf),
    /// Text for the clipboard.
    Copy(String),
    /// The window closes.
    Quit,
}

/// The record that is open beside the list.
#[derive(Debug, Default)]
pub struct OpenRecord {
    /// The record.
    pub id: Id,
    /// Everything about it; `None` inside where it is gone.
    pub detail: Loaded<Option<Arc<Detail>>>,
}

/// What link fields can choose from, by the kinds they accept.
pub type Choices = BTreeMap<Vec<RecordKind>, Loaded<Arc<Vec<LinkChoice>>>>;

/// What the window knows.
pub struct Model {
    place: Place,
    route: Route,
    trail: Vec<(Route, Option<Id>)>,
    as_of: Option<NaiveDate>,
    sources: Sources,
    overview: Loaded<Arc<Overview>>,
    deadlines: Loaded<Arc<DeadlineBoard>>,
    durations: Loaded<Arc<DurationTable>>,
    lists: BTreeMap<RecordKind, ListState>,
    advisor: advisor::AdvisorPage,
    planner: planner::PlannerPage,
    goods: goods::GoodsPage,
    importer: import::ImportPage,
    lines: goods::LinesPage,
    coverage: coverage::CoveragePage,
    reports: reports::ReportsPage,
    sealed: sealed::SealedDocuments,
    open: Option<OpenRecord>,
    standing: Loaded<Standing>,
    filter_choices: Loaded<Arc<FilterChoices>>,
    operations: Loaded<Arc<Vec<OperationRow>>>,
    search: Loaded<Arc<SearchResults>>,
    choices: Choices,
    draft_asked: bool,
    fetch: Option<Fetch>,
    gather: Option<gather::Gather>,
    many: Option<ManyForm>,
    sorting: memory::Sorting,
    fetches: u64,
    era: u64,
    forms: Forms,
    memory: Memory,
    dialog: Option<Dialog>,
    notices: Notices,
    jobs: jobs::Jobs,
    last_write: Option<String>,
    writing: usize,
    focus_filter: bool,
    rail_words: bool,
    appearance: Appearance,
    go_on: Option<dialog::After>,
    opening: Option<(PathBuf, Opening)>,
}

impl Model {
    /// A model of which nothing is loaded yet.
    #[must_use]
    pub fn new(place: Place) -> Self {
        Self {
            place,
            route: Route::Overview,
            trail: Vec::new(),
            as_of: None,
            sources: Sources::Both,
            overview: Loaded::default(),
            deadlines: Loaded::default(),
            durations: Loaded::default(),
            lists: BTreeMap::new(),
            advisor: advisor::AdvisorPage::default(),
            planner: planner::PlannerPage::default(),
            goods: goods::GoodsPage::default(),
            importer: import::ImportPage::default(),
            lines: goods::LinesPage::default(),
            coverage: coverage::CoveragePage::default(),
            reports: reports::ReportsPage::default(),
            sealed: sealed::SealedDocuments::default(),
            open: None,
            standing: Loaded::default(),
            filter_choices: Loaded::default(),
            operations: Loaded::default(),
            search: Loaded::default(),
            choices: BTreeMap::new(),
            draft_asked: false,
            fetch: None,
            gather: None,
            many: None,
            sorting: memory::Sorting::default(),
            fetches: 0,
            era: 0,
            forms: Forms::default(),
            memory: Memory::default(),
            dialog: None,
            notices: Notices::default(),
            jobs: jobs::Jobs::default(),
            last_write: None,
            writing: 0,
            focus_filter: false,
            rail_words: true,
            appearance: Appearance::default(),
            go_on: None,
            opening: None,
        }
    }

    /// Does what is asked; what it cannot do by itself comes out as effects.
    pub fn run(&mut self, command: Command) -> Vec<Effect> {
        if !command.is_enabled(self) {
            return Vec::new();
        }
        match command {
            Command::Go(_)
            | Command::Back
            | Command::ShowList(..)
            | Command::Open(_)
            | Command::OpenInList(..)
            | Command::CloseRecord
            | Command::Rows(..)
            | Command::ShowLines(_)
            | Command::LineRows(_)
            | Command::FocusFilter => self.navigate(command),
            Command::AsOf(_)
            | Command::Show(_)
            | Command::Arrange(..)
            | Command::ClearFilter(_)
            | Command::SortBy(..)
            | Command::ArrangeGoods(_)
            | Command::ArrangeLines(_)
            | Command::SortLines(_)
            | Command::Reload => self.look_differently(command),
            Command::New(_)
            | Command::NewUnder { .. }
            | Command::AddLetter(_)
            | Command::Edit(_)
            | Command::Duplicate(_)
            | Command::AskDelete(_)
            | Command::SaveForm
            | Command::CloseForm
            | Command::DiscardForm
            | Command::SaveThenGoOn
            | Command::DiscardThenGoOn => self.edit(&command),
            Command::Copy(..)
            | Command::EditMany(_)
            | Command::AskDeleteMany(_)
            | Command::SaveMany
            | Command::StopGathering => self.with_many(&command),
            Command::AskSettle(_)
            | Command::Settle(_)
            | Command::AskCalendar
            | Command::PickCalendar
            | Command::ExportDeadlines(_) => self.with_deadlines(command),
            Command::AskExport | Command::PickExport | Command::ExportInto(_) | Command::Export(_) => {
                self.with_export(command)
            }
            Command::Coverage(command) => self.cover(command),
            Command::Files(command) => self.with_files(command),
            Command::Import(importing) => self.import(importing),
            Command::Packs(command) => self.with_packs(command),
            other => self.run_rest(other),
        }
    }

    fn run_rest(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Undo => return vec![self.write(Write::Undo)],
            Command::Redo => return vec![self.write(Write::Redo)],
            Command::Delete(id, version) => {
                self.dialog = None;
                return vec![self.write(Write::Delete { id, version })];
            }
            Command::DeleteMany(records) => {
                self.dialog = None;
                return vec![self.write(Write::DeleteMany { records: Arc::unwrap_or_clone(records) })];
            }
            Command::Plan(planning) => return self.plan(planning),
            Command::Report(command) => return self.with_reports(command),
            Command::CorrectRule(code) => return self.correct_rule(&code),
            Command::DraftMatters(project) => return vec![self.write(Write::DraftMatters { project })],
            Command::CopyText(text) => return vec![Effect::Copy(text)],
            Command::ImportPublicRecord => {
                let csv = include_str!("../../../assets/reference/public_cases.csv").to_owned();
                return vec![self.write(Write::ImportPublicCases { csv })];
            }
            Command::AskGazetteer => self.dialog = Some(Dialog::Gazetteer { path: String::new() }),
            Command::LoadGazetteer(path) => {
                self.dialog = None;
                return vec![self.write(Write::LoadGazetteerFile { path })];
            }
            Command::Palette => {
                self.search.clear();
                self.dialog = Some(Dialog::Palette { text: String::new(), chosen: 0, enter: false });
            }
            Command::AskWorkspace(opening) => {
                self.dialog = Some(Dialog::Workspace { opening, path: String::new(), refused: None });
            }
            Command::PickFile(opening) => return vec![Effect::PickFile(opening)],
            Command::OpenWorkspace(path, opening) => return self.open_workspace(path, opening),
            Command::Quit => return self.leave(dialog::After::Quit),
            Command::ToggleRail => self.toggle_rail(),
            Command::Appear(appearance) => self.appear(appearance),
            Command::StopJob(number) => self.stop_job(number),
            Command::Dismiss(number) => self.notices.dismiss(number),
            Command::ShowDetails(text) => {
                self.dialog = Some(Dialog::Details { title: "What went wrong".to_owned(), text });
            }
            Command::CloseDialog => {
                self.dialog = None;
                self.many = None;
                self.go_on = None;
            }
            _ => {}
        }
        Vec::new()
    }

    /// A write that a command asked for.
    fn write(&mut self, write: Write) -> Effect {
        self.writing += 1;
        Effect::Send(Request::Write(Purpose::Command, write))
    }
}
