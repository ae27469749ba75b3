//! Goods and money through the services: from purchase to distribution, and every figure equal to the rows behind it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use corridor::domain::goods::GoodsBy;
use corridor::domain::id::Id;
use corridor::domain::record::{LineRole, RecordKind};
use corridor::services::queries::{
    COMPARED, DetailValue, GoodsFigure, GoodsQuery, GoodsTable, LineFilter, LineRow, LinesQuery, SortLines, Sources,
};
use corridor::services::{Answer, Query, Workspace, Write};
use serde_json::json;
use support::*;

/// Two donors share a thousand courses, which go from a store in Dalian to two hospitals in two consignments.
fn courses() -> Workspace {
    let mut workspace = workspace();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"party","record":{"reference":"SUP","name":"Generic Medicines"}}),
            json!({"op":"create","kind":"site","record":{"reference":"DLC","name":"Dalian store","country":"CN"}}),
            json!({"op":"create","kind":"site","record":{"reference":"HOSP","name":"Provincial hospital","country":"KP"}}),
            json!({"op":"create","kind":"item","record":{"reference":"TB","name":"TB course","name_ko":"다제내성결핵치료제","base_unit":"H87","category":"tb","packs":[{"name":"Carton of 20","unit":"XCT","contains":20}]}}),
            json!({"op":"create","kind":"fund","record":{"reference":"FX","title":"Donor X","amount":"USD 60,000","starts_on":"2026-01-01","ends_on":"2026-12-31","budget":[{"number":1,"title":"Medicines","amount":"USD 13,000"}]}}),
            json!({"op":"create","kind":"fund","record":{"reference":"FY","title":"Donor Y","amount":"USD 40,000"}}),
            json!({"op":"create","kind":"project","record":{"reference":"P","title":"TB care","ends_on":"2026-12-31","plan":[{"item":"TB","quantity":1000,"due_on":"2026-06-30"},{"item":"TB","quantity":"0.5"}],"shares":[{"fund":"FX","percent":60},{"fund":"FY","percent":40}]}}),
            json!({"op":"create","kind":"purchase","record":{"reference":"PO","supplier":"SUP","project":"P","ordered_on":"2026-01-05","lines":[{"item":"TB","quantity":50,"unit":"XCT"}]}}),
            json!({"op":"create","kind":"lot","record":{"reference":"L","item":"TB","batch":"B7","quantity":50,"unit":"XCT","on":"2026-02-01","site":"DLC","purchase":"PO","expires_on":"2026-11-30","shares":[{"fund":"FX","percent":60},{"fund":"FY","percent":40}]}}),
            json!({"op":"create","kind":"shipment","record":{"reference":"S1","project":"P","started_on":"2026-02-02","from_site":"DLC","lines":[{"item":"TB","quantity":500,"lot":"L"}]}}),
            json!({"op":"create","kind":"shipment","record":{"reference":"S2","project":"P","started_on":"2026-02-02","from_site":"DLC","lines":[{"item":"TB","quantity":500,"lot":"L"}]}}),
            json!({"op":"create","kind":"shipment_event","record":{"shipment":"S1","kind":"dispatched","on":"2026-03-01"}}),
            json!({"op":"create","kind":"shipment_event","record":{"shipment":"S2","kind":"dispatched","on":"2026-04-01"}}),
            json!({"op":"create","kind":"receipt","record":{"reference":"R1","shipment":"S1","on":"2026-03-20","site":"HOSP","lines":[{"line":1,"received":480,"lost":20}]}}),
            json!({"op":"create","kind":"receipt","record":{"reference":"R2","shipment":"S2","on":"2026-04-20","site":"HOSP","lines":[{"line":1,"received":500,"damaged":30}]}}),
            json!({"op":"create","kind":"distribution","record":{"reference":"D1","shipment":"S1","on":"2026-05-01","site":"HOSP","lines":[{"line":1,"quantity":400}]}}),
        ],
    );
    workspace
}

fn goods(workspace: &Workspace, by: GoodsBy, as_of: &str, from: Option<&str>) -> GoodsTable {
    let query = GoodsQuery { as_of: day(as_of), sources: Sources::Own, by, from: from.map(day), to: None };
    match workspace.answer(&Query::Goods(query)).unwrap() {
        Answer::Goods(table) => GoodsTable::clone(&table),
        other => panic!("{other:?}"),
    }
}

fn quantities(figures: [GoodsFigure; 4]) -> [i64; 4] {
    figures.map(|figure| figure.quantity)
}

