//! The coverage ledger in plain words: what is covered, by whose letter, how much is left, and what stands in the way.

mod support;

use corridor::domain::coverage::CellState;
use corridor::domain::record::RecordKind;
use corridor::services::queries::{Mend, Sources};
use corridor::services::{Choose, Workspace, Write};
use serde_json::json;
use support::ledger::*;
use support::*;

const UN: &str = "humanitarian_exemption";

/// The letter of the issue: 300 cans in three shipments; 120 and 100 have entered.
fn cans() -> Workspace {
    let mut workspace = organisation("KR");
    letter(&mut workspace, ("UN-1", UN), ["2026-01-10", "2026-10-10"], &[(1, "CAN", 300)]);
    apply(&mut workspace, &[json!({"op":"edit","kind":"permission","reference":"UN-1","set":{"shipment_cap":3}})]);
    for (reference, quantity, enters) in [("S-1", 120, "2026-03-01"), ("S-2", 100, "2026-04-01")] {
        shipment(&mut workspace, reference, ["2026-02-01", enters], &[("CAN", quantity)]);
        apply(&mut workspace, &[booking(&format!("B-{reference}"), "UN-1", 1, (reference, 1), quantity, "2026-02-01")]);
        happened(&mut workspace, reference, "dispatched", "2026-02-10");
        happened(&mut workspace, reference, "entered", enters);
    }
    workspace
}

/// What has to be mended today.
fn to_mend(workspace: &Workspace) -> Vec<Mend> {
    overview(workspace, "2026-11-24", Sources::Own).flags.clone()
}

/// What a third shipment of some cans hears of it.
fn third(workspace: &mut Workspace, quantity: u32) -> Result<(CellState, String), String> {
    shipment(workspace, "S-3", ["2026-08-01", "2026-09-01"], &[("CAN", quantity)]);
    try_apply(workspace, &[booking("B-3", "UN-1", 1, ("S-3", 1), quantity, "2026-07-01")])
        .map_err(|error| error.to_string())?;
    Ok(said(workspace, "S-3", UN, "2026-07-02"))
}

#[test]
fn of_300_cans_in_three_shipments_80_and_one_are_left_after_120_and_100_have_entered() {
    let mut workspace = cans();
    let (state, words) = third(&mut workspace, 80).unwrap();
    assert_eq!((state, words.as_str()), (CellState::Covered, "Covered by UN-1 line 1, 0 pcs left"));
    shipment(&mut workspace, "S-4", ["2026-08-01", "2026-09-01"], &[("CAN", 1)]);
    let refused = refusal(&mut workspace, &[booking("B-4", "UN-1", 1, ("S-4", 1), 1, "2026-07-03")]);
    assert!(
        refused.contains("takes 1") && refused.contains("0 are left") && refused.contains("1 too many"),
        "{refused}"
    );
}

#[test]
fn a_later_letter_changes_what_is_allowed_and_bookings_survive_it() {
    let grants = |n: u32| json!([{"number":1,"item":"CAN","limits":[{"measure":"quantity","limit":n}]}]);
    for (decision, fits, one_too_many) in [
        (json!({"answer":"amended","on":"2026-06-01","effect":"new_total","grants":grants(350)}), 130, 131),
        (json!({"answer":"amended","on":"2026-06-01","effect":"new_remaining","grants":grants(60)}), 60, 61),
        (json!({"answer":"amended","on":"2026-06-01","effect":"adds","grants":grants(50)}), 130, 131),
        (json!({"answer":"extended","on":"2026-06-01","effect":"window_only","valid_until":"2027-04-10"}), 80, 81),
    ] {
        let mut workspace = cans();
        decide(&mut workspace, "UN-1", "D-2", decision.clone());
        assert_eq!(third(&mut workspace, fits).unwrap().0, CellState::Covered, "{decision}");
        assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
        let mut workspace = cans();
        decide(&mut workspace, "UN-1", "D-2", decision.clone());
        let refused = third(&mut workspace, one_too_many).unwrap_err();
        assert!(refused.contains("1 too many"), "{decision}: {refused}");
    }
}

