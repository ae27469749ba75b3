//! What comes back from the threads, and what must be asked for what is on the screen.

use std::sync::Arc;

use super::dialog::{Dialog, Refused};
use super::forms::Forms;
use super::list::ListState;
use super::notice::Notices;
use super::route::Route;
use super::{Choices, Effect, Model};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::queries::Sources;
use crate::services::{Answer, Done, Failure, Query, Touched, WriteError};
use crate::ui::exchange::{Ask, Place, Purpose, Reply, Slot};
use crate::ui::loaded::Loaded;

/// How many operations the history shows.
const OPERATIONS: u32 = 200;
/// Where in a generation the count of opened workspaces begins.
const ERA_SHIFT: u32 = 40;

/// Kinds whose names stand in the rows of other kinds.
const NAMED_IN_ROWS: [RecordKind; 6] = [
    RecordKind::Authority,
    RecordKind::Category,
    RecordKind::Instrument,
    RecordKind::Matter,
    RecordKind::Organisation,
    RecordKind::Project,
];

impl Model {
    /// Takes a reply.
    pub fn receive(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Answered { slot, generation, outcome } => return self.answered(slot, generation, outcome),
            Reply::Written(Purpose::Form(number), outcome) => {
                self.writing = self.writing.saturating_sub(1);
                return self.form_written(number, outcome);
            }
            Reply::Written(Purpose::Many, outcome) => {
                self.writing = self.writing.saturating_sub(1);
                self.many_written(outcome);
            }
            Reply::Written(Purpose::Dialog, outcome) => {
                self.writing = self.writing.saturating_sub(1);
                self.dialog_written(outcome);
            }
            Reply::Written(Purpose::Command, outcome) => {
                self.writing = self.writing.saturating_sub(1);
                self.command_written(outcome);
            }
            Reply::Written(Purpose::Import(number), outcome) => {
                self.writing = self.writing.saturating_sub(1);
                self.import_written(number, outcome);
            }
            Reply::Written(Purpose::Remember, outcome) => {
                if let Err(error) = outcome {
                    self.notices.warn(format!("What you typed could not be kept for a crash: {error}"));
                }
            }
            Reply::JobDone(number, outcome) => return self.job_done(number, outcome),
            Reply::Opened(Ok(place)) => *self = Self::in_place_of(self, place),
            Reply::Opened(Err(failure)) => self.not_opened(&failure),
            Reply::Day(today) => self.day_changed(today),
            Reply::Lost => self.notices.problem(
                "The background work has stopped, so nothing can be loaded or saved. Close the window and start again; what was saved is safe",
            ),
        }
        Vec::new()
    }

    /// The dialog comes back, with the path as it was typed and what is wrong with it.
    fn not_opened(&mut self, failure: &Failure) {
        let refused = Refused { why: failure.to_string(), in_use: failure.is_in_use() };
        match (self.opening.take(), &mut self.dialog) {
            (_, Some(Dialog::Workspace { refused: told, .. })) => *told = Some(refused),
            (Some((path, opening)), dialog @ None) => {
                let path = path.display().to_string();
                *dialog = Some(Dialog::Workspace { opening, path, refused: Some(refused) });
            }
            _ => self.notices.problem(refused.why),
        }
    }

    /// A new model for another workspace; only how the window looks stays.
    fn in_place_of(old: &mut Self, place: Place) -> Self {
        let mut model = Self::new(place);
        model.rail_words = old.rail_words;
        model.appearance = old.appearance;
        model.notices = std::mem::take(&mut old.notices);
        model.notices.done(format!("Opened {}", model.place.name()), None);
        model.era = old.era + 1;
        model
    }

    /// A generation that also says which workspace was asked, so that late answers about another find no taker.
    pub(super) const fn marked_generation(&self, generation: u64) -> u64 {
        (self.era << ERA_SHIFT) | generation
    }

    const fn own_generation(&self, marked: u64) -> Option<u64> {
        if marked >> ERA_SHIFT == self.era { Some(marked & ((1 << ERA_SHIFT) - 1)) } else { None }
    }

    fn day_changed(&mut self, today: chrono::NaiveDate) {
        self.place.today = today;
        if self.as_of == Some(today) {
            self.as_of = None;
        }
    }

    fn command_written(&mut self, outcome: Result<Done, WriteError>) {
        match outcome {
            Ok(done) => self.written(&done),
            Err(error @ (WriteError::Refused(_) | WriteError::AskFirst(_))) => self.notices.problem(error.to_string()),
            Err(WriteError::Failed(failure)) => self.notices.problem(failure.to_string()),
        }
    }

    /// Says what was done and marks what it touched as out of date.
    pub(super) fn written(&mut self, done: &Done) {
        self.last_write = Some(done.message.clone());
        self.notices.done(done.message.clone(), None);
        for warning in &done.warnings {
            self.notices.warn(warning.clone());
        }
        self.invalidate(&done.touched);
    }

    fn invalidate(&mut self, touched: &Touched) {
        if touched.kinds.is_empty() && touched.ids.is_empty() {
            return;
        }
        self.overview.invalidate();
        self.invalidate_deadlines();
        self.standing.invalidate();
        self.operations.invalidate();
        self.invalidate_goods();
        self.search.invalidate();
        if let Some(open) = &mut self.open {
            open.detail.invalidate();
        }
        let names_changed = NAMED_IN_ROWS.iter().any(|kind| touched.kinds.contains(kind));
        for (kind, list) in &mut self.lists {
            if names_changed || touched.kinds.contains(kind) {
                list.invalidate();
            }
        }
        if names_changed {
            self.filter_choices.invalidate();
        }
        for (kinds, choices) in &mut self.choices {
            if kinds.iter().any(|kind| touched.kinds.contains(kind)) {
                choices.invalidate();
            }
        }
    }

    fn answered(&mut self, slot: Slot, generation: u64, outcome: Result<Answer, Failure>) -> Vec<Effect> {
        let Some(generation) = self.own_generation(generation) else { return Vec::new() };
        let outcome = outcome.map_err(|failure| failure.to_string());
        let notices = &mut self.notices;
        match slot {
            Slot::Overview => take(&mut self.overview, generation, outcome, notices, overview),
            Slot::Deadlines => take(&mut self.deadlines, generation, outcome, notices, deadlines),
            Slot::Durations => take(&mut self.durations, generation, outcome, notices, durations),
            Slot::Standing => take(&mut self.standing, generation, outcome, notices, standing),
            Slot::Operations => take(&mut self.operations, generation, outcome, notices, operations),
            Slot::FilterChoices => take(&mut self.filter_choices, generation, outcome, notices, filter_choices),
            Slot::List(kind) => self.list_arrived(kind, generation, outcome.and_then(ids)),
            Slot::ListAll(kind) => {
                if let Some(list) = self.lists.get_mut(&kind) {
                    take(&mut list.all, generation, outcome, notices, ids);
                }
            }
            Slot::ListFigure(kind) => {
                if let Some(list) = self.lists.get_mut(&kind) {
                    take(&mut list.figure, generation, outcome, notices, list_figure);
                }
            }
            Slot::Rows(kind) => {
                if let Some(list) = self.lists.get_mut(&kind) {
                    list.rows.arrived(generation, outcome.and_then(rows));
                }
            }
            Slot::WhatIf => take(&mut self.planner.report, generation, outcome, notices, what_if),
            Slot::Slots => take(&mut self.planner.slots, generation, outcome, notices, slots),
            Slot::Needs => take(&mut self.advisor.table, generation, outcome, notices, needs),
            Slot::Rules => take(&mut self.advisor.rules, generation, outcome, notices, rules),
            Slot::CoverageList | Slot::Coverage | Slot::BookingOptions => {
                self.coverage_arrived(&slot, generation, outcome);
            }
            Slot::Reports | Slot::Report => self.reports_arrived(&slot, generation, outcome),
            Slot::Sheet => return self.sheet_arrived(outcome),
            Slot::Goods => take(&mut self.goods.table, generation, outcome, notices, goods),
            Slot::LineTotals => take(&mut self.lines.totals, generation, outcome, notices, line_totals),
            Slot::LineRows => self.lines.rows.arrived(generation, outcome.and_then(line_rows)),
            Slot::Lines => self.lines_arrived(generation, outcome.and_then(lines)),
            Slot::Detail => self.detail_arrived(generation, outcome),
            Slot::Search => take(&mut self.search, generation, outcome, notices, search),
            Slot::Choices(kinds) => {
                if let Some(waiting) = self.choices.get_mut(&kinds) {
                    take(waiting, generation, outcome, notices, choices);
                }
            }
            Slot::Gather => return self.gathered(generation, outcome),
            Slot::Draft(id) => return self.draft_arrived(id, generation, outcome.and_then(draft)),
            Slot::Remembered(name) => self.recalled(&name, outcome.and_then(remembered)),
        }
        Vec::new()
    }

    fn lines_arrived(&mut self, generation: u64, outcome: Result<Arc<Vec<crate::services::queries::LineKey>>, String>) {
        let failure = outcome.as_ref().err().cloned();
        if self.lines.rows.keys_arrived(generation, outcome)
            && let Some(failure) = failure
        {
            self.notices.problem(failure);
        }
    }

    fn coverage_arrived(&mut self, slot: &Slot, generation: u64, outcome: Result<Answer, String>) {
        let (page, notices) = (&mut self.coverage, &mut self.notices);
        match slot {
            Slot::CoverageList => {
                take(&mut page.list, generation, outcome, notices, coverage_list);
                page.list_arrived();
            }
            Slot::Coverage => take(&mut page.matrix, generation, outcome, notices, coverage),
            _ => take(&mut page.options, generation, outcome, notices, options),
        }
    }

    fn reports_arrived(&mut self, slot: &Slot, generation: u64, outcome: Result<Answer, String>) {
        let (page, notices) = (&mut self.reports, &mut self.notices);
        match slot {
            Slot::Reports => {
                take(&mut page.rows, generation, outcome, notices, reports);
                page.rows_arrived();
            }
            _ => take(&mut page.preview, generation, outcome, notices, report),
        }
    }

    fn detail_arrived(&mut self, generation: u64, outcome: Result<Answer, String>) {
        let Some(open) = &mut self.open else { return };
        let was_there = matches!(open.detail.value(), Some(Some(_)));
        take(&mut open.detail, generation, outcome, &mut self.notices, detail);
        // A record that was undone or deleted under one's eyes leaves an empty pane to nobody's use.
        if was_there && matches!(open.detail.value(), Some(None)) {
            self.open = None;
        }
    }

    fn list_arrived(&mut self, kind: RecordKind, generation: u64, outcome: Result<Arc<Vec<Id>>, String>) {
        let failure = outcome.as_ref().err().cloned();
        let taken = self.lists.get_mut(&kind).is_some_and(|list| list.rows.keys_arrived(generation, outcome));
        if let Some(failure) = failure.filter(|_| taken) {
            self.notices.problem(failure);
        }
    }

    fn recalled(&mut self, name: &str, outcome: Result<Option<String>, String>) {
        // What cannot be recalled is only comfort; the window works without it.
        let value = outcome.ok().flatten();
        match name {
            super::forms::DRAFT_MEMORY => self.recall_draft(value.as_deref()),
            super::sealed::REMEMBERED => self.recall_sealed(value.as_deref()),
            _ => {}
        }
        if let Some(value) = &value {
            self.recall_look(name, value);
        }
        let kinds = RecordKind::ALL.iter().copied();
        if let Some(kind) = kinds.into_iter().find(|kind| ListState::memory_name(*kind) == name) {
            self.list_mut(kind).recall(value.as_deref());
        }
    }

    /// Notes the link choices that the form on the screen needs; says whether they must be asked for.
    pub fn want_choices(&mut self, kinds: &[RecordKind]) -> bool {
        self.choices.entry(kinds.to_vec()).or_default().is_stale()
    }

    /// The forms, to be typed in, with what their links can choose from.
    pub const fn forms_and_choices(&mut self) -> (&mut Forms, &Choices) {
        (&mut self.forms, &self.choices)
    }

    /// Asks for what is typed into the palette. Where nothing is typed, nothing is asked.
    fn ask_search(&mut self, as_of: chrono::NaiveDate, asks: &mut Vec<Ask>) {
        let Some(Dialog::Palette { text, .. }) = &self.dialog else { return };
        if !text.trim().is_empty() {
            let query = Query::Search { text: text.clone(), as_of, limit_per_kind: HITS };
            want(&mut self.search, Slot::Search, query, asks);
        }
    }

    /// What must be asked so that the screen shows what it should. Empty while nothing changed.
    pub fn stale_queries(&mut self) -> Vec<Ask> {
        let mut asks = Vec::new();
        let (as_of, sources) = (self.day(), self.sources);
        if !self.draft_asked {
            self.draft_asked = true;
            let name = super::forms::DRAFT_MEMORY.to_owned();
            let slot = Slot::Remembered(name.clone());
            asks.push(Ask { slot, generation: 0, query: Query::Remembered { name } });
            asks.extend(Self::look_asks());
            asks.push(Self::sealed_ask());
        }
        want(&mut self.standing, Slot::Standing, Query::Standing, &mut asks);
        match self.route {
            Route::Overview => {
                want(&mut self.overview, Slot::Overview, Query::Overview { as_of, sources }, &mut asks);
                want(&mut self.durations, Slot::Durations, Query::Durations { as_of }, &mut asks);
            }
            Route::Deadlines => {
                let sources = self.deadline_sources();
                want(&mut self.deadlines, Slot::Deadlines, Query::Deadlines { as_of, sources }, &mut asks);
            }
            Route::History => {
                want(&mut self.operations, Slot::Operations, Query::Operations { limit: OPERATIONS }, &mut asks);
            }
            // What the importer shows comes of jobs.
            Route::Import => {}
            Route::Coverage => self.coverage.asks(as_of, &mut asks),
            Route::Reports => self.reports.asks(&mut asks),
            Route::Goods => self.goods.asks(as_of, sources, &mut asks),
            Route::Advisor | Route::Rules => self.ask_advisor(as_of, &mut asks),
            Route::WhatIf | Route::Slots => self.ask_planner(as_of, &mut asks),
            Route::List(_) | Route::Policy | Route::Lines => {
                want(&mut self.filter_choices, Slot::FilterChoices, Query::FilterChoices, &mut asks);
            }
        }
        if self.route == Route::Lines {
            self.lines.asks(as_of, sources, &mut asks);
        }
        if let Some(kind) = self.route.kind() {
            // Policy events are public by nature, so the choice of sources does not hide them.
            let sources = if kind == RecordKind::PolicyEvent { Sources::default() } else { sources };
            self.list_mut(kind).asks(as_of, sources, &mut asks);
        }
        if let Some(open) = &mut self.open {
            want(&mut open.detail, Slot::Detail, Query::Detail { id: open.id, as_of }, &mut asks);
        }
        self.coverage.sheet_asks(&mut asks);
        let signs = matches!(
            self.dialog,
            Some(Dialog::Clearance(_) | Dialog::Export(_) | Dialog::ReportFile(_) | Dialog::Seal(_) | Dialog::Pack(_))
        );
        if !self.forms.is_empty() || self.many.is_some() || signs || self.route.has_choices() {
            for (kinds, loaded) in &mut self.choices {
                want(loaded, Slot::Choices(kinds.clone()), Query::Choices { kinds: kinds.clone() }, &mut asks);
            }
        }
        self.ask_search(as_of, &mut asks);
        for ask in &mut asks {
            ask.generation = self.marked_generation(ask.generation);
        }
        asks
    }
}

