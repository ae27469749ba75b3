//! Packs for authorities: what is asked of them, what is missing, what was sent.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod command;
#[path = "support/demo_packs.rs"]
mod demo_packs;
#[path = "support/pages.rs"]
mod pages;
mod support;

use corridor::domain::record::RecordKind;
use corridor::services::packs::{GapKind, PackKind, PackQuery, Sending};
use corridor::services::{Failure, Watch, Workspace, Write};
use demo_packs::{demo, pack, query, said, under};
use pages::cell;
use serde_json::json;
use support::*;

#[test]
fn a_request_to_the_committee_has_its_ten_elements_two_annexes_and_a_list_of_what_is_missing() {
    let workspace = demo();
    let pack = pack(&workspace, PackKind::Submission, "HAI-UN-2026-01");
    let names: Vec<&str> = pack.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["request letter", "Annex I", "Annex II"]);
    let letter = pages::text(&pack.parts[0].document);
    let elements: Vec<&str> = letter
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .filter_map(|line| line.split_once(". ").map(|(n, _)| n))
        .collect();
    assert_eq!(elements, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
    assert!(under(&letter, "2. Recipients and how they were chosen").contains("In all |  | 4,300"));
    assert!(
        under(&letter, "6. Routes and methods").contains("- Sea: Busan - Dalian\n- Road: Dalian - Dandong - Sinuiju")
    );
    assert!(pages::text(&pack.parts[1].document).contains("Children under five | Female | 4,150"));
    let items = pack.parts[2].document.table("items").unwrap();
    assert_eq!([cell(items, 0, "unit_price"), cell(items, 0, "total")], ["USD 4,700.00", "USD 47,000.00"]);
    assert_eq!(items.totals[7].words(), "USD 54,600.00");
    assert!(said(&pack, GapKind::Missing, "Line 2", "a specification is not written down"));
    assert!(said(&pack, GapKind::Open, "5. Planned transfers", "2026-10 is over"));
}

#[test]
fn an_empty_request_is_told_everything_that_is_missing_and_loose_words_are_marked() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[json!({"op":"create","kind":"request","record":{"reference":"LOOSE","matter":"X","filing":"new",
            "nature":"Kitchen goods including but not limited to cans","lines":[{"item":"X","quantity":3,"purpose":"Kitchens etc."}]}})],
    );
    let pack = pack(&workspace, PackKind::Submission, "LOOSE");
    for about in [
        "2. Recipients",
        "3. Why",
        "5. Planned",
        "6. Routes",
        "7. Parties",
        "8. Payments",
        "10. Measures",
        "Channel",
        "Signature",
    ] {
        assert!(said(&pack, GapKind::Missing, about, ""), "{about}: {:?}", pack.gaps);
    }
    assert!(said(&pack, GapKind::Wording, "1. Nature", "“including but not limited to” leaves open what is asked for"));
    assert!(said(&pack, GapKind::Wording, "Line 1", "“etc.”"));
    assert_eq!(pack.completeness().rows.len(), pack.gaps.len());
}

#[test]
fn the_bis_sheets_go_in_the_order_of_the_form() {
    let pack = pack(&demo(), PackKind::Submission, "HAI-BIS-2026-01");
    let form = pack.parts[0].document.table("form").unwrap();
    let blocks: Vec<String> = (0..form.rows.len()).map(|row| cell(form, row, "block")).collect();
    assert_eq!(blocks, ["1", "4", "5", "9", "10", "14", "14", "23"]);
    let items = pack.parts[1].document.table("items").unwrap();
    let labels: Vec<&str> = items.columns[1..].iter().map(|column| &column.label[..3]).collect();
    assert_eq!(labels, ["(a)", "(b)", "(c)", "(d)", "(e)", "(f)", "(g)", "(h)", "(i)", "(j)"]);
    assert_eq!([cell(items, 0, "eccn"), cell(items, 0, "unit")], ["EAR99", "piece"]);
    assert!(said(&pack, GapKind::Missing, "Block 18", "ultimate consignee"));
}