#[test]
fn the_fourth_shipment_has_no_place_under_a_letter_for_three() {
    let mut workspace = cans();
    third(&mut workspace, 40).unwrap();
    shipment(&mut workspace, "S-4", ["2026-08-01", "2026-09-01"], &[("CAN", 10)]);
    let refused = refusal(&mut workspace, &[booking("B-4", "UN-1", 1, ("S-4", 1), 10, "2026-07-03")]);
    assert!(refused.contains("is for 3 shipments") && refused.contains("4th"), "{refused}");
    let mut planned = booking("B-4", "UN-1", 1, ("S-4", 1), 10, "2026-07-03");
    planned["record"]["override_reason"] = json!("The Committee was asked for a fourth");
    apply(&mut workspace, &[planned]);
    assert_eq!(said(&workspace, "S-4", UN, "2026-07-04").0, CellState::NoSlot);
    let flags = to_mend(&workspace);
    assert!(flags.iter().any(|flag| flag.what.contains("4 shipments are booked of 3")), "{flags:?}");
}

#[test]
fn an_extension_after_a_use_does_not_cure_it() {
    let mut workspace = organisation("KR");
    letter(&mut workspace, ("UN-1", UN), ["2025-08-06", "2026-02-06"], &[(1, "CAN", 300)]);
    shipment(&mut workspace, "S-1", ["2026-02-01", "2026-02-12"], &[("CAN", 100)]);
    apply(&mut workspace, &[booking("B-1", "UN-1", 1, ("S-1", 1), 100, "2026-01-15")]);
    happened(&mut workspace, "S-1", "dispatched", "2026-02-02");
    happened(&mut workspace, "S-1", "entered", "2026-02-12");
    assert_eq!(said(&workspace, "S-1", UN, "2026-02-13"), (CellState::OutsideWindow, "6 days after UN-1 ends".into()));
    decide(&mut workspace, "UN-1", "D-2", json!({"answer":"extended","on":"2026-02-18","valid_until":"2026-08-06"}));
    assert_eq!(said(&workspace, "S-1", UN, "2026-02-20"), (CellState::OutsideWindow, "6 days after UN-1 ends".into()));
    let flags = to_mend(&workspace);
    assert!(flags.iter().any(|flag| flag.what.contains("6 days after permission UN-1 had ended")), "{flags:?}");
}

#[test]
fn what_was_known_on_a_day_is_what_had_been_typed_by_then() {
    let clock = std::sync::Arc::new(std::sync::Mutex::new(at("2026-02-20")));
    let mut workspace = moving(&clock);
    furnish(&mut workspace, "KR");
    letter(&mut workspace, ("UN-1", UN), ["2025-08-06", "2026-02-06"], &[(1, "CAN", 300)]);
    shipment(&mut workspace, "S-1", ["2026-02-15", "2026-02-20"], &[("CAN", 100)]);
    apply(&mut workspace, &[booking("B-1", "UN-1", 1, ("S-1", 1), 100, "2026-01-15")]);
    happened(&mut workspace, "S-1", "dispatched", "2026-02-16");
    happened(&mut workspace, "S-1", "entered", "2026-02-20");
    *clock.lock().unwrap() = at("2026-02-25");
    decide(&mut workspace, "UN-1", "D-2", json!({"answer":"extended","on":"2026-02-18","valid_until":"2026-08-06"}));
    let known = |on: &str| {
        let cell = cell(&coverage(&workspace, "S-1", "2026-02-20", Some(on)), 0, UN);
        (cell.state, cell.words)
    };
    let list = corridor::services::Query::CoverageList { as_of: day("2026-02-20"), as_known: Some(day("2026-02-19")) };
    let corridor::services::Answer::CoverageList(before) = workspace.answer(&list).unwrap() else { panic!() };
    assert!(before.before_it_began().is_some_and(|said| said.contains("its journal begins on 2026-02-20")));
    assert_eq!(known("2026-02-20"), (CellState::OutsideWindow, "14 days after UN-1 ends".into()));
    assert_eq!(known("2026-02-24").0, CellState::OutsideWindow);
    assert_eq!(known("2026-02-25").0, CellState::Covered);
    assert_eq!(said(&workspace, "S-1", UN, "2026-02-20").0, CellState::Covered, "by what we know now");
    // What was called otherwise then, or is deleted since, is found by what it was called then.
    let id = workspace.find(&[RecordKind::Shipment], "S-1").unwrap();
    let found = |workspace: &Workspace, name: &str, on: &str| {
        workspace.find_known(&[RecordKind::Shipment], name, day(on)).unwrap()
    };
    *clock.lock().unwrap() = at("2026-03-01");
    apply(&mut workspace, &[json!({"op":"edit","kind":"shipment","reference":"S-1","set":{"reference":"S-9"}})]);
    assert!(workspace.find(&[RecordKind::Shipment], "S-1").is_err());
    assert_eq!(found(&workspace, "S-1", "2026-02-25"), Ok(id));
    assert_eq!(found(&workspace, "S-9", "2026-02-25"), Ok(id), "by what it is called now");
    assert!(found(&workspace, "S-1", "2026-03-01").unwrap_err().to_string().contains("There is no shipment “S-1”"));
}

