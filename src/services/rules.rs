//! The rules as they hold in a workspace, and the acts that its records are made of.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Failure, Workspace, facts};
use crate::domain::codes;
use crate::domain::coverage::UseDays;
use crate::domain::id::Id;
use crate::domain::quantity::Quantity;
use crate::domain::record::{
    Authority, Instrument, Item, Organisation, Party, Person, Project, RecordKind, Rule, Trip, UsePoint,
};
use crate::domain::rules::{Act, RuleBook, RuleRow, acts};
use crate::domain::status::shipment::ShipmentFacts;
use crate::store::record::{self, Stored};
use crate::store::{Db, StoreError};

impl Workspace {
    /// The codes of the instruments of this workspace: those that a rule file for it may name.
    pub fn instrument_codes(&self) -> Result<BTreeSet<String>, Failure> {
        Ok(instruments(self.store.db())?.into_keys().collect())
    }
}

/// The shipped rows with the workspace's own.
pub(super) fn book(db: &Db) -> Result<RuleBook, StoreError> {
    let own = own_rows(db)?;
    // Most workspaces have none of their own.
    Ok(if own.is_empty() { RuleBook::shipped().clone() } else { RuleBook::merged(own) })
}

/// The workspace's own rows, those not used included.
pub(super) fn own_rows(db: &Db) -> Result<Vec<RuleRow>, StoreError> {
    let mut rows = Vec::new();
    for id in record::all_ids(db, RecordKind::Rule)? {
        let Some(mut rule) = facts::load::<Rule>(db, id)? else { continue };
        let mut instruments = Vec::with_capacity(rule.needs.len());
        for need in &mut rule.needs {
            let head = need.instrument.take().map(|instrument| record::head(db, instrument)).transpose()?.flatten();
            instruments.push(head.map(|head| head.reference).unwrap_or_default());
        }
        let overrides = RuleBook::shipped().rows().iter().any(|row| row.rule.code().eq_ignore_ascii_case(rule.code()));
        rows.push(RuleRow { rule, instruments, own: true, overrides });
    }
    Ok(rows)
}

/// Two rows of the workspace that stand for the same code hold on different days.
pub(super) fn contradiction(db: &Db, stored: &Stored) -> Result<Option<String>, StoreError> {
    let rule: Rule = facts::typed_of(stored)?;
    for id in record::all_ids(db, RecordKind::Rule)?.into_iter().filter(|id| *id != stored.head.id) {
        let Some(other) = facts::load::<Rule>(db, id)? else { continue };
        if other.code().eq_ignore_ascii_case(rule.code()) && other.overlaps(&rule) {
            let days = |rule: &Rule| {
                let from = rule.from.map(|on| on.to_string()).unwrap_or_default();
                rule.to.map_or_else(|| format!("from {from} on"), |to| format!("from {from} to {to}"))
            };
            return Ok(Some(format!(
                "Rules {} ({}) and {} ({}) both stand for {} on the same days. End the earlier one on the day before the later one begins",
                rule.reference,
                days(&rule),
                other.reference,
                days(&other),
                rule.code()
            )));
        }
    }
    Ok(None)
}

/// An instrument as it is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// Its id; `None` where the workspace does not have it.
    pub id: Option<Id>,
    /// Its name.
    pub name: String,
    /// Its authority.
    pub authority_id: Option<Id>,
    /// The short name of its authority.
    pub authority: String,
    /// Where a permission of it is used.
    pub use_point: Option<UsePoint>,
}

