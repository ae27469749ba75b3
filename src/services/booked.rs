//! Bookings: loads from the store what they are booked for, so that the domain can say where they stand.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chrono::NaiveDate;

use super::{clocks, facts};
use crate::domain::coverage::{Booked, UseDay, UseDays};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::quantity::Quantity;
use crate::domain::record::{
    Booking, FigureKind, Instrument, Item, Matter, Permission, RecordKind, Shipment, TravelLeg, Trip, TripEventKind,
    UsePoint,
};
use crate::domain::status::Span;
use crate::domain::status::permission::PermissionFacts;
use crate::domain::{codes, units};
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError};

/// The field by which a booking names its shipment.
pub(super) const OF_SHIPMENT: &str = "shipment";
/// The field by which a booking names its trip.
pub(super) const OF_TRIP: &str = "trip";

/// The permissions of which a shipment or a trip books something.
pub(super) fn permits_of(db: &Db, holder: Id) -> Result<Vec<Id>, StoreError> {
    let mut found = Vec::new();
    for (from, field) in record::links_to(db, holder)? {
        if [OF_SHIPMENT, OF_TRIP].contains(&field.as_str())
            && let Some(head) = record::head(db, from)?
            && head.kind == RecordKind::Booking
        {
            found.extend(head.parent);
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The instrument of a permission.
pub(super) fn instrument_of(db: &Db, permission: &Permission) -> Result<Option<(Id, Instrument)>, StoreError> {
    let matter: Option<Matter> = permission.matter.map(|id| facts::load(db, id)).transpose()?.flatten();
    let Some(id) = matter.and_then(|matter| matter.instrument) else { return Ok(None) };
    Ok(facts::load(db, id)?.map(|instrument| (id, instrument)))
}

/// Everything that is booked of a permission.
pub(super) fn of_permission(
    db: &Db,
    permission: &PermissionFacts,
    instrument: Option<&(Id, Instrument)>,
    bookings: &[Stored],
    holders: &mut Holders,
) -> Result<Vec<Booked>, StoreError> {
    let mut found = Vec::with_capacity(bookings.len());
    for stored in bookings {
        let booking: Booking = facts::typed_of(stored)?;
        let Some(id) = booking.shipment.or(booking.trip) else { continue };
        if let Entry::Vacant(entry) = holders.0.entry(id) {
            entry.insert(Holder::read(db, id)?);
        }
        let Some(holder) = holders.0.get(&id) else { continue };
        found.extend(booked(db, stored, &booking, (permission, instrument, holder))?);
    }
    Ok(found)
}

/// One booking with its permission; `None` where either is incomplete.
pub(super) fn alone(db: &Db, stored: &Stored) -> Result<Option<(Booked, PermissionFacts)>, StoreError> {
    let Some(permission) = stored.head.parent.map(|id| facts::permission(db, id)).transpose()?.flatten() else {
        return Ok(None);
    };
    let own = permission.bookings.iter().find(|booked| booked.id == stored.head.id).cloned();
    Ok(own.map(|own| (own, permission)))
}

/// The history of a booking as spans.
pub(super) fn spans(db: &Db, stored: &Stored) -> Result<Vec<Span>, StoreError> {
    Ok(alone(db, stored)?.map(|(booked, _)| booked.spans()).unwrap_or_default())
}

/// A booking with its days; `None` without the day on which it was booked.
fn booked(
    db: &Db,
    stored: &Stored,
    booking: &Booking,
    (permission, instrument, holder): (&PermissionFacts, Option<&(Id, Instrument)>, &Holder),
) -> Result<Option<Booked>, StoreError> {
    let (Some(holder_id), Some(booked_on)) = (booking.shipment.or(booking.trip), booking.booked_on) else {
        return Ok(None);
    };
    let used = holder.used(instrument.and_then(|(_, instrument)| instrument.use_point).unwrap_or(UsePoint::Entry));
    let Counted { quantity, holds, odd } = quantity(db, booking, permission, holder)?;
    let returned = match (booking.returned_on, booking.returned) {
        (Some(on), Some(quantity)) if returns_free(db, instrument, on)? => Some((on, quantity.thousandths())),
        _ => None,
    };
    Ok(Some(Booked {
        id: stored.head.id,
        reference: stored.head.reference.clone(),
        grant_line: booking.grant_line,
        holder: holder_id,
        line: booking.line,
        person: booking.person,
        quantity,
        value: booking
            .value
            .clone()
            .or_else(|| holder.value_of(booking.line, quantity, holds))
            .as_ref()
            .map(in_thousandths),
        entries: booking.person.map_or(0, |_| i64::from(booking.entries.unwrap_or(holder.entries()).max(1)) * 1000),
        booked_on,
        used,
        released_on: [booking.released_on, holder.cancelled()].into_iter().flatten().min(),
        returned,
        may_exceed: !booking.override_reason.trim().is_empty() || booking.incident.is_some(),
        odd,
        holds,
    }))
}

/// How much is booked.
struct Counted {
    /// In thousandths of the item's base unit.
    quantity: i64,
    /// How much the line holds.
    holds: Option<i64>,
    /// Why it cannot be counted.
    odd: Option<String>,
}

/// Money in thousandths of the major unit, in which limits are kept.
pub(super) fn in_thousandths(money: &Money) -> (i64, String) {
    let decimals = u32::try_from(codes::currency_decimals(money.currency())).unwrap_or(2);
    let factor = 10_i64.pow(3_u32.saturating_sub(decimals));
    (money.minor().saturating_mul(factor), money.currency().to_owned())
}

/// The quantity in the item's base unit, or why it cannot be counted.
fn quantity(db: &Db, booking: &Booking, permission: &PermissionFacts, holder: &Holder) -> Result<Counted, StoreError> {
    let typed = booking.quantity.unwrap_or_default();
    let odd = |odd: &str| Ok(Counted { quantity: typed.thousandths(), holds: None, odd: Some(odd.to_owned()) });
    let shipment = match holder {
        Holder::Shipment(shipment, _) => shipment,
        Holder::Trip { travellers, .. } if booking.person.is_some_and(|person| !travellers.contains(&person)) => {
            return odd("The person is not on the trip. Choose one of its travellers, or give the booking back");
        }
        Holder::Trip { .. } => return Ok(Counted { quantity: typed.thousandths(), holds: None, odd: None }),
    };
    let Some(line) = shipment.lines.iter().find(|line| line.number == booking.line && booking.line.is_some()) else {
        let number = booking.line.unwrap_or_default();
        return odd(&format!("The shipment has no line {number}. Give the number of one of its lines"));
    };
    let changes = permission.changes.iter().flat_map(|change| &change.grants);
    let grants = permission.permission.grants.iter().chain(changes);
    let granted = grants.filter(|grant| grant.number == booking.grant_line).find_map(|grant| grant.item);
    if let (Some(granted), Some(shipped)) = (granted, line.item)
        && granted != shipped
    {
        return odd(
            "The grant line is for another item than the shipment's line. Choose the line that was granted for it",
        );
    }
    let item: Option<Item> = line.item.map(|item| facts::load(db, item)).transpose()?.flatten();
    let Some(item) = item else {
        let holds = line.quantity.map(Quantity::thousandths);
        return Ok(Counted { quantity: typed.thousandths(), holds, odd: None });
    };
    let holds = line.quantity.and_then(|whole| units::to_base(&item, whole, line.unit.as_deref()).ok());
    match units::to_base(&item, typed, booking.unit.as_deref()) {
        Ok(base) => Ok(Counted { quantity: base.thousandths(), holds: holds.map(Quantity::thousandths), odd: None }),
        Err(problem) => odd(&problem.to_string()),
    }
}

/// Whether goods that came back free their quantity: only where a dated figure says so.
fn returns_free(db: &Db, instrument: Option<&(Id, Instrument)>, on: NaiveDate) -> Result<bool, StoreError> {
    let code = instrument.map(|(_, instrument)| instrument.reference.as_str()).unwrap_or_default();
    Ok(clocks::book(db)?.value(FigureKind::ReturnsFree, code, on).is_some_and(|row| row.value > 0))
}

/// What bookings are for, read once for all that are looked at together.
#[derive(Default)]
pub(super) struct Holders(HashMap<Id, Holder>);

/// What something is booked for.
enum Holder {
    Shipment(Box<Shipment>, UseDays),
    Trip { entry: Option<UseDay>, cancelled: Option<NaiveDate>, travellers: Vec<Id>, entries: u32 },
}

impl Holder {
    fn read(db: &Db, id: Id) -> Result<Self, StoreError> {
        let nothing = Self::Trip { entry: None, cancelled: None, travellers: Vec::new(), entries: 1 };
        let Some(stored) = record::get(db, id)? else { return Ok(nothing) };
        if stored.head.kind == RecordKind::Shipment {
            let facts = facts::shipment(db, &stored)?;
            let days = UseDays::of(&facts);
            return Ok(Self::Shipment(Box::new(facts.shipment), days));
        }
        let Some(facts) = facts::trip_alone(db, id)? else { return Ok(nothing) };
        let event = |kind: TripEventKind| {
            let of_kind = facts.events.iter().filter(|event| event.kind == Some(kind));
            of_kind.filter_map(|event| event.on).map(crate::domain::date::FuzzyDate::last).min()
        };
        Ok(Self::Trip {
            entry: entry_of(&facts.trip, event(TripEventKind::Departed)),
            cancelled: event(TripEventKind::Cancelled),
            travellers: facts.trip.travellers.iter().filter_map(|row| row.person).collect(),
            entries: u32::try_from(facts.trip.legs.iter().filter(|leg| enters(leg)).count()).unwrap_or(1).max(1),
        })
    }

    /// The part of a line's value that a quantity of it has.
    fn value_of(&self, line: Option<u32>, quantity: i64, holds: Option<i64>) -> Option<Money> {
        let Self::Shipment(shipment, _) = self else { return None };
        let line = shipment.lines.iter().find(|one| one.number == line && line.is_some())?;
        Some(line.value.as_ref()?.part(quantity, holds?))
    }

    /// How often a traveller enters the country on it.
    const fn entries(&self) -> u32 {
        match self {
            Self::Shipment(..) => 1,
            Self::Trip { entries, .. } => *entries,
        }
    }

    const fn used(&self, point: UsePoint) -> Option<UseDay> {
        match self {
            Self::Shipment(_, days) => days.at(point),
            Self::Trip { entry, .. } => *entry,
        }
    }

    const fn cancelled(&self) -> Option<NaiveDate> {
        match self {
            Self::Shipment(_, days) => days.cancelled,
            Self::Trip { cancelled, .. } => *cancelled,
        }
    }
}

/// Whether a leg enters the country.
fn enters(leg: &TravelLeg) -> bool {
    leg.enters.as_deref() == Some("KP")
}

/// The day on which a trip enters the country; it happened where the trip had departed, and not before it did.
pub(super) fn entry_of(trip: &Trip, departed: Option<NaiveDate>) -> Option<UseDay> {
    let leg = trip.legs.iter().find(|leg| enters(leg));
    let planned = leg.and_then(|leg| leg.arrives_on.or(leg.departs_on)).or(trip.departs_on);
    let on = planned.max(departed)?;
    Some(UseDay { on, happened: departed.is_some() })
}
