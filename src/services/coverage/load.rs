//! Loads the facts of the ledger: all of them, or only those that one shipment or trip is judged by.

use std::collections::BTreeSet;

use crate::domain::coverage::ledger::{
    Consignment, InstrumentFacts, Journey, Ledger, LineFacts, MatterFacts, Permit, Profile,
};
use crate::domain::coverage::usage::UseDays;
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::record::{
    Authority, Instrument, Item, Lot, Matter, Organisation, Party, Person, RecordKind, Reliance, Shipment,
    ShipmentLine, TripEventKind, Way,
};
use crate::domain::rules::{Actor, acts};
use crate::domain::status::request::RequestFacts;
use crate::domain::status::shipment::{ShipmentFacts, ShipmentStage};
use crate::domain::{text, units};
use crate::services::booked::{Holders, permits_of};
use crate::services::{facts, rules};
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError};

/// Fills a ledger from a workspace.
pub(in crate::services) struct Loader<'a> {
    db: &'a Db,
    /// What was loaded so far.
    pub ledger: Ledger,
    holders: Holders,
    /// Matters that others wait for, to be loaded still.
    waiting: Vec<Id>,
}

impl<'a> Loader<'a> {
    /// Begins with the instruments, the rules, our own organisation and the reliances, which all share.
    pub fn new(db: &'a Db) -> Result<Self, StoreError> {
        let mut ledger = Ledger::of(instruments(db)?, rules::book(db)?, organisation(db)?);
        for id in record::all_ids(db, RecordKind::Reliance)? {
            ledger.reliances.extend(facts::load::<Reliance>(db, id)?.map(|reliance| (id, reliance)));
        }
        Ok(Self { db, ledger, holders: Holders::default(), waiting: Vec::new() })
    }

    /// Goes on with a ledger that was loaded before.
    pub fn resume(db: &'a Db, ledger: Ledger) -> Self {
        Self { db, ledger, holders: Holders::default(), waiting: Vec::new() }
    }

    /// Loads everything of our own.
    pub fn everything(mut self) -> Result<Self, StoreError> {
        for id in record::all_ids(self.db, RecordKind::Matter)? {
            self.matter(id)?;
        }
        for id in record::all_ids(self.db, RecordKind::Shipment)? {
            self.put_shipment(id)?;
        }
        for id in record::all_ids(self.db, RecordKind::Trip)? {
            self.put_trip(id)?;
        }
        Ok(self)
    }

    /// Loads a shipment and all that it is judged by.
    pub fn shipment(&mut self, id: Id) -> Result<(), StoreError> {
        self.put_shipment(id)?;
        let matters = self.ledger.shipments.get(&id).map(|one| one.matters.clone()).unwrap_or_default();
        for matter in matters {
            self.matter(matter)?;
        }
        self.booked_of(id)
    }

    /// Loads a trip and all that it is judged by.
    pub fn trip(&mut self, id: Id) -> Result<(), StoreError> {
        self.put_trip(id)?;
        let travellers = self.ledger.trips.get(&id).map(|one| one.trip.travellers.clone()).unwrap_or_default();
        let requests: BTreeSet<Id> = travellers.into_iter().flat_map(|traveller| traveller.requests).collect();
        for request in requests {
            if let Some(matter) = record::head(self.db, request)?.and_then(|head| head.parent) {
                self.matter(matter)?;
            }
        }
        self.booked_of(id)
    }

    fn booked_of(&mut self, holder: Id) -> Result<(), StoreError> {
        for permit in permits_of(self.db, holder)? {
            self.permit(permit)?;
            let matter = self.ledger.permits.get(&permit).and_then(|permit| permit.matter);
            if let Some(matter) = matter.filter(|matter| !self.ledger.matters.contains_key(matter)) {
                self.matter(matter)?;
            }
        }
        Ok(())
    }

    /// Loads a matter with its filings, its permissions and the matters it waits for; once.
    pub fn matter(&mut self, id: Id) -> Result<(), StoreError> {
        self.waiting.push(id);
        while let Some(next) = self.waiting.pop() {
            self.matter_alone(next)?;
        }
        Ok(())
    }

