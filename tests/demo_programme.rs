//! The worked example: an invented programme that the program's own rules accept, and the story it tells.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use corridor::domain::id::Id;
use corridor::domain::record::RecordKind;
use corridor::services::queries::{ListQuery, Sources, Wait};
use corridor::services::{Done, Workspace, Write, WriteError, apply};
use support::*;

const PROGRAMME: &str = include_str!("../assets/demo/programme.jsonl");
const POLICY_EVENTS: &str = include_str!("../assets/demo/policy_events.jsonl");
const FIELD_YEAR: &str = include_str!("../assets/demo/field_year.jsonl");
const TODAY: &str = "2026-11-24";

#[test]
fn the_example_is_accepted_beside_the_public_cases_and_proved() {
    let workspace = example();
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
    for (kind, count) in [
        (RecordKind::Party, 16),
        (RecordKind::Person, 5),
        (RecordKind::Item, 17),
        (RecordKind::Fund, 4),
        (RecordKind::Project, 3),
        (RecordKind::Matter, 16),
        (RecordKind::Request, 28),
        (RecordKind::Permission, 12),
        (RecordKind::Shipment, 15),
        (RecordKind::Trip, 4),
    ] {
        assert_eq!(ours(&workspace, kind).len(), count, "{kind}");
    }
    assert_eq!(overview(&workspace, TODAY, Sources::Both).policy_events.len(), 43);
}

