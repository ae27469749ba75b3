//! What a workspace's records need by the rules, its own rules, and from need to filing; by the services and as typed.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod command;
mod support;

use std::sync::Arc;

use corridor::domain::id::Id;
use corridor::domain::record::{ActKind, RecordKind, RuleAnswer};
use corridor::services::queries::{AskedAct, CoverageQuery, NeedsOf, NeedsTable, RuleLine};
use corridor::services::{Answer, Query, Workspace, Write, WriteError};
use serde_json::{Value, json};
use support::{apply, day, detail, refusal, try_apply, workspace};

/// An organisation, items and a plan: steel cans and hygiene kits.
fn office(country: &str) -> Workspace {
    let mut workspace = workspace();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"organisation","record":{"reference":"O","name":"Harbour Aid","country":country}}),
            json!({"op":"create","kind":"item","record":{"reference":"CAN","name":"Milk can","base_unit":"H87","hs_code":"732310","us_origin":true,"eccn":"EAR99"}}),
            json!({"op":"create","kind":"item","record":{"reference":"RICE","name":"Rice","base_unit":"KGM","hs_code":"100630"}}),
            json!({"op":"create","kind":"item","record":{"reference":"KIT","name":"Hygiene kit","base_unit":"H87","components":[
                {"name":"Soap","quantity":2,"hs_code":"340111"},{"name":"Nail clipper","quantity":1,"hs_code":"821420"}]}}),
            json!({"op":"create","kind":"project","record":{"reference":"P","title":"Milk","plan":[
                {"number":1,"item":"CAN","quantity":300,"due_on":"2027-03-31"},
                {"number":2,"item":"RICE","quantity":500,"due_on":"2027-03-31"},
                {"number":4,"item":"CAN","quantity":20,"due_on":"2027-03-31","site":"Anak"}]}}),
            json!({"op":"create","kind":"party","record":{"reference":"BUSAN","name":"Busan Aid","country":"KR"}}),
            json!({"op":"create","kind":"shipment","record":{"reference":"S","planned_on":"2025-05-01","shipper":"BUSAN",
                "lines":[{"number":1,"item":"KIT","quantity":80}],"legs":[{"from":"Busan","to":"Dalian"},{"from":"Dalian","to":"Nampo"}]}}),
        ],
    );
    workspace
}

fn needs(workspace: &Workspace, of: NeedsOf, on: &str) -> Arc<NeedsTable> {
    match workspace.answer(&Query::Needs { of, on: day(on) }).unwrap() {
        Answer::Needs(Some(table)) => table,
        other => panic!("{other:?}"),
    }
}

fn of(workspace: &Workspace, kind: RecordKind, reference: &str) -> NeedsOf {
    NeedsOf::Record(workspace.find(&[kind], reference).unwrap())
}

fn answer(table: &NeedsTable, instrument: &str) -> Option<RuleAnswer> {
    table.whole.iter().find(|row| row.instrument == instrument).map(|row| row.answer)
}

