//! Writes of the planner: a shipment or trip moved to other days, and the goods of one shipment put into another.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::slots::WayOf;
use super::what_if::Moved;
use crate::domain::coverage::{Booked, MovedDates};
use crate::domain::id::Id;
use crate::domain::record::{RecordKind, Shipment, ShipmentEventKind, Trip};
use crate::domain::status::permission::booked::BookingStage;
use crate::services::perform::{Scribe, warnings};
use crate::services::session::{Intent, Session, refusal_text};
use crate::services::write::{Done, WriteError};
use crate::services::{booked, facts};
use crate::store::record::{self, Stored};

/// The field by which a trip names the shipments it goes to see.
const SEEN: &str = "shipments";

/// The fields of a record.
type Image = Map<String, Value>;

impl Scribe<'_> {
    /// Moves a shipment or a trip to other days, with its legs.
    pub(in crate::services) fn move_dates(
        &mut self,
        holder: Id,
        version: i64,
        dates: MovedDates,
    ) -> Result<Done, WriteError> {
        let stored = self.expected(holder, version)?;
        let (kind, words) = (stored.head.kind, stored.head.words());
        let moved = Moved::of(self.db, &stored, dates)?;
        let moved = moved.ok_or_else(|| refusal_text(&words, "Only a shipment or a trip can be moved. Choose one"))?;
        let image = moved.image(&stored.image);
        if image == stored.image {
            return Ok(Done { message: format!("{words} is unchanged"), id: Some(holder), ..Done::default() });
        }
        let what = format!("Move {words}: {}", moved.told());
        let mut session = self.begin(Intent { kind: "edit", what, undoes: None })?;
        let image = session.image(kind, image)?;
        session.put(kind, holder, &image)?;
        let done = session.finish()?;
        let warnings = warnings(self.db, holder, kind, &done)?;
        let message = format!("Moved {words}: {}", moved.told());
        Ok(Done { message, id: Some(holder), warnings, touched: done.touched })
    }

    /// Puts the goods of one planned shipment into another: lines renumbered, bookings given back and made anew. What is
    /// left of the first is cancelled, or taken away where nothing names it.
    pub(in crate::services) fn put_together(&mut self, from: Id, into: Id) -> Result<Done, WriteError> {
        let (from, into) = (self.planned(from)?, self.planned(into)?);
        if from.stored.head.id == into.stored.head.id {
            return Err(refusal_text(&from.stored.head.words(), "Choose two different shipments"));
        }
        if WayOf::of(&from.shipment) != WayOf::of(&into.shipment) {
            let reason = format!(
                "It does not go the way of {}: direction, project, shipper and the place they leave from must be the same. Mend these, or choose another",
                into.stored.head.reference
            );
            return Err(refusal_text(&from.stored.head.words(), &reason));
        }
        let (name, target) = (from.stored.head.reference.clone(), into.stored.head.reference.clone());
        let (numbers, image) = joined(&from, &into);
        let bookings = self.reserved(&from.stored)?;
        let mut told: Vec<String> = Vec::new();
        for (old, new) in numbers.iter().filter(|(old, new)| old != new) {
            told.push(format!("Line {old} of {name} is line {new} of {target} now"));
        }
        let (lines, moved) = (numbers.len(), bookings.len());
        let what = format!("Put shipment {name} into {target}");
        let mut session = self.begin(Intent { kind: "edit", what, undoes: None })?;
        put(&mut session, RecordKind::Shipment, into.stored.head.id, image)?;
        for stored in bookings {
            rebook(&mut session, &stored, into.stored.head.id, &numbers)?;
        }
        let mut emptied = from.stored.image.clone();
        emptied.remove("lines");
        emptied.remove("shares");
        put(&mut session, RecordKind::Shipment, from.stored.head.id, emptied)?;
        told.extend(paid_otherwise(&from, &into, &numbers));
        told.extend(turn_trips(&mut session, &from.stored, &into.stored)?);
        let end = end(&mut session, &from.stored, &target)?;
        let touched = session.finish()?.touched;
        let message = format!(
            "Put shipment {name} into {target}: {} and {} moved; {name} {end}",
            counted(lines, "line"),
            counted(moved, "booking")
        );
        Ok(Done { message, id: Some(into.stored.head.id), warnings: told, touched })
    }

    /// A shipment that has not left and was not cancelled; the refusal says what it is instead.
    fn planned(&self, id: Id) -> Result<Planned, WriteError> {
        let stored = record::get(self.db, id)?.filter(|stored| stored.head.kind == RecordKind::Shipment);
        let stored = stored.ok_or_else(|| refusal_text("The shipment", "It is gone. Choose another"))?;
        let facts = facts::shipment(self.db, &stored)?;
        let words = stored.head.words();
        let event = |wanted| facts.events.iter().any(|event| event.kind == Some(wanted));
        if event(ShipmentEventKind::Dispatched) || !facts.receipts.is_empty() {
            return Err(refusal_text(
                &words,
                "It has left already, so its goods stay in it. Choose a shipment that is planned",
            ));
        }
        if event(ShipmentEventKind::Cancelled) {
            return Err(refusal_text(&words, "It was cancelled. Choose a shipment that is planned"));
        }
        Ok(Planned { stored, shipment: facts.shipment })
    }

    /// The bookings of a shipment that are set aside and not used.
    fn reserved(&self, shipment: &Stored) -> Result<Vec<Stored>, WriteError> {
        let mut found = Vec::new();
        for (from, field) in record::links_to(self.db, shipment.head.id)? {
            let Some(stored) = record::get(self.db, from)?.filter(|one| one.head.kind == RecordKind::Booking) else {
                continue;
            };
            let known: Option<(Booked, _)> =
                if field == booked::OF_SHIPMENT { booked::alone(self.db, &stored)? } else { None };
            let stage = known.and_then(|(booked, _)| booked.stage(self.moment.today.max(booked.booked_on)));
            if stage == Some(BookingStage::Reserved) {
                found.push(stored);
            }
        }
        Ok(found)
    }
}

