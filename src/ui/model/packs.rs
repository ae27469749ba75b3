//! Packs from the window: what is missing is looked at first, then the files are made, and a package that was sent is sealed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::copies::ForWhom;
use super::dialog::Dialog;
use super::export::AUDIENCES;
use super::{Effect, Model};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::packs::{Pack, PackKind, PackQuery};
use crate::services::{Job, Keep};
use crate::ui::command::lower_first;

/// Something to be done with packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PacksCommand {
    /// Look at what is missing in a pack of a record.
    Look(PackKind, Id),
    /// The system's dialog for the folder.
    Browse,
    /// The folder that was chosen.
    Into(PathBuf),
    /// Look at what the audience does not get.
    LookAtCopy,
    /// Make the files.
    Make,
}

impl PacksCommand {
    /// The words on its button.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        match self {
            Self::Look(PackKind::Binder, _) => "Make binder…",
            Self::Look(PackKind::Submission, _) => "Make package…",
            Self::Look(PackKind::Audit, _) => "Audit pack…",
            Self::Look(PackKind::Customs, _) => "Compare with customs papers…",
            Self::Look(PackKind::Visit, _) => "Visit report…",
            Self::Look(PackKind::Incidents, _) => "Incident log…",
            Self::Browse => "Browse…",
            Self::LookAtCopy => "Look at what is left out",
            Self::Into(_) | Self::Make => "Make the files",
        }
    }

    /// The packs that are offered for a record of a kind.
    #[must_use]
    pub const fn of(kind: RecordKind) -> &'static [PackKind] {
        match kind {
            RecordKind::Shipment => &[PackKind::Binder, PackKind::Customs, PackKind::Audit],
            RecordKind::Request => &[PackKind::Submission],
            RecordKind::Matter => &[PackKind::Audit],
            RecordKind::Project => &[PackKind::Audit, PackKind::Incidents],
            RecordKind::Visit => &[PackKind::Visit],
            _ => &[],
        }
    }
}

/// A pack that was looked at, and where its files go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedPack {
    /// What was asked.
    pub query: PackQuery,
    /// The pack, with what is missing in it.
    pub pack: Arc<Pack>,
    /// Who gets it, and what is left out for them.
    pub whom: ForWhom,
    /// The folder, as it is typed.
    pub folder: String,
    /// The day on which it was sent, as it is typed; empty: it is not sealed.
    pub sent_on: String,
    /// Whether its files are sealed as they are made.
    pub is_sealed: bool,
    /// Why it was refused.
    pub refused: Option<String>,
}

impl TypedPack {
    /// Whether it can be sealed as it is sent.
    #[must_use]
    pub fn can_be_sent(&self) -> bool {
        self.query.kind == PackKind::Submission
    }

    fn job(&self) -> Result<Job, String> {
        let folder = match self.folder.trim() {
            "" => return Err("Write the folder into which the files go".to_owned()),
            folder => PathBuf::from(folder),
        };
        if !self.whom.is_known() {
            return Err("Wait until it is known what is left out for this audience, or choose another".to_owned());
        }
        let keep = match self.sent_on.trim() {
            "" if self.is_sealed => Keep::Sealed,
            "" => Keep::Nothing,
            text => Keep::Sent(FuzzyDate::parse(text).map_err(|error| error.to_string())?),
        };
        let query = PackQuery { audience: self.whom.audience, ..self.query.clone() };
        Ok(Job::MakePack { query, folder, keep })
    }
}

impl Model {
    /// Does something with packs.
    pub(super) fn with_packs(&mut self, command: PacksCommand) -> Vec<Effect> {
        match command {
            PacksCommand::Look(kind, of) => {
                let as_of = self.as_of().unwrap_or(self.place.today);
                let query = PackQuery { kind, of: Some(of), as_of, as_known: None, audience: None };
                let what = format!("Looking at the {}", lower_first(kind.label()));
                return vec![self.start_job(what, Job::LookAtPack(query))];
            }
            PacksCommand::Browse => {
                if let Some(Dialog::Pack(typed)) = &self.dialog {
                    return vec![Effect::PickFolder(PathBuf::from(&typed.folder))];
                }
            }
            PacksCommand::Into(folder) => {
                if let Some(Dialog::Pack(typed)) = &mut self.dialog {
                    typed.folder = folder.display().to_string();
                }
            }
            PacksCommand::Make => return self.make_pack(),
            PacksCommand::LookAtCopy => return self.look_at_copy(),
        }
        Vec::new()
    }

    /// A pack was looked at: what is missing is seen before anything is made.
    pub(super) fn looked_at_pack(&mut self, query: PackQuery, pack: Arc<Pack>) {
        let beside = self.place.path.as_deref().and_then(Path::parent).map(Path::to_path_buf).unwrap_or_default();
        let name: String = crate::services::coverage::file_name(&pack.stem);
        let folder = beside.join(format!("{name} {}", lower_first(query.kind.label())));
        self.want_choices(AUDIENCES);
        let folder = folder.display().to_string();
        let (whom, sent_on, is_sealed, refused) = (ForWhom::default(), String::new(), false, None);
        self.dialog =
            Some(Dialog::Pack(Box::new(TypedPack { query, pack, whom, folder, sent_on, is_sealed, refused })));
    }

    fn make_pack(&mut self) -> Vec<Effect> {
        let Some(Dialog::Pack(typed)) = &mut self.dialog else { return Vec::new() };
        match typed.job() {
            Ok(job) => {
                let what = format!("Making the {}", lower_first(typed.query.kind.label()));
                self.dialog = None;
                vec![self.start_job(what, job)]
            }
            Err(why) => {
                typed.refused = Some(why);
                Vec::new()
            }
        }
    }
}
