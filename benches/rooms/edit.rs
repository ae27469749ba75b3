//! One saved edit of a shipment, journal, hash and projections included, beside a bare transaction of the same writes.

use std::cell::RefCell;

use corridor::domain::id::Id;
use corridor::domain::record::RecordKind;
use corridor::services::{Access, Answer, Query, Workspace, Write};
use rusqlite::Connection;
use serde_json::json;

use super::{Visit, all, ids};
use crate::report::Bound;
use crate::trace::Statement;
use crate::{generate, measure, trace};

/// Edits that are first traced, and then written by the bare engine.
const EDITS: usize = 60;

pub fn visit(visit: &mut Visit<'_>) {
    for (title, kind, field) in [
        ("One saved edit: a word in a shipment of 20 lines", RecordKind::Shipment, "note"),
        ("One saved edit: the day of a shipment's dispatch, with its 20 lines", RecordKind::ShipmentEvent, "on"),
        ("One saved edit: a word in a request", RecordKind::Request, "note"),
    ] {
        let copy = visit.folder.join("edit.corridor");
        let peer = visit.folder.join("edit-bare.corridor");
        generate::remove(&copy);
        std::fs::copy(&visit.made.path, &copy).expect("copy");
        drop(Workspace::open(&copy, Access::Write, generate::context()).expect("open"));
        generate::remove(&peer);
        std::fs::copy(&copy, &peer).expect("copy");
        let mut workspace = Workspace::open(&copy, Access::Write, generate::context()).expect("open");
        let all = ids(&workspace, &all(kind));
        let id = all[all.len() / 2];
        let traced: Vec<Vec<Statement>> = (0..EDITS).map(|turn| writes(&mut workspace, id, field, turn)).collect();
        let each: Vec<usize> = traced.iter().map(Vec::len).collect();
        println!("  {title}: {} writes", each.iter().max().unwrap_or(&0));
        let bare = connect(&peer);
        let (turns, workspace) = (RefCell::new(traced.into_iter()), RefCell::new(workspace));
        let (mut ours, mut peers) = (Vec::new(), Vec::new());
        for turn in EDITS..2 * EDITS {
            let write = prepared(&workspace.borrow(), id, field, turn);
            ours.push(measure::timed(&mut || drop(workspace.borrow_mut().write(write.clone()).expect("edit"))));
            let statements = turns.borrow_mut().next().expect("a turn");
            peers.push(measure::timed(&mut || trace::write(&bare, &statements)));
        }
        let pair = (measure::at(&mut ours, 0.5), measure::at(&mut peers, 0.5));
        visit.report.beside(title, Bound::Times(3.0), visit.lines, pair);
        drop((workspace, bare));
        generate::remove(&copy);
        generate::remove(&peer);
    }
}

/// The edit of a turn: what stands in the form, with one field typed anew.
fn prepared(workspace: &Workspace, id: Id, field: &str, turn: usize) -> Write {
    let Answer::Draft(Some(record)) = workspace.answer(&Query::Draft { id }).expect("draft") else {
        panic!("no draft")
    };
    let mut draft = record.draft;
    let value = match draft.get(field).and_then(serde_json::Value::as_str) {
        Some(day) if field == "on" => moved(day, turn),
        _ => format!("Seen {turn} times"),
    };
    draft.insert(field.to_owned(), json!(value));
    Write::Edit { id, version: record.version, draft }
}

/// The day before, and in the next turn the day after that again.
fn moved(day: &str, turn: usize) -> String {
    let day: chrono::NaiveDate = day.parse().expect("a day");
    let moved = if turn.is_multiple_of(2) { day.pred_opt() } else { day.succ_opt() };
    moved.expect("a day").to_string()
}

/// What an edit writes, statement by statement.
fn writes(workspace: &mut Workspace, id: Id, field: &str, turn: usize) -> Vec<Statement> {
    let write = prepared(workspace, id, field, turn);
    let all = trace::of_write(workspace, write);
    let changes = |statement: &Statement| {
        ["insert", "update", "delete"].iter().any(|verb| statement.sql.trim_start().starts_with(verb))
    };
    all.into_iter().filter(changes).collect()
}

/// A bare connection that writes as safely as the workspace does.
fn connect(path: &std::path::Path) -> Connection {
    let connection = trace::connect(path);
    connection
        .execute_batch("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;")
        .expect("pragmas");
    connection
}
