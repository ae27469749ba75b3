//! The model by itself: command in, effects and state out.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::json;

use super::appearance::Appearance;
use super::dialog::{After, Dialog};
use super::gather::Copied;
use super::route::Route;
use super::rows::RowsCommand;
use super::{Effect, Model};
use crate::domain::id::Id;
use crate::domain::record::RecordKind;
use crate::domain::schema::{FieldError, Problem};
use crate::services::queries::{Filter, ListRow, SortBy, Sources, Standing};
use crate::services::{Answer, Done, Failure, Query, Refusal, Touched, Write, WriteError};
use crate::ui::command::Command;
use crate::ui::exchange::{Ask, Opening, Place, Purpose, Reply, Request, Slot};
use crate::ui::forms::Phase;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn model() -> Model {
    Model::new(Place { path: None, read_only: false, today: day("2026-11-24") })
}

/// Answers what the model asks: nothing is remembered, lists have two records.
fn settle(model: &mut Model) -> Vec<Query> {
    let mut asked = Vec::new();
    for _round in 0..8 {
        for Ask { slot, generation, query } in model.stale_queries() {
            let outcome = Ok(match &query {
                Query::Remembered { .. } => Answer::Remembered(None),
                Query::List(_) => Answer::List(Arc::new(vec![Id(1), Id(2)])),
                Query::Standing => Answer::Standing(Standing { undo: Some("Added".into()), ..Standing::default() }),
                _ => {
                    asked.push(query);
                    continue;
                }
            });
            asked.push(query);
            model.receive(Reply::Answered { slot, generation, outcome });
        }
    }
    asked
}

fn written(effects: &[Effect]) -> Option<&Write> {
    effects.iter().find_map(|effect| match effect {
        Effect::Send(Request::Write(_, write)) => Some(write),
        _ => None,
    })
}

fn typed(model: &mut Model) {
    model.run(Command::New(RecordKind::PolicyEvent));
    let form = &mut model.forms_mut().front_mut().unwrap().form;
    form.draft = json!({ "title": "A ban", "on": "2024" }).as_object().cloned().unwrap();
}

#[test]
fn an_answer_is_asked_for_once_and_again_only_when_it_was_touched() {
    let mut model = model();
    model.run(Command::Go(Route::List(RecordKind::Request)));
    assert!(settle(&mut model).iter().any(|query| matches!(query, Query::List(_))));
    assert!(model.stale_queries().is_empty());
    let touched = Touched { kinds: BTreeSet::from([RecordKind::Shipment]), ids: BTreeSet::new(), remembered: false };
    model.receive(Reply::Written(Purpose::Command, Ok(Done { touched, ..Done::default() })));
    assert!(!settle(&mut model).iter().any(|query| matches!(query, Query::List(_))), "no request was touched");
    let touched = Touched { kinds: BTreeSet::from([RecordKind::Request]), ids: BTreeSet::new(), remembered: false };
    model.receive(Reply::Written(Purpose::Command, Ok(Done { touched, ..Done::default() })));
    assert!(settle(&mut model).iter().any(|query| matches!(query, Query::List(_))));
}

#[test]
fn sorting_by_the_same_column_turns_the_order_round_and_is_remembered_a_little_later() {
    let mut model = model();
    let kind = RecordKind::Request;
    model.run(Command::SortBy(kind, SortBy::Begun));
    model.run(Command::SortBy(kind, SortBy::Begun));
    assert!(model.list(kind).unwrap().arrangement.descending);
    assert_eq!(written(&model.tick(10.0)), None, "not while it may still change");
    let effects = model.tick(12.5);
    let Some(Write::Remember { name, value: Some(value) }) = written(&effects) else { panic!("{effects:?}") };
    assert_eq!(name, "list:request");
    assert!(value.contains("begun"), "{value}");
    assert_eq!(written(&model.tick(20.0)), None);
}

