//! Flags of the coverage ledger: more booked than allowed, a use outside its window, a balance that does not agree.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{booked, facts};
use crate::domain::date::FuzzyDate;
use crate::domain::quantity::{Limit, Quantity};
use crate::domain::record::{Balance, Booking, Decision, Item, Matter, Measure, Permission, RecordKind, Request};
use crate::domain::status::permission::amounts::{Left, amount};
use crate::domain::status::permission::booked::Booked;
use crate::domain::status::permission::{PermissionFacts, WindowFit};
use crate::domain::units;
use crate::store::flag::FlagRow;
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError};

/// A permission of which more is booked than it allows, from the day on which it was: by an override, or because a later
/// letter set less.
pub(super) fn permission(db: &Db, stored: &Stored) -> Result<Vec<FlagRow>, StoreError> {
    let Some(facts) = facts::permission(db, stored.head.id)? else { return Ok(Vec::new()) };
    if facts.bookings.is_empty() {
        return Ok(Vec::new());
    }
    let changed = facts.changes.iter().filter_map(|change| change.on).map(FuzzyDate::last);
    let days: BTreeSet<NaiveDate> = facts.bookings.iter().flat_map(Booked::days).chain(changed).collect();
    let mut found: Vec<FlagRow> = Vec::new();
    let mut seen: BTreeSet<(Option<u32>, Measure)> = BTreeSet::new();
    for day in &days {
        for standing in facts.standings(*day) {
            let Left::Limited(left) = standing.left() else { continue };
            if left + standing.tolerated >= 0 || !seen.insert((standing.line, standing.measure)) {
                continue;
            }
            let allowed = match standing.allowed {
                Some(Limit::Limited(allowed)) => allowed.grouped(),
                _ => String::new(),
            };
            found.push(FlagRow {
                since: *day,
                what: format!(
                    "Line {} ({}): {} used or reserved of {allowed} granted, {} too many. Give something back, or ask for more",
                    standing.line.unwrap_or_default(),
                    standing.measure.label().to_lowercase(),
                    amount(standing.used + standing.reserved),
                    amount(-left)
                ),
            });
        }
    }
    found.extend(too_many_shipments(&facts, &days));
    Ok(found)
}

fn too_many_shipments(facts: &PermissionFacts, days: &BTreeSet<NaiveDate>) -> Option<FlagRow> {
    let over = |day: &&NaiveDate| facts.cap(**day).is_some_and(|cap| facts.slots_taken(**day).len() > cap);
    let since = days.iter().find(over)?;
    let (taken, cap) = (facts.slots_taken(*since).len(), facts.cap(*since)?);
    Some(FlagRow {
        since: *since,
        what: format!(
            "{taken} shipments are booked of {cap} that it is for. Put goods together, or ask for more shipments"
        ),
    })
}

/// A use outside the window, which no later extension cures. It is settled by the incident that says what was decided.
pub(super) fn booking(db: &Db, stored: &Stored) -> Result<Vec<FlagRow>, StoreError> {
    let Some((booked, facts)) = booked::alone(db, stored)? else { return Ok(Vec::new()) };
    let booking: Booking = facts::typed_of(stored)?;
    let mut found = misfits(&booked, &facts);
    let Some(used) = booked.used.filter(|used| used.happened && booked.is_active(used.on)) else {
        return Ok(found);
    };
    let letter = &facts.permission.reference;
    let outside = match facts.window(used.on, used.on) {
        None => Some(format!("before permission {letter} was given")),
        Some(WindowFit::Late(days)) => Some(format!("{days} days after permission {letter} had ended")),
        Some(WindowFit::Early(days)) => Some(format!("{days} days before permission {letter} begins")),
        Some(WindowFit::Suspended) => Some(format!("while permission {letter} was suspended")),
        Some(WindowFit::Ended(ended)) => {
            Some(format!("after permission {letter} was {}", ended.label().to_lowercase()))
        }
        Some(WindowFit::Inside) => None,
    };
    let row = |outside: String| FlagRow {
        since: used.on,
        what: format!(
            "Used on {}, {outside}. A later extension does not cure it. Record what was decided as an incident",
            used.on
        ),
    };
    found.extend(outside.filter(|_| booking.incident.is_none()).map(row));
    Ok(found)
}

