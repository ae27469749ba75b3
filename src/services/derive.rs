//! What follows from a record and those around it: source, categories, status spans, deadlines, figures.
//!
//! One function says what should be kept, one compares it with what is kept. The first serves every write and `check`.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::NaiveDate;

use crate::domain::date::FuzzyDate;
use crate::domain::goods::GoodsRow;
use crate::domain::id::Id;
use crate::domain::record::{Deadline, Event, EventKind, Facts, Fund, Mark, RecordKind, Request, Typed, spec};
use crate::domain::status::lot::{LotFacts, LotStage};
use crate::domain::status::purchase::PurchaseStage;
use crate::domain::status::{Illegal, Span, Status, Validity, fund, mark, matter};
use crate::domain::summary::{self, Contributions, Share, Source, Sums, contributions};
use crate::services::catalogue::Catalogue;
use crate::services::facts;
use crate::services::write::WriteError;
use crate::services::{booked, clocks, field, flags, flags_ledger, goods, rules, stock};
use crate::store::flag::{self, FlagRow};
use crate::store::record::{self, DeadlineRow, Derived, Stored};
use crate::store::{self, Db, StoreError, span};

/// Everything that follows from a record and those around it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Projection {
    pub derived: Derived,
    pub categories: Vec<Id>,
    pub spans: Vec<Span>,
    pub deadlines: Vec<DeadlineRow>,
    pub goods: Vec<GoodsRow>,
    pub flags: Vec<FlagRow>,
}

/// A record's projection as it should be, and what in its history contradicts itself.
pub(super) struct Projected {
    pub projection: Projection,
    pub illegal: Option<Illegal>,
}

impl Projection {
    /// The projection as it is kept.
    pub fn kept(db: &Db, id: Id) -> Result<Self, StoreError> {
        Ok(Self {
            derived: record::derived(db, id)?.unwrap_or_default(),
            categories: record::categories(db, id)?,
            spans: span::list(db, id)?,
            deadlines: record::deadlines(db, id)?,
            goods: store::goods::of_record(db, id)?,
            flags: flag::of_record(db, id)?,
        })
    }

    /// What is kept of a record that was just put for the first time: nothing but what its row begins with.
    pub fn of_new() -> Self {
        let derived = Derived { source: Source::Own.word().to_owned(), cases: 1, ..Derived::default() };
        Self { derived, ..Self::default() }
    }

    /// What it adds to the figures.
    pub fn contributions(&self, kind: RecordKind) -> Contributions {
        contributions(kind, &self.share(), &self.spans)
    }

    /// Adds it to the sums, or takes it away where `sign` is -1.
    pub fn count(&self, kind: RecordKind, sign: i64, sums: &mut Sums) {
        summary::count(kind, &self.share(), &self.spans, sign, sums);
    }

    fn share(&self) -> Share<'_> {
        Share {
            source: if self.derived.source == Source::Public.word() { Source::Public } else { Source::Own },
            categories: &self.categories,
            cases: u32::try_from(self.derived.cases).unwrap_or(1),
        }
    }

    /// Keeps this in place of `old`; only what differs is written.
    pub fn keep(&self, db: &Db, id: Id, old: &Self) -> Result<(), StoreError> {
        if self.derived != old.derived {
            record::set_derived(db, id, &self.derived)?;
        }
        if self.categories != old.categories {
            record::set_categories(db, id, &self.categories, &old.categories)?;
        }
        if self.spans != old.spans {
            span::set(db, id, &self.spans, &old.spans)?;
        }
        if self.deadlines != old.deadlines {
            record::set_deadlines(db, id, &self.deadlines, &old.deadlines)?;
        }
        if self.goods != old.goods {
            store::goods::set(db, id, &self.goods, &old.goods)?;
        }
        if self.flags != old.flags {
            flag::set(db, id, &self.flags, &old.flags)?;
        }
        Ok(())
    }
}

/// What should be kept of a record.
pub(super) fn project(db: &Db, catalogue: &mut Catalogue, stored: &Stored) -> Result<Projected, WriteError> {
    let (facts, typed) = read_whole(stored)?;
    project_read(db, catalogue, stored, &facts, &typed)
}

