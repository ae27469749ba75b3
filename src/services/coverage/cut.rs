//! Carries what was cut of a request into the shipments that are planned: one step, all or none, and told line by line.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::asked::{Granted, of_request};
use super::figures::signed;
use super::perform::book_by_itself;
use crate::domain::coverage::UseDays;
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::record::{Item, Matter, Measure, RecordKind, Request, Shipment};
use crate::domain::status::permission::booked::BookingStage;
use crate::domain::units;
use crate::services::facts;
use crate::services::perform::Scribe;
use crate::services::session::{Intent, refusal_text};
use crate::services::write::{Done, WriteError};
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError};

/// A shipment with its lines as they are to stand.
struct Changed {
    stored: Stored,
    image: Map<String, Value>,
    told: Vec<String>,
}

impl Scribe<'_> {
    /// Reduces the lines of planned shipments to what was granted of a request.
    pub(in crate::services) fn carry_cut(&mut self, id: Id) -> Result<Done, WriteError> {
        let head = record::head(self.db, id)?.filter(|head| head.kind == RecordKind::Request);
        let head = head.ok_or_else(|| refusal_text("The request", "It is gone. Choose another"))?;
        let changed = changes(self.db, id, self.moment.today)?;
        if changed.is_empty() {
            let message = format!("No planned shipment holds more than was granted of {}", head.words());
            return Ok(Done { message, id: Some(id), ..Done::default() });
        }
        let what = format!("Carry what was cut of {} into the plan", head.words());
        let mut session = self.begin(Intent { kind: "edit", what, undoes: None })?;
        let mut told = Vec::new();
        for one in &changed {
            let shipment = one.stored.head.id;
            session.put(RecordKind::Shipment, shipment, &one.image)?;
            told.extend(one.told.iter().cloned());
            told.extend(book_by_itself(&mut session, RecordKind::Shipment, shipment, (&one.stored.image, &one.image))?);
        }
        let touched = session.finish()?.touched;
        let noun = if changed.len() == 1 { "shipment" } else { "shipments" };
        let message = format!("Carried what was cut of {} into {} planned {noun}", head.words(), changed.len());
        Ok(Done { message, id: Some(id), warnings: told, touched })
    }
}

/// What has to change, shipment by shipment.
fn changes(db: &Db, id: Id, day: chrono::NaiveDate) -> Result<Vec<Changed>, StoreError> {
    let mut allowed: BTreeMap<Id, (i64, i64)> = BTreeMap::new();
    for line in of_request(db, id, day)? {
        if let (Some(item), Granted::Amount(granted)) = (line.item, line.granted) {
            let sum = allowed.entry(item).or_default();
            *sum = (sum.0 + line.asked, sum.1 + granted);
        }
    }
    let mut left: BTreeMap<Id, i64> = BTreeMap::new();
    left.extend(allowed.into_iter().filter(|(_, (asked, granted))| granted < asked).map(|(item, (_, is))| (item, is)));
    let request: Request = facts::load(db, id)?.unwrap_or_default();
    let Some(matter_id) = request.matter.filter(|_| !left.is_empty()) else { return Ok(Vec::new()) };
    take_off_what_is_used(db, matter_id, day, &mut left)?;
    let mut changed = Vec::new();
    for stored in planned(db, matter_id)? {
        changed.extend(reduced(db, stored, &mut left)?);
    }
    Ok(changed)
}

/// What shipments that have left took of the grant is no more there for those that are planned.
fn take_off_what_is_used(
    db: &Db,
    matter: Id,
    day: chrono::NaiveDate,
    left: &mut BTreeMap<Id, i64>,
) -> Result<(), StoreError> {
    for letter in record::children(db, matter, RecordKind::Permission)? {
        let Some(facts) = facts::permission(db, letter.head.id)? else { continue };
        for booked in &facts.bookings {
            let grant = facts.permission.grants.iter().find(|grant| grant.number == booked.grant_line);
            let Some(room) = grant.and_then(|grant| grant.item).and_then(|item| left.get_mut(&item)) else { continue };
            if matches!(booked.stage(day), Some(BookingStage::Used | BookingStage::CameBack)) {
                *room = (*room - booked.takes(Measure::Quantity, None, day)).max(0);
            }
        }
    }
    Ok(())
}

