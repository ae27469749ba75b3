//! Files of every format open and end with one schema; a newer or damaged file is refused with a sentence.
//!
//! `tests/fixtures/files/vN.sql` is a workspace as the program of format N wrote it. After a new migration, and before
//! it is merged, `CORRIDOR_UPDATE_FIXTURES=1 cargo test --test migrations` writes the schema and the newest file; the
//! older ones are never written again.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a fixture that fails is a test that fails")]

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use corridor::domain::record::RecordKind;
use corridor::services::{Access, Workspace, Write};
use corridor::store::migrations::known_version;
use corridor::store::{Store, StoreError};
use rusqlite::Connection;
use support::{PUBLIC_CASES, context, moment};

const SCHEMA: &str = "tests/fixtures/schema.sql";

/// How many rows of the public record stand in the file of a format: enough to have every kind of table in it.
const CASES: usize = 3;

#[test]
fn a_fresh_file_has_the_schema_of_the_snapshot() {
    let dir = tempfile::tempdir().unwrap();
    let found = schema(&raw(&fresh(dir.path())));
    assert_eq!(
        found,
        read(&root(SCHEMA)),
        "the schema is another than {SCHEMA}. A migration that was published is never changed"
    );
}

#[test]
fn there_is_a_file_of_every_format() {
    update_once();
    for version in 1..=known_version() {
        let file = fixture(version);
        assert!(file.is_file(), "{} is missing: write it as the head of this test says", file.display());
    }
    assert!(!fixture(known_version() + 1).exists(), "there is a file of a format that has no migration");
}

/// How many provinces are built in since the second format.
const PROVINCES: usize = 11;

/// How many instruments are built in since the files of the second format were written: those that the rules name.
const INSTRUMENTS: usize = 3;

/// How many forms of reports and audiences are built in since the file of the third format was written.
const FORMS: usize = 1 + 3;

#[test]
fn a_file_of_every_format_upgrades_and_keeps_what_is_in_it() {
    let newest = read(&root(SCHEMA));
    for version in 1..=known_version() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("old.corridor");
        let dump = read(&fixture(version));
        raw(&path).execute_batch(&dump).unwrap_or_else(|error| panic!("v{version}: {error}"));
        assert_eq!(user_version(&path), version);
        let workspace = Workspace::open(&path, Access::Write, context()).unwrap_or_else(|error| panic!("{error}"));
        let report = workspace.check().unwrap();
        assert_eq!(report.problems, Vec::<String>::new(), "v{version}");
        let kept = dump.matches("insert into record values").count();
        let since = |format, count| if version < format { count } else { 0 };
        let built_in_since = since(2, PROVINCES) + since(3, INSTRUMENTS) + since(4, FORMS);
        assert_eq!(report.records, kept + built_in_since, "v{version}");
        assert!(report.records > CASES);
        drop(workspace);
        assert_eq!(schema(&raw(&path)), newest, "v{version} ends with another schema");
        assert_eq!(user_version(&path), known_version());
    }
}

#[test]
fn a_newer_file_is_refused_with_a_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let path = fresh(dir.path());
    let newer = known_version() + 1;
    raw(&path).pragma_update(None, "user_version", newer).unwrap();
    for refused in [open(&path).err(), Store::open_read_only(&path).err()] {
        let said = refused.unwrap().to_string();
        assert!(said.contains("newer version of Corridor") && said.contains("Update the program"), "{said}");
    }
    assert_eq!(user_version(&path), newer, "nothing was written");
}

#[test]
fn an_upgrade_that_was_cut_off_before_its_last_word_is_finished() {
    let dir = tempfile::tempdir().unwrap();
    let path = fresh(dir.path());
    raw(&path).pragma_update(None, "user_version", 0).unwrap();
    open(&path).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(user_version(&path), known_version());
}

#[test]
fn a_damaged_history_ends_in_a_sentence_and_never_a_panic() {
    for damage in [
        "update refinery_schema_history set applied_on = 'yesterday'",
        "update refinery_schema_history set applied_on = null",
        "update refinery_schema_history set applied_on = ''",
        "update refinery_schema_history set applied_on = '2026-11-24'",
        "update refinery_schema_history set applied_on = '2026-11-24T09:00:60Z'",
        "update refinery_schema_history set applied_on = '2026-11-24T09:00:00+99:99'",
        "update refinery_schema_history set applied_on = '2026-13-45T09:00:00Z'",
        "update refinery_schema_history set applied_on = x'ff00'",
        "update refinery_schema_history set applied_on = cast(x'ff41' as text)",
        "update refinery_schema_history set applied_on = 5",
        "update refinery_schema_history set checksum = 'abc'",
        "update refinery_schema_history set checksum = null",
        "update refinery_schema_history set checksum = '-1'",
        "update refinery_schema_history set checksum = '99999999999999999999999'",
        "update refinery_schema_history set checksum = x'00'",
        "update refinery_schema_history set checksum = '1'",
        "update refinery_schema_history set name = null",
        "update refinery_schema_history set name = x'ff'",
        "update refinery_schema_history set name = 'another'",
        "update refinery_schema_history set version = null",
        "update refinery_schema_history set version = -1 where version = 1",
        "update refinery_schema_history set version = 0 where version = 1",
        "update refinery_schema_history set version = 999 where version = 1",
        "update refinery_schema_history set version = 99999999999 where version = 1",
        "update refinery_schema_history set version = 'one' where version = 1",
        "delete from refinery_schema_history",
        "drop table refinery_schema_history",
        "alter table refinery_schema_history drop column checksum",
        "alter table refinery_schema_history drop column name",
        "alter table refinery_schema_history rename to old; \
         create view refinery_schema_history as select 1 as version, 'a' as name, 'b' as applied_on, 'c' as checksum",
        "alter table refinery_schema_history rename to old; \
         create table Refinery_Schema_History (version, name, applied_on, checksum); \
         insert into refinery_schema_history values (1, 'initial', 'b', 'c')",
    ] {
        let dir = tempfile::tempdir().unwrap();
        let path = fresh(dir.path());
        raw(&path).execute_batch(&format!("{damage}; pragma user_version = 0;")).unwrap();
        let refused = open(&path).err().unwrap_or_else(|| panic!("opened in spite of: {damage}"));
        assert!(matches!(refused, StoreError::MigrationHistory { .. }), "{damage}: {refused:?}");
        let said = refused.to_string();
        assert!(said.contains("Nothing was changed. Open a backup"), "{damage}: {said}");
        assert_eq!(user_version(&path), 0, "{damage}: something was written");
    }
}

