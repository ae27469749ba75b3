//! What a permission allows, what is used and reserved of it, and what is left: the sum of its bookings on a day.
//!
//! Later decisions change what it allows: they add to it, set a new total, or set what remains, and the bookings survive them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::booked::{Booked, BookingStage};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::quantity::{Limit, Quantity};
use crate::domain::record::{Effect, GrantLine, Measure, MeasureLimit};
use crate::domain::status::Illegal;
use crate::domain::status::permission::PermissionFacts;

/// What stands of one measure of a grant line on a day, in thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The grant line.
    pub line: Option<u32>,
    /// What is counted.
    pub measure: Measure,
    /// The currency, of money.
    pub currency: Option<String>,
    /// How much is allowed; `None`: the letter does not say.
    pub allowed: Option<Limit>,
    /// What was used.
    pub used: i64,
    /// What is set aside.
    pub reserved: i64,
    /// How far beyond what is allowed a use may go.
    pub tolerated: i64,
}

/// What is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// So many thousandths; below zero where more is booked than allowed.
    Limited(i64),
    /// The letter says that there is no limit.
    Unlimited,
    /// The letter does not say.
    NotStated,
}

impl Standing {
    /// What is left after what was used and what is set aside.
    #[must_use]
    pub fn left(&self) -> Left {
        match self.allowed {
            Some(Limit::Limited(allowed)) => Left::Limited(allowed.thousandths() - self.used - self.reserved),
            Some(Limit::Unlimited) => Left::Unlimited,
            None => Left::NotStated,
        }
    }
}

/// How far beyond a limit a use may go, in per cent: a dated figure of the instrument, nothing where none is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tolerance {
    /// Of quantities.
    pub quantity: u32,
    /// Of money.
    pub value: u32,
}

impl PermissionFacts {
    /// What stands of each measure of each grant line at the end of a day.
    #[must_use]
    pub fn standings(&self, day: NaiveDate) -> Vec<Standing> {
        let mut of_line: BTreeMap<Option<u32>, Vec<&Booked>> = BTreeMap::new();
        for grant in self.grants_until(day) {
            of_line.entry(grant.number).or_default();
        }
        for booked in &self.bookings {
            of_line.entry(booked.grant_line).or_default().push(booked);
        }
        of_line.iter().flat_map(|(line, booked)| self.standings_of(*line, booked, day)).collect()
    }

    /// What stands of one measure of a grant line at the end of a day; `None` where it has no such limit.
    #[must_use]
    pub fn standing(&self, line: Option<u32>, measure: Measure, day: NaiveDate) -> Option<Standing> {
        self.standings(day).into_iter().find(|standing| standing.line == line && standing.measure == measure)
    }

    /// What stands of one grant line, if these were all its bookings.
    fn standings_of(&self, line: Option<u32>, booked: &[&Booked], day: NaiveDate) -> Vec<Standing> {
        let grants = self.permission.grants.iter().filter(|grant| grant.number == line);
        let mut has_line = self.permission.grants.iter().any(|grant| grant.number == line);
        let mut standings: Vec<Standing> =
            grants.flat_map(|grant| grant.limits.iter().filter_map(|limit| given(grant, limit))).collect();
        for change in self.changes_until(day) {
            let on = change.on.map_or(day, FuzzyDate::last);
            for grant in change.grants.iter().filter(|grant| grant.number == line) {
                apply(&mut standings, (change.effect, has_line), grant, |standing| count(standing, booked, on));
                has_line = true;
            }
        }
        for standing in &mut standings {
            count(standing, booked, day);
            standing.tolerated = tolerated(standing, self.tolerance);
        }
        standings
    }

    /// The shipments that take one of those it allows on a day, in the order in which they use it.
    #[must_use]
    pub fn slots_taken(&self, day: NaiveDate) -> Vec<Id> {
        slots(self.bookings.iter().filter(|_| self.takes_slots), day)
    }

    /// Whether everything that it limits was used, or every shipment that it allows has gone.
    pub(in crate::domain) fn is_used_up(&self, day: NaiveDate) -> bool {
        if self.bookings.is_empty() {
            return false;
        }
        let standings = self.standings(day);
        let is_spent = |standing: &Standing| match standing.allowed {
            Some(Limit::Limited(allowed)) => standing.used >= allowed.thousandths(),
            Some(Limit::Unlimited) | None => false,
        };
        let lines: BTreeSet<Option<u32>> = self.grants_until(day).map(|grant| grant.number).collect();
        let every_line_spent = !lines.is_empty()
            && lines.iter().all(|line| standings.iter().any(|one| one.line == *line && is_spent(one)));
        let gone = |holder: &Id| {
            self.bookings.iter().any(|one| one.holder == *holder && one.used_on().is_some_and(|on| on <= day))
        };
        let slots_used = self.slots_taken(day).iter().filter(|holder| gone(holder)).count();
        let cap = self.cap(day).filter(|_| self.takes_slots);
        every_line_spent || cap.is_some_and(|cap| slots_used >= cap)
    }

