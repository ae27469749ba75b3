//! Lists: one vector of ids for a filter and an order, and rows by id.

use chrono::NaiveDate;

use super::StoreError;
use super::engine::{Db, Param};
use super::figures::source_of;
use super::record::kind_of;
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::summary::Source;
use crate::domain::word::words;

/// Which ids are wanted. `None` does not filter.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// The kind.
    pub kind: RecordKind,
    /// The day whose status counts.
    pub on: NaiveDate,
    /// Whether a record without a status on that day is left out.
    pub needs_status: bool,
    /// Whose records.
    pub source: Option<Source>,
    /// The status word.
    pub status: Option<&'a str>,
    /// The validity word.
    pub validity: Option<&'a str>,
    /// A category.
    pub category: Option<Id>,
    /// An authority.
    pub authority: Option<Id>,
    /// A project.
    pub project: Option<Id>,
    /// The record they belong to.
    pub parent: Option<Id>,
    /// First and last day of their own date.
    pub between: (Option<NaiveDate>, Option<NaiveDate>),
    /// Folded text that must stand in them.
    pub text: Option<&'a str>,
    /// By what they are sorted.
    pub order: SortBy,
    /// Whether the largest comes first.
    pub descending: bool,
}

words! {
    /// By what a list is sorted.
    pub enum SortBy {
        Reference = "reference", "Reference, with numbers in their order";
        Title = "title", "Title";
        Status = "status", "Status";
        Begun = "begun", "Sent, dispatched, departed; or the record's own date";
        Settled = "settled", "Decided, received, returned";
        Until = "until", "End of the permission, expected arrival";
        Authority = "authority", "Authority";
        Project = "project", "Project";
    }
}

#[expect(clippy::derivable_impls, reason = "the vocabulary macro has no place for a default")]
impl Default for SortBy {
    fn default() -> Self {
        Self::Reference
    }
}

impl SortBy {
    const fn column(self) -> &'static str {
        match self {
            Self::Reference => "r.reference_key",
            Self::Title => "r.title_key",
            Self::Status => "s.headline",
            Self::Begun => "coalesce(nullif(s.begun_on, ''), r.dated_on)",
            Self::Settled => "nullif(s.settled_on, '')",
            Self::Until => "nullif(s.until_on, '')",
            Self::Authority => "a.title_key",
            Self::Project => "p.reference_key",
        }
    }
}

const IDS: &str = include_str!("list/ids.sql");

/// Of a kind with a status, those that have one on the day, or never have any.
const STANDING: &str =
    "\n  and (s.record_id is not null or not exists (select 1 from span x where x.record_id = r.id))";

/// Of a kind without a status, those that were there on the day.
const DATED: &str = "\n  and (r.dated_on is null or r.dated_on <= :day)";

/// What a filter adds to the statement; only those in use stand in it, so that the engine can take the best way.
const FILTERS: [(&str, &str); 10] = [
    (":source", "\n  and r.source = :source"),
    (":status", "\n  and s.headline = :status"),
    (":validity", "\n  and s.validity = :validity"),
    (":authority_id", "\n  and r.authority_id = :authority_id"),
    (":project_id", "\n  and r.project_id = :project_id"),
    (":parent_id", "\n  and r.parent_id = :parent_id"),
    (":from_day", "\n  and coalesce(nullif(s.begun_on, ''), nullif(s.settled_on, ''), r.dated_on) >= :from_day"),
    (":to_day", "\n  and coalesce(nullif(s.begun_on, ''), nullif(s.settled_on, ''), r.dated_on) <= :to_day"),
    (":needle", "\n  and strpos(r.search_text, :needle) > 0"),
    (
        ":category_id",
        "\n  and exists (select 1 from record_category c where c.record_id = r.id and c.category_id = :category_id)",
    ),
];

/// Every statement that a list can become with all its filters, for the tests that prepare them.
#[must_use]
pub fn every_statement() -> Vec<String> {
    let filters: String = FILTERS.iter().map(|(_, filter)| *filter).collect();
    let base = IDS.trim_end();
    let ordered = |order: &SortBy| {
        let [up, down] = [false, true].map(|descending| order_by(*order, descending));
        [
            format!("{base}{STANDING}{filters}{up}"),
            format!("{base}{DATED}{filters}{down}"),
            format!("{base}{DATED}{up}"),
        ]
    };
    SortBy::ALL.iter().flat_map(ordered).collect()
}

