//! The answers, and who gives which: each question goes to the room that knows.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    BookingOptions, Coverage, CoverageList, DeadlineBoard, Detail, DurationTable, EXPORTED_MOST, FilterChoices,
    GoodsTable, GoodsTotal, LineKey, LineRow, LinkChoice, ListFigure, ListRow, Many, NeedsTable, OVERVIEW_MOST,
    OperationRow, Overview, Query, ReachTable, RecordDraft, ReportPreview, ReportRow, RuleLine, SearchResults,
    SlotsAnswer, Standing, WhatIf, clocks, deadlines, detail, goods, list, many, needs, only, overview, reach, reports,
    search, standing,
};
use crate::domain::id::Id;
use crate::services::packs::Pack;
use crate::services::{Failure, Workspace, coverage};
use crate::store::remembered;

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
