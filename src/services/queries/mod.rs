//! Questions the screens and the command line ask, and their answers.
//!
//! A question is a value, so that a screen can see whether an answer is still the one it wants. An answer is ready to be
//! shown: joined, sorted and worded here, so that painting only lays out.

pub mod answer;
mod answer_coverage;
mod answer_deadlines;
mod answer_goods;
mod answer_needs;
mod answer_reach;
mod answer_reports;
mod answer_slots;
mod answer_what_if;
mod clocks;
mod deadlines;
mod detail;
mod filter;
pub(super) mod goods;
pub(super) mod goods_beside;
pub(super) mod list;
mod many;
mod names;
pub(super) mod needs;
pub(super) mod only;
mod overview;
pub(super) mod reach;
mod reports;
mod search;
mod sections;
mod sections_field;
mod sections_files;
mod sections_needs;
mod sections_permits;
mod standing;
mod values;
mod waits;

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::summary::Source;
use crate::services::packs::{Pack, PackQuery};
use crate::services::reports::Sealed;
use crate::services::{Failure, Watch, Workspace, coverage};
use crate::store::remembered;

pub use crate::store::lines::{LineKey, SortLines};
pub use crate::store::list::SortBy;

pub use answer::*;
pub use answer_coverage::*;
pub use answer_deadlines::*;
pub use answer_goods::*;
pub use answer_needs::*;
pub use answer_reach::*;
pub use answer_reports::*;
pub use answer_slots::*;
pub use answer_what_if::*;
pub use deadlines::ASK_BY;
pub(in crate::services) use detail::history;
pub use filter::{Filter, ListQuery};
pub use goods::COMPARED;
pub use many::{Many, Spread};
pub use only::{BudgetOf, ListFigure, Only, PaidIn, PeopleOf, SpendingOf};
pub use search::{Marked, SearchGroup, SearchHit, SearchResults};
pub use sections_permits::CUT_HEADING;

pub use list::{LIST_KINDS_WITH_STATUS, has_status, status_words};

/// How many rows each list of the overview holds at most: nobody reads on, and the lists of records have them all.
pub const OVERVIEW_MOST: usize = 200;

/// How many deadlines of one urgency go into a calendar file at most: more than any calendar program bears.
const EXPORTED_MOST: usize = 5_000;

/// Whose records a list or a figure shows. The two are never mixed unless `Both` is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sources {
    /// Our own records.
    Own,
    /// Other organisations' public filings.
    Public,
    /// Both, side by side.
    #[default]
    Both,
}

impl Sources {
    /// Every choice, in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::Own, Self::Public, Self::Both];

    /// The label on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Own => "Ours",
            Self::Public => "Public record",
            Self::Both => "Both",
        }
    }

    /// The one source this is, or `None` for both.
    #[must_use]
    pub const fn single(self) -> Option<Source> {
        match self {
            Self::Own => Some(Source::Own),
            Self::Public => Some(Source::Public),
            Self::Both => None,
        }
    }
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// The overview as of a day.
    Overview {
        /// The day.
        as_of: NaiveDate,
        /// Whose records.
        sources: Sources,
    },
    /// The ids of a list, in its order.
    List(ListQuery),
    /// What a list behind a figure adds up to.
    ListFigure(ListQuery),
    /// Some rows of a list, by id.
    Rows {
        /// The kind of record.
        kind: RecordKind,
        /// The day whose status is shown.
        as_of: NaiveDate,
        /// The records, in the order in which they are wanted.
        ids: Vec<Id>,
    },
    /// What was planned, shipped, received and handed out.
    Goods(GoodsQuery),
    /// The keys of a list of goods, in its order.
    Lines(LinesQuery),
    /// What the rows of a list of goods add up to.
    LineTotals(LinesQuery),
    /// Some rows of a list of goods, by key.
    LineRows {
        /// The day whose status is shown.
        as_of: NaiveDate,
        /// The rows, in the order in which they are wanted.
        keys: Vec<LineKey>,
    },
    /// People reached, each person once.
    Reach(ReachQuery),
    /// Every report, and when each was sealed.
    Reports,
    /// How the sealed reports stand to the record. It makes each of them again, so it takes a while.
    SealedReports,
    /// A report as it would be made now.
    Report {
        /// The report.
        id: Id,
    },
    /// A shipment or a trip against every instrument it needs.
    Coverage(CoverageQuery),
    /// The coverage of everything that is open.
    CoverageList {
        /// The day.
        as_of: NaiveDate,
        /// The day until whose end things were known; `None`: by what we know now.
        as_known: Option<NaiveDate>,
    },
    /// Everything dated that needs a person.
    Deadlines {
        /// The day.
        as_of: NaiveDate,
        /// Whose records.
        sources: Sources,
    },
    /// The same without an end to its lists, for a file.
    AllDeadlines {
        /// The day.
        as_of: NaiveDate,
        /// Whose records.
        sources: Sources,
    },
    /// The time that each authority takes.
    Durations {
        /// The day.
        as_of: NaiveDate,
    },
    /// What would follow if a shipment or a trip moved to other days.
    WhatIf(WhatIfQuery),
    /// The shipments that a permission allows, and what goes in which.
    Slots {
        /// The permission.
        permission: Id,
        /// The day.
        as_of: NaiveDate,
    },
    /// What is booked for a line against an instrument, and what can be.
    BookingOptions(OptionsQuery),
    /// The page that prints a clearance.
    Sheet {
        /// The clearance.
        clearance: Id,
    },
    /// A pack, with what is missing in it.
    Pack(PackQuery),
    /// One record with everything that belongs to it.
    Detail {
        /// The record.
        id: Id,
        /// The day whose status is shown.
        as_of: NaiveDate,
    },
    /// What an act or a record needs by the rules in force.
    Needs {
        /// Of what it is asked.
        of: NeedsOf,
        /// The day of the act; of a record, the day where it says none.
        on: NaiveDate,
    },
    /// The rows of the rule book, shipped and own.
    Rules {
        /// The day by which a row is old.
        today: NaiveDate,
    },
    /// A record as a draft for its form: links are ids, everything else is as it would be typed.
    Draft {
        /// The record.
        id: Id,
    },
    /// What some records of a kind have in common, and their versions.
    Many {
        /// The kind of record.
        kind: RecordKind,
        /// The records.
        ids: Vec<Id>,
    },
    /// The records a link field can choose from.
    Choices {
        /// The kinds that are accepted.
        kinds: Vec<RecordKind>,
    },
    /// The newest operations of the journal, newest first.
    Operations {
        /// How many at most.
        limit: u32,
    },
    /// What undo and redo would do, and how many records of each kind there are.
    Standing,
    /// The values that the filters of lists offer.
    FilterChoices,
    /// The records that hold every word of a text, by kind. It looks at all there is, whatever the day and the source:
    /// the day only says which status is shown.
    Search {
        /// What was typed.
        text: String,
        /// The day whose status is shown.
        as_of: NaiveDate,
        /// How many records of each kind are shown; all are counted.
        limit_per_kind: usize,
    },
    /// What the window remembers: saved filters, drafts. By name.
    Remembered {
        /// The name under which it was remembered.
        name: String,
    },
}

