//! The public record of UN exemption cases, as of the days that are known from the press.

mod support;

use corridor::domain::record::RecordKind;
use corridor::services::Write;
use corridor::services::queries::{Filter, ListQuery, Sources};
use support::*;

#[test]
fn ninety_three_filings_in_eighty_five_matters_are_imported_once() {
    let mut workspace = with_public_cases();
    let overview = overview(&workspace, "2026-11-24", Sources::Both);
    assert_eq!((overview.filings, overview.matters), (93, 85));
    assert_eq!(overview.cases, 102, "a row can stand for several cases");
    let again = workspace.write(Write::ImportPublicCases { csv: PUBLIC_CASES.to_owned() }).unwrap();
    assert!(again.message.starts_with("Nothing to add"), "{}", again.message);
    assert_eq!(ids(&workspace, list_query(RecordKind::Request, "2026-11-24")).len(), 93);
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn on_8_november_2018_four_filings_are_on_hold() {
    let workspace = with_public_cases();
    let mut held: Vec<String> = on_hold(&workspace, "2018-11-08");
    held.sort();
    assert_eq!(held, ["Agrotec SpA (via Italy)", "Concern Worldwide", "IFRC", "U.S.-based charity (not named)"]);
}

#[test]
fn a_case_of_which_nothing_more_was_heard_is_last_known_and_not_on_hold_for_ever() {
    let workspace = with_public_cases();
    let silent = row(&workspace, RecordKind::Request, "UN-003", "2018-11-09").status.unwrap();
    assert_eq!((silent.word.as_str(), silent.was.as_str()), ("last_known", "On hold"));
    assert_eq!(on_hold(&workspace, "2020-01-01"), Vec::<String>::new());
}

#[test]
fn on_31_january_2019_the_four_approvals_of_18_january_stand() {
    let workspace = with_public_cases();
    let mut approved: Vec<String> = rows(&workspace, list_query(RecordKind::Request, "2019-01-31"))
        .into_iter()
        .filter(|row| row.settled_on == "2019-01-18" && row.status.as_ref().is_some_and(|s| s.word == "approved"))
        .map(|row| row.applicant)
        .collect();
    approved.sort();
    assert_eq!(approved, ["Christian Friends of Korea", "Eugene Bell Foundation", "First Steps", "UNICEF"]);
}

#[test]
fn every_cell_of_the_matrix_equals_the_list_behind_it_on_any_day() {
    let workspace = with_public_cases();
    for as_of in ["2018-06-30", "2018-11-08", "2019-01-31", "2019-12-31", "2022-06-15", "2026-11-24"] {
        let overview = overview(&workspace, as_of, Sources::Public);
        for matrix in &overview.matrices {
            for row in &matrix.rows {
                let count = |category| {
                    let filter = Filter { status: Some(row.status.clone()), category, ..Filter::default() };
                    let query = ListQuery { filter, sources: Sources::Public, ..list_query(matrix.kind, as_of) };
                    i64::try_from(ids(&workspace, query).len()).unwrap()
                };
                assert_eq!(row.total, count(None), "{} as of {as_of}", row.label);
                for (tag, cell) in matrix.columns.iter().zip(&row.cells) {
                    assert_eq!(*cell, count(Some(tag.id)), "{} x {} as of {as_of}", row.label, tag.name);
                }
            }
        }
    }
}

#[test]
fn a_date_known_to_the_month_stays_so() {
    let workspace = with_public_cases();
    let agrotec = row(&workspace, RecordKind::Request, "UN-035", "2026-11-24");
    assert_eq!(agrotec.settled_on, "2019-08");
    assert_eq!(status(&workspace, RecordKind::Request, "UN-035", "2019-08-30"), "on_hold");
    assert_eq!(status(&workspace, RecordKind::Request, "UN-035", "2019-08-31"), "approved");
}

#[test]
fn our_records_and_the_public_ones_are_never_mixed_by_accident() {
    let workspace = with_public_cases();
    let ours = ListQuery { sources: Sources::Own, ..list_query(RecordKind::Request, "2026-11-24") };
    assert!(ids(&workspace, ours).is_empty());
    assert_eq!(overview(&workspace, "2026-11-24", Sources::Own).filings, 0);
}

fn on_hold(workspace: &corridor::services::Workspace, as_of: &str) -> Vec<String> {
    let filter = Filter { status: Some("on_hold".into()), ..Filter::default() };
    let query = ListQuery { filter, ..list_query(RecordKind::Request, as_of) };
    rows(workspace, query).into_iter().map(|row| row.applicant).collect()
}
