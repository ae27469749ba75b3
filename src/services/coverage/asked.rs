//! Asked versus granted, line by line: what the letter allows now, what the decision said, and what is not answered.

use chrono::NaiveDate;

use crate::domain::codes;
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::quantity::{Limit, Quantity};
use crate::domain::record::{Answer, AskedLine as Line, Decision, Item, LineAnswer, LineDecision, Measure, RecordKind};
use crate::domain::status::permission::PermissionFacts;
use crate::domain::status::request::RequestFacts;
use crate::domain::units;
use crate::services::facts;
use crate::store::{Db, StoreError, record};

/// What was granted of an asked line, in thousandths of the item's base unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::services) enum Granted {
    /// Nothing was answered.
    Open,
    /// So much.
    Amount(i64),
    /// As much as one likes.
    Unlimited,
}

/// An asked line with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::services) struct AskedLine {
    pub number: u32,
    pub item: Option<Id>,
    pub label: String,
    /// The short form of the unit in which both are counted.
    pub unit: String,
    /// What was asked, in thousandths of the base unit.
    pub asked: i64,
    pub granted: Granted,
    pub reason: String,
}

impl AskedLine {
    /// How much less was granted than asked; nothing where it was not answered.
    pub fn cut(&self) -> i64 {
        match self.granted {
            Granted::Amount(granted) => (self.asked - granted).max(0),
            Granted::Open | Granted::Unlimited => 0,
        }
    }

    /// The answer in a word or two.
    pub const fn answer(&self) -> &'static str {
        match self.granted {
            Granted::Open => "Not answered",
            Granted::Amount(0) => "Refused",
            Granted::Amount(granted) if granted < self.asked => "Cut",
            Granted::Amount(_) | Granted::Unlimited => "Granted",
        }
    }
}

/// The lines of a request with their answers, as of a day.
pub(in crate::services) fn of_request(db: &Db, id: Id, on: NaiveDate) -> Result<Vec<AskedLine>, StoreError> {
    let Some(facts) = facts::request(db, id)? else { return Ok(Vec::new()) };
    let letters = letters(db, id, &facts)?;
    let mut decisions: Vec<&Decision> = facts.decisions.iter().filter(|one| said_on(one) <= on).collect();
    decisions.sort_by_key(|one| said_on(one));
    let mut found = Vec::new();
    for (at, line) in facts.request.lines.iter().enumerate() {
        let item: Option<Item> = line.item.map(|item| facts::load(db, item)).transpose()?.flatten();
        let quantity = line.quantity.unwrap_or_default();
        let base = |quantity: Quantity| match &item {
            Some(item) => units::to_base(item, quantity, line.unit.as_deref()).unwrap_or(quantity).thousandths(),
            None => quantity.thousandths(),
        };
        let own = item.as_ref().and_then(|item| item.base_unit.clone()).or_else(|| line.unit.clone());
        let of_line = decisions.iter().rev().find_map(|one| one.lines.iter().find(|row| row.line == line.number));
        let first_of_item = facts.request.lines.iter().position(|one| one.item == line.item) == Some(at);
        let by_letter = letters.iter().find_map(|letter| by_letter(letter, line, first_of_item, on));
        let asked = base(quantity);
        let granted = by_letter.or_else(|| of_line.map(|row| decided(row, asked, base)));
        found.push(AskedLine {
            number: line.number.unwrap_or_default(),
            item: line.item,
            label: item.map_or_else(|| line.description.clone(), |item| item.name),
            unit: codes::unit_short(&own.unwrap_or_default()).to_owned(),
            asked,
            granted: granted.or_else(|| as_a_whole(&decisions, asked)).unwrap_or(Granted::Open),
            reason: of_line.map_or_else(String::new, |row| row.reason.clone()),
        });
    }
    Ok(found)
}

fn said_on(decision: &Decision) -> NaiveDate {
    decision.on.map_or(NaiveDate::MAX, FuzzyDate::last)
}

/// The permissions that answer a request: those its decisions gave, and those of its matter that name no decision where the
/// matter has this one request.
fn letters(db: &Db, id: Id, facts: &RequestFacts) -> Result<Vec<PermissionFacts>, StoreError> {
    let Some(matter) = facts.request.matter else { return Ok(Vec::new()) };
    let mut decisions = Vec::new();
    for decision in record::children(db, id, RecordKind::Decision)? {
        decisions.push(decision.head.id);
    }
    let alone = record::children(db, matter, RecordKind::Request)?.len() == 1;
    let mut found = Vec::new();
    for letter in record::children(db, matter, RecordKind::Permission)? {
        let known = facts::permission(db, letter.head.id)?;
        found.extend(known.filter(|letter| letter.permission.decision.map_or(alone, |by| decisions.contains(&by))));
    }
    Ok(found)
}

/// What a letter allows of an asked line, later decisions included.
fn by_letter(letter: &PermissionFacts, line: &Line, first_of_item: bool, on: NaiveDate) -> Option<Granted> {
    letter.on(on)?;
    let answers = |grant: &&crate::domain::record::GrantLine| match grant.asked {
        Some(asked) => Some(asked) == line.number,
        None => first_of_item && grant.item.is_some() && grant.item == line.item,
    };
    let grant = letter.permission.grants.iter().find(answers)?;
    match letter.standing(grant.number, Measure::Quantity, on)?.allowed? {
        Limit::Limited(limit) => Some(Granted::Amount(limit.thousandths())),
        Limit::Unlimited => Some(Granted::Unlimited),
    }
}

fn decided(row: &LineDecision, asked: i64, base: impl Fn(Quantity) -> i64) -> Granted {
    match row.answer {
        Some(LineAnswer::Refused) => Granted::Amount(0),
        Some(LineAnswer::Granted | LineAnswer::Cut) => Granted::Amount(row.quantity.map_or(asked, base)),
        None => Granted::Open,
    }
}

/// What the newest decision about the whole says of every line.
fn as_a_whole(decisions: &[&Decision], asked: i64) -> Option<Granted> {
    let newest = decisions.iter().rev().find(|one| one.lines.is_empty())?;
    match newest.answer? {
        Answer::Refused | Answer::NotEligible => Some(Granted::Amount(0)),
        Answer::Approved | Answer::ApprovedWithConditions | Answer::Eligible => Some(Granted::Amount(asked)),
        _ => None,
    }
}
