//! Many records at once: set in one step, deleted in one step, refused as a whole, and each step undone.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use corridor::domain::id::Id;
use corridor::domain::record::RecordKind;
use corridor::services::queries::Many;
use corridor::services::{Answer, Query, Workspace, Write};
use corridor::store::dump;
use serde_json::{Map, Value, json};
use support::*;

fn with_items(count: usize) -> Workspace {
    let mut workspace = workspace();
    let item = |at: usize| {
        json!({ "op": "create", "kind": "item", "record": {
            "reference": format!("I{at}"), "name": format!("Item {at}"), "base_unit": "H87", "eccn": "EAR99" } })
    };
    apply(&mut workspace, &(0..count).map(item).collect::<Vec<_>>());
    workspace
}

fn many(workspace: &Workspace, kind: RecordKind, ids: Vec<Id>) -> Many {
    match workspace.answer(&Query::Many { kind, ids }).unwrap() {
        Answer::Many(many) => (*many).clone(),
        other => panic!("{other:?}"),
    }
}

fn seen(workspace: &Workspace, kind: RecordKind) -> Vec<(Id, i64)> {
    many(workspace, kind, ids(workspace, list_query(kind, "2026-11-24"))).records
}

fn set(fields: &Value) -> Map<String, Value> {
    fields.as_object().cloned().unwrap()
}

fn tables(workspace: &Workspace) -> String {
    dump::projections(workspace.store().db()).map(|dump| format!("{dump:?}")).unwrap()
}

#[test]
fn fields_are_set_in_many_records_in_one_step_and_undone_in_one() {
    let mut workspace = with_items(5);
    let before = tables(&workspace);
    let records = seen(&workspace, RecordKind::Item);
    let fields = set(&json!({ "category": "food", "origin": "CN", "eccn": null }));
    let done = workspace.write(Write::EditMany { records, set: fields }).unwrap();
    assert_eq!(done.message, "Saved 5 items");
    let together = many(&workspace, RecordKind::Item, done.touched.ids.iter().copied().collect());
    assert_eq!(together.spreads["category"].common(), Some("food"));
    assert_eq!(together.spreads["origin"].common(), Some("People's Republic of China"));
    assert_eq!(together.spreads["eccn"].common(), Some(""));
    assert_eq!(together.spreads["name"].common(), None);
    let undone = workspace.write(Write::Undo).unwrap();
    assert!(undone.message.contains("Edit 5 items"), "{}", undone.message);
    assert_eq!(tables(&workspace), before);
}

#[test]
fn a_record_that_has_the_values_already_is_not_written() {
    let mut workspace = with_items(3);
    apply(&mut workspace, &[json!({ "op": "edit", "kind": "item", "reference": "I1", "set": { "eccn": "5A992" } })]);
    let records = seen(&workspace, RecordKind::Item);
    let write = |records| Write::EditMany { records, set: set(&json!({ "eccn": "EAR99" })) };
    assert_eq!(workspace.write(write(records)).unwrap().message, "Saved 1 item");
    let records = seen(&workspace, RecordKind::Item);
    let done = workspace.write(write(records)).unwrap();
    assert!(done.touched.ids.is_empty() && done.message.contains("Nothing to change"), "{done:?}");
    let undone = workspace.write(Write::Undo).unwrap();
    assert!(undone.message.contains("Edit 1 item"), "a step that changed nothing is no step: {}", undone.message);
}

#[test]
fn all_are_refused_where_one_is_and_each_refused_record_is_named_with_its_reason() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[json!({"op":"create","kind":"trip","record":{"reference":"Y","title":"Second","returns_on":"2026-03-01"}})],
    );
    let before = tables(&workspace);
    let records = seen(&workspace, RecordKind::Trip);
    let fields = set(&json!({ "departs_on": "2026-06-01" }));
    let refusal = workspace.write(Write::EditMany { records: records.clone(), set: fields }).unwrap_err().to_string();
    assert!(refusal.contains("The selection (2 trips) was not saved"), "{refusal}");
    assert!(refusal.contains("Trip Y"), "{refusal}");
    assert!(!refusal.contains("Trip X"), "{refusal}");
    let fields = set(&json!({ "title": "" }));
    let refusal = workspace.write(Write::EditMany { records, set: fields }).unwrap_err().to_string();
    assert!(refusal.contains("Trip X, Purpose: This is needed") && refusal.contains("Trip Y, Purpose"), "{refusal}");
    assert_eq!(tables(&workspace), before);
}

#[test]
fn rows_references_and_unknown_fields_cannot_be_set_in_many() {
    let mut workspace = furnished();
    let records = seen(&workspace, RecordKind::Shipment);
    for (fields, part) in [
        (json!({ "lines": [] }), "each record's own"),
        (json!({ "reference": "Z" }), "each record's own"),
        (json!({ "colour": "red" }), "There is no field “colour”"),
        (json!({ "consignee": "NOBODY" }), "There is no party “NOBODY”"),
    ] {
        let write = Write::EditMany { records: records.clone(), set: set(&fields) };
        let refusal = workspace.write(write).unwrap_err().to_string();
        assert!(refusal.contains(part), "{refusal}");
    }
}

#[test]
fn a_change_of_another_field_since_is_kept_and_one_of_the_same_field_refuses() {
    let mut workspace = with_items(2);
    let records = seen(&workspace, RecordKind::Item);
    apply(&mut workspace, &[json!({ "op": "edit", "kind": "item", "reference": "I0", "set": { "origin": "KR" } })]);
    let write = |fields: &Value| Write::EditMany { records: records.clone(), set: set(fields) };
    let refusal = workspace.write(write(&json!({ "origin": "CN" }))).unwrap_err().to_string();
    assert!(refusal.contains("Item I0: Country of origin was changed in the meantime"), "{refusal}");
    workspace.write(write(&json!({ "eccn": "5A992" }))).unwrap();
    let now = many(&workspace, RecordKind::Item, records.iter().map(|(id, _)| *id).collect());
    assert_eq!(now.spreads["eccn"].common(), Some("5A992"));
    assert_eq!(now.spreads["origin"].values.values().sum::<usize>(), 2, "the other change is kept");
    assert_eq!(now.spreads["origin"].common(), None);
}

#[test]
fn many_are_deleted_in_one_step_though_they_name_one_another_and_undone_in_one() {
    let mut workspace = with_items(2);
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"matter","record":{"reference":"A","title":"A","instrument":"humanitarian_exemption"}}),
            json!({"op":"create","kind":"matter","record":{"reference":"B","title":"B","instrument":"humanitarian_exemption","depends_on":["A"]}}),
        ],
    );
    let before = tables(&workspace);
    let records = seen(&workspace, RecordKind::Matter);
    let done = workspace.write(Write::DeleteMany { records }).unwrap();
    assert_eq!(done.message, "Deleted 2 matters");
    assert!(seen(&workspace, RecordKind::Matter).is_empty());
    workspace.write(Write::Undo).unwrap();
    assert_eq!(tables(&workspace), before);
}

#[test]
fn none_is_deleted_where_one_is_named_from_outside() {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[json!({"op":"create","kind":"item","record":{"reference":"FREE","name":"Free","base_unit":"H87"}})],
    );
    let before = tables(&workspace);
    let records = seen(&workspace, RecordKind::Item);
    let refusal = workspace.write(Write::DeleteMany { records }).unwrap_err().to_string();
    assert!(refusal.contains("The selection (2 items) was not deleted"), "{refusal}");
    assert!(refusal.contains("Item X: ") && refusal.contains("names it"), "{refusal}");
    assert_eq!(tables(&workspace), before);
}
