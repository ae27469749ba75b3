//! Loads from the store what the status folds ask for.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::booked::{self, Holders};
use super::clocks;
use crate::domain::id::Id;
use crate::domain::quantity::Limit;
use crate::domain::record::{
    Decision, Distribution, Event, FigureKind, GrantLine, Instrument, Item, Matter, Measure, Permission, Receipt,
    RecordKind, Request, Shipment, ShipmentEvent, Trip, TripEvent, Typed, typed,
};
use crate::domain::status::permission::PermissionFacts;
use crate::domain::status::permission::amounts::Tolerance;
use crate::domain::status::request::RequestFacts;
use crate::domain::status::shipment::ShipmentFacts;
use crate::domain::status::trip::TripFacts;
use crate::domain::units;
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError};

/// The struct of a stored record.
pub(super) fn typed_of<R: DeserializeOwned>(stored: &Stored) -> Result<R, StoreError> {
    typed(&stored.image)
        .map_err(|error| StoreError::Damaged { detail: format!("{} cannot be read: {error}", stored.head.words()) })
}

/// The struct of a record by its id; `None` where it is gone.
pub(super) fn load<R: DeserializeOwned>(db: &Db, id: Id) -> Result<Option<R>, StoreError> {
    record::get(db, id)?.map(|stored| typed_of(&stored)).transpose()
}

fn children<R: DeserializeOwned>(db: &Db, parent: Id, kind: RecordKind) -> Result<Vec<(Id, R)>, StoreError> {
    let stored = record::children(db, parent, kind)?;
    stored.iter().map(|stored| Ok((stored.head.id, typed_of(stored)?))).collect()
}

fn values<R>(rows: Vec<(Id, R)>) -> Vec<R> {
    rows.into_iter().map(|(_, value)| value).collect()
}

/// The matter and instrument a request stands under.
pub(super) fn matter_and_instrument(
    db: &Db,
    matter: Option<Id>,
) -> Result<(Option<Matter>, Option<Instrument>), StoreError> {
    let matter: Option<Matter> = matter.map(|id| load(db, id)).transpose()?.flatten();
    let instrument = matter.as_ref().and_then(|matter| matter.instrument);
    let instrument = instrument.map(|id| load(db, id)).transpose()?.flatten();
    Ok((matter, instrument))
}

/// Everything from which a request's status follows.
pub(super) fn request(db: &Db, id: Id) -> Result<Option<RequestFacts>, StoreError> {
    let Some(request) = load::<Request>(db, id)? else { return Ok(None) };
    let (matter, instrument) = matter_and_instrument(db, request.matter)?;
    let decisions = children::<Decision>(db, id, RecordKind::Decision)?;
    let mut permissions = Vec::new();
    for permission in permissions_of(db, &decisions)? {
        permissions.extend(self::permission(db, permission)?);
    }
    let events = values(children::<Event>(db, id, RecordKind::Event)?);
    Ok(Some(RequestFacts {
        public: matter.is_some_and(|matter| matter.public),
        silence: clocks::silence(db, instrument.as_ref(), &events)?,
        events,
        decisions: values(decisions),
        permissions,
        request,
    }))
}

/// The permissions that decisions gave or changed, each once.
fn permissions_of(db: &Db, decisions: &[(Id, Decision)]) -> Result<BTreeSet<Id>, StoreError> {
    let mut permissions = BTreeSet::new();
    for (id, decision) in decisions {
        permissions.extend(decision.permission);
        let naming = record::links_to(db, *id)?;
        permissions.extend(naming.into_iter().filter(|(_, field)| field == GIVEN_BY).map(|(from, _)| from));
    }
    Ok(permissions)
}

/// The field by which a permission names the decision that gave it.
pub(super) const GIVEN_BY: &str = "decision";
/// The field by which a decision names the permission it changes.
pub(super) const CHANGES: &str = "permission";
/// The field by which a trip names the requests of its travellers.
pub(super) const TRAVELLER_REQUESTS: &str = "travellers.requests";

/// A permission, the decisions that changed it and what is booked of it.
pub(super) fn permission(db: &Db, id: Id) -> Result<Option<PermissionFacts>, StoreError> {
    permission_beside(db, id, &mut Holders::default())
}

