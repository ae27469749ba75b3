//! What follows from a record and is shown as if it were a part of it: what lies where of a lot, what is left of a budget.

use chrono::NaiveDate;

use super::goods::{COMPARED, of_project};
use super::{DetailCell, DetailSection, DetailValue, RecordLink, sections_field, sections_needs, sections_permits};
use crate::domain::codes;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::record::{Expense, Fund, Item, Lot, RecordKind};
use crate::services::money::{self, Rates, Spent};
use crate::services::{facts, stock};
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError};

/// The sections that follow from a record and those around it, as of a day.
pub(super) fn derived(db: &Db, stored: &Stored, on: NaiveDate) -> Result<Vec<DetailSection>, StoreError> {
    match stored.head.kind {
        RecordKind::Lot => lot(db, stored, on),
        RecordKind::Fund => budget(db, stored, on),
        RecordKind::Expense => in_currency_of_grant(db, stored),
        RecordKind::Project => {
            let mut shown = project(db, stored.head.id, on)?;
            shown.extend(sections_field::targets(db, stored, on)?);
            shown.extend(sections_needs::needs(db, stored, on)?);
            Ok(shown)
        }
        RecordKind::Permission => sections_permits::left(db, stored, on),
        RecordKind::Request | RecordKind::Matter => sections_permits::asked(db, stored, on),
        RecordKind::Shipment | RecordKind::Trip => {
            let mut shown = sections_permits::bookings(db, stored, on)?;
            shown.extend(sections_needs::needs(db, stored, on)?);
            Ok(shown)
        }
        RecordKind::Indicator => sections_field::way(stored, on),
        RecordKind::Incident => sections_field::harm(stored, on),
        RecordKind::Cash => sections_field::open_cash(stored),
        RecordKind::Reach => sections_field::people(stored),
        _ => Ok(Vec::new()),
    }
}

fn amount(thousandths: i64) -> String {
    Quantity::from_thousandths(thousandths).unwrap_or_default().grouped()
}

/// What lies where of a lot, and for how long it can be used.
fn lot(db: &Db, stored: &Stored, on: NaiveDate) -> Result<Vec<DetailSection>, StoreError> {
    let lot: Lot = facts::typed_of(stored)?;
    let item: Option<Item> = lot.item.map(|item| facts::load(db, item)).transpose()?.flatten();
    let unit = item.and_then(|item| item.base_unit).unwrap_or_default();
    let mut rows = Vec::new();
    for (site, left) in stock::lot(db, stored)?.balances(on) {
        rows.push(vec![
            site_cell(db, site)?,
            DetailCell::Number(amount(left)),
            DetailCell::Text(codes::unit_short(&unit).to_owned()),
        ]);
    }
    let mut fields = Vec::new();
    if let Some(last) = lot.expires_on {
        fields.push(("Shelf life left".to_owned(), DetailValue::Text(shelf_life(on, last))));
    }
    let lies = if rows.is_empty() {
        DetailValue::Text("Nothing".to_owned())
    } else {
        let columns = ["Place", "Quantity", "Unit"].map(str::to_owned).to_vec();
        DetailValue::Table { columns, rows }
    };
    fields.push(("What lies where".to_owned(), lies));
    Ok(vec![DetailSection { heading: format!("In store on {on}"), fields }])
}

fn site_cell(db: &Db, site: Option<Id>) -> Result<DetailCell, StoreError> {
    let head = site.map(|site| record::head(db, site)).transpose()?.flatten();
    Ok(head.map_or_else(
        || DetailCell::Text("Not stated".to_owned()),
        |head| {
            DetailCell::Link(RecordLink { id: head.id, kind: head.kind, reference: head.reference, title: head.title })
        },
    ))
}

/// How long goods can still be used, in days and in whole months of thirty days.
fn shelf_life(on: NaiveDate, last: NaiveDate) -> String {
    let days = (last - on).num_days();
    match days {
        ..0 => format!("None: it expired {} days ago, on {last}", -days),
        0 => format!("Today is its last day, {last}"),
        1..60 => format!("{days} days, until {last}"),
        _ => format!("{days} days, about {} months, until {last}", days / 30),
    }
}