#[test]
fn a_list_waits_for_the_filter_of_another_day() {
    let mut model = model();
    let kind = RecordKind::Shipment;
    model.run(Command::Go(Route::List(kind)));
    assert!(!model.stale_queries().iter().any(|ask| matches!(ask.query, Query::List(_))));
    let value = json!({ "filter": { "status": "held" }, "sort": "until" }).to_string();
    let slot = Slot::Remembered("list:shipment".into());
    model.receive(Reply::Answered { slot, generation: 0, outcome: Ok(Answer::Remembered(Some(value))) });
    let asks = model.stale_queries();
    let list = asks.iter().find_map(|ask| match &ask.query {
        Query::List(list) if ask.slot == Slot::List(kind) => Some(list),
        _ => None,
    });
    assert_eq!(list.unwrap().filter, Filter { status: Some("held".into()), ..Filter::default() });
}

#[test]
fn today_follows_the_day_and_another_day_stays() {
    let mut model = model();
    model.receive(Reply::Day(day("2026-11-25")));
    assert_eq!(model.day(), day("2026-11-25"));
    model.run(Command::AsOf(Some(day("2018-11-08"))));
    model.receive(Reply::Day(day("2026-11-26")));
    assert_eq!(model.day(), day("2018-11-08"));
    model.run(Command::AsOf(Some(day("2026-11-26"))));
    assert_eq!(model.as_of(), None, "today is not another day");
}

#[test]
fn a_refusal_keeps_the_form_and_what_was_typed() {
    let mut model = model();
    typed(&mut model);
    let effects = model.run(Command::SaveForm);
    assert!(matches!(written(&effects), Some(Write::Create { kind: RecordKind::PolicyEvent, .. })));
    assert!(model.run(Command::SaveForm).is_empty(), "it is on its way already");
    let problems = vec![FieldError::at("title", "What happened", Problem::Missing)];
    let refusal = Refusal { record: "Policy event".into(), verb: "saved", problems: problems.clone() };
    let number = model.forms().front().unwrap().number;
    model.receive(Reply::Written(Purpose::Form(number), Err(WriteError::Refused(refusal))));
    let form = &model.forms().front().unwrap().form;
    assert_eq!((form.phase.clone(), form.draft["title"].clone()), (Phase::Refused(problems), json!("A ban")));
}

#[test]
fn a_failure_keeps_the_form_and_is_told() {
    let mut model = model();
    typed(&mut model);
    model.run(Command::SaveForm);
    let number = model.forms().front().unwrap().number;
    model.receive(Reply::Written(Purpose::Form(number), Err(WriteError::Failed(Failure::ReadOnly))));
    assert_eq!(model.forms().front().unwrap().form.phase, Phase::Editing);
    assert!(model.notices().all()[0].text.contains("reading only"));
}

#[test]
fn quitting_waits_until_what_was_typed_is_saved() {
    let mut model = model();
    typed(&mut model);
    assert_eq!(model.run(Command::Quit), []);
    assert_eq!(model.dialog(), Some(&Dialog::Unsaved(After::Quit)));
    let effects = model.run(Command::SaveThenGoOn);
    assert!(written(&effects).is_some() && !effects.contains(&Effect::Quit));
    let number = model.forms().front().unwrap().number;
    let effects = model.receive(Reply::Written(Purpose::Form(number), Ok(Done::default())));
    assert_eq!(effects.last(), Some(&Effect::Quit));
}

#[test]
fn a_form_that_cannot_be_saved_stops_the_quitting() {
    let mut model = model();
    model.run(Command::New(RecordKind::PolicyEvent));
    model.forms_mut().front_mut().unwrap().form.draft.insert("title".into(), json!("No date"));
    model.run(Command::Quit);
    assert_eq!(model.run(Command::SaveThenGoOn), []);
    assert!(model.dialog().is_none());
    model.forms_mut().front_mut().unwrap().form.draft.insert("on".into(), json!("2024"));
    let effects = model.run(Command::SaveForm);
    assert!(written(&effects).is_some());
    let number = model.forms().front().unwrap().number;
    let effects = model.receive(Reply::Written(Purpose::Form(number), Ok(Done::default())));
    assert!(!effects.contains(&Effect::Quit), "the window was told to stay");
}

