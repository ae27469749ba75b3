//! Packs of the demo: every one says what the record says, and what is missing in it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod command;
#[path = "support/pages.rs"]
mod pages;
mod support;

use corridor::domain::document::{Document, Holds};
use corridor::domain::id::Id;
use corridor::domain::record::{AttachmentKind, RecordKind};
use corridor::services::attachments::Attach;
use corridor::services::packs::{GapKind, Pack, PackKind, PackQuery, Sending};
use corridor::services::{Failure, Watch, Workspace, Write, demo};
use pages::cell;
use serde_json::json;
use support::*;

fn demo() -> Workspace {
    let mut workspace = workspace();
    demo::fill(&mut workspace).unwrap_or_else(|error| panic!("{error}"));
    workspace
}

fn query(workspace: &Workspace, kind: PackKind, reference: &str, as_of: &str, as_known: Option<&str>) -> PackQuery {
    let of: Id = workspace.find(kind.made_of(), reference).unwrap();
    PackQuery { kind, of: Some(of), as_of: day(as_of), as_known: as_known.map(day), audience: None }
}

fn pack(workspace: &Workspace, kind: PackKind, reference: &str) -> Pack {
    workspace.pack(&query(workspace, kind, reference, "2026-11-24", None)).unwrap()
}

fn said(pack: &Pack, kind: GapKind, about: &str, what: &str) -> bool {
    pack.gaps.iter().any(|gap| gap.kind == kind && gap.about.contains(about) && gap.what.contains(what))
}

/// What stands under a heading, until the next one.
fn under<'a>(text: &'a str, heading: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("# {heading}\n")).unwrap_or_else(|| panic!("no {heading} in {text}"));
    rest.split("\n\n#").next().unwrap_or(rest)
}

#[test]
fn a_binder_tells_border_and_bank_in_three_languages_what_goes_by_whose_letter() {
    let workspace = demo();
    let pack = pack(&workspace, PackKind::Binder, "HAI-SHP-2027-01");
    let document = &pack.parts[0].document;
    let text = pages::text(document);
    let english = under(&text, "In English");
    assert!(
        english.contains("Goods: Soymilk grinder and cooker, 100 l 10 pcs; Milk can, stainless steel, 40 l 100 pcs")
    );
    assert!(english.contains("HAI-L-UN-2026-07, UN 1718, dated 2026-07-02, valid until 2027-07-02"));
    assert!(under(&text, "中文").contains("收货人: 梅花援助接收处 (Maehwa Aid Reception Office)\n货物: 豆浆机 10 pcs"));
    assert!(under(&text, "한국어").contains("유엔 안보리 1718 위원회, 2026-07-02자, 2027-07-02까지 유효"));
    let list = document.table("packing_list").unwrap();
    assert_eq!(
        [cell(list, 1, "names"), cell(list, 1, "hs_code"), cell(list, 1, "quantity")],
        ["40升不锈钢奶桶 / 우유통 40리터", "731029", "100"]
    );
    let coverage = document.table("coverage").unwrap();
    assert_eq!([cell(coverage, 0, "letter"), cell(coverage, 0, "state")], ["HAI-L-UN-2026-07", "Dependency fails"]);
    let withheld = |name: &str| list.columns.iter().find(|column| column.name == name).unwrap().holds;
    assert_eq!(withheld("value"), Holds::Price);
    assert!(said(&pack, GapKind::Open, "Line 1, Outbound approval", "Short by 10 pcs"));
    assert!(said(&pack, GapKind::Missing, "References", "No waybill"));
    assert!(!text.to_lowercase().contains("allowed"), "nothing is ever called allowed");
}

