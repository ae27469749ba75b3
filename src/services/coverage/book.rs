//! Books what a shipment needs: a line that one grant line can serve is booked by itself, of several the user chooses.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::load::Loader;
use crate::domain::coverage::cell::Why;
use crate::domain::coverage::judge::Judge;
use crate::domain::coverage::ledger::{Consignment, Ledger, LineFacts};
use crate::domain::coverage::{CellState, Left};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::record::{Measure, Shipment};
use crate::domain::rules::order;
use crate::domain::status::permission::booked::BookingStage;
use crate::services::booked::in_thousandths;
use crate::services::facts;
use crate::store::{Db, StoreError, record};

/// Which grant line is taken where several can serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choose {
    /// None of them: the user says which.
    Only,
    /// The one that ends first, then the next.
    EarliestExpiry,
}

/// A grant line that can serve a shipment line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The permission.
    pub permission: Id,
    /// Its line; `None`: the letter as a whole.
    pub grant_line: Option<u32>,
    /// What is left of it.
    pub left: Left,
    /// Its last day, where one is stated.
    pub until: Option<NaiveDate>,
}

/// What a shipment needs booked or given back.
#[derive(Debug, Default)]
pub(in crate::services) struct Plan {
    /// New bookings as drafts whose links are ids.
    pub book: Vec<Map<String, Value>>,
    /// Bookings to be given back: more than the line needs, or of a line that is gone.
    pub release: Vec<Id>,
    /// What is left to the user, as sentences.
    pub left: Vec<String>,
}

/// What a shipment needs booked on a day.
pub(in crate::services) fn plan(db: &Db, id: Id, choose: Choose, day: NaiveDate) -> Result<Plan, StoreError> {
    let mut loader = Loader::new(db)?;
    loader.shipment(id)?;
    let mut plan = Plan::default();
    if let Some(on) = loader.ledger.shipments.get(&id).and_then(|one| one.days.cancelled).filter(|on| *on <= day) {
        plan.left.push(format!("It was cancelled on {on}, so nothing is booked for it"));
        return Ok(plan);
    }
    plan.release = release_what_is_too_much(&mut loader.ledger, id, day);
    let open = open_lines(&loader.ledger, id, day);
    for instrument in open.iter().map(|open| open.instrument).collect::<std::collections::BTreeSet<usize>>() {
        let Some(instrument) = loader.ledger.instruments.get(instrument).map(|one| one.id) else { continue };
        load_matters_of(db, &mut loader, instrument)?;
    }
    // Matters bring their letters anew; what is given back here is given back in these too.
    release_what_is_too_much(&mut loader.ledger, id, day);
    let shipment: Option<Shipment> = facts::load(db, id)?;
    let (ledger, shipment) = (loader.ledger, shipment.unwrap_or_default());
    let mut taken: BTreeMap<(Id, Option<u32>), i64> = BTreeMap::new();
    for open in open {
        let candidates = candidates(&ledger, (id, open.line), open.instrument, day);
        take(db, &ledger, (&shipment, id), &open, (candidates, choose, day), &mut taken, &mut plan)?;
    }
    Ok(plan)
}

/// Loads every matter of an instrument, so that all its permissions can be chosen from.
pub(super) fn load_matters_of(db: &Db, loader: &mut Loader<'_>, instrument: Id) -> Result<(), StoreError> {
    for (matter, field) in record::links_to(db, instrument)? {
        if field == "instrument" {
            loader.matter(matter)?;
        }
    }
    Ok(())
}

/// A line that something is missing of.
struct Open {
    line: u32,
    instrument: usize,
    missing: i64,
}

/// What is missing of each line, of what is filed for; what is only relied on cannot be booked.
fn open_lines(ledger: &Ledger, id: Id, day: NaiveDate) -> Vec<Open> {
    let judge = Judge::new(ledger, day);
    let is_filed = |at: usize| ledger.instruments.get(at).is_none_or(|one| order::is_filed(&one.instrument.reference));
    let mut open = Vec::new();
    for row in judge.shipment(id) {
        for (instrument, cell) in row.cells.into_iter().filter(|(instrument, _)| is_filed(*instrument)) {
            let whole = ledger.shipments.get(&id).and_then(|one| one.lines.iter().find(|line| line.number == row.line));
            let missing = match (cell.state, cell.why) {
                (CellState::Short, Why::Missing(Measure::Quantity, missing)) => Some(missing),
                (CellState::Short, Why::NotCounted(_)) => whole.and_then(|line| line.quantity),
                _ => None,
            };
            open.extend(missing.map(|missing| Open { line: row.line, instrument, missing }));
        }
    }
    open
}

