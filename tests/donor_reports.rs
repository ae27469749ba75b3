//! Donor reports: the figures of two donors of one programme, and every figure equal to the list behind it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeMap;

use corridor::domain::document::difference::Difference;
use corridor::domain::document::{Block, Cell, Table};
use corridor::domain::money::Money;
use corridor::domain::quantity::Quantity;
use corridor::domain::record::{AgeBand, RecordKind, Sex};
use corridor::formats::hxl;
use corridor::services::queries::{LinesQuery, ReachQuery, ReachTable};
use corridor::services::reports::{Behind, DonorReport, Figure};
use corridor::services::sealed::{Sealed, Standing};
use corridor::services::{Answer, FileFormat, Query, Watch, Workspace, Write};
use serde_json::json;
use support::donors::{cell, report, table, two_donors, words};
use support::*;

#[test]
fn two_donors_of_one_programme_read_their_own_part_and_the_same_whole() {
    let workspace = two_donors();
    for (reference, planned, shipped, received, lost, damaged, usable, value) in [
        ("RX", "600", "600", "588", "12", "18", "570", "USD 6,000.00"),
        ("RY", "400", "400", "392", "8", "12", "380", "USD 4,000.00"),
    ] {
        let report = report(&workspace, reference);
        let delivered = table(&report.document, "delivered");
        for (column, expected) in [
            ("planned", planned),
            ("shipped", shipped),
            ("received", received),
            ("lost", lost),
            ("damaged", damaged),
            ("usable", usable),
            ("of_plan", "95 %"),
            ("value", value),
        ] {
            assert_eq!(words(delivered, "TB course", column), expected, "{reference} {column}");
        }
        let programme = table(&report.document, "programme");
        for (column, expected) in
            [("planned", "1,000"), ("shipped", "1,000"), ("received", "980"), ("usable", "950"), ("of_fund", usable)]
        {
            assert_eq!(words(programme, "TB course", column), expected, "{reference} {column}");
        }
    }
}

#[test]
fn people_of_two_donors_stand_in_both_reports_and_once_in_the_programme() {
    let workspace = two_donors();
    for reference in ["RX", "RY"] {
        let report = report(&workspace, reference);
        let people = table(&report.document, "people");
        assert_eq!(
            people.totals.iter().map(Cell::words).collect::<Vec<_>>(),
            ["In all", "430", "500", "0", "930", "0"]
        );
        let once = table(&report.document, "people_once");
        assert_eq!(words(once, "Activities that this grant pays for", "people"), "930");
        assert_eq!(words(once, "TB care, whoever pays", "people"), "930");
        assert_eq!(words(table(&report.document, "targets"), "TB patients", "reached"), "930");
    }
}

#[test]
fn money_paid_in_another_currency_shows_its_rate_and_the_day_of_the_rate() {
    let workspace = two_donors();
    let report = report(&workspace, "RX");
    let spending = table(&report.document, "spending");
    for (column, expected) in
        [("paid", "EUR 12,000.00"), ("counted", "USD 12,960.00"), ("rate", "1.08"), ("rate_on", "2026-03-01")]
    {
        assert_eq!(words(spending, "EUR", column), expected);
    }
    let money = table(&report.document, "money");
    assert_eq!(words(money, "1. Medicines", "spent"), "USD 12,960.00");
    assert_eq!(words(money, "1. Medicines", "left"), "USD 27,040.00");
    assert_eq!(money.totals[3].words(), "USD 14,460.00");
}

#[test]
fn an_expense_without_a_rate_is_in_no_sum_and_the_report_says_so() {
    let mut workspace = two_donors();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"expense","record":{"fund":"FX","on":"2026-02-05","amount":"EUR 7","what":"Before any rate"}}),
        ],
    );
    let report = report(&workspace, "RX");
    let money = table(&report.document, "money");
    assert_eq!(money.totals[3].words(), "USD 14,460.00");
    assert!(money.notes.iter().any(|note| note.contains("1 expense of the period is in no sum")), "{:?}", money.notes);
}

#[test]
fn compliance_names_the_letter_with_what_was_used_against_what_was_approved() {
    let report = report(&two_donors(), "RX");
    let compliance = table(&report.document, "compliance");
    for (column, expected) in [
        ("hs_code", "300420"),
        ("reference", "S/2026/1"),
        ("decided_on", "2026-02-01"),
        ("valid_until", "2027-01-31"),
        ("approved", "1,200"),
        ("used", "500"),
        ("left", "700"),
    ] {
        assert_eq!(words(compliance, "TB course", column), expected, "{column}");
    }
}

