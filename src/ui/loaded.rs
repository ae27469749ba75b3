//! `Loaded<T>`: a value that stays on the screen while a newer one is asked for.
//!
//! It knows which question its value answers, whether that is out of date, and drops answers that come too late. It must
//! not know who answers.

use crate::services::Query;

/// A value from the store, as the screen holds it.
#[derive(Debug)]
pub struct Loaded<T> {
    value: Option<T>,
    asked: Option<Query>,
    stale: bool,
    pending: bool,
    generation: u64,
    failure: Option<String>,
}

impl<T> Default for Loaded<T> {
    fn default() -> Self {
        Self { value: None, asked: None, stale: true, pending: false, generation: 0, failure: None }
    }
}

impl<T> Loaded<T> {
    /// The newest value that arrived, however old.
    pub const fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// Why the newest question got no answer.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Whether an answer is on its way.
    pub const fn is_pending(&self) -> bool {
        self.pending
    }

    /// Whether the value must be asked for again.
    pub const fn is_stale(&self) -> bool {
        self.stale
    }

    /// Says that the value may be out of date; it stays until a newer one comes.
    pub const fn invalidate(&mut self) {
        self.stale = true;
    }

    /// Throws the value away, where the old one would mislead.
    pub fn clear(&mut self) {
        self.value = None;
        self.stale = true;
        self.failure = None;
    }

    /// What must be asked so that the value answers `query`: the generation, or `None` where it does or soon will.
    pub fn want(&mut self, query: &Query) -> Option<u64> {
        if !self.stale && self.asked.as_ref() == Some(query) {
            return None;
        }
        self.generation += 1;
        self.asked = Some(query.clone());
        self.stale = false;
        self.pending = true;
        Some(self.generation)
    }

    /// Takes an answer, unless a newer question is under way. Says whether it was taken.
    pub fn arrive(&mut self, generation: u64, outcome: Result<T, String>) -> bool {
        if generation != self.generation {
            return false;
        }
        self.pending = false;
        match outcome {
            Ok(value) => {
                self.value = Some(value);
                self.failure = None;
            }
            Err(failure) => self.failure = Some(failure),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Query = Query::Operations { limit: 1 };
    const SECOND: Query = Query::Operations { limit: 2 };

    #[test]
    fn the_old_value_stays_until_the_new_one_arrives() {
        let mut loaded = Loaded::default();
        let first = loaded.want(&FIRST).unwrap();
        loaded.arrive(first, Ok("old"));
        loaded.invalidate();
        assert!(loaded.want(&FIRST).is_some());
        assert_eq!(loaded.value(), Some(&"old"));
        assert!(loaded.is_pending());
    }

    #[test]
    fn the_same_question_is_asked_once() {
        let mut loaded = Loaded::<()>::default();
        assert!(loaded.want(&FIRST).is_some());
        assert!(loaded.want(&FIRST).is_none());
        assert!(loaded.want(&SECOND).is_some());
    }

    #[test]
    fn a_late_answer_is_dropped() {
        let mut loaded = Loaded::default();
        let early = loaded.want(&FIRST).unwrap();
        let late = loaded.want(&SECOND).unwrap();
        assert!(loaded.arrive(late, Ok(2)));
        assert!(!loaded.arrive(early, Ok(1)));
        assert_eq!(loaded.value(), Some(&2));
    }

    #[test]
    fn a_failure_keeps_the_value_and_is_not_asked_again_by_itself() {
        let mut loaded = Loaded::default();
        let first = loaded.want(&FIRST).unwrap();
        loaded.arrive(first, Ok(1));
        loaded.invalidate();
        let second = loaded.want(&FIRST).unwrap();
        loaded.arrive(second, Err("The disk is gone".into()));
        assert_eq!((loaded.value(), loaded.failure()), (Some(&1), Some("The disk is gone")));
        assert!(loaded.want(&FIRST).is_none());
    }
}
