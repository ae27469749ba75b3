//! What the reader is busy with, so that a newer question for the same slot can cut it short.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::services::Stopper;
use crate::ui::exchange::Slot;

/// Shared between the window, which asks, and the reader, which answers.
#[derive(Clone, Default)]
pub(super) struct Busy(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    answering: Option<Slot>,
    cut_short: bool,
    stopper: Option<Stopper>,
}

impl Busy {
    /// Another connection is read from now on.
    pub(super) fn reads_through(&self, stopper: Option<Stopper>) {
        self.state().stopper = stopper;
    }

    /// The reader begins with a question.
    pub(super) fn begin(&self, slot: &Slot) {
        let mut state = self.state();
        state.answering = Some(slot.clone());
        state.cut_short = false;
    }

    /// The reader is done with it. Says whether its answer is still wanted.
    pub(super) fn end(&self) -> bool {
        let mut state = self.state();
        state.answering = None;
        !std::mem::take(&mut state.cut_short)
    }

    /// A newer question is about to be sent: an older one for the same slot that is being answered is cut short. Rows in
    /// sight are not: each answer is short, and cutting them while one scrolls would leave the rows empty.
    pub(super) fn supersede(&self, slot: &Slot) {
        let mut state = self.state();
        if state.answering.as_ref() == Some(slot) && !matches!(slot, Slot::Rows(_) | Slot::LineRows) {
            state.cut_short();
        }
    }

    /// Cuts short whatever is being answered: the window closes.
    pub(super) fn stop(&self) {
        let mut state = self.state();
        if state.answering.is_some() {
            state.cut_short();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in here can be left half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn cut_short(&mut self) {
        // Without a connection of its own the reader hands questions on, and the writer must not be stopped.
        if let Some(stopper) = &self.stopper {
            self.cut_short = true;
            stopper.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::RecordKind;
    use crate::services::{Access, Context, Moment, Workspace};

    fn busy() -> (Busy, Workspace) {
        let folder = tempfile::tempdir().unwrap();
        let context =
            Context::fixed(Moment::at(chrono::DateTime::from_timestamp(1_795_510_800, 0).unwrap(), 0), "Test");
        let path = folder.path().join("ours.corridor");
        drop(Workspace::create(&path, context.clone()).unwrap());
        let workspace = Workspace::open(&path, Access::Read, context).unwrap();
        let busy = Busy::default();
        busy.reads_through(Some(workspace.stopper()));
        (busy, workspace)
    }

    #[test]
    fn a_superseded_question_is_cut_short_and_its_answer_not_wanted() {
        let (busy, _workspace) = busy();
        let list = Slot::List(RecordKind::Shipment);
        busy.begin(&list);
        busy.supersede(&Slot::Standing);
        assert!(busy.end(), "another slot leaves it alone");
        busy.begin(&list);
        busy.supersede(&list);
        assert!(!busy.end());
        busy.begin(&list);
        assert!(busy.end(), "the newer one is answered");
    }

    #[test]
    fn rows_in_sight_are_answered_even_while_one_scrolls_on() {
        let (busy, _workspace) = busy();
        let rows = Slot::Rows(RecordKind::Shipment);
        busy.begin(&rows);
        busy.supersede(&rows);
        assert!(busy.end());
    }
}