/// A shipment that is planned.
struct Planned {
    stored: Stored,
    shipment: Shipment,
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn put(session: &mut Session<'_>, kind: RecordKind, id: Id, draft: Image) -> Result<(), WriteError> {
    let image = session.image(kind, draft)?;
    session.put(kind, id, &image)
}

fn rows(image: &Image, field: &str) -> Vec<Value> {
    image.get(field).and_then(Value::as_array).cloned().unwrap_or_default()
}

/// The image of the target with the lines of the other, and the new number of each of those lines.
fn joined(from: &Planned, into: &Planned) -> (BTreeMap<u32, u32>, Image) {
    let mut next = into.shipment.lines.iter().filter_map(|line| line.number).max().unwrap_or(0);
    let mut numbers = BTreeMap::new();
    let mut lines = rows(&into.stored.image, "lines");
    for (line, row) in from.shipment.lines.iter().zip(rows(&from.stored.image, "lines")) {
        let Value::Object(mut row) = row else { continue };
        next += 1;
        numbers.insert(line.number.unwrap_or_default(), next);
        row.insert("number".to_owned(), json!(next));
        // Who receives it stays the same.
        if line.consignee.is_none()
            && from.shipment.consignee != into.shipment.consignee
            && let Some(consignee) = from.shipment.consignee
        {
            row.insert("consignee".to_owned(), json!(consignee.0));
        }
        lines.push(Value::Object(row));
    }
    let mut image = into.stored.image.clone();
    image.insert("lines".to_owned(), Value::Array(lines));
    let mut shares = rows(&into.stored.image, "shares");
    shares.extend(moved_shares(from, &numbers));
    if !shares.is_empty() {
        image.insert("shares".to_owned(), Value::Array(shares));
    }
    let mut matters = into.shipment.matters.clone();
    matters.extend(from.shipment.matters.iter().filter(|matter| !into.shipment.matters.contains(matter)));
    if !matters.is_empty() {
        image.insert("matters".to_owned(), json!(matters));
    }
    (numbers, image)
}

/// Who pays for the lines that move. What was said of all lines is said of each of them.
fn moved_shares(from: &Planned, numbers: &BTreeMap<u32, u32>) -> Vec<Value> {
    let mut moved = Vec::new();
    for line in from.shipment.lines.iter().filter(|line| line.fund.is_none()) {
        let Some(new) = line.number.and_then(|number| numbers.get(&number)) else { continue };
        let own = from.shipment.shares.iter().any(|share| share.line == line.number);
        let wanted = if own { line.number } else { None };
        for (share, row) in from.shipment.shares.iter().zip(rows(&from.stored.image, "shares")) {
            if let (true, Value::Object(mut row)) = (share.line == wanted, row) {
                row.insert("line".to_owned(), json!(new));
                moved.push(Value::Object(row));
            }
        }
    }
    moved
}

/// The lines that nobody was said to pay for, and that the target's own shares cover now.
fn paid_otherwise(from: &Planned, into: &Planned, numbers: &BTreeMap<u32, u32>) -> Option<String> {
    let covers = into.shipment.shares.iter().any(|share| share.line.is_none());
    let free = |number: u32| {
        let line = from.shipment.lines.iter().find(|line| line.number == Some(number));
        let shares = &from.shipment.shares;
        line.is_some_and(|line| line.fund.is_none())
            && !shares.iter().any(|share| share.line.is_none() || share.line == Some(number))
    };
    let lines: Vec<String> = numbers.iter().filter(|(old, _)| free(**old)).map(|(_, new)| new.to_string()).collect();
    (covers && !lines.is_empty()).then(|| {
        let target = &into.stored.head.reference;
        let lines = lines.join(", ");
        format!(
            "Line {lines} of {target}: the funds of {target} pay for it now. Give it a fund of its own if that is wrong"
        )
    })
}

/// Gives a booking back and makes it anew for the line as it is numbered now.
fn rebook(
    session: &mut Session<'_>,
    stored: &Stored,
    into: Id,
    numbers: &BTreeMap<u32, u32>,
) -> Result<(), WriteError> {
    let today = session.moment.today.to_string();
    let day =
        stored.image.get("booked_on").and_then(Value::as_str).map_or(today.clone(), |on| today.max(on.to_owned()));
    let mut old = stored.image.clone();
    old.insert("released_on".to_owned(), json!(day));
    put(session, RecordKind::Booking, stored.head.id, old)?;
    let line = stored.image.get("line").and_then(Value::as_u64).and_then(|line| u32::try_from(line).ok());
    let Some(line) = line.and_then(|line| numbers.get(&line)) else { return Ok(()) };
    let mut new = stored.image.clone();
    new.remove("reference");
    new.insert("shipment".to_owned(), json!(into.0));
    new.insert("line".to_owned(), json!(line));
    new.insert("booked_on".to_owned(), json!(day));
    let image = session.image(RecordKind::Booking, new)?;
    session.create(RecordKind::Booking, image)?;
    Ok(())
}

/// Trips that went to see the one go to see the other. What else speaks of it is told.
fn turn_trips(session: &mut Session<'_>, from: &Stored, into: &Stored) -> Result<Vec<String>, WriteError> {
    let mut told = Vec::new();
    for (id, field) in record::links_to(session.db, from.head.id)? {
        let head = record::head(session.db, id)?;
        if let Some(other) = head.filter(|head| matches!(head.kind, RecordKind::Reliance | RecordKind::Clearance)) {
            told.push(format!("{} speaks of {} still. Look at it", other.words(), from.head.reference));
        }
        let Some(stored) =
            record::get(session.db, id)?.filter(|one| one.head.kind == RecordKind::Trip && field == SEEN)
        else {
            continue;
        };
        let trip: Trip = facts::typed_of(&stored)?;
        let mut seen: Vec<Id> = Vec::new();
        for shipment in &trip.shipments {
            let now = if *shipment == from.head.id { into.head.id } else { *shipment };
            if !seen.contains(&now) {
                seen.push(now);
            }
        }
        let mut image = stored.image.clone();
        image.insert(SEEN.to_owned(), json!(seen));
        put(session, RecordKind::Trip, id, image)?;
        told.push(format!("Trip {} goes to see {} now", stored.head.reference, into.head.reference));
    }
    Ok(told)
}

/// Ends a shipment that holds nothing any more; says how.
fn end(session: &mut Session<'_>, from: &Stored, target: &str) -> Result<&'static str, WriteError> {
    let id = from.head.id;
    // The numbers by which others know it are not thrown away.
    let known = from.image.get("references").and_then(Value::as_array).is_some_and(|all| !all.is_empty());
    let named = known || record::links_to(session.db, id)?.iter().any(|(naming, _)| *naming != id);
    if !named && let Some(head) = record::head(session.db, id)? {
        session.remove(&head)?;
        return Ok("is deleted");
    }
    let draft = json!({
        "shipment": id.0, "kind": ShipmentEventKind::Cancelled.word(), "on": session.moment.today.to_string(),
        "text": format!("Its goods go with {target}"),
    });
    let Value::Object(draft) = draft else { return Ok("is empty") };
    let image = session.image(RecordKind::ShipmentEvent, draft)?;
    session.create(RecordKind::ShipmentEvent, image)?;
    Ok("is cancelled")
}
