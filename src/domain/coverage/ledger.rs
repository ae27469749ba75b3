//! The facts of the coverage ledger in one place, indexed so that one line is judged without a look at the others.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::usage::UseDays;
use crate::domain::id::Id;
use crate::domain::record::{Instrument, Item, Matter, Person, Reliance, Trip, Way};
use crate::domain::rules::{Actor, RuleBook};
use crate::domain::status::permission::PermissionFacts;
use crate::domain::status::request::RequestFacts;

/// An instrument and what the matrix says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InstrumentFacts {
    /// Its id.
    pub id: Id,
    /// Its own fields.
    pub instrument: Instrument,
    /// The short name of its authority.
    pub authority: String,
}

/// A permission with what it belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permit {
    /// The permission, what changed it and what is booked of it.
    pub facts: PermissionFacts,
    /// Its matter.
    pub matter: Option<Id>,
    /// The matter's instrument.
    pub instrument: Option<Id>,
    /// The request that it answers.
    pub request: Option<Id>,
}

impl Permit {
    /// Whether the letter had been given on a day.
    #[must_use]
    pub fn is_given(&self, day: NaiveDate) -> bool {
        self.facts.permission.given_on.is_some_and(|given| given.last() <= day)
    }
}

/// A matter with its filings and permissions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MatterFacts {
    /// Its own fields.
    pub matter: Matter,
    /// Its reference.
    pub reference: String,
    /// Its filings, without their permissions.
    pub requests: Vec<(Id, RequestFacts)>,
    /// Its permissions.
    pub permits: Vec<Id>,
}

/// What rules ask of a consignment as a whole; consignments that are alike share one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Profile {
    /// Who sends it.
    pub actor: Actor,
    /// Which way it goes.
    pub direction: Option<Way>,
    /// The countries it passes through.
    pub transit: Vec<String>,
}

/// A shipment line as the ledger looks at it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineFacts {
    /// Its number.
    pub number: u32,
    /// Its item.
    pub item: Option<Id>,
    /// Thousandths of the item's base unit; `None` where its unit does not convert.
    pub quantity: Option<i64>,
    /// Who receives it.
    pub consignee: Option<Id>,
    /// Who supplied it, by its lot.
    pub supplier: Option<Id>,
}

/// A shipment as the ledger looks at it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consignment {
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The project.
    pub project: Option<Id>,
    /// The matters whose permissions it says it rests on.
    pub matters: Vec<Id>,
    /// The days of its uses.
    pub days: UseDays,
    /// The day from which it was known.
    pub known_on: Option<NaiveDate>,
    /// The day on which it was received in full or cancelled.
    pub closed_on: Option<NaiveDate>,
    /// The places of its way and of its lines' ends, folded, for scopes written in words.
    pub places: String,
    /// Its place in [`Ledger::profiles`].
    pub profile: usize,
    /// Its lines.
    pub lines: Vec<LineFacts>,
}

/// A trip as the ledger looks at it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journey {
    /// The trip.
    pub trip: Trip,
    /// The day on which it departed, was over, or was cancelled.
    pub departed: Option<NaiveDate>,
    /// The day on which it ended or was cancelled.
    pub closed_on: Option<NaiveDate>,
}

/// Everything that coverage is judged by.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// The instruments, in the order in which the matrix shows them.
    pub instruments: Vec<InstrumentFacts>,
    /// The rules.
    pub rules: RuleBook,
    /// The permissions.
    pub permits: BTreeMap<Id, Permit>,
    /// The matters.
    pub matters: BTreeMap<Id, MatterFacts>,
    /// The reliances.
    pub reliances: BTreeMap<Id, Reliance>,
    /// The shipments.
    pub shipments: BTreeMap<Id, Consignment>,
    /// The trips.
    pub trips: BTreeMap<Id, Journey>,
    /// The items.
    pub items: FxHashMap<Id, Item>,
    /// The people.
    pub people: FxHashMap<Id, Person>,
    /// Our own organisation, as one who acts.
    pub organisation: Actor,
    /// What rules ask of consignments.
    pub profiles: Vec<Profile>,
    /// The bookings of each shipment and trip: a permission, and the place among its bookings.
    pub booked: FxHashMap<Id, Vec<(Id, usize)>>,
    instrument_at: FxHashMap<Id, usize>,
    code_at: FxHashMap<String, usize>,
    profile_at: FxHashMap<Profile, usize>,
}

impl Ledger {
    /// A ledger with instruments and rules, and nothing to judge yet.
    #[must_use]
    pub fn of(instruments: Vec<InstrumentFacts>, rules: RuleBook, organisation: Actor) -> Self {
        let instrument_at = instruments.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
        let code_at = instruments.iter().enumerate().map(|(at, one)| (one.instrument.reference.clone(), at)).collect();
        Self { instruments, rules, organisation, instrument_at, code_at, ..Self::default() }
    }

    /// The place of an instrument.
    #[must_use]
    pub fn instrument(&self, id: Id) -> Option<usize> {
        self.instrument_at.get(&id).copied()
    }

    /// The place of an instrument by its code.
    #[must_use]
    pub fn instrument_coded(&self, code: &str) -> Option<usize> {
        self.code_at.get(code).copied()
    }

    /// The place of a profile, which is kept once however many consignments have it.
    pub fn profile(&mut self, profile: Profile) -> usize {
        if let Some(at) = self.profile_at.get(&profile) {
            return *at;
        }
        let at = self.profiles.len();
        self.profiles.push(profile.clone());
        self.profile_at.insert(profile, at);
        at
    }

    /// Puts a permission, in place of what was known of it.
    pub fn put_permit(&mut self, id: Id, mut permit: Permit) {
        self.remove_permit(id);
        // In the order of the ids, so that no answer depends on the order in which facts were read.
        permit.facts.bookings.sort_by_key(|booked| booked.id);
        let mut of_holders: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
        for (at, booked) in permit.facts.bookings.iter().enumerate() {
            of_holders.entry(booked.holder).or_default().push(at);
        }
        for (holder, places) in of_holders {
            let all = self.booked.entry(holder).or_default();
            let first = all.partition_point(|(known, _)| *known < id);
            all.splice(first..first, places.into_iter().map(|at| (id, at)));
        }
        if let Some(matter) = permit.matter.and_then(|matter| self.matters.get_mut(&matter))
            && !matter.permits.contains(&id)
        {
            matter.permits.push(id);
        }
        self.permits.insert(id, permit);
    }

    /// Takes a permission away.
    pub fn remove_permit(&mut self, id: Id) {
        let Some(old) = self.permits.remove(&id) else { return };
        for booked in &old.facts.bookings {
            if let Some(of_holder) = self.booked.get_mut(&booked.holder) {
                of_holder.retain(|(permit, _)| *permit != id);
            }
        }
        if let Some(matter) = old.matter.and_then(|matter| self.matters.get_mut(&matter)) {
            matter.permits.retain(|permit| *permit != id);
        }
    }

    /// The shipments and trips that take something of a permission.
    #[must_use]
    pub fn holders_of(&self, permit: Id) -> Vec<Id> {
        let bookings = self.permits.get(&permit).map(|permit| permit.facts.bookings.as_slice()).unwrap_or_default();
        let holders: std::collections::BTreeSet<Id> = bookings.iter().map(|booked| booked.holder).collect();
        holders.into_iter().collect()
    }
}
