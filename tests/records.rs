//! Every kind of record can be created, edited, deleted, and each of these undone; and the rules between records hold.

mod support;

use corridor::domain::record::RecordKind;
use corridor::domain::schema::{Field, FieldKind};
use corridor::services::queries::Sources;
use corridor::services::{Workspace, Write};
use corridor::store::dump;
use serde_json::{Map, Value, json};
use support::*;

/// A workspace with one record of each kind that others need, all named `X`.
fn furnished() -> Workspace {
    let mut workspace = workspace();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"party","record":{"reference":"X","name":"Harbour Forwarding","name_ko":"항만 운송","name_zh":"港口货运"}}),
            json!({"op":"create","kind":"person","record":{"reference":"X","name":"A. Traveller","nationality":"US","us_person":true}}),
            json!({"op":"create","kind":"fund","record":{"reference":"X","title":"Grant","amount":"USD 250,000"}}),
            json!({"op":"create","kind":"item","record":{"reference":"X","name":"Milk can","base_unit":"H87","category":"food","hs_code":"7310.10","packs":[{"name":"Crate of 10","unit":"XCR","contains":10}]}}),
            json!({"op":"create","kind":"project","record":{"reference":"X","title":"Milk for kindergartens","categories":["food"]}}),
            json!({"op":"create","kind":"matter","record":{"reference":"X","title":"Milk cans","instrument":"humanitarian_exemption","projects":["X"]}}),
            json!({"op":"create","kind":"request","record":{"reference":"X","matter":"X","filing":"new","started_on":"2026-01-05","lines":[{"item":"X","quantity":300},{"item":"X","quantity":4,"unit":"XCR"}]}}),
            json!({"op":"create","kind":"event","record":{"reference":"X","request":"X","kind":"sent","on":"2026-01-10"}}),
            json!({"op":"create","kind":"shipment","record":{"reference":"X","project":"X","started_on":"2026-02-01","lines":[{"item":"X","quantity":30,"unit":"crate"}]}}),
            json!({"op":"create","kind":"shipment_event","record":{"reference":"X","shipment":"X","kind":"dispatched","on":"2026-03-01"}}),
            json!({"op":"create","kind":"trip","record":{"reference":"X","title":"Monitoring","started_on":"2026-02-01"}}),
        ],
    );
    workspace
}

/// A record in which every required field is filled.
fn required(fields: &'static [Field]) -> Map<String, Value> {
    let value = |field: &Field| match field.kind {
        FieldKind::Day | FieldKind::FuzzyDay => json!("2026-03-05"),
        FieldKind::Quantity | FieldKind::QuantityOrZero | FieldKind::Count => json!(1),
        FieldKind::Choice(words) => json!(words[0].word),
        FieldKind::Link(&[RecordKind::Instrument]) => json!("humanitarian_exemption"),
        FieldKind::Link(&[RecordKind::Authority]) => json!("un_1718"),
        FieldKind::Link(kinds) if kinds.len() > 1 => json!("request:X"),
        FieldKind::Link(_) => json!("X"),
        FieldKind::Unit => json!("H87"),
        FieldKind::List(of) => json!([required(of.fields)]),
        _ => json!("Words"),
    };
    fields.iter().filter(|field| field.required).map(|field| (field.name.to_owned(), value(field))).collect()
}