#[test]
fn places_bear_the_code_of_the_place_they_lie_in_and_the_timeline_goes_from_request_to_visit() {
    let report = report(&two_donors(), "RX");
    let places = table(&report.document, "places");
    assert_eq!(words(places, "Sariwon hospital", "p_code"), "KP06");
    assert_eq!(words(places, "Sariwon hospital", "province"), "North Hwanghae");
    assert_eq!(words(places, "Pongsan clinic", "p_code"), "KP0608");
    assert_eq!(words(places, "Pongsan clinic", "handed_out"), "240");
    let timeline = table(&report.document, "timeline");
    let what: Vec<String> = timeline.rows.iter().map(|row| format!("{} {}", row[0].words(), row[1].words())).collect();
    assert_eq!(
        what,
        [
            "2026-01-10 Request: sent",
            "2026-02-01 Decision: approved",
            "2026-03-01 Shipment: dispatched",
            "2026-03-10 Shipment: entered the country",
            "2026-03-20 Goods received",
            "2026-04-01 Shipment: dispatched",
            "2026-04-20 Goods received",
            "2026-05-01 Goods handed out",
            "2026-05-15 Visit: end-use check",
        ]
    );
}

#[test]
fn every_table_says_its_period_its_cut_off_and_what_is_counted_under_known_tags() {
    let report = report(&two_donors(), "RX");
    assert_eq!(report.document.tables().count(), 12, "seven tables, and those that belong to them");
    for table in report.document.tables() {
        assert!(table.notes.iter().any(|note| note.contains("2026-06-30")), "{}: {:?}", table.key, table.notes);
        assert!(table.notes.len() > 1, "{} does not say what is counted", table.key);
        for row in table.rows.iter().chain([&table.totals].into_iter().filter(|row| !row.is_empty())) {
            assert_eq!(row.len(), table.columns.len(), "{}", table.key);
        }
        for column in &table.columns {
            assert!(hxl::is_known(&column.hxl), "{} {}", table.key, column.hxl);
            assert!(!column.name.is_empty());
        }
    }
    let charts = report.document.blocks.iter().filter(|block| matches!(block, Block::Chart(_))).count();
    assert_eq!(charts, 2, "goods and money");
}

#[test]
fn sections_bear_the_donors_titles_and_texts_and_say_where_one_is_missing() {
    let report = report(&two_donors(), "RX");
    let heading = |text: &str| Block::Heading { level: 1, text: text.to_owned() };
    let blocks = &report.document.blocks;
    assert_eq!(blocks[..2], [heading("Results"), Block::Text("All went well.".into())]);
    assert!(matches!(&blocks[2], Block::Table(table) if table.key == "delivered"));
    assert!(blocks.contains(&heading("Lessons learned")) && blocks.contains(&heading("Tables")));
    assert_eq!(report.unwritten, ["Lessons learned"]);
}

#[test]
fn what_happens_after_the_cut_off_is_not_counted() {
    let mut workspace = two_donors();
    apply(&mut workspace, &[json!({"op":"edit","kind":"report","reference":"RX","set":{"as_of":"2026-04-10"}})]);
    let report = report(&workspace, "RX");
    let delivered = table(&report.document, "delivered");
    assert_eq!(words(delivered, "TB course", "planned"), "600", "the plan stands");
    assert_eq!(words(delivered, "TB course", "received"), "288");
    assert!(delivered.notes[0].contains("as of 2026-04-10") && delivered.notes[0].contains("not over"));
    assert_eq!(cell(table(&report.document, "indicators"), "1.1 Patients cured", "actual"), &Cell::Empty);
}

/// What the rows of a list of goods add up to.
fn sum_of_lines(workspace: &Workspace, query: &LinesQuery, site: Option<&str>) -> i64 {
    let Answer::Lines(keys) = workspace.answer(&Query::Lines(query.clone())).unwrap() else { panic!("no list") };
    let keys = keys.to_vec();
    let Answer::LineRows(rows) = workspace.answer(&Query::LineRows { as_of: query.as_of, keys }).unwrap() else {
        panic!("no rows")
    };
    let at_site = rows.iter().filter(|row| site.is_none_or(|site| row.site == site));
    at_site.map(|row| Quantity::parse(&row.quantity).unwrap().thousandths()).sum()
}

/// What the receipts of a list of goods say was damaged and lost, in the base unit, as the fund shares it.
fn losses_of_lines(workspace: &Workspace, query: &LinesQuery) -> [i64; 2] {
    let Answer::Lines(keys) = workspace.answer(&Query::Lines(query.clone())).unwrap() else { panic!("no list") };
    let keys = keys.to_vec();
    let Answer::LineRows(rows) = workspace.answer(&Query::LineRows { as_of: query.as_of, keys }).unwrap() else {
        panic!("no rows")
    };
    let mut sums = [0; 2];
    for row in rows {
        let receipt = workspace.record_by_references(row.key.record).unwrap();
        let line = &receipt["lines"][0];
        let counted = |field: &str| Quantity::parse(line[field].as_str().unwrap_or("0")).unwrap().thousandths();
        let in_base = if row.reference.starts_with("R1") { 20 } else { 1 };
        let share = if row.fund == "FX" { 60 } else { 40 };
        for (sum, field) in sums.iter_mut().zip(["damaged", "lost"]) {
            *sum += counted(field) * in_base * share / 100;
        }
    }
    sums
}

fn reached(workspace: &Workspace, query: &ReachQuery) -> ReachTable {
    match workspace.answer(&Query::Reach(query.clone())).unwrap() {
        Answer::Reach(table) => ReachTable::clone(&table),
        other => panic!("{other:?}"),
    }
}

