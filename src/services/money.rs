//! Money: the rate of a day, and what was spent of a grant in its own currency.

use chrono::NaiveDate;

use super::facts;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::rate::Rate;
use crate::domain::record::{ExchangeRate, Expense, Fund, RecordKind};
use crate::store::{Db, StoreError, record};

/// A rate and the day from which it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateOf {
    /// The record of the rate.
    pub id: Id,
    /// The rate.
    pub rate: Rate,
    /// The day from which it holds.
    pub on: NaiveDate,
}

/// The newest rate between two currencies that held on a day.
pub(super) fn rate_on(db: &Db, from: &str, to: &str, on: NaiveDate) -> Result<Option<RateOf>, StoreError> {
    let mut newest: Option<RateOf> = None;
    for id in record::all_ids(db, RecordKind::ExchangeRate)? {
        let Some(rate) = facts::load::<ExchangeRate>(db, id)? else { continue };
        let fits = rate.from.as_deref() == Some(from) && rate.to.as_deref() == Some(to);
        let (Some(of), Some(since), true) = (rate.rate, rate.on.filter(|since| *since <= on), fits) else { continue };
        if newest.is_none_or(|newest| newest.on < since) {
            newest = Some(RateOf { id, rate: of, on: since });
        }
    }
    Ok(newest)
}

/// What an expense is in the currency of its grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spent {
    /// It was paid in that currency, or the grant names none.
    Same(Money),
    /// It was turned into it at a rate.
    Turned(Money, RateOf),
    /// No rate was known on its day.
    NoRate {
        /// What was paid.
        paid: Money,
        /// The grant's currency.
        into: String,
    },
}

/// What an expense is in the currency of its grant; `None` where it says no amount or day.
pub(super) fn spent(db: &Db, fund: &Fund, expense: &Expense) -> Result<Option<Spent>, StoreError> {
    let (Some(paid), Some(on)) = (expense.amount.clone(), expense.on) else { return Ok(None) };
    let into = fund.currency().unwrap_or_else(|| paid.currency()).to_owned();
    if paid.currency() == into {
        return Ok(Some(Spent::Same(paid)));
    }
    let rate = rate_on(db, paid.currency(), &into, on)?;
    let turned = rate.and_then(|rate| Some(Spent::Turned(rate.rate.turn(&paid, &into)?, rate)));
    Ok(Some(turned.unwrap_or(Spent::NoRate { paid, into })))
}
