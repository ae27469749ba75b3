//! A statement as the engine saw it, taken apart again into text and values, so that the bare engine can prepare it once.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value;

/// A statement and the values of its parameters.
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

/// The one function of ours that statements use.
pub fn add_strpos(connection: &Connection) {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let strpos = |context: &rusqlite::functions::Context<'_>| {
        let (text, part): (String, String) = (context.get(0)?, context.get(1)?);
        Ok(text.find(&part).map_or(0, |at| i64::try_from(at).unwrap_or(i64::MAX - 1) + 1))
    };
    connection.create_scalar_function("strpos", 2, flags, strpos).expect("function");
}
