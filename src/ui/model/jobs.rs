//! The jobs that run behind the window: what each does, how far it has come, and what came of it.

use super::{Effect, Model};
use crate::services::{Failure, Job, JobDone, Progress, Watch, Write};
use crate::ui::exchange::{Request, Ticket};

/// A job that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Its number.
    pub number: u64,
    /// What it does, in words: `Writing requests.xlsx`.
    pub what: String,
    watch: Watch,
}

impl Running {
    /// How far it has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.watch.progress()
    }

    /// Whether it was asked to stop and has not stopped yet.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.watch.is_stopped()
    }
}

/// The jobs that run, oldest first.
#[derive(Debug, Default)]
pub struct Jobs {
    running: Vec<Running>,
    last: u64,
}

impl Jobs {
    /// The jobs that run.
    #[must_use]
    pub fn running(&self) -> &[Running] {
        &self.running
    }

    /// Begins something that is watched: its number, and what the one who works tells.
    pub(super) fn begin(&mut self, what: impl Into<String>) -> (u64, Watch) {
        self.last += 1;
        let watch = Watch::default();
        self.running.push(Running { number: self.last, what: what.into(), watch: watch.clone() });
        (self.last, watch)
    }

    /// It is over, whatever came of it.
    pub(super) fn end(&mut self, number: u64) {
        self.running.retain(|job| job.number != number);
    }

    /// The number of the job that was begun last.
    pub(super) const fn newest(&self) -> u64 {
        self.last
    }

    fn stop(&self, number: u64) {
        for job in self.running.iter().filter(|job| job.number == number) {
            job.watch.stop();
        }
    }
}

impl Model {
    /// The jobs that run.
    #[must_use]
    pub const fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    /// Sends a job to its thread. `what` says it in words while it runs: `Writing requests.xlsx`.
    pub(super) fn start_job(&mut self, what: impl Into<String>, job: Job) -> Effect {
        self.let_pass();
        let (number, watch) = self.jobs.begin(what);
        Effect::Send(Request::Job(Ticket { number, job, watch }))
    }

    /// Asks a job to stop.
    pub(super) fn stop_job(&self, number: u64) {
        self.jobs.stop(number);
    }

    /// A job is over.
    pub(super) fn job_done(&mut self, number: u64, outcome: Result<JobDone, Failure>) -> Vec<Effect> {
        self.jobs.end(number);
        let is_import = self.import_over(number, outcome.as_ref().err());
        match outcome {
            Ok(JobDone::SealedLookedAt(found)) => return self.sealed_looked_at(Ok(found)),
            Err(failure) if self.sealed.job() == Some(number) => return self.sealed_looked_at(Err(failure)),
            Ok(JobDone::CopyLookedAt(left_out)) => self.copy_looked_at(number, Ok(left_out)),
            Err(failure) if self.waits_for_copy(number) => self.copy_looked_at(number, Err(failure)),
            Ok(JobDone::ImportLook(look)) if is_import => self.import_looked(*look),
            Ok(JobDone::ImportPreview(preview)) if is_import => self.import_previewed(*preview),
            Ok(JobDone::ImportLook(_) | JobDone::ImportPreview(_)) => {}
            // The page of the importer says it.
            Err(_) if is_import => {}
            Ok(JobDone::Wrote { message, .. }) => self.notices.done(message, None),
            Ok(JobDone::LaidOut(path)) => return vec![Effect::OpenFile(path)],
            Ok(JobDone::LookedAt(query, pack)) => self.looked_at_pack(query, pack),
            Ok(JobDone::PackMade { message, sending, sealing }) => {
                self.notices.done(message, None);
                let sent = sending.map(Write::Send);
                return sent.or(sealing.map(Write::Seal)).into_iter().map(|write| self.write(write)).collect();
            }
            Ok(JobDone::Sealing(sealing)) => return self.seal_made(sealing),
            Err(failure) => self.notices.problem(failure.to_string()),
        }
        Vec::new()
    }
}
