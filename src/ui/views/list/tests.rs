//! A list of a million records as its user meets it: by keys, wheel and clicks, without a display.

use std::sync::Arc;

use eframe::egui::{self, Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{count_words, page_ui};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::summary::Source;
use crate::services::queries::ListRow;
use crate::services::{Answer, Query};
use crate::ui::command::Command;
use crate::ui::exchange::{Ask, Place, Reply};
use crate::ui::model::Model;
use crate::ui::model::route::Route;

const KIND: RecordKind = RecordKind::Item;
const MANY: i64 = 1_000_000;

struct State {
    model: Model,
    /// How many rows each question for rows asked for.
    pages: Vec<usize>,
}

fn row(id: Id) -> ListRow {
    let empty = String::new;
    ListRow {
        id,
        version: 1,
        reference: format!("ITM-{}", id.0),
        title: format!("Item {}", id.0),
        source: Source::Own,
        applicant: empty(),
        authority: empty(),
        authority_name: empty(),
        instrument: empty(),
        instrument_name: empty(),
        categories: Vec::new(),
        project: empty(),
        parent: empty(),
        status: None,
        begun_on: empty(),
        settled_on: empty(),
        until_on: empty(),
    }
}

/// Answers as a store with a million items would.
fn answer(state: &mut State, query: &Query) -> Option<Answer> {
    Some(match query {
        Query::Remembered { .. } => Answer::Remembered(None),
        Query::List(_) => Answer::List(Arc::new((0..MANY).map(Id).collect())),
        Query::Rows { ids, .. } => {
            state.pages.push(ids.len());
            Answer::Rows(ids.iter().copied().map(row).collect())
        }
        _ => return None,
    })
}

fn settle(state: &mut State) {
    for Ask { slot, generation, query } in state.model.stale_queries() {
        if let Some(answer) = answer(state, &query) {
            state.model.receive(Reply::Answered { slot, generation, outcome: Ok(answer) });
        }
    }
}

fn harness() -> Harness<'static, State> {
    let place = Place { path: None, read_only: false, today: "2026-11-24".parse().unwrap() };
    let mut model = Model::new(place);
    model.run(Command::Go(Route::List(KIND)));
    let state = State { model, pages: Vec::new() };
    let mut harness = crate::ui::testing::harness([900.0, 700.0], state, |ui, state| {
        let mut commands = Vec::new();
        page_ui(ui, KIND, &mut state.model, &mut commands);
        for command in commands {
            state.model.run(command);
            ui.ctx().request_repaint();
        }
        let asked = state.pages.len();
        settle(state);
        if state.pages.len() > asked {
            ui.ctx().request_repaint();
        }
    });
    harness.run_steps(8);
    harness
}

/// The rows on the screen, from the top: their names and where they stand.
fn rows(harness: &Harness<'_, State>) -> Vec<(String, egui::Rect)> {
    let mut rows: Vec<_> = harness
        .query_all_by_role(Role::Row)
        .map(|row| (row.accesskit_node().label().unwrap_or_default(), row.rect()))
        .collect();
    rows.sort_by(|a, b| a.1.top().total_cmp(&b.1.top()));
    rows
}

fn shows(harness: &Harness<'_, State>, name: &str) -> bool {
    rows(harness).iter().any(|(row, _)| row.starts_with(&format!("{name},")))
}

#[test]
fn the_end_key_shows_the_last_of_a_million_rows_whole_and_asks_for_few() {
    let mut harness = harness();
    assert!(shows(&harness, "ITM-0"));
    harness.key_press(Key::End);
    harness.run_steps(6);
    let last = rows(&harness).into_iter().rfind(|(name, _)| name.starts_with("ITM-")).unwrap();
    assert_eq!(last.0, "ITM-999999, Item 999999");
    assert!(last.1.bottom() <= 700.0, "it is cut off: {:?}", last.1);
    let State { pages, .. } = harness.state();
    assert!(pages.len() <= 2 && pages.iter().sum::<usize>() <= 240, "{pages:?}");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Home);
    harness.run_steps(6);
    assert!(shows(&harness, "ITM-0"));
}

#[test]
fn rows_far_down_are_as_high_as_the_first_and_move_by_parts_of_a_row() {
    let mut harness = harness();
    let height = |harness: &Harness<'_, State>| {
        let rows = rows(harness);
        let steps: Vec<f32> = rows.windows(2).map(|pair| pair[1].1.top() - pair[0].1.top()).collect();
        assert!(steps.iter().all(|step| (step - steps[0]).abs() < 0.01), "{steps:?}");
        let (name, place) = &rows[rows.len() / 2];
        (steps[0], place.top(), name.clone())
    };
    let (first, ..) = height(&harness);
    harness.key_press(Key::End);
    harness.run_steps(6);
    for _page in 0..3 {
        harness.key_press(Key::PageUp);
    }
    harness.run_steps(6);
    let (far, before, name) = height(&harness);
    assert!((first - far).abs() < 0.01, "{first} {far}");
    let list = harness.state_mut().model.list_mut(KIND);
    list.rows.scroll.by(-0.1);
    harness.run_steps(4);
    height(&harness);
    let after = rows(&harness).into_iter().find(|(same, _)| *same == name).unwrap().1.top();
    assert!((after - before - 3.4).abs() < 0.6, "{before} {after}");
}

#[test]
fn the_wheel_moves_by_points_at_the_end_of_a_million_rows() {
    let mut harness = harness();
    harness.key_press(Key::End);
    harness.run_steps(6);
    let before = harness.state_mut().model.list_mut(KIND).rows.scroll.top();
    harness.hover_at(egui::pos2(400.0, 400.0));
    harness.run_steps(2);
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, 17.0),
        source: egui::MouseWheelSource::Unknown,
        phase: egui::TouchPhase::Move,
        modifiers: Modifiers::NONE,
    });
    harness.run_steps(30);
    let after = harness.state_mut().model.list_mut(KIND).rows.scroll.top();
    assert!((before - after - 0.5).abs() < 0.05, "half a row: {before} {after}");
}

#[test]
fn scrolling_fast_leaves_no_questions_behind() {
    let mut harness = harness();
    let before = harness.state().pages.len();
    for _frame in 0..40 {
        harness.state_mut().model.list_mut(KIND).rows.scroll.by(20_000.0);
        harness.step();
    }
    harness.run_steps(6);
    let asked = &harness.state().pages[before..];
    assert!(asked.len() <= 44 && asked.iter().all(|rows| *rows <= 120), "{asked:?}");
    assert!(rows(&harness).iter().all(|(name, _)| !name.is_empty()), "all rows in sight are there");
}

#[test]
fn all_of_a_million_rows_are_selected_and_a_row_says_that_it_is() {
    let mut harness = harness();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_steps(4);
    assert!(harness.query_by_label("1,000,000 selected").is_some());
    harness.get_by_label("Select ITM-3").click();
    harness.run_steps(4);
    assert!(harness.query_by_label("999,999 selected").is_some());
    harness.key_press(Key::Escape);
    harness.run_steps(4);
    assert!(harness.query_by_label_contains(" selected").is_none());
}

#[test]
fn the_count_says_how_many_of_how_many() {
    assert_eq!(count_words(RecordKind::Request, 23, 93), "23 of 93 filings");
    assert_eq!(count_words(RecordKind::Item, 60, 1_000_000), "60 of 1,000,000 items");
    assert_eq!(count_words(RecordKind::Shipment, 1, 1), "1 shipment");
    assert_eq!(count_words(RecordKind::Person, 4, 4), "4 people");
}
