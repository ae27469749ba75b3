//! A great many records in one go: the same as one by one, refused without a trace, undone in one step.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeMap;

use corridor::domain::record::RecordKind;
use corridor::services::{Workspace, Write, WriteError, apply};
use corridor::store::{dump, journal, record};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::*;

/// A record that comes in with others.
#[derive(Clone)]
struct NewRecord {
    line: usize,
    kind: RecordKind,
    draft: Value,
}

fn new(line: usize, kind: RecordKind, draft: &Value) -> NewRecord {
    NewRecord { line, kind, draft: draft.clone() }
}

fn together(workspace: &mut Workspace, records: &[NewRecord]) -> Result<String, WriteError> {
    let create =
        |record: &NewRecord| json!({"op": "create", "kind": record.kind.word(), "record": record.draft}).to_string();
    let text = records.iter().map(create).collect::<Vec<_>>().join("\n");
    Ok(workspace.write(Write::Apply(apply::parse(&text).unwrap()))?.message)
}

fn one_by_one(workspace: &mut Workspace, records: &[NewRecord]) {
    for NewRecord { kind, draft, .. } in records.iter().cloned() {
        workspace.write(Write::Create { kind, draft: draft.as_object().cloned().unwrap() }).unwrap();
    }
}

/// Every projected table and every image, with each id as the reference that people know.
fn content(workspace: &Workspace) -> Vec<String> {
    let db = workspace.store().db();
    let heads = record::every_id(db).unwrap().into_iter().map(|id| record::head(db, id).unwrap().unwrap());
    let names: BTreeMap<String, String> =
        heads.map(|head| (head.id.to_string(), format!("<{} {}>", head.kind.word(), head.reference))).collect();
    let named = |text: &str| -> String {
        let parts = text.split_inclusive(|c: char| !c.is_ascii_digit()).map(|part| {
            let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
            format!("{}{}", names.get(digits).map_or(digits, String::as_str), &part[digits.len()..])
        });
        parts.collect()
    };
    let mut lines: Vec<String> = dump::projections(db).unwrap().iter().map(|line| named(line)).collect();
    for id in record::every_id(db).unwrap() {
        let payload = journal::image(db, id, 1).unwrap().unwrap();
        lines.push(named(&format!("{id} {payload}")));
    }
    lines.sort();
    lines
}

/// The lines that only one of two has.
fn difference(left: &[String], right: &[String]) -> Vec<String> {
    let only = |these: &[String], those: &[String], side: &str| -> Vec<String> {
        these.iter().filter(|line| !those.contains(line)).map(|line| format!("{side} {line}")).collect()
    };
    [only(left, right, "only left:"), only(right, left, "only right:")].concat()
}

fn lists() -> Vec<NewRecord> {
    vec![
        new(2, RecordKind::Item, &json!({"reference":"RICE","name":"Rice","base_unit":"KGM","category":"food"})),
        new(
            3,
            RecordKind::Item,
            &json!({"reference":"TB","name":"Course","base_unit":"U2","category":"tb",
            "packs":[{"name":"Box","unit":"XBX","contains":"672"}]}),
        ),
        new(4, RecordKind::Project, &json!({"reference":"P1","title":"Clinic"})),
        new(5, RecordKind::Party, &json!({"reference":"C1","name":"Clinic 1"})),
    ]
}

/// A shipment and what happens to it: as many steps as `life` says, the last a note on it.
fn shipment(at: usize, (lines, life): (usize, usize)) -> Vec<NewRecord> {
    let line = |number: usize| {
        let (item, unit) = if number.is_multiple_of(2) { ("RICE", "GRM") } else { ("TB", "XBX") };
        json!({"item":item,"quantity":(number * 500 + 500).to_string(),"unit":unit,"batch":format!("B{number}"),
            "expires_on":"2026-03-01","value":"USD 1,250.5","consignee":"C1"})
    };
    let reference = format!("S-{at}");
    let rows: Vec<Value> = (0..lines).map(line).collect();
    let received: Vec<Value> = (1..=lines).map(|line| json!({"line":line,"received":"1"})).collect();
    let all = [
        // Without a day of its own, and every third without a project.
        (
            RecordKind::Shipment,
            json!({"reference":reference,"project":if at.is_multiple_of(3) { "" } else { "P1" },"lines":rows}),
        ),
        (RecordKind::ShipmentEvent, json!({"shipment":reference,"kind":"dispatched","on":"2026-02-28"})),
        (RecordKind::Receipt, json!({"shipment":reference,"on":"2026-04","lines":received})),
        (RecordKind::Note, json!({"about":format!("shipment:{reference}"),"on":"2026-05-01","text":"Seen 평양"})),
    ];
    // A receipt of no line is none.
    let all = all.into_iter().take(life).filter(|(kind, _)| *kind != RecordKind::Receipt || lines > 0);
    all.map(|(kind, draft)| new(at, kind, &draft)).collect()
}

