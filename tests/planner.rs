//! The planner: what a moved date would change, and what goes into the shipments that a permission allows.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::sync::Arc;

use corridor::domain::coverage::MovedDates;
use corridor::domain::coverage::arrival::ShelfLife;
use corridor::domain::id::Id;
use corridor::domain::record::RecordKind;
use corridor::services::queries::{SlotState, SlotsAnswer, WhatIf, WhatIfQuery};
use corridor::services::{Answer, Query, Workspace, Write};
use corridor::store::{dump, known};
use serde_json::json;
use support::{apply, day, list_query, rows, status, workspace};

const TODAY: &str = "2026-11-24";

/// Three shipments under a letter for two, a trip that goes to see the second, goods that lie ready.
fn planned() -> Workspace {
    let mut workspace = workspace();
    let shipment = |reference: &str, ship: &str, arrive: &str, expires: &str| {
        json!({"op":"create","kind":"shipment","record":{"reference":reference,"title":"Milk","direction":"in",
            "started_on":"2026-10-01","planned_on":ship,"expected_on":arrive,"matters":["UN"],"from_site":"STORE",
            "lines":[{"number":1,"item":"CAN","quantity":50,"lot":"LOT","expires_on":expires}],
            "legs":[{"from":"Dalian","to":"Nampo","departs_on":ship,"arrives_on":arrive,"crosses_border":true}]}})
    };
    let booking = |shipment: &str| {
        json!({"op":"create","kind":"booking","record":{"permission":"LETTER","grant_line":1,"shipment":shipment,
            "line":1,"quantity":50,"booked_on":"2026-11-01"}})
    };
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"item","record":{"reference":"CAN","name":"Milk can","base_unit":"H87","hs_code":"7310.10"}}),
            json!({"op":"create","kind":"site","record":{"reference":"STORE","name":"Dalian store","country":"CN"}}),
            json!({"op":"create","kind":"person","record":{"reference":"P","name":"Anna Lee","nationality":"CH"}}),
            json!({"op":"create","kind":"lot","record":{"reference":"LOT","item":"CAN","batch":"B","quantity":400,"on":"2026-10-05","site":"STORE"}}),
            json!({"op":"create","kind":"matter","record":{"reference":"UN","title":"Milk","instrument":"humanitarian_exemption"}}),
            json!({"op":"create","kind":"request","record":{"reference":"REQ","matter":"UN","filing":"new","started_on":"2026-07-01","lines":[{"number":1,"item":"CAN","quantity":300}]}}),
            json!({"op":"create","kind":"event","record":{"request":"REQ","kind":"sent","on":"2026-07-10"}}),
            json!({"op":"create","kind":"decision","record":{"reference":"DEC","request":"REQ","answer":"approved","on":"2026-09-01"}}),
            json!({"op":"create","kind":"permission","record":{"reference":"LETTER","matter":"UN","decision":"DEC","given_on":"2026-09-01",
                "valid_until":"2027-03-31","shipment_cap":2,"grants":[{"number":1,"item":"CAN","limits":[{"measure":"quantity","limit":300}]}]}}),
            shipment("S1", "2026-12-10", "2026-12-20", "2027-12-01"),
            shipment("S2", "2027-02-10", "2027-02-20", "2027-11-25"),
            shipment("S3", "2027-03-10", "2027-03-20", "2027-12-31"),
            booking("S1"),
            booking("S2"),
            json!({"op":"create","kind":"trip","record":{"reference":"T","title":"Count the cans","started_on":"2026-10-01",
                "departs_on":"2027-02-15","returns_on":"2027-02-25","shipments":["S2"],"travellers":[{"person":"P"}]}}),
        ],
    );
    workspace
}

fn id(workspace: &Workspace, kind: RecordKind, reference: &str) -> Id {
    workspace.find(&[kind], reference).unwrap()
}

