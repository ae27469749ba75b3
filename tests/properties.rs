//! What holds for any order of events and any sequence of writes.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use chrono::{Days, NaiveDate};
use corridor::domain::clocks::{Report, Silence};
use corridor::domain::date::FuzzyDate;
use corridor::domain::id::Id;
use corridor::domain::record::{
    Answer, Decision, Event, EventKind, Filing, Permission, RecordKind, Request, ShipmentEvent, ShipmentEventKind,
    TripEvent, TripEventKind,
};
use corridor::domain::status::permission::PermissionFacts;
use corridor::domain::status::request::RequestFacts;
use corridor::domain::status::shipment::{ShipmentFacts, ShipmentStage};
use corridor::domain::status::trip::{TripFacts, TripStage};
use corridor::domain::status::{Outcome, Span, Stage, Status, Validity, on};
use corridor::services::queries::{Filter, ListQuery, Sources};
use corridor::services::{Access, Workspace, Write, WriteError};
use corridor::store::dump;
use proptest::prelude::*;
use serde_json::json;
use support::*;

fn base() -> NaiveDate {
    day("2018-01-01")
}

fn any_date() -> impl Strategy<Value = FuzzyDate> {
    (0_u64..700, 0_u8..6).prop_map(|(days, precision)| {
        let day = base().checked_add_days(Days::new(days)).unwrap().to_string();
        let kept = match precision {
            0 => &day[..4],
            1 => &day[..7],
            _ => &day,
        };
        FuzzyDate::parse(kept).unwrap()
    })
}

fn any_event() -> impl Strategy<Value = Event> {
    (prop::sample::select(EventKind::ALL), any_date()).prop_map(|(kind, on)| Event {
        kind: Some(kind),
        on: Some(on),
        ..Event::default()
    })
}

fn any_decision() -> impl Strategy<Value = Decision> {
    (prop::sample::select(Answer::ALL), any_date(), prop::option::of(any_date())).prop_map(
        |(answer, on, valid_until)| Decision {
            answer: Some(answer),
            on: Some(on),
            valid_until,
            permission: Some(Id(1)),
            ..Decision::default()
        },
    )
}

fn any_permission() -> impl Strategy<Value = PermissionFacts> {
    (any_date(), prop::option::of(any_date()), prop::collection::vec(any_decision(), 0..4)).prop_map(
        |(given_on, valid_until, changes)| PermissionFacts {
            permission: Permission { given_on: Some(given_on), valid_until, ..Permission::default() },
            changes,
            ..PermissionFacts::default()
        },
    )
}

fn any_silence() -> impl Strategy<Value = Silence> {
    let report = (0_u32..60, 0_u32..60)
        .prop_map(|(notice_days, objection_days)| Silence::Report(Report { notice_days, objection_days }));
    prop_oneof![Just(Silence::Never), (1_u32..60).prop_map(Silence::Days), report]
}

prop_compose! {
    fn any_request()(
        filing in prop::sample::select(Filing::ALL),
        started in prop::option::of(any_date()),
        public in any::<bool>(),
        silence in any_silence(),
        events in prop::collection::vec(any_event(), 0..8),
        decisions in prop::collection::vec(any_decision(), 0..4),
        permissions in prop::collection::vec(any_permission(), 0..3),
    ) -> RequestFacts {
        let request = Request { filing: Some(filing), started_on: started.map(FuzzyDate::first), ..Request::default() };
        RequestFacts { request, public, silence, events, decisions, permissions }
    }
}

/// The same facts with everything after a day taken out.
fn known_until(facts: &RequestFacts, day: NaiveDate) -> RequestFacts {
    let by_then = |on: Option<FuzzyDate>| on.is_some_and(|on| on.last() <= day);
    let mut known = facts.clone();
    known.events.retain(|event| by_then(event.on));
    known.decisions.retain(|decision| by_then(decision.on));
    known.permissions.retain(|permission| by_then(permission.permission.given_on));
    for permission in &mut known.permissions {
        permission.changes.retain(|change| by_then(change.on));
    }
    known
}