fn order_by(order: SortBy, descending: bool) -> String {
    let direction = if descending { "desc" } else { "asc" };
    // These are never null; upwards the index gives their order by itself only where nothing is said of nulls.
    let never_null = matches!(order, SortBy::Reference | SortBy::Title);
    let nulls = if never_null && !descending { "" } else { " nulls last" };
    format!("\norder by {} {direction}{nulls}, r.id {direction}", order.column())
}

/// The ids of a list, in its order.
pub fn ids(db: &Db, wanted: &Wanted<'_>) -> Result<Vec<Id>, StoreError> {
    let mut sql = IDS.trim_end().to_owned();
    sql.push_str(if wanted.needs_status { STANDING } else { DATED });
    let mut params: Vec<Param<'_>> = vec![(":day", wanted.on.to_string().into()), (":kind", wanted.kind.word().into())];
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string().into());
    let values = [
        wanted.source.map(|source| source.word().into()),
        wanted.status.map(Into::into),
        wanted.validity.map(Into::into),
        wanted.authority.map(Into::into),
        wanted.project.map(Into::into),
        wanted.parent.map(Into::into),
        day(wanted.between.0),
        day(wanted.between.1),
        wanted.text.map(Into::into),
        wanted.category.map(Into::into),
    ];
    for ((name, filter), value) in FILTERS.into_iter().zip(values) {
        if let Some(value) = value {
            sql.push_str(filter);
            params.push((name, value));
        }
    }
    sql.push_str(&order_by(wanted.order, wanted.descending));
    db.rows(&sql, &params, |row| Ok(Id(row.int(0)?)))
}

/// A row as the store has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The record.
    pub id: Id,
    /// Its version.
    pub version: i64,
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
    /// Its own date as precise as it is known.
    pub dated: String,
    /// The authority's code and name.
    pub authority: Option<(String, String)>,
    /// The instrument's code and name.
    pub instrument: Option<(String, String)>,
    /// The project's reference.
    pub project: Option<String>,
    /// The reference of the record it belongs to.
    pub parent: Option<String>,
    /// Its status on the day.
    pub status: Option<RowStatus>,
}

/// The status part of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowStatus {
    /// The word under which it is counted.
    pub headline: String,
    /// The stage.
    pub stage: String,
    /// The outcome.
    pub outcome: String,
    /// The validity.
    pub validity: String,
    /// The last known stage.
    pub was: String,
    /// Since when, as ISO text.
    pub since: String,
    /// Begun, settled, until: as precise as they are known.
    pub dates: [String; 3],
}

/// One row of a list; `None` where the record is gone.
pub fn row(db: &Db, id: Id, on: NaiveDate) -> Result<Option<Row>, StoreError> {
    let params = [(":id", id.into()), (":day", on.to_string().into())];
    db.first(include_str!("list/row.sql"), &params, |row| {
        let pair = |at: usize| Ok::<_, StoreError>(row.opt_text(at)?.zip(row.opt_text(at + 1)?));
        let status = match row.opt_text(14)? {
            None => None,
            Some(headline) => Some(RowStatus {
                headline,
                stage: row.text(15)?,
                outcome: row.text(16)?,
                validity: row.text(17)?,
                was: row.text(18)?,
                since: row.text(19)?,
                dates: [row.text(20)?, row.text(21)?, row.text(22)?],
            }),
        };
        Ok(Row {
            id: Id(row.int(0)?),
            version: row.int(1)?,
            kind: kind_of(row.str(2)?)?,
            source: source_of(row.str(3)?)?,
            reference: row.text(4)?,
            title: row.text(5)?,
            applicant: row.text(6)?,
            dated: row.text(7)?,
            authority: pair(8)?,
            instrument: pair(10)?,
            project: row.opt_text(12)?,
            parent: row.opt_text(13)?,
            status,
        })
    })
}