fn what_if(workspace: &Workspace, kind: RecordKind, reference: &str, first: &str, last: &str) -> Arc<WhatIf> {
    let date = |text: &str| (!text.is_empty()).then(|| day(text));
    let dates = MovedDates { first: date(first), last: date(last) };
    let query = WhatIfQuery { holder: id(workspace, kind, reference), as_of: day(TODAY), dates };
    match workspace.answer(&Query::WhatIf(query)).unwrap() {
        Answer::WhatIf(Some(report)) => report,
        other => panic!("{other:?}"),
    }
}

fn slots(workspace: &Workspace) -> Arc<SlotsAnswer> {
    let permission = id(workspace, RecordKind::Permission, "LETTER");
    match workspace.answer(&Query::Slots { permission, as_of: day(TODAY) }).unwrap() {
        Answer::Slots(Some(slots)) => slots,
        other => panic!("{other:?}"),
    }
}

/// Everything that stands in the database: what follows from the records, and the newest operation.
fn dumped(workspace: &Workspace) -> (Vec<String>, Option<Id>) {
    let db = workspace.store().db();
    (dump::projections(db).unwrap(), known::newest_operation(db).unwrap())
}

#[test]
fn a_question_about_other_days_writes_nothing() {
    let workspace = planned();
    let before = dumped(&workspace);
    let report = what_if(&workspace, RecordKind::Shipment, "S2", "2027-04-01", "");
    assert!(!report.is_harmless());
    what_if(&workspace, RecordKind::Trip, "T", "2027-06-01", "");
    assert_eq!(dumped(&workspace), before);
}

#[test]
fn a_shipment_that_leaves_later_misses_its_letter_its_trip_and_its_shelf_life() {
    let workspace = planned();
    let report = what_if(&workspace, RecordKind::Shipment, "S2", "2027-04-01", "");
    let moved: Vec<(&str, &str)> = report.moved.iter().map(|day| (day.from.as_str(), day.to.as_str())).collect();
    assert_eq!(moved[..2], [("2027-02-10", "2027-04-01"), ("2027-02-20", "2027-04-11")]);
    assert_eq!(report.moved.len(), 4, "the leg moves with it");
    let letter = &report.approvals[0];
    assert_eq!((letter.spanned, letter.spans, letter.days), (true, false, 11));
    assert!(
        letter.words.contains("LETTER ends on 2027-03-31, 11 days before it is used on 2027-04-11"),
        "{}",
        letter.words
    );
    assert!(letter.ask.contains("2027-03-31"), "{}", letter.ask);
    let shelf = &report.shelf[0];
    assert_eq!((shelf.before, shelf.after), (Some(ShelfLife::Enough), ShelfLife::UnderNine));
    let trip = &report.meetings[0];
    assert_eq!((trip.met, trip.meets), (true, false));
    assert!(trip.words.contains("45 days before the goods arrive on 2027-04-11"), "{}", trip.words);
    let cell = report.cells.iter().find(|cell| cell.instrument.contains("exemption")).unwrap();
    assert_eq!(cell.from.as_ref().unwrap().state.word(), "covered");
    assert_eq!(cell.to.as_ref().unwrap().state.word(), "outside_window");
    assert!(report.refused.is_empty());
}

#[test]
fn days_that_stay_change_nothing_and_days_in_the_wrong_order_are_refused_in_words() {
    let workspace = planned();
    let same = what_if(&workspace, RecordKind::Shipment, "S2", "2027-02-10", "");
    assert!(same.is_harmless() && same.moved.is_empty() && same.cells.is_empty());
    let wrong = what_if(&workspace, RecordKind::Shipment, "S2", "2027-02-10", "2027-02-01");
    assert!(wrong.refused.iter().any(|why| why.contains("Expected arrival")), "{:?}", wrong.refused);
}

#[test]
fn a_shipment_that_goes_before_others_takes_their_slot() {
    let mut workspace = planned();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"booking","record":{"permission":"LETTER","grant_line":1,"shipment":"S3","line":1,
            "quantity":50,"booked_on":"2026-11-02","override_reason":"A third shipment is asked for"}}),
        ],
    );
    let report = what_if(&workspace, RecordKind::Shipment, "S3", "2026-12-01", "");
    assert_eq!(report.notes.len(), 1);
    assert!(report.notes[0].contains("S2 would have no shipment left under LETTER"), "{:?}", report.notes);
}