fn people(found: &ReachTable, age: &str, column: &str) -> i64 {
    let sex = match column {
        "female" => Some(Sex::Female),
        "male" => Some(Sex::Male),
        "not_told" => Some(Sex::All),
        _ => None,
    };
    let age = AgeBand::ALL.iter().find(|band| band.label() == age);
    let rows = found.rows.iter().filter(|row| {
        sex.is_none_or(|sex| row.sex == sex) && age.is_none_or(|age| row.age == *age) && column != "estimated"
    });
    i64::try_from(rows.map(|row| row.people).sum::<u64>()).unwrap()
}

/// What the records of a list were paid, by budget line or by currency, turned at the one rate of the fixture.
fn paid(workspace: &Workspace, behind: &Behind, wanted: &str) -> BTreeMap<String, i64> {
    let Behind::Records(query) = behind else { panic!("{behind:?}") };
    let mut sums = BTreeMap::new();
    for id in ids(workspace, query.clone()) {
        let expense = workspace.record_by_references(id).unwrap();
        let amount = Money::parse(expense["amount"].as_str().unwrap()).unwrap();
        let minor = if wanted == "currency" || amount.currency() == "USD" {
            amount.minor()
        } else {
            amount.minor() * 108 / 100
        };
        let key = if wanted == "currency" { amount.currency().to_owned() } else { expense["budget_line"].to_string() };
        *sums.entry(key).or_default() += minor;
    }
    sums
}

/// The figure as the list behind it has it.
fn of_list(workspace: &Workspace, table: &Table, figure: &Figure, as_of: &str) -> Cell {
    let row = figure.row.map_or(&table.totals, |row| &table.rows[row]);
    match &figure.behind {
        Behind::Lines(query) => {
            let site = (table.key == "places").then(|| row[0].words());
            let [damaged, lost] = if ["lost", "damaged", "usable"].contains(&figure.column) {
                losses_of_lines(workspace, query)
            } else {
                [0, 0]
            };
            Cell::Quantity(match figure.column {
                "lost" => lost,
                "damaged" => damaged,
                "usable" => sum_of_lines(workspace, query, None) - damaged,
                _ => sum_of_lines(workspace, query, site.as_deref()),
            })
        }
        Behind::Reach(query) => Cell::Count(people(&reached(workspace, query), &row[0].words(), figure.column)),
        Behind::Records(_) => {
            let by_currency = table.key == "spending";
            let sums = paid(workspace, &figure.behind, if by_currency { "currency" } else { "line" });
            let number = row[0].words();
            let own = number.split('.').next().unwrap_or_default().to_owned();
            let whole = figure.row.is_none();
            let minor = if whole { sums.values().sum() } else { sums.get(&own).copied().unwrap_or_default() };
            Cell::Money(Money::of(minor, if by_currency { &own } else { "USD" }))
        }
        Behind::One(id) => of_record(workspace, *id, row, figure, as_of),
    }
}

/// The figure as the page of the one record behind it has it.
fn of_record(workspace: &Workspace, id: corridor::domain::id::Id, row: &[Cell], figure: &Figure, as_of: &str) -> Cell {
    let shown = format!("{:?}", detail(workspace, id, as_of).sections);
    let record = workspace.record_by_references(id).unwrap();
    let at = |name: &str| {
        row[match name {
            "baseline" => 2,
            "target" => 4,
            "actual" => 6,
            "approved" => 9,
            "used" => 10,
            "set_aside" => 11,
            _ => 12,
        }]
        .clone()
    };
    let own = at(figure.column);
    match figure.column {
        "baseline" | "target" => {
            let text = record[figure.column].as_str().unwrap();
            Cell::Quantity(Quantity::parse(text).unwrap().thousandths())
        }
        _ if shown.contains(&own.words()) => own,
        _ => panic!("{} is not in {shown}", own.words()),
    }
}

fn figures_equal_their_lists(workspace: &Workspace, report: &DonorReport, as_of: &str) -> usize {
    for figure in &report.figures {
        let table = table(&report.document, &figure.table);
        let row = figure.row.map_or(&table.totals, |row| &table.rows[row]);
        let at = table.columns.iter().position(|column| column.name == figure.column).unwrap();
        assert_eq!(
            row[at],
            of_list(workspace, table, figure, as_of),
            "{} {:?} {}",
            figure.table,
            figure.row,
            figure.column
        );
    }
    report.figures.len()
}

#[test]
fn every_figure_equals_the_list_behind_it() {
    let mut workspace = two_donors();
    for as_of in ["2026-03-25", "2026-04-30", "2026-06-30"] {
        for reference in ["RX", "RY"] {
            apply(&mut workspace, &[json!({"op":"edit","kind":"report","reference":reference,"set":{"as_of":as_of}})]);
            let compared = figures_equal_their_lists(&workspace, &report(&workspace, reference), as_of);
            assert!(compared > 30, "{compared}");
        }
    }
    let id = workspace.find(&[RecordKind::Report], "RX").unwrap();
    assert_eq!(workspace.donor_report(id).unwrap(), report(&workspace, "RX"), "the same again");
}

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