/// What was spent of each budget line up to a day, and what is left.
fn budget(db: &Db, stored: &Stored, on: NaiveDate) -> Result<Vec<DetailSection>, StoreError> {
    let fund: Fund = facts::typed_of(stored)?;
    let Some(currency) = fund.currency().map(str::to_owned) else { return Ok(Vec::new()) };
    let (mut by_line, mut without_rate) = (std::collections::BTreeMap::<Option<u32>, (i64, i64)>::new(), 0);
    let mut rates = Rates::new(db);
    for part in record::children(db, stored.head.id, RecordKind::Expense)? {
        let expense: Expense = facts::typed_of(&part)?;
        if expense.on.is_none_or(|paid| paid > on) {
            continue;
        }
        let number = expense.budget_line.filter(|number| fund.budget.iter().any(|line| line.number == Some(*number)));
        match money::spent(&mut rates, &fund, &expense)? {
            Some(Spent::Same(amount) | Spent::Turned(amount, _)) => {
                let sum = by_line.entry(number).or_default();
                *sum = (sum.0 + amount.minor(), sum.1 + 1);
            }
            Some(Spent::NoRate { .. }) => without_rate += 1,
            None => {}
        }
    }
    let money = |minor: i64| Money::of(minor, &currency).grouped();
    let mut rows = Vec::new();
    for line in &fund.budget {
        let planned = line.amount.as_ref().map_or(0, Money::minor);
        let (spent, expenses) = by_line.get(&line.number).copied().unwrap_or_default();
        let name = format!("{} {}", line.number.unwrap_or_default(), line.title);
        rows.push(budget_row(&name, &money(planned), &money(spent), &left(planned, spent, &currency), expenses));
    }
    if let Some((spent, expenses)) = by_line.get(&None) {
        rows.push(budget_row("Without a budget line", "", &money(*spent), "", *expenses));
    }
    let spent: i64 = by_line.values().map(|(spent, _)| spent).sum();
    let count: i64 = by_line.values().map(|(_, count)| count).sum();
    let whole = fund.amount.as_ref().map_or_else(
        || fund.budget.iter().filter_map(|line| line.amount.as_ref()).map(Money::minor).sum(),
        Money::minor,
    );
    rows.push(budget_row("Total", &money(whole), &money(spent), &left(whole, spent, &currency), count));
    let columns = ["Budget line", "Budget", "Spent", "Left", "Expenses"].map(str::to_owned).to_vec();
    let mut fields = vec![(format!("In {currency}"), DetailValue::Table { columns, rows })];
    if without_rate > 0 {
        let words = format!("{without_rate} expenses have no rate and are in no sum");
        fields.push(("Not counted".to_owned(), DetailValue::Text(words)));
    }
    Ok(vec![DetailSection { heading: format!("Spent up to {on}"), fields }])
}

fn left(planned: i64, spent: i64, currency: &str) -> String {
    let sign = if spent > planned { "over by " } else { "" };
    format!("{sign}{}", Money::of((planned - spent).abs(), currency).grouped())
}

fn budget_row(name: &str, planned: &str, spent: &str, left: &str, expenses: i64) -> Vec<DetailCell> {
    let number = |text: &str| DetailCell::Number(text.to_owned());
    vec![DetailCell::Text(name.to_owned()), number(planned), number(spent), number(left), number(&expenses.to_string())]
}

/// What an expense is in the currency of its grant, with the rate and its day.
fn in_currency_of_grant(db: &Db, stored: &Stored) -> Result<Vec<DetailSection>, StoreError> {
    let expense: Expense = facts::typed_of(stored)?;
    let fund: Option<Fund> = expense.fund.map(|fund| facts::load(db, fund)).transpose()?.flatten();
    let spent = fund.map(|fund| money::spent(&mut Rates::new(db), &fund, &expense)).transpose()?.flatten();
    let words = match spent {
        Some(Spent::Turned(amount, of)) => format!("{} at {}, the rate of {}", amount.grouped(), of.rate, of.on),
        Some(Spent::NoRate { into, .. }) => format!("Not known: there is no rate into {into}"),
        _ => return Ok(Vec::new()),
    };
    let fields = vec![("In the grant's currency".to_owned(), DetailValue::Text(words))];
    Ok(vec![DetailSection { heading: "Counted as".to_owned(), fields }])
}

/// What a project planned, shipped, received and handed out, item by item.
fn project(db: &Db, id: Id, on: NaiveDate) -> Result<Vec<DetailSection>, StoreError> {
    let mut rows = Vec::new();
    for line in of_project(db, id, on)? {
        let item = match line.key {
            Some(id) => DetailCell::Link(RecordLink {
                id,
                kind: RecordKind::Item,
                reference: line.reference,
                title: line.label,
            }),
            None => DetailCell::Text(line.label),
        };
        let mut row = vec![item, DetailCell::Text(line.unit_label)];
        row.extend(line.figures.iter().map(|figure| DetailCell::Number(amount(figure.quantity))));
        rows.push(row);
    }
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut columns = vec!["Item".to_owned(), "Unit".to_owned()];
    columns.extend(COMPARED.map(|role| role.label().to_owned()));
    let fields = vec![("Planned and delivered".to_owned(), DetailValue::Table { columns, rows })];
    Ok(vec![DetailSection { heading: format!("Goods up to {on}"), fields }])
}
