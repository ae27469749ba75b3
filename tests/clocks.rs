//! Clocks of the rules in the record: what is due when, what pauses it, what is put off or done, and when to ask by.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::sync::Arc;

use corridor::domain::record::RecordKind;
use corridor::domain::summary::Source;
use corridor::services::queries::{ASK_BY, DeadlineBoard, DeadlineShown, DurationTable, Sources, Urgency};
use corridor::services::{Answer, DeadlineKey, Query, Settlement, Workspace, Write};
use serde_json::{Value, json};
use support::*;

fn board(workspace: &Workspace, as_of: &str) -> Arc<DeadlineBoard> {
    match workspace.answer(&Query::Deadlines { as_of: day(as_of), sources: Sources::Own }).unwrap() {
        Answer::Deadlines(board) => board,
        other => panic!("{other:?}"),
    }
}

fn durations(workspace: &Workspace, as_of: &str) -> Arc<DurationTable> {
    match workspace.answer(&Query::Durations { as_of: day(as_of) }).unwrap() {
        Answer::Durations(table) => table,
        other => panic!("{other:?}"),
    }
}

/// What is in sight on a day of one record: what, when it is due.
fn in_sight(workspace: &Workspace, reference: &str, as_of: &str) -> Vec<String> {
    let board = board(workspace, as_of);
    let rows = board.groups.iter().flat_map(|group| &group.rows).filter(|row| row.reference == reference);
    rows.map(|row| format!("{} {}", row.due_on, row.what)).collect()
}

fn find(workspace: &Workspace, reference: &str, what: &str, as_of: &str) -> DeadlineShown {
    let board = board(workspace, as_of);
    let mut rows = board.groups.iter().flat_map(|group| &group.rows);
    let found = rows.find(|row| row.reference == reference && row.what.contains(what));
    found.unwrap_or_else(|| panic!("{reference} has no {what} as of {as_of}")).clone()
}

fn settle(workspace: &mut Workspace, row: &DeadlineShown, settlement: Settlement) -> Result<String, String> {
    let deadline = DeadlineKey { about: row.id, what: row.what.clone(), due_on: row.due_on, alike: 0 };
    let done = workspace.write(Write::Settle { deadline, settlement });
    done.map(|done| done.message).map_err(|error| error.to_string())
}

fn done(on: &str, evidence: &str) -> Settlement {
    Settlement::Done { on: day(on), evidence: evidence.to_owned() }
}

fn put_off(on: &str, until: &str) -> Settlement {
    Settlement::PutOff { on: day(on), until: day(until) }
}

fn event(request: &str, kind: &str, on: &str) -> Value {
    json!({"op":"create","kind":"event","record":{"request":request,"kind":kind,"on":on}})
}

/// A filing of an instrument with its matter, sent on a day.
fn filing(workspace: &mut Workspace, reference: &str, instrument: &str, filing: &str, sent: &str) {
    apply(
        workspace,
        &[
            json!({"op":"create","kind":"matter","record":{"reference":reference,"title":"Matter","instrument":instrument}}),
            json!({"op":"create","kind":"request","record":{"reference":reference,"matter":reference,"filing":filing,"started_on":"2018-01-01"}}),
            event(reference, "sent", sent),
        ],
    );
}

fn decided(request: &str, answer: &str, on: &str) -> Value {
    json!({"op":"create","kind":"decision","record":{"reference":format!("{request}/D"),"request":request,"answer":answer,"on":on}})
}

