//! Speed as ratios in one run: Corridor beside the bare engine doing the same work on the same rows.
//!
//! `cargo bench` generates a workspace of 100,000 shipment lines once, measures, and prints a table. Sizes can be changed:
//! `CORRIDOR_BENCH_LINES=1000000 cargo bench`.
#![expect(clippy::expect_used, clippy::panic, reason = "a bench stops by panicking")]
#![expect(clippy::print_stdout, reason = "the table is what a bench is for")]
#![expect(clippy::disallowed_methods, reason = "the peer is the bare engine")]

mod generate;
mod paint;
mod trace;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use corridor::domain::record::RecordKind;
use corridor::services::queries::{Filter, ListQuery, SortBy, Sources};
use corridor::services::{Access, Answer, Query, Workspace, Write};
use criterion::Criterion;
use rusqlite::{Connection, named_params};
use serde_json::json;

/// How many rows of a list are on the screen at first.
const PAGE: usize = 60;

fn main() {
    let lines: usize = std::env::var("CORRIDOR_BENCH_LINES").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let started = Instant::now();
    let path = generate::workspace(&folder, lines);
    println!(
        "Workspace of {lines} shipment lines ready after {:.1} s: {}",
        started.elapsed().as_secs_f64(),
        path.display()
    );

    let estimates = folder.join("criterion");
    let mut criterion = Criterion::default()
        .without_plots()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .output_directory(&estimates);
    opening(&mut criterion, &path);
    overview(&mut criterion, &path);
    edit(&mut criterion, &path, &folder);
    let copy = folder.join("paint.corridor");
    std::fs::copy(&path, &copy).expect("copy");
    paint::frames(&mut criterion, &copy);
    std::fs::remove_file(&copy).expect("remove");
    table(&estimates);
}

/// Opening a file up to its first data: the overview and the first page of shipments.
fn opening(criterion: &mut Criterion, path: &Path) {
    let mut group = criterion.benchmark_group("opening");
    group.bench_function("corridor", |bench| {
        bench.iter(|| {
            let workspace = Workspace::open(path, Access::Read, generate::context()).expect("open");
            let overview = workspace.answer(&today_overview()).expect("overview");
            let ids = list(&workspace);
            let rows = workspace
                .answer(&Query::Rows {
                    kind: RecordKind::Shipment,
                    as_of: generate::today(),
                    ids: ids.iter().take(PAGE).copied().collect(),
                })
                .expect("rows");
            (overview, rows)
        });
    });
    let trace = bare_trace(path);
    group.bench_function("bare", |bench| {
        bench.iter(|| {
            let connection = Connection::open(path).expect("open");
            connection.set_prepared_statement_cache_capacity(200);
            trace::add_strpos(&connection);
            run_trace(&connection, &trace)
        });
    });
    group.finish();
}

fn today_overview() -> Query {
    Query::Overview { as_of: generate::today(), sources: Sources::Both }
}

fn list(workspace: &Workspace) -> std::sync::Arc<Vec<corridor::domain::id::Id>> {
    let query = ListQuery {
        kind: RecordKind::Shipment,
        as_of: generate::today(),
        sources: Sources::Both,
        filter: Filter::default(),
        sort: SortBy::Reference,
        descending: false,
    };
    match workspace.answer(&Query::List(query)).expect("list") {
        Answer::List(ids) => ids,
        other => panic!("{other:?}"),
    }
}

/// The statements and values that answer the same questions.
fn bare_trace(path: &Path) -> Vec<trace::Statement> {
    let workspace = Workspace::open(path, Access::Read, generate::context()).expect("open");
    let pairs = workspace.store().db().traced(|| {
        workspace.answer(&today_overview()).expect("overview");
        let ids = list(&workspace);
        let ids = ids.iter().take(PAGE).copied().collect();
        workspace.answer(&Query::Rows { kind: RecordKind::Shipment, as_of: generate::today(), ids }).expect("rows");
    });
    pairs.iter().map(|(sql, expanded)| trace::statement(sql, expanded)).collect()
}

/// Runs the statements on the bare engine, each prepared once, and reads every value of every row.
fn run_trace(connection: &Connection, statements: &[trace::Statement]) -> usize {
    let mut read = 0;
    for statement in statements {
        let mut prepared = connection.prepare_cached(&statement.sql).expect("prepare");
        for (name, value) in &statement.values {
            let at = prepared.parameter_index(name).expect("name").expect("place");
            prepared.raw_bind_parameter(at, value).expect("bind");
        }
        let columns = prepared.column_count();
        let mut rows = prepared.raw_query();
        while let Some(row) = rows.next().expect("row") {
            for column in 0..columns {
                read += usize::from(
                    row.get::<_, rusqlite::types::Value>(column).expect("value") != rusqlite::types::Value::Null,
                );
            }
        }
    }
    read
}

/// The overview of today and of a past day, and the open workspace's first list.
fn overview(criterion: &mut Criterion, path: &Path) {
    let workspace = Workspace::open(path, Access::Read, generate::context()).expect("open");
    let mut group = criterion.benchmark_group("overview");
    group.bench_function("today", |bench| bench.iter(|| workspace.answer(&today_overview()).expect("overview")));
    let past = Query::Overview { as_of: "2021-03-17".parse().expect("day"), sources: Sources::Both };
    group.bench_function("past_day", |bench| bench.iter(|| workspace.answer(&past).expect("overview")));
    group.bench_function("list_of_shipments", |bench| bench.iter(|| list(&workspace)));
    group.finish();
}