/// What is booked and does not fit what it is booked for, though it may have been meant so.
fn misfits(booked: &Booked, facts: &PermissionFacts) -> Vec<FlagRow> {
    let since = booked.begins_on();
    if !booked.is_active(since) {
        return Vec::new();
    }
    let mut found = Vec::new();
    if let Some(holds) = booked.holds.filter(|holds| booked.quantity > *holds) {
        found.push(format!(
            "{} are booked for a line of {}. Book what the line holds, so that the rest is free for others",
            amount(booked.quantity),
            amount(holds)
        ));
    }
    let money = facts.standings(since).into_iter().filter(|one| one.line == booked.grant_line);
    for standing in money.filter(|one| one.measure == Measure::Money && matches!(one.allowed, Some(Limit::Limited(_))))
    {
        let currency = standing.currency.unwrap_or_default();
        let Some((_, other)) = booked.value.as_ref().filter(|(_, own)| !currency.is_empty() && *own != currency) else {
            continue;
        };
        found.push(format!(
            "The letter limits the value in {currency}, and the booking says it in {other}. Write it in {currency}, so that it is counted"
        ));
    }
    found.into_iter().map(|what| FlagRow { since, what }).collect()
}

/// A balance that a letter states, held against the bookings: expected, found and the difference.
pub(super) fn balance(db: &Db, stored: &Stored) -> Result<Vec<FlagRow>, StoreError> {
    let balance: Balance = facts::typed_of(stored)?;
    let (Some(permission), Some(on), Some(measure)) = (balance.permission, balance.on, balance.measure) else {
        return Ok(Vec::new());
    };
    let Some(facts) = facts::permission(db, permission)? else { return Ok(Vec::new()) };
    let number = balance.grant_line.unwrap_or_default();
    let expected = balance.left.unwrap_or_default();
    let told = |what: String| vec![FlagRow { since: on, what }];
    let Some(standing) = facts.standing(balance.grant_line, measure, on) else {
        let measure = measure.label().to_lowercase();
        return Ok(told(format!(
            "{} says that {expected} are left, and the permission has no limit of {measure} on line {number}. Mend the number of the line, or add the limit to the permission",
            balance.letter
        )));
    };
    let found = match standing.allowed {
        // An authority counts what was used; what is only reserved it does not know.
        Some(Limit::Limited(allowed)) => allowed.thousandths() - standing.used,
        Some(Limit::Unlimited) | None => {
            return Ok(told(format!(
                "{} says that {expected} are left of line {number}, which has no limit here. Write the limit that the letter stands on",
                balance.letter
            )));
        }
    };
    let difference = found - expected.thousandths();
    if difference == 0 {
        return Ok(Vec::new());
    }
    let side = if difference > 0 { "more" } else { "less" };
    Ok(told(format!(
        "{} says that {} are left of line {number} on {on}; the bookings leave {}: {} {side}. Find the use that is missing or doubled, or ask the authority",
        balance.letter,
        expected.grouped(),
        signed(found),
        amount(difference.abs())
    )))
}

fn signed(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    format!("{sign}{}", Quantity::from_thousandths(thousandths.abs()).unwrap_or_default().grouped())
}

/// A grant for a line that was never asked, and a chain of decisions that comes back to where it began, are refused.
pub(super) fn contradiction(db: &Db, stored: &Stored) -> Result<Option<String>, StoreError> {
    let permission: Permission = facts::typed_of(stored)?;
    if let Some(circle) = circle(db, stored, &permission)? {
        return Ok(Some(circle));
    }
    if let Some(wrong) = wrong_change(db, stored, &permission)? {
        return Ok(Some(wrong));
    }
    never_asked(db, &permission)
}

