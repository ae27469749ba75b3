//! Donor reports: the figures of two donors of one programme, and what each table says of itself.

mod support;

use corridor::domain::document::{Block, Cell};
use corridor::formats::hxl;
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
