//! Figures: kept sums, what waits, what falls due.

use chrono::NaiveDate;

use super::StoreError;
use super::engine::{Db, sqlite::Row};
use super::record::kind_of;
use super::span::{day, known};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::summary::{Amount, Cell, Contributions, Counted, GRAINS, Source, first_day, grains, period};

/// Adds to the kept sums, each of which is written once.
pub fn add(db: &Db, contributions: &Contributions) -> Result<(), StoreError> {
    for grain in GRAINS {
        // The days of a cell stand together and in their order, so that those of a period do as well.
        let mut sums: Vec<(&Cell, NaiveDate, Amount)> = Vec::new();
        for ((cell, on), amount) in contributions.iter().filter(|(_, amount)| **amount != Amount::default()) {
            let first = first_day(*on, grain);
            match sums.last_mut() {
                Some((last, day, sum)) if *day == first && *last == cell => {
                    sum.records += amount.records;
                    sum.cases += amount.cases;
                }
                _ => sums.push((cell, first, *amount)),
            }
        }
        let rows = sums.into_iter().map(|(cell, on, amount)| {
            [
                (":counted", cell.counted.word().into()),
                (":grain", grain.into()),
                (":period", period(on, grain).into()),
                (":source", cell.source.word().into()),
                (":category_id", cell.category.map_or(0, |id| id.0).into()),
                (":stage", cell.stage.into()),
                (":outcome", cell.outcome.into()),
                (":validity", cell.validity.into()),
                (":records", amount.records.into()),
                (":cases", amount.cases.into()),
            ]
        });
        db.run_each(include_str!("figures/add.sql"), rows)?;
    }
    Ok(())
}

/// The sums of what is counted, as of a day.
pub fn as_of(db: &Db, counted: Counted, on: NaiveDate) -> Result<Vec<(Cell, Amount)>, StoreError> {
    let [(_, year), (_, month), (_, day)] = grains(on);
    let params =
        [(":counted", counted.word().into()), (":year", year.into()), (":month", month.into()), (":day", day.into())];
    db.rows(include_str!("figures/as_of.sql"), &params, |row| {
        let cell = Cell {
            counted,
            source: source_of(row.str(1)?)?,
            category: category(row.int(2)?),
            stage: known(row.str(3)?)?,
            outcome: known(row.str(4)?)?,
            validity: known(row.str(5)?)?,
        };
        Ok((cell, Amount { records: row.int(6)?, cases: row.int(7)? }))
    })
}

/// What was added in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthSum {
    /// The first day of the month.
    pub month: NaiveDate,
    /// Whose records.
    pub source: Source,
    /// The category; `None` is the total.
    pub category: Option<Id>,
    /// The word that was counted.
    pub word: &'static str,
    /// How many.
    pub records: i64,
}

/// What was added month by month, up to a day: the totals, or each category by itself.
pub fn months(db: &Db, counted: Counted, totals: bool, on: NaiveDate) -> Result<Vec<MonthSum>, StoreError> {
    let [_, (_, month), (_, day_text)] = grains(on);
    let params = [
        (":counted", counted.word().into()),
        (":totals", totals.into()),
        (":month", month.into()),
        (":day", day_text.into()),
    ];
    db.rows(include_str!("figures/months.sql"), &params, |row| {
        Ok(MonthSum {
            month: day(&format!("{}-01", row.str(0)?))?,
            source: source_of(row.str(1)?)?,
            category: category(row.int(2)?),
            word: known(row.str(3)?)?,
            records: row.int(4)?,
        })
    })
}

/// A kept sum: its grain, period and cell, and its amount.
pub type KeptSum = ((i64, String, Cell), Amount);

/// Every kept sum that is not zero.
pub fn kept(db: &Db) -> Result<Vec<KeptSum>, StoreError> {
    db.rows(include_str!("figures/days.sql"), &[], |row| {
        let counted = Counted::from_word(row.str(2)?);
        let cell = Cell {
            counted: counted.ok_or_else(|| StoreError::Damaged { detail: "unknown figure".into() })?,
            source: source_of(row.str(3)?)?,
            category: category(row.int(4)?),
            stage: known(row.str(5)?)?,
            outcome: known(row.str(6)?)?,
            validity: known(row.str(7)?)?,
        };
        Ok(((row.int(0)?, row.text(1)?, cell), Amount { records: row.int(8)?, cases: row.int(9)? }))
    })
}

/// An open request, or goods or people that wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The record.
    pub id: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// Whose it is.
    pub source: Source,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Who filed it.
    pub applicant: String,
    /// Its authority.
    pub authority: Option<Id>,
    /// The record it belongs to.
    pub parent: Option<Id>,
    /// The status word.
    pub headline: &'static str,
    /// Since when.
    pub since: NaiveDate,
    /// For a case that fell silent: its last known stage.
    pub was: &'static str,
    /// For a case that fell silent: when it was last known.
    pub until: String,
}

