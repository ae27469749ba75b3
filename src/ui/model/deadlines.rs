//! Deadlines in the window: what is shown, what is being decided about one, and where the calendar file goes.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use super::dialog::Dialog;
use super::{Effect, Model};
use crate::domain::date::{days_after, parse_day};
use crate::services::queries::{DeadlineBoard, DurationTable, Sources};
use crate::services::{DeadlineKey, Job, Settlement, Write};
use crate::ui::command::Command;
use crate::ui::loaded::Loaded;

/// For how many days something is put off where nothing else is written.
const PUT_OFF_DAYS: u64 = 7;

/// A deadline about which something is to be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which one.
    pub key: DeadlineKey,
    /// The record in words.
    pub record: String,
    /// Its reference alone.
    pub reference: String,
    /// Whether it is put off; otherwise it is done.
    pub put_off: bool,
}

/// What is being typed about a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settling {
    /// Which one.
    pub asked: Asked,
    /// The day on which it was done, or on which it is shown again.
    pub day: String,
    /// What proves it.
    pub evidence: String,
}

impl Settling {
    /// What is decided, as soon as what is typed makes sense; `on` is the day that is looked at.
    pub fn settlement(&self, on: NaiveDate) -> Result<Settlement, String> {
        let day = parse_day(&self.day).map_err(|error| error.to_string())?;
        if !self.asked.put_off {
            return Ok(Settlement::Done { on: day, evidence: self.evidence.trim().to_owned() });
        }
        if day <= on {
            return Err(format!("Write a day after {on}, on which it is shown again"));
        }
        Ok(Settlement::PutOff { on, until: day })
    }
}

impl Model {
    /// Everything dated that needs a person.
    #[must_use]
    pub const fn deadlines(&self) -> &Loaded<Arc<DeadlineBoard>> {
        &self.deadlines
    }

    /// The time that each authority takes.
    #[must_use]
    pub const fn durations(&self) -> &Loaded<Arc<DurationTable>> {
        &self.durations
    }

    pub(super) fn with_deadlines(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::AskSettle(asked) => {
                let day = if asked.put_off { days_after(self.day(), PUT_OFF_DAYS) } else { self.day() };
                let settling = Settling { asked: *asked, day: day.to_string(), evidence: String::new() };
                self.dialog = Some(Dialog::Settle(settling));
            }
            Command::Settle(settled) => {
                self.dialog = None;
                let (deadline, settlement) = *settled;
                return vec![self.write(Write::Settle { deadline, settlement })];
            }
            Command::AskCalendar => self.dialog = Some(Dialog::Calendar { path: String::new() }),
            Command::PickCalendar => return vec![Effect::PickCalendar],
            Command::ExportDeadlines(path) => {
                self.dialog = None;
                return vec![self.export(path)];
            }
            _ => {}
        }
        Vec::new()
    }

    fn export(&mut self, path: PathBuf) -> Effect {
        let what = format!("Writing {}", path.file_name().unwrap_or_default().to_string_lossy());
        let job = Job::Deadlines { path, as_of: self.day(), sources: self.deadline_sources() };
        self.start_job(what, job)
    }

    /// Whose deadlines are shown: what other organisations have to do needs nobody of ours, unless it is asked for alone.
    pub(super) const fn deadline_sources(&self) -> Sources {
        match self.sources {
            Sources::Public => Sources::Public,
            Sources::Own | Sources::Both => Sources::Own,
        }
    }

    pub(super) fn invalidate_deadlines(&mut self) {
        self.deadlines.invalidate();
        self.durations.invalidate();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Id;

    #[test]
    fn a_deadline_is_put_off_to_a_later_day_only() {
        let on: NaiveDate = "2026-11-24".parse().unwrap();
        let key = DeadlineKey { about: Id(1), what: "Lot expires".to_owned(), due_on: on, alike: 0 };
        let asked =
            |put_off| Asked { key: key.clone(), record: "Lot X".to_owned(), reference: "X".to_owned(), put_off };
        let typed = |put_off, day: &str| Settling {
            asked: asked(put_off),
            day: day.to_owned(),
            evidence: " Letter ".to_owned(),
        };
        assert!(typed(true, "2026-11-24").settlement(on).unwrap_err().contains("after 2026-11-24"));
        assert!(typed(true, "soon").settlement(on).unwrap_err().contains("not a date"));
        let until = "2026-11-25".parse().unwrap();
        assert_eq!(typed(true, "2026-11-25").settlement(on), Ok(Settlement::PutOff { on, until }));
        let done = Settlement::Done { on: "2026-11-20".parse().unwrap(), evidence: "Letter".to_owned() };
        assert_eq!(typed(false, "2026-11-20").settlement(on), Ok(done));
    }
}
