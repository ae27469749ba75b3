//! What if a shipment or a trip moved: the facts are copied in memory, the copy is moved, and both are judged. A question
//! only: nothing is written, and the workspace can be open for reading alone.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::answers::{loaded, worded};
use super::moved_use::{self, Sides};
use crate::domain::coverage::ledger::Ledger;
use crate::domain::coverage::{MovedDates, UseDay, UseDays};
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, Shipment, Trip, UsePoint, spec};
use crate::domain::status::shipment::ShipmentFacts;
use crate::services::queries::{
    ChangedCell, Coverage, CoverageQuery, CoverageRow, MovedDay, RecordLink, WhatIf, WhatIfQuery,
};
use crate::services::{booked, facts};
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError};

/// A shipment or a trip as it stands and as it would stand.
pub(super) enum Moved {
    /// A shipment with what happened to it, and the days of its uses before and after.
    Shipment { before: Box<ShipmentFacts>, after: Box<Shipment>, days: [UseDays; 2] },
    /// A trip.
    Trip { before: Box<Trip>, after: Box<Trip> },
}

/// What would follow; `None` where the record is gone or is neither a shipment nor a trip.
pub(in crate::services) fn what_if(db: &Db, query: &WhatIfQuery) -> Result<Option<WhatIf>, StoreError> {
    let Some(stored) = record::get(db, query.holder)? else { return Ok(None) };
    let Some(moved) = Moved::of(db, &stored, query.dates)? else { return Ok(None) };
    let head = stored.head.clone();
    let before = loaded(db, &head)?;
    let after = moved.apply(&before, head.id);
    let asked = CoverageQuery { holder: head.id, as_of: query.as_of, as_known: None };
    let cells = [worded(db, &before, head.clone(), &asked)?, worded(db, &after, head.clone(), &asked)?];
    let sides = Sides { db, day: query.as_of, id: head.id, ledgers: [&before, &after], moved: &moved };
    let mut notes = moved.happened();
    let pushed_out = sides.pushed_out()?;
    let pushes_out = !pushed_out.is_empty();
    notes.extend(pushed_out);
    Ok(Some(WhatIf {
        query: *query,
        holder: RecordLink { id: head.id, kind: head.kind, reference: head.reference, title: head.title },
        version: head.version,
        days: moved.ends()[0],
        moved: moved.days(),
        refused: refused(head.kind, &moved.image(&stored.image)),
        notes,
        pushes_out,
        open: [cells[0].open, cells[1].open],
        cells: changed(&cells[0], &cells[1]),
        approvals: sides.approvals()?,
        shelf: moved_use::shelf(db, &moved)?,
        meetings: moved_use::meetings(db, head.id, &moved)?,
    }))
}

impl Moved {
    /// Reads a shipment or a trip and moves it.
    pub fn of(db: &Db, stored: &Stored, dates: MovedDates) -> Result<Option<Self>, StoreError> {
        Ok(match stored.head.kind {
            RecordKind::Shipment => {
                let before = facts::shipment(db, stored)?;
                let after = dates.shipment(&before.shipment);
                let days_after = UseDays::of(&ShipmentFacts { shipment: after.clone(), ..before.clone() });
                let days = [UseDays::of(&before), days_after];
                Some(Self::Shipment { before: Box::new(before), after: Box::new(after), days })
            }
            RecordKind::Trip => {
                let before: Trip = facts::typed_of(stored)?;
                let after = Box::new(dates.trip(&before));
                Some(Self::Trip { before: Box::new(before), after })
            }
            _ => None,
        })
    }

    /// A copy of the facts in which it has moved, with the days on which its bookings are used.
    fn apply(&self, ledger: &Ledger, id: Id) -> Ledger {
        let mut ledger = ledger.clone();
        match self {
            Self::Shipment { days, .. } => {
                if let Some(consignment) = ledger.shipments.get_mut(&id) {
                    consignment.days = days[1];
                }
            }
            Self::Trip { after, .. } => {
                if let Some(journey) = ledger.trips.get_mut(&id) {
                    journey.trip = (**after).clone();
                }
            }
        }
        let mut permits: Vec<Id> =
            ledger.booked.get(&id).map(|all| all.iter().map(|(permit, _)| *permit).collect()).unwrap_or_default();
        permits.dedup();
        for permit_id in permits {
            let Some(mut permit) = ledger.permits.get(&permit_id).cloned() else { continue };
            let instrument = permit.instrument.and_then(|one| ledger.instrument(one));
            let point = instrument.and_then(|at| ledger.instruments.get(at)).and_then(|one| one.instrument.use_point);
            let used = self.used(point.unwrap_or(UsePoint::Entry), &ledger, id);
            for booked in permit.facts.bookings.iter_mut().filter(|booked| booked.holder == id) {
                booked.used = used;
            }
            ledger.put_permit(permit_id, permit);
        }
        ledger
    }

    fn used(&self, point: UsePoint, ledger: &Ledger, id: Id) -> Option<UseDay> {
        match self {
            Self::Shipment { days, .. } => days[1].at(point),
            Self::Trip { after, .. } => {
                booked::entry_of(after, ledger.trips.get(&id).and_then(|journey| journey.departed))
            }
        }
    }

    /// The departure and the arrival or return, before and after.
    fn ends(&self) -> [[Option<NaiveDate>; 2]; 2] {
        match self {
            Self::Shipment { before, after, .. } => {
                let ends = |one: &Shipment| [one.planned_on, one.expected_on];
                [ends(&before.shipment), ends(after)]
            }
            Self::Trip { before, after } => {
                let ends = |one: &Trip| [one.departs_on, one.returns_on];
                [ends(before), ends(after)]
            }
        }
    }