#[test]
fn a_trip_that_moves_misses_the_delivery_it_goes_to_see() {
    let workspace = planned();
    let report = what_if(&workspace, RecordKind::Trip, "T", "2027-01-15", "");
    assert_eq!(report.moved[1].to, "2027-01-25");
    assert!(report.meetings[0].words.contains("26 days before the goods arrive"), "{}", report.meetings[0].words);
}

#[test]
fn the_days_are_written_as_one_step_and_only_where_nobody_changed_the_record_since() {
    let mut workspace = planned();
    let report = what_if(&workspace, RecordKind::Shipment, "S2", "2027-03-01", "");
    let write = Write::Move { holder: report.holder.id, version: report.version, dates: report.query.dates };
    let done = workspace.write(write.clone()).unwrap();
    assert!(done.message.contains("planned departure from 2027-02-10 to 2027-03-01"), "{}", done.message);
    let record = |workspace: &Workspace| workspace.record_by_references(report.holder.id).unwrap();
    assert_eq!(record(&workspace)["legs"][0]["arrives_on"], "2027-03-11");
    assert!(workspace.write(write).unwrap_err().to_string().contains("changed in the meantime"));
    workspace.write(Write::Undo).unwrap();
    assert_eq!(record(&workspace)["planned_on"], "2027-02-10");
    assert_eq!(record(&workspace)["legs"][0]["departs_on"], "2027-02-10");
    assert!(workspace.check().unwrap().problems.is_empty());
}

#[test]
fn a_letter_for_two_shipments_strands_the_third_and_says_with_which_it_can_go() {
    let workspace = planned();
    let found = slots(&workspace);
    let cards: Vec<(SlotState, String)> = found
        .slots
        .iter()
        .map(|card| (card.state, card.shipment.as_ref().map(|link| link.reference.clone()).unwrap_or_default()))
        .collect();
    assert_eq!(cards, [(SlotState::Planned, "S1".to_owned()), (SlotState::Planned, "S2".to_owned())]);
    assert_eq!(found.stranded.len(), 1);
    assert_eq!(found.stranded[0].shipment.as_ref().unwrap().reference, "S3");
    // What is left of the line goes with the first shipment.
    let added: Vec<&str> =
        found.slots[0].goods.iter().filter(|goods| goods.added).map(|goods| goods.amount.as_str()).collect();
    assert_eq!(added, ["150 pcs"]);
    assert!(
        found.suggestions[0].words.starts_with("Put S3 into S2: both are used on 2027-02-20"),
        "{}",
        found.suggestions[0].words
    );
}

#[test]
fn goods_put_into_another_shipment_take_their_bookings_with_them_and_undo_brings_all_back() {
    let mut workspace = planned();
    let (first, second) = (id(&workspace, RecordKind::Shipment, "S1"), id(&workspace, RecordKind::Shipment, "S2"));
    let before = dumped(&workspace).0;
    let done = workspace.write(Write::PutTogether { from: second, into: first }).unwrap();
    assert!(done.message.contains("1 line and 1 booking moved; S2 is cancelled"), "{}", done.message);
    assert!(done.warnings.iter().any(|told| told == "Line 1 of S2 is line 2 of S1 now"), "{:?}", done.warnings);
    assert!(done.warnings.iter().any(|told| told == "Trip T goes to see S1 now"), "{:?}", done.warnings);
    assert_eq!(status(&workspace, RecordKind::Shipment, "S2", TODAY), "cancelled");
    let joined = workspace.record_by_references(first).unwrap();
    assert_eq!(joined["lines"][1]["number"], 2);
    let bookings = rows(&workspace, list_query(RecordKind::Booking, TODAY)).into_iter().map(|row| row.id);
    let booked: Vec<(serde_json::Value, serde_json::Value, bool)> = bookings
        .map(|booking| workspace.record_by_references(booking).unwrap())
        .map(|booking| (booking["shipment"].clone(), booking["line"].clone(), booking.contains_key("released_on")))
        .collect();
    assert_eq!(booked, [(json!("S1"), json!(1), false), (json!("S2"), json!(1), true), (json!("S1"), json!(2), false)]);
    let found = slots(&workspace);
    assert_eq!(found.slots[0].goods.iter().filter(|goods| !goods.added).count(), 2);
    assert!(found.stranded.is_empty(), "the third shipment has a place now");
    assert!(workspace.check().unwrap().problems.is_empty());
    workspace.write(Write::Undo).unwrap();
    assert_eq!(dumped(&workspace).0, before);
    assert_eq!(status(&workspace, RecordKind::Shipment, "S2", TODAY), "planned");
    assert_eq!(slots(&workspace).stranded.len(), 1);
    assert!(workspace.check().unwrap().problems.is_empty());
}

