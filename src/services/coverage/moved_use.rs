//! What a move does beyond the cells: windows that no longer span the use, shelf life on arrival, trips and deliveries that
//! miss one another, shipments that are pushed out of their slot.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::what_if::Moved;
use crate::domain::coverage::arrival::{Meeting, ShelfLife, meeting};
use crate::domain::coverage::ledger::{Ledger, Permit};
use crate::domain::coverage::travel::stay;
use crate::domain::coverage::{By, Judge, UseDays};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::record::{Item, Lot, RecordKind, TripEventKind, UsePoint};
use crate::domain::status::permission::WindowFit;
use crate::domain::summary::Source;
use crate::services::durations::{self, Durations};
use crate::services::facts;
use crate::services::queries::{ApprovalSpan, MeetingWords, RecordLink, ShelfLine};
use crate::store::{Db, StoreError, record};

/// The facts as they stand and as they would stand.
pub(super) struct Sides<'a> {
    pub db: &'a Db,
    pub day: NaiveDate,
    pub id: Id,
    pub ledgers: [&'a Ledger; 2],
    pub moved: &'a Moved,
}

/// How a window lies to a use: by how many days it is missed, and on which day it is used.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Fit {
    used: NaiveDate,
    missed: Option<WindowFit>,
}

impl Sides<'_> {
    /// The approvals that do not span the use, before or after.
    pub fn approvals(&self) -> Result<Vec<ApprovalSpan>, StoreError> {
        let mut found = Vec::new();
        let mut times = None;
        let mut permits = self.permits();
        permits.extend(self.named());
        for id in permits {
            let Some(permit) = self.ledgers[0].permits.get(&id) else { continue };
            let Some(fit) = self.fit(1, permit) else { continue };
            let before = self.fit(0, permit);
            let spanned = before.is_some_and(|fit| fit.missed.is_none());
            if fit.missed.is_none() && (spanned || before.is_none()) {
                continue;
            }
            if let Some(permission) = link(self.db, id)? {
                found.push(self.approval(permission, permit, (spanned, fit), &mut times)?);
            }
        }
        Ok(found)
    }

    fn approval(
        &self,
        permission: RecordLink,
        permit: &Permit,
        (spanned, Fit { used, missed }): (bool, Fit),
        times: &mut Option<Durations>,
    ) -> Result<ApprovalSpan, StoreError> {
        let letter = &permission.reference;
        let until = permit.facts.on(self.day).and_then(|state| state.until).map(FuzzyDate::last);
        let end = until.map_or_else(|| "an unknown day".to_owned(), |until| until.to_string());
        let (days, words) = match missed {
            None => (0, format!("{letter} spans the use on {used}")),
            Some(WindowFit::Late(days)) => {
                (days, format!("{letter} ends on {end}, {} before it is used on {used}", counted(days)))
            }
            Some(WindowFit::Early(days)) => {
                (days, format!("{letter} begins {} after the use on {used}", counted(days)))
            }
            Some(WindowFit::Suspended) => (0, format!("{letter} is suspended on {used}")),
            Some(WindowFit::Ended(ended)) => (0, format!("{letter} is {} on {used}", ended.label().to_lowercase())),
            Some(WindowFit::Inside) => (0, String::new()),
        };
        let late = matches!(missed, Some(WindowFit::Late(_)));
        let (ask, ask_by) = match until.filter(|_| late) {
            Some(until) => self.ask(permit, until, times)?,
            None => (String::new(), None),
        };
        Ok(ApprovalSpan { permission, spanned, spans: missed.is_none(), days, words, ask, ask_by })
    }

    /// By when an extension has to be asked for, so that the answer is there before the old window ends.
    fn ask(
        &self,
        permit: &Permit,
        until: NaiveDate,
        times: &mut Option<Durations>,
    ) -> Result<(String, Option<NaiveDate>), StoreError> {
        let instrument = permit.instrument.and_then(|one| self.ledgers[0].instrument(one));
        let instrument = instrument.and_then(|at| self.ledgers[0].instruments.get(at));
        let authority = instrument.map_or("the authority", |one| one.authority.as_str());
        if until < self.day {
            return Ok((
                format!("It ended on {until}. Ask {authority} for a new permission or an extension now"),
                None,
            ));
        }
        let times = match times.take() {
            Some(known) => times.insert(known),
            None => times.insert(durations::durations(self.db, self.day, &[Source::Own])?),
        };
        Ok(match times.ask_by(instrument.and_then(|one| one.instrument.authority), until) {
            Ok(ask) => {
                let soon = if ask.on < self.day { ", which is over: ask now" } else { "" };
                let words = ask.words();
                (format!("Ask {authority} for an extension by {}{soon}. {words}", ask.on), Some(ask.on))
            }
            Err(why) => {
                let known = "how long this authority takes is not known";
                (format!("Ask {authority} for an extension before it ends on {until}; {known}. {why}"), None)
            }
        })
    }

    /// The permissions that are booked, or that a cell names.
    fn permits(&self) -> BTreeSet<Id> {
        let mut found = BTreeSet::new();
        for ledger in self.ledgers {
            for (permit_id, at) in ledger.booked.get(&self.id).map(Vec::as_slice).unwrap_or_default() {
                let booked = ledger.permits.get(permit_id).and_then(|permit| permit.facts.bookings.get(*at));
                if booked.is_some_and(|booked| booked.is_active(self.day)) {
                    found.insert(*permit_id);
                }
            }
            let judge = Judge::new(ledger, self.day);
            let cells = judge.shipment(self.id).into_iter().flat_map(|row| row.cells);
            let cells = cells.chain(judge.trip(self.id).into_iter().flat_map(|row| row.cells));
            found.extend(cells.filter_map(|(_, cell)| match cell.by {
                By::Permission(id, _) => Some(id),
                _ => None,
            }));
        }
        found
    }

    /// The letters of the matters it rests on that can still be used, where no letter of the matter would span the use:
    /// what is not booked yet lapses too.
    fn named(&self) -> BTreeSet<Id> {
        let ledger = self.ledgers[1];
        let mut matters: Vec<Id> = ledger.shipments.get(&self.id).map(|one| one.matters.clone()).unwrap_or_default();
        let travellers = ledger.trips.get(&self.id).map(|one| one.trip.travellers.as_slice()).unwrap_or_default();
        let asked = |request: &Id| travellers.iter().any(|traveller| traveller.requests.contains(request));
        matters.extend(
            ledger
                .matters
                .iter()
                .filter(|(_, facts)| facts.requests.iter().any(|(id, _)| asked(id)))
                .map(|(id, _)| *id),
        );
        let mut found = BTreeSet::new();
        for matter in matters.iter().filter_map(|matter| ledger.matters.get(matter)) {
            let letters = matter.permits.iter().filter_map(|id| Some((*id, ledger.permits.get(id)?)));
            let usable = |permit: &Permit| permit.facts.on(self.day).is_some_and(|state| !state.validity.has_ended());
            let usable: Vec<(Id, &Permit)> = letters.filter(|(_, permit)| usable(permit)).collect();
            let spans = |permit: &Permit| self.fit(1, permit).is_some_and(|fit| fit.missed.is_none());
            if !usable.iter().any(|(_, permit)| spans(permit)) {
                found.extend(usable.iter().map(|(id, _)| *id));
            }
        }
        found
    }

    /// How the window of a permission lies to its use on one side; `None` where no use is planned, or it happened.
    fn fit(&self, side: usize, permit: &Permit) -> Option<Fit> {
        let ledger = self.ledgers.get(side)?;
        let (first, last) = match self.moved {
            Moved::Shipment { days, .. } => {
                let instrument = permit.instrument.and_then(|one| ledger.instrument(one));
                let point = instrument.and_then(|at| ledger.instruments.get(at)?.instrument.use_point);
                let used = days.get(side)?.at(point.unwrap_or(UsePoint::Entry)).filter(|used| !used.happened)?;
                (used.on, used.on)
            }
            Moved::Trip { .. } => stay(ledger.trips.get(&self.id)?)?,
        };
        let missed = |used: NaiveDate| {
            let fit = permit.facts.window(self.day.min(used), used).filter(|fit| *fit != WindowFit::Inside);
            fit.map(|fit| Fit { used, missed: Some(fit) })
        };
        Some(missed(last).or_else(|| missed(first)).unwrap_or(Fit { used: last, missed: None }))
    }

    /// Other shipments that have a slot as things stand and would have none: uses are counted in their order.
    pub fn pushed_out(&self) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        for id in self.permits() {
            let slots = |ledger: &Ledger| {
                let facts = &ledger.permits.get(&id)?.facts;
                let cap = facts.cap(self.day)?;
                let taken = facts.slots_taken(self.day);
                Some(taken.into_iter().take(cap).collect::<Vec<Id>>())
            };
            let [Some(before), Some(after)] = self.ledgers.map(slots) else { continue };
            for other in before.iter().filter(|other| **other != self.id && !after.contains(other)) {
                let (Some(letter), Some(other)) = (link(self.db, id)?, link(self.db, *other)?) else { continue };
                found.push(format!(
                    "{} would have no shipment left under {}: this one would go before it",
                    other.reference, letter.reference
                ));
            }
        }
        Ok(found)
    }
}

