//! The threads behind the window: one that writes, one that reads, one for work that takes a while. They know the
//! workspace and never egui.
//!
//! The writer owns the only connection that writes. The reader answers the newest question of each slot and skips those
//! that were superseded while it was busy. `Inline` does the same work at once on the caller's thread, for tests.

mod busy;
mod jobs;
mod reader;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, JoinHandle};

use chrono::NaiveDate;

use self::busy::Busy;
use self::jobs::{Jobs, ToJobs};
use self::reader::Reader;
use super::exchange::{Ask, Opening, Place, Reply, Request, Ticket};
use crate::services::{Access, Context, Failure, Watch, Workspace};

/// Wakes the window when a reply waits.
type Wake = Arc<dyn Fn() + Send + Sync>;

/// Sees each request before a thread has it.
type Overheard = Box<dyn Fn(&Request)>;

/// Does what the window asks for.
pub enum Worker {
    /// On threads of their own.
    Threads(Threads),
    /// At once, on the caller's thread.
    Inline(Box<Inline>),
}

/// The threads and the channels to them.
pub struct Threads {
    writer: Sender<ToWriter>,
    reader: Sender<ToReader>,
    jobs: Sender<ToJobs>,
    replies: Receiver<Reply>,
    /// What stops the jobs that were sent; those that are over do not mind.
    watches: Vec<Watch>,
    handles: Vec<JoinHandle<()>>,
    busy: Busy,
    lost: bool,
    overheard: Option<Overheard>,
}

/// The workspace itself, for tests.
pub struct Inline {
    workspace: Workspace,
    context: Context,
    replies: Vec<Reply>,
    requests_seen: usize,
    told_day: NaiveDate,
}

enum ToWriter {
    Request(Request),
    /// The reader has no connection of its own: a workspace in memory.
    AskHere(Ask),
    /// The same of a job.
    JobHere(Ticket),
    /// The window closes. Each thread holds a sender to the other, so hanging up alone would end neither.
    Stop,
}

enum ToReader {
    Ask(Box<Ask>),
    /// Another workspace was opened.
    Use(Option<Box<Workspace>>),
    /// The window closes.
    Stop,
}

