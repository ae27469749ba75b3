//! Real cases, told again: what the ledger would have said to the people who lived through them. Dates and quantities follow
//! the public record (see `assets/SOURCES.md`); letters and licences are made up where the record does not know them.

mod support;

use corridor::domain::coverage::CellState;
use corridor::domain::record::RecordKind;
use corridor::services::Workspace;
use serde_json::json;
use support::ledger::*;
use support::*;

const UN: &str = "humanitarian_exemption";

fn edit(workspace: &mut Workspace, kind: &str, reference: &str, set: &serde_json::Value) {
    apply(workspace, &[json!({"op":"edit","kind":kind,"reference":reference,"set":set})]);
}

/// January 2018: two containers of hygiene kits stood for weeks in a Chinese port for nail clippers; MCC asked for them in 2019.
#[test]
fn nail_clippers_make_a_hygiene_kit_need_an_exemption_that_soap_alone_does_not() {
    let mut workspace = organisation("CA");
    let kit = |parts: serde_json::Value| json!({"op":"create","kind":"item","record":{"reference":"KIT","name":"Hygiene kit","base_unit":"H87","components":parts}});
    apply(
        &mut workspace,
        &[kit(json!([
            {"name":"Soap","quantity":2,"hs_code":"3401.11"},
            {"name":"Towel","quantity":1,"hs_code":"6302.60"},
        ]))],
    );
    shipment(&mut workspace, "MCC", ["2019-02-01", "2019-03-20"], &[("KIT", 5_000)]);
    assert_eq!(said(&workspace, "MCC", UN, "2019-01-15").0, CellState::NotNeeded);
    edit(
        &mut workspace,
        "item",
        "KIT",
        &json!({"components":[
            {"name":"Soap","quantity":2,"hs_code":"3401.11"},
            {"name":"Towel","quantity":1,"hs_code":"6302.60"},
            {"name":"Nail clipper","quantity":1,"hs_code":"8214.20"},
        ]}),
    );
    assert_eq!(said(&workspace, "MCC", UN, "2019-01-15").0, CellState::Short, "one small part is enough");
    letter(&mut workspace, ("MCC-2019", UN), ["2019-03-14", "2019-09-14"], &[(1, "KIT", 5_000)]);
    apply(&mut workspace, &[booking("B", "MCC-2019", 1, ("MCC", 1), 5_000, "2019-03-15")]);
    assert_eq!(said(&workspace, "MCC", UN, "2019-03-16").0, CellState::Covered);
}

/// First Steps, 2018: 300 steel milk cans stood at the maker for nearly two years.
#[test]
fn three_hundred_steel_milk_cans_wait_for_the_exemption_and_are_covered_from_its_letter_on() {
    let mut workspace = organisation("CA");
    shipment(&mut workspace, "CANS", ["2019-02-15", "2019-04-01"], &[("CAN", 300)]);
    let cell = cell(&coverage(&workspace, "CANS", "2018-06-01", None), 0, UN);
    assert_eq!((cell.state, cell.words.as_str()), (CellState::Short, "Short by 300 pcs. Nothing was asked"));
    assert!(cell.mend.contains("ask UN 1718"), "{}", cell.mend);
    letter(&mut workspace, ("FS", UN), ["2019-01-18", "2019-07-18"], &[(1, "CAN", 300)]);
    apply(&mut workspace, &[booking("B", "FS", 1, ("CANS", 1), 300, "2019-01-20")]);
    assert_eq!(said(&workspace, "CANS", UN, "2019-01-17").0, CellState::Short, "the day before the letter");
    assert_eq!(
        said(&workspace, "CANS", UN, "2019-01-20"),
        (CellState::Covered, "Covered by FS line 1, 0 pcs left".into())
    );
}

