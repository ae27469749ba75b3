//! A generated workspace of a given number of shipment lines, made through the services and kept for the next run.

use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate, TimeZone as _, Utc};
use corridor::services::{Access, Context, Moment, Workspace, Write, apply};
use serde_json::{Value, json};

/// Lines in one shipment.
const LINES_EACH: usize = 20;
/// Shipments written in one operation.
const BATCH: usize = 250;
/// Items in the catalogue.
const ITEMS: usize = 200;
const CATEGORIES: [&str; 8] = ["food", "tb", "malaria", "health", "water", "agriculture", "shelter", "other"];

/// Who works, and a clock that stands still.
pub fn context() -> Context {
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 9, 0, 0).single().expect("a moment");
    Context::fixed(Moment::at(now, 0), "Bench")
}

/// The day of the bench.
pub fn today() -> NaiveDate {
    context().moment().today
}

/// The workspace with `lines` shipment lines; made anew only where it is missing or its format changed.
pub fn workspace(folder: &Path, lines: usize) -> PathBuf {
    let path = folder.join(format!("bench-{lines}.corridor"));
    let usable = path.exists() && Workspace::open(&path, Access::Read, context()).is_ok();
    if usable && folder.join(format!("bench-{lines}.done")).exists() {
        return path;
    }
    for ending in ["corridor", "corridor-wal", "corridor-shm", "done"] {
        std::fs::remove_file(folder.join(format!("bench-{lines}.{ending}"))).ok();
    }
    let mut workspace = Workspace::create(&path, context()).expect("create");
    write(&mut workspace, &catalogue());
    let shipments = lines / LINES_EACH;
    for first in (0..shipments).step_by(BATCH) {
        let batch: Vec<Value> = (first..shipments.min(first + BATCH)).flat_map(shipment).collect();
        write(&mut workspace, &batch);
    }
    for first in (0..shipments / 3).step_by(BATCH) {
        let batch: Vec<Value> = (first..(shipments / 3).min(first + BATCH)).flat_map(request).collect();
        write(&mut workspace, &batch);
    }
    std::fs::write(folder.join(format!("bench-{lines}.done")), "").expect("mark");
    path
}

fn write(workspace: &mut Workspace, operations: &[Value]) {
    let lines: Vec<String> = operations.iter().map(Value::to_string).collect();
    let text = lines.join("\n");
    let operations = apply::parse(&text).expect("operations");
    workspace.write(Write::Apply(operations)).unwrap_or_else(|error| panic!("{error}"));
}

fn catalogue() -> Vec<Value> {
    let item = |at: usize| {
        json!({"op":"create","kind":"item","record":{"reference":format!("I{at}"),"name":format!("Item {at}"),
            "base_unit":"H87","category":CATEGORIES[at % CATEGORIES.len()],"hs_code":"841350"}})
    };
    let project = |at: usize| json!({"op":"create","kind":"project","record":{"reference":format!("P{at}"),"title":format!("Project {at}")}});
    let matter = |at: usize| {
        json!({"op":"create","kind":"matter","record":{"reference":format!("M{at}"),"title":format!("Matter {at}"),
            "instrument":"humanitarian_exemption","projects":[format!("P{}", at % 20)]}})
    };
    (0..ITEMS).map(item).chain((0..20).map(project)).chain((0..100).map(matter)).collect()
}

fn on(at: usize, after: usize) -> String {
    let first: NaiveDate = "2018-01-01".parse().expect("day");
    let days = (at * 7919) % 3100 + after;
    first.checked_add_days(Days::new(days as u64)).expect("day").to_string()
}

/// A shipment with its events and, for most, its receipt.
fn shipment(at: usize) -> Vec<Value> {
    let reference = format!("S-{at}");
    let item = |line: usize| format!("I{}", (at * 3 + line / 7) % ITEMS);
    let lines: Vec<Value> = (0..LINES_EACH)
        .map(|line| json!({"item":item(line),"quantity":line + 1,"batch":format!("B{at}"),"value":"USD 12.50"}))
        .collect();
    let received: Vec<Value> = (0..LINES_EACH).map(|line| json!({"line":line + 1,"received":line + 1})).collect();
    let mut operations =
        vec![json!({"op":"create","kind":"shipment","record":{"reference":reference,"project":format!("P{}", at % 20),
        "title":format!("Consignment {at} to Nampo"),"started_on":on(at, 0),"lines":lines,
        "legs":[{"mode":"sea","from":"Busan","to":"Dalian"},{"mode":"road","from":"Dalian","to":"Sinuiju"}]}})];
    if !at.is_multiple_of(10) {
        operations.push(json!({"op":"create","kind":"shipment_event","record":{"shipment":reference,"kind":"dispatched","on":on(at, 20)}}));
    }
    if at % 400 == 1 {
        operations.push(json!({"op":"create","kind":"shipment_event","record":{"shipment":reference,"kind":"held","on":on(at, 30),"by":"Customs"}}));
    } else if at % 10 > 2 {
        operations.push(
            json!({"op":"create","kind":"receipt","record":{"shipment":reference,"on":on(at, 60),"lines":received}}),
        );
    }
    operations
}

/// A request with its events and, for most, its decision and permission.
fn request(at: usize) -> Vec<Value> {
    let reference = format!("R-{at}");
    let mut operations = vec![
        json!({"op":"create","kind":"request","record":{"reference":reference,"matter":format!("M{}", at % 100),"filing":"new",
            "started_on":on(at, 0),"lines":[{"item":format!("I{}", at % ITEMS),"quantity":10}]}}),
        json!({"op":"create","kind":"event","record":{"request":reference,"kind":"sent","on":on(at, 10)}}),
    ];
    if !at.is_multiple_of(40) {
        operations.push(
            json!({"op":"create","kind":"decision","record":{"reference":format!("{reference}/D1"),"request":reference,
            "answer":"approved","on":on(at, 40)}}),
        );
        operations.push(json!({"op":"create","kind":"permission","record":{"reference":format!("{reference}/P1"),
            "matter":format!("M{}", at % 100),"decision":format!("{reference}/D1"),"given_on":on(at, 40),"valid_until":on(at, 400)}}));
    }
    operations
}
