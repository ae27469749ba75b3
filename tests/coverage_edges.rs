//! What must not cover, and what must not be taken away: sequences that a reviewer found.

mod support;

use corridor::domain::coverage::CellState;
use corridor::domain::record::RecordKind;
use corridor::services::{Choose, Workspace, Write};
use serde_json::{Value, json};
use support::ledger::*;
use support::*;

const UN: &str = "humanitarian_exemption";

fn create(kind: &str, record: &Value) -> Value {
    json!({"op":"create","kind":kind,"record":record})
}

fn edit(workspace: &mut Workspace, kind: &str, reference: &str, set: &Value) {
    apply(workspace, &[json!({"op":"edit","kind":kind,"reference":reference,"set":set})]);
}

/// A matter with one request of some items, sent, and its decision.
fn filed(workspace: &mut Workspace, code: &str, matter: &str, items: &[&str], decision: &Value) {
    let lines: Vec<Value> = items.iter().map(|item| json!({"item":item,"quantity":100})).collect();
    let mut record = decision.clone();
    record["request"] = json!(code);
    record["reference"] = json!(format!("{code}-D"));
    apply(
        workspace,
        &[
            create(
                "request",
                &json!({"reference":code,"matter":matter,"filing":"new","started_on":"2026-01-01","lines":lines}),
            ),
            create("event", &json!({"reference":format!("{code}-S"),"request":code,"kind":"sent","on":"2026-01-02"})),
            create("decision", &record),
        ],
    );
}

fn matter(workspace: &mut Workspace, code: &str) {
    apply(workspace, &[create("matter", &json!({"reference":code,"title":code,"instrument":UN}))]);
}

/// A shipment in June 2026 that names a matter.
fn june(workspace: &mut Workspace, reference: &str, matter: &str, lines: &[(&str, u32)]) {
    shipment(workspace, reference, ["2026-05-01", "2026-06-01"], lines);
    edit(workspace, "shipment", reference, &json!({"matters":[matter]}));
}

fn cells(workspace: &Workspace, reference: &str, as_of: &str) -> Vec<CellState> {
    let coverage = coverage(workspace, reference, as_of, None);
    (0..coverage.rows.len()).map(|row| cell(&coverage, row, UN).state).collect()
}

