//! The overview as its users meet it: by role and label, without a display.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{OverviewAction, OverviewState, overview_ui};
use crate::domain::goods::GoodsBy;
use crate::domain::id::Id;
use crate::domain::record::LineRole;
use crate::domain::record::RecordKind;
use crate::domain::summary::{Counted, Source};
use crate::services::queries::{
    CategoryTag, Expiry, GoodsFigure, GoodsLine, GoodsQuery, GoodsTable, Matrix, MatrixRow, Mend, MonthCount, Overview,
    PolicyMark, Sources, Wait,
};

struct Shown {
    overview: Arc<Overview>,
    state: OverviewState,
    actions: Vec<OverviewAction>,
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn matrix(counted: Counted, kind: RecordKind, rows: Vec<MatrixRow>) -> Matrix {
    let tag = |id: i64, code: &str, name: &str, colour| CategoryTag {
        id: Id(id),
        code: code.into(),
        name: name.into(),
        colour,
    };
    Matrix {
        counted,
        kind,
        columns: vec![tag(1, "food", "Food", 1), tag(2, "tb", "TB medicine", 2)],
        total: rows.iter().map(|row| row.total).sum(),
        column_totals: (0..2).map(|at| rows.iter().map(|row| row.cells[at]).sum()).collect(),
        rows,
    }
}

fn row(status: &str, label: &str, cells: [i64; 2], total: i64) -> MatrixRow {
    MatrixRow { status: status.into(), label: label.into(), cells: cells.to_vec(), total }
}

fn wait(at: i64) -> Wait {
    Wait {
        id: Id(100 + at),
        kind: RecordKind::Request,
        source: Source::Own,
        reference: format!("REQ-{at}"),
        title: "Water pumps".into(),
        status: "on_hold".into(),
        label: "On hold".into(),
        what: "On hold".into(),
        on_whom: "UN 1718 Committee".into(),
        since: day(2026, 1, 5),
        days: 323 - at,
        last_known: None,
    }
}

fn sample() -> Overview {
    let count = |word: &str, label: &str, count| MonthCount {
        month: day(2026, 3, 1),
        word: word.into(),
        label: label.into(),
        count,
    };
    Overview {
        as_of: day(2026, 11, 24),
        matrices: vec![
            matrix(
                Counted::Request,
                RecordKind::Request,
                vec![row("on_hold", "On hold", [3, 0], 3), row("sent", "Sent", [1, 1], 1)],
            ),
            matrix(Counted::Shipment, RecordKind::Shipment, vec![row("held", "Held", [0, 1], 1)]),
            matrix(Counted::Trip, RecordKind::Trip, vec![]),
        ],
        filings: 93,
        matters: 85,
        cases: 102,
        validity: vec![("active".into(), "Active".into(), 7), ("expiring".into(), "Expiring".into(), 1)],
        answers: vec![count("approved", "Approved", 3), count("refused", "Refused", 1)],
        deliveries: vec![count("tb", "TB medicine", 2)],
        policy_events: vec![PolicyMark {
            id: Id(900),
            on: day(2026, 3, 20),
            date: "2026-03-20".into(),
            title: "A ban begins".into(),
        }],
        waits: (0..10).map(wait).collect(),
        expiries: vec![Expiry {
            id: Id(200),
            kind: RecordKind::Permission,
            source: Source::Own,
            reference: "P-1".into(),
            title: "Letter".into(),
            what: "Permission ends".into(),
            due_on: "2026-11-21".into(),
            days_left: -3,
        }],
        goods: goods(),
        flags: vec![Mend {
            id: Id(300),
            kind: RecordKind::Expense,
            reference: "EXP-1".into(),
            title: "TB courses, EUR 12,000.00".into(),
            what: "No rate from EUR to USD is known on 2026-11-20".into(),
            since: day(2026, 11, 20),
            days: 4,
        }],
    }
}

/// Goods of one category in two units, and of none.
fn goods() -> GoodsTable {
    let figure = |quantity, lines| GoodsFigure { quantity, lines };
    let line = |key, label: &str, unit: &str, figures| GoodsLine {
        key,
        reference: label.to_lowercase(),
        label: label.into(),
        unit: unit.into(),
        unit_label: unit.to_lowercase(),
        figures,
    };
    let none = figure(0, 0);
    GoodsTable {
        query: GoodsQuery {
            as_of: day(2026, 11, 24),
            sources: Sources::Both,
            by: GoodsBy::Category,
            from: None,
            to: None,
        },
        rows: vec![
            line(Some(Id(1)), "Food", "KGM", [figure(4_000_000, 3), figure(3_000_000, 2), figure(2_900_000, 2), none]),
            line(None, "No category named", "H87", [none, figure(12_000, 1), none, none]),
        ],
    }
}

fn harness(overview: Overview) -> Harness<'static, Shown> {
    let state = Shown { overview: Arc::new(overview), state: OverviewState::default(), actions: Vec::new() };
    crate::ui::testing::harness([1280.0, 2200.0], state, |ui, state| {
        overview_ui(ui, &state.overview, &mut state.state, &mut state.actions);
    })
}