    /// How many shipments it is for, by the decisions taken until a day.
    #[must_use]
    pub fn cap(&self, day: NaiveDate) -> Option<usize> {
        let newest = self.changes_until(day).filter_map(|change| change.shipment_cap).last();
        newest.or(self.permission.shipment_cap).and_then(|cap| usize::try_from(cap).ok())
    }

    /// Refuses bookings that did not fit on the day on which they were made.
    pub(in crate::domain) fn check_bookings(&self) -> Result<(), Illegal> {
        let mut made: Vec<&Booked> = self.bookings.iter().collect();
        made.sort_by_key(|booked| (booked.begins_on(), booked.booked_on, booked.id));
        let mut of_line: BTreeMap<Option<u32>, Vec<&Booked>> = BTreeMap::new();
        for (at, booked) in made.iter().enumerate() {
            self.check_line(booked)?;
            let before = of_line.entry(booked.grant_line).or_default();
            before.push(booked);
            if !booked.may_exceed {
                self.check_fits(booked, before)?;
                self.check_slot(booked, made.get(..=at).unwrap_or_default())?;
            }
        }
        Ok(())
    }

    /// Why a booking would be refused beside those that are there; `None` where it fits.
    #[must_use]
    pub fn refuses(&self, booked: Booked) -> Option<Illegal> {
        let mut with = self.clone();
        with.bookings.push(booked);
        with.check_bookings().err()
    }

    fn check_line(&self, booked: &Booked) -> Result<(), Illegal> {
        let refuse = |why: String| Err(Illegal::Contradiction(why));
        let (reference, begins_on) = (&booked.reference, booked.begins_on());
        let letter = &self.permission.reference;
        if let Some(odd) = booked.odd.as_ref().filter(|_| booked.released_on.is_none()) {
            return refuse(format!("Booking {reference}: {odd}"));
        }
        if booked.may_exceed {
            return Ok(());
        }
        // A letter of which only the month is known may have been given on any day of it.
        let given = self.permission.given_on.map_or(begins_on, FuzzyDate::first);
        match self.on(begins_on).map(|state| state.validity) {
            None if given <= begins_on => Ok(()),
            None => refuse(format!(
                "Booking {reference} of {begins_on} is older than permission {letter}, given on {given}. Mend one of the dates"
            )),
            Some(ended) if ended.has_ended() => refuse(format!(
                "Booking {reference} of {begins_on}: permission {letter} is “{}” on that day. Book another permission, or ask for an extension",
                ended.label().to_lowercase()
            )),
            Some(_) => Ok(()),
        }
    }

    /// Whether a booking fits beside those of its line that were made before, on the day on which it was made.
    fn check_fits(&self, newest: &Booked, of_line: &[&Booked]) -> Result<(), Illegal> {
        let refuse = |why: String| Err(Illegal::Contradiction(why));
        let (day, reference, letter) = (newest.begins_on(), &newest.reference, &self.permission.reference);
        let number = newest.grant_line.unwrap_or_default();
        if newest.grant_line.is_none() && !self.permission.grants.is_empty() {
            return refuse(format!(
                "Booking {reference}: permission {letter} has lines. Write the number of the line that is booked"
            ));
        }
        if newest.grant_line.is_some() && !self.has_line(newest.grant_line, day) {
            return refuse(format!(
                "Booking {reference}: permission {letter} has no line {number}. Give the number of a line that was granted"
            ));
        }
        for standing in self.standings_of(newest.grant_line, of_line, day) {
            let takes = newest.takes(standing.measure, standing.currency.as_deref(), day);
            let Left::Limited(left) = standing.left() else { continue };
            if left + standing.tolerated < 0 && takes > 0 && newest.is_active(day) {
                let (was_left, measure) = ((left + takes).max(0), standing.measure.label().to_lowercase());
                return refuse(format!(
                    "Booking {reference} takes {} of line {number} of {letter} ({measure}), and {} are left on {day}: {} too many. Book less, or write why it may go beyond",
                    amount(takes),
                    amount(was_left),
                    amount(takes - was_left)
                ));
            }
        }
        Ok(())
    }

    fn check_slot(&self, newest: &Booked, made: &[&Booked]) -> Result<(), Illegal> {
        let Some(cap) = self.cap(newest.begins_on()).filter(|_| self.takes_slots) else { return Ok(()) };
        let taken = slots(made.iter().copied(), newest.begins_on());
        if taken.len() <= cap || !newest.is_active(newest.begins_on()) {
            return Ok(());
        }
        Err(Illegal::Contradiction(format!(
            "Booking {}: permission {} is for {}, and this would be the {}. Put the goods into one of those, ask for more, or write why it may go beyond",
            newest.reference,
            self.permission.reference,
            shipments(cap),
            ordinal(taken.len())
        )))
    }

