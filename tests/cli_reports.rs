//! `report` and `seal` as a user types them, on the demo.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/command.rs"]
mod command;

use std::path::Path;

use serde_json::Value;

const DEMO: &str = "demo/demo.corridor";

fn words(line: &str) -> Vec<&str> {
    line.split(' ').chain(["--in", DEMO]).collect()
}

fn done(folder: &Path, line: &str) -> String {
    command::done(folder, &words(line))
}

fn json(folder: &Path, line: &str) -> Value {
    serde_json::from_str(&done(folder, &format!("{line} --json"))).unwrap()
}

fn refused(folder: &Path, line: &str) -> String {
    let output = command::corridor(folder, &words(line));
    assert!(!output.status.success(), "{line}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn demo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    command::done(folder.path(), &["demo", "--no-window"]);
    folder
}

#[test]
fn a_copy_for_an_audience_leaves_out_what_it_does_not_get_and_says_so() {
    let folder = demo();
    let at = folder.path();
    let whole = done(at, "report make HAI-RPT-2026-01 --out whole.txt");
    assert!(!whole.contains("Left out"), "{whole}");
    let said = done(at, "report make HAI-RPT-2026-01 --audience public --out public.txt");
    assert!(said.contains("Left out: "), "{said}");
    let text = |name: &str| std::fs::read_to_string(at.join(name)).unwrap();
    for word in ["Local counterpart", "Prepared by"] {
        let value = |name: &str| text(name).lines().find(|line| line.contains(word)).unwrap().to_owned();
        assert!(!value("whole.txt").contains("[left out]"), "{}", value("whole.txt"));
        assert!(value("public.txt").contains("[left out]"), "{}", value("public.txt"));
    }
    let refused = refused(at, "report make HAI-RPT-2026-01 --audience nobody --out x.txt");
    assert!(refused.contains("nobody"), "{refused}");
    assert!(!at.join("x.txt").exists());
}

#[test]
fn a_report_is_listed_made_sealed_and_held_against_the_record() {
    let folder = demo();
    let at = folder.path();
    let listed = done(at, "report list");
    assert!(listed.contains("HAI-RPT-2026-01") && listed.contains("Draft"), "{listed}");
    let made = json(at, "report make HAI-RPT-2026-01 --out interim.xlsx");
    assert_eq!(made["files"][0], "interim.xlsx");
    assert_eq!(made["without_text"], Value::Array(Vec::new()));
    assert!(std::fs::read(at.join("interim.xlsx")).unwrap().starts_with(b"PK"));
    for (file, begins) in [("interim.pdf", "%PDF-"), ("interim.docx", "PK"), ("interim.txt", "Interim report 2026")] {
        done(at, &format!("report make HAI-RPT-2026-01 --out {file}"));
        assert!(std::fs::read(at.join(file)).unwrap().starts_with(begins.as_bytes()), "{file}");
    }
    let tables: Vec<&str> = made["tables"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
    for key in ["delivered", "people", "indicators", "money", "compliance", "places", "timeline"] {
        assert!(tables.contains(&key), "{key} is missing in {tables:?}");
    }
    let sealed = done(at, "seal HAI-RPT-2026-01 --format xlsx --note sent");
    assert!(sealed.contains("Sealed the donor report of Report HAI-RPT-2026-01"), "{sealed}");
    assert!(done(at, "report list").contains("Sealed on"));
    let seal = json(at, "report list")["sealed"][0]["reference"].as_str().unwrap().to_owned();
    let nothing = refused(at, &format!("report restate {seal}"));
    assert!(nothing.contains("nothing to restate"), "{nothing}");
    done(at, "set expense EXP-26-02 budget_line=4");
    let listed = done(at, "report list");
    assert!(
        listed.contains("4. Monitoring, spent in the period: would now read EUR 2,182.40, not EUR 0.00"),
        "{listed}"
    );
    done(at, &format!("report restate {seal}"));
    assert!(done(at, "report list").contains("Interim report 2026, restated"));
}

#[test]
fn what_cannot_be_made_is_refused_with_what_to_write() {
    let folder = demo();
    let at = folder.path();
    for (line, why) in [
        ("report make NOTHING", "NOTHING"),
        ("report make HAI-RPT-2026-01 --out interim.xyz", "Let its name end in one of .pdf"),
        ("report make HAI-RPT-2026-01 --format csv", "Save it as a workbook"),
        ("report make HAI-RPT-2026-01 --format zip", "names no original"),
        ("report make HAI-RPT-2026-01 --format doc", "write one of"),
        ("seal HAI-RPT-2026-01 --format zip", "names no original"),
    ] {
        let said = refused(at, line);
        assert!(said.contains(why), "{line}: {said}");
    }
    assert_eq!(std::fs::read_dir(at).unwrap().count(), 1, "nothing was left behind");
}

#[test]
fn what_is_published_is_told_and_written_and_holds_no_counterpart() {
    let folder = demo();
    let at = folder.path();
    let told = done(at, "iati");
    assert!(told.contains("US-EIN-000000000-TB: TB care in two counties"), "{told}");
    let written = json(at, "iati --out activities.xml");
    assert_eq!(written["activities"][0]["provinces"], serde_json::json!(["KP08", "KP11"]));
    let xml = std::fs::read_to_string(at.join("activities.xml")).unwrap();
    for held in ["Maehwa", "Hanbyol", "Whitcombe", "Baltic", "Pongsan"] {
        assert!(!xml.contains(held), "{held}");
    }
    done(at, "set publication HAI-PUB-TB organisation_type=99");
    let said = refused(at, "iati --out other.xml");
    assert!(said.contains("“99” is not a type of organisation"), "{said}");
    assert!(!at.join("other.xml").exists());
}