/// The grant lines that can serve a line on its day of use, the one that ends first before the others.
#[must_use]
pub(in crate::services) fn candidates(
    ledger: &Ledger,
    (id, line): (Id, u32),
    instrument: usize,
    day: NaiveDate,
) -> Vec<Candidate> {
    let judge = Judge::new(ledger, day);
    let Some(consignment) = ledger.shipments.get(&id) else { return Vec::new() };
    let Some(facts) = consignment.lines.iter().find(|facts| facts.number == line) else { return Vec::new() };
    let named = named_matters(ledger, consignment, instrument);
    let mut found = Vec::new();
    for (permit_id, permit) in &ledger.permits {
        let of_instrument = permit.instrument.and_then(|one| ledger.instrument(one)) == Some(instrument);
        let of_matter = named.is_empty() || permit.matter.is_some_and(|matter| named.contains(&matter));
        if !of_instrument || !of_matter || permit.facts.on(day).is_none_or(|state| state.validity.has_ended()) {
            continue;
        }
        for grant in grants_of(&permit.facts, facts) {
            if judge.serves((*permit_id, permit), grant, (id, consignment, facts), instrument) {
                let standings = judge.permit_day(*permit_id, permit);
                let left = standings.standings.iter().find(|one| one.line == grant && one.measure == Measure::Quantity);
                let left = left.map_or(Left::NotStated, crate::domain::coverage::Standing::left);
                if !matches!(left, Left::Limited(left) if left <= 0) {
                    let until =
                        permit.facts.on(day).and_then(|state| state.until).map(crate::domain::date::FuzzyDate::last);
                    found.push(Candidate { permission: *permit_id, grant_line: grant, left, until });
                }
            }
        }
    }
    found.sort_by_key(|one| (one.until.unwrap_or(NaiveDate::MAX), one.permission, one.grant_line));
    found
}

/// The matters that a shipment says it rests on, of one instrument.
fn named_matters(ledger: &Ledger, consignment: &Consignment, instrument: usize) -> Vec<Id> {
    let of_instrument = |matter: &Id| {
        let facts = ledger.matters.get(matter);
        facts.and_then(|facts| facts.matter.instrument).and_then(|one| ledger.instrument(one)) == Some(instrument)
    };
    consignment.matters.iter().copied().filter(|matter| of_instrument(matter)).collect()
}