/// The answer to a [`Query`].
#[derive(Debug, Clone)]
pub enum Answer {
    /// To `Overview`.
    Overview(Arc<Overview>),
    /// To `List`.
    List(Arc<Vec<Id>>),
    /// To `ListFigure`; `None` where the list is behind no figure.
    ListFigure(Option<Arc<ListFigure>>),
    /// To `Rows`.
    Rows(Vec<ListRow>),
    /// To `Goods`.
    Goods(Arc<GoodsTable>),
    /// To `Lines`.
    Lines(Arc<Vec<LineKey>>),
    /// To `LineTotals`.
    LineTotals(Arc<Vec<GoodsTotal>>),
    /// To `LineRows`.
    LineRows(Vec<LineRow>),
    /// To `Reach`.
    Reach(Arc<ReachTable>),
    /// To `Reports`.
    Reports(Arc<Vec<ReportRow>>),
    /// To `SealedReports`.
    SealedReports(Arc<Vec<Sealed>>),
    /// To `Report`.
    Report(Arc<ReportPreview>),
    /// To `Coverage`; `None` where it was not known.
    Coverage(Option<Arc<Coverage>>),
    /// To `CoverageList`.
    CoverageList(Arc<CoverageList>),
    /// To `Deadlines`.
    Deadlines(Arc<DeadlineBoard>),
    /// To `Durations`.
    Durations(Arc<DurationTable>),
    /// To `WhatIf`; `None` where the record is gone.
    WhatIf(Option<Arc<WhatIf>>),
    /// To `Slots`; `None` where the permission is gone.
    Slots(Option<Arc<SlotsAnswer>>),
    /// To `BookingOptions`; `None` where the line is gone.
    BookingOptions(Option<Arc<BookingOptions>>),
    /// To `Sheet`.
    Sheet(Arc<str>),
    /// To `Pack`.
    Pack(Arc<Pack>),
    /// To `Detail`; `None` where the record is gone.
    Detail(Option<Arc<Detail>>),
    /// To `Needs`; `None` where the record is gone.
    Needs(Option<Arc<NeedsTable>>),
    /// To `Rules`.
    Rules(Arc<Vec<RuleLine>>),
    /// To `Draft`; `None` where the record is gone.
    Draft(Option<RecordDraft>),
    /// To `Many`.
    Many(Arc<Many>),
    /// To `Choices`.
    Choices(Arc<Vec<LinkChoice>>),
    /// To `Operations`.
    Operations(Arc<Vec<OperationRow>>),
    /// To `Standing`.
    Standing(Standing),
    /// To `FilterChoices`.
    FilterChoices(Arc<FilterChoices>),
    /// To `Search`.
    Search(Arc<SearchResults>),
    /// To `Remembered`.
    Remembered(Option<String>),
}

