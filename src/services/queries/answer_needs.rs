//! Answers about rules: what an act needs, with each row that says so, and the rows themselves.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::domain::id::Id;
use crate::domain::record::RuleAnswer;
pub use crate::domain::rules::AskedAct;
use crate::domain::rules::book::SHIPPED_ROW;
use crate::domain::text::fold;

/// What stands under every answer.
pub const NOT_LEGAL_ADVICE: &str = "This is guidance with its source and date. It is not legal advice.";
/// What is said where no row in force speaks of an act.
pub const NO_RULE: &str = "No rule found that requires a permission for this.";

/// What is said where too little is known of an act.
pub const NOT_ENOUGH: &str = "Not enough is known to say what is needed.";

/// Of what the needs are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NeedsOf {
    /// Of an act.
    Act(Box<AskedAct>),
    /// Of a project, a shipment or a trip.
    Record(Id),
}

/// What is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedsTable {
    /// The acts, each with its answers.
    pub acts: Vec<ActNeeds>,
    /// The strictest answer for each instrument over all acts.
    pub whole: Vec<NeedRow>,
    /// What could not be judged, each sentence once.
    pub missing: Vec<String>,
    /// What else should be known.
    pub remarks: Vec<String>,
    /// In which order permissions are asked for, as lines; of a project.
    pub path: Vec<String>,
}

/// An act and what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActNeeds {
    /// The act in words.
    pub what: String,
    /// The numbers of the lines it stands for.
    pub lines: Vec<u32>,
    /// On which day.
    pub on: NaiveDate,
    /// One answer for each instrument, the strictest first.
    pub needs: Vec<NeedRow>,
    /// What could not be judged.
    pub missing: Vec<String>,
}

impl ActNeeds {
    /// What to say where no row asks for anything.
    #[must_use]
    pub fn nothing(&self) -> Option<&'static str> {
        let asks = self.needs.iter().any(|need| need.answer != RuleAnswer::NotNeeded);
        (!asks).then_some(if self.missing.is_empty() { NO_RULE } else { NOT_ENOUGH })
    }
}

/// What the rules answer of one instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedRow {
    /// The instrument's code.
    pub instrument: String,
    /// Its record.
    pub instrument_id: Option<Id>,
    /// Its name.
    pub name: String,
    /// The short name of its authority.
    pub authority: String,
    /// For which day it is judged: the day on which the permission is used.
    pub on: NaiveDate,
    /// The answer.
    pub answer: RuleAnswer,
    /// The section relied on.
    pub section: String,
    /// In words.
    pub words: String,
    /// Because of what, where several acts were asked together: `Line 2: Hygiene kit`.
    pub because: Vec<String>,
    /// The rows that give this answer.
    pub rows: Vec<CitedRow>,
    /// The rows that answer less strictly.
    pub others: Vec<CitedRow>,
}

/// A row that speaks, with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedRow {
    /// Its code.
    pub code: String,
    /// What it says.
    pub title: String,
    /// Its citation.
    pub citation: String,
    /// How sure it is, in words.
    pub confidence: &'static str,
    /// When it was last checked.
    pub checked_on: String,
    /// `not verified after ...`, where its checked-until date has passed.
    pub not_verified: Option<String>,
    /// `shipped`, `your row`, `your row, in place of the built-in one`.
    pub origin: &'static str,
}

impl CitedRow {
    /// Everything to know of it in one line.
    #[must_use]
    pub fn line(&self) -> String {
        let mut line = format!("{}: {} ({}; checked on {}", self.code, self.citation, self.confidence, self.checked_on);
        for more in self.not_verified.as_deref().into_iter().chain((self.origin != SHIPPED_ROW).then_some(self.origin))
        {
            line.push_str("; ");
            line.push_str(more);
        }
        line.push(')');
        line
    }
}

impl RuleLine {
    /// Whether it holds every word of a text.
    #[must_use]
    pub fn holds(&self, wanted: &str) -> bool {
        let all = [&self.code, &self.title, &self.citation, &self.answers].map(String::as_str);
        let all = fold(&[&all[..], &[self.act, self.origin], &[&self.stale.join(" ")]].concat().join(" "));
        fold(wanted).split(' ').all(|word| all.contains(word))
    }
}

/// A row of the rule book as it is listed.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleLine {
    /// The workspace's record; `None` for a shipped row.
    pub id: Option<Id>,
    /// Its code.
    pub code: String,
    /// What it is about, as a label.
    pub act: &'static str,
    /// What it says.
    pub title: String,
    /// From which day to which.
    pub from: String,
    /// The last day; empty where no end is known.
    pub to: String,
    /// Its citation.
    pub citation: String,
    /// How sure it is, in words.
    pub confidence: &'static str,
    /// When it was last checked.
    pub checked_on: String,
    /// What it answers, in short: `Humanitarian exemption: needed`.
    pub answers: String,
    /// `shipped`, `your row`, `your row, in place of the built-in one`, `not used`.
    pub origin: &'static str,
    /// What should be looked at: `not verified after ...`, `checked more than a year ago`.
    pub stale: Vec<String>,
    /// The draft of an own row that corrects it, as the form takes it.
    pub draft: Map<String, Value>,
}