#[test]
fn typing_is_remembered_and_forgotten_with_the_form() {
    let mut model = model();
    typed(&mut model);
    model.tick(0.0);
    let effects = model.tick(2.5);
    assert!(matches!(written(&effects), Some(Write::Remember { name, value: Some(_) }) if name == "draft"));
    model.run(Command::DiscardForm);
    model.tick(3.0);
    let effects = model.tick(6.0);
    assert!(matches!(written(&effects), Some(Write::Remember { name, value: None }) if name == "draft"));
}

#[test]
fn a_workspace_for_reading_only_offers_nothing_that_writes() {
    let mut model = Model::new(Place { path: None, read_only: true, today: day("2026-11-24") });
    settle(&mut model);
    for command in [Command::New(RecordKind::Request), Command::Undo, Command::ImportPublicRecord] {
        assert!(!command.is_enabled(&model), "{command:?}");
        assert_eq!(model.run(command), []);
    }
    assert!(model.forms().is_empty());
}

#[test]
fn back_goes_to_the_place_and_the_record_before() {
    let mut model = model();
    model.run(Command::OpenInList(RecordKind::Request, Id(7)));
    model.run(Command::Open(Id(8)));
    model.run(Command::Back);
    assert_eq!(
        (model.route(), model.open_record().map(|open| open.id)),
        (Route::List(RecordKind::Request), Some(Id(7)))
    );
    model.run(Command::Back);
    assert_eq!((model.route(), model.can_go_back()), (Route::Overview, false));
}

#[test]
fn a_late_answer_about_another_workspace_finds_no_taker() {
    let mut model = model();
    let ask = model.stale_queries().into_iter().find(|ask| ask.slot == Slot::Standing).unwrap();
    let place = Place { path: Some("/tmp/other.corridor".into()), read_only: false, today: day("2026-11-24") };
    model.receive(Reply::Opened(Ok(place)));
    model.stale_queries();
    let outcome = Ok(Answer::Standing(Standing { undo: Some("Old".into()), ..Standing::default() }));
    model.receive(Reply::Answered { slot: ask.slot, generation: ask.generation, outcome });
    assert_eq!(model.standing().undo, None);
}

#[test]
fn a_path_that_cannot_be_opened_stays_in_the_dialog_with_the_reason() {
    let mut model = model();
    model.run(Command::AskWorkspace(Opening::Existing));
    if let Some(Dialog::Workspace { path, .. }) = model.dialog_mut() {
        "/tmp/no.corridor".clone_into(path);
    }
    let open = Command::OpenWorkspace("/tmp/no.corridor".into(), Opening::Existing);
    assert!(!model.run(open.clone()).is_empty());
    assert_eq!(model.run(open.clone()), [], "it is being opened already");
    model.receive(Reply::Opened(Err(Failure::Other("There is no such file".to_owned()))));
    let Some(Dialog::Workspace { path, refused: Some(refused), .. }) = model.dialog() else {
        panic!("{:?}", model.dialog());
    };
    assert_eq!((path.as_str(), refused.why.as_str()), ("/tmp/no.corridor", "There is no such file"));
    assert!(!model.run(open).is_empty(), "one can try again");
}

#[test]
fn how_the_window_looks_is_remembered() {
    let mut model = model();
    model.run(Command::Appear(Appearance::Dark));
    model.run(Command::ToggleRail);
    let effects = model.settle();
    assert_eq!(effects.len(), 2, "{effects:?}");
    let mut model = self::model();
    for (name, value) in [("appearance", "dark"), ("rail", "icons")] {
        let outcome = Ok(Answer::Remembered(Some(value.to_owned())));
        model.receive(Reply::Answered { slot: Slot::Remembered(name.to_owned()), generation: 0, outcome });
    }
    assert_eq!((model.appearance(), model.rail_has_words()), (Appearance::Dark, false));
}

#[test]
fn the_choice_of_records_is_part_of_every_question() {
    let mut model = model();
    model.run(Command::Show(Sources::Own));
    let asks = model.stale_queries();
    assert!(asks.iter().any(|ask| matches!(ask.query, Query::Overview { sources: Sources::Own, .. })));
}

