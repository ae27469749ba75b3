//! Work in the field through the services: visits, people reached, indicators, reliances, incidents, cash, places.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod support;

use std::collections::BTreeSet;

use corridor::domain::record::RecordKind;
use corridor::services::queries::{DetailValue, ReachQuery, ReachTable};
use corridor::services::{Answer, Query, Workspace, Write};
use corridor::store::dump;
use serde_json::{Value, json};
use support::*;

/// Two donors pay for two activities that reach some of the same people.
fn two_donors() -> Workspace {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"fund","record":{"reference":"FA","title":"Donor A"}}),
            json!({"op":"create","kind":"fund","record":{"reference":"FB","title":"Donor B"}}),
            json!({"op":"create","kind":"project","record":{"reference":"P","title":"Water","targets":[{"group":"Children under five","people":100},{"group":"Mothers","sex":"female","people":50}]}}),
            json!({"op":"create","kind":"site","record":{"reference":"KP0101","name":"Hyesan","within":"KP01"}}),
            json!({"op":"create","kind":"reach","record":{"reference":"A","activity":"Latrines","project":"P","site":"KP0101","from":"2026-03-01","to":"2026-03-31","funds":["FA"],"basis":"counted","groups":[{"group":"Children under five","sex":"female","age":"0_4","people":40},{"group":"children under five","sex":"male","age":"0_4","people":30}]}}),
            json!({"op":"create","kind":"reach","record":{"reference":"B","activity":"Soap","project":"P","from":"2026-05-01","funds":["FA","FB"],"basis":"estimated","repeats":"A","groups":[{"group":"Children under five","sex":"female","age":"0_4","people":50,"again":35},{"group":"Mothers","sex":"female","age":"18_49","people":20}]}}),
        ],
    );
    workspace
}