#[test]
fn forty_of_300_cans_are_seen_to_be_short_before_the_truck_leaves() {
    let mut workspace = organisation("KR");
    letter(&mut workspace, ("UN-1", UN), ["2026-10-10", "2027-07-10"], &[(1, "CAN", 260)]);
    shipment(&mut workspace, "S-1", ["2027-05-01", "2027-06-01"], &[("CAN", 300)]);
    assert_eq!(said(&workspace, "S-1", UN, "2026-11-24").0, CellState::Short, "nothing is booked");
    let id = workspace.find(&[RecordKind::Shipment], "S-1").unwrap();
    let done = workspace.write(Write::Book { shipment: id, choose: Choose::EarliestExpiry }).unwrap();
    assert!(done.warnings.iter().any(|left| left.contains("Line 1: 40 are not covered")), "{:?}", done.warnings);
    let (state, words) = said(&workspace, "S-1", UN, "2026-11-24");
    assert_eq!((state, words.as_str()), (CellState::Short, "Short by 40 pcs: UN-1 line 1 covers the rest"));
    workspace.write(Write::Undo).unwrap();
    assert!(workspace.find(&[RecordKind::Booking], "B-2026-001").is_err(), "one step takes it all back");
}

#[test]
fn one_line_has_different_days_for_different_authorities() {
    let mut workspace = organisation("US");
    apply(
        &mut workspace,
        &[json!({"op":"edit","kind":"item","reference":"CAN","set":{"us_origin":true,"origin":"US"}})],
    );
    letter(&mut workspace, ("BIS-1", "bis_export_licence"), ["2025-01-10", "2026-05-29"], &[(1, "CAN", 300)]);
    letter(&mut workspace, ("UN-1", UN), ["2026-01-10", "2026-10-10"], &[(1, "CAN", 300)]);
    // It leaves two days after the export licence ends, and enters well within the exemption.
    shipment(&mut workspace, "S-1", ["2026-05-31", "2026-07-01"], &[("CAN", 300)]);
    apply(
        &mut workspace,
        &[
            booking("B-1", "BIS-1", 1, ("S-1", 1), 300, "2026-05-01"),
            booking("B-2", "UN-1", 1, ("S-1", 1), 300, "2026-05-01"),
        ],
    );
    assert_eq!(
        said(&workspace, "S-1", "bis_export_licence", "2026-05-02"),
        (CellState::OutsideWindow, "2 days after BIS-1 ends".into())
    );
    assert_eq!(said(&workspace, "S-1", UN, "2026-05-02").0, CellState::Covered);
}

#[test]
fn a_licence_that_follows_another_fails_with_it_and_names_the_cause() {
    let mut workspace = organisation("US");
    letter(&mut workspace, ("BIS-1", "bis_export_licence"), ["2025-01-10", "2026-05-29"], &[(1, "CAN", 300)]);
    letter(&mut workspace, ("UN-1", UN), ["2026-01-10", "2026-10-10"], &[(1, "CAN", 300)]);
    apply(&mut workspace, &[json!({"op":"edit","kind":"matter","reference":"UN-1","set":{"depends_on":["BIS-1"]}})]);
    shipment(&mut workspace, "S-1", ["2026-05-01", "2026-07-01"], &[("CAN", 300)]);
    apply(&mut workspace, &[booking("B-2", "UN-1", 1, ("S-1", 1), 300, "2026-05-01")]);
    let (state, words) = said(&workspace, "S-1", UN, "2026-05-02");
    assert_eq!(state, CellState::DependencyFails);
    assert!(words.contains("UN-1 stands on BIS-1"), "{words}");
    apply(&mut workspace, &[json!({"op":"edit","kind":"matter","reference":"BIS-1","set":{"depends_on":["UN-1"]}})]);
    decide(&mut workspace, "BIS-1", "D-9", json!({"answer":"extended","on":"2026-04-01","valid_until":"2026-12-31"}));
    let (state, words) = said(&workspace, "S-1", UN, "2026-05-02");
    assert_eq!((state, words.as_str()), (CellState::DependencyFails, "UN-1 and BIS-1 wait for one another"));
}

