//! The files that the importer's page writes: a template to be filled in, and the rows that cannot come in.

use std::path::{Path, PathBuf};

use super::Importing;
use crate::domain::record::RecordKind;
use crate::services::Job;
use crate::services::import::Plan;
use crate::ui::model::dialog::Dialog;
use crate::ui::model::{Effect, Model};

/// A file that the importer's page writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportFile {
    /// A workbook of this kind to be filled in and imported.
    Template(RecordKind),
    /// The rows that cannot come in, each with what is wrong.
    Rejected,
}

/// Where such a file is saved, as it is being chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedImportFile {
    /// Which.
    pub file: ImportFile,
    /// The path, as it is typed.
    pub path: String,
    /// The file that is imported, for which the rejected rows are called.
    table: PathBuf,
}

impl TypedImportFile {
    fn new(file: ImportFile, table: PathBuf, folder: Option<&Path>) -> Self {
        let mut typed = Self { file, path: String::new(), table };
        let name = typed.file_name();
        let path = folder.map_or_else(|| PathBuf::from(&name), |folder| folder.join(&name));
        typed.path = path.display().to_string();
        typed
    }

    /// The name that the file gets where nobody says another.
    #[must_use]
    pub fn file_name(&self) -> String {
        match self.file {
            ImportFile::Template(kind) => format!("{}-template.xlsx", kind.heading().to_lowercase().replace(' ', "-")),
            ImportFile::Rejected => {
                let stem = self.table.file_stem().map(|stem| stem.to_string_lossy().into_owned());
                format!("{} rejected.csv", stem.unwrap_or_default())
            }
        }
    }

    /// Chooses another kind for the template; a name that nobody changed follows.
    pub fn set_kind(&mut self, kind: RecordKind) {
        let before = self.file_name();
        self.file = ImportFile::Template(kind);
        let path = Path::new(&self.path);
        if path.file_name().is_some_and(|name| name.to_string_lossy() == before) {
            self.path = path.with_file_name(self.file_name()).display().to_string();
        }
    }

    /// Where it is to be saved, once that is typed. The ending is put where none is.
    #[must_use]
    pub fn chosen(&self) -> Option<PathBuf> {
        let path = Some(self.path.trim()).filter(|path| !path.is_empty()).map(PathBuf::from)?;
        let ending = if self.file == ImportFile::Rejected { "csv" } else { "xlsx" };
        Some(if path.extension().is_none() { path.with_extension(ending) } else { path })
    }
}

impl Model {
    /// Does what the dialog for a file of the importer asks for.
    pub(super) fn with_import_file(&mut self, importing: Importing) -> Vec<Effect> {
        match importing {
            Importing::AskSave(file) => {
                let table = self.importer.plan.as_ref().map(|plan| plan.path.clone()).unwrap_or_default();
                let beside = match file {
                    ImportFile::Template(_) => self.place.path.clone().unwrap_or_default(),
                    ImportFile::Rejected => table.clone(),
                };
                let folder = beside.parent().filter(|folder| !folder.as_os_str().is_empty());
                self.dialog = Some(Dialog::ImportFile(TypedImportFile::new(file, table, folder)));
            }
            Importing::BrowseSave => {
                if let Some(Dialog::ImportFile(typed)) = &self.dialog {
                    return vec![Effect::PickImportFile(PathBuf::from(&typed.path))];
                }
            }
            Importing::SaveInto(path) => {
                if let Some(Dialog::ImportFile(typed)) = &mut self.dialog {
                    typed.path = path.display().to_string();
                }
            }
            Importing::Save => {
                let Some(Dialog::ImportFile(typed)) = &self.dialog else { return Vec::new() };
                let (Some(path), file) = (typed.chosen(), typed.file.clone()) else { return Vec::new() };
                self.dialog = None;
                return self.save_import_file(&file, path);
            }
            _ => {}
        }
        Vec::new()
    }

    fn save_import_file(&mut self, file: &ImportFile, path: PathBuf) -> Vec<Effect> {
        match file {
            ImportFile::Template(kind) => {
                let job = Job::ImportTemplate { kind: *kind, path };
                self.start_import(format!("Saving a template for {}", kind.heading().to_lowercase()), job)
            }
            ImportFile::Rejected => {
                // What was previewed, and not what may have been typed since.
                let Some(preview) = &self.importer.preview else { return Vec::new() };
                let plan = Plan { partial: true, ..preview.plan.clone() };
                let job = Job::ImportRejected { plan: Box::new(plan), path };
                self.start_import("Saving the rows that cannot come in", job)
            }
        }
    }
}
