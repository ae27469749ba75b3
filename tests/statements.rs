//! Every statement of the store: it prepares on SQLite, and keeps to the words that SQLite and PostgreSQL share.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a schema that cannot be built is a test that fails")]

use std::collections::BTreeSet;

mod statement_files;

use rusqlite::functions::FunctionFlags;
use statement_files::{Statement, bare, migrations, orders, statements, words};

/// Functions that both engines have, with the same meaning. `strpos` is added to SQLite by the store.
const SHARED_FUNCTIONS: &[&str] = &["cast", "coalesce", "count", "max", "min", "nullif", "strpos", "substr", "sum"];

/// Words after which a bracket opens a list or a statement, and not the arguments of a function.
const BEFORE_BRACKETS: &[&str] = &[
    "and", "as", "conflict", "exists", "from", "in", "join", "not", "on", "or", "over", "select", "set", "values",
    "where",
];

/// Why a word of SQL is banned.
const BANNED_WORDS: &[(&str, &str)] = &[
    ("like", "the engines differ on upper and lower case; use strpos on folded text"),
    ("ilike", "only PostgreSQL has it"),
    ("glob", "only SQLite has it"),
    ("regexp", "only SQLite has it"),
    ("offset", "it reads everything it skips; take a page by its ids"),
    ("rowid", "only SQLite has it"),
    ("ctid", "only PostgreSQL has it"),
    ("replace", "`insert or replace` is SQLite's; use `on conflict … do update`"),
    ("collate", "the engines have other collations; sort by a folded key"),
    ("returning", "the store reads no rows from a write"),
    ("autoincrement", "ids are made by the program"),
    ("current_date", "the day is a parameter, so that a test can fix it"),
    ("current_timestamp", "the moment is a parameter, so that a test can fix it"),
    ("current_time", "the moment is a parameter, so that a test can fix it"),
    ("using", "write the columns of a join out"),
    ("true", "flags are 0 or 1 on both engines"),
    ("false", "flags are 0 or 1 on both engines"),
];

/// Why a sign or a run of signs is banned; found in the statement without its texts and comments.
const BANNED_SIGNS: &[(&str, &str)] = &[
    ("->", "JSON operators differ; take JSON apart in Rust"),
    ("#>", "JSON operators differ; take JSON apart in Rust"),
    ("@>", "JSON operators differ; take JSON apart in Rust"),
    ("::", "only PostgreSQL has it; write cast(… as …)"),
    ("?", "a parameter has a name"),
    ("$", "a parameter has a name with a colon"),
    ("@", "a parameter has a name with a colon"),
    ("==", "only SQLite has it; write ="),
    ("!=", "write <>"),
    ("~", "only PostgreSQL has it"),
    ("\"", "no name needs quotes"),
    ("`", "only SQLite has it"),
    ("[", "only SQLite has it"),
    ("%", "write mod in Rust"),
];

#[test]
fn every_statement_prepares_on_the_migrated_schema() {
    let connection = migrated();
    for statement in statements().iter().chain(&orders()) {
        let prepared = connection.prepare(&statement.sql).unwrap_or_else(|error| panic!("{}: {error}", statement.path));
        let names: BTreeSet<String> =
            (1..=prepared.parameter_count()).filter_map(|at| prepared.parameter_name(at).map(str::to_owned)).collect();
        assert_eq!(names.len(), prepared.parameter_count(), "{}: a parameter without a name", statement.path);
        assert!(names.iter().all(|name| name.starts_with(':')), "{}: {names:?}", statement.path);
    }
    connection.prepare("select nothing from nowhere").expect_err("the proof that a wrong statement is refused");
}

