//! The rows of a long list, whatever they are: all their keys in order, and the rows themselves near the eye.
//!
//! One question for rows is under way at a time and the newest wins, so that fast scrolling leaves no queue behind. It must
//! not know what a row holds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use super::scroll::Scroll;
use super::selection::Selection;
use crate::ui::loaded::Loaded;

/// Rows are asked for in pages of so many.
pub const PAGE_ROWS: usize = 60;
/// How many rows are kept; a million scrolled through must not pile up.
const ROWS_KEPT: usize = 20 * PAGE_ROWS;

/// A row of a long list.
pub trait Keyed {
    /// What tells it from all the others.
    type Key: Ord + Copy + Debug;

    /// Its key.
    fn key(&self) -> Self::Key;
}

/// How far the keyboard goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many rows.
    Rows(isize),
    /// So many times what is seen.
    Pages(isize),
    /// To the first row.
    First,
    /// To the last.
    Last,
}

/// What can be done with the rows of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowsCommand<K> {
    /// Move the keyboard's row.
    Move(Step),
    /// Move it and select what lies between.
    Extend(Step),
    /// Put the keyboard on a row.
    At(K),
    /// Select from the last row that was touched to this place.
    ExtendTo(usize),
    /// Select a row, or let it go.
    Toggle(K),
    /// The same with the keyboard's row.
    ToggleCursor,
    /// Select all.
    All,
    /// Let everything go.
    Clear,
}

/// The rows of one list.
#[derive(Debug)]
pub struct Rows<R: Keyed> {
    /// The keys of all its rows, in order.
    pub keys: Loaded<Arc<Vec<R::Key>>>,
    /// How far it is scrolled.
    pub scroll: Scroll,
    /// The rows that the painter last showed.
    pub visible: Range<usize>,
    /// The row on which the keyboard stands.
    pub cursor: Option<R::Key>,
    /// Whether the painter should bring the cursor into sight.
    pub reveal_cursor: bool,
    /// Which rows are selected.
    pub selection: Selection<R::Key>,
    cache: BTreeMap<R::Key, Cached<R>>,
    /// The day for which rows were asked.
    as_of: Option<NaiveDate>,
    /// Counts how often all rows went out of date.
    epoch: u64,
    generation: u64,
    /// The generation up to which rows are of an earlier epoch.
    outdated: u64,
    asked: BTreeSet<R::Key>,
}

#[derive(Debug)]
struct Cached<R> {
    /// `None` where the row is gone.
    row: Option<R>,
    epoch: u64,
}

impl<R: Keyed> Default for Rows<R> {
    fn default() -> Self {
        Self {
            keys: Loaded::default(),
            scroll: Scroll::default(),
            visible: 0..0,
            cursor: None,
            reveal_cursor: false,
            selection: Selection::default(),
            cache: BTreeMap::new(),
            as_of: None,
            epoch: 0,
            generation: 0,
            outdated: 0,
            asked: BTreeSet::new(),
        }
    }
}

impl<R: Keyed> Rows<R> {
    /// Marks everything as out of date; it stays on the screen until newer rows come.
    pub fn invalidate(&mut self) {
        self.keys.invalidate();
        self.outdate_rows();
    }

    fn outdate_rows(&mut self) {
        self.epoch += 1;
        self.outdated = self.generation;
        self.asked.clear();
    }

    /// Takes the keys in a new order, or other keys.
    pub fn keys_arrived(&mut self, generation: u64, outcome: Result<Arc<Vec<R::Key>>, String>) -> bool {
        let taken = self.keys.arrive(generation, outcome);
        if taken && let Some(keys) = self.keys.value() {
            self.selection.keep_only(keys);
        }
        taken
    }

    /// The keys whose rows must be asked for so that everything in sight is there; `None` where it is or soon will be.
    pub fn wanted(&mut self, as_of: NaiveDate) -> Option<(u64, Vec<R::Key>)> {
        if self.as_of != Some(as_of) {
            self.as_of = Some(as_of);
            self.outdate_rows();
        }
        let keys = Arc::clone(self.keys.value()?);
        let end = self.visible.end.min(keys.len());
        let start = self.visible.start.min(end);
        let is_fresh = |key: &R::Key| self.cache.get(key).is_some_and(|cached| cached.epoch == self.epoch);
        let seen = keys.get(start..end)?;
        if seen.iter().all(|key| is_fresh(key) || self.asked.contains(key)) {
            return None;
        }
        let page = start / PAGE_ROWS * PAGE_ROWS..(end.div_ceil(PAGE_ROWS) * PAGE_ROWS).min(keys.len());
        let wanted: Vec<R::Key> = keys.get(page)?.iter().copied().filter(|key| !is_fresh(key)).collect();
        self.generation += 1;
        self.asked = wanted.iter().copied().collect();
        Some((self.generation, wanted))
    }

