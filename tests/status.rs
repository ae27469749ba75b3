//! Status follows from dated facts, between records: what is refused, what waits on whom, what lapses.

mod support;

use corridor::domain::record::RecordKind;
use corridor::services::queries::Sources;
use corridor::services::{Workspace, Write};
use serde_json::{Value, json};
use support::*;

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