#[test]
fn every_statement_keeps_to_what_both_engines_share() {
    let faults: Vec<String> = statements().iter().chain(&orders()).flat_map(faults).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn each_fault_is_found() {
    for (sql, part) in [
        ("select id from record where title like :a", "like"),
        ("select id from record limit 5 offset :a", "offset"),
        ("select payload ->> 'a' from change", "->"),
        ("insert or ignore into record (id) values (:id)", "insert or"),
        ("insert\n  or replace into record (id) values (:id)", "insert or"),
        ("select ROWID from record", "rowid"),
        ("select json_extract(payload, :a) from change", "json_extract"),
        ("select strftime(:a, at) from operation", "strftime"),
        ("select ifnull(a, b) from record", "ifnull"),
        ("select group_concat (a) from record", "group_concat"),
        ("select id from record where id = ?1", "?"),
        ("select id from record where id = $a", "$"),
        ("select cast(a as integer) from record", "as integer"),
        ("select id::text from record", "::"),
        ("SELECT id from record", "SELECT"),
        ("select id from record; select 1", ";"),
        ("select id from record order by dated_on desc", "nulls"),
        ("select sum(cases) from record", "sum"),
    ] {
        let found = faults(&Statement { path: "made/up.sql".into(), sql: sql.into() });
        assert!(found.iter().any(|fault| fault.contains(&format!("`{part}`"))), "{sql}: {found:?}");
    }
}

#[test]
fn a_statement_that_keeps_to_it_has_no_fault() {
    let sql = "-- Not like this: offset; json_extract(a) -> \"b\"\nselect coalesce(a, 'like -> ?') from record where id = :id and (b in (:c))";
    assert_eq!(faults(&Statement { path: "made/up.sql".into(), sql: sql.into() }), Vec::<String>::new());
}

/// What is wrong with a statement.
fn faults(statement: &Statement) -> Vec<String> {
    let bare = bare(&statement.sql);
    let words = words(&bare);
    let mut found = Vec::new();
    let mut fault = |part: &str, why: &str| found.push(format!("{}: `{part}`: {why}", statement.path));
    for (word, why) in BANNED_WORDS {
        if words.iter().any(|(_, known)| known.eq_ignore_ascii_case(word)) {
            fault(word, why);
        }
    }
    for (sign, why) in BANNED_SIGNS {
        if bare.contains(sign) {
            fault(sign, why);
        }
    }
    for pair in words.windows(2) {
        match (pair[0].1, pair[1].1) {
            ("insert", "or") => fault("insert or", "use `on conflict … do …`"),
            ("as", "integer" | "int" | "real" | "blob") => {
                fault(&format!("as {}", pair[1].1), "cast to bigint or text: PostgreSQL's integer has 32 bits");
            }
            _ => {}
        }
    }
    if let Some((_, loud)) = words.iter().find(|(_, word)| word.chars().any(char::is_uppercase)) {
        fault(loud, "keywords and names are in lower case");
    }
    for function in functions(&bare, &words).filter(|name| !SHARED_FUNCTIONS.contains(name)) {
        fault(function, "not a function that both engines are known to share");
    }
    for sum in sums_without_cast(&bare) {
        fault("sum", &format!("PostgreSQL's sum of bigint is numeric: write cast({sum}…) as bigint)"));
    }
    if bare.contains(';') {
        fault(";", "one statement a file, without a semicolon");
    }
    if bare.contains(" desc") && !bare.contains("nulls last") && !sorts_keys_alone(&bare) {
        fault("nulls", "the engines sort nulls to other ends: say `nulls last`");
    }
    found
}

/// The names before an opening bracket that are no word of SQL and no table of an insert.
fn functions<'a>(bare: &'a str, words: &'a [(usize, &'a str)]) -> impl Iterator<Item = &'a str> {
    let called =
        words.iter().enumerate().filter(|(_, (at, word))| bare[at + word.len()..].trim_start().starts_with('('));
    called
        .filter(|(place, _)| {
            place.checked_sub(1).and_then(|before| words.get(before)).is_none_or(|word| word.1 != "into")
        })
        .map(|(_, (_, word))| *word)
        .filter(|word| !BEFORE_BRACKETS.contains(word))
}

/// Sums among the columns that are read; in `having` their type does not matter.
fn sums_without_cast(bare: &str) -> Vec<&str> {
    let columns = bare.split(" from ").next().unwrap_or_default().split("\nfrom ").next().unwrap_or_default();
    let sums = columns.match_indices("sum(").filter(|(at, _)| !columns[..*at].ends_with("cast("));
    sums.map(|(at, _)| &columns[at..at + 4]).collect()
}

/// Whether everything that is sorted downwards is a key, and so never null.
fn sorts_keys_alone(bare: &str) -> bool {
    let downwards =
        bare.match_indices(" desc").map(|(at, _)| bare[..at].rsplit([' ', '\n', ',']).next().unwrap_or_default());
    downwards
        .map(|column| column.rsplit('.').next().unwrap_or_default())
        .all(|column| ["id", "version"].contains(&column))
}

/// An empty database after every migration, with the one function the store adds.
fn migrated() -> rusqlite::Connection {
    #[expect(clippy::disallowed_methods, reason = "the schema is built without the store, to prove the files alone")]
    let connection = rusqlite::Connection::open_in_memory().unwrap();
    connection.create_scalar_function("strpos", 2, FunctionFlags::SQLITE_UTF8, |_| Ok(0)).unwrap();
    for migration in migrations() {
        connection.execute_batch(&migration.sql).unwrap_or_else(|error| panic!("{}: {error}", migration.path));
    }
    connection
}

#[test]
fn every_statement_is_run_by_the_store() {
    let store: String = sources(std::path::Path::new("src/store"));
    for statement in statements() {
        let name = statement.path.trim_start_matches("src/store/").to_owned();
        assert!(store.contains(&format!("\"{name}\"")), "nothing runs {name}: delete it");
    }
    assert!(!store.contains("\"record/never_there.sql\""), "a name that is not there is not found");
}

fn sources(folder: &std::path::Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.push_str(&sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push_str(&std::fs::read_to_string(path).unwrap_or_default());
        }
    }
    all
}