#[test]
fn a_figure_of_goods_opens_the_rows_behind_it() {
    let mut harness = harness(sample());
    harness.get_by_role_and_label(Role::Button, "3,000 kgm shipped, Food").click();
    harness.run();
    let Some(OverviewAction::OpenLines(behind)) = harness.state().actions.first() else { panic!("nothing opened") };
    assert_eq!((behind.role, behind.filter.category), (LineRole::Shipped, Some(Id(1))));
    assert_eq!(behind.filter.unit.as_deref(), Some("KGM"));
}

#[test]
fn what_has_to_be_mended_opens_its_record() {
    let mut harness = harness(sample());
    let label = "EXP-1, No rate from EUR to USD is known on 2026-11-20";
    harness.get_by_role_and_label(Role::Button, label).click();
    harness.run();
    assert_eq!(harness.state().actions, [OverviewAction::OpenRecord(Id(300))]);
}

#[test]
fn a_figure_opens_the_records_behind_it() {
    let mut harness = harness(sample());
    harness.get_by_role_and_label(Role::Button, "3 requests, On hold, Food").click();
    harness.run();
    let wanted =
        OverviewAction::OpenList { kind: RecordKind::Request, status: Some("on_hold".into()), category: Some(Id(1)) };
    assert_eq!(harness.state().actions, vec![wanted]);
    assert!(harness.query_by_label("0 requests, On hold, TB medicine").is_none());
}

#[test]
fn totals_open_whole_rows_and_columns() {
    let mut harness = harness(sample());
    for name in [
        "3 requests, On hold, all categories",
        "4 requests, any status, Food",
        "4 requests, any status, all categories",
    ] {
        harness.get_by_role_and_label(Role::Button, name).click();
        harness.run();
    }
    let open = |status: Option<&str>, category| OverviewAction::OpenList {
        kind: RecordKind::Request,
        status: status.map(str::to_owned),
        category,
    };
    assert_eq!(harness.state().actions, vec![open(Some("on_hold"), None), open(None, Some(Id(1))), open(None, None)]);
}

#[test]
fn the_matrix_counts_what_is_chosen() {
    let mut harness = harness(sample());
    harness.get_by_role_and_label(Role::RadioButton, "Shipments").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "1 shipment, Held, TB medicine");
    harness.get_by_role_and_label(Role::RadioButton, "Travel").click();
    harness.run();
    harness.get_by_label("No trip is recorded on this day");
}

#[test]
fn the_title_says_what_the_figures_stand_for() {
    let harness = harness(sample());
    harness.get_by_label("As of 24 Nov 2026 · 93 filings in 85 matters standing for 102 cases");
}

#[test]
fn rows_open_their_records_and_more_are_shown_on_demand() {
    let mut harness = harness(sample());
    assert!(harness.query_by_label("REQ-9, On hold, 314 days, UN 1718 Committee").is_none());
    harness.get_by_label("Show all 10 waits").click();
    harness.run();
    harness.get_by_label("REQ-9, On hold, 314 days, UN 1718 Committee").click();
    harness.run();
    harness.get_by_label("P-1, Permission ends, 3 days overdue").click();
    harness.run();
    assert_eq!(harness.state().actions, vec![OverviewAction::OpenRecord(Id(109)), OverviewAction::OpenRecord(Id(200))]);
}

#[test]
fn a_policy_event_is_marked_in_both_charts_and_opens() {
    let mut harness = harness(sample());
    let flags: Vec<_> = harness.get_all_by_label("2026-03-20  A ban begins").collect();
    assert_eq!(flags.len(), 2);
    flags[0].click();
    drop(flags);
    harness.run();
    assert_eq!(harness.state().actions, vec![OverviewAction::OpenRecord(Id(900))]);
}

#[test]
fn a_validity_opens_the_requests_that_have_it() {
    let mut harness = harness(sample());
    harness.get_by_label("1 filing, Expiring").click();
    harness.run();
    assert_eq!(harness.state().actions, vec![OverviewAction::OpenValidity("expiring".into())]);
}

#[test]
fn an_empty_day_says_so() {
    let mut overview = sample();
    overview.filings = 0;
    overview.matrices.clear();
    let harness = harness(overview);
    harness.get_by_label_contains("Nothing is recorded on this day yet");
}

#[test]
fn an_answer_is_worded_once() {
    let mut harness = harness(sample());
    harness.run_steps(3);
    let first = harness.state().state.prepared.as_ref().map(|prepared| std::ptr::from_ref(prepared.standing.as_str()));
    harness.run_steps(3);
    let later = harness.state().state.prepared.as_ref().map(|prepared| std::ptr::from_ref(prepared.standing.as_str()));
    assert_eq!(first, later);
}
