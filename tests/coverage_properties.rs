//! The ledger over drawn histories: nothing is used twice, nothing is covered outside its window, and order does not matter.

#![expect(clippy::unwrap_used, reason = "a fixture that fails is a test that fails")]

use chrono::{Days, NaiveDate};
use corridor::domain::coverage::ledger::{
    Consignment, InstrumentFacts, Ledger, LineFacts, MatterFacts, Permit, Profile,
};
use corridor::domain::coverage::{Booked, Cell, CellState, Judge, LineRow};
use corridor::domain::coverage::{UseDay, UseDays};
use corridor::domain::date::FuzzyDate;
use corridor::domain::id::Id;
use corridor::domain::quantity::{Limit, Quantity};
use corridor::domain::record::{
    ActKind, Answer, Decision, Effect, GrantLine, Instrument, Item, Matter, Measure, MeasureLimit, Permission, Rule,
    RuleAnswer, RuleNeed, UsePoint,
};
use corridor::domain::rules::{Actor, RuleBook, RuleRow};
use corridor::domain::status::permission::amounts::{Left, Standing};
use corridor::domain::status::permission::booked::BookingStage;
use corridor::domain::status::permission::{PermissionFacts, WindowFit};
use proptest::prelude::*;

const ITEM: Id = Id(7);
const INSTRUMENT: Id = Id(8);
const MATTER: Id = Id(9);
const LETTER: Id = Id(10);

/// A day of the two years in which everything happens.
fn day(at: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + Days::new(at)
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..700).prop_map(day)
}

fn limit(thousandths: i64) -> MeasureLimit {
    let limit = Quantity::from_thousandths(thousandths).map(Limit::Limited);
    MeasureLimit { measure: Some(Measure::Quantity), limit, ..MeasureLimit::default() }
}

fn grant(number: u32, thousandths: i64) -> GrantLine {
    GrantLine { number: Some(number), item: Some(ITEM), limits: vec![limit(thousandths)], ..GrantLine::default() }
}

prop_compose! {
    fn any_booking()(
        id in 1_i64..1_000_000,
        line in 1_u32..=2,
        holder in 1_i64..=5,
        quantity in 1_i64..60_000,
        booked_on in any_day(),
        used in prop::option::of((any_day(), any::<bool>())),
        released in prop::option::weighted(0.2, any_day()),
        may_exceed in prop::bool::weighted(0.1),
    ) -> Booked {
        Booked {
            id: Id(id),
            reference: format!("B-{id}"),
            grant_line: Some(line),
            holder: Id(holder),
            line: Some(1),
            person: None,
            quantity,
            value: None,
            entries: 0,
            booked_on,
            used: used.map(|(on, happened)| UseDay { on, happened }),
            released_on: released.filter(|on| *on >= booked_on),
            returned: None,
            may_exceed,
            odd: None,
            holds: None,
        }
    }
}

prop_compose! {
    /// What adds and what moves the window. What sets a smaller total can leave more booked than allowed, and is flagged.
    fn any_change(effects: &'static [Effect])(
        on in any_day(),
        effect in prop::sample::select(effects),
        line in 1_u32..=2,
        quantity in 0_i64..80_000,
        until in prop::option::of(any_day()),
    ) -> Decision {
        Decision {
            on: Some(FuzzyDate::day(on)),
            answer: Some(Answer::Amended),
            effect: Some(effect),
            grants: vec![grant(line, quantity)],
            valid_until: until.map(FuzzyDate::day),
            ..Decision::default()
        }
    }
}

fn any_facts(effects: &'static [Effect]) -> impl Strategy<Value = PermissionFacts> {
    let parts = (
        (0_i64..200_000, 0_i64..200_000),
        prop::collection::vec(any_change(effects), 0..4),
        prop::collection::vec(any_booking(), 0..14),
        (0_u64..100, 200_u64..690),
        prop::option::of(1_u32..5),
    );
    parts.prop_map(|((first, second), changes, drawn, (from, until), cap)| {
        let permission = Permission {
            reference: "L".into(),
            given_on: Some(FuzzyDate::day(day(from))),
            valid_until: Some(FuzzyDate::day(day(until))),
            shipment_cap: cap,
            grants: vec![grant(1, first), grant(2, second)],
            ..Permission::default()
        };
        let mut facts = PermissionFacts { permission, changes, takes_slots: true, ..PermissionFacts::default() };
        // What does not fit is refused when it is written; the history holds what was accepted.
        for booked in drawn {
            if facts.bookings.iter().any(|known| known.id == booked.id) {
                continue;
            }
            facts.bookings.push(booked);
            if facts.check().is_err() {
                facts.bookings.pop();
            }
        }
        facts
    })
}

