//! A statement as the engine saw it, taken apart again into text and values, so that the bare engine can prepare it once.

use std::path::Path;

use corridor::services::{Workspace, Write};
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection};

/// A statement and the values of its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    pub sql: String,
    pub values: Vec<(String, Value)>,
}

/// Finds each value by walking the statement beside its form with values written in.
pub fn statement(sql: &str, expanded: &str) -> Statement {
    let (mut rest, mut other, mut values) = (sql, expanded, Vec::new());
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("--") {
            let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
            (rest, other) = (&rest[end..], &other[end..]);
        } else if first == ':' {
            let length = rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len() - 1);
            let (value, taken) = literal(other);
            values.push((rest[..=length].to_owned(), value));
            (rest, other) = (&rest[length + 1..], &other[taken..]);
        } else {
            let length = first.len_utf8();
            (rest, other) = (&rest[length..], &other[length..]);
        }
    }
    Statement { sql: sql.to_owned(), values }
}

fn literal(text: &str) -> (Value, usize) {
    if let Some(hex) = text.strip_prefix("x'") {
        let end = hex.find('\'').expect("the end of a blob");
        let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex");
        return (Value::Blob((0..end).step_by(2).map(byte).collect()), end + 3);
    }
    if let Some(quoted) = text.strip_prefix('\'') {
        let mut at = 0;
        while let Some(end) = quoted[at..].find('\'') {
            at += end + 1;
            if !quoted[at..].starts_with('\'') {
                break;
            }
            at += 1;
        }
        return (Value::Text(quoted[..at - 1].replace("''", "'")), at + 1);
    }
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    (text[..end].parse().map_or(Value::Null, Value::Integer), end)
}

/// The statements that `work` runs in an open workspace.
pub fn of(workspace: &Workspace, work: impl FnOnce()) -> Vec<Statement> {
    let pairs = workspace.store().db().traced(work);
    pairs.iter().map(|(sql, expanded)| statement(sql, expanded)).collect()
}

/// The statements that a write runs.
pub fn of_write(workspace: &mut Workspace, write: Write) -> Vec<Statement> {
    workspace.store().db().start_trace();
    workspace.write(write).expect("write");
    let pairs = workspace.store().db().stop_trace();
    pairs.iter().map(|(sql, expanded)| statement(sql, expanded)).collect()
}

/// A bare connection, for reading what the workspace reads.
pub fn connect(path: &Path) -> Connection {
    let connection = Connection::open(path).expect("open");
    connection.set_prepared_statement_cache_capacity(256);
    connection.execute_batch("pragma cache_size = -16000; pragma temp_store = memory;").expect("pragmas");
    add_strpos(&connection);
    connection
}

/// Runs the statements on the bare engine, each prepared once, and reads every value of every row.
pub fn read(connection: &Connection, statements: &[Statement]) -> usize {
    let mut read = 0;
    for statement in statements {
        let mut prepared = prepared(connection, statement);
        let columns = prepared.column_count();
        let mut rows = prepared.raw_query();
        while let Some(row) = rows.next().expect("row") {
            for column in 0..columns {
                read += usize::from(row.get::<_, Value>(column).expect("value") != Value::Null);
            }
        }
    }
    read
}

/// Reads rows of whole numbers, which is all that the keys of a list are.
pub fn keys<const N: usize>(connection: &Connection, statement: &Statement) -> Vec<[i64; N]> {
    let mut prepared = prepared(connection, statement);
    let mut rows = prepared.raw_query();
    let mut all = Vec::new();
    while let Some(row) = rows.next().expect("row") {
        all.push(std::array::from_fn(|column| row.get(column).expect("key")));
    }
    all
}

/// Runs the writes of one operation as one transaction.
pub fn write(connection: &Connection, statements: &[Statement]) {
    connection.execute_batch("begin immediate").expect("begin");
    for statement in statements {
        prepared(connection, statement).raw_execute().expect("write");
    }
    connection.execute_batch("commit").expect("commit");
}

fn prepared<'a>(connection: &'a Connection, statement: &Statement) -> CachedStatement<'a> {
    let mut prepared = connection.prepare_cached(&statement.sql).expect("prepare");
    for (name, value) in &statement.values {
        let at = prepared.parameter_index(name).expect("name").expect("place");
        prepared.raw_bind_parameter(at, value).expect("bind");
    }
    prepared
}

/// The one function of ours that statements use.
pub fn add_strpos(connection: &Connection) {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let strpos = |context: &rusqlite::functions::Context<'_>| {
        let text = |at| context.get_raw(at).as_str_or_null().map(Option::unwrap_or_default);
        let (Ok(text), Ok(part)) = (text(0), text(1)) else { return Ok(0) };
        Ok(text.find(part).map_or(0, |at| i64::try_from(at).unwrap_or(i64::MAX - 1) + 1))
    };
    connection.create_scalar_function("strpos", 2, flags, strpos).expect("function");
}
