//! Budget against spending, line by line, and what was spent by the currency in which it was paid, with the rate and its day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::scope::Scope;
use super::{Behind, Part, held, number, text};
use crate::domain::codes;
use crate::domain::document::{Cell, CellTone, Chart, ChartKind, Holds, Series, Table};
use crate::domain::money::Money;
use crate::domain::rate::Rate;
use crate::domain::record::{Expense, RecordKind};
use crate::services::money::{self, Rates, Spent};
use crate::services::queries::only::{budget_of, paid_in};
use crate::services::queries::{BudgetOf, Filter, Only, PaidIn, SpendingOf};
use crate::services::{Failure, facts};
use crate::store::record;

/// What was spent of a budget line, in the smallest unit of the grant's currency.
#[derive(Default)]
struct Line {
    in_period: i64,
    to_date: i64,
}

/// What was paid in one currency at one rate.
#[derive(Default)]
struct Paid {
    amount: i64,
    counted: i64,
    expenses: i64,
    rate: Option<Rate>,
}

/// What was spent, by budget line, and by currency with the day of the rate, so that the newest rate comes last.
#[derive(Default)]
struct Sums {
    lines: BTreeMap<Option<u32>, Line>,
    paid: BTreeMap<Way, Paid>,
}

/// The currency, the day of the rate, and the whole way.
type Way = (String, Option<NaiveDate>, PaidIn);

/// The list of the fund's expenses from a day on to the last day that counts: all, or those of a budget line or a way of paying.
fn expenses(scope: &Scope<'_>, from: Option<NaiveDate>, line: Option<BudgetOf>, paid: Option<PaidIn>) -> Behind {
    let only = Some(Box::new(Only::Spending(SpendingOf { fund: scope.fund_id, line, paid })));
    let filter = Filter { parent: Some(scope.fund_id), from, to: Some(scope.last()), only, ..Filter::default() };
    Behind::Records(scope.records(RecordKind::Expense, filter))
}

pub(super) fn part(scope: &Scope<'_>) -> Result<Part, Failure> {
    let sums = sums(scope)?;
    let mut part = Part::default();
    let numbered = |number: Option<u32>| number.map_or(BudgetOf::None, BudgetOf::Line);
    let mut lines: Vec<BudgetOf> = scope.fund.budget.iter().map(|line| numbered(line.number)).collect();
    let has_other = sums.lines.contains_key(&None);
    lines.extend(has_other.then_some(BudgetOf::None));
    for (row, line) in lines.into_iter().enumerate().map(|(row, line)| (Some(row), Some(line))).chain([(None, None)]) {
        part.behind("money", row, "spent", expenses(scope, Some(scope.from), line, None));
        part.behind("money", row, "to_date", expenses(scope, None, line, None));
        // What was spent without a budget line is held against none.
        if line != Some(BudgetOf::None) {
            part.behind("money", row, "budget", scope.one(scope.fund_id));
            part.behind("money", row, "left", Behind::Reckoned(&["budget", "to_date"]));
            part.behind("money", row, "share", Behind::Reckoned(&["to_date", "budget"]));
        }
    }
    part.table(budget(scope, &sums));
    part.chart(chart(scope, &sums));
    for (row, (_, _, way)) in sums.paid.keys().enumerate() {
        for column in ["paid", "counted", "expenses"] {
            part.behind("spending", Some(row), column, expenses(scope, Some(scope.from), None, Some(way.clone())));
        }
        if let Some(rate) = way.rate {
            part.behind("spending", Some(row), "rate", scope.one(rate));
        }
    }
    if !sums.paid.is_empty() {
        for column in ["counted", "expenses"] {
            part.behind("spending", None, column, expenses(scope, Some(scope.from), None, None));
        }
    }
    part.table(by_currency(scope, &sums));
    Ok(part)
}