/// A ledger of one instrument that every line needs, one letter and its shipments.
fn ledger(facts: &PermissionFacts) -> Ledger {
    let rule = Rule {
        reference: "R".into(),
        act: Some(ActKind::Ship),
        from: NaiveDate::from_ymd_opt(2020, 1, 1),
        needs: vec![RuleNeed { answer: Some(RuleAnswer::Needed), ..RuleNeed::default() }],
        ..Rule::default()
    };
    let row = RuleRow { rule, instruments: vec!["x".into()], own: true, overrides: false };
    let instrument = Instrument {
        reference: "x".into(),
        use_point: Some(UsePoint::Entry),
        takes_shipment_slot: true,
        ..Instrument::default()
    };
    let instrument = InstrumentFacts { id: INSTRUMENT, instrument, authority: "X".into() };
    let mut ledger = Ledger::of(vec![instrument], RuleBook::of(vec![row]), Actor::default());
    let matter = Matter { instrument: Some(INSTRUMENT), ..Matter::default() };
    ledger.matters.insert(MATTER, MatterFacts { matter, reference: "M".into(), ..MatterFacts::default() });
    let hs_code = Some("731010".to_owned());
    ledger.items.insert(ITEM, Item { hs_code, eccn: "EAR99".into(), base_unit: Some("H87".into()), ..Item::default() });
    let profile = ledger.profile(Profile { direction: Some(corridor::domain::record::Way::In), ..Profile::default() });
    for holder in 1_i64..=5 {
        let of_holder = || facts.bookings.iter().filter(move |booked| booked.holder == Id(holder));
        let used = of_holder().find_map(|booked| booked.used);
        let quantity: i64 = of_holder().map(|booked| booked.quantity).sum();
        let line = LineFacts { number: 1, item: Some(ITEM), quantity: Some(quantity), ..LineFacts::default() };
        let days = UseDays { entry: used, ..UseDays::default() };
        let known_on = Some(day(0));
        let consignment = Consignment { days, known_on, profile, lines: vec![line], ..Consignment::default() };
        ledger.shipments.insert(Id(holder), consignment);
    }
    // All bookings of a shipment share its day.
    let mut facts = facts.clone();
    for booked in &mut facts.bookings {
        booked.used = ledger.shipments.get(&booked.holder).and_then(|one| one.days.entry);
    }
    ledger.put_permit(LETTER, Permit { facts, matter: Some(MATTER), instrument: Some(INSTRUMENT), request: None });
    ledger
}

fn days_of(facts: &PermissionFacts) -> Vec<NaiveDate> {
    let changes = facts.changes.iter().filter_map(|change| change.on).map(FuzzyDate::last);
    let mut days: Vec<NaiveDate> = facts.bookings.iter().flat_map(Booked::days).chain(changes).collect();
    days.extend((0..700).step_by(35).map(day));
    days.sort_unstable();
    days.dedup();
    days
}

