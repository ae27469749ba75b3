//! Properties of goods over drawn histories: nothing lies below zero, plans add up, shares conserve, figures equal a recount.
#![expect(clippy::panic, reason = "a test fails by panicking")]

mod support;

use chrono::{Days, NaiveDate};
use corridor::domain::goods::GoodsBy;
use corridor::domain::record::RecordKind;
use corridor::services::queries::{DetailValue, GoodsQuery, Sources};
use corridor::services::{Answer, Query, Workspace, Write};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::*;

/// Something that happens to goods: what, on which day, how much, where.
type Happening = (u8, u64, u32, bool);

fn on(after: u64) -> String {
    (NaiveDate::from_ymd_opt(2026, 1, 10).unwrap_or_default() + Days::new(after)).to_string()
}

fn place(first: bool) -> &'static str {
    if first { "X" } else { "Y" }
}

/// The operation that a drawn happening stands for.
fn operation(at: usize, (what, after, quantity, first): Happening) -> Vec<Value> {
    let movement = |kind: &str, from: Option<&str>, to: Option<&str>| {
        json!({"op":"create","kind":"movement","record":{"reference":format!("M{at}"),"lot":"L","kind":kind,
            "on":on(after),"quantity":quantity,"from":from,"to":to}})
    };
    match what {
        0 => vec![movement("moved", Some(place(first)), Some(place(!first)))],
        1 => vec![movement("damaged", Some(place(first)), None)],
        2 => vec![movement("found", None, Some(place(first)))],
        3 => vec![movement("handed_out", Some(place(first)), None)],
        _ => vec![
            json!({"op":"create","kind":"shipment","record":{"reference":format!("S{at}"),"started_on":on(0),"project":"X",
                "from_site":place(first),"lines":[{"item":"X","quantity":quantity,"lot":"L"}]}}),
            json!({"op":"create","kind":"shipment_event","record":{"shipment":format!("S{at}"),"kind":"dispatched","on":on(after)}}),
        ],
    }
}

/// A store with a hundred cans of which two funds pay a third and two thirds.
fn store() -> Workspace {
    let mut workspace = furnished();
    apply(
        &mut workspace,
        &[
            json!({"op":"create","kind":"fund","record":{"reference":"Z","title":"Second grant"}}),
            json!({"op":"create","kind":"lot","record":{"reference":"L","item":"X","quantity":100,"on":on(0),"site":"X",
                "shares":[{"fund":"X","percent":"33.333"},{"fund":"Z","percent":"66.667"}]}}),
        ],
    );
    workspace
}

/// What lies in all places together on a day, as the record shows it.
fn shown_in_store(workspace: &Workspace, day: &str) -> Vec<i64> {
    let lot = row(workspace, RecordKind::Lot, "L", day).id;
    let sections = detail(workspace, lot, day).sections.clone();
    let tables = sections.into_iter().flat_map(|section| section.fields).filter_map(|(label, value)| match value {
        DetailValue::Table { rows, .. } if label == "What lies where" => Some(rows),
        _ => None,
    });
    let number = |cells: &Vec<_>| format!("{:?}", cells[1]).chars().filter(char::is_ascii_digit).collect::<String>();
    tables.flatten().map(|cells| number(&cells).parse().unwrap_or(-1)).collect()
}

fn total(workspace: &Workspace, by: GoodsBy, role: usize) -> i64 {
    let query = GoodsQuery { as_of: day("2026-11-24"), sources: Sources::Own, by, from: None, to: None };
    match workspace.answer(&Query::Goods(query)) {
        Ok(Answer::Goods(table)) => table.rows.iter().map(|row| row.figures[role].quantity).sum(),
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_to_a_lot_is_refused_or_leaves_nothing_below_zero(
        happenings in prop::collection::vec((0_u8..5, 0_u64..30, 1_u32..60, any::<bool>()), 1..9),
    ) {
        let mut workspace = store();
        let mut accepted = 0;
        for (at, happening) in happenings.into_iter().enumerate() {
            if try_apply(&mut workspace, &operation(at, happening)).is_ok() {
                accepted += 1;
            }
            for after in 0..31 {
                let lies = shown_in_store(&workspace, &on(after));
                prop_assert!(lies.iter().all(|quantity| *quantity > 0), "{lies:?} on {}", on(after));
            }
        }
        prop_assert_eq!(workspace.check().map(|report| report.problems).unwrap_or_default(), Vec::<String>::new());
        let by_item = total(&workspace, GoodsBy::Item, 1);
        prop_assert_eq!(total(&workspace, GoodsBy::Fund, 1), by_item, "funds conserve what was shipped");
        prop_assert_eq!(total(&workspace, GoodsBy::Category, 1), by_item);
        for _ in 0..accepted {
            workspace.write(Write::Undo).map_err(|error| TestCaseError::fail(error.to_string()))?;
        }
        prop_assert_eq!(shown_in_store(&workspace, "2026-11-24"), [100]);
    }

    #[test]
    fn planned_is_the_sum_of_the_plan_lines_whoever_pays(
        plan in prop::collection::vec((1_u32..9_999_999, any::<bool>()), 1..8),
        cut in 1_u32..100_000,
    ) {
        let mut workspace = furnished();
        let rows: Vec<Value> = plan.iter().map(|(thousandths, dated)| {
            json!({"item":"X","quantity":format!("{}.{:03}", thousandths / 1000, thousandths % 1000),
                "due_on":if *dated { json!("2026-05-01") } else { Value::Null }})
        }).collect();
        let percent = |part: u32| format!("{}.{:03}", part / 1000, part % 1000);
        let shares = if cut == 100_000 { json!([]) } else {
            json!([{"fund":"X","percent":percent(cut)},{"fund":"Z","percent":percent(100_000 - cut)}])
        };
        apply(&mut workspace, &[
            json!({"op":"create","kind":"fund","record":{"reference":"Z","title":"Second grant"}}),
            json!({"op":"edit","kind":"project","reference":"X","set":{"plan":rows,"shares":shares}}),
        ]);
        let sum: i64 = plan.iter().map(|(thousandths, _)| i64::from(*thousandths)).sum();
        for by in GoodsBy::ALL.iter().copied() {
            prop_assert_eq!(total(&workspace, by, 0), sum, "by {}", by);
        }
    }
}