/// Welthungerhilfe, February 2019: one part of seven was approved.
#[test]
fn of_seven_parts_one_was_approved_and_six_are_refused_line_by_line() {
    let mut workspace = organisation("DE");
    let items: Vec<_> = (1..=7)
        .map(|n| json!({"op":"create","kind":"item","record":{"reference":format!("P{n}"),"name":format!("Part {n}"),"base_unit":"H87","hs_code":"8413.50"}}))
        .collect();
    apply(&mut workspace, &items);
    let asked: Vec<_> = (1..=7).map(|n| json!({"number":n,"item":format!("P{n}"),"quantity":10})).collect();
    let decided: Vec<_> =
        (1..=7).map(|n| json!({"line":n,"answer": if n == 3 { "granted" } else { "refused" }})).collect();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"matter","record":{"reference":"WHH","title":"Water","instrument":UN}}),
            json!({"op":"create","kind":"request","record":{"reference":"R","matter":"WHH","filing":"new","started_on":"2018-10-01","lines":asked}}),
            json!({"op":"create","kind":"event","record":{"reference":"S","request":"R","kind":"sent","on":"2018-10-10"}}),
            json!({"op":"create","kind":"decision","record":{"reference":"D","request":"R","answer":"approved_in_part","on":"2019-02-20","lines":decided}}),
            json!({"op":"create","kind":"permission","record":{"reference":"WHH-1","matter":"WHH","decision":"D","given_on":"2019-02-20","valid_until":"2019-08-20","grants":[{"number":3,"item":"P3","asked":3,"limits":[{"measure":"quantity","limit":10}]}]}}),
        ],
    );
    let lines: Vec<(String, u32)> = (1..=7).map(|n| (format!("P{n}"), 10)).collect();
    let lines: Vec<(&str, u32)> = lines.iter().map(|(item, n)| (item.as_str(), *n)).collect();
    shipment(&mut workspace, "PUMPS", ["2019-04-01", "2019-05-01"], &lines);
    edit(&mut workspace, "shipment", "PUMPS", &json!({"matters":["WHH"]}));
    apply(&mut workspace, &[booking("B", "WHH-1", 3, ("PUMPS", 3), 10, "2019-03-01")]);
    let coverage = coverage(&workspace, "PUMPS", "2019-03-02", None);
    for row in 0..7 {
        let expected = if row == 2 { CellState::Covered } else { CellState::Refused };
        assert_eq!(cell(&coverage, row, UN).state, expected, "line {}", row + 1);
    }
}

/// LNKM, 2019: approved on 4 April for six months, extended on 18 December. In between nothing was covered.
#[test]
fn an_extension_that_came_after_the_lapse_covers_only_what_enters_after_it() {
    let mut workspace = organisation("US");
    letter(&mut workspace, ("LNKM", UN), ["2019-04-04", "2019-10-04"], &[(1, "CAN", 300)]);
    shipment(&mut workspace, "NOV", ["2019-10-20", "2019-11-15"], &[("CAN", 100)]);
    shipment(&mut workspace, "JAN", ["2019-12-20", "2020-01-15"], &[("CAN", 100)]);
    apply(
        &mut workspace,
        &[
            booking("B-1", "LNKM", 1, ("NOV", 1), 100, "2019-09-01"),
            booking("B-2", "LNKM", 1, ("JAN", 1), 100, "2019-09-01"),
        ],
    );
    happened(&mut workspace, "NOV", "dispatched", "2019-10-20");
    happened(&mut workspace, "NOV", "entered", "2019-11-15");
    assert_eq!(said(&workspace, "JAN", UN, "2019-12-01").0, CellState::OutsideWindow);
    decide(&mut workspace, "LNKM", "EXT", json!({"answer":"extended","on":"2019-12-18","valid_until":"2020-06-18"}));
    assert_eq!(said(&workspace, "JAN", UN, "2019-12-18").0, CellState::Covered);
    assert_eq!(said(&workspace, "NOV", UN, "2019-12-18"), (CellState::OutsideWindow, "42 days after LNKM ends".into()));
    let flags = overview(&workspace, "2026-11-24", corridor::services::queries::Sources::Own).flags.clone();
    assert!(flags.iter().any(|flag| flag.what.contains("42 days after permission LNKM")), "{flags:?}");
}

