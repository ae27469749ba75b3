//! The whole ledger kept at hand: it follows the journal, and after a write only what the write touched is judged again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::load::Loader;
use crate::domain::coverage::{Cell, CellState, Judge, Ledger};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::services::booked::permits_of;
use crate::store::{Db, StoreError, known, record};

/// The states, the worst first, counted.
pub(super) type Counts = BTreeMap<CellState, usize>;

/// How a shipment or a trip stands, in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Judged {
    pub rows: usize,
    pub counts: Counts,
}

/// The whole ledger and what was judged of it on a day.
pub struct Desk {
    operation: Option<Id>,
    ledger: Ledger,
    day: Option<NaiveDate>,
    judged: BTreeMap<Id, Judged>,
    /// What has to be judged again; `None`: everything.
    stale: Option<BTreeSet<Id>>,
}

impl Desk {
    /// Loads everything.
    pub fn load(db: &Db) -> Result<Self, StoreError> {
        let operation = known::newest_operation(db)?;
        let ledger = Loader::new(db)?.everything()?.ledger;
        Ok(Self { operation, ledger, day: None, judged: BTreeMap::new(), stale: None })
    }

    /// The facts.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Brings the facts up to the newest operation. What many stand on (an item, a rule, a matter) loads everything anew.
    pub fn follow(&mut self, db: &Db) -> Result<(), StoreError> {
        let newest = known::newest_operation(db)?;
        if newest == self.operation {
            return Ok(());
        }
        let touched = known::touched_since(db, self.operation.unwrap_or_default())?;
        // Undo takes an operation away only by adding one, so the number always rises.
        let Some(parts) = parts(db, &self.ledger, &touched)? else {
            *self = Self::load(db)?;
            return Ok(());
        };
        let mut touched: BTreeSet<Id> = parts.shipments.iter().chain(&parts.trips).copied().collect();
        touched.extend(parts.permits.iter().flat_map(|permit| self.ledger.holders_of(*permit)));
        let mut loader = Loader::resume(db, std::mem::take(&mut self.ledger));
        let done = (|| {
            parts.shipments.iter().try_for_each(|id| loader.put_shipment(*id))?;
            parts.trips.iter().try_for_each(|id| loader.put_trip(*id))?;
            parts.permits.iter().try_for_each(|id| loader.permit(*id))
        })();
        self.ledger = loader.ledger;
        done?;
        touched.extend(parts.permits.iter().flat_map(|permit| self.ledger.holders_of(*permit)));
        let reaches_far = parts.permits.iter().any(|permit| is_waited_for(&self.ledger, *permit));
        match &mut self.stale {
            Some(stale) if !reaches_far => stale.extend(touched),
            stale => *stale = None,
        }
        self.operation = newest;
        Ok(())
    }

    /// Judges what has to be judged on a day; what was judged before and was not touched is kept.
    pub fn judge(&mut self, day: NaiveDate) {
        if self.day != Some(day) {
            (self.day, self.stale) = (Some(day), None);
        }
        let judge = Judge::new(&self.ledger, day);
        match self.stale.replace(BTreeSet::new()) {
            None => {
                let all = self.ledger.shipments.keys().chain(self.ledger.trips.keys());
                self.judged = all.filter_map(|id| Some((*id, judged(&judge, *id)?))).collect();
            }
            Some(stale) => {
                for id in stale {
                    match judged(&judge, id) {
                        Some(judged) => self.judged.insert(id, judged),
                        None => self.judged.remove(&id),
                    };
                }
            }
        }
    }

    /// What is open, and how it stands.
    pub(super) const fn judged(&self) -> &BTreeMap<Id, Judged> {
        &self.judged
    }
}