/// The same of a record whose facts were read already.
pub(super) fn project_read(
    db: &Db,
    catalogue: &mut Catalogue,
    stored: &Stored,
    facts: &Facts,
    typed: &Typed,
) -> Result<Projected, WriteError> {
    let parent = stored.head.parent.map(|parent| catalogue.family(db, parent)).transpose()?.flatten();
    let parent = parent.as_deref();
    let (spans, illegal) = history(db, stored, facts, typed)?;
    let mut deadlines: Vec<DeadlineRow> = facts.deadlines.iter().map(deadline_row).collect();
    match stored.head.kind {
        RecordKind::Permission => deadlines.extend(window_deadlines(&spans)),
        RecordKind::Cash => deadlines.extend(field::cash_deadline(db, stored)?.as_ref().map(deadline_row)),
        RecordKind::Event => close_when_answered(db, stored, &mut deadlines)?,
        RecordKind::Lot => close_at(LotStage::Gone.word(), &spans, &mut deadlines),
        RecordKind::Purchase => close_at(PurchaseStage::Delivered.word(), &spans, &mut deadlines),
        RecordKind::Request => deadlines.extend(of_clocks(db, catalogue, stored)?.iter().map(deadline_row)),
        _ => {}
    }
    deadlines = in_sight(db, stored.head.id, deadlines)?;
    let derived = derived(db, catalogue, stored, facts, parent)?;
    let categories = categories(db, catalogue, stored, facts, parent, derived.project)?;
    let goods = goods::rows(db, catalogue, stored, facts, parent, &derived, &spans)?;
    let flags = flags::flags(db, stored, facts, &goods)?;
    Ok(Projected { projection: Projection { derived, categories, spans, deadlines, goods, flags }, illegal })
}

/// The days that the clocks of a filing's instrument set.
fn of_clocks(db: &Db, catalogue: &mut Catalogue, stored: &Stored) -> Result<Vec<Deadline>, StoreError> {
    let standing = stored.head.parent.map(|matter| catalogue.matter(db, matter)).transpose()?;
    let instrument = standing.as_deref().and_then(|(_, instrument)| instrument.as_ref());
    clocks::deadlines(db, stored.head.id, instrument)
}

/// Deadlines without the times in which somebody has put them off or done them.
fn in_sight(db: &Db, id: Id, deadlines: Vec<DeadlineRow>) -> Result<Vec<DeadlineRow>, StoreError> {
    if deadlines.is_empty() {
        return Ok(deadlines);
    }
    let mut marks: Vec<Mark> = Vec::new();
    for mark in record::children(db, id, RecordKind::Mark)? {
        marks.push(facts::typed_of(&mark)?);
    }
    if marks.is_empty() {
        return Ok(deadlines);
    }
    let mut rows = Vec::new();
    for row in deadlines {
        let of_it =
            |mark: &&Mark| mark.what == row.what && mark.due_on.is_some_and(|due| due.to_string() == row.due_on);
        let marks: Vec<Mark> = marks.iter().filter(of_it).cloned().collect();
        let [known, closed] = [&row.known_on, &row.closed_on].map(|text| text.parse().ok());
        let text = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        rows.extend(mark::in_sight(known, closed, &marks).into_iter().map(|(known, closed)| DeadlineRow {
            known_on: text(known),
            closed_on: text(closed),
            ..row.clone()
        }));
    }
    Ok(rows)
}

fn read_facts(stored: &Stored) -> Result<Facts, StoreError> {
    read_whole(stored).map(|(facts, _)| facts)
}

fn read_whole(stored: &Stored) -> Result<(Facts, Typed), StoreError> {
    spec(stored.head.kind)
        .read(&stored.image)
        .map_err(|error| StoreError::Damaged { detail: format!("{} cannot be read: {error}", stored.head.words()) })
}

/// What a record takes over from the one it belongs to, and that one's own family above it.
pub(super) struct Family {
    id: Id,
    kind: RecordKind,
    pub facts: Facts,
    above: Option<Rc<Family>>,
}

impl Family {
    /// Reads a record and those above it.
    pub fn read(db: &Db, catalogue: &mut Catalogue, id: Id) -> Result<Option<Self>, StoreError> {
        let Some(stored) = record::get(db, id)? else { return Ok(None) };
        let facts = read_facts(&stored)?;
        let above = match stored.head.parent {
            Some(parent) if parent != id => catalogue.family(db, parent)?,
            _ => None,
        };
        Ok(Some(Self { id, kind: stored.head.kind, facts, above }))
    }

    fn is_public(&self) -> bool {
        self.facts.public || self.above.as_ref().is_some_and(|above| above.is_public())
    }

    fn project(&self) -> Option<Id> {
        self.facts.project.or_else(|| self.above.as_ref().and_then(|above| above.project()))
    }

    /// The matter in this family, where there is one.
    fn matter(&self) -> Option<Id> {
        if self.kind == RecordKind::Matter {
            return Some(self.id);
        }
        self.above.as_ref().and_then(|above| above.matter())
    }
}

