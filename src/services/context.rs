//! Who works and what time it is: passed in, so that tests can fix both.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

/// An instant and the civil day that people have there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub now: DateTime<Utc>,
    /// The civil day in the user's time zone.
    pub today: NaiveDate,
    /// Minutes by which the user's clock is ahead of UTC, for showing instants.
    pub offset_minutes: i32,
}

/// Who works and what time it is.
#[derive(Clone)]
pub struct Context {
    /// Reads the clock.
    pub clock: Arc<dyn Fn() -> Moment + Send + Sync>,
    /// The name that stands in the journal.
    pub actor: String,
}

impl Context {
    /// A context whose clock stands still, for tests and for filling the demo.
    #[must_use]
    pub fn fixed(moment: Moment, actor: &str) -> Self {
        Self { clock: Arc::new(move || moment), actor: actor.to_owned() }
    }

    /// What time it is now.
    #[must_use]
    pub fn moment(&self) -> Moment {
        (self.clock)()
    }
}

impl Moment {
    /// A moment at a given instant in a time zone that is `offset_minutes` ahead of UTC.
    #[must_use]
    pub fn at(now: DateTime<Utc>, offset_minutes: i32) -> Self {
        let local = now + chrono::Duration::minutes(i64::from(offset_minutes));
        Self { now, today: local.date_naive(), offset_minutes }
    }

    /// An instant of the journal in the user's civil time: `2026-11-24 18:05`.
    #[must_use]
    pub fn local(&self, instant: &str) -> String {
        DateTime::parse_from_rfc3339(instant).map_or_else(
            |_error| instant.to_owned(),
            |at| (at + chrono::Duration::minutes(i64::from(self.offset_minutes))).format("%Y-%m-%d %H:%M").to_string(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;

    #[test]
    fn the_civil_day_is_that_of_the_user_and_not_of_utc() {
        let late = Utc.with_ymd_and_hms(2026, 11, 24, 20, 0, 0).unwrap();
        for (offset_minutes, today, shown) in [
            (0, "2026-11-24", "2026-11-24 20:00"),
            (9 * 60, "2026-11-25", "2026-11-25 05:00"),
            (-8 * 60, "2026-11-24", "2026-11-24 12:00"),
            (5 * 60 + 45, "2026-11-25", "2026-11-25 01:45"),
        ] {
            let moment = Moment::at(late, offset_minutes);
            assert_eq!(moment.today.to_string(), today);
            assert_eq!(moment.local("2026-11-24T20:00:00.000Z"), shown);
        }
    }
}
