//! What a figure counts of a list: the records behind people reached and behind money spent, and what they add up to.
//!
//! A report links each figure to a list. Where the common filters cannot say which records those are, this does, and says
//! beside the list what it adds up to, so that a reader sees the figure again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ListQuery, ReachQuery, list, reach};
use crate::domain::document::Cell;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::group_digits;
use crate::domain::reach::{Added, once};
use crate::domain::record::{AgeBand, Basis, Expense, Fund, Sex};
use crate::domain::text::fold;
use crate::services::facts;
use crate::services::money::{Rates, Spent, spent};
use crate::store::{Db, StoreError, record};

/// The records that a figure counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Only {
    /// Records of reach.
    People(PeopleOf),
    /// Expenses of a grant.
    Spending(SpendingOf),
}

/// Which people are counted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PeopleOf {
    /// Only those of this project.
    pub project: Option<Id>,
    /// Only those of this fund.
    pub fund: Option<Id>,
    /// Only those at this site or at one that lies in it.
    pub site: Option<Id>,
    /// Only activities that went on on this day or later.
    pub from: Option<NaiveDate>,
    /// Only activities that began on this day or earlier.
    pub to: Option<NaiveDate>,
    /// Only people of this group, as it is written.
    pub group: Option<String>,
    /// Only people of this sex; `all` stands for those whose sex is not told.
    pub sex: Option<Sex>,
    /// Only people of this age.
    pub age: Option<AgeBand>,
    /// Only people who were estimated.
    pub estimated: bool,
}

/// Which expenses are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpendingOf {
    /// The grant, in whose currency they are counted.
    pub fund: Id,
    /// Only those of a line of its budget.
    pub line: Option<BudgetOf>,
    /// Only those that were paid so.
    pub paid: Option<PaidIn>,
}

/// A line of a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BudgetOf {
    /// The line with this number.
    Line(u32),
    /// None that the grant has.
    None,
}

/// In what something was paid, and how it was turned into the grant's currency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PaidIn {
    /// The currency.
    pub currency: String,
    /// The rate at which it was turned, by its record.
    pub rate: Option<Id>,
    /// Whether a rate was wanted and none was known.
    pub no_rate: bool,
}

/// What the records of a list add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFigure {
    /// What is counted, in words.
    pub counts: String,
    /// The sums, each under what it is.
    pub sums: Vec<(String, Cell)>,
}

impl ListFigure {
    /// The sums as people read them: `USD 14,460.00 counted, 2 expenses`.
    #[must_use]
    pub fn words(&self) -> String {
        let words = self.sums.iter().map(|(label, sum)| format!("{label} {}", sum.words()));
        words.collect::<Vec<_>>().join(", ")
    }
}

/// A part of what is counted: a record by its name, or words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::services) enum Said {
    Record(Id),
    Words(String),
}

impl PeopleOf {
    /// The people of a question about people reached.
    #[must_use]
    pub fn of(query: &ReachQuery) -> Self {
        let ReachQuery { project, fund, site, from, to, .. } = *query;
        Self { project, fund, site, from, to, ..Self::default() }
    }

    const fn question(&self, as_of: NaiveDate) -> ReachQuery {
        let Self { project, fund, site, from, to, .. } = *self;
        ReachQuery { as_of, project, fund, site, from, to }
    }

    fn counts(&self, row: &Added) -> bool {
        self.sex.is_none_or(|sex| row.sex == sex)
            && self.age.is_none_or(|age| row.age == age)
            && self.group.as_deref().is_none_or(|group| fold(&row.group) == fold(group))
            && (!self.estimated || row.basis == Basis::Estimated)
    }

    /// What each record of reach adds, each person once.
    fn added(&self, db: &Db, as_of: NaiveDate) -> Result<Vec<Added>, StoreError> {
        let (records, _) = reach::chosen(db, &self.question(as_of))?;
        Ok(once(&records).into_iter().filter(|row| self.counts(row)).collect())
    }
}

/// An expense as a grant counts it.
struct Counted {
    line: BudgetOf,
    paid: Money,
    paid_in: PaidIn,
    worth: Option<Money>,
}

/// The budget line of an expense; one that the grant does not have is none.
pub(in crate::services) fn budget_of(fund: &Fund, expense: &Expense) -> BudgetOf {
    let known = |number: &u32| fund.budget.iter().any(|line| line.number == Some(*number));
    expense.budget_line.filter(known).map_or(BudgetOf::None, BudgetOf::Line)
}

/// In what an expense was paid.
pub(in crate::services) fn paid_in(paid: &Money, spent: &Spent) -> PaidIn {
    let (rate, no_rate) = match spent {
        Spent::Same(_) => (None, false),
        Spent::Turned(_, of) => (Some(of.id), false),
        Spent::NoRate { .. } => (None, true),
    };
    PaidIn { currency: paid.currency().to_owned(), rate, no_rate }
}

impl SpendingOf {
    fn includes(&self, counted: &Counted) -> bool {
        self.line.is_none_or(|line| line == counted.line)
            && self.paid.as_ref().is_none_or(|paid| *paid == counted.paid_in)
    }

