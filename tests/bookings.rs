//! Bookings by hand, what was cut, and the signed sheet: each rule of the window of the coverage ledger, without the window.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use corridor::domain::coverage::CellState;
use corridor::domain::id::Id;
use corridor::domain::record::{RecordKind, Verdict};
use corridor::services::coverage::{LineBooking, SignOff};
use corridor::services::queries::{BookingOptions, CUT_HEADING, DetailValue, OptionsQuery};
use corridor::services::{Answer, Choose, Done, Query, Workspace, Write};
use serde_json::{Value, json};
use support::ledger::*;
use support::*;

const UN: &str = "humanitarian_exemption";
const TODAY: &str = "2026-11-24";

/// A letter for 300 cans until June, and a shipment of 120 in spring.
fn cans() -> Workspace {
    let mut workspace = organisation("KR");
    letter(&mut workspace, ("UN-1", UN), ["2026-01-10", "2027-06-30"], &[(1, "CAN", 300)]);
    shipment(&mut workspace, "S-1", ["2027-02-01", "2027-03-01"], &[("CAN", 120)]);
    workspace
}

fn find(workspace: &Workspace, kind: RecordKind, reference: &str) -> Id {
    workspace.find(&[kind], reference).unwrap()
}

fn wanted(workspace: &Workspace, shipment: &str, quantity: &str, reason: &str) -> LineBooking {
    LineBooking {
        shipment: find(workspace, RecordKind::Shipment, shipment),
        line: 1,
        permission: find(workspace, RecordKind::Permission, "UN-1"),
        grant_line: Some(1),
        quantity: quantity.to_owned(),
        reason: reason.to_owned(),
    }
}

fn book(workspace: &mut Workspace, shipment: &str, quantity: &str, reason: &str) -> Result<Done, String> {
    let wanted = wanted(workspace, shipment, quantity, reason);
    workspace.write(Write::BookLine(wanted)).map_err(|error| error.to_string())
}

fn options(workspace: &Workspace, shipment: &str) -> BookingOptions {
    let query = OptionsQuery {
        shipment: find(workspace, RecordKind::Shipment, shipment),
        line: 1,
        instrument: find(workspace, RecordKind::Instrument, UN),
        as_of: day(TODAY),
    };
    match workspace.answer(&Query::BookingOptions(query)).unwrap() {
        Answer::BookingOptions(Some(options)) => options.as_ref().clone(),
        other => panic!("{other:?}"),
    }
}

fn image(workspace: &Workspace, kind: RecordKind, reference: &str) -> Value {
    Value::Object(workspace.record_by_references(find(workspace, kind, reference)).unwrap())
}

