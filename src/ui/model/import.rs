//! The importer's page: which file, which sheet, what its columns hold, what would become of its rows.

mod fixed;
mod saving;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::route::Route;
use super::{Effect, Model};
use crate::services::import::{
    self, ColumnPlan, DateOrder, DecimalMark, Look, Mapping, Plan, Preview, RowState, Wanted,
};
use crate::services::{Done, Failure, Job, Write, WriteError};
use crate::ui::exchange::{Purpose, Request};
pub use fixed::{FixedFields, offered};
pub use saving::{ImportFile, TypedImportFile};

/// Something to be done on the importer's page.
#[derive(Debug, Clone, PartialEq)]
pub enum Importing {
    /// Look at a file.
    Look(PathBuf),
    /// The system's dialog for a file.
    Browse,
    /// Look at the same file with another sheet, row of headings, kind, encoding or delimiter.
    Again(Box<Wanted>),
    /// Go back to a step.
    Step(Step),
    /// Say what a column holds; `None` leaves it out.
    Map(usize, Option<String>),
    /// Say in which order the dates of a column stand.
    Dates(usize, DateOrder),
    /// Say which decimal mark a column has.
    Decimal(usize, DecimalMark),
    /// Say in which currency the amounts of a column are; `None` where each says its own.
    Currency(usize, Option<String>),
    /// Say in which unit the quantities of a column are; `None` where each says its own.
    Unit(usize, Option<String>),
    /// Give one value to a field of all rows.
    Fix(&'static str),
    /// Do so no longer.
    Unfix(&'static str),
    /// A field by which a row finds its record is chosen, or is no longer.
    Key(String),
    /// Look at what would become of every row.
    Preview,
    /// Remember the mapping under the name that is typed.
    Remember,
    /// Leave out the rows that cannot come in, or let them keep everything out.
    Partial(bool),
    /// Bring the rows in.
    Write,
    /// The dialog in which a file is saved.
    AskSave(ImportFile),
    /// The system's dialog for where that file goes.
    BrowseSave,
    /// That file goes here.
    SaveInto(PathBuf),
    /// Save that file.
    Save,
    /// Begin with another file.
    Close,
}

impl Importing {
    /// The words on its button.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        match self {
            Self::Look(_) => "Look at the file",
            Self::Browse | Self::BrowseSave => "Browse…",
            Self::Preview => "Preview the rows",
            Self::Remember => "Remember",
            Self::Write => "Import",
            Self::AskSave(ImportFile::Template(_)) => "Save a template…",
            Self::AskSave(ImportFile::Rejected) => "Save these rows with what is wrong…",
            Self::Save => "Save",
            Self::Close => "Another file",
            Self::Again(_)
            | Self::Step(_)
            | Self::Map(..)
            | Self::Dates(..)
            | Self::Decimal(..)
            | Self::Currency(..)
            | Self::Unit(..)
            | Self::Fix(_)
            | Self::Unfix(_)
            | Self::Key(_)
            | Self::SaveInto(_)
            | Self::Partial(_) => "Change",
        }
    }
}

/// The steps, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Step {
    /// Which file.
    #[default]
    Pick,
    /// Which sheet and which row of headings.
    Sheet,
    /// What the columns hold.
    Columns,
    /// What would become of every row.
    Preview,
    /// It is done.
    Done,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Pick, Self::Sheet, Self::Columns, Self::Preview, Self::Done];

    /// Its name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pick => "File",
            Self::Sheet => "Sheet and headings",
            Self::Columns => "Columns",
            Self::Preview => "Preview",
            Self::Done => "Done",
        }
    }
}

