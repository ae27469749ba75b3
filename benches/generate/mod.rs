//! A generated workspace of a given number of shipment lines, made through the services and kept for the next run.

use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono::{Days, NaiveDate, TimeZone as _, Utc};
use corridor::services::{Context, Moment, Workspace, Write, apply};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Lines in one shipment.
const LINES_EACH: usize = 20;
/// Shipments written in one operation.
const BATCH: usize = 1_000;
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

/// A workspace, how long the services took to write it, in milliseconds, and in how many transactions.
#[derive(Debug, Clone)]
pub struct Made {
    pub path: PathBuf,
    pub millis: f64,
    pub transactions: usize,
}

/// What a workspace was made from; one that was made from something else is made anew.
fn source() -> String {
    let mut hash = Sha256::new();
    for text in [
        include_str!("mod.rs"),
        include_str!("../../migrations/V1__initial.sql"),
        include_str!("../../migrations/V2__whole_record.sql"),
        include_str!("../../migrations/V3__content.sql"),
        include_str!("../../src/services/rebuild.rs"),
    ] {
        hash.update(text);
    }
    format!("{:x}", hash.finalize())
}

/// The workspace with `lines` shipment lines, kept for the next run.
pub fn workspace(folder: &Path, lines: usize) -> Made {
    let path = folder.join(format!("bench-{lines}.corridor"));
    let marker = folder.join(format!("bench-{lines}.made"));
    let known = std::fs::read_to_string(&marker).unwrap_or_default();
    if let [hash, millis, transactions] = known.split(' ').collect::<Vec<_>>()[..]
        && hash == source()
        && path.exists()
    {
        let (millis, transactions) = (millis.parse().expect("time"), transactions.parse().expect("number"));
        return Made { path, millis, transactions };
    }
    std::fs::remove_file(&marker).ok();
    let made = fresh(path, lines);
    std::fs::write(marker, format!("{} {} {}", source(), made.millis, made.transactions)).expect("marker");
    made
}

/// In place of a workspace, for rooms that ask for none.
pub fn nothing(folder: &Path) -> Made {
    Made { path: folder.to_path_buf(), millis: 0.0, transactions: 0 }
}

/// The same, made now.
pub fn fresh(path: PathBuf, lines: usize) -> Made {
    remove(&path);
    let mut workspace = Workspace::create(&path, context()).expect("create");
    let (shipments, requests) = (lines / LINES_EACH, (lines / LINES_EACH * 2 / 5).max(1));
    let mut made = Made { path, millis: 0.0, transactions: 0 };
    write(&mut workspace, &catalogue(requests), &mut made);
    for first in (0..shipments).step_by(BATCH) {
        let batch: Vec<Value> = (first..shipments.min(first + BATCH)).flat_map(shipment).collect();
        write(&mut workspace, &batch, &mut made);
    }
    for first in (0..requests).step_by(BATCH) {
        let batch: Vec<Value> = (first..requests.min(first + BATCH)).flat_map(|at| request(at, requests)).collect();
        write(&mut workspace, &batch, &mut made);
    }
    made
}

/// Takes a workspace away with what lies beside it.
pub fn remove(path: &Path) {
    for ending in ["", "-wal", "-shm", ".lock"] {
        std::fs::remove_file(format!("{}{ending}", path.display())).ok();
    }
}

fn write(workspace: &mut Workspace, operations: &[Value], made: &mut Made) {
    let lines: Vec<String> = operations.iter().map(Value::to_string).collect();
    let operations = apply::parse(&lines.join("\n")).expect("operations");
    let begun = Instant::now();
    workspace.write(Write::Apply(operations)).unwrap_or_else(|error| panic!("{error}"));
    made.millis += begun.elapsed().as_secs_f64() * 1e3;
    made.transactions += 1;
}

/// Matters for a number of requests: some twenty filings each.
const fn matters(requests: usize) -> usize {
    requests.div_ceil(20)
}

fn catalogue(requests: usize) -> Vec<Value> {
    let item = |at: usize| {
        json!({"op":"create","kind":"item","record":{"reference":format!("I{at}"),"name":format!("Item {at}"),
            "base_unit":"H87","category":CATEGORIES[at % CATEGORIES.len()],"hs_code":"841350"}})
    };
    let site = |at: usize| {
        json!({"op":"create","kind":"site","record":{"reference":format!("W{at}"),"name":format!("Warehouse {at}"),
            "kind":"warehouse"}})
    };
    let project = |at: usize| {
        let planned = |line: usize| json!({"item":format!("I{}", (at * 10 + line) % ITEMS),"quantity":5000 + line,"due_on":on(at + line, 0)});
        json!({"op":"create","kind":"project","record":{"reference":format!("P{at}"),"title":format!("Project {at}"),
            "plan":(0..10).map(planned).collect::<Vec<_>>()}})
    };
    let matter = |at: usize| {
        json!({"op":"create","kind":"matter","record":{"reference":format!("M{at}"),"title":format!("Matter {at}"),
            "instrument":"humanitarian_exemption","projects":[format!("P{}", at % 20)]}})
    };
    let lists = (0..ITEMS).map(item).chain((0..10).map(site)).chain((0..20).map(project));
    lists.chain((0..matters(requests)).map(matter)).collect()
}

/// A day some years back, the same for the same number.
pub fn on(at: usize, after: usize) -> String {
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
        if at % 10 > 7 {
            let handed: Vec<Value> = (0..5).map(|line| json!({"line":line + 1,"quantity":line + 1})).collect();
            operations.push(json!({"op":"create","kind":"distribution","record":{"shipment":reference,"on":on(at, 90),
                "site":format!("W{}", at % 10),"lines":handed}}));
        }
    }
    operations
}

/// A request with its events and, for most, its decision and permission.
fn request(at: usize, requests: usize) -> Vec<Value> {
    let (reference, matter) = (format!("R-{at}"), format!("M{}", at % matters(requests)));
    let mut operations = vec![
        json!({"op":"create","kind":"request","record":{"reference":reference,"matter":matter,"filing":"new",
            "started_on":on(at, 0),"lines":[{"item":format!("I{}", at % ITEMS),"quantity":10}]}}),
        json!({"op":"create","kind":"event","record":{"request":reference,"kind":"sent","on":on(at, 10)}}),
    ];
    if !at.is_multiple_of(40) {
        operations.push(
            json!({"op":"create","kind":"decision","record":{"reference":format!("{reference}/D1"),"request":reference,
            "answer":"approved","on":on(at, 40)}}),
        );
        operations.push(json!({"op":"create","kind":"permission","record":{"reference":format!("{reference}/P1"),
            "matter":matter,"decision":format!("{reference}/D1"),"given_on":on(at, 40),"valid_until":on(at, 400)}}));
    }
    operations
}