fn rules(workspace: &Workspace) -> Arc<Vec<RuleLine>> {
    match workspace.answer(&Query::Rules { today: day("2026-11-24") }).unwrap() {
        Answer::Rules(lines) => lines,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_shipment_is_judged_by_its_shipper_its_way_and_the_parts_of_its_kits() {
    let workspace = office("US");
    let table = needs(&workspace, of(&workspace, RecordKind::Shipment, "S"), "2026-11-24");
    for instrument in ["humanitarian_exemption", "kr_outbound_approval", "cn_transit"] {
        assert_eq!(answer(&table, instrument), Some(RuleAnswer::Needed), "{instrument}: {table:#?}");
    }
    assert_eq!(table.acts[0].on, day("2025-05-01"));
    assert_eq!(table.acts[0].what, "Line 1: Hygiene kit, 80 pcs");
    assert!(table.acts[0].needs[0].rows.iter().all(|row| !row.citation.is_empty() && row.checked_on == "2026-11-23"));
    let shown = detail(&workspace, workspace.find(&[RecordKind::Shipment], "S").unwrap(), "2026-11-24");
    let printed = format!("{:?}", shown.sections);
    assert!(printed.contains("What it needs by the rules") && printed.contains("not legal advice"), "{printed}");
    assert!(!printed.to_lowercase().contains("allowed"));
}

#[test]
fn each_permission_of_a_shipment_is_judged_on_the_day_of_its_use() {
    let mut workspace = office("US");
    let rule = json!({"op":"create","kind":"rule","record":{"reference":"NEW-1","act":"ship","title":"From 2027 on",
        "from":"2027-01-01","citation":"C","confidence":"seen","checked_on":"2026-11-01","needs":[
            {"instrument":"kp_host_agreement","answer":"needed"},{"instrument":"eu_authorisation","answer":"needed"}]}});
    let shipment = json!({"op":"create","kind":"shipment","record":{"reference":"T","started_on":"2026-10-01",
        "planned_on":"2026-12-01","expected_on":"2027-02-01","lines":[{"number":1,"item":"RICE","quantity":5}]}});
    apply(&mut workspace, &[rule, shipment]);
    let holder = workspace.find(&[RecordKind::Shipment], "T").unwrap();
    let table = needs(&workspace, NeedsOf::Record(holder), "2026-11-24");
    assert_eq!(answer(&table, "kp_host_agreement"), Some(RuleAnswer::Needed), "used in 2027");
    assert_eq!(answer(&table, "eu_authorisation"), None, "used on leaving, in 2026");
    let row = table.whole.iter().find(|row| row.instrument == "kp_host_agreement").unwrap();
    assert_eq!((row.on, table.acts[0].on), (day("2027-02-01"), day("2026-12-01")));
    let query = CoverageQuery { holder, as_of: day("2026-11-24"), as_known: None };
    let Answer::Coverage(Some(matrix)) = workspace.answer(&Query::Coverage(query)).unwrap() else {
        panic!("no matrix")
    };
    let asked = |code: &str| matrix.columns.iter().any(|column| column.code == code);
    assert!(asked("kp_host_agreement") && !asked("eu_authorisation"), "the coverage agrees: {:?}", matrix.columns);
}

#[test]
fn a_plan_is_drafted_once_with_lines_and_dependencies_and_undone_in_one_step() {
    let mut workspace = office("US");
    let project = workspace.find(&[RecordKind::Project], "P").unwrap();
    let before = needs(&workspace, NeedsOf::Record(project), "2026-11-24");
    assert_eq!(answer(&before, "ofac_general_licence"), Some(RuleAnswer::Needed));
    assert_eq!(before.acts[0].what, "Lines 1, 4: Milk can");
    assert!(before.path[0].starts_with("Step 1. "), "{:?}", before.path);
    assert!(before.path.iter().any(|line| line.contains("It holds up 1: OFAC")), "{:?}", before.path);
    let done = workspace.write(Write::DraftMatters { project }).unwrap();
    assert_eq!(done.message, "Drafted 3 matters and 2 requests for Project P");
    let matters = named(&workspace, RecordKind::Matter);
    let licence = matters.iter().find(|matter| matter["instrument"] == "bis_export_licence").unwrap();
    let general = matters.iter().find(|matter| matter["instrument"] == "ofac_general_licence").unwrap();
    assert_eq!(general["depends_on"], json!([licence["reference"]]));
    assert!(general["note"].as_str().unwrap().contains("Nothing is filed"));
    let requests = named(&workspace, RecordKind::Request);
    assert_eq!(requests.len(), 2);
    for request in &requests {
        let lines: Vec<(&Value, &Value)> =
            request["lines"].as_array().unwrap().iter().map(|line| (&line["number"], &line["item"])).collect();
        assert_eq!(lines, [(&json!(1), &json!("CAN")), (&json!(4), &json!("CAN"))], "rice needs none");
    }
    let again = workspace.write(Write::DraftMatters { project }).unwrap();
    assert!(again.message.starts_with("Nothing to draft: Project P has a matter for everything"), "{}", again.message);
    assert!(again.touched.ids.is_empty());
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
    workspace.write(Write::Undo).unwrap();
    assert!(named(&workspace, RecordKind::Matter).is_empty());
    assert!(named(&workspace, RecordKind::Request).is_empty());
    let person = workspace.find(&[RecordKind::Item], "CAN").unwrap();
    let wrong = workspace.write(Write::DraftMatters { project: person });
    assert!(
        matches!(wrong, Err(WriteError::Refused(refusal)) if refusal.to_string().contains("drafted for a project"))
    );
}

/// The records of a kind, with references for links.
fn named(workspace: &Workspace, kind: RecordKind) -> Vec<Value> {
    let ids: Vec<Id> = support::ids(workspace, support::list_query(kind, "2026-11-24"));
    ids.into_iter().map(|id| Value::Object(workspace.record_by_references(id).unwrap())).collect()
}

#[test]
fn matters_that_are_there_are_kept_and_the_new_ones_wait_for_them() {
    let mut workspace = office("KR");
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"matter","record":{"reference":"UN","title":"Cans","instrument":"humanitarian_exemption","projects":["P"]}}),
            json!({"op":"create","kind":"matter","record":{"reference":"OLD","title":"Other","instrument":"bis_export_licence","public":true,"projects":["P"]}}),
        ],
    );
    let project = workspace.find(&[RecordKind::Project], "P").unwrap();
    let done = workspace.write(Write::DraftMatters { project }).unwrap();
    assert_eq!(done.message, "Drafted 3 matters and 2 requests for Project P");
    let outbound =
        named(&workspace, RecordKind::Matter).into_iter().find(|matter| matter["instrument"] == "kr_outbound_approval");
    assert_eq!(outbound.unwrap()["depends_on"], json!(["UN"]));
}

