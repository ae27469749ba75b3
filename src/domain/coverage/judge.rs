//! Judges lines and legs on a day. What many of them share (what is left of a permission, whether a matter can be used, what
//! the rules answer of an item) is worked out once.

use std::cell::{Cell as Counter, RefCell};
use std::rc::Rc;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::cell::{By, Cell, CellState, ScopePart, Why};
use super::ledger::{Ledger, Permit};
use super::{Booked, Left, Standing, UseDay, UseDays};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::quantity::Limit;
use crate::domain::record::{Condition, Measure, RuleAnswer, Scope, UsePoint};
use crate::domain::rules::{Act, Advice};
use crate::domain::status::Outcome;
use crate::domain::status::permission::WindowFit;
use crate::domain::status::request::RequestFacts;
use crate::domain::text;

/// How many matters may wait for one another in a row; what goes deeper is looked at as a circle.
const DEEPEST: u32 = 100;

/// The ledger on a day.
pub struct Judge<'a> {
    /// The facts.
    pub ledger: &'a Ledger,
    /// The day: what was decided later is not known yet.
    pub day: NaiveDate,
    boundaries: Vec<NaiveDate>,
    permits: RefCell<FxHashMap<Id, Rc<PermitDay>>>,
    fits: RefCell<FxHashMap<(Id, Span), Fit>>,
    cleared: RefCell<FxHashMap<(Id, NaiveDate), bool>>,
    usable: RefCell<FxHashMap<(Id, NaiveDate), Usable>>,
    depth: Counter<u32>,
    advice: RefCell<FxHashMap<Question, Rc<Answers>>>,
}

/// Which advice is asked: of what, of whom, and between which two changes of the rules.
pub(super) type Question = (Id, usize, usize);

/// What the rules answer, by the place of the instrument.
pub(super) struct Answers {
    /// Instrument, answer, and the place of the need in the advice.
    pub needs: Vec<(usize, RuleAnswer, u32)>,
    /// The advice itself, for words.
    pub advice: Advice,
}

/// What is left of a permission on the day, worked out once for all its lines.
pub struct PermitDay {
    /// What stands of each measure of each line.
    pub standings: Vec<Standing>,
    /// The shipments that take a slot, in their order.
    pub slots: Vec<Id>,
    /// How many shipments it is for.
    pub cap: Option<usize>,
    /// What each booking has too much: a measure and thousandths.
    short: Vec<Option<(Measure, i64)>>,
}

/// Whether a matter can be used on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Usable {
    Yes,
    /// It waits for this one, which cannot be used.
    No(Id),
    /// It is being looked at: who comes back here goes in a circle.
    Looking,
}

/// What stands in the way of any use of a letter on some days, whatever is used of it.
#[derive(Debug, Clone, Copy)]
struct Fit {
    /// The days lie outside its window.
    outside: Option<(CellState, Why)>,
    /// It stands on something that fails, or a condition is open.
    hampered: Option<(CellState, Why)>,
}

/// What the scope of a grant line is held against.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ScopeFacts<'a> {
    pub consignee: Option<Id>,
    pub supplier: Option<Id>,
    pub person: Option<Id>,
    pub places: &'a str,
}

/// The days of one use: a shipment uses a permission on one day, a leg from a day to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Span {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl From<UseDay> for Span {
    fn from(day: UseDay) -> Self {
        Self { first: day.on, last: day.on }
    }
}

impl<'a> Judge<'a> {
    /// Looks at the ledger on a day.
    #[must_use]
    pub fn new(ledger: &'a Ledger, day: NaiveDate) -> Self {
        Self {
            ledger,
            day,
            boundaries: ledger.rules.boundaries().into_iter().collect(),
            permits: RefCell::default(),
            fits: RefCell::default(),
            cleared: RefCell::default(),
            usable: RefCell::default(),
            depth: Counter::default(),
            advice: RefCell::default(),
        }
    }

