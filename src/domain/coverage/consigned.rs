//! A shipment laid out for judging: its days, its bookings by line, the reliances and matters it rests on. Gathered once, so
//! that a shipment of five hundred lines is not searched five hundred times.

use super::judge::Judge;
use super::ledger::{Consignment, Permit};
use super::reliance;
use super::{Booked, UseDay};
use crate::domain::id::Id;
use crate::domain::record::{Reliance, UsePoint};

/// A booking of a line, with its letter.
pub(super) struct Taken<'a> {
    pub line: u32,
    /// The place of the letter's instrument.
    pub instrument: usize,
    pub permit_id: Id,
    pub permit: &'a Permit,
    /// The place among the letter's bookings.
    pub at: usize,
    pub booked: &'a Booked,
}

/// A shipment laid out.
pub(super) struct Consigned<'a> {
    pub id: Id,
    pub consignment: &'a Consignment,
    /// The bookings, by line.
    taken: Vec<Taken<'a>>,
    /// The reliances that carry it, with the place of their instrument.
    pub reliances: Vec<(usize, Id, &'a Reliance)>,
    /// The matters it names, with the place of their instrument.
    pub matters: Vec<(usize, Id)>,
    /// The eras of the rules in which it meets an authority, each with a day in it.
    pub eras: Vec<(usize, chrono::NaiveDate)>,
    era_of: [usize; UsePoint::ALL.len()],
    days: [Option<UseDay>; UsePoint::ALL.len()],
}

impl<'a> Consigned<'a> {
    pub fn of(judge: &Judge<'a>, id: Id, consignment: &'a Consignment) -> Self {
        let mut eras: Vec<(usize, chrono::NaiveDate)> = Vec::with_capacity(2);
        let days = std::array::from_fn(|at| judge.meets(&consignment.days, *UsePoint::ALL.get(at)?));
        let mut era_of = [0; UsePoint::ALL.len()];
        for (slot, day) in era_of.iter_mut().zip(days) {
            let on = day.map_or(judge.day, |day: UseDay| day.on);
            *slot = judge.era(on);
            if eras.iter().all(|(era, _)| era != slot) {
                eras.push((*slot, on));
            }
        }
        Self {
            id,
            consignment,
            taken: taken(judge, id),
            reliances: reliances(judge, id, consignment),
            matters: matters(judge, consignment),
            eras,
            era_of,
            days,
        }
    }

    /// The bookings of a line.
    pub fn taken_of(&self, line: u32) -> &[Taken<'a>] {
        let first = self.taken.partition_point(|taken| taken.line < line);
        let of_line = self.taken.get(first..).unwrap_or_default();
        of_line.get(..of_line.partition_point(|taken| taken.line == line)).unwrap_or_default()
    }

    /// The era of the rules in which it meets those whose permission is used at a point.
    pub fn era(&self, point: UsePoint) -> usize {
        self.era_of.get(place(point)).copied().unwrap_or_default()
    }

    /// The day of a use, where one is known.
    pub fn day(&self, point: UsePoint) -> Option<UseDay> {
        self.days.get(place(point)).copied().flatten()
    }
}

fn place(point: UsePoint) -> usize {
    UsePoint::ALL.iter().position(|known| *known == point).unwrap_or_default()
}

fn taken<'a>(judge: &Judge<'a>, id: Id) -> Vec<Taken<'a>> {
    let places = judge.ledger.booked.get(&id).map(Vec::as_slice).unwrap_or_default();
    let mut taken = Vec::with_capacity(places.len());
    let mut letter: Option<(Id, &Permit, Option<usize>)> = None;
    for (permit_id, at) in places {
        // They stand letter by letter: each letter is looked up once.
        if letter.is_none_or(|(known, ..)| known != *permit_id) {
            letter = judge.ledger.permits.get(permit_id).map(|permit| {
                (*permit_id, permit, permit.instrument.and_then(|instrument| judge.ledger.instrument(instrument)))
            });
        }
        let Some((_, permit, Some(instrument))) = letter else { continue };
        let Some(booked) = permit.facts.bookings.get(*at).filter(|booked| booked.is_active(judge.day)) else {
            continue;
        };
        let line = booked.line.unwrap_or_default();
        taken.push(Taken { line, instrument, permit_id: *permit_id, permit, at: *at, booked });
    }
    taken.sort_by_key(|taken| taken.line);
    taken
}

fn reliances<'a>(judge: &Judge<'a>, id: Id, consignment: &Consignment) -> Vec<(usize, Id, &'a Reliance)> {
    let carries = |reliance: &&'a Reliance| {
        reliance::is_known(reliance, judge.day)
            && (reliance.shipments.contains(&id)
                || consignment.project.is_some_and(|project| reliance.projects.contains(&project))
                || consignment.matters.iter().any(|matter| reliance.matters.contains(matter)))
    };
    let all = judge.ledger.reliances.iter().filter(|(_, reliance)| carries(reliance));
    let placed = all.filter_map(|(at, reliance)| Some((judge.ledger.instrument(reliance.instrument?)?, *at, reliance)));
    placed.collect()
}

fn matters(judge: &Judge<'_>, consignment: &Consignment) -> Vec<(usize, Id)> {
    let placed = consignment.matters.iter().filter_map(|matter| {
        let instrument = judge.ledger.matters.get(matter)?.matter.instrument?;
        Some((judge.ledger.instrument(instrument)?, *matter))
    });
    placed.collect()
}