fn lines(workspace: &Workspace, role: LineRole, as_of: &str, filter: LineFilter) -> Vec<LineRow> {
    let query =
        LinesQuery { role, as_of: day(as_of), sources: Sources::Own, filter, sort: SortLines::Day, descending: false };
    let Answer::Lines(list) = workspace.answer(&Query::Lines(query.clone())).unwrap() else { panic!("no list") };
    let keys = list.to_vec();
    let Answer::LineTotals(totals) = workspace.answer(&Query::LineTotals(query)).unwrap() else { panic!("no totals") };
    assert_eq!(totals.iter().map(|total| total.figure.lines).sum::<i64>(), i64::try_from(keys.len()).unwrap());
    match workspace.answer(&Query::LineRows { as_of: day(as_of), keys }).unwrap() {
        Answer::LineRows(rows) => rows,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_planned_shipped_received_and_handed_out_is_known_on_every_day() {
    let workspace = courses();
    for (on, figures) in [
        ("2026-02-28", [1_000_500, 0, 0, 0]),
        ("2026-03-01", [1_000_500, 500_000, 0, 0]),
        ("2026-04-01", [1_000_500, 1_000_000, 480_000, 0]),
        ("2026-05-01", [1_000_500, 1_000_000, 980_000, 400_000]),
    ] {
        let table = goods(&workspace, GoodsBy::Item, on, None);
        assert_eq!(table.rows.len(), 1, "{on}");
        assert_eq!(quantities(table.rows[0].figures), figures, "{on}");
    }
    let april = goods(&workspace, GoodsBy::Item, "2026-05-01", Some("2026-04-01"));
    assert_eq!(quantities(april.rows[0].figures), [1_000_500, 500_000, 500_000, 400_000], "from April on");
    let today = goods(&workspace, GoodsBy::Item, "2026-05-01", Some("2026-07-01"));
    assert_eq!(quantities(today.rows[0].figures), [500, 0, 0, 0], "a period that has not begun");
}

#[test]
fn a_year_is_cut_into_its_months_and_what_has_no_day_stands_apart() {
    let workspace = courses();
    let table = goods(&workspace, GoodsBy::Month, "2026-11-24", None);
    let rows: Vec<_> = table.rows.iter().map(|row| (row.label.as_str(), quantities(row.figures))).collect();
    assert_eq!(
        rows,
        [
            ("2026-03", [0, 500_000, 480_000, 0]),
            ("2026-04", [0, 500_000, 500_000, 0]),
            ("2026-05", [0, 0, 0, 400_000]),
            ("2026-06", [1_000_000, 0, 0, 0]),
            ("2026-12", [500, 0, 0, 0]),
        ]
    );
}

#[test]
fn two_donors_share_every_row_to_the_last_unit() {
    let workspace = courses();
    let table = goods(&workspace, GoodsBy::Fund, "2026-11-24", None);
    let of = |label: &str| quantities(table.rows.iter().find(|row| row.label == label).unwrap().figures);
    assert_eq!(of("Donor X"), [600_300, 600_000, 588_000, 240_000]);
    assert_eq!(of("Donor Y"), [400_200, 400_000, 392_000, 160_000]);
    assert_eq!(table.rows.len(), 2);
}

#[test]
fn every_figure_of_goods_equals_the_rows_behind_it() {
    let workspace = courses();
    for by in GoodsBy::ALL.iter().copied() {
        for on in ["2026-03-01", "2026-04-20", "2026-11-24"] {
            for row in goods(&workspace, by, on, None).rows {
                let key = Some(row.key.unwrap_or(Id(0)));
                for (role, figure) in COMPARED.into_iter().zip(row.figures) {
                    let mut filter = LineFilter { unit: Some(row.unit.clone()), ..LineFilter::default() };
                    match by {
                        GoodsBy::Category => filter.category = key,
                        GoodsBy::Item => filter.item = key,
                        GoodsBy::Project => filter.project = key,
                        GoodsBy::Fund => filter.fund = key,
                        GoodsBy::Month if row.reference.is_empty() => filter.to = Some(day("0001-01-01")),
                        GoodsBy::Month => {
                            let month = corridor::domain::date::FuzzyDate::parse(&row.reference).unwrap();
                            (filter.from, filter.to) = (Some(month.first()), Some(month.last()));
                        }
                    }
                    let rows = lines(&workspace, role, on, filter);
                    assert_eq!(i64::try_from(rows.len()).unwrap(), figure.lines, "{by} {role} {on}");
                    let thousandths = |row: &LineRow| {
                        corridor::domain::quantity::Quantity::parse(&row.quantity).unwrap().thousandths()
                    };
                    assert_eq!(rows.iter().map(thousandths).sum::<i64>(), figure.quantity, "{by} {role} {on}");
                }
            }
        }
    }
}

#[test]
fn what_has_not_left_yet_is_listed_only_where_it_is_asked_for() {
    let mut workspace = courses();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"shipment","record":{"reference":"S3","project":"P","lines":[{"item":"TB","quantity":7}]}}),
        ],
    );
    let listed = |pending| {
        let rows = lines(&workspace, LineRole::Shipped, "2026-11-24", LineFilter { pending, ..LineFilter::default() });
        rows.into_iter().map(|row| (row.reference, row.on)).collect::<std::collections::BTreeSet<_>>()
    };
    assert!(!listed(false).iter().any(|(reference, _)| reference == "S3"));
    assert!(listed(true).contains(&("S3".to_owned(), String::new())));
}