    /// Takes rows. Those of an older question are as good, as long as nothing changed since.
    pub fn arrived(&mut self, generation: u64, outcome: Result<Vec<R>, String>) {
        if generation <= self.outdated {
            return;
        }
        let epoch = self.epoch;
        if generation == self.generation {
            // What was asked for and does not come is gone, or failed: asking again at once would help neither.
            for key in std::mem::take(&mut self.asked) {
                let kept = self.cache.remove(&key).filter(|_| outcome.is_err()).and_then(|cached| cached.row);
                self.cache.insert(key, Cached { row: kept, epoch });
            }
        }
        for row in outcome.unwrap_or_default() {
            self.cache.insert(row.key(), Cached { row: Some(row), epoch });
        }
        self.forget_far();
    }

    fn forget_far(&mut self) {
        let Some(keys) = self.keys.value().filter(|_| self.cache.len() > ROWS_KEPT) else { return };
        let margin = ROWS_KEPT / 4;
        let end = (self.visible.end + margin).min(keys.len());
        let near = keys.get(self.visible.start.saturating_sub(margin).min(end)..end).unwrap_or_default();
        let near: BTreeSet<R::Key> = near.iter().copied().collect();
        self.cache.retain(|key, _| near.contains(key));
    }

    /// How many rows there are, once that is known.
    #[must_use]
    pub fn len(&self) -> Option<usize> {
        self.keys.value().map(|keys| keys.len())
    }

    /// Whether it is known that there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// The row at a place, if it has arrived.
    #[must_use]
    pub fn row(&self, at: usize) -> Option<&R> {
        self.cache.get(&self.key_at(at)?)?.row.as_ref()
    }

    /// The key at a place.
    #[must_use]
    pub fn key_at(&self, at: usize) -> Option<R::Key> {
        self.keys.value()?.get(at).copied()
    }

    /// Where the keyboard stands.
    #[must_use]
    pub fn cursor_at(&self) -> Option<usize> {
        let cursor = self.cursor?;
        self.keys.value()?.iter().position(|key| *key == cursor)
    }

    /// Puts the keyboard on a row, as a click does; the next range is drawn from there.
    pub fn set_cursor(&mut self, key: R::Key) {
        self.cursor = Some(key);
        self.selection.anchor_at(key);
    }

    /// Does what is asked. Says whether the keyboard moved.
    pub fn run(&mut self, command: RowsCommand<R::Key>) -> bool {
        match command {
            RowsCommand::Move(step) => {
                let moved = self.move_cursor(step).is_some();
                if let Some(cursor) = self.cursor {
                    self.selection.anchor_at(cursor);
                }
                return moved;
            }
            RowsCommand::Extend(step) => {
                if let Some(cursor) = self.cursor.filter(|_| !self.selection.has_anchor()) {
                    self.selection.anchor_at(cursor);
                }
                if let Some(at) = self.move_cursor(step) {
                    self.extend_to(at);
                }
            }
            RowsCommand::At(key) => self.set_cursor(key),
            RowsCommand::ExtendTo(at) => self.extend_to(at),
            RowsCommand::Toggle(key) => {
                self.cursor = Some(key);
                self.selection.toggle(key);
            }
            RowsCommand::ToggleCursor => {
                if let Some(cursor) = self.cursor {
                    self.selection.toggle(cursor);
                }
            }
            RowsCommand::All => {
                if let Some(keys) = self.keys.value() {
                    self.selection.all(keys);
                }
            }
            RowsCommand::Clear => self.selection.clear(),
        }
        false
    }

    fn extend_to(&mut self, at: usize) {
        let Some(keys) = self.keys.value() else { return };
        self.selection.range_to(keys, at);
        self.cursor = keys.get(at).copied();
    }

