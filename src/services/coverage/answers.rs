//! Answers about coverage: one shipment or trip as a matrix, and everything that is open as a list.

use chrono::NaiveDate;

use super::desk::Desk;
use super::known;
use super::load::Loader;
use super::words::{About, Words};
use crate::domain::codes;
use crate::domain::coverage::{Cell, CellState, Judge, Ledger};
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, UsePoint};
use crate::domain::status::permission::amounts::amount;
use crate::services::Moment;
use crate::services::queries::{
    Coverage, CoverageColumn, CoverageList, CoverageQuery, CoverageRow, HolderSummary, RecordLink,
};
use crate::store::record::Head;
use crate::store::{Db, StoreError, known as journal_known, record};

/// The coverage of a shipment or a trip; `None` where it was not known.
pub(in crate::services) fn of_one(
    db: &Db,
    query: &CoverageQuery,
    moment: Moment,
) -> Result<Option<Coverage>, StoreError> {
    let Some(day) = query.as_known else { return matrix(db, query) };
    let known = known::store(db, day, moment)?;
    matrix(known.db(), query)
}

fn matrix(db: &Db, query: &CoverageQuery) -> Result<Option<Coverage>, StoreError> {
    let Some(head) = record::head(db, query.holder)? else { return Ok(None) };
    let ledger = loaded(db, &head)?;
    worded(db, &ledger, head, query).map(Some)
}

/// The facts by which a shipment or a trip is judged.
pub(super) fn loaded(db: &Db, head: &Head) -> Result<Ledger, StoreError> {
    let mut loader = Loader::new(db)?;
    if head.kind == RecordKind::Trip {
        loader.trip(head.id)?;
    } else {
        loader.shipment(head.id)?;
    }
    Ok(loader.ledger)
}

/// The coverage of a shipment or a trip by these facts, in words.
pub(super) fn worded(db: &Db, ledger: &Ledger, head: Head, query: &CoverageQuery) -> Result<Coverage, StoreError> {
    let is_trip = head.kind == RecordKind::Trip;
    let judge = Judge::new(ledger, query.as_of);
    let rows: Vec<Row> = if is_trip { legs(db, ledger, &judge, head.id)? } else { lines(ledger, &judge, head.id) };
    let mut used: Vec<usize> = rows.iter().flat_map(|row| row.cells.iter().map(|(at, _)| *at)).collect();
    used.sort_unstable();
    used.dedup();
    let words = Words { db, judge: &judge };
    let mut shown = Vec::with_capacity(rows.len());
    let (mut settled, mut open) = (0, 0);
    for row in rows {
        let mut cells = Vec::with_capacity(used.len());
        for at in &used {
            let cell = row.cells.iter().find(|(known, _)| known == at).map(|(_, cell)| cell);
            let rule = row.line.and_then(|line| judge.rule_of(head.id, line, *at));
            let about = About { instrument: *at, unit: &row.unit, rule };
            if let Some(cell) = cell {
                if cell.state.is_settled() { settled += 1 } else { open += 1 }
            }
            cells.push(cell.map(|cell| words.cell(cell, &about)).transpose()?);
        }
        shown.push(CoverageRow { line: row.line, person: row.person, label: row.label, amount: row.amount, cells });
    }
    let columns = used.iter().filter_map(|at| column(&judge, *at, head.id)).collect();
    let holder = RecordLink { id: head.id, kind: head.kind, reference: head.reference, title: head.title };
    Ok(Coverage { as_of: query.as_of, as_known: query.as_known, holder, columns, rows: shown, settled, open })
}

struct Row {
    line: Option<u32>,
    person: Option<Id>,
    label: String,
    amount: String,
    unit: String,
    cells: Vec<(usize, Cell)>,
}

fn lines(ledger: &Ledger, judge: &Judge<'_>, id: Id) -> Vec<Row> {
    let facts = ledger.shipments.get(&id).map(|one| one.lines.as_slice()).unwrap_or_default();
    let rows = judge.shipment(id).into_iter().zip(facts);
    rows.map(|(row, line)| {
        let item = line.item.and_then(|item| ledger.items.get(&item));
        let unit = item.and_then(|item| item.base_unit.clone()).unwrap_or_default();
        let quantity = line.quantity.map_or_else(|| "?".to_owned(), amount);
        Row {
            line: Some(row.line),
            person: None,
            label: item.map_or_else(|| format!("Line {}", row.line), |item| item.name.clone()),
            amount: format!("{quantity} {}", codes::unit_short(&unit)).trim().to_owned(),
            unit,
            cells: row.cells,
        }
    })
    .collect()
}