    fn matter_alone(&mut self, id: Id) -> Result<(), StoreError> {
        if self.ledger.matters.contains_key(&id) {
            return Ok(());
        }
        let Some(stored) = record::get(self.db, id)?.filter(|stored| stored.head.kind == RecordKind::Matter) else {
            return Ok(());
        };
        let matter: Matter = facts::typed_of(&stored)?;
        if matter.public {
            return Ok(());
        }
        let mut requests = Vec::new();
        for request in record::children(self.db, id, RecordKind::Request)? {
            let known = facts::request(self.db, request.head.id)?;
            let without_letters = |facts: RequestFacts| RequestFacts { permissions: Vec::new(), ..facts };
            requests.extend(known.map(|facts| (request.head.id, without_letters(facts))));
        }
        self.waiting.extend(&matter.depends_on);
        let reference = stored.head.reference.clone();
        self.ledger.matters.insert(id, MatterFacts { matter, reference, requests, permits: Vec::new() });
        for permit in record::children(self.db, id, RecordKind::Permission)? {
            self.permit(permit.head.id)?;
        }
        Ok(())
    }

    /// Loads a permission anew; takes it away where it is gone.
    pub fn permit(&mut self, id: Id) -> Result<(), StoreError> {
        let Some(facts) = facts::permission_beside(self.db, id, &mut self.holders)? else {
            self.ledger.remove_permit(id);
            return Ok(());
        };
        let matter = facts.permission.matter;
        let known = matter.and_then(|matter| self.ledger.matters.get(&matter)).and_then(|one| one.matter.instrument);
        let instrument = match (known, matter) {
            (Some(known), _) => Some(known),
            (None, Some(matter)) => facts::load::<Matter>(self.db, matter)?.and_then(|matter| matter.instrument),
            (None, None) => None,
        };
        let given_by = facts.permission.decision.map(|decision| record::head(self.db, decision)).transpose()?.flatten();
        let request = given_by.and_then(|decision| decision.parent);
        self.ledger.put_permit(id, Permit { facts, matter, instrument, request });
        Ok(())
    }

    /// Loads a shipment anew; takes it away where it is gone.
    pub fn put_shipment(&mut self, id: Id) -> Result<(), StoreError> {
        let Some(stored) = record::get(self.db, id)?.filter(|stored| stored.head.kind == RecordKind::Shipment) else {
            self.ledger.shipments.remove(&id);
            return Ok(());
        };
        let facts = facts::shipment(self.db, &stored)?;
        let shipper = facts.shipment.shipper.map(|id| facts::load::<Party>(self.db, id)).transpose()?.flatten();
        let actor =
            shipper.map_or_else(|| self.ledger.organisation.clone(), |party| actor_of(party.country, party.us_person));
        let transit = acts::transit_of(&facts.shipment);
        let direction = Some(facts.shipment.direction.unwrap_or(Way::In));
        let profile = self.ledger.profile(Profile { actor, direction, transit });
        let lines =
            facts.shipment.lines.iter().map(|line| self.line(&facts.shipment, line)).collect::<Result<_, _>>()?;
        let consignment =
            Consignment { profile, lines, places: self.places(&facts.shipment)?, ..consignment(&stored, &facts) };
        self.ledger.shipments.insert(id, consignment);
        Ok(())
    }

    fn line(&mut self, shipment: &Shipment, line: &ShipmentLine) -> Result<LineFacts, StoreError> {
        if let Some(item) = line.item
            && !self.ledger.items.contains_key(&item)
        {
            self.ledger.items.insert(item, facts::load::<Item>(self.db, item)?.unwrap_or_default());
        }
        let item = line.item.and_then(|item| self.ledger.items.get(&item));
        let quantity = match (item, line.quantity) {
            (Some(item), Some(quantity)) => units::to_base(item, quantity, line.unit.as_deref()).ok(),
            (None, quantity) => quantity,
            (Some(_), None) => None,
        };
        let lot: Option<Lot> = line.lot.map(|lot| facts::load(self.db, lot)).transpose()?.flatten();
        Ok(LineFacts {
            number: line.number.unwrap_or_default(),
            item: line.item,
            quantity: quantity.map(crate::domain::quantity::Quantity::thousandths),
            consignee: line.consignee.or(shipment.consignee),
            supplier: lot.and_then(|lot| lot.supplier),
        })
    }

