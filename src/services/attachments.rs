//! Attachments: files taken into the workspace, given out again, opened and proved. Their bytes lie in `store/content`, once
//! each; a record of kind attachment says what they are and to which record they belong.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::perform::Scribe;
use super::session::Intent;
use super::write::{Done, Doubt, Refusal, WriteError};
use super::{Failure, Workspace, facts};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::media;
use crate::domain::record::{Attachment, AttachmentKind, RecordKind};
use crate::domain::schema::{FieldError, Problem};
use crate::formats::whole_file;
use crate::store::content::{self, Content, ContentError};
use crate::store::{Db, StoreError, record};

/// Above so many bytes somebody says yes first: the file grows by it, and so does every backup.
const LARGE: u64 = 50 * 1_000_000;
/// The largest file that is taken in.
const LARGEST: u64 = 999_999_999;
/// The ending of the folder in which files lie while they are open in other programs.
const OPENED: &str = "-open";

/// Files to be attached to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attach {
    /// The record.
    pub of: Id,
    /// Where the files are.
    pub paths: Vec<PathBuf>,
    /// What they are.
    pub kind: AttachmentKind,
    /// The date that stands on them.
    pub dated_on: Option<FuzzyDate>,
    /// Whether somebody said yes to files that are large, empty or could run.
    pub confirmed: bool,
}

/// A file as it was looked at before it is taken in.
struct Candidate {
    file: File,
    name: String,
    content: Content,
    media_type: &'static str,
    /// What somebody should say yes to.
    doubt: Option<String>,
}

impl Candidate {
    /// Looks at a file: what it is, how large, and whether somebody has to say yes.
    fn look(path: &Path) -> Result<Self, Problem> {
        let shown = path.display();
        let refuse = |why: String| Problem::Rule(why);
        let cannot = |error: std::io::Error| refuse(format!("{shown} cannot be read: {error}. Check its name"));
        // Links are followed. A pipe or a device has no end, so it is not even opened.
        let about = std::fs::metadata(path).map_err(cannot)?;
        if about.is_dir() {
            return Err(refuse(format!("{shown} is a folder. Attach the files in it, or a ZIP of them")));
        }
        if !about.is_file() {
            return Err(refuse(format!("{shown} is a device or a pipe and not a file. Choose a file")));
        }
        let too_large = |bytes: u64| {
            let most = "Keep it elsewhere and write where in a note";
            refuse(format!("{shown} has {}, more than the 1 GB that can be attached. {most}", size_words(bytes)))
        };
        if about.len() > LARGEST {
            return Err(too_large(about.len()));
        }
        let mut file = File::open(path).map_err(cannot)?;
        let mut head = Vec::with_capacity(media::HEAD);
        (&mut file).take(media::HEAD as u64).read_to_end(&mut head).map_err(cannot)?;
        file.seek(SeekFrom::Start(0)).map_err(cannot)?;
        let content = content::measure(&mut file).map_err(cannot)?;
        if content.bytes > LARGEST {
            return Err(too_large(content.bytes));
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let why = match content.bytes {
            0 => Some("it is empty".to_owned()),
            LARGE.. => Some(format!("it has {}, and every backup grows by as much", size_words(content.bytes))),
            _ => media::could_run(&name, &head),
        };
        let name = media::safe_name(&name);
        let doubt = why.map(|why| format!("{name}: {why}"));
        Ok(Self { file, media_type: media::media_type(&name, &head), name, content, doubt })
    }

    /// Takes the bytes in. A file that was changed since it was looked at is refused.
    fn take_in(&mut self, db: &Db) -> Result<(), WriteError> {
        let path = self.name.clone();
        self.file.seek(SeekFrom::Start(0)).map_err(|error| refused(vec![format!("{path} cannot be read: {error}")]))?;
        content::put(db, &self.content, &mut self.file).map_err(|error| match error {
            ContentError::Store(error) => error.into(),
            other => refused(vec![format!("{path}: {other}")]),
        })
    }

    fn draft(&self, attach: &Attach) -> Map<String, Value> {
        let drafted = json!({
            "of": attach.of.0,
            "name": self.name,
            "kind": attach.kind.word(),
            "sha256": self.content.sha256,
            "bytes": self.content.bytes.to_string(),
            "media_type": self.media_type,
        });
        let mut draft = if let Value::Object(draft) = drafted { draft } else { Map::new() };
        if let Some(dated_on) = attach.dated_on {
            draft.insert("dated_on".to_owned(), Value::from(dated_on.to_string()));
        }
        draft
    }
}

impl Scribe<'_> {
    /// Attaches files to a record, all or none. Undo takes the records away; the bytes stay, so that redo has them.
    pub(super) fn attach(&mut self, attach: &Attach) -> Result<Done, WriteError> {
        let head = record::head(self.db, attach.of)?.ok_or(Failure::Gone)?;
        let (mut found, mut problems) = (Vec::new(), Vec::new());
        for path in &attach.paths {
            match Candidate::look(path) {
                Ok(candidate) => found.push(candidate),
                Err(problem) => problems.push(problem.to_string()),
            }
        }
        if found.is_empty() && problems.is_empty() {
            problems.push("Write the path of a file".to_owned());
        }
        if !problems.is_empty() {
            return Err(refused(problems));
        }
        let doubts: Vec<String> = found.iter().filter_map(|one| one.doubt.clone()).collect();
        if !attach.confirmed && !doubts.is_empty() {
            let question =
                format!("Attach {} all the same?", if doubts.len() == 1 { "this file" } else { "these files" });
            return Err(Doubt { question, reasons: doubts }.into());
        }
        let mut there: Vec<String> =
            of_record(self.db, attach.of)?.into_iter().map(|(_, attachment)| attachment.sha256).collect();
        let mut warnings = Vec::new();
        found.retain(|one| {
            let is_there = there.contains(&one.content.sha256);
            if is_there {
                warnings.push(format!("{} is attached to {} already", one.name, head.words()));
            } else {
                there.push(one.content.sha256.clone());
            }
            !is_there
        });
        let what = match found.as_slice() {
            [] => return Ok(Done { message: "Nothing was attached".to_owned(), warnings, ..Done::default() }),
            [one] => format!("{} to {}", one.name, head.words()),
            several => format!("{} files to {}", several.len(), head.words()),
        };
        for one in &mut found {
            one.take_in(self.db)?;
        }
        let mut session = self.begin(Intent { kind: "create", what: format!("Attach {what}"), undoes: None })?;
        for one in &found {
            let image = session.image(RecordKind::Attachment, one.draft(attach))?;
            session.create(RecordKind::Attachment, image)?;
        }
        let touched = session.finish()?.touched;
        Ok(Done { message: format!("Attached {what}"), id: Some(attach.of), warnings, touched })
    }
}