#[test]
fn every_kind_is_created_edited_deleted_and_each_step_is_undone() {
    for kind in RecordKind::ALL.iter().copied() {
        let mut workspace = furnished();
        let tables = |workspace: &Workspace| dump::projections(workspace.store().db()).unwrap();
        let before = tables(&workspace);
        let mut record = required(corridor::domain::record::spec(kind).fields);
        record.insert("reference".into(), json!("NEW"));
        if kind == RecordKind::Decision {
            record.insert("answer".into(), json!("approved"));
        }
        if kind == RecordKind::ShipmentEvent {
            record.insert("kind".into(), json!("held"));
        }
        let text = ["note", "text", "address", "contact", "citation", "cluster"]
            .into_iter()
            .find(|name| corridor::domain::record::spec(kind).fields.iter().any(|field| field.name == *name))
            .unwrap_or("reference");
        let new_text = if text == "reference" { "NEWER" } else { "Another text" };
        let reference = if text == "reference" { "NEWER" } else { "NEW" };
        apply(&mut workspace, &[json!({"op":"create","kind":kind.word(),"record":record})]);
        let created = tables(&workspace);
        apply(&mut workspace, &[json!({"op":"edit","kind":kind.word(),"reference":"NEW","set":{text:new_text}})]);
        let edited = tables(&workspace);
        apply(&mut workspace, &[json!({"op":"delete","kind":kind.word(),"reference":reference})]);
        assert_eq!(tables(&workspace), before, "{kind}: deleting leaves no trace in the tables");
        for expected in [edited, created, before] {
            workspace.write(Write::Undo).unwrap();
            assert_eq!(tables(&workspace), expected, "{kind}: undo");
        }
        assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
    }
}

#[test]
fn history_keeps_who_changed_what_from_what_to_what() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[json!({"op":"edit","kind":"item","reference":"X","set":{"name":"Steel milk can","hs_code":"731029"}})],
    );
    let id = workspace.find(&[RecordKind::Item], "X").unwrap();
    let detail = detail(&workspace, id, "2026-11-24");
    assert_eq!(detail.history[0].what, "Edited");
    assert_eq!(detail.history[0].actor, "Test");
    let changes = &detail.history[0].changes;
    assert!(changes.contains(&("Name".into(), "Milk can".into(), "Steel milk can".into())), "{changes:?}");
    assert!(changes.contains(&("HS code".into(), "731010".into(), "731029".into())));
    assert_eq!(detail.history[1].what, "Created");
}

#[test]
fn a_record_of_several_categories_counts_in_each_and_once_in_the_total() {
    let mut workspace = furnished();
    apply(&mut workspace, &[json!({"op":"edit","kind":"request","reference":"X","set":{"categories":["tb","water"]}})]);
    let overview = overview(&workspace, "2026-11-24", Sources::Own);
    let requests = &overview.matrices[0];
    let by_code = |code: &str| {
        let at = requests.columns.iter().position(|tag| tag.code == code).unwrap();
        requests.column_totals[at]
    };
    assert_eq!((by_code("food"), by_code("tb"), by_code("water"), requests.total), (1, 1, 1, 1));
}

#[test]
fn a_partial_approval_decides_line_by_line() {
    let mut workspace = furnished();
    let decide = |lines: Value| json!({"op":"create","kind":"decision","record":{"request":"X","answer":"approved_in_part","on":"2026-02-20","lines":lines}});
    let open = refusal(&mut workspace, &[decide(json!([{"line":1,"answer":"cut","quantity":200}]))]);
    assert!(open.contains("line 2 has no answer"), "{open}");
    let full = json!([{"line":1,"answer":"granted"},{"line":2,"answer":"granted"}]);
    let full = refusal(&mut workspace, &[decide(full)]);
    assert!(full.contains("granted in full"), "{full}");
    let more = json!([{"line":1,"answer":"cut","quantity":301},{"line":2,"answer":"refused"}]);
    let more = refusal(&mut workspace, &[decide(more)]);
    assert!(more.contains("more than the 300"), "{more}");
    let unknown =
        json!([{"line":1,"answer":"cut","quantity":2},{"line":2,"answer":"refused"},{"line":9,"answer":"refused"}]);
    let unknown = refusal(&mut workspace, &[decide(unknown)]);
    assert!(unknown.contains("line 9, which the request does not have"), "{unknown}");
    apply(&mut workspace, &[decide(json!([{"line":1,"answer":"cut","quantity":200},{"line":2,"answer":"refused"}]))]);
    assert_eq!(status(&workspace, RecordKind::Request, "X", "2026-02-20"), "approved_in_part");
    assert_eq!(status(&workspace, RecordKind::Request, "X", "2026-02-19"), "sent");
}