    /// The words of the places a shipment touches.
    fn places(&self, shipment: &Shipment) -> Result<String, StoreError> {
        let mut words: Vec<String> = Vec::new();
        for leg in &shipment.legs {
            words.extend([text::fold(&leg.from), text::fold(&leg.to)]);
        }
        for named in [shipment.from_site, shipment.consignee].into_iter().flatten() {
            words.extend(record::head(self.db, named)?.map(|head| text::fold(&head.title)));
        }
        Ok(words.join("\n"))
    }

    /// Loads a trip and its travellers anew; takes it away where it is gone.
    pub fn put_trip(&mut self, id: Id) -> Result<(), StoreError> {
        let Some(facts) = facts::trip_alone(self.db, id)? else {
            self.ledger.trips.remove(&id);
            return Ok(());
        };
        for person in facts.trip.travellers.iter().filter_map(|row| row.person) {
            self.ledger.people.insert(person, facts::load::<Person>(self.db, person)?.unwrap_or_default());
        }
        let event = |kind: TripEventKind| {
            let of_kind = facts.events.iter().filter(|event| event.kind == Some(kind));
            of_kind.filter_map(|event| event.on).map(FuzzyDate::last).min()
        };
        let closed_on = event(TripEventKind::Returned).or(event(TripEventKind::Cancelled));
        let departed = event(TripEventKind::Departed);
        self.ledger.trips.insert(id, Journey { trip: facts.trip, departed, closed_on });
        Ok(())
    }
}

fn consignment(stored: &Stored, facts: &ShipmentFacts) -> Consignment {
    let shipment = &facts.shipment;
    let ends = [ShipmentStage::Received.word(), ShipmentStage::Cancelled.word()];
    let spans = facts.spans();
    let closed = spans.last().filter(|span| ends.contains(&span.status.stage));
    Consignment {
        reference: stored.head.reference.clone(),
        title: stored.head.title.clone(),
        project: shipment.project,
        matters: shipment.matters.clone(),
        days: UseDays::of(facts),
        known_on: facts.first_day().or(shipment.planned_on),
        closed_on: closed.map(|span| span.from),
        ..Consignment::default()
    }
}

fn actor_of(country: Option<String>, us_person: bool) -> Actor {
    Actor { us_person: us_person || country.as_deref() == Some("US"), country }
}

/// Our own organisation, as one who acts.
fn organisation(db: &Db) -> Result<Actor, StoreError> {
    let first = record::all_ids(db, RecordKind::Organisation)?.into_iter().next();
    let own: Option<Organisation> = first.map(|id| facts::load(db, id)).transpose()?.flatten();
    Ok(own.map_or_else(Actor::default, |own| actor_of(own.country, false)))
}

/// The instruments in the order in which they were built in, authority by authority.
fn instruments(db: &Db) -> Result<Vec<InstrumentFacts>, StoreError> {
    let mut found = Vec::new();
    for id in record::all_ids(db, RecordKind::Instrument)? {
        let Some(instrument) = facts::load::<Instrument>(db, id)? else { continue };
        let authority = instrument.authority.map(|id| facts::load::<Authority>(db, id)).transpose()?.flatten();
        let authority =
            authority.map_or_else(String::new, |one| if one.short_name.is_empty() { one.name } else { one.short_name });
        found.push(InstrumentFacts { id, instrument, authority });
    }
    let first = |authority: &str| found.iter().position(|one| one.authority == authority);
    let mut order: Vec<(Option<usize>, usize)> = Vec::with_capacity(found.len());
    for (at, one) in found.iter().enumerate() {
        order.push((first(&one.authority), at));
    }
    order.sort_unstable();
    Ok(order.into_iter().filter_map(|(_, at)| found.get(at).cloned()).collect())
}