/// IKECRC: the exemption of July 2020 lapsed unused, and the same was asked again in January 2022.
#[test]
fn a_window_that_was_missed_is_filed_again_and_the_goods_are_booked_on_the_new_letter() {
    let mut workspace = organisation("KR");
    letter(&mut workspace, ("IKE-2020", UN), ["2020-07-17", "2021-01-17"], &[(1, "CAN", 50)]);
    shipment(&mut workspace, "S", ["2020-12-20", "2021-01-10"], &[("CAN", 50)]);
    apply(&mut workspace, &[booking("B-1", "IKE-2020", 1, ("S", 1), 50, "2020-08-01")]);
    assert_eq!(said(&workspace, "S", UN, "2020-12-01").0, CellState::Covered);
    // The border stayed shut; the shipment is planned anew.
    edit(
        &mut workspace,
        "shipment",
        "S",
        &json!({"planned_on":"2022-04-01","expected_on":"2022-04-14","legs":[
        {"from":"Busan","to":"Wonsan","crosses_border":true,"arrives_on":"2022-04-14"}]}),
    );
    assert_eq!(
        said(&workspace, "S", UN, "2021-02-01"),
        (CellState::OutsideWindow, "452 days after IKE-2020 ends".into())
    );
    letter(&mut workspace, ("IKE-2022", UN), ["2022-01-28", "2023-01-28"], &[(1, "CAN", 50)]);
    edit(&mut workspace, "booking", "B-1", &json!({"released_on":"2022-02-01"}));
    apply(&mut workspace, &[booking("B-2", "IKE-2022", 1, ("S", 1), 50, "2022-02-01")]);
    assert_eq!(
        said(&workspace, "S", UN, "2022-02-02"),
        (CellState::Covered, "Covered by IKE-2022 line 1, 0 pcs left".into())
    );
    assert_eq!(status(&workspace, RecordKind::Booking, "B-1", "2022-02-02"), "released");
}

/// October 2018: the State Department refused special validations to aid workers who had travelled for years.
#[test]
fn the_passport_refusals_of_october_2018_stop_the_person_and_not_the_others() {
    let mut workspace = organisation("US");
    let person = |code: &str, country: &str, documents: serde_json::Value| json!({"op":"create","kind":"person","record":{"reference":code,"name":code,"nationality":country,"us_person":country == "US","documents":documents}});
    let passport = json!({"kind":"passport","number":"P","country":"US","expires_on":"2027-01-01"});
    let validated = json!({"kind":"special_validation","number":"V","country":"US","issued_on":"2018-09-20","expires_on":"2018-11-06"});
    apply(
        &mut workspace,
        &[
            person("ANN", "US", json!([passport])),
            person("BEN", "US", json!([passport, validated])),
            person("EVA", "CH", json!([{"kind":"passport","number":"C","country":"CH","expires_on":"2027-01-01"}])),
            json!({"op":"create","kind":"matter","record":{"reference":"PASS","title":"Validation","instrument":"special_validation_passport"}}),
            json!({"op":"create","kind":"request","record":{"reference":"PASS-ANN","matter":"PASS","filing":"new","started_on":"2018-08-01","travellers":[{"person":"ANN"}]}}),
            json!({"op":"create","kind":"event","record":{"reference":"S","request":"PASS-ANN","kind":"sent","on":"2018-08-05"}}),
            json!({"op":"create","kind":"trip","record":{"reference":"T","title":"Monitoring","started_on":"2018-08-01","departs_on":"2018-10-25","returns_on":"2018-11-08",
                "travellers":[{"person":"ANN","passport":"P","requests":["PASS-ANN"]},{"person":"BEN","passport":"V"},{"person":"EVA","passport":"C"}],
                "legs":[{"from":"Seattle","to":"Beijing","departs_on":"2018-10-25","arrives_on":"2018-10-26","enters":"CN"},
                        {"from":"Beijing","to":"Pyongyang","departs_on":"2018-10-27","arrives_on":"2018-10-27","enters":"KP"},
                        {"from":"Pyongyang","to":"Beijing","departs_on":"2018-11-07","arrives_on":"2018-11-07","enters":"CN"}]}}),
        ],
    );
    let state = |row: usize, on: &str| cell(&coverage(&workspace, "T", on, None), row, "special_validation_passport");
    assert_eq!(state(0, "2018-09-01").state, CellState::Short, "asked and not answered");
    assert!(state(0, "2018-09-01").words.contains("PASS-ANN"));
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"decision","record":{"reference":"D","request":"PASS-ANN","answer":"refused","on":"2018-10-02"}}),
        ],
    );
    let coverage = coverage(&workspace, "T", "2018-10-03", None);
    let cell = |row: usize| cell(&coverage, row, "special_validation_passport");
    // Two legs each: into the country and out of it.
    assert_eq!((cell(0).state, cell(1).state), (CellState::Refused, CellState::Refused), "Ann");
    assert_eq!(cell(2).state, CellState::Covered, "Ben goes in");
    assert_eq!(
        (cell(3).state, cell(3).words.as_str()),
        (CellState::OutsideWindow, "1 day after BEN ends"),
        "Ben comes out"
    );
    assert_eq!(
        (cell(4).state, cell(5).state),
        (CellState::NotNeeded, CellState::NotNeeded),
        "Eva travels on a Swiss passport"
    );
    assert!(!format!("{coverage:?}").contains("\"V\""), "no number of a passport stands in an answer");
}