fn derived(
    db: &Db,
    catalogue: &mut Catalogue,
    stored: &Stored,
    facts: &Facts,
    parent: Option<&Family>,
) -> Result<Derived, WriteError> {
    let public = facts.public || parent.is_some_and(Family::is_public);
    let matter = match stored.head.kind {
        RecordKind::Matter => Some(stored.head.id),
        _ => parent.and_then(Family::matter),
    };
    let standing = matter.map(|id| catalogue.matter(db, id)).transpose()?;
    let (matter, instrument) =
        standing.as_deref().map_or((None, None), |(matter, instrument)| (matter.as_ref(), instrument.as_ref()));
    let request = match stored.head.kind {
        RecordKind::Request => Some(facts::typed_of::<Request>(stored)?),
        _ => None,
    };
    Ok(Derived {
        source: if public { Source::Public } else { Source::Own }.word().to_owned(),
        project: facts.project.or_else(|| parent.and_then(Family::project)),
        instrument: matter.and_then(|matter| matter.instrument),
        authority: instrument.and_then(|instrument| instrument.authority),
        cases: request.as_ref().map_or(1, |request| i64::from(request.cases())),
        applicant: request.map(|request| request.applicant).unwrap_or_default(),
    })
}

/// The categories named on a record and those of its items; where there are none, those of the record above or its project.
fn categories(
    db: &Db,
    catalogue: &mut Catalogue,
    stored: &Stored,
    facts: &Facts,
    parent: Option<&Family>,
    project: Option<Id>,
) -> Result<Vec<Id>, StoreError> {
    if !counts_by_category(stored.head.kind) {
        return Ok(Vec::new());
    }
    let mut found = own_categories(db, catalogue, facts, parent)?;
    let mut above = parent;
    while let Some(family) = above.filter(|_| found.is_empty()) {
        found = own_categories(db, catalogue, &family.facts, family.above.as_deref())?;
        above = family.above.as_deref();
    }
    if let Some(project) = project.filter(|_| found.is_empty())
        && let Some(family) = catalogue.family(db, project)?
    {
        found.extend(&family.facts.categories);
    }
    Ok(found.into_iter().collect())
}

const fn counts_by_category(kind: RecordKind) -> bool {
    matches!(
        kind,
        RecordKind::Project
            | RecordKind::Item
            | RecordKind::Fund
            | RecordKind::Matter
            | RecordKind::Request
            | RecordKind::Decision
            | RecordKind::Permission
            | RecordKind::Shipment
            | RecordKind::Receipt
            | RecordKind::Distribution
            | RecordKind::Purchase
            | RecordKind::Lot
            | RecordKind::Trip
            | RecordKind::Visit
            | RecordKind::Reach
            | RecordKind::Indicator
            | RecordKind::Incident
    )
}

fn own_categories(
    db: &Db,
    catalogue: &mut Catalogue,
    facts: &Facts,
    parent: Option<&Family>,
) -> Result<BTreeSet<Id>, StoreError> {
    let mut found: BTreeSet<Id> = facts.categories.iter().copied().collect();
    let items: BTreeSet<Id> = goods::items(facts, parent).collect();
    for item in items {
        found.extend(catalogue.categories_of(db, item)?.iter());
    }
    Ok(found)
}

/// The history of a record as spans, and what in it contradicts itself.
fn history(db: &Db, stored: &Stored, facts: &Facts, typed: &Typed) -> Result<(Vec<Span>, Option<Illegal>), StoreError> {
    let id = stored.head.id;
    Ok(match stored.head.kind {
        RecordKind::Request => {
            facts::request(db, id)?.map_or_else(Default::default, |facts| (facts.spans(), facts.check().err()))
        }
        RecordKind::Permission => {
            let (spans, illegal) =
                facts::permission(db, id)?.map_or_else(Default::default, |facts| (facts.spans(), facts.check().err()));
            let other = || Ok::<_, StoreError>(flags_ledger::contradiction(db, stored)?.map(Illegal::Contradiction));
            (spans, illegal.map_or_else(other, |illegal| Ok(Some(illegal)))?)
        }
        RecordKind::Booking => (booked::spans(db, stored)?, None),
        RecordKind::Rule => (Vec::new(), rules::contradiction(db, stored)?.map(Illegal::Contradiction)),
        RecordKind::Shipment => {
            let facts = facts::shipment_of(db, stored, typed)?;
            (facts.spans(), facts.check().err())
        }
        RecordKind::Trip => {
            facts::trip(db, id)?.map_or_else(Default::default, |facts| (facts.spans(), facts.check().err()))
        }
        RecordKind::Fund => (fund::spans_of(&facts::typed_of::<Fund>(stored)?), None),
        RecordKind::Matter => (matter::spans_of(&span::of_children(db, id, RecordKind::Request)?), None),
        RecordKind::Lot => {
            let facts = stock::lot(db, stored)?;
            let names = site_names(db, &facts)?;
            let place = |site: Option<Id>| {
                site.and_then(|site| names.get(&site).cloned()).unwrap_or_else(|| "the store".to_owned())
            };
            (facts.spans(), facts.check(place).err())
        }
        RecordKind::Purchase => (stock::purchase(db, stored)?.spans(), None),
        kind if field::has_history(kind) => field::history(db, stored)?,
        RecordKind::Receipt => (delivered(facts.dated_on), None),
        _ => (Vec::new(), None),
    })
}

