//! Attachments: kept once by what is in them, asked about where they are large or could run, proved, saved, laid out, undone.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "damage is done behind the program's back")]

#[path = "support/command.rs"]
mod command;
mod support;

use std::path::{Path, PathBuf};

use corridor::domain::id::Id;
use corridor::domain::record::{AttachmentKind, RecordKind};
use corridor::services::attachments::{Attach, opened_folder};
use corridor::services::queries::FileRow;
use corridor::services::{Access, Done, Job, JobDone, Watch, Workspace, Write, WriteError};
use rusqlite::Connection;
use serde_json::json;
use support::*;

/// A workspace in a folder with a matter and two shipments.
fn on_disk(folder: &Path) -> (PathBuf, Workspace) {
    let path = folder.join("ours.corridor");
    let mut workspace = Workspace::create(&path, context()).unwrap();
    let shipment = |reference: &str| json!({"op":"create","kind":"shipment","record":{"reference":reference,"started_on":"2026-01-01"}});
    apply(&mut workspace, &[shipment("S1"), shipment("S2")]);
    (path, workspace)
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn id(workspace: &Workspace, reference: &str) -> Id {
    workspace.find(&[RecordKind::Shipment], reference).unwrap()
}

fn attach(workspace: &mut Workspace, to: &str, paths: &[PathBuf], confirmed: bool) -> Result<Done, WriteError> {
    let attach = Attach {
        of: id(workspace, to),
        paths: paths.to_vec(),
        kind: AttachmentKind::Letter,
        dated_on: None,
        confirmed,
    };
    workspace.write(Write::Attach(attach))
}

fn files(workspace: &Workspace, of: &str) -> Vec<FileRow> {
    detail(workspace, id(workspace, of), "2026-11-24").files.clone()
}

#[test]
fn a_file_that_two_records_have_is_kept_once_and_comes_out_as_it_went_in() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut workspace) = on_disk(folder.path());
    let letter = file(folder.path(), "letter.pdf", b"%PDF-1.7 the letter");
    attach(&mut workspace, "S1", std::slice::from_ref(&letter), false).unwrap();
    attach(&mut workspace, "S2", std::slice::from_ref(&letter), false).unwrap();
    let row = files(&workspace, "S1").remove(0);
    assert_eq!(
        [row.name.as_str(), &row.kind, &row.size, &row.media_type],
        ["letter.pdf", "Letter", "19 bytes", "application/pdf"]
    );
    assert_eq!(row.sha256, files(&workspace, "S2")[0].sha256);
    let again = attach(&mut workspace, "S1", &[letter], false).unwrap();
    assert_eq!(again.warnings, ["letter.pdf is attached to Shipment S1 already"]);
    let copy = folder.path().join("copy.pdf");
    workspace.save_attachment(row.id, &copy).unwrap();
    assert_eq!(std::fs::read(copy).unwrap(), b"%PDF-1.7 the letter");
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
    drop(workspace);
    let kept: i64 =
        Connection::open(path).unwrap().query_row("select count(*) from content", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 1);
}

#[test]
fn somebody_says_yes_to_what_is_empty_or_could_run_and_nothing_is_attached_before() {
    let folder = tempfile::tempdir().unwrap();
    let (_, mut workspace) = on_disk(folder.path());
    let paths = [
        file(folder.path(), "letter.pdf", b"%PDF-1.7"),
        file(folder.path(), "tracking.exe", b"x"),
        file(folder.path(), "photo.jpg", b"MZ\x90\0"),
        file(folder.path(), "empty.txt", b""),
    ];
    let Err(WriteError::AskFirst(doubt)) = attach(&mut workspace, "S1", &paths, false) else { panic!("it should ask") };
    assert_eq!(
        doubt.reasons,
        [
            "tracking.exe: a file that ends in .exe can run as a program",
            "photo.jpg: its first bytes are those of a Windows program",
            "empty.txt: it is empty",
        ]
    );
    assert!(files(&workspace, "S1").is_empty());
    attach(&mut workspace, "S1", &paths, true).unwrap();
    assert_eq!(files(&workspace, "S1").len(), 4);
}

#[test]
fn more_than_fifty_megabytes_are_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let (_, mut workspace) = on_disk(folder.path());
    let path = folder.path().join("scan.tif");
    std::fs::File::create(&path).unwrap().set_len(50_000_000).unwrap();
    let Err(WriteError::AskFirst(doubt)) = attach(&mut workspace, "S1", std::slice::from_ref(&path), false) else {
        panic!("it should ask")
    };
    assert_eq!(doubt.reasons, ["scan.tif: it has 50.0 MB, and every backup grows by as much"]);
    std::fs::File::create(&path).unwrap().set_len(49_999_999).unwrap();
    attach(&mut workspace, "S1", &[path], false).unwrap();
}

#[test]
fn what_is_no_file_is_refused_by_name_and_nothing_else_is_attached() {
    let folder = tempfile::tempdir().unwrap();
    let (_, mut workspace) = on_disk(folder.path());
    let sound = file(folder.path(), "letter.pdf", b"%PDF-1.7");
    let missing = folder.path().join("missing.pdf");
    let said =
        attach(&mut workspace, "S1", &[sound, missing, folder.path().to_path_buf()], true).unwrap_err().to_string();
    assert!(said.contains("missing.pdf cannot be read") && said.contains("is a folder"), "{said}");
    assert!(files(&workspace, "S1").is_empty());
}