impl Workspace {
    /// The coverage of everything that is open. The ledger stays at hand and follows the journal.
    fn coverage_of_all(&self, as_of: NaiveDate, as_known: Option<NaiveDate>) -> Result<CoverageList, Failure> {
        let db = self.store.db();
        if let Some(known_on) = as_known {
            return Ok(coverage::of_all_known(db, (as_of, known_on), self.context.moment())?);
        }
        let mut kept = self.desk.borrow_mut();
        let mut desk = match kept.take() {
            Some(mut desk) => {
                desk.follow(db)?;
                desk
            }
            None => coverage::Desk::load(db)?,
        };
        let list = coverage::of_all(&mut desk, as_of);
        *kept = Some(desk);
        Ok(list)
    }

    /// Answers a question.
    pub fn answer(&self, query: &Query) -> Result<Answer, Failure> {
        let db = self.store.db();
        Ok(match query {
            Query::Overview { as_of, sources } => Answer::Overview(Arc::new(overview::overview(db, *as_of, *sources)?)),
            Query::List(query) => Answer::List(Arc::new(list::ids(db, query)?)),
            Query::ListFigure(query) => Answer::ListFigure(only::figure(db, query)?.map(Arc::new)),
            Query::Rows { as_of, ids, .. } => Answer::Rows(list::rows(db, ids, *as_of)?),
            Query::Goods(query) => Answer::Goods(Arc::new(goods::table(db, query)?)),
            Query::Lines(query) => Answer::Lines(Arc::new(goods::keys(db, query)?)),
            Query::LineTotals(query) => Answer::LineTotals(Arc::new(goods::totals(db, query)?)),
            Query::LineRows { as_of, keys } => Answer::LineRows(goods::rows(db, keys, *as_of)?),
            Query::Reach(query) => Answer::Reach(Arc::new(reach::table(db, query)?)),
            Query::Reports => Answer::Reports(Arc::new(reports::rows(db)?)),
            Query::SealedReports => Answer::SealedReports(Arc::new(self.sealed_standings(&Watch::default())?)),
            Query::Report { id } => Answer::Report(Arc::new(self.report_preview(*id))),
            Query::Coverage(query) => {
                Answer::Coverage(coverage::of_one(db, query, self.context.moment())?.map(Arc::new))
            }
            Query::CoverageList { as_of, as_known } => {
                Answer::CoverageList(Arc::new(self.coverage_of_all(*as_of, *as_known)?))
            }
            Query::Deadlines { as_of, sources } => {
                Answer::Deadlines(Arc::new(deadlines::board(db, *as_of, *sources, OVERVIEW_MOST)?))
            }
            Query::AllDeadlines { as_of, sources } => {
                Answer::Deadlines(Arc::new(deadlines::board(db, *as_of, *sources, EXPORTED_MOST)?))
            }
            Query::Durations { as_of } => Answer::Durations(Arc::new(clocks::durations(db, *as_of)?)),
            Query::WhatIf(query) => Answer::WhatIf(coverage::what_if(db, query)?.map(Arc::new)),
            Query::Slots { permission, as_of } => {
                Answer::Slots(coverage::slots_of(db, *permission, *as_of)?.map(Arc::new))
            }
            Query::BookingOptions(query) => Answer::BookingOptions(coverage::options(db, query)?.map(Arc::new)),
            Query::Sheet { clearance } => Answer::Sheet(coverage::sheet(db, *clearance)?.ok_or(Failure::Gone)?.into()),
            Query::Pack(query) => Answer::Pack(Arc::new(self.pack(query)?)),
            Query::Detail { id, as_of } => {
                Answer::Detail(detail::detail(db, *id, *as_of, self.context.moment())?.map(Arc::new))
            }
            Query::Needs { of, on } => Answer::Needs(needs::needs(db, of, *on)?.map(Arc::new)),
            Query::Rules { today } => Answer::Rules(Arc::new(needs::rules(db, *today)?)),
            Query::Draft { id } => Answer::Draft(standing::draft(db, *id)?),
            Query::Many { kind, ids } => Answer::Many(Arc::new(many::many(db, *kind, ids)?)),
            Query::Choices { kinds } => Answer::Choices(Arc::new(standing::choices(db, kinds)?)),
            Query::Operations { limit } => {
                Answer::Operations(Arc::new(standing::operations(db, *limit, self.context.moment())?))
            }
            Query::Standing => Answer::Standing(standing::standing(db, self.store.origin())?),
            Query::FilterChoices => Answer::FilterChoices(Arc::new(standing::filter_choices(db)?)),
            Query::Search { text, as_of, limit_per_kind } => {
                Answer::Search(Arc::new(search::search(db, text, *as_of, *limit_per_kind)?))
            }
            Query::Remembered { name } => Answer::Remembered(remembered::get(db, name)?),
        })
    }
}