/// How a shipment or a trip stands; `None` where it is not open.
fn judged(judge: &Judge<'_>, id: Id) -> Option<Judged> {
    if let Some(consignment) = judge.ledger.shipments.get(&id) {
        let rows = judge.is_open(consignment).then(|| judge.shipment(id))?;
        let cells = rows.iter().flat_map(|row| row.cells.iter().map(|(_, cell)| cell));
        return Some(Judged { rows: rows.len(), counts: counted(cells) });
    }
    let journey = judge.ledger.trips.get(&id)?;
    let rows = judge.is_trip_open(journey).then(|| judge.trip(id))?;
    let cells = rows.iter().flat_map(|row| row.cells.iter().map(|(_, cell)| cell));
    Some(Judged { rows: rows.len(), counts: counted(cells) })
}

fn counted<'a>(cells: impl Iterator<Item = &'a Cell>) -> Counts {
    let mut counts = Counts::new();
    for cell in cells {
        *counts.entry(cell.state).or_default() += 1;
    }
    counts
}

/// Whether other matters wait for that of a permission: what it covers then reaches further than its own bookings.
fn is_waited_for(ledger: &Ledger, permit: Id) -> bool {
    let matter = ledger.permits.get(&permit).and_then(|permit| permit.matter);
    matter.is_none_or(|matter| ledger.matters.values().any(|other| other.matter.depends_on.contains(&matter)))
}

/// What of the ledger a write touched.
#[derive(Default)]
struct Parts {
    shipments: BTreeSet<Id>,
    trips: BTreeSet<Id>,
    permits: BTreeSet<Id>,
}

/// The record to which a part belongs that was just made; `None` where it is gone or was edited, because then it can have
/// belonged to another before.
fn parent_of_new(db: &Db, id: Id) -> Result<Option<Id>, StoreError> {
    Ok(record::head(db, id)?.filter(|head| head.version == 1).and_then(|head| head.parent))
}

/// What a write touched; `None` where it reaches too far to follow.
fn parts(db: &Db, ledger: &Ledger, touched: &[(RecordKind, Id)]) -> Result<Option<Parts>, StoreError> {
    let mut parts = Parts::default();
    for (kind, id) in touched {
        match kind {
            RecordKind::Shipment => {
                parts.shipments.insert(*id);
                parts.permits.extend(permits_of(db, *id)?);
            }
            RecordKind::ShipmentEvent | RecordKind::Receipt => match parent_of_new(db, *id)? {
                Some(shipment) => {
                    parts.shipments.insert(shipment);
                    parts.permits.extend(permits_of(db, shipment)?);
                }
                None => return Ok(None),
            },
            RecordKind::Trip => {
                parts.trips.insert(*id);
                parts.permits.extend(permits_of(db, *id)?);
            }
            RecordKind::TripEvent => match parent_of_new(db, *id)? {
                Some(trip) => {
                    parts.trips.insert(trip);
                    parts.permits.extend(permits_of(db, trip)?);
                }
                None => return Ok(None),
            },
            RecordKind::Booking => {
                parts.permits.extend(record::head(db, *id)?.and_then(|head| head.parent));
                // The letter that it was of before, where it was given another or is gone.
                parts.permits.extend(ledger.permits.iter().filter_map(|(permit, facts)| {
                    facts.facts.bookings.iter().any(|booked| booked.id == *id).then_some(*permit)
                }));
            }
            RecordKind::Note
            | RecordKind::Contact
            | RecordKind::Mark
            | RecordKind::Clearance
            | RecordKind::Balance
            | RecordKind::Incident
            | RecordKind::Visit
            | RecordKind::Reach
            | RecordKind::Indicator
            | RecordKind::Cash
            | RecordKind::Fund
            | RecordKind::Expense
            | RecordKind::ExchangeRate
            | RecordKind::Purchase
            | RecordKind::Movement
            | RecordKind::Distribution
            | RecordKind::PolicyEvent
            | RecordKind::Category => {}
            // A letter among them: what it grants is looked at by every shipment that names its matter.
            _ => return Ok(None),
        }
    }
    Ok(Some(parts))
}