#[test]
fn a_lot_waits_in_its_store_between_consignments_and_is_never_below_nothing() {
    let mut workspace = courses();
    let stage = |workspace: &Workspace, on: &str| status(workspace, RecordKind::Lot, "L", on);
    assert_eq!(stage(&workspace, "2026-02-01"), "in_store");
    assert_eq!(stage(&workspace, "2026-03-15"), "short_dated", "nine months before its last day");
    assert_eq!(stage(&workspace, "2026-04-01"), "gone");
    let said = refusal(
        &mut workspace,
        &[
            json!({"op":"create","kind":"movement","record":{"reference":"M1","lot":"L","kind":"damaged","on":"2026-03-10","quantity":1}}),
        ],
    );
    assert!(said.contains("500 leave Dalian store with Shipment S2 on 2026-04-01, but 499 lie there"), "{said}");
    let said = refusal(
        &mut workspace,
        &[json!({"op":"edit","kind":"shipment_event","reference":"S1/E1","set":{"on":"2026-01-31"}})],
    );
    assert!(said.contains("leave Dalian store with Shipment S1 on 2026-01-31, but 0 lie there"), "{said}");
    assert_eq!(status(&workspace, RecordKind::Purchase, "PO", "2026-02-01"), "delivered");
}

#[test]
fn more_cannot_be_handed_out_than_was_received_in_a_usable_state() {
    let mut workspace = courses();
    let said = refusal(
        &mut workspace,
        &[
            json!({"op":"create","kind":"distribution","record":{"reference":"D2","shipment":"S2","on":"2026-05-01","site":"HOSP","lines":[{"line":1,"quantity":471}]}}),
        ],
    );
    assert!(said.contains("471 handed out by 2026-05-01 with distribution D2, but 470 were received"), "{said}");
    let said = refusal(
        &mut workspace,
        &[
            json!({"op":"edit","kind":"receipt","reference":"R1","set":{"lines":[{"line":1,"received":390,"lost":110}]}}),
        ],
    );
    assert!(said.contains("400 handed out") && said.contains("D1") && said.contains("390"), "{said}");
}

#[test]
fn goods_used_after_their_last_day_are_flagged_and_nothing_typed_is_lost() {
    let mut workspace = courses();
    let done = apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"distribution","record":{"reference":"D2","shipment":"S2","on":"2026-12-02","site":"HOSP","lines":[{"line":1,"quantity":10}]}}),
        ],
    );
    let warned = done.warnings.join(" ");
    assert!(warned.contains("2 days after its last day: line 1 of batch B7 expired on 2026-11-30"), "{warned}");
    workspace.write(Write::Undo).unwrap();
    apply(&mut workspace, &[json!({"op":"edit","kind":"lot","reference":"L","set":{"expires_on":"2026-03-25"}})]);
    let shipment = row(&workspace, RecordKind::Shipment, "S2", "2026-11-24").id;
    let remarks = detail(&workspace, shipment, "2026-11-24").remarks.join(" ");
    assert!(remarks.contains("Shipped on 2026-04-01, 7 days after its last day"), "{remarks}");
    assert!(detail(&workspace, shipment, "2026-03-31").remarks.is_empty(), "not before it happened");
}