#[test]
fn a_report_to_state_has_its_objection_window_and_its_earliest_start() {
    let mut workspace = workspace();
    filing(&mut workspace, "REP", "ngo_activity_report", "new", "2026-09-10");
    let expected = ["2026-09-24 Objection window ends", "2026-10-10 Earliest start without an answer"];
    assert_eq!(in_sight(&workspace, "REP", "2026-09-10"), expected);
    assert_eq!(in_sight(&workspace, "REP", "2026-09-09"), Vec::<String>::new(), "nothing was sent yet");
    assert_eq!(in_sight(&workspace, "REP", "2026-09-25"), expected[1..]);
    // Nothing stops these days: a hold moves neither of them.
    apply(&mut workspace, &[event("REP", "hold", "2026-09-12"), event("REP", "hold_lifted", "2026-09-20")]);
    assert_eq!(in_sight(&workspace, "REP", "2026-09-21"), expected);
    assert_eq!(status(&workspace, RecordKind::Request, "REP", "2026-10-10"), "cleared_by_silence");
    apply(&mut workspace, &[decided("REP", "not_eligible", "2026-09-22")]);
    assert_eq!(in_sight(&workspace, "REP", "2026-09-22"), Vec::<String>::new(), "the answer ends the clocks");
    assert_eq!(in_sight(&workspace, "REP", "2026-09-21"), expected, "as it was known before");
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_report_before_the_rule_has_no_clock_and_a_figure_of_our_own_changes_it() {
    let mut workspace = workspace();
    filing(&mut workspace, "OLD", "ngo_activity_report", "new", "2024-02-15");
    filing(&mut workspace, "REP", "ngo_activity_report", "new", "2026-09-10");
    assert_eq!(status(&workspace, RecordKind::Request, "OLD", "2026-11-24"), "sent");
    assert_eq!(in_sight(&workspace, "OLD", "2024-02-16"), Vec::<String>::new());
    let figure = |record: Value| json!({"op":"create","kind":"figure","record":record});
    apply(
        &mut workspace,
        &[figure(
            json!({"reference":"F","kind":"notice_days","instrument":"ngo_activity_report","value":45,"from":"2026-09-01","citation":"Letter of State"}),
        )],
    );
    assert_eq!(status(&workspace, RecordKind::Request, "REP", "2026-10-10"), "sent");
    assert_eq!(status(&workspace, RecordKind::Request, "REP", "2026-10-25"), "cleared_by_silence");
    assert_eq!(in_sight(&workspace, "REP", "2026-10-01"), ["2026-10-25 Earliest start without an answer"]);
    apply(&mut workspace, &[json!({"op":"delete","kind":"figure","reference":"F"})]);
    assert_eq!(status(&workspace, RecordKind::Request, "REP", "2026-10-10"), "cleared_by_silence");
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn the_ninety_days_of_bis_stand_still_while_the_case_is_held() {
    let mut workspace = workspace();
    filing(&mut workspace, "BIS", "bis_export_licence", "new", "2025-12-20");
    assert_eq!(in_sight(&workspace, "BIS", "2025-12-31"), Vec::<String>::new(), "it is not registered yet");
    apply(&mut workspace, &[event("BIS", "registered", "2026-01-01")]);
    assert_eq!(in_sight(&workspace, "BIS", "2026-01-01"), ["2026-04-01 Decision due by law"]);
    apply(&mut workspace, &[event("BIS", "hold", "2026-02-01")]);
    assert_eq!(in_sight(&workspace, "BIS", "2026-02-01"), Vec::<String>::new(), "nobody knows the end of a hold");
    apply(&mut workspace, &[event("BIS", "hold_lifted", "2026-02-11")]);
    assert_eq!(in_sight(&workspace, "BIS", "2026-02-11"), ["2026-04-11 Decision due by law"]);
    assert_eq!(in_sight(&workspace, "BIS", "2026-01-31"), ["2026-04-01 Decision due by law"], "as it was known then");
    let late = board(&workspace, "2026-05-01");
    assert_eq!(late.groups[0].urgency, Urgency::Overdue);
    apply(&mut workspace, &[decided("BIS", "refused", "2026-05-02")]);
    assert_eq!(in_sight(&workspace, "BIS", "2026-05-02"), Vec::<String>::new());
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

fn with_conditions() -> Workspace {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            decided("X", "approved_with_conditions", "2026-02-01"),
            json!({"op":"create","kind":"permission","record":{"reference":"P","matter":"X","decision":"X/D","given_on":"2026-02-01","valid_until":"2027-02-01","conditions":[
                {"text":"List of what was shipped","due_on":"2026-06-01"},{"text":"Photographs","due_on":"2026-06-01"}]}}),
            json!({"op":"edit","kind":"fund","reference":"X","set":{"starts_on":"2026-01-01","reports":[{"title":"Interim","due_on":"2026-07-31"}]}}),
        ],
    );
    workspace
}

#[test]
fn a_condition_is_closed_on_the_permission_itself_with_its_evidence() {
    let mut workspace = with_conditions();
    let row = find(&workspace, "P", "Photographs", "2026-06-10");
    assert_eq!((row.days_left, row.owed), (-9, true));
    let said = settle(&mut workspace, &row, done("2026-06-10", "Mail of 10 June")).unwrap();
    assert_eq!(said, "Done, Permission P: Condition: Photographs");
    let id = workspace.find(&[RecordKind::Permission], "P").unwrap();
    let written = workspace.record_by_references(id).unwrap();
    assert_eq!(written["conditions"][1]["done_on"], json!("2026-06-10"));
    assert_eq!(written["conditions"][1]["evidence"], json!("Mail of 10 June"));
    assert_eq!(written["conditions"][0].get("done_on"), None);
    assert!(!in_sight(&workspace, "P", "2026-06-10").join(" ").contains("Photographs"));
    assert!(in_sight(&workspace, "P", "2026-06-09").join(" ").contains("Photographs"), "as of the day before");
    let again = settle(&mut workspace, &row, done("2026-06-11", "The same mail")).unwrap();
    assert!(again.starts_with("Done"), "a mark beside it does no harm: {again}");
    workspace.write(Write::Undo).unwrap();
    workspace.write(Write::Undo).unwrap();
    assert!(in_sight(&workspace, "P", "2026-06-10").join(" ").contains("Photographs"), "one undo takes it back");
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_report_to_a_donor_and_a_condition_of_a_decision_are_deadlines_too() {
    let mut workspace = with_conditions();
    let row = find(&workspace, "X", "Report due: Interim", "2026-07-01");
    settle(&mut workspace, &row, done("2026-07-20", "Sent by mail")).unwrap();
    let id = workspace.find(&[RecordKind::Fund], "X").unwrap();
    assert_eq!(workspace.record_by_references(id).unwrap()["reports"][0]["sent_on"], json!("2026-07-20"));
    apply(
        &mut workspace,
        &[
            json!({"op":"edit","kind":"decision","reference":"X/D","set":{"conditions":[{"text":"Tell the Committee","due_on":"2026-03-01"}]}}),
        ],
    );
    let row = find(&workspace, "X/D", "Tell the Committee", "2026-02-20");
    let bare = settle(&mut workspace, &row, done("2026-02-25", "")).unwrap_err();
    assert!(bare.contains("Write what proves it"), "{bare}");
    settle(&mut workspace, &row, done("2026-02-25", "Letter of 25 February")).unwrap();
    assert_eq!(in_sight(&workspace, "X/D", "2026-02-25"), Vec::<String>::new());
}

#[test]
fn a_deadline_is_put_off_from_the_day_of_the_mark_and_comes_back() {
    let mut workspace = with_conditions();
    let row = find(&workspace, "P", "Photographs", "2026-06-10");
    let refused = settle(&mut workspace, &row, put_off("2026-06-10", "2026-06-10")).unwrap_err();
    assert!(refused.contains("is not after 2026-06-10"), "{refused}");
    settle(&mut workspace, &row, put_off("2026-06-10", "2026-06-20")).unwrap();
    let seen = |as_of: &str| in_sight(&workspace, "P", as_of).join(" ").contains("Photographs");
    assert_eq!(["2026-06-09", "2026-06-10", "2026-06-19", "2026-06-20"].map(seen), [true, false, false, true]);
    let waiting = |as_of: &str| -> Vec<String> {
        let board = board(&workspace, as_of);
        board.put_off.iter().map(|row| format!("{} {}", row.until, row.deadline.what)).collect()
    };
    assert_eq!(waiting("2026-06-09"), Vec::<String>::new());
    assert_eq!(waiting("2026-06-12"), ["2026-06-20 Condition: Photographs"]);
    assert_eq!(waiting("2026-06-20"), Vec::<String>::new());
    let overdue = |as_of: &str| {
        let shown = overview(&workspace, as_of, Sources::Own);
        shown.expiries.iter().any(|expiry| expiry.what == "Condition: Photographs")
    };
    assert_eq!(["2026-06-09", "2026-06-12", "2026-06-20"].map(overdue), [true, false, true], "the overview as well");
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn what_has_no_place_of_its_own_is_done_by_a_mark() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"event","record":{"reference":"Q","request":"X","kind":"question","on":"2026-02-01","answer_by":"2026-02-15"}}),
        ],
    );
    let row = find(&workspace, "Q", "answer due", "2026-02-20");
    settle(&mut workspace, &row, done("2026-02-20", "Told on the phone")).unwrap();
    assert_eq!(in_sight(&workspace, "Q", "2026-02-20"), Vec::<String>::new());
    let marks = rows(&workspace, list_query(RecordKind::Mark, "2026-02-20"));
    assert_eq!(marks.len(), 1);
    assert_eq!(marks[0].status.as_ref().unwrap().word, "deadline_done");
    let shown = overview(&workspace, "2026-02-20", Sources::Own);
    assert!(shown.expiries.iter().all(|expiry| expiry.reference != "Q"));
    let gone = DeadlineShown { due_on: day("2026-02-16"), ..row };
    let said = settle(&mut workspace, &gone, done("2026-02-20", "")).unwrap_err();
    assert!(said.contains("has no deadline"), "{said}");
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

