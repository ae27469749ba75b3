//! Fixtures: a workspace in memory with a clock that stands still, and short ways to write and ask.
#![allow(dead_code, reason = "each test file uses its own part of the fixtures")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a fixture that fails is a test that fails"
)]

use std::sync::Arc;

use chrono::{NaiveDate, TimeZone as _, Utc};
use corridor::domain::id::Id;
use corridor::domain::record::RecordKind;
use corridor::services::queries::{Detail, Filter, ListQuery, ListRow, Overview, SortBy, Sources};
use corridor::services::{Answer, Context, Done, Moment, Query, Workspace, Write, WriteError, apply};
use serde_json::{Value, json};

pub mod document;
pub mod donors;
pub mod ledger;

/// The public cases as they are compiled into the program.
pub const PUBLIC_CASES: &str = include_str!("../../assets/reference/public_cases.csv");

/// The moment at which every test happens: 24 November 2026, nine in the morning UTC.
pub fn moment() -> Moment {
    Moment::at(Utc.with_ymd_and_hms(2026, 11, 24, 9, 0, 0).unwrap(), 0)
}

/// Who works in the tests.
pub fn context() -> Context {
    Context::fixed(moment(), "Test")
}

/// Nine in the morning of a day, UTC.
pub fn at(day: &str) -> Moment {
    let day: NaiveDate = day.parse().unwrap();
    Moment::at(day.and_hms_opt(9, 0, 0).unwrap().and_utc(), 0)
}

/// An empty workspace in memory whose clock the test moves.
pub fn moving(clock: &Arc<std::sync::Mutex<Moment>>) -> Workspace {
    let clock = Arc::clone(clock);
    let context = Context { clock: Arc::new(move || *clock.lock().unwrap()), actor: "Test".to_owned() };
    Workspace::in_memory(context).unwrap()
}

/// An empty workspace in memory.
pub fn workspace() -> Workspace {
    Workspace::in_memory(context()).unwrap()
}

/// A day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Applies operations given as JSON, and panics with the refusal where they are refused.
pub fn apply(workspace: &mut Workspace, operations: &[Value]) -> Done {
    try_apply(workspace, operations).unwrap_or_else(|error| panic!("{error}"))
}

/// Applies operations given as JSON.
pub fn try_apply(workspace: &mut Workspace, operations: &[Value]) -> Result<Done, WriteError> {
    let lines: Vec<String> = operations.iter().map(Value::to_string).collect();
    workspace.write(Write::Apply(apply::parse(&lines.join("\n")).unwrap()))
}

/// The refusal of operations, in words.
pub fn refusal(workspace: &mut Workspace, operations: &[Value]) -> String {
    try_apply(workspace, operations).expect_err("it should be refused").to_string()
}

/// A list without filter, by reference.
pub fn list_query(kind: RecordKind, as_of: &str) -> ListQuery {
    ListQuery {
        kind,
        as_of: day(as_of),
        sources: Sources::Both,
        filter: Filter::default(),
        sort: SortBy::Reference,
        descending: false,
    }
}

/// The ids of a list.
pub fn ids(workspace: &Workspace, query: ListQuery) -> Vec<Id> {
    match workspace.answer(&Query::List(query)).unwrap() {
        Answer::List(ids) => ids.to_vec(),
        other => panic!("{other:?}"),
    }
}

/// The rows of a list.
pub fn rows(workspace: &Workspace, query: ListQuery) -> Vec<ListRow> {
    let (kind, as_of) = (query.kind, query.as_of);
    let ids = ids(workspace, query);
    match workspace.answer(&Query::Rows { kind, as_of, ids }).unwrap() {
        Answer::Rows(rows) => rows,
        other => panic!("{other:?}"),
    }
}

/// The row of one record on a day; panics where the list does not have it.
pub fn row(workspace: &Workspace, kind: RecordKind, reference: &str, as_of: &str) -> ListRow {
    rows(workspace, list_query(kind, as_of))
        .into_iter()
        .find(|row| row.reference == reference)
        .unwrap_or_else(|| panic!("no {kind} {reference} as of {as_of}"))
}

/// The status word of one record on a day.
pub fn status(workspace: &Workspace, kind: RecordKind, reference: &str, as_of: &str) -> String {
    row(workspace, kind, reference, as_of).status.map(|status| status.word).unwrap_or_default()
}