fn holds(workspace: &Workspace) {
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_chosen_grant_line_is_booked_and_given_back_each_in_one_step() {
    let mut workspace = cans();
    assert_eq!(said(&workspace, "S-1", UN, TODAY).0, CellState::Short);
    let offered = options(&workspace, "S-1");
    assert_eq!((offered.missing.as_str(), offered.options.len()), ("120", 1));
    assert_eq!((offered.options[0].left.as_str(), offered.options[0].fits.as_str()), ("300 pcs left", "120"));
    assert!(offered.options[0].hint.is_empty() && offered.options[0].until == "until 2027-06-30");
    book(&mut workspace, "S-1", "120", "").unwrap();
    let (state, words) = said(&workspace, "S-1", UN, TODAY);
    assert!(state == CellState::Covered && words.contains("180"), "{words}");
    let booked = options(&workspace, "S-1").bookings;
    assert_eq!((booked.len(), booked[0].is_reserved, booked[0].stage.as_str()), (1, true, "Reserved"));
    workspace.write(Write::GiveBack { booking: booked[0].id }).unwrap();
    assert_eq!(said(&workspace, "S-1", UN, TODAY).0, CellState::Short);
    let again = workspace.write(Write::GiveBack { booking: booked[0].id }).unwrap_err().to_string();
    assert!(again.contains("given back already"), "{again}");
    workspace.write(Write::Undo).unwrap();
    assert_eq!(said(&workspace, "S-1", UN, TODAY).0, CellState::Covered);
    holds(&workspace);
}

#[test]
fn what_goes_beyond_is_refused_with_expected_found_and_difference() {
    let mut workspace = cans();
    let refused = book(&mut workspace, "S-1", "340", "").unwrap_err();
    assert!(
        refused.contains("340") && refused.contains("300 are left") && refused.contains("40 too many"),
        "{refused}"
    );
    assert!(options(&workspace, "S-1").bookings.is_empty());
    for (quantity, why) in [("0", "zero"), ("many", "number"), ("-4", "")] {
        let refused = book(&mut workspace, "S-1", quantity, "").unwrap_err();
        assert!(refused.contains("Quantity") && refused.to_lowercase().contains(why), "{refused}");
    }
    holds(&workspace);
}

#[test]
fn a_plan_may_go_beyond_with_a_reason_that_stays_in_sight() {
    let mut workspace = cans();
    shipment(&mut workspace, "S-9", ["2027-02-01", "2027-03-01"], &[("CAN", 340)]);
    let done = book(&mut workspace, "S-9", "340", "An amendment is promised").unwrap();
    let detail = detail(&workspace, done.id.unwrap(), TODAY);
    let booking = image(&workspace, RecordKind::Booking, &detail.row.reference);
    assert_eq!(booking["override_reason"], "An amendment is promised");
    assert!(booking.get("incident").is_none_or(Value::is_null));
    let (state, words) = said(&workspace, "S-9", UN, TODAY);
    assert!(state == CellState::Short && words.contains("40"), "a reason covers nothing: {words}");
    assert!(book(&mut workspace, "S-1", "1", "").unwrap_err().contains("1 too many"));
    holds(&workspace);
}

#[test]
fn a_reason_where_nothing_goes_beyond_is_not_kept() {
    let mut workspace = cans();
    let done = book(&mut workspace, "S-1", "100", "just in case").unwrap();
    let reference = detail(&workspace, done.id.unwrap(), TODAY).row.reference.clone();
    let booking = image(&workspace, RecordKind::Booking, &reference);
    assert!(booking.get("override_reason").is_none_or(|reason| reason == ""), "{booking}");
}

#[test]
fn a_use_that_happened_and_goes_beyond_is_over_use_with_its_incident_in_one_step() {
    let mut workspace = cans();
    shipment(&mut workspace, "S-0", ["2026-10-01", "2026-11-01"], &[("CAN", 340)]);
    happened(&mut workspace, "S-0", "dispatched", "2026-10-02");
    happened(&mut workspace, "S-0", "entered", "2026-11-03");
    assert_eq!(options(&workspace, "S-0").used_on, Some(day("2026-11-03")));
    let done = book(&mut workspace, "S-0", "340", "").unwrap();
    assert!(done.message.contains("over-use as incident"), "{}", done.message);
    let reference = detail(&workspace, done.id.unwrap(), TODAY).row.reference.clone();
    let booking = image(&workspace, RecordKind::Booking, &reference);
    let incident = booking["incident"].as_str().unwrap().to_owned();
    let told = image(&workspace, RecordKind::Incident, &incident);
    assert_eq!((told["kind"].as_str(), told["began_on"].as_str()), (Some("over_use"), Some("2026-11-03")));
    let said = told["happened"].as_str().unwrap();
    assert!(said.contains("340") && said.contains("300 are left") && said.contains("40 too many"), "{said}");
    holds(&workspace);
    workspace.write(Write::Undo).unwrap();
    assert!(workspace.find(&[RecordKind::Incident], &incident).is_err(), "both go in one step");
    assert!(options(&workspace, "S-0").bookings.is_empty());
    let back = book(&mut workspace, "S-0", "300", "").unwrap().id.unwrap();
    let used = workspace.write(Write::GiveBack { booking: back }).unwrap_err().to_string();
    assert!(used.contains("used already"), "{used}");
}

#[test]
fn what_cannot_serve_is_offered_with_what_keeps_it() {
    let mut workspace = cans();
    letter(&mut workspace, ("UN-0", UN), ["2026-01-10", "2027-01-31"], &[(1, "CAN", 500)]);
    let offered = options(&workspace, "S-1").options;
    assert_eq!(offered.len(), 2);
    assert_eq!((offered[0].permission.reference.as_str(), offered[0].hint.as_str()), ("UN-1", ""));
    assert!(offered[1].hint.contains("29 days after UN-0 ends"), "{}", offered[1].hint);
}

#[test]
fn of_two_letters_the_user_chooses_or_takes_the_one_that_ends_first() {
    let mut workspace = cans();
    letter(&mut workspace, ("UN-2", UN), ["2026-01-10", "2027-04-30"], &[(1, "CAN", 50)]);
    let shipment = find(&workspace, RecordKind::Shipment, "S-1");
    let left = workspace.write(Write::Book { shipment, choose: Choose::Only }).unwrap();
    assert!(left.warnings[0].contains("UN-2 line 1 or UN-1 line 1"), "{:?}", left.warnings);
    workspace.write(Write::Book { shipment, choose: Choose::EarliestExpiry }).unwrap();
    let booked: Vec<String> =
        options(&workspace, "S-1").bookings.into_iter().map(|one| format!("{} {}", one.of, one.quantity)).collect();
    assert!(booked.contains(&"UN-2 line 1 50 pcs".to_owned()) && booked.contains(&"UN-1 line 1 70 pcs".to_owned()));
}

/// A project whose request for 300 cans and 50 bags was cut to 200 cans and no bag.
fn cut() -> Workspace {
    let mut workspace = organisation("KR");
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"project","record":{"reference":"P","title":"Milk"}}),
            json!({"op":"create","kind":"matter","record":{"reference":"M","title":"Cans","instrument":UN,"projects":["P"]}}),
            json!({"op":"create","kind":"request","record":{"reference":"R","matter":"M","filing":"new","started_on":"2026-01-01",
                "lines":[{"number":1,"item":"CAN","quantity":30,"unit":"XCR"},{"number":2,"item":"RICE","quantity":50}]}}),
            json!({"op":"create","kind":"event","record":{"request":"R","kind":"sent","on":"2026-01-05"}}),
            json!({"op":"create","kind":"decision","record":{"reference":"D","request":"R","answer":"approved_in_part","on":"2026-02-01",
                "lines":[{"line":1,"answer":"cut","quantity":20,"reason":"Enough for the kitchens"},{"line":2,"answer":"refused","reason":"Not needed"}]}}),
            json!({"op":"create","kind":"permission","record":{"reference":"L","matter":"M","decision":"D","given_on":"2026-02-01","valid_until":"2027-06-30",
                "grants":[{"number":1,"item":"CAN","asked":1,"limits":[{"measure":"quantity","limit":20,"unit":"XCR"}]}]}}),
        ],
    );
    for (reference, leaves, crates) in [("S-1", "2027-01-10", 12), ("S-2", "2027-02-10", 18)] {
        apply(
            &mut workspace,
            &[
                json!({"op":"create","kind":"shipment","record":{"reference":reference,"project":"P","started_on":"2026-03-01",
                "planned_on":leaves,"expected_on":leaves,"lines":[{"number":1,"item":"CAN","quantity":crates,"unit":"XCR","value":"USD 1,800.00"},
                {"number":2,"item":"RICE","quantity":25}]}}),
            ],
        );
    }
    workspace
}