#[test]
fn the_report_to_state_takes_the_first_of_the_three_attachments_that_there_is() {
    let mut workspace = demo();
    let text = |workspace: &Workspace, reference: &str| {
        pages::text(&pack(workspace, PackKind::Submission, reference).parts[0].document)
    };
    assert!(
        text(&workspace, "HAI-STATE-2024-01")
            .contains("Attachment 1 of 3: a copy of the approval of the UN 1718 Committee, HAI-L-UN-2024-08")
    );
    assert!(
        text(&workspace, "HAI-STATE-2026-01").contains("Attachment 2 of 3: a copy of the request HAI-UN-2026-02"),
        "{}",
        text(&workspace, "HAI-STATE-2026-01")
    );
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"matter","record":{"reference":"ALONE","title":"Training","instrument":"ngo_activity_report"}}),
            json!({"op":"create","kind":"request","record":{"reference":"ALONE","matter":"ALONE","filing":"new","nature":"Training of nurses","reason":"No goods go in.","transfers":[{"on":"2026-12-01","what":"Training"}]}}),
        ],
    );
    let alone = pack(&workspace, PackKind::Submission, "ALONE");
    assert!(
        text(&workspace, "ALONE").contains("Attachment 3 of 3")
            && text(&workspace, "ALONE").contains("No goods go in.")
    );
    assert!(said(
        &alone,
        GapKind::Open,
        "Start",
        "2026-12-01 is less than 30 days away. Sent today, the activities begin on 2026-12-24"
    ));
}

#[test]
fn a_licence_narrative_names_every_party_and_the_letters_of_other_authorities() {
    let mut workspace = demo();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"request","record":{"reference":"OFAC-NEW","matter":"HAI-M-OFAC-LOCAL","filing":"new",
            "nature":"Hire of trucks","parties":[{"role":"carrier","party":"HERON"},{"role":"end_user","party":"PONGSAN-H"}]}}),
        ],
    );
    let pack = pack(&workspace, PackKind::Submission, "OFAC-NEW");
    let text = pages::text(&pack.parts[0].document);
    assert!(under(&text, "4. Every party, from the first to the last").contains("Carrier | Grey Heron Line"));
    assert!(
        under(&text, "9. Permissions of other authorities")
            .contains("UN 1718 | Humanitarian exemption | HAI-L-UN-2026-07")
    );
    assert!(said(&pack, GapKind::Missing, "Why a licence", "31 CFR 501.801(a)"));
}

#[test]
fn a_package_is_sealed_as_sent_and_named_by_the_event_of_its_sending_in_one_step_of_undo() {
    let mut workspace = demo();
    let query = query(&workspace, PackKind::Submission, "HAI-UN-2026-01", "2026-11-24", None);
    let made = workspace.make_pack(&query, &Watch::default()).unwrap();
    let names: Vec<&str> = made.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names[0], "HAI-UN-2026-01 request letter.pdf");
    assert!(
        names.contains(&"HAI-UN-2026-01 Annex II.xlsx") && names.contains(&"HAI-UN-2026-01 Annex II.pdf"),
        "{names:?}"
    );
    let sealing = made.sealing(&query, "").unwrap();
    let events = |workspace: &Workspace| ids(workspace, list_query(RecordKind::Event, "2026-11-24")).len();
    let before = events(&workspace);
    let sent = detail(&workspace, query.of.unwrap(), "2026-11-24")
        .timeline
        .iter()
        .find(|entry| entry.title == "Sent")
        .map(|entry| entry.date.clone());
    let on = corridor::domain::date::FuzzyDate::parse(&sent.unwrap()).unwrap();
    let done = workspace.write(Write::Send(Box::new(Sending { sealing, on }))).unwrap();
    assert_eq!(events(&workspace), before, "the event that is there names the seal");
    let seal = detail(&workspace, done.id.unwrap(), "2026-11-24");
    assert!(seal.related.iter().any(|group| group.kind == RecordKind::Event), "the event names the seal");
    assert_eq!(workspace.sealed(done.id.unwrap()).unwrap().document.title, made.pack.parts[0].document.title);
    workspace.write(Write::Undo).unwrap();
    assert!(ids(&workspace, list_query(RecordKind::Seal, "2026-11-24")).iter().all(|id| Some(*id) != done.id));
}