#[test]
fn an_emptied_shipment_that_nothing_names_is_deleted_and_what_has_left_stays_as_it_is() {
    let mut workspace = planned();
    let third = id(&workspace, RecordKind::Shipment, "S3");
    let second = id(&workspace, RecordKind::Shipment, "S2");
    let done = workspace.write(Write::PutTogether { from: third, into: second }).unwrap();
    assert!(done.message.ends_with("S3 is deleted"), "{}", done.message);
    assert!(workspace.find(&[RecordKind::Shipment], "S3").is_err());
    workspace.write(Write::Undo).unwrap();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"shipment_event","record":{"shipment":"S2","kind":"dispatched","on":"2026-11-20"}}),
        ],
    );
    let refused = workspace.write(Write::PutTogether { from: third, into: second }).unwrap_err().to_string();
    assert!(refused.contains("It has left already"), "{refused}");
}

#[test]
fn shipments_of_different_ways_stay_apart_and_who_pays_is_told() {
    let mut workspace = planned();
    let (second, third) = (id(&workspace, RecordKind::Shipment, "S2"), id(&workspace, RecordKind::Shipment, "S3"));
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"fund","record":{"reference":"F","title":"Grant","amount":"USD 1,000"}}),
            json!({"op":"create","kind":"party","record":{"reference":"SHIPPER","name":"Harbour Forwarding"}}),
            json!({"op":"edit","kind":"shipment","reference":"S2","set":{"shares":[{"fund":"F","percent":100}]}}),
            json!({"op":"edit","kind":"shipment","reference":"S3","set":{"shipper":"SHIPPER"}}),
        ],
    );
    let refused = workspace.write(Write::PutTogether { from: third, into: second }).unwrap_err().to_string();
    assert!(refused.contains("does not go the way of S2"), "{refused}");
    apply(&mut workspace, &[json!({"op":"edit","kind":"shipment","reference":"S3","set":{"shipper":null}})]);
    let done = workspace.write(Write::PutTogether { from: third, into: second }).unwrap();
    assert!(done.warnings.iter().any(|told| told.contains("the funds of S2 pay for it now")), "{:?}", done.warnings);
    workspace.write(Write::Undo).unwrap();
    // The other way round, what was said of all lines is said of the line that moves.
    workspace.write(Write::PutTogether { from: second, into: third }).unwrap();
    let joined = workspace.record_by_references(third).unwrap();
    assert_eq!(joined["shares"], json!([{"line": 2, "fund": "F", "percent": "100"}]));
    assert!(workspace.check().unwrap().problems.is_empty());
}

