//! The shipments that a permission allows: loads what is planned with it and what is left of it, and words the plan.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use crate::domain::coverage::slots::{Load, Part, SlotFacts};
use crate::domain::coverage::{Left, Standing, UseDays};
use crate::domain::date::FuzzyDate;
use crate::domain::goods::NEVER;
use crate::domain::id::Id;
use crate::domain::record::{Item, Lot, Measure, RecordKind, Shipment, ShipmentLine, UsePoint, Way};
use crate::domain::status::permission::amounts::amount;
use crate::domain::status::permission::{PermissionFacts, WindowFit};
use crate::domain::status::shipment::ShipmentFacts;
use crate::domain::units;
use crate::services::queries::{RecordLink, SlotsAnswer};
use crate::services::{booked, facts, stock};
use crate::store::{Db, StoreError, goods, record};

use super::slot_words::SlotWords;

/// The field by which a shipment names the matters it rests on.
const RESTS_ON: &str = "matters";
/// The field by which a lot names its item.
const LOT_OF: &str = "item";

/// The slots of a permission; `None` where it is gone.
pub(in crate::services) fn of_permission(db: &Db, id: Id, as_of: NaiveDate) -> Result<Option<SlotsAnswer>, StoreError> {
    let Some(head) = record::head(db, id)?.filter(|head| head.kind == RecordKind::Permission) else { return Ok(None) };
    let Some(permit) = facts::permission(db, id)? else { return Ok(None) };
    let given = permit.permission.given_on.map_or(as_of, FuzzyDate::last);
    let day = as_of.max(given);
    let mut gather = Gather {
        db,
        permit: &permit,
        id,
        day,
        standings: permit.standings(day),
        unbooked: BTreeMap::new(),
        ways: Vec::new(),
        items: BTreeMap::new(),
    };
    let (facts, notes) = gather.facts(as_of)?;
    let plan = facts.plan();
    let permission = RecordLink { id, kind: head.kind, reference: head.reference, title: head.title };
    let words = SlotWords { db, items: &gather.items, facts: &facts };
    words.answer(permission, as_of, &plan, notes).map(Some)
}

/// Reads what the plan stands on.
struct Gather<'a> {
    db: &'a Db,
    permit: &'a PermissionFacts,
    id: Id,
    day: NaiveDate,
    /// What stands of its grant lines on the day.
    standings: Vec<Standing>,
    /// What shipments hold of a grant line and have not booked.
    unbooked: BTreeMap<Option<u32>, i64>,
    ways: Vec<WayOf>,
    items: BTreeMap<Id, Item>,
}