#[test]
fn an_illegal_order_of_events_is_refused_with_what_is_missing() {
    let mut workspace = furnished();
    let event =
        |kind: &str, on: &str| json!({"op":"create","kind":"event","record":{"request":"X","kind":kind,"on":on}});
    for (operation, part) in [
        (event("answer", "2026-02-01"), "needs “Question from the authority”"),
        (event("hold_lifted", "2026-02-01"), "needs “Put on hold”"),
        (event("registered", "2026-01-09"), "needs “Sent”"),
        (event("sent", "2026-02-01"), "can happen only once"),
        (
            json!({"op":"create","kind":"decision","record":{"request":"X","answer":"approved","on":"2026-01-09"}}),
            "needs “Sent”",
        ),
        (
            json!({"op":"create","kind":"decision","record":{"request":"X","answer":"extended","on":"2026-02-09"}}),
            "Choose the permission",
        ),
    ] {
        let said = refusal(&mut workspace, &[operation]);
        assert!(said.contains(part), "{part} is missing in: {said}");
    }
    apply(&mut workspace, &[event("withdrawn", "2026-03-01")]);
    let late = refusal(&mut workspace, &[event("question", "2026-03-02")]);
    assert!(late.contains("comes after “Withdrawn”"), "{late}");
}

#[test]
fn an_edit_that_makes_the_history_illegal_is_refused_too() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[json!({"op":"create","kind":"event","record":{"request":"X","kind":"registered","on":"2026-01-12"}})],
    );
    let said =
        refusal(&mut workspace, &[json!({"op":"edit","kind":"event","reference":"X","set":{"on":"2026-01-20"}})]);
    assert!(said.contains("needs “Sent”"), "{said}");
    let said = refusal(&mut workspace, &[json!({"op":"delete","kind":"event","reference":"X"})]);
    assert!(said.contains("needs “Sent”"), "{said}");
}

#[test]
fn an_extension_after_expiry_is_saved_with_a_warning() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"decision","record":{"reference":"D","request":"X","answer":"approved","on":"2026-01-20"}}),
            json!({"op":"create","kind":"permission","record":{"reference":"P","matter":"X","decision":"D","given_on":"2026-01-20","valid_until":"2026-04-20"}}),
            json!({"op":"create","kind":"request","record":{"reference":"EXT","matter":"X","filing":"extension","started_on":"2026-05-01"}}),
            json!({"op":"create","kind":"event","record":{"request":"EXT","kind":"sent","on":"2026-05-02"}}),
        ],
    );
    let extension = json!({"op":"create","kind":"decision","record":{"request":"EXT","answer":"extended","on":"2026-06-01","permission":"P","effect":"window_only","valid_until":"2027-06-01"}});
    let done = apply(&mut workspace, &[extension]);
    assert!(done.warnings.iter().any(|warning| warning.contains("had ended on 2026-04-20")), "{:?}", done.warnings);
    for (as_of, validity) in
        [("2026-04-20", "expiring"), ("2026-04-21", "expired"), ("2026-05-31", "expired"), ("2026-06-01", "active")]
    {
        let row = row(&workspace, RecordKind::Permission, "P", as_of);
        assert_eq!(row.status.unwrap().validity, validity, "as of {as_of}");
    }
    assert_eq!(row(&workspace, RecordKind::Request, "EXT", "2026-06-01").until_on, "2027-06-01");
}

#[test]
fn silence_clears_a_report_when_its_clock_says_so() {
    let mut workspace = workspace();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"matter","record":{"reference":"STATE","title":"Activity report","instrument":"ngo_activity_report"}}),
            json!({"op":"create","kind":"request","record":{"reference":"REP","matter":"STATE","filing":"new","started_on":"2026-09-01"}}),
            json!({"op":"create","kind":"event","record":{"request":"REP","kind":"sent","on":"2026-09-10"}}),
        ],
    );
    assert_eq!(status(&workspace, RecordKind::Request, "REP", "2026-10-09"), "sent");
    assert_eq!(status(&workspace, RecordKind::Request, "REP", "2026-10-10"), "cleared_by_silence");
    apply(
        &mut workspace,
        &[json!({"op":"edit","kind":"instrument","reference":"ngo_activity_report","set":{"silence_days":45}})],
    );
    assert_eq!(status(&workspace, RecordKind::Request, "REP", "2026-10-10"), "sent", "the clock is data");
}

