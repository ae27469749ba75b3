//! Tests of the slots: by example, and by what must hold for any input.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn part(line: u32, quantity: i64, ready: Option<&str>, until: Option<&str>) -> Part {
    Part { grant_line: Some(line), item: None, quantity, ready: ready.map(day), useful_until: until.map(day) }
}

fn load(id: i64, on: &str, parts: Vec<Part>) -> Load {
    Load { holder: Id(id), day: Some(day(on)), gone: false, way: 0, parts }
}

fn facts(cap: usize, loads: Vec<Load>, loose: Vec<Part>) -> SlotFacts {
    SlotFacts {
        cap: Some(cap),
        first: day("2026-07-02"),
        last: Some(day("2027-07-02")),
        today: day("2026-11-24"),
        loads,
        loose,
    }
}

#[test]
fn the_fourth_of_three_shipments_is_stranded_and_can_go_with_an_earlier_one() {
    let ready = |quantity| vec![part(1, quantity, Some("2026-12-01"), None)];
    let gone = Load { gone: true, ..load(1, "2026-09-01", ready(5)) };
    let loads =
        vec![load(4, "2027-05-01", ready(9)), load(3, "2027-03-01", ready(8)), load(2, "2027-01-10", ready(7)), gone];
    let plan = facts(3, loads, Vec::new()).plan();
    let slots: Vec<Slotted> = plan.slots.iter().map(|slot| slot.what).collect();
    assert_eq!(slots, [Slotted::Gone(Id(1)), Slotted::Planned(Id(2)), Slotted::Planned(Id(3))]);
    assert_eq!(plan.stranded.len(), 1);
    assert_eq!((plan.stranded[0].holder, plan.stranded[0].reason), (Some(Id(4)), Reason::NoSlot));
    // The nearest shipment takes it, and no shipment that takes goods moves itself.
    assert_eq!(plan.merges[0], Merge { from: Id(4), into: Id(3), day: day("2027-03-01"), saves: true });
    assert!(plan.merges.iter().all(|merge| merge.from != Id(3)));
}

#[test]
fn what_is_left_goes_with_a_shipment_that_is_planned_where_its_days_fit() {
    let loads = vec![load(2, "2027-03-01", vec![part(1, 7, None, None)])];
    let loose = vec![
        part(1, 10, Some("2027-02-01"), None),
        part(2, 20, Some("2027-04-01"), None),
        part(3, 30, None, Some("2026-12-31")),
        part(4, 40, Some("2027-08-01"), None),
        part(5, 50, Some("2027-01-01"), Some("2026-12-30")),
    ];
    let plan = facts(3, loads, loose).plan();
    let slots: Vec<(Slotted, Option<NaiveDate>, Vec<i64>)> = plan
        .slots
        .iter()
        .map(|slot| (slot.what, slot.day, slot.parts.iter().map(|part| part.quantity).collect()))
        .collect();
    assert_eq!(
        slots,
        [
            (Slotted::New, Some(day("2026-11-24")), vec![30]),
            (Slotted::Planned(Id(2)), Some(day("2027-03-01")), vec![7, 10]),
            (Slotted::New, Some(day("2027-04-01")), vec![20]),
        ]
    );
    let stranded: Vec<(i64, Reason)> = plan.stranded.iter().map(|one| (one.part.quantity, one.reason)).collect();
    assert_eq!(stranded, [(50, Reason::Spoils), (40, Reason::Late(30))]);
}

#[test]
fn goods_that_are_not_ready_or_travel_another_way_are_not_put_together() {
    let early = load(2, "2027-01-10", vec![part(1, 7, Some("2026-12-01"), Some("2027-02-01"))]);
    let late = load(3, "2027-03-01", vec![part(1, 8, Some("2027-02-20"), None)]);
    assert_eq!(facts(2, vec![early.clone(), late.clone()], Vec::new()).plan().merges, []);
    let other_way = Load { way: 1, ..load(4, "2027-03-02", vec![part(1, 1, Some("2026-12-01"), None)]) };
    assert_eq!(facts(3, vec![late, other_way], Vec::new()).plan().merges, []);
    let after = load(5, "2027-07-20", vec![part(1, 3, Some("2026-12-01"), None)]);
    let plan = facts(3, vec![early, after], Vec::new()).plan();
    assert_eq!(plan.stranded[0].reason, Reason::Late(18));
    assert_eq!(plan.merges, [Merge { from: Id(5), into: Id(2), day: day("2027-01-10"), saves: true }]);
}

#[test]
fn a_window_that_is_over_strands_all_that_is_left() {
    let over = facts(3, Vec::new(), vec![part(1, 10, None, None)]).ended(day("2026-11-24"));
    assert_eq!(over.plan().stranded[0].reason, Reason::Over);
}