/// One saved edit of a shipment, journal and hash included, beside a bare transaction of the same rows.
fn edit(criterion: &mut Criterion, path: &Path, folder: &Path) {
    let copy = folder.join("edit.corridor");
    std::fs::copy(path, &copy).expect("copy");
    let mut workspace = Workspace::open(&copy, Access::Write, generate::context()).expect("open");
    let id = list(&workspace)[0];
    let Answer::Draft(Some(mut record)) = workspace.answer(&Query::Draft { id }).expect("draft") else {
        panic!("no draft")
    };
    let mut group = criterion.benchmark_group("edit");
    group.bench_function("corridor", |bench| {
        bench.iter(|| {
            record.draft.insert("note".into(), json!(format!("Seen {} times", record.version)));
            let draft = record.draft.clone();
            let done = workspace.write(Write::Edit { id, version: record.version, draft }).expect("edit");
            record.version += 1;
            done
        });
    });
    drop(workspace);
    let mut bare = Bare::open(&copy, id.0);
    group.bench_function("bare", |bench| bench.iter(|| bare.edit()));
    group.finish();
    drop(bare);
    std::fs::remove_file(&copy).expect("remove");
}

/// The rows of one edit, written with the engine alone.
struct Bare {
    connection: Connection,
    id: i64,
    turn: i64,
    payload: String,
}

impl Bare {
    fn open(path: &Path, id: i64) -> Self {
        let connection = Connection::open(path).expect("open");
        connection
            .execute_batch("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;")
            .expect("pragmas");
        let payload = "select payload from change where record_id = ?1 order by version desc limit 1";
        let payload = connection.query_row(payload, [id], |row| row.get(0)).expect("payload");
        connection.execute_batch("insert into origin values (1, '2026', null, 0, null, 0, x'00')").expect("origin");
        Self { connection, id, turn: 1_000_000, payload }
    }

    fn edit(&mut self) {
        self.turn += 1;
        let transaction = self.connection.transaction().expect("begin");
        let hash = [7_u8; 32];
        transaction
            .prepare_cached(include_str!("../src/store/journal/put_operation.sql"))
            .and_then(|mut statement| {
                statement.execute(named_params! { ":id": self.turn, ":origin": 1, ":at": "2026-11-24T09:00:00.000Z",
                ":actor": "Bench", ":kind": "edit", ":what": "Edit shipment S-1", ":undoes": None::<i64> })
            })
            .expect("operation");
        transaction
            .prepare_cached(include_str!("../src/store/journal/put_change.sql"))
            .and_then(|mut statement| {
                statement.execute(named_params! { ":origin": 1, ":origin_seq": self.turn, ":operation": self.turn,
                ":record_kind": "shipment", ":record_id": self.id, ":version": self.turn, ":image_version": 1,
                ":removed": 0, ":payload": self.payload, ":salt": &hash[..16], ":payload_hash": hash,
                ":prev_hash": hash, ":hash": hash })
            })
            .expect("change");
        let record = "update record set version = ?1, origin = 1, origin_seq = ?1, search_text = ?2 where id = ?3";
        transaction
            .prepare_cached(record)
            .and_then(|mut s| s.execute((self.turn, &self.payload, self.id)))
            .expect("record");
        let origin = "update origin set head_seq = ?1, head_hash = ?2 where id = 1";
        transaction.prepare_cached(origin).and_then(|mut s| s.execute((self.turn, hash))).expect("origin");
        transaction.commit().expect("commit");
    }
}

/// Prints what was measured, as ratios where there is a peer.
fn table(estimates: &Path) {
    let median = |group: &str, name: &str| -> f64 {
        let file = estimates.join(group).join(name).join("new").join("estimates.json");
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        value["median"]["point_estimate"].as_f64().unwrap_or(f64::NAN) / 1e6
    };
    println!("\n| what | Corridor, ms | bare engine, ms | ratio | bound |");
    println!("|---|---|---|---|---|");
    for (what, group, bound) in [("opening to first data", "opening", "1.3"), ("one saved edit", "edit", "3.0")] {
        let (ours, bare) = (median(group, "corridor"), median(group, "bare"));
        println!("| {what} | {ours:.2} | {bare:.2} | {:.2} | {bound} |", ours / bare);
    }
    for name in paint::SCREENS {
        let (ours, bare) = (median(&format!("paint_{name}"), "corridor"), median(&format!("paint_{name}"), "bare"));
        println!("| a frame, {} | {ours:.2} | {bare:.2} | {:.2} | 1.5 |", name.replace('_', " "), ours / bare);
    }
    for (what, name, bound) in [
        ("overview, today", "today", "5 ms"),
        ("overview, a past day", "past_day", "150 ms"),
        ("ids of the shipment list", "list_of_shipments", ""),
    ] {
        println!("| {what} | {:.2} | | | {bound} |", median("overview", name));
    }
}