#[test]
fn an_approval_that_waits_for_another_authority_is_said_to_be_unusable() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"matter","record":{"reference":"BIS","title":"Export licence","instrument":"bis_export_licence"}}),
            json!({"op":"edit","kind":"matter","reference":"X","set":{"depends_on":["BIS"]}}),
            json!({"op":"create","kind":"decision","record":{"request":"X","answer":"approved","on":"2026-02-20"}}),
        ],
    );
    let shown = overview(&workspace, "2026-11-24", Sources::Own);
    let blocked = shown.waits.iter().find(|wait| wait.status == "waits_for_other").unwrap();
    assert_eq!(blocked.reference, "X");
    assert!(blocked.what.contains("waits for BIS: Export licence"), "{}", blocked.what);
    assert_eq!(blocked.since, day("2026-02-20"));
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"request","record":{"reference":"L","matter":"BIS","filing":"new","started_on":"2026-02-01"}}),
            json!({"op":"create","kind":"event","record":{"request":"L","kind":"sent","on":"2026-02-02"}}),
            json!({"op":"create","kind":"decision","record":{"reference":"L/D","request":"L","answer":"approved","on":"2026-03-02"}}),
            json!({"op":"create","kind":"permission","record":{"reference":"L/P","matter":"BIS","decision":"L/D","given_on":"2026-03-02","valid_until":"2026-09-30"}}),
        ],
    );
    let blocked = |workspace: &Workspace, as_of: &str| {
        let waits = overview(workspace, as_of, Sources::Own).waits.clone();
        waits.into_iter().find(|wait| wait.status == "waits_for_other").map(|wait| wait.since.to_string())
    };
    assert_eq!(blocked(&workspace, "2026-09-30"), None);
    assert_eq!(
        blocked(&workspace, "2026-11-24").as_deref(),
        Some("2026-10-01"),
        "since the day on which the licence lapsed"
    );
}

#[test]
fn goods_held_at_the_border_wait_on_who_holds_them() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"shipment_event","record":{"shipment":"X","kind":"held","on":"2026-03-05","by":"China customs","place":"Dandong","text":"Nail clippers"}}),
        ],
    );
    let overview = overview(&workspace, "2026-03-15", Sources::Own);
    let held = overview.waits.iter().find(|wait| wait.status == "held").unwrap();
    assert_eq!((held.on_whom.as_str(), held.days), ("China customs, Dandong", 10));
}

#[test]
fn of_two_travellers_one_may_be_refused() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"person","record":{"reference":"Y","name":"B. Traveller","nationality":"US"}}),
            json!({"op":"create","kind":"matter","record":{"reference":"PASS","title":"Validation","instrument":"special_validation_passport"}}),
            json!({"op":"create","kind":"request","record":{"reference":"VAL","matter":"PASS","filing":"new","started_on":"2026-03-01","travellers":[{"person":"X"},{"person":"Y"}]}}),
            json!({"op":"edit","kind":"trip","reference":"X","set":{"travellers":[{"person":"X","requests":["VAL"]},{"person":"Y","requests":["VAL"]}]}}),
        ],
    );
    let trip = |workspace: &Workspace, as_of: &str| status(workspace, RecordKind::Trip, "X", as_of);
    assert_eq!(trip(&workspace, "2026-03-02"), "planned");
    apply(
        &mut workspace,
        &[json!({"op":"create","kind":"event","record":{"request":"VAL","kind":"sent","on":"2026-03-05"}})],
    );
    assert_eq!(trip(&workspace, "2026-03-05"), "in_approval");
    let one_refused = json!([{"person":"X","answer":"granted"},{"person":"Y","answer":"refused"}]);
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"decision","record":{"request":"VAL","answer":"approved_in_part","on":"2026-04-01","travellers":one_refused}}),
        ],
    );
    assert_eq!(trip(&workspace, "2026-04-01"), "cleared");
    workspace.write(Write::Undo).unwrap();
    apply(
        &mut workspace,
        &[json!({"op":"create","kind":"decision","record":{"request":"VAL","answer":"refused","on":"2026-04-01"}})],
    );
    assert_eq!(trip(&workspace, "2026-04-01"), "refused");
}

