//! The workspace file: who may open it, what is refused, and that nothing is lost.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "damage is done behind the program's back")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use corridor::domain::record::RecordKind;
use corridor::services::fork::{self, Relation};
use corridor::services::{Access, Failure, Workspace, Write};
use rusqlite::Connection;
use serde_json::json;
use support::*;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn create(folder: &Path) -> (PathBuf, Workspace) {
    let path = folder.join("ours.corridor");
    let workspace = Workspace::create(&path, context()).unwrap();
    (path, workspace)
}

fn open(path: &Path, access: Access) -> Result<Workspace, Failure> {
    Workspace::open(path, access, context())
}

fn refused(path: &Path) -> String {
    open(path, Access::Write).err().expect("it should be refused").to_string()
}

fn add_item(workspace: &mut Workspace, reference: &str) {
    apply(
        workspace,
        &[json!({"op":"create","kind":"item","record":{"reference":reference,"name":"Pump","base_unit":"H87"}})],
    );
}

#[test]
fn a_second_writer_is_told_who_has_the_file_and_may_still_read() {
    let folder = folder();
    let (path, mut first) = create(folder.path());
    let said = refused(&path);
    assert!(said.contains("is open in another program (Test, process "), "{said}");
    let reader = open(&path, Access::Read).unwrap();
    assert!(reader.is_read_only());
    add_item(&mut first, "A");
    assert!(reader.find(&[RecordKind::Item], "A").is_ok(), "a reader sees what was saved");
    drop(first);
    open(&path, Access::Write).unwrap();
}

#[test]
fn a_reader_cannot_write() {
    let folder = folder();
    let (path, writer) = create(folder.path());
    drop(writer);
    let mut reader = open(&path, Access::Read).unwrap();
    let error = reader.write(Write::Undo).unwrap_err().to_string();
    assert!(error.contains("open for reading only"), "{error}");
}

