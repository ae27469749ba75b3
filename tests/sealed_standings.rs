//! Sealed documents of every kind against the record: what would read otherwise is told place by place, what was sent stays as
//! it was sent, and nothing is made again that nothing touched.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::sync::{Arc, Mutex};

use corridor::domain::date::FuzzyDate;
use corridor::domain::document::Document;
use corridor::domain::id::Id;
use corridor::domain::record::{AttachmentKind, RecordKind, SealedKind};
use corridor::services::attachments::Attach;
use corridor::services::packs::{PackKind, PackQuery};
use corridor::services::seal::{SealParameters, seal};
use corridor::services::sealed::{Sealed, Standing, Standings};
use corridor::services::{Failure, FileFormat, Watch, Workspace, Write, demo};
use serde_json::json;
use support::donors::two_donors;
use support::*;

fn filled(mut workspace: Workspace) -> Workspace {
    demo::fill(&mut workspace).unwrap_or_else(|error| panic!("{error}"));
    workspace
}

fn query(workspace: &Workspace, kind: PackKind, reference: &str) -> PackQuery {
    let of = workspace.find(kind.made_of(), reference).unwrap();
    PackQuery { kind, of: Some(of), as_of: day("2026-11-24"), as_known: None, audience: None }
}

/// Seals a pack as the window does once its files are made.
fn sealed(workspace: &mut Workspace, kind: PackKind, reference: &str) -> Id {
    let query = query(workspace, kind, reference);
    let made = workspace.make_pack(&query, &Watch::default()).unwrap();
    let sealing = made.sealing(&query, "").unwrap();
    workspace.write(Write::Seal(Box::new(sealing))).unwrap_or_else(|error| panic!("{error}")).id.unwrap()
}

fn standings(workspace: &Workspace, before: Option<&Standings>) -> Standings {
    workspace.standings(before, &Watch::default()).unwrap()
}

fn told(one: &Sealed) -> Vec<String> {
    one.would_read().iter().map(|found| one.told(found)).collect()
}

fn of_kind(found: &Standings, what: SealedKind) -> &Sealed {
    found.all.iter().find(|one| one.what == Some(what)).unwrap()
}

/// Something that every document could read, and none does.
fn touch(workspace: &mut Workspace, reference: &str) {
    apply(
        workspace,
        &[json!({"op":"create","kind":"item","record":{"reference":reference,"name":"Rope","base_unit":"MTR"}})],
    );
}

#[test]
fn every_pack_made_again_on_another_day_reads_the_same_while_nothing_it_tells_has_changed() {
    let clock = Arc::new(Mutex::new(at("2026-11-24")));
    let mut workspace = filled(moving(&clock));
    for (kind, reference) in [
        (PackKind::Binder, "HAI-SHP-2027-01"),
        (PackKind::Submission, "HAI-UN-2026-01"),
        (PackKind::Customs, "HAI-SHP-2026-02"),
        (PackKind::Visit, "HAI-VIS-2026-01"),
        (PackKind::Incidents, "shipment:HAI-SHP-2026-02"),
        // An audit pack tells what was sealed before.
        (PackKind::Audit, "HAI-SHP-2026-02"),
    ] {
        sealed(&mut workspace, kind, reference);
    }
    *clock.lock().unwrap() = at("2026-12-03");
    touch(&mut workspace, "ROPE");
    let found = standings(&workspace, None);
    assert_eq!(found.made_again, 6, "each is made again, because an item came");
    for one in &found.all {
        assert_eq!(one.standing, Standing::Same, "{}: {:?}", one.title, one.standing);
    }
}

#[test]
fn a_pack_is_told_with_row_and_column_where_the_record_was_changed() {
    let mut workspace = filled(workspace());
    sealed(&mut workspace, PackKind::Binder, "HAI-SHP-2027-01");
    sealed(&mut workspace, PackKind::Customs, "HAI-SHP-2027-01");
    let shipment = workspace.find(&[RecordKind::Shipment], "HAI-SHP-2027-01").unwrap();
    let mut lines = workspace.record_by_references(shipment).unwrap()["lines"].clone();
    lines[1]["quantity"] = json!("90");
    apply(
        &mut workspace,
        &[json!({"op":"edit","kind":"shipment","reference":"HAI-SHP-2027-01","set":{"lines":lines}})],
    );
    let found = standings(&workspace, None);
    let binder = told(of_kind(&found, SealedKind::Binder));
    assert!(binder.contains(&"Packing list, line 2, quantity: would now read 90, not 100".to_owned()), "{binder:#?}");
    assert!(binder.iter().any(|one| one.starts_with("In English, ")), "the summary is told by its words: {binder:#?}");
    let customs = told(of_kind(&found, SealedKind::CustomsComparison));
    assert!(customs.iter().any(|one| one.starts_with("Line by line, line 2, Quantity, ")), "{customs:#?}");
}