impl Worker {
    /// Starts the threads. `wake` is called whenever a reply waits.
    pub fn spawn(
        workspace: Workspace,
        context: Context,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Result<(Self, Place), Failure> {
        let place = place(&workspace);
        let reader = workspace.reader()?;
        let wake: Wake = Arc::new(wake);
        let (outbox, replies) = channel();
        let (to_writer, writer_inbox) = channel();
        let (to_reader, reader_inbox) = channel();
        let (to_jobs, jobs_inbox) = channel();
        let mail = Mail { outbox, wake };
        let jobs = Jobs {
            path: place.path.clone(),
            context: context.clone(),
            mail: mail.clone(),
            to_writer: to_writer.clone(),
        };
        let write =
            Writer { workspace, context, mail: mail.clone(), to_reader: to_reader.clone(), to_jobs: to_jobs.clone() };
        let busy = Busy::default();
        busy.reads_through(reader.as_ref().map(Workspace::stopper));
        let to_writer_too = to_writer.clone();
        let read =
            Reader { workspace: reader, mail, to_writer: to_writer_too, busy: busy.clone(), told_day: place.today };
        let handles = vec![
            start("corridor-writer", move || write.serve(&writer_inbox))?,
            start("corridor-reader", move || read.serve(&reader_inbox))?,
            start("corridor-jobs", move || jobs.serve(&jobs_inbox))?,
        ];
        let threads = Threads {
            writer: to_writer,
            reader: to_reader,
            jobs: to_jobs,
            replies,
            watches: Vec::new(),
            handles,
            busy,
            lost: false,
            overheard: None,
        };
        Ok((Self::Threads(threads), place))
    }

    /// A worker that does everything at once.
    #[must_use]
    pub fn inline(workspace: Workspace, context: Context) -> (Self, Place) {
        let place = place(&workspace);
        let told_day = place.today;
        let inline = Inline { workspace, context, replies: Vec::new(), requests_seen: 0, told_day };
        (Self::Inline(Box::new(inline)), place)
    }

    /// Lets somebody see each request before a thread has it; for tests that hold a thread at a step.
    pub fn overhear(&mut self, overheard: impl Fn(&Request) + 'static) {
        if let Self::Threads(threads) = self {
            threads.overheard = Some(Box::new(overheard));
        }
    }

    /// Sends a request; the reply comes out of [`Worker::drain`].
    pub fn send(&mut self, request: Request) {
        match self {
            Self::Threads(threads) => threads.send(request),
            Self::Inline(inline) => inline.send(request),
        }
    }

    /// The replies that have come since the last call.
    pub fn drain(&mut self) -> Vec<Reply> {
        match self {
            Self::Threads(threads) => {
                let lost = std::mem::take(&mut threads.lost).then_some(Reply::Lost);
                threads.replies.try_iter().chain(lost).collect()
            }
            Self::Inline(inline) => std::mem::take(&mut inline.replies),
        }
    }

    /// The workspace of an inline worker; for tests that open it again.
    #[must_use]
    pub fn into_workspace(self) -> Option<Workspace> {
        match self {
            Self::Threads(_) => None,
            Self::Inline(inline) => Some(inline.workspace),
        }
    }

    /// How many requests were sent; for tests, and only counted inline.
    #[must_use]
    pub fn requests_seen(&self) -> usize {
        match self {
            Self::Threads(_) => 0,
            Self::Inline(inline) => inline.requests_seen,
        }
    }
}

impl Threads {
    fn send(&mut self, request: Request) {
        if let Some(overheard) = &self.overheard {
            overheard(&request);
        }
        let sent = match request {
            Request::Ask(ask) => {
                // Before it is sent: otherwise the newer one could be the one that is cut short.
                self.busy.supersede(&ask.slot);
                self.reader.send(ToReader::Ask(Box::new(ask))).is_ok()
            }
            Request::Job(ticket) => {
                self.watches.push(ticket.watch.clone());
                self.jobs.send(ToJobs::Do(ticket)).is_ok()
            }
            other => self.writer.send(ToWriter::Request(other)).is_ok(),
        };
        self.lost |= !sent;
    }
}

impl Drop for Threads {
    /// Waits for a write in flight: nothing that was accepted may be lost on closing.
    fn drop(&mut self) {
        // Either thread may be gone already; then there is nobody to tell.
        self.reader.send(ToReader::Stop).ok();
        self.writer.send(ToWriter::Stop).ok();
        self.jobs.send(ToJobs::Stop).ok();
        self.busy.stop();
        self.watches.iter().for_each(Watch::stop);
        for handle in self.handles.drain(..) {
            // A thread that panicked has reported itself already, and there is nothing left to save.
            handle.join().ok();
        }
    }
}

impl Inline {
    fn send(&mut self, request: Request) {
        self.requests_seen += 1;
        let today = self.workspace.today();
        if today != self.told_day {
            self.told_day = today;
            self.replies.push(Reply::Day(today));
        }
        let reply = match request {
            Request::Ask(ask) => answer(&self.workspace, ask),
            Request::Write(purpose, write) => Reply::Written(purpose, self.workspace.write(write)),
            Request::Job(ticket) => Reply::JobDone(ticket.number, jobs::perform(&self.workspace, &ticket)),
            Request::Open(path, opening) => match open(&path, opening, &self.context) {
                Ok(workspace) => {
                    self.workspace = workspace;
                    Reply::Opened(Ok(place(&self.workspace)))
                }
                Err(failure) => Reply::Opened(Err(failure)),
            },
        };
        self.replies.push(reply);
    }
}

/// Where replies go.
#[derive(Clone)]
struct Mail {
    outbox: Sender<Reply>,
    wake: Wake,
}

impl Mail {
    /// Says whether anyone still listens.
    fn post(&self, reply: Reply) -> bool {
        let heard = self.outbox.send(reply).is_ok();
        (self.wake)();
        heard
    }
}

struct Writer {
    workspace: Workspace,
    context: Context,
    mail: Mail,
    to_reader: Sender<ToReader>,
    to_jobs: Sender<ToJobs>,
}

impl Writer {
    fn serve(mut self, inbox: &Receiver<ToWriter>) {
        while let Ok(message) = inbox.recv() {
            let reply = match message {
                ToWriter::Stop => break,
                ToWriter::AskHere(ask) | ToWriter::Request(Request::Ask(ask)) => answer(&self.workspace, ask),
                ToWriter::Request(Request::Write(purpose, write)) => {
                    Reply::Written(purpose, self.workspace.write(write))
                }
                ToWriter::JobHere(ticket) | ToWriter::Request(Request::Job(ticket)) => {
                    Reply::JobDone(ticket.number, jobs::perform(&self.workspace, &ticket))
                }
                ToWriter::Request(Request::Open(path, opening)) => Reply::Opened(self.change_to(&path, opening)),
            };
            if !self.mail.post(reply) {
                break;
            }
        }
    }