#[test]
fn a_trip_that_moves_out_of_its_window_is_told_with_the_day_of_its_last_use() {
    let mut workspace = planned();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"matter","record":{"reference":"VISA","title":"Visas","instrument":"kp_visa"}}),
            json!({"op":"create","kind":"permission","record":{"reference":"VISA-1","matter":"VISA","given_on":"2026-11-01","valid_from":"2027-02-01",
                "valid_until":"2027-03-10","grants":[{"number":1,"description":"One entry","limits":[{"measure":"people","limit":1}]}]}}),
            json!({"op":"edit","kind":"trip","reference":"T","set":{"legs":[
                {"from":"Beijing","to":"Pyongyang","departs_on":"2027-02-15","arrives_on":"2027-02-15","enters":"KP"},
                {"from":"Pyongyang","to":"Beijing","departs_on":"2027-02-25","arrives_on":"2027-02-25","enters":"CN"}]}}),
            json!({"op":"create","kind":"booking","record":{"permission":"VISA-1","grant_line":1,"trip":"T","person":"P","booked_on":"2026-11-02"}}),
        ],
    );
    assert!(what_if(&workspace, RecordKind::Trip, "T", "2027-02-20", "").approvals.is_empty());
    let longer = what_if(&workspace, RecordKind::Trip, "T", "", "2027-03-12");
    assert_eq!((longer.approvals[0].spanned, longer.approvals[0].spans, longer.approvals[0].days), (true, false, 2));
    assert!(
        longer.approvals[0].words.contains("2 days before it is used on 2027-03-12"),
        "{}",
        longer.approvals[0].words
    );
    assert!(longer.cells.iter().any(|cell| cell.to.as_ref().is_some_and(|to| to.state.word() == "outside_window")));
    let early = what_if(&workspace, RecordKind::Trip, "T", "2027-01-25", "");
    assert!(
        early.approvals[0].words.contains("begins 7 days after the use on 2027-01-25"),
        "{}",
        early.approvals[0].words
    );
    assert!(early.approvals[0].ask.is_empty(), "an extension does not help");
}

#[test]
fn a_shipment_that_goes_before_another_under_a_letter_for_one_is_not_harmless() {
    let mut workspace = planned();
    apply(
        &mut workspace,
        &[
            json!({"op":"edit","kind":"booking","reference":"LETTER/B1","set":{"override_reason":"Asked for more"}}),
            json!({"op":"edit","kind":"booking","reference":"LETTER/B2","set":{"override_reason":"Asked for more"}}),
            json!({"op":"edit","kind":"permission","reference":"LETTER","set":{"shipment_cap":1}}),
        ],
    );
    // S1 enters on 2026-12-20 and takes the only place; S2 has none.
    let earlier = what_if(&workspace, RecordKind::Shipment, "S2", "2026-11-28", "2026-12-05");
    assert!(earlier.pushes_out && !earlier.is_harmless(), "{:?}", earlier.notes);
    assert!(earlier.notes.iter().any(|note| note.contains("S1 would have no shipment left under LETTER")));
    assert!(!what_if(&workspace, RecordKind::Shipment, "S2", "2027-02-12", "").pushes_out);
}

#[test]
fn what_is_planned_of_an_item_is_laid_on_all_the_lines_that_were_given_for_it() {
    let mut workspace = planned();
    let limit = |quantity: u32| json!([{"measure":"quantity","limit":quantity}]);
    let line = |number: u32| json!({"number":number,"item":"CAN","limits":limit(100)});
    apply(
        &mut workspace,
        &[
            json!({"op":"edit","kind":"permission","reference":"LETTER","set":{"shipment_cap":5,"grants":[line(1), line(2)]}}),
            json!({"op":"edit","kind":"shipment","reference":"S3","set":{"lines":[{"number":1,"item":"CAN","quantity":80}]}}),
        ],
    );
    // 100 are booked of line 1; the 80 of the third shipment fit in line 2, and 20 are left.
    let found = slots(&workspace);
    assert!(!found.notes.iter().any(|note| note.contains("more are planned")), "{:?}", found.notes);
    let goods = found.slots.iter().flat_map(|card| &card.goods);
    let added: Vec<&str> = goods.filter(|goods| goods.added).map(|goods| goods.amount.as_str()).collect();
    assert_eq!(added, ["20 pcs"]);
    apply(
        &mut workspace,
        &[
            json!({"op":"edit","kind":"shipment","reference":"S3","set":{"lines":[{"number":1,"item":"CAN","quantity":130}]}}),
        ],
    );
    let notes = &slots(&workspace).notes;
    assert!(notes.iter().any(|note| note.starts_with("Line 2: 30 more are planned than it grants")), "{notes:?}");
}