#[test]
fn an_expense_in_a_foreign_currency_counts_at_the_rate_of_its_day() {
    let mut workspace = courses();
    let done = apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"expense","record":{"reference":"E1","fund":"FX","budget_line":1,"on":"2026-03-05","amount":"EUR 12,000","what":"TB courses"}}),
        ],
    );
    assert!(done.warnings.join(" ").contains("No rate from EUR to USD is known on 2026-03-05"), "{:?}", done.warnings);
    for (reference, on, rate) in [("FX1", "2026-03-01", "1.08"), ("FX2", "2026-03-06", "1.2")] {
        apply(
            &mut workspace,
            &[
                json!({"op":"create","kind":"exchange_rate","record":{"reference":reference,"from":"EUR","to":"USD","rate":rate,"on":on,"source":"UN operational rate"}}),
            ],
        );
    }
    let expense = row(&workspace, RecordKind::Expense, "E1", "2026-11-24").id;
    let shown = format!("{:?}", detail(&workspace, expense, "2026-11-24").sections);
    assert!(shown.contains("USD 12,960.00 at 1.08, the rate of 2026-03-01"), "{shown}");
    assert!(detail(&workspace, expense, "2026-11-24").remarks.is_empty(), "the flag is gone");
    let fund = row(&workspace, RecordKind::Fund, "FX", "2026-11-24").id;
    let sections = detail(&workspace, fund, "2026-11-24").sections.clone();
    let spent = sections.iter().find(|section| section.heading == "Spent up to 2026-11-24").unwrap();
    let DetailValue::Table { rows, .. } = &spent.fields[0].1 else { panic!("no table") };
    assert!(format!("{:?}", rows[0]).contains("USD 40.00"), "13,000 - 12,960: {:?}", rows[0]);
}

#[test]
fn a_budget_line_that_is_overspent_is_flagged_from_the_day_on() {
    let mut workspace = courses();
    let expense = |reference: &str, on: &str, amount: &str| json!({"op":"create","kind":"expense","record":{"reference":reference,"fund":"FX","budget_line":1,"on":on,"amount":amount,"what":"TB courses"}});
    apply(
        &mut workspace,
        &[
            expense("E1", "2026-03-05", "USD 12,000"),
            expense("E2", "2026-06-05", "USD 1,000.01"),
            expense("E3", "2025-12-31", "USD 1"),
        ],
    );
    let fund = row(&workspace, RecordKind::Fund, "FX", "2026-11-24").id;
    let remarks = |on: &str| detail(&workspace, fund, on).remarks.join(" ");
    assert!(remarks("2026-06-05").contains("USD 13,001.01 spent of USD 13,000.00"), "{}", remarks("2026-06-05"));
    assert_eq!(remarks("2026-06-04"), "");
    let early = row(&workspace, RecordKind::Expense, "E3", "2026-11-24").id;
    assert!(detail(&workspace, early, "2026-11-24").remarks.join(" ").contains("before the grant starts"));
}

#[test]
fn bad_input_is_refused_with_the_record_and_the_figures() {
    let mut workspace = courses();
    for (operation, part) in [
        (
            json!({"op":"create","kind":"exchange_rate","record":{"from":"EUR","to":"USD","rate":"0","on":"2026-03-01","source":"Bank"}}),
            "The rate is 0",
        ),
        (
            json!({"op":"edit","kind":"lot","reference":"L","set":{"shares":[{"fund":"FX","percent":60},{"fund":"FY","percent":39.999}]}}),
            "The shares of all lines make 99.999 %",
        ),
        (
            json!({"op":"edit","kind":"shipment","reference":"S1","set":{"shares":[{"line":2,"fund":"FX","percent":100}]}}),
            "speak of line 2, which is not there",
        ),
        (
            json!({"op":"edit","kind":"fund","reference":"FX","set":{"budget":[{"number":1,"title":"A","amount":"USD 60,000.01"}]}}),
            "The lines make USD 60,000.01, the grant is USD 60,000.00",
        ),
        (
            json!({"op":"create","kind":"distribution","record":{"shipment":"S1","on":"2026-05-02","site":"HOSP","people":-4,"lines":[{"line":1,"quantity":1}]}}),
            "“-4” is not a whole number",
        ),
        (
            json!({"op":"create","kind":"movement","record":{"lot":"L","kind":"moved","on":"2026-02-10","quantity":1}}),
            "It moves from a place to the same place",
        ),
    ] {
        let said = refusal(&mut workspace, &[operation]);
        assert!(said.contains(part), "{part} is missing in {said}");
    }
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn the_whole_story_can_be_undone_and_done_again() {
    let mut workspace = courses();
    let tables = |workspace: &Workspace| corridor::store::dump::projections(workspace.store().db()).unwrap();
    let there = tables(&workspace);
    workspace.write(Write::Undo).unwrap();
    assert!(goods(&workspace, GoodsBy::Item, "2026-11-24", None).rows.is_empty());
    workspace.write(Write::Redo).unwrap();
    assert_eq!(tables(&workspace), there);
    assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
}

/// What `check` says after operations that are accepted, each by itself.
fn checked(operations: &[serde_json::Value]) {
    let mut workspace = courses();
    for operation in operations {
        apply(&mut workspace, std::slice::from_ref(operation));
        assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new(), "after {operation}");
    }
    for _ in operations {
        workspace.write(Write::Undo).unwrap();
        assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new(), "on the way back");
    }
}