    fn change_to(&mut self, path: &std::path::Path, opening: Opening) -> Result<Place, Failure> {
        let workspace = open(path, opening, &self.context)?;
        let reader = workspace.reader()?;
        self.workspace = workspace;
        // Where the reader is gone the window is closing, and nobody will ask.
        self.to_reader.send(ToReader::Use(reader.map(Box::new))).ok();
        self.to_jobs.send(ToJobs::Use(self.workspace.path().map(std::path::Path::to_path_buf))).ok();
        Ok(place(&self.workspace))
    }
}

fn answer(workspace: &Workspace, ask: Ask) -> Reply {
    let outcome = workspace.answer(&ask.query);
    Reply::Answered { slot: ask.slot, generation: ask.generation, outcome }
}

fn place(workspace: &Workspace) -> Place {
    let path = workspace.path().map(std::path::Path::to_path_buf);
    Place { path, read_only: workspace.is_read_only(), today: workspace.today() }
}

fn open(path: &std::path::Path, opening: Opening, context: &Context) -> Result<Workspace, Failure> {
    match opening {
        Opening::Existing => Workspace::open(path, Access::Write, context.clone()),
        Opening::ReadOnly => Workspace::open(path, Access::Read, context.clone()),
        Opening::New => Workspace::create(path, context.clone()),
    }
}

fn start(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Failure> {
    let failed = |error| Failure::Other(format!("The thread {name} could not be started: {error}"));
    Builder::new().name(name.to_owned()).spawn(work).map_err(failed)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::services::{Moment, Query};
    use crate::ui::exchange::Slot;

    #[test]
    fn a_question_goes_round_on_threads() {
        let context = Context { clock: Arc::new(morning), actor: "Test".to_owned() };
        let workspace = Workspace::in_memory(context.clone()).unwrap();
        let (woke, wakes) = channel();
        let woke = std::sync::Mutex::new(woke);
        let wake = move || {
            woke.lock().unwrap().send(()).ok();
        };
        let (mut worker, place) = Worker::spawn(workspace, context, wake).unwrap();
        assert_eq!(place.today, morning().today);
        worker.send(Request::Ask(Ask { slot: Slot::Standing, generation: 7, query: Query::Standing }));
        wakes.recv_timeout(Duration::from_secs(20)).unwrap();
        let replies = worker.drain();
        assert!(matches!(replies.as_slice(), [Reply::Answered { generation: 7, outcome: Ok(_), .. }]), "{replies:?}");
    }

    fn morning() -> Moment {
        let now = chrono::DateTime::from_timestamp(1_795_510_800, 0).unwrap();
        Moment::at(now, 0)
    }
}