/// The instruments of the workspace by their codes.
pub(super) fn instruments(db: &Db) -> Result<BTreeMap<String, Named>, StoreError> {
    let mut found = BTreeMap::new();
    for id in record::all_ids(db, RecordKind::Instrument)? {
        let Some(instrument) = facts::load::<Instrument>(db, id)? else { continue };
        let authority_id = instrument.authority;
        let authority = authority_id.map(|id| facts::load::<Authority>(db, id)).transpose()?.flatten();
        let authority = authority.unwrap_or_default();
        let short = if authority.short_name.is_empty() { authority.name } else { authority.short_name };
        found.insert(
            instrument.reference,
            Named {
                id: Some(id),
                name: instrument.name,
                authority_id,
                authority: short,
                use_point: instrument.use_point,
            },
        );
    }
    Ok(found)
}

/// The organisation whose workspace this is.
pub(super) fn organisation(db: &Db) -> Result<Option<Organisation>, StoreError> {
    let first = record::all_ids(db, RecordKind::Organisation)?.into_iter().next();
    Ok(first.map(|id| facts::load(db, id)).transpose()?.flatten())
}

/// An act with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedAct {
    /// In words: `Line 2: Hygiene kit, 800 pcs`.
    pub what: String,
    /// The numbers of the lines.
    pub lines: Vec<u32>,
    /// The act.
    pub act: Act,
    /// The days on which a shipment meets those who permit; what is not among them is done on the day of the act.
    pub used_on: BTreeMap<UsePoint, NaiveDate>,
}

impl NamedAct {
    /// An act that is done on one day.
    pub const fn of(what: String, lines: Vec<u32>, act: Act) -> Self {
        Self { what, lines, act, used_on: BTreeMap::new() }
    }

    /// The day on which a permission is used.
    pub fn day(&self, point: Option<UsePoint>) -> NaiveDate {
        self.used_on.get(&point.unwrap_or(UsePoint::Entry)).copied().unwrap_or(self.act.on)
    }
}

/// What is to be known of all acts of a record together.
pub(super) type ActsOf = (Vec<NamedAct>, Vec<String>);

/// The acts of a record that has any; of another kind, none. A day that is missing on the record is `on`.
pub(super) fn acts_of(db: &Db, stored: &Stored, on: NaiveDate) -> Result<ActsOf, StoreError> {
    match stored.head.kind {
        RecordKind::Shipment => of_shipment(db, &facts::shipment(db, stored)?, on),
        RecordKind::Project => of_project(db, &facts::typed_of(stored)?, on),
        RecordKind::Trip => of_trip(db, &facts::typed_of(stored)?, on),
        _ => Ok((Vec::new(), Vec::new())),
    }
}

fn of_shipment(db: &Db, facts: &ShipmentFacts, on: NaiveDate) -> Result<ActsOf, StoreError> {
    let shipment = &facts.shipment;
    // As the coverage judges it: each permission on the day of its use, and on the day that is looked from where none is known.
    let days = UseDays::of(facts);
    let day = |point: &UsePoint| (*point, days.at(*point).map_or(on, |used| used.on));
    let used_on: BTreeMap<UsePoint, NaiveDate> = UsePoint::ALL.iter().map(day).collect();
    let shipper: Option<Party> = shipment.shipper.map(|id| facts::load(db, id)).transpose()?.flatten();
    let actor = acts::actor_of(organisation(db)?.as_ref(), shipper.as_ref());
    let on = shipment.planned_on.or(shipment.expected_on).unwrap_or(on);
    let lines = shipment.lines.iter().map(|line| Asked {
        number: line.number.unwrap_or_default(),
        item: line.item,
        quantity: line.quantity,
        unit: line.unit.as_deref(),
        on,
    });
    let mut found = Vec::new();
    for (group, item) in grouped(db, lines.collect())? {
        let act = acts::of_line(shipment, &item, &actor, group.on);
        found.push(NamedAct { used_on: used_on.clone(), ..NamedAct::of(group.words(&item), group.lines, act) });
    }
    let mut remarks = Vec::new();
    if shipment.legs.is_empty() && !found.is_empty() {
        remarks.push("The way is not known: add its legs, so that papers of transit are judged".to_owned());
    }
    Ok((found, remarks))
}

