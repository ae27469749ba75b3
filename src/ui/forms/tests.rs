//! Forms as their users meet them: by role and label, without a display.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use serde_json::{Map, Value, json};

use super::{Form, FormAction, FormContext, Phase, form_ui};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::schema::{FieldError, Problem};
use crate::services::queries::{LinkChoice, RecordDraft};

struct State {
    form: Form,
    actions: Vec<FormAction>,
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap()
}

#[expect(clippy::unnecessary_wraps, reason = "the form asks for choices that may not be there yet")]
fn choices(kinds: &'static [RecordKind]) -> Option<Arc<Vec<LinkChoice>>> {
    let choice = |at: i64| LinkChoice {
        id: Id(at),
        kind: kinds[0],
        reference: format!("{}-{at}", kinds[0].prefix()),
        title: format!("{} {at}", kinds[0].label()),
    };
    Some(Arc::new((1..=5).map(choice).collect()))
}

fn harness(form: Form) -> Harness<'static, State> {
    let state = State { form, actions: Vec::new() };
    crate::ui::testing::harness([1100.0, 2600.0], state, |ui, state| {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        form_ui(ui, &mut state.form, &FormContext { choices: &choices, today }, &mut state.actions);
    })
}

fn new_form(kind: RecordKind) -> Harness<'static, State> {
    harness(Form::new(kind, Map::new()))
}

#[test]
fn every_kind_has_a_form_in_which_every_field_has_a_name() {
    for kind in RecordKind::ALL {
        let harness = new_form(*kind);
        assert!(!harness.state().form.is_dirty(), "{kind} changes its draft by being shown");
        harness.get_by_role_and_label(Role::Button, "\u{E248} Save");
    }
}

#[test]
fn a_required_field_complains_only_after_it_was_left() {
    let mut harness = new_form(RecordKind::Item);
    assert!(harness.query_by_label_contains("This is needed").is_none());
    harness.get_by_role_and_label(Role::TextInput, "Name").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Specification").focus();
    harness.run();
    harness.get_by_label_contains("This is needed");
}

#[test]
fn saving_with_errors_focuses_the_first_and_keeps_every_character() {
    let mut harness = new_form(RecordKind::Item);
    harness.get_by_role_and_label(Role::TextInput, "HS code").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "HS code").type_text(" 84.1 ");
    harness.run();
    harness.get_by_role_and_label(Role::Button, "\u{E248} Save").click();
    harness.run();
    assert!(harness.state().actions.is_empty());
    assert!(harness.get_by_role_and_label(Role::TextInput, "Name").is_focused());
    assert_eq!(harness.state().form.draft["hs_code"], " 84.1 ");
    harness.get_by_label("\u{E4E2} 3 things stand in the way");
    harness.get_by_role_and_label(Role::TextInput, "Name").type_text("Tablet");
    harness.run();
    harness.get_by_label("\u{E4E2} 2 things stand in the way");
}

#[test]
fn a_good_draft_is_handed_over_once() {
    let mut harness =
        harness(Form::new(RecordKind::PolicyEvent, object(&json!({ "title": "A ban", "on": "2024-03" }))));
    let errors = harness.state_mut().form.errors();
    assert_eq!(*errors, vec![]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.run();
    let saved = harness.state().actions.iter().filter(|action| matches!(action, FormAction::Save(_))).count();
    assert_eq!(saved, 1);
    assert_eq!(harness.state().form.phase, Phase::Saving);
}

#[test]
fn rows_are_added_moved_and_removed() {
    let mut harness = new_form(RecordKind::Item);
    for name in ["Pump", "Pipe"] {
        harness.get_by_label("Add component, Kit components").click();
        harness.run();
        harness.run();
        let fields: Vec<_> = harness.get_all_by_role_and_label(Role::TextInput, "Name").collect();
        fields.last().unwrap().type_text(name);
        drop(fields);
        harness.run();
    }
    assert_eq!(harness.state().form.draft["components"], json!([{ "name": "Pump" }, { "name": "Pipe" }]));
    harness.get_by_label("Move component 2 up").click();
    harness.run();
    assert_eq!(harness.state().form.draft["components"], json!([{ "name": "Pipe" }, { "name": "Pump" }]));
    harness.get_by_label("Remove component 1").click();
    harness.run();
    assert_eq!(harness.state().form.draft["components"], json!([{ "name": "Pump" }]));
    harness.get_by_label("Remove component 1").click();
    harness.run();
    assert!(!harness.state().form.is_dirty());
}

#[test]
fn nested_rows_stand_in_their_row() {
    let grants = json!({ "grants": [{ "limits": [{ "measure": "quantity", "limit": "unlimited" }] }] });
    let mut harness = harness(Form::new(RecordKind::Permission, object(&grants)));
    harness.get_by_label("Add limit, Limits").click();
    harness.run();
    assert_eq!(harness.state().form.draft["grants"][0]["limits"].as_array().unwrap().len(), 2);
}

#[test]
fn a_link_is_picked_by_typing() {
    let mut harness = new_form(RecordKind::Item);
    harness.get_by_role_and_label(Role::ComboBox, "Category").click();
    harness.run();
    harness.get_by_label("Search Category").type_text("category 3");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().form.draft["category"], 3);
}

#[test]
fn a_word_is_chosen_by_its_label() {
    let mut harness = new_form(RecordKind::Item);
    harness.get_by_role_and_label(Role::ComboBox, "HS edition").click();
    harness.run();
    harness.get_by_label("HS 2022").click();
    harness.run();
    assert_eq!(harness.state().form.draft["hs_edition"], "hs_2022");
}

#[test]
fn escape_asks_to_close_but_first_closes_a_list() {
    let mut harness = new_form(RecordKind::Item);
    harness.get_by_role_and_label(Role::ComboBox, "Category").click();
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.state().actions.is_empty());
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().actions, vec![FormAction::Close]);
}

#[test]
fn a_refusal_stands_beside_its_field_until_the_field_changes() {
    let record = RecordDraft {
        id: Id(7),
        kind: RecordKind::Item,
        version: 2,
        draft: object(&json!({ "reference": "ITM-1", "name": "Pump", "base_unit": "H87" })),
    };
    let mut form = Form::edit(record);
    form.phase = Phase::Saving;
    form.refuse(vec![FieldError::at("name", "Name", Problem::Rule("Another item is called so".into()))]);
    let mut harness = harness(form);
    harness.get_by_label("\u{E4E2} Another item is called so");
    harness.get_by_label("\u{E4E2} One thing stands in the way");
    harness.get_by_role_and_label(Role::TextInput, "Name").type_text(" 2");
    harness.run();
    assert!(harness.query_by_label_contains("Another item is called so").is_none());
    assert_eq!(harness.state().form.phase, Phase::Editing);
}

#[test]
fn numbers_of_a_record_are_text_in_its_form() {
    let form = Form::new(RecordKind::Request, object(&json!({ "covers_cases": 3, "matter": 5, "note": "" })));
    assert_eq!(Value::Object(form.draft), json!({ "covers_cases": "3", "matter": 5 }));
}