/// How many records of a kind a search shows.
const HITS: usize = 5;

fn want<T>(loaded: &mut Loaded<T>, slot: Slot, query: Query, asks: &mut Vec<Ask>) {
    if let Some(generation) = loaded.want(&query) {
        asks.push(Ask { slot, generation, query });
    }
}

fn take<T>(
    loaded: &mut Loaded<T>,
    generation: u64,
    outcome: Result<Answer, String>,
    notices: &mut Notices,
    pick: impl FnOnce(Answer) -> Result<T, String>,
) {
    let outcome = outcome.and_then(pick);
    let failure = outcome.as_ref().err().cloned();
    if loaded.arrive(generation, outcome)
        && let Some(failure) = failure
    {
        notices.problem(failure);
    }
}

/// Declares how an answer is taken out of its envelope.
macro_rules! pick {
    ($($name:ident: $variant:ident -> $ty:ty;)+) => {
        $(fn $name(answer: Answer) -> Result<$ty, String> {
            match answer {
                Answer::$variant(value) => Ok(value),
                other => Err(format!("An answer came for another question: {other:?}")),
            }
        })+
    };
}

pick! {
    overview: Overview -> Arc<crate::services::queries::Overview>;
    deadlines: Deadlines -> Arc<crate::services::queries::DeadlineBoard>;
    durations: Durations -> Arc<crate::services::queries::DurationTable>;
    standing: Standing -> crate::services::queries::Standing;
    operations: Operations -> Arc<Vec<crate::services::queries::OperationRow>>;
    filter_choices: FilterChoices -> Arc<crate::services::queries::FilterChoices>;
    ids: List -> Arc<Vec<Id>>;
    rows: Rows -> Vec<crate::services::queries::ListRow>;
    what_if: WhatIf -> Option<Arc<crate::services::queries::WhatIf>>;
    slots: Slots -> Option<Arc<crate::services::queries::SlotsAnswer>>;
    needs: Needs -> Option<Arc<crate::services::queries::NeedsTable>>;
    rules: Rules -> Arc<Vec<crate::services::queries::RuleLine>>;
    coverage_list: CoverageList -> Arc<crate::services::queries::CoverageList>;
    coverage: Coverage -> Option<Arc<crate::services::queries::Coverage>>;
    options: BookingOptions -> Option<Arc<crate::services::queries::BookingOptions>>;
    reports: Reports -> Arc<Vec<crate::services::queries::ReportRow>>;
    report: Report -> Arc<crate::services::queries::ReportPreview>;
    goods: Goods -> Arc<crate::services::queries::GoodsTable>;
    lines: Lines -> Arc<Vec<crate::services::queries::LineKey>>;
    list_figure: ListFigure -> Option<Arc<crate::services::queries::ListFigure>>;
    line_totals: LineTotals -> Arc<Vec<crate::services::queries::GoodsTotal>>;
    line_rows: LineRows -> Vec<crate::services::queries::LineRow>;
    detail: Detail -> Option<Arc<crate::services::queries::Detail>>;
    choices: Choices -> Arc<Vec<crate::services::queries::LinkChoice>>;
    search: Search -> Arc<crate::services::queries::SearchResults>;
    draft: Draft -> Option<crate::services::queries::RecordDraft>;
    remembered: Remembered -> Option<String>;
}