fn refused(problems: Vec<String>) -> WriteError {
    let problems = problems.into_iter().map(|why| FieldError::at("", "", Problem::Rule(why))).collect();
    WriteError::Refused(Refusal { record: "The file".to_owned(), verb: "attached", problems })
}

/// The attachments of a record, in the order in which they came.
pub(super) fn of_record(db: &Db, of: Id) -> Result<Vec<(Id, Attachment)>, StoreError> {
    let stored = record::children(db, of, RecordKind::Attachment)?;
    stored.iter().map(|stored| Ok((stored.head.id, facts::typed_of(stored)?))).collect()
}

/// A size as people read it: 640 bytes, 12 kB, 3.4 MB.
#[must_use]
pub fn size_words(bytes: u64) -> String {
    let tenths = |unit: u64| (bytes.saturating_mul(10) + unit / 2) / unit;
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", (bytes + 500) / 1_000),
        1_000_000..1_000_000_000 => format!("{}.{} MB", tenths(1_000_000) / 10, tenths(1_000_000) % 10),
        _ => format!("{}.{} GB", tenths(1_000_000_000) / 10, tenths(1_000_000_000) % 10),
    }
}

impl Workspace {
    /// Saves a copy of an attachment, whole or not at all.
    pub fn save_attachment(&self, id: Id, path: &Path) -> Result<(), Failure> {
        let attachment = self.attachment(id)?;
        let mut damaged = None;
        let written = whole_file::write(path, "letter.pdf", |file| {
            match content::read(self.store.db(), &attachment.sha256, |part| file.write_all(part)) {
                Ok(()) => Ok(()),
                Err(ContentError::File(error)) => Err(error),
                Err(other) => {
                    damaged = Some(format!("{}: {other}", attachment.reference));
                    Err(std::io::Error::other("the file is not whole"))
                }
            }
        });
        match (damaged, written) {
            (Some(why), _) => Err(Failure::Other(why)),
            (None, written) => written.map_err(|error| Failure::Other(error.to_string())),
        }
    }