    /// The day of a use as it is seen from the day that is looked at: what was planned for a day that is over has not happened,
    /// and happens today at the earliest.
    #[must_use]
    pub fn meets(&self, days: &UseDays, point: UsePoint) -> Option<UseDay> {
        let day = days.at(point)?;
        let passed = !day.happened && day.on < self.day && days.cancelled.is_none();
        Some(if passed { UseDay { on: self.day, happened: false } } else { day })
    }

    /// Between which two changes of the rules a day lies.
    pub(super) fn era(&self, day: NaiveDate) -> usize {
        self.boundaries.partition_point(|boundary| *boundary <= day)
    }

    /// What the rules answer; asked once for each question.
    pub(super) fn answers(&self, question: Question, act: impl FnOnce() -> Act) -> Rc<Answers> {
        if let Some(known) = self.advice.borrow().get(&question) {
            return Rc::clone(known);
        }
        let advice = self.ledger.rules.advise(&act());
        let place = |(at, need): (usize, &crate::domain::rules::Need)| {
            Some((self.ledger.instrument_coded(&need.instrument)?, need.answer, u32::try_from(at).ok()?))
        };
        let needs = advice.needs.iter().enumerate().filter_map(place).collect();
        let answers = Rc::new(Answers { needs, advice });
        self.advice.borrow_mut().insert(question, Rc::clone(&answers));
        answers
    }

    /// What is left of a permission on the day.
    pub fn permit_day(&self, id: Id, permit: &Permit) -> Rc<PermitDay> {
        if let Some(known) = self.permits.borrow().get(&id) {
            return Rc::clone(known);
        }
        let day = Rc::new(PermitDay::of(permit, self.day));
        self.permits.borrow_mut().insert(id, Rc::clone(&day));
        day
    }