fn reach(workspace: &Workspace, change: impl FnOnce(&mut ReachQuery)) -> ReachTable {
    let mut query =
        ReachQuery { as_of: day("2026-11-24"), project: None, fund: None, site: None, from: None, to: None };
    change(&mut query);
    match workspace.answer(&Query::Reach(query)).unwrap() {
        Answer::Reach(table) => (*table).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_person_is_counted_once_however_many_donors_pay() {
    let workspace = two_donors();
    let id = |kind, reference: &str| workspace.find(&[kind], reference).unwrap();
    let project = Some(id(RecordKind::Project, "P"));
    let of = |fund: &str| Some(id(RecordKind::Fund, fund));
    let all = reach(&workspace, |query| query.project = project);
    assert_eq!(all.people, 70 + 70 - 35);
    assert_eq!(reach(&workspace, |query| query.fund = of("FA")).people, 105);
    assert_eq!(reach(&workspace, |query| query.fund = of("FB")).people, 70, "A is not among the records of donor B");
    let early = reach(&workspace, |query| (query.as_of, query.project) = (day("2026-04-30"), project));
    assert_eq!(early.people, 70, "as of April the second activity had not begun");
    let may = reach(&workspace, |query| (query.from, query.project) = (Some(day("2026-04-01")), project));
    assert_eq!(may.people, 70, "the soap alone");
    let province = Some(id(RecordKind::Site, "KP01"));
    assert_eq!(reach(&workspace, |query| query.site = province).people, 70, "a county lies in its province");
    for row in &all.rows {
        assert!(!row.ids.is_empty() && row.ids.iter().all(|id| all.ids.contains(id)));
    }
    assert_eq!(all.rows.iter().map(|row| row.people).sum::<u64>(), all.people);
    assert!(all.unsure.is_empty());
}

#[test]
fn targets_stand_against_the_people_reached() {
    let workspace = two_donors();
    let id = workspace.find(&[RecordKind::Project], "P").unwrap();
    let shown = detail(&workspace, id, "2026-11-24");
    let section = shown.sections.iter().find(|section| section.heading.starts_with("People reached")).unwrap();
    let (_, DetailValue::Table { rows, .. }) = &section.fields[1] else { panic!("{section:?}") };
    let texts: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
    assert!(texts[0].contains("\"100\"") && texts[0].contains("\"85\""), "{texts:?}");
    assert!(texts[1].contains("\"50\"") && texts[1].contains("\"20\""), "{texts:?}");
}

#[test]
fn what_a_project_plans_stands_on_its_own_page() {
    let mut workspace = furnished();
    let plan = json!({"op":"edit","kind":"project","reference":"X","set":{"plan":[{"item":"X","quantity":300}]}});
    apply(&mut workspace, &[plan]);
    let id = workspace.find(&[RecordKind::Project], "X").unwrap();
    let shown = format!("{:?}", detail(&workspace, id, "2026-11-24").sections);
    let goods = shown.split("Planned and delivered").nth(1).unwrap_or_default();
    assert!(goods.contains("Number(\"300\")"), "{goods}");
}

#[test]
fn people_counted_again_are_held_against_the_earlier_record_and_both_ways() {
    let mut workspace = two_donors();
    let before = dump::projections(workspace.store().db()).unwrap();
    for (operation, part) in [
        (
            json!({"op":"edit","kind":"reach","reference":"B","set":{"groups":[{"sex":"female","age":"0_4","people":50,"again":41}]}}),
            "41 people of sex “Female” and age “0-4” were counted before, but People reached A has 40",
        ),
        (
            json!({"op":"edit","kind":"reach","reference":"A","set":{"groups":[{"sex":"female","age":"0_4","people":34}]}}),
            "35 people",
        ),
        (json!({"op":"edit","kind":"reach","reference":"A","set":{"repeats":"B"}}), "leads back to this record"),
        (
            json!({"op":"edit","kind":"reach","reference":"A","set":{"from":"2026-06-01","to":null}}),
            "Let the later record",
        ),
        (
            json!({"op":"create","kind":"reach","record":{"activity":"Bad","project":"P","from":"2026-06-01","basis":"counted","groups":[{"sex":"male","age":"0_4","people":-3}]}}),
            "People, group 1",
        ),
        (json!({"op":"delete","kind":"reach","reference":"A"}), "names it"),
    ] {
        let said = refusal(&mut workspace, &[operation]);
        assert!(said.contains(part), "{said}");
    }
    assert_eq!(dump::projections(workspace.store().db()).unwrap(), before);
}

#[test]
fn a_site_cannot_lie_within_itself() {
    let mut workspace = furnished();
    let site = |reference: &str, within: &str| json!({"op":"create","kind":"site","record":{"reference":reference,"name":reference,"within":within}});
    apply(&mut workspace, &[site("COUNTY", "KP01"), site("CLINIC", "COUNTY")]);
    for (of, within) in [("KP01", "CLINIC"), ("COUNTY", "CLINIC"), ("COUNTY", "COUNTY")] {
        let edit = json!({"op":"edit","kind":"site","reference":of,"set":{"within":within}});
        let said = refusal(&mut workspace, &[edit]);
        assert!(said.contains("leads back to this record") || said.contains("cannot belong to itself"), "{said}");
    }
    apply(&mut workspace, &[json!({"op":"edit","kind":"site","reference":"CLINIC","set":{"within":"KP02"}})]);
}

#[test]
fn the_standing_of_everything_follows_from_its_days() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"visit","record":{"reference":"V","purpose":"End-use check","project":"X","site":"X","started_on":"2026-04-01","on":"2026-05-02","follow_ups":[{"what":"Mend the pump","due_on":"2026-05-20"}]}}),
            json!({"op":"create","kind":"indicator","record":{"reference":"I","project":"X","code":"1.2","name":"Treatment success","direction":"increase","baseline":62,"baseline_on":"2026-01-01","target":85,"target_by":"2026-12-31","actuals":[{"on":"2026-06-30","value":70}]}}),
            json!({"op":"create","kind":"reliance","record":{"reference":"R","rule":"31 CFR 510.512","reasoning":"Nothing of ours is outside it","relied_by":"X","relied_on":"2026-02-01","valid_until":"2026-12-31","review_on":"2026-08-01","projects":["X"]}}),
            json!({"op":"create","kind":"incident","record":{"reference":"N","kind":"hold","began_on":"2026-03-02","shipment":"X","cost":"USD 640","lines":[{"line":1,"item":"X","quantity":2,"unit":"crate"}]}}),
            json!({"op":"edit","kind":"trip","reference":"X","set":{"departs_on":"2026-05-01","returns_on":"2026-05-20"}}),
            json!({"op":"create","kind":"cash","record":{"reference":"C","amount":"USD 9,500","carrier":"X","taken_on":"2026-05-01","trip":"X","purpose":"Fuel and lodging","approved_under":"X"}}),
        ],
    );
    for (kind, reference, on, word) in [
        (RecordKind::Visit, "V", "2026-04-15", "visit_planned"),
        (RecordKind::Visit, "V", "2026-05-02", "follow_up_open"),
        (RecordKind::Visit, "V", "2026-05-21", "follow_up_overdue"),
        (RecordKind::Indicator, "I", "2026-03-01", "not_measured"),
        (RecordKind::Indicator, "I", "2026-11-24", "below_target"),
        (RecordKind::Indicator, "I", "2027-01-01", "target_missed"),
        (RecordKind::Reliance, "R", "2026-02-01", "relied_on"),
        (RecordKind::Reliance, "R", "2026-11-24", "reliance_ending"),
        (RecordKind::Incident, "N", "2026-11-24", "incident_open"),
        (RecordKind::Cash, "C", "2026-06-19", "cash_carried"),
        (RecordKind::Cash, "C", "2026-06-20", "cash_unsettled"),
    ] {
        assert_eq!(status(&workspace, kind, reference, on), word, "{kind} on {on}");
    }
    apply(&mut workspace, &[json!({"op":"edit","kind":"trip","reference":"X","set":{"returns_on":"2026-06-30"}})]);
    assert_eq!(status(&workspace, RecordKind::Cash, "C", "2026-06-20"), "cash_carried", "the trip came back later");
    let waits = format!("{:?}", overview(&workspace, "2026-05-18", corridor::services::queries::Sources::Own));
    assert!(waits.contains("Follow up: Mend the pump"), "{waits}");
    let late = format!("{:?}", overview(&workspace, "2026-06-10", corridor::services::queries::Sources::Own).expiries);
    assert!(late.contains("Follow up: Mend the pump"), "what is owed stays until it is done: {late}");
    let spent = json!({"op":"edit","kind":"cash","reference":"C","set":{"spent":"USD 9,000","returned":"USD 501"}});
    let said = refusal(&mut workspace, &[spent]);
    assert!(said.contains("9,000.00") && said.contains("501.00") && said.contains("9,500.00"), "{said}");
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn what_follows_from_an_indicator_and_an_incident_is_shown_as_of_the_day() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"indicator","record":{"reference":"I","project":"X","name":"Treatment success","direction":"increase","baseline":62,"baseline_on":"2026-01-01","target":85,"target_by":"2026-12-31","actuals":[{"on":"2026-06-30","value":70},{"on":"2026-10-01","value":85}]}}),
            json!({"op":"create","kind":"incident","record":{"reference":"N","kind":"hold","began_on":"2026-03-02","ended_on":"2026-03-30","cost":"USD 640"}}),
        ],
    );
    for (kind, reference, on, part) in [
        (RecordKind::Indicator, "I", "2026-07-01", "34.7 % (347 of 1000)"),
        (RecordKind::Indicator, "I", "2026-11-24", "100.0 % (1000 of 1000)"),
        (RecordKind::Incident, "N", "2026-03-12", "10 days so far"),
        (RecordKind::Incident, "N", "2026-11-24", "28 days"),
        (RecordKind::Incident, "N", "2026-11-24", "USD 640.00"),
    ] {
        let id = workspace.find(&[kind], reference).unwrap();
        let shown = format!("{:?}", detail(&workspace, id, on).sections);
        assert!(shown.contains(part), "{on}: {shown}");
    }
}

