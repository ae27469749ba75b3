//! Cells in words: what covers, what is missing and by how much, and who can mend it.

use super::figures;
use crate::domain::codes;
use crate::domain::coverage::cell::{By, Cell, CellState, Why};
use crate::domain::coverage::judge::Judge;
use crate::domain::coverage::ledger::Ledger;
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::record::{Confidence, Measure};
use crate::domain::rules::{RuleRow, order};
use crate::domain::status::Stage;
use crate::domain::status::permission::amounts::{amount, shipments};
use crate::services::queries::{CoverageCell, RecordLink, RuleWords};
use crate::store::{Db, StoreError, record};

/// What a cell is about.
pub(super) struct About<'a> {
    /// The place of the instrument.
    pub instrument: usize,
    /// The item's base unit; empty of a leg.
    pub unit: &'a str,
    /// The rule that asks for the instrument: its place in the rule book.
    pub rule: Option<u32>,
}

/// Puts cells into words.
pub(super) struct Words<'a> {
    pub db: &'a Db,
    pub judge: &'a Judge<'a>,
}

impl Words<'_> {
    /// A cell in words.
    pub fn cell(&self, cell: &Cell, about: &About<'_>) -> Result<CoverageCell, StoreError> {
        let by = self.by(cell.by)?;
        let named = by.as_ref().map_or_else(String::new, |link| link.reference.clone());
        let words = self.words(cell, &named, about)?;
        let (rule, mend) = (self.rule(cell, about), self.mend(cell, &named, about)?);
        let (figure, left) = (figures::figure(cell), figures::left(self.judge, cell.by, about.unit));
        Ok(CoverageCell { state: cell.state, words, figure, left, by, rule, mend })
    }

    const fn ledger(&self) -> &Ledger {
        self.judge.ledger
    }

    const fn day(&self) -> chrono::NaiveDate {
        self.judge.day
    }

    fn by(&self, by: By) -> Result<Option<RecordLink>, StoreError> {
        match by {
            By::Nothing => Ok(None),
            By::Permission(id, _) | By::Reliance(id) | By::Matter(id) | By::Document(id) => self.link(id),
        }
    }

    pub fn link(&self, id: Id) -> Result<Option<RecordLink>, StoreError> {
        let head = record::head(self.db, id)?;
        Ok(head.map(|head| RecordLink { id: head.id, kind: head.kind, reference: head.reference, title: head.title }))
    }

    fn words(&self, cell: &Cell, named: &str, about: &About<'_>) -> Result<String, StoreError> {
        let line = match cell.by {
            By::Permission(_, Some(line)) => format!(" line {line}"),
            _ => String::new(),
        };
        Ok(match (cell.state, cell.why) {
            (CellState::Covered, why) => {
                format!("Covered by {}{line}{}", covering(cell.by, named), left(why, about))
            }
            (CellState::NotNeeded, _) => "No rule found that requires it".to_owned(),
            (CellState::Short, Why::Missing(measure, missing)) => self.short(measure, missing, about, named, &line)?,
            (CellState::Short, Why::NotCounted(cap)) => {
                format!("{named} is for {}, and this one is not booked, so it is not counted", count(cap))
            }
            (CellState::OutsideWindow, Why::Days(days)) => outside(named, days),
            (CellState::OutsideWindow, _) => format!("{named} was revoked or replaced"),
            (CellState::OutsideScope, Why::Scope(part)) => {
                format!("{named}{line} is bound to another {}", part.label().to_lowercase())
            }
            (CellState::OutsideScope, Why::Section(row)) => {
                let section = self.section(row);
                format!("{named} rests on another section than the rule names{section}")
            }
            (CellState::NoSlot, Why::Slots(cap)) => format!("{named} is for {}, and others take them", count(cap)),
            (CellState::DependencyFails, Why::Needs(matter)) => {
                let needed = self.link(matter)?.map_or_else(String::new, |link| link.reference);
                format!("{named} stands on {needed}, which cannot be used on that day")
            }
            (CellState::DependencyFails, Why::Circle(matter)) => {
                let needed = self.link(matter)?.map_or_else(String::new, |link| link.reference);
                format!("{named} and {needed} wait for one another")
            }
            (CellState::ConditionOpen, Why::Condition(number)) => {
                format!("Condition {number} of {named} is due and not done")
            }
            (CellState::Suspended, _) => format!("{named} is suspended on that day"),
            (CellState::Refused, Why::Decision(request)) => {
                let request = self.link(request)?.map_or_else(String::new, |link| link.reference);
                format!("Refused on request {request}")
            }
            (CellState::Barred, _) => "A rule bars it".to_owned(),
            (CellState::Unclear, Why::Rule(row)) => {
                let note = self.row(row).map(|row| self.reason(row, about.instrument)).unwrap_or_default();
                format!("Unclear: {note}")
            }
            (CellState::Unknown, Why::NoDay) => "No day of use is planned".to_owned(),
            (CellState::Unknown, Why::OtherItem) => {
                "Its unit cannot be turned into the unit that is counted".to_owned()
            }
            (state, _) => state.label().to_owned(),
        })
    }

    fn short(
        &self,
        measure: Measure,
        missing: i64,
        about: &About<'_>,
        named: &str,
        line: &str,
    ) -> Result<String, StoreError> {
        let short = format!("Short by {}{}", amount(missing), of_measure(measure, about.unit));
        if !named.is_empty() {
            return Ok(format!("{short}: {named}{line} covers the rest"));
        }
        if !self.is_filed(about.instrument) {
            return Ok("No reliance on it is written down".to_owned());
        }
        let asked = self.asked(about.instrument)?;
        Ok(if measure == Measure::People { asked } else { format!("{short}. {asked}") })
    }

    /// Whether something is filed for it; a general licence is only relied on.
    fn is_filed(&self, instrument: usize) -> bool {
        self.ledger().instruments.get(instrument).is_none_or(|one| order::is_filed(&one.instrument.reference))
    }

    /// How far what was asked of an instrument has come, in words.
    fn asked(&self, instrument: usize) -> Result<String, StoreError> {
        let Some(id) = self.ledger().instruments.get(instrument).map(|one| one.id) else { return Ok(String::new()) };
        let mut newest: Option<(FuzzyDate, Id, &'static str)> = None;
        for facts in self.ledger().matters.values().filter(|facts| facts.matter.instrument == Some(id)) {
            for (request, filing) in &facts.requests {
                let Some(status) = filing.on(self.day()) else { continue };
                let begun = status.begun_on.or(filing.request.started_on.map(FuzzyDate::day));
                let Some(begun) = begun else { continue };
                if newest.as_ref().is_none_or(|(known, ..)| known.last() <= begun.last()) {
                    newest = Some((begun, *request, status.headline()));
                }
            }
        }
        let Some((_, request, status)) = newest else { return Ok("Nothing was asked".to_owned()) };
        let link = self.link(request)?.map_or_else(String::new, |link| link.reference);
        if status == Stage::Draft.word() {
            return Ok(format!("Request {link} is a draft"));
        }
        let waits = Stage::from_word(status).is_some_and(|stage| stage != Stage::Decided);
        let booked = if waits { "Not answered yet" } else { "Nothing is booked" };
        Ok(format!("{booked}; request {link} is “{}”", crate::domain::status::label(status).to_lowercase()))
    }

    fn row(&self, at: u32) -> Option<&RuleRow> {
        self.ledger().rules.rows().get(usize::try_from(at).ok()?)
    }

    /// What a rule says of an instrument; its title where it says no more.
    fn reason(&self, row: &RuleRow, instrument: usize) -> String {
        let code = self.ledger().instruments.get(instrument).map_or("", |one| one.instrument.reference.as_str());
        let of_instrument = row.instruments.iter().zip(&row.rule.needs).find(|(known, _)| *known == code);
        let words = of_instrument.map(|(_, need)| need.words.clone()).filter(|words| !words.is_empty());
        words.unwrap_or_else(|| row.rule.title.clone())
    }

    fn section(&self, at: u32) -> String {
        let needs = self.row(at).map(|row| row.rule.needs.as_slice()).unwrap_or_default();
        let section = needs.iter().map(|need| need.section.as_str()).find(|section| !section.is_empty());
        section.map_or_else(String::new, |section| format!(", {section}"))
    }

    fn rule(&self, cell: &Cell, about: &About<'_>) -> Option<RuleWords> {
        let at = match cell.why {
            Why::Rule(at) | Why::Section(at) => Some(at),
            _ => about.rule,
        };
        at.and_then(|at| self.row(at)).map(|row| rule_words(row, self.day()))
    }

    /// What can be done, and by whom.
    fn mend(&self, cell: &Cell, named: &str, about: &About<'_>) -> Result<String, StoreError> {
        let authority = self.ledger().instruments.get(about.instrument).map_or("", |one| one.authority.as_str());
        let owner = self.owner(cell.by, about.instrument)?;
        let who = if owner.is_empty() { String::new() } else { format!(" ({owner})") };
        Ok(match cell.state {
            CellState::Covered | CellState::NotNeeded => String::new(),
            CellState::Short if named.is_empty() && !self.is_filed(about.instrument) => {
                format!("Write down what is relied on, the facts and the reasoning{who}")
            }
            CellState::Short if matches!(cell.why, Why::NotCounted(_)) => format!("Book the letter for it{who}"),
            CellState::Short if named.is_empty() => format!("Book a permission, or ask {authority} for one{who}"),
            CellState::Short => format!("Book the rest, ship less, or ask {authority} for more{who}"),
            CellState::OutsideWindow => format!("Move the date, or ask {authority} for an extension{who}"),
            CellState::OutsideScope => format!("Change the shipment, or ask {authority} for an amendment{who}"),
            CellState::NoSlot => format!("Put the goods into an earlier shipment, or ask {authority} for more{who}"),
            CellState::DependencyFails => format!("Mend what it stands on first{who}"),
            CellState::ConditionOpen => format!("Do it and write down the evidence{who}"),
            CellState::Suspended | CellState::Refused => format!("Ask {authority} what it needs{who}"),
            CellState::Barred => "Leave it out".to_owned(),
            CellState::Unclear => format!("Ask counsel or {authority}, and write down the answer as a reliance{who}"),
            CellState::Unknown => format!("Plan the date or mend the unit{who}"),
        })
    }

    /// The code of the person who looks after the matter.
    fn owner(&self, by: By, instrument: usize) -> Result<String, StoreError> {
        let matter = match by {
            By::Permission(id, _) => self.ledger().permits.get(&id).and_then(|permit| permit.matter),
            By::Matter(id) => Some(id),
            By::Reliance(_) | By::Document(_) | By::Nothing => {
                let id = self.ledger().instruments.get(instrument).map(|one| one.id);
                let matters = self.ledger().matters.iter();
                let owned = matters.filter(|(_, one)| one.matter.instrument == id && one.matter.owner.is_some());
                owned.map(|(matter, _)| *matter).max()
            }
        };
        let owner = matter.and_then(|matter| self.ledger().matters.get(&matter)).and_then(|facts| facts.matter.owner);
        Ok(owner.map(|id| self.link(id)).transpose()?.flatten().map_or_else(String::new, |link| link.title))
    }
}