    /// What stands in the way of a use under a permission: `None` where nothing does.
    pub(super) fn obstacle(
        &self,
        id: Id,
        permit: &Permit,
        grant: Option<u32>,
        (holder, span, scope): (Id, Span, ScopeFacts<'_>),
    ) -> Option<Cell> {
        let by = By::Permission(id, grant);
        let fit = self.fit(id, permit, span);
        if let Some((state, why)) = fit.outside {
            return Some(Cell::of(state, by, why));
        }
        if let Some(part) = out_of_scope(permit, grant, scope, self.day.min(span.last)) {
            return Some(Cell::of(CellState::OutsideScope, by, Why::Scope(part)));
        }
        if permit.facts.takes_slots {
            let day = self.permit_day(id, permit);
            let place = || day.slots.iter().position(|slot| *slot == holder).unwrap_or(day.slots.len());
            if let Some(cap) = day.cap.filter(|cap| place() >= *cap) {
                return Some(Cell::of(CellState::NoSlot, by, Why::Slots(u32::try_from(cap).unwrap_or(u32::MAX))));
            }
        }
        fit.hampered.map(|(state, why)| Cell::of(state, by, why))
    }

    /// What stands in the way of a letter on some days; worked out once for all that it covers.
    fn fit(&self, id: Id, permit: &Permit, span: Span) -> Fit {
        if let Some(known) = self.fits.borrow().get(&(id, span)) {
            return *known;
        }
        let outside = [span.last, span.first].into_iter().find_map(|used| self.outside(permit, used));
        let fails = || Some((CellState::DependencyFails, self.dependency(permit.matter?, span.last)?));
        let fit = Fit { outside, hampered: fails().or_else(|| self.open_condition(permit, span)) };
        self.fits.borrow_mut().insert((id, span), fit);
        fit
    }

    fn open_condition(&self, permit: &Permit, span: Span) -> Option<(CellState, Why)> {
        let open = |condition: &&Condition| {
            condition.due_on.is_some_and(|due| due <= span.last) && condition.done_on.is_none_or(|done| done > self.day)
        };
        let conditions = permit.facts.permission.conditions.iter();
        let later = permit.facts.changes_until(self.day).flat_map(|change| &change.conditions);
        let open = conditions.chain(later).enumerate().find(|(_, condition)| open(condition));
        let number = open.and_then(|(at, _)| u32::try_from(at + 1).ok())?;
        Some((CellState::ConditionOpen, Why::Condition(number)))
    }

    /// A letter that was given later covers nothing before it, and what was decided after a use does not cure it.
    fn outside(&self, permit: &Permit, used: NaiveDate) -> Option<(CellState, Why)> {
        let Some(fit) = permit.facts.window(self.day.min(used), used) else {
            let given = permit.facts.permission.given_on.map_or(used, FuzzyDate::last);
            return Some((CellState::OutsideWindow, Why::Days(-(given - used).num_days())));
        };
        match fit {
            WindowFit::Inside => None,
            WindowFit::Late(days) => Some((CellState::OutsideWindow, Why::Days(days))),
            WindowFit::Early(days) => Some((CellState::OutsideWindow, Why::Days(-days))),
            WindowFit::Suspended => Some((CellState::Suspended, Why::Plain)),
            WindowFit::Ended(_) => Some((CellState::OutsideWindow, Why::Ended)),
        }
    }

    /// What a booking has too much of what is left; `None` where all of it fits.
    pub(super) fn too_much(&self, id: Id, permit: &Permit, at: usize) -> Option<(Measure, i64)> {
        self.permit_day(id, permit).short.get(at).copied().flatten()
    }

    /// The first matter, of those that this one waits for, that cannot be used on a day.
    pub(super) fn dependency(&self, matter: Id, on: NaiveDate) -> Option<Why> {
        let facts = self.ledger.matters.get(&matter)?;
        let depth = self.depth.get();
        if depth > DEEPEST {
            return Some(Why::Circle(matter));
        }
        self.depth.set(depth + 1);
        self.usable.borrow_mut().insert((matter, on), Usable::Looking);
        let mut found = None;
        for needed in &facts.matter.depends_on {
            match self.usable(*needed, on) {
                Usable::Yes => continue,
                Usable::Looking => found = Some(Why::Circle(*needed)),
                Usable::No(cause) => found = Some(Why::Needs(cause)),
            }
            break;
        }
        self.usable.borrow_mut().remove(&(matter, on));
        self.depth.set(depth);
        found
    }

    fn usable(&self, matter: Id, on: NaiveDate) -> Usable {
        if let Some(known) = self.usable.borrow().get(&(matter, on)) {
            return *known;
        }
        let answer = match self.is_given(matter, on).then(|| self.dependency(matter, on)) {
            None => Usable::No(matter),
            Some(None) => Usable::Yes,
            Some(Some(Why::Needs(cause))) => Usable::No(cause),
            Some(Some(_)) => Usable::Looking,
        };
        if answer != Usable::Looking {
            self.usable.borrow_mut().insert((matter, on), answer);
        }
        answer
    }

    /// Whether a matter lets us act on a day: by a letter, by an answer that needs none, or by a reliance that carries it.
    pub(super) fn is_given(&self, matter: Id, on: NaiveDate) -> bool {
        let Some(facts) = self.ledger.matters.get(&matter) else { return false };
        let known = self.day.min(on);
        let by_letter = facts
            .permits
            .iter()
            .filter_map(|permit| self.ledger.permits.get(permit))
            .any(|permit| permit.facts.window(known, on) == Some(WindowFit::Inside));
        by_letter
            || self.is_cleared(matter, on)
            || self
                .ledger
                .reliances
                .values()
                .filter(|one| super::reliance::is_known(one, known))
                .any(|reliance| reliance.matters.contains(&matter) && super::reliance::fits(reliance, on).is_ok())
    }

    /// Whether a matter was answered in a way that gives no letter: cleared by silence, or no permission needed.
    pub(super) fn is_cleared(&self, matter: Id, on: NaiveDate) -> bool {
        let requests = self.ledger.matters.get(&matter).map(|facts| facts.requests.as_slice()).unwrap_or_default();
        requests.iter().any(|(id, request)| self.is_answered(*id, request, on))
    }

    /// Whether a request was answered in a way that gives no letter, by what is known on the day that is looked at.
    pub(super) fn is_answered(&self, id: Id, request: &RequestFacts, on: NaiveDate) -> bool {
        let known = self.day.min(on);
        if let Some(answered) = self.cleared.borrow().get(&(id, known)) {
            return *answered;
        }
        let without_letter = [Outcome::ClearedBySilence, Outcome::NotNeeded, Outcome::Eligible];
        let status = request.on(known);
        let answered = status.is_some_and(|status| without_letter.iter().any(|one| one.word() == status.outcome));
        self.cleared.borrow_mut().insert((id, known), answered);
        answered
    }
}

impl PermitDay {
    fn of(permit: &Permit, day: NaiveDate) -> Self {
        let facts = &permit.facts;
        let standings = facts.standings(day);
        let mut short: Vec<Option<(Measure, i64)>> = vec![None; facts.bookings.len()];
        let mut order: Vec<(usize, &Booked)> = facts.bookings.iter().enumerate().collect();
        order.retain(|(_, booked)| booked.is_active(day));
        let rank = |booked: &Booked| {
            (booked.grant_line, booked.used_on().is_none(), booked.used_on(), booked.booked_on, booked.id)
        };
        order.sort_by_cached_key(|(_, booked)| rank(booked));
        for standing in &standings {
            let Some(Limit::Limited(allowed)) = standing.allowed else { continue };
            let first = order.partition_point(|(_, booked)| booked.grant_line < standing.line);
            let mut left = allowed.thousandths() + standing.tolerated;
            for (at, booked) in order.iter().skip(first).take_while(|(_, booked)| booked.grant_line == standing.line) {
                let takes = booked.takes(standing.measure, standing.currency.as_deref(), day);
                let missing = takes - left.max(0);
                left -= takes;
                if let (true, Some(slot)) = (missing > 0 && takes > 0, short.get_mut(*at)) {
                    slot.get_or_insert((standing.measure, missing));
                }
            }
        }
        Self { standings, slots: facts.slots_taken(day), cap: facts.cap(day), short }
    }