#[test]
fn a_copy_for_a_bank_leaves_out_what_its_profile_withholds_and_says_what() {
    let mut workspace = demo();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"audience","record":{"reference":"AUDITOR","name":"An auditor","withheld":["people","prices","counterparts"]}}),
        ],
    );
    let whole = query(&workspace, PackKind::Binder, "HAI-SHP-2026-02", "2026-11-24", None);
    let audience = workspace.find(&[RecordKind::Audience], "AUDITOR").ok();
    let made = workspace.make_pack(&PackQuery { audience, ..whole }, &Watch::default()).unwrap();
    let names: Vec<&str> = made.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(
        names,
        ["HAI-SHP-2026-02 binder for AUDITOR.pdf"],
        "what others wrote cannot be redacted, so it stays behind"
    );
    for value in ["Grace Whitcombe", "Maehwa Aid Reception Office"] {
        assert!(
            made.left_out.removed.iter().any(|one| one.value.contains(value) && one.is_provable()),
            "{value}: {:?}",
            made.left_out.removed
        );
    }
    let sealing = made
        .sending(
            &query(&workspace, PackKind::Binder, "HAI-SHP-2026-02", "2026-11-24", None),
            corridor::domain::date::FuzzyDate::day(day("2026-11-24")),
        )
        .unwrap()
        .sealing;
    assert_eq!(sealing.parameters.audience, "AUDITOR");
    let pack = query(&workspace, PackKind::Audit, "HAI-SHP-2026-02", "2026-11-24", None);
    let audit = workspace.make_pack(&PackQuery { audience, ..pack }, &Watch::default()).unwrap();
    assert_eq!(audit.files.len(), 1, "no originals");
    assert!(pages::text(&sealing.document).contains("Grace Whitcombe"), "the snapshot is whole, to be compared later");
}

#[test]
fn a_pack_that_is_stopped_leaves_nothing_and_one_of_the_wrong_record_is_refused() {
    let workspace = demo();
    let good = query(&workspace, PackKind::Binder, "HAI-SHP-2027-01", "2026-11-24", None);
    let watch = Watch::default();
    watch.stop();
    assert!(matches!(workspace.make_pack(&good, &watch), Err(Failure::Stopped)));
    let item = workspace.find(&[RecordKind::Item], "NUT-CAN").unwrap();
    let refused = workspace.pack(&PackQuery { of: Some(item), ..good }).unwrap_err().to_string();
    assert_eq!(refused, "Border and bank binder is not made of Item NUT-CAN");
}

#[test]
fn every_pack_of_the_demo_can_be_made() {
    let workspace = demo();
    for kind in PackKind::ALL {
        for record in kind.made_of() {
            for id in ids(&workspace, list_query(*record, "2026-11-24")) {
                let query =
                    PackQuery { kind: *kind, of: Some(id), as_of: day("2026-11-24"), as_known: None, audience: None };
                let pack = workspace.pack(&query).unwrap_or_else(|error| panic!("{kind:?} {id:?}: {error}"));
                for table in pack.parts.iter().flat_map(|part| part.document.tables()) {
                    assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.key);
                    assert!(table.totals.is_empty() || table.totals.len() == table.columns.len(), "{}", table.key);
                }
            }
        }
    }
}

#[test]
fn the_command_line_prints_what_is_missing_and_makes_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    command::done(at, &["demo", "--dir", ".", "--no-window"]);
    let gaps = command::json(at, &["package", "HAI-UN-2026-01", "--in", "demo.corridor", "--json"]);
    assert_eq!(gaps["files"], json!([]));
    assert!(gaps["gaps"].as_array().unwrap().iter().any(|gap| gap["kind"] == "missing"));
    command::done(at, &["binder", "HAI-SHP-2027-01", "--out", "border", "--in", "demo.corridor"]);
    let pdf = std::fs::read(at.join("border").join("HAI-SHP-2027-01 binder.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let sealed = command::done(
        at,
        &["binder", "HAI-SHP-2027-01", "--out", "border", "--seal", "--note", "To the bank", "--in", "demo.corridor"],
    );
    assert!(sealed.contains("Sealed the border and bank binder of Shipment HAI-SHP-2027-01"), "{sealed}");
    let refused = command::corridor(at, &["incidents", "--seal", "--out", "log", "--in", "demo.corridor"]);
    let nowhere = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(nowhere.contains("Name the project or the shipment"), "{nowhere}");
    let listed = command::json(at, &["report", "list", "--in", "demo.corridor", "--json"]);
    assert_eq!((&listed["sealed"][0]["what"], &listed["sealed"][0]["standing"]), (&json!("binder"), &json!("same")));
    let log = command::json(at, &["incidents", "--in", "demo.corridor", "--json"]);
    assert_eq!(log["parts"][0]["tables"][0], json!({"key": "incidents", "rows": 4}));
}
