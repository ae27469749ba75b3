//! What the painters may see of the model, and the few things they may touch.

use std::sync::Arc;

use chrono::NaiveDate;

use super::dialog::Dialog;
use super::forms::Forms;
use super::list::ListState;
use super::memory::Sorting;
use super::notice::Notices;
use super::route::Route;
use super::{Choices, Model, OpenRecord};
use crate::domain::record::RecordKind;
use crate::services::queries::{FilterChoices, OperationRow, Overview, SearchResults, Sources, Standing};
use crate::ui::exchange::Place;
use crate::ui::forms::ManyForm;
use crate::ui::loaded::Loaded;

impl Model {
    /// The workspace that is open.
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// Where in the window one is.
    #[must_use]
    pub const fn route(&self) -> Route {
        self.route
    }

    /// The day whose status is shown, where it is not today.
    #[must_use]
    pub const fn as_of(&self) -> Option<NaiveDate> {
        self.as_of
    }

    /// The day whose status is shown.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.as_of.unwrap_or(self.place.today)
    }

    /// Whose records are shown.
    #[must_use]
    pub const fn sources(&self) -> Sources {
        self.sources
    }

    /// What the search of the palette found.
    #[must_use]
    pub const fn search(&self) -> &Loaded<Arc<SearchResults>> {
        &self.search
    }

    /// The overview.
    #[must_use]
    pub const fn overview(&self) -> &Loaded<Arc<Overview>> {
        &self.overview
    }

    /// The list of a kind, where it was looked at.
    #[must_use]
    pub fn list(&self, kind: RecordKind) -> Option<&ListState> {
        self.lists.get(&kind)
    }

    /// The list of a kind, for the painter to say which rows it shows.
    pub fn list_mut(&mut self, kind: RecordKind) -> &mut ListState {
        self.lists.entry(kind).or_insert_with(|| ListState::new(kind))
    }

    /// The table of goods.
    #[must_use]
    pub const fn goods(&self) -> &super::goods::GoodsPage {
        &self.goods
    }

    /// The table of goods, for the dates that are typed.
    pub const fn goods_mut(&mut self) -> &mut super::goods::GoodsPage {
        &mut self.goods
    }

    /// The list of goods.
    #[must_use]
    pub const fn lines(&self) -> &super::goods::LinesPage {
        &self.lines
    }

    /// The list of goods, for the painter to say which rows it shows.
    pub const fn lines_mut(&mut self) -> &mut super::goods::LinesPage {
        &mut self.lines
    }

    /// The record that is open.
    #[must_use]
    pub const fn open_record(&self) -> Option<&OpenRecord> {
        self.open.as_ref()
    }

    /// What a link field of some kinds can choose from, once it is there.
    #[must_use]
    pub fn choices_of(&self, kinds: &[RecordKind]) -> Option<Arc<Vec<crate::services::queries::LinkChoice>>> {
        self.choices.get(kinds).and_then(|loaded| loaded.value().cloned())
    }

    /// What undo and redo would do, and the counts.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        static NOTHING: Standing = Standing { undo: None, redo: None, counts: Vec::new() };
        self.standing.value().unwrap_or(&NOTHING)
    }

    /// How many records of a kind there are, once that is known.
    #[must_use]
    pub fn count_of(&self, kind: RecordKind) -> Option<i64> {
        self.standing().counts.iter().find(|(counted, _)| *counted == kind).map(|(_, count)| *count)
    }

    /// What the filters offer.
    #[must_use]
    pub fn filter_choices(&self) -> Option<&Arc<FilterChoices>> {
        self.filter_choices.value()
    }

    /// The newest operations.
    #[must_use]
    pub const fn operations(&self) -> &Loaded<Arc<Vec<OperationRow>>> {
        &self.operations
    }

    /// The forms that are open.
    #[must_use]
    pub const fn forms(&self) -> &Forms {
        &self.forms
    }

    /// The forms that are open, to be typed in.
    pub const fn forms_mut(&mut self) -> &mut Forms {
        &mut self.forms
    }

    /// The dialog in front of everything.
    #[must_use]
    pub const fn dialog(&self) -> Option<&Dialog> {
        self.dialog.as_ref()
    }

    /// The dialog, to be typed in.
    pub const fn dialog_mut(&mut self) -> Option<&mut Dialog> {
        self.dialog.as_mut()
    }

    /// The notices.
    #[must_use]
    pub const fn notices(&self) -> &Notices {
        &self.notices
    }

    /// What the last write did, in words.
    #[must_use]
    pub fn last_write(&self) -> Option<&str> {
        self.last_write.as_deref()
    }

    /// Whether a write is under way.
    #[must_use]
    pub const fn is_writing(&self) -> bool {
        self.writing > 0
    }

    /// Whether an answer for the screen is on its way.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        let list =
            self.route.kind().and_then(|kind| self.lists.get(&kind)).is_some_and(|list| list.rows.keys.is_pending());
        let record = self.open.as_ref().is_some_and(|open| open.detail.is_pending());
        let goods = self.goods.table.is_pending() || self.lines.rows.keys.is_pending();
        let coverage =
            self.route == Route::Coverage && (self.coverage.list.is_pending() || self.coverage.matrix.is_pending());
        let pages = goods || coverage || self.planner.is_pending() || self.overview.is_pending();
        list || pages || record || self.fetch.is_some()
    }

    /// How many of how many records were read for what is to be done with them, while that is under way.
    #[must_use]
    pub fn gathering(&self) -> Option<(usize, usize)> {
        self.gather.as_ref().map(super::gather::Gather::progress)
    }

    /// The form that sets fields in many records, to be typed in, with what its links can choose from.
    pub const fn many_and_choices(&mut self) -> (Option<&mut ManyForm>, &Choices) {
        (self.many.as_mut(), &self.choices)
    }

    /// Whether the list on the screen waits so long for its order that it should say so.
    #[must_use]
    pub const fn sorts_long(&self) -> bool {
        matches!(self.sorting, Sorting::Long)
    }

    /// Whether there is a place to go back to.
    #[must_use]
    pub const fn can_go_back(&self) -> bool {
        !self.trail.is_empty()
    }

    /// Whether the rail shows words beside its icons.
    #[must_use]
    pub const fn rail_has_words(&self) -> bool {
        self.rail_words
    }

    /// Whether the text filter should take the keyboard; asked once.
    pub const fn take_filter_focus(&mut self) -> bool {
        std::mem::replace(&mut self.focus_filter, false)
    }
}