#[test]
fn an_own_rule_stands_in_place_of_the_shipped_one_and_says_so() {
    let mut workspace = office("DE");
    let ask = NeedsOf::Act(Box::new(AskedAct { hs_code: Some("841350".to_owned()), ..AskedAct::of(ActKind::Ship) }));
    assert_eq!(answer(&needs(&workspace, ask.clone(), "2025-01-01"), "eu_authorisation"), Some(RuleAnswer::Needed));
    let mut draft = rules(&workspace).iter().find(|line| line.code == "EU-GOOD-1").unwrap().draft.clone();
    draft.insert("citation".to_owned(), json!("Letter of the ministry of 2026-01-05"));
    draft["needs"][0]["answer"] = json!("unclear");
    workspace.write(Write::Create { kind: RecordKind::Rule, draft: draft.clone() }).unwrap();
    let table = needs(&workspace, ask.clone(), "2025-01-01");
    let row = table.whole.iter().find(|row| row.instrument == "eu_authorisation").unwrap();
    assert_eq!(row.answer, RuleAnswer::Unclear);
    assert!(row.rows[0].line().ends_with("your row, in place of the built-in one)"), "{}", row.rows[0].line());
    let WriteError::Refused(twice) = workspace.write(Write::Create { kind: RecordKind::Rule, draft }).unwrap_err()
    else {
        panic!()
    };
    assert!(twice.to_string().contains("“EU-GOOD-1” is taken by another rule"), "{twice}");
    apply(&mut workspace, &[json!({"op":"edit","kind":"rule","reference":"EU-GOOD-1","set":{"withdrawn":true}})]);
    assert_eq!(answer(&needs(&workspace, ask, "2025-01-01"), "eu_authorisation"), None);
    assert_eq!(rules(&workspace).iter().find(|line| line.code == "EU-GOOD-1").unwrap().origin, "not used");
    assert_eq!(named(&workspace, RecordKind::Rule).len(), 1);
}