/// A workspace of today, made by the program.
fn fresh(dir: &Path) -> PathBuf {
    let path = dir.join("fresh.corridor");
    drop(Workspace::create(&path, context()).unwrap_or_else(|error| panic!("{error}")));
    path
}

fn open(path: &Path) -> Result<Store, StoreError> {
    Store::open(path, "Test", moment().now)
}

fn raw(path: &Path) -> Connection {
    #[expect(clippy::disallowed_methods, reason = "damages a file, and looks at it, past the store")]
    Connection::open(path).unwrap()
}

fn user_version(path: &Path) -> i64 {
    raw(path).pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

/// What the file says of its tables and indexes, by name. The index of texts is the engine's own, and made where it is missing.
fn schema(connection: &Connection) -> String {
    let sql = "select sql from sqlite_master where sql is not null and name not like 'search_text%' order by name";
    let mut statement = connection.prepare(sql).unwrap();
    let all: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    all.iter().fold(String::new(), |text, sql| format!("{text}{};\n\n", sql.trim_end().replace("\r\n", "\n")))
}

/// A workspace with a part of the public record, as statements that make it again.
fn dump_of_today() -> String {
    let dir = tempfile::tempdir().unwrap();
    let path = fresh(dir.path());
    let mut workspace = Workspace::open(&path, Access::Write, context()).unwrap_or_else(|error| panic!("{error}"));
    let csv = PUBLIC_CASES.lines().take(CASES + 1).collect::<Vec<_>>().join("\n");
    workspace.write(Write::ImportPublicCases { csv }).unwrap_or_else(|error| panic!("{error}"));
    drop(workspace);
    let connection = raw(&path);
    // Where the file stood names a machine and a folder; any other place will do.
    connection.execute("update workspace set value = 'elsewhere' where name = 'place'", []).unwrap();
    let mut dump = schema(&connection);
    for table in tables(&connection) {
        dump.push_str(&rows(&connection, &table));
    }
    let mark: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).unwrap();
    writeln!(dump, "pragma application_id = {mark};\npragma user_version = {};\ncommit;", known_version()).unwrap();
    format!(
        "-- A workspace of format {}, as the program of that day wrote it.\n\n\
         pragma foreign_keys = off;\nbegin;\n\n{dump}",
        known_version()
    )
}

fn tables(connection: &Connection) -> Vec<String> {
    let mut statement = connection
        .prepare("select name from sqlite_master where type = 'table' and name not like 'search_text%' order by name")
        .unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// The rows of a table as statements.
fn rows(connection: &Connection, table: &str) -> String {
    let columns: Vec<String> = {
        let mut statement = connection.prepare(&format!("select name from pragma_table_info('{table}')")).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let quoted: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
    let mut statement = connection.prepare(&format!("select {} from {table}", quoted.join(" || ', ' || "))).unwrap();
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    rows.map(|row| format!("insert into {table} values ({});\n", row.unwrap())).collect::<Vec<_>>().concat()
}

fn fixture(version: i64) -> PathBuf {
    root(&format!("tests/fixtures/files/v{version}.sql"))
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(fixture: &Path) -> String {
    update_once();
    std::fs::read_to_string(fixture).unwrap_or_else(|error| panic!("{}: {error}", fixture.display()))
}

/// Writes the schema and the newest file anew where that is asked for, before any test reads them.
fn update_once() {
    static DONE: std::sync::Once = std::sync::Once::new();
    DONE.call_once(|| {
        if std::env::var_os("CORRIDOR_UPDATE_FIXTURES").is_some() {
            let dir = tempfile::tempdir().unwrap();
            std::fs::write(root(SCHEMA), schema(&raw(&fresh(dir.path())))).unwrap();
            std::fs::write(fixture(known_version()), dump_of_today()).unwrap();
        }
    });
}

#[test]
fn an_old_workspace_gets_its_goods_its_index_of_texts_and_the_provinces() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("old.corridor");
    raw(&path).execute_batch(&read(&fixture(1))).unwrap();
    let refused = Workspace::open(&path, Access::Read, context()).err().map(|failure| failure.to_string());
    assert!(refused.as_ref().is_some_and(|said| said.contains("Open it once for writing")), "{refused:?}");
    for times in 1..=2 {
        let workspace = Workspace::open(&path, Access::Write, context()).unwrap();
        assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new(), "opened {times} times");
        let provinces = workspace.find(&[RecordKind::Site], "KP01");
        assert!(provinces.is_ok(), "opened {times} times: {provinces:?}");
    }
}
