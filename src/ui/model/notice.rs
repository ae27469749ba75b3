//! Notices: short words about what was done or what went wrong, that go away by themselves where nothing is to be done.

use crate::ui::command::Command;

/// How long a notice stays that asks for nothing, in seconds.
const STAYS_SECS: f64 = 8.0;
/// How many are shown at once.
const MOST: usize = 4;

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// It was done.
    Done,
    /// It was done, but something should be known.
    Warning,
    /// It was not done.
    Problem,
}

/// One notice.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Its number, by which it is dismissed.
    pub number: u64,
    /// How much it matters.
    pub weight: Weight,
    /// What to read.
    pub text: String,
    /// What can be done about it at once.
    pub action: Option<(String, Command)>,
    shown_at: Option<f64>,
    stays: bool,
}

/// The notices on the screen.
#[derive(Debug, Default)]
pub struct Notices {
    all: Vec<Notice>,
    last: u64,
}

impl Notices {
    /// Says that something was done.
    pub fn done(&mut self, text: impl Into<String>, action: Option<(String, Command)>) {
        self.add(Weight::Done, text.into(), action, false);
    }

    /// Says what should be known though it was done.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.add(Weight::Warning, text.into(), None, true);
    }

    /// Says what was not done, and why.
    pub fn problem(&mut self, text: impl Into<String>) {
        self.add(Weight::Problem, text.into(), None, true);
    }

    /// Offers the next step, until it is taken or dismissed.
    pub fn offer(&mut self, text: impl Into<String>, action: (String, Command)) {
        self.add(Weight::Done, text.into(), Some(action), true);
    }

    fn add(&mut self, weight: Weight, text: String, action: Option<(String, Command)>, stays: bool) {
        self.last += 1;
        self.all.retain(|older| older.text != text && (older.stays || weight != Weight::Done));
        self.all.push(Notice { number: self.last, weight, text, action, shown_at: None, stays });
        let surplus = self.all.len().saturating_sub(MOST);
        self.all.drain(..surplus);
    }

    /// Takes a notice away.
    pub fn dismiss(&mut self, number: u64) {
        self.all.retain(|notice| notice.number != number);
    }

    /// Takes away what was read long enough.
    pub fn tick(&mut self, now_secs: f64) {
        for notice in &mut self.all {
            notice.shown_at.get_or_insert(now_secs);
        }
        self.all.retain(|notice| notice.stays || notice.shown_at.is_none_or(|since| now_secs - since < STAYS_SECS));
    }

    /// Whether any will go away by itself.
    #[must_use]
    pub fn any_passing(&self) -> bool {
        self.all.iter().any(|notice| !notice.stays)
    }

    /// The notices, oldest first.
    #[must_use]
    pub fn all(&self) -> &[Notice] {
        &self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_news_passes_and_a_problem_stays() {
        let mut notices = Notices::default();
        notices.problem("The disk is full");
        notices.done("Added request", None);
        notices.tick(0.0);
        notices.tick(STAYS_SECS + 1.0);
        let left: Vec<_> = notices.all().iter().map(|notice| notice.text.as_str()).collect();
        assert_eq!(left, ["The disk is full"]);
    }
}