#[test]
fn a_suspended_letter_a_wrong_consignee_and_an_open_condition_cover_nothing() {
    let mut workspace = organisation("KR");
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"party","record":{"reference":"A","name":"County hospital"}}),
            json!({"op":"create","kind":"party","record":{"reference":"B","name":"Another hospital"}}),
        ],
    );
    letter(&mut workspace, ("UN-1", UN), ["2026-01-10", "2026-10-10"], &[(1, "CAN", 300)]);
    shipment(&mut workspace, "S-1", ["2026-05-01", "2026-07-01"], &[("CAN", 300)]);
    apply(&mut workspace, &[booking("B-2", "UN-1", 1, ("S-1", 1), 300, "2026-05-01")]);
    let grant = |scope: serde_json::Value| json!([{"number":1,"item":"CAN","limits":[{"measure":"quantity","limit":300}],"scope":[scope]}]);
    let set = |workspace: &mut Workspace, fields: serde_json::Value| {
        apply(workspace, &[json!({"op":"edit","kind":"permission","reference":"UN-1","set":fields})]);
    };
    set(&mut workspace, json!({"grants": grant(json!({"consignee":"A"}))}));
    apply(&mut workspace, &[json!({"op":"edit","kind":"shipment","reference":"S-1","set":{"consignee":"B"}})]);
    assert_eq!(
        said(&workspace, "S-1", UN, "2026-05-02"),
        (CellState::OutsideScope, "UN-1 line 1 is bound to another consignee".into())
    );
    apply(&mut workspace, &[json!({"op":"edit","kind":"shipment","reference":"S-1","set":{"consignee":"A"}})]);
    assert_eq!(said(&workspace, "S-1", UN, "2026-05-02").0, CellState::Covered);
    set(&mut workspace, json!({"grants": grant(json!({"route":"Busan - Wonsan"}))}));
    assert_eq!(said(&workspace, "S-1", UN, "2026-05-02").0, CellState::OutsideScope);
    set(&mut workspace, json!({"grants": grant(json!({"route":"Dalian - Nampo"}))}));
    assert_eq!(said(&workspace, "S-1", UN, "2026-05-02").0, CellState::Covered);
    set(&mut workspace, json!({"conditions":[{"text":"Send the list of recipients","due_on":"2026-06-01"}]}));
    assert_eq!(said(&workspace, "S-1", UN, "2026-05-02").0, CellState::ConditionOpen);
    set(
        &mut workspace,
        json!({"conditions":[{"text":"Send the list","due_on":"2026-06-01","done_on":"2026-05-01","evidence":"Mail of 1 May"}]}),
    );
    assert_eq!(said(&workspace, "S-1", UN, "2026-05-02").0, CellState::Covered);
    decide(&mut workspace, "UN-1", "D-2", json!({"answer":"suspended","on":"2026-05-20"}));
    assert_eq!(said(&workspace, "S-1", UN, "2026-05-19").0, CellState::Covered);
    assert_eq!(said(&workspace, "S-1", UN, "2026-05-20").0, CellState::Suspended);
}

#[test]
fn a_release_gives_back_what_was_reserved_and_a_cancelled_shipment_frees_all() {
    let mut workspace = cans();
    shipment(&mut workspace, "S-3", ["2026-08-01", "2026-09-01"], &[("CAN", 80)]);
    apply(&mut workspace, &[booking("B-3", "UN-1", 1, ("S-3", 1), 80, "2026-07-01")]);
    shipment(&mut workspace, "S-4", ["2026-08-01", "2026-09-01"], &[("CAN", 80)]);
    let fourth = booking("B-4", "UN-1", 1, ("S-4", 1), 80, "2026-07-05");
    assert!(try_apply(&mut workspace, std::slice::from_ref(&fourth)).is_err());
    let cancelled = json!({"reference":"CXL","shipment":"S-3","kind":"cancelled","on":"2026-07-04"});
    apply(&mut workspace, &[json!({"op":"create","kind":"shipment_event","record":cancelled})]);
    assert_eq!(status(&workspace, RecordKind::Booking, "B-3", "2026-07-03"), "reserved");
    assert_eq!(status(&workspace, RecordKind::Booking, "B-3", "2026-07-04"), "released");
    apply(&mut workspace, &[fourth]);
    assert_eq!(said(&workspace, "S-4", UN, "2026-07-06").0, CellState::Covered);
    // The cancellation cannot be taken back any more: what it had freed is booked.
    let refused = refusal(&mut workspace, &[json!({"op":"delete","kind":"shipment_event","reference":"CXL"})]);
    assert!(refused.contains("80 too many"), "{refused}");
    assert_eq!(status(&workspace, RecordKind::Booking, "B-S-1", "2026-03-01"), "used");
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn returned_goods_free_quantity_only_where_a_dated_rule_says_so() {
    let mut workspace = cans();
    let back =
        json!({"op":"edit","kind":"booking","reference":"B-S-1","set":{"returned":20,"returned_on":"2026-05-01"}});
    apply(&mut workspace, &[back]);
    shipment(&mut workspace, "S-3", ["2026-08-01", "2026-09-01"], &[("CAN", 100)]);
    let third = booking("B-3", "UN-1", 1, ("S-3", 1), 100, "2026-07-01");
    assert!(refusal(&mut workspace, std::slice::from_ref(&third)).contains("20 too many"));
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"figure","record":{"kind":"returns_free","instrument":UN,"value":1,"from":"2026-01-01","citation":"Letter of the Secretary, 2026-05-02"}}),
        ],
    );
    apply(&mut workspace, &[third]);
    assert_eq!(said(&workspace, "S-3", UN, "2026-07-02").0, CellState::Covered);
}