    /// Lays a copy of an attachment beside the workspace, for another program to open. It cannot be written, and it goes when
    /// the workspace is closed: what is in it is no business of the system's temporary folder.
    pub fn lay_out_attachment(&self, id: Id) -> Result<PathBuf, Failure> {
        let attachment = self.attachment(id)?;
        let mut head = Vec::new();
        content::read(self.store.db(), &attachment.sha256, |part| {
            if head.is_empty() {
                head.extend(part.iter().take(media::HEAD));
            }
            Ok(())
        })
        .map_err(|error| Failure::Other(format!("{}: {error}", attachment.reference)))?;
        if let Some(why) = media::could_run(&attachment.name, &head) {
            return Err(Failure::Other(format!(
                "{} is not opened from here: {why}. Save a copy and have it looked at first",
                attachment.reference
            )));
        }
        let Some(workspace) = self.path() else {
            return Err(Failure::Other("This workspace is in memory. Save a copy of the file instead".to_owned()));
        };
        let folder = opened_folder(workspace);
        let inner = folder.join(attachment.sha256.get(..16).unwrap_or("file"));
        let failed = |error: std::io::Error| {
            Failure::Other(format!("{} cannot be made: {error}. Save a copy of the file instead", folder.display()))
        };
        private_folder(&folder).and_then(|()| private_folder(&inner)).map_err(failed)?;
        let path = inner.join(plain_name(&attachment));
        if !path.exists() {
            self.save_attachment(id, &path)?;
            let mut rights = std::fs::metadata(&path).map_err(failed)?.permissions();
            rights.set_readonly(true);
            std::fs::set_permissions(&path, rights).map_err(failed)?;
        }
        Ok(path)
    }

    fn attachment(&self, id: Id) -> Result<Attachment, Failure> {
        facts::load(self.store.db(), id)?.ok_or(Failure::Gone)
    }
}

/// The name under which other programs see a copy. They list what they opened, so it is the reference and says nothing of
/// what stands in the file.
fn plain_name(attachment: &Attachment) -> String {
    let ending = Path::new(&attachment.name).extension().map(|ending| ending.to_string_lossy().into_owned());
    let name =
        ending.map_or_else(|| attachment.reference.clone(), |ending| format!("{}.{ending}", attachment.reference));
    media::safe_name(&name.replace('/', "-"))
}

/// The folder in which copies lie while they are open in other programs.
#[must_use]
pub fn opened_folder(workspace: &Path) -> PathBuf {
    let mut name = workspace.file_name().unwrap_or_default().to_owned();
    name.push(OPENED);
    workspace.with_file_name(name)
}

/// Takes away what was laid out to be opened. A copy that another program still holds stays until the next time.
pub fn clear_opened(workspace: &Path) {
    let folder = opened_folder(workspace);
    let inner = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    for file in inner.filter_map(|one| std::fs::read_dir(one.path()).ok()).flatten().flatten() {
        // Windows deletes no file that is marked as read only. Where the mark stays, so does the file, until the next time.
        if let Ok(about) = file.metadata() {
            let mut rights = about.permissions();
            #[expect(clippy::permissions_set_readonly_false, reason = "the file is deleted in the next step")]
            rights.set_readonly(false);
            std::fs::set_permissions(file.path(), rights).ok();
        }
    }
    std::fs::remove_dir_all(folder).ok();
}

/// Makes a folder that only its owner can look into.
fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut maker = std::fs::DirBuilder::new();
    maker.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut maker, 0o700);
    maker.create(path)
}

/// Takes away what was laid out, when the workspace that was opened for writing is opened and closed.
pub(super) struct Opened(Option<PathBuf>);

impl Opened {
    /// For the workspace at a path; `None` where nothing is to be taken away.
    pub fn of(workspace: Option<&Path>) -> Self {
        workspace.into_iter().for_each(clear_opened);
        Self(workspace.map(Path::to_path_buf))
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.0.iter().for_each(|workspace| clear_opened(workspace));
    }
}

/// Proves that the bytes of every attachment are there and whole.
pub(super) fn check(db: &Db, problems: &mut Vec<String>) -> Result<(), StoreError> {
    let mut proved = std::collections::BTreeMap::<String, Option<String>>::new();
    for id in record::all_ids(db, RecordKind::Attachment)? {
        let Some(stored) = record::get(db, id)? else { continue };
        let attachment: Attachment = facts::typed_of(&stored)?;
        let words = stored.head.words();
        match content::bytes(db, &attachment.sha256)? {
            None => {
                problems.push(format!(
                    "{words}: its file is not in the workspace. Take it from a backup, or attach it again"
                ));
                continue;
            }
            Some(bytes) if i64::from(attachment.bytes.unwrap_or_default()) != bytes => {
                let told = attachment.bytes.unwrap_or_default();
                problems.push(format!("{words}: its file has {bytes} bytes, but the record says {told}"));
            }
            Some(_) => {}
        }
        if !proved.contains_key(&attachment.sha256) {
            let fault = match content::read(db, &attachment.sha256, |_| Ok(())) {
                Ok(()) => None,
                Err(ContentError::Store(error)) => return Err(error),
                Err(other) => Some(other.to_string()),
            };
            proved.insert(attachment.sha256.clone(), fault);
        }
        if let Some(Some(fault)) = proved.get(&attachment.sha256) {
            problems.push(format!("{words}: {fault}"));
        }
    }
    Ok(())
}
