//! Seals: what leaves the house is kept with its files and taken back in one step.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use corridor::domain::document::Document;
use corridor::domain::record::{RecordKind, SealedKind};
use corridor::services::seal::{SealFile, SealParameters, seal};
use corridor::services::{Workspace, Write};
use serde_json::json;
use support::*;

fn sealed(workspace: &mut Workspace) -> corridor::domain::id::Id {
    let of = workspace.find(&[RecordKind::Shipment], "X").unwrap();
    let document = Document { title: "Binder".into(), ..Document::default() };
    let file = SealFile { name: "binder.txt".into(), media_type: "text/plain".into(), bytes: b"papers".to_vec() };
    let parameters = SealParameters { as_of: Some(day("2026-11-20")), audience: "Bank".into(), ..Default::default() };
    let write = Write::Seal(Box::new(seal(SealedKind::Binder, of, document, vec![file], parameters)));
    workspace.write(write).unwrap_or_else(|error| panic!("{error}")).id.unwrap()
}

#[test]
fn a_seal_keeps_document_files_and_the_position_of_the_journal() {
    let mut workspace = furnished();
    let id = sealed(&mut workspace);
    assert_eq!(workspace.sealed(id).unwrap().document.title, "Binder");
    let record = workspace.record_by_references(id).unwrap();
    assert_eq!(record["of"], json!("shipment:X"));
    assert_eq!((&record["what"], &record["audience"]), (&json!("binder"), &json!("Bank")));
    let file = &record["files"][0];
    assert_eq!(workspace.kept_file(file["sha256"].as_str().unwrap()).unwrap(), b"papers");
    let position = record["position"].as_str().unwrap().to_owned();
    assert_eq!(position.split(':').count(), 3, "{position}");
    let again = sealed(&mut workspace);
    let later = workspace.record_by_references(again).unwrap();
    assert_ne!(later["position"], json!(position), "the first seal moved the journal on");
}

#[test]
fn a_seal_is_one_step_of_undo_and_comes_back_with_redo() {
    let mut workspace = furnished();
    let id = sealed(&mut workspace);
    workspace.write(Write::Undo).unwrap();
    assert!(workspace.sealed(id).is_err(), "the seal is gone");
    workspace.write(Write::Redo).unwrap();
    assert_eq!(workspace.sealed(id).unwrap().document.title, "Binder");
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn what_has_no_title_is_not_sealed() {
    let mut workspace = furnished();
    let of = workspace.find(&[RecordKind::Shipment], "X").unwrap();
    let nameless = seal(SealedKind::Binder, of, Document::default(), Vec::new(), SealParameters::default());
    let refused = workspace.write(Write::Seal(Box::new(nameless))).unwrap_err().to_string();
    assert!(refused.contains("has no title"), "{refused}");
}
