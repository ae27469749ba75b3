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
    /// Its record.
    pub id: Id,
    /// The rate.
    pub rate: Rate,
    /// The day from which it holds.
    pub on: NaiveDate,
}

/// The exchange rates, read once for all the expenses of a grant, and only where one of them needs a rate.
pub(super) struct Rates<'a> {
    db: &'a Db,
    known: Option<Vec<(Id, ExchangeRate)>>,
}

impl<'a> Rates<'a> {
    /// No rate is read yet.
    pub const fn new(db: &'a Db) -> Self {
        Self { db, known: None }
    }

    /// Money turned into a currency at the newest rate of a day; `None` where no rate is known.
    pub fn turned(&mut self, money: &Money, into: &str, on: NaiveDate) -> Result<Option<Money>, StoreError> {
        Ok(self.newest(money.currency(), into, on)?.and_then(|rate| rate.rate.turn(money, into)))
    }

    /// The newest rate between two currencies that held on a day.
    fn newest(&mut self, from: &str, to: &str, on: NaiveDate) -> Result<Option<RateOf>, StoreError> {
        if self.known.is_none() {
            let ids = record::all_ids(self.db, RecordKind::ExchangeRate)?;
            let read = ids.into_iter().map(|id| Ok(facts::load::<ExchangeRate>(self.db, id)?.map(|rate| (id, rate))));
            self.known = Some(read.filter_map(Result::transpose).collect::<Result<_, StoreError>>()?);
        }
        let held = |(id, rate): &(Id, ExchangeRate)| {
            let fits = rate.from.as_deref() == Some(from) && rate.to.as_deref() == Some(to);
            Some(RateOf { id: *id, rate: rate.rate?, on: rate.on.filter(|since| fits && *since <= on)? })
        };
        Ok(self.known.iter().flatten().filter_map(held).max_by_key(|rate| rate.on))
    }
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
pub(super) fn spent(rates: &mut Rates<'_>, fund: &Fund, expense: &Expense) -> Result<Option<Spent>, StoreError> {
    let (Some(paid), Some(on)) = (expense.amount.clone(), expense.on) else { return Ok(None) };
    let into = fund.currency().unwrap_or_else(|| paid.currency()).to_owned();
    if paid.currency() == into {
        return Ok(Some(Spent::Same(paid)));
    }
    let rate = rates.newest(paid.currency(), &into, on)?;
    let turned = rate.and_then(|rate| Some(Spent::Turned(rate.rate.turn(&paid, &into)?, rate)));
    Ok(Some(turned.unwrap_or(Spent::NoRate { paid, into })))
}
