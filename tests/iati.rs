//! IATI: nothing is published that is not named, and what is published is valid.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use corridor::domain::record::PublishedPart;
use corridor::services::Workspace;
use serde_json::{Value, json};
use support::apply;
use support::donors::two_donors;

/// The two donors' programme with a publication of these parts; Y pays for another project too.
fn published(parts: &[&str], set: &Value) -> Workspace {
    let mut workspace = two_donors();
    let mut record = json!({"reference":"PUB","project":"P","publish":true,"parts":parts,
        "identifier":"US-EIN-000000000-TB2026","title":"TB care","description":"Medicine against TB & care <for all>",
        "organisation_id":"US-EIN-000000000","organisation_type":"21","sector":"12263","default_currency":"USD",
        "contact_email":"office@example.org"});
    for (name, value) in set.as_object().unwrap() {
        record[name] = value.clone();
    }
    apply(
        &mut workspace,
        &[
            with_counterpart(),
            json!({"op":"edit","kind":"project","reference":"P","set":{"starts_on":"2026-01-01","title":"TB care in Sariwon","partner":"CP"}}),
            json!({"op":"create","kind":"publication","record":record}),
        ],
    );
    workspace
}

fn with_counterpart() -> Value {
    json!({"op":"create","kind":"party","record":{"reference":"CP","name":"Secret Reception Office","roles":["counterpart"],"country":"KP"}})
}

fn written(workspace: &Workspace) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("activities.xml");
    workspace.save_iati(&path).unwrap();
    std::fs::read_to_string(path).unwrap()
}

fn all_parts() -> Vec<&'static str> {
    PublishedPart::ALL.iter().map(|part| part.word()).collect()
}

#[test]
fn nothing_is_published_that_is_not_named() {
    let xml = written(&published(&[], &json!({})));
    for held in ["Donor", "Sariwon", "KP06", "60000", "12960", "cured", "office@", "Secret"] {
        assert!(!xml.contains(held), "{held} stands in\n{xml}");
    }
    for element in ["iati-identifier", "reporting-org", "title", "description", "participating-org", "activity-status"]
    {
        assert!(xml.contains(&format!("<{element}")), "{element}");
    }
    assert!(xml.contains("TB &amp; care &lt;for all&gt;"), "{xml}");
}

#[test]
fn each_part_brings_its_own_elements_and_never_a_place_below_the_province() {
    let xml = written(&published(&all_parts(), &json!({})));
    for there in [
        "Donor X",
        "ref=\"KP06\"",
        "North Hwanghae",
        ">60000.00<",
        ">12000.00<",
        "Patients cured",
        "office@example.org",
    ] {
        assert!(xml.contains(there), "{there} is missing in\n{xml}");
    }
    for held in ["Sariwon", "Pongsan", "hospital", "Secret", "Freight", "TB courses"] {
        assert!(!xml.contains(held), "{held} stands in\n{xml}");
    }
    let order = [
        "iati-identifier",
        "reporting-org",
        "<title",
        "<description",
        "participating-org",
        "activity-status",
        "activity-date",
        "contact-info",
        "recipient-country",
        "<location",
        "<sector",
        "default-aid-type",
        "<budget",
        "<transaction",
        "<result",
    ];
    let places: Vec<usize> = order.iter().map(|element| xml.find(element).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_publication_that_is_off_publishes_nothing_and_a_broken_rule_refuses() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("activities.xml");
    let off = published(&all_parts(), &json!({"publish":false}));
    assert!(off.iati().unwrap().activities.activities.is_empty());
    assert!(off.save_iati(&path).unwrap_err().to_string().contains("No project is published"));
    let broken = published(&[], &json!({"organisation_type":"99","description":"","sector":"74010"}));
    let said = broken.save_iati(&path).unwrap_err().to_string();
    for part in ["“99” is not a type of organisation", "no public description", "74010 is withdrawn", "rule 4.2.1"]
    {
        assert!(said.contains(part), "{part} is missing in {said}");
    }
    assert!(!path.exists());
}

#[test]
fn money_that_is_shared_with_another_project_is_left_out_and_said() {
    let mut workspace = published(&all_parts(), &json!({}));
    apply(
        &mut workspace,
        &[json!({"op":"create","kind":"project","record":{"reference":"P2","title":"Other","funds":["FX","FY"]}})],
    );
    let published = workspace.iati().unwrap();
    assert!(published.activities.activities[0].transactions.is_empty());
    assert!(published.notes.iter().any(|note| note.contains("“Grant X” pays for other projects too")));
}

#[test]
#[ignore = "needs xmllint and the schema of the standard: run by .ci/run"]
fn what_is_written_is_valid_by_the_schema() {
    let schema = std::env::var("CORRIDOR_IATI_SCHEMA")
        .unwrap_or_else(|_| "../shared/standards/iati/iati-activities-schema.xsd".to_owned());
    if !Path::new(&schema).exists() {
        writeln!(std::io::stderr(), "The schema is not at {schema}, so nothing was compared. Set CORRIDOR_IATI_SCHEMA")
            .unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("activities.xml");
    let valid = |path: &Path| {
        let checked =
            Command::new("xmllint").args(["--nonet", "--noout", "--schema", &schema]).arg(path).output().unwrap();
        (checked.status.success(), String::from_utf8_lossy(&checked.stderr).into_owned())
    };
    for parts in [Vec::new(), all_parts()] {
        published(&parts, &json!({})).save_iati(&path).unwrap();
        let (holds, said) = valid(&path);
        assert!(holds, "{said}");
    }
    let broken = std::fs::read_to_string(&path).unwrap().replace("<activity-status code=\"2\"/>", "");
    std::fs::write(&path, broken).unwrap();
    assert!(!valid(&path).0, "the proof that a missing element is found");
}
