//! What a report is about: its fund, its days, the fund's projects, goods and shipments, read once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Behind;
use crate::domain::goods::GoodsRow;
use crate::domain::id::Id;
use crate::domain::record::{Fund, LineRole, Project, RecordKind, Report};
use crate::services::queries::{
    Filter, LineFilter, LinesQuery, ListQuery, Only, PeopleOf, ReachQuery, SortBy, SortLines, Sources, goods,
};
use crate::services::{Failure, facts};
use crate::store::{Db, StoreError, goods as kept, record};

/// The goods a report counts, in the order in which they go through them.
pub(super) const COUNTED: [LineRole; 4] =
    [LineRole::Planned, LineRole::Shipped, LineRole::Received, LineRole::Distributed];

/// A row of goods with the record it stands in.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    pub record: Id,
    pub row: GoodsRow,
}

/// A project of the fund.
#[derive(Debug, Clone)]
pub(super) struct OfFund {
    pub id: Id,
    pub reference: String,
    pub project: Project,
}

/// What a report is about.
pub(super) struct Scope<'a> {
    pub db: &'a Db,
    pub fund_id: Id,
    pub fund_reference: String,
    pub fund: Fund,
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// What was true at the end of this day counts.
    pub cut_off: NaiveDate,
    pub projects: Vec<OfFund>,
    /// The fund's rows of each role.
    pub goods: BTreeMap<LineRole, Vec<Counted>>,
}

impl<'a> Scope<'a> {
    pub fn load(db: &'a Db, report: &Report) -> Result<Self, Failure> {
        let (Some(fund_id), Some(from), Some(until)) = (report.fund, report.from, report.until) else {
            return Err(Failure::Other(
                "The report names no fund or no period. Choose the fund and both days of the period".to_owned(),
            ));
        };
        let head = record::head(db, fund_id)?.ok_or(Failure::Gone)?;
        let fund: Fund = facts::load(db, fund_id)?.ok_or(Failure::Gone)?;
        let cut_off = report.as_of.unwrap_or(until);
        let mut scope = Self {
            db,
            fund_id,
            fund_reference: head.reference,
            fund,
            from,
            until,
            cut_off,
            projects: Vec::new(),
            goods: BTreeMap::new(),
        };
        for role in COUNTED {
            let rows = scope.rows(&scope.lines(role))?;
            scope.goods.insert(role, rows);
        }
        scope.projects = scope.projects_of_fund()?;
        Ok(scope)
    }

    /// The last day that counts.
    pub fn last(&self) -> NaiveDate {
        self.until.min(self.cut_off)
    }

    /// The currency in which the grant is kept.
    pub fn currency(&self) -> &str {
        self.fund.currency().unwrap_or_default()
    }

    /// The list of the fund's goods in a role: a plan as a whole, whatever day it is due, everything else in the period.
    pub fn lines(&self, role: LineRole) -> LinesQuery {
        let planned = role == LineRole::Planned;
        let filter = LineFilter {
            fund: Some(self.fund_id),
            from: Some(self.from).filter(|_| !planned),
            to: Some(self.until).filter(|_| !planned),
            ..LineFilter::default()
        };
        let (as_of, sources) = (self.cut_off, Sources::Own);
        LinesQuery { role, as_of, sources, filter, sort: SortLines::Day, descending: false }
    }

    /// The rows of a list of goods, as the list finds them.
    pub fn rows(&self, query: &LinesQuery) -> Result<Vec<Counted>, StoreError> {
        let mut wanted: BTreeMap<Id, BTreeSet<u32>> = BTreeMap::new();
        for key in goods::keys(self.db, query)? {
            wanted.entry(key.record).or_default().insert(key.place);
        }
        let mut rows = Vec::new();
        for (record, places) in wanted {
            let of_record = kept::of_record(self.db, record)?;
            let chosen = (1..).zip(of_record).filter(|(place, _)| places.contains(place));
            rows.extend(chosen.map(|(_, row)| Counted { record, row }));
        }
        Ok(rows)
    }

