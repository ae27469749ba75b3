//! The two places for goods: what was planned against what was delivered, and the list of rows behind it.

use std::sync::Arc;

use chrono::NaiveDate;

use super::rows::{Keyed, Rows, RowsCommand};
use crate::domain::goods::GoodsBy;
use crate::domain::record::LineRole;
use crate::services::Query;
use crate::services::queries::{
    GoodsQuery, GoodsTable, GoodsTotal, LineFilter, LineKey, LineRow, LinesQuery, SortLines, Sources,
};
use crate::ui::exchange::{Ask, Slot};
use crate::ui::loaded::Loaded;

/// What the table of goods shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodsArrangement {
    /// By what goods are summed.
    pub by: GoodsBy,
    /// The first day of the period.
    pub from: Option<NaiveDate>,
    /// The last day of the period.
    pub to: Option<NaiveDate>,
}

/// The table of goods.
#[derive(Debug)]
pub struct GoodsPage {
    /// What it shows.
    pub arrangement: GoodsArrangement,
    /// The dates of the period as they are typed.
    pub typed_dates: [String; 2],
    /// The answer.
    pub table: Loaded<Arc<GoodsTable>>,
}

impl Default for GoodsPage {
    fn default() -> Self {
        Self {
            arrangement: GoodsArrangement { by: GoodsBy::Item, from: None, to: None },
            typed_dates: <[String; 2]>::default(),
            table: Loaded::default(),
        }
    }
}

impl GoodsPage {
    /// What must be asked so that the page shows what it should.
    pub fn asks(&mut self, as_of: NaiveDate, sources: Sources, asks: &mut Vec<Ask>) {
        let GoodsArrangement { by, from, to } = self.arrangement;
        let query = Query::Goods(GoodsQuery { as_of, sources, by, from, to });
        if let Some(generation) = self.table.want(&query) {
            asks.push(Ask { slot: Slot::Goods, generation, query });
        }
    }
}

/// What the list of goods shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinesArrangement {
    /// What the rows are counted as.
    pub role: LineRole,
    /// Which rows.
    pub filter: LineFilter,
    /// By what they are sorted.
    pub sort: SortLines,
    /// Whether the largest comes first.
    pub descending: bool,
}

impl LinesArrangement {
    /// The rows of a role behind a figure, the newest first.
    #[must_use]
    pub const fn behind(role: LineRole, filter: LineFilter) -> Self {
        Self { role, filter, sort: SortLines::Day, descending: true }
    }
}

impl Keyed for LineRow {
    type Key = LineKey;

    fn key(&self) -> LineKey {
        self.key
    }
}

/// The list of goods.
#[derive(Debug)]
pub struct LinesPage {
    /// What it shows.
    pub arrangement: LinesArrangement,
    /// The dates of the filter as they are typed.
    pub typed_dates: [String; 2],
    /// Its rows.
    pub rows: Rows<LineRow>,
    /// What they add up to.
    pub totals: Loaded<Arc<Vec<GoodsTotal>>>,
}

impl Default for LinesPage {
    fn default() -> Self {
        Self {
            arrangement: LinesArrangement::behind(
                LineRole::Shipped,
                LineFilter { pending: true, ..LineFilter::default() },
            ),
            typed_dates: <[String; 2]>::default(),
            rows: Rows::default(),
            totals: Loaded::default(),
        }
    }
}

impl LinesPage {
    /// Shows other rows, or the same in another order.
    pub fn arrange(&mut self, arrangement: LinesArrangement) {
        self.arrangement = arrangement;
    }

    /// Puts the dates of the filter into their fields, where they were not typed there.
    pub fn write_out_dates(&mut self) {
        let filter = &self.arrangement.filter;
        self.typed_dates = [filter.from, filter.to].map(|day| day.map_or_else(String::new, |day| day.to_string()));
    }

    /// Sorts by a column; the same column again turns the order round.
    pub fn sort_by(&mut self, sort: SortLines) {
        self.arrangement.descending = self.arrangement.sort == sort && !self.arrangement.descending;
        self.arrangement.sort = sort;
    }

    /// Moves through the rows. Says which record stands at the keyboard's row then.
    pub fn run(&mut self, command: RowsCommand<LineKey>) -> Option<crate::domain::id::Id> {
        let moved = self.rows.run(command);
        self.rows.cursor.filter(|_| moved).map(|key| key.record)
    }

    /// What must be asked so that the list shows what it should.
    pub fn asks(&mut self, as_of: NaiveDate, sources: Sources, asks: &mut Vec<Ask>) {
        let LinesArrangement { role, filter, sort, descending } = self.arrangement.clone();
        let wanted = LinesQuery { role, as_of, sources, filter, sort, descending };
        let query = Query::Lines(wanted.clone());
        if let Some(generation) = self.rows.keys.want(&query) {
            asks.push(Ask { slot: Slot::Lines, generation, query });
        }
        // The order changes no sum.
        let query = Query::LineTotals(LinesQuery { sort: SortLines::Day, descending: false, ..wanted });
        if let Some(generation) = self.totals.want(&query) {
            asks.push(Ask { slot: Slot::LineTotals, generation, query });
        }
        if let Some((generation, keys)) = self.rows.wanted(as_of) {
            let query = Query::LineRows { as_of, keys };
            asks.push(Ask { slot: Slot::LineRows, generation, query });
        }
    }
}