/// The grant lines that were given for the item of a line.
pub(super) fn grants_of(
    facts: &crate::domain::status::permission::PermissionFacts,
    line: &LineFacts,
) -> Vec<Option<u32>> {
    let of_changes = facts.changes.iter().flat_map(|change| &change.grants);
    let all = facts.permission.grants.iter().chain(of_changes);
    let mut found: Vec<Option<u32>> =
        all.filter(|grant| grant.item.is_some() && grant.item == line.item).map(|grant| grant.number).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn take(
    db: &Db,
    ledger: &Ledger,
    (shipment, id): (&Shipment, Id),
    open: &Open,
    (candidates, choose, day): (Vec<Candidate>, Choose, NaiveDate),
    taken: &mut BTreeMap<(Id, Option<u32>), i64>,
    plan: &mut Plan,
) -> Result<(), StoreError> {
    let mut missing = open.missing;
    if choose == Choose::Only && candidates.len() > 1 {
        let mut names = Vec::new();
        for candidate in &candidates {
            let letter = record::head(db, candidate.permission)?.map_or_else(String::new, |head| head.reference);
            names.push(candidate.grant_line.map_or_else(|| letter.clone(), |line| format!("{letter} line {line}")));
        }
        plan.left.push(format!("Line {}: {} can serve it. Choose one", open.line, names.join(" or ")));
        return Ok(());
    }
    for candidate in candidates {
        let key = (candidate.permission, candidate.grant_line);
        let before = taken.get(&key).copied().unwrap_or_default();
        let fits = match candidate.left {
            Left::Limited(left) => missing.min(left - before).max(0),
            Left::Unlimited | Left::NotStated => missing,
        };
        // One grant line that holds too little is not the one that can serve: nothing is booked in part by itself.
        if fits == 0 || (choose == Choose::Only && fits < missing) {
            continue;
        }
        if !has_money(ledger, &candidate, line_value(ledger, (shipment, id), open.line, fits).as_ref(), day) {
            continue;
        }
        *taken.entry(key).or_default() += fits;
        plan.book.push(draft(id, open.line, &candidate, fits, day));
        missing -= fits;
        if missing == 0 {
            return Ok(());
        }
    }
    let instrument = ledger.instruments.get(open.instrument).map_or("", |one| one.instrument.name.as_str());
    plan.left.push(format!(
        "Line {}: {} are not covered by any letter for the {}. Ask for more, or ship less",
        open.line,
        Quantity::from_thousandths(missing).unwrap_or_default().grouped(),
        instrument.to_lowercase()
    ));
    Ok(())
}

/// The part of a line's value that a quantity of it has.
fn line_value(ledger: &Ledger, (shipment, id): (&Shipment, Id), number: u32, quantity: i64) -> Option<Money> {
    let line = shipment.lines.iter().find(|line| line.number == Some(number))?;
    let facts = ledger.shipments.get(&id)?.lines.iter().find(|line| line.number == number)?;
    Some(line.value.as_ref()?.part(quantity, facts.quantity?))
}

/// Whether a grant line has enough left of its value, where it limits one in this currency.
fn has_money(ledger: &Ledger, candidate: &Candidate, value: Option<&Money>, day: NaiveDate) -> bool {
    let Some((amount, currency)) = value.map(in_thousandths) else { return true };
    let Some(permit) = ledger.permits.get(&candidate.permission) else { return false };
    let limits = permit.facts.standings(day).into_iter().filter(|one| one.line == candidate.grant_line);
    let mut money = limits.filter(|one| one.measure == Measure::Money && one.currency.as_ref() == Some(&currency));
    money.all(|one| !matches!(one.left(), Left::Limited(left) if left + one.tolerated < amount))
}

fn draft(id: Id, line: u32, candidate: &Candidate, quantity: i64, day: NaiveDate) -> Map<String, Value> {
    let quantity = Quantity::from_thousandths(quantity).unwrap_or_default();
    let mut draft = Map::from_iter([
        ("permission".to_owned(), json!(candidate.permission.0)),
        ("shipment".to_owned(), json!(id.0)),
        ("line".to_owned(), json!(line)),
        ("quantity".to_owned(), json!(quantity.to_string())),
        ("booked_on".to_owned(), json!(day.to_string())),
    ]);
    if let Some(grant_line) = candidate.grant_line {
        draft.insert("grant_line".to_owned(), json!(grant_line));
    }
    draft
}

/// What is reserved for a line at one instrument.
#[derive(Default)]
struct Reserved {
    quantity: i64,
    /// The letters, and the places among their bookings.
    places: Vec<(Id, usize)>,
}

/// What is reserved for a line that is gone, or beyond what a line holds, is given back; what was used stays. The ledger is
/// then as if it had been given back already.
fn release_what_is_too_much(ledger: &mut Ledger, id: Id, day: NaiveDate) -> Vec<Id> {
    let Some(consignment) = ledger.shipments.get(&id) else { return Vec::new() };
    let mut reserved: BTreeMap<(u32, Option<Id>), Reserved> = BTreeMap::new();
    for (permit_id, at) in ledger.booked.get(&id).map(Vec::as_slice).unwrap_or_default() {
        let Some(permit) = ledger.permits.get(permit_id) else { continue };
        let Some(booked) = permit.facts.bookings.get(*at) else { continue };
        if booked.stage(day) == Some(BookingStage::Reserved) {
            let of_line = reserved.entry((booked.line.unwrap_or_default(), permit.instrument)).or_default();
            of_line.quantity += booked.quantity;
            of_line.places.push((*permit_id, *at));
        }
    }
    let mut places: Vec<(Id, usize)> = Vec::new();
    for ((number, _), of_line) in reserved {
        let line = consignment.lines.iter().find(|line| line.number == number);
        if line.is_none_or(|line| line.quantity.is_some_and(|wanted| of_line.quantity > wanted)) {
            places.extend(of_line.places);
        }
    }
    let mut released = Vec::with_capacity(places.len());
    for (permit, at) in places {
        let booked = ledger.permits.get_mut(&permit).and_then(|permit| permit.facts.bookings.get_mut(at));
        if let Some(booked) = booked {
            booked.released_on = Some(day);
            released.push(booked.id);
        }
    }
    released
}