/// So many own cases before the UN Committee, each answered after so many days.
fn history(workspace: &mut Workspace, days: &[u64]) {
    for (at, days) in days.iter().enumerate() {
        let reference = format!("H{at}");
        filing(workspace, &reference, "humanitarian_exemption", "extension", "2025-01-01");
        let on = (day("2025-01-01") + chrono::Days::new(*days)).to_string();
        apply(workspace, &[decided(&reference, "approved", &on)]);
    }
}

fn with_permission(workspace: &mut Workspace, valid_until: &str) {
    apply(
        workspace,
        &[
            decided("X", "approved", "2026-02-01"),
            json!({"op":"create","kind":"permission","record":{"reference":"P","matter":"X","decision":"X/D","given_on":"2026-02-01","valid_until":valid_until}}),
        ],
    );
}

#[test]
fn the_day_to_ask_by_stands_on_our_own_history_and_can_be_put_off() {
    let mut workspace = furnished();
    with_permission(&mut workspace, "2026-12-31");
    let few = board(&workspace, "2026-03-01");
    assert_eq!(in_sight(&workspace, "P", "2026-03-01"), ["2026-12-31 Permission ends"]);
    assert!(few.not_estimated[0].1.contains("Too few own cases: 1"), "{:?}", few.not_estimated);
    workspace.write(Write::ImportPublicCases { csv: PUBLIC_CASES.to_owned() }).unwrap();
    assert!(
        board(&workspace, "2026-03-01").not_estimated[0].1.contains("Too few own cases: 1"),
        "public ones are not used"
    );
    history(&mut workspace, &[10, 20, 30, 40, 50]);
    let row = find(&workspace, "P", ASK_BY, "2026-03-01");
    assert_eq!(row.due_on, day("2026-11-21"), "40 days before the end");
    assert!(
        row.note.contains("80 of 100 took up to 40 days (95 %: 20 to not reached), by 5 own extensions"),
        "{}",
        row.note
    );
    settle(&mut workspace, &row, put_off("2026-03-01", "2026-04-01")).unwrap();
    let asked = |as_of: &str| in_sight(&workspace, "P", as_of).join(" ").contains(ASK_BY);
    assert_eq!(["2026-02-28", "2026-03-01", "2026-04-01"].map(asked), [true, false, true]);
    assert_eq!(board(&workspace, "2026-03-05").put_off.len(), 1);
    // To put the end itself off hides no asking; to settle it does.
    let ends = find(&workspace, "P", "Permission ends", "2026-04-01");
    settle(&mut workspace, &ends, put_off("2026-04-01", "2026-04-15")).unwrap();
    assert_eq!(in_sight(&workspace, "P", "2026-04-05"), [format!("2026-11-21 {ASK_BY}")]);
    settle(&mut workspace, &ends, done("2026-04-20", "The work ends with it")).unwrap();
    assert_eq!(in_sight(&workspace, "P", "2026-04-20"), Vec::<String>::new());
    workspace.write(Write::Undo).unwrap();
    // Once an extension is on its way nobody has to ask.
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"request","record":{"reference":"EXT","matter":"X","filing":"extension","started_on":"2026-05-01"}}),
            event("EXT", "sent", "2026-05-02"),
        ],
    );
    let asked = |as_of: &str| in_sight(&workspace, "P", as_of).join(" ").contains(ASK_BY);
    assert_eq!(["2026-05-01", "2026-05-02"].map(asked), [true, false]);
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn open_withdrawn_and_silent_cases_are_censored_and_not_dropped() {
    let mut workspace = workspace();
    history(&mut workspace, &[10, 20]);
    filing(&mut workspace, "OPEN", "humanitarian_exemption", "extension", "2025-01-01");
    filing(&mut workspace, "GONE", "humanitarian_exemption", "extension", "2025-01-01");
    apply(&mut workspace, &[event("GONE", "withdrawn", "2025-01-15")]);
    let of_all = |as_of: &str| {
        let table = durations(&workspace, as_of);
        let row = table.rows.iter().find(|row| row.source == Source::Own && row.filing.is_empty()).unwrap().clone();
        (row.answered, row.open, row.median.days, row.most.days)
    };
    assert_eq!(of_all("2025-06-01"), (2, 2, Some(20), None));
    assert_eq!(of_all("2025-01-12"), (1, 3, None, None), "as it was known then");
}