/// The names of the places where goods of a lot lay.
fn site_names(db: &Db, lot: &LotFacts) -> Result<BTreeMap<Id, String>, StoreError> {
    let sites: BTreeSet<Id> = lot.flows.iter().filter_map(|flow| flow.site).collect();
    let mut names = BTreeMap::new();
    for site in sites {
        names.extend(record::head(db, site)?.map(|head| (site, head.title)));
    }
    Ok(names)
}

/// A receipt is counted from its day on.
fn delivered(on: Option<FuzzyDate>) -> Vec<Span> {
    let span = |on: FuzzyDate| Span {
        from: on.last(),
        to: None,
        since: on.last(),
        status: Status {
            stage: crate::domain::status::shipment::ShipmentStage::Received.word(),
            outcome: "",
            validity: "",
            was: "",
            begun_on: Some(on),
            settled_on: None,
            until_on: None,
        },
    };
    on.map(span).into_iter().collect()
}

fn deadline_row(deadline: &Deadline) -> DeadlineRow {
    let text = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    DeadlineRow {
        owed: deadline.owed,
        what: deadline.what.clone(),
        due_on: deadline.due_on.to_string(),
        due_text: deadline.due_on.to_string(),
        known_on: text(deadline.known_on),
        closed_on: text(deadline.closed_on),
    }
}

/// What the end of a permission is called among the deadlines.
pub(super) const PERMISSION_ENDS: &str = "Permission ends";

/// The ends of a permission's windows: each known from the day it was set to the day it was changed.
fn window_deadlines(spans: &[Span]) -> Vec<DeadlineRow> {
    let mut rows: Vec<DeadlineRow> = Vec::new();
    let ended = |span: &Span| [Validity::Revoked.word(), Validity::Replaced.word()].contains(&span.status.validity);
    let mut current: Option<FuzzyDate> = None;
    for span in spans {
        let until = span.status.until_on.filter(|_| !ended(span));
        if until == current {
            continue;
        }
        if let (Some(_), Some(row)) = (current, rows.last_mut()) {
            row.closed_on = span.from.to_string();
        }
        current = until;
        rows.extend(until.map(|until| DeadlineRow {
            owed: false,
            what: PERMISSION_ENDS.to_owned(),
            due_on: until.last().to_string(),
            due_text: until.to_string(),
            known_on: span.from.to_string(),
            closed_on: String::new(),
        }));
    }
    rows
}

/// The last day of goods that are gone matters to nobody, nor when goods were expected that have come.
fn close_at(stage: &str, spans: &[Span], deadlines: &mut [DeadlineRow]) {
    if let Some(last) = spans.last().filter(|last| last.status.stage == stage) {
        for deadline in deadlines {
            deadline.closed_on = last.from.to_string();
        }
    }
}

/// A question no longer waits once it was answered or the request was decided.
fn close_when_answered(db: &Db, stored: &Stored, deadlines: &mut [DeadlineRow]) -> Result<(), StoreError> {
    let (Some(request), false) = (stored.head.parent, deadlines.is_empty()) else { return Ok(()) };
    let event: Event = facts::typed_of(stored)?;
    let asked = event.on.map_or(NaiveDate::MIN, FuzzyDate::last);
    let Some(facts) = facts::request(db, request)? else { return Ok(()) };
    let answers =
        facts.events.iter().filter(|event| event.kind == Some(EventKind::Answer)).filter_map(|event| event.on);
    let decided = facts.decisions.iter().filter_map(|decision| decision.on);
    let closed = answers.chain(decided).map(FuzzyDate::last).filter(|on| *on >= asked).min();
    for deadline in deadlines {
        deadline.closed_on = closed.map(|on| on.to_string()).unwrap_or_default();
    }
    Ok(())
}
