//! The reader: answers the newest question of each slot, skips what was superseded, and tells when the day changes.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use chrono::NaiveDate;

use super::busy::Busy;
use super::{Mail, ToReader, ToWriter, answer};
use crate::services::Workspace;
use crate::ui::exchange::{Ask, Reply};

/// How often the reader looks whether midnight has passed.
const DAY_CHECK: Duration = Duration::from_secs(30);

/// The thread that reads.
pub(super) struct Reader {
    pub(super) workspace: Option<Workspace>,
    pub(super) mail: Mail,
    pub(super) to_writer: Sender<ToWriter>,
    pub(super) busy: Busy,
    pub(super) told_day: NaiveDate,
}

impl Reader {
    pub(super) fn serve(mut self, inbox: &Receiver<ToReader>) {
        let mut waiting: Vec<Ask> = Vec::new();
        loop {
            let next = if waiting.is_empty() { inbox.recv_timeout(DAY_CHECK) } else { try_next(inbox) };
            match next {
                Ok(ToReader::Ask(ask)) => enqueue(&mut waiting, *ask),
                Ok(ToReader::Use(workspace)) => {
                    self.busy.reads_through(workspace.as_deref().map(Workspace::stopper));
                    self.workspace = workspace.map(|workspace| *workspace);
                }
                Err(RecvTimeoutError::Timeout) if waiting.is_empty() => self.tell_day(),
                Err(RecvTimeoutError::Timeout) => self.answer_one(&mut waiting),
                Ok(ToReader::Stop) | Err(RecvTimeoutError::Disconnected) => break,
            }
        }
    }

    fn answer_one(&self, waiting: &mut Vec<Ask>) {
        let ask = waiting.remove(0);
        match &self.workspace {
            Some(workspace) => {
                self.busy.begin(&ask.slot);
                let reply = answer(workspace, ask);
                if self.busy.end() {
                    self.mail.post(reply);
                }
            }
            // The end of the writer is told by the window's own sends.
            None => {
                self.to_writer.send(ToWriter::AskHere(ask)).ok();
            }
        }
    }

    fn tell_day(&mut self) {
        let Some(today) = self.workspace.as_ref().map(Workspace::today) else { return };
        if today != self.told_day {
            self.told_day = today;
            self.mail.post(Reply::Day(today));
        }
    }
}

/// What waits in the channel right now; a time-out where nothing does.
fn try_next(inbox: &Receiver<ToReader>) -> Result<ToReader, RecvTimeoutError> {
    inbox.recv_timeout(Duration::ZERO)
}

/// Adds a question, in the place of an older one for the same slot.
fn enqueue(waiting: &mut Vec<Ask>, ask: Ask) {
    waiting.retain(|older| older.slot != ask.slot);
    waiting.push(ask);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::RecordKind;
    use crate::services::Query;
    use crate::ui::exchange::Slot;

    fn ask(slot: Slot, generation: u64) -> Ask {
        Ask { slot, generation, query: Query::Standing }
    }

    #[test]
    fn a_superseded_question_is_skipped() {
        let mut waiting = Vec::new();
        enqueue(&mut waiting, ask(Slot::List(RecordKind::Request), 1));
        enqueue(&mut waiting, ask(Slot::Standing, 1));
        enqueue(&mut waiting, ask(Slot::List(RecordKind::Request), 2));
        let left: Vec<_> = waiting.iter().map(|ask| (ask.slot.clone(), ask.generation)).collect();
        assert_eq!(left, [(Slot::Standing, 1), (Slot::List(RecordKind::Request), 2)]);
    }
}