fn assert_sound(workspace: &Workspace) {
    let report = workspace.check().unwrap();
    assert!(report.problems.is_empty(), "{:?}", report.problems);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn many_records_leave_what_they_leave_one_by_one(
        lives in prop::collection::vec((0_usize..5, 1_usize..5), 0..12),
        mixed in any::<bool>(),
    ) {
        let mut records = lists();
        records.extend(lives.into_iter().enumerate().flat_map(|(at, life)| shipment(at, life)));
        if mixed {
            // Kind by kind, as files that were exported from lists are.
            records.sort_by_key(|record| record.kind);
        }
        let (mut bulk, mut single) = (workspace(), workspace());
        together(&mut bulk, &records).unwrap();
        one_by_one(&mut single, &records);
        prop_assert_eq!(difference(&content(&bulk), &content(&single)), Vec::<String>::new());
        assert_sound(&bulk);
    }
}

#[test]
fn more_records_than_are_kept_at_hand_leave_the_same() {
    let shipments: Vec<NewRecord> = (0..600).flat_map(|at| shipment(at, (2, 3))).collect();
    let mut records = lists();
    records.extend(shipments);
    // First all shipments, then all departures, then all receipts: each shipment is touched again long after it was made.
    records.sort_by_key(|record| record.kind);
    let (mut bulk, mut parts) = (workspace(), workspace());
    together(&mut bulk, &records).unwrap();
    for part in records.chunks(100) {
        together(&mut parts, part).unwrap();
    }
    assert_eq!(difference(&content(&bulk), &content(&parts)), Vec::<String>::new());
    assert_sound(&bulk);
}

#[test]
fn many_records_are_one_step_of_undo_and_one_of_redo() {
    let mut workspace = workspace();
    let before = dump::projections(workspace.store().db()).unwrap();
    let mut records = lists();
    records.extend((0..20).flat_map(|at| shipment(at, (3, 4))));
    assert_eq!(together(&mut workspace, &records).unwrap(), "Applied 84 operations");
    let after = dump::projections(workspace.store().db()).unwrap();
    workspace.write(Write::Undo).unwrap();
    assert_eq!(difference(&dump::projections(workspace.store().db()).unwrap(), &before), Vec::<String>::new());
    assert_sound(&workspace);
    workspace.write(Write::Redo).unwrap();
    assert_eq!(difference(&dump::projections(workspace.store().db()).unwrap(), &after), Vec::<String>::new());
    assert_sound(&workspace);
}

#[test]
fn what_is_refused_leaves_nothing() {
    let mut workspace = workspace();
    together(&mut workspace, &lists()).unwrap();
    let before =
        (dump::projections(workspace.store().db()).unwrap(), journal::last_id(workspace.store().db()).unwrap());
    let records: Vec<NewRecord> = (0..600).flat_map(|at| shipment(at, (1, 1))).collect();

    let mut refused = records.clone();
    refused[410] = new(
        412,
        RecordKind::Shipment,
        &json!({"reference":"S-410","lines":[{"item":"RICE","quantity":"-1","unit":"U2"}]}),
    );
    let error = together(&mut workspace, &refused).unwrap_err().to_string();
    assert!(error.starts_with("Line 411: Shipment S-410 was not saved."), "{error}");
    assert!(error.contains("Quantity, line 1: -1 is below zero"), "{error}");

    refused[410] = new(412, RecordKind::Shipment, &json!({"reference":"S-7"}));
    let error = together(&mut workspace, &refused).unwrap_err().to_string();
    assert!(error.contains("Line 411") && error.contains("“S-7” is taken by another shipment"), "{error}");

    let after = (dump::projections(workspace.store().db()).unwrap(), journal::last_id(workspace.store().db()).unwrap());
    assert_eq!(before, after);
    assert_sound(&workspace);
    together(&mut workspace, &records).unwrap();
}

#[test]
fn a_history_may_come_in_any_order_but_not_contradict_itself() {
    let mut records = lists();
    records.extend((0..400).flat_map(|at| shipment(at, (1, 3))));
    let mut workspace = workspace();
    let arrived = json!({"shipment":"S-3","kind":"arrived","on":"2026-03-01"});
    // The arrival stands in the file before the departure.
    let at = records.iter().position(|record| record.kind == RecordKind::ShipmentEvent && record.line == 3).unwrap();
    records.insert(at, new(9, RecordKind::ShipmentEvent, &arrived));
    together(&mut workspace, &records).unwrap();
    assert_sound(&workspace);
    let alone = [
        new(2, RecordKind::Shipment, &json!({"reference":"T"})),
        new(3, RecordKind::ShipmentEvent, &json!({"shipment":"T","kind":"arrived","on":"2026-03-01"})),
    ];
    let error = together(&mut workspace, &alone).unwrap_err().to_string();
    assert!(error.contains("Shipment T was not saved"), "{error}");
    assert!(workspace.find(&[RecordKind::Shipment], "T").is_err());
}