/// The lines that arrive with less than nine months of shelf life.
pub(super) fn shelf(db: &Db, moved: &Moved) -> Result<Vec<ShelfLine>, StoreError> {
    let Moved::Shipment { after, days, .. } = moved else { return Ok(Vec::new()) };
    let Some(arrives) = days[1].activity.filter(|day| !day.happened) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for line in &after.lines {
        let lot: Option<Lot> = line.lot.map(|lot| facts::load(db, lot)).transpose()?.flatten();
        let Some(until) = line.expires_on.or(lot.and_then(|lot| lot.expires_on)) else { continue };
        let left = ShelfLife::on_arrival(arrives.on, until);
        let before = days[0].activity.map(|day| ShelfLife::on_arrival(day.on, until));
        if left == ShelfLife::Enough && before.is_none_or(|before| before == left) {
            continue;
        }
        let item: Option<Item> = line.item.map(|item| facts::load(db, item)).transpose()?.flatten();
        let label = item.map_or_else(String::new, |item| item.name);
        let line = line.number.unwrap_or_default();
        let words = format!("Line {line}, {label}: {}, it arrives on {} and ends on {until}", left.words(), arrives.on);
        found.push(ShelfLine { line, label, until, before, after: left, words });
    }
    Ok(found)
}

/// The trips that go to see the shipment, or the shipments that the trip goes to see, where they miss one another before or
/// after.
pub(super) fn meetings(db: &Db, id: Id, moved: &Moved) -> Result<Vec<MeetingWords>, StoreError> {
    let mut found = Vec::new();
    match moved {
        Moved::Shipment { days, .. } => {
            let arrives = days.map(|days| days.activity.map(|day| day.on));
            for (trip, field) in record::links_to(db, id)? {
                if field != "shipments" || record::head(db, trip)?.is_none_or(|head| head.kind != RecordKind::Trip) {
                    continue;
                }
                let Some(facts) = facts::trip_alone(db, trip)? else { continue };
                let ended = [TripEventKind::Returned, TripEventKind::Cancelled];
                if facts.events.iter().filter_map(|event| event.kind).any(|kind| ended.contains(&kind)) {
                    continue;
                }
                let sees = arrives.map(|arrives| meeting(&facts.trip, arrives));
                let returns = facts.trip.returns_on.or(facts.trip.departs_on);
                found.extend(met(link(db, trip)?, sees, "returns", returns, arrives[1]));
            }
        }
        Moved::Trip { before, after } => {
            for shipment in &after.shipments {
                let Some(stored) = record::get(db, *shipment)? else { continue };
                let days = UseDays::of(&facts::shipment(db, &stored)?);
                let arrives = days.activity.map(|day| day.on);
                let sees = [meeting(before, arrives), meeting(after, arrives)];
                let returns = after.returns_on.or(after.departs_on);
                found.extend(met(link(db, *shipment)?, sees, "the trip returns", returns, arrives));
            }
        }
    }
    Ok(found)
}

fn met(
    link: Option<RecordLink>,
    sees: [Meeting; 2],
    verb: &str,
    returns: Option<NaiveDate>,
    arrives: Option<NaiveDate>,
) -> Option<MeetingWords> {
    let link = link?;
    let [met, meets] = sees.map(|one| one == Meeting::Sees);
    let (returns, arrives) = (returns?, arrives?);
    let name = &link.reference;
    let words = match sees[1] {
        Meeting::Misses(days) => {
            format!("{name}: {verb} on {returns}, {} before the goods arrive on {arrives}", counted(days))
        }
        Meeting::Sees if !met => format!("{name}: {verb} on {returns}, the goods arrive on {arrives} or before"),
        Meeting::Sees | Meeting::Unknown => return None,
    };
    Some(MeetingWords { link, met, meets, words })
}

fn link(db: &Db, id: Id) -> Result<Option<RecordLink>, StoreError> {
    let head = record::head(db, id)?;
    Ok(head.map(|head| RecordLink { id: head.id, kind: head.kind, reference: head.reference, title: head.title }))
}

fn counted(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}
