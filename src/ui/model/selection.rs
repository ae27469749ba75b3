//! Which rows of a list are selected: a sorted vector of keys, small and quick for a million of them.

use std::sync::Arc;

/// Some rows by their keys, and the row from which a range is drawn.
#[derive(Debug, Clone)]
pub struct Selection<K> {
    /// The keys, sorted.
    keys: Arc<Vec<K>>,
    /// What was selected before the range that is being drawn.
    before: Arc<Vec<K>>,
    anchor: Option<K>,
}

impl<K> Default for Selection<K> {
    fn default() -> Self {
        Self { keys: Arc::default(), before: Arc::default(), anchor: None }
    }
}

impl<K: Ord + Copy> Selection<K> {
    /// How many rows are selected.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Whether a row is selected.
    #[must_use]
    pub fn contains(&self, key: K) -> bool {
        self.keys.binary_search(&key).is_ok()
    }

    /// The keys in the order of a list.
    #[must_use]
    pub fn in_order_of(&self, order: &Arc<Vec<K>>) -> Arc<Vec<K>> {
        if self.keys.len() == order.len() {
            return Arc::clone(order);
        }
        Arc::new(order.iter().copied().filter(|key| self.contains(*key)).collect())
    }

    /// Says from which row the next range is drawn.
    pub fn anchor_at(&mut self, key: K) {
        self.anchor = Some(key);
        self.before = Arc::clone(&self.keys);
    }

    /// Whether there is a row from which a range can be drawn.
    #[must_use]
    pub const fn has_anchor(&self) -> bool {
        self.anchor.is_some()
    }

    /// Selects a row, or lets it go. The next range is drawn from it.
    pub fn toggle(&mut self, key: K) {
        let keys = Arc::make_mut(&mut self.keys);
        match keys.binary_search(&key) {
            Ok(at) => drop(keys.remove(at)),
            Err(at) => keys.insert(at, key),
        }
        self.anchor_at(key);
    }

    /// Selects everything from the anchor to a place in the list; a range that was drawn from the same anchor goes.
    pub fn range_to(&mut self, order: &[K], to: usize) {
        let from = self.anchor.and_then(|anchor| order.iter().position(|key| *key == anchor)).unwrap_or(to);
        let range = order.get(from.min(to)..=from.max(to)).unwrap_or_default();
        let mut keys = Vec::with_capacity(self.before.len() + range.len());
        keys.extend_from_slice(range);
        keys.extend_from_slice(&self.before);
        keys.sort_unstable();
        keys.dedup();
        self.keys = Arc::new(keys);
    }

    /// Selects all rows of a list.
    pub fn all(&mut self, order: &[K]) {
        let mut keys = order.to_vec();
        keys.sort_unstable();
        *self = Self { keys: Arc::new(keys), ..Self::default() };
    }

    /// Lets everything go.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Lets go what a list no longer shows: nobody should change what he cannot see.
    pub fn keep_only(&mut self, order: &[K]) {
        if self.is_empty() {
            return;
        }
        let mut shown = order.to_vec();
        shown.sort_unstable();
        let kept: Vec<K> = self.keys.iter().copied().filter(|key| shown.binary_search(key).is_ok()).collect();
        if kept.len() < self.keys.len() {
            *self = Self { keys: Arc::new(kept), ..Self::default() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(selection: &Selection<u32>) -> Vec<u32> {
        selection.keys.to_vec()
    }

    #[test]
    fn a_range_follows_its_end_and_keeps_what_was_selected_before() {
        let order = [50, 40, 30, 20, 10];
        let mut selection = Selection::default();
        selection.toggle(10);
        selection.anchor_at(40);
        selection.range_to(&order, 3);
        assert_eq!(keys(&selection), [10, 20, 30, 40]);
        selection.range_to(&order, 0);
        assert_eq!(keys(&selection), [10, 40, 50]);
    }

    #[test]
    fn a_million_rows_are_selected_and_one_let_go() {
        let order: Vec<u32> = (0..1_000_000).rev().collect();
        let mut selection = Selection::default();
        selection.all(&order);
        selection.toggle(77);
        assert_eq!((selection.len(), selection.contains(77), selection.contains(78)), (999_999, false, true));
    }

    #[test]
    fn what_a_filter_hides_is_no_longer_selected() {
        let mut selection = Selection::default();
        selection.all(&[1, 2, 3]);
        selection.keep_only(&[3, 1, 9]);
        assert_eq!(keys(&selection), [1, 3]);
        assert_eq!(*selection.in_order_of(&Arc::new(vec![3, 9, 1])), [3, 1]);
    }
}