/// What the page holds.
#[derive(Debug, Default)]
pub struct ImportPage {
    /// The step that is shown.
    pub step: Step,
    /// The path as it is typed.
    pub path: String,
    /// What was asked of the file.
    pub wanted: Wanted,
    /// What the first look showed.
    pub look: Option<Arc<Look>>,
    /// What is decided about the file.
    pub plan: Option<Plan>,
    /// What every row has and no column holds.
    pub fixed: FixedFields,
    /// What would become of its rows.
    pub preview: Option<Arc<Preview>>,
    /// Which rows the preview shows.
    pub shown: RowState,
    /// The name under which the mapping is to be remembered.
    pub name: String,
    /// Why the last step was not done.
    pub refused: Option<String>,
    /// What was done.
    pub done: Option<String>,
    /// The job that is under way.
    running: Option<u64>,
}

impl ImportPage {
    /// Whether a look, a preview or the import itself is under way.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.running.is_some()
    }

    fn change(&mut self, change: impl FnOnce(&mut Plan)) {
        if let Some(plan) = &mut self.plan {
            change(plan);
            self.preview = None;
        }
    }

    /// What is decided about a column.
    fn change_columns(&mut self, importing: Importing) {
        match importing {
            Importing::Map(column, field) => self.change(|plan| plan.map(column, field.as_deref())),
            Importing::Dates(at, order) => self.change_column(at, |column| column.dates = Some(order)),
            Importing::Decimal(at, mark) => self.change_column(at, |column| column.decimal = Some(mark)),
            Importing::Currency(at, code) => self.change_column(at, |column| column.currency = code),
            Importing::Unit(at, code) => self.change_column(at, |column| column.unit = code),
            Importing::Key(field) => self.change(|plan| {
                let before = plan.keys.len();
                plan.keys.retain(|known| *known != field);
                if plan.keys.len() == before {
                    plan.keys.push(field);
                }
            }),
            _ => {}
        }
    }

    fn change_column(&mut self, at: usize, change: impl FnOnce(&mut ColumnPlan)) {
        self.change(|plan| {
            if let Some(column) = plan.columns.get_mut(at) {
                change(column);
            }
        });
    }
}

impl Model {
    /// The importer.
    #[must_use]
    pub const fn importer(&self) -> &ImportPage {
        &self.importer
    }

    /// The importer, to be typed in.
    pub const fn importer_mut(&mut self) -> &mut ImportPage {
        &mut self.importer
    }

    /// The importer, to be typed in, with what its links can choose from.
    pub const fn importer_and_choices(&mut self) -> (&mut ImportPage, &super::Choices) {
        (&mut self.importer, &self.choices)
    }

    pub(super) fn import(&mut self, importing: Importing) -> Vec<Effect> {
        let page = &mut self.importer;
        page.refused = None;
        if page.is_busy() {
            return Vec::new();
        }
        match importing {
            Importing::Look(path) => {
                self.importer = ImportPage { path: path.display().to_string(), ..ImportPage::default() };
                self.go(Route::Import, None);
                return self.look_at(Wanted { path, ..Wanted::default() });
            }
            Importing::Browse => return vec![Effect::PickTable],
            Importing::Again(wanted) => return self.look_at(*wanted),
            Importing::Step(step) => page.step = step.min(Step::Preview),
            Importing::Fix(name) => page.fixed.add(name),
            Importing::Unfix(name) => page.fixed.remove(name),
            Importing::Partial(partial) => {
                if let Some(plan) = &mut page.plan {
                    plan.partial = partial;
                }
            }
            Importing::Preview => return self.preview_rows(),
            Importing::Remember => return self.remember_mapping(),
            Importing::Write => return self.write_rows(),
            Importing::Close => self.importer = ImportPage::default(),
            Importing::AskSave(_) | Importing::BrowseSave | Importing::SaveInto(_) | Importing::Save => {
                return self.with_import_file(importing);
            }
            column => page.change_columns(column),
        }
        Vec::new()
    }

    pub(super) fn start_import(&mut self, what: impl Into<String>, job: Job) -> Vec<Effect> {
        let effect = self.start_job(what, job);
        self.importer.running = self.jobs.running().last().map(|job| job.number);
        vec![effect]
    }

