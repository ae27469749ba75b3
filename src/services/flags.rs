//! Flags: what was not refused, because it may have happened, but has to be mended or explained.

use chrono::NaiveDate;

use super::money::{self, Rates, Spent};
use super::{facts, flags_ledger};
use crate::domain::date::FuzzyDate;
use crate::domain::goods::{GoodsRow, NEVER};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::record::{
    BudgetLine, DocumentKind, Expense, Facts, Fund, LineRole, Lot, Person, RecordKind, Shipment, Trip,
};
use crate::store::flag::FlagRow;
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError};

/// What has to be mended of a record.
pub(super) fn flags(db: &Db, stored: &Stored, facts: &Facts, goods: &[GoodsRow]) -> Result<Vec<FlagRow>, StoreError> {
    match stored.head.kind {
        RecordKind::Expense => expense(db, &facts::typed_of(stored)?),
        RecordKind::Fund => fund(db, stored),
        // What has not left has not expired on its way.
        RecordKind::Shipment if goods.iter().all(|row| row.on == NEVER) => Ok(Vec::new()),
        RecordKind::Shipment => expired(db, &facts::typed_of(stored)?, goods, LineRole::Shipped),
        RecordKind::Distribution => {
            let shipment: Option<Shipment> = stored.head.parent.map(|id| facts::load(db, id)).transpose()?.flatten();
            shipment.map_or_else(|| Ok(Vec::new()), |shipment| expired(db, &shipment, goods, LineRole::Distributed))
        }
        RecordKind::Trip => passports(db, &facts::typed_of(stored)?),
        RecordKind::Permission => flags_ledger::permission(db, stored),
        RecordKind::Booking => flags_ledger::booking(db, stored),
        RecordKind::Balance => flags_ledger::balance(db, stored),
        RecordKind::Movement => handed_out_expired(db, stored, facts.dated_on, goods),
        _ => Ok(Vec::new()),
    }
}

/// An expense in a foreign currency needs a rate; one outside the grant's time needs a word to the donor.
fn expense(db: &Db, expense: &Expense) -> Result<Vec<FlagRow>, StoreError> {
    let (Some(on), Some(fund)) = (expense.on, expense.fund) else { return Ok(Vec::new()) };
    let Some(fund) = facts::load::<Fund>(db, fund)? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    if let Some(Spent::NoRate { paid, into }) = money::spent(&mut Rates::new(db), &fund, expense)? {
        let from = paid.currency();
        found.push(format!(
            "No rate from {from} to {into} is known on {on}: {} is counted in no sum. Add the exchange rate with its source",
            paid.grouped()
        ));
    }
    if let Some(number) = expense.budget_line
        && fund.budget.iter().all(|line| line.number != Some(number))
    {
        found.push(format!("The grant has no budget line {number}. Mend the number, or add the line to the budget"));
    }
    let early = fund.starts_on.filter(|start| on < *start);
    let late = fund.ends_on.filter(|end| on > *end);
    if let Some(edge) = early.or(late) {
        let side = if early.is_some() { "before the grant starts" } else { "after the grant ends" };
        found.push(format!("Paid on {on}, {side} on {edge}. Donors refuse this unless they agreed to it"));
    }
    Ok(found.into_iter().map(|what| FlagRow { since: on, what }).collect())
}

/// A budget line of which more was spent than it holds, from the day on which it was.
fn fund(db: &Db, stored: &Stored) -> Result<Vec<FlagRow>, StoreError> {
    let fund: Fund = facts::typed_of(stored)?;
    let (mut expenses, mut rates) = (Vec::new(), Rates::new(db));
    for part in record::children(db, stored.head.id, RecordKind::Expense)? {
        let expense: Expense = facts::typed_of(&part)?;
        if let (Some(on), Some(Spent::Same(amount) | Spent::Turned(amount, _))) =
            (expense.on, money::spent(&mut rates, &fund, &expense)?)
        {
            expenses.push((on, expense.budget_line, amount.minor()));
        }
    }
    expenses.sort_unstable();
    Ok(fund.budget.iter().filter_map(|line| overspent(line, &expenses)).collect())
}

