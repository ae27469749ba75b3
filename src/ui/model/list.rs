//! A list as the model holds it: filter, order, ids, and the rows that are near the eye.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::Query;
use crate::services::queries::{Filter, ListQuery, ListRow, SortBy, Sources};
use crate::ui::exchange::{Ask, Slot};
use crate::ui::loaded::Loaded;

/// How many rows are fetched at once.
pub const PAGE_ROWS: usize = 60;
/// How many pages are kept; a million rows scrolled through must not pile up.
const PAGES_KEPT: usize = 16;

/// What of a list is remembered from one day to the next.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrangement {
    /// Which records.
    pub filter: Filter,
    /// By what they are sorted.
    pub sort: SortBy,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// Whether the arrangement of an earlier day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Recall {
    Unknown,
    Asked,
    Known,
}

/// One list.
#[derive(Debug)]
pub struct ListState {
    kind: RecordKind,
    /// Filter and order.
    pub arrangement: Arrangement,
    /// The dates of the filter as they are typed, so that half a date is not lost.
    pub typed_dates: [String; 2],
    /// Whether a narrow list shows its rarer filters too.
    pub shows_more_filters: bool,
    /// Its records, in order.
    pub ids: Loaded<Arc<Vec<Id>>>,
    /// All records without the filter, for "23 of 93".
    pub all: Loaded<Arc<Vec<Id>>>,
    /// The rows that the painter last showed.
    pub visible: Range<usize>,
    /// The row on which the keyboard stands.
    pub cursor: Option<Id>,
    /// Whether the painter should scroll to the cursor.
    pub scroll_to_cursor: bool,
    pages: BTreeMap<usize, Loaded<Vec<ListRow>>>,
    recall: Recall,
}

impl ListState {
    /// A list of which nothing is known yet.
    #[must_use]
    pub fn new(kind: RecordKind) -> Self {
        Self {
            kind,
            arrangement: Arrangement::default(),
            typed_dates: <[String; 2]>::default(),
            shows_more_filters: false,
            ids: Loaded::default(),
            all: Loaded::default(),
            visible: 0..0,
            cursor: None,
            scroll_to_cursor: false,
            pages: BTreeMap::new(),
            recall: Recall::Unknown,
        }
    }

    /// The name under which a list's arrangement is remembered.
    #[must_use]
    pub fn memory_name(kind: RecordKind) -> String {
        format!("list:{}", kind.word())
    }

    /// Takes the arrangement of an earlier day; one that cannot be read is forgotten.
    pub fn recall(&mut self, remembered: Option<&str>) {
        if self.recall == Recall::Known {
            return;
        }
        self.recall = Recall::Known;
        if let Some(arrangement) = remembered.and_then(|text| serde_json::from_str(text).ok()) {
            self.arrange(arrangement);
            self.write_out_dates();
        }
    }

    /// Puts the dates of the filter into their fields, where they were not typed there.
    pub fn write_out_dates(&mut self) {
        let filter = &self.arrangement.filter;
        self.typed_dates = [filter.from, filter.to].map(|day| day.map_or_else(String::new, |day| day.to_string()));
    }

    /// Shows other records, or the same in another order.
    pub fn arrange(&mut self, arrangement: Arrangement) {
        self.arrangement = arrangement;
        self.recall = Recall::Known;
    }

    /// Marks everything as out of date.
    pub fn invalidate(&mut self) {
        self.ids.invalidate();
        self.all.invalidate();
        self.pages.values_mut().for_each(Loaded::invalidate);
    }

