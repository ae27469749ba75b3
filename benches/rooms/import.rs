//! Lines written through the services beside bare inserts of the same rows: every table with its indices, as many
//! transactions, statements prepared once, and as safe on the disk.

use std::path::Path;
use std::time::Instant;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::Visit;
use crate::report::Bound;
use crate::{generate, trace};

/// Up to this size both are measured now; a larger one is measured when its workspace is made.
const NOW: usize = 100_000;

pub fn visit(visit: &mut Visit<'_>) {
    let fresh = visit.folder.join("import.corridor");
    let made = if visit.lines <= NOW { generate::fresh(fresh.clone(), visit.lines) } else { visit.made.clone() };
    let bare = visit.folder.join("import-bare.db");
    generate::remove(&bare);
    let millis = insert(&made.path, &bare, made.transactions);
    generate::remove(&fresh);
    generate::remove(&bare);
    visit.report.beside("Import through the services", Bound::Share(0.25), visit.lines, (made.millis, millis));
}

/// Writes the rows of every table of a workspace into an empty file, and returns how long that took in milliseconds.
fn insert(from: &Path, to: &Path, transactions: usize) -> f64 {
    let source = trace::connect(from);
    let target = trace::connect(to);
    target
        .execute_batch("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;")
        .expect("pragmas");
    let tables = copy_schema(&source, &target);
    let mut selects: Vec<_> = tables
        .iter()
        .map(|table| {
            let sql = format!("select count(*) from {table}");
            let rows: i64 = source.query_row(&sql, [], |row| row.get(0)).expect("count");
            let rows = usize::try_from(rows).expect("a number of rows");
            (source.prepare(&format!("select * from {table}")).expect("select"), rows.div_ceil(transactions))
        })
        .collect();
    let mut cursors: Vec<_> = selects
        .iter_mut()
        .map(|(select, share)| (select.column_count(), select.query([]).expect("rows"), *share))
        .collect();
    let mut millis = 0.0;
    for _ in 0..transactions {
        let mut parts: Vec<Vec<Vec<Value>>> = Vec::new();
        for (columns, rows, share) in &mut cursors {
            let mut part = Vec::with_capacity(*share);
            while part.len() < *share
                && let Some(row) = rows.next().expect("row")
            {
                part.push((0..*columns).map(|column| row.get(column).expect("value")).collect());
            }
            parts.push(part);
        }
        let begun = Instant::now();
        target.execute_batch("begin immediate").expect("begin");
        for (table, part) in tables.iter().zip(&parts).filter(|(_, part)| !part.is_empty()) {
            let places = vec!["?"; part[0].len()].join(", ");
            let mut insert = target.prepare_cached(&format!("insert into {table} values ({places})")).expect("insert");
            for row in part {
                insert.execute(params_from_iter(row)).expect("row");
            }
        }
        target.execute_batch("commit").expect("commit");
        millis += begun.elapsed().as_secs_f64() * 1e3;
    }
    millis
}

/// Makes the same tables and indices (the index of texts as the plain tables in which it lies), and returns the tables in the order in which they name one another.
fn copy_schema(source: &Connection, target: &Connection) -> Vec<String> {
    let sql = "select name, type, sql from sqlite_master where sql is not null and name not like 'sqlite_%' \
        and sql not like 'create virtual %'";
    let mut statement = source.prepare(sql).expect("schema");
    let all: Vec<(String, String, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .expect("schema")
        .map(|row| row.expect("row"))
        .collect();
    for (_, _, sql) in &all {
        target.execute_batch(sql).expect("schema");
    }
    let rank = |name: &str| {
        let order = ["workspace", "origin", "operation", "change", "record"];
        order.iter().position(|known| *known == name).unwrap_or(order.len())
    };
    let mut tables: Vec<String> =
        all.into_iter().filter(|(_, kind, _)| kind == "table").map(|(name, ..)| name).collect();
    tables.sort_by_key(|name| rank(name));
    // Rows of a part can name a record of a later part.
    target.execute_batch("pragma defer_foreign_keys = on; pragma foreign_keys = off").expect("pragma");
    tables
}