#[test]
fn whatever_is_edited_later_everything_that_follows_from_it_follows() {
    let bag = json!({"op":"create","kind":"item","record":{"reference":"I","name":"Rice","base_unit":"KGM","category":"food","packs":[{"name":"Bag","unit":"XBG","contains":50}]}});
    let plan = json!({"op":"edit","kind":"project","reference":"P","set":{"plan":[{"item":"I","quantity":10}]}});
    checked(&[json!({"op":"edit","kind":"item","reference":"TB","set":{"category":"food"}})]);
    checked(&[
        bag.clone(),
        plan.clone(),
        json!({"op":"edit","kind":"item","reference":"I","set":{"category":"tb","packs":[{"name":"Bag","unit":"XBG","contains":25}]}}),
    ]);
    checked(&[
        json!({"op":"create","kind":"expense","record":{"reference":"E1","fund":"FX","budget_line":1,"on":"2026-03-05","amount":"EUR 12,000","what":"x"}}),
        json!({"op":"create","kind":"exchange_rate","record":{"reference":"X1","from":"EUR","to":"USD","rate":"1.2","on":"2026-03-01","source":"UN"}}),
        json!({"op":"edit","kind":"exchange_rate","reference":"X1","set":{"rate":"3"}}),
        json!({"op":"delete","kind":"exchange_rate","reference":"X1"}),
    ]);
    checked(&[
        json!({"op":"create","kind":"distribution","record":{"reference":"D2","shipment":"S2","on":"2026-12-02","site":"HOSP","lines":[{"line":1,"quantity":10}]}}),
        json!({"op":"edit","kind":"lot","reference":"L","set":{"expires_on":"2026-12-31"}}),
        json!({"op":"edit","kind":"lot","reference":"L","set":{"expires_on":"2026-11-20","batch":"QQ"}}),
    ]);
    checked(&[
        bag,
        json!({"op":"create","kind":"indicator","record":{"reference":"IN","project":"P","name":"Cured","direction":"increase","baseline":0,"baseline_on":"2026-01-01","target":10,"target_by":"2026-12-01"}}),
        plan,
    ]);
}

#[test]
fn what_cannot_have_happened_to_goods_is_refused() {
    let mut workspace = courses();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"item","record":{"reference":"I","name":"Rice","base_unit":"KGM","category":"food"}}),
            json!({"op":"create","kind":"lot","record":{"reference":"LR","item":"I","quantity":5000,"on":"2026-02-01","site":"DLC"}}),
            json!({"op":"create","kind":"shipment","record":{"reference":"S4","project":"P","lines":[{"item":"TB","quantity":20}]}}),
        ],
    );
    for (operation, part) in [
        (
            json!({"op":"create","kind":"movement","record":{"reference":"M1","lot":"LR","kind":"damaged","on":"2026-02-10","quantity":2,"unit":"XCT"}}),
            "cannot be turned into kg exactly",
        ),
        (
            json!({"op":"edit","kind":"shipment","reference":"S4","set":{"lines":[{"number":1,"item":"TB","quantity":20,"lot":"LR"}]}}),
            "Shipment S4 takes another item of it than the lot is of",
        ),
        (
            json!({"op":"create","kind":"shipment_event","record":{"shipment":"S1","kind":"cancelled","on":"2026-04-01"}}),
            "It was received on 2026-03-20, so it cannot be cancelled on 2026-04-01",
        ),
        (
            json!({"op":"create","kind":"distribution","record":{"reference":"D6","shipment":"S1","on":"2026-05-22","site":"HOSP","lines":[{"line":1,"item":"I","quantity":5}]}}),
            "of another item than the distribution says",
        ),
        (
            json!({"op":"create","kind":"distribution","record":{"reference":"D6","shipment":"S1","on":"2026-05-22","site":"HOSP","lines":[{"line":9,"quantity":5}]}}),
            "speaks of line 9, which the shipment does not have",
        ),
    ] {
        let said = refusal(&mut workspace, std::slice::from_ref(&operation));
        assert!(said.contains(part), "{part} is missing in {said}");
    }
}