/// The overview.
pub fn overview(workspace: &Workspace, as_of: &str, sources: Sources) -> Arc<Overview> {
    match workspace.answer(&Query::Overview { as_of: day(as_of), sources }).unwrap() {
        Answer::Overview(overview) => overview,
        other => panic!("{other:?}"),
    }
}

/// A record with everything that belongs to it.
pub fn detail(workspace: &Workspace, id: Id, as_of: &str) -> Arc<Detail> {
    match workspace.answer(&Query::Detail { id, as_of: day(as_of) }).unwrap() {
        Answer::Detail(Some(detail)) => detail,
        other => panic!("{other:?}"),
    }
}

/// A workspace with the public cases.
pub fn with_public_cases() -> Workspace {
    let mut workspace = workspace();
    workspace
        .write(Write::ImportPublicCases { csv: PUBLIC_CASES.to_owned() })
        .unwrap_or_else(|error| panic!("{error}"));
    workspace
}

/// A workspace with one record of each kind that others need, all named `X`.
pub fn furnished() -> Workspace {
    let mut workspace = workspace();
    write_down_the_basics(&mut workspace);
    workspace
}

/// Puts one record of each kind that others need into a workspace, all named `X`.
pub fn write_down_the_basics(workspace: &mut Workspace) {
    apply(
        workspace,
        &[
            json!({"op":"create","kind":"party","record":{"reference":"X","name":"Harbour Forwarding","name_ko":"항만 운송","name_zh":"港口货运"}}),
            json!({"op":"create","kind":"person","record":{"reference":"X","name":"A. Traveller","nationality":"US","us_person":true}}),
            json!({"op":"create","kind":"fund","record":{"reference":"X","title":"Grant","amount":"USD 250,000"}}),
            json!({"op":"create","kind":"item","record":{"reference":"X","name":"Milk can","base_unit":"H87","category":"food","hs_code":"7310.10","packs":[{"name":"Crate of 10","unit":"XCR","contains":10}]}}),
            json!({"op":"create","kind":"site","record":{"reference":"X","name":"Central store","name_ko":"중앙 창고","country":"KP"}}),
            json!({"op":"create","kind":"site","record":{"reference":"Y","name":"Dalian store","country":"CN"}}),
            json!({"op":"create","kind":"purchase","record":{"reference":"X","supplier":"X","ordered_on":"2025-12-01","lines":[{"item":"X","quantity":500}]}}),
            json!({"op":"create","kind":"lot","record":{"reference":"X","item":"X","batch":"B-7","quantity":500,"on":"2026-01-02","site":"X","expires_on":"2027-06-30"}}),
            json!({"op":"create","kind":"project","record":{"reference":"X","title":"Milk for kindergartens","categories":["food"]}}),
            json!({"op":"create","kind":"matter","record":{"reference":"X","title":"Milk cans","instrument":"humanitarian_exemption","projects":["X"]}}),
            json!({"op":"create","kind":"request","record":{"reference":"X","matter":"X","filing":"new","started_on":"2026-01-05","lines":[{"item":"X","quantity":300},{"item":"X","quantity":4,"unit":"XCR"}]}}),
            json!({"op":"create","kind":"event","record":{"reference":"X","request":"X","kind":"sent","on":"2026-01-10"}}),
            json!({"op":"create","kind":"shipment","record":{"reference":"X","project":"X","started_on":"2026-02-01","lines":[{"item":"X","quantity":30,"unit":"crate"}]}}),
            json!({"op":"create","kind":"shipment_event","record":{"reference":"X","shipment":"X","kind":"dispatched","on":"2026-03-01"}}),
            json!({"op":"create","kind":"receipt","record":{"reference":"X","shipment":"X","on":"2026-03-04","site":"X","lines":[{"line":1,"received":5}]}}),
            json!({"op":"create","kind":"trip","record":{"reference":"X","title":"Monitoring","started_on":"2026-02-01"}}),
            json!({"op":"create","kind":"reach","record":{"reference":"X","activity":"Milk in kindergartens","project":"X","from":"2026-03-05","basis":"counted","groups":[{"sex":"female","age":"0_4","people":40},{"sex":"male","age":"0_4","people":30}]}}),
        ],
    );
}