#[test]
fn undo_takes_an_attachment_away_and_redo_brings_it_back_with_its_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (_, mut workspace) = on_disk(folder.path());
    let letter = file(folder.path(), "letter.pdf", b"%PDF-1.7");
    attach(&mut workspace, "S1", &[letter], false).unwrap();
    workspace.write(Write::Undo).unwrap();
    assert!(files(&workspace, "S1").is_empty());
    workspace.write(Write::Redo).unwrap();
    let row = files(&workspace, "S1").remove(0);
    let copy = folder.path().join("copy.pdf");
    workspace.save_attachment(row.id, &copy).unwrap();
    assert_eq!(std::fs::read(copy).unwrap(), b"%PDF-1.7");
}

#[test]
fn check_finds_a_file_that_was_damaged_or_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut workspace) = on_disk(folder.path());
    for (to, bytes) in [("S1", b"%PDF-1.7 one"), ("S2", b"%PDF-1.7 two")] {
        let letter = file(folder.path(), &format!("{to}.pdf"), bytes);
        attach(&mut workspace, to, &[letter], false).unwrap();
    }
    let [damaged, gone] = ["S1", "S2"].map(|of| files(&workspace, of).remove(0));
    drop(workspace);
    let raw = Connection::open(&path).unwrap();
    raw.execute("update content_part set data = x'00' where sha256 = ?1", [&damaged.sha256]).unwrap();
    raw.execute("delete from content_part where sha256 = ?1", [&gone.sha256]).unwrap();
    raw.execute("delete from content where sha256 = ?1", [&gone.sha256]).unwrap();
    drop(raw);
    let workspace = Workspace::open(&path, Access::Read, context()).unwrap();
    let problems = workspace.check().unwrap().problems;
    let said =
        |row: &FileRow, what: &str| problems.iter().any(|one| one.contains(&row.reference) && one.contains(what));
    assert!(said(&damaged, "is damaged") && said(&gone, "is not in the workspace"), "{problems:?}");
    let copy = folder.path().join("copy.pdf");
    assert!(workspace.save_attachment(damaged.id, &copy).is_err() && !copy.exists(), "no half copy");
}

#[test]
fn a_copy_for_another_program_bears_no_name_cannot_be_written_and_goes_with_the_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut workspace) = on_disk(folder.path());
    let letter = file(folder.path(), "Visa of Kim Min-su.pdf", b"%PDF-1.7");
    attach(&mut workspace, "S1", &[letter, file(folder.path(), "run.sh", b"#!/bin/sh\n")], true).unwrap();
    let rows = files(&workspace, "S1");
    let lay_out = |row: &FileRow| workspace.perform_job(&Job::LayOut { attachment: row.id }, &Watch::default());
    let JobDone::LaidOut(laid) = lay_out(&rows[0]).unwrap() else { panic!("it should be laid out") };
    assert!(
        laid.starts_with(opened_folder(&path)) && !laid.display().to_string().contains("Kim"),
        "{}",
        laid.display()
    );
    assert!(laid.extension().is_some_and(|ending| ending == "pdf"));
    assert!(std::fs::metadata(&laid).unwrap().permissions().readonly());
    let refused = lay_out(&rows[1]).unwrap_err().to_string();
    assert!(refused.contains("is not opened from here"), "{refused}");
    drop(workspace);
    assert!(!opened_folder(&path).exists());
}

#[test]
fn the_command_line_attaches_lists_and_saves_and_wants_yes_for_a_program() {
    let folder = tempfile::tempdir().unwrap();
    let (_, workspace) = on_disk(folder.path());
    drop(workspace);
    file(folder.path(), "waybill 7.pdf", b"%PDF-1.7");
    file(folder.path(), "setup.exe", b"MZ");
    let at = |arguments: &[&str]| command::corridor(folder.path(), arguments);
    command::done(folder.path(), &["attach", "S1", "waybill 7.pdf", "--dated", "2026-03", "--in", "ours.corridor"]);
    let refused = at(&["attach", "S1", "setup.exe", "--in", "ours.corridor"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("Add --yes"), "{said}");
    command::done(folder.path(), &["attach", "S1", "setup.exe", "--yes", "--in", "ours.corridor"]);
    let listed = command::json(folder.path(), &["attachments", "S1", "--in", "ours.corridor", "--json"]);
    assert_eq!(listed[0]["kind"], json!("Waybill"));
    assert_eq!(listed[0]["dated_on"], json!("2026-03"));
    assert_eq!(listed.as_array().unwrap().len(), 2);
    let reference = listed[0]["reference"].as_str().unwrap();
    command::done(folder.path(), &["attachment", reference, "--save", "out.pdf", "--in", "ours.corridor"]);
    assert_eq!(std::fs::read(folder.path().join("out.pdf")).unwrap(), b"%PDF-1.7");
}