#[test]
fn a_binder_holds_the_letters_and_says_so_only_where_it_does() {
    let mut workspace = workspace();
    demo::fill(&mut workspace).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter of july.pdf");
    std::fs::write(&path, b"%PDF-1.4 letter").unwrap();
    for id in ids(&workspace, list_query(RecordKind::Attachment, "2026-11-24")) {
        workspace.write(Write::Delete { id, version: 1 }).unwrap();
    }
    let copies = "named here are in this binder";
    let before = pack(&workspace, PackKind::Binder, "HAI-SHP-2027-01");
    assert!(said(&before, GapKind::Missing, "Letter HAI-L-UN-2026-07", "not attached"));
    assert!(!pages::text(&before.parts[0].document).contains(copies));
    let of = workspace.find(&[RecordKind::Permission], "HAI-L-UN-2026-07").unwrap();
    let kind = AttachmentKind::Letter;
    workspace.write(Write::Attach(Attach { of, paths: vec![path], kind, dated_on: None, confirmed: false })).unwrap();
    let after = pack(&workspace, PackKind::Binder, "HAI-SHP-2027-01");
    let text = pages::text(&after.parts[0].document);
    assert!(text.contains(copies) && text.contains("[original: letter of july.pdf]"));
    assert!(!said(&after, GapKind::Missing, "Letter HAI-L-UN-2026-07", "not attached"));
}

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
fn customs_papers_are_held_against_the_letter_line_by_line_and_every_mismatch_is_marked() {
    let mut workspace = demo();
    let paper = |reference: &str, kind: &str, lines: serde_json::Value| json!({"op":"create","kind":"paper","record":{"reference":reference,"shipment":"HAI-SHP-2027-01","kind":kind,"number":reference,"on":"2026-11-20","lines":lines}});
    apply(
        &mut workspace,
        &[
            paper(
                "PL",
                "packing_list",
                json!([
                {"line":1,"wording":"Soymilk grinder and cooker, 100 l","quantity":10,"hs":"843860"},
                {"wording":"Milk cans of steel","quantity":98,"hs":"731010","line":2},
                {"wording":"Spare blades","quantity":4,"hs":"820890"}]),
            ),
            paper(
                "CD",
                "declaration",
                json!([
                {"wording":"豆浆机","quantity":10,"hs":"84386000"},
                {"wording":"40升不锈钢奶桶","quantity":100,"hs":"7310.29"}]),
            ),
        ],
    );
    let pack = pack(&workspace, PackKind::Customs, "HAI-SHP-2027-01");
    let table = pack.parts[0].document.table("comparison").unwrap();
    let compared: Vec<[String; 3]> = (0..table.rows.len())
        .map(|row| [cell(table, row, "line"), cell(table, row, "what"), cell(table, row, "compared")])
        .collect();
    let row = |line: &str, what: &str| {
        compared
            .iter()
            .find(|row| row[0] == line && row[1] == what)
            .map_or_else(|| panic!("{compared:?}"), |row| row[2].as_str())
    };
    for what in ["Wording", "Quantity", "HS code"] {
        assert_eq!(row("1", what), "Same", "{what}");
    }
    assert_eq!(
        row("2", "Wording"),
        "Packing list says “Milk cans of steel”, the letter prints “Milk can, stainless steel, 40 l”"
    );
    assert_eq!(
        row("2", "Quantity"),
        "Packing list says 98 pcs, the shipment has 100 pcs; The shipment has 100 pcs, 80 pcs are booked of the letter"
    );
    assert_eq!(row("2", "HS code"), "Packing list says 731010, the item has 731029");
    assert_eq!(row("", "Not in the shipment"), "Packing list, row 3: stands for no line of the shipment");
    assert_eq!(pack.gaps.len(), 5, "{:?}", pack.gaps);
}

#[test]
fn parts_of_kits_that_the_papers_do_not_name_are_told_because_pins_stop_containers() {
    let mut workspace = demo();
    for paper in ids(&workspace, list_query(RecordKind::Paper, "2026-11-24")) {
        let version = detail(&workspace, paper, "2026-11-24").row.version;
        workspace.write(Write::Delete { id: paper, version }).unwrap();
    }
    apply(
        &mut workspace,
        &[json!({"op":"create","kind":"paper","record":{"shipment":"HAI-SHP-2026-02","kind":"packing_list","lines":[
            {"line":1,"wording":"Family hygiene kit","quantity":900,"hs":"340111","remark":"with soap bar"}]}})],
    );
    let pack = pack(&workspace, PackKind::Customs, "HAI-SHP-2026-02");
    let table = pack.parts[0].document.table("comparison").unwrap();
    let lines = pages::rows(table);
    let judged = |part: &str| {
        let line = lines.iter().find(|line| line.contains(part)).unwrap_or_else(|| panic!("no {part} in {lines:#?}"));
        line.rsplit(" | ").next().unwrap_or_default()
    };
    assert_eq!(judged("Safety pins"), "In the kit, not named in: Packing list");
    assert_eq!(judged("Soap bar"), "Same", "it is named in the remark");
    let parts = pack.gaps.iter().filter(|gap| gap.about.contains("Part of the kit")).count();
    assert_eq!(parts, 2, "clippers and pins are of metal, combs are not");
    assert!(said(&pack, GapKind::Missing, "Customs declaration", "No customs declaration is written down"));
}