fn legs(db: &Db, ledger: &Ledger, judge: &Judge<'_>, id: Id) -> Result<Vec<Row>, StoreError> {
    let mut rows = Vec::new();
    let Some(journey) = ledger.trips.get(&id) else { return Ok(rows) };
    for row in judge.trip(id) {
        let person = record::head(db, row.person)?.map_or_else(String::new, |head| head.title);
        let leg = row.leg.and_then(|at| journey.trip.legs.get(at));
        let way = leg.map_or_else(String::new, |leg| format!("{} to {}, ", leg.from, leg.to));
        let (from, to) = match leg {
            Some(leg) => (leg.departs_on.or(leg.arrives_on), leg.arrives_on.or(leg.departs_on)),
            None => (journey.trip.departs_on, journey.trip.returns_on),
        };
        rows.push(Row {
            line: None,
            person: Some(row.person),
            label: person,
            amount: format!("{way}{}", days(from, to)),
            unit: String::new(),
            cells: row.cells,
        });
    }
    Ok(rows)
}

fn days(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from != to => format!("{from} to {to}"),
        (Some(day), _) | (None, Some(day)) => day.to_string(),
        (None, None) => String::new(),
    }
}

fn column(judge: &Judge<'_>, at: usize, holder: Id) -> Option<CoverageColumn> {
    let ledger = judge.ledger;
    let facts = ledger.instruments.get(at)?;
    let point = facts.instrument.use_point.unwrap_or(UsePoint::Entry);
    let used = ledger.shipments.get(&holder).and_then(|one| judge.meets(&one.days, point));
    Some(CoverageColumn {
        instrument: facts.id,
        code: facts.instrument.reference.clone(),
        name: facts.instrument.name.clone(),
        authority: facts.authority.clone(),
        used_at: point.label().to_owned(),
        used_on: used
            .map_or_else(String::new, |used| format!("{}{}", used.on, if used.happened { "" } else { " planned" })),
    })
}

/// Everything that is open, those with the worst cells first, then by the day of the first use.
pub(in crate::services) fn of_all(desk: &mut Desk, day: NaiveDate) -> CoverageList {
    desk.judge(day);
    let mut list = CoverageList { as_of: day, ..CoverageList::default() };
    let mut states = super::desk::Counts::new();
    for (id, judged) in desk.judged() {
        let Some(link) = link_of(desk.ledger(), *id) else { continue };
        for (state, count) in &judged.counts {
            *states.entry(*state).or_default() += count;
        }
        list.rows += judged.rows;
        let settled = judged.counts.iter().filter(|(state, _)| state.is_settled()).map(|(_, count)| count).sum();
        let all: usize = judged.counts.values().sum();
        list.holders.push(HolderSummary {
            link,
            first_use: first_use(desk.ledger(), *id),
            worst: judged.counts.keys().next().copied(),
            rows: judged.rows,
            settled,
            open: all - settled,
            states: judged.counts.iter().map(|(state, count)| (*state, *count)).collect(),
        });
    }
    list.holders.sort_by_key(|one| (one.open == 0, one.first_use.unwrap_or(NaiveDate::MAX), one.worst, one.link.id));
    list.states = states.into_iter().collect::<Vec<(CellState, usize)>>();
    list
}

/// A shipment or a trip as the ledger knows it.
fn link_of(ledger: &Ledger, id: Id) -> Option<RecordLink> {
    if let Some(one) = ledger.shipments.get(&id) {
        let (reference, title) = (one.reference.clone(), one.title.clone());
        return Some(RecordLink { id, kind: RecordKind::Shipment, reference, title });
    }
    let trip = &ledger.trips.get(&id)?.trip;
    let (reference, title) = (trip.reference.clone(), trip.title.clone());
    Some(RecordLink { id, kind: RecordKind::Trip, reference, title })
}

fn first_use(ledger: &Ledger, holder: Id) -> Option<NaiveDate> {
    if let Some(trip) = ledger.trips.get(&holder) {
        return trip.trip.departs_on;
    }
    let days = ledger.shipments.get(&holder)?.days;
    UsePoint::ALL.iter().filter_map(|point| days.at(*point)).map(|day| day.on).min()
}

/// Everything that was open on a day, as it was known at the end of another.
pub(in crate::services) fn of_all_known(
    db: &Db,
    (day, known_on): (NaiveDate, NaiveDate),
    moment: Moment,
) -> Result<CoverageList, StoreError> {
    let store = known::store(db, known_on, moment)?;
    let list = of_all(&mut Desk::load(store.db())?, day);
    let begun = journal_begins(db, moment)?;
    Ok(CoverageList { as_known: Some(known_on), begins_on: begun.filter(|begun| *begun > known_on), ..list })
}

/// The civil day on which the journal begins.
fn journal_begins(db: &Db, moment: Moment) -> Result<Option<NaiveDate>, StoreError> {
    let begun = journal_known::begun_at(db)?.map(|at| moment.local(&at));
    Ok(begun.and_then(|at| at.get(..10)?.parse().ok()))
}