#[test]
fn selected_rows_are_copied_a_part_at_a_time_with_headings() {
    let mut model = model();
    let kind = RecordKind::Item;
    model.run(Command::Go(Route::List(kind)));
    settle(&mut model);
    model.list_mut(kind).columns_shown = 2;
    let generation = model.list_mut(kind).rows.keys.want(&Query::Standing).unwrap();
    let all: Vec<Id> = (0..12_000).map(Id).collect();
    model.list_mut(kind).rows.keys_arrived(generation, Ok(Arc::new(all)));
    model.run(Command::Rows(kind, RowsCommand::All));
    let mut effects = model.run(Command::Copy(kind, Copied::Chosen));
    let mut parts = 0;
    let text = loop {
        match effects.pop() {
            Some(Effect::Copy(text)) => break text,
            Some(Effect::Send(Request::Ask(Ask { slot, generation, query: Query::Rows { ids, .. } }))) => {
                parts += 1;
                assert!(ids.len() <= 2000, "a part keeps the window awake");
                assert!(model.gathering().is_some());
                let outcome = Ok(Answer::Rows(ids.into_iter().map(item).collect()));
                effects = model.receive(Reply::Answered { slot, generation, outcome });
            }
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((parts, text.lines().count()), (6, 12_001));
    assert!(text.starts_with("Reference\tTitle\nITM-0\t'=1+1\nITM-1\t"), "{}", &text[..60]);
    assert!(model.gathering().is_none() && model.notices().all()[0].text.contains("Copied 12,000 rows"));
}

fn item(id: Id) -> ListRow {
    let empty = String::new;
    ListRow {
        id,
        version: 1,
        reference: format!("ITM-{}", id.0),
        title: "=1+1".to_owned(),
        source: crate::domain::summary::Source::Own,
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

#[test]
fn copying_can_be_stopped() {
    let mut model = model();
    let kind = RecordKind::Item;
    model.run(Command::Go(Route::List(kind)));
    settle(&mut model);
    let effects = model.run(Command::Copy(kind, Copied::All));
    let Some(Effect::Send(Request::Ask(ask))) = effects.first() else { panic!("{effects:?}") };
    model.run(Command::StopGathering);
    let outcome = Ok(Answer::Rows(vec![item(Id(1)), item(Id(2))]));
    let reply = Reply::Answered { slot: Slot::Gather, generation: ask.generation, outcome };
    assert_eq!(model.receive(reply), [], "nothing reaches the clipboard");
}

#[test]
fn a_list_says_that_it_sorts_only_when_that_takes_long_and_keeps_its_old_rows() {
    let mut model = model();
    let kind = RecordKind::Item;
    model.run(Command::Go(Route::List(kind)));
    settle(&mut model);
    model.tick(10.0);
    model.run(Command::SortBy(kind, SortBy::Title));
    let first = model.stale_queries();
    model.tick(10.1);
    assert!(!model.sorts_long() && model.next_tick_secs().is_some_and(|secs| secs < 0.5));
    model.tick(10.5);
    assert!(model.sorts_long());
    assert_eq!(model.list(kind).unwrap().len(), Some(2), "the old order stays until the new one is there");
    model.run(Command::SortBy(kind, SortBy::Reference));
    let second = model.stale_queries();
    let mut answer = |asks: &[Ask], ids: Vec<Id>| {
        let ask = asks.iter().find(|ask| ask.slot == Slot::List(kind)).unwrap();
        let outcome = Ok(Answer::List(Arc::new(ids)));
        model.receive(Reply::Answered { slot: ask.slot.clone(), generation: ask.generation, outcome });
        model.tick(10.6);
        (model.list(kind).unwrap().len(), model.sorts_long())
    };
    assert_eq!(answer(&first, vec![Id(9)]), (Some(2), true), "a superseded answer is not shown");
    assert_eq!(answer(&second, vec![Id(1)]), (Some(1), false));
}