/// What stands on a day where somebody has to act, the longest first, what fell silent last; so many at most.
pub fn waiting(db: &Db, on: NaiveDate, source: Option<Source>, most: i64) -> Result<Vec<Waiting>, StoreError> {
    let params =
        [(":day", on.to_string().into()), (":source", source.map(Source::word).into()), (":most", most.into())];
    db.rows(include_str!("figures/waiting.sql"), &params, |row| {
        Ok(Waiting {
            id: Id(row.int(0)?),
            kind: kind_of(row.str(1)?)?,
            source: source_of(row.str(2)?)?,
            reference: row.text(3)?,
            title: row.text(4)?,
            applicant: row.text(5)?,
            authority: row.opt_int(6)?.map(Id),
            parent: row.opt_int(7)?.map(Id),
            headline: known(row.str(8)?)?,
            since: day(row.str(9)?)?,
            was: known(row.str(10)?)?,
            until: row.text(11)?,
        })
    })
}

/// The standing of one matter on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The matter.
    pub id: Id,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Its authority.
    pub authority: Option<Id>,
    /// The status word; empty where nothing is known of it yet.
    pub headline: &'static str,
    /// The outcome word.
    pub outcome: &'static str,
    /// The validity word.
    pub validity: &'static str,
}

/// A matter that waits for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// The matter that waits.
    pub matter: Standing,
    /// Whose it is.
    pub source: Source,
    /// Since when it stands there.
    pub since: NaiveDate,
    /// The one it waits for.
    pub needs: Standing,
    /// Since when that one stands as it does; `None` while nothing is known of it.
    pub needs_since: Option<NaiveDate>,
}

/// Every pair of matters of which one waits for the other, with the standing of both on a day.
pub fn dependencies(db: &Db, on: NaiveDate) -> Result<Vec<Dependency>, StoreError> {
    db.rows(include_str!("figures/matter_standing.sql"), &[(":day", on.to_string().into())], |row| {
        Ok(Dependency {
            matter: Standing {
                id: Id(row.int(0)?),
                reference: row.text(2)?,
                title: row.text(3)?,
                authority: row.opt_int(4)?.map(Id),
                headline: known(row.str(5)?)?,
                outcome: known(row.str(6)?)?,
                validity: known(row.str(7)?)?,
            },
            source: source_of(row.str(1)?)?,
            since: day(row.str(8)?)?,
            needs: needed(row)?,
            needs_since: row.opt_text(16)?.map(|text| day(&text)).transpose()?,
        })
    })
}

fn needed(row: &Row<'_>) -> Result<Standing, StoreError> {
    Ok(Standing {
        id: Id(row.int(9)?),
        reference: row.text(10)?,
        title: row.text(11)?,
        authority: row.opt_int(12)?.map(Id),
        headline: known(row.str(13)?)?,
        outcome: known(row.str(14)?)?,
        validity: known(row.str(15)?)?,
    })
}

/// Something that falls due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The record.
    pub id: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// Whose it is.
    pub source: Source,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The record it belongs to.
    pub parent: Option<Id>,
    /// What falls due.
    pub what: String,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// The same as precise as it is known.
    pub due_text: String,
}

/// What somebody still owes after its day, since `from`, and what ends or falls due from `on` up to `to`; so many of each
/// at most, by what was known on `on`.
pub fn due(
    db: &Db,
    on: NaiveDate,
    (from, to): (NaiveDate, NaiveDate),
    source: Option<Source>,
    most: i64,
) -> Result<Vec<Due>, StoreError> {
    let common =
        || [(":day", on.to_string().into()), (":source", source.map(Source::word).into()), (":most", most.into())];
    let mut overdue = common().to_vec();
    overdue.push((":from_day", from.to_string().into()));
    let mut due = db.rows(include_str!("figures/overdue.sql"), &overdue, row_to_due)?;
    let mut coming = common().to_vec();
    coming.push((":to_day", to.to_string().into()));
    due.extend(db.rows(include_str!("figures/falling_due.sql"), &coming, row_to_due)?);
    Ok(due)
}

fn row_to_due(row: &Row<'_>) -> Result<Due, StoreError> {
    Ok(Due {
        id: Id(row.int(0)?),
        kind: kind_of(row.str(1)?)?,
        source: source_of(row.str(2)?)?,
        reference: row.text(3)?,
        title: row.text(4)?,
        parent: row.opt_int(5)?.map(Id),
        what: row.text(6)?,
        due_on: day(row.str(7)?)?,
        due_text: row.text(8)?,
    })
}

/// Whose record a word names.
pub fn source_of(word: &str) -> Result<Source, StoreError> {
    Source::from_word(word).ok_or_else(|| StoreError::Damaged { detail: format!("unknown source “{word}”") })
}

const fn category(id: i64) -> Option<Id> {
    if id == 0 { None } else { Some(Id(id)) }
}