#[test]
fn a_line_that_became_smaller_is_booked_anew_and_not_left_without() {
    let mut workspace = organisation("KR");
    letter(&mut workspace, ("UN-1", UN), ["2026-01-10", "2027-10-10"], &[(1, "CAN", 100)]);
    shipment(&mut workspace, "S-1", ["2026-12-01", "2027-01-01"], &[("CAN", 100)]);
    apply(&mut workspace, &[booking("B-1", "UN-1", 1, ("S-1", 1), 100, "2026-11-01")]);
    edit(&mut workspace, "shipment", "S-1", &json!({"lines":[{"number":1,"item":"CAN","quantity":80}]}));
    let id = workspace.find(&[RecordKind::Shipment], "S-1").unwrap();
    let done = workspace.write(Write::Book { shipment: id, choose: Choose::Only }).unwrap();
    assert_eq!(done.message, "Booked 1 for Shipment S-1, gave back 1");
    assert_eq!(
        said(&workspace, "S-1", UN, "2026-11-24"),
        (CellState::Covered, "Covered by UN-1 line 1, 20 pcs left".into())
    );
    workspace.write(Write::Undo).unwrap();
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_letter_without_lines_does_not_cover_what_was_refused_or_never_asked() {
    let mut workspace = organisation("KR");
    apply(
        &mut workspace,
        &[create("item", &json!({"reference":"PUMP","name":"Pump","base_unit":"H87","hs_code":"8413.50"}))],
    );
    matter(&mut workspace, "M");
    let in_part = json!({"answer":"approved_in_part","on":"2026-02-01","lines":[{"line":1,"answer":"refused"},{"line":2,"answer":"granted"}]});
    apply(
        &mut workspace,
        &[create("item", &json!({"reference":"TAP","name":"Tap","base_unit":"H87","hs_code":"8481.80"}))],
    );
    filed(&mut workspace, "R", "M", &["CAN", "TAP"], &in_part);
    apply(
        &mut workspace,
        &[create(
            "permission",
            &json!({"reference":"P","matter":"M","decision":"R-D","given_on":"2026-02-01","valid_until":"2026-12-31"}),
        )],
    );
    june(&mut workspace, "S", "M", &[("CAN", 10), ("TAP", 10), ("PUMP", 10)]);
    assert_eq!(cells(&workspace, "S", "2026-03-01"), [CellState::Refused, CellState::Covered, CellState::Short]);
}

#[test]
fn the_answer_to_one_filing_is_not_the_answer_to_another() {
    let mut workspace = organisation("KR");
    apply(
        &mut workspace,
        &[create("item", &json!({"reference":"TAP","name":"Tap","base_unit":"H87","hs_code":"8481.80"}))],
    );
    matter(&mut workspace, "M");
    filed(&mut workspace, "R1", "M", &["TAP"], &json!({"answer":"not_needed","on":"2026-02-10"}));
    filed(&mut workspace, "R2", "M", &["CAN"], &json!({"answer":"refused","on":"2026-05-10"}));
    june(&mut workspace, "S", "M", &[("CAN", 10), ("TAP", 10)]);
    assert_eq!(cells(&workspace, "S", "2026-05-11"), [CellState::Refused, CellState::Covered]);
    assert_eq!(cells(&workspace, "S", "2026-02-09"), [CellState::Short, CellState::Short], "nobody had answered yet");
}

#[test]
fn a_refused_extension_leaves_what_the_letter_grants() {
    let mut workspace = organisation("KR");
    letter(&mut workspace, ("UN-1", UN), ["2026-01-10", "2026-10-10"], &[(1, "CAN", 100)]);
    filed(&mut workspace, "X", "UN-1", &["CAN"], &json!({"answer":"refused","on":"2026-03-01"}));
    june(&mut workspace, "S", "UN-1", &[("CAN", 10)]);
    assert_eq!(cells(&workspace, "S", "2026-04-01"), [CellState::Short], "it can be booked");
    apply(&mut workspace, &[booking("B", "UN-1", 1, ("S", 1), 10, "2026-04-01")]);
    assert_eq!(cells(&workspace, "S", "2026-04-01"), [CellState::Covered]);
}

#[test]
fn a_letter_for_one_traveller_is_no_letter_for_another() {
    let mut workspace = organisation("KR");
    apply(&mut workspace, &[create("person", &json!({"reference":"LEE","name":"Lee Ji-won","nationality":"KR"}))]);
    edit(&mut workspace, "person", "KIM", &json!({"nationality":"KR"}));
    apply(&mut workspace, &[create("matter", &json!({"reference":"V","title":"Visas","instrument":"kp_visa"}))]);
    for (person, from, until) in [("KIM", "2026-02-01", "2026-06-01"), ("LEE", "2026-07-10", "2027-06-01")] {
        apply(
            &mut workspace,
            &[
                create(
                    "request",
                    &json!({"reference":format!("R-{person}"),"matter":"V","filing":"new","started_on":"2026-01-01","travellers":[{"person":person}]}),
                ),
                create(
                    "event",
                    &json!({"reference":format!("S-{person}"),"request":format!("R-{person}"),"kind":"sent","on":"2026-01-02"}),
                ),
                create(
                    "decision",
                    &json!({"reference":format!("D-{person}"),"request":format!("R-{person}"),"answer":"approved","on":from}),
                ),
                create(
                    "permission",
                    &json!({"reference":format!("P-{person}"),"matter":"V","decision":format!("D-{person}"),"given_on":from,"valid_until":until}),
                ),
            ],
        );
    }
    apply(
        &mut workspace,
        &[create(
            "trip",
            &json!({"reference":"T","title":"Visit","started_on":"2026-01-01","departs_on":"2026-09-01","returns_on":"2026-09-10",
        "travellers":[{"person":"KIM","requests":["R-KIM"]},{"person":"LEE","requests":["R-LEE"]}]}),
        )],
    );
    let coverage = coverage(&workspace, "T", "2026-07-11", None);
    assert_eq!(cell(&coverage, 0, "kp_visa").state, CellState::OutsideWindow);
    assert_eq!(cell(&coverage, 1, "kp_visa").state, CellState::Covered);
}

#[test]
fn a_line_that_is_granted_only_later_cannot_be_booked_before() {
    let mut workspace = organisation("KR");
    letter(&mut workspace, ("UN-1", UN), ["2026-01-10", "2026-10-10"], &[(1, "CAN", 300)]);
    let grants = json!([{"number":2,"item":"CAN","limits":[{"measure":"quantity","limit":50}]}]);
    decide(
        &mut workspace,
        "UN-1",
        "D-2",
        json!({"answer":"amended","on":"2026-08-01","effect":"adds","grants":grants}),
    );
    shipment(&mut workspace, "S", ["2026-04-01", "2026-05-01"], &[("CAN", 50), ("RICE", 50)]);
    let early = refusal(&mut workspace, &[booking("B", "UN-1", 2, ("S", 1), 50, "2026-02-01")]);
    assert!(early.contains("UN-1 has no line 2"), "{early}");
    let other = refusal(&mut workspace, &[booking("B", "UN-1", 2, ("S", 2), 50, "2026-08-02")]);
    assert!(other.contains("another item"), "{other}");
}

#[test]
fn later_letters_add_to_no_limit_nothing_and_leave_what_remains_after_what_was_used() {
    for (limits, change, left) in [
        (
            json!([{"measure":"quantity","limit":"unlimited"}]),
            json!({"effect":"adds","grants":[{"number":1,"limits":[{"measure":"quantity","limit":50}]}]}),
            "no limit",
        ),
        (
            json!([]),
            json!({"effect":"new_remaining","grants":[{"number":1,"limits":[{"measure":"quantity","limit":60}]}]}),
            "60 pcs left",
        ),
        (
            json!([{"measure":"quantity","limit":200}]),
            json!({"effect":"adds","grants":[{"number":1,"limits":[{"measure":"quantity","limit":5,"unit":"XCR"}]}]}),
            "150 pcs left",
        ),
    ] {
        let mut workspace = organisation("KR");
        letter(&mut workspace, ("UN-1", UN), ["2026-01-10", "2026-10-10"], &[(1, "CAN", 100)]);
        edit(&mut workspace, "permission", "UN-1", &json!({"grants":[{"number":1,"item":"CAN","limits":limits}]}));
        shipment(&mut workspace, "S", ["2026-02-01", "2026-03-01"], &[("CAN", 100)]);
        apply(&mut workspace, &[booking("B", "UN-1", 1, ("S", 1), 100, "2026-01-20")]);
        happened(&mut workspace, "S", "dispatched", "2026-02-01");
        happened(&mut workspace, "S", "entered", "2026-03-01");
        let mut decision = change.clone();
        decision
            .as_object_mut()
            .unwrap()
            .extend([("answer".into(), json!("amended")), ("on".into(), json!("2026-04-01"))]);
        decide(&mut workspace, "UN-1", "D-2", decision);
        let (state, words) = said(&workspace, "S", UN, "2026-04-02");
        assert_eq!(state, CellState::Covered, "{change}: {words}");
        assert!(words.ends_with(left), "{change}: {words}");
    }
}

#[test]
fn a_use_typed_late_counts_on_its_own_day() {
    let mut workspace = organisation("KR");
    letter(&mut workspace, ("UN-1", UN), ["2026-01-10", "2026-10-10"], &[(1, "CAN", 300)]);
    shipment(&mut workspace, "S", ["2026-02-01", "2026-03-01"], &[("CAN", 100)]);
    happened(&mut workspace, "S", "dispatched", "2026-02-01");
    happened(&mut workspace, "S", "entered", "2026-03-01");
    let grants = json!([{"number":1,"limits":[{"measure":"quantity","limit":60}]}]);
    decide(
        &mut workspace,
        "UN-1",
        "D-2",
        json!({"answer":"amended","on":"2026-06-01","effect":"new_remaining","grants":grants}),
    );
    apply(&mut workspace, &[booking("B", "UN-1", 1, ("S", 1), 100, "2026-06-15")]);
    assert_eq!(
        said(&workspace, "S", UN, "2026-06-16"),
        (CellState::Covered, "Covered by UN-1 line 1, 60 pcs left".into())
    );
    assert_eq!(said(&workspace, "S", UN, "2026-03-05").0, CellState::Covered, "the day after it entered");
}

#[test]
fn goods_that_came_back_had_been_covered_and_a_bad_extra_booking_takes_nothing_away() {
    let mut workspace = organisation("KR");
    apply(
        &mut workspace,
        &[create(
            "figure",
            &json!({"kind":"returns_free","instrument":UN,"value":1,"from":"2026-01-01","citation":"Letter"}),
        )],
    );
    letter(&mut workspace, ("UN-1", UN), ["2026-01-10", "2026-10-10"], &[(1, "CAN", 100)]);
    letter(&mut workspace, ("UN-2", UN), ["2025-01-10", "2026-02-10"], &[(1, "CAN", 100)]);
    shipment(&mut workspace, "S", ["2026-02-01", "2026-03-01"], &[("CAN", 100)]);
    apply(
        &mut workspace,
        &[booking("B", "UN-1", 1, ("S", 1), 100, "2026-01-20"), booking("B-2", "UN-2", 1, ("S", 1), 5, "2026-01-20")],
    );
    assert_eq!(said(&workspace, "S", UN, "2026-01-21").0, CellState::Covered);
    happened(&mut workspace, "S", "dispatched", "2026-02-01");
    happened(&mut workspace, "S", "entered", "2026-03-01");
    edit(&mut workspace, "booking", "B", &json!({"returned":40,"returned_on":"2026-04-01"}));
    assert_eq!(
        said(&workspace, "S", UN, "2026-04-02"),
        (CellState::Covered, "Covered by UN-1 line 1, 40 pcs left".into())
    );
}

#[test]
fn a_planned_day_that_is_over_is_today_at_the_earliest() {
    let mut workspace = organisation("KR");
    letter(&mut workspace, ("UN-1", UN), ["2026-01-10", "2026-10-10"], &[(1, "CAN", 100)]);
    shipment(&mut workspace, "S", ["2026-08-01", "2026-09-01"], &[("CAN", 100)]);
    apply(&mut workspace, &[booking("B", "UN-1", 1, ("S", 1), 100, "2026-07-20")]);
    happened(&mut workspace, "S", "dispatched", "2026-08-01");
    assert_eq!(said(&workspace, "S", UN, "2026-10-10").0, CellState::Covered);
    assert_eq!(said(&workspace, "S", UN, "2026-10-15"), (CellState::OutsideWindow, "5 days after UN-1 ends".into()));
}

#[test]
fn a_letter_for_so_many_shipments_is_booked_so_that_they_are_counted() {
    let mut workspace = organisation("KR");
    matter(&mut workspace, "M");
    filed(&mut workspace, "R", "M", &["CAN"], &json!({"answer":"approved","on":"2026-02-01"}));
    apply(
        &mut workspace,
        &[create(
            "permission",
            &json!({"reference":"P","matter":"M","decision":"R-D","given_on":"2026-02-01","valid_until":"2026-12-31","shipment_cap":1}),
        )],
    );
    june(&mut workspace, "S-1", "M", &[("CAN", 10)]);
    june(&mut workspace, "S-2", "M", &[("CAN", 10)]);
    assert_eq!(cells(&workspace, "S-1", "2026-03-01"), [CellState::Short]);
    let whole = |reference: &str, shipment: &str| {
        create(
            "booking",
            &json!({"reference":reference,"permission":"P","shipment":shipment,"line":1,"quantity":10,"booked_on":"2026-03-01"}),
        )
    };
    apply(&mut workspace, &[whole("B-1", "S-1")]);
    assert_eq!(cells(&workspace, "S-1", "2026-03-01"), [CellState::Covered]);
    assert!(refusal(&mut workspace, &[whole("B-2", "S-2")]).contains("is for 1 shipment,"));
    assert_eq!(cells(&workspace, "S-2", "2026-03-01"), [CellState::NoSlot]);
}

#[test]
fn a_shipment_that_has_left_or_was_cancelled_is_not_cleared_or_booked_any_more() {
    let mut workspace = organisation("KR");
    letter(&mut workspace, ("UN-1", UN), ["2026-01-10", "2027-10-10"], &[(1, "CAN", 300)]);
    let kim = workspace.find(&[RecordKind::Person], "KIM").unwrap();
    for (reference, event) in [("S-1", "dispatched"), ("S-2", "cancelled")] {
        shipment(&mut workspace, reference, ["2026-11-01", "2026-12-01"], &[("CAN", 10)]);
        happened(&mut workspace, reference, event, "2026-11-02");
        let shipment = workspace.find(&[RecordKind::Shipment], reference).unwrap();
        let sign = corridor::services::SignOff {
            shipment,
            verdict: corridor::domain::record::Verdict::Go,
            signed_by: kim,
            reason: "Gone".into(),
        };
        let said = workspace.write(Write::Clear(sign)).unwrap_err().to_string();
        assert!(said.contains("on 2026-11-02"), "{said}");
    }
    let cancelled = workspace.find(&[RecordKind::Shipment], "S-2").unwrap();
    let done = workspace.write(Write::Book { shipment: cancelled, choose: Choose::EarliestExpiry }).unwrap();
    assert!(done.warnings[0].contains("cancelled on 2026-11-02"), "{:?}", done.warnings);
}