/// The shipments of the matter's projects, and those that name the matter, that have not left; the first to leave first.
fn planned(db: &Db, matter_id: Id) -> Result<Vec<Stored>, StoreError> {
    let matter: Matter = facts::load(db, matter_id)?.unwrap_or_default();
    let mut named = record::links_to(db, matter_id)?;
    for project in &matter.projects {
        named.extend(record::links_to(db, *project)?);
    }
    let mut ids: Vec<Id> = named.into_iter().map(|(from, _)| from).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut found = Vec::new();
    for id in ids {
        let Some(stored) = record::get(db, id)?.filter(|stored| stored.head.kind == RecordKind::Shipment) else {
            continue;
        };
        let facts = facts::shipment(db, &stored)?;
        let days = UseDays::of(&facts);
        let left = [days.export, days.entry].into_iter().flatten().any(|day| day.happened);
        if left || days.cancelled.is_some() || rests_elsewhere(db, &facts.shipment, matter_id, &matter)? {
            continue;
        }
        found.push((facts.shipment.planned_on.unwrap_or(chrono::NaiveDate::MAX), stored));
    }
    found.sort_by_key(|(on, stored)| (*on, stored.head.id));
    Ok(found.into_iter().map(|(_, stored)| stored).collect())
}

/// Whether a shipment says that it rests on another matter of the same instrument.
fn rests_elsewhere(db: &Db, shipment: &Shipment, matter_id: Id, matter: &Matter) -> Result<bool, StoreError> {
    if shipment.matters.contains(&matter_id) {
        return Ok(false);
    }
    for other in &shipment.matters {
        let other: Option<Matter> = facts::load(db, *other)?;
        if other.is_some_and(|other| other.instrument == matter.instrument) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A shipment with its lines reduced to what is left; `None` where nothing changes.
fn reduced(db: &Db, stored: Stored, left: &mut BTreeMap<Id, i64>) -> Result<Option<Changed>, StoreError> {
    let shipment: Shipment = facts::typed_of(&stored)?;
    let mut image = stored.image.clone();
    let Some(Value::Array(lines)) = image.get("lines").cloned() else { return Ok(None) };
    let (mut kept, mut told) = (Vec::new(), Vec::new());
    for (line, mut value) in shipment.lines.iter().zip(lines) {
        let Some((item, room)) = line.item.and_then(|item| Some((item, left.get_mut(&item)?))) else {
            kept.push(value);
            continue;
        };
        let item: Item = facts::load(db, item)?.unwrap_or_default();
        let quantity = line.quantity.unwrap_or_default();
        let base = units::to_base(&item, quantity, line.unit.as_deref()).unwrap_or(quantity).thousandths();
        let stays = base.min(*room);
        *room -= stays;
        let told_line = |to: &str| {
            format!(
                "{} line {}: {}, {} to {to}",
                stored.head.words(),
                line.number.unwrap_or_default(),
                item.name,
                signed(base)
            )
        };
        match (Quantity::from_thousandths(stays), value.as_object_mut()) {
            (Some(_), _) if stays == 0 => told.push(told_line("nothing: the line is taken out")),
            (Some(new), Some(fields)) if stays < base => {
                told.push(told_line(&new.grouped()));
                fields.insert("quantity".to_owned(), json!(new.to_string()));
                fields.remove("unit");
                if let Some(money) = &line.value {
                    fields.insert("value".to_owned(), json!(money.part(stays, base).to_string()));
                }
                kept.push(value);
            }
            _ => kept.push(value),
        }
    }
    if told.is_empty() {
        return Ok(None);
    }
    image.insert("lines".to_owned(), Value::Array(kept));
    Ok(Some(Changed { stored, image, told }))
}
