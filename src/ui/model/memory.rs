//! What the window remembers in the workspace, written a little after it changed and never while nothing does.

use std::collections::BTreeMap;

use crate::services::Write;
use crate::ui::exchange::{Purpose, Request};

use super::route::Route;
use super::{Effect, Model, forms};

/// How long a change must rest before it is written, in seconds: a crash may cost that much typing.
const RESTS_SECS: f64 = 2.0;

/// Whether the list on the screen waits for its order.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Sorting {
    /// It does not.
    #[default]
    No,
    /// It does since this moment, in seconds.
    Since(f64),
    /// It waits so long already that it should say so.
    Long,
}

/// How often the window looks how far a job has come, in seconds.
const JOB_SECS: f64 = 0.2;
/// How long an order may take before the list says that it is sorting, in seconds.
const SORTS_LONG_SECS: f64 = 0.3;

/// What waits to be remembered.
#[derive(Debug, Default)]
pub struct Memory {
    waiting: BTreeMap<String, Waiting>,
    draft_kept: Option<String>,
}

#[derive(Debug)]
struct Waiting {
    value: Option<String>,
    since: Option<f64>,
}

impl Memory {
    /// Remembers this a little later.
    pub fn keep(&mut self, name: String, value: Option<String>) {
        let since = self.waiting.get(&name).and_then(|waiting| waiting.since);
        self.waiting.insert(name, Waiting { value, since });
    }

    /// Whether anything waits.
    #[must_use]
    pub fn any_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    fn due(&mut self, now_secs: f64) -> Vec<(String, Option<String>)> {
        let is_due = |waiting: &mut Waiting| now_secs - *waiting.since.get_or_insert(now_secs) >= RESTS_SECS;
        let due: Vec<String> =
            self.waiting.iter_mut().filter_map(|(name, waiting)| is_due(waiting).then(|| name.clone())).collect();
        due.into_iter().filter_map(|name| self.waiting.remove(&name).map(|waiting| (name, waiting.value))).collect()
    }

    fn all(&mut self) -> Vec<(String, Option<String>)> {
        std::mem::take(&mut self.waiting).into_iter().map(|(name, waiting)| (name, waiting.value)).collect()
    }
}

impl Model {
    /// Lets time pass: what rested long enough is written, what was read goes away.
    pub fn tick(&mut self, now_secs: f64) -> Vec<Effect> {
        self.notices.tick(now_secs);
        self.notice_typing();
        self.notice_sorting(now_secs);
        let due = self.memory.due(now_secs);
        let look = self.look_at_sealed_when_idle();
        self.remember(due).into_iter().chain(look).collect()
    }

    /// Writes at once what waits to be remembered, because the window closes.
    pub fn settle(&mut self) -> Vec<Effect> {
        self.notice_typing();
        let all = self.memory.all();
        self.remember(all)
    }

    /// In how many seconds [`Model::tick`] has something to do, if nothing else happens.
    #[must_use]
    pub fn next_tick_secs(&self) -> Option<f64> {
        let rests = self.memory.any_waiting() || self.notices.any_passing();
        let sorts = matches!(self.sorting, Sorting::Since(_));
        if !self.jobs.running().is_empty() {
            return Some(JOB_SECS);
        }
        if sorts { Some(SORTS_LONG_SECS) } else { rests.then_some(0.5) }
    }

    /// An order that comes at once needs no word; one that takes its time does.
    fn notice_sorting(&mut self, now_secs: f64) {
        let waits = match self.route {
            Route::Lines => self.lines.rows.keys.is_pending(),
            route => {
                route.kind().and_then(|kind| self.lists.get(&kind)).is_some_and(|list| list.rows.keys.is_pending())
            }
        };
        self.sorting = match self.sorting {
            _ if !waits => Sorting::No,
            Sorting::No => Sorting::Since(now_secs),
            Sorting::Since(since) if now_secs - since >= SORTS_LONG_SECS => Sorting::Long,
            waiting => waiting,
        };
    }

    fn notice_typing(&mut self) {
        let memory = self.forms.memory();
        if memory != self.memory.draft_kept {
            self.memory.draft_kept.clone_from(&memory);
            self.memory.keep(forms::DRAFT_MEMORY.to_owned(), memory);
        }
    }

    /// What was typed before the program ended last time.
    pub(super) fn recall_draft(&mut self, remembered: Option<&str>) {
        // Where nothing can be written the form may be in use in the program that has the workspace open.
        let can_use = self.forms.is_empty() && !self.place.read_only;
        let Some(text) = remembered.filter(|_| can_use) else { return };
        if self.forms.recall(text) > 0 {
            self.memory.draft_kept = Some(text.to_owned());
            self.notices.warn("The program ended while a form was open. What was typed is here again");
        }
    }

    fn remember(&self, all: Vec<(String, Option<String>)>) -> Vec<Effect> {
        if self.place.read_only {
            return Vec::new();
        }
        let write = |(name, value)| Effect::Send(Request::Write(Purpose::Remember, Write::Remember { name, value }));
        all.into_iter().map(write).collect()
    }
}