fn assert_is_a_history(spans: &[Span]) {
    for pair in spans.windows(2) {
        assert!(pair[0].from < pair[1].from);
        assert!(pair[0].to == Some(pair[1].from), "spans leave no gap");
        assert_ne!(pair[0].status, pair[1].status);
    }
    assert!(spans.iter().all(|span| span.since <= span.from));
    assert!(spans.last().is_none_or(|last| last.to.is_none()));
}

fn days() -> impl Iterator<Item = NaiveDate> {
    (0..1_000).step_by(13).map(|days| base().checked_add_days(Days::new(days)).unwrap())
}

fn assert_legal(status: &Status) {
    let stage = Stage::from_word(status.stage).expect("a stage of requests");
    let outcome = Outcome::from_word(status.outcome).expect("an outcome");
    let validity = Validity::from_word(status.validity).expect("a validity");
    assert_eq!(stage == Stage::Decided, outcome != Outcome::Pending, "only what is decided has an outcome");
    assert!(stage == Stage::Decided || validity == Validity::None, "only what is decided has a permission");
    assert_eq!(stage == Stage::LastKnown, !status.was.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_request_never_leaves_the_legal_set_whatever_the_order_of_its_events(facts in any_request()) {
        facts.check().ok();
        let spans = facts.spans();
        assert_is_a_history(&spans);
        for day in days() {
            let status = facts.on(day);
            prop_assert_eq!(on(&spans, day).map(|span| &span.status), status.as_ref());
            if let Some(status) = status {
                assert_legal(&status);
            }
        }
    }

    #[test]
    fn as_of_a_day_equals_replaying_only_the_events_up_to_it(facts in any_request()) {
        for day in days() {
            prop_assert_eq!(facts.on(day), known_until(&facts, day).on(day), "as of {}", day);
        }
    }

    #[test]
    fn the_order_in_which_events_were_entered_does_not_matter(facts in any_request(), seed in any::<u64>()) {
        let mut other = facts.clone();
        let turn = usize::try_from(seed % 7).unwrap();
        if !other.events.is_empty() {
            let at = turn % other.events.len();
            other.events.rotate_left(at);
        }
        // Two answers on one day are a contradiction that `check` refuses; the fold takes the first it meets.
        prop_assume!(facts.decisions.len() < 2);
        prop_assert_eq!(facts.spans(), other.spans());
    }

    #[test]
    fn shipments_and_trips_never_leave_the_legal_set(
        shipped in prop::collection::vec((prop::sample::select(ShipmentEventKind::ALL), any_date()), 0..8),
        travelled in prop::collection::vec((prop::sample::select(TripEventKind::ALL), any_date()), 0..5),
    ) {
        let event = |(kind, on): (ShipmentEventKind, FuzzyDate)| ShipmentEvent { kind: Some(kind), on: Some(on), ..ShipmentEvent::default() };
        let shipment = ShipmentFacts { events: shipped.into_iter().map(event).collect(), ..ShipmentFacts::default() };
        let event = |(kind, on): (TripEventKind, FuzzyDate)| TripEvent { kind: Some(kind), on: Some(on), ..TripEvent::default() };
        let trip = TripFacts { events: travelled.into_iter().map(event).collect(), ..TripFacts::default() };
        shipment.check().ok();
        trip.check().ok();
        assert_is_a_history(&shipment.spans());
        assert_is_a_history(&trip.spans());
        for day in days() {
            let stage = shipment.on(day).map(|status| status.stage);
            prop_assert!(stage.is_none_or(|stage| ShipmentStage::from_word(stage).is_some()));
            let stage = trip.on(day).map(|status| status.stage);
            prop_assert!(stage.is_none_or(|stage| TripStage::from_word(stage).is_some()));
        }
    }
}

/// One write, drawn at random: what, on which of a few records, on which day.
type Draw = (u8, u8, u16);

/// Turns a draw into a write. Many are refused by the rules, which is as it should be.
fn operation((what, at, days): Draw) -> serde_json::Value {
    let on = base().checked_add_days(Days::new(u64::from(days) % 900)).unwrap().to_string();
    let n = at % 4;
    let kind = |words: &[&str]| words[usize::from(at) % words.len()].to_owned();
    match what % 20 {
        0 => {
            json!({"op":"create","kind":"item","record":{"reference":format!("I{n}"),"name":"Thing","base_unit":"H87","category":kind(&["tb","food","water"])}})
        }
        1 => {
            json!({"op":"edit","kind":"item","reference":format!("I{n}"),"set":{"category":kind(&["malaria","health","food"])}})
        }
        2 => {
            json!({"op":"create","kind":"matter","record":{"reference":format!("M{n}"),"title":"Need","instrument":kind(&["humanitarian_exemption","bis_export_licence","ngo_activity_report"]),"categories":[kind(&["tb","food"])]}})
        }
        3 => {
            json!({"op":"edit","kind":"matter","reference":format!("M{n}"),"set":{"public":at.is_multiple_of(2),"categories":[kind(&["water","other"])]}})
        }
        4 => {
            json!({"op":"create","kind":"request","record":{"reference":format!("R{n}"),"matter":format!("M{}", at % 3),"filing":"new","started_on":on,"lines":[{"item":format!("I{}", at % 2),"quantity":"10"}]}})
        }
        5 | 6 => {
            json!({"op":"create","kind":"event","record":{"request":format!("R{n}"),"kind":kind(&["sent","hold","question","answer","hold_lifted","registered","last_heard"]),"on":on}})
        }
        7 => {
            json!({"op":"create","kind":"decision","record":{"reference":format!("D{n}"),"request":format!("R{n}"),"answer":kind(&["approved","refused","approved_with_conditions"]),"on":on}})
        }
        8 => {
            json!({"op":"create","kind":"permission","record":{"reference":format!("P{n}"),"matter":format!("M{}", at % 3),"decision":format!("D{n}"),"given_on":on,"valid_until":"2020-03-31"}})
        }
        9 => {
            json!({"op":"create","kind":"shipment","record":{"reference":format!("S{n}"),"started_on":on,"lines":[{"item":format!("I{}", at % 2),"quantity":"5"}]}})
        }
        10 => {
            json!({"op":"create","kind":"shipment_event","record":{"shipment":format!("S{n}"),"kind":kind(&["dispatched","held","released","arrived"]),"on":on}})
        }
        11 => {
            json!({"op":"create","kind":"receipt","record":{"shipment":format!("S{n}"),"on":on,"lines":[{"line":1,"received":kind(&["5","2"])}]}})
        }
        12 => json!({"op":"delete","kind":"request","reference":format!("R{n}")}),
        13 => {
            json!({"op":"delete","kind":kind(&["shipment","decision","matter"]),"reference":format!("{}{n}", kind(&["S","D","M"]))})
        }
        14 => {
            json!({"op":"edit","kind":"request","reference":format!("R{n}"),"set":{"categories":[kind(&["shelter","health"])]}})
        }
        15 => {
            json!({"op":"create","kind":"trip","record":{"reference":format!("T{n}"),"title":"Visit","started_on":on,"travellers":[{"person":"P1","requests":[format!("R{}", at % 3)]}]}})
        }
        16 => {
            json!({"op":"edit","kind":"decision","reference":format!("D{n}"),"set":{"travellers":[{"person":"P1","answer":kind(&["granted","refused"])}]}})
        }
        17 => {
            json!({"op":"create","kind":"event","record":{"request":format!("R{n}"),"kind":"question","on":on,"answer_by":"2020-05-01"}})
        }
        other => remark(other, at, &on),
    }
}

/// A note, on another note or on a record.
fn remark(what: u8, at: u8, on: &str) -> serde_json::Value {
    let n = at % 4;
    let one_of = |about: [&'static str; 4]| about[usize::from(n)];
    match what {
        18 => {
            let about = one_of(["note:N0", "note:N1", "request:R0", "shipment:S1"]);
            json!({"op":"create","kind":"note","record":{"reference":format!("N{n}"),"about":about,"on":on,"text":"Seen"}})
        }
        19 if at.is_multiple_of(2) => {
            let about = one_of(["note:N0", "note:N1", "note:N2", "request:R1"]);
            json!({"op":"edit","kind":"note","reference":format!("N{n}"),"set":{"about":about}})
        }
        _ => json!({"op":"create","kind":"note","record":{"about":format!("request:R{n}"),"on":on,"text":"Seen"}}),
    }
}

/// Does the draws one by one and returns how many were done; what is refused leaves no trace.
fn do_all(workspace: &mut Workspace, draws: &[Draw]) -> usize {
    let done = |draw: &Draw| match try_apply(workspace, &[operation(*draw)]) {
        Ok(_) => true,
        Err(WriteError::Refused(_)) => false,
        Err(WriteError::Failed(failure)) => panic!("{failure}"),
        Err(WriteError::AskFirst(doubt)) => panic!("{doubt}"),
    };
    draws.iter().map(done).filter(|done| *done).count()
}

fn tables(workspace: &Workspace) -> Vec<String> {
    dump::projections(workspace.store().db()).unwrap()
}

fn traveller() -> serde_json::Value {
    json!({"op":"create","kind":"person","record":{"reference":"P1","name":"A. Traveller"}})
}

fn peopled() -> Workspace {
    let mut workspace = workspace();
    apply(&mut workspace, &[traveller()]);
    workspace
}

fn draws() -> impl Strategy<Value = Vec<Draw>> {
    prop::collection::vec((any::<u8>(), any::<u8>(), any::<u16>()), 1..90)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn summaries_equal_a_full_fold_on_any_day(draws in draws()) {
        let mut workspace = peopled();
        do_all(&mut workspace, &draws);
        prop_assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
        for day in days().step_by(9) {
            let as_of = day.to_string();
            let overview = overview(&workspace, &as_of, Sources::Both);
            for matrix in &overview.matrices {
                for row in &matrix.rows {
                    let filter = Filter { status: Some(row.status.clone()), ..Filter::default() };
                    let listed = ids(&workspace, ListQuery { filter, ..list_query(matrix.kind, &as_of) });
                    prop_assert_eq!(row.total, i64::try_from(listed.len()).unwrap(), "{} as of {}", &row.label, &as_of);
                }
            }
        }
    }

    #[test]
    fn the_journal_replayed_gives_the_same_tables(draws in draws()) {
        let mut workspace = peopled();
        do_all(&mut workspace, &draws);
        let replayed = workspace.replay(None).unwrap();
        prop_assert_eq!(tables(&replayed), tables(&workspace));
    }

    #[test]
    fn after_undoing_all_and_redoing_all_across_a_restart_the_tables_are_the_same(draws in draws()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("random.corridor");
        let mut workspace = Workspace::create(&path, context()).unwrap();
        apply(&mut workspace, &[traveller()]);
        let empty = tables(&workspace);
        let done = do_all(&mut workspace, &draws);
        let full = tables(&workspace);
        for _ in 0..done {
            workspace.write(Write::Undo).unwrap();
        }
        prop_assert_eq!(tables(&workspace), empty);
        drop(workspace);
        let mut workspace = Workspace::open(&path, Access::Write, context()).unwrap();
        for _ in 0..done {
            workspace.write(Write::Redo).unwrap();
        }
        prop_assert_eq!(tables(&workspace), full);
        prop_assert_eq!(workspace.check().unwrap().problems, Vec::<String>::new());
        prop_assert!(ids(&workspace, list_query(RecordKind::Item, "2026-11-24")).len() <= 4);
    }
}