    /// What moves, in words.
    fn days(&self) -> Vec<MovedDay> {
        let labels = match self {
            Self::Shipment { .. } => ["Planned departure", "Expected arrival"],
            Self::Trip { .. } => ["Departs on", "Returns on"],
        };
        let text = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        let mut moved = Vec::new();
        let mut add = |what: String, from: Option<NaiveDate>, to: Option<NaiveDate>| {
            if from != to {
                moved.push(MovedDay { what, from: text(from), to: text(to) });
            }
        };
        let [before, after] = self.ends();
        for ((label, from), to) in labels.iter().zip(before).zip(after) {
            add((*label).to_owned(), from, to);
        }
        let legs = |at: usize, from: &str, to: &str| format!("Leg {}, {from} to {to}", at + 1);
        match self {
            Self::Shipment { before, after, .. } => {
                for (at, (from, to)) in before.shipment.legs.iter().zip(&after.legs).enumerate() {
                    let what = legs(at, &from.from, &from.to);
                    add(format!("{what}: departs"), from.departs_on, to.departs_on);
                    add(format!("{what}: arrives"), from.arrives_on, to.arrives_on);
                }
            }
            Self::Trip { before, after } => {
                for (at, (from, to)) in before.legs.iter().zip(&after.legs).enumerate() {
                    let what = legs(at, &from.from, &from.to);
                    add(format!("{what}: departs"), from.departs_on, to.departs_on);
                    add(format!("{what}: arrives"), from.arrives_on, to.arrives_on);
                }
            }
        }
        moved
    }

    /// What happened already, so that its plan counts no more.
    fn happened(&self) -> Vec<String> {
        let Self::Shipment { days, .. } = self else { return Vec::new() };
        let left = days[1].export.filter(|day| day.happened);
        let arrived = days[1].activity.filter(|day| day.happened);
        let mut notes = Vec::new();
        if let Some(day) = left {
            notes.push(format!("It left on {}: what happened counts, not the planned departure", day.on));
        }
        if let Some(day) = arrived {
            notes.push(format!("It arrived on {}: what happened counts, not the expected arrival", day.on));
        }
        notes
    }

    /// The image of the record with the moved days.
    pub fn image(&self, image: &Map<String, Value>) -> Map<String, Value> {
        let mut image = image.clone();
        match self {
            Self::Shipment { after, .. } => {
                put_day(&mut image, "planned_on", after.planned_on);
                put_day(&mut image, "expected_on", after.expected_on);
                put_legs(&mut image, after.legs.iter().map(|leg| (leg.departs_on, leg.arrives_on)));
            }
            Self::Trip { after, .. } => {
                put_day(&mut image, "departs_on", after.departs_on);
                put_day(&mut image, "returns_on", after.returns_on);
                put_legs(&mut image, after.legs.iter().map(|leg| (leg.departs_on, leg.arrives_on)));
            }
        }
        image
    }

    /// What moves, in one line for the history.
    pub fn told(&self) -> String {
        let days: Vec<String> = self.days().into_iter().filter(|day| !day.what.starts_with("Leg ")).map(line).collect();
        if days.is_empty() { "legs only".to_owned() } else { days.join(", ") }
    }
}

fn line(day: MovedDay) -> String {
    let MovedDay { what, from, to } = day;
    let what = what.to_lowercase();
    if from.is_empty() { format!("{what} {to}") } else { format!("{what} from {from} to {to}") }
}

fn put_day(image: &mut Map<String, Value>, field: &str, day: Option<NaiveDate>) {
    match day {
        Some(day) => drop(image.insert(field.to_owned(), json!(day.to_string()))),
        None => drop(image.remove(field)),
    }
}

fn put_legs(image: &mut Map<String, Value>, days: impl Iterator<Item = (Option<NaiveDate>, Option<NaiveDate>)>) {
    let legs = image.get_mut("legs").and_then(Value::as_array_mut).into_iter().flatten();
    for (leg, (departs, arrives)) in legs.filter_map(Value::as_object_mut).zip(days) {
        put_day(leg, "departs_on", departs);
        put_day(leg, "arrives_on", arrives);
    }
}

/// Why the moved record would be refused.
fn refused(kind: RecordKind, image: &Map<String, Value>) -> Vec<String> {
    match spec(kind).facts(image) {
        Ok(facts) => facts.problems.iter().map(ToString::to_string).collect(),
        Err(error) => vec![error.to_string()],
    }
}

/// The cells whose state is another one.
fn changed(before: &Coverage, after: &Coverage) -> Vec<ChangedCell> {
    let mut instruments: Vec<(Id, &str)> = Vec::new();
    for column in before.columns.iter().chain(&after.columns) {
        if !instruments.iter().any(|(known, _)| *known == column.instrument) {
            instruments.push((column.instrument, &column.name));
        }
    }
    let cell = |coverage: &Coverage, row: &CoverageRow, instrument: Id| {
        let at = coverage.columns.iter().position(|column| column.instrument == instrument)?;
        row.cells.get(at).cloned().flatten()
    };
    let mut found = Vec::new();
    // Both have the same rows in the same order: only days differ between them.
    for (old, new) in before.rows.iter().zip(&after.rows) {
        for (instrument, name) in &instruments {
            let (from, to) = (cell(before, old, *instrument), cell(after, new, *instrument));
            if from.as_ref().map(|cell| cell.state) != to.as_ref().map(|cell| cell.state) {
                let row = old.line.map_or_else(|| old.label.clone(), |line| format!("{line}. {}", old.label));
                found.push(ChangedCell { row, instrument: (*name).to_owned(), from, to });
            }
        }
    }
    found
}