#[test]
fn a_balance_that_a_letter_states_fails_loudly_with_expected_found_and_difference() {
    let mut workspace = cans();
    let balance = json!({"op":"create","kind":"balance","record":{"reference":"BAL","permission":"UN-1","grant_line":1,"measure":"quantity","left":100,"on":"2026-05-03","letter":"Letter of 3 May"}});
    let done = apply(&mut workspace, &[balance]);
    let flags = to_mend(&workspace);
    let flag = flags.iter().find(|flag| flag.reference == "BAL").unwrap();
    assert!(
        flag.what.contains("100 are left")
            && flag.what.contains("the bookings leave 80")
            && flag.what.contains("20 less"),
        "{}",
        flag.what
    );
    assert!(done.warnings.iter().any(|warning| warning.contains("20 less")), "it is said at once: {:?}", done.warnings);
    apply(&mut workspace, &[json!({"op":"edit","kind":"balance","reference":"BAL","set":{"left":80}})]);
    let flags = to_mend(&workspace);
    assert!(flags.iter().all(|flag| flag.reference != "BAL"), "{flags:?}");
}

#[test]
fn units_convert_exactly_or_are_refused() {
    let mut workspace = cans();
    shipment(&mut workspace, "S-3", ["2026-08-01", "2026-09-01"], &[("CAN", 80)]);
    let mut crates = booking("B-3", "UN-1", 1, ("S-3", 1), 8, "2026-07-01");
    crates["record"]["unit"] = json!("XCR");
    apply(&mut workspace, &[crates.clone()]);
    assert_eq!(said(&workspace, "S-3", UN, "2026-07-02").0, CellState::Covered, "8 crates of 10 are 80 cans");
    crates["record"]["reference"] = json!("B-4");
    crates["record"]["unit"] = json!("KGM");
    let refused = refusal(&mut workspace, &[crates]);
    assert!(refused.contains("kg") && refused.contains("B-4"), "{refused}");
}

#[test]
fn what_cannot_be_is_refused_with_the_records_named() {
    let mut workspace = cans();
    shipment(&mut workspace, "S-9", ["2026-11-01", "2026-12-01"], &[("CAN", 5), ("RICE", 5)]);
    let refused = refusal(&mut workspace, &[booking("B-9", "UN-1", 1, ("S-9", 1), 5, "2026-10-20")]);
    assert!(refused.contains("B-9") && refused.contains("UN-1") && refused.contains("expired"), "{refused}");
    let refused = refusal(&mut workspace, &[booking("B-9", "UN-1", 7, ("S-9", 1), 5, "2026-09-20")]);
    assert!(refused.contains("UN-1 has no line 7"), "{refused}");
    let refused = refusal(&mut workspace, &[booking("B-9", "UN-1", 1, ("S-9", 2), 5, "2026-09-20")]);
    assert!(refused.contains("another item"), "{refused}");
    let refused = refusal(
        &mut workspace,
        &[json!({"op":"edit","kind":"permission","reference":"UN-1","set":{"grants":[
            {"number":1,"item":"CAN","limits":[{"measure":"quantity","limit":300}]},{"number":2,"item":"RICE"}]}})],
    );
    assert!(refused.contains("Grant line 2 is for Rice") && refused.contains("UN-1-R"), "{refused}");
    // A second letter of a decision that changes the first, of which the first says that it was given by that decision.
    decide(&mut workspace, "UN-1", "D-2", json!({"answer":"replaced","on":"2026-06-01"}));
    let circle = json!({"op":"edit","kind":"permission","reference":"UN-1","set":{"decision":"D-2"}});
    let refused = refusal(&mut workspace, &[circle]);
    assert!(refused.contains("circle") && refused.contains("UN-1 → D-2 → UN-1"), "{refused}");
}