#[test]
fn a_gazetteer_adds_what_is_new_and_fills_what_is_empty_in_one_step() {
    let mut workspace = workspace();
    let csv = "pcode,level,type,name_en,name_ko,parent_pcode\nKP01,1,province,Ryanggang,량강도,KP\nKP0102,2,county,Samsu,삼수군,KP01\n";
    let load = |workspace: &mut Workspace, csv: &str| workspace.write(Write::LoadGazetteer { csv: csv.to_owned() });
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"site","record":{"reference":"SAMSU","name":"Samsu county","p_code":"KP0102","note":"Ours"}}),
        ],
    );
    let before = dump::projections(workspace.store().db()).unwrap();
    assert_eq!(load(&mut workspace, csv).unwrap().message, "Added 0 places and filled 1; 1 were there already");
    let id = workspace.find(&[RecordKind::Site], "SAMSU").unwrap();
    let shown = format!("{:?}", detail(&workspace, id, "2026-11-24").sections);
    assert!(shown.contains("Samsu county") && shown.contains("삼수군") && shown.contains("Ryanggang"), "{shown}");
    assert_eq!(load(&mut workspace, csv).unwrap().message, "Nothing to add: all 2 places are there already");
    workspace.write(Write::Undo).unwrap();
    assert_eq!(dump::projections(workspace.store().db()).unwrap(), before);
    let bad = load(&mut workspace, "pcode,name_en\nKP0103,Good\nX,Bad\n").unwrap_err().to_string();
    assert!(bad.contains("Line 3, P-code"), "{bad}");
    assert_eq!(dump::projections(workspace.store().db()).unwrap(), before, "whole or not at all");
}