fn lines(workspace: &Workspace, shipment: &str) -> Value {
    image(workspace, RecordKind::Shipment, shipment)["lines"].clone()
}

#[test]
fn what_was_asked_and_granted_stands_line_by_line() {
    let workspace = cut();
    for (kind, reference, at) in [(RecordKind::Request, "R", 0), (RecordKind::Matter, "M", 1)] {
        let shown = detail(&workspace, find(&workspace, kind, reference), TODAY);
        let section = shown.sections.iter().find(|section| section.heading == CUT_HEADING).unwrap();
        let DetailValue::Table { rows, .. } = &section.fields[0].1 else { panic!("{section:?}") };
        let row = |line: usize| -> Vec<String> {
            let cells = rows[line].iter().skip(at);
            cells.map(|cell| format!("{cell:?}").split('"').nth(1).unwrap_or_default().to_owned()).collect()
        };
        assert_eq!(row(0), ["1. Steel milk can", "pcs", "300", "200", "100", "Cut", "Enough for the kitchens"]);
        assert_eq!(row(1), ["2. Rice", "kg", "50", "0", "50", "Refused", "Not needed"]);
    }
}

#[test]
fn the_cut_is_carried_into_the_plan_in_one_step_that_tells_every_line() {
    let mut workspace = cut();
    let before = [lines(&workspace, "S-1"), lines(&workspace, "S-2")];
    let request = find(&workspace, RecordKind::Request, "R");
    let done = workspace.write(Write::CarryCut { request }).unwrap();
    assert_eq!(done.warnings.len(), 3, "{:?}", done.warnings);
    assert!(done.warnings[1].contains("S-2 line 1: Steel milk can, 180 to 80"), "{:?}", done.warnings);
    assert!(done.warnings[0].contains("S-1 line 2: Rice, 25 to nothing"), "{:?}", done.warnings);
    let first = lines(&workspace, "S-1");
    assert_eq!(first.as_array().unwrap().len(), 1, "what was refused is taken out");
    assert_eq!(
        (&first[0]["quantity"], &first[0]["unit"]),
        (&json!("12"), &json!("XCR")),
        "the first to leave keeps all"
    );
    let second = lines(&workspace, "S-2");
    assert_eq!((&second[0]["quantity"], &second[0]["value"]), (&json!("80"), &json!("USD 800.00")));
    holds(&workspace);
    let again = workspace.write(Write::CarryCut { request }).unwrap();
    assert!(again.message.starts_with("No planned shipment") && again.touched.ids.is_empty(), "{}", again.message);
    workspace.write(Write::Undo).unwrap();
    assert_eq!([lines(&workspace, "S-1"), lines(&workspace, "S-2")], before);
}

