//! The timeline: requests, decisions, shipments, border, arrivals, distributions and visits of the period, in the order of days.

use super::compliance::matters;
use super::scope::Scope;
use super::{Part, held, text};
use crate::domain::date::FuzzyDate;
use crate::domain::document::{Cell, Holds, Table};
use crate::domain::id::Id;
use crate::domain::record::{Distribution, Event, EventKind, Receipt, RecordKind, ShipmentEvent, Visit};
use crate::services::{Failure, facts};
use crate::store::StoreError;
use crate::store::record::{self, Head, Stored};

/// Something that happened: its day, what it was, the record, where.
struct Happened {
    id: Id,
    on: FuzzyDate,
    what: String,
    record: String,
    site: String,
}

pub(super) fn part(scope: &Scope<'_>) -> Result<Part, Failure> {
    let mut all = Vec::new();
    requests(scope, &mut all)?;
    shipments(scope, &mut all)?;
    visits(scope, &mut all)?;
    all.retain(|one| one.on.last() >= scope.from && one.on.last() <= scope.last());
    all.sort_by(|a, b| (a.on.last(), &a.record, &a.what).cmp(&(b.on.last(), &b.record, &b.what)));
    let row = |one: Happened| {
        let on = if one.on.is_day() { Cell::Day(one.on.first()) } else { Cell::text(one.on.to_string()) };
        vec![on, Cell::text(one.what), Cell::text(one.record), Cell::text(one.site)]
    };
    let mut part = Part::default();
    for (at, one) in all.iter().enumerate() {
        part.behind("timeline", Some(at), "record", scope.one(one.id));
    }
    part.table(Table {
        key: "timeline".to_owned(),
        title: "Timeline".to_owned(),
        notes: vec![
            scope.period_note(),
            "Requests and decisions for the projects of this grant, its shipments from dispatch to distribution, and visits."
                .to_owned(),
        ],
        columns: vec![
            text("Day", "on", "#date"),
            text("What happened", "what", "#event+name"),
            held(text("Record", "record", "#meta+id"), Holds::Number),
            held(text("Where", "site", "#loc+name"), Holds::Site),
        ],
        rows: all.into_iter().map(row).collect(),
        empty: "Nothing happened in the period.".to_owned(),
        ..Table::default()
    });
    Ok(part)
}

/// What happened on a known day.
fn happened(all: &mut Vec<Happened>, on: Option<FuzzyDate>, what: String, of: &Head, site: String) {
    if let Some(on) = on {
        all.push(Happened { id: of.id, on, what, record: of.reference.clone(), site });
    }
}

fn requests(scope: &Scope<'_>, all: &mut Vec<Happened>) -> Result<(), StoreError> {
    for matter in matters(scope)? {
        for request in record::children(scope.db, matter, RecordKind::Request)? {
            let head = &request.head;
            for stored in record::children(scope.db, request.head.id, RecordKind::Event)? {
                let event: Event = facts::typed_of(&stored)?;
                let shown = [EventKind::Sent, EventKind::Hold, EventKind::HoldLifted, EventKind::Withdrawn];
                if let Some(kind) = event.kind.filter(|kind| shown.contains(kind)) {
                    happened(all, event.on, format!("Request: {}", lower(kind.label())), head, String::new());
                }
            }
            for stored in record::children(scope.db, request.head.id, RecordKind::Decision)? {
                let on = stored.image.get("on").and_then(|on| on.as_str()).and_then(|on| FuzzyDate::parse(on).ok());
                happened(all, on, format!("Decision: {}", lower(&stored.head.title)), head, String::new());
            }
        }
    }
    Ok(())
}

fn shipments(scope: &Scope<'_>, all: &mut Vec<Happened>) -> Result<(), StoreError> {
    for id in scope.shipments()? {
        let Some(head) = record::head(scope.db, id)? else { continue };
        let parts = |kind: RecordKind| record::children(scope.db, id, kind);
        for stored in parts(RecordKind::ShipmentEvent)? {
            let event: ShipmentEvent = facts::typed_of(&stored)?;
            let what = event.kind.map_or_else(|| "Event".to_owned(), |kind| kind.label().to_owned());
            happened(all, event.on, format!("Shipment: {}", lower(&what)), &head, event.place);
        }
        for stored in parts(RecordKind::Receipt)? {
            let receipt: Receipt = facts::typed_of(&stored)?;
            let site = site_of(scope, receipt.site, &receipt.place)?;
            happened(all, receipt.on, "Goods received".to_owned(), &head, site);
        }
        for stored in parts(RecordKind::Distribution)? {
            let given: Distribution = facts::typed_of(&stored)?;
            happened(all, given.on, "Goods handed out".to_owned(), &head, site_of(scope, given.site, "")?);
        }
    }
    Ok(())
}

fn visits(scope: &Scope<'_>, all: &mut Vec<Happened>) -> Result<(), StoreError> {
    for project in &scope.projects {
        for (from, field) in record::links_to(scope.db, project.id)? {
            let stored: Option<Stored> = record::get(scope.db, from)?;
            let Some(stored) = stored.filter(|one| one.head.kind == RecordKind::Visit && field == "project") else {
                continue;
            };
            let visit: Visit = facts::typed_of(&stored)?;
            let site = site_of(scope, visit.site, "")?;
            let on = visit.on.map(FuzzyDate::day);
            happened(all, on, format!("Visit: {}", lower(&visit.purpose)), &stored.head, site);
        }
    }
    Ok(())
}

fn site_of(scope: &Scope<'_>, site: Option<Id>, words: &str) -> Result<String, StoreError> {
    let name = scope.title(site)?;
    Ok(if name.is_empty() { words.to_owned() } else { name })
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    let second_is_upper = words.chars().nth(1).is_some_and(char::is_uppercase);
    match letters.next() {
        Some(first) if !second_is_upper => first.to_lowercase().chain(letters).collect(),
        _ => words.to_owned(),
    }
}
