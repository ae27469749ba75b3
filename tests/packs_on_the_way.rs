//! Packs on the way and after: for the border, the bank, counsel, and those who visit.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/demo_packs.rs"]
mod demo_packs;
#[path = "support/pages.rs"]
mod pages;
mod support;

use corridor::domain::document::{Document, Holds};
use corridor::domain::record::{AttachmentKind, RecordKind};
use corridor::services::Write;
use corridor::services::attachments::Attach;
use corridor::services::packs::{GapKind, PackKind, PackQuery};
use demo_packs::{demo, pack, query, said, under};
use pages::cell;
use serde_json::json;
use support::*;

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
    corridor::services::demo::fill(&mut workspace).unwrap();
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
