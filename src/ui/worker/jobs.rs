//! The jobs: exports, reports and previews, one after the other, each on a connection of its own so that nothing waits for it.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender};

use super::{Mail, ToWriter};
use crate::services::{Access, Context, Failure, JobDone, Workspace};
use crate::ui::exchange::{Reply, Ticket};

/// What the thread of jobs is told.
pub(super) enum ToJobs {
    /// Something to be done.
    Do(Ticket),
    /// Another workspace was opened; `None` in memory.
    Use(Option<PathBuf>),
    /// The window closes.
    Stop,
}

/// The thread of jobs.
pub(super) struct Jobs {
    pub(super) path: Option<PathBuf>,
    pub(super) context: Context,
    pub(super) mail: Mail,
    pub(super) to_writer: Sender<ToWriter>,
}

impl Jobs {
    pub(super) fn serve(mut self, inbox: &Receiver<ToJobs>) {
        while let Ok(message) = inbox.recv() {
            match message {
                ToJobs::Stop => break,
                ToJobs::Use(path) => self.path = path,
                ToJobs::Do(ticket) => match &self.path {
                    Some(path) => {
                        let outcome = Workspace::open(path, Access::Read, self.context.clone())
                            .and_then(|workspace| perform(&workspace, &ticket));
                        self.mail.post(Reply::JobDone(ticket.number, outcome));
                    }
                    // A workspace in memory has one connection. The end of the writer is told by the window's own sends.
                    None => {
                        self.to_writer.send(ToWriter::JobHere(ticket)).ok();
                    }
                },
            }
        }
    }
}

/// Does a job on a workspace.
pub(super) fn perform(workspace: &Workspace, ticket: &Ticket) -> Result<JobDone, Failure> {
    workspace.perform_job(&ticket.job, &ticket.watch)
}