fn overspent(line: &BudgetLine, expenses: &[(NaiveDate, Option<u32>, i64)]) -> Option<FlagRow> {
    let amount = line.amount.as_ref()?;
    let of_line = || expenses.iter().filter(|(_, number, _)| *number == line.number && number.is_some());
    let mut sum = 0;
    let since = of_line().find(|(.., minor)| {
        sum += minor;
        sum > amount.minor()
    });
    let spent = Money::of(of_line().map(|(.., minor)| minor).sum(), amount.currency());
    let what = |number| {
        format!(
            "Budget line {number}, {}: {} spent of {}. Ask the donor for a change of budget, or mend an expense",
            line.title,
            spent.grouped(),
            amount.grouped()
        )
    };
    since.map(|(on, ..)| FlagRow { since: *on, what: what(line.number.unwrap_or_default()) })
}

/// Lines that were shipped or handed out after their last day.
fn expired(db: &Db, shipment: &Shipment, goods: &[GoodsRow], role: LineRole) -> Result<Vec<FlagRow>, StoreError> {
    let mut found: Vec<FlagRow> = Vec::new();
    let verb = if role == LineRole::Shipped { "Shipped" } else { "Handed out" };
    for row in goods.iter().filter(|row| row.role == role && row.on != NEVER) {
        let Some(line) = shipment.lines.iter().find(|line| line.number == Some(row.number)) else { continue };
        let lot: Option<Lot> = line.lot.map(|lot| facts::load(db, lot)).transpose()?.flatten();
        let last = line.expires_on.or_else(|| lot.as_ref().and_then(|lot| lot.expires_on));
        let batch = lot.map(|lot| lot.batch).filter(|batch| !batch.is_empty()).unwrap_or_else(|| line.batch.clone());
        found.extend(after_expiry(verb, row, last, &batch));
    }
    found.dedup();
    Ok(found)
}

/// A movement that hands out goods of a lot after the lot's last day.
fn handed_out_expired(
    db: &Db,
    stored: &Stored,
    on: Option<FuzzyDate>,
    goods: &[GoodsRow],
) -> Result<Vec<FlagRow>, StoreError> {
    let lot: Option<Lot> = stored.head.parent.map(|lot: Id| facts::load(db, lot)).transpose()?.flatten();
    let (Some(lot), Some(_)) = (lot, on) else { return Ok(Vec::new()) };
    Ok(goods.iter().filter_map(|row| after_expiry("Handed out", row, lot.expires_on, &lot.batch)).take(1).collect())
}

fn after_expiry(verb: &str, row: &GoodsRow, last: Option<NaiveDate>, batch: &str) -> Option<FlagRow> {
    let (on, last): (NaiveDate, NaiveDate) = (row.on.parse().ok()?, last?);
    let batch = if batch.is_empty() { String::new() } else { format!(" of batch {batch}") };
    let days = (on - last).num_days();
    (days > 0).then(|| FlagRow {
        since: on,
        what: format!(
            "{verb} on {on}, {days} days after its last day: line {}{batch} expired on {last}. Mend the date or the lot, or record what was decided as an incident",
            row.number
        ),
    })
}

/// The field by which a trip names its travellers.
pub(super) const OF_TRAVELLER: &str = "travellers.person";

/// A passport that ends before the journey does. Its number stands in no message.
fn passports(db: &Db, trip: &Trip) -> Result<Vec<FlagRow>, StoreError> {
    let legs = trip.legs.iter().flat_map(|leg| [leg.departs_on, leg.arrives_on]);
    let Some(last) = legs.chain([trip.departs_on, trip.returns_on]).flatten().max() else { return Ok(Vec::new()) };
    let since = trip.started_on.or(trip.departs_on).unwrap_or(last);
    let mut found = Vec::new();
    for row in &trip.travellers {
        let Some(person) = row.person.map(|id| facts::load::<Person>(db, id)).transpose()?.flatten() else { continue };
        let passports = person.documents.iter().filter(|one| {
            matches!(one.kind, Some(DocumentKind::Passport | DocumentKind::SpecialValidation | DocumentKind::Laissez))
        });
        let named = passports.clone().filter(|one| !row.passport.is_empty() && one.number == row.passport);
        let looked_at: Vec<_> = if named.clone().next().is_some() { named.collect() } else { passports.collect() };
        let ends = looked_at.iter().map(|one| one.expires_on);
        // One that lasts is enough; of one without an end nothing can be said.
        if looked_at.is_empty() || ends.clone().any(|end| end.is_none_or(|end| end >= last)) {
            continue;
        }
        if let Some(end) = ends.flatten().max() {
            let days = (last - end).num_days();
            found.push(FlagRow {
                since,
                what: format!(
                    "The passport of {} ends on {end}, {days} days before the journey does on {last}. Ask for a new one, or travel earlier",
                    person.reference
                ),
            });
        }
    }
    Ok(found)
}
