//! Every kind of record can be created, edited, deleted, and each of these undone; and the rules between records hold.

mod support;

use corridor::domain::record::RecordKind;
use corridor::domain::schema::{Field, FieldKind};
use corridor::services::queries::Sources;
use corridor::services::{Workspace, Write};
use corridor::store::dump;
use serde_json::{Map, Value, json};
use support::*;

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
        FieldKind::Money => json!("USD 1.00"),
        FieldKind::Rate => json!("1.08"),
        FieldKind::List(of) => json!([required(of.fields)]),
        _ if field.name == "sha256" => json!("0".repeat(64)),
        _ => json!("Words"),
    };
    fields.iter().filter(|field| field.required).map(|field| (field.name.to_owned(), value(field))).collect()
}

#[test]
fn every_kind_is_created_edited_deleted_and_each_step_is_undone() {
    for kind in RecordKind::ALL.iter().copied() {
        let mut workspace = furnished();
        if matches!(kind, RecordKind::Booking | RecordKind::Balance) {
            let letter = json!({"reference":"X","matter":"X","given_on":"2026-03-01"});
            apply(&mut workspace, &[json!({"op":"create","kind":"permission","record":letter})]);
        }
        let tables = |workspace: &Workspace| dump::projections(workspace.store().db()).unwrap();
        let before = tables(&workspace);
        let mut record = required(corridor::domain::record::spec(kind).fields);
        record.insert("reference".into(), json!("NEW"));
        if kind == RecordKind::Decision {
            record.insert("answer".into(), json!("approved"));
        }
        if kind == RecordKind::ExchangeRate {
            record.extend([("from".into(), json!("EUR")), ("to".into(), json!("USD"))]);
        }
        if kind == RecordKind::Booking {
            record.extend([("shipment".into(), json!("X")), ("line".into(), json!(1)), ("quantity".into(), json!(1))]);
        }
        if kind == RecordKind::Mark {
            record.insert("done_on".into(), json!("2026-03-06"));
        }
        if kind == RecordKind::Movement {
            record.insert("to".into(), json!("Y"));
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
            .filter(|line| line.starts_with("goods|"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert!(lines(&workspace).contains("|shipped|own|1|") && lines(&workspace).contains("|300000"), "30 crates of 10");
    apply(
        &mut workspace,
        &[
            json!({"op":"edit","kind":"item","reference":"X","set":{"packs":[{"name":"Crate of 12","unit":"XCR","contains":12}]}}),
        ],
    );
    assert!(lines(&workspace).contains("|360000"), "30 crates of 12: {}", lines(&workspace));
}

#[test]
fn a_receipt_counts_in_the_unit_and_item_of_the_line_that_was_shipped() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"receipt","record":{"shipment":"X","on":"2026-04-01","lines":[{"line":1,"received":24,"short":1}]}}),
        ],
    );
    let lines = dump::projections(workspace.store().db()).unwrap();
    let received = lines.iter().rfind(|line| line.starts_with("goods|") && line.contains("|received|own|1|")).unwrap();
    assert!(received.ends_with("|240000"), "24 crates of 10: {received}");
    assert_eq!(status(&workspace, RecordKind::Shipment, "X", "2026-04-01"), "received");
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