fn taken(standing: &Standing) -> i64 {
    standing.used + standing.reserved
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Used and reserved together never pass what was granted, of any line on any day, unless somebody wrote why.
    #[test]
    fn nothing_is_taken_twice_unless_it_says_why(facts in any_facts(&[Effect::Adds, Effect::WindowOnly])) {
        for day in days_of(&facts) {
            for standing in facts.standings(day) {
                let of_line = || facts.bookings.iter().filter(|booked| booked.grant_line == standing.line);
                let overridden = of_line().any(|booked| booked.may_exceed && booked.is_active(day));
                if let (Left::Limited(left), false) = (standing.left(), overridden) {
                    prop_assert!(left >= 0, "{day}: {standing:?}");
                }
            }
        }
    }

    /// What a booking takes is what its line has less, on every day, and a release gives exactly that back.
    #[test]
    fn a_release_undoes_its_reserve_exactly(facts in any_facts(&[Effect::Adds, Effect::NewTotal]), at in any::<prop::sample::Index>()) {
        prop_assume!(!facts.bookings.is_empty());
        let at = at.index(facts.bookings.len());
        let booked = &facts.bookings[at];
        prop_assume!(booked.used_on().is_none());
        let day = booked.booked_on;
        let mut without = facts.clone();
        without.bookings.remove(at);
        let mut released = facts.clone();
        released.bookings[at].released_on = Some(day);
        prop_assert_eq!(released.standings(day), without.standings(day));
        prop_assert_eq!(released.slots_taken(day), without.slots_taken(day));
    }

    /// A line cut in two, with its booking cut the same way, takes as much as before.
    #[test]
    fn splitting_or_merging_a_line_changes_no_total(
        facts in any_facts(&[Effect::Adds, Effect::NewRemaining]),
        at in any::<prop::sample::Index>(),
        part in 1_i64..1000,
    ) {
        prop_assume!(!facts.bookings.is_empty());
        let at = at.index(facts.bookings.len());
        let mut split = facts.clone();
        let first = split.bookings[at].quantity * part / 1000;
        let rest = Booked { id: Id(2_000_000), line: Some(2), quantity: split.bookings[at].quantity - first, ..split.bookings[at].clone() };
        split.bookings[at].quantity = first;
        split.bookings.push(rest);
        for day in days_of(&facts) {
            let totals = |facts: &PermissionFacts| facts.standings(day).iter().map(taken).collect::<Vec<i64>>();
            prop_assert_eq!(totals(&split), totals(&facts));
            prop_assert_eq!(split.slots_taken(day), facts.slots_taken(day));
        }
    }

    /// A cell says covered only inside the window that was known when it was used, and only of what is left.
    #[test]
    fn nothing_is_covered_outside_its_window_or_beyond_what_is_left(
        facts in any_facts(&[Effect::Adds, Effect::NewTotal, Effect::NewRemaining, Effect::WindowOnly]),
        on in any_day(),
    ) {
        let ledger = ledger(&facts);
        let judge = Judge::new(&ledger, on);
        let permit = &ledger.permits[&LETTER];
        let mut covered = std::collections::BTreeMap::<Option<u32>, i64>::new();
        for (id, consignment) in &ledger.shipments {
            for row in judge.shipment(*id) {
                for (_, cell) in row.cells.iter().filter(|(_, cell)| cell.state == CellState::Covered) {
                    // What was planned for a day that is over happens today at the earliest.
                    let used = judge.meets(&consignment.days, UsePoint::Entry).map(|used| used.on);
                    prop_assert!(used.is_some(), "{cell:?} without a day");
                    let used = used.unwrap();
                    prop_assert_eq!(permit.facts.window(on.min(used), used), Some(WindowFit::Inside));
                    for booked in permit.facts.bookings.iter().filter(|one| one.holder == *id && one.is_active(on)) {
                        *covered.entry(booked.grant_line).or_default() += booked.quantity;
                    }
                }
            }
        }
        for standing in permit.facts.standings(on) {
            if let Some(Limit::Limited(allowed)) = standing.allowed {
                let covered = covered.get(&standing.line).copied().unwrap_or_default();
                prop_assert!(covered <= allowed.thousandths(), "{covered} of {standing:?}");
            }
        }
    }

    /// The order in which facts are read changes nothing.
    #[test]
    fn coverage_does_not_depend_on_the_order_of_its_facts(
        facts in any_facts(&[Effect::Adds, Effect::WindowOnly]),
        turned in any::<prop::sample::Index>(),
        on in any_day(),
    ) {
        let mut other = facts.clone();
        let count = other.bookings.len();
        other.bookings.rotate_left(turned.index(count.max(1)).min(count));
        other.bookings.reverse();
        let (one, two) = (ledger(&facts), ledger_in_order(&facts, &other));
        for id in one.shipments.keys() {
            let cells = |ledger: &Ledger| -> Vec<Cell> {
                let rows: Vec<LineRow> = Judge::new(ledger, on).shipment(*id);
                rows.into_iter().flat_map(|row| row.cells).map(|(_, cell)| cell).collect()
            };
            let states = |cells: &[Cell]| cells.iter().map(|cell| (cell.state, cell.why)).collect::<Vec<_>>();
            prop_assert_eq!(states(&cells(&one)), states(&cells(&two)));
        }
        prop_assert_eq!(facts.check().is_ok(), other.check().is_ok());
    }

    /// Where a booking stands follows from its days alone, and only ever goes on.
    #[test]
    fn a_booking_goes_from_reserved_to_used_or_given_back_and_never_back(booked in any_booking()) {
        let mut before: Option<BookingStage> = None;
        for at in 0..720 {
            let stage = booked.stage(day(at));
            prop_assert!(!(before.is_some() && stage.is_none()));
            if before == Some(BookingStage::Released) || before == Some(BookingStage::Used) {
                prop_assert_eq!(stage, before);
            }
            before = stage;
        }
    }
}

/// The ledger of `facts` with its bookings in the order of `other`.
fn ledger_in_order(facts: &PermissionFacts, other: &PermissionFacts) -> Ledger {
    let mut ledger = ledger(facts);
    let known = ledger.permits[&LETTER].clone();
    let mut turned = known.clone();
    turned.facts.bookings = other
        .bookings
        .iter()
        .map(|wanted| known.facts.bookings.iter().find(|booked| booked.id == wanted.id).unwrap().clone())
        .collect();
    ledger.put_permit(LETTER, turned);
    ledger
}