#[test]
fn own_rows_for_one_code_follow_one_another_and_never_hold_on_the_same_days() {
    let mut workspace = office("DE");
    let ask = NeedsOf::Act(Box::new(AskedAct { hs_code: Some("841350".to_owned()), ..AskedAct::of(ActKind::Ship) }));
    let of = |workspace: &Workspace, on: &str| answer(&needs(workspace, ask.clone(), on), "eu_authorisation");
    let shipped = rules(&workspace).iter().find(|line| line.code == "EU-GOOD-1").unwrap().draft.clone();
    let row = |code: &str, from: &str, answer: &str| {
        let mut draft = shipped.clone();
        draft.insert("reference".to_owned(), json!(code));
        draft.insert("stands_for".to_owned(), json!("EU-GOOD-1"));
        draft.insert("from".to_owned(), json!(from));
        draft["needs"][0]["answer"] = json!(answer);
        draft
    };
    let create = |draft| Write::Create { kind: RecordKind::Rule, draft };
    workspace.write(create(row("OURS-1", "2026-01-01", "unclear"))).unwrap();
    let said = workspace.write(create(row("OURS-2", "2026-07-01", "barred"))).unwrap_err().to_string();
    for part in ["OURS-2 (from 2026-07-01 on)", "OURS-1 (from 2026-01-01 on)", "EU-GOOD-1", "End the earlier one"] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    apply(&mut workspace, &[json!({"op":"edit","kind":"rule","reference":"OURS-1","set":{"to":"2026-06-30"}})]);
    workspace.write(create(row("OURS-2", "2026-07-01", "barred"))).unwrap();
    assert_eq!(of(&workspace, "2025-12-31"), Some(RuleAnswer::Needed), "the shipped row");
    assert_eq!(of(&workspace, "2026-06-30"), Some(RuleAnswer::Unclear));
    assert_eq!(of(&workspace, "2026-07-01"), Some(RuleAnswer::Barred));
}

#[test]
fn every_shipped_row_can_be_corrected_and_a_wrong_one_is_refused_by_field() {
    let mut workspace = office("DE");
    for line in rules(&workspace).iter() {
        let made = workspace.write(Write::Create { kind: RecordKind::Rule, draft: line.draft.clone() });
        made.unwrap_or_else(|error| panic!("{}: {error}", line.code));
    }
    assert!(rules(&workspace).iter().all(|line| line.origin == "your row, in place of the built-in one"));
    let rule = json!({"reference":"OWN","act":"ship","title":"T","from":"2026-02-01","to":"2026-01-01","citation":"C","confidence":"seen",
        "checked_on":"2026-01-01","hs":"72-8x","countries":"Atlantis","needs":[{"instrument":"cn_transit","answer":"needed"}]});
    let said = refusal(&mut workspace, &[json!({"op":"create","kind":"rule","record":rule})]);
    for part in ["In force until", "“72-8x” is no HS code", "“Atlantis” is not a country"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(try_apply(&mut workspace, &[json!({"op":"delete","kind":"rule","reference":"EU-GOOD-1"})]).is_ok());
}

#[test]
fn a_trip_asks_of_each_traveller_and_a_row_past_its_day_is_not_verified() {
    let mut workspace = office("US");
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"person","record":{"reference":"A","name":"Ada","nationality":"US","second_nationality":"KR",
            "documents":[{"kind":"passport","number":"K1","country":"KR"},{"kind":"passport","number":"U1","country":"US"}]}}),
            json!({"op":"create","kind":"trip","record":{"reference":"T","title":"Visit","departs_on":"2026-11-30","travellers":[{"person":"A","passport":"u1"}]}}),
            json!({"op":"create","kind":"trip","record":{"reference":"U","title":"Visit","departs_on":"2026-11-30","travellers":[{"person":"A"}]}}),
        ],
    );
    let table = needs(&workspace, of(&workspace, RecordKind::Trip, "T"), "2026-11-24");
    assert_eq!(table.acts[0].what, "Ada, passport: United States");
    let row = table.whole.iter().find(|row| row.instrument == "special_validation_passport").unwrap();
    assert_eq!(row.answer, RuleAnswer::Needed);
    assert_eq!(row.rows[0].not_verified.as_deref(), Some("not verified after 2026-08-31"));
    let unsaid = needs(&workspace, of(&workspace, RecordKind::Trip, "U"), "2026-11-24");
    assert_eq!(answer(&unsaid, "special_validation_passport"), Some(RuleAnswer::Unclear));
    assert!(unsaid.missing[0].contains("passport used"), "{:?}", unsaid.missing);
}