#[test]
fn a_fund_that_was_suspended_and_resumed_reads_so_on_each_day() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[json!({"op":"edit","kind":"fund","reference":"X","set":{"starts_on":"2016-01-01","history":[
            {"on":"2018-02-21","state":"suspended"},{"on":"2018-06-30","state":"closed"},{"on":"2020-01-23","state":"active"}]}})],
    );
    for (as_of, state) in
        [("2017-06-01", "active"), ("2018-03-01", "suspended"), ("2019-01-01", "closed"), ("2020-01-23", "active")]
    {
        assert_eq!(status(&workspace, RecordKind::Fund, "X", as_of), state, "as of {as_of}");
    }
}

#[test]
fn deleting_takes_the_parts_along_and_is_refused_while_another_record_names_it() {
    let mut workspace = furnished();
    let said = refusal(&mut workspace, &[json!({"op":"delete","kind":"item","reference":"X"})]);
    assert!(said.contains("Item X was not deleted") && said.contains("names it"), "{said}");
    apply(&mut workspace, &[json!({"op":"delete","kind":"request","reference":"X"})]);
    assert!(workspace.find(&[RecordKind::Event], "X").is_err(), "its events went with it");
    workspace.write(Write::Undo).unwrap();
    assert_eq!(status(&workspace, RecordKind::Request, "X", "2026-11-24"), "sent");
}

#[test]
fn a_file_of_operations_is_done_whole_or_not_at_all() {
    let mut workspace = furnished();
    let before = dump::projections(workspace.store().db()).unwrap();
    let said = refusal(
        &mut workspace,
        &[
            json!({"op":"create","kind":"note","record":{"about":"request:X","on":"2026-03-01","text":"First"}}),
            json!({"op":"undo"}),
            json!({"op":"create","kind":"note","record":{"about":"request:NOWHERE","on":"2026-03-01","text":"Second"}}),
        ],
    );
    assert!(said.contains("Line 3") && said.contains("NOWHERE"), "{said}");
    assert_eq!(dump::projections(workspace.store().db()).unwrap(), before);
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn an_edit_of_an_older_version_is_refused_and_loses_nothing() {
    let mut workspace = furnished();
    let id = workspace.find(&[RecordKind::Party], "X").unwrap();
    apply(&mut workspace, &[json!({"op":"edit","kind":"party","reference":"X","set":{"note":"Newer"}})]);
    let draft = json!({"reference":"X","name":"Older"}).as_object().cloned().unwrap();
    let error = workspace.write(Write::Edit { id, version: 1, draft }).unwrap_err();
    assert!(error.to_string().contains("changed in the meantime"), "{error}");
}

#[test]
fn an_item_that_is_counted_keeps_its_base_unit_and_its_packs_are_counted_anew() {
    let mut workspace = furnished();
    let said = refusal(
        &mut workspace,
        &[json!({"op":"edit","kind":"item","reference":"X","set":{"base_unit":"KGM","packs":null}})],
    );
    assert!(said.contains("counts in the old base unit"), "{said}");
    let said = refusal(&mut workspace, &[json!({"op":"edit","kind":"item","reference":"X","set":{"packs":null}})]);
    assert!(said.contains("cannot be turned into pcs exactly"), "{said}");
    let lines = |workspace: &Workspace| {
        dump::projections(workspace.store().db())
            .unwrap()
            .into_iter()
            .filter(|line| line.starts_with("line|"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert!(lines(&workspace).contains("|shipped|1|") && lines(&workspace).contains("|300000|"), "30 crates of 10");
    apply(
        &mut workspace,
        &[
            json!({"op":"edit","kind":"item","reference":"X","set":{"packs":[{"name":"Crate of 12","unit":"XCR","contains":12}]}}),
        ],
    );
    assert!(lines(&workspace).contains("|360000|"), "30 crates of 12: {}", lines(&workspace));
}

#[test]
fn a_receipt_counts_in_the_unit_and_item_of_the_line_that_was_shipped() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"receipt","record":{"shipment":"X","on":"2026-04-01","lines":[{"line":1,"received":29,"short":1}]}}),
        ],
    );
    let lines = dump::projections(workspace.store().db()).unwrap();
    let received = lines.iter().find(|line| line.contains("|received|1|")).unwrap();
    assert!(received.ends_with("|290000|"), "29 crates of 10: {received}");
    assert_eq!(status(&workspace, RecordKind::Shipment, "X", "2026-04-01"), "received");
}