fn count(cap: u32) -> String {
    shipments(usize::try_from(cap).unwrap_or(usize::MAX))
}

/// What covers, in words.
fn covering(by: By, named: &str) -> String {
    match by {
        By::Document(_) => format!("the travel document of {named}"),
        By::Matter(_) => format!("the answer on {named}"),
        _ => named.to_owned(),
    }
}

/// What is left, behind what covers.
fn left(why: Why, about: &About<'_>) -> String {
    match why {
        Why::Left(measure, left) if left < 0 => {
            format!(", {}{} too many booked of it", amount(-left), of_measure(measure, about.unit))
        }
        Why::Left(measure, left) => format!(", {}{} left", amount(left), of_measure(measure, about.unit)),
        Why::NoLimit => ", no limit".to_owned(),
        _ => String::new(),
    }
}

/// A rule row as it is shown.
pub(in crate::services) fn rule_words(row: &RuleRow, day: chrono::NaiveDate) -> RuleWords {
    let checked = row.rule.checked_on.map_or_else(|| "not checked".to_owned(), |on| format!("checked on {on}"));
    let stale = row.not_verified(day).map_or_else(String::new, |stale| format!(", {stale}"));
    RuleWords {
        code: row.rule.reference.clone(),
        title: row.rule.title.clone(),
        citation: row.rule.citation.clone(),
        confidence: row.rule.confidence.map_or_else(String::new, |one: Confidence| one.label().to_owned()),
        checked: format!("{checked}{stale}"),
        origin: row.origin().to_owned(),
    }
}

fn outside(named: &str, days: i64) -> String {
    let count = days.abs();
    let unit = if count == 1 { "day" } else { "days" };
    if days > 0 {
        format!("{count} {unit} after {named} ends")
    } else {
        format!("{count} {unit} before {named} begins")
    }
}

fn of_measure(measure: Measure, unit: &str) -> String {
    match measure {
        Measure::Quantity if unit.is_empty() => String::new(),
        Measure::Quantity => format!(" {}", codes::unit_short(unit)),
        Measure::Money => " (value)".to_owned(),
        Measure::Entries => " entries".to_owned(),
        Measure::People => " people".to_owned(),
    }
}