#[test]
fn a_rule_file_is_taken_over_whole_or_not_at_all() {
    let mut workspace = office("DE");
    let row = |id: &str, answer: &str| {
        format!(
            "[[rule]]\nid = \"{id}\"\nact = \"ship\"\ntitle = \"T\"\nfrom = \"2020-01-01\"\nchecked_on = \"2026-11-23\"\n\
             confidence = \"seen\"\ncitation = \"C\"\nwhen = {{ countries = \"DE\" }}\n\
             need = [{{ instrument = \"cn_transit\", answer = \"{answer}\" }}]\n"
        )
    };
    let load = |toml: String| Write::LoadRules { name: "ours.toml".to_owned(), toml };
    let wrong = workspace.write(load(row("OWN-1", "needed") + &row("OWN-2", "perhaps"))).unwrap_err().to_string();
    assert!(wrong.contains("ours.toml, row 2 (OWN-2): ") && wrong.contains("stay in force"), "{wrong}");
    assert!(named(&workspace, RecordKind::Rule).is_empty());
    let done = workspace.write(load(row("OWN-1", "needed") + &row("UN-7289-1", "barred"))).unwrap();
    assert_eq!(done.message, "Added 2 rules and changed 0; 0 were there already");
    let again = workspace.write(load(row("OWN-1", "unclear") + &row("UN-7289-1", "barred"))).unwrap();
    assert_eq!(again.message, "Added 0 rules and changed 1; 1 were there already");
    let origins: Vec<&str> =
        rules(&workspace).iter().filter(|line| line.id.is_some()).map(|line| line.origin).collect();
    assert_eq!(origins, ["your row", "your row, in place of the built-in one"]);
    workspace.write(Write::Undo).unwrap();
    workspace.write(Write::Undo).unwrap();
    assert!(named(&workspace, RecordKind::Rule).is_empty());
}

#[test]
fn the_command_line_asks_drafts_lists_and_checks() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| command::done(folder.path(), arguments);
    run(&["demo", "--no-window"]);
    let at = ["--in", "demo/demo.corridor"];
    let with = |arguments: &[&str]| run(&[arguments, &at].concat());
    let act = with(&[
        "needs",
        "--act",
        "ship",
        "--hs",
        "8413.50",
        "--country",
        "KR",
        "--transit",
        "CN",
        "--on",
        "2024-06-01",
    ]);
    for part in
        ["Needed: UN 1718, Humanitarian exemption", "Needed: China customs, Transit declaration", "not legal advice"]
    {
        assert!(act.contains(part), "{part}: {act}");
    }
    assert!(
        with(&["needs", "--act", "contact", "--country", "DE"]).contains("No rule found that requires a permission")
    );
    let project: Value = serde_json::from_str(&with(&["needs", "--project", "HAI-PRJ-NUT", "--json"])).unwrap();
    assert!(project["whole"][0]["rules"][0]["citation"].is_string(), "{project}");
    assert!(with(&["needs", "--trip", "HAI-TRP-2026-02"]).contains("passport"));
    let drafted: Value =
        serde_json::from_str(&with(&["needs", "--project", "HAI-PRJ-MAL", "--draft", "--json"])).unwrap();
    assert!(drafted["message"].as_str().unwrap().starts_with("Drafted 1 matter"), "{drafted}");
    assert!(with(&["needs", "--project", "HAI-PRJ-MAL", "--draft"]).starts_with("Nothing to draft"));
    assert!(with(&["rules", "list"]).contains("UN-7289-1"));
    let old = with(&["rules", "check"]);
    assert!(
        old.contains("US-TRAV-1a") && old.contains("not verified after 2026-08-31") && !old.contains("EU-GOOD-1"),
        "{old}"
    );
    std::fs::write(folder.path().join("ours.toml"), "[[rule]]\nid = \"A\"\n").unwrap();
    let bad = command::corridor(folder.path(), &["rules", "check", "ours.toml"]);
    assert_eq!(bad.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&bad.stdout).starts_with("ours.toml, row 1 (A): "), "{bad:?}");
    assert!(String::from_utf8_lossy(&bad.stderr).contains("the shipped rules stay in force"));
    assert!(!act.to_lowercase().contains("allowed"));
}
