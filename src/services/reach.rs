//! Into which records another reaches: whose projections can change with its own, and in which order they are made.

use serde_json::{Map, Value};

use super::facts::{CHANGES, GIVEN_BY, TRAVELLER_REQUESTS};
use super::{booked, field, flags, stock};
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, spec};
use crate::domain::schema::walk::{self, LinkFound};
use crate::store::record::{self, Head};
use crate::store::{Db, StoreError};

/// The field by which a figure names its instrument.
const FIGURE_OF: &str = "instrument";

/// A record that is reached from another, with its kind where that came along.
pub(super) type Reached = (Id, Option<RecordKind>);

/// The records that belong to another.
pub(super) fn children(db: &Db, id: Id) -> Result<Vec<Reached>, StoreError> {
    Ok(record::child_kinds(db, id)?.into_iter().map(|(id, kind)| (id, Some(kind))).collect())
}

/// The records whose projection can change with this one's, besides itself.
pub(super) fn dependents(db: &Db, head: &Head) -> Result<Vec<Reached>, StoreError> {
    let id = head.id;
    let naming = |field: &str| {
        let all = record::links_to(db, id)?;
        let from = all.into_iter().filter(|(_, found)| found == field).map(|(from, _)| (from, None));
        Ok::<Vec<Reached>, StoreError>(from.collect())
    };
    let mut found = reached_by_new(db, head, &links_of(db, head)?)?;
    match head.kind {
        RecordKind::Permission => {
            for (decision, _) in naming(CHANGES)? {
                found.extend(parent_of(db, decision)?);
            }
            found.extend(children(db, id)?);
        }
        RecordKind::Decision => found.extend(naming(GIVEN_BY)?),
        RecordKind::Request => {
            found.extend(naming(TRAVELLER_REQUESTS)?);
            found.extend(children(db, id)?);
        }
        RecordKind::Project | RecordKind::Matter | RecordKind::Fund => found.extend(children(db, id)?),
        RecordKind::Shipment => {
            found.extend(children(db, id)?);
            found.extend(naming(booked::OF_SHIPMENT)?);
            found.extend(permits_of(db, id)?);
        }
        RecordKind::Lot => {
            found.extend(children(db, id)?);
            // Its last day stands over what was handed out of the shipments that took of it.
            for (shipment, kind) in naming(stock::LINE_LOTS)? {
                found.extend(children(db, shipment)?);
                found.push((shipment, kind));
            }
        }
        RecordKind::Trip => {
            found.extend(naming(field::OF_TRIP)?);
            found.extend(permits_of(db, id)?);
        }
        // Whether a passport lasts for a trip.
        RecordKind::Person => found.extend(naming(flags::OF_TRAVELLER)?),
        RecordKind::Reach => found.extend(naming(field::REPEATS)?),
        _ => {}
    }
    Ok(found)
}

/// The links of a record, where somebody is reached through one of them.
fn links_of(db: &Db, head: &Head) -> Result<Vec<LinkFound>, StoreError> {
    let reaches = matches!(
        head.kind,
        RecordKind::Permission | RecordKind::Decision | RecordKind::Shipment | RecordKind::Lot | RecordKind::Figure
    );
    let stored = if reaches { record::get(db, head.id)? } else { None };
    Ok(stored.map(|stored| walk::links(spec(head.kind).fields, &stored.image)).unwrap_or_default())
}