impl Gather<'_> {
    fn facts(&mut self, as_of: NaiveDate) -> Result<(SlotFacts, Vec<String>), StoreError> {
        let (first, last) = self.permit.window_days(self.day).unwrap_or((self.day, None));
        let mut notes = Vec::new();
        let mut loads = Vec::new();
        let (booked, named) = (self.booked()?, self.naming()?);
        let shipments: BTreeSet<Id> = booked.keys().copied().chain(named.iter().copied()).collect();
        for shipment in shipments {
            let taken = booked.get(&shipment).map(Vec::as_slice).unwrap_or_default();
            loads.extend(self.load(shipment, taken, named.contains(&shipment))?);
        }
        let loose = self.loose(&mut notes)?;
        let cap = self.permit.cap(self.day);
        let facts = SlotFacts { cap, first, last, today: as_of, loads, loose };
        let state = self.permit.on(self.day).map(|state| state.validity);
        let ended = state.filter(|state| state.has_ended() && last.is_none_or(|last| last >= as_of));
        match ended {
            Some(ended) => {
                notes.push(format!("The permission is “{}”", ended.label().to_lowercase()));
                Ok((facts.ended(as_of), notes))
            }
            None => Ok((facts, notes)),
        }
    }

    /// The active bookings of shipments, by shipment: its line, the grant line and how much.
    fn booked(&self) -> Result<BTreeMap<Id, Vec<Taken>>, StoreError> {
        let mut found: BTreeMap<Id, Vec<Taken>> = BTreeMap::new();
        for booked in self.permit.bookings.iter().filter(|booked| booked.is_active(self.day)) {
            let is_shipment =
                record::head(self.db, booked.holder)?.is_some_and(|head| head.kind == RecordKind::Shipment);
            if is_shipment {
                let taken = Taken { line: booked.line, grant_line: booked.grant_line, quantity: booked.quantity };
                found.entry(booked.holder).or_default().push(taken);
            }
        }
        Ok(found)
    }

    /// The shipments that say that they rest on the permission's matter.
    fn naming(&self) -> Result<Vec<Id>, StoreError> {
        let Some(matter) = self.permit.permission.matter else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for (from, field) in record::links_to(self.db, matter)? {
            if field == RESTS_ON && record::head(self.db, from)?.is_some_and(|head| head.kind == RecordKind::Shipment) {
                found.push(from);
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// A shipment with its goods of this permission; `None` where it has none, or was cancelled.
    fn load(&mut self, id: Id, booked: &[Taken], named: bool) -> Result<Option<Load>, StoreError> {
        let Some(stored) = record::get(self.db, id)? else { return Ok(None) };
        let facts = facts::shipment(self.db, &stored)?;
        let days = UseDays::of(&facts);
        if days.cancelled.is_some_and(|on| on <= self.day) {
            return Ok(None);
        }
        let point = booked::instrument_of(self.db, &self.permit.permission)?.and_then(|(_, one)| one.use_point);
        let used = days.at(point.unwrap_or(UsePoint::Entry));
        let gone = days.export.or(used).is_some_and(|day| day.happened && day.on <= self.day);
        if booked.is_empty() && !self.is_meant(used.map(|used| used.on), gone)? {
            return Ok(None);
        }
        let parts = self.parts(&facts, (booked, named), &days, used.map(|used| used.on))?;
        if parts.is_empty() {
            return Ok(None);
        }
        let way = self.way(&facts.shipment);
        Ok(Some(Load { holder: id, day: used.map(|used| used.on), gone, way, parts }))
    }

    /// Whether a shipment that books nothing means this letter, and not another one of the same matter. What has gone means
    /// it where it was used within the window.
    fn is_meant(&self, used: Option<NaiveDate>, gone: bool) -> Result<bool, StoreError> {
        let spans = |permit: &PermissionFacts, day: NaiveDate| permit.window(self.day, day) == Some(WindowFit::Inside);
        let Some(day) = used else { return Ok(!gone) };
        if spans(self.permit, day) {
            return Ok(true);
        }
        let Some(matter) = self.permit.permission.matter.filter(|_| !gone) else { return Ok(false) };
        for other in record::children(self.db, matter, RecordKind::Permission)? {
            let other = if other.head.id == self.id { None } else { facts::permission(self.db, other.head.id)? };
            if other.is_some_and(|other| spans(&other, day)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn parts(
        &mut self,
        facts: &ShipmentFacts,
        (booked, named): (&[Taken], bool),
        days: &UseDays,
        used: Option<NaiveDate>,
    ) -> Result<Vec<Part>, StoreError> {
        let under_way = match (days.export.map(|day| day.on), used) {
            (Some(left), Some(used)) => u64::try_from((used - left).num_days()).unwrap_or(0),
            _ => 0,
        };
        let lines = &facts.shipment.lines;
        let mut parts = Vec::new();
        for taken in booked {
            let line = lines.iter().find(|line| line.number == taken.line);
            parts.push(self.part(line, taken.grant_line, taken.quantity, under_way)?);
        }
        // What it holds besides, and what the letter was given for, will be booked of it.
        for line in lines.iter().filter(|_| named) {
            let taken: i64 = booked.iter().filter(|one| one.line == line.number).map(|one| one.quantity).sum();
            let rest = self.in_base(line)? - taken;
            for (grant_line, quantity) in self.spread(line.item, rest) {
                parts.push(self.part(Some(line), grant_line, quantity, under_way)?);
                *self.unbooked.entry(grant_line).or_default() += quantity;
            }
        }
        Ok(parts)
    }

    /// What is planned of an item, laid on the grant lines that were given for it, one after the other as far as each
    /// reaches. What is more than all of them allow stands on the last one.
    fn spread(&self, item: Option<Id>, mut rest: i64) -> Vec<(Option<u32>, i64)> {
        let lines = self.grants_for(item);
        let mut found = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let free = if at + 1 == lines.len() { rest } else { self.free(*line).map_or(rest, |free| free.min(rest)) };
            if free > 0 {
                found.push((*line, free));
                rest -= free;
            }
        }
        found
    }

    /// What nobody has booked or planned yet of a grant line; `None` where it has no limit.
    fn free(&self, line: Option<u32>) -> Option<i64> {
        let of_line = |one: &&Standing| one.line == line && one.measure == Measure::Quantity;
        match self.standings.iter().find(of_line)?.left() {
            Left::Limited(left) => Some(left - self.unbooked.get(&line).copied().unwrap_or(0)),
            Left::Unlimited | Left::NotStated => None,
        }
    }

    fn part(
        &mut self,
        line: Option<&ShipmentLine>,
        grant_line: Option<u32>,
        quantity: i64,
        under_way: u64,
    ) -> Result<Part, StoreError> {
        let lot = line.and_then(|line| line.lot);
        let lot: Option<Lot> = lot.map(|lot| facts::load(self.db, lot)).transpose()?.flatten();
        let item = line.and_then(|line| line.item);
        if let Some(item) = item {
            self.item(item)?;
        }
        Ok(Part {
            useful_until: line.and_then(|line| line.expires_on).or(lot.as_ref().and_then(|lot| lot.expires_on)),
            ready: lot.and_then(|lot| lot.on).and_then(|on| on.checked_add_days(Days::new(under_way))),
            grant_line,
            item,
            quantity,
        })
    }

    /// The grant lines that were given for an item, or the letter as a whole where it has no lines.
    fn grants_for(&self, item: Option<Id>) -> Vec<Option<u32>> {
        let changes = self.permit.changes.iter().flat_map(|change| &change.grants);
        let mut grants = self.permit.permission.grants.iter().chain(changes).peekable();
        if grants.peek().is_none() {
            return vec![None];
        }
        let mut found = Vec::new();
        for grant in grants.filter(|grant| grant.item.is_some() && grant.item == item) {
            if !found.contains(&grant.number) {
                found.push(grant.number);
            }
        }
        found
    }

    fn in_base(&mut self, line: &ShipmentLine) -> Result<i64, StoreError> {
        let quantity = line.quantity.unwrap_or_default();
        let Some(item) = line.item else { return Ok(quantity.thousandths()) };
        let item = self.item(item)?;
        Ok(units::to_base(item, quantity, line.unit.as_deref()).unwrap_or(quantity).thousandths())
    }

    fn item(&mut self, id: Id) -> Result<&Item, StoreError> {
        if let std::collections::btree_map::Entry::Vacant(entry) = self.items.entry(id) {
            entry.insert(facts::load(self.db, id)?.unwrap_or_default());
        }
        Ok(self.items.entry(id).or_default())
    }

    fn way(&mut self, shipment: &Shipment) -> usize {
        let way = WayOf::of(shipment);
        self.ways.iter().position(|known| *known == way).unwrap_or_else(|| {
            self.ways.push(way);
            self.ways.len() - 1
        })
    }

    /// What is left of each grant line, split by the lots that lie ready for it.
    fn loose(&mut self, notes: &mut Vec<String>) -> Result<Vec<Part>, StoreError> {
        let mut loose = Vec::new();
        for standing in std::mem::take(&mut self.standings) {
            if standing.measure != Measure::Quantity {
                continue;
            }
            let line = standing.line;
            let left = match standing.left() {
                Left::Limited(left) => left - self.unbooked.get(&line).copied().unwrap_or(0),
                Left::Unlimited | Left::NotStated => {
                    notes.push(format!("Line {} states no quantity, so nothing is planned of it", line.unwrap_or(0)));
                    continue;
                }
            };
            let changes = self.permit.changes.iter().flat_map(|change| &change.grants);
            let mut grants = self.permit.permission.grants.iter().chain(changes);
            let item = grants.find(|grant| grant.number == line).and_then(|grant| grant.item);
            match left {
                1.. => self.split(line, item, left, &mut loose)?,
                0 => {}
                _ => notes.push(format!(
                    "Line {}: {} more are planned than it grants. Ship less, or ask for more",
                    line.unwrap_or(0),
                    amount(-left)
                )),
            }
        }
        Ok(loose)
    }

    fn split(
        &mut self,
        grant_line: Option<u32>,
        item: Option<Id>,
        mut left: i64,
        loose: &mut Vec<Part>,
    ) -> Result<(), StoreError> {
        if let Some(item) = item {
            self.item(item)?;
            for Lying { useful_until, ready, quantity } in self.lots(item)? {
                let quantity = quantity.min(left);
                if quantity > 0 {
                    loose.push(Part { useful_until, ready, grant_line, item: Some(item), quantity });
                    left -= quantity;
                }
            }
        }
        if left > 0 {
            loose.push(Part { useful_until: None, ready: None, grant_line, item, quantity: left });
        }
        Ok(())
    }

    /// What lies of an item and nobody plans to ship yet, lot by lot, what ends first before the others.
    fn lots(&self, item: Id) -> Result<Vec<Lying>, StoreError> {
        let mut found = Vec::new();
        for (from, field) in record::links_to(self.db, item)? {
            if field != LOT_OF {
                continue;
            }
            let Some(stored) = record::get(self.db, from)?.filter(|one| one.head.kind == RecordKind::Lot) else {
                continue;
            };
            let lot = stock::lot(self.db, &stored)?;
            if lot.expires_on.is_some_and(|until| until < self.day) {
                continue;
            }
            let planned = goods::taken_of(self.db, from)?;
            let planned: i64 = planned.iter().filter(|one| one.on == NEVER).map(|one| one.quantity).sum();
            let quantity = lot.left(NaiveDate::MAX) - planned;
            found.push(Lying { useful_until: lot.expires_on, ready: lot.taken_on, quantity });
        }
        found.sort_by_key(|one: &Lying| (one.useful_until.unwrap_or(NaiveDate::MAX), one.ready, one.quantity));
        Ok(found)
    }
}

/// What shipments must share to be put together.
#[derive(PartialEq, Eq)]
pub(super) struct WayOf {
    direction: Way,
    shipper: Option<Id>,
    from: Option<Id>,
    project: Option<Id>,
}

impl WayOf {
    pub fn of(shipment: &Shipment) -> Self {
        let direction = shipment.direction.unwrap_or(Way::In);
        Self { direction, shipper: shipment.shipper, from: shipment.from_site, project: shipment.project }
    }
}

/// What lies of a lot.
struct Lying {
    useful_until: Option<NaiveDate>,
    ready: Option<NaiveDate>,
    quantity: i64,
}

/// What a booking takes.
struct Taken {
    line: Option<u32>,
    grant_line: Option<u32>,
    quantity: i64,
}