    /// What is left of a grant line, in the measure that is nearest to its end: quantity first where it is limited.
    #[must_use]
    pub fn left_of(&self, line: Option<u32>) -> Why {
        let mut of_line = self.standings.iter().filter(|standing| standing.line == line);
        let limited = of_line.clone().find_map(|standing| match standing.left() {
            Left::Limited(left) => Some(Why::Left(standing.measure, left)),
            _ => None,
        });
        limited.unwrap_or_else(|| {
            let unlimited = of_line.any(|standing| standing.left() == Left::Unlimited);
            if unlimited { Why::NoLimit } else { Why::NotStated }
        })
    }
}

/// The part of the scope that does not fit; one scope of several that fits is enough.
fn out_of_scope(permit: &Permit, grant: Option<u32>, facts: ScopeFacts<'_>, known: NaiveDate) -> Option<ScopePart> {
    let changes = permit.facts.changes_until(known).flat_map(|change| &change.grants);
    let of_line = permit.facts.permission.grants.iter().chain(changes).filter(|line| line.number == grant);
    let mut first = None;
    for scope in of_line.flat_map(|line| &line.scope) {
        match misfit(scope, facts) {
            None => return None,
            Some(part) => first = first.or(Some(part)),
        }
    }
    first
}

fn misfit(scope: &Scope, facts: ScopeFacts<'_>) -> Option<ScopePart> {
    let other = |wanted: Option<Id>, found: Option<Id>| wanted.is_some() && wanted != found;
    let away = |words: &str| {
        let mut places = words.split([';', ',', '-', '>', '→']).map(text::fold).filter(|place| !place.is_empty());
        places.any(|place| !facts.places.contains(place.trim()))
    };
    if other(scope.consignee, facts.consignee) {
        Some(ScopePart::Consignee)
    } else if scope.consignee.is_none() && other(scope.end_user, facts.consignee) {
        // A shipment says who receives it; where the letter names that too, its end user is somebody further on.
        Some(ScopePart::EndUser)
    } else if other(scope.supplier, facts.supplier) {
        Some(ScopePart::Supplier)
    } else if other(scope.person, facts.person) {
        Some(ScopePart::Person)
    } else if away(&scope.route) {
        Some(ScopePart::Route)
    } else if away(&scope.site) {
        Some(ScopePart::Site)
    } else {
        None
    }
}
