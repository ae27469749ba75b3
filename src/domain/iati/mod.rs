//! Activities as the International Aid Transparency Initiative's standard 2.03 has them, and the rules that its schema does
//! not check. Pure: what is published and how it is written is decided elsewhere.

mod check;

pub use check::Finding;

use chrono::NaiveDate;

use super::money::Money;
use super::quantity::Quantity;

/// Activities that stand in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activities {
    /// The day on which they were put together.
    pub made_on: NaiveDate,
    /// The activities.
    pub activities: Vec<Activity>,
}

/// An activity.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Activity {
    /// Its identifier.
    pub identifier: String,
    /// The currency of amounts that name none.
    pub currency: String,
    /// Who publishes it.
    pub reporting: Organisation,
    /// Its title.
    pub title: String,
    /// What it is.
    pub description: String,
    /// Who takes part, each with a role: 1 funding, 2 accountable, 4 implementing.
    pub participating: Vec<(u8, Organisation)>,
    /// 1 pipeline, 2 implementation, 4 closed.
    pub status: u8,
    /// Days: 1 planned start, 2 actual start, 3 planned end, 4 actual end.
    pub days: Vec<(u8, NaiveDate)>,
    /// An office address; empty for none.
    pub email: String,
    /// The country.
    pub country: String,
    /// Provinces by P-code and name.
    pub provinces: Vec<(String, String)>,
    /// DAC purpose codes, each with its part in hundredths of a percent; a single one has none.
    pub sectors: Vec<(String, Option<u32>)>,
    /// Budgets.
    pub budgets: Vec<Budget>,
    /// Money received and spent.
    pub transactions: Vec<Transaction>,
    /// Indicators with targets and results.
    pub results: Vec<Outcome>,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Organisation {
    /// Its identifier; empty where it has none.
    pub id: String,
    /// Its type; empty where it is not known.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// A budget of at most a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// How much.
    pub value: Money,
}

/// Money that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// 11 incoming commitment, 4 expenditure.
    pub kind: u8,
    /// The day.
    pub on: NaiveDate,
    /// How much.
    pub value: Money,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What is measured.
    pub title: String,
    /// 1 a unit, 2 per cent.
    pub measure: u8,
    /// Whether more is better.
    pub ascending: bool,
    /// From where, and on which day.
    pub baseline: (Quantity, NaiveDate),
    /// Where to, and by when.
    pub target: (Quantity, NaiveDate),
    /// The newest value.
    pub actual: Option<Quantity>,
}