#[test]
fn what_was_sent_stays_what_was_sent_and_is_not_restated() {
    let mut workspace = filled(workspace());
    let query = query(&workspace, PackKind::Submission, "HAI-UN-2026-01");
    let made = workspace.make_pack(&query, &Watch::default()).unwrap();
    let sending = made.sending(&query, FuzzyDate::day(day("2026-03-16"))).unwrap();
    let id = workspace.write(Write::Send(Box::new(sending))).unwrap().id.unwrap();
    assert_eq!(standings(&workspace, None).all[0].standing, Standing::Same, "the sending itself changes no paper");
    let mut lines = workspace.record_by_references(query.of.unwrap()).unwrap()["lines"].clone();
    lines[0]["quantity"] = json!("12");
    apply(
        &mut workspace,
        &[json!({"op":"edit","kind":"request","reference":"HAI-UN-2026-01","set":{
            "lines":lines, "diversion_plan":"Grinders are fixed to the wall and seen in use within three months."}})],
    );
    let found = standings(&workspace, None);
    let sent = of_kind(&found, SealedKind::Submission);
    let said = told(sent);
    assert!(
        said.iter().any(|one| one.ends_with("line 1, quantity: was sent as 10, the record now says 12")),
        "{said:#?}"
    );
    assert!(said.iter().any(|one| one.contains("to the floor") && one.contains("to the wall")), "{said:#?}");
    assert!(said.iter().all(|one| !one.contains("would now read")), "{said:#?}");
    assert_eq!(sent.in_short(), "the record says otherwise now");
    let refused = workspace.write(Write::Restate { seal: id }).unwrap_err().to_string();
    assert!(refused.contains("What was sent stays what was sent"), "{refused}");
}

#[test]
fn an_original_that_is_attached_later_is_told_of_a_sealed_audit_pack_and_the_history_is_not() {
    let mut workspace = filled(workspace());
    sealed(&mut workspace, PackKind::Audit, "HAI-SHP-2026-02");
    apply(
        &mut workspace,
        &[json!({"op":"edit","kind":"shipment","reference":"HAI-SHP-2026-02","set":{"note":"Seen at the border"}})],
    );
    let found = standings(&workspace, None);
    assert_eq!(found.made_again, 1);
    assert_eq!(told(&found.all[0]), Vec::<String>::new(), "a note stands in no table, and what was written is history");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("waybill.txt");
    std::fs::write(&path, "Waybill 7").unwrap();
    let of = workspace.find(&[RecordKind::Shipment], "HAI-SHP-2026-02").unwrap();
    let kind = AttachmentKind::Waybill;
    let attach = Attach { of, paths: vec![path], kind, dated_on: None, confirmed: false };
    workspace.write(Write::Attach(attach)).unwrap_or_else(|error| panic!("{error}"));
    let said = told(&standings(&workspace, Some(&found)).all[0]);
    assert!(said.contains(&"Originals, waybill.txt: the file would be new".to_owned()), "{said:#?}");
}

#[test]
fn a_seal_of_an_older_program_says_that_it_cannot_be_compared() {
    let mut workspace = furnished();
    let of = workspace.find(&[RecordKind::Shipment], "X").unwrap();
    let document = Document { title: "Binder of X".into(), ..Document::default() };
    let parameters = SealParameters { as_of: Some(day("2026-11-20")), ..SealParameters::default() };
    let old = seal(SealedKind::Binder, of, document, Vec::new(), parameters);
    workspace.write(Write::Seal(Box::new(old))).unwrap();
    let found = standings(&workspace, None);
    let why = found.all[0].lost().unwrap();
    assert!(why.contains("without what it was made from") && why.contains("kept as they are"), "{why}");
}