/// The same, where many permissions are looked at together.
pub(super) fn permission_beside(db: &Db, id: Id, holders: &mut Holders) -> Result<Option<PermissionFacts>, StoreError> {
    let Some(mut permission) = load::<Permission>(db, id)? else { return Ok(None) };
    in_base_units(db, &mut permission.grants, &[])?;
    let mut changes = Vec::new();
    for (from, field) in record::links_to(db, id)? {
        if field == CHANGES
            && let Some(stored) = record::get(db, from)?.filter(|from| from.head.kind == RecordKind::Decision)
        {
            let mut change: Decision = typed_of(&stored)?;
            in_base_units(db, &mut change.grants, &permission.grants)?;
            changes.push(change);
        }
    }
    let bookings = record::children(db, id, RecordKind::Booking)?;
    let instrument = booked::instrument_of(db, &permission)?;
    let takes_slots = instrument.as_ref().is_some_and(|(_, instrument)| instrument.takes_shipment_slot);
    let facts = PermissionFacts { permission, changes, takes_slots, ..PermissionFacts::default() };
    if bookings.is_empty() {
        return Ok(Some(facts));
    }
    let bookings = booked::of_permission(db, &facts, instrument.as_ref(), &bookings, holders)?;
    let tolerance = tolerance(db, &facts.permission, instrument.as_ref().map(|(_, instrument)| instrument))?;
    Ok(Some(PermissionFacts { bookings, tolerance, ..facts }))
}

/// Turns limits that a letter counts in packs into the item's base unit, in which bookings are counted. A later letter need
/// not say the item again.
fn in_base_units(db: &Db, grants: &mut [GrantLine], known: &[GrantLine]) -> Result<(), StoreError> {
    for grant in grants {
        let same = known.iter().find(|line| line.number == grant.number);
        let Some(item) = grant
            .item
            .or(same.and_then(|line| line.item))
            .filter(|_| grant.limits.iter().any(|limit| limit.unit.is_some()))
        else {
            continue;
        };
        let Some(item) = load::<Item>(db, item)? else { continue };
        for limit in grant.limits.iter_mut().filter(|limit| limit.measure == Some(Measure::Quantity)) {
            if let Some(Limit::Limited(counted)) = limit.limit
                && let Ok(base) = units::to_base(&item, counted, limit.unit.as_deref())
            {
                (limit.limit, limit.unit) = (Some(Limit::Limited(base)), item.base_unit.clone());
            }
        }
    }
    Ok(())
}

/// How far a use may go beyond a limit, by the figures in force when the permission was given.
fn tolerance(db: &Db, permission: &Permission, instrument: Option<&Instrument>) -> Result<Tolerance, StoreError> {
    let (Some(given), Some(instrument)) = (permission.given_on, instrument) else { return Ok(Tolerance::default()) };
    let book = clocks::book(db)?;
    let value = |kind| book.value(kind, &instrument.reference, given.last()).map_or(0, |row| row.value);
    Ok(Tolerance { quantity: value(FigureKind::QuantityTolerance), value: value(FigureKind::ValueTolerance) })
}

/// Everything from which a shipment's status follows.
pub(super) fn shipment(db: &Db, stored: &Stored) -> Result<ShipmentFacts, StoreError> {
    shipment_around(db, stored.head.id, typed_of(stored)?)
}

/// The same of a shipment that was read already.
pub(super) fn shipment_of(db: &Db, stored: &Stored, typed: &Typed) -> Result<ShipmentFacts, StoreError> {
    let known = typed.downcast_ref::<Shipment>().cloned();
    shipment_around(db, stored.head.id, known.map_or_else(|| typed_of(stored), Ok)?)
}

fn shipment_around(db: &Db, id: Id, shipment: Shipment) -> Result<ShipmentFacts, StoreError> {
    Ok(ShipmentFacts {
        shipment,
        events: values(children::<ShipmentEvent>(db, id, RecordKind::ShipmentEvent)?),
        receipts: values(children::<Receipt>(db, id, RecordKind::Receipt)?),
        distributions: values(children::<Distribution>(db, id, RecordKind::Distribution)?),
    })
}

/// A trip with its events, without the requests of its travellers.
pub(super) fn trip_alone(db: &Db, id: Id) -> Result<Option<TripFacts>, StoreError> {
    let Some(trip) = load::<Trip>(db, id)? else { return Ok(None) };
    let events = values(children::<TripEvent>(db, id, RecordKind::TripEvent)?);
    Ok(Some(TripFacts { trip, events, requests: Vec::new() }))
}

/// Everything from which a trip's status follows.
pub(super) fn trip(db: &Db, id: Id) -> Result<Option<TripFacts>, StoreError> {
    let Some(trip) = load::<Trip>(db, id)? else { return Ok(None) };
    let wanted: BTreeSet<Id> =
        trip.travellers.iter().flat_map(|traveller| traveller.requests.iter().copied()).collect();
    let mut requests = Vec::new();
    for id in wanted {
        requests.extend(request(db, id)?.map(|facts| (id, facts)));
    }
    Ok(Some(TripFacts { trip, events: values(children::<TripEvent>(db, id, RecordKind::TripEvent)?), requests }))
}