#[test]
fn an_audit_pack_tells_everything_as_of_a_day_and_as_known_on_another() {
    let mut workspace = demo();
    let now = pack(&workspace, PackKind::Audit, "HAI-SHP-2026-02");
    let document = &now.parts[0].document;
    let keys: Vec<&str> = document.tables().map(|table| table.key.as_str()).collect();
    let wanted = [
        "requests",
        "happened",
        "letters",
        "conditions",
        "reliances",
        "clearances",
        "frozen",
        "bookings",
        "overrides",
        "incidents",
        "contacts",
        "history",
        "originals",
    ];
    assert_eq!(keys, wanted);
    let text = |document: &Document, key: &str| pages::rows(document.table(key).unwrap()).join("\n");
    assert!(text(document, "requests").contains("HAI-UN-2024-01"));
    assert!(text(document, "happened").contains("Held, Dandong"));
    assert!(text(document, "bookings").contains("HAI-BKG-2026-04"));
    assert!(text(document, "incidents").contains("safety pins in the hygiene kits"));
    assert!(text(document, "contacts").contains("Shift head at Dandong"));
    let earlier = workspace.pack(&query(&workspace, PackKind::Audit, "HAI-SHP-2026-02", "2026-10-01", None)).unwrap();
    let earlier = &earlier.parts[0].document;
    assert!(!text(earlier, "happened").contains("Held, Dandong"), "what came later is left out");
    assert!(earlier.table("incidents").unwrap().rows.is_empty());
    let unknown = query(&workspace, PackKind::Audit, "HAI-SHP-2026-02", "2026-11-24", Some("2020-01-01"));
    let refused = workspace.pack(&unknown).unwrap_err().to_string();
    assert_eq!(refused, "It was not known on 2020-01-01. Choose a later day");
    apply(
        &mut workspace,
        &[json!({"op":"edit","kind":"shipment","reference":"HAI-SHP-2026-02","set":{"title":"Kits and pumps"}})],
    );
    let after = pack(&workspace, PackKind::Audit, "HAI-SHP-2026-02");
    assert!(
        text(&after.parts[0].document, "history").contains("Title: Kits and pumps, was Hygiene kits and ten pumps")
    );
}

#[test]
fn an_audit_pack_of_a_project_or_a_matter_holds_what_belongs_to_it_and_nothing_public() {
    let workspace = demo();
    let project = pack(&workspace, PackKind::Audit, "project:HAI-PRJ-NUT");
    let requests = pages::rows(project.parts[0].document.table("requests").unwrap()).join("\n");
    assert!(
        requests.contains("HAI-UN-2026-01")
            && requests.contains("HAI-UN-2018-01")
            && !requests.contains("HAI-UN-2024-01")
    );
    let matter = pack(&workspace, PackKind::Audit, "matter:HAI-M-UN-KITCHEN");
    let bookings = matter.parts[0].document.table("bookings").unwrap();
    assert_eq!([cell(bookings, 0, "booking"), cell(bookings, 1, "booking")], ["HAI-BKG-2026-06", "HAI-BKG-2026-07"]);
}

#[test]
fn a_visit_report_tells_site_count_use_and_follow_up() {
    let pack = pack(&demo(), PackKind::Visit, "HAI-VIS-2026-02");
    let document = &pack.parts[0].document;
    let counted = document.table("counted").unwrap();
    assert_eq!(
        [cell(counted, 0, "item"), cell(counted, 0, "shipment"), cell(counted, 0, "counted")],
        ["Family hygiene kit", "HAI-SHP-2026-02", "90"]
    );
    let follow = document.table("follow_ups").unwrap();
    assert_eq!([cell(follow, 0, "what"), cell(follow, 0, "state")], ["Stamped list of the pins in Chinese", "Open"]);
    assert!(document.facts.iter().any(|fact| fact.label == "Site" && fact.holds == Holds::Site));
}

#[test]
fn the_incident_log_counts_days_until_the_day_and_never_adds_currencies() {
    let workspace = demo();
    let query =
        PackQuery { kind: PackKind::Incidents, of: None, as_of: day("2026-11-24"), as_known: None, audience: None };
    let all = workspace.pack(&query).unwrap();
    let log = all.parts[0].document.table("incidents").unwrap();
    assert_eq!(log.rows.len(), 4);
    let pins = (0..4).find(|row| cell(log, *row, "incident") == "HAI-INC-2026-02").unwrap();
    assert_eq!([cell(log, pins, "days"), cell(log, pins, "state")], ["40", "Goes on"]);
    let kinds = all.parts[0].document.table("by_kind").unwrap();
    let held = pages::rows(kinds).into_iter().find(|line| line.starts_with("Held")).unwrap();
    assert_eq!(held, "Held | 2 | 78 | USD 4,680.00");
    let of = pack(&workspace, PackKind::Incidents, "shipment:HAI-SHP-2026-02");
    assert_eq!(of.parts[0].document.table("incidents").unwrap().rows.len(), 1);
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