#[test]
fn nothing_is_made_again_that_nothing_touched() {
    let mut workspace = two_donors();
    for reference in ["RX", "RY"] {
        let id = workspace.find(&[RecordKind::Report], reference).unwrap();
        let sealing = workspace.seal_report(id, None, &[FileFormat::Xlsx], "", &Watch::default()).unwrap();
        workspace.write(Write::Seal(Box::new(sealing))).unwrap();
    }
    let first = standings(&workspace, None);
    assert_eq!((first.all.len(), first.made_again), (2, 0), "nothing was written since but the seals");
    apply(&mut workspace, &[json!({"op":"edit","kind":"report","reference":"RX","set":{"note":"Sent"}})]);
    assert_eq!(standings(&workspace, None).made_again, 0, "a report is made again from what its seal keeps");
    touch(&mut workspace, "ROPE");
    let second = standings(&workspace, Some(&first));
    assert_eq!((second.made_again, second.different().count()), (2, 0), "an item can stand in any document");
    assert_eq!(standings(&workspace, Some(&second)).made_again, 0);
    assert_eq!(standings(&workspace, Some(&second)).at, "2026-11-24 09:00");
    apply(
        &mut workspace,
        &[
            json!({"op":"edit","kind":"receipt","reference":"R2","set":{"lines":[{"line":1,"received":490,"damaged":30}]}}),
        ],
    );
    let third = standings(&workspace, Some(&second));
    assert_eq!((third.made_again, third.different().count()), (2, 2));
    let kept: Standings = serde_json::from_str(&serde_json::to_string(&third).unwrap()).unwrap();
    assert_eq!(standings(&workspace, Some(&kept)).all, third.all, "what is remembered is what was found");
    assert_eq!(standings(&workspace, Some(&kept)).made_again, 0);
    workspace.write(Write::Undo).unwrap();
    assert_eq!(standings(&workspace, Some(&third)).different().count(), 0, "an undo is a change too");
}

#[test]
fn what_was_written_between_the_making_and_the_sealing_is_not_overlooked() {
    let mut workspace = two_donors();
    let id = workspace.find(&[RecordKind::Report], "RX").unwrap();
    let sealing = workspace.seal_report(id, None, &[FileFormat::Xlsx], "", &Watch::default()).unwrap();
    apply(
        &mut workspace,
        &[
            json!({"op":"edit","kind":"receipt","reference":"R2","set":{"lines":[{"line":1,"received":490,"damaged":30}]}}),
        ],
    );
    workspace.write(Write::Seal(Box::new(sealing))).unwrap();
    let found = standings(&workspace, None);
    assert_eq!((found.made_again, found.different().count()), (1, 1));
}

#[test]
fn a_look_that_is_stopped_ends_between_two_documents() {
    let mut workspace = filled(workspace());
    sealed(&mut workspace, PackKind::Incidents, "shipment:HAI-SHP-2026-02");
    let watch = Watch::default();
    watch.stop();
    assert!(matches!(workspace.standings(None, &watch), Err(Failure::Stopped)));
}

#[test]
fn the_files_sealed_for_an_audience_are_its_copy_and_their_names_too() {
    let mut workspace = two_donors();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"audience","record":{"reference":"OPEN","name":"The public","withheld":["people","prices"],"words":"Interim"}}),
        ],
    );
    let report = workspace.find(&[RecordKind::Report], "RX").unwrap();
    let audience = workspace.find(&[RecordKind::Audience], "OPEN").unwrap();
    let left_out = workspace.left_out_of_report(report, audience).unwrap();
    assert!(left_out.removed.iter().any(|one| one.value == "Interim"), "{left_out:?}");
    let sealing = workspace.seal_report(report, Some(audience), &[FileFormat::Text], "", &Watch::default()).unwrap();
    assert!(!sealing.files[0].name.contains("Interim"), "{}", sealing.files[0].name);
    assert!(!String::from_utf8_lossy(&sealing.files[0].bytes).contains("Interim"));
    assert_eq!(sealing.document.title, "Interim report to X", "the snapshot is whole, to be compared later");
    workspace.write(Write::Seal(Box::new(sealing))).unwrap();
    assert_eq!(standings(&workspace, None).all[0].audience, "OPEN");
}

#[test]
fn the_whole_report_of_the_demo_is_sealed_as_a_workbook_for_everyone_and_holds_no_price() {
    let mut workspace = filled(workspace());
    let report = workspace.find(&[RecordKind::Report], "HAI-RPT-2026-01").unwrap();
    for reference in ["donor", "bank", "public"] {
        let audience = workspace.find(&[RecordKind::Audience], reference).unwrap();
        let formats = [FileFormat::Pdf, FileFormat::Xlsx, FileFormat::Docx];
        let sealing = workspace
            .seal_report(report, Some(audience), &formats, "", &Watch::default())
            .unwrap_or_else(|error| panic!("{reference}: {error}"));
        assert_eq!(sealing.files.len(), 3);
        workspace.write(Write::Seal(Box::new(sealing))).unwrap();
    }
    assert_eq!(standings(&workspace, None).all.len(), 3);
}