#[test]
fn what_has_left_is_left_alone_when_a_cut_is_carried() {
    let mut workspace = cut();
    apply(&mut workspace, &[booking("B", "L", 1, ("S-1", 1), 120, "2026-03-01")]);
    happened(&mut workspace, "S-1", "dispatched", "2026-11-01");
    happened(&mut workspace, "S-1", "entered", "2026-11-10");
    let before = lines(&workspace, "S-1");
    let request = find(&workspace, RecordKind::Request, "R");
    workspace.write(Write::CarryCut { request }).unwrap();
    assert_eq!(lines(&workspace, "S-1"), before);
    assert_eq!(lines(&workspace, "S-2")[0]["quantity"], "80", "of 200 the first took 120");
}

#[test]
fn what_lapses_unused_within_sixty_days_is_warned_of() {
    let mut workspace = cut();
    let letter = find(&workspace, RecordKind::Permission, "L");
    let remarks = |on: &str, workspace: &Workspace| {
        let mut told = detail(workspace, letter, on).remarks.clone();
        told.retain(|remark| remark.contains("lapse"));
        told
    };
    assert!(remarks("2027-04-30", &workspace).is_empty(), "61 days before");
    let told = remarks("2027-05-01", &workspace);
    assert!(told[0].contains("200 pcs") && told[0].contains("60 days") && told[0].contains("2027-06-30"), "{told:?}");
    apply(&mut workspace, &[booking("B", "L", 1, ("S-2", 1), 180, "2026-03-01")]);
    assert!(remarks("2027-06-30", &workspace)[0].contains("20 pcs"));
    assert!(remarks("2027-07-01", &workspace).is_empty());
}

#[test]
fn a_clearance_freezes_the_cells_and_prints_them_without_scripts() {
    let mut workspace = cans();
    apply(
        &mut workspace,
        &[json!({"op":"edit","kind":"shipment","reference":"S-1","set":{"title":"Cans <script>alert(1)</script>"}})],
    );
    let shipment = find(&workspace, RecordKind::Shipment, "S-1");
    let signed_by = find(&workspace, RecordKind::Person, "KIM");
    let sign = |verdict, reason: &str| SignOff { shipment, verdict, signed_by, reason: reason.to_owned() };
    let refused = workspace.write(Write::Clear(sign(Verdict::Go, ""))).unwrap_err().to_string();
    assert!(refused.contains("cells are not covered") && refused.contains("sign a no-go"), "{refused}");
    let done = workspace.write(Write::Clear(sign(Verdict::Go, "The letter is on its way & safe"))).unwrap();
    let clearance = done.id.unwrap();
    let Answer::Sheet(page) = workspace.answer(&Query::Sheet { clearance }).unwrap() else { panic!() };
    for part in [
        "Go: S-1 Cans &lt;script&gt;",
        "Kim Min-su",
        "on its way &amp; safe",
        "Short by 120 pcs",
        "Rules cited",
        "not legal advice",
        "Book a permission",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("<script"), "{page}");
    book(&mut workspace, "S-1", "120", "").unwrap();
    let Answer::Sheet(later) = workspace.answer(&Query::Sheet { clearance }).unwrap() else { panic!() };
    assert_eq!(page, later, "what was signed stays as it stood");
    holds(&workspace);
}