fn sums(scope: &Scope<'_>) -> Result<Sums, Failure> {
    let (mut sums, mut rates) = (Sums::default(), Rates::new(scope.db));
    for stored in record::children(scope.db, scope.fund_id, RecordKind::Expense)? {
        let expense: Expense = facts::typed_of(&stored)?;
        let (Some(on), Some(paid)) = (expense.on.filter(|on| *on <= scope.last()), expense.amount.clone()) else {
            continue;
        };
        let Some(spent) = money::spent(&mut rates, &scope.fund, &expense)? else { continue };
        let way = paid_in(&paid, &spent);
        let (counted, rate) = match spent {
            Spent::Same(amount) => (Some(amount.minor()), None),
            Spent::Turned(amount, of) => (Some(amount.minor()), Some(of)),
            Spent::NoRate { .. } => (None, None),
        };
        let in_period = on >= scope.from;
        if let Some(counted) = counted {
            let number = match budget_of(&scope.fund, &expense) {
                BudgetOf::Line(number) => Some(number),
                BudgetOf::None => None,
            };
            let line = sums.lines.entry(number).or_default();
            line.to_date += counted;
            line.in_period += if in_period { counted } else { 0 };
        }
        if in_period {
            let key = (paid.currency().to_owned(), rate.map(|of| of.on), way);
            let sum = sums.paid.entry(key).or_default();
            sum.rate = rate.map(|of| of.rate);
            sum.amount += paid.minor();
            sum.counted += counted.unwrap_or_default();
            sum.expenses += 1;
        }
    }
    Ok(sums)
}

/// What is left of a budget, or by how much it is overspent.
fn left(planned: i64, spent: i64, currency: &str) -> Cell {
    let amount = Money::of((planned - spent).abs(), currency);
    if spent > planned {
        return Cell::State { tone: CellTone::Bad, words: format!("over by {}", amount.grouped()) };
    }
    Cell::Money(amount)
}

fn share(planned: i64, spent: i64) -> Cell {
    let share = (i128::from(spent) * 1000).checked_div(i128::from(planned));
    share.and_then(|share| i64::try_from(share).ok()).map_or(Cell::Empty, Cell::PerMille)
}

fn budget(scope: &Scope<'_>, sums: &Sums) -> Table {
    let currency = scope.currency();
    let money = |minor: i64| Cell::Money(Money::of(minor, currency));
    let mut rows = Vec::new();
    for line in &scope.fund.budget {
        let planned = line.amount.as_ref().map_or(0, Money::minor);
        let spent = sums.lines.get(&line.number);
        let (in_period, to_date) = spent.map_or((0, 0), |line| (line.in_period, line.to_date));
        let number = line.number.map(|number| format!("{number}. ")).unwrap_or_default();
        rows.push(vec![
            Cell::text(format!("{number}{}", line.title)),
            Cell::text(&line.code),
            money(planned),
            money(in_period),
            money(to_date),
            left(planned, to_date, currency),
            share(planned, to_date),
        ]);
    }
    if let Some(other) = sums.lines.get(&None) {
        let mut row = vec![Cell::text("Without a budget line"), Cell::Empty, Cell::Empty];
        row.extend([money(other.in_period), money(other.to_date), Cell::Empty, Cell::Empty]);
        rows.push(row);
    }
    let whole = scope.fund.amount.as_ref().map_or_else(
        || scope.fund.budget.iter().filter_map(|line| line.amount.as_ref()).map(Money::minor).sum(),
        Money::minor,
    );
    let in_period = sums.lines.values().map(|line| line.in_period).sum();
    let to_date = sums.lines.values().map(|line| line.to_date).sum();
    let mut totals = vec![Cell::text("The grant"), Cell::Empty, money(whole), money(in_period), money(to_date)];
    totals.extend([left(whole, to_date, currency), share(whole, to_date)]);
    Table {
        key: "money".to_owned(),
        title: format!("Budget against spending, {currency}"),
        notes: notes(scope, sums),
        columns: vec![
            text("Budget line", "line", "#activity+budget+name"),
            text("Donor's code", "code", "#activity+budget+code"),
            held(number("Budget", "budget", "#value+budget"), Holds::Price),
            held(number("Spent in the period", "spent", "#value+spend"), Holds::Price),
            held(number("Spent to date", "to_date", "#value+spend+total"), Holds::Price),
            held(number("Left", "left", "#value+left"), Holds::Price),
            number("Spent of the budget", "share", "#indicator+pct+spent"),
        ],
        rows,
        totals,
        empty: "The grant has no budget lines and nothing was spent.".to_owned(),
    }
}

