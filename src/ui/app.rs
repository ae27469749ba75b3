//! The window's frame by frame: replies in, commands through, requests out, then paint.
//!
//! `logic` moves state and paints nothing; `ui` paints and changes nothing but what is being typed.

use std::time::Duration;

use eframe::egui::{self, ThemePreference, ViewportCommand};

use super::chrome;
use super::command::Command;
use super::dialogs;
use super::exchange::{Opening, Place, Request};
use super::model::appearance::Appearance;
use super::model::coverage::CoverageCommand;
use super::model::files::FilesCommand;
use super::model::import::{Importing, TABLE_ENDINGS, is_table};
use super::model::packs::PacksCommand;
use super::model::reports::ReportCommand;
use super::model::route::Route;
use super::model::{Effect, Model};
use super::theme;
use super::views::{self, Views};
use super::worker::Worker;
use crate::services::{self, FileFormat};

/// The ending of a workspace's file name.
pub const FILE_ENDING: &str = "corridor";

/// The window.
pub struct App {
    model: Model,
    worker: Worker,
    views: Views,
    commands: Vec<Command>,
    closing: bool,
}

impl App {
    /// A window onto the workspace that the worker has open.
    #[must_use]
    pub fn new(worker: Worker, place: Place) -> Self {
        Self { model: Model::new(place), worker, views: Views::default(), commands: Vec::new(), closing: false }
    }

    /// What the window knows; for tests.
    #[must_use]
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// How many requests were sent; for tests.
    #[must_use]
    pub fn requests_seen(&self) -> usize {
        self.worker.requests_seen()
    }

    /// Whether the window is to close; for tests.
    #[must_use]
    pub const fn is_closing(&self) -> bool {
        self.closing
    }

    /// The worker alone, as after a crash; for tests.
    #[must_use]
    pub fn into_worker(self) -> Worker {
        self.worker
    }

    /// Asks for something as a click would; for tests.
    pub fn push(&mut self, command: Command) {
        self.commands.push(command);
    }