    fn has_line(&self, number: Option<u32>, day: NaiveDate) -> bool {
        self.grants_until(day).any(|grant| grant.number == number)
    }

    /// The grant lines of the letter and of what was decided later until a day.
    fn grants_until(&self, day: NaiveDate) -> impl Iterator<Item = &GrantLine> {
        self.permission.grants.iter().chain(self.changes_until(day).flat_map(|change| &change.grants))
    }
}

fn given(grant: &GrantLine, limit: &MeasureLimit) -> Option<Standing> {
    Some(Standing {
        line: grant.number,
        measure: limit.measure?,
        currency: limit.currency.clone(),
        allowed: limit.limit,
        used: 0,
        reserved: 0,
        tolerated: 0,
    })
}

/// Changes what is allowed as a later decision says. `count` brings the uses until that decision up to date.
fn apply(
    standings: &mut Vec<Standing>,
    (effect, has_line): (Option<Effect>, bool),
    grant: &GrantLine,
    count: impl Fn(&mut Standing),
) {
    for new in grant.limits.iter().filter_map(|limit| given(grant, limit)) {
        let same =
            |old: &Standing| old.measure == new.measure && (new.currency.is_none() || old.currency == new.currency);
        let known = standings.iter().position(same);
        let mut old =
            known.and_then(|at| standings.get(at)).cloned().unwrap_or(Standing { allowed: None, ..new.clone() });
        old.allowed = match (effect, old.allowed, new.allowed) {
            (Some(Effect::WindowOnly), unchanged, _) | (_, unchanged, None) => unchanged,
            (Some(Effect::Adds), Some(Limit::Limited(before)), Some(Limit::Limited(more))) => {
                Some(Limit::Limited(before.plus(more)))
            }
            // To what has no limit nothing can be added; a line that is new begins with what is added.
            (Some(Effect::Adds), Some(Limit::Unlimited), _) => Some(Limit::Unlimited),
            (Some(Effect::Adds), None, _) if has_line => None,
            (Some(Effect::NewRemaining), _, Some(Limit::Limited(remaining))) => {
                count(&mut old);
                Quantity::from_thousandths(old.used).map(|used| Limit::Limited(used.plus(remaining)))
            }
            (_, _, allowed) => allowed,
        };
        match known.and_then(|at| standings.get_mut(at)) {
            Some(slot) => *slot = old,
            None => standings.push(old),
        }
    }
}

fn count(standing: &mut Standing, booked: &[&Booked], day: NaiveDate) {
    (standing.used, standing.reserved) = (0, 0);
    for booked in booked {
        let takes = || booked.takes(standing.measure, standing.currency.as_deref(), day);
        match booked.stage(day) {
            Some(BookingStage::Used | BookingStage::CameBack) => standing.used += takes(),
            Some(BookingStage::Reserved) => standing.reserved += takes(),
            Some(BookingStage::Released) | None => {}
        }
    }
}

/// More than this is no tolerance.
const MOST_PER_CENT: u32 = 1_000;

fn tolerated(standing: &Standing, tolerance: Tolerance) -> i64 {
    let per_cent = match standing.measure {
        Measure::Quantity => tolerance.quantity,
        Measure::Money => tolerance.value,
        Measure::Entries | Measure::People => 0,
    };
    match standing.allowed {
        Some(Limit::Limited(allowed)) => {
            (allowed.thousandths() / 100).saturating_mul(i64::from(per_cent.min(MOST_PER_CENT)))
        }
        Some(Limit::Unlimited) | None => 0,
    }
}

/// The holders of active bookings in the order in which they use them.
fn slots<'a>(booked: impl Iterator<Item = &'a Booked>, day: NaiveDate) -> Vec<Id> {
    let mut places: BTreeMap<Id, (NaiveDate, NaiveDate)> = BTreeMap::new();
    for booked in booked.filter(|booked| booked.is_active(day)) {
        let place = (booked.used.map_or(NaiveDate::MAX, |used| used.on), booked.booked_on);
        let known = places.entry(booked.holder).or_insert(place);
        *known = place.min(*known);
    }
    let mut holders: Vec<(NaiveDate, NaiveDate, Id)> =
        places.into_iter().map(|(holder, (used, booked))| (used, booked, holder)).collect();
    holders.sort_unstable();
    holders.into_iter().map(|(.., holder)| holder).collect()
}

/// Thousandths as people write them; below zero as nothing.
#[must_use]
pub fn amount(thousandths: i64) -> String {
    Quantity::from_thousandths(thousandths).unwrap_or_default().grouped()
}

/// `1 shipment`, `3 shipments`.
#[must_use]
pub fn shipments(count: usize) -> String {
    format!("{count} shipment{}", if count == 1 { "" } else { "s" })
}

/// `4th`, for sentences.
fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
