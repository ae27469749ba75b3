//! A list as the model holds it: filter, order, ids, and the rows that are near the eye.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::rows::{Keyed, Rows};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::Query;
use crate::services::queries::{Filter, ListFigure, ListQuery, ListRow, SortBy, Sources};
use crate::ui::exchange::{Ask, Slot};
use crate::ui::loaded::Loaded;

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

impl Keyed for ListRow {
    type Key = Id;

    fn key(&self) -> Id {
        self.id
    }
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
    /// Its records.
    pub rows: Rows<ListRow>,
    /// How many of its columns there was room for.
    pub columns_shown: usize,
    /// All records without the filter, for "23 of 93".
    pub all: Loaded<Arc<Vec<Id>>>,
    /// What it adds up to, where it is behind a figure.
    pub figure: Loaded<Option<Arc<ListFigure>>>,
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
            rows: Rows::default(),
            columns_shown: 0,
            all: Loaded::default(),
            figure: Loaded::default(),
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
        self.rows.invalidate();
        self.all.invalidate();
        self.figure.invalidate();
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
        if let Some(generation) = self.rows.keys.want(&query) {
            asks.push(Ask { slot: Slot::List(self.kind), generation, query });
        }
        if self.is_filtered() {
            let query = Query::List(self.query(as_of, sources, Filter::default()));
            if let Some(generation) = self.all.want(&query) {
                asks.push(Ask { slot: Slot::ListAll(self.kind), generation, query });
            }
        }
        if self.arrangement.filter.only.is_some() {
            let query = Query::ListFigure(self.shown(as_of, sources));
            if let Some(generation) = self.figure.want(&query) {
                asks.push(Ask { slot: Slot::ListFigure(self.kind), generation, query });
            }
        }
        if let Some((generation, ids)) = self.rows.wanted(as_of) {
            let query = Query::Rows { kind: self.kind, as_of, ids };
            asks.push(Ask { slot: Slot::Rows(self.kind), generation, query });
        }
    }

    /// How many records the list has, once that is known.
    #[must_use]
    pub fn len(&self) -> Option<usize> {
        self.rows.len()
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

    /// The list as it is shown, with its filter and its order.
    #[must_use]
    pub fn shown(&self, as_of: NaiveDate, sources: Sources) -> ListQuery {
        self.query(as_of, sources, self.arrangement.filter.clone())
    }

    fn query(&self, as_of: NaiveDate, sources: Sources, filter: Filter) -> ListQuery {
        let Arrangement { sort, descending, .. } = self.arrangement;
        ListQuery { kind: self.kind, as_of, sources, filter, sort, descending }
    }
}