    fn perform(&mut self, effect: Effect, ctx: &egui::Context) {
        match effect {
            Effect::Send(request) => self.worker.send(request),
            Effect::SaveText(path, text) => {
                let saved = services::coverage::save_sheet(&path, &text).map(|()| path);
                self.follow(Some(Command::Coverage(CoverageCommand::SheetSaved(saved))), ctx);
            }
            Effect::OpenFile(path) => {
                let why = open::that_detached(&path).err().map(|error| {
                    format!("The system has no program for this file: {error}. Save a copy of it instead")
                });
                self.follow(why.map(Command::ShowDetails), ctx);
            }
            Effect::Copy(text) => ctx.copy_text(text),
            Effect::Quit => {
                self.closing = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            pick => self.follow(picked(pick), ctx),
        }
    }

    /// Does in the next frame what follows from something outside the window.
    fn follow(&mut self, command: Option<Command>, ctx: &egui::Context) {
        if let Some(command) = command {
            self.commands.push(command);
            ctx.request_repaint();
        }
    }

    fn run(&mut self, command: Command, ctx: &egui::Context) {
        for effect in self.model.run(command) {
            self.perform(effect, ctx);
        }
    }

    fn settle_closing(&mut self, ctx: &egui::Context) {
        if self.closing || !ctx.input(|input| input.viewport().close_requested()) {
            return;
        }
        self.run(Command::Quit, ctx);
        if !self.closing {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        }
    }

    /// Files that were dropped on the window: a table is imported where no record and no dialog waits for files, all else is
    /// attached.
    fn take_dropped(&mut self, ctx: &egui::Context) {
        let dropped: Vec<_> = ctx.input(|input| {
            let paths = input.raw.dropped_files.iter().map(|file| file.path().to_path_buf());
            paths.filter(|path| !path.as_os_str().is_empty()).collect()
        });
        let command = match dropped.as_slice() {
            [] => return,
            [table] if is_table(table) && self.model.open_record().is_none() && self.model.dialog().is_none() => {
                Command::Import(Importing::Look(table.clone()))
            }
            _ => Command::Files(FilesCommand::Add(dropped)),
        };
        self.run(command, ctx);
    }

    fn appear(&self, ctx: &egui::Context) {
        let preference = match self.model.appearance() {
            Appearance::Light => ThemePreference::Light,
            Appearance::Dark => ThemePreference::Dark,
            Appearance::System => ThemePreference::System,
        };
        if ctx.options(|options| options.theme_preference) != preference {
            theme::set_theme(ctx, preference);
        }
    }

    fn title(&self) -> String {
        let place = self.model.place();
        let suffix = if place.read_only { ", read only" } else { "" };
        format!("{}{suffix} – Corridor", place.name())
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        let mut moved = false;
        for reply in self.worker.drain() {
            moved = true;
            for effect in self.model.receive(reply) {
                self.perform(effect, ctx);
            }
        }
        for command in std::mem::take(&mut self.commands) {
            moved = true;
            self.run(command, ctx);
        }
        self.take_dropped(ctx);
        self.settle_closing(ctx);
        for effect in self.model.tick(ctx.input(|input| input.time)) {
            moved = true;
            self.perform(effect, ctx);
        }
        for ask in self.model.stale_queries() {
            moved = true;
            self.worker.send(Request::Ask(ask));
        }
        if moved {
            // Inline answers and new state are painted one frame later.
            ctx.request_repaint();
        }
        if let Some(secs) = self.model.next_tick_secs() {
            ctx.request_repaint_after(Duration::from_secs_f64(secs));
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let title = self.title();
        if self.views.title != title {
            ui.ctx().send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.views.title = title;
        }
        self.appear(ui.ctx());
        chrome::shortcuts(ui, &self.model, &mut self.commands);
        let Self { model, views, commands, .. } = self;
        let asked = commands.len();
        chrome::around_ui(ui, model, views, commands, |ui, model, views, commands| match model.route() {
            Route::Overview => views::overview_page_ui(ui, model, views, commands),
            Route::List(kind) => views::list::page_ui(ui, kind, model, commands),
            Route::Deadlines => views::deadlines::page_ui(ui, model, &mut views.deadlines, commands),
            Route::Coverage => views::coverage::page_ui(ui, model, commands),
            Route::Goods => views::goods::page_ui(ui, model, commands),
            Route::Lines => views::lines::page_ui(ui, model, commands),
            Route::WhatIf => views::planner::what_if_page_ui(ui, model, commands),
            Route::Slots => views::planner::slots_page_ui(ui, model, commands),
            Route::Advisor => views::advisor::page_ui(ui, model, commands),
            Route::Rules => views::advisor::rules::page_ui(ui, model, commands),
            Route::Policy => views::policy::page_ui(ui, model, commands),
            Route::Import => views::import::page_ui(ui, model, commands),
            Route::Reports => views::reports::page_ui(ui, model, commands),
            Route::History => views::history::page_ui(ui, model, commands),
        });
        dialogs::dialog_ui(ui, model, commands);
        dialogs::notices_ui(ui, model, commands);
        if commands.len() > asked || !commands.is_empty() {
            // What was asked for while painting is done in the next frame.
            ui.ctx().request_repaint();
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        for effect in self.model.settle() {
            if let Effect::Send(request) = effect {
                self.worker.send(request);
            }
        }
        // A workspace that was open for reading only is not closed by the one who writes.
        if let Some(path) = self.model.place().path.as_deref().filter(|_| self.model.place().read_only) {
            services::attachments::clear_opened(path);
        }
    }
}

/// What follows from the system's dialog that an effect asks for; nothing where it was cancelled.
fn picked(effect: Effect) -> Option<Command> {
    Some(match effect {
        Effect::PickFile(opening) => Command::OpenWorkspace(pick_file(opening)?, opening),
        Effect::PickCalendar => Command::ExportDeadlines(pick_calendar()?),
        Effect::PickTable => Command::Import(Importing::Look(pick_table()?)),
        Effect::PickExport(name) => Command::ExportInto(pick_export(name)?),
        Effect::PickSheet(clearance, path) => {
            Command::Coverage(CoverageCommand::SaveSheet(clearance, pick_sheet(&path)?))
        }
        Effect::PickReport(format, name) => Command::Report(ReportCommand::Save(pick_report(format, &name)?)),
        Effect::PickAttachments => Command::Files(FilesCommand::Add(pick_attachments()?)),
        Effect::PickCopy(attachment, path) => Command::Files(FilesCommand::Save(attachment, pick_copy(&path)?)),
        Effect::PickImportFile(path) => Command::Import(Importing::SaveInto(pick_import_file(&path)?)),
        Effect::PickFolder(folder) => Command::Packs(PacksCommand::Into(pick_folder(&folder)?)),
        Effect::Send(_) | Effect::SaveText(..) | Effect::OpenFile(_) | Effect::Copy(_) | Effect::Quit => return None,
    })
}

/// The system's file dialog. Without a portal it says `None` at once, as for Cancel; the path can be typed as well.
#[expect(clippy::disallowed_methods, reason = "this is the place from which dialogs open")]
fn pick_file(opening: Opening) -> Option<std::path::PathBuf> {
    let dialog = rfd::FileDialog::new().add_filter("Corridor workspace", &[FILE_ENDING]);
    match opening {
        Opening::New => dialog.set_title("New workspace").set_file_name(format!("aid.{FILE_ENDING}")).save_file(),
        Opening::Existing | Opening::ReadOnly => dialog.set_title("Open workspace").pick_file(),
    }
}

/// The same for a calendar file.
#[expect(clippy::disallowed_methods, reason = "this is the place from which dialogs open")]
fn pick_calendar() -> Option<std::path::PathBuf> {
    let dialog = rfd::FileDialog::new().add_filter("Calendar", &["ics"]);
    dialog.set_title("Calendar file").set_file_name("deadlines.ics").save_file()
}

/// The same for a table to import.
#[expect(clippy::disallowed_methods, reason = "this is the place from which dialogs open")]
fn pick_table() -> Option<std::path::PathBuf> {
    rfd::FileDialog::new().add_filter("Table", &TABLE_ENDINGS).set_title("Import a table").pick_file()
}

/// The same for a list.
#[expect(clippy::disallowed_methods, reason = "this is the place from which dialogs open")]
fn pick_export(name: String) -> Option<std::path::PathBuf> {
    rfd::FileDialog::new().set_title("Export").set_file_name(name).save_file()
}

/// The system's dialog for the sheet of a clearance.
#[expect(clippy::disallowed_methods, reason = "this is the place from which dialogs open")]
fn pick_sheet(path: &std::path::Path) -> Option<std::path::PathBuf> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let dialog = rfd::FileDialog::new().add_filter("Page to print", &["html"]).set_title("Save the clearance");
    dialog.set_file_name(name).save_file()
}

/// The system's dialog for files that are attached.
#[expect(clippy::disallowed_methods, reason = "this is the place from which dialogs open")]
fn pick_attachments() -> Option<Vec<std::path::PathBuf>> {
    rfd::FileDialog::new().set_title("Attach files").pick_files()
}

/// The system's dialog for the folder of a pack.
#[expect(clippy::disallowed_methods, reason = "this is the place from which dialogs open")]
fn pick_folder(folder: &std::path::Path) -> Option<std::path::PathBuf> {
    let dialog = rfd::FileDialog::new().set_title("Folder for the files");
    folder.parent().map_or_else(rfd::FileDialog::new, |beside| dialog.set_directory(beside)).pick_folder()
}

/// The system's dialog for a copy of an attachment.
#[expect(clippy::disallowed_methods, reason = "this is the place from which dialogs open")]
fn pick_copy(path: &std::path::Path) -> Option<std::path::PathBuf> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    rfd::FileDialog::new().set_title("Save a copy").set_file_name(name).save_file()
}

/// The system's dialog for a template, or for the rows that cannot come in.
#[expect(clippy::disallowed_methods, reason = "this is the place from which dialogs open")]
fn pick_import_file(path: &std::path::Path) -> Option<std::path::PathBuf> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let dialog = rfd::FileDialog::new().set_title("Save the file").set_file_name(name);
    path.parent().map_or(dialog.clone(), |folder| dialog.set_directory(folder)).save_file()
}

/// The system's dialog for a report.
#[expect(clippy::disallowed_methods, reason = "this is the place from which dialogs open")]
fn pick_report(format: FileFormat, name: &str) -> Option<std::path::PathBuf> {
    let dialog = rfd::FileDialog::new().add_filter(format.label(), &[format.extension()]).set_title("Save the report");
    dialog.set_file_name(name).save_file()
}