    /// Moves the keyboard's row and says where it is then.
    fn move_cursor(&mut self, step: Step) -> Option<usize> {
        let last = self.len()?.checked_sub(1)?;
        let page = isize::try_from(self.scroll.page()).unwrap_or(1);
        let by = |rows: isize| self.cursor_at().map_or(0, |at| at.saturating_add_signed(rows).min(last));
        let at = match step {
            Step::Rows(rows) => by(rows),
            Step::Pages(pages) => by(pages.saturating_mul(page)),
            Step::First => 0,
            Step::Last => last,
        };
        self.cursor = self.key_at(at);
        self.reveal_cursor = true;
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of a record: the record and its number.
    #[derive(Debug, PartialEq)]
    struct Line((i64, u32));

    impl Keyed for Line {
        type Key = (i64, u32);

        fn key(&self) -> Self::Key {
            self.0
        }
    }

    const MANY: i64 = 1_000_000;

    fn day() -> NaiveDate {
        "2026-11-24".parse().unwrap()
    }

    /// A list of a million lines of which only the keys have come.
    fn lines() -> Rows<Line> {
        let mut rows = Rows::default();
        let query = crate::services::Query::Standing;
        let generation = rows.keys.want(&query).unwrap();
        rows.keys_arrived(
            generation,
            Ok(Arc::new((0..MANY).map(|n| (n / 10, u32::try_from(n % 10).unwrap())).collect())),
        );
        rows.scroll.fit(1_000_000, 30.0);
        rows.visible = 0..30;
        rows
    }

    fn show_end(rows: &mut Rows<Line>) {
        rows.run(RowsCommand::Move(Step::Last));
        rows.scroll.reveal(rows.cursor_at().unwrap());
        rows.visible = rows.scroll.visible();
    }

    #[test]
    fn a_jump_to_the_end_asks_for_one_page_and_shows_the_last_row() {
        let mut rows = lines();
        let (first, _) = rows.wanted(day()).unwrap();
        show_end(&mut rows);
        let (last, wanted) = rows.wanted(day()).unwrap();
        assert!(wanted.len() <= PAGE_ROWS * 2, "{}", wanted.len());
        assert_eq!(rows.wanted(day()), None, "it is on its way");
        rows.arrived(first, Ok(Vec::new()));
        rows.arrived(last, Ok(wanted.into_iter().map(Line).collect()));
        assert_eq!(rows.row(999_999), Some(&Line((99_999, 9))));
        assert_eq!(rows.wanted(day()), None);
    }

    #[test]
    fn rows_of_another_day_are_asked_again_and_late_ones_are_not_taken() {
        let mut rows = lines();
        let (late, wanted) = rows.wanted(day()).unwrap();
        let other = day().succ_opt().unwrap();
        assert!(rows.wanted(other).is_some());
        rows.arrived(late, Ok(wanted.into_iter().map(Line).collect()));
        assert_eq!(rows.row(0), None);
    }

    #[test]
    fn a_row_that_does_not_come_is_not_asked_for_again_and_again() {
        let mut rows = lines();
        let (generation, _) = rows.wanted(day()).unwrap();
        rows.arrived(generation, Ok(Vec::new()));
        assert_eq!(rows.wanted(day()), None);
        rows.invalidate();
        assert!(rows.wanted(day()).is_some());
    }

    #[test]
    fn far_rows_are_forgotten() {
        let mut rows = lines();
        for start in (0..6_000).step_by(PAGE_ROWS) {
            rows.visible = start..start + 30;
            let Some((generation, wanted)) = rows.wanted(day()) else { continue };
            rows.arrived(generation, Ok(wanted.into_iter().map(Line).collect()));
        }
        assert!(rows.cache.len() <= ROWS_KEPT + PAGE_ROWS, "{}", rows.cache.len());
        assert!(rows.row(5_950).is_some() && rows.row(0).is_none());
    }

    #[test]
    fn shift_and_the_arrows_select_as_far_as_the_keyboard_goes() {
        let mut rows = lines();
        rows.run(RowsCommand::Move(Step::First));
        rows.run(RowsCommand::Extend(Step::Rows(3)));
        rows.run(RowsCommand::Extend(Step::Rows(-1)));
        assert_eq!((rows.selection.len(), rows.cursor), (3, Some((0, 2))));
        rows.run(RowsCommand::Extend(Step::Last));
        assert_eq!(rows.selection.len(), 1_000_000);
        rows.run(RowsCommand::Clear);
        rows.run(RowsCommand::ToggleCursor);
        assert_eq!((rows.selection.len(), rows.selection.contains((99_999, 9))), (1, true));
    }
}