#[test]
fn a_history_that_contradicts_itself_in_a_batch_is_told_of_its_own_record() {
    let mut workspace = furnished();
    let said = refusal(
        &mut workspace,
        &[
            json!({"op":"create","kind":"request","record":{"reference":"R2","matter":"X","filing":"new","started_on":"2026-01-05"}}),
            json!({"op":"create","kind":"decision","record":{"request":"R2","answer":"approved","on":"2026-02-01"}}),
            json!({"op":"create","kind":"note","record":{"about":"request:X","on":"2026-03-01","text":"Unrelated"}}),
        ],
    );
    assert!(said.starts_with("Request R2 was not saved") && said.contains("needs “Sent”"), "{said}");
}

#[test]
fn remarks_that_would_go_round_are_refused() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"note","record":{"reference":"N1","about":"item:X","on":"2026","text":"First"}}),
            json!({"op":"create","kind":"note","record":{"reference":"N2","about":"note:N1","on":"2026","text":"Second"}}),
        ],
    );
    let said =
        refusal(&mut workspace, &[json!({"op":"edit","kind":"note","reference":"N1","set":{"about":"note:N2"}})]);
    assert!(said.contains("cannot belong to itself"), "{said}");
    let said =
        refusal(&mut workspace, &[json!({"op":"edit","kind":"matter","reference":"X","set":{"depends_on":["X"]}})]);
    assert!(said.contains("cannot belong to itself"), "{said}");
}

#[test]
fn an_answered_question_no_longer_falls_due_and_an_edited_answer_reaches_the_trip() {
    let mut workspace = furnished();
    let due = |workspace: &Workspace| {
        overview(workspace, "2026-02-10", Sources::Own).expiries.iter().any(|due| due.what.contains("answer due"))
    };
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"event","record":{"request":"X","kind":"question","on":"2026-02-01","answer_by":"2026-03-01"}}),
            json!({"op":"create","kind":"event","record":{"request":"X","kind":"hold","on":"2026-02-02"}}),
        ],
    );
    assert!(due(&workspace));
    apply(
        &mut workspace,
        &[json!({"op":"create","kind":"event","record":{"request":"X","kind":"answer","on":"2026-02-05"}})],
    );
    assert!(!due(&workspace));
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_travel_permission_that_was_revoked_or_has_lapsed_clears_nobody() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"edit","kind":"request","reference":"X","set":{"travellers":[{"person":"X"}]}}),
            json!({"op":"edit","kind":"trip","reference":"X","set":{"travellers":[{"person":"X","requests":["X"]}]}}),
            json!({"op":"create","kind":"decision","record":{"reference":"D","request":"X","answer":"approved","on":"2026-02-20"}}),
            json!({"op":"create","kind":"permission","record":{"reference":"V","matter":"X","decision":"D","given_on":"2026-02-20","valid_until":"2026-06-01"}}),
        ],
    );
    let trip = |workspace: &Workspace, as_of: &str| status(workspace, RecordKind::Trip, "X", as_of);
    assert_eq!(trip(&workspace, "2026-06-01"), "cleared");
    assert_eq!(trip(&workspace, "2026-06-02"), "planned");
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"decision","record":{"request":"X","answer":"revoked","on":"2026-03-10","permission":"V"}}),
        ],
    );
    assert_eq!(
        (trip(&workspace, "2026-03-09").as_str(), trip(&workspace, "2026-03-10").as_str()),
        ("cleared", "refused")
    );
}