#[test]
fn the_gazetteer_of_the_korean_dataset_is_read_whole() {
    let Ok(csv) = std::fs::read_to_string("../shared/data/kp_admin.csv") else {
        eprintln!("skipped: ../shared/data/kp_admin.csv is not there");
        return;
    };
    let mut workspace = workspace();
    let done = workspace.write(Write::LoadGazetteer { csv }).unwrap();
    assert_eq!(done.message, "Added 179 places and filled 0; 11 were there already");
    let sites = rows(&workspace, list_query(RecordKind::Site, "2026-11-24"));
    let codes: BTreeSet<&str> = sites.iter().map(|row| row.reference.as_str()).collect();
    assert_eq!((sites.len(), codes.len()), (190, 190));
    let unsan: Vec<&str> = ["KP0617", "KP0720"].into_iter().filter(|code| codes.contains(code)).collect();
    assert_eq!(unsan.len(), 2, "two counties whose English name is the same");
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_count_below_zero_is_refused_with_the_field_named() {
    let mut workspace = furnished();
    let bad = |kind: &str, record: Value| json!({"op":"create","kind":kind,"record":record});
    for (operation, field) in [
        (
            bad("visit", json!({"purpose":"Check","site":"X","on":"2026-05-01","counted":[{"item":"X","counted":-1}]})),
            "Counted, line 1",
        ),
        (bad("cash", json!({"amount":"USD -5","carrier":"X","taken_on":"2026-05-01","purpose":"Fuel"})), "Amount"),
        (bad("incident", json!({"kind":"loss","began_on":"2026-05-01","cost":"USD -1"})), "Cost"),
    ] {
        let said = refusal(&mut workspace, &[operation]);
        assert!(said.contains(field), "{said}");
    }
}