    /// What must be asked so that the list shows what it should.
    pub fn asks(&mut self, as_of: NaiveDate, sources: Sources, asks: &mut Vec<Ask>) {
        if self.recall != Recall::Known {
            if self.recall == Recall::Unknown {
                self.recall = Recall::Asked;
                let name = Self::memory_name(self.kind);
                let slot = Slot::Remembered(name.clone());
                asks.push(Ask { slot, generation: 0, query: Query::Remembered { name } });
            }
            return;
        }
        let query = Query::List(self.query(as_of, sources, self.arrangement.filter.clone()));
        if let Some(generation) = self.ids.want(&query) {
            asks.push(Ask { slot: Slot::List(self.kind), generation, query });
        }
        if self.is_filtered() {
            let query = Query::List(self.query(as_of, sources, Filter::default()));
            if let Some(generation) = self.all.want(&query) {
                asks.push(Ask { slot: Slot::ListAll(self.kind), generation, query });
            }
        }
        self.ask_pages(as_of, asks);
    }

    fn ask_pages(&mut self, as_of: NaiveDate, asks: &mut Vec<Ask>) {
        let Some(ids) = self.ids.value().cloned() else { return };
        let last = self.visible.end.min(ids.len());
        for page in self.visible.start / PAGE_ROWS..last.div_ceil(PAGE_ROWS) {
            let range = page * PAGE_ROWS..((page + 1) * PAGE_ROWS).min(ids.len());
            let Some(wanted) = ids.get(range) else { continue };
            let query = Query::Rows { kind: self.kind, as_of, ids: wanted.to_vec() };
            if let Some(generation) = self.pages.entry(page).or_default().want(&query) {
                asks.push(Ask { slot: Slot::Rows(self.kind, page), generation, query });
            }
        }
    }

    /// Takes a page of rows.
    pub fn rows_arrived(&mut self, page: usize, generation: u64, outcome: Result<Vec<ListRow>, String>) {
        if let Some(loaded) = self.pages.get_mut(&page) {
            loaded.arrive(generation, outcome);
        }
        let seen = self.visible.start / PAGE_ROWS;
        while self.pages.len() > PAGES_KEPT {
            let Some(farthest) = self.pages.keys().copied().max_by_key(|page| page.abs_diff(seen)) else { break };
            self.pages.remove(&farthest);
        }
    }

    /// How many records the list has, once that is known.
    #[must_use]
    pub fn len(&self) -> Option<usize> {
        self.ids.value().map(|ids| ids.len())
    }

    /// Whether it is known that it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// How many records there are without the filter.
    #[must_use]
    pub fn total(&self) -> Option<usize> {
        if self.is_filtered() { self.all.value().map(|ids| ids.len()) } else { self.len() }
    }

    /// Whether any filter is set.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.arrangement.filter != Filter::default()
    }

    /// The row at a place, if it has arrived.
    #[must_use]
    pub fn row(&self, at: usize) -> Option<&ListRow> {
        let id = *self.ids.value()?.get(at)?;
        let page = self.pages.get(&(at / PAGE_ROWS)).and_then(Loaded::value);
        let expected = page.and_then(|rows| rows.get(at % PAGE_ROWS)).filter(|row| row.id == id);
        // After a change of order, rows stand in other pages until theirs arrive.
        expected.or_else(|| self.pages.values().filter_map(Loaded::value).flatten().find(|row| row.id == id))
    }

    /// The record at a place.
    #[must_use]
    pub fn id_at(&self, at: usize) -> Option<Id> {
        self.ids.value()?.get(at).copied()
    }

    /// Where the keyboard stands.
    #[must_use]
    pub fn cursor_at(&self) -> Option<usize> {
        let cursor = self.cursor?;
        self.ids.value()?.iter().position(|id| *id == cursor)
    }

    /// Moves the keyboard's row and says on which record it is then.
    pub fn move_cursor(&mut self, steps: isize) -> Option<Id> {
        let last = self.len()?.checked_sub(1)?;
        let at = self.cursor_at().map_or(0, |at| at.saturating_add_signed(steps).min(last));
        self.cursor = self.id_at(at);
        self.scroll_to_cursor = true;
        self.cursor
    }

    fn query(&self, as_of: NaiveDate, sources: Sources, filter: Filter) -> ListQuery {
        let Arrangement { sort, descending, .. } = self.arrangement;
        ListQuery { kind: self.kind, as_of, sources, filter, sort, descending }
    }
}
