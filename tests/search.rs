//! Search over everything, through the services: what is found, in which order, and that every write keeps it.
#![expect(clippy::panic, reason = "a test fails by panicking")]

mod support;

use corridor::domain::record::RecordKind;
use corridor::services::queries::{SearchGroup, SearchResults};
use corridor::services::{Answer, Query, Workspace, Write};
use proptest::prelude::*;
use serde_json::json;
use std::sync::Arc;
use support::{apply, day, with_public_cases, workspace};

fn search(workspace: &Workspace, text: &str) -> Arc<SearchResults> {
    let query = Query::Search { text: text.to_owned(), as_of: day("2026-11-24"), limit_per_kind: 5 };
    match workspace.answer(&query).unwrap_or_else(|error| panic!("{text}: {error}")) {
        Answer::Search(results) => results,
        other => panic!("{other:?}"),
    }
}

fn references(group: &SearchGroup) -> Vec<&str> {
    group.hits.iter().map(|hit| hit.reference.text.as_str()).collect()
}

/// The references of everything found, group by group.
fn found(workspace: &Workspace, text: &str) -> Vec<String> {
    let results = search(workspace, text);
    results.groups.iter().flat_map(|group| references(group).into_iter().map(str::to_owned)).collect()
}

fn prepared() -> Workspace {
    let mut workspace = workspace();
    apply(
        &mut workspace,
        &[
            json!({ "op": "create", "kind": "item", "record": {
                "reference": "ITM-1", "name": "MDR-TB medicine", "name_ko": "다제내성결핵치료제", "name_zh": "耐多药结核病药品",
                "base_unit": "U2", "hs_code": "300420" } }),
            json!({ "op": "create", "kind": "matter", "record": {
                "reference": "MAT-1", "title": "Exemption for TB medicine", "instrument": "humanitarian_exemption" } }),
            json!({ "op": "create", "kind": "request", "record": {
                "reference": "REQ-1", "matter": "MAT-1", "filing": "new", "nature": "Medicine as in letter BIS-2019/0034" } }),
            json!({ "op": "create", "kind": "request", "record": {
                "reference": "REQ-10", "matter": "MAT-1", "filing": "new", "nature": "REQ-1 once more" } }),
        ],
    );
    workspace
}

#[test]
fn two_korean_syllables_or_chinese_characters_inside_a_longer_word_find_the_record() {
    let workspace = prepared();
    for typed in ["결핵", "치료제", "제", "结核", "药品", "mdr", "medicine mdr-tb"] {
        assert!(found(&workspace, typed).contains(&"ITM-1".to_owned()), "{typed}");
    }
    let results = search(&workspace, "결핵");
    let (label, piece) = results.groups[0].hits[0].found_in.clone().unwrap();
    assert!(label.contains("Korean"), "{label}");
    assert_eq!(&piece.text[piece.marks[0].clone()], "결핵");
    assert!(found(&workspace, "핵결").is_empty());
}

#[test]
fn codes_and_letter_numbers_are_found_however_they_are_written() {
    let workspace = prepared();
    assert_eq!(found(&workspace, "3004.20"), ["ITM-1"]);
    assert_eq!(found(&workspace, "3004"), ["ITM-1"]);
    assert_eq!(found(&workspace, "BIS-2019/0034"), ["REQ-1"]);
    assert_eq!(found(&workspace, "bis 2019"), ["REQ-1"]);
}

#[test]
fn the_record_with_just_this_reference_comes_first() {
    let workspace = prepared();
    let results = search(&workspace, "req-1");
    assert_eq!(results.groups[0].kind, RecordKind::Request);
    assert_eq!(references(&results.groups[0]), ["REQ-1", "REQ-10"]);
    assert!(results.groups[0].hits[0].is_exact);
    let results = search(&workspace, "MAT-1");
    assert_eq!(results.groups[0].kind, RecordKind::Matter, "also before the kinds that people look for most");
}

#[test]
fn every_write_keeps_the_index_and_the_check_proves_it() {
    let mut workspace = prepared();
    apply(
        &mut workspace,
        &[json!({ "op": "edit", "kind": "item", "reference": "ITM-1", "set": { "name_ko": "백신" } })],
    );
    assert!(found(&workspace, "결핵").is_empty());
    assert_eq!(found(&workspace, "백신"), ["ITM-1"]);
    workspace.write(Write::Undo).unwrap();
    assert_eq!(found(&workspace, "결핵"), ["ITM-1"]);
    workspace.write(Write::Redo).unwrap();
    workspace.write(Write::Undo).unwrap();
    apply(&mut workspace, &[json!({ "op": "delete", "kind": "item", "reference": "ITM-1" })]);
    assert!(found(&workspace, "결핵").is_empty());
    workspace.write(Write::Undo).unwrap();
    assert_eq!(found(&workspace, "결핵"), ["ITM-1"]);
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn an_index_that_lost_a_text_is_found_by_the_check_and_filled_again() {
    let workspace = prepared();
    workspace
        .store()
        .db()
        .execute_batch("delete from search_text where rowid = (select max(place) from search_place)")
        .unwrap();
    let problems = workspace.check().unwrap().problems;
    assert!(problems.iter().any(|problem| problem.contains("search does not find it")), "{problems:?}");
    corridor::services::search_index::fill(workspace.store().db()).unwrap();
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
    assert_eq!(found(&workspace, "결핵"), ["ITM-1"]);
}

#[test]
fn a_group_counts_all_and_shows_the_first() {
    let workspace = with_public_cases();
    let results = search(&workspace, "UN");
    let requests = results.groups.iter().find(|group| group.kind == RecordKind::Request).unwrap();
    assert_eq!((requests.total, requests.hits.len()), (93, 5));
    assert_eq!(results.total, results.groups.iter().map(|group| group.total).sum::<usize>());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn nothing_that_can_be_typed_is_an_error(typed in any::<String>()) {
        thread_local!(static WORKSPACE: Workspace = prepared());
        WORKSPACE.with(|workspace| search(workspace, &typed));
        for syntax in ["\"", "*", "^a", "a AND", "NEAR(a b)", "-a", "body:a", "a OR", "(", "{a}: b", "\0"] {
            WORKSPACE.with(|workspace| search(workspace, syntax));
        }
    }
}