#[test]
fn of_the_public_record_nineteen_of_ninety_three_filings_are_usable_and_said_to_be_biased() {
    let table = durations(&with_public_cases(), "2026-11-24");
    let row = table.rows.iter().find(|row| row.source == Source::Public && row.filing.is_empty()).unwrap();
    assert_eq!((row.answered + row.open, row.known), (19, 93));
    assert!(table.public_note.contains("19 of 93"), "{}", table.public_note);
    assert!(table.public_note.contains("biased"), "{}", table.public_note);
}

#[test]
fn a_record_says_how_long_it_is_kept_and_what_is_usual() {
    let mut workspace = furnished();
    let remarks = |workspace: &Workspace, kind: RecordKind, reference: &str, as_of: &str| {
        let id = workspace.find(&[kind], reference).unwrap();
        format!("{:?}", detail(workspace, id, as_of).sections.last())
    };
    let kept = remarks(&workspace, RecordKind::Shipment, "X", "2026-11-24");
    assert!(kept.contains("2036-03-01, counted from 2026-03-01: 31 CFR 501.601"), "{kept}");
    apply(
        &mut workspace,
        &[
            decided("X", "approved", "2026-02-01"),
            json!({"op":"create","kind":"permission","record":{"reference":"P","matter":"X","decision":"X/D","given_on":"2026-02-01"}}),
            json!({"op":"create","kind":"request","record":{"reference":"NEXT","matter":"X","filing":"new","started_on":"2026-05-01"}}),
        ],
    );
    let usual = remarks(&workspace, RecordKind::Permission, "P", "2026-11-24");
    assert!(usual.contains("usually valid for 9 months, so until 2026-11-01"), "{usual}");
    assert!(usual.contains("usually for 3 shipments"), "{usual}");
    let sent = remarks(&workspace, RecordKind::Request, "X", "2026-01-15");
    assert!(
        sent.contains("circulated on 2026-01-15, 5 working days without objection would end on 2026-01-22"),
        "{sent}"
    );
    assert!(sent.contains("no holidays are assumed") && sent.contains("background knowledge, check it"), "{sent}");
    let one = remarks(&workspace, RecordKind::Request, "NEXT", "2026-11-24");
    assert!(one.contains("1 of 2 approvals needed since 2025-05-24"), "{one}");
    history(&mut workspace, &[400]);
    let extension = remarks(&workspace, RecordKind::Request, "NEXT", "2026-11-24");
    assert!(extension.contains("1 of 2") && extension.contains("extensions are not counted"), "{extension}");
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"figure","record":{"reference":"E","kind":"extensions_count","instrument":"humanitarian_exemption","value":1,"from":"2020-11-30","citation":"Mail of the Secretary"}}),
        ],
    );
    let counted = remarks(&workspace, RecordKind::Request, "NEXT", "2026-11-24");
    assert!(counted.contains("2 of 2") && counted.contains("passed"), "{counted}");
}

#[test]
fn a_calendar_file_is_written_whole_and_says_nothing_of_people() {
    let mut workspace = with_conditions();
    apply(
        &mut workspace,
        &[
            json!({"op":"edit","kind":"person","reference":"X","set":{"documents":[{"kind":"passport","number":"1","expires_on":"2027-05-01"}]}}),
        ],
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deadlines.ics");
    std::fs::write(&path, "old").unwrap();
    let count = workspace.export_deadlines(day("2026-06-10"), Sources::Own, &path).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches("BEGIN:VEVENT").count(), count);
    assert!(text.contains("SUMMARY:Passport expires: Person X\r\n") && !text.contains("Traveller"), "{text}");
    assert!(text.contains("DTSTART;VALUE=DATE:20270501") && text.contains("DTEND;VALUE=DATE:20270502"), "{text}");
    assert!(text.contains("DTSTAMP:20261124T090000Z"), "{text}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    let nowhere = folder.path().join("missing/deadlines.ics");
    let said = workspace.export_deadlines(day("2026-06-10"), Sources::Own, &nowhere).unwrap_err().to_string();
    assert!(said.contains("cannot be written") && said.contains("Choose another folder"), "{said}");
}