/// A letter is changed by its own authority, in a unit that can be counted.
fn wrong_change(db: &Db, stored: &Stored, permission: &Permission) -> Result<Option<String>, StoreError> {
    let own = booked::instrument_of(db, permission)?.map(|(id, _)| id);
    for (from, field) in record::links_to(db, stored.head.id)? {
        let changed =
            record::get(db, from)?.filter(|from| field == facts::CHANGES && from.head.kind == RecordKind::Decision);
        let Some(changed) = changed else { continue };
        let decision: Decision = facts::typed_of(&changed)?;
        let request = decision.request.map(|id| facts::load::<Request>(db, id)).transpose()?.flatten();
        let matter = request.and_then(|request| request.matter).map(|id| facts::load::<Matter>(db, id)).transpose()?;
        let other = matter.flatten().and_then(|matter| matter.instrument);
        if own.is_some() && other.is_some() && own != other {
            return Ok(Some(format!(
                "Decision {} answers a request for another instrument than that of permission {}. Choose the permission that it changes",
                changed.head.reference, stored.head.reference
            )));
        }
        for grant in &decision.grants {
            let same = permission.grants.iter().find(|line| line.number == grant.number);
            let item = grant.item.or(same.and_then(|line| line.item));
            let Some(item) = item.map(|item| facts::load::<Item>(db, item)).transpose()?.flatten() else { continue };
            let limits = grant.limits.iter().filter(|limit| limit.measure == Some(Measure::Quantity));
            for limit in limits {
                if let Some(Limit::Limited(quantity)) = limit.limit
                    && let Err(problem) = units::to_base(&item, quantity, limit.unit.as_deref())
                {
                    let number = grant.number.unwrap_or_default();
                    return Ok(Some(format!("Decision {}, line {number}: {problem}", changed.head.reference)));
                }
            }
        }
    }
    Ok(None)
}

/// Each permission is given by a decision that may change an earlier permission; going back must come to an end.
fn circle(db: &Db, stored: &Stored, permission: &Permission) -> Result<Option<String>, StoreError> {
    let mut chain = vec![stored.head.reference.clone()];
    let mut seen = BTreeSet::from([stored.head.id]);
    let mut decision = permission.decision;
    while let Some(id) = decision {
        let Some(given_by) = record::get(db, id)?.filter(|from| from.head.kind == RecordKind::Decision) else { break };
        let made: Decision = facts::typed_of(&given_by)?;
        chain.push(given_by.head.reference.clone());
        let Some(earlier) = made.permission else { break };
        let Some(before) = record::get(db, earlier)? else { break };
        chain.push(before.head.reference.clone());
        if !seen.insert(earlier) {
            return Ok(Some(format!(
                "The chain of letters goes in a circle: {}. Mend “Given by decision” of one of them, or “Permission it changes”",
                chain.join(" → ")
            )));
        }
        decision = facts::typed_of::<Permission>(&before)?.decision;
    }
    Ok(None)
}

/// What was granted must have been asked in a filing of the matter, where the filings say what was asked.
fn never_asked(db: &Db, permission: &Permission) -> Result<Option<String>, StoreError> {
    let Some(matter) = permission.matter else { return Ok(None) };
    let mut asked = BTreeSet::new();
    let mut references = Vec::new();
    for request in record::children(db, matter, RecordKind::Request)? {
        let filing: Request = facts::typed_of(&request)?;
        // A line in words only can be of any item.
        if filing.lines.iter().any(|line| line.item.is_none()) {
            return Ok(None);
        }
        if !filing.lines.is_empty() {
            references.push(request.head.reference.clone());
        }
        asked.extend(filing.lines.iter().filter_map(|line| line.item));
    }
    if references.is_empty() {
        return Ok(None);
    }
    let stray = permission.grants.iter().find(|grant| grant.item.is_some_and(|item| !asked.contains(&item)));
    let Some(grant) = stray else { return Ok(None) };
    let item = grant.item.map(|item| record::head(db, item)).transpose()?.flatten();
    let item = item.map_or_else(String::new, |head| head.title);
    Ok(Some(format!(
        "Grant line {} is for {item}, which was asked in none of {}. Mend the item, or add the line to the request that asked for it",
        grant.number.unwrap_or_default(),
        references.join(", ")
    )))
}