fn of_project(db: &Db, project: &Project, on: NaiveDate) -> Result<ActsOf, StoreError> {
    let actor = acts::actor_of(organisation(db)?.as_ref(), None);
    let lines = project.plan.iter().map(|line| Asked {
        number: line.number.unwrap_or_default(),
        item: line.item,
        quantity: line.quantity,
        unit: line.unit.as_deref(),
        // What is late is done today at the earliest.
        on: line.due_on.or(project.ends_on).map_or(on, |due| due.max(on)),
    });
    let mut found = Vec::new();
    for (group, item) in grouped(db, lines.collect())? {
        let act = acts::of_plan(&item, &actor, group.on);
        found.push(NamedAct::of(group.words(&item), group.lines, act));
    }
    let mut remarks = Vec::new();
    if !found.is_empty() {
        let words = "A plan does not know the way, nor who ships: transit and another shipper's country are judged on the \
                     shipment";
        remarks.push(words.to_owned());
    }
    Ok((found, remarks))
}

fn of_trip(db: &Db, trip: &Trip, on: NaiveDate) -> Result<ActsOf, StoreError> {
    let on = trip.departs_on.unwrap_or(on);
    let mut found = Vec::new();
    for traveller in &trip.travellers {
        let person: Option<Person> = traveller.person.map(|id| facts::load(db, id)).transpose()?.flatten();
        let Some(person) = person else { continue };
        let act = acts::of_traveller(trip, &person, &traveller.passport, on);
        let passport = act.traveller.as_ref().and_then(|traveller| traveller.passport_country.as_deref());
        let passport = passport.map_or("not known", |code| codes::country_name(code).unwrap_or(code));
        found.push(NamedAct::of(format!("{}, passport: {passport}", person.name), Vec::new(), act));
    }
    Ok((found, Vec::new()))
}

/// A line with goods.
#[derive(Clone, Copy)]
struct Asked<'a> {
    number: u32,
    item: Option<Id>,
    quantity: Option<Quantity>,
    unit: Option<&'a str>,
    on: NaiveDate,
}

/// The lines of one item on one day: they get the same answer.
struct Group {
    lines: Vec<u32>,
    on: NaiveDate,
    quantity: String,
}

impl Group {
    fn words(&self, item: &Item) -> String {
        let numbers: Vec<String> = self.lines.iter().map(ToString::to_string).collect();
        match numbers.as_slice() {
            [one] => format!("Line {one}: {}{}", item.name, self.quantity),
            _ => format!("Lines {}: {}", numbers.join(", "), item.name),
        }
    }
}

/// Lines put together by item and day, in the order in which they first stand.
fn grouped(db: &Db, lines: Vec<Asked<'_>>) -> Result<Vec<(Group, Item)>, StoreError> {
    let mut order: Vec<(Id, NaiveDate)> = Vec::new();
    let mut groups: BTreeMap<(Id, NaiveDate), Vec<Asked<'_>>> = BTreeMap::new();
    for line in lines {
        let Some(item) = line.item else { continue };
        let group = groups.entry((item, line.on)).or_default();
        if group.is_empty() {
            order.push((item, line.on));
        }
        group.push(line);
    }
    let mut found = Vec::new();
    for key in order {
        let (Some(group), Some(item)) = (groups.get(&key), facts::load::<Item>(db, key.0)?) else { continue };
        let quantity = group.first().and_then(|line| Some((line.quantity?, line.unit)));
        let base = item.base_unit.clone().unwrap_or_default();
        let quantity = quantity
            .map(|(quantity, unit)| format!(", {} {}", quantity.grouped(), codes::unit_short(unit.unwrap_or(&base))));
        let lines: BTreeSet<u32> = group.iter().map(|line| line.number).collect();
        let group = Group { lines: lines.into_iter().collect(), on: key.1, quantity: quantity.unwrap_or_default() };
        found.push((group, item));
    }
    Ok(found)
}