#[test]
fn the_whole_example_is_taken_back_in_one_step() {
    let mut workspace = with_public_cases();
    applied(&mut workspace, PROGRAMME).unwrap();
    workspace.write(Write::Undo).unwrap();
    for kind in [RecordKind::Organisation, RecordKind::Party, RecordKind::Shipment, RecordKind::Note] {
        assert!(ours(&workspace, kind).is_empty(), "{kind}");
    }
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn one_wrong_reference_refuses_the_whole_example_and_names_its_line() {
    let last = PROGRAMME.lines().count();
    for (right, wrong) in [
        ("\"about\":\"trip:HAI-TRP-2019-01\"", "\"about\":\"trip:HAI-TRP-2019-99\""),
        ("\"fund\":\"HAI-F-GF\",\"batch\"", "\"fund\":\"HAI-F-FG\",\"batch\""),
        ("\"requests\":[\"HAI-VISA-2026-01\"]", "\"requests\":[\"HAI-VISA-2062-01\"]"),
        ("\"depends_on\":[\"HAI-M-UN-TB\"]", "\"depends_on\":[\"HAI-M-UN-TBC\"]"),
    ] {
        let text = PROGRAMME.replacen(right, wrong, 1);
        assert_ne!(text, PROGRAMME, "{right}");
        let line = 1 + text.lines().position(|line| line.contains(wrong)).unwrap();
        let mut workspace = workspace();
        let refusal = applied(&mut workspace, &text).unwrap_err().to_string();
        assert!(line <= last && refusal.contains(&format!("Line {line}:")), "{refusal}");
        assert!(ours(&workspace, RecordKind::Organisation).is_empty(), "{refusal}");
        assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
    }
}

#[test]
fn an_extension_after_the_end_is_recorded_with_a_warning() {
    let mut workspace = workspace();
    let done = applied(&mut workspace, PROGRAMME).unwrap();
    let ended = |day: &str| done.warnings.iter().filter(|warning| warning.contains(day)).count();
    assert_eq!(
        (ended("2019-08-06"), ended("2025-08-20"), ended("passport"), done.warnings.len()),
        (1, 1, 2, 4),
        "{:?}",
        done.warnings
    );
    let validity = |on: &str| {
        let row = row(&workspace, RecordKind::Permission, "HAI-L-UN-2024-08", on);
        row.status.map(|status| status.word).unwrap_or_default()
    };
    let seen = ["2024-08-20", "2025-08-21", "2026-02-06", TODAY].map(validity);
    assert_eq!(seen, ["active", "expired", "active", "expiring"]);
}

#[test]
fn the_milk_cans_were_held_lifted_and_cut() {
    let workspace = example();
    let stage = |on: &str| status(&workspace, RecordKind::Request, "HAI-UN-2018-01", on);
    for (on, word) in [
        ("2018-04-10", "draft"),
        ("2018-05-02", "national_review"),
        ("2018-09-03", "sent"),
        ("2018-09-05", "registered"),
        ("2018-09-28", "question_open"),
        ("2018-10-04", "registered"),
        ("2018-11-08", "on_hold"),
        ("2019-01-14", "registered"),
        ("2019-02-06", "approved_in_part"),
    ] {
        assert_eq!(stage(on), word, "{on}");
    }
}

#[test]
fn open_requests_stand_today_where_the_story_left_them() {
    let workspace = example();
    for (reference, word) in [
        ("HAI-UN-2026-02", "sent"),
        ("HAI-UN-2026-03", "draft"),
        ("HAI-CN-2026-01", "question_open"),
        ("HAI-BIS-2026-01", "on_hold"),
        ("HAI-BIS-2026-02", "intent_to_deny"),
        ("HAI-KR-2026-01", "letter_pending"),
        ("HAI-STATE-2026-01", "sent"),
        ("HAI-OFAC-2019-01", "returned_without_action"),
        ("HAI-OFAC-2019-02", "approved_with_conditions"),
        ("HAI-SVP-2018-01", "refused"),
        ("HAI-SVP-2019-01", "approved_in_part"),
        ("HAI-EU-2024-01", "not_needed"),
    ] {
        assert_eq!(status(&workspace, RecordKind::Request, reference, TODAY), word, "{reference}");
    }
}

#[test]
fn silence_clears_the_report_to_state_after_thirty_days() {
    let workspace = example();
    let report = |on: &str| status(&workspace, RecordKind::Request, "HAI-STATE-2024-01", on);
    assert_eq!(["2024-05-31", "2024-06-01"].map(report), ["sent", "cleared_by_silence"]);
}

#[test]
fn an_approval_of_the_committee_waits_for_commerce_and_seoul() {
    let workspace = example();
    let waits = our_waits(&workspace, TODAY);
    let blocked: Vec<(&str, &str, i64)> = waits
        .iter()
        .filter(|wait| wait.status == "waits_for_other")
        .map(|wait| (wait.reference.as_str(), wait.on_whom.as_str(), wait.days))
        .collect();
    assert_eq!(blocked, [("HAI-M-UN-KITCHEN", "BIS", 145), ("HAI-M-UN-KITCHEN", "ROK Unification", 145)]);
}

#[test]
fn the_report_to_state_could_not_be_used_while_the_exemption_had_ended() {
    let workspace = example();
    let blocked = |on: &str| {
        let waits = our_waits(&workspace, on);
        waits.iter().any(|wait| wait.reference == "HAI-M-STATE-TB" && wait.status == "waits_for_other")
    };
    let seen = ["2024-07-01", "2024-08-20", "2025-08-20", "2025-08-21", "2026-02-06", TODAY].map(blocked);
    assert_eq!(seen, [true, false, false, true, false, false]);
}

#[test]
fn the_container_at_dandong_has_been_held_for_forty_days() {
    let workspace = example();
    let waits = our_waits(&workspace, TODAY);
    let held = waits.iter().find(|wait| wait.reference == "HAI-SHP-2026-02").unwrap();
    assert_eq!((held.status.as_str(), held.on_whom.as_str(), held.days), ("held", "China customs, Dandong", 40));
}

#[test]
fn shipments_stand_at_every_stage() {
    let workspace = example();
    for (reference, on, word) in [
        ("HAI-SHP-2019-01", "2019-05-06", "held"),
        ("HAI-SHP-2019-01", "2019-06-13", "dispatched"),
        ("HAI-SHP-2019-01", "2019-07-01", "received"),
        ("HAI-SHP-2020-01", "2021-01-01", "held"),
        ("HAI-SHP-2020-01", TODAY, "cancelled"),
        ("HAI-SHP-2025-03", "2025-10-01", "received_in_part"),
        ("HAI-SHP-2026-01", TODAY, "received_in_part"),
        ("HAI-SHP-2026-03", TODAY, "dispatched"),
        ("HAI-SHP-2026-04", TODAY, "arrived"),
        ("HAI-SHP-2027-01", TODAY, "planned"),
    ] {
        assert_eq!(status(&workspace, RecordKind::Shipment, reference, on), word, "{reference} on {on}");
    }
}

#[test]
fn the_global_fund_ends_and_comes_back() {
    let workspace = example();
    for (on, word) in [
        ("2018-02-20", "active"),
        ("2018-03-01", "suspended"),
        ("2018-12-01", "closed"),
        ("2019-12-01", "planned"),
        ("2020-06-01", "active"),
        (TODAY, "closed"),
    ] {
        assert_eq!(status(&workspace, RecordKind::Fund, "HAI-F-GF", on), word, "{on}");
    }
}

#[test]
fn an_approval_of_seoul_is_suspended_and_reinstated() {
    let workspace = example();
    let validity = |on: &str| status(&workspace, RecordKind::Permission, "HAI-KR-0618", on);
    let seen = ["2020-09-23", "2020-09-24", "2021-07-30", "2022-06-18"].map(validity);
    assert_eq!(seen, ["active", "suspended", "active", "expired"]);
}

#[test]
fn trips_follow_the_answers_given_to_their_travellers() {
    let workspace = example();
    for (reference, on, word) in [
        ("HAI-TRP-2018-01", "2018-09-01", "in_approval"),
        ("HAI-TRP-2018-01", "2018-09-27", "refused"),
        ("HAI-TRP-2019-01", "2019-04-28", "in_approval"),
        ("HAI-TRP-2019-01", "2019-04-29", "cleared"),
        ("HAI-TRP-2019-01", "2019-05-20", "travelling"),
        ("HAI-TRP-2024-01", TODAY, "returned"),
        ("HAI-TRP-2027-01", TODAY, "in_approval"),
    ] {
        assert_eq!(status(&workspace, RecordKind::Trip, reference, on), word, "{reference} on {on}");
    }
}

#[test]
fn nothing_was_delivered_while_the_border_was_shut() {
    let workspace = example();
    let overview = overview(&workspace, TODAY, Sources::Own);
    let in_gap = |month: &chrono::NaiveDate| *month > day("2020-01-31") && *month < day("2023-10-01");
    assert!(overview.deliveries.iter().all(|delivered| !in_gap(&delivered.month)));
    for category in ["food", "tb", "malaria", "health", "water", "agriculture", "shelter"] {
        assert!(overview.deliveries.iter().any(|delivered| delivered.word == category), "{category}");
    }
}

#[test]
fn the_coming_weeks_have_their_deadlines() {
    let workspace = example();
    let overview = overview(&workspace, TODAY, Sources::Own);
    let due: Vec<(&str, i64)> =
        overview.expiries.iter().map(|expiry| (expiry.reference.as_str(), expiry.days_left)).collect();
    for expected in [
        ("HAI-L-UN-2024-08", -24),
        ("HAI-CN-2026-01/E3", 6),
        ("HAI-BIS-2026-02/E3", 8),
        ("HAI-KR-0320", 21),
        ("HAI-L-UN-2024-08", 49),
        ("FELDHOFF", 110),
        ("HAI-F-BALT", 127),
    ] {
        assert!(due.contains(&expected), "{expected:?} is not in {due:?}");
    }
}

#[test]
fn the_year_in_the_field_is_accepted_and_stands_where_the_story_left_it() {
    let mut workspace = example();
    let done = applied(&mut workspace, FIELD_YEAR).unwrap();
    assert_eq!(done.warnings, Vec::<String>::new());
    for (kind, reference, word) in [
        (RecordKind::Purchase, "HAI-PUR-2026-01", "delivered"),
        (RecordKind::Purchase, "HAI-PUR-2026-02", "delivered_in_part"),
        (RecordKind::Lot, "LOT-CHLOR-25", "short_dated"),
        (RecordKind::Lot, "LOT-RHZE-26", "in_store"),
        (RecordKind::Visit, "HAI-VIS-2019-01", "visited"),
        (RecordKind::Visit, "HAI-VIS-2026-01", "follow_up_overdue"),
        (RecordKind::Visit, "HAI-VIS-2026-02", "follow_up_open"),
        (RecordKind::Visit, "HAI-VIS-2027-01", "visit_planned"),
        (RecordKind::Indicator, "HAI-IND-TB-1", "below_target"),
        (RecordKind::Indicator, "HAI-IND-TB-2", "target_met"),
        (RecordKind::Indicator, "HAI-IND-NUT-1", "target_missed"),
        (RecordKind::Indicator, "HAI-IND-NUT-2", "not_measured"),
        (RecordKind::Reliance, "HAI-REL-01", "relied_on"),
        (RecordKind::Reliance, "HAI-REL-02", "reliance_ending"),
        (RecordKind::Reliance, "HAI-REL-03", "reliance_ended"),
        (RecordKind::Incident, "HAI-INC-2019-01", "incident_closed"),
        (RecordKind::Incident, "HAI-INC-2026-02", "incident_open"),
        (RecordKind::Cash, "HAI-CSH-2026-01", "cash_settled"),
        (RecordKind::Cash, "HAI-CSH-2026-02", "cash_unsettled"),
    ] {
        assert_eq!(status(&workspace, kind, reference, TODAY), word, "{reference}");
    }
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
    workspace.write(Write::Undo).unwrap();
    assert!(ours(&workspace, RecordKind::Visit).is_empty(), "the year is one step");
}

fn example() -> Workspace {
    let mut workspace = with_public_cases();
    for text in [POLICY_EVENTS, PROGRAMME] {
        applied(&mut workspace, text).unwrap_or_else(|error| panic!("{error}"));
    }
    workspace
}

fn applied(workspace: &mut Workspace, text: &str) -> Result<Done, WriteError> {
    workspace.write(Write::Apply(apply::parse(text).unwrap()))
}

fn ours(workspace: &Workspace, kind: RecordKind) -> Vec<Id> {
    ids(workspace, ListQuery { sources: Sources::Own, ..list_query(kind, TODAY) })
}

fn our_waits(workspace: &Workspace, as_of: &str) -> Vec<Wait> {
    overview(workspace, as_of, Sources::Own).waits.clone()
}
