//! For whom a file is, and what is left out of it for them: looked at before anything is written or sealed.

use std::sync::Arc;

use super::dialog::Dialog;
use super::{Effect, Model};
use crate::domain::id::Id;
use crate::services::redact;
use crate::services::{CopyOf, Failure, Job};

/// For whom a file is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForWhom {
    /// The audience; `None`: ourselves, and nothing is left out.
    pub audience: Option<Id>,
    /// What is left out for it.
    pub left_out: LeftOut,
}

/// What is left out of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum LeftOut {
    /// Nothing: it is for ourselves.
    #[default]
    Nothing,
    /// It is being looked at by the job with this number.
    LookedAt(u64),
    /// These values, each once.
    Values(Arc<redact::LeftOut>),
    /// It could not be found out.
    Failed(String),
}

impl ForWhom {
    /// Whether it is known what is left out, so that nobody is surprised.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        match self.left_out {
            LeftOut::Nothing => self.audience.is_none(),
            LeftOut::Values(_) => true,
            LeftOut::LookedAt(_) | LeftOut::Failed(_) => false,
        }
    }

    const fn waits_for(&self, job: u64) -> bool {
        matches!(self.left_out, LeftOut::LookedAt(number) if number == job)
    }
}

impl Dialog {
    /// Of what a copy is asked for, and for whom, where the dialog asks for one.
    const fn copy_mut(&mut self) -> Option<&mut ForWhom> {
        match self {
            Self::Seal(typed) => Some(&mut typed.whom),
            Self::ReportFile(typed) => Some(&mut typed.whom),
            Self::Pack(typed) => Some(&mut typed.whom),
            _ => None,
        }
    }

    fn copy_of(&self) -> Option<CopyOf> {
        Some(match self {
            Self::Seal(typed) => CopyOf::Report(typed.report),
            Self::ReportFile(typed) => CopyOf::Report(typed.report),
            Self::Pack(typed) => CopyOf::Pack(typed.query.clone()),
            _ => return None,
        })
    }
}

impl Model {
    /// Another audience was chosen in the dialog: what it does not get is looked at.
    pub(super) fn look_at_copy(&mut self) -> Vec<Effect> {
        let Some(of) = self.dialog.as_ref().and_then(Dialog::copy_of) else { return Vec::new() };
        let chosen = self.dialog.as_mut().and_then(Dialog::copy_mut).and_then(|whom| whom.audience);
        let (left_out, effects) = match chosen {
            None => (LeftOut::Nothing, Vec::new()),
            Some(audience) => {
                let effect = self.start_job("Looking at what is left out", Job::LookAtCopy { of, audience });
                (LeftOut::LookedAt(self.jobs.newest()), vec![effect])
            }
        };
        if let Some(whom) = self.dialog.as_mut().and_then(Dialog::copy_mut) {
            whom.left_out = left_out;
        }
        effects
    }

    /// Whether the dialog in front waits for this job.
    pub(super) fn waits_for_copy(&mut self, job: u64) -> bool {
        self.dialog.as_mut().and_then(Dialog::copy_mut).is_some_and(|whom| whom.waits_for(job))
    }

    /// It is known what is left out, or why it is not. An answer about an audience that is no longer chosen finds no taker.
    pub(super) fn copy_looked_at(&mut self, job: u64, outcome: Result<Arc<redact::LeftOut>, Failure>) {
        if let Some(whom) = self.dialog.as_mut().and_then(Dialog::copy_mut).filter(|whom| whom.waits_for(job)) {
            whom.left_out = match outcome {
                Ok(values) => LeftOut::Values(values),
                Err(Failure::Stopped) => LeftOut::Failed("Stopped. Choose the audience again to go on".to_owned()),
                Err(failure) => LeftOut::Failed(failure.to_string()),
            };
        }
    }
}