    /// The expenses among some that are counted.
    fn of(&self, db: &Db, ids: &[Id]) -> Result<BTreeMap<Id, Counted>, StoreError> {
        let mut found = BTreeMap::new();
        let Some(fund) = facts::load::<Fund>(db, self.fund)? else { return Ok(found) };
        let mut rates = Rates::new(db);
        for id in ids {
            let Some(expense) = facts::load::<Expense>(db, *id)? else { continue };
            let (Some(paid), Some(spent)) = (expense.amount.clone(), spent(&mut rates, &fund, &expense)?) else {
                continue;
            };
            let counted = Counted {
                line: budget_of(&fund, &expense),
                paid_in: paid_in(&paid, &spent),
                paid,
                worth: match spent {
                    Spent::Same(amount) | Spent::Turned(amount, _) => Some(amount),
                    Spent::NoRate { .. } => None,
                },
            };
            if self.includes(&counted) {
                found.insert(*id, counted);
            }
        }
        Ok(found)
    }
}

impl Only {
    /// What is counted, part by part, each with its label.
    pub(in crate::services) fn said(&self) -> Vec<(&'static str, Said)> {
        let mut said = Vec::new();
        match self {
            Self::People(of) => {
                for (label, id) in [("project", of.project), ("fund", of.fund), ("place", of.site)] {
                    said.extend(id.map(|id| (label, Said::Record(id))));
                }
                let day = |day: NaiveDate| Said::Words(day.to_string());
                said.extend(of.from.map(|from| ("from", day(from))));
                said.extend(of.to.map(|to| ("until", day(to))));
                said.extend(of.group.clone().map(|group| ("group", Said::Words(group))));
                let sex = |sex: Sex| if sex == Sex::All { "not told" } else { sex.label() };
                said.extend(of.sex.map(|one| ("sex", Said::Words(sex(one).to_owned()))));
                said.extend(of.age.map(|age| ("age", Said::Words(age.label().to_owned()))));
                said.extend(of.estimated.then(|| ("counted how", Said::Words("estimated".to_owned()))));
            }
            Self::Spending(of) => {
                said.push(("grant", Said::Record(of.fund)));
                said.extend(of.line.map(|line| {
                    let words = match line {
                        BudgetOf::Line(number) => number.to_string(),
                        BudgetOf::None => "none of the grant".to_owned(),
                    };
                    ("budget line", Said::Words(words))
                }));
                if let Some(paid) = &of.paid {
                    said.push(("paid in", Said::Words(paid.currency.clone())));
                    said.extend(paid.rate.map(|rate| ("turned at", Said::Record(rate))));
                    said.extend(paid.no_rate.then(|| ("turned at", Said::Words("no rate known".to_owned()))));
                }
            }
        }
        said
    }
}

/// Leaves of a list what a figure counts.
pub(super) fn retain(db: &Db, only: &Only, as_of: NaiveDate, ids: &mut Vec<Id>) -> Result<(), StoreError> {
    let counted: BTreeSet<Id> = match only {
        Only::People(of) => of.added(db, as_of)?.into_iter().map(|row| row.id).collect(),
        Only::Spending(of) => of.of(db, ids)?.into_keys().collect(),
    };
    ids.retain(|id| counted.contains(id));
    Ok(())
}

/// What a list adds up to; `None` where it is no list behind a figure.
pub(in crate::services) fn figure(db: &Db, query: &ListQuery) -> Result<Option<ListFigure>, StoreError> {
    let Some(only) = query.filter.only.as_deref() else { return Ok(None) };
    let ids = list::ids(db, query)?;
    let sums = match only {
        Only::People(of) => {
            let shown: BTreeSet<Id> = ids.into_iter().collect();
            let added = of.added(db, query.as_of)?;
            let people: u64 = added.iter().filter(|row| shown.contains(&row.id)).map(|row| row.people).sum();
            vec![("people, each once".to_owned(), Cell::Count(i64::try_from(people).unwrap_or(i64::MAX)))]
        }
        Only::Spending(of) => sums_of(&of.of(db, &ids)?),
    };
    let mut parts = Vec::new();
    for (label, said) in only.said() {
        let words = match said {
            Said::Words(words) => words,
            Said::Record(id) => record::head(db, id)?.map(|head| head.title).unwrap_or_default(),
        };
        parts.push(format!("{label} {words}"));
    }
    Ok(Some(ListFigure { counts: parts.join(", "), sums }))
}

/// What was paid, currency by currency, what of it was counted, and how many were in no sum.
fn sums_of(expenses: &BTreeMap<Id, Counted>) -> Vec<(String, Cell)> {
    let mut paid: BTreeMap<&str, i64> = BTreeMap::new();
    let mut counted: BTreeMap<&str, i64> = BTreeMap::new();
    let mut without = 0_i64;
    for expense in expenses.values() {
        *paid.entry(expense.paid.currency()).or_default() += expense.paid.minor();
        match &expense.worth {
            Some(amount) => *counted.entry(amount.currency()).or_default() += amount.minor(),
            None => without += 1,
        }
    }
    let sums = |label: &str, of: BTreeMap<&str, i64>| {
        of.into_iter()
            .map(|(currency, minor)| (label.to_owned(), Cell::Money(Money::of(minor, currency))))
            .collect::<Vec<_>>()
    };
    let mut all = sums("counted", counted);
    all.extend(sums("paid", paid));
    if without > 0 {
        all.push((format!("without a rate, of {}", group_digits(&expenses.len().to_string())), Cell::Count(without)));
    }
    all
}