fn notes(scope: &Scope<'_>, sums: &Sums) -> Vec<String> {
    let mut notes = vec![
        scope.period_note(),
        format!(
            "Expenses by the day on which they were paid. To date: since the grant began, up to {}. An expense in another currency counts at the newest rate of its day; the table below says which.",
            scope.last()
        ),
    ];
    let without: i64 = sums.paid.iter().filter(|((.., way), _)| way.no_rate).map(|(_, paid)| paid.expenses).sum();
    if without > 0 {
        let (subject, verb) = if without == 1 { ("expense", "is") } else { ("expenses", "are") };
        notes.push(format!(
            "{without} {subject} of the period {verb} in no sum, because no rate is known for the day. Add the exchange rate."
        ));
    }
    notes
}

fn by_currency(scope: &Scope<'_>, sums: &Sums) -> Table {
    let currency = scope.currency();
    let row = |((paid_in, rate_on, way), sum): (&Way, &Paid)| {
        let on = rate_on.map_or(Cell::Empty, Cell::Day);
        let words = match (sum.rate, way.no_rate) {
            (Some(rate), _) => Cell::Rate(rate),
            (None, true) => Cell::State { tone: CellTone::Warning, words: "no rate".to_owned() },
            (None, false) => Cell::Empty,
        };
        let counted = if way.no_rate { Cell::Empty } else { Cell::Money(Money::of(sum.counted, currency)) };
        let paid = Cell::Money(Money::of(sum.amount, paid_in));
        vec![Cell::text(paid_in), on, words, paid, counted, Cell::Count(sum.expenses)]
    };
    let counted = sums.paid.values().map(|sum| sum.counted).sum();
    let expenses = sums.paid.values().map(|sum| sum.expenses).sum();
    let totals = vec![
        Cell::text("In all"),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Money(Money::of(counted, currency)),
        Cell::Count(expenses),
    ];
    Table {
        key: "spending".to_owned(),
        title: "Spending by currency and rate".to_owned(),
        notes: vec![
            scope.period_note(),
            format!("Each rate is the newest of the day of payment. {currency} paid needs none."),
        ],
        columns: vec![
            text("Paid in", "currency", "#currency+code"),
            text("Rate of", "rate_on", "#date+rate"),
            number(format!("Rate into {currency}"), "rate", "#value+rate"),
            held(number("Paid", "paid", "#value+paid"), Holds::Price),
            held(number(format!("Counted, {currency}"), "counted", "#value+spend"), Holds::Price),
            number("Expenses", "expenses", "#meta+count"),
        ],
        totals: if sums.paid.is_empty() { Vec::new() } else { totals },
        rows: sums.paid.iter().map(row).collect(),
        empty: "Nothing was paid in the period.".to_owned(),
    }
}

/// Budget and spending to date, in whole units of the currency.
fn chart(scope: &Scope<'_>, sums: &Sums) -> Chart {
    let currency = scope.currency();
    let power =
        u32::try_from(codes::currency_decimals(currency)).ok().and_then(|by| 10_i64.checked_pow(by)).unwrap_or(1);
    let lines = || scope.fund.budget.iter().filter(|line| line.amount.is_some());
    let planned = |line: &crate::domain::record::BudgetLine| line.amount.as_ref().map_or(0, Money::minor);
    let spent = |line: &crate::domain::record::BudgetLine| sums.lines.get(&line.number).map_or(0, |line| line.to_date);
    let said = lines().map(|line| {
        let words = |minor: i64| Money::of(minor, currency).grouped();
        format!("{}: {} spent of {}", line.title, words(spent(line)), words(planned(line)))
    });
    Chart {
        title: "Budget and spending to date".to_owned(),
        alt: format!("{}.", said.collect::<Vec<_>>().join("; ")),
        kind: ChartKind::Bars,
        unit: currency.to_owned(),
        labels: lines().map(|line| line.title.clone()).collect(),
        series: vec![
            Series { name: "Budget".to_owned(), values: lines().map(|line| planned(line) / power).collect() },
            Series { name: "Spent to date".to_owned(), values: lines().map(|line| spent(line) / power).collect() },
        ],
    }
}