/// June 2026: the list of devices that one licence leaves out was read as a fragment; nobody can say what it means for a
/// concentrator made elsewhere. For one made in the US nothing changed.
#[test]
fn an_oxygen_concentrator_made_elsewhere_became_unclear_and_one_made_in_the_us_did_not() {
    let mut workspace = organisation("US");
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"item","record":{"reference":"OXY","name":"Oxygen concentrator","base_unit":"H87","hs_code":"9019.20","origin":"CN","goods_class":"device","eccn":"EAR99"}}),
            json!({"op":"create","kind":"item","record":{"reference":"OXY-US","name":"Oxygen concentrator, US","base_unit":"H87","hs_code":"9019.20","origin":"US","us_origin":true,"goods_class":"device","eccn":"EAR99"}}),
        ],
    );
    for (reference, days) in [("MAY", ["2026-05-01", "2026-05-20"]), ("JULY", ["2026-07-01", "2026-07-20"])] {
        shipment(&mut workspace, reference, days, &[("OXY", 10), ("OXY-US", 10)]);
    }
    let instruments = ["ofac_general_licence", "ofac_specific_licence"];
    let states = |shipment: &str, row: usize| -> Vec<(CellState, String)> {
        let coverage = coverage(&workspace, shipment, "2026-04-01", None);
        let known = coverage.columns.iter().zip(&coverage.rows[row].cells);
        let of_ofac = known.filter(|(column, _)| instruments.contains(&column.code.as_str()));
        of_ofac.filter_map(|(_, cell)| cell.as_ref().map(|cell| (cell.state, cell.words.clone()))).collect()
    };
    // In May one licence is relied on, and the other is not needed.
    let may = states("MAY", 0);
    assert!(may.contains(&(CellState::Short, "No reliance on it is written down".into())), "{may:?}");
    assert!(may.iter().all(|(state, _)| *state != CellState::Unclear), "{may:?}");
    let unclear = states("JULY", 0);
    let reason = unclear.iter().find(|(state, _)| *state == CellState::Unclear);
    assert!(reason.is_some_and(|(_, words)| words.contains("fragment") || words.contains("in part")), "{unclear:?}");
    assert_eq!(states("MAY", 1), states("JULY", 1), "the one of US origin is as before");
}

/// A passport that runs out on the way is seen when the trip is planned, and again when the date or the passport changes.
#[test]
fn a_passport_that_ends_before_the_journey_is_told_without_its_number() {
    let mut workspace = organisation("US");
    let passport = |until: &str| json!([{"kind":"passport","number":"X123","country":"US","expires_on":until}]);
    edit(&mut workspace, "person", "KIM", &json!({"documents": passport("2027-04-10")}));
    let trip = json!({"reference":"T","title":"Visit","started_on":"2026-11-01","departs_on":"2027-04-01","returns_on":"2027-04-24","travellers":[{"person":"KIM","passport":"X123"}]});
    apply(&mut workspace, &[json!({"op":"create","kind":"trip","record":trip})]);
    let told = |workspace: &Workspace| -> Vec<String> {
        let overview = overview(workspace, "2026-11-24", corridor::services::queries::Sources::Own);
        overview.flags.iter().map(|flag| flag.what.clone()).collect()
    };
    let said = told(&workspace).join(" ");
    assert!(
        said.contains("The passport of KIM ends on 2027-04-10, 14 days before") && !said.contains("X123"),
        "{said}"
    );
    edit(&mut workspace, "person", "KIM", &json!({"documents": passport("2030-01-01")}));
    assert_eq!(told(&workspace), Vec::<String>::new());
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}
