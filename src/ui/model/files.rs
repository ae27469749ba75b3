//! Files of the record that is open: attached by path, by dropping or by the system's dialog, opened, saved, taken away.

use std::path::{Path, PathBuf};

use super::dialog::Dialog;
use super::{Effect, Model};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::record::AttachmentKind;
use crate::services::attachments::Attach;
use crate::services::queries::FileRow;
use crate::services::{Doubt, Job, Write};

/// Something to be done with files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilesCommand {
    /// The dialog that attaches files to a record.
    AskAttach(Id),
    /// The system's dialog for the same.
    Browse,
    /// Files that were chosen or dropped.
    Add(Vec<PathBuf>),
    /// Attach as the dialog says.
    Attach,
    /// The same, although something speaks against it.
    AttachAnyway,
    /// Open a file with the system's program.
    Open(Id, String),
    /// The dialog that saves a copy of a file.
    AskSave(Id, String),
    /// The system's dialog for the same.
    BrowseSave,
    /// Save a copy of a file.
    Save(Id, PathBuf),
    /// Ask whether a file should be taken away.
    AskRemove(Box<FileRow>),
}

impl FilesCommand {
    /// Whether it changes the record.
    #[must_use]
    pub const fn writes(&self) -> bool {
        matches!(self, Self::AskAttach(_) | Self::Add(_) | Self::Attach | Self::AttachAnyway | Self::AskRemove(_))
    }

    /// The words on its button.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        match self {
            Self::AskAttach(_) => "Attach a file…",
            Self::Browse | Self::BrowseSave => "Browse…",
            Self::Add(_) | Self::Attach => "Attach",
            Self::AttachAnyway => "Attach all the same",
            Self::Open(..) => "Open",
            Self::AskSave(..) => "Save a copy…",
            Self::Save(..) => "Save",
            Self::AskRemove(_) => "Remove…",
        }
    }
}

/// Files to be attached, as they are typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedAttach {
    /// The record.
    pub of: Id,
    /// The record, in words.
    pub words: String,
    /// Files that were chosen or dropped.
    pub files: Vec<PathBuf>,
    /// One more, as its path is typed.
    pub path: String,
    /// What they are; `None` as long as nobody chose: guessed from the first name.
    pub kind: Option<AttachmentKind>,
    /// The date that stands on them, as it is typed.
    pub dated_on: String,
    /// What speaks against it; it waits for a yes.
    pub doubt: Option<Doubt>,
    /// Why it was refused.
    pub refused: Option<String>,
}

impl TypedAttach {
    /// Everything that is to be attached.
    #[must_use]
    pub fn paths(&self) -> Vec<PathBuf> {
        let typed = Some(self.path.trim()).filter(|path| !path.is_empty()).map(PathBuf::from);
        self.files.iter().cloned().chain(typed).collect()
    }

    /// What they are, chosen or guessed.
    #[must_use]
    pub fn kind(&self) -> AttachmentKind {
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let guess = || AttachmentKind::guess(&self.paths().first().map(|path| name(path)).unwrap_or_default());
        self.kind.unwrap_or_else(guess)
    }

    fn write(&self, confirmed: bool) -> Result<Write, String> {
        let dated_on = match self.dated_on.trim() {
            "" => None,
            text => Some(FuzzyDate::parse(text).map_err(|error| error.to_string())?),
        };
        Ok(Write::Attach(Attach { of: self.of, paths: self.paths(), kind: self.kind(), dated_on, confirmed }))
    }
}

/// Where a copy of a file is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedSave {
    /// The attachment.
    pub attachment: Id,
    /// The path, as it is typed.
    pub path: String,
}

impl Model {
    /// Does something with files.
    pub(super) fn with_files(&mut self, command: FilesCommand) -> Vec<Effect> {
        match command {
            FilesCommand::AskAttach(of) => self.ask_attach(of, Vec::new()),
            FilesCommand::Browse => return vec![Effect::PickAttachments],
            FilesCommand::Add(files) => self.add_files(files),
            FilesCommand::Attach | FilesCommand::AttachAnyway => {
                return self.attach(command == FilesCommand::AttachAnyway);
            }
            FilesCommand::Open(attachment, name) => {
                return vec![self.start_job(format!("Opening {name}"), Job::LayOut { attachment })];
            }
            FilesCommand::AskSave(attachment, name) => {
                let folder = self.place.path.as_deref().and_then(Path::parent);
                let path = folder.map_or_else(|| PathBuf::from(&name), |folder| folder.join(&name));
                self.dialog = Some(Dialog::SaveFile(TypedSave { attachment, path: path.display().to_string() }));
            }
            FilesCommand::BrowseSave => {
                if let Some(Dialog::SaveFile(typed)) = &self.dialog {
                    return vec![Effect::PickCopy(typed.attachment, PathBuf::from(&typed.path))];
                }
            }
            FilesCommand::Save(attachment, path) => {
                self.dialog = None;
                let what = format!("Saving {}", path.display());
                return vec![self.start_job(what, Job::SaveAttachment { attachment, path })];
            }
            FilesCommand::AskRemove(file) => {
                let what = format!("the file {}", file.name);
                self.dialog = Some(Dialog::Delete { id: file.id, version: file.version, what });
            }
        }
        Vec::new()
    }

    fn ask_attach(&mut self, of: Id, files: Vec<PathBuf>) {
        let open = self.open.as_ref().filter(|open| open.id == of);
        let detail = open.and_then(|open| open.detail.value().cloned().flatten());
        let words =
            detail.map_or_else(String::new, |detail| format!("{} {}", detail.kind.label(), detail.row.reference));
        self.dialog = Some(Dialog::Attach(Box::new(TypedAttach {
            of,
            words,
            files,
            path: String::new(),
            kind: None,
            dated_on: String::new(),
            doubt: None,
            refused: None,
        })));
    }

    /// Files that were dropped go to the record that is open, those that were chosen to the dialog that asked.
    fn add_files(&mut self, files: Vec<PathBuf>) {
        match (&mut self.dialog, &self.open) {
            (Some(Dialog::Attach(typed)), _) => {
                typed.doubt = None;
                for file in files {
                    if !typed.files.contains(&file) {
                        typed.files.push(file);
                    }
                }
            }
            (None, Some(open)) if self.forms.is_empty() => self.ask_attach(open.id, files),
            (None, _) => {
                self.notices.warn("Open the record to which the files belong, then drop them again".to_owned());
            }
            (Some(_), _) => {}
        }
    }

    fn attach(&mut self, confirmed: bool) -> Vec<Effect> {
        let Some(Dialog::Attach(typed)) = &mut self.dialog else { return Vec::new() };
        typed.refused = None;
        match typed.write(confirmed) {
            Ok(write) => vec![self.write_from_dialog(write)],
            Err(why) => {
                typed.refused = Some(why);
                Vec::new()
            }
        }
    }

    /// Somebody has to say yes to what a dialog wants.
    pub(super) fn doubt_in_dialog(&mut self, doubt: Doubt) {
        match &mut self.dialog {
            Some(Dialog::Attach(typed)) => typed.doubt = Some(doubt),
            _ => self.notices.problem(doubt.to_string()),
        }
    }
}
