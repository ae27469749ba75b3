//! Sealed donor reports: what they would read now, and the restatement that says so.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use corridor::domain::document::difference::Difference;
use corridor::domain::record::RecordKind;
use corridor::services::sealed::{Sealed, Standing};
use corridor::services::{FileFormat, Watch, Workspace, Write};
use serde_json::json;
use support::donors::{table, two_donors, words};
use support::*;

/// Seals a report as a workbook.
fn sealed(workspace: &mut Workspace, reference: &str) -> corridor::domain::id::Id {
    let id = workspace.find(&[RecordKind::Report], reference).unwrap();
    let sealing = workspace.seal_report(id, None, &[FileFormat::Xlsx], "Sent by post", &Watch::default()).unwrap();
    workspace.write(Write::Seal(Box::new(sealing))).unwrap_or_else(|error| panic!("{error}")).id.unwrap()
}

fn would_read(workspace: &Workspace) -> Vec<(String, Vec<String>)> {
    let found = workspace.sealed_standings(&Watch::default()).unwrap();
    let words = |one: &Sealed| one.would_read().iter().map(Difference::sentence).collect::<Vec<_>>();
    found.iter().filter(|one| !one.would_read().is_empty()).map(|one| (one.title.clone(), words(one))).collect()
}

/// The first receipt says 470 instead of 480 courses.
fn corrected(workspace: &mut Workspace) {
    apply(
        workspace,
        &[
            json!({"op":"edit","kind":"shipment","reference":"S1","set":{"lines":[{"number":1,"item":"TB","quantity":500,"value":"USD 5,000"}]}}),
            json!({"op":"edit","kind":"receipt","reference":"R1","set":{"lines":[{"line":1,"received":470,"lost":30}]}}),
        ],
    );
}

#[test]
fn a_correction_flags_the_sealed_reports_of_both_donors_figure_by_figure() {
    let mut workspace = two_donors();
    for reference in ["RX", "RY"] {
        sealed(&mut workspace, reference);
    }
    assert_eq!(would_read(&workspace), []);
    corrected(&mut workspace);
    let found = would_read(&workspace);
    assert_eq!(
        found.iter().map(|(title, _)| title.as_str()).collect::<Vec<_>>(),
        ["Interim report to Y", "Interim report to X"]
    );
    for ((_, said), own) in found.iter().zip(["would now read 376, not 380", "would now read 564, not 570"]) {
        for part in [
            "The programme as a whole, TB course, usable: would now read 940, not 950",
            "The programme as a whole, TB course, received: would now read 970, not 980",
            &format!("Planned against delivered, TB course, usable: {own}"),
        ] {
            assert!(said.iter().any(|one| one == part), "{part} is missing in {said:?}");
        }
    }
    workspace.write(Write::Undo).unwrap();
    assert_eq!(would_read(&workspace), [], "what was corrected by mistake is taken back");
}

#[test]
fn the_file_that_was_sealed_stays_as_it_left_the_house() {
    let mut workspace = two_donors();
    let id = sealed(&mut workspace, "RX");
    corrected(&mut workspace);
    apply(
        &mut workspace,
        &[json!({"op":"edit","kind":"report","reference":"RX","set":{"until":"2026-12-31","title":"Other"}})],
    );
    let kept = workspace.sealed(id).unwrap();
    assert_eq!(words(table(&kept.document, "delivered"), "TB course", "usable"), "570");
    let seal = workspace.record_by_references(id).unwrap();
    assert_eq!((&seal["of"], &seal["as_of"]), (&json!("report:RX"), &json!("2026-06-30")));
    let file = &seal["files"][0];
    assert_eq!(file["name"], "Interim report to X.xlsx");
    assert!(workspace.kept_file(file["sha256"].as_str().unwrap()).unwrap().starts_with(b"PK"));
    let found = would_read(&workspace);
    assert_eq!(found.len(), 1, "it is made again with the days it was sealed with");
    assert!(found[0].1.iter().all(|said| !said.contains("2026-12")), "{found:?}");
}

#[test]
fn a_restatement_is_drafted_with_every_figure_as_it_was_and_as_it_is() {
    let mut workspace = two_donors();
    let id = sealed(&mut workspace, "RX");
    let refused = workspace.write(Write::Restate { seal: id }).unwrap_err().to_string();
    assert!(refused.contains("nothing to restate"), "{refused}");
    corrected(&mut workspace);
    let drafted = workspace.write(Write::Restate { seal: id }).unwrap().id.unwrap();
    let record = workspace.record_by_references(drafted).unwrap();
    assert_eq!(record["title"], "Interim report to X, restated");
    assert_eq!(record["sections"][0]["title"], "Restatement");
    assert_eq!(record["sections"][1]["title"], "Results");
    let text = record["sections"][0]["text"].as_str().unwrap();
    assert!(text.contains("takes the place of “Interim report to X” of 2026-11-24"), "{text}");
    assert!(text.contains("The programme as a whole, TB course, usable: 940, before 950."), "{text}");
    let report = workspace.donor_report(drafted).unwrap();
    assert_eq!(words(table(&report.document, "programme"), "TB course", "usable"), "940");
    workspace.write(Write::Undo).unwrap();
    assert!(workspace.donor_report(drafted).is_err(), "one step takes the draft back");
}

#[test]
fn a_report_that_was_sealed_anew_is_asked_about_only_once() {
    let mut workspace = two_donors();
    sealed(&mut workspace, "RX");
    corrected(&mut workspace);
    sealed(&mut workspace, "RX");
    assert_eq!(would_read(&workspace), [], "the newer seal stands in its place");
    let found = workspace.sealed_standings(&Watch::default()).unwrap();
    assert_eq!(found.iter().map(|one| one.is_replaced).collect::<Vec<_>>(), [false, true]);
    assert!(matches!(found[1].standing, Standing::Differs(_)));
}

#[test]
fn a_sealed_report_whose_fund_is_gone_says_so_and_the_others_are_compared() {
    let mut workspace = two_donors();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"fund","record":{"reference":"FZ","title":"Small grant"}}),
            json!({"op":"create","kind":"report","record":{"reference":"RZ","title":"Report to Z","fund":"FZ","from":"2026-01-01","until":"2026-06-30"}}),
        ],
    );
    sealed(&mut workspace, "RZ");
    sealed(&mut workspace, "RX");
    corrected(&mut workspace);
    apply(
        &mut workspace,
        &[
            json!({"op":"edit","kind":"report","reference":"RZ","set":{"fund":"FY"}}),
            json!({"op":"delete","kind":"fund","reference":"FZ"}),
        ],
    );
    let found = workspace.sealed_standings(&Watch::default()).unwrap();
    assert!(found.iter().any(|one| matches!(one.standing, Standing::Lost(_))));
    assert!(found.iter().any(|one| !one.would_read().is_empty()));
}
