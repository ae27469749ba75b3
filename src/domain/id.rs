//! Record identity: 64-bit numbers that two offices can give out apart and still never share.

use chrono::{DateTime, TimeZone as _, Utc};
use serde::{Deserialize, Serialize};

/// The identity of one record. People see references; programs see this.
///
/// Layout, from the high end: 41 bits milliseconds since 2020-01-01 UTC, 12 bits counter, 10 bits origin tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(pub i64);

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

const COUNTER_BITS: u32 = 12;
const TAG_BITS: u32 = 10;

/// Gives out ids that grow, for one origin (one file on one machine).
#[derive(Debug, Clone)]
pub struct IdSource {
    tag: i64,
    last: i64,
}

impl IdSource {
    /// A source for the origin whose tag is `tag` (the low ten bits count); ids begin after `last`.
    #[must_use]
    pub fn new(tag: i64, last: i64) -> Self {
        Self { tag: tag & ((1 << TAG_BITS) - 1), last: last >> TAG_BITS }
    }

    /// The next id. It grows even where the clock stands still or goes back.
    pub fn next(&mut self, now: DateTime<Utc>) -> Id {
        let epoch = Utc.with_ymd_and_hms(2020, 1, 1, 0, 0, 0).single().unwrap_or_default();
        let millis = (now - epoch).num_milliseconds().max(0);
        self.last = (self.last + 1).max(millis << COUNTER_BITS);
        Id((self.last << TAG_BITS) | self.tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_even_when_the_clock_goes_back() {
        let mut source = IdSource::new(7, 0);
        let noon = Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap();
        let first = source.next(noon);
        let second = source.next(noon - chrono::Duration::hours(1));
        assert!(second > first);
    }

    #[test]
    fn two_origins_never_give_the_same_id() {
        let noon = Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap();
        assert_ne!(IdSource::new(1, 0).next(noon), IdSource::new(2, 0).next(noon));
    }
}