#[test]
fn a_file_opened_again_while_the_clock_stands_still_gives_out_new_ids() {
    let folder = folder();
    let (path, mut workspace) = create(folder.path());
    let item = |reference: &str| json!({"op":"create","kind":"item","record":{"reference":reference,"name":"Pump","base_unit":"H87"}});
    apply(&mut workspace, &[item("A"), item("B"), item("C")]);
    drop(workspace);
    let mut workspace = open(&path, Access::Write).unwrap();
    add_item(&mut workspace, "D");
    for reference in ["A", "B", "C", "D"] {
        assert!(workspace.find(&[RecordKind::Item], reference).is_ok(), "{reference} was written over");
    }
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn what_is_not_a_workspace_is_said_to_be_none() {
    let folder = folder();
    let text = folder.path().join("letter.corridor");
    fs::write(&text, "Dear Committee, this is a letter and no database at all. ".repeat(40)).unwrap();
    assert!(refused(&text).contains("is not a Corridor workspace"), "{}", refused(&text));
    let other = folder.path().join("other.corridor");
    Connection::open(&other).unwrap().execute_batch("create table t (x integer);").unwrap();
    assert!(refused(&other).contains("is not a Corridor workspace"), "{}", refused(&other));
    let missing = folder.path().join("missing.corridor");
    assert!(refused(&missing).contains("There is no file"), "{}", refused(&missing));
    let empty = folder.path().join("empty.corridor");
    fs::write(&empty, "").unwrap();
    assert!(refused(&empty).contains("is not a Corridor workspace"), "{}", refused(&empty));
}

#[test]
fn a_file_that_is_there_is_never_overwritten() {
    let folder = folder();
    let (path, workspace) = create(folder.path());
    drop(workspace);
    let error = Workspace::create(&path, context()).err().unwrap().to_string();
    assert!(error.contains("is there already, and nothing was changed"), "{error}");
}

#[test]
fn a_file_of_a_newer_version_asks_for_an_update() {
    let folder = folder();
    let (path, workspace) = create(folder.path());
    drop(workspace);
    Connection::open(&path).unwrap().execute_batch("pragma user_version = 99;").unwrap();
    assert!(refused(&path).contains("made by a newer version of Corridor (format 99"), "{}", refused(&path));
    let read = open(&path, Access::Read).err().unwrap().to_string();
    assert!(read.contains("newer version"), "{read}");
}

#[test]
fn a_damaged_file_is_said_to_be_damaged_and_left_alone() {
    let folder = folder();
    let (path, mut workspace) = create(folder.path());
    for at in 0..200 {
        add_item(&mut workspace, &format!("I{at}"));
    }
    drop(workspace);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 3;
    let end = (middle + 60_000).min(bytes.len());
    bytes[middle..end].fill(0xA5);
    fs::write(&path, &bytes).unwrap();
    let found = open(&path, Access::Write).and_then(|workspace| workspace.check());
    match found {
        Ok(report) => assert!(!report.problems.is_empty(), "the damage is found"),
        Err(error) => assert!(error.to_string().contains("damaged"), "{error}"),
    }
}

#[test]
fn a_broken_journal_is_reported_at_its_first_broken_row() {
    let folder = folder();
    let (path, mut workspace) = create(folder.path());
    add_item(&mut workspace, "A");
    add_item(&mut workspace, "B");
    drop(workspace);
    let tamper = |sql: &str| {
        let copy = folder.path().join("tampered.corridor");
        fs::copy(&path, &copy).unwrap();
        Connection::open(&copy).unwrap().execute_batch(sql).unwrap();
        let found = open(&copy, Access::Read).unwrap().check().unwrap();
        fs::remove_file(&copy).unwrap();
        found.problems.join("\n")
    };
    assert_eq!(tamper("select 1;"), "");
    let place = "origin_seq = (select max(origin_seq) - 1 from change)";
    for (sql, part) in [
        (
            format!("update change set payload = replace(payload, 'Pump', 'Bomb') where {place}"),
            "its image was changed",
        ),
        (format!("update change set version = 7 where {place}"), "one of its fields was changed"),
        (
            "update operation set actor = 'Somebody else' where id = (select max(id) from operation)".to_owned(),
            "one of its fields was changed",
        ),
        (
            "pragma foreign_keys = off; delete from change where origin_seq = 3".to_owned(),
            "a change before it is missing",
        ),
    ] {
        let found = tamper(&sql);
        assert!(found.contains("The journal is broken at change") && found.contains(part), "{sql}: {found}");
    }
    let summary = tamper(
        "update summary set records = records + 1 where counted = 'request'; insert into summary values ('request', 3, '2020-01-01', 'own', 0, 'sent', 'pending', 'none', 1, 1);",
    );
    assert!(summary.contains("The kept figure “Filings, Sent”"), "{summary}");
}

#[test]
fn two_copies_written_apart_are_seen_as_a_fork() {
    let folder = folder();
    let (path, mut here) = create(folder.path());
    add_item(&mut here, "A");
    drop(here);
    let copy = folder.path().join("field.corridor");
    fs::copy(&path, &copy).unwrap();
    let mut here = open(&path, Access::Write).unwrap();
    let mut there = open(&copy, Access::Write).unwrap();
    assert_eq!(fork::compare(&here, &there).unwrap(), Relation::Same);
    add_item(&mut there, "B");
    assert_eq!(fork::compare(&here, &there).unwrap(), Relation::Behind);
    assert_eq!(fork::compare(&there, &here).unwrap(), Relation::Ahead);
    add_item(&mut here, "C");
    assert_eq!(fork::compare(&here, &there).unwrap(), Relation::Forked { here: 1, there: 1 });
    let stranger = Workspace::create(&folder.path().join("stranger.corridor"), context()).unwrap();
    assert_eq!(fork::compare(&here, &stranger).unwrap(), Relation::Unrelated);
}

#[test]
fn a_backup_put_back_over_a_file_that_went_on_is_seen_as_a_fork() {
    let folder = folder();
    let (path, mut workspace) = create(folder.path());
    add_item(&mut workspace, "A");
    drop(workspace);
    let backup = fs::read(&path).unwrap();
    let mut workspace = open(&path, Access::Write).unwrap();
    add_item(&mut workspace, "B");
    drop(workspace);
    let went_on = folder.path().join("went-on.corridor");
    fs::copy(&path, &went_on).unwrap();
    fs::write(&path, backup).unwrap();
    let mut put_back = open(&path, Access::Write).unwrap();
    add_item(&mut put_back, "C");
    let other = open(&went_on, Access::Read).unwrap();
    assert_eq!(fork::compare(&put_back, &other).unwrap(), Relation::Forked { here: 1, there: 1 });
}

#[test]
fn a_full_disk_saves_nothing_and_says_so() {
    let folder = folder();
    let (path, mut workspace) = create(folder.path());
    let pages = workspace.store().db().pragma("page_count").unwrap();
    workspace.store().db().execute_batch(&format!("pragma max_page_count = {};", pages + 2)).unwrap();
    let note = "A long letter. ".repeat(2_000);
    let operation =
        json!({"op":"create","kind":"item","record":{"reference":"A","name":"Pump","base_unit":"H87","note":note}});
    let said = refusal(&mut workspace, &[operation]);
    assert!(said.contains("The disk is full, so nothing was saved"), "{said}");
    drop(workspace);
    let workspace = open(&path, Access::Write).unwrap();
    assert!(workspace.find(&[RecordKind::Item], "A").is_err());
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn undo_survives_a_restart() {
    let folder = folder();
    let (path, mut workspace) = create(folder.path());
    add_item(&mut workspace, "A");
    drop(workspace);
    let mut workspace = open(&path, Access::Write).unwrap();
    workspace.write(Write::Undo).unwrap();
    assert!(workspace.find(&[RecordKind::Item], "A").is_err());
    drop(workspace);
    let mut workspace = open(&path, Access::Write).unwrap();
    workspace.write(Write::Redo).unwrap();
    assert!(workspace.find(&[RecordKind::Item], "A").is_ok());
    let error = workspace.write(Write::Redo).unwrap_err().to_string();
    assert!(error.contains("nothing to redo"), "{error}");
}

#[test]
fn undo_reaches_back_over_a_move_and_over_any_number_of_steps() {
    let folder = folder();
    let (path, mut workspace) = create(folder.path());
    for at in 0..40 {
        add_item(&mut workspace, &format!("I{at}"));
        workspace.write(Write::Undo).unwrap();
        workspace.write(Write::Redo).unwrap();
    }
    drop(workspace);
    let moved = folder.path().join("moved.corridor");
    fs::rename(&path, &moved).unwrap();
    let mut workspace = open(&moved, Access::Write).unwrap();
    for at in (0..40).rev() {
        let done = workspace.write(Write::Undo).unwrap();
        assert_eq!(done.message, "Undid: Apply 1 operation", "{at}");
    }
    assert!(workspace.write(Write::Undo).is_err());
    for _ in 0..40 {
        workspace.write(Write::Redo).unwrap();
    }
    assert!(workspace.write(Write::Redo).is_err());
    assert!(workspace.find(&[RecordKind::Item], "I39").is_ok());
    workspace.write(Write::Undo).unwrap();
    add_item(&mut workspace, "NEW");
    assert!(workspace.write(Write::Redo).is_err(), "new work ends what could be redone");
    workspace.write(Write::Undo).unwrap();
    workspace.write(Write::Redo).unwrap();
    assert!(workspace.write(Write::Redo).is_err());
}

/// A read-only folder, and a user who is not allowed to write there: root may write everywhere.
#[cfg(unix)]
fn read_by_nobody(with_wal: bool) -> (std::process::Output, Vec<String>) {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let (path, mut workspace) = create(folder.path());
    add_item(&mut workspace, "IN-THE-LOG");
    if with_wal {
        // The process that ends without closing leaves its log behind.
        let kept = folder.path().join("kept");
        fs::create_dir(&kept).unwrap();
        for ending in ["", "-wal"] {
            let name = format!("ours.corridor{ending}");
            fs::copy(folder.path().join(&name), kept.join(&name)).unwrap();
        }
        drop(workspace);
        for ending in ["", "-wal"] {
            let name = format!("ours.corridor{ending}");
            fs::copy(kept.join(&name), folder.path().join(&name)).unwrap();
        }
        fs::remove_dir_all(&kept).unwrap();
    } else {
        drop(workspace);
    }
    for entry in fs::read_dir(folder.path()).unwrap() {
        fs::set_permissions(entry.unwrap().path(), fs::Permissions::from_mode(0o444)).unwrap();
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let program = std::env::temp_dir().join(format!("corridor-read-only-{with_wal}"));
    fs::copy(env!("CARGO_BIN_EXE_corridor"), &program).unwrap();
    let output = std::process::Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(&program)
        .args(["list", "items", "--json", "--in"])
        .arg(&path)
        .output()
        .unwrap();
    fs::remove_file(&program).unwrap();
    let names =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let names = names.collect();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    (output, names)
}

#[test]
#[cfg(unix)]
#[ignore = "needs root and setpriv, to become a user who may not write: run by .ci/run"]
fn a_workspace_in_a_read_only_folder_opens_with_and_without_its_log() {
    for with_wal in [false, true] {
        let (output, names) = read_by_nobody(with_wal);
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "with log {with_wal}: {said}");
        assert!(said.contains("IN-THE-LOG"), "with log {with_wal}: {said}");
        assert!(!names.iter().any(|name| name.ends_with("-shm")), "nothing is written beside it: {names:?}");
    }
}
