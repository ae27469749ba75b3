//! The advisor: an act as it is put together, what it needs, and the rule book behind it.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::fetch::Wanted;
use super::route::Route;
use super::{Effect, Model};
use crate::domain::record::{ActKind, RecordKind};
use crate::domain::rules::AskedAct;
use crate::domain::schema::FieldError;
use crate::services::Query;
use crate::services::queries::{NeedsOf, NeedsTable, RuleLine};
use crate::ui::exchange::{Ask, Slot};
use crate::ui::forms::Form;
use crate::ui::loaded::Loaded;

/// The two pages: the question with its answers, and the rules.
#[derive(Debug)]
pub struct AdvisorPage {
    /// The act as it is typed.
    pub draft: Map<String, Value>,
    /// The fields that were left at least once.
    pub visited: BTreeSet<String>,
    /// What it needs.
    pub table: Loaded<Option<Arc<NeedsTable>>>,
    /// The rows of the rule book.
    pub rules: Loaded<Arc<Vec<RuleLine>>>,
    /// Which rules are listed: a text that stands in them.
    pub find: String,
}

impl Default for AdvisorPage {
    fn default() -> Self {
        Self {
            draft: Map::from_iter([("act".to_owned(), Value::from(ActKind::Ship.word()))]),
            visited: BTreeSet::new(),
            table: Loaded::default(),
            rules: Loaded::default(),
            find: String::new(),
        }
    }
}

impl AdvisorPage {
    /// What is done, where that is chosen.
    #[must_use]
    pub fn act(&self) -> Option<ActKind> {
        self.draft.get("act").and_then(Value::as_str).and_then(ActKind::from_word)
    }

    /// What cannot be read of what was typed.
    #[must_use]
    pub fn errors(&self) -> Vec<FieldError> {
        AskedAct::read(&self.draft).err().unwrap_or_default()
    }

    /// Asks what the act needs. While something cannot be read, the last answer stays.
    pub fn asks(&mut self, as_of: NaiveDate, asks: &mut Vec<Ask>) {
        let Ok(act) = AskedAct::read(&self.draft) else { return };
        let query = Query::Needs { of: NeedsOf::Act(Box::new(act)), on: as_of };
        if let Some(generation) = self.table.want(&query) {
            asks.push(Ask { slot: Slot::Needs, generation, query });
        }
    }

    /// Asks for the rules.
    pub fn asks_rules(&mut self, today: NaiveDate, asks: &mut Vec<Ask>) {
        let query = Query::Rules { today };
        if let Some(generation) = self.rules.want(&query) {
            asks.push(Ask { slot: Slot::Rules, generation, query });
        }
    }

    /// The rules that hold the text.
    #[must_use]
    pub fn found(&self) -> Vec<&RuleLine> {
        let holds = |line: &&RuleLine| line.holds(&self.find);
        self.rules.value().map(|lines| lines.iter().filter(holds).collect()).unwrap_or_default()
    }

    /// Says that the answers may be out of date.
    pub fn invalidate(&mut self) {
        self.table.invalidate();
        self.rules.invalidate();
    }
}

impl Model {
    /// The advisor's pages.
    #[must_use]
    pub const fn advisor(&self) -> &AdvisorPage {
        &self.advisor
    }

    /// The advisor's pages, to be typed in.
    pub const fn advisor_mut(&mut self) -> &mut AdvisorPage {
        &mut self.advisor
    }

    /// The act as it is typed, with what its links can choose from.
    pub const fn advisor_and_choices(&mut self) -> (&mut AdvisorPage, &super::Choices) {
        (&mut self.advisor, &self.choices)
    }

    pub(super) fn ask_advisor(&mut self, as_of: NaiveDate, asks: &mut Vec<Ask>) {
        if self.route == Route::Advisor {
            self.advisor.asks(as_of, asks);
        }
        // To correct a row, its draft must be there.
        self.advisor.asks_rules(self.place.today, asks);
    }

    /// The form that corrects a row: of an own row itself, of a shipped one a new row that stands in its place.
    pub(super) fn correct_rule(&mut self, code: &str) -> Vec<Effect> {
        let line = self.advisor.rules.value().and_then(|lines| lines.iter().find(|line| line.code == code).cloned());
        match line {
            Some(RuleLine { id: Some(id), .. }) => vec![self.fetch(Wanted::Edit, id)],
            Some(line) => {
                self.open_form(Form::new(RecordKind::Rule, line.draft).ready_to_type());
                Vec::new()
            }
            None => {
                self.notices.warn(format!("The rule {code} is no longer there. Reload the page"));
                Vec::new()
            }
        }
    }
}