/// Of these, those that the record itself names; of a new record there are no others.
pub(super) fn reached_by_new(db: &Db, head: &Head, links: &[LinkFound]) -> Result<Vec<Reached>, StoreError> {
    let named =
        |field: &'static str| links.iter().filter(move |link| &*link.field == field).map(|link| (link.to, None));
    let mut found: Vec<Reached> = head.parent.map(|parent| (parent, None)).into_iter().collect();
    match head.kind {
        RecordKind::Permission => {
            for (decision, _) in named(GIVEN_BY) {
                found.extend(parent_of(db, decision)?);
            }
        }
        // What happens to a shipment uses up or frees what it booked.
        RecordKind::ShipmentEvent | RecordKind::Receipt | RecordKind::TripEvent => {
            if let Some(holder) = head.parent {
                found.extend(permits_of(db, holder)?);
            }
        }
        RecordKind::Decision => found.extend(named(CHANGES)),
        RecordKind::Shipment => found.extend(named(stock::LINE_LOTS)),
        RecordKind::Lot => found.extend(named(stock::OF_PURCHASE)),
        RecordKind::Figure => {
            let mut instruments = named(FIGURE_OF).peekable();
            if instruments.peek().is_none() {
                for kind in [RecordKind::Permission, RecordKind::Request] {
                    found.extend(record::all_ids(db, kind)?.into_iter().map(|id| (id, Some(kind))));
                }
            }
            for (instrument, _) in instruments {
                found.extend(wide_reach(db, instrument)?);
            }
        }
        RecordKind::ExchangeRate => {
            for kind in [RecordKind::Expense, RecordKind::Fund] {
                found.extend(record::all_ids(db, kind)?.into_iter().map(|id| (id, Some(kind))));
            }
        }
        _ => {}
    }
    Ok(found)
}

fn permits_of(db: &Db, holder: Id) -> Result<Vec<Reached>, StoreError> {
    Ok(booked::permits_of(db, holder)?.into_iter().map(|id| (id, Some(RecordKind::Permission))).collect())
}

fn parent_of(db: &Db, id: Id) -> Result<Option<Reached>, StoreError> {
    Ok(record::head(db, id)?.and_then(|head| head.parent).map(|parent| (parent, None)))
}

/// Whether an edit of a project, an item or an instrument changes what follows for the records that name it.
pub(super) fn reaches_wide(kind: RecordKind, old: &Map<String, Value>, new: &Map<String, Value>) -> bool {
    let fields: &[&str] = match kind {
        RecordKind::Project => &["categories"],
        RecordKind::Request => &["lines", "matter"],
        RecordKind::Item => &["packs", "base_unit"],
        RecordKind::Instrument => &["reference", "authority", "silence_days", "use_point", "takes_shipment_slot"],
        _ => &[],
    };
    fields.iter().any(|field| old.get(*field) != new.get(*field))
}

/// The records that name a project, an item or an instrument, and those that belong to them.
pub(super) fn wide_reach(db: &Db, id: Id) -> Result<Vec<Reached>, StoreError> {
    let mut reached = Vec::new();
    for (from, _) in record::links_to(db, id)? {
        reached.extend(children(db, from)?);
        reached.push((from, None));
    }
    Ok(reached)
}

/// The letters of a filing's matter: what they grant must have been asked.
pub(super) fn letters_beside(db: &Db, head: &Head) -> Result<Vec<Reached>, StoreError> {
    let Some(matter) = head.parent.filter(|_| head.kind == RecordKind::Request) else { return Ok(Vec::new()) };
    let mut beside = children(db, matter)?;
    beside.retain(|(_, kind)| *kind == Some(RecordKind::Permission));
    Ok(beside)
}

/// The order in which projections are made, so that each finds those it stands on ready.
pub(super) const fn rank(kind: RecordKind) -> u8 {
    match kind {
        RecordKind::Permission | RecordKind::Project => 1,
        RecordKind::Request | RecordKind::Shipment => 2,
        RecordKind::Event
        | RecordKind::Decision
        | RecordKind::ShipmentEvent
        | RecordKind::Receipt
        | RecordKind::Booking
        | RecordKind::Balance
        | RecordKind::Clearance
        | RecordKind::Paper
        | RecordKind::Distribution => 3,
        RecordKind::Matter | RecordKind::Lot => 4,
        RecordKind::Trip | RecordKind::Purchase | RecordKind::Movement => 5,
        RecordKind::TripEvent
        | RecordKind::Cash
        | RecordKind::Reliance
        | RecordKind::Visit
        | RecordKind::Reach
        | RecordKind::Indicator
        | RecordKind::Incident => 6,
        RecordKind::Note | RecordKind::Contact | RecordKind::Mark | RecordKind::Report | RecordKind::Publication => 7,
        RecordKind::Seal => 8,
        RecordKind::Attachment => 9,
        _ => 0,
    }
}