    fn look_at(&mut self, wanted: Wanted) -> Vec<Effect> {
        let name = file_name(&wanted.path);
        self.importer.wanted = wanted.clone();
        self.start_import(format!("Looking at {name}"), Job::ImportLook(Box::new(wanted)))
    }

    fn preview_rows(&mut self) -> Vec<Effect> {
        let page = &mut self.importer;
        let Some(mut plan) = page.plan.clone() else { return Vec::new() };
        plan.fixed = page.fixed.values();
        let what = format!("Reading the rows of {}", plan.file_name());
        self.start_import(what, Job::ImportPreview(Box::new(plan)))
    }

    fn remember_mapping(&mut self) -> Vec<Effect> {
        let page = &mut self.importer;
        let (Some(plan), Some(look)) = (&page.plan, &page.look) else { return Vec::new() };
        if page.name.trim().is_empty() {
            return Vec::new();
        }
        let mapping = Mapping::of(plan, &page.name);
        let mut known = look.mappings.clone();
        known.retain(|other| other.name != mapping.name);
        let write = import::remember(known.clone(), mapping.clone());
        self.notices.done(format!("The columns are remembered as “{}”", mapping.name), None);
        known.push(mapping);
        page.look = Some(Arc::new(Look { mappings: known, ..Look::clone(look) }));
        page.name.clear();
        vec![Effect::Send(Request::Write(Purpose::Remember, write))]
    }

    fn write_rows(&mut self) -> Vec<Effect> {
        let Some(preview) = &self.importer.preview else { return Vec::new() };
        let partial = self.importer.plan.as_ref().is_some_and(|plan| plan.partial);
        let plan = Plan { partial, ..preview.plan.clone() };
        let (number, watch) = self.jobs.begin(format!("Importing {}", plan.file_name()));
        self.importer.running = Some(number);
        self.writing += 1;
        vec![Effect::Send(Request::Write(Purpose::Import(number), Write::Import { plan: Box::new(plan), watch }))]
    }

    /// A job of the importer is over. False where it was somebody else's.
    pub(super) fn import_over(&mut self, number: u64, failure: Option<&Failure>) -> bool {
        if self.importer.running != Some(number) {
            return false;
        }
        self.importer.running = None;
        self.importer.refused = failure.map(ToString::to_string);
        true
    }

    pub(super) fn import_looked(&mut self, look: Look) {
        let page = &mut self.importer;
        // What was given to all rows is of a kind: another has no such fields.
        if page.plan.as_ref().is_some_and(|plan| plan.kind != look.plan.kind) {
            page.fixed = FixedFields::default();
        }
        page.plan = Some(look.plan.clone());
        page.look = Some(Arc::new(look));
        page.preview = None;
        page.step = page.step.clamp(Step::Sheet, Step::Columns);
    }

    pub(super) fn import_previewed(&mut self, preview: Preview) {
        let page = &mut self.importer;
        let fullest = |state: &&RowState| preview.rows.of(**state) > 0;
        let order = [RowState::Cannot, RowState::Change, RowState::Add, RowState::Skip];
        page.shown = order.iter().find(fullest).copied().unwrap_or_default();
        page.preview = Some(Arc::new(preview));
        page.step = Step::Preview;
    }

    /// The import itself is over.
    pub(super) fn import_written(&mut self, number: u64, outcome: Result<Done, WriteError>) {
        self.jobs.end(number);
        let is_shown = self.importer.running == Some(number);
        self.importer.running = None;
        match outcome {
            Ok(done) => {
                self.written(&done);
                if is_shown {
                    self.importer.step = Step::Done;
                    self.importer.done = Some(done.message);
                }
            }
            Err(error) if is_shown => self.importer.refused = Some(error.to_string()),
            Err(error) => self.notices.problem(error.to_string()),
        }
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Whether a file is a table by its ending.
#[must_use]
pub fn is_table(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| TABLE_ENDINGS.contains(&ending.as_str()))
}

/// The endings of files that hold tables.
pub const TABLE_ENDINGS: [&str; 8] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"];