/// Any facts: few days and few ways, so that things meet.
fn any_facts() -> impl Strategy<Value = SlotFacts> {
    let start = day("2026-07-01");
    let at = move |after: u64| start + Days::new(after);
    let any_part = (1_u32..4, 1_i64..90, prop::option::of(0_u64..120), prop::option::of(0_u64..150)).prop_map(
        move |(line, quantity, ready, until)| Part {
            grant_line: Some(line),
            item: None,
            quantity,
            ready: ready.map(at),
            useful_until: until.map(at),
        },
    );
    let any_load =
        (prop::option::of(0_u64..140), any::<bool>(), 0_usize..2, prop::collection::vec(any_part.clone(), 1..4));
    (
        prop::option::of(0_usize..6),
        0_u64..30,
        prop::option::of(60_u64..120),
        0_u64..90,
        prop::collection::vec(any_load, 0..7),
        prop::collection::vec(any_part, 0..7),
    )
        .prop_map(move |(cap, first, last, today, loads, loose)| SlotFacts {
            cap,
            first: at(first),
            last: last.map(at),
            today: at(today),
            loads: (1_i64..)
                .zip(loads)
                .map(|(id, (day, gone, way, parts))| Load { holder: Id(id), day: day.map(at), gone, way, parts })
                .collect(),
            loose,
        })
}

fn sums<'a>(parts: impl Iterator<Item = &'a Part>) -> BTreeMap<Option<u32>, i64> {
    let mut sums = BTreeMap::new();
    for part in parts {
        *sums.entry(part.grant_line).or_default() += part.quantity;
    }
    sums
}

proptest! {
    #[test]
    fn no_slot_is_beyond_the_cap_but_of_what_has_gone(facts in any_facts()) {
        let plan = facts.plan();
        let gone = facts.loads.iter().filter(|load| load.gone).count();
        prop_assert!(facts.cap.is_none_or(|cap| plan.slots.len() <= cap.max(gone)));
    }

    #[test]
    fn what_is_placed_and_what_is_stranded_is_all_there_is(facts in any_facts()) {
        let plan = facts.plan();
        let placed = plan.slots.iter().flat_map(|slot| &slot.parts);
        let found = sums(placed.chain(plan.stranded.iter().map(|one| &one.part)));
        prop_assert_eq!(found, sums(facts.loads.iter().flat_map(|load| &load.parts).chain(&facts.loose)));
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(facts in any_facts(), turn in 0_usize..7) {
        let mut other = facts.clone();
        let (loads, loose) = (other.loads.len().max(1), other.loose.len().max(1));
        other.loads.rotate_left(turn.min(loads - 1) % loads);
        other.loads.iter_mut().for_each(|load| load.parts.reverse());
        other.loose.rotate_left(turn % loose % loose);
        other.loose.reverse();
        prop_assert_eq!(facts.plan(), other.plan());
    }

    #[test]
    fn every_slot_that_is_not_gone_lies_in_the_window(facts in any_facts()) {
        for slot in facts.plan().slots.iter().filter(|slot| !matches!(slot.what, Slotted::Gone(_))) {
            prop_assert!(slot.day.is_none_or(|day| facts.outside(Some(day)).is_none()));
        }
    }

    #[test]
    fn goods_are_never_put_together_outside_the_window_or_before_they_are_ready(facts in any_facts()) {
        let plan = facts.plan();
        let of = |id: Id| facts.loads.iter().find(|load| load.holder == id).unwrap();
        for merge in &plan.merges {
            let (from, into) = (of(merge.from), of(merge.into));
            prop_assert!(!from.gone && !into.gone && into.day == Some(merge.day));
            prop_assert!(facts.outside(Some(merge.day)).is_none());
            prop_assert!(from.parts.iter().all(|part| part.ready.is_none_or(|ready| ready <= merge.day)));
            prop_assert!(from.parts.iter().all(|part| part.useful_until.is_none_or(|until| merge.day <= until)));
            prop_assert!(plan.merges.iter().all(|other| other.from != merge.into), "a target stays where it is");
        }
    }

    #[test]
    fn doing_all_of_it_needs_fewer_slots_and_strands_no_more(facts in any_facts()) {
        let before = facts.plan();
        let mut after = facts.clone();
        for merge in &before.merges {
            let at = after.loads.iter().position(|load| load.holder == merge.from).unwrap();
            let from = after.loads.remove(at);
            let into = after.loads.iter_mut().find(|load| load.holder == merge.into).unwrap();
            into.parts.extend(from.parts);
        }
        let planned = |plan: &SlotPlan| plan.slots.iter().filter(|one| matches!(one.what, Slotted::Planned(_))).count();
        let stranded = |plan: &SlotPlan| plan.stranded.iter().filter(|one| one.holder.is_some()).count();
        let freed = before.merges.iter().filter(|merge| !merge.saves).count();
        let after = after.plan();
        prop_assert!(stranded(&after) <= stranded(&before));
        prop_assert!(before.merges.is_empty() || planned(&after) <= planned(&before));
        prop_assert!(freed == 0 || planned(&after) + freed <= planned(&before) + before.stranded.len());
    }
}