    /// The fund's rows of a role.
    pub fn of(&self, role: LineRole) -> &[Counted] {
        self.goods.get(&role).map(Vec::as_slice).unwrap_or_default()
    }

    /// The people whom the fund's activities reached in the period.
    pub fn reach(&self) -> ReachQuery {
        ReachQuery {
            as_of: self.cut_off,
            project: None,
            fund: Some(self.fund_id),
            site: None,
            from: Some(self.from),
            to: Some(self.until),
        }
    }

    /// A record that says a figure by itself, as it stood on the last day that counts.
    pub fn one(&self, id: Id) -> Behind {
        Behind::One { id, on: self.last() }
    }

    /// The list of the records of reach that count some people.
    pub fn people(&self, of: PeopleOf) -> Behind {
        Behind::Records(
            self.records(RecordKind::Reach, Filter { only: Some(Box::new(Only::People(of))), ..Filter::default() }),
        )
    }

    /// A list of our own records as of the cut-off, in the order of their days.
    pub const fn records(&self, kind: RecordKind, filter: Filter) -> ListQuery {
        let (as_of, sources, sort) = (self.cut_off, Sources::Own, SortBy::Begun);
        ListQuery { kind, as_of, sources, filter, sort, descending: false }
    }

    /// The projects that name the fund, or of which something names it.
    fn projects_of_fund(&self) -> Result<Vec<OfFund>, Failure> {
        let mut ids: BTreeSet<Id> = self.goods.values().flatten().filter_map(|counted| counted.row.project).collect();
        for (from, _) in record::links_to(self.db, self.fund_id)? {
            match record::head(self.db, from)? {
                Some(head) if head.kind == RecordKind::Project => ids.extend([from]),
                Some(_) => ids.extend(record::derived(self.db, from)?.and_then(|derived| derived.project)),
                None => {}
            }
        }
        let mut projects = Vec::new();
        for id in ids {
            let Some(stored) = record::get(self.db, id)?.filter(|stored| stored.head.kind == RecordKind::Project)
            else {
                continue;
            };
            let project = facts::typed_of(&stored)?;
            projects.push(OfFund { id, reference: stored.head.reference, project });
        }
        projects.sort_by(|a, b| a.reference.cmp(&b.reference));
        Ok(projects)
    }

    /// The shipments with goods of the fund that left by the last day, or of which something arrived in the period.
    pub fn shipments(&self) -> Result<BTreeSet<Id>, StoreError> {
        let mut before = self.lines(LineRole::Shipped);
        before.filter.from = None;
        let mut shipments: BTreeSet<Id> = goods::keys(self.db, &before)?.into_iter().map(|key| key.record).collect();
        for counted in self.of(LineRole::Received).iter().chain(self.of(LineRole::Distributed)) {
            let parent = record::head(self.db, counted.record)?.and_then(|head| head.parent);
            let head = parent.map(|parent| record::head(self.db, parent)).transpose()?.flatten();
            shipments.extend(head.filter(|head| head.kind == RecordKind::Shipment).map(|head| head.id));
        }
        Ok(shipments)
    }

    /// The items among the fund's goods.
    pub fn items(&self) -> BTreeSet<Id> {
        self.goods.values().flatten().filter_map(|counted| counted.row.item).collect()
    }

    /// What every table says first: its period and its cut-off.
    pub fn period_note(&self) -> String {
        let mut note = format!("Period {} to {}, as of {}.", self.from, self.until, self.cut_off);
        if self.cut_off < self.until {
            note.push_str(" The period is not over: what happens after the cut-off is not counted.");
        }
        note
    }

    /// The title of a record; empty where there is none.
    pub fn title(&self, id: Option<Id>) -> Result<String, StoreError> {
        let head = id.map(|id| record::head(self.db, id)).transpose()?.flatten();
        Ok(head.map(|head| head.title).unwrap_or_default())
    }
}
