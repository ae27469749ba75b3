//! Flows of money in the columns of OCHA's Financial Tracking Service: a row for each grant that came in.
//!
//! The amount in USD is turned at the newest rate that the record knows of the day; the exchange rate is told as the service
//! counts it, in units of the original currency for one USD.

use chrono::{Datelike as _, NaiveDate};

use super::{Period, words};
use crate::domain::codes;
use crate::domain::document::{Block, Cell, Column, Document, Holds, Table};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::rate::Rate;
use crate::domain::record::{Category, Fund, FundState, Organisation, Party, RecordKind};
use crate::services::facts;
use crate::services::money::Rates;
use crate::services::{Failure, Watch, Workspace};
use crate::store::{Db, StoreError, record};

/// The currency in which the service adds up.
const USD: &str = "USD";

/// The grants of a period.
pub(super) fn document(workspace: &Workspace, period: Period, watch: &Watch) -> Result<Document, Failure> {
    let db = workspace.store().db();
    let own = own_name(db)?;
    let mut rates = Rates::new(db);
    let ids = record::all_ids(db, RecordKind::Fund)?;
    watch.begin(ids.len() as u64);
    let mut rows = Vec::new();
    for (at, id) in ids.into_iter().enumerate() {
        watch.step(at as u64)?;
        let Some(fund) = facts::load::<Fund>(db, id)? else { continue };
        let Some((day, status)) = standing(&fund, period.as_of) else { continue };
        let in_time = period.from.is_none_or(|from| day >= from) && period.to.is_none_or(|to| day <= to);
        if in_time {
            rows.push((day, row(db, &mut rates, &own, &fund, (day, status), period.as_of)?));
        }
    }
    rows.sort_by_key(|(day, row)| (*day, row.last().map(Cell::words)));
    let table = Table {
        key: "list".to_owned(),
        title: "Flows".to_owned(),
        notes: vec![
            "A row for each grant. The day is that of its newest status, or its first day.".to_owned(),
            "exchangeRate: units of the original currency for one USD, at the newest rate known on the day.".to_owned(),
        ],
        columns: columns(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        empty: "No grant began in this time".to_owned(),
        ..Table::default()
    };
    let mut facts = words::day(workspace, period.as_of);
    facts.extend(words::period(period.from, period.to));
    Ok(Document {
        title: "Flows of money (FTS)".to_owned(),
        facts,
        blocks: vec![Block::Table(table)],
        foot: super::FOOT.to_owned(),
        ..Document::default()
    })
}

fn columns() -> Vec<Column> {
    // The service finds columns by these very names, so that they are headings and names at once.
    let named = |name: &str, hxl: &str| Column { name: name.to_owned(), ..Column::text(name, hxl) };
    let number = |name: &str, hxl: &str| Column { is_number: true, ..named(name, hxl) };
    vec![
        named("date", "#date"),
        named("budgetYear", "#date+year+budget"),
        named("description", "#description"),
        number("amountUSD", "#value+funding+usd").holding(Holds::Price),
        named("srcOrganization", "#org+funder+name"),
        named("destOrganization", "#org+impl+name"),
        named("destGlobalClusters", "#sector+cluster+name"),
        named("destLocations", "#country+code+v_iso2"),
        named("destUsageYearStart", "#date+year+start"),
        named("destUsageYearEnd", "#date+year+end"),
        named("contributionType", ""),
        named("flowType", ""),
        named("method", ""),
        named("boundary", ""),
        named("status", "#status+name"),
        named("firstReportedDate", "#date+reported"),
        named("decisionDate", "#date+decided"),
        number("originalAmount", "#value+funding+original").holding(Holds::Price),
        named("originalCurrency", "#currency+code"),
        number("exchangeRate", ""),
        named("refCode", "#meta+id"),
    ]
}

fn own_name(db: &Db) -> Result<String, StoreError> {
    let first = record::all_ids(db, RecordKind::Organisation)?.into_iter().next();
    let own = first.map(|id| facts::load::<Organisation>(db, id)).transpose()?.flatten();
    Ok(own.map(|own| own.name).unwrap_or_default())
}

/// The day of the newest status of a grant and what the service calls it; of a grant without any, its first day.
fn standing(fund: &Fund, as_of: NaiveDate) -> Option<(NaiveDate, &'static str)> {
    let known = fund.history.iter().filter_map(|change| Some((change.on?, change.state?)));
    let newest = known.filter(|(on, _)| *on <= as_of).max_by_key(|(on, _)| *on);
    let standing = newest.or_else(|| Some((fund.starts_on.filter(|on| *on <= as_of)?, FundState::Active)));
    standing.map(|(on, state)| {
        let status = match state {
            FundState::Planned => "pledge",
            FundState::Active | FundState::Suspended => "commitment",
            FundState::Closed => "paid",
        };
        (on, status)
    })
}

fn row(
    db: &Db,
    rates: &mut Rates<'_>,
    own: &str,
    fund: &Fund,
    (day, status): (NaiveDate, &str),
    as_of: NaiveDate,
) -> Result<Vec<Cell>, StoreError> {
    let donor = fund.donor.map(|id| facts::load::<Party>(db, id)).transpose()?.flatten();
    let (usd, rate) = match &fund.amount {
        Some(amount) => in_usd(rates, amount, day)?,
        None => (None, Cell::Empty),
    };
    let year = |day: Option<NaiveDate>| Cell::text(day.map(|day| day.year().to_string()).unwrap_or_default());
    // An amount as a plain number, exact to the thousandth: the currency stands in its own column.
    let number = |money: &Money| {
        let whole = 10_i64.pow(u32::try_from(codes::currency_decimals(money.currency())).unwrap_or(0));
        Cell::Quantity(money.minor().saturating_mul(1000) / whole.max(1))
    };
    Ok(vec![
        Cell::Day(day),
        year(fund.starts_on.or(Some(day))),
        Cell::text(&fund.title),
        usd.as_ref().map_or(Cell::Empty, number),
        Cell::text(donor.map(|donor| donor.name).unwrap_or_default()),
        Cell::text(own),
        Cell::text(clusters(db, &fund.categories)?),
        Cell::text("KP"),
        year(fund.starts_on),
        year(fund.ends_on),
        Cell::text("financial"),
        Cell::text("Standard"),
        Cell::text("Traditional aid"),
        Cell::text("incoming"),
        Cell::text(status),
        Cell::Day(as_of),
        Cell::Day(day),
        fund.amount.as_ref().map_or(Cell::Empty, number),
        Cell::text(fund.amount.as_ref().map_or("", Money::currency)),
        rate,
        Cell::text(&fund.reference),
    ])
}

fn clusters(db: &Db, categories: &[Id]) -> Result<String, StoreError> {
    let mut names = Vec::new();
    for id in categories {
        let category = facts::load::<Category>(db, *id)?.unwrap_or_default();
        let name = if category.cluster.is_empty() { category.name } else { category.cluster };
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names.join(super::fields::BETWEEN))
}

/// An amount in USD, and how much of its currency one USD was. Empty where the record knows no rate of the day.
fn in_usd(rates: &mut Rates<'_>, amount: &Money, on: NaiveDate) -> Result<(Option<Money>, Cell), StoreError> {
    if amount.currency() == USD {
        return Ok((Some(amount.clone()), Cell::Count(1)));
    }
    let Some(usd) = rates.turned(amount, USD, on)? else { return Ok((None, Cell::Empty)) };
    let rate = ratio(amount, &usd).and_then(|text| Rate::parse(&text).ok());
    Ok((Some(usd), rate.map_or(Cell::Empty, Cell::Rate)))
}

/// One amount divided by another, with six decimals, in whole numbers.
fn ratio(amount: &Money, by: &Money) -> Option<String> {
    let power = |money: &Money| 10_i128.checked_pow(u32::try_from(codes::currency_decimals(money.currency())).ok()?);
    let scaled = i128::from(amount.minor()) * power(by)? * 1_000_000;
    let by_whole = i128::from(by.minor()) * power(amount)?;
    let millionths = (scaled + by_whole / 2).checked_div(by_whole)?;
    Some(format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exchange_rate_is_told_as_the_service_counts_it() {
        let money = |text| Money::parse(text).unwrap();
        for (original, usd, rate) in [
            ("EUR 500000", "USD 606796.12", "0.824000"),
            ("KRW 1352500", "USD 1000", "1352.500000"),
            ("EUR 12000", "USD 12960", "0.925926"),
        ] {
            assert_eq!(ratio(&money(original), &money(usd)).as_deref(), Some(rate));
        }
        assert_eq!(ratio(&money("EUR 1"), &money("USD 0")), None);
    }
}
