//! The files of SQL as tests read them: migrations in their order, statements, and the list in each of its orders.
#![allow(dead_code, reason = "each test file uses its own part")]
#![expect(clippy::unwrap_used, reason = "a file that cannot be read is a test that fails")]

use std::path::Path;

/// A file of SQL.
pub struct Statement {
    /// Its path from the root of the project.
    pub path: String,
    /// Its text.
    pub sql: String,
}

/// The migrations in the order of their numbers.
pub fn migrations() -> Vec<Statement> {
    let mut found = Vec::new();
    collect("migrations", &mut found);
    let number = |migration: &Statement| -> u32 {
        let name = migration.path.rsplit('/').next().unwrap_or_default();
        name.trim_start_matches('V').split("__").next().and_then(|number| number.parse().ok()).unwrap()
    };
    found.sort_by_key(number);
    assert!(!found.is_empty());
    found
}

/// Every statement of the store.
pub fn statements() -> Vec<Statement> {
    let mut found = Vec::new();
    collect("src/store", &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 30, "only {} statements were found", found.len());
    found
}

/// The lists of ids and of goods in each order a list can have, up and down, with and without filters.
pub fn orders() -> Vec<Statement> {
    let named = |name: &'static str, all: Vec<String>| {
        let numbered = all.into_iter().enumerate();
        numbered.map(move |(at, sql)| Statement { path: format!("src/store/{name}, no. {at}"), sql })
    };
    let lists = named("list/ids.sql", corridor::store::list::every_statement());
    lists.chain(named("lines/keys.sql", corridor::store::lines::every_statement())).collect()
}

/// A statement with its comments and texts turned to spaces.
pub fn bare(sql: &str) -> String {
    let mut bare = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let len = match first {
            '\'' => rest[1..].find('\'').map_or(rest.len(), |end| end + 2),
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            other => {
                bare.push(other);
                rest = &rest[other.len_utf8()..];
                continue;
            }
        };
        bare.extend(std::iter::repeat_n(' ', len));
        rest = &rest[len..];
    }
    bare
}

/// The words of a statement and where each begins; names of parameters are no words.
pub fn words(bare: &str) -> Vec<(usize, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = bare[at..].find(is_word).map(|len| at + len) {
        let end = bare[start..].find(|c| !is_word(c)).map_or(bare.len(), |len| start + len);
        if !bare[start..end].starts_with(':') {
            found.push((start, &bare[start..end]));
        }
        at = end;
    }
    found
}

fn collect(folder: &str, found: &mut Vec<Statement>) {
    for entry in std::fs::read_dir(root().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            collect(&path, found);
        } else if entry.path().extension().is_some_and(|ending| ending == "sql") {
            found.push(Statement { sql: std::fs::read_to_string(entry.path()).unwrap(), path });
        }
    }
}

/// The root of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
